"""Reads dates that are counted from another day: from publication ("Wednesday", "last week", "two days ago") or from the
day being told ("the next day", "a year earlier").

Dates that the calendar names in full are left to calendar_dates.py.
"""

from __future__ import annotations

import datetime as dt
import re

from timeline.extraction import calendar as cal
from timeline.extraction.calendar import Days
from timeline.extraction.datecontext import Reading, Rules, Telling, lies_ahead, needs_published, tidy
from timeline.extraction.datewords import (
    ALL_MONTHS,
    DASH,
    MONTH,
    MONTHS,
    NAMED_BEFORE,
    NUMBER,
    NUMBERS,
    ORDINAL_QUARTER,
    PART_OF_DAY,
    SEASONS,
    SHORT_MONTHS,
    STRONG_BEFORE,
    UNIT,
    WEAK_BEFORE,
    WEEKDAY,
    WEEKDAYS,
    YEAR,
    S,
    alternatives,
    as_month,
    as_number,
)

_WEEK_DAYS = 7
# Three sub-expressions inside one another ("late in the first week of May") is as deep as news goes.
_DEEPEST = 3

_QUARTER_WORD = alternatives(ORDINAL_QUARTER)
_SEASON = alternatives(SEASONS)
_WEEKDAY_RULE = re.compile(
    rf"(?P<weekday>{WEEKDAY})(?!\w)"
    rf"(?:(?P<joint>{DASH}|{S}(?:to|through|until|till|and){S})(?P<weekday2>{WEEKDAY})(?!\w)"
    rf"|,?{S}(?:of{S})?(?P<which>last|this|next){S}week\b"
    rf"|{S}{PART_OF_DAY}\b)?",
    re.IGNORECASE,
)
# Newspapers and mosques that carry a weekday as their name.
_NAMED_AFTER = re.compile(
    r"\s(?:Times|Telegraph|Mirror|Express|Mail|Herald|Post|Independent|Star|Mosque|Sun|Tribune|Agreement)\b"
)

_POINTED = re.compile(
    rf"(?P<which>this{S}past|this{S}coming|this{S}same|last|next|this|past|coming|previous|preceding|following|that|same|current)"
    rf"{S}(?:same{S})?(?:calendar{S}|fiscal{S})?"
    rf"(?P<what>{WEEKDAY}(?:{S}{PART_OF_DAY})?|{MONTH}|{_SEASON}|week(?!end)|weekend|month|year|decade|quarter|day|night|morning|afternoon|evening)\b",
    re.IGNORECASE,
)
_POINTED_QUARTER = re.compile(
    rf"(?P<which>last|this|next){S}year['’]s{S}(?P<ordinal>{_QUARTER_WORD}){S}quarter\b", re.IGNORECASE
)
_ROLLING = re.compile(
    rf"(?:past|last|previous){S}(?:(?P<count>{NUMBER}){S})?(?P<unit>(?:hour|day|week|month|year)s?)\b(?!{S}of\b)",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    rf"(?:(?P<about>just|only|nearly|almost|about|around|some|exactly|roughly|barely|over|(?:well{S})?(?:more|less){S}than|at{S}least){S})?"
    rf"(?P<count>{NUMBER}){S}(?P<unit>{UNIT})(?:{S}or{S}so)?"
    rf"{S}(?P<way>ago|earlier|previously|later|afterwards|from{S}now|before|after)\b",
    re.IGNORECASE,
)
_DAY_BESIDE = re.compile(
    rf"day{S}(?P<way>before|after|earlier)\b(?:{S}(?P<middle>yesterday|tomorrow)\b)?", re.IGNORECASE
)
_WORD_RULE = re.compile(rf"(?P<word>today|yesterday|tomorrow|tonight|overnight)(?:{S}{PART_OF_DAY})?\b", re.IGNORECASE)
_WEEKEND = re.compile(r"weekend\b", re.IGNORECASE)
_SEASON_RULE = re.compile(
    rf"(?P<season>{_SEASON})(?:{S}(?:of{S})?(?:(?P<year>{YEAR})|(?P<which>last|this|next){S}year))?(?!\w)",
    re.IGNORECASE,
)
_QUARTER_RULE = re.compile(
    rf"(?:fiscal[\s-])?(?P<ordinal>{_QUARTER_WORD})[\s-](?:fiscal[\s-])?quarter\b"
    rf"(?:,?{S}(?:of{S})?(?:fiscal{S})?(?:(?P<year>{YEAR})|(?P<which>last|this|next){S}year\b(?!['’])))?",
    re.IGNORECASE,
)
_YEAR_QUARTER = re.compile(
    rf"(?P<year>{YEAR}){S}(?:fiscal{S})?(?:(?P<ordinal>{_QUARTER_WORD}){S})?quarter\b", re.IGNORECASE
)
_THE_QUARTER = re.compile(r"(?P<latest>latest\s)?(?:quarter|(?<=latest\s)period)\b(?!\s(?:of|century))", re.IGNORECASE)
_YEAR_AGO = re.compile(
    rf"year-(?:ago|earlier)\b(?:{S}(?:(?P<ordinal>{_QUARTER_WORD}){S})?(?:quarter|period)\b)?", re.IGNORECASE
)
_FISCAL_YEAR = re.compile(rf"fiscal{S}(?:year{S})?(?P<year>{YEAR})(?!\w)", re.IGNORECASE)
_PART = re.compile(
    rf"(?P<part>early|late|mid|earlier|later|sometime|around|circa"
    rf"|(?:beginning|start|middle|end|close|turn|outset){S}of|(?:very{S})?end{S}of)"
    rf"(?:{S}|-\s?)(?:(?:(?<!around\s)in|on|of){S})?(?:the{S})?(?=\S)",
    re.IGNORECASE,
)
_PART_OF_THE = re.compile(
    rf"(?P<part>early|late|earlier|later|(?:beginning|start|middle|end|close)){S}(?:in|of){S}(?:the|this|that){S}(?P<unit>day|week|month|year|decade)\b"
    rf"(?!{S}(?:of|before|after)\b)",
    re.IGNORECASE,
)
_WEEK_OF = re.compile(
    rf"(?:(?P<ordinal>first|second|third|fourth|last|final){S})?week{S}(?:of|ending|ended){S}(?=\S)", re.IGNORECASE
)
_HALF_OF = re.compile(rf"(?P<half>first|second|last|latter){S}half{S}of{S}(?:the{S})?(?=\S)", re.IGNORECASE)
_UNITS = frozenset("day week month year decade".split())
_DAY_FOLLOWS = re.compile(r"\.?\s{1,8}\d{1,2}\b")
_EDGE_DAYS = re.compile(r"\s{0,8}(?:[.,;:)!?\"”’—–-]|\Z|\n)|\s{1,8}(?:and|but|in|at|when|as|by|to|with|that|from)\b")
# "The comments came just a day after X", "On Monday, a day after X, …": what is told came later, so X lies on the other side.
_AFTER_EVENT = re.compile(r"\s{1,8}(?:on\s{1,8})?")
# "Two days after the attack, …": what may stand before an expression that opens its sentence, in characters.
_OPENING = 7
_CAME = frozenset("came comes coming come happened occurred arrived follows followed".split())


def _reading(match: re.Match[str], telling: Telling, days: Days | None, basis: str, *, on: bool = False) -> Reading:
    if days is None and telling.published is None:
        basis = needs_published(match.group())
    return Reading(match.end(), days, True, basis, takes_on=on)


def _from_publication(match: re.Match[str], telling: Telling, days: Days) -> Reading:
    assert telling.published is not None  # the callers have asked
    return _reading(
        match, telling, days, f"'{tidy(match.group())}' counted from publication on {cal.in_words(telling.published)}"
    )


def _from_told(match: re.Match[str], telling: Telling, anchor: dt.date, days: Days) -> Reading:
    told = telling.told
    words = (
        cal.days_in_words(told)
        if told and told.earliest == anchor and days.precision not in ("day", "week")
        else cal.in_words(anchor)
    )
    return _reading(match, telling, days, f"'{tidy(match.group())}' counted from what is being told, {words}")


def _unanchored(match: re.Match[str], telling: Telling) -> Reading:
    return _reading(
        match, telling, None, f"'{tidy(match.group())}' counts from something whose day the text does not say"
    )


def read_word(match: re.Match[str], telling: Telling) -> Reading | None:
    """'today', 'yesterday', 'tomorrow', 'tonight', 'overnight'; not the newspaper 'USA Today'."""
    word = match["word"].lower()
    if match["word"][0].isupper() and telling.capital_before(match.start()):
        return None
    if telling.published is None:
        return _reading(match, telling, None, "")
    published = telling.published
    if word == "overnight":
        return _from_publication(match, telling, cal.span(published - dt.timedelta(days=1), published))
    step = {"yesterday": -1, "tomorrow": 1}.get(word, 0)
    if step == 0:
        return _reading(match, telling, cal.day(published), f"'{word}' is the day of publication")
    return _from_publication(match, telling, cal.day(published + dt.timedelta(days=step)))


def read_weekday(match: re.Match[str], telling: Telling) -> Reading | None:
    """A weekday named alone is the latest one not after publication, unless the clause looks ahead."""
    name = match["weekday"]
    if not name[0].isupper() or _NAMED_AFTER.match(telling.text, match.end("weekday"), telling.end):
        return None
    if telling.word_before(match.start()) in NAMED_BEFORE:
        return None
    published = telling.published
    weekday = WEEKDAYS[name.lower()]
    if match["weekday2"]:
        return _read_weekday_range(match, telling, weekday, WEEKDAYS[match["weekday2"].lower()])
    if published is None:
        return Reading(match.end(), None, True, needs_published(name), takes_on=True)
    on = cal.in_words(published)
    if match["which"]:
        monday = published - dt.timedelta(days=published.weekday())
        date = monday + dt.timedelta(
            days=weekday + _WEEK_DAYS * {"last": -1, "this": 0, "next": 1}[match["which"].lower()]
        )
        return _reading(
            match, telling, cal.day(date), f"'{name}' of {match['which'].lower()} week, seen from {on}", on=True
        )
    if published.weekday() == weekday:
        return _reading(match, telling, cal.day(published), f"'{name}' is the day of publication", on=True)
    if lies_ahead(telling, match.start(), match.end()):
        date = cal.weekday_after(published, weekday, same=True)
        return _reading(
            match, telling, cal.day(date), f"the words look ahead: the next {name} after publication on {on}", on=True
        )
    date = cal.weekday_before(published, weekday, same=True)
    return _reading(match, telling, cal.day(date), f"the latest {name} before publication on {on}", on=True)


def _read_weekday_range(match: re.Match[str], telling: Telling, first: int, last: int) -> Reading | None:
    """'from Monday to Thursday', 'between Friday and Sunday'; without those words two weekdays are two dates."""
    joint = match["joint"].strip().lower()
    before = telling.word_before(match.start())
    end = match.end("weekday")
    if (joint == "and" and before != "between") or (joint in ("to", "until", "till") and before != "from"):
        single = _WEEKDAY_RULE.match(telling.text, match.start(), end)
        return read_weekday(single, telling) if single else None
    if telling.published is None:
        return _reading(match, telling, None, "")
    on = cal.in_words(telling.published)
    if lies_ahead(telling, match.start(), match.end()):
        start = cal.weekday_after(telling.published, first, same=True)
        stop = cal.weekday_after(start, last, same=False)
        return _reading(
            match, telling, cal.span(start, stop), f"the words look ahead: counted from publication on {on}"
        )
    stop = cal.weekday_before(telling.published, last, same=True)
    start = cal.weekday_before(stop, first, same=False)
    return _reading(match, telling, cal.span(start, stop), f"the latest such days not after publication on {on}")


def read_pointed(match: re.Match[str], telling: Telling) -> Reading | None:
    """'last week', 'next Friday', 'this summer', 'the previous month', 'that year': a unit and the word that points to it."""
    which = " ".join(match["which"].lower().split())
    what = " ".join(match["what"].lower().rstrip(".").split())
    if (
        telling.word_before(match.start()) == "the"
        and which == "last"
        and what in ("day", "week", "month", "year", "decade")
    ):
        return None  # "the last week" is the seven days up to now, if it is anything: left to the rule of "the past N"
    if (match["what"][0].islower() and what in MONTHS) or what in ("mar", "may") and match["what"][0].islower():
        return None
    if which in ("previous", "preceding", "following", "that", "same", "this same") or (
        which == "next" and what in ("day", "morning", "night")
    ):
        return _point_from_told(match, telling, which, what)
    if what.rstrip(".") in ALL_MONTHS and _DAY_FOLLOWS.match(telling.text, match.end(), telling.end):
        return None  # "last Oct. 23" is read as the day it names
    if what in _UNITS and match["what"][0].isupper() and not telling.text[telling.start : match.end()].isupper():
        return None  # a programme: "This Week"
    if telling.published is None:
        return _reading(match, telling, None, "", on=what.split()[0] in WEEKDAYS)
    step = {"last": -1, "past": -1, "this past": -1, "next": 1, "coming": 1, "this coming": 1}.get(which, 0)
    if which in ("past", "this past") and what in ("week", "month", "year", "decade"):
        return None
    days = _pointed_days(telling.published, step, what, telling)
    if days is None:
        return None
    reading = _from_publication(match, telling, days)
    return Reading(reading.end, days, True, reading.basis, takes_on=what.split()[0] in WEEKDAYS)


def _pointed_days(published: dt.date, step: int, what: str, telling: Telling) -> Days | None:
    head = what.split()[0]
    if head in WEEKDAYS:
        weekday = WEEKDAYS[head]
        if step < 0:
            return cal.day(cal.weekday_before(published, weekday, same=False))
        if step > 0:
            return cal.day(cal.weekday_after(published, weekday, same=False))
        return cal.day(published + dt.timedelta(days=weekday - published.weekday()))
    if head in MONTHS or head in SHORT_MONTHS:
        number = as_month(head)
        later = number >= published.month if step < 0 else number <= published.month
        return cal.month(published.year + (step if step and later else 0), number)
    if head in SEASONS:
        return _pointed_season(published, step, SEASONS[head])
    if head == "weekend":
        return cal.weekend(published + dt.timedelta(days=_WEEK_DAYS * step))
    if head == "quarter":
        at_year, at_month = cal.shift_months(published, 3 * step)
        return cal.quarter(at_year, (at_month + 2) // 3)
    if head in ("week", "month", "year", "decade"):
        return cal.shift(published, step, head)
    if head == "day":
        return None
    if step < 0:
        return cal.day(published - dt.timedelta(days=1)) if head in ("night", "evening") else None
    return cal.day(published) if step == 0 else None


def _pointed_season(published: dt.date, step: int, name: str) -> Days:
    if step == 0:
        near = cal.season(published.year - 1, name)
        return near if near.latest >= published else cal.season(published.year, name)
    if step > 0:
        near = cal.season(published.year, name)
        return near if near.earliest > published else cal.season(published.year + 1, name)
    return next(days for back in range(4) if (days := cal.season(published.year - back, name)).latest < published)


def _point_from_told(match: re.Match[str], telling: Telling, which: str, what: str) -> Reading | None:
    """'the next day', 'the following month', 'that year', 'the previous Friday'."""
    head = what.split()[0]
    the = telling.word_before(match.start()) == "the"
    if which in ("next", "same", "following", "previous", "preceding") and not the:
        return None
    step = {"next": 1, "following": 1, "previous": -1, "preceding": -1}.get(which, 0)
    if step == 0 and head not in ("day", "week", "month", "year", "night", "morning", "afternoon", "evening"):
        return None
    fine = head in WEEKDAYS or head in ("day", "week", "night", "morning", "afternoon", "evening")
    anchor = telling.told_day if fine else telling.told.earliest if telling.told else None
    if anchor is None and step < 0:
        anchor = telling.published
    if anchor is None:
        return _unanchored(match, telling)
    if head in WEEKDAYS:
        weekday = WEEKDAYS[head]
        date = (
            cal.weekday_after(anchor, weekday, same=False)
            if step > 0
            else cal.weekday_before(anchor, weekday, same=False)
        )
        return _from_told(match, telling, anchor, cal.day(date))
    if head in ("week", "month", "year", "decade"):
        return _from_told(match, telling, anchor, cal.shift(anchor, step, head))
    if head in ("day", "night", "morning", "afternoon", "evening"):
        return _from_told(match, telling, anchor, cal.day(anchor + dt.timedelta(days=step)))
    return None


def read_pointed_quarter(match: re.Match[str], telling: Telling) -> Reading | None:
    if telling.published is None:
        return _reading(match, telling, None, "")
    year = telling.published.year + {"last": -1, "this": 0, "next": 1}[match["which"].lower()]
    days = cal.quarter(year, ORDINAL_QUARTER[match["ordinal"].lower()])
    telling.quarter = days
    return _from_publication(match, telling, days)


def read_rolling(match: re.Match[str], telling: Telling) -> Reading | None:
    """'the past three days', 'the last 24 hours': up to publication, not whole weeks or months."""
    before = telling.word_before(match.start())
    if before not in ("the", "this", "these", "over", "in", "for", "during", "its", "their"):
        return None
    unit = match["unit"].lower().rstrip("s")
    count = as_number(match["count"]) if match["count"] else 1
    if match["count"] is None and match["unit"].lower().endswith("s"):
        return None
    if telling.published is None:
        return _reading(match, telling, None, "")
    published = telling.published
    if unit == "hour":
        first = published - dt.timedelta(days=-(-count // 24))
    else:
        first = cal.back(published, count, unit)
    return _from_publication(match, telling, cal.span(first, published))


def read_counted(match: re.Match[str], telling: Telling) -> Reading | None:
    """'three days ago', 'a year earlier', 'two weeks later', 'just a day after'."""
    count = as_number(match["count"])
    unit = match["unit"].lower().rstrip("s")
    way = " ".join(match["way"].lower().split())
    if match["about"] and unit == "day" and match["about"].lower() in ("over", "some") and way in ("before", "after"):
        return None
    if way in ("before", "after") and not _EDGE_DAYS.match(telling.text, match.end(), telling.end):
        return _from_event(match, telling, count if way == "after" else -count, unit)
    if way in ("ago", "from now"):
        if unit == "year" and count == 1 and telling.quarter:
            return _year_before_quarter(match, telling)
        if telling.published is None:
            return _reading(match, telling, None, "")
        return _from_publication(match, telling, cal.shift(telling.published, -count if way == "ago" else count, unit))
    back = way in ("earlier", "previously", "before")
    if back and unit == "year" and count == 1 and telling.quarter:
        return _year_before_quarter(match, telling)
    anchor = telling.told_day if unit in ("day", "week") else telling.told.earliest if telling.told else None
    if anchor is None and back:
        anchor = telling.published
    if anchor is None:
        return _unanchored(match, telling)
    return _from_told(match, telling, anchor, cal.shift(anchor, -count if back else count, unit))


def _year_before_quarter(match: re.Match[str], telling: Telling) -> Reading:
    """Companies compare a quarter with the same quarter of the year before, and call it 'a year ago'."""
    assert telling.quarter is not None  # the callers have asked
    first = telling.quarter.earliest
    days = cal.quarter(first.year - 1, (first.month + 2) // 3)
    return _reading(
        match, telling, days, f"the quarter being told, {cal.days_in_words(telling.quarter)}, one year before"
    )


def read_day_beside(match: re.Match[str], telling: Telling) -> Reading | None:
    """'the day before yesterday', 'the day before', 'the day after the attack'."""
    if telling.word_before(match.start()) not in ("the", "one"):
        return None
    step = 1 if match["way"].lower() == "after" else -1
    if match["middle"]:
        if telling.published is None:
            return _reading(match, telling, None, "")
        return _from_publication(match, telling, cal.day(telling.published + dt.timedelta(days=2 * step)))
    if not _EDGE_DAYS.match(telling.text, match.end(), telling.end):
        return _from_event(match, telling, step, "day")
    anchor = telling.told_day or (telling.published if step < 0 else None)
    if anchor is None:
        return _unanchored(match, telling)
    return _from_told(match, telling, anchor, cal.day(anchor + dt.timedelta(days=step)))


def _from_event(match: re.Match[str], telling: Telling, step: int, unit: str) -> Reading | None:
    """So many days before or after something: a date that follows, or a happening whose day may be the one being told."""
    after = _AFTER_EVENT.match(telling.text, match.end(), telling.end)
    if after and telling.depth < _DEEPEST:
        telling.depth += 1
        other = telling.read_at(telling, after.end())
        telling.depth -= 1
        if other is not None and other.days is not None and other.days.precision == "day":
            days = cal.shift(other.days.earliest, step, unit)
            basis = f"'{tidy(match.group())}' counted from {cal.in_words(other.days.earliest)}"
            return Reading(other.end, days, True, basis)
    before = telling.word_before(match.start())
    if before == "the":
        before = _word_before_the(telling, match.start())
    same_sentence = telling.told_at == telling.start and telling.text.endswith(", ", telling.start, match.start())
    if before in _CAME or same_sentence:
        anchor = telling.told_day or telling.published
        if anchor is None:
            return _unanchored(match, telling)
        days = cal.shift(anchor, -step, unit)
        basis = f"what is told on {cal.in_words(anchor)} came '{tidy(match.group())}' it"
        return _reading(match, telling, days, basis)
    opens = telling.text[telling.start : min(match.start(), telling.start + _OPENING)].strip("\"'“‘( \n").lower() in (
        "",
        "the",
        "on the",
    )
    if opens and match.start() - telling.start <= _OPENING and telling.told_day:
        return _from_told(match, telling, telling.told_day, cal.shift(telling.told_day, step, unit))
    return _unanchored(match, telling)


def _word_before_the(telling: Telling, start: int) -> str:
    position = telling.text.rfind("the", max(telling.start, start - 12), start)
    return telling.word_before(position) if position >= 0 else ""


def read_weekend(match: re.Match[str], telling: Telling) -> Reading | None:
    """'over the weekend': the one under way or the last one past, the next where the words look ahead."""
    if telling.word_before(match.start()) != "the":
        return None
    if telling.published is None:
        return _reading(match, telling, None, "")
    published = telling.published
    ahead = lies_ahead(telling, match.start(), match.end())
    under_way = published.weekday() >= WEEKDAYS["saturday"]
    date = published if ahead or under_way else published - dt.timedelta(days=_WEEK_DAYS)
    return _from_publication(match, telling, cal.weekend(date))


def read_season(match: re.Match[str], telling: Telling) -> Reading | None:
    """'in the spring of 2011', 'summer 2012', 'in the winter'; not 'the fall of Aleppo' nor 'the Arab Spring'."""
    name = match["season"]
    season = SEASONS[name.lower()]
    if match["year"]:
        return Reading(match.end(), cal.season(int(match["year"]), season), False, "the season as written")
    before = telling.word_before(match.start())
    if name[0].isupper() or not (before == "the" or before in STRONG_BEFORE):
        return None
    if name.lower() == "fall" and not match["which"]:
        follows = re.match(r"\s+of\b|\s+in\b|[\s-]+\w*back", telling.rest(match.end()))
        if follows or _word_before_the(telling, match.start()) not in ("in", "since", "until", "during", "by"):
            return None
    elif (
        before == "the"
        and not match["which"]
        and _word_before_the(telling, match.start()) not in STRONG_BEFORE | WEAK_BEFORE | {"into", "over"}
    ):
        return None
    if telling.published is None:
        return _reading(match, telling, None, "")
    published = telling.published
    if match["which"]:
        year = published.year + {"last": -1, "this": 0, "next": 1}[match["which"].lower()]
        return _from_publication(match, telling, cal.season(year, season))
    if lies_ahead(telling, match.start(), match.end()):
        return _from_publication(match, telling, _pointed_season(published, 1, season))
    latest = cal.season(published.year, season)
    if latest.earliest > published:
        latest = cal.season(published.year - 1, season)
    return _from_publication(match, telling, latest)


def read_quarter(match: re.Match[str], telling: Telling) -> Reading | None:
    """'third-quarter profit', 'the second quarter of 2011': calendar quarters; a company's own year is not known."""
    number = ORDINAL_QUARTER[match["ordinal"].lower()]
    if match["year"]:
        telling.quarter = cal.quarter(int(match["year"]), number)
        return Reading(match.end(), telling.quarter, False, "the quarter as written")
    published = telling.published
    if published is None:
        return _reading(match, telling, None, "")
    if match["which"]:
        telling.quarter = cal.quarter(
            published.year + {"last": -1, "this": 0, "next": 1}[match["which"].lower()], number
        )
        return _from_publication(match, telling, telling.quarter)
    days = cal.quarter(published.year, number)
    if number > (published.month + 2) // 3 and not lies_ahead(telling, match.start(), match.end()):
        days = cal.quarter(published.year - 1, number)
    telling.quarter = days
    return _from_publication(match, telling, days)


def read_year_quarter(match: re.Match[str], telling: Telling) -> Reading | None:
    """'the 1988 third quarter'; 'the 1988 quarter' is the same quarter as the one being told."""
    if match["ordinal"]:
        days = cal.quarter(int(match["year"]), ORDINAL_QUARTER[match["ordinal"].lower()])
    elif telling.quarter:
        days = cal.quarter(int(match["year"]), (telling.quarter.earliest.month + 2) // 3)
    else:
        return None
    return Reading(match.end(), days, False, "the quarter as written")


def read_the_quarter(match: re.Match[str], telling: Telling) -> Reading | None:
    """'the quarter', once a quarter has been told: else it may be a part of a town."""
    if telling.quarter is None and match["latest"] and telling.published and "quarter" in match.group().lower():
        at_year, at_month = cal.shift_months(telling.published, -3)
        return _from_publication(match, telling, cal.quarter(at_year, (at_month + 2) // 3))
    if telling.quarter is None or (telling.word_before(match.start()) not in ("the", "latest") and not match["latest"]):
        return None
    return _reading(match, telling, telling.quarter, f"the quarter being told, {cal.days_in_words(telling.quarter)}")


def read_year_ago(match: re.Match[str], telling: Telling) -> Reading | None:
    if match["ordinal"] and telling.published:
        number = ORDINAL_QUARTER[match["ordinal"].lower()]
        return _from_publication(match, telling, cal.quarter(telling.published.year - 1, number))
    if telling.quarter:
        return _year_before_quarter(match, telling)
    if telling.published is None:
        return _reading(match, telling, None, "")
    return _from_publication(match, telling, cal.year(telling.published.year - 1))


def read_fiscal_year(match: re.Match[str], telling: Telling) -> Reading | None:
    return Reading(match.end(), cal.year(int(match["year"])), False, "the year as written; when it began is not said")


def read_part(match: re.Match[str], telling: Telling) -> Reading | None:
    """'early May', 'late Wednesday', 'the end of 2011': the days stay whole, and are marked as approximate."""
    if telling.depth >= _DEEPEST:
        return None
    telling.depth += 1
    inner = telling.read_at(telling, match.end())
    telling.depth -= 1
    if inner is None:
        return None
    part = " ".join(match["part"].lower().split())
    if part in ("around", "circa"):
        if (
            inner.days is None
            or inner.relative
            and not inner.takes_on
            or inner.days.precision == "year"
            and inner.relative
        ):
            return inner
        return Reading(
            inner.end,
            cal.approximate(inner.days),
            inner.relative,
            f"{inner.basis}; '{part}' makes it approximate",
            inner.takes_on,
        )
    if inner.days is None or inner.days.precision == "day" or part in ("earlier", "later", "sometime"):
        return inner
    basis = f"{inner.basis}; '{part}' says which part of it, without its days"
    return Reading(inner.end, cal.approximate(inner.days), inner.relative, basis)


def read_part_of_the(match: re.Match[str], telling: Telling) -> Reading | None:
    """'earlier in the year', 'by the end of the month': the week, month or year of publication."""
    if match["unit"].lower() == "day":
        if match["part"].lower() not in ("earlier", "later", "early", "late"):
            return None
        anchor = telling.told_day or telling.published
        return _from_told(match, telling, anchor, cal.day(anchor)) if anchor else _reading(match, telling, None, "")
    if telling.published is None:
        return _reading(match, telling, None, "")
    days = cal.shift(telling.published, 0, match["unit"].lower())
    if match["part"].lower() not in ("earlier", "later"):
        days = cal.approximate(days)
    return _from_publication(match, telling, days)


def read_week_of(match: re.Match[str], telling: Telling) -> Reading | None:
    """'the week of March 6' is its calendar week; 'the first week of May' is days 1 to 7, the last its last seven days."""
    if telling.depth >= _DEEPEST:
        return None
    inner = _inside(match, telling)
    if inner is None or (inner.days is None and telling.published is not None):
        return None
    if inner.days is None:
        return Reading(inner.end, None, True, needs_published(telling.text[match.start() : inner.end]))
    days = inner.days
    if match["ordinal"] is None:
        found = cal.week(days.earliest) if days.precision == "day" else None
    elif days.precision != "month":
        found = None
    elif match["ordinal"].lower() in ("last", "final"):
        found = cal.span(days.latest - dt.timedelta(days=_WEEK_DAYS - 1), days.latest, "week")
    else:
        first = days.earliest + dt.timedelta(days=_WEEK_DAYS * (ORDINAL_QUARTER[match["ordinal"].lower()] - 1))
        found = cal.span(first, first + dt.timedelta(days=_WEEK_DAYS - 1), "week")
    if found is None:
        return None
    return Reading(inner.end, found, inner.relative, f"a week counted within {cal.days_in_words(days)}")


def read_half_of(match: re.Match[str], telling: Telling) -> Reading | None:
    """'the first half of 2012' is January to June; of a month, days 1 to 15 and the rest."""
    if telling.depth >= _DEEPEST:
        return None
    inner = _inside(match, telling)
    if inner is None or inner.days is None:
        return None
    days, first = inner.days, match["half"].lower() == "first"
    year = days.earliest.year
    if days.precision == "year":
        found = cal.months((year, 1), (year, 6)) if first else cal.months((year, 7), (year, 12))
    elif days.precision == "decade":
        found = cal.years(year, year + 4) if first else cal.years(year + 5, year + 9)
    elif days.precision == "month":
        middle = days.earliest.replace(day=15)
        found = cal.span(days.earliest, middle) if first else cal.span(middle + dt.timedelta(days=1), days.latest)
    else:
        return None
    return Reading(inner.end, found, inner.relative, f"half of {cal.days_in_words(days)}")


def _inside(match: re.Match[str], telling: Telling) -> Reading | None:
    telling.depth += 1
    inner = telling.read_at(telling, match.end())
    telling.depth -= 1
    return inner


POINTER_RULES: Rules = ((_POINTED_QUARTER, read_pointed_quarter), (_POINTED, read_pointed))
WEEK_OF_RULES: Rules = ((_WEEK_OF, read_week_of),)
ORDINAL_RULES: Rules = ((_HALF_OF, read_half_of), (_WEEK_OF, read_week_of), (_QUARTER_RULE, read_quarter))
COUNTED_RULES: Rules = ((_COUNTED, read_counted),)
PART_RULES: Rules = ((_PART_OF_THE, read_part_of_the), (_PART, read_part))
YEAR_QUARTER_RULES: Rules = ((_YEAR_QUARTER, read_year_quarter),)

# The rules to try at a word, by that word in small letters, in the order in which they are tried.
RELATIVE_RULES: dict[str, Rules] = {
    **dict.fromkeys(WEEKDAYS, ((_WEEKDAY_RULE, read_weekday),)),
    **dict.fromkeys("today yesterday tomorrow tonight overnight".split(), ((_WORD_RULE, read_word),)),
    **dict.fromkeys("next this coming preceding following that same current".split(), POINTER_RULES),
    **dict.fromkeys("last past previous".split(), (*ORDINAL_RULES[:2], *POINTER_RULES, (_ROLLING, read_rolling))),
    **dict.fromkeys("first second third fourth latter final".split(), ORDINAL_RULES),
    **dict.fromkeys(
        "just only nearly almost about some exactly roughly barely over well more less at".split(), COUNTED_RULES
    ),
    "around": (*COUNTED_RULES, (_PART, read_part)),
    **dict.fromkeys((word.split()[0].split("-")[0] for word in NUMBERS), COUNTED_RULES),
    **dict.fromkeys(
        "early late mid earlier later sometime circa beginning start middle end close turn outset very".split(),
        PART_RULES,
    ),
    "day": ((_DAY_BESIDE, read_day_beside),),
    "week": WEEK_OF_RULES,
    "weekend": ((_WEEKEND, read_weekend),),
    **dict.fromkeys(SEASONS, ((_SEASON_RULE, read_season),)),
    "fiscal": ((_QUARTER_RULE, read_quarter), (_FISCAL_YEAR, read_fiscal_year)),
    "latest": ((_THE_QUARTER, read_the_quarter),),
    "quarter": ((_THE_QUARTER, read_the_quarter),),
    "year": ((_YEAR_AGO, read_year_ago),),
}
