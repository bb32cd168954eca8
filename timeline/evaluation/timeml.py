"""Reads TimeML, the format of the TimeBank, AQUAINT and TempEval news corpora: text with TIMEX3 marks.

A mark names its days in the TIDES way (1998-W03, 1998-Q2, 199); days_of_value says which calendar days these are.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator

from timeline.evaluation.records import Days, GoldDate, GoldReport, Reading

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_WEEK = re.compile(r"(\d{4})-W(\d{1,2})(-WE|-\d)?")
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_QUARTER = re.compile(r"(\d{4})-Q([1-4])")
_SEASON = re.compile(r"\d{4}-(SP|SU|FA|WI)")
_YEAR = re.compile(r"\d{4}")
_DECADE = re.compile(r"(\d{3})X?")


class BadTimeML(ValueError):
    """The file is no TimeML document; says what was found and, where known, in which line."""


def read_timeml(raw: bytes, where: str) -> GoldReport:
    """A TimeML document as a report with its dates; its creation time is the day of publication.

    The text is that of the TEXT element, white space as it stands. DATE and TIME marks that name calendar days are
    wanted; durations, sets, and values such as PRESENT_REF are neutral. Raises BadTimeML.
    """
    try:
        root = ET.fromstring(raw.lstrip())
    except ET.ParseError as reason:
        raise BadTimeML(f"line {reason.position[0]}: not XML that can be read ({reason.msg})") from None
    body = next(root.iter("TEXT"), None)
    if body is None:
        found = ", ".join(dict.fromkeys(element.tag for element in root.iter())) or "none"
        raise BadTimeML(f"no TEXT element (elements found: {found})")
    marks: list[tuple[int, int, ET.Element]] = []
    text = "".join(_walk(body, marks))
    dates: list[GoldDate] = []
    neutral: list[tuple[int, int]] = []
    for start, end, mark in marks:
        value = mark.get("value") or ""
        days = days_of_value(value)
        if mark.get("type") in ("DATE", "TIME") and days:
            dates.append(GoldDate(start, end, days, value))
        else:
            neutral.append((start, end))
    return GoldReport(where, text, _published(root), Reading(dates=tuple(dates), neutral=tuple(neutral)))


def _published(root: ET.Element) -> dt.date | None:
    for mark in root.iter("TIMEX3"):
        if mark.get("functionInDocument") in ("CREATION_TIME", "PUBLICATION_TIME"):
            value = (mark.get("value") or "")[:10]
            try:
                return dt.date.fromisoformat(value)
            except ValueError:
                raise BadTimeML(f"its creation time {mark.get('value')!r} is no day, YYYY-MM-DD is wanted") from None
    return None


def _walk(body: ET.Element, marks: list[tuple[int, int, ET.Element]]) -> Iterator[str]:
    """The pieces of the text in order; fills ``marks`` with the TIMEX3 elements and their offsets."""
    at = 0

    def pieces(element: ET.Element) -> Iterator[str]:
        nonlocal at
        start = at
        if element.text:
            at += len(element.text)
            yield element.text
        for child in element:
            yield from pieces(child)
            if child.tail:
                at += len(child.tail)
                yield child.tail
        if element.tag == "TIMEX3" and element.get("functionInDocument") != "CREATION_TIME":
            marks.append((start, at, element))

    yield from pieces(body)


def days_of_value(value: str) -> Days | None:
    """First and last day that a TIMEX3 value names, None where it names none (TimeML annotation guidelines, TIMEX3).

    The hour is dropped: a TIME is on its day. Seasons have no agreed first day, so their value stands for both ends
    and equals no calendar days: a gold season counts as wanted, and only as found.
    """
    value = value.split("T")[0]
    if _DAY.fullmatch(value):
        return value, value
    if match := _WEEK.fullmatch(value):
        return _days_of_week(int(match[1]), int(match[2]), match[3] or "")
    if match := _QUARTER.fullmatch(value):
        last = 3 * int(match[2])
        return f"{match[1]}-{last - 2:02d}-01", _end_of_month(int(match[1]), last)
    if (match := _MONTH.fullmatch(value)) and 1 <= int(match[2]) <= 12:
        return f"{value}-01", _end_of_month(int(match[1]), int(match[2]))
    if _SEASON.fullmatch(value):
        return value, value
    if _YEAR.fullmatch(value):
        return f"{value}-01-01", f"{value}-12-31"
    if match := _DECADE.fullmatch(value):
        return f"{match[1]}0-01-01", f"{match[1]}9-12-31"
    return None


def _days_of_week(year: int, week: int, part: str) -> Days | None:
    """``part`` is empty, -WE for the weekend, or the day of the week from -1, Monday."""
    try:
        monday = dt.date.fromisocalendar(year, week, 1)
    except ValueError:
        return None
    first, last = (0, 6) if not part else (5, 6) if part == "-WE" else (int(part[1]) - 1,) * 2
    return (monday + dt.timedelta(first)).isoformat(), (monday + dt.timedelta(last)).isoformat()


def _end_of_month(year: int, month: int) -> str:
    return f"{year}-{month:02d}-{calendar.monthrange(year, month)[1]:02d}"
