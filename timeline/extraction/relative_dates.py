"""Reads dates counted from another day: from publication ("Wednesday", "last week", "two days ago") or from the day
being told ("the next day", "a year earlier").

Dates that the calendar names in full are left to calendar_dates.py.
"""

from __future__ import annotations

import datetime as dt
import re

from timeline.extraction import calendar as cal
from timeline.extraction.calendar import Days
from timeline.extraction.datecontext import (
    Reading,
    Rules,
    Telling,
    from_publication,
    from_told,
    lies_ahead,
    looks,
    needs_published,
    reading_of,
    tidy,
    unanchored,
)
from timeline.extraction.datewords import (
    ALL_MONTHS,
    DASH,
    MONTH,
    MONTHS,
    NAMED_BEFORE,
    NUMBER,
    NUMBERS,
    PART_OF_DAY,
    SEASONS,
    SHORT_MONTHS,
    UNIT,
    WEEKDAY,
    WEEKDAYS,
    S,
    alternatives,
    as_month,
    as_number,
)
from timeline.extraction.period_dates import pointed_season, year_before_quarter

_WEEK_DAYS = 7
_HOURS = 24
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
    rf"(?P<what>{WEEKDAY}(?:{S}{PART_OF_DAY})?|{MONTH}|{alternatives(SEASONS)}"
    r"|week(?!end)|weekend|month|year|decade|quarter|day|night|morning|afternoon|evening)\b",
    re.IGNORECASE,
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
# "today's world" is no day.
_NOWADAYS = re.compile(
    r"['’]s\s(?:young\s)?(?:world|youth|society|generation|standards?|computers?|personal\scomputers?|technology|economy|market|markets"
    r"|children|students|women|men|leaders|wars?|environment|culture|language|prices|terms)\b"
)
_OF_TOMORROW = re.compile(
    r"\b(?:people|world|leaders|youth|children|society|generation|cities|wars)\sof\s\Z", re.IGNORECASE
)
_NOUN_WINDOW = 16
_THEN = re.compile(r"then\b", re.IGNORECASE)
_IN_COUNTED = re.compile(
    rf"in{S}(?P<about>about{S}|just{S})?(?P<count>{NUMBER}){S}(?P<unit>{UNIT})(?!['’\w-])", re.IGNORECASE
)
_IN_EDGE = re.compile(r"\s{0,8}(?:[.,;:)!?\"”’]|\Z|\n)")
_UNITS = frozenset("day week month year decade".split())
_DAY_FOLLOWS = re.compile(r"\.?\s{1,8}\d{1,2}\b")
_EDGE_DAYS = re.compile(r"\s{0,8}(?:[.,;:)!?\"”’—–-]|\Z|\n)|\s{1,8}(?:and|but|in|at|when|as|by|to|with|that|from)\b")
# "The comments came a day after X", "On Monday, a day after X, …": what is told came later, X lies on the other side.
_AFTER_EVENT = re.compile(r"\s{1,8}(?:on\s{1,8})?")
# "Two days after the attack, …": what may stand before an expression that opens its sentence, in characters.
_OPENING = 7
_CAME = frozenset("came comes coming come happened occurred arrived follows followed".split())


def read_word(match: re.Match[str], telling: Telling) -> Reading | None:
    """'today', 'yesterday', 'tomorrow', 'tonight', 'overnight'; not the newspaper 'USA Today'."""
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
    if word == "overnight":
        return from_publication(match, telling, cal.span(published - dt.timedelta(days=1), published))
    step = {"yesterday": -1, "tomorrow": 1}.get(word, 0)
    if step == 0:
        return reading_of(match, telling, cal.day(published), f"'{word}' is the day of publication")
    return from_publication(match, telling, cal.day(published + dt.timedelta(days=step)))


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
        return reading_of(
            match, telling, cal.day(date), f"'{name}' of {match['which'].lower()} week, seen from {on}", on=True
        )
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
    """'from Monday to Thursday', 'between Friday and Sunday'; without those words two weekdays are two dates."""
    joint = match["joint"].strip().lower()
    before = telling.word_before(match.start())
    end = match.end("weekday")
    if (joint == "and" and before != "between") or (joint in ("to", "until", "till") and before != "from"):
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
    if step == 0 and head not in ("day", "week", "month", "year", "night", "morning", "afternoon", "evening"):
        return None
    fine = head in WEEKDAYS or head in ("day", "week", "night", "morning", "afternoon", "evening")
    anchor = telling.told_day if fine else telling.told.earliest if telling.told else None
    if anchor is None and step < 0:
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
    if head in ("day", "night", "morning", "afternoon", "evening"):
        return from_told(match, telling, anchor, cal.day(anchor + dt.timedelta(days=step)))
    return None


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
        return reading_of(match, telling, None, "")
    published = telling.published
    days_of_hours = -(-count // _HOURS)
    first = published - dt.timedelta(days=days_of_hours) if unit == "hour" else cal.back(published, count, unit)
    return from_publication(match, telling, cal.span(first, published))


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
            return year_before_quarter(match, telling)
        if telling.published is None:
            return reading_of(match, telling, None, "")
        return from_publication(match, telling, cal.shift(telling.published, -count if way == "ago" else count, unit))
    back = way in ("earlier", "previously", "before")
    if back and unit == "year" and count == 1 and telling.quarter:
        return year_before_quarter(match, telling)
    if back and unit == "year" and count == 1 and telling.whole_years and telling.published:
        return from_publication(match, telling, cal.year(telling.published.year - 1))
    anchor = telling.told_day if unit in ("day", "week") else telling.told.earliest if telling.told else None
    if anchor is None and back:
        anchor = telling.published
    if anchor is None:
        return unanchored(match, telling)
    return from_told(match, telling, anchor, cal.shift(anchor, -count if back else count, unit))


def read_in_counted(match: re.Match[str], telling: Telling) -> Reading | None:
    """'The vote will be held in two weeks.': from publication, where the words look ahead and the clause ends there."""
    if telling.published is None or match["unit"].lower() == "decades":
        return None
    if not _IN_EDGE.match(telling.text, match.end(), telling.end):
        return None
    if not looks(telling, match.start(), match.end(), right=0):
        return None
    unit = match["unit"].lower().rstrip("s")
    return from_publication(match, telling, cal.shift(telling.published, as_number(match["count"]), unit))


def read_then(match: re.Match[str], telling: Telling) -> Reading | None:
    """'until then', 'by then': the days just told. 'Since then' names a stretch and no day."""
    told = telling.told
    if told is None or telling.word_before(match.start()) not in ("until", "till", "by"):
        return None
    return reading_of(match, telling, told, f"'{match.group()}' is what is being told, {cal.days_in_words(told)}")


def read_day_beside(match: re.Match[str], telling: Telling) -> Reading | None:
    """'the day before yesterday', 'the day before', 'the day after the attack'."""
    if telling.word_before(match.start()) not in ("the", "one"):
        return None
    step = 1 if match["way"].lower() == "after" else -1
    if match["middle"]:
        if telling.published is None:
            return reading_of(match, telling, None, "")
        return from_publication(match, telling, cal.day(telling.published + dt.timedelta(days=2 * step)))
    if not _EDGE_DAYS.match(telling.text, match.end(), telling.end):
        return _from_event(match, telling, step, "day")
    anchor = telling.told_day or (telling.published if step < 0 else None)
    if anchor is None:
        return unanchored(match, telling)
    return from_told(match, telling, anchor, cal.day(anchor + dt.timedelta(days=step)))


def _from_event(match: re.Match[str], telling: Telling, step: int, unit: str) -> Reading | None:
    """So many days before or after something: a date that follows, or a happening that may be the one being told."""
    after = _AFTER_EVENT.match(telling.text, match.end(), telling.end)
    if after:
        other = telling.inner(after.end())
        if other is not None and other.days is not None and other.days.precision == "day":
            days = cal.shift(other.days.earliest, step, unit)
            basis = f"'{tidy(match.group())}' counted from {cal.in_words(other.days.earliest)}"
            return Reading(other.end, days, True, basis)
    before = telling.word_before(match.start())
    if before == "the":
        before = telling.word_before_the(match.start())
    same_sentence = telling.told_at == telling.start and telling.text.endswith(", ", telling.start, match.start())
    if before in _CAME or same_sentence:
        anchor = telling.told_day or telling.published
        if anchor is None:
            return unanchored(match, telling)
        days = cal.shift(anchor, -step, unit)
        basis = f"what is told on {cal.in_words(anchor)} came '{tidy(match.group())}' it"
        return reading_of(match, telling, days, basis)
    opens = telling.text[telling.start : min(match.start(), telling.start + _OPENING)].strip("\"'“‘( \n").lower() in (
        "",
        "the",
        "on the",
    )
    if opens and match.start() - telling.start <= _OPENING and telling.told_day:
        return from_told(match, telling, telling.told_day, cal.shift(telling.told_day, step, unit))
    return unanchored(match, telling)


_POINTER_RULES: Rules = ((_POINTED, read_pointed),)
COUNTED_RULES: Rules = ((_COUNTED, read_counted),)
_ABOUT = "just only nearly almost about around some exactly roughly barely over well more less at"

# The rules to try at a word, by that word in small letters, in the order in which they are tried.
RELATIVE_RULES: dict[str, Rules] = {
    **dict.fromkeys(WEEKDAYS, ((_WEEKDAY_RULE, read_weekday),)),
    **dict.fromkeys("today yesterday tomorrow tonight overnight".split(), ((_WORD_RULE, read_word),)),
    **dict.fromkeys("next this coming preceding following that same current".split(), _POINTER_RULES),
    **dict.fromkeys("last past previous".split(), (*_POINTER_RULES, (_ROLLING, read_rolling))),
    **dict.fromkeys(_ABOUT.split(), COUNTED_RULES),
    **dict.fromkeys((word.split()[0].split("-")[0] for word in NUMBERS), COUNTED_RULES),
    "then": ((_THEN, read_then),),
    "in": ((_IN_COUNTED, read_in_counted),),
    "day": ((_DAY_BESIDE, read_day_beside),),
}
