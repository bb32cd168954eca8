"""Whether a page still says what was quoted from it, and which sentence took the place of one that went.

Words are compared, not characters: white space, quotation marks, dashes, case, vowel signs and whatever else stands on the
page around the report make no difference. What follows from a difference is left to watching.py.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass

from timeline.extraction.sentences import split

# Of two sentences, the share of words in common from which one is taken for the other rewritten. Of the rewritings in
# tests/ingest/test_comparing.py the least alike have 0.56, of other sentences on the same event the most alike 0.12.
ALIKE = 0.4
# Words in a row that two texts are compared by, and the share of the old ones' that a page must still have to be the same
# report. Of the 388,752 ordered pairs of FA-KES, all on one war, 0.3 % share as much; a notice that a page is gone, a
# log-in or a front page shares nearly none.
RUN = 3
SAME_REPORT = 0.15

_THOUSANDS = re.compile(r"(?<=\d)[,٬'’\u202f](?=\d{3}(?!\d))")
_WORD = re.compile(r"\w+")
_TATWEEL = "\u0640"


@dataclass(frozen=True, slots=True)
class PageWords:
    """The words of a page, ready to be asked."""

    line: str
    runs: frozenset[tuple[str, ...]]

    @classmethod
    def of(cls, *texts: str) -> PageWords:
        """Of several readings of one page: what stands in any of them stands on the page."""
        found = [words(text) for text in texts]
        return cls("\n".join(_line(one) for one in found), frozenset(run for one in found for run in _runs(one)))

    def says(self, sentence: str) -> bool:
        """Whether the page holds the sentence's words in a row. A sentence without words is not missed."""
        asked = words(sentence)
        return not asked or _line(asked) in self.line

    def is_report(self, text: str) -> bool:
        """Whether the page shows the same report as ``text``, changed or not, and not something else altogether."""
        runs = set(_runs(words(text)))
        if not runs:
            return self.says(text)
        return len(runs & self.runs) >= SAME_REPORT * len(runs)


def words(text: str) -> list[str]:
    """The words of a text, each in one form: one case, no vowel signs, European digits, no commas inside numbers."""
    text = unicodedata.normalize("NFKD", _THOUSANDS.sub("", text)).casefold()
    kept = (
        str(unicodedata.decimal(ch)) if ch.isdecimal() else ch
        for ch in text
        if unicodedata.category(ch) not in ("Mn", "Cf") and ch != _TATWEEL
    )
    return _WORD.findall("".join(kept))


def _line(found: list[str]) -> str:
    return f" {' '.join(found)} "


def _runs(found: list[str]) -> list[tuple[str, ...]]:
    return [tuple(found[place : place + RUN]) for place in range(len(found) - RUN + 1)]


def sentence_at(text: str, start: int, end: int) -> str:
    """The sentence that a passage stands in, or the sentences that it runs over."""
    around = [sentence for sentence in split(text) if sentence.start < end and sentence.end > start]
    return text[around[0].start : around[-1].end] if around else text[start:end]


def successor(sentence: str, old: str, new: str) -> tuple[int, int] | None:
    """Where in ``new`` stands what ``sentence`` of ``old`` has become; None where nothing is like it.

    A sentence that stood in the old text already is nobody's successor.
    """
    before = PageWords.of(old)
    asked = Counter(words(sentence))
    best: tuple[float, tuple[int, int]] | None = None
    for candidate in split(new):
        words_there = new[candidate.start : candidate.end]
        if before.says(words_there):
            continue
        likeness = _likeness(asked, Counter(words(words_there)))
        if likeness >= ALIKE and (best is None or likeness > best[0]):
            best = likeness, (candidate.start, candidate.end)
    return best[1] if best else None


def _likeness(first: Counter[str], second: Counter[str]) -> float:
    """Twice the words in common by all words of both, whatever their order: 1 for the same words, 0 for none."""
    total = first.total() + second.total()
    return 2 * (first & second).total() / total if total else 0.0
