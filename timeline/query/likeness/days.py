"""Can it have been the same day?"""

from __future__ import annotations

import datetime as dt

from timeline.query.datewords import in_words
from timeline.query.likeness.records import Sign, Told

# (days that the wider of the two spans, weight): one day told by both says much, one month little.
_OVERLAP = ((1, 1.6), (3, 1.2), (8, 0.7), (31, 0.0), (100, -0.8), (400, -1.6))
_OVERLAP_WIDER = -2.5
# The same days from one to another, told by both, are no accident: a week or a month may be.
_SAME_RANGE = 2.0
# What lasts is told day by day: a day within it is as good as a few days around it.
_LASTING = frozenset("siege ceasefire negotiation displacement".split())
_WITHIN_LASTING = 1.2
_LASTS_AT_MOST = 60  # days; what is said to last longer is a state of things
# "Since Thursday" tells the sum of several days, and is more than what happened on one of them.
_SEVERAL = 3
_OF_SEVERAL = -0.7
# A report that goes back to a day so long past tells of something that is remembered, and little is.
_LONG_PAST = 30
_REMEMBERED = 0.5
# (days between them, weight): the night between two days is told as either.
_APART = ((1, -0.4), (2, -1.5), (3, -2.3))
# The same where the entry's day is unsure: often it is the day of the report, and the event lies before it.
_APART_UNSURE = ((1, 0.0), (3, -0.6), (7, -1.4))
DAYS_APART = _APART_UNSURE[-1][0]
# (days from the event to the report, weight) where the entry has no day of its own.
_REPORTED = ((2, 0.0), (7, -1.0), (31, -2.2))
DAYS_REPORTED = _REPORTED[-1][0]
_REPORTED_LATER = -3.0
_UNDATED = -2.0


def days_sign(entry: Told, event: Told) -> Sign | None:
    """None where the days exclude each other."""
    first, last = event.earliest, event.latest
    if first is None or last is None:
        return Sign(_UNDATED)
    if entry.published and entry.published < first - dt.timedelta(1):
        return None  # nobody reports what is still to come
    if entry.earliest is None or entry.latest is None:
        return _by_publication(entry, first, last)
    apart = max((entry.earliest - last).days, (first - entry.latest).days)
    if apart > 0:
        after = entry.unsure_day and entry.earliest > last
        for most, weight in _APART_UNSURE if after else _APART:
            if apart <= most:
                return Sign(weight, f"{_count(apart)} apart: {_days(entry)} and {_days(event)}")
        return None
    own, its = (entry.latest - entry.earliest).days + 1, (last - first).days + 1
    weight = next((weight for most, weight in _OVERLAP if max(own, its) <= most), _OVERLAP_WIDER)
    if (entry.earliest, entry.latest) == (first, last):
        if entry.precision == event.precision == "range":
            weight = max(weight, _SAME_RANGE)
        return Sign(weight + _remembered(entry, last), f"both say {_days(entry)}")
    if _LASTING & {entry.kind, event.kind} and max(own, its) <= _LASTS_AT_MOST:
        weight = max(weight, _WITHIN_LASTING)
    elif any(told.precision == "range" and days >= _SEVERAL for told, days in ((entry, own), (event, its))):
        weight += _OF_SEVERAL
    return Sign(weight + _remembered(entry, last), f"{_days(entry)} falls together with {_days(event)}")


def _remembered(entry: Told, last: dt.date) -> float:
    return _REMEMBERED if entry.published and (entry.published - last).days >= _LONG_PAST else 0.0


def _by_publication(entry: Told, earliest: dt.date, latest: dt.date) -> Sign | None:
    if entry.published is None:
        return Sign(_UNDATED)
    after = (entry.published - latest).days
    if entry.published < earliest:
        return None
    words = (
        f"no day told; the report came out {_count(after)} after"
        if after > 0
        else "no day told; the report is of that day"
    )
    return Sign(next((weight for most, weight in _REPORTED if after <= most), _REPORTED_LATER), words)


def _days(told: Told) -> str:
    return in_words(told.earliest, told.latest, told.precision)


def _count(days: int) -> str:
    return "a day" if days == 1 else f"{days} days"
