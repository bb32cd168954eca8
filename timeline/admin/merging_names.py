"""The page between 'merge these names' and merging them: which one is kept, and what will move to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from timeline.admin.acts import say_done
from timeline.admin.person import editor
from timeline.admin.sent import one_line
from timeline.curation import names
from timeline.curation.acts import acting
from timeline.curation.rights import Right
from timeline.models import Actor, Article, Event, Feed, Mention, Place, Source, TollClaim

MOST_AT_ONCE = 50  # names on one page: more are no decision that a person looks at


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name that may be the one kept, with what points to it in words."""

    record: Any
    uses: str


# By what a name is used: the model, its field, one and many of them in words.
_USES: dict[type[Any], list[tuple[Any, str, str, str]]] = {
    Source: [
        (TollClaim, "source", "toll claim", "toll claims"),
        (TollClaim, "via", "claim passed on", "claims passed on"),
        (Article, "outlet", "report", "reports"),
        (Feed, "outlet", "feed", "feeds"),
    ],
    Place: [
        (Mention, "place", "entry", "entries"),
        (Event, "place", "event", "events"),
        (Place, "governorate", "place", "places"),
    ],
    Actor: [(Event, "actors", "event", "events")],
}


def uses_in_words(record: Any) -> str:
    """'12 toll claims, 1 report'; 'not used yet'."""
    counted = [
        (model._default_manager.filter(**{field: record}).count(), one, many)
        for model, field, one, many in _USES[type(record)]
    ]
    return ", ".join(f"{number:,} {one if number == 1 else many}" for number, one, many in counted if number) or (
        "not used yet"
    )


def choose_kept(request: HttpRequest, desk: admin.ModelAdmin[Any], records: QuerySet[Any]) -> HttpResponse | None:
    """Ask which of the ticked names is kept; merge the others into it when that is answered."""
    chosen = list(records.order_by("name")[: MOST_AT_ONCE + 1])
    if len(chosen) < 2 or len(chosen) > MOST_AT_ONCE:
        desk.message_user(request, f"Tick from two to {MOST_AT_ONCE} names to merge.", messages.ERROR)
        return None
    kept = next((record for record in chosen if str(record.pk) == request.POST.get("kept")), None)
    problem, reason = "", one_line(request.POST.get("reason"))
    if kept is not None:
        others = [record for record in chosen if record.pk != kept.pk]
        told = ", ".join(f"“{other}”" for other in others[:3]) + (" …" if len(others) > 3 else "")
        try:
            with acting(editor(request), Right.PUBLISH, f"merged into “{kept}”: {told}", reason) as act:
                names.MERGING[desk.model](kept, others, editor(request), reason)
        except names.CannotKeep as error:
            problem = str(error)
        else:
            say_done(request, act, f"Names merged into “{kept}”: {len(others)}.")
            return None
    elif "kept" in request.POST or "reason" in request.POST:
        problem = "Choose the name that is kept."
    context = {
        **desk.admin_site.each_context(request),
        "title": "Merge names into one",
        "opts": desk.model._meta,
        "candidates": [Candidate(record, uses_in_words(record)) for record in chosen],
        "kept": kept,
        "problem": problem,
        "reason": reason,
        "checkbox": ACTION_CHECKBOX_NAME,
    }
    return TemplateResponse(request, "admin/timeline/merge_names.html", context)
