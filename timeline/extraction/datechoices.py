"""Which days are meant once the words are known: a weekday, a day and month, a count. The same in every language.

The French and Arabic rules read their words and ask here; the English ones have their own, finer signs.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from timeline.extraction import calendar as cal
from timeline.extraction.datecontext import (
    LONGEST_SENTENCE,
    Reading,
    Telling,
    choose_day,
    from_publication,
    from_told,
    needs_published,
    no_year,
    reading_of,
    unanchored,
    weekday_note,
)

_WEEK_DAYS = 7
_MONTHS_A_YEAR = 12
# How far around a date the sign that it is still to come is looked for, in characters: about a clause.
_LEFT, _RIGHT = 90, 50
_OPENING = 20
_CLAUSE = re.compile(r"[;:.]|\bqu(?:e\b|['’])|\bet\s|\s(?:أن|إن|إنه|أنه|إنها|أنها)\s")
_CLAUSE_OR_COMMA = re.compile(rf"[,،]|{_CLAUSE.pattern}")
AS_WRITTEN = "the date as written"


@dataclass(frozen=True, slots=True)
class DayOfMonth:
    """A day and month as read from the words, or the first and last of two; what is not said is None."""

    day: int
    month: int
    last_day: int | None = None
    last_month: int | None = None
    year: int | None = None
    weekday: int | None = None
    # -1 or 1 where the words say 'last' or 'next'
    step: int | None = None


def looks_ahead(sign: re.Pattern[str], telling: Telling, match: re.Match[str]) -> bool:
    """Whether a sign of what is to come stands in the clause. Without one, news tells the past."""
    if telling.end - telling.start > LONGEST_SENTENCE:
        return False
    first, last = max(telling.start, match.start() - _LEFT), min(telling.end, match.end() + _RIGHT)
    # What follows belongs to the date up to the next clause; a date that opens the sentence is cut off by its comma alone.
    opens = match.start() - telling.start <= _OPENING
    clause = (_CLAUSE if opens else _CLAUSE_OR_COMMA).search(telling.text, match.end(), last)
    if clause:
        last = clause.start()
    return (
        sign.search(telling.text, first, match.start()) is not None
        or sign.search(telling.text, match.end(), last) is not None
    )


def read_days(match: re.Match[str], telling: Telling, said: DayOfMonth, ahead: bool) -> Reading | None:
    """A day and month, or a range of them, with its year or the nearest that fits."""
    basis, relative = AS_WRITTEN, False
    if said.year is not None:
        first = dt.date(said.year, said.month, said.day)
        basis += weekday_note(first, said.weekday)
    elif telling.published is None:
        return Reading(match.end(), None, True, needs_published(match.group()), takes_on=True)
    else:
        relative = True
        if said.step is not None:
            ahead = said.step > 0
        found = choose_day(telling.published, said.month, said.day, said.weekday, ahead)
        if found is None:
            return None
        first = found[0]
        basis = no_year(telling.published, found[1]) + weekday_note(first, said.weekday)
    days = cal.day(first)
    if said.last_day is not None:
        last_month = said.last_month or said.month
        days = cal.span(first, dt.date(first.year + (last_month < said.month), last_month, said.last_day))
    return Reading(match.end(), days, relative, basis, takes_on=True)


def read_month(
    match: re.Match[str], telling: Telling, month: int, year: int | None, step: int | None, ahead: bool
) -> Reading | None:
    """A month with its year, pointed to by 'last' or 'next' (``step`` -1 or 1), or alone: the latest that has begun."""
    if year is not None:
        return Reading(match.end(), cal.month(year, month), False, "the month as written")
    published = telling.published
    if published is None:
        return Reading(match.end(), None, True, needs_published(match.group()))
    if step is not None:
        on_the_side = month >= published.month if step < 0 else month <= published.month
        days = cal.month(published.year + (step if on_the_side else 0), month)
        return from_publication(match, telling, days)
    later = ahead and month != published.month
    found = published.year + (month < published.month) if later else published.year - (month > published.month)
    return Reading(match.end(), cal.month(found, month), True, no_year(published, later))


def read_weekday(match: re.Match[str], telling: Telling, weekday: int, step: int | None, ahead: bool) -> Reading:
    """A weekday alone is the latest one not after publication, or the next where the words look ahead.

    ``step`` is -1 or 1 where the words say 'last' or 'next', 0 where they say 'this'.
    """
    published = telling.published
    if published is None:
        return Reading(match.end(), None, True, needs_published(match.group()), takes_on=True)
    name, on = cal.WEEKDAYS[weekday], cal.in_words(published)
    if published.weekday() == weekday and not step:
        return reading_of(match, telling, cal.day(published), f"'{match.group()}' is the day of publication", on=True)
    if step == 1 or (step is None and ahead):
        date = cal.weekday_after(published, weekday, same=False)
        basis = f"the words look ahead: the next {name} after publication on {on}"
    else:
        date = cal.weekday_before(published, weekday, same=False)
        basis = f"the latest {name} before publication on {on}"
    return reading_of(match, telling, cal.day(date), basis, on=True)


def read_weekday_from_told(match: re.Match[str], telling: Telling, weekday: int, step: int) -> Reading:
    """'le lundi suivant', 'the Monday before': the next or the latest one, seen from the day being told."""
    anchor = telling.told_day
    if anchor is None:
        return unanchored(match, telling)
    find = cal.weekday_after if step > 0 else cal.weekday_before
    return from_told(match, telling, anchor, cal.day(find(anchor, weekday, same=False)))


def read_weekdays(match: re.Match[str], telling: Telling, first: int, last: int, ahead: bool) -> Reading:
    """From one weekday to another."""
    published = telling.published
    if published is None:
        return reading_of(match, telling, None, "")
    on = cal.in_words(published)
    if ahead:
        start = cal.weekday_after(published, first, same=True)
        days = cal.span(start, cal.weekday_after(start, last, same=False))
        return reading_of(match, telling, days, f"the words look ahead: counted from publication on {on}")
    stop = cal.weekday_before(published, last, same=True)
    days = cal.span(cal.weekday_before(stop, first, same=False), stop)
    return reading_of(match, telling, days, f"the latest such days not after publication on {on}")


def read_step(match: re.Match[str], telling: Telling, step: int, unit: str) -> Reading:
    """``step`` units (day, week, weekend, month, year) from publication: 'last week' is -1, 'week'."""
    published = telling.published
    if published is None:
        return reading_of(match, telling, None, "")
    if unit == "weekend":
        return from_publication(match, telling, cal.weekend(published + dt.timedelta(days=_WEEK_DAYS * step)))
    return from_publication(match, telling, cal.shift(published, step, unit))


def read_season_step(match: re.Match[str], telling: Telling, step: int, season: str) -> Reading:
    """'last summer': the latest that is over; 'next summer': the first still to begin; 'this': the year's own."""
    published = telling.published
    if published is None:
        return reading_of(match, telling, None, "")
    near = range(published.year - 3, published.year + 3)
    years = reversed(near) if step < 0 else near
    for year in years:
        days = cal.season(year, season)
        over, to_come = days.latest < published, days.earliest > published
        if (step < 0 and over) or (step > 0 and to_come) or (step == 0 and not over):
            return from_publication(match, telling, days)
    return from_publication(match, telling, cal.season(published.year, season))


def read_from_told(match: re.Match[str], telling: Telling, step: int, unit: str) -> Reading:
    """'the next day', 'three days later': counted from the day being told."""
    anchor = telling.anchor(unit)
    if anchor is None and step < 0 and telling.told is None:
        anchor = telling.published
    if anchor is None:
        return unanchored(match, telling)
    if unit == "weekend":
        return from_told(match, telling, anchor, cal.weekend(anchor + dt.timedelta(days=_WEEK_DAYS * step)))
    return from_told(match, telling, anchor, cal.shift(anchor, step, unit))


def read_span_to_now(match: re.Match[str], telling: Telling, count: int, unit: str) -> Reading:
    """'the last three days': up to publication."""
    published = telling.published
    if published is None:
        return reading_of(match, telling, None, "")
    first = published - dt.timedelta(days=-(-count // 24)) if unit == "hour" else cal.back(published, count, unit)
    return from_publication(match, telling, cal.span(first, published))


def read_quarter(match: re.Match[str], telling: Telling, months: int, number: int, year: int | None) -> Reading | None:
    """The ``number``-th stretch of so many months in a year: without the year, the latest that has begun."""
    published = telling.published
    if number * months > _MONTHS_A_YEAR:
        return None
    if year is None and published is None:
        return reading_of(match, telling, None, "")
    first = (number - 1) * months + 1
    if year is not None:
        days = cal.months((year, first), (year, first + months - 1))
        return Reading(match.end(), days, False, "the months as written")
    assert published is not None  # asked above
    at = published.year - (first > published.month)
    return from_publication(match, telling, cal.months((at, first), (at, first + months - 1)))


def read_night(match: re.Match[str], telling: Telling) -> Reading:
    """The night before publication: yesterday's date."""
    if telling.published is None:
        return reading_of(match, telling, None, "")
    return from_publication(match, telling, cal.day(telling.published - dt.timedelta(days=1)))


def part_of(telling: Telling, match: re.Match[str], part: str) -> Reading | None:
    """'early March', 'the end of 2011': the days of the inner expression, whole and marked as approximate."""
    inner = telling.inner(match.end())
    if inner is None or inner.days is None or inner.days.precision == "day":
        return inner
    basis = f"{inner.basis}; '{part}' says which part of it, without its days"
    return Reading(inner.end, cal.approximate(inner.days), inner.relative, basis)
