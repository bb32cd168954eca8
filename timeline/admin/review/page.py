"""The review page: the next entry that waits, or one that was asked for, beside its report.

Deciding is left to deciding.py; which entry is next, and whose it is, to curation/queue.py.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.forms import Media
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from timeline.admin.desk import SCRIPTS, bar
from timeline.admin.person import editor
from timeline.admin.review import trail
from timeline.admin.review.forms import Sheet
from timeline.admin.review.head import head
from timeline.admin.review.report import pieces
from timeline.curation import queue as desk
from timeline.curation.meanwhile import newest
from timeline.curation.rights import Right, require
from timeline.models import Assignment, Draft, Event, Kind, Mention, TollClaim
from timeline.query.datewords import in_words
from timeline.query.review_queue import QueueQuery
from timeline.query.said_words import said_words
from timeline.query.suggestions import suggested_events

_SCRIPTS: list[Any] = [
    *SCRIPTS,
    "timeline/review.js",
    "timeline/review-words.js",
    "timeline/review-names.js",
]
MEDIA = Media(css={"all": ["timeline/admin.css", "timeline/drafts.css", "timeline/review.css"]}, js=_SCRIPTS)

_DATE = ("earliest", "latest", "precision")

# Seconds between two renewals of the lease: several fit into one, so that a single lost one costs nothing.
HEARTBEAT = 60


@dataclass(frozen=True, slots=True)
class Hands:
    """Who has the entry in hand. ``words`` says so where it is somebody else, or where the person may not decide."""

    mine: bool
    words: str = ""
    others: bool = False


@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """The next entry that the filters ask for; a page that says so where there is none."""
    user = editor(request)
    require(user, Right.REVIEW)
    query = QueueQuery.read(request.GET)
    mention = desk.take_next(user, query)
    if mention is None:
        return nothing_waits(request, query)
    return redirect(address(mention.pk, query))


@require_GET
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """One entry, decided already or not. In other hands it can be read alone."""
    user = editor(request)
    if not (user.has_perm("timeline.view_mention") or user.has_perm(Right.REVIEW)):
        raise PermissionDenied
    mention = fetched(pk)
    return draw(request, mention, hands=take(user, mention))


def fetched(pk: int) -> Mention:
    related = ("article__outlet", "event__place__governorate", "place__governorate", "reviewed_by")
    return get_object_or_404(Mention.objects.select_related(*related), pk=pk)


def address(pk: int, query: QueueQuery) -> str:
    filters = query.address()
    return reverse("admin:timeline_review_entry", args=[pk]) + (f"?{filters}" if filters else "")


def take(user: User, mention: Mention) -> Hands:
    """Take the entry into the person's hands where it is free and they may decide on it."""
    if not user.has_perm(Right.REVIEW):
        return Hands(False, "You may read this entry. Deciding on it is for editors.")
    try:
        desk.take(user, mention)
    except desk.InOtherHands as error:
        return Hands(False, str(error), others=True)
    return Hands(True)


def claims_of(mention: Mention) -> list[TollClaim]:
    """The claims of the entry's report, those of the entry among them."""
    found = TollClaim.objects.filter(article=mention.article_id).select_related("source", "via")
    claims = list(found.order_by("start", "pk"))
    for claim in claims:
        claim.article = mention.article
        if claim.mention_id == mention.pk:
            claim.mention = mention
    return claims


def draw(
    request: HttpRequest,
    mention: Mention,
    *,
    hands: Hands,
    sheet: Sheet | None = None,
    problem: str = "",
    conflict: Any = None,
    found: list[Event] | None = None,
    asked: str = "",
) -> HttpResponse:
    """The page of the entry, or for htmx the part of it that is swapped. ``sheet`` holds what was typed and not saved."""
    user = editor(request)
    query = QueueQuery.read(request.GET)
    claims = claims_of(mention)
    key = draft_key(mention.pk)
    sheet = sheet or Sheet(
        mention, claims, seen=newest(mention), versions=versions(claims), blank=_lines_in_draft(user, key)
    )
    context = {
        "mention": mention,
        "article": mention.article,
        "pieces": pieces(mention),
        "sheet": sheet,
        "said_words": said_words(mention, [c for c in claims if c.mention_id == mention.pk]),
        "suggestions": suggested_events(mention),
        "found": found,
        "asked": asked,
        "problem": problem,
        "conflict": conflict,
        "otherwise": otherwise(mention),
        "hands": hands,
        "desk": bar(request, key if hands.mine else "", mention),
        "assignment": Assignment.objects.filter(mention=mention).select_related("user").first(),
        "previous": trail.visit(request, mention.pk),
        "may_publish": user.has_perm(Right.PUBLISH),
        "heartbeat": HEARTBEAT,
        **head(request, query, mention),
    }
    return _answer(request, context, f"Review: {mention}", address(mention.pk, query))


@dataclass(frozen=True, slots=True)
class Otherwise:
    """A field of which the engine now says something else than what stands, both in words; ``take`` names it to curation/."""

    label: str
    stands: str
    engine: str
    take: str


def otherwise(mention: Mention) -> list[Otherwise]:
    """What the engine says otherwise and no editor has settled, a line a field; the parts of a date are one."""
    told = mention.open_disagreement
    lines = []
    for name in ("entry", "kind", "date", "place", "tolls"):
        if name == "date" and (parts := [part for part in _DATE if part in told]):
            now = {part: told[part]["engine"] if part in told else getattr(mention, part) for part in _DATE}
            days = [dt.date.fromisoformat(day) if isinstance(day := now[part], str) else day for part in _DATE[:2]]
            stands = in_words(mention.earliest, mention.latest, mention.precision)
            engine = in_words(days[0], days[1], now["precision"])
            lines.append(
                Otherwise("Date", f"{stands} ({mention.precision})", f"{engine} ({now['precision']})", parts[0])
            )
        elif name in told:
            stands, engine = (_said(name, told[name][whose]) for whose in ("stands", "engine"))
            lines.append(Otherwise(name.capitalize(), stands, engine, name))
    return lines


def _said(name: str, value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(map(str, value)) or "none"
    if name == "kind":
        return dict(Kind.choices).get(value, value)
    return "nothing" if value is None else str(value)


def draft_key(pk: int) -> str:
    """The key under which what is typed on an entry's page is kept."""
    return f"review:{pk}"


def _lines_in_draft(user: User, key: str) -> int:
    """How many new toll lines the page needs, so that what was typed into them earlier can be put back."""
    fields = Draft.objects.filter(user=user, key=key).values_list("fields", flat=True).first() or {}
    return sum(name.startswith("new-") and name.endswith("-harm") for name in fields)


def nothing_waits(request: HttpRequest, query: QueueQuery) -> HttpResponse:
    return _answer(
        request, head(request, query, None), "Review", reverse("admin:timeline_review") + f"?{query.address()}"
    )


def versions(claims: list[TollClaim]) -> dict[int, int]:
    """The newest version of each claim of the report. One query."""
    rows = TollClaim.history.filter(id__in=[claim.pk for claim in claims]).order_by("history_id")
    return dict(rows.values_list("id", "history_id"))


def _answer(request: HttpRequest, context: dict[str, Any], title: str, push: str) -> HttpResponse:
    said, of_last = trail.said(request)
    context = {**context, "said": said, "of_last": of_last, "last_act": trail.last_act(request), "title": title}
    if request.htmx:  # type: ignore[attr-defined]
        answer = render(request, "admin/timeline/review/page.html#desk", context)
        answer["HX-Push-Url"] = push
    else:
        site = {**admin.site.each_context(request), "is_nav_sidebar_enabled": False, "media": MEDIA}
        answer = render(request, "admin/timeline/review/page.html", {**site, **context})
    answer["Vary"] = "HX-Request"
    answer["Cache-Control"] = "no-store"
    return answer
