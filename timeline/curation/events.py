"""Making events from entries, correcting, linking, publishing and withdrawing them.

``seen``, where a function takes it, is the version (history_id) that the person decided on: meanwhile.ChangedMeanwhile is
raised, and nothing stored, if somebody else has decided since. Merging and splitting are left to merging.py.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from timeline.curation import meanwhile, queue, tolls
from timeline.curation.acts import acting
from timeline.curation.merged import last_of
from timeline.curation.rights import Right
from timeline.curation.signing import save_signed, set_actors
from timeline.ingest.naming import actor_named, free_slug
from timeline.models import Event, Mention
from timeline.models.event import FIGURES


class LastEntry(ValueError):
    """A published event rests on this entry alone; without it readers would have no source to follow."""


class CannotPublish(ValueError):
    """An event that is not ready for readers; says what is missing."""


class MergedAway(CannotPublish):
    """Something was asked of an event that has been merged into another; says into which."""


def create_event(
    mentions: Iterable[Mention], user: User | None, *, slug: str = "", reason: str = "", **fields: Any
) -> Event:
    """A draft event from one or more entries; what ``fields`` leaves open is taken from the first entry."""
    with acting(user, Right.REVIEW, "made a draft event", reason):
        mentions = list(mentions)
        first = mentions[0]
        values: dict[str, Any] = {
            "kind": first.kind,
            "title": first.title,
            "earliest": first.earliest,
            "latest": first.latest,
            "precision": first.precision,
            "place": first.place,
            **fields,
        }
        event = Event(**values)
        event.slug = slug or free_slug(Event, f"{event.title} {event.earliest or ''}".strip())
        save_signed(event, user, f"from {len(mentions)} reports" if len(mentions) > 1 else f"from “{first.article}”")
        for mention in mentions:
            link(mention, event, user)
        return event


def link(mention: Mention, event: Event, user: User | None, reason: str = "", seen: int | None = None) -> None:
    """This entry tells of that event. An entry linked elsewhere before leaves the other event.

    Raises LastEntry when that would leave a published event without any report.
    """
    with acting(user, Right.REVIEW, f"linked “{mention}” to “{event}”", reason):
        meanwhile.hold(mention, seen)
        before = mention.event
        # The actors' version of the event is made from the instance in hand. By key, so that two people who link to
        # and fro do not wait for each other for ever.
        for one in sorted({e.pk: e for e in (before, event) if e}.values(), key=lambda e: e.pk):
            meanwhile.hold(one)
        refuse_merged(event)
        if before and before.pk != event.pk:
            keep_one(mention)
        mention.event = event
        save_signed(mention, user, reason, ["event"])
        queue.let_go(user, mention)
        if mention.actors:
            named = {actor_named(name).pk for name in mention.actors}
            set_actors(event, named.union(event.actors.values_list("pk", flat=True)), user, reason)
        refresh(event, user, reason)
        if before and before.pk != event.pk:
            refresh(before, user, reason)


def relink(mention: Mention, event: Event | None, user: User | None, reason: str = "", seen: int | None = None) -> None:
    """Link an entry to another event, or to none."""
    with acting(user, Right.REVIEW, f"linked “{mention}” to “{event or 'no event'}”", reason):
        meanwhile.hold(mention, seen)
        before = mention.event
        if event is not None:
            link(mention, event, user, reason)
        elif before is not None:
            keep_one(mention)
            mention.event = None
            save_signed(mention, user, reason, ["event"])
            refresh(before, user, reason)


def keep_one(mention: Mention) -> None:
    """Raise LastEntry when the entry is the only one that stands behind a published event."""
    event = mention.event
    if (
        event
        and event.status == Event.Status.PUBLISHED
        and not event.mentions.standing().exclude(pk=mention.pk).exists()
    ):
        raise LastEntry(f"The published event “{event}” rests on this entry alone. Withdraw the event first.")


EVENT_FIELDS = frozenset(
    {
        *("title", "slug", "kind", "summary", "earliest", "latest", "precision", "place", "actors"),
        *("killed_low", "killed_best", "killed_high", "toll_by_editor", "toll_best_only", "toll_basis"),
    }
)


def correct_event(
    event: Event, user: User | None, changes: dict[str, Any], reason: str = "", seen: int | None = None
) -> None:
    """Set fields of an event to what a person decided; whether readers see it never changes here.

    Figures of the toll that are given are the editor's, and need their reason in ``toll_basis``; with ``toll_by_editor``
    False the rule's stand again. Raises ValidationError, storing nothing, if senseless, and MergedAway.
    """
    with acting(user, Right.REVIEW, f"corrected “{event}”", reason):
        if unknown := set(changes) - EVENT_FIELDS:
            raise ValidationError(
                f"{', '.join(sorted(unknown))}: not a field of an event that an editor corrects. "
                f"Use {', '.join(sorted(EVENT_FIELDS))}."
            )
        meanwhile.hold(event, seen)
        refuse_merged(event)
        if changes.get("slug", event.slug) != event.slug and event.published_at:
            raise ValidationError({"slug": "This address has been public: it never changes."})
        before = {name: getattr(event, name) for name in (*EVENT_FIELDS - {"actors"}, *DERIVED)}
        for name in EVENT_FIELDS.intersection(changes) - {"actors"}:
            setattr(event, name, changes[name])
        given = any(before[name] != getattr(event, name) for name in FIGURES)
        if given and changes.get("toll_by_editor") is not False:
            event.toll_by_editor = True
        if given and "toll_best_only" not in changes:
            # Who sets the range sets all of it; who sets the best estimate alone leaves the range to the rule.
            ranged = any(before[name] != getattr(event, name) for name in ("killed_low", "killed_high"))
            event.toll_best_only = not ranged and (event.toll_best_only or not before["toll_by_editor"])
        if event.toll_by_editor and not event.toll_basis.strip():
            raise ValidationError(
                {"toll_basis": "Say why these figures and not those of the rule: readers will see it."}
            )
        event.clean_fields(exclude={"search_text"})
        event.validate_constraints()
        event.validate_unique()
        tolls.refresh(event)
        if any(value != getattr(event, name) for name, value in before.items()):
            save_signed(event, user, reason)
        if "actors" in changes:
            set_actors(event, changes["actors"], user, reason)


def refuse_merged(event: Event) -> None:
    """Raise MergedAway for an event that has been merged into another: nothing more is decided on it."""
    if event.status == Event.Status.MERGED:
        raise MergedAway(f"“{event}” was merged into “{last_of(event)}”: use that one, or undo the merging first.")


def event_for(mention: Mention, user: User | None) -> Event:
    """The event that the entry is linked to, else a new draft made of it."""
    return mention.event or create_event([mention], user)


def publish(event: Event, user: User | None, reason: str = "", seen: int | None = None) -> None:
    """Show the event to readers. Raises CannotPublish when a reader could not follow it to a report."""
    with acting(user, Right.PUBLISH, f"published “{event}”", reason):
        meanwhile.hold(event, seen)
        refuse_merged(event)
        if not event.title.strip():
            raise CannotPublish("An event needs a title before it is published.")
        if not event.mentions.standing().exists():
            raise CannotPublish(f"“{event}” rests on no report: link an entry to it before it is published.")
        event.status = Event.Status.PUBLISHED
        event.withdrawn_reason = ""
        event.published_at = event.published_at or timezone.now()
        tolls.refresh(event)
        save_signed(event, user, reason)


def publish_event_of(mention: Mention, user: User | None, reason: str = "") -> None:
    """Publish what the entry tells of, as a new event where it has none. One that readers see already stays as it is.

    Raises CannotPublish, for a withdrawn event too: whether it comes back is decided on the event, with its reason in sight.
    """
    event = mention.event
    if event and event.status == Event.Status.WITHDRAWN:
        raise CannotPublish(f"“{event}” was withdrawn. Publish it again from the list of events.")
    if event is None or event.status != Event.Status.PUBLISHED:
        publish(event_for(mention, user), user, reason)


def withdraw(event: Event, user: User | None, reason: str, seen: int | None = None) -> None:
    """Take the event off the timeline. Its address stays and says why, so a reason is required."""
    with acting(user, Right.PUBLISH, f"withdrew “{event}”", reason):
        if not reason.strip():
            raise CannotPublish("Say why the event is withdrawn: its page will show the reason.")
        meanwhile.hold(event, seen)
        refuse_merged(event)
        event.status = Event.Status.WITHDRAWN
        event.withdrawn_reason = reason
        save_signed(event, user, reason)


DERIVED = [
    "killed_low",
    "killed_best",
    "killed_high",
    "killed_words",
    "contested",
    "toll_basis",
    "other_tolls",
    "source_count",
    "report_count",
    "origin_count",
    "search_text",
]


@transaction.atomic
def refresh(event: Event, user: User | None = None, reason: str = "") -> None:
    """Recompute what follows from the event's entries, and save that alone, where it changed.

    Works on the event as it is in the database now: the one in hand may be older than a colleague's decision.
    """
    now = Event.objects.select_for_update().get(pk=event.pk)
    before = [getattr(now, name) for name in DERIVED]
    tolls.refresh(now)
    if [getattr(now, name) for name in DERIVED] != before:
        save_signed(now, user, reason, [*DERIVED, "changed_at"])
    for name in DERIVED:
        setattr(event, name, getattr(now, name))
