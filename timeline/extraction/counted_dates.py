"""Reads dates that are counted off: "three days ago", "a year earlier", "the day after the attack", "in two weeks".

They count from publication, from the day being told, or from a date beside them. A unit that is only pointed at
("last week", "the next day") is left to relative_dates.py.
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
    reading_of,
    tidy,
    unanchored,
)
from timeline.extraction.datewords import MONTH, NUMBER, NUMBERS, WEEKDAY, WEEKDAYS, S, as_number
from timeline.extraction.period_dates import year_before_quarter

_WEEK_DAYS = 7
_HOURS = 24
_MONTHS_A_YEAR = 12
_YEARS_A_DECADE = 10
_UNIT = r"(?:hour|day|week|fortnight|month|year|decade)s?"
_AND_A_HALF = r"(?:\s{1,8}|-)and(?:\s{1,8}|-)a(?:\s{1,8}|-)half"
# "three weeks", "half a year", "a year and a half", "two-and-a-half years", "2 1/2 years".
_AMOUNT = (
    rf"(?:half{S}an?{S}(?P<halved>year|decade)"
    rf"|(?P<count>{NUMBER})(?P<plus>{_AND_A_HALF}|(?:{S}|-)1/2)?(?:{S}|-)(?P<unit>{_UNIT})(?P<plus2>{_AND_A_HALF})?)"
)
_ROLLING = re.compile(
    rf"(?:past|last|previous|(?P<coming>next|coming)){S}(?:(?P<count>{NUMBER}){S})?(?P<unit>(?:hour|day|week|month|year)s?)\b(?!{S}of\b)",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    rf"(?:(?P<about>just|only|nearly|almost|about|around|some|exactly|roughly|barely|over|(?:well{S})?(?:more|less){S}than|at{S}least){S})?"
    rf"{_AMOUNT}(?:{S}or{S}so)?"
    rf"{S}(?P<way>ago|earlier|previously|later|afterwards|from{S}now|before|after|from(?={S}(?:next|today|tomorrow|{WEEKDAY})))(?!\w)",
    re.IGNORECASE,
)
# "A week ago today", "a year ago this month", "a week ago on Monday".
_AGO_FROM = re.compile(
    rf"{S}(?:on{S})?(?:(?P<today>today|tonight)|this{S}(?P<unit>week|month|year)|(?:this{S}|last{S})?(?P<weekday>{WEEKDAY}))(?!\w)",
    re.IGNORECASE,
)
_FROM_DAY = re.compile(rf"{S}(?:(?P<today>today)|tomorrow|(?:next{S})?(?P<weekday>{WEEKDAY}))(?!\w)", re.IGNORECASE)
_WEEKDAYS_AGO = re.compile(rf"(?P<count>{NUMBER}){S}(?P<weekday>{WEEKDAY})s{S}ago\b", re.IGNORECASE)
_BESIDE = re.compile(
    rf"(?P<unit>day|night|morning|afternoon|evening|weekend|week|month|year|{WEEKDAY}){S}(?P<way>before|after|earlier)\b"
    rf"(?:{S}(?P<middle>yesterday|tomorrow|last)\b(?!{S}(?:week|month|year|\w{{1,10}}day)))?",
    re.IGNORECASE,
)
_PARTS_OF_A_DAY = frozenset("day night morning afternoon evening".split())
_THEN = re.compile(r"then\b", re.IGNORECASE)
_IN_COUNTED = re.compile(
    rf"in{S}(?P<about>about{S}|just{S})?(?P<count>{NUMBER}){S}(?P<unit>(?:day|week|month|year)s?)(?:(?P<time>['’]s?{S}time\b)|(?!['’\w-]))",
    re.IGNORECASE,
)
_IN_EDGE = re.compile(r"\s{0,8}(?:[.,;:)!?\"”’]|\Z|\n)")
_EDGE = re.compile(
    r"\s{0,8}(?:[.,;:)!?\"”’—–-]|\Z|\n)|\s{1,8}(?:and|but|in|at|when|as|by|to|with|that|from|near|over)\b"
)
# "The comments came a day after X", "On Monday, a day after X, …": what is told came later, X lies on the other side.
_AFTER_EVENT = re.compile(r"\s{1,8}(?:on\s{1,8})?")
# "Two days after the vote on May 3", "a day after the May 25 raid": a day of the month before the clause is over.
_EVENT_DATED = re.compile(
    rf"\s{{1,8}}(?:[\w’'-]{{1,20}}\s{{1,8}}){{1,6}}?(?=(?:{MONTH}\s{{1,8}}[0-3]?\d|[0-3]?\d\s{{1,8}}{MONTH})(?!\w))",
    re.IGNORECASE,
)
# "Two days after the attack, …": what may stand before an expression that opens its sentence, in characters.
_OPENING = 7
_CAME = frozenset("came comes coming come happened occurred arrived follows followed".split())
_UNIT_BEFORE = frozenset("the this these over in for during its their".split())


def read_rolling(match: re.Match[str], telling: Telling) -> Reading | None:
    """'the past three days', 'the last 24 hours', 'the next two weeks': from or up to publication, not whole weeks or months."""
    if telling.word_before(match.start()) not in _UNIT_BEFORE:
        return None
    unit = match["unit"].lower().rstrip("s")
    count = as_number(match["count"]) if match["count"] else 1
    if match["count"] is None and match["unit"].lower().endswith("s"):
        return None
    if match["coming"] and (match["count"] is None or not lies_ahead(telling, match.start(), match.end())):
        return None
    if telling.published is None:
        return reading_of(match, telling, None, "")
    published = telling.published
    if match["coming"]:
        last = (
            published + dt.timedelta(days=-(-count // _HOURS)) if unit == "hour" else cal.back(published, -count, unit)
        )
        return from_publication(match, telling, cal.span(published, last))
    days_of_hours = -(-count // _HOURS)
    first = published - dt.timedelta(days=days_of_hours) if unit == "hour" else cal.back(published, count, unit)
    return from_publication(match, telling, cal.span(first, published))


def _amount(match: re.Match[str]) -> tuple[int, str] | None:
    """How many of which unit, in whole ones: 'a year and a half' is 18 months; None for hours short of a day."""
    if match["halved"]:
        return (_MONTHS_A_YEAR // 2, "month") if match["halved"].lower() == "year" else (_YEARS_A_DECADE // 2, "year")
    count, unit = as_number(match["count"]), match["unit"].lower().rstrip("s")
    if unit == "hour":
        return None if match["plus"] or count % _HOURS else (count // _HOURS, "day")
    if unit == "fortnight":
        count, unit = 2 * count, "week"
    if not (match["plus"] or match["plus2"]):
        return count, unit
    if unit == "year":
        return _MONTHS_A_YEAR * count + _MONTHS_A_YEAR // 2, "month"
    if unit == "decade":
        return _YEARS_A_DECADE * count + _YEARS_A_DECADE // 2, "year"
    return None  # half a week, half a month: no whole unit says it


def read_counted(match: re.Match[str], telling: Telling) -> Reading | None:
    """'three days ago', 'a year earlier', 'two weeks later', 'just a day after'."""
    amount = _amount(match)
    if amount is None:
        return None
    count, unit = amount
    way = " ".join(match["way"].lower().split())
    if match["about"] and unit == "day" and match["about"].lower() in ("over", "some") and way in ("before", "after"):
        return None
    if way == "from":
        return _from_day(match, telling, count, unit)
    if way in ("before", "after") and not _EDGE.match(telling.text, match.end(), telling.end):
        return _from_event(match, telling, count if way == "after" else -count, unit)
    one_year = unit == "year" and count == 1
    if way in ("ago", "from now"):
        if one_year and telling.quarter:
            return year_before_quarter(match, telling)
        if telling.published is None:
            return reading_of(match, telling, None, "")
        near = _AGO_FROM.match(telling.text, match.end(), telling.end) if way == "ago" else None
        found = _ago_from(telling.published, count, unit, near) if near else None
        if near and found:
            quote = tidy(telling.text[match.start() : near.end()])
            basis = f"'{quote}' counted from publication on {cal.in_words(telling.published)}"
            return Reading(near.end(), found, True, basis)
        return from_publication(match, telling, cal.shift(telling.published, -count if way == "ago" else count, unit))
    back = way in ("earlier", "previously", "before")
    if back and one_year and telling.quarter:
        return year_before_quarter(match, telling)
    if back and one_year and telling.whole_years and telling.published:
        return from_publication(match, telling, cal.year(telling.published.year - 1))
    anchor = telling.anchor(unit)
    if anchor is None and back and telling.told is None:
        anchor = telling.published
    if anchor is None:
        return unanchored(match, telling)
    return from_told(match, telling, anchor, cal.shift(anchor, -count if back else count, unit))


def _ago_from(published: dt.date, count: int, unit: str, near: re.Match[str]) -> Days | None:
    """The day of 'a week ago [today]', 'a year ago [this month]', 'a week ago [Monday]'."""
    if near["today"]:
        return cal.day(cal.back(published, count, unit))
    if near["unit"]:
        return cal.shift(cal.back(published, count, unit), 0, near["unit"].lower())
    if unit != "week":
        return None
    latest = cal.weekday_before(published, WEEKDAYS[near["weekday"].lower()], same=True)
    return cal.day(latest - dt.timedelta(weeks=count))


def _from_day(match: re.Match[str], telling: Telling, count: int, unit: str) -> Reading | None:
    """'a week from Monday', 'two weeks from today'."""
    near = _FROM_DAY.match(telling.text, match.end(), telling.end)
    if near is None or unit not in ("day", "week"):
        return None
    if telling.published is None:
        return reading_of(match, telling, None, "")
    if near["weekday"]:
        first = cal.weekday_after(telling.published, WEEKDAYS[near["weekday"].lower()], same=False)
    else:
        first = telling.published + dt.timedelta(days=0 if near["today"] else 1)
    date = first + dt.timedelta(days=count * (_WEEK_DAYS if unit == "week" else 1))
    basis = f"counted from {cal.in_words(first)}, the next such day after publication"
    return Reading(near.end(), cal.day(date), True, basis)


def read_weekdays_ago(match: re.Match[str], telling: Telling) -> Reading | None:
    """'two Fridays ago': the one before the latest before publication."""
    if telling.published is None:
        return reading_of(match, telling, None, "")
    latest = cal.weekday_before(telling.published, WEEKDAYS[match["weekday"].lower()], same=False)
    return from_publication(match, telling, cal.day(latest - dt.timedelta(weeks=as_number(match["count"]) - 1)))


def read_in_counted(match: re.Match[str], telling: Telling) -> Reading | None:
    """'The vote will be held in two weeks.': from publication, where the words look ahead and the clause ends there."""
    if not match["time"]:
        if not _IN_EDGE.match(telling.text, match.end(), telling.end):
            return None
        if not looks(telling, match.start(), match.end(), right=0):
            return None
    if telling.published is None:
        return reading_of(match, telling, None, "") if match["time"] else None
    unit = match["unit"].lower().rstrip("s")
    return from_publication(match, telling, cal.shift(telling.published, as_number(match["count"]), unit))


def read_then(match: re.Match[str], telling: Telling) -> Reading | None:
    """'until then', 'by then': the days just told. 'Since then' names a stretch and no day."""
    told = telling.told
    if told is None or telling.word_before(match.start()) not in ("until", "till", "by"):
        return None
    return reading_of(match, telling, told, f"'{match.group()}' is what is being told, {cal.days_in_words(told)}")


def read_beside(match: re.Match[str], telling: Telling) -> Reading | None:
    """'the day before yesterday', 'the week before last', 'the night before', 'the day after the attack'."""
    if telling.word_before(match.start()) not in ("the", "one"):
        return None
    step = 1 if match["way"].lower() == "after" else -1
    unit = match["unit"].lower()
    middle = match["middle"].lower() if match["middle"] else None
    if middle and (unit == "day" if middle != "last" else step < 0 and unit != "day"):
        if telling.published is None:
            return reading_of(match, telling, None, "")
        return from_publication(match, telling, _before_last(telling.published, 2 * step, unit))
    if unit in WEEKDAYS or unit == "weekend":
        return None
    if not _EDGE.match(telling.text, match.end(), telling.end):
        return _from_event(match, telling, step, "day") if unit == "day" else None
    unit = "day" if unit in _PARTS_OF_A_DAY else unit
    anchor = telling.anchor(unit)
    if anchor is None and step < 0 and unit == "day":
        anchor = telling.published
    if anchor is None:
        return unanchored(match, telling)
    return from_told(match, telling, anchor, cal.shift(anchor, step, unit))


def _before_last(published: dt.date, step: int, unit: str) -> Days:
    """The week, the night, the Friday before the last one: two steps back."""
    if unit in WEEKDAYS:
        latest = cal.weekday_before(published, WEEKDAYS[unit], same=False)
        return cal.day(latest - dt.timedelta(weeks=1))
    if unit == "weekend":
        return cal.weekend(published + dt.timedelta(weeks=step))
    return cal.shift(published, step, "day" if unit in _PARTS_OF_A_DAY else unit)


def _from_event(match: re.Match[str], telling: Telling, step: int, unit: str) -> Reading | None:
    """So many days before or after something: a date that follows, or a happening that may be the one being told."""
    after = _AFTER_EVENT.match(telling.text, match.end(), telling.end)
    if after:
        other = telling.inner(after.end())
        if other is not None and other.days is not None and other.days.precision == "day":
            days = cal.shift(other.days.earliest, step, unit)
            basis = f"'{tidy(match.group())}' counted from {cal.in_words(other.days.earliest)}"
            return Reading(other.end, days, True, basis)
    dated = _EVENT_DATED.match(telling.text, match.end(), telling.end)
    if dated:
        other = telling.inner(dated.end())
        if other is not None and other.days is not None and other.days.precision == "day":
            days = cal.shift(other.days.earliest, step, unit)
            basis = f"'{tidy(match.group())}' counted from what it names, of {cal.in_words(other.days.earliest)}"
            return reading_of(match, telling, days, basis)
    before = telling.word_before(match.start())
    if before == "the":
        before = telling.word_before_the(match.start())
    # "On Monday, a day after X", "on 3 June a day after X", "on Monday, the day after X"
    start = match.start() - (len("the ") if telling.word_before(match.start()) == "the" else 0)
    same_sentence = telling.told_at == telling.start and (
        telling.text.endswith(", ", telling.start, start) or start == telling.told_end + 1
    )
    if same_sentence and start < match.start() and telling.told_day:
        # "On Monday, the day after X": another name of that Monday
        basis = f"'{tidy(match.group())}' is said of {cal.in_words(telling.told_day)}"
        return reading_of(match, telling, cal.day(telling.told_day), basis)
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


COUNTED_RULES: Rules = ((_COUNTED, read_counted), (_WEEKDAYS_AGO, read_weekdays_ago))
BESIDE_RULES: Rules = ((_BESIDE, read_beside),)
_ABOUT = "just only nearly almost about around some exactly roughly barely over well more less at half"

# The rules to try at a word, by that word in small letters, in the order in which they are tried.
COUNTED_WORD_RULES: dict[str, Rules] = {
    **dict.fromkeys("last past previous next coming".split(), ((_ROLLING, read_rolling),)),
    **dict.fromkeys((*_ABOUT.split(), *(word.split()[0].split("-")[0] for word in NUMBERS)), COUNTED_RULES),
    "then": ((_THEN, read_then),),
    "in": ((_IN_COUNTED, read_in_counted),),
    **dict.fromkeys((*_PARTS_OF_A_DAY, "weekend", "week", "month", "year"), BESIDE_RULES),
}
