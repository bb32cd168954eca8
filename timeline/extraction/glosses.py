"""Makes a word of time and the date that an editor put in brackets after it agree: "on Sunday [4 December]".

Monitoring services and translators gloss so. Where the two contradict each other, the date in the brackets stands.
"""

from __future__ import annotations

import datetime as dt
import re

from timeline.extraction import calendar as cal
from timeline.extraction.datecontext import Reading, Telling, choose_day, lies_ahead, nearest_either_way, tidy
from timeline.extraction.datewords import DAY, MONTH, WEEKDAY, YEAR, S, as_day, as_month

_GLOSS = re.compile(
    rf"\s{{0,4}}[\[(](?=\w)(?:on\s)?(?:(?P<weekday>{WEEKDAY}),?{S})?(?:the\s)?"
    rf"(?P<start>(?:(?P<day>{DAY}){S}(?:of{S})?(?P<month>{MONTH})|(?P<month2>{MONTH}){S}(?P<day2>{DAY}))(?:,?{S}(?P<year>{YEAR}))?)"
    r"\s?[\])]",
    re.IGNORECASE,
)
_WEEK = dt.timedelta(days=7)
_BRACKETS = frozenset("[(")


def glossed(telling: Telling, reading: Reading, start: int) -> tuple[Reading, int, Reading] | None:
    """The reading with the value of its gloss, where the gloss begins, and its reading; None where there is none.

    A gloss without its year is the day nearest to publication, whatever weekday it is called: it explains a word that
    was said near publication.
    """
    text, end = telling.text, reading.end
    if _BRACKETS.isdisjoint(text[end : end + 3]) or not reading.relative:
        return None
    if reading.days is not None and reading.days.precision not in ("day", "range"):
        return None
    match = _GLOSS.match(text, end, telling.end)
    if match is None:
        return None
    month, day = as_month(match["month"] or match["month2"]), as_day(match["day"] or match["day2"])
    if match["year"]:
        date = cal.day_of(int(match["year"]), month, day)
    else:
        date = _near_publication(telling, reading, (start, end), month, day)
    if date is None:
        return None
    days = cal.day(date)
    basis = f"'{tidy(text[start:end])}', which the text explains as {cal.in_words(date)}"
    if reading.days is not None and not reading.days.earliest <= date <= reading.days.latest:
        basis += f"; the word alone would be {cal.days_in_words(reading.days)}"
    gloss = Reading(
        match.end("start"),
        days,
        match["year"] is None,
        "the date as written" if match["year"] else "an explanation in brackets: the day nearest to publication",
    )
    return Reading(end, days, True, basis, reading.takes_on), match.start("start"), gloss


def _near_publication(
    telling: Telling, reading: Reading, span: tuple[int, int], month: int, day: int
) -> dt.date | None:
    """The day nearest to publication; where that is still to come and the words tell the past, the latest one before.

    A day just ahead on the weekday that was said stays: the report's own date is then a little early.
    """
    published = telling.published
    near = nearest_either_way(published, month, day) if published else None
    if published is None or near is None or near[0] <= published:
        return near[0] if near else None
    said = reading.days.earliest.weekday() if reading.days else None
    if (near[0] - published < _WEEK and near[0].weekday() == said) or lies_ahead(telling, *span):
        return near[0]
    past = choose_day(published, month, day, None, False)
    return past[0] if past else None
