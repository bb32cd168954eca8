"""What people type as a date, in the filter boxes and in the headers of reports, read as an interval of days.

dateparser reads the date; what is added here is that a month or a year typed means all of its days, and the few words
('last week of', 'early') that it does not know. A date without its year is refused: today's year is not what was meant.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from functools import cache

from dateparser.date import DateDataParser

LONGEST = 60  # characters; no date that anybody types is longer, and dateparser's time grows with the text

# Parts of a month, in days: newsrooms' early, mid- and late are thirds.
_PARTS = {
    "early": (1, 10),
    "beginning of": (1, 10),
    "mid": (11, 20),
    "middle of": (11, 20),
    "late": (21, 31),
    "end of": (21, 31),
}
_PART = re.compile(r"^(early|beginning of|mid|middle of|late|end of)[\s-]+(.+)$")
_WEEK_OF_MONTH = re.compile(r"^(?:the )?(first|second|third|fourth|last) week of (.+)$")
_WEEK_OF_DAY = re.compile(r"^(?:the )?week of (.+)$")
_YEAR = re.compile(r"^(1[89]|20)\d\d$")
_ISO = re.compile(r"^\d{4}-\d\d-\d\d$")
_SLASHED = re.compile(r"^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$")
_EASTERN = str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789")
_LEVANTINE = {
    "كانون الثاني": "يناير",
    "شباط": "فبراير",
    "آذار": "مارس",
    "نيسان": "أبريل",
    "أيار": "مايو",
    "حزيران": "يونيو",
    "تموز": "يوليو",
    "آب": "أغسطس",
    "أيلول": "سبتمبر",
    "تشرين الأول": "أكتوبر",
    "تشرين الثاني": "نوفمبر",
    "كانون الأول": "ديسمبر",
}


class NotADate(ValueError):
    """What was typed cannot be read: ``why``, a sentence, and the ``mend``, which a box that takes less says itself."""

    def __init__(self, why: str, mend: str) -> None:
        super().__init__(f"{why} {mend}")
        self.why = why
        self.mend = mend


@cache
def _parser(languages: tuple[str, ...]) -> DateDataParser:
    return DateDataParser(
        languages=list(languages),
        settings={
            "REQUIRE_PARTS": ["year"],
            "DATE_ORDER": "DMY",
            "PREFER_DAY_OF_MONTH": "first",
            "PREFER_MONTH_OF_YEAR": "first",
        },
    )


def read_interval(typed: str) -> tuple[dt.date, dt.date]:
    """The first and the last day that ``typed`` names, both included.

    Day first in slashed dates, as the region writes them. Raises NotADate.
    """
    try:
        return _read_interval(typed)
    except OverflowError as error:
        raise NotADate(f"“{typed}” lies outside the calendar.", "Write for example May 2012.") from error


def _read_interval(typed: str) -> tuple[dt.date, dt.date]:
    text = " ".join(typed.translate(_EASTERN).split()).strip(" .,").casefold()
    if len(text) > LONGEST:
        raise NotADate("This is too long for a date.", "Write for example 25 May 2012, or May 2012.")
    for levantine, gregorian in _LEVANTINE.items():
        text = text.replace(levantine, gregorian)
    if match := _WEEK_OF_MONTH.match(text):
        return _week_of_month(match[1], *_whole_month(match[2], typed))
    if match := _WEEK_OF_DAY.match(text):
        day, _ = _read(match[1], typed)
        monday = day - dt.timedelta(days=day.weekday())
        return monday, monday + dt.timedelta(days=6)
    if match := _PART.match(text):
        first, last = _whole_month(match[2], typed)
        start, end = _PARTS[match[1]]
        return first.replace(day=start), first.replace(day=min(end, last.day))
    return _read(text, typed)


def _read(text: str, typed: str) -> tuple[dt.date, dt.date]:
    if _YEAR.match(text):
        return dt.date(int(text), 1, 1), dt.date(int(text), 12, 31)
    if _ISO.match(text):
        return _iso(text, typed)
    if match := _SLASHED.match(text):
        return _slashed(int(match[1]), int(match[2]), int(match[3]), typed)
    if not re.search(r"\d{4}", text):
        raise NotADate(f"“{typed}” names no year.", "Write for example 25 May 2012, May 2012 or 2012.")
    for languages in (("en",), ("fr",), ("ar",)):
        found = _parser(languages).get_date_data(text)
        if found.date_obj is None:
            continue
        day = found.date_obj.date()
        if found.period == "year":
            return day.replace(month=1, day=1), day.replace(month=12, day=31)
        if found.period == "month":
            return _month(day)
        return day, day
    raise NotADate(f"“{typed}” is no date we can read.", "Write for example 25 May 2012, May 2012 or 2012-05-25.")


def _iso(text: str, typed: str) -> tuple[dt.date, dt.date]:
    try:
        day = dt.date.fromisoformat(text)
    except ValueError as error:
        raise NotADate(f"“{typed}” is not on the calendar.", "Write year-month-day, such as 2012-05-25.") from error
    return day, day


def _slashed(day: int, month: int, year: int, typed: str) -> tuple[dt.date, dt.date]:
    try:
        read = dt.date(year, month, day)
    except ValueError as error:
        raise NotADate(
            f"“{typed}” is not on the calendar.", "Dates with slashes are read day first: 25/05/2012."
        ) from error
    return read, read


def _whole_month(text: str, typed: str) -> tuple[dt.date, dt.date]:
    first, last = _read(text, typed)
    if (first.year, first.month) != (last.year, last.month) or first.day != 1 or first == last:
        raise NotADate(f"“{typed}” needs a month and its year.", "Write for example: last week of May 2012.")
    return first, last


def _month(day: dt.date) -> tuple[dt.date, dt.date]:
    return day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _week_of_month(which: str, first: dt.date, last: dt.date) -> tuple[dt.date, dt.date]:
    """The first week is days 1 to 7 and so on; the last week is the last seven days."""
    if which == "last":
        return last - dt.timedelta(days=6), last
    start = first + dt.timedelta(days=7 * ["first", "second", "third", "fourth"].index(which))
    return start, start + dt.timedelta(days=6)
