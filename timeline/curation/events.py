"""Making events from entries, linking, publishing and withdrawing them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from timeline.curation import tolls
from timeline.curation.signing import sign
from timeline.ingest.naming import actor_named, free_slug
from timeline.models import Event, Mention


class CannotPublish(ValueError):
    """An event that is not ready for readers; says what is missing."""


@transaction.atomic
def create_event(mentions: Iterable[Mention], user: User | None, *, slug: str = "", **fields: Any) -> Event:
    """A draft event from one or more entries; what ``fields`` leaves open is taken from the first entry."""
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
    _save(event, user, f"from {len(mentions)} reports" if len(mentions) > 1 else f"from “{first.article}”")
    for mention in mentions:
        link(mention, event, user)
    return event


@transaction.atomic
def link(mention: Mention, event: Event, user: User | None, reason: str = "") -> None:
    """This entry tells of that event. An entry linked elsewhere before leaves the other event."""
    before = mention.event
    mention.event = event
    sign(mention, user, reason)
    mention.save()
    event.actors.add(*(actor_named(name) for name in mention.actors))
    refresh(event)
    if before and before.pk != event.pk:
        refresh(before)


@transaction.atomic
def relink(mention: Mention, event: Event | None, user: User | None, reason: str = "") -> None:
    """Link an entry to another event, or to none."""
    before = mention.event
    if event is not None:
        link(mention, event, user, reason)
    elif before is not None:
        mention.event = None
        sign(mention, user, reason)
        mention.save()
        refresh(before)


def event_for(mention: Mention, user: User | None) -> Event:
    """The event that the entry is linked to, else a new draft made of it."""
    return mention.event or create_event([mention], user)


@transaction.atomic
def publish(event: Event, user: User | None, reason: str = "") -> None:
    """Show the event to readers. Raises CannotPublish when a reader could not follow it to a report."""
    if not event.title.strip():
        raise CannotPublish("An event needs a title before it is published.")
    if not event.mentions.standing().exists():
        raise CannotPublish(f"“{event}” rests on no report: link an entry to it before it is published.")
    event.status = Event.Status.PUBLISHED
    event.withdrawn_reason = ""
    event.published_at = event.published_at or timezone.now()
    tolls.refresh(event)
    _save(event, user, reason)


@transaction.atomic
def withdraw(event: Event, user: User | None, reason: str) -> None:
    """Take the event off the timeline. Its address stays and says why, so a reason is required."""
    if not reason.strip():
        raise CannotPublish("Say why the event is withdrawn: its page will show the reason.")
    event.status = Event.Status.WITHDRAWN
    event.withdrawn_reason = reason
    _save(event, user, reason)


def refresh(event: Event) -> None:
    """Recompute what follows from the event's entries and save it where it changed."""
    before = _derived(event)
    tolls.refresh(event)
    if _derived(event) != before:
        event.save()


def _derived(event: Event) -> tuple[object, ...]:
    return (
        event.killed_low,
        event.killed_best,
        event.killed_high,
        event.toll_basis,
        event.other_tolls,
        event.source_count,
        event.report_count,
        event.search_text,
    )


def _save(event: Event, user: User | None, reason: str) -> None:
    sign(event, user, reason)
    event.save()
