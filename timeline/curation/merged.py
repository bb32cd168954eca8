"""Where a record leads that was merged into another, be it an event or a name."""

from __future__ import annotations

from typing import TypeVar

from timeline.models import Actor, Event, Place, Source

_M = TypeVar("_M", Event, Source, Place, Actor)


class InCircle(ValueError):
    """Records that were merged into one another: none of them is left."""


def last_of(record: _M) -> _M:
    """The record at the end of the chain of mergings; itself where it was merged into none. Raises InCircle."""
    seen = {record.pk}
    last = record
    while last.merged_into is not None:
        last = last.merged_into
        if last.pk in seen:
            raise InCircle(f"“{record}” would be merged into itself, by way of others.")
        seen.add(last.pk)
    return last
