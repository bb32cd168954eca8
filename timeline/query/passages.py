"""Evidence as it is shown: the sentence around a passage, and a whole text cut into marked segments."""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from timeline.extraction.sentences import split


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with the passage inside it: before + marked + after."""

    before: str
    marked: str
    after: str


@dataclass(frozen=True, slots=True)
class Mark:
    """Something extracted: ``kind`` is date, toll, attribution or entry; ``note`` says what was read there.

    ``anchor`` names it within its page, ``href`` leads to where it is used.
    """

    start: int
    end: int
    kind: str
    note: str
    anchor: str = ""
    href: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of text under the same marks. ``opens`` are the marks that begin here, ``closes`` those that end here."""

    text: str
    marks: tuple[Mark, ...]
    opens: tuple[Mark, ...]
    closes: tuple[Mark, ...]

    @property
    def inline(self) -> Mark | None:
        """The innermost date, toll or attribution that covers this run."""
        return next((mark for mark in reversed(self.marks) if mark.kind != "entry"), None)

    @property
    def in_entry(self) -> bool:
        return any(mark.kind == "entry" for mark in self.marks)


def sentences_around(text: str, passages: Sequence[tuple[int, int]]) -> list[Sentence]:
    """For each passage (start, end) the sentence that holds it, or the sentences it runs over."""
    found = split(text)
    starts = [sentence.start for sentence in found]
    around = []
    for start, end in passages:
        first = max(bisect.bisect_right(starts, start) - 1, 0)
        last = max(bisect.bisect_left(starts, end) - 1, first)
        low = min(found[first].start, start) if found else start
        high = max(found[last].end, end) if found else end
        around.append(Sentence(text[low:start], text[start:end], text[end:high]))
    return around


def segments(text: str, marks: Iterable[Mark]) -> list[Segment]:
    """Cut ``text`` where marks begin or end. The texts of the segments, joined, are ``text`` again."""
    inside = sorted((m for m in marks if 0 <= m.start < m.end <= len(text)), key=lambda m: (m.start, -m.end))
    cuts = sorted({0, len(text), *(m.start for m in inside), *(m.end for m in inside)})
    cut = []
    active: list[Mark] = []
    waiting = iter(inside)
    upcoming = next(waiting, None)
    for start, end in itertools.pairwise(cuts):
        active = [m for m in active if m.end > start]
        opens = []
        while upcoming is not None and upcoming.start == start:
            opens.append(upcoming)
            upcoming = next(waiting, None)
        active += opens
        cut.append(Segment(text[start:end], tuple(active), tuple(opens), tuple(m for m in active if m.end == end)))
    return cut
