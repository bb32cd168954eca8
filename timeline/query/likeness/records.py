"""What the questions of a likeness are asked of: a place, a figure, and what one entry or one event tells."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Spot:
    """A place: its key, that of its governorate (its own, for a governorate), degrees, and its names, folded."""

    pk: int
    name: str
    kind: str
    governorate: int | None
    country: str
    latitude: float | None
    longitude: float | None
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A toll as one source gives it, in persons. ``of_all`` is false for a part of the dead; ``vague``: no number said."""

    harm: str
    low: int | None
    high: int | None
    source: str = ""
    of_all: bool = True
    vague: bool = False

    @property
    def number(self) -> int:
        return self.low or self.high or 0


@dataclass(frozen=True, slots=True)
class Told:
    """What one entry tells, or what stands of an event.

    ``text`` is the passage with the title of its report, folded; ``words`` the telling ones among its words, ``wording``
    all words of the passage alone.
    ``published`` is the day of the report; ``unsure_day`` says that the day can be read otherwise.
    """

    kind: str
    earliest: dt.date | None
    latest: dt.date | None
    precision: str
    place: Spot | None
    figures: tuple[Figure, ...] = ()
    text: str = ""
    words: frozenset[str] = frozenset()
    wording: frozenset[str] = frozenset()
    published: dt.date | None = None
    unsure_day: bool = False


@dataclass(frozen=True, slots=True)
class KnownEvent:
    """An event as it stands, and each entry of other reports that tells of it.

    ``same_report``: an entry of the very report that asks tells of it too; what the two share, they share by that.
    """

    stands: Told
    entries: tuple[Told, ...] = ()
    same_report: bool = False

    @property
    def readings(self) -> tuple[Told, ...]:
        return (self.stands, *self.entries)


@dataclass(frozen=True, slots=True)
class Sign:
    """What one question adds to the likeness, or takes; ``reason`` is how an editor reads it, empty where it says nothing."""

    weight: float
    reason: str = ""
