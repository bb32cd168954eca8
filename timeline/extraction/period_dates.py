"""Reads stretches of time within the calendar: quarters, seasons, weekends, weeks of a month, early and late parts.

Single days counted from another day are left to relative_dates.py, months and years written out to calendar_dates.py.
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
    needs_published,
    reading_of,
)
from timeline.extraction.datewords import (
    DAY,
    MONTH,
    NUMBERS,
    ORDINAL_QUARTER,
    SEASONS,
    SPOKEN_AFTER,
    STRONG_BEFORE,
    WEAK_BEFORE,
    WEEKDAYS,
    YEAR,
    S,
    alternatives,
)

_WEEK_DAYS = 7
_QUARTER_WORD = alternatives(ORDINAL_QUARTER)
_SEASON = alternatives(SEASONS)
_POINTED_QUARTER = re.compile(
    rf"(?P<which>last|this|next){S}year['’]s{S}(?P<ordinal>{_QUARTER_WORD}){S}quarter\b", re.IGNORECASE
)
_WEEKEND = re.compile(r"weekend\b", re.IGNORECASE)
_SEASON_RULE = re.compile(
    rf"(?P<season>{_SEASON})(?:{S}(?:of{S})?(?:(?P<year>{YEAR})(?:[-–/](?:\d\d){{1,2}})?|(?P<which>last|this|next){S}year))?(?!\w)",
    re.IGNORECASE,
)
_CODED = re.compile(rf"(?P<kind>[QH])(?P<number>[1-4])(?:,?{S}(?:of{S})?(?P<year>{YEAR}))?(?!\w)")
_QUARTER_RULE = re.compile(
    rf"(?:fiscal[\s-])?(?P<ordinal>{_QUARTER_WORD})[\s-](?:fiscal[\s-])?quarter\b"
    rf"(?:,?{S}(?:of{S})?(?:fiscal{S})?(?:(?P<year>{YEAR})|(?P<which>last|this|next){S}year\b(?!['’])))?",
    re.IGNORECASE,
)
_YEAR_QUARTER = re.compile(
    rf"(?P<year>{YEAR}){S}(?:fiscal{S})?(?:(?P<ordinal>{_QUARTER_WORD}){S}quarter|quarter|period)\b", re.IGNORECASE
)
# "the corresponding period last year": of the quarter being told.
_SAME_PERIOD = re.compile(
    rf"(?:corresponding|comparable|same|like|similar){S}(?:quarter|period){S}(?:of{S}|in{S})?"
    rf"(?:last{S}year|a{S}year{S}(?:ago|earlier|before))\b",
    re.IGNORECASE,
)
_LAST_YEARS_QUARTER = re.compile(rf"last{S}year['’]s{S}(?:quarter|period)\b", re.IGNORECASE)
# Results of nine months or of a year are compared with the year before, not with a quarter of it.
_LONGER = re.compile(rf"(?:(?:first|latest){S})?(?:nine|six|12){S}months\b", re.IGNORECASE)
_YEAR_END = re.compile(
    rf"(?:(?P<which>last|this|next){S})?year(?:['’]s{S}|-|{S})end\b(?!{S}(?:of|results|net|report|figures)\b)",
    re.IGNORECASE,
)
_FULL_YEAR = re.compile(rf"(?:full|whole|fiscal|calendar|current){S}year\b(?!\s\d)", re.IGNORECASE)
_THE_YEAR = re.compile(
    r"year\b(?!['’-]|\s(?:\d|(?:of|before|after|when|he|she|that|to|earlier|ago|later|or|old|in\swhich)\b))",
    re.IGNORECASE,
)
_OF_THE_YEAR = re.compile(
    r"(?:(?:months|half|rest|remainder|most|much|part|course|quarters)\sof|\b[Ff]or|throughout)\sthe\s\Z"
)
_OF_THE_YEAR_WINDOW = 28
_THE_QUARTER = re.compile(
    r"(?P<latest>latest\s)?(?:quarter|(?<=latest\s)period)\b(?P<before>\sa\syear\s(?:ago|earlier))?(?!-|\s(?:of|century))",
    re.IGNORECASE,
)
_YEAR_AGO = re.compile(
    rf"year-(?:ago|earlier)\b(?:{S}(?:(?P<ordinal>{_QUARTER_WORD}){S})?(?:quarter|period)\b)?", re.IGNORECASE
)
_FISCAL_YEAR = re.compile(rf"fiscal{S}(?:year{S})?(?P<year>{YEAR})(?!\w)", re.IGNORECASE)
_PART = re.compile(
    rf"(?P<part>(?:first|early|last|final|closing|opening|dying){S}(?:few{S})?(?:days|weeks|months|years){S}of|early|late|mid|earlier|later|sometime|around|circa"
    rf"|(?:beginning|start|middle|end|close|turn|outset){S}of|(?:very{S})?end{S}of)"
    rf"(?:{S}|-\s?)(?:(?:(?<!around\s)in|on|of){S})?(?:the{S})?(?=\S)",
    re.IGNORECASE,
)
_MONTH_AND_DAY = re.compile(rf"(?:{MONTH}|{DAY}{S}(?:of{S})?{MONTH})", re.IGNORECASE)
_PART_OF_THE = re.compile(
    rf"(?P<part>early|late|earlier|later|(?:beginning|start|middle|end|close)){S}(?:in|of){S}(?:the|this|that){S}(?P<unit>day|week|month|year|decade)\b(?!-)"
    rf"(?!{S}(?:of|before|after)\b)",
    re.IGNORECASE,
)
_WEEK_OF = re.compile(
    rf"(?:(?P<ordinal>first|second|third|fourth|last|final){S})?week{S}(?:of|ending|ended|(?P<from>beginning|starting)){S}(?:on{S})?(?=\S)",
    re.IGNORECASE,
)
_HALF_OF = re.compile(rf"(?P<half>first|second|last|latter){S}half{S}of{S}(?:the{S})?(?=\S)", re.IGNORECASE)


def pointed_season(published: dt.date, step: int, name: str) -> Days:
    if step == 0:
        near = cal.season(published.year - 1, name)
        return near if near.latest >= published else cal.season(published.year, name)
    if step > 0:
        near = cal.season(published.year, name)
        return near if near.earliest > published else cal.season(published.year + 1, name)
    return next(days for back in range(4) if (days := cal.season(published.year - back, name)).latest < published)


def read_pointed_quarter(match: re.Match[str], telling: Telling) -> Reading | None:
    if telling.published is None:
        return reading_of(match, telling, None, "")
    year = telling.published.year + {"last": -1, "this": 0, "next": 1}[match["which"].lower()]
    days = cal.quarter(year, ORDINAL_QUARTER[match["ordinal"].lower()])
    telling.quarter = days
    return from_publication(match, telling, days)


def year_before_quarter(match: re.Match[str], telling: Telling) -> Reading:
    """Companies compare a quarter with the same quarter of the year before, and call it 'a year ago'."""
    assert telling.quarter is not None  # the callers have asked
    first = telling.quarter.earliest
    days = cal.quarter(first.year - 1, (first.month + 2) // 3)
    return reading_of(
        match, telling, days, f"the quarter being told, {cal.days_in_words(telling.quarter)}, one year before"
    )


def read_weekend(match: re.Match[str], telling: Telling) -> Reading | None:
    """'over the weekend': the one under way or the last one past, the next where the words look ahead."""
    if telling.word_before(match.start()) != "the":
        return None
    if telling.published is None:
        return reading_of(match, telling, None, "")
    published = telling.published
    leading = telling.word_before_the(match.start())
    ahead = leading in ("until", "till", "by", "before") or lies_ahead(telling, match.start(), match.end())
    under_way = published.weekday() >= WEEKDAYS["saturday"]
    date = published if ahead or under_way else published - dt.timedelta(days=_WEEK_DAYS)
    return from_publication(match, telling, cal.weekend(date))


def read_season(match: re.Match[str], telling: Telling) -> Reading | None:
    """'in the spring of 2011', 'summer 2012', 'in the winter'; not 'the fall of Aleppo' nor 'the Arab Spring'."""
    name = match["season"]
    season = SEASONS[name.lower()]
    spoken = SPOKEN_AFTER.match(telling.text, match.end(), telling.end)
    if spoken and not match["which"]:
        year = 1900 + NUMBERS[spoken["rest"].lower()]
        return Reading(spoken.end(), cal.season(year, season), False, "the season as spoken")
    if match["year"]:
        return Reading(match.end(), cal.season(int(match["year"]), season), False, "the season as written")
    before = telling.word_before(match.start())
    if name[0].isupper() or not (before == "the" or before in STRONG_BEFORE):
        return None
    if name.lower() == "fall" and not match["which"]:
        follows = re.match(r"\s+of\b|\s+in\b|[\s-]+\w*back", telling.rest(match.end()))
        if follows or telling.word_before_the(match.start()) not in ("in", "since", "until", "during", "by"):
            return None
    elif (
        before == "the"
        and not match["which"]
        and telling.word_before_the(match.start()) not in STRONG_BEFORE | WEAK_BEFORE | {"into", "over"}
    ):
        return None
    if telling.published is None:
        return reading_of(match, telling, None, "")
    published = telling.published
    if match["which"]:
        year = published.year + {"last": -1, "this": 0, "next": 1}[match["which"].lower()]
        return from_publication(match, telling, cal.season(year, season))
    if lies_ahead(telling, match.start(), match.end()):
        return from_publication(match, telling, pointed_season(published, 1, season))
    latest = cal.season(published.year, season)
    if latest.earliest > published:
        latest = cal.season(published.year - 1, season)
    return from_publication(match, telling, latest)


def read_quarter(match: re.Match[str], telling: Telling) -> Reading | None:
    """'third-quarter profit', 'the second quarter of 2011': calendar quarters; a company's own year is not known."""
    number = ORDINAL_QUARTER[match["ordinal"].lower()]
    if match["year"]:
        days = cal.quarter(int(match["year"]), number)
        _compare_with(telling, days)
        return Reading(match.end(), days, False, "the quarter as written")
    published = telling.published
    if published is None:
        return reading_of(match, telling, None, "")
    if match["which"]:
        days = cal.quarter(published.year + {"last": -1, "this": 0, "next": 1}[match["which"].lower()], number)
        _compare_with(telling, days)
        return from_publication(match, telling, days)
    days = cal.quarter(published.year, number)
    if number > (published.month + 2) // 3 and not lies_ahead(telling, match.start(), match.end()):
        days = cal.quarter(published.year - 1, number)
    _compare_with(telling, days)
    return from_publication(match, telling, days)


def read_coded(match: re.Match[str], telling: Telling) -> Reading | None:
    """'Q1 2012', 'H2': a quarter or a half of a year, the latest that has begun where no year is given."""
    number = int(match["number"])
    if match["kind"] == "H" and number > 2:
        return None
    if match["year"]:
        year = int(match["year"])
    elif telling.published is None:
        return reading_of(match, telling, None, "")
    else:
        year = telling.published.year
    months = 3 if match["kind"] == "Q" else 6
    days = cal.months((year, months * (number - 1) + 1), (year, months * number))
    if match["year"]:
        return Reading(match.end(), days, False, "the months as written")
    if telling.published and days.earliest > telling.published and not lies_ahead(telling, *match.span()):
        days = cal.months((year - 1, months * (number - 1) + 1), (year - 1, months * number))
    return from_publication(match, telling, days)


def _compare_with(telling: Telling, days: Days) -> None:
    """The quarter a report on results is about: the latest it names that is over. Forecasts and older ones are asides."""
    known, published = telling.quarter, telling.published
    if published is not None and days.latest > published and known is not None:
        return
    if known is None or known.earliest < days.earliest or (published is not None and known.latest > published):
        telling.quarter, telling.whole_years = days, False


def read_same_period(match: re.Match[str], telling: Telling) -> Reading | None:
    """'the corresponding period last year', 'last year's quarter': the quarter being told, one year before."""
    return year_before_quarter(match, telling) if telling.quarter else None


def read_longer(match: re.Match[str], telling: Telling) -> Reading | None:
    """'the first nine months' is a stretch and no date here, but what is compared with it is no quarter any more."""
    telling.aside, telling.quarter, telling.whole_years = telling.quarter or telling.aside, None, True
    return None


def read_year_end(match: re.Match[str], telling: Telling) -> Reading | None:
    """'by year-end', 'at the year's end': the end of the year of publication, its days not said."""
    if telling.published is None:
        return reading_of(match, telling, None, "")
    step = {"last": -1, "next": 1}.get((match["which"] or "this").lower(), 0)
    return from_publication(match, telling, cal.approximate(cal.year(telling.published.year + step)))


def read_full_year(match: re.Match[str], telling: Telling) -> Reading | None:
    """'for the full year': the year of publication."""
    if telling.word_before(match.start()) not in ("the", "this"):
        return None
    if telling.published is None:
        return reading_of(match, telling, None, "")
    return from_publication(match, telling, cal.year(telling.published.year))


def read_the_year(match: re.Match[str], telling: Telling) -> Reading | None:
    """'the rest of the year', 'for the year': the year of publication. 'The year' elsewhere may be any."""
    first = max(telling.start, match.start() - _OF_THE_YEAR_WINDOW)
    if not _OF_THE_YEAR.search(telling.text, first, match.start()):
        return None
    if telling.published is None:
        return reading_of(match, telling, None, "")
    return from_publication(match, telling, cal.year(telling.published.year))


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
    if telling.quarter is None and match["latest"] and telling.published:
        at_year, at_month = cal.shift_months(telling.published, -3)
        return from_publication(match, telling, cal.quarter(at_year, (at_month + 2) // 3))
    if telling.quarter is None or (telling.word_before(match.start()) not in ("the", "latest") and not match["latest"]):
        return None
    if match["before"]:
        return year_before_quarter(match, telling)
    return reading_of(match, telling, telling.quarter, f"the quarter being told, {cal.days_in_words(telling.quarter)}")


def read_year_ago(match: re.Match[str], telling: Telling) -> Reading | None:
    if match["ordinal"] and telling.published:
        number = ORDINAL_QUARTER[match["ordinal"].lower()]
        return from_publication(match, telling, cal.quarter(telling.published.year - 1, number))
    if telling.quarter:
        return year_before_quarter(match, telling)
    if telling.published is None:
        return reading_of(match, telling, None, "")
    return from_publication(match, telling, cal.year(telling.published.year - 1))


def read_fiscal_year(match: re.Match[str], telling: Telling) -> Reading | None:
    return Reading(match.end(), cal.year(int(match["year"])), False, "the year as written; when it began is not said")


def read_part(match: re.Match[str], telling: Telling) -> Reading | None:
    """'early May', 'late Wednesday', 'the end of 2011': the days stay whole, and are marked as approximate."""
    inner = telling.inner(match.end())
    if inner is None:
        return None
    part = " ".join(match["part"].lower().split())
    if inner.days is None or part in ("earlier", "later", "sometime"):
        return inner
    if part in ("around", "circa"):
        # "around May 25" is a date not quite known; "around Wednesday" and "around 3 a.m. on Wednesday" are not.
        if inner.relative and not _MONTH_AND_DAY.match(telling.text, match.end(), telling.end):
            return inner
        basis = f"{inner.basis}; '{part}' makes it approximate"
        return Reading(inner.end, cal.approximate(inner.days), inner.relative, basis, inner.takes_on)
    if inner.days.precision == "day":
        return inner
    basis = f"{inner.basis}; '{part}' says which part of it, without its days"
    return Reading(inner.end, cal.approximate(inner.days), inner.relative, basis)


def read_part_of_the(match: re.Match[str], telling: Telling) -> Reading | None:
    """'earlier in the year', 'by the end of the month': the week, month or year of publication."""
    if match["unit"].lower() == "day":
        if match["part"].lower() not in ("earlier", "later", "early", "late"):
            return None
        anchor = telling.told_day or telling.published
        return from_told(match, telling, anchor, cal.day(anchor)) if anchor else reading_of(match, telling, None, "")
    if telling.published is None:
        return reading_of(match, telling, None, "")
    days = cal.shift(telling.published, 0, match["unit"].lower())
    if match["part"].lower() not in ("earlier", "later"):
        days = cal.approximate(days)
    return from_publication(match, telling, days)


def read_week_of(match: re.Match[str], telling: Telling) -> Reading | None:
    """'the week of March 6' is its calendar week; 'the first week of May' is days 1 to 7, 'the last' the last seven."""
    inner = telling.inner(match.end())
    if inner is None or (inner.days is None and telling.published is not None):
        return None
    if inner.days is None:
        return Reading(inner.end, None, True, needs_published(telling.text[match.start() : inner.end]))
    days = inner.days
    if match["from"]:
        found = (
            cal.span(days.earliest, days.earliest + dt.timedelta(days=_WEEK_DAYS - 1), "week")
            if days.precision == "day"
            else None
        )
    elif match["ordinal"] is None:
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
    inner = telling.inner(match.end())
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


_SEASON_RULES: Rules = ((_SEASON_RULE, read_season),)
_QUARTER_RULES: Rules = ((_THE_QUARTER, read_the_quarter),)
_PART_RULES: Rules = ((_PART_OF_THE, read_part_of_the), (_PART, read_part))
_WITHIN: Rules = ((_HALF_OF, read_half_of), (_WEEK_OF, read_week_of))
_PARTS = "early late mid earlier later sometime around circa beginning start middle end close turn outset very"

# The rules to try at a number, and at a word in small letters, in the order in which they are tried.
YEAR_QUARTER_RULES: Rules = ((_YEAR_QUARTER, read_year_quarter),)
PERIOD_RULES: dict[str, Rules] = {
    **dict.fromkeys(("this", "next"), ((_POINTED_QUARTER, read_pointed_quarter),)),
    **dict.fromkeys("closing opening dying".split(), _PART_RULES[1:]),
    "last": (
        *_WITHIN,
        *_PART_RULES[1:],
        (_POINTED_QUARTER, read_pointed_quarter),
        (_LAST_YEARS_QUARTER, read_same_period),
        (_YEAR_END, read_year_end),
    ),
    **dict.fromkeys("corresponding comparable same like similar".split(), ((_SAME_PERIOD, read_same_period),)),
    **dict.fromkeys(("nine", "six"), ((_LONGER, read_longer),)),
    **dict.fromkeys("full whole calendar current".split(), ((_FULL_YEAR, read_full_year),)),
    **dict.fromkeys(
        "first second third fourth latter final".split(),
        ((_LONGER, read_longer), *_WITHIN, (_QUARTER_RULE, read_quarter), *_PART_RULES[1:]),
    ),
    **dict.fromkeys(_PARTS.split(), _PART_RULES),
    **dict.fromkeys(("q", "h"), ((_CODED, read_coded),)),
    "week": ((_WEEK_OF, read_week_of),),
    "weekend": ((_WEEKEND, read_weekend),),
    **dict.fromkeys(SEASONS, _SEASON_RULES),
    "fiscal": ((_QUARTER_RULE, read_quarter), (_FISCAL_YEAR, read_fiscal_year), (_FULL_YEAR, read_full_year)),
    **dict.fromkeys(("latest", "quarter"), ((_LONGER, read_longer), *_QUARTER_RULES)),
    "year": ((_YEAR_AGO, read_year_ago), (_YEAR_END, read_year_end), (_THE_YEAR, read_the_year)),
}
