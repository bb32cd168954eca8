"""How a date is shown: no more exact than it is known."""

from __future__ import annotations

import datetime as dt

from django.utils.formats import date_format

# By the middle month of the interval, as the seasons fall in Syria.
_SEASONS = {12: "winter", 1: "winter", 2: "winter", 3: "spring", 4: "spring", 5: "spring"} | {
    6: "summer",
    7: "summer",
    8: "summer",
    9: "autumn",
    10: "autumn",
    11: "autumn",
}

UNKNOWN = "date unknown"


def in_words(earliest: dt.date | None, latest: dt.date | None, precision: str) -> str:
    """'25 May 2012', '25–26 May 2012', 'week of 21 May 2012', 'May 2012', 'spring 2012', '2012', 'date unknown'."""
    if earliest is None or latest is None:
        return f"{UNKNOWN}, not after {_day(latest)}" if latest else UNKNOWN
    if precision == "week":
        return f"week of {_day(earliest)}"
    if precision == "month" and (earliest.year, earliest.month) == (latest.year, latest.month):
        return date_format(earliest, "F Y")
    if precision == "season":
        return f"{_season(earliest, latest)} {latest.year}"
    if precision == "year" and earliest.year == latest.year:
        return str(earliest.year)
    if precision == "decade":
        return f"{earliest.year // 10 * 10}s"
    return _day(earliest) if earliest == latest else _span(earliest, latest)


def month_heading(earliest: dt.date | None, latest: dt.date | None, precision: str) -> str:
    """The heading of the group that an event stands under: its month, or that the month is not known."""
    if earliest is None or latest is None:
        return "Date unknown"
    if precision in {"season", "year", "decade"}:
        words = in_words(earliest, latest, precision)
        return f"{words[:1].upper()}{words[1:]}, month not known"
    return date_format(earliest, "F Y")


def _season(earliest: dt.date, latest: dt.date) -> str:
    return _SEASONS[(earliest + (latest - earliest) / 2).month]


def _day(day: dt.date) -> str:
    return date_format(day, "j F Y")


def _span(earliest: dt.date, latest: dt.date) -> str:
    if earliest.year != latest.year:
        return f"{_day(earliest)} – {_day(latest)}"
    if earliest.month != latest.month:
        return f"{date_format(earliest, 'j F')} – {_day(latest)}"
    return f"{earliest.day}–{_day(latest)}"
