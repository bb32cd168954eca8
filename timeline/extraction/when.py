"""On which day did it happen? Weighs the dates of a passage, of the sentences beside it and of the report itself.

Which date belongs to a passage by its own words is left to passage_dates.py; how an expression of time is read, to
dates.py.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection
from dataclasses import dataclass

from timeline.extraction.drafts import LEAD_SENTENCES, Draft
from timeline.extraction.passage_dates import date_at, is_long
from timeline.extraction.records import DateSpan, Precision
from timeline.extraction.report import Report

# A lead that names no day leaves it to a sentence beside it: news writers give it within this many.
_NEARBY = 3
# What a lead tells is news: a day further back than this, in days, is the story behind it.
NEWS = dt.timedelta(days=31)

_SINCE = re.compile(r"\bsince\s(?:the\s)?\Z", re.IGNORECASE)
_ROOM = 12  # characters before a date in which "since the" is looked for
_AND = frozenset(("and", "&", "et", "و"))

OWN = "the date told with it"
NEARBY = "no day is told with it; a sentence beside it tells one"
SAID = "no day is told; it is news of the day it was said on"
STATED = "no day is told; it is taken as the day that the report states as its own (unsure)"
COUNTED = "counted from the day that the report itself states, not yet confirmed as its day of publication"
ASSUMED = "no day is told; it is taken as the day of publication (unsure)"
NOT_TOLD = "the text gives no date"


@dataclass(frozen=True, slots=True)
class Day:
    """When a happening was: first and last day, how exactly, the date in the text that says so, and the rule."""

    date: int | None
    earliest: dt.date | None
    latest: dt.date | None
    precision: Precision
    basis: str


def day_of(report: Report, draft: Draft, taken: Collection[int]) -> Day:
    """The day of what ``draft`` tells. ``taken`` are the sentences that other happenings are told in."""
    news = draft.violent and not draft.background
    if draft.date is not None and not (news and is_long(report.days[draft.date])):
        return _as_told(report, draft.date, OWN)
    if news:
        nearby = _nearby(report, draft, taken)
        if nearby is not None and (draft.date is None or _within(report.days[nearby], report.days[draft.date])):
            return _as_told(report, nearby, NEARBY)
    if draft.date is not None:
        return _as_told(report, draft.date, OWN)
    if news and draft.said_on is not None:
        return _as_told(report, draft.said_on, SAID)
    if news and draft.sentence < LEAD_SENTENCES:
        # News of violence without a day is of the day it is printed on, more often than of all other days together
        # (World Atrocities: 0.61 of the coded reports that name no day, 21 of 24 on Syria). An editor sees "unsure".
        if report.stated is not None:
            return _as_told(report, report.stated, STATED)
        if report.published is not None:
            return Day(None, report.published, report.published, "day", ASSUMED)
    return Day(None, None, report.published, "unknown", NOT_TOLD)


def _within(day: DateSpan, span: DateSpan) -> bool:
    """Whether ``day`` lies in ``span``: "last month" is not made exact by a day of this one."""
    if span.earliest is None or span.latest is None:
        return True
    return (
        day.earliest is not None
        and day.latest is not None
        and span.earliest <= day.earliest <= day.latest <= span.latest
    )


def _as_told(report: Report, index: int, basis: str) -> Day:
    date = report.days[index]
    earliest, latest, precision = date.earliest, date.latest, date.precision
    if report.dates[index].earliest is None and earliest is not None:
        basis = f"{basis}, {COUNTED}"
    if earliest is None and latest is None:
        return Day(index, None, report.published, precision, basis)
    if _SINCE.search(report.text[max(0, date.start - _ROOM) : date.start]) and report.printed is not None:
        return Day(
            index, earliest, max(report.printed, latest or report.printed), "range", f"{basis}, and the days since"
        )
    for other in (index - 1, index + 1):
        pair = _pair(report, min(index, other), max(index, other))
        if pair is not None:
            return Day(index, *pair, "range", f"{basis}, with '{report.days[other].text}'")
    return Day(index, earliest, latest, precision, basis)


def _pair(report: Report, first: int, second: int) -> tuple[dt.date, dt.date] | None:
    """From "Saturday" to "Sunday" where they stand as one: "on Saturday and Sunday"."""
    if first < 0 or second >= len(report.days):
        return None
    one, two = report.days[first], report.days[second]
    if report.text[one.end : two.start].strip().lower() not in _AND or is_long(one) or is_long(two):
        return None
    if one.earliest is None or two.earliest is None or two.latest is None or not one.earliest < two.earliest:
        return None
    return one.earliest, two.latest


def _nearby(report: Report, draft: Draft, taken: Collection[int]) -> int | None:
    """The first near day that the sentences around the passage tell, up to where another happening begins."""
    last = min(max(draft.sentence, draft.last) + _NEARBY, len(report.sentences) - 1)
    first = max(draft.sentence - _NEARBY, 0)
    for numbers in (range(draft.sentence + 1, last + 1), range(draft.sentence - 1, first - 1, -1)):
        for number in numbers:
            if number in taken:
                break
            index, _ = date_at(report, number, report.sentences[number].start)
            if index is not None and _is_news(report, report.days[index]):
                return index
    return None


def _is_news(report: Report, date: DateSpan) -> bool:
    """A day, or a few, that lies shortly before the report."""
    if is_long(date) or date.earliest is None or date.latest is None:
        return False
    printed = report.printed
    return printed is not None and printed - date.earliest <= NEWS and date.latest <= printed
