"""Reads dates that are pointed at: from publication ("Wednesday", "last week", "yesterday") or from the day being told
("the next day", "that year", "the following June").

What is counted off ("two days ago") is left to counted_dates.py, dates that the calendar names to calendar_dates.py.
"""

from __future__ import annotations

import datetime as dt
import re

from timeline.extraction import calendar as cal
from timeline.extraction.calendar import Days
from timeline.extraction.counted_dates import BESIDE_RULES
from timeline.extraction.datecontext import (
    Reading,
    Rules,
    Telling,
    from_publication,
    from_told,
    lies_ahead,
    needs_published,
    reading_of,
    unanchored,
)
from timeline.extraction.datewords import (
    ALL_MONTHS,
    DASH,
    MONTH,
    MONTHS,
    NAMED_BEFORE,
    PART_OF_DAY,
    SEASONS,
    SHORT_MONTHS,
    WEEKDAY,
    WEEKDAYS,
    S,
    alternatives,
    as_month,
)
from timeline.extraction.period_dates import pointed_season

_WEEK_DAYS = 7
# "Fridays attack", as scraped pages lose their apostrophes: the day's own deed, not what is done on Fridays.
_LOST_APOSTROPHE = (
    r"s(?=\s(?:[a-z-]{2,16}\s){0,2}(?:attacks?|blasts?|explosions?|bombings?|raids?|strikes?|airstrikes?|shelling|assault|massacre"
    r"|killings?|shootings?|clashes|dead|toll|deaths|victims|edition|vote|election|meeting|talks|ruling|protests?|announcement)\b)"
)
_WEEKDAY_RULE = re.compile(
    rf"(?P<weekday>{WEEKDAY})(?:(?!\w)|{_LOST_APOSTROPHE})"
    rf"(?:(?P<joint>{DASH}|{S}(?:(?:over)?night{S})?(?:to|through|until|till|and|into){S})(?P<weekday2>{WEEKDAY})(?!\w)"
    rf"|,?{S}(?:of{S})?(?P<which>last|this|next){S}week\b"
    rf"|{S}(?:{PART_OF_DAY}|overnight)\b)?",
    re.IGNORECASE,
)
# Newspapers and mosques that carry a weekday as their name.
_NAMED_AFTER = re.compile(
    r"\s(?:Times|Telegraph|Mirror|Express|Mail|Herald|Post|Independent|Star|Mosque|Sun|Tribune|Agreement)\b"
)
# "Last week, on Monday".
_OF_TOLD_WEEK = re.compile(r",?\son\s|,\s")
_POINTED = re.compile(
    rf"(?P<which>this{S}past|this{S}coming|this{S}same|last|next|this|past|coming|previous|preceding|following|that|same|current)"
    rf"{S}(?:same{S})?(?:calendar{S}|fiscal{S})?"
    rf"(?P<what>{WEEKDAY}(?:{S}{PART_OF_DAY})?|{MONTH}|{alternatives(SEASONS)}"
    r"|week(?!end)|weekend|month|year|decade|quarter|day|night|morning|afternoon|evening)\b",
    re.IGNORECASE,
)
_WORD_RULE = re.compile(rf"(?P<word>today|yesterday|tomorrow|tonight)(?:{S}{PART_OF_DAY})?\b", re.IGNORECASE)
# "Overnight", "overnight on Monday", "overnight from Monday to Tuesday", "overnight into Tuesday".
_OVERNIGHT = re.compile(
    rf"overnight(?!\w)(?:{S}(?:(?P<into>into|to){S}|(?:on|from|between|of|late){S})?(?=(?P<weekday>{WEEKDAY})(?!\w)))?",
    re.IGNORECASE,
)
# "today's world" is no day.
_NOWADAYS = re.compile(
    r"['’]s\s(?:young\s)?(?:world|youth|society|generation|standards?|computers?|personal\scomputers?|technology|economy|market|markets"
    r"|children|students|women|men|leaders|wars?|environment|culture|language|prices|terms)\b"
)
_OF_TOMORROW = re.compile(
    r"\b(?:people|world|leaders|youth|children|society|generation|cities|wars)\sof\s\Z", re.IGNORECASE
)
_NOUN_WINDOW = 16
_UNITS = frozenset("day week month year decade".split())
_TOLD_AGAIN = frozenset("day week month year night morning afternoon evening".split())
_DAY_FOLLOWS = re.compile(r"\.?\s{1,8}\d{1,2}\b")


def read_word(match: re.Match[str], telling: Telling) -> Reading | None:
    """'today', 'yesterday', 'tomorrow', 'tonight'; not the newspaper 'USA Today'."""
    word = match["word"].lower()
    if word in ("today", "tomorrow") and (
        _NOWADAYS.match(telling.text, match.end(), telling.end)
        or _OF_TOMORROW.search(telling.text, max(telling.start, match.start() - _NOUN_WINDOW), match.start())
    ):
        return None
    if match["word"][0].isupper() and telling.capital_before(match.start()):
        return None
    if telling.published is None:
        return reading_of(match, telling, None, "")
    published = telling.published
    step = {"yesterday": -1, "tomorrow": 1}.get(word, 0)
    if step == 0:
        return reading_of(match, telling, cal.day(published), f"'{word}' is the day of publication")
    return from_publication(match, telling, cal.day(published + dt.timedelta(days=step)))


def read_overnight(match: re.Match[str], telling: Telling) -> Reading | None:
    """'overnight': the night up to publication; 'overnight Monday' is dated Monday, 'overnight into Tuesday' both days."""
    published = telling.published
    inner = telling.inner(match.start("weekday")) if match["weekday"] else None
    if inner is None:
        if published is None:
            return reading_of(match, telling, None, "")
        return from_publication(match, telling, cal.span(published - dt.timedelta(days=1), published))
    days = inner.days
    if match["into"] and days is not None and days.precision == "day":
        days = cal.span(days.earliest - dt.timedelta(days=1), days.latest)
    return Reading(inner.end, days, True, inner.basis)


def read_weekday(match: re.Match[str], telling: Telling) -> Reading | None:
    """A weekday named alone is the latest one not after publication, unless the clause looks ahead."""
    name = match["weekday"]
    if not name[0].isupper() or _NAMED_AFTER.match(telling.text, match.end("weekday"), telling.end):
        return None
    before = telling.word_before(match.start())
    if before in NAMED_BEFORE:
        return None
    if telling.text.startswith("s", match.end("weekday")) and before in ("on", "and", "or", "most", "all"):
        return None  # "on Fridays attacks are rare"
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
        return reading_of(
            match, telling, cal.day(date), f"'{name}' of {match['which'].lower()} week, seen from {on}", on=True
        )
    told = telling.told
    if told and told.precision == "week" and _OF_TOLD_WEEK.fullmatch(telling.text, telling.told_end, match.start()):
        date = told.earliest + dt.timedelta(days=weekday)
        return reading_of(match, telling, cal.day(date), f"'{name}' of the week just named", on=True)
    if published.weekday() == weekday:
        return reading_of(match, telling, cal.day(published), f"'{name}' is the day of publication", on=True)
    if lies_ahead(telling, match.start(), match.end()):
        date = cal.weekday_after(published, weekday, same=True)
        return reading_of(
            match, telling, cal.day(date), f"the words look ahead: the next {name} after publication on {on}", on=True
        )
    date = cal.weekday_before(published, weekday, same=True)
    return reading_of(match, telling, cal.day(date), f"the latest {name} before publication on {on}", on=True)


def _read_weekday_range(match: re.Match[str], telling: Telling, first: int, last: int) -> Reading | None:
    """'from Monday to Thursday', 'between Friday and Sunday', 'the night of Friday to Saturday', 'Friday into Saturday'.

    Without such words two weekdays are two dates.
    """
    joint = match["joint"].split()[-1].lower()
    before = telling.word_before(match.start())
    end = match.end("weekday")
    if (joint == "and" and before != "between") or (
        joint in ("to", "until", "till") and before not in ("from", "of", "overnight")
    ):
        single = _WEEKDAY_RULE.match(telling.text, match.start(), end)
        return read_weekday(single, telling) if single else None
    if telling.published is None:
        return reading_of(match, telling, None, "")
    on = cal.in_words(telling.published)
    if lies_ahead(telling, match.start(), match.end()):
        start = cal.weekday_after(telling.published, first, same=True)
        stop = cal.weekday_after(start, last, same=False)
        return reading_of(
            match, telling, cal.span(start, stop), f"the words look ahead: counted from publication on {on}"
        )
    stop = cal.weekday_before(telling.published, last, same=True)
    start = cal.weekday_before(stop, first, same=False)
    return reading_of(match, telling, cal.span(start, stop), f"the latest such days not after publication on {on}")


def read_pointed(match: re.Match[str], telling: Telling) -> Reading | None:
    """'last week', 'next Friday', 'this summer', 'the previous month', 'that year': a unit and what points to it."""
    which = " ".join(match["which"].lower().split())
    what = " ".join(match["what"].lower().rstrip(".").split())
    if (
        telling.word_before(match.start()) == "the"
        and which == "last"
        and what in ("day", "week", "month", "year", "decade")
    ):
        return None  # "the last week" is the seven days up to now, if it is anything: left to the rule of "the past N"
    if (match["what"][0].islower() and what in MONTHS) or (what in ("mar", "may") and match["what"][0].islower()):
        return None
    if which in ("previous", "preceding", "following", "that", "same", "this same") or (
        which == "next" and what in ("day", "morning", "night")
    ):
        return _point_from_told(match, telling, which, what)
    if what.rstrip(".") in ALL_MONTHS and _DAY_FOLLOWS.match(telling.text, match.end(), telling.end):
        return None  # "last Oct. 23" is read as the day it names
    if what in _UNITS and match["what"][0].isupper() and not telling.text[telling.start : match.end()].isupper():
        return None  # a programme: "This Week"
    if what.split()[0] in WEEKDAYS and telling.text.startswith(",", match.end()):
        # "this coming Sunday, March 8": the date that follows says which
        inner = telling.inner(match.start("what"))
        if inner is not None and inner.end > match.end():
            return inner
    if telling.published is None:
        return reading_of(match, telling, None, "", on=what.split()[0] in WEEKDAYS)
    step = {"last": -1, "past": -1, "this past": -1, "next": 1, "coming": 1, "this coming": 1}.get(which, 0)
    if which in ("past", "this past") and what in ("week", "month", "year", "decade"):
        return None
    days = _pointed_days(telling.published, step, what, telling)
    if days is None:
        return None
    reading = from_publication(match, telling, days)
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
        return pointed_season(published, step, SEASONS[head])
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


def _point_from_told(match: re.Match[str], telling: Telling, which: str, what: str) -> Reading | None:
    """'the next day', 'the following month', 'that year', 'the previous Friday'."""
    head = what.split()[0]
    the = telling.word_before(match.start()) == "the"
    if which in ("next", "same", "following", "previous", "preceding") and not the:
        return None
    step = {"next": 1, "following": 1, "previous": -1, "preceding": -1}.get(which, 0)
    of_that = which == "that" and (head in MONTHS or head in SEASONS)
    if step == 0 and not of_that and head not in _TOLD_AGAIN:
        return None
    fine = head in WEEKDAYS or head in ("night", "morning", "afternoon", "evening")
    anchor = telling.anchor("day" if fine else head if head in _UNITS else "year")
    if anchor is None and step < 0 and (telling.told is None or fine):
        anchor = telling.published
    if anchor is None:
        return unanchored(match, telling)
    if head in WEEKDAYS:
        weekday = WEEKDAYS[head]
        date = (
            cal.weekday_after(anchor, weekday, same=False)
            if step > 0
            else cal.weekday_before(anchor, weekday, same=False)
        )
        return from_told(match, telling, anchor, cal.day(date))
    if head in ("week", "month", "year", "decade"):
        return from_told(match, telling, anchor, cal.shift(anchor, step, head))
    if head in MONTHS:
        number = MONTHS[head]
        year = anchor.year + (step if step * (number - anchor.month) <= 0 else 0)
        return from_told(match, telling, anchor, cal.month(year, number))
    if head in SEASONS and telling.told is not None:
        season = SEASONS[head]
        days = cal.season(anchor.year, season) if step == 0 else pointed_season(anchor, step, season)
        return from_told(match, telling, anchor, days)
    if head in ("day", "night", "morning", "afternoon", "evening"):
        return from_told(match, telling, anchor, cal.day(anchor + dt.timedelta(days=step)))
    return None


_POINTER_RULES: Rules = ((_POINTED, read_pointed),)

# The rules to try at a word, by that word in small letters, in the order in which they are tried.
RELATIVE_RULES: dict[str, Rules] = {
    **dict.fromkeys((f"{name}s" for name in WEEKDAYS), ((_WEEKDAY_RULE, read_weekday),)),
    **dict.fromkeys(WEEKDAYS, (*BESIDE_RULES, (_WEEKDAY_RULE, read_weekday))),
    **dict.fromkeys("today yesterday tomorrow tonight".split(), ((_WORD_RULE, read_word),)),
    "overnight": ((_OVERNIGHT, read_overnight),),
    **dict.fromkeys("next this coming preceding following that same current".split(), _POINTER_RULES),
    **dict.fromkeys("last past previous".split(), _POINTER_RULES),
}
