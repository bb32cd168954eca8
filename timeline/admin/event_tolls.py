"""The toll desk of an event: every claim with its sentence, which count and why the others do not, and whose figures stand.

It stands on a page of its own and, but for the choice of figures, which the event's form has too, below that form. What
it decides is done in curation/counting.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render

from timeline.admin.acts import say_done, way_back
from timeline.admin.person import editor
from timeline.admin.sent import number, one_line
from timeline.curation import counting, tolls
from timeline.curation.acts import acting
from timeline.curation.events import MergedAway
from timeline.curation.meanwhile import ChangedMeanwhile, newest
from timeline.curation.rights import Right
from timeline.curation.tolls import Toll
from timeline.models import Act, Event, TollClaim
from timeline.models.tollwords import claim_in_words, span
from timeline.query.evidence import ClaimRow, toll_tables
from timeline.query.passages import Sentence

TEMPLATE = "admin/timeline/event_tolls.html"
MOST = 1_000_000_000  # persons; more than any column takes, and than a war can kill


@dataclass(frozen=True, slots=True)
class Line:
    """One claim. ``otherwise``: the toll if it were discounted, or counted again. ``leads``: first of its source.
    ``repeats``: in the sentence of the line above, and by the same source."""

    claim: TollClaim
    sentence: Sentence
    is_part: bool
    leads: bool
    repeats: bool
    counts: bool
    why_not: str
    otherwise: str
    now_says: str


@dataclass(frozen=True, slots=True)
class Table:
    harm: str
    lines: list[Line]
    by_rule: str
    contested: bool


@dataclass(slots=True)
class Typed:
    """What stands in the form for figures of the editor's own, as it was typed."""

    low: str = ""
    best: str = ""
    high: str = ""
    mine: bool = False
    reason: str = ""

    @classmethod
    def of(cls, event: Event) -> Typed:
        low, best, high = (
            "" if value is None else str(value) for value in (event.killed_low, event.killed_best, event.killed_high)
        )
        mine = event.toll_by_editor and not event.toll_best_only
        return cls(low, best, high, mine, event.toll_basis if event.toll_by_editor else "")

    @classmethod
    def posted(cls, request: HttpRequest) -> Typed:
        low, best, high = (request.POST.get(name, "").strip() for name in ("low", "best", "high"))
        return cls(low, best, high, request.POST.get("range") == "mine", one_line(request.POST.get("reason")))

    def figure(self, name: str) -> int | None:
        """Raises CannotCount for what is no number."""
        value = getattr(self, name).replace(",", "").replace("\N{NO-BREAK SPACE}", "")
        if not value:
            return None
        figure = number(value)
        if figure is None or figure > MOST:
            raise counting.CannotCount(f"“{value[:20]}” is no number of persons. Write {name} in digits.")
        return figure


def desk(event: Event, typed: Typed | None = None) -> dict[str, Any]:
    """What the desk shows. One query for the claims, whatever their number."""
    harm_tables = toll_tables(event)
    claims = [row.claim for table in harm_tables for row in table.rows]
    killed = tolls.summarise(claims)
    return {
        "event": event,
        "tables": [_table(table.harm, table.rows, claims) for table in harm_tables],
        "by_rule": in_words(killed),
        "rule_range": span(killed.low, killed.high),
        "rule": tolls.RULE,
        "typed": typed or Typed.of(event),
        "set_by": _set_by(event),
        "seen": newest(event),
        "reason_length": counting.REASON_LENGTH,
    }


def in_words(toll: Toll) -> str:
    """'90–92, best estimate 92'; 'contested' where sources exclude each other."""
    if not toll.words:
        return "no figure"
    best = f"best estimate {toll.best:,}" if toll.best is not None else "no best estimate"
    if toll.best is not None and toll.low == toll.high:
        return toll.words
    return f"{toll.words}, {'contested, ' if toll.contested else ''}{best}"


def _table(harm: str, rows: list[ClaimRow], claims: list[TollClaim]) -> Table:
    judged = tolls.judge(claims, harm)
    counted = {figure.claim.pk for figure in judged.figures}
    other = counting.otherwise(claims, harm)
    quotes = {claim.pk: claim.quote for claim in claims}
    lines: list[Line] = []
    before: object = None
    said: tuple[int, str] | None = None
    for source, row in _by_source(rows):
        claim = row.claim
        sentence = claim.article_id, row.sentence.before + row.sentence.marked + row.sentence.after
        lines.append(
            Line(
                claim,
                row.sentence,
                row.is_part,
                leads=source != before,
                repeats=sentence == said and source == before,
                counts=claim.pk in counted,
                why_not=judged.why_not.get(claim.pk, ""),
                otherwise=in_words(other[claim.pk]),
                now_says=quotes.get(claim.now_says_id or 0, ""),
            )
        )
        before, said = source, sentence
    toll = tolls.summarise(claims, harm)
    return Table(harm, lines, in_words(toll), toll.contested)


def _by_source(rows: list[ClaimRow]) -> list[tuple[object, ClaimRow]]:
    """The lines of each source together, by day, parts under their whole; the source that speaks first comes first."""
    groups: dict[object, list[ClaimRow]] = {}
    of_whole: dict[int, object] = {}
    for row in rows:
        claim = row.claim
        own = claim.source_id or f"claim {claim.pk}"
        group = of_whole.get(claim.part_of_id, own) if claim.part_of_id else own
        of_whole[claim.pk] = group
        groups.setdefault(group, []).append(row)
    return [(group, row) for group, told in groups.items() for row in told]


_CHOICE = ("toll_by_editor", "toll_best_only", "toll_basis", "killed_best")


def _set_by(event: Event) -> Any:
    """The version in which the editor's figures that stand came to stand; None where they follow the rule."""
    if not event.toll_by_editor:
        return None
    versions = event.history.select_related("history_user").order_by("-history_id")
    found = None
    for version in versions.only("history_user", "history_date", *_CHOICE):
        if any(getattr(version, name) != getattr(event, name) for name in _CHOICE):
            break
        found = version
    return found


def panel(request: HttpRequest, events_admin: admin.ModelAdmin[Event], event: Event) -> dict[str, Any]:
    """The desk as it stands below the event's form."""
    return {
        **desk(event),
        "may_decide": may_decide(request, events_admin, event),
        "embedded": True,
        "next": request.get_full_path(),
    }


def tolls_view(request: HttpRequest, events_admin: admin.ModelAdmin[Event], pk: int) -> HttpResponse:
    """The desk on its own page, and where its forms go. With htmx the desk alone is drawn anew."""
    event = get_object_or_404(Event.objects.select_related("place"), pk=pk)
    if not events_admin.has_view_permission(request, event):
        raise PermissionDenied
    context: dict[str, Any] = {"may_decide": may_decide(request, events_admin, event), "next": request.get_full_path()}
    if request.method == "POST":
        if not events_admin.has_change_permission(request, event):
            raise PermissionDenied
        context |= {"next": way_back(request, request.get_full_path()), "embedded": "embedded" in request.POST}
        what = request.POST.get("what", "")
        if what == "preview":
            typed = Typed.posted(request)
            context |= {**desk(event, typed), **_preview(event, typed)}
            if request.headers.get("HX-Request"):
                return render(request, f"{TEMPLATE}#preview", context)
        else:
            act, said, problem = _decide(request, event, what)
            if act is not None and not request.headers.get("HX-Request"):
                say_done(request, act, said)
                return HttpResponseRedirect(context["next"])
            event.refresh_from_db()
            typed_again = Typed.posted(request) if problem and what == "set" else None
            context |= {**desk(event, typed_again), "problem": problem, "done": said, "act": act}
    else:
        context |= desk(event)
    if request.headers.get("HX-Request"):
        return render(request, f"{TEMPLATE}#desk", context)
    page = {**events_admin.admin_site.each_context(request), "opts": Event._meta, "title": f"Tolls of “{event}”"}
    return render(request, TEMPLATE, {**page, **context})


def may_decide(request: HttpRequest, events_admin: admin.ModelAdmin[Event], event: Event) -> bool:
    return events_admin.has_change_permission(request, event) and request.user.has_perm(Right.REVIEW)


def _decide(request: HttpRequest, event: Event, what: str) -> tuple[Act | None, str, str]:
    """Carry out one decision: the act and what was done, or the problem."""
    user, reason = editor(request), one_line(request.POST.get("reason"))
    kind, _, key = what.partition(":")
    try:
        with acting(user, Right.REVIEW, _ACTS.get(kind, "decided on a toll"), reason) as act:
            if kind in ("discount", "count"):
                claim = TollClaim.objects.filter(pk=number(key) or 0, mention__event=event).first()
                if claim is None:
                    raise counting.CannotCount("This claim no longer stands behind the event.")
                done = f"“{claim.quote}”, {claim_in_words(claim)}"
                if kind == "discount":
                    counting.discount(claim, user, reason)
                    said = f"Discounted: {done}."
                else:
                    counting.count_again(claim, user, reason)
                    said = f"Counted again: {done}."
                act.words = f"{_ACTS[kind]} “{claim.quote}” of “{event}”"
            elif kind == "set":
                said = _set(event, user, Typed.posted(request), _seen(request))
                act.words = f"{_ACTS[kind]} “{event}”"
            elif kind == "rule":
                counting.follow_rule(event, user, reason)
                said = "The toll follows the rule again."
                act.words = f"{_ACTS[kind]} “{event}” follow the rule"
            else:
                raise counting.CannotCount("Nothing was chosen.")
            act.save(update_fields=["words"])
    except (counting.CannotCount, ChangedMeanwhile, MergedAway) as error:
        return None, "", str(error)
    return act, said, ""


_ACTS = {
    "discount": "discounted the toll",
    "count": "counted again the toll",
    "set": "chose the toll of",
    "rule": "let the toll of",
}


def _seen(request: HttpRequest) -> int | None:
    return number(request.POST.get("seen"))


def _set(event: Event, user: Any, typed: Typed, seen: int | None) -> str:
    best = typed.figure("best")
    if typed.mine:
        counting.set_toll(event, user, typed.figure("low"), best, typed.figure("high"), typed.reason, seen)
        return "The figures are yours from now on; readers see the reason."
    if best is None:
        raise counting.CannotCount("Give the best estimate in digits, or set low and high too.")
    counting.choose_best(event, user, best, typed.reason, seen)
    return "The best estimate is yours from now on; low and high follow the rule."


def _preview(event: Event, typed: Typed) -> dict[str, str]:
    """What readers would see of the figures typed so far, or what is wrong with them."""
    try:
        low, best, high = (typed.figure(name) for name in ("low", "best", "high"))
    except counting.CannotCount as error:
        return {"preview": "", "preview_problem": str(error)}
    if not typed.mine:
        if best is None:
            return {"preview": "", "preview_problem": ""}
        low, high = tolls.around(best, counting.foreseen(event))
    given = [figure for figure in (low, best, high) if figure is not None]
    if given != sorted(given):
        return {"preview": "", "preview_problem": "Low must not be above best, nor best above high."}
    words = span(low, high) or span(best, best)
    chosen = f", best estimate {best:,}" if best is not None and low != high else ""
    return {"preview": f"{words}{chosen}" if words else "", "preview_problem": ""}
