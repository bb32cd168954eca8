"""What can be done to many entries, events, toll claims or reports at once. How it is asked and shown is in bulk.py."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.db import transaction

from timeline.admin.bulk import Operation, WithReason
from timeline.admin.typed_records import TypedRecord
from timeline.curation import events, queue, reports, review
from timeline.curation.rights import Right, who_may
from timeline.curation.together import Decision
from timeline.models import Assignment, Event, Kind, Mention, Place, Source, TollClaim

LANGUAGES = {"en": "English", "ar": "Arabic", "fr": "French"}


# ---- What is asked for ----


class ChooseKind(WithReason):
    field_order = ["kind", "reason"]
    kind = forms.ChoiceField(choices=Kind.choices)


class ChoosePlace(WithReason):
    field_order = ["place", "reason"]
    place = TypedRecord(Place.objects.standing().select_related("governorate"), ("name", "name_ar"))


class ChooseEvent(WithReason):
    field_order = ["event", "reason"]
    event = TypedRecord(
        Event.objects.exclude(status=Event.Status.MERGED), ("slug", "title"), help_text="Its title, address or number."
    )


class ChooseSource(WithReason):
    field_order = ["source", "reason"]
    source = TypedRecord(Source.objects.standing(), ("name",))


class ChooseOutlet(WithReason):
    field_order = ["outlet", "reason"]
    outlet = TypedRecord(Source.objects.standing(), ("name",))


class ChooseLanguage(WithReason):
    field_order = ["language", "reason"]
    language = forms.ChoiceField(choices=LANGUAGES)


class ChoosePerson(WithReason):
    field_order = ["person", "reason"]
    person = forms.ModelChoiceField(User.objects.none(), empty_label=None, label="Who is asked")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = who_may(Right.REVIEW)  # type: ignore[attr-defined]


class GiveReason(WithReason):
    """Where readers see it, there has to be one."""

    reason = forms.CharField(max_length=200, label="Why (readers see it)", widget=forms.TextInput({"size": 60}))


# ---- Entries ----


def _status(record: Any) -> str:
    return str(record.get_status_display())


def _kind(record: Any) -> str:
    return str(record.get_kind_display())


def _event(mention: Mention) -> str:
    return f"{mention.event} ({mention.event.get_status_display().lower()})" if mention.event else "No event"


def _asked(mention: Mention) -> str:
    assignment = Assignment.objects.filter(mention=mention).select_related("user").first()
    return str(assignment.user) if assignment else "Nobody"


def _corrected(correct: Callable[..., None], field: str, value: Any) -> Callable[[Any, User | None, str], None]:
    """Correct one field; what says so already stays as it is, decided on or not."""

    def do(record: Any, user: User | None, why: str) -> None:
        if getattr(record, field) != value:
            correct(record, user, {field: value}, why)

    return do


def _accept(_: Any) -> Decision:
    return Decision(Right.REVIEW, "accepted", lambda m, user, why: review.accept(m, user, why), _status)


def _reject(_: Any) -> Decision:
    return Decision(Right.REVIEW, "rejected", lambda m, user, why: review.reject(m, user, why), _status)


def _mention_kind(given: dict[str, Any]) -> Decision:
    return Decision(
        Right.REVIEW,
        f"set the kind “{Kind(given['kind']).label}” of",
        _corrected(review.correct, "kind", given["kind"]),
        _kind,
    )


def _mention_place(given: dict[str, Any]) -> Decision:
    place = given["place"]
    return Decision(
        Right.REVIEW,
        f"set the place “{place}” of",
        _corrected(review.correct, "place", place),
        lambda m: str(m.place or "No place"),
    )


def _assign(given: dict[str, Any]) -> Decision:
    person = given["person"]
    return Decision(
        Right.REVIEW, "assigned", lambda m, user, why: queue.assign([m], person, user, why), _asked, f" to {person}"
    )


def _link(given: dict[str, Any]) -> Decision:
    event = given["event"]
    return Decision(Right.REVIEW, f"linked to “{event}”", lambda m, user, why: events.link(m, event, user, why), _event)


def _draft(_: Any) -> Decision:
    def make(mention: Mention, user: User | None, why: str) -> None:
        if mention.event is None:
            events.create_event([mention], user, reason=why)

    return Decision(Right.REVIEW, "made draft events of", make, _event)


def _accept_and_publish(_: Any) -> Decision:
    def publish(mention: Mention, user: User | None, why: str) -> None:
        with transaction.atomic():
            review.accept(mention, user, why)
            events.publish_event_of(mention, user, why)

    return Decision(Right.PUBLISH, "accepted and published", publish, lambda m: f"{_status(m)}; {_event(m)}")


_BESIDE = ("article", "event", "place")
OF_MENTIONS = (
    Operation("accept", "Accept as read", Right.REVIEW, _accept, related=_BESIDE),
    Operation("reject", "Reject", Right.REVIEW, _reject, related=_BESIDE),
    Operation("set_kind", "Set the kind", Right.REVIEW, _mention_kind, ChooseKind, _BESIDE),
    Operation("set_place", "Set the place", Right.REVIEW, _mention_place, ChoosePlace, _BESIDE),
    Operation("assign", "Assign to somebody", Right.REVIEW, _assign, ChoosePerson, _BESIDE),
    Operation("link", "Link to an event", Right.REVIEW, _link, ChooseEvent, _BESIDE),
    Operation("make_events", "Make a draft event of each", Right.REVIEW, _draft, related=_BESIDE),
    Operation("publish", "Accept and publish as events", Right.PUBLISH, _accept_and_publish, related=_BESIDE),
)


# ---- Events ----


def _publish(_: Any) -> Decision:
    return Decision(Right.PUBLISH, "published", lambda e, user, why: events.publish(e, user, why), _status)


def _withdraw(_: Any) -> Decision:
    def withdraw(event: Event, user: User | None, why: str) -> None:
        if event.status == Event.Status.DRAFT:
            raise events.CannotPublish("It is a draft: no reader has seen it.")
        events.withdraw(event, user, why)

    return Decision(Right.PUBLISH, "withdrew", withdraw, _status)


def _event_kind(given: dict[str, Any]) -> Decision:
    return Decision(
        Right.REVIEW,
        f"set the kind “{Kind(given['kind']).label}” of",
        lambda e, user, why: events.correct_event(e, user, {"kind": given["kind"]}, why),
        _kind,
    )


OF_EVENTS = (
    Operation("publish", "Publish", Right.PUBLISH, _publish),
    Operation("withdraw", "Withdraw", Right.PUBLISH, _withdraw, GiveReason),
    Operation("set_kind", "Set the kind", Right.REVIEW, _event_kind, ChooseKind),
)


# ---- Toll claims ----


def _source(claim: TollClaim) -> str:
    return str(claim.source or "No source named")


def _accept_toll(_: Any) -> Decision:
    return Decision(Right.REVIEW, "accepted", lambda c, user, why: review.accept_toll(c, user, why), _status)


def _reject_toll(_: Any) -> Decision:
    return Decision(Right.REVIEW, "rejected", lambda c, user, why: review.reject_toll(c, user, why), _status)


def _discount(given: dict[str, Any]) -> Decision:
    why_not = given["reason"]
    return Decision(
        Right.REVIEW,
        "discounted",
        lambda c, user, why: review.correct_toll(c, user, {"discounted": why_not}, why),
        lambda c: f"Discounted: {c.discounted}" if c.discounted else "Counts",
    )


def _toll_source(given: dict[str, Any]) -> Decision:
    source = given["source"]
    return Decision(
        Right.REVIEW,
        f"set the source “{source}” of",
        _corrected(review.correct_toll, "source", source),
        _source,
    )


_WITH_EVENT = ("article", "mention__event", "source")
OF_CLAIMS = (
    Operation("accept", "Accept as read", Right.REVIEW, _accept_toll, related=_WITH_EVENT),
    Operation("reject", "Reject", Right.REVIEW, _reject_toll, related=_WITH_EVENT),
    Operation("discount", "Discount", Right.REVIEW, _discount, GiveReason, _WITH_EVENT),
    Operation("set_source", "Set the source", Right.REVIEW, _toll_source, ChooseSource, _WITH_EVENT),
)


# ---- Reports ----


def _outlet(given: dict[str, Any]) -> Decision:
    outlet = given["outlet"]
    return Decision(
        Right.REVIEW,
        f"set the outlet “{outlet}” of",
        lambda a, user, why: reports.set_outlet(a, outlet, user, why),
        lambda a: str(a.outlet or "No outlet"),
    )


def _language(given: dict[str, Any]) -> Decision:
    return Decision(
        Right.REVIEW,
        f"set the language {LANGUAGES[given['language']]} of",
        lambda a, user, why: reports.set_language(a, given["language"], user, why),
        lambda a: LANGUAGES.get(a.language, a.language),
    )


OF_REPORTS = (
    Operation("set_outlet", "Set the outlet", Right.REVIEW, _outlet, ChooseOutlet, ("outlet",)),
    Operation("set_language", "Set the language", Right.REVIEW, _language, ChooseLanguage),
)
