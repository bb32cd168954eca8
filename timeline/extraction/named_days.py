"""Reads days that have a name ("Christmas", "Thanksgiving Day", "Easter") and hours of the clock ("9 a.m. Tuesday").

Only feasts that fall on one day of the civil calendar wherever a report is read; a name that moves with the moon's sight
(Eid, Ramadan) is left alone, as its day is not settled by the year.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

from timeline.extraction import calendar as cal
from timeline.extraction.datecontext import (
    Reading,
    Rules,
    Telling,
    from_told,
    lies_ahead,
    needs_published,
    reading_of,
    tidy,
)
from timeline.extraction.datewords import YEAR, S

_THURSDAY = 3
_NOVEMBER = 11
_FEAST = re.compile(
    r"(?P<name>(?:Memorial|Labor|Presidents['’]?|Columbus|Veterans['’]?|Armistice|Bastille|May)\sDay|St\.?\sPatrick['’]s\sDay"
    r"|Ash\sWednesday|(?:Holy|Maundy)\sThursday|Holy\sSaturday|Pentecost|Christmas(?:\s(?:Day|Eve))?|New\sYear['’]s\s(?:Day|Eve)|Thanksgiving(?:\sDay)?|Good\sFriday|Palm\sSunday"
    r"|Easter(?:\s(?:Sunday|Monday))?|Boxing\sDay|Halloween|Valentine['’]s\sDay|Election\sDay)"
    rf"(?!\w|['’]?s?\s(?:[Ee]gg|[Tt]ree|[Cc]ard|[Cc]arol|[Gg]ift|[Ii]sland|[Ss]hopp|[Oo]ffensive|[Ww]eek|dinner|turkey))"
    rf"(?:,?{S}(?:of{S})?(?P<year>{YEAR})(?!\w)|{S}(?P<which>last|this|next){S}year\b)?"
)
# The day in New York that news names by its date alone, or by its figures.
_SEPTEMBER_11 = re.compile(
    r"(?:Sept(?:ember|\.)?\s11(?:th)?|11(?:th)?\sSeptember)(?=,?\s(?:terror|attack|hijack|plot|commission|memorial|victim|suicide))"
    r"|9/11(?=['’]?s?\s(?:terror|attack|hijack|plot|commission|memorial|victim|suicide))",
    re.IGNORECASE,
)
_NINE_ELEVEN = re.compile(r"9/11(?![\d/])")
_SINCE = frozenset("since after before post pre the".split())
_SEPTEMBER_11_DAY = dt.date(2001, 9, 11)
_LAST = re.compile(r"(?:last|this\spast)\s\Z", re.IGNORECASE)
_NEXT = re.compile(r"(?:next|coming)\s\Z", re.IGNORECASE)
_POINTER_WINDOW = 12
_CLOCK = re.compile(
    r"(?:\d{1,2}(?:[:.]\d\d)?\s?[ap]\.?m\b\.?|\d{1,2}:\d\d(?![\d:])|noon|midnight|midday)"
    r"(?P<zone>\s(?:\([^()\n]{3,24}\)|EST|EDT|CST|CDT|PST|PDT|GMT|UTC|local\stime|Eastern\stime|sharp))?",
    re.IGNORECASE,
)
_CLOCK_SAID = re.compile(r"[ap]\.?m\b|GMT|UTC|local", re.IGNORECASE)
_ON = re.compile(rf",?{S}(?:on{S}|of{S})?(?=[A-Zlnty])|\s(?=\()")


def _easter(year: int) -> dt.date:
    """Easter Sunday of the Western churches, by the anonymous Gregorian computus (Meeus, Astronomical Algorithms)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e, f = b // 4, b % 4, (b + 8) // 25
    h = (19 * a + b - d - (b - f + 1) // 3 + 15) % 30
    i = (32 + 2 * e + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * i) // 451
    month, day = divmod(h + i - 7 * m + 114, 31)
    return dt.date(year, month, day + 1)


@lru_cache(1024)
def feast_day(name: str, year: int) -> dt.date:
    """The day of a feast in a year. Thanksgiving, Labor Day and their like are those of the United States."""
    if name.startswith("thanksgiving"):
        first = dt.date(year, _NOVEMBER, 1)
        return cal.weekday_after(first, _THURSDAY, same=True) + dt.timedelta(weeks=3)
    if name in _WEEKDAY_OF_MONTH:
        month, weekday, number = _WEEKDAY_OF_MONTH[name]
        if number < 0:
            return cal.weekday_before(cal.last_of_month(year, month), weekday, same=True)
        return cal.weekday_after(dt.date(year, month, 1), weekday, same=True) + dt.timedelta(weeks=number - 1)
    if name == "election day":
        return cal.weekday_after(dt.date(year, _NOVEMBER, 1), 0, same=True) + dt.timedelta(days=1)
    if name in _FROM_EASTER:
        return _easter(year) + dt.timedelta(days=_FROM_EASTER[name])
    return dt.date(year, *_FIXED[name])


_FROM_EASTER = {"easter": 0, "easter sunday": 0, "easter monday": 1, "good friday": -2, "palm sunday": -7,
    "ash wednesday": -46, "holy thursday": -3, "maundy thursday": -3, "holy saturday": -1, "pentecost": 49,
}  # fmt: skip
# The month, the weekday (0 is Monday), and which of them it is, -1 the last.
_WEEKDAY_OF_MONTH = {
    "memorial day": (5, 0, -1), "labor day": (9, 0, 1), "presidents day": (2, 0, 3), "columbus day": (10, 0, 2),
}  # fmt: skip
_FIXED = {
    "christmas": (12, 25), "christmas day": (12, 25), "christmas eve": (12, 24), "boxing day": (12, 26),
    "veterans day": (11, 11), "armistice day": (11, 11), "bastille day": (7, 14), "may day": (5, 1),
    "st patrick's day": (3, 17),
    "new year's day": (1, 1), "new year's eve": (12, 31), "halloween": (10, 31), "valentine's day": (2, 14),
}  # fmt: skip


def read_feast(match: re.Match[str], telling: Telling) -> Reading | None:
    """'Thanksgiving Day', 'Christmas 2011', 'last Easter': the latest not after publication, unless the words look ahead."""
    name = tidy(match["name"]).lower().replace("’", "'").replace("s' day", "s day").replace("st.", "st")
    if match["year"]:
        date = feast_day(name, int(match["year"]))
        return Reading(match.end(), cal.day(date), False, f"the day of {match['name']}", takes_on=True)
    published = telling.published
    if published is None:
        return Reading(match.end(), None, True, needs_published(match.group()), takes_on=True)
    if match["which"]:
        date = feast_day(name, published.year + {"last": -1, "this": 0, "next": 1}[match["which"].lower()])
        return Reading(match.end(), cal.day(date), True, f"the day of {match['name']} {date.year}", takes_on=True)
    first = max(telling.start, match.start() - _POINTER_WINDOW)
    coming = _NEXT.search(telling.text, first, match.start()) is not None
    gone = _LAST.search(telling.text, first, match.start()) is not None
    date = feast_day(name, published.year)
    ahead = coming or (not gone and lies_ahead(telling, match.start(), match.end()))
    if ahead and date < published:
        date = feast_day(name, published.year + 1)
    elif not ahead and date > published:
        date = feast_day(name, published.year - 1)
    side = "next one after" if date > published else "latest one not after"
    basis = f"the day of {match['name']}, the {side} publication on {cal.in_words(published)}"
    return Reading(match.end(), cal.day(date), True, basis, takes_on=True)


def read_september_11(match: re.Match[str], telling: Telling) -> Reading | None:
    """'the Sept. 11 attacks', 'since 9/11'."""
    if telling.published and telling.published <= _SEPTEMBER_11_DAY:
        return None
    if match.re is _NINE_ELEVEN and telling.word_before(match.start()) not in _SINCE:
        return None
    return Reading(
        match.end(), cal.day(_SEPTEMBER_11_DAY), False, "the day of the attacks that carry its date as their name"
    )


def read_clock(match: re.Match[str], telling: Telling) -> Reading | None:
    """'9 a.m. Tuesday' is the Tuesday; an hour alone is of the day that its own sentence has named, else of none."""
    follows = _ON.match(telling.text, match.end(), telling.end)
    zone = match["zone"]
    if follows and zone and "(" in zone:
        # "9:20 p.m. (1820 GMT) Sunday": the brackets keep the two apart, and both are of that day
        inner = telling.inner(follows.end())
        if inner is not None and inner.days is not None and inner.days.precision == "day":
            return Reading(match.end(), inner.days, inner.relative, inner.basis)
    elif follows:
        inner = telling.inner(follows.end())
        if inner is not None and (inner.days is None or inner.days.precision == "day"):
            return inner
    if not _CLOCK_SAID.search(match.group()):
        return None  # "3:15" alone may be a score or a verse
    anchor = telling.told_day
    if anchor is None or telling.told_at != telling.start:
        return None
    reading = from_told(match, telling, anchor, cal.day(anchor))
    return reading_of(match, telling, reading.days, reading.basis)


NAMED_NUMBER_RULES: Rules = ((_SEPTEMBER_11, read_september_11), (_NINE_ELEVEN, read_september_11))
NAMED_FIRST_RULES: dict[str, Rules] = dict.fromkeys(("sept", "september"), NAMED_NUMBER_RULES[:1])
CLOCK_RULES: Rules = ((_CLOCK, read_clock),)
_FEAST_RULES: Rules = ((_FEAST, read_feast),)
# The rules to try at a word, by that word in small letters.
NAMED_RULES: dict[str, Rules] = {
    **dict.fromkeys(
        """
        christmas thanksgiving easter boxing halloween valentine election good palm new memorial labor presidents columbus
        veterans armistice bastille may st ash holy maundy pentecost
        """.split(),
        _FEAST_RULES,
    ),
    **dict.fromkeys(("noon", "midnight", "midday"), CLOCK_RULES),
}
