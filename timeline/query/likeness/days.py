"""Can it have been the same day?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from timeline.query.datewords import in_words
from timeline.query.likeness.records import Sign, Told

# (days that the wider of the two spans, weight): one day told by both says much, one month little.
_OVERLAP = ((1, 1.6), (3, 1.2), (8, 0.7), (31, 0.0), (100, -0.8), (400, -1.6))
_OVERLAP_WIDER = -2.5
# The same days from one to another, told by both, are no accident: a week or a month may be.
_SAME_RANGE = 1.6
# What lasts is told day by day: a day within it is as good as a few days around it.
_LASTING = frozenset("siege ceasefire negotiation displacement".split())
_WITHIN_LASTING = 1.0
_LASTS_AT_MOST = 60  # days; what is said to last longer is a state of things
# A report that goes back to a day so long past tells of something that is remembered, and little is.
_LONG_PAST = 30
_REMEMBERED = 0.8
# (days between them, weight): the night between two days is told as either.
_APART = ((1, -0.2), (2, -1.5), (3, -2.3))
# The same where the entry's day is unsure: often it is the day of the report, and the event lies before it.
_APART_UNSURE = ((1, 0.0), (3, -0.6), (7, -1.4))
DAYS_APART = _APART_UNSURE[-1][0]
# (days from the event to the report, weight) where the entry has no day of its own.
_REPORTED = ((2, 0.0), (7, -1.0), (31, -2.2))
DAYS_REPORTED = _REPORTED[-1][0]
_REPORTED_LATER = -3.0
_UNDATED = -2.0


def days_sign(entry: Told, event: Iterable[Told]) -> Sign | None:
    """The best that any reading of the event gives; None where the days exclude each other."""
    readings = list(event)
    stands = readings[0]
    if entry.published and stands.earliest and entry.published < stands.earliest - dt.timedelta(1):
        return None  # nobody reports what is still to come
    signs = [sign for reading in readings if (sign := _sign(entry, reading)) is not None]
    return max(signs, key=lambda sign: sign.weight, default=None)


def _sign(one: Told, other: Told) -> Sign | None:
    if other.earliest is None or other.latest is None:
        return Sign(_UNDATED)
    if one.earliest is None or one.latest is None:
        return _by_publication(one, other.earliest, other.latest)
    apart = max((one.earliest - other.latest).days, (other.earliest - one.latest).days)
    if apart > 0:
        after = one.unsure_day and one.earliest > other.latest
        for most, weight in _APART_UNSURE if after else _APART:
            if apart <= most:
                return Sign(weight, f"{_count(apart)} apart: {_days(one)} and {_days(other)}")
        return None
    widest = max((told.latest - told.earliest).days + 1 for told in (one, other) if told.earliest and told.latest)
    weight = next((weight for most, weight in _OVERLAP if widest <= most), _OVERLAP_WIDER)
    if (one.earliest, one.latest) == (other.earliest, other.latest):
        if one.precision == other.precision == "range":
            weight = max(weight, _SAME_RANGE)
        if widest == 1 and one.published and (one.published - one.latest).days >= _LONG_PAST:
            weight += _REMEMBERED
        return Sign(weight, f"both say {_days(one)}")
    if _LASTING & {one.kind, other.kind} and widest <= _LASTS_AT_MOST:
        weight = max(weight, _WITHIN_LASTING)
    return Sign(weight, f"{_days(one)} falls together with {_days(other)}")


def _by_publication(entry: Told, earliest: dt.date, latest: dt.date) -> Sign | None:
    if entry.published is None:
        return Sign(_UNDATED)
    after = (entry.published - latest).days
    if entry.published < earliest:
        return None
    words = f"no day told; the report came out {_count(after)} after" if after > 0 else "no day told; the report is of that day"
    return Sign(next((weight for most, weight in _REPORTED if after <= most), _REPORTED_LATER), words)


def _days(told: Told) -> str:
    return in_words(told.earliest, told.latest, told.precision)


def _count(days: int) -> str:
    return "a day" if days == 1 else f"{days} days"
