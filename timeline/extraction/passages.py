"""Which parts of a sentence count the dead of different places?

"Shelling killed five people in Homs and three in Hama" is two happenings. Cuts a sentence only between tolls that each
have a place of their own; what each part tells is left to drafts.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from timeline.extraction.circumstances import place_at
from timeline.extraction.records import PlaceSpan
from timeline.extraction.report import Report

_BREAK = re.compile(r"[,;]|\b(?:and|while|whereas|but|et|و)\b", re.IGNORECASE)
# What a part of a sentence begins with and does not need.
_LEAD = re.compile(r"[\s,;]*(?:(?:and|while|whereas|but)\s)?", re.IGNORECASE)
# Beyond so many tolls in one sentence it is a list, or no sentence: it is left whole.
_MOST_TOLLS = 12


@dataclass(frozen=True, slots=True)
class Passage:
    """``text[start:end]``, a sentence or a part of one, with the tolls it tells, as indexes."""

    start: int
    end: int
    tolls: list[int]
    of_several: bool = False


def told_apart(report: Report, number: int, tolls: Sequence[int]) -> list[Passage]:
    """The sentence as one passage, or one passage for each place in which it counts dead."""
    sentence = report.sentences[number]
    whole = [Passage(sentence.start, sentence.end, list(tolls))]
    counts = [i for i in tolls if report.tolls[i].part_of is None and report.tolls[i].harm == "killed"]
    if not 1 < len(counts) <= _MOST_TOLLS:
        return whole
    starts: list[int] = [sentence.start]
    places: list[PlaceSpan | None] = [None]
    breaks = [_break(report, before, after) for before, after in pairwise(counts)]
    edges = [sentence.start, *(each for each in breaks if each is not None), sentence.end]
    if len(edges) != len(counts) + 1:
        return whole  # two counts without a mark or "and" between them are not told apart
    for count, (start, end) in zip(counts, pairwise(edges), strict=True):
        place = place_at(report, number, report.tolls[count].end, start, end)
        if place is None or place.country != report.home:
            continue  # it says no more of where: the same place as before
        if places[-1] is None:
            places[-1] = place
        elif not _one_place(places[-1], place):
            starts.append(start)
            places.append(place)
    if len(starts) == 1:
        return whole
    ends = [*starts[1:], sentence.end]
    return [
        Passage(*_trimmed(report, start, end), [i for i in tolls if start <= report.tolls[i].start < end], True)
        for start, end in zip(starts, ends, strict=True)
    ]


def _break(report: Report, before: int, after: int) -> int | None:
    """Where the part of the second toll begins: at the last mark or "and" between the two."""
    found = list(_BREAK.finditer(report.text, report.tolls[before].end, report.tolls[after].start))
    return found[-1].start() if found else None


def _one_place(one: PlaceSpan, two: PlaceSpan) -> bool:
    """The same, or one of them around the other."""
    return one.name == two.name or one.name == two.governorate or two.name == one.governorate


def _trimmed(report: Report, start: int, end: int) -> tuple[int, int]:
    lead = _LEAD.match(report.text, start, end)
    start = lead.end() if lead else start
    return start, start + len(report.text[start:end].rstrip(" ,;"))
