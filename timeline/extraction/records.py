"""The frozen records that the parts of the engine hand to each other, and their JSON form.

Each part answers one question and returns some of these; assemble.py puts them into one Extraction. Offsets are Python
string offsets into the text as given: ``text[start:end]`` is the quote, always.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal, get_args

Precision = Literal["day", "range", "week", "month", "season", "year", "decade", "unknown"]
Harm = Literal["killed", "injured", "missing", "detained", "displaced"]
Qualifier = Literal["exact", "at_least", "more_than", "about", "up_to", "less_than", "range", "feared", "vague"]
Scope = Literal["event", "cumulative"]

PRECISIONS: tuple[str, ...] = get_args(Precision)
HARMS: tuple[str, ...] = get_args(Harm)
QUALIFIERS: tuple[str, ...] = get_args(Qualifier)
SCOPES: tuple[str, ...] = get_args(Scope)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the text: ``text[start:end]``, without the white space around it."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class DateSpan:
    """An expression of time and the calendar days it names.

    ``value`` is EDTF (ISO 8601-2), None while unresolved. ``earliest`` and ``latest`` are the first and last day
    named, both included, None while unresolved. ``basis`` says in words by which rule, or what is missing.
    """

    start: int
    end: int
    text: str
    value: str | None
    earliest: dt.date | None
    latest: dt.date | None
    precision: Precision
    relative: bool
    basis: str


@dataclass(frozen=True, slots=True)
class TollSpan:
    """How many persons were harmed, as one passage says it.

    ``low`` and ``high`` are persons, None where the passage sets no bound (at least 40: low 40, high None).
    ``part_of`` is the index, in the list this record stands in, of the toll that this one is a part of.
    ``source`` is who is said to say it, ``via`` the channel it came through, both as canonical names.
    """

    start: int
    end: int
    text: str
    harm: Harm
    low: int | None
    high: int | None
    qualifier: Qualifier
    victims: str | None
    scope: Scope
    part_of: int | None
    source: str | None
    via: str | None
    basis: str


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says something: ``speaker`` and ``via`` as canonical names, the passage is the words that say so."""

    start: int
    end: int
    text: str
    speaker: str
    via: str | None


@dataclass(frozen=True, slots=True)
class PlaceSpan:
    """A place named in the text. ``name`` is the gazetteer's, ``kind`` is its feature (city, governorate, country …)."""

    start: int
    end: int
    text: str
    name: str
    governorate: str | None
    country: str
    kind: str
    latitude: float | None
    longitude: float | None


@dataclass(frozen=True, slots=True)
class MentionSpan:
    """A passage that reports an event, with the indexes of the date and tolls that belong to it.

    ``confidence`` is between 0 and 1: how sure the engine is that this is an event told here, of this kind. ``basis``
    says in words by which rule the day was taken, "unsure" where the text tells none.
    """

    start: int
    end: int
    kind: str
    title: str
    earliest: dt.date | None
    latest: dt.date | None
    precision: Precision
    date: int | None
    place: str | None
    governorate: str | None
    actors: tuple[str, ...]
    tolls: tuple[int, ...]
    confidence: float
    basis: str


@dataclass(frozen=True, slots=True)
class SuggestedDate:
    """A likely publication date of an undated report, with the reason in words."""

    date: dt.date
    confidence: float
    basis: str


@dataclass(frozen=True, slots=True)
class KnownEvent:
    """An event that is known already, as far as it can date a report that tells of it; None where it is not known.

    ``place`` and ``governorate`` are the gazetteer's names, ``kind`` is one of the lexicon's, the days it fell on run
    from ``earliest`` to ``latest``, both included, and ``killed_low`` to ``killed_high`` are persons.
    """

    name: str
    place: str | None
    governorate: str | None
    kind: str
    earliest: dt.date
    latest: dt.date
    killed_low: int | None = None
    killed_high: int | None = None


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was read from one article."""

    published: dt.date | None
    dates: tuple[DateSpan, ...]
    tolls: tuple[TollSpan, ...]
    attributions: tuple[Attribution, ...]
    mentions: tuple[MentionSpan, ...]
    suggested_published: tuple[SuggestedDate, ...]
    id: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """The JSON object of the extraction contract: plain lists and strings, dates as ISO 8601."""
        order = ("id", "published", "dates", "tolls", "attributions", "mentions", "suggested_published")
        plain = _plain(asdict(self))
        return {key: plain[key] for key in order}

    def named(self, identifier: str | None) -> Extraction:
        """The same extraction under the id of the document it was read from."""
        return replace(self, id=identifier)


def _plain(value: Any) -> Any:
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value
