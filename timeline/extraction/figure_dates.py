"""Reads dates in figures and years alone: "2012-05-25", "25/05/2012", "2011-2012", "the 1980s", "nineteen ninety-six".

Days and months written out are left to calendar_dates.py.
"""

from __future__ import annotations

import datetime as dt
import re

from timeline.extraction import calendar as cal
from timeline.extraction.datecontext import Reading, Rules, Telling, needs_published, weekday_note
from timeline.extraction.datewords import (
    ALL_WEEKDAYS,
    COUNTED,
    COUNTED_ABROAD,
    NUMBERS,
    STRONG_BEFORE,
    WEAK_BEFORE,
    WEEKDAY,
    YEAR,
    S,
    alternatives,
)

_SAYS_SO = "the date as written"
_ISO = re.compile(
    rf"(?P<year>{YEAR})(?P<mark>[-/.])(?P<month>\d\d?)(?P=mark)(?P<day>\d\d?)(?:T\d\d:\d\d[\d:.]*Z?)?(?![\w-])"
)
_SLASHED = re.compile(
    rf"(?:(?P<weekday>{WEEKDAY}|(?:mon|tue|wed|thu|fri|sat|sun)\.?),?{S})?"
    # scraped pages run the date and the next word together ("24.07.2016Get short URL")
    r"(?P<first>\d\d?)(?P<mark>[-/.])(?P<second>\d\d?)(?P=mark)(?P<year>(?:19|20)\d\d)(?![\d_-]|(?-i:[^\WA-Z]))",
    re.IGNORECASE,
)
_SHORT_SLASHED = re.compile(r"(?P<first>\d\d?)/(?P<second>\d\d?)/(?P<year>\d\d)(?![\w/.-]|,\d)")
_MONTHS = 12
_DECADE = re.compile(r"(?P<decade>1[5-9]\d0|20\d0)['’]?s(?!\w)")
_SHORT_DECADE = re.compile(r"['’‘](?P<decade>[2-9]0)['’]?s(?!\w)")
_NAMED_DECADE = re.compile(
    r"(?P<name>twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties)\b", re.IGNORECASE
)
_NAMED_DECADES = {
    word: 1900 + 10 * number
    for number, word in enumerate("twenties thirties forties fifties sixties seventies eighties nineties".split(), 2)
}
_YEARS = re.compile(rf"(?P<first>{YEAR})[-–/](?P<last>{YEAR}|\d\d(?!\d))(?![\w/-])")
_YEAR = re.compile(rf"(?P<year>{YEAR})(?!\w)(?![/-]\d)")
_UP_TO_NINETEEN = [word for word, number in NUMBERS.items() if number < 20 and len(word) > 2 and " " not in word]
_TEN_TO_NINETY_NINE = [word for word, number in NUMBERS.items() if number >= 10 and " " not in word]
_SPOKEN_YEAR = re.compile(
    rf"(?:nineteen{S}(?P<rest>{alternatives(_TEN_TO_NINETY_NINE)})"
    rf"|two{S}thousand(?:{S}(?:and{S})?(?P<after>{alternatives(_UP_TO_NINETEEN)}))?)"
    rf"(?![\w-])(?!{S}{COUNTED}\b)",
    re.IGNORECASE,
)
_COUNTED_NEXT = re.compile(rf"{S}(?:{COUNTED}|{COUNTED_ABROAD})\b|%", re.IGNORECASE)
# Outside these years a number of four figures needs a word of time before it.
_FIRST_LIKELY, _LAST_LIKELY = 1900, 2035
# A number after these is a resolution, a sum or a score.
_NOT_A_YEAR_AFTER = frozenset(
    """
    resolution resolutions no number route flight article law section channel room page version some nearly almost
    killed
    killing over least most exactly only another all totaling totalling reached roughly approximately wounded injured
    arrested detained displaced below above exceeding model studio
    """.split()
)
_MONEY_BEFORE = re.compile(
    r"(?:[$£€¥#]|\bat\sleast\s|\bmore\sthan\s|\bless\sthan\s|\bfewer\sthan\s|\bup\sto\s|[\d.,/:-])\Z", re.IGNORECASE
)


# "Until at least 2014" is a year, "at least 2014 people" is none.
_UNTIL_AT_LEAST = re.compile(r"\b(?:until|till|through|in|since)\sat\sleast\s\Z", re.IGNORECASE)
_UNTIL_WINDOW = 24
_MONEY_WORDS = frozenset(("least", "than", "to"))


def read_iso(match: re.Match[str], telling: Telling) -> Reading | None:
    if _MONEY_BEFORE.search(telling.text, max(0, match.start() - 1), match.start()):
        return None
    date = dt.date(int(match["year"]), int(match["month"]), int(match["day"]))
    return Reading(match.end(), cal.day(date), False, _SAYS_SO, takes_on=True)


def read_slashed(match: re.Match[str], telling: Telling) -> Reading | None:
    """'25/05/2012': day first, as the region writes, unless that is impossible; a date that reads both ways says so."""
    if telling.text[max(0, match.start() - 1) : match.start()] in ("/", "-", ".", "$", "#"):
        return None
    first, second, year = int(match["first"]), int(match["second"]), int(match["year"])
    weekday = ALL_WEEKDAYS[match["weekday"].lower().rstrip(".")] if match["weekday"] else None
    if second > 12:
        date = dt.date(year, first, second)
        return Reading(match.end(), cal.day(date), False, f"month first, as {second} is no month", takes_on=True)
    date = dt.date(year, second, first)
    basis = "day first, as the region writes"
    if first <= 12 and first != second:
        other = dt.date(year, first, second)
        if weekday is not None and other.weekday() == weekday != date.weekday():
            return Reading(
                match.end(), cal.day(other), False, f"month first, as it was a {cal.WEEKDAYS[weekday]}", takes_on=True
            )
        if weekday is None:
            basis += f"; unsure: month first it would be {cal.in_words(other)}"
    return Reading(match.end(), cal.day(date), False, basis + weekday_note(date, weekday), takes_on=True)


def read_short_slashed(match: re.Match[str], telling: Telling) -> Reading | None:
    """'25/05/12': the century is that of the year nearest to publication. Both readings are said, where there are two."""
    if telling.text[max(0, match.start() - 1) : match.start()] in ("/", "-", ".", "$", "#"):
        return None
    first, second, short = int(match["first"]), int(match["second"]), int(match["year"])
    published = telling.published
    if published is None:
        return Reading(match.end(), None, True, needs_published(match.group()), takes_on=True)
    year = min((century + short for century in (1900, 2000, 2100)), key=lambda each: abs(each - published.year))
    day, month = (second, first) if second > _MONTHS else (first, second)
    date = dt.date(year, month, day)
    basis = f"a year of two figures: the nearest to publication on {cal.in_words(published)}; "
    if max(first, second) > _MONTHS or first == second:
        order = "month" if second > _MONTHS else "day"
        return Reading(match.end(), cal.day(date), True, f"{basis}{order} first", takes_on=True)
    other = dt.date(year, first, second)
    basis += f"day first, as the region writes; unsure: month first it would be {cal.in_words(other)}"
    return Reading(match.end(), cal.day(date), True, basis, takes_on=True)


def read_decade(match: re.Match[str], telling: Telling) -> Reading | None:
    return Reading(match.end(), cal.decade(int(match["decade"])), False, "the decade as written")


def read_short_decade(match: re.Match[str], telling: Telling) -> Reading | None:
    """'the '80s': of the twentieth century, as news writes no other decade so short."""
    return Reading(match.end(), cal.decade(1900 + int(match["decade"])), False, "a decade of the twentieth century")


def read_named_decade(match: re.Match[str], telling: Telling) -> Reading | None:
    """'the nineties', not 'a man in his fifties'."""
    if telling.word_before(match.start()) not in ("the", "early", "late", "mid"):
        return None
    return Reading(
        match.end(), cal.decade(_NAMED_DECADES[match["name"].lower()]), False, "a decade of the twentieth century"
    )


def read_years(match: re.Match[str], telling: Telling) -> Reading | None:
    """'2011-2012', 'the 2011/12 season'."""
    first = int(match["first"])
    last = int(match["last"]) if len(match["last"]) == 4 else first // 100 * 100 + int(match["last"])
    if (
        _MONEY_BEFORE.search(telling.text, max(0, match.start() - 10), match.start())
        or last <= first
        or last - first > 99
    ):
        return None
    return Reading(match.end(), cal.years(first, last), False, "the years as written")


def read_year(match: re.Match[str], telling: Telling) -> Reading | None:
    """A year alone. A count of four figures, a sum, or the number of a resolution is none."""
    text, start, end = telling.text, match.start(), match.end()
    before = telling.word_before(start)
    until_at_least = (
        before == "least" and _UNTIL_AT_LEAST.search(text, max(0, start - _UNTIL_WINDOW), start) is not None
    )
    if text[start - 1 : start] in ("-", "–"):
        if before not in ("post", "pre", "mid", "early", "late"):
            return None
    elif (text[start - 1 : start].strip() or (before in _MONEY_WORDS and not until_at_least)) and _MONEY_BEFORE.search(
        text, max(telling.start, start - 10), start
    ):
        return None
    round_number = match["year"].endswith("00")
    if before in _NOT_A_YEAR_AFTER and not until_at_least:
        return None
    # "In 2012 people fled" has a year, "in 2000 homes" and "shot 2012 people" have not.
    if _COUNTED_NEXT.match(text, end, telling.end) and (round_number or before not in STRONG_BEFORE):
        return None
    if not before and start > telling.start and text[start - 1] not in " \n\t\u00a0([—\"'“‘":
        return None
    # "about 2000 fled" and "2000 Syrians crossed" are counts; "about 2011" is rare enough to be left.
    if round_number and before in ("about", "around", "with", "than", "and", "a"):
        return None
    number = int(match["year"])
    if not _FIRST_LIKELY <= number <= _LAST_LIKELY and before not in STRONG_BEFORE | WEAK_BEFORE:
        return None
    return Reading(end, cal.year(number), False, "the year as written")


def read_spoken_year(match: re.Match[str], telling: Telling) -> Reading | None:
    """'nineteen ninety-six', as broadcasts are written down."""
    if match["rest"]:
        return Reading(match.end(), cal.year(1900 + NUMBERS[match["rest"].lower()]), False, "the year as spoken")
    before = telling.word_before(match.start())
    if before not in STRONG_BEFORE and before not in ("year", "by"):
        return None
    number = 2000 + (NUMBERS[match["after"].lower()] if match["after"] else 0)
    return Reading(match.end(), cal.year(number), False, "the year as spoken")


# The rules to try at a number, at one of four figures, and at a word in small letters, in the order in which they are tried.
SLASHED_RULES: Rules = ((_SLASHED, read_slashed), (_SHORT_SLASHED, read_short_slashed))
YEAR_RULES: Rules = (
    (_ISO, read_iso),
    (_DECADE, read_decade),
    (_YEARS, read_years),
    (_YEAR, read_year),
)
FIGURE_RULES: dict[str, Rules] = {
    **dict.fromkeys(_NAMED_DECADES, ((_NAMED_DECADE, read_named_decade),)),
    **dict.fromkeys(("nineteen", "two"), ((_SPOKEN_YEAR, read_spoken_year),)),
    "'": ((_SHORT_DECADE, read_short_decade),),
}
