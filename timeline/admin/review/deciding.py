"""What an editor chose on the review page, carried out: one button, one act. Then the next entry.

The buttons send the whole form, so that nothing typed is lost whichever is pressed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from timeline.admin import drafts
from timeline.admin.person import editor
from timeline.admin.review import page, trail
from timeline.admin.review.asking import events_named
from timeline.admin.review.forms import Sheet
from timeline.admin.review.overtaken import laid_over, overtaken, with_theirs
from timeline.admin.sent import number, one_line
from timeline.curation import desk, queue, undo
from timeline.curation.desk import Corrections, Then
from timeline.curation.meanwhile import ChangedMeanwhile, conflict
from timeline.curation.rights import Right, require
from timeline.models import Act, Event, Mention, TollClaim
from timeline.query.review_queue import QueueQuery

# What is done with the entry once it stands as the fields say.
_THEN = {
    "accept": Then.NOTHING,
    "save": Then.NOTHING,
    "link": Then.LINK,
    "new_event": Then.NEW_EVENT,
    "publish": Then.PUBLISH,
}
_STAYS = {"save"}  # the others lead on to the next entry


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Do what the button says. What cannot be done is said beside the fields, which keep what was typed."""
    user = editor(request)
    require(user, Right.REVIEW)
    mention = page.fetched(pk)
    do, _, value = request.POST.get("do", "read").partition(":")
    hands = page.take(user, mention)
    if not hands.mine and do != "skip":
        return page.draw(request, mention, hands=hands, sheet=_sheet(request, mention), problem=hands.words)
    if do in _THEN:
        return _settle(request, user, mention, hands, do, value)
    other = {
        "reject": _reject,
        "skip": _skip,
        "unlink": _unlink,
        "take": _take_engines,
        "keep": _keep_ours,
        "assign": _assign,
        "add_entry": _add_entry,
        "search": _search,
        "add_toll": _add_toll,
    }.get(do, _read)
    return other(request, user, mention, hands, value)


def _sheet(request: HttpRequest, mention: Mention, blank: int = 0) -> Sheet:
    claims = page.claims_of(mention)
    data = with_theirs(request.POST, mention, claims)
    return Sheet(mention, claims, data, versions=page.versions(claims), blank=blank)


def _settle(request: HttpRequest, user: User, mention: Mention, hands: page.Hands, do: str, value: str) -> HttpResponse:
    sheet = _sheet(request, mention)
    if not sheet.is_valid():
        return page.draw(request, mention, hands=hands, sheet=sheet)
    event = Event.objects.open_to_entries().filter(pk=number(value) or 0).first()
    if do == "link" and event is None:
        problem = "There is no such event any more. Choose another."
        return page.draw(request, mention, hands=hands, sheet=sheet, problem=problem)
    corrections, reason = sheet.corrections(), sheet.entry.cleaned_data["reason"]
    seen = sheet.entry.cleaned_data["seen"]

    def act() -> Act:
        return desk.settle(mention, user, corrections, reason, then=_THEN[do], event=event, seen=seen)

    try:
        return _done(request, user, mention, act, stay=do in _STAYS)
    except ChangedMeanwhile as error:
        return _overtaken(request, mention, hands, error, _mine(corrections, error.record))
    except (ValueError, ValidationError) as error:
        # What the failed act has set on the instance in hand never reached the database.
        return page.draw(request, page.fetched(mention.pk), hands=hands, sheet=sheet, problem=_in_words(error))


def _mine(corrections: Corrections, record: Mention | TollClaim) -> dict[str, Any]:
    """What was typed of the record that somebody else has changed."""
    if isinstance(record, Mention):
        return corrections.entry
    return next((one.changes for one in corrections.tolls if one.claim and one.claim.pk == record.pk), {})


def _overtaken(
    request: HttpRequest, mention: Mention, hands: page.Hands, error: ChangedMeanwhile, mine: dict[str, Any]
) -> HttpResponse:
    """Both versions, field by field; the boxes hold mine where I typed something, theirs everywhere else."""
    fresh = page.fetched(mention.pk)
    claims = page.claims_of(fresh)
    versions = page.versions(claims)
    seen = _seen(request) or 0
    data = laid_over(with_theirs(request.POST, fresh, claims), fresh, claims, seen, versions)
    try:
        both = overtaken(conflict(error.record, error.seen, mine))
    except LookupError:
        both = None
    sheet = Sheet(fresh, claims, data, versions=versions)
    return page.draw(request, fresh, hands=hands, sheet=sheet, problem=str(error), conflict=both)


def _done(
    request: HttpRequest,
    user: User,
    mention: Mention,
    act: Callable[[], Act],
    *,
    stay: bool = False,
    drop_typed: bool = True,
) -> HttpResponse:
    """Carry out the act, note it for undoing, and go on."""
    done = act()
    if drop_typed:
        drafts.drop(user, page.draft_key(mention.pk))
    if done.pk:
        trail.did(request, done, mention.pk)
    else:
        trail.say(request, f"“{mention}” stands as it is: nothing was changed.")
    return _stay(request, user, mention.pk) if stay else _go_on(request, user, mention)


def _stay(request: HttpRequest, user: User, pk: int) -> HttpResponse:
    """The same entry as it stands now, with what is typed and not saved still in its boxes."""
    fresh = page.fetched(pk)
    claims = page.claims_of(fresh)
    versions = page.versions(claims)
    data = laid_over(request.POST, fresh, claims, _seen(request) or 0, versions)
    sheet = Sheet(fresh, claims, data, versions=versions)
    if not sheet.has_changed():
        return _open(request, user, pk)
    return page.draw(request, fresh, hands=page.take(user, fresh), sheet=sheet)


def _go_on(request: HttpRequest, user: User, mention: Mention) -> HttpResponse:
    """The next entry, for htmx at once, else by a redirect that a reload does not repeat."""
    query = QueueQuery.read(request.GET)
    queue.let_go(user, mention)
    following = queue.take_next(user, query, after=mention)
    if following is not None:
        return _open(request, user, following.pk)
    if request.htmx:  # type: ignore[attr-defined]
        return page.nothing_waits(request, query)
    return redirect(reverse("admin:timeline_review") + f"?{query.address()}")


def _open(request: HttpRequest, user: User, pk: int) -> HttpResponse:
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect(page.address(pk, QueueQuery.read(request.GET)))
    mention = page.fetched(pk)
    return page.draw(request, mention, hands=page.take(user, mention))


def _reject(request: HttpRequest, user: User, mention: Mention, hands: page.Hands, value: str) -> HttpResponse:
    reason = one_line(request.POST.get("reason"))
    try:
        return _done(request, user, mention, lambda: desk.reject(mention, user, reason, _seen(request)))
    except ChangedMeanwhile as error:
        return _overtaken(request, mention, hands, error, {})
    except (ValueError, ValidationError) as error:
        fresh = page.fetched(mention.pk)
        return page.draw(request, fresh, hands=hands, sheet=_sheet(request, fresh), problem=_in_words(error))


def _skip(request: HttpRequest, user: User, mention: Mention, hands: page.Hands, value: str) -> HttpResponse:
    queue.skip(user, mention)
    trail.say(request, f"Left “{mention}” for later.")
    return _go_on(request, user, mention)


def _unlink(request: HttpRequest, user: User, mention: Mention, hands: page.Hands, value: str) -> HttpResponse:
    return _aside(request, user, mention, hands, lambda: desk.unlink(mention, user, seen=_seen(request)))


def _take_engines(request: HttpRequest, user: User, mention: Mention, hands: page.Hands, value: str) -> HttpResponse:
    return _aside(request, user, mention, hands, lambda: desk.take_engines(mention, [value], user, _seen(request)))


def _keep_ours(request: HttpRequest, user: User, mention: Mention, hands: page.Hands, value: str) -> HttpResponse:
    return _aside(request, user, mention, hands, lambda: desk.keep_ours(mention, user, _seen(request)))


def _aside(
    request: HttpRequest, user: User, mention: Mention, hands: page.Hands, act: Callable[[], Act]
) -> HttpResponse:
    """An act that leaves what is typed alone."""
    try:
        return _done(request, user, mention, act, stay=True, drop_typed=False)
    except ChangedMeanwhile as error:
        return _overtaken(request, mention, hands, error, {})
    except (ValueError, ValidationError) as error:
        fresh = page.fetched(mention.pk)
        return page.draw(request, fresh, hands=hands, sheet=_sheet(request, fresh), problem=_in_words(error))


def _assign(request: HttpRequest, user: User, mention: Mention, hands: page.Hands, value: str) -> HttpResponse:
    to = User.objects.filter(pk=number(request.POST.get("assignee")) or 0).first()
    if to is None:
        problem = "Choose whom to give the entry to."
        return page.draw(request, mention, hands=hands, sheet=_sheet(request, mention), problem=problem)
    try:
        queue.assign([mention], to, user)
    except queue.CannotAssign as error:
        return page.draw(request, mention, hands=hands, sheet=_sheet(request, mention), problem=str(error))
    trail.say(request, f"Assigned “{mention}” to {to}.")
    return _open(request, user, mention.pk) if to == user else _go_on(request, user, mention)


def _add_entry(request: HttpRequest, user: User, mention: Mention, hands: page.Hands, value: str) -> HttpResponse:
    """A new entry from words selected in the report, opened to have its fields filled."""
    first, _, last = value.partition("-")
    start, end = number(first), number(last)
    if start is None or end is None or not start < end <= len(mention.article.text):
        problem = "Select the words of the report that tell of the event first."
        return page.draw(request, mention, hands=hands, sheet=_sheet(request, mention), problem=problem)
    added, act = desk.add(mention.article, user, start, end)
    trail.did(request, act, mention.pk, "Fill in what it tells.")
    return _open(request, user, added.pk)


def _search(request: HttpRequest, user: User, mention: Mention, hands: page.Hands, value: str) -> HttpResponse:
    asked = request.POST.get("event_words", "").strip()
    return page.draw(
        request, mention, hands=hands, sheet=_sheet(request, mention), found=events_named(asked, mention), asked=asked
    )


def _add_toll(request: HttpRequest, user: User, mention: Mention, hands: page.Hands, value: str) -> HttpResponse:
    return page.draw(request, mention, hands=hands, sheet=_sheet(request, mention, blank=1))


def _read(request: HttpRequest, user: User, mention: Mention, hands: page.Hands, value: str) -> HttpResponse:
    """Draw what was typed with what was read in it, and save nothing."""
    sheet = _sheet(request, mention)
    sheet.is_valid()
    return page.draw(request, mention, hands=hands, sheet=sheet)


@require_POST
def undo_last(request: HttpRequest) -> HttpResponse:
    """Take back what the editor did last on this page, and open the entry that it was done to."""
    user = editor(request)
    last = trail.last_act(request)
    if last is None:
        trail.say(request, "There is nothing of yours to undo here.")
        return redirect(reverse("admin:timeline_review"))
    act = Act.objects.filter(pk=last.act, by=user).first()
    try:
        if act is None:
            raise undo.CannotUndo("This act is not on record any more.")
        undo.undo(act, user)
    except PermissionDenied:
        raise
    except ValueError as error:
        trail.say(request, str(error))
    else:
        trail.say(request, f"Undone: {act.words}.")
    trail.forget_last(request)
    return _open(request, user, last.mention)


@require_POST
def hold(request: HttpRequest, pk: int) -> HttpResponse:
    """Renew the lease while the page is open. 204; 409 with words where the entry is in other hands by now."""
    user = editor(request)
    require(user, Right.REVIEW)
    hands = page.take(user, page.fetched(pk))
    return HttpResponse(status=204) if hands.mine else HttpResponse(hands.words, status=409, content_type="text/plain")


def _seen(request: HttpRequest) -> int | None:
    """The version of the entry that the page was drawn from."""
    return number(request.POST.get("seen"))


def _in_words(error: Exception) -> str:
    return " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
