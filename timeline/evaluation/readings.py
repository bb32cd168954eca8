"""Compares dates, tolls, attributions and mentions with those that people marked in the same report.

What counts as a match is said at each kind of entry, with where the rule comes from.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from timeline.evaluation.misses import days_apart, days_of, in_words, miss_at, ratio, toll_in_words
from timeline.evaluation.records import (
    Count,
    GoldAttribution,
    GoldDate,
    GoldMention,
    GoldReport,
    GoldToll,
    Miss,
    Reading,
    Wrong,
)
from timeline.extraction.records import Attribution, DateSpan, Extraction, MentionSpan, TollSpan

DATES_FOUND = "dates, found"
DATES_EXACT = "dates, same words"
DATES_VALUE = "dates, right days"
TOLLS = "tolls"
TOLL_SOURCES = "tolls, source"
ATTRIBUTIONS = "attributions"
MENTIONS = "mentions"
MENTION_DAYS = "mentions, right days"
MENTION_PLACES = "mentions, right place"
MEASURES = (
    DATES_FOUND,
    DATES_EXACT,
    DATES_VALUE,
    TOLLS,
    TOLL_SOURCES,
    ATTRIBUTIONS,
    MENTIONS,
    MENTION_DAYS,
    MENTION_PLACES,
)


def compare_reading(report: GoldReport, wanted: Reading, found: Extraction) -> list[Count]:
    counts: list[Count] = []
    if wanted.dates is not None:
        counts += _dates(report, wanted.dates, wanted.neutral, found.dates)
    if wanted.tolls is not None:
        counts += _tolls(report, wanted.tolls, found.tolls)
    if wanted.attributions is not None:
        counts.append(_attributions(report, wanted.attributions, found.attributions))
    if wanted.mentions is not None:
        counts += _mentions(report, wanted.mentions, found.mentions)
    return counts


# ---- Dates ----


def _dates(
    report: GoldReport, wanted: Sequence[GoldDate], neutral: Sequence[tuple[int, int]], found: Sequence[DateSpan]
) -> list[Count]:
    """Relaxed, strict and value matching as TempEval-3 scores TIMEX3 (UzZaman et al., SemEval 2013).

    Found: the passages overlap. Same words: they are the same. Right days: they overlap and first and last day are the
    same. Each date of the engine serves one gold date, the one that it suits best; unresolved dates of the engine count
    neither way, nor does a date found on a neutral passage.
    """
    resolved = [date for date in found if date.earliest and date.latest]
    used: set[int] = set()
    overlapping = exact = right = 0
    misses: list[Miss] = []
    gold = [date for date in wanted if date.days is not None]
    for date in gold:
        best: tuple[tuple[bool, bool], int] | None = None
        for index, span in enumerate(resolved):
            if index not in used and _overlap(span, date):
                fit = days_of(span) == date.days, (span.start, span.end) == (date.start, date.end)
                if best is None or fit > best[0]:
                    best = fit, index
        if best is None:
            misses.append(miss_at(report, (date.start, date.end), date.value, "nothing", "", Wrong.NOT_FOUND))
            continue
        (same_days, same_words), index = best
        used.add(index)
        overlapping, exact, right = overlapping + 1, exact + same_words, right + same_days
        if not same_days:
            span = resolved[index]
            off = days_apart(date.days, days_of(span))
            place = (date.start, date.end)
            misses.append(miss_at(report, place, date.value, in_words(span), span.basis, Wrong.OTHER_VALUE, off))
    aside = [*neutral, *((date.start, date.end) for date in wanted if date.days is None)]
    surplus = [
        span
        for index, span in enumerate(resolved)
        if index not in used and not any(span.start < end and span.end > start for start, end in aside)
    ]
    misses += [
        miss_at(report, (span.start, span.end), "no date", in_words(span), span.basis, Wrong.NOT_WANTED)
        for span in surplus
    ]
    said = len(used) + len(surplus)
    return [
        Count(DATES_FOUND, overlapping, len(gold), said),
        Count(DATES_EXACT, exact, len(gold), said),
        Count(DATES_VALUE, right, len(gold), said, tuple(misses)),
    ]


# ---- Tolls ----


def counted(tolls: Sequence[TollSpan]) -> list[TollSpan]:
    """The claims that are measured: a part of another claim and a vague one count neither way.

    Whether "three of them children" or "dozens" was marked differs from one gold file to the next, by its codebook.
    """
    return [toll for toll in tolls if toll.part_of is None and toll.qualifier != "vague"]


def _tolls(report: GoldReport, wanted: Sequence[GoldToll], found: Sequence[TollSpan]) -> list[Count]:
    """Exact match of harm, low and high, wherever in the report: the passages need not meet.

    Victim counts are scored by exact match in Zhong et al. (EACL 2023) too. Each claim of the engine serves one gold
    claim. The source is measured where harm and numbers match and the gold names one: the one name has to hold the other's words.
    """
    left = counted(found)
    hits: list[tuple[GoldToll, TollSpan]] = []
    missed: list[GoldToll] = []
    for claim in wanted:
        same = [toll for toll in left if (toll.harm, toll.low, toll.high) == (claim.harm, claim.low, claim.high)]
        if not same:
            missed.append(claim)
            continue
        # Two sources may give one number: the claim of the same source first.
        match = next((toll for toll in same if _same_source(claim.source, toll.source)), same[0])
        left.remove(match)
        hits.append((claim, match))
    misses = _toll_misses(report, missed, left)
    counts = [Count(TOLLS, len(hits), len(wanted), len(counted(found)), tuple(misses))]
    named = [(claim, toll) for claim, toll in hits if claim.source]
    if named:
        wrong = [(claim, toll) for claim, toll in named if not _same_source(claim.source, toll.source)]
        source_misses = tuple(
            miss_at(
                report,
                (toll.start, toll.end),
                claim.source or "",
                toll.source or "no source",
                toll.basis,
                Wrong.OTHER_VALUE if toll.source else Wrong.NOT_FOUND,
            )
            for claim, toll in wrong
        )
        counts.append(Count(TOLL_SOURCES, len(named) - len(wrong), len(named), None, source_misses))
    return counts


def _toll_misses(report: GoldReport, missed: Sequence[GoldToll], left: Sequence[TollSpan]) -> list[Miss]:
    """A missed claim and a left-over one of the same harm are one wrong value; the others stand alone."""
    rest = list(left)
    misses = []
    for claim in missed:
        other = next((toll for toll in rest if toll.harm == claim.harm), None)
        words = toll_in_words(claim.harm, claim.low, claim.high)
        if other is None:
            misses.append(miss_at(report, None, words, "nothing", "", Wrong.NOT_FOUND))
            continue
        rest.remove(other)
        off = ratio(claim.low or claim.high, other.low or other.high)
        found = toll_in_words(other.harm, other.low, other.high)
        misses.append(miss_at(report, (other.start, other.end), words, found, other.basis, Wrong.OTHER_VALUE, off))
    misses += [
        miss_at(
            report,
            (toll.start, toll.end),
            "no toll",
            toll_in_words(toll.harm, toll.low, toll.high),
            toll.basis,
            Wrong.NOT_WANTED,
        )
        for toll in rest
    ]
    return misses


def _same_source(wanted: str | None, found: str | None) -> bool:
    if not wanted or not found:
        return not wanted and not found
    first, second = (set(re.findall(r"\w+", name.casefold())) - {"the"} for name in (wanted, found))
    return first <= second or second <= first


# ---- Attributions and mentions ----


def _attributions(report: GoldReport, wanted: Sequence[GoldAttribution], found: Sequence[Attribution]) -> Count:
    """The passages overlap and the speaker is the same person or body, by name; each serves once."""
    left = list(found)
    misses: list[Miss] = []
    for said in wanted:
        near = [act for act in left if _overlap(act, said)]
        match = next((act for act in near if _same_source(said.speaker, act.speaker)), None)
        if match:
            left.remove(match)
        else:
            place = (said.start, said.end)
            misses.append(miss_at(report, place, said.speaker, "nothing", "", Wrong.NOT_FOUND))
    hits = len(wanted) - len(misses)
    misses += [miss_at(report, (a.start, a.end), "nobody", a.speaker, "", Wrong.NOT_WANTED) for a in left]
    return Count(ATTRIBUTIONS, hits, len(wanted), len(found), tuple(misses))


def _mentions(report: GoldReport, wanted: Sequence[GoldMention], found: Sequence[MentionSpan]) -> list[Count]:
    """The same kind, and passages that overlap where the gold says which words tell it; each serves once.

    Of several that fit, the one with most of days and place right. Days and place are measured on those that match.
    """
    left = list(found)
    misses: list[Miss] = []
    days = places = hits = 0
    wrong_days: list[Miss] = []
    wrong_places: list[Miss] = []
    for event in wanted:
        fits = [m for m in left if m.kind == event.kind and (event.passage is None or _meets(m, event.passage))]
        if not fits:
            misses.append(miss_at(report, event.passage, _told(event), "nothing", "", Wrong.NOT_FOUND))
            continue
        match = max(fits, key=lambda m: (days_of(m) == event.days) + (m.place == event.place))
        left.remove(match)
        hits += 1
        place, basis = (match.start, match.end), match.title
        if days_of(match) == event.days:
            days += 1
        else:
            told = " to ".join(day or "open" for day in event.days)
            off = days_apart(event.days, days_of(match))
            wrong_days.append(miss_at(report, place, told, in_words(match), basis, Wrong.OTHER_VALUE, off))
        if match.place == event.place:
            places += 1
        else:
            told, said = event.place or "no place", match.place or "no place"
            wrong_places.append(miss_at(report, place, told, said, basis, Wrong.OTHER_VALUE))
    misses += [miss_at(report, (m.start, m.end), "no event", m.title, "", Wrong.NOT_WANTED) for m in left]
    return [
        Count(MENTIONS, hits, len(wanted), len(found), tuple(misses)),
        Count(MENTION_DAYS, days, hits, None, tuple(wrong_days)),
        Count(MENTION_PLACES, places, hits, None, tuple(wrong_places)),
    ]


def _told(event: GoldMention) -> str:
    return f"{event.kind}, {event.place or 'no place'}"


def _overlap(first: DateSpan | Attribution, second: GoldDate | GoldAttribution) -> bool:
    return first.start < second.end and first.end > second.start


def _meets(mention: MentionSpan, passage: tuple[int, int]) -> bool:
    return mention.start < passage[1] and mention.end > passage[0]
