"""Reads dates that name a month: "25 May 2012", "May 25", "25-26 May", "in March", "March last year".

Dates all in figures and years alone are left to figure_dates.py, what is counted from another day to relative_dates.py.
"""

from __future__ import annotations

import datetime as dt
import re
from itertools import pairwise

from timeline.extraction import calendar as cal
from timeline.extraction.datecontext import (
    Reading,
    Rules,
    Telling,
    in_dateline,
    just_after,
    lies_ahead,
    nearest_day,
    nearest_either_way,
    nearest_month,
    needs_published,
    no_year,
    tidy,
    unsure_of_year,
    weekday_note,
)
from timeline.extraction.datewords import (
    ALL_MONTHS,
    ALL_WEEKDAYS,
    COUNTED,
    DASH,
    DAY,
    MONTH,
    MOVEMENTS,
    NAMED_BEFORE,
    NUMBERS,
    ORDINALS,
    SHORT_MONTHS,
    SHORT_WEEKDAYS,
    SPOKEN_AFTER,
    STRONG_BEFORE,
    WEAK_BEFORE,
    WEEKDAY,
    WHICH_YEAR,
    YEAR,
    S,
    alternatives,
    as_day,
    as_month,
)
from timeline.extraction.figure_dates import SLASHED_RULES

_SAYS_SO = "the date as written"
_RANGE_WORD = rf"(?:{DASH}|{S}(?:to|through|until|till){S})"
_AND = rf"{S}and{S}"
_OF_YEAR = rf"(?:,?{S}(?:of{S})?(?P<year>{YEAR})|,(?P<tight>{YEAR})|,?{S}(?:of{S}|in{S})?{WHICH_YEAR})"
_THE = rf"(?:the{S})?"
# A date ends where its word ends; scraped pages run a year into the next word ("30 May 2012Get short URL").
_OVER = r"(?:(?!\w)|(?<=\d{4})(?-i:(?=[A-Z][a-z])))"

# "Wed Aug 3 2016", "Friday, Oct. 23", "Saturday the 21st of June": the weekday leads, a date follows.
_LEAD = rf"(?:(?P<weekday>{WEEKDAY}|{alternatives(SHORT_WEEKDAYS)}\.?)(?:,?{S}|,)(?:on{S})?{_THE})?"
_MONTH_FIRST = re.compile(
    rf"{_LEAD}(?P<month>{MONTH})(?:{S}{_THE}|\b\s?)(?P<day>{DAY})"
    rf"(?:(?:{_RANGE_WORD}|(?P<and>{_AND}))(?:(?P<month2>{MONTH}){S})?(?P<day2>{DAY})(?!{S}{COUNTED}\b))?"
    rf"{_OF_YEAR}?{_OVER}",
    re.IGNORECASE,
)
_DAY_FIRST = re.compile(
    rf"{_LEAD}(?P<day>{DAY})"
    rf"(?:(?:{S}(?P<month0>{MONTH}))?(?:{_RANGE_WORD}|/|(?P<and>{_AND}))(?P<day2>{DAY}))?"
    rf"(?:{S}(?:of{S})?|-)(?P<month>{MONTH})(?!\w)(?:-(?P<dashed>{YEAR})|{_OF_YEAR})?{_OVER}",
    re.IGNORECASE,
)
# "3, 4 and 5 May", "May 3, 4 and 5": days that follow each other are one range, others are read one by one.
_LISTED = rf"{DAY}(?:,{S}{DAY}){{1,8}},?{_AND}{DAY}"
_MONTH_LIST = re.compile(
    rf"(?P<month>{MONTH}){S}(?P<days>{_LISTED})(?!{S}{COUNTED}\b)(?:,?{S}(?:of{S})?(?P<year>{YEAR}))?(?!\w)",
    re.IGNORECASE,
)
_DAY_LIST = re.compile(
    rf"(?P<days>{_LISTED}){S}(?:of{S})?(?P<month>{MONTH})(?!\w)(?:,?{S}(?P<year>{YEAR}))?(?!\w)", re.IGNORECASE
)
_LIST_DAY = re.compile(DAY, re.IGNORECASE)
# The year at the end of a list is that of all its parts: "January and February 2012", "May 3 to June 4, 2010".
_PART_OF_LIST = rf"{S}(?:the{S})?(?:(?:early|mid|late)(?:{S}|-))?(?:{DAY}{S}(?:of{S})?)?{MONTH}\b(?:{S}{DAY})?"
_YEAR_OF_LIST = re.compile(
    rf"(?:,{_PART_OF_LIST}){{0,4}},?(?:{S}(?:and|or|to|through|until|till)|\s?[-–—])(?=\s){_PART_OF_LIST}"
    rf"(?:,?{S}(?:of{S})?(?P<year>{YEAR})|,?{S}(?:of{S})?{WHICH_YEAR})(?!\w)",
    re.IGNORECASE,
)
# "Apr 152017": scraped pages lose the comma and the space with it.
_GLUED = re.compile(rf"(?P<month>{MONTH}){S}(?P<day>[0-3]\d)(?P<year>(?:19|20)\d\d)(?!\w)", re.IGNORECASE)
_MONTH_ALONE = re.compile(
    rf"(?P<month>{MONTH})(?!\w)(?:(?:,?{S}(?:of{S})?(?P<year>{YEAR})(?!\w)|,?{S}(?:of{S}|in{S})?{WHICH_YEAR}))?",
    re.IGNORECASE,
)
_MONTH_RANGE = re.compile(
    rf"(?P<month>{MONTH})(?:{DASH}|{S}(?:to|through|until|and){S})(?P<month2>{MONTH}),?{S}(?:of{S})?(?P<year>{YEAR})(?!\w)",
    re.IGNORECASE,
)
_ON_THE = re.compile(r"\bon\s{1,8}the\s{1,8}\Z", re.IGNORECASE)
_ON_THE_WINDOW = 24
# "The 25th anniversary" counts something else: after a day of the month its noun phrase is over.
_AFTER_ORDINAL = re.compile(
    r"\s{0,8}(?:[.,;:)!?\n]|\Z)|\s{1,8}(?:and|when|but|with|to|as|that|for|in|of\s{1,8}(?:this|the|that)\s{1,8}month)\b"
)
_ORDINAL_ALONE = re.compile(r"(?P<day>\d\d?)(?:st|nd|rd|th)\b", re.IGNORECASE)

_COUNT_FOLLOWS = re.compile(rf"{S}(?:\w+{S})?{COUNTED}\b|%|{S}(?:percent|per{S}cent)\b", re.IGNORECASE)
_MOVEMENT_FOLLOWS = re.compile(rf"(?:['’]s)?[\s-]{{1,8}}(?:[A-Z]\w{{1,20}}{S})?{MOVEMENTS}\b", re.IGNORECASE)
_DAY_OF_MOVEMENT = re.compile(rf"{S}{DAY}{_MOVEMENT_FOLLOWS.pattern}", re.IGNORECASE)
_CAPITAL_FOLLOWS = re.compile(rf"{S}[A-Z][a-z]")
# A noun that a month may stand before; small words ("the March on the capital") are none.
_NOUN_FOLLOWS = re.compile(
    rf"{S}(?!(?:with|from|into|over|upon|through|against|towards?|that|which|will|would|said)\b)[a-z]{{4,}}"
)
# Months that are also words or names need a word of time before them to be read alone.
_ALSO_WORDS = frozenset("march may april june august mar".split())


def read_month_first(match: re.Match[str], telling: Telling) -> Reading | None:
    """'May 25', 'May 25, 2012', 'May 25-27', 'Wed Aug 3 2016'."""
    if not _month_in_capitals(match):
        return None
    bare = match["year"] is None and match["tight"] is None
    if (
        bare
        and telling.word_before(match.start()) == "in"
        and _COUNT_FOLLOWS.match(telling.text, match.end(), telling.end)
    ):
        return None
    return _read_days(match, telling)


def read_day_first(match: re.Match[str], telling: Telling) -> Reading | None:
    """'25 May', '25 May 2012', 'the 25th of May', '25-26 May', '21-Jun-2014'."""
    if not _month_in_capitals(match):
        return None
    return _read_days(match, telling)


def read_glued(match: re.Match[str], telling: Telling) -> Reading | None:
    date = dt.date(int(match["year"]), as_month(match["month"]), int(match["day"]))
    return Reading(match.end(), cal.day(date), False, "the date as written, its comma lost", takes_on=True)


def _month_in_capitals(match: re.Match[str]) -> bool:
    """'may 25' is no month; 'may 25, 2012' is one, badly typed."""
    return match["month"][0].isupper() or match["year"] is not None


def _read_days(match: re.Match[str], telling: Telling) -> Reading | None:
    text, published = telling.text, telling.published
    said = match.groupdict()  # the two orders differ in a few of their groups
    end = match.end()
    year_text = said["year"] or said["tight"] or said.get("dashed")
    if not year_text and _MOVEMENT_FOLLOWS.match(text, end, telling.end):
        return None
    weekday = ALL_WEEKDAYS[said["weekday"].lower().rstrip(".")] if said["weekday"] else None
    last_month = as_month(said.get("month2") or said["month"])
    month = as_month(said.get("month0") or said["month"])
    first_day, last_day = as_day(said["day"]), as_day(said["day2"]) if said["day2"] else None
    if said["and"] and not _between(telling, match.start()) and (last_day, last_month) != (first_day + 1, month):
        # "24 and 25 May" is a range, as the days touch; "May 3 and June 4" are two dates, of which this is the first
        last_day = None
        end = match.end("month0") if said.get("month0") else match.end("day")
    which = said["which"]
    if not year_text and not which:
        year_text, which = _year_of_list(telling, end)
    basis, relative = _SAYS_SO, False
    if year_text:
        first = dt.date(int(year_text), month, first_day)
        basis += weekday_note(first, weekday)
    elif which:
        pointed = telling.year_of(which)
        if pointed is None:
            return (
                Reading(end, None, True, needs_published(match.group()), takes_on=True) if published is None else None
            )
        relative = True
        first = dt.date(pointed[0], month, first_day)
        basis = f"{tidy(which)} year, counted from {pointed[1]}"
    elif published is None:
        return Reading(end, None, True, needs_published(match.group()), takes_on=True)
    else:
        relative = True
        if weekday is None and last_day is None and in_dateline(telling, match.span()):
            dated = nearest_either_way(published, month, first_day)
            return Reading(end, cal.day(dated[0]), True, dated[1], takes_on=True) if dated else None
        found = nearest_day(telling, month, first_day, match.span(), weekday)
        if found is None:
            return None
        first = found[0]
        doubtful = just_after(published, month, first_day) if first < published else None
        if doubtful:
            basis = f"told as past, but {cal.in_words(doubtful)} comes after publication on {cal.in_words(published)}: unsure"
            return Reading(end, None, True, basis, takes_on=True)
        basis = no_year(published, found[1]) + weekday_note(first, weekday)
        if weekday is None:
            basis += unsure_of_year(telling, month, first_day, first, match.span())
    days = cal.day(first)
    if last_day is not None:
        days = cal.span(first, dt.date(first.year + (last_month < month), last_month, last_day))
    return Reading(end, days, relative, basis, takes_on=True)


def _year_of_list(telling: Telling, end: int) -> tuple[str | None, str | None]:
    """The year, or the words that point to it, at the end of the list that goes on at ``end``."""
    found = _YEAR_OF_LIST.match(telling.text, end, telling.end)
    return (found["year"], found["which"]) if found else (None, None)


def read_day_list(match: re.Match[str], telling: Telling) -> Reading | None:
    """'3, 4 and 5 May' is a range; of '3, 10 and 17 May' this is the first, and the others are read after it."""
    if not _month_in_capitals(match):
        return None
    days = [(as_day(day.group()), day.end()) for day in _LIST_DAY.finditer(telling.text, *match.span("days"))]
    in_row = all(later[0] == earlier[0] + 1 for earlier, later in pairwise(days))
    month, year, end = as_month(match["month"]), match["year"], match.end() if in_row else days[0][1]
    if year is None:
        if telling.published is None:
            return Reading(end, None, True, needs_published(match.group()), takes_on=True)
        found = nearest_day(telling, month, days[0][0], match.span(), None)
        if found is None:
            return None
        first, basis = found[0], no_year(telling.published, found[1])
    else:
        first, basis = dt.date(int(year), month, days[0][0]), _SAYS_SO
    span = cal.span(first, first.replace(day=days[-1][0])) if in_row else cal.day(first)
    return Reading(end, span, year is None, basis, takes_on=True)


def _between(telling: Telling, start: int) -> bool:
    return telling.word_before(start) == "between"


def read_month(match: re.Match[str], telling: Telling) -> Reading | None:
    """'May 2012', 'in May', 'May last year'. Words that are months only by their look stay alone."""
    name = match["month"]
    short = name.lower().rstrip(".") in SHORT_MONTHS
    if not name[0].isupper() and not match["year"]:
        return None
    number = as_month(name)
    if match["year"]:
        return Reading(match.end(), cal.month(int(match["year"]), number), False, "the month as written")
    spoken = SPOKEN_AFTER.match(telling.text, match.end(), telling.end)
    if spoken and not match["which"]:
        year = 1900 + NUMBERS[spoken["rest"].lower()]
        return Reading(spoken.end(), cal.month(year, number), False, "the month as spoken")
    if telling.word_before(match.start()) in NAMED_BEFORE:
        return None
    if not match["which"] and not _month_stands_alone(match, telling, short):
        return None
    listed, which = (None, match["which"]) if match["which"] else _year_of_list(telling, match.end())
    if listed:
        return Reading(
            match.end(), cal.month(int(listed), number), False, "the month as written, with the year of its list"
        )
    pointed = telling.year_of(which) if which else None
    if which and pointed:
        basis = f"{tidy(which)} year, counted from {pointed[1]}"
        return Reading(match.end(), cal.month(pointed[0], number), True, basis)
    published = telling.published
    if published is None:
        return Reading(match.end(), None, True, needs_published(match.group()))
    if which:
        return None
    near = nearest_month(telling, number, match.start(), match.end())
    if near is None:
        return None
    return Reading(match.end(), cal.month(near[0], number), True, no_year(published, near[1]))


def _month_stands_alone(match: re.Match[str], telling: Telling, short: bool) -> bool:
    text, end = telling.text, match.end()
    before = telling.word_before(match.start())
    strong = before in STRONG_BEFORE
    if _MOVEMENT_FOLLOWS.match(text, end, telling.end) or text[end : end + 1] == "-":
        return False
    if _DAY_OF_MOVEMENT.match(text, end, telling.end):
        return False
    if short:
        return strong
    if strong:
        return True
    if _CAPITAL_FOLLOWS.match(text, end, telling.end) or telling.capital_before(match.start()):
        return False
    if match["month"].lower() in _ALSO_WORDS:
        if before in ("a", "the") and _NOUN_FOLLOWS.match(text, end, telling.end):
            return True  # "the March accession", "a June agreement"
        return before in WEAK_BEFORE and before != "the"
    return True


def read_month_range(match: re.Match[str], telling: Telling) -> Reading | None:
    """'March to May 2012'; two months joined by 'and' only after 'between'."""
    if not match["month"][0].isupper() or ("and" in match.group().split() and not _between(telling, match.start())):
        return None
    year = int(match["year"])
    first, last = as_month(match["month"]), as_month(match["month2"])
    days = cal.months((year - (first > last), first), (year, last))
    return Reading(match.end(), days, False, "the months as written")


def read_ordinal(match: re.Match[str], telling: Telling) -> Reading | None:
    """'on the 25th': of the month being told. 'The 25th anniversary' is no date."""
    start, end = match.start(), match.end()
    if not _ON_THE.search(telling.text, max(0, start - _ON_THE_WINDOW), start) or not _AFTER_ORDINAL.match(
        telling.text, end, telling.end
    ):
        return None
    day = int(match["day"])
    told = telling.told
    anchor = told.earliest if told and told.precision == "month" else telling.told_day or telling.published
    if anchor is None:
        return Reading(end, None, True, needs_published(match.group()), takes_on=True)
    date = anchor.replace(day=day)
    if telling.published and date > telling.published and not lies_ahead(telling, start, end):
        date = dt.date(*cal.shift_months(date.replace(day=1), -1), day)
    return Reading(
        end,
        cal.day(date),
        True,
        f"'{tidy(match.group())}' of the month being told, {cal.in_words(anchor)}",
        takes_on=True,
    )


# The rules to try at a number, and at a word in small letters, in the order in which they are tried.
NUMBER_RULES: Rules = (
    *SLASHED_RULES,
    (_DAY_FIRST, read_day_first),
    (_DAY_LIST, read_day_list),
    (_ORDINAL_ALONE, read_ordinal),
)
_LED_RULES: Rules = ((_MONTH_FIRST, read_month_first), (_DAY_FIRST, read_day_first), SLASHED_RULES[0])
_MONTH_RULES: Rules = (
    (_MONTH_LIST, read_day_list),
    (_MONTH_FIRST, read_month_first),
    (_GLUED, read_glued),
    (_MONTH_RANGE, read_month_range),
    (_MONTH_ALONE, read_month),
)
CALENDAR_RULES: dict[str, Rules] = {
    **dict.fromkeys(ALL_MONTHS, _MONTH_RULES),
    **dict.fromkeys(ALL_WEEKDAYS, _LED_RULES),
    **dict.fromkeys((word.split("-")[0] for word in ORDINALS), ((_DAY_FIRST, read_day_first),)),
}
