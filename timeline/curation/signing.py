"""Who did it and why, for the history that every record keeps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from timeline.curation.acts import act_of_versions
from timeline.models import Actor, Event, Mention

AT_ONCE = 500  # rows in one statement: SQLite takes 32,766 values in one, a version of a claim has 28


def save_signed(record: Any, user: User | None, reason: str = "", fields: list[str] | None = None) -> None:
    """Save a record (``fields`` of it alone, where given) with who did it and why in the new version of its history."""
    record._history_user = user
    record._change_reason = reason
    record.save(update_fields=fields)
    # What is saved next with the same instance is another act.
    del record._history_user, record._change_reason


@transaction.atomic
def save_many_signed(records: Sequence[Any], user: User | None, reason: str, fields: list[str]) -> None:
    """The same for many records of one model, in a few statements. Not for events: their actors have versions too."""
    if not records:
        return
    model = type(records[0])
    if model is Mention:
        for record in records:
            record.derive()
        fields = sorted(Mention.with_derived(fields))
    model._default_manager.bulk_update(records, fields, batch_size=AT_ONCE)
    model.history.bulk_history_create(
        records,
        batch_size=AT_ONCE,
        update=True,
        default_user=user,
        default_change_reason=reason,
        custom_historical_attrs={"act": act_of_versions(len(records))},
    )


def set_actors(event: Event, actors: Iterable[Actor | int], user: User | None, reason: str = "") -> None:
    """Make these the actors of an event; the versions that this makes say who and why, and none is made for nothing."""
    event._history_user = user  # type: ignore[attr-defined]
    event._change_reason = reason  # type: ignore[attr-defined]
    event.actors.set(actors)
    del event._history_user, event._change_reason  # type: ignore[attr-defined]


def delete_signed(record: Any, user: User | None, reason: str) -> None:
    """Delete a record that no reader has seen; its history stays, and its last version says who and why."""
    record._history_user = user
    record._change_reason = reason
    record.delete()
