"""How alike the wording of two reports is, and the bands by which a database finds reports that may be alike.

Pure: texts in, numbers out. What follows from a likeness, and where the bands are kept, is left to copies.py.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Any

# Three words in a row: of two, reports of one war share a tenth without being copies (fa-kes, 194,376 pairs: 59 % of
# them); of three, 6 %. Of four or more, a synonym in every sentence breaks too many.
SHINGLE = 3
# The opening, in words: a brief is often cut from the first sentences of a long report, whose whole is mostly new to it.
LEAD = 60
QUOTATION = 5  # words that a quotation has at the least to be one of its own; “unacceptable” is anybody's
OWN = 4  # a text whose own words are fewer than one in four is a quotation, and compared as one
LONGEST = 40_000  # characters that are compared; the longest report in the collections this was built with has 35,000

# Bands of two minima each: reports with four tenths of their shingles in common share one of 24 with a probability of
# 98 %, with a hundredth, as unrelated ones have, of 0.2 %. Of the lead, bands of one: a rewrite keeps little but the
# opening, and of openings with two tenths in common 93 % share one of 12.
ROWS = 2
WHOLE_BANDS = 24
LEAD_ROWS = 1
LEAD_BANDS = 12
# The bands stored depend on these, on SHINGLE and on how words are folded: after a change, run ``manage.py group_copies``.
SEED = 20120525

# What is quoted belongs to the speaker: two reports of one speech are two reports. Straight marks count only where they
# stand as opening and closing ones do, so that a missing one does not turn a report inside out.
_QUOTED = re.compile(r"“[^”\n]{0,1500}”|«[^»\n]{0,1500}»|(?<![\w.,!?])\"(?=\w)[^\"\n]{0,1500}(?<=[\w.,!?…])\"(?!\w)")
_APOSTROPHE = re.compile(r"['’ʼ]")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_WORD = re.compile(r"[^\W_]+")
_FIGURE = re.compile(r"\d+")
# Small counts are written out; "one" is too common a word to be a figure.
_WRITTEN = dict(
    zip(
        "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen twenty".split(),
        "2 3 4 5 6 7 8 9 10 11 12 13 14 15 20".split(),
        strict=True,
    )
)
# Arabic as it is typed: vowel signs, the lengthening stroke, and letters with and without hamza or dots.
_ARABIC = {**dict.fromkeys([*range(0x64B, 0x653), 0x640]), **str.maketrans("أإآىة", "ااايه")}


@dataclass(frozen=True, slots=True)
class Wording:
    """The shingles of a report in their order, without what it quotes; its figures; its quotations of some length."""

    shingles: tuple[str, ...]
    figures: frozenset[str]
    quotations: frozenset[str]

    @property
    def lead(self) -> tuple[str, ...]:
        return self.shingles[:LEAD]


@dataclass(frozen=True, slots=True)
class Likeness:
    """Shares from 0 to 1. ``contained``: of the shorter's shingles, those that the longer has too; ``first`` and
    ``second`` of its halves. ``jaccard``: of all shingles, those in both. ``figures``: of the figures of the one with
    fewer, those of the other; None where one gives none. ``told``: how many figures and quotations both have.
    ``shorter``: how many shingles the shorter has."""

    jaccard: float
    contained: float
    first: float
    second: float
    figures: float | None
    told: int
    shorter: int


def wording(text: str) -> Wording:
    """What is compared of a text. Of one that is little more than a quotation, the quotation too."""
    text = text[:LONGEST]
    own = _words(_QUOTED.sub(" ", text))
    everything = _words(text)
    words = own if OWN * len(own) >= len(everything) else everything
    if len(words) < SHINGLE:
        shingles: tuple[str, ...] = (" ".join(words),) if words else ()
    else:
        shingles = tuple(" ".join(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1))
    quoted = (_words(match[0]) for match in _QUOTED.finditer(text))
    return Wording(
        shingles,
        frozenset(_WRITTEN.get(word, word) for word in everything if word in _WRITTEN or _FIGURE.fullmatch(word)),
        frozenset(" ".join(words) for words in quoted if len(words) >= QUOTATION),
    )


def _words(text: str) -> list[str]:
    text = unicodedata.normalize("NFKC", text).casefold().translate(_ARABIC)
    return _WORD.findall(_THOUSANDS.sub("", _APOSTROPHE.sub("", text)))


def likeness(one: Wording, other: Wording) -> Likeness:
    """How alike two wordings are, whichever comes first."""
    shorter, longer = sorted((one, other), key=lambda wording: len(wording.shingles))
    there = set(longer.shingles)
    distinct = set(shorter.shingles)
    common = len(distinct & there)
    middle = (len(shorter.shingles) + 1) // 2
    fewer, more = sorted((one.figures, other.figures), key=len)
    return Likeness(
        jaccard=_share(common, len(distinct | there)),
        contained=_share(common, len(distinct)),
        first=found(shorter.shingles[:middle], there),
        second=found(shorter.shingles[middle:], there),
        figures=_share(len(fewer & more), len(fewer)) if fewer else None,
        told=len(fewer & more) + len(one.quotations & other.quotations),
        shorter=len(shorter.shingles),
    )


def found(shingles: tuple[str, ...], there: set[str]) -> float:
    """The share of ``shingles`` that stand in ``there``."""
    distinct = set(shingles)
    return _share(len(distinct & there), len(distinct))


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def bands(wording: Wording) -> list[int]:
    """A signed 64-bit value a band, in their order: first those of the whole, then those of the lead. Empty for no words."""
    if not wording.shingles:
        return []
    minima = _minima(wording.shingles, WHOLE_BANDS, ROWS) + _minima(wording.lead, LEAD_BANDS, LEAD_ROWS)
    return [int.from_bytes(hashlib.blake2b(value, digest_size=8).digest(), "little", signed=True) for value in minima]


def _minima(shingles: tuple[str, ...], size: int, rows: int) -> list[bytes]:
    sketch = _sketch(size * rows)
    sketch.update_batch([shingle.encode() for shingle in set(shingles)])
    values = sketch.hashvalues.astype("<u4")
    return [values[at : at + rows].tobytes() for at in range(0, size * rows, rows)]


def _sketch(permutations: int) -> Any:
    # datasketch brings SciPy, half a second that only those wait for who take in a report.
    from datasketch import MinHash

    return MinHash(num_perm=permutations, seed=SEED, scheme="affine32", permutations=_permutations(permutations))


@cache
def _permutations(number: int) -> Any:
    from datasketch import MinHash

    return MinHash(num_perm=number, seed=SEED, scheme="affine32").permutations
