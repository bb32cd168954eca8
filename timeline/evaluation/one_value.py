"""Compares the reading with gold that codes one value a report: a count, a day, a governorate.

What counts as right is said at each sort of gold, with where it comes from.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from timeline.evaluation.misses import days_apart, days_of, in_words, miss_at, ratio, toll_in_words
from timeline.evaluation.records import Coded, Count, GoldReport, MainEvent, Miss, Wrong
from timeline.extraction.records import Extraction, MentionSpan, TollSpan

DEATHS_FIRST = "deaths, first figure"
DEATHS_ANY = "deaths, any figure"
INJURED_FIRST = "injured, first figure"
DAY = "day of the event"
GOVERNORATE = "governorate"
DAY_WITHIN_ONE = "day within one"
MEASURES = (DEATHS_FIRST, DEATHS_ANY, INJURED_FIRST, DAY, GOVERNORATE, DAY_WITHIN_ONE)

# A coder notes an event of the days before the report. One noted later or much earlier is of another report, or a slip.
_DAYS_BEFORE_PUBLICATION = 7
# The longest interval, from first to last day, that still counts as saying on which day something happened.
_LONGEST_INTERVAL = 7


def compare_coded(report: GoldReport, wanted: Coded, found: Extraction) -> list[Count]:
    """Deaths, injured and day as the coders of the PITF Worldwide Atrocities Event Dataset noted them.

    Deaths and injured are right when the first claim of one event that is no part of another states the number coded;
    "any figure" when one of these claims does. Injured are measured where some are coded. The day is that of the top
    mention, measured where the coded one is in the week before publication.
    """
    counts = []
    for harm, number, first in (("killed", wanted.deaths, DEATHS_FIRST), ("injured", wanted.injured, INJURED_FIRST)):
        if number is None or (harm == "injured" and not number):
            continue
        claims = [t for t in found.tolls if t.harm == harm and t.scope == "event" and t.part_of is None]
        stated = [t.low if t.low is not None else t.high for t in claims]
        counts.append(_share(report, first, stated[:1] == [number], number, claims))
        if harm == "killed":
            counts.append(_share(report, DEATHS_ANY, number in stated, number, claims))
    noted, published = wanted.event_date, report.published
    if noted and published and 0 <= (published - noted).days <= _DAYS_BEFORE_PUBLICATION:
        top = top_mention(found)
        right = top is not None and top.earliest == top.latest == noted
        counts.append(_day(report, DAY, right, noted, found))
    return counts


def _share(report: GoldReport, measure: str, right: bool, number: int | None, claims: Sequence[TollSpan]) -> Count:
    if right:
        return Count(measure, 1, 1, None)
    if not claims:
        miss = miss_at(report, None, str(number), "nothing", "", Wrong.NOT_FOUND)
    else:
        first = claims[0]
        found = "; ".join(toll_in_words(c.harm, c.low, c.high) for c in claims)
        off = ratio(number, first.low if first.low is not None else first.high)
        miss = miss_at(report, (first.start, first.end), str(number), found, first.basis, Wrong.OTHER_VALUE, off)
    return Count(measure, 0, 1, None, (miss,))


def top_mention(found: Extraction) -> MentionSpan | None:
    """The event that the report is about: the mention with the highest confidence, the first of equals."""
    return max(found.mentions, key=lambda mention: mention.confidence, default=None)


def _day(report: GoldReport, measure: str, right: bool, wanted: dt.date, found: Extraction) -> Count:
    if right:
        return Count(measure, 1, 1, None)
    top, day = top_mention(found), wanted.isoformat()
    if top is None:
        return Count(measure, 0, 1, None, (miss_at(report, None, day, "no event", "", Wrong.NOT_FOUND),))
    basis = found.dates[top.date].basis if top.date is not None else "no date stands with the event"
    wrong = Wrong.OTHER_VALUE if top.earliest else Wrong.NOT_FOUND
    off = days_apart((day, day), days_of(top))
    miss = miss_at(report, (top.start, top.end), day, in_words(top), basis, wrong, off)
    return Count(measure, 0, 1, None, (miss,))


def compare_main_event(report: GoldReport, wanted: MainEvent, found: Extraction) -> list[Count]:
    """Governorate and day of the top mention, for reports that carry their day of publication inside their text.

    The governorate is right when it is spelt with the same consonants. The day is right when the mention names an
    interval of at most eight days that holds the noted day or lies next to it; it is measured where the note is believed.
    """
    top = top_mention(found)
    said = top.governorate if top else None
    right = top is not None and consonants(said) == consonants(wanted.governorate)
    misses: tuple[Miss, ...] = ()
    if not right:
        wrong = Wrong.OTHER_VALUE if said else Wrong.NOT_FOUND
        place = (top.start, top.end) if top else None
        miss = miss_at(report, place, wanted.governorate, said or "nothing", top.title if top else "", wrong)
        misses = (miss,)
    counts = [Count(GOVERNORATE, int(right), 1, None, misses)]
    if wanted.date_fits:
        near = False
        if top and top.earliest and top.latest:
            margin = dt.timedelta(1)
            short = (top.latest - top.earliest).days <= _LONGEST_INTERVAL
            near = short and top.earliest - margin <= wanted.event_date <= top.latest + margin
        counts.append(_day(report, DAY_WITHIN_ONE, near, wanted.event_date, found))
    return counts


def consonants(name: str | None) -> str:
    """'Al-Hasakah', 'hasakeh' -> 'hsk': without article and vowels, so that the spellings of one name meet."""
    name = re.sub(r"\b(al|ar|as|ad|ez|el|rif)\b[- ]?", "", (name or "").lower()).replace("governorate", "")
    for spelling, usual in (
        ("ladhiqiyah", "latakia"),
        ("lattakia", "latakia"),
        ("dimashq", "damascus"),
        ("halab", "aleppo"),
    ):
        name = name.replace(spelling, usual)
    kept = re.sub(r"[^bcdfghjklmnpqrstvwxz]", "", name)
    return re.sub(r"(.)\1+", r"\1", kept).rstrip("h").replace("q", "k")
