"""Days, weeks, months, seasons and years as intervals of calendar days, each with its EDTF value.

Answers "which days are the week of 25 May 2012, and how is that written". Knows of language only how to name a day.
"""

from __future__ import annotations

import calendar as gregorian
import datetime as dt
from dataclasses import dataclass, replace
from functools import lru_cache

from timeline.extraction.records import Precision

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = tuple("January February March April May June July August September October November December".split())
SEASONS = ("spring", "summer", "autumn", "winter")
# EDTF level 1 numbers the seasons 21 to 24, in this order.
_FIRST_SEASON = 21
_ONE_DAY = dt.timedelta(days=1)
# A report names the same few days again and again: enough of them are kept to be made once.
_KEPT = 4096


@dataclass(frozen=True, slots=True)
class Days:
    """The days from ``earliest`` to ``latest``, both included, and how they are written in EDTF."""

    earliest: dt.date
    latest: dt.date
    precision: Precision
    value: str


@lru_cache(_KEPT)
def day(date: dt.date) -> Days:
    return Days(date, date, "day", date.isoformat())


def day_of(year: int, month: int, day: int) -> dt.date | None:
    """The day, or None where the calendar lacks it: 30 February."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def span(first: dt.date, last: dt.date, precision: Precision = "range") -> Days:
    """From one day to another. Raises ValueError where the first is after the last."""
    if first > last:
        raise ValueError(f"{first} is after {last}: a range of days runs forwards")
    if first == last:
        return day(first)
    return Days(first, last, precision, f"{first.isoformat()}/{last.isoformat()}")


def week(date: dt.date) -> Days:
    """The week, Monday to Sunday, that holds ``date``."""
    monday = date - dt.timedelta(days=date.weekday())
    return span(monday, monday + dt.timedelta(days=6), "week")


def weekend(date: dt.date) -> Days:
    """Saturday and Sunday of the week that holds ``date``."""
    saturday = date + dt.timedelta(days=5 - date.weekday())
    return span(saturday, saturday + _ONE_DAY)


def month(year: int, number: int) -> Days:
    first = dt.date(year, number, 1)
    return Days(first, last_of_month(year, number), "month", f"{year:04}-{number:02}")


def last_of_month(year: int, number: int) -> dt.date:
    return dt.date(year, number, gregorian.monthrange(year, number)[1])


def months(first: tuple[int, int], last: tuple[int, int]) -> Days:
    """Whole months from one (year, month) to another: a quarter, a half-year."""
    start, end = month(*first), month(*last)
    if start.earliest > end.latest:
        raise ValueError(f"{start.value} is after {end.value}: a range of months runs forwards")
    return Days(start.earliest, end.latest, "range", f"{start.value}/{end.value}")


def quarter(year: int, number: int) -> Days:
    """The calendar quarter ``number``, 1 to 4."""
    return months((year, 3 * number - 2), (year, 3 * number))


def season(year: int, name: str) -> Days:
    """A season by whole months, as weather services count: spring is March to May, winter begins in December."""
    index = SEASONS.index(name)
    first = 3 * index + 3
    last = last_of_month(year + 1, 2) if name == "winter" else last_of_month(year, first + 2)
    return Days(dt.date(year, first, 1), last, "season", f"{year:04}-{_FIRST_SEASON + index}")


@lru_cache(_KEPT)
def year(number: int) -> Days:
    return Days(dt.date(number, 1, 1), dt.date(number, 12, 31), "year", f"{number:04}")


def years(first: int, last: int) -> Days:
    start, end = year(first), year(last)
    if first > last:
        raise ValueError(f"{first} is after {last}: a range of years runs forwards")
    return start if first == last else Days(start.earliest, end.latest, "range", f"{start.value}/{end.value}")


def decade(first: int) -> Days:
    """The ten years from ``first``, which ends in 0."""
    return Days(dt.date(first, 1, 1), dt.date(first + 9, 12, 31), "decade", f"{first // 10:03}X")


def approximate(days: Days) -> Days:
    """The same days, marked as approximate: EDTF's '~', at both ends of an interval."""
    value = "/".join(end if end.endswith("~") else f"{end}~" for end in days.value.split("/"))
    return replace(days, value=value)


def shift_months(date: dt.date, count: int) -> tuple[int, int]:
    """The year and month that lie ``count`` months after the month of ``date`` (before it, where negative)."""
    total = date.year * 12 + date.month - 1 + count
    return total // 12, total % 12 + 1


def shift(date: dt.date, count: int, unit: str) -> Days:
    """``count`` units (day, week, month, year, decade) after ``date``, no more exact than the unit."""
    if unit == "day":
        return day(date + dt.timedelta(days=count))
    if unit == "week":
        return week(date + dt.timedelta(weeks=count))
    if unit == "month":
        return month(*shift_months(date, count))
    if unit == "year":
        return year(date.year + count)
    return decade((date.year + 10 * count) // 10 * 10)


def back(date: dt.date, count: int, unit: str) -> dt.date:
    """The same day ``count`` units before, or the last of its month where that month is shorter."""
    if unit in ("day", "week"):
        return date - dt.timedelta(days=count * (7 if unit == "week" else 1))
    at_year, at_month = shift_months(date, -count * {"month": 1, "year": 12, "decade": 120}[unit])
    return min(last_of_month(at_year, at_month), dt.date(at_year, at_month, 1) + dt.timedelta(days=date.day - 1))


def weekday_before(date: dt.date, weekday: int, *, same: bool) -> dt.date:
    """The latest ``weekday`` (0 is Monday) before ``date``; ``date`` itself counts where ``same`` is true."""
    gap = (date.weekday() - weekday) % 7
    return date - dt.timedelta(days=gap if gap or same else 7)


def weekday_after(date: dt.date, weekday: int, *, same: bool) -> dt.date:
    """The next ``weekday`` (0 is Monday) after ``date``; ``date`` itself counts where ``same`` is true."""
    gap = (weekday - date.weekday()) % 7
    return date + dt.timedelta(days=gap if gap or same else 7)


@lru_cache(_KEPT)
def in_words(date: dt.date) -> str:
    """'Wednesday 30 May 2012', on any machine: no locale has a say."""
    return f"{WEEKDAYS[date.weekday()]} {date.day} {MONTHS[date.month - 1]} {date.year}"


def days_in_words(days: Days) -> str:
    """'Wednesday 30 May 2012', 'May 2012', '2012', 'the 1980s', or the two ends of anything else."""
    if days.earliest == days.latest:
        return in_words(days.earliest)
    if days.precision == "month":
        return f"{MONTHS[days.earliest.month - 1]} {days.earliest.year}"
    if days.precision == "year":
        return str(days.earliest.year)
    if days.precision == "decade":
        return f"the {days.earliest.year}s"
    first, last = days.earliest, days.latest
    return f"{first.day} {MONTHS[first.month - 1]} {first.year} to {last.day} {MONTHS[last.month - 1]} {last.year}"
