"""What the parts of the evaluation hand to each other: what people read in a report, and where the engine differs."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import IntEnum

# First and last day in ISO 8601. As text, so that gold days which no calendar holds (the season 1998-SU) can be compared.
Days = tuple[str, str]


@dataclass(frozen=True, slots=True)
class GoldDate:
    """An expression of time as people marked it. ``days`` is None where it is to stay unresolved."""

    start: int
    end: int
    days: Days | None
    value: str


@dataclass(frozen=True, slots=True)
class GoldToll:
    """A toll claim as people read it: persons, None where the passage sets no bound."""

    harm: str
    low: int | None
    high: int | None
    source: str | None


@dataclass(frozen=True, slots=True)
class GoldAttribution:
    start: int
    end: int
    speaker: str


@dataclass(frozen=True, slots=True)
class GoldMention:
    """An event as people read it; ``passage`` is None where the gold does not say which words tell it."""

    passage: tuple[int, int] | None
    kind: str
    days: tuple[str | None, str | None]
    place: str | None


@dataclass(frozen=True, slots=True)
class Reading:
    """A report read by people, entry by entry. None: this kind of entry was not marked, so nothing is said of it.

    ``neutral`` are passages of time that are no dates (durations, sets): finding a date there is neither right nor wrong.
    """

    dates: tuple[GoldDate, ...] | None = None
    neutral: tuple[tuple[int, int], ...] = ()
    tolls: tuple[GoldToll, ...] | None = None
    attributions: tuple[GoldAttribution, ...] | None = None
    mentions: tuple[GoldMention, ...] | None = None


@dataclass(frozen=True, slots=True)
class Coded:
    """The counts and the day that trained coders noted for a report. None: not noted."""

    deaths: int | None
    injured: int | None
    event_date: dt.date | None


@dataclass(frozen=True, slots=True)
class MainEvent:
    """Day and governorate of the one event that a report is about; ``date_fits`` is false where the day is not believed."""

    event_date: dt.date
    governorate: str
    date_fits: bool


@dataclass(frozen=True, slots=True)
class GoldReport:
    """One report with what people read in it. ``where`` names the file and line it came from."""

    where: str
    text: str
    published: dt.date | None
    wanted: Reading | Coded | MainEvent


class Wrong(IntEnum):
    """How bad a miss is: what is not read misleads nobody, what is read wrongly does."""

    NOT_FOUND = 0
    NOT_WANTED = 1
    OTHER_VALUE = 2


@dataclass(frozen=True, slots=True)
class Miss:
    """Where the engine differs from people: the words, what they read, what it reads and by which rule.

    ``off`` tells misses of one sort apart: days for dates, the logarithm of the ratio for tolls.
    """

    where: str
    text: str
    wanted: str
    found: str
    basis: str
    wrong: Wrong
    off: float = 0.0


@dataclass(frozen=True, slots=True)
class Count:
    """What one report adds to one measure.

    ``found`` is None for a measure in which the gold codes one value a report: then a share is right, and nothing can
    be found too often.
    """

    measure: str
    hits: int
    wanted: int
    found: int | None
    misses: tuple[Miss, ...] = field(default=())
