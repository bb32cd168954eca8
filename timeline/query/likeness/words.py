"""Do they use the same telling words? Those that every report of the war uses are left out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from timeline.extraction.lexicon import load
from timeline.models.text import folded
from timeline.query.likeness.records import Sign, Told

_WORD = re.compile(r"[^\W\d_]+")
_EACH, _MOST = 0.4, 4  # a shared word's weight, and how many count
# Nothing in common speaks against them only where both say enough.
_NONE, _ENOUGH = -0.3, 6
_SHORTEST = 4  # letters; shorter ones are mostly joints
# English and French inflect at the end: words that begin with the same six letters are one word.
_STEM = 6
# Reports that copy an agency tell an event in the same sentence: so many words of it, and the share that is the same.
_LONG, _ALIKE, _SAME_SENTENCE = 8, 0.7, 2.5
_SAID = 3  # words that a reason repeats


@cache
def _everyday() -> frozenset[str]:
    lines = (Path(__file__).parent / "everyday_words.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


@cache
def _names_of_places() -> frozenset[str]:
    names = (name for entry in load("syria").places for name in (entry.name, entry.name_ar or "", *entry.aliases))
    return frozenset(word for name in names for word in _WORD.findall(folded(name)))


def telling_words(folded_text: str) -> frozenset[str]:
    """The words of a folded text that not every report has; names of places are told by the places."""
    found = {word for word in _WORD.findall(folded_text) if len(word) >= _SHORTEST}
    return frozenset(found - _everyday() - _names_of_places())


def wording(folded_text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", folded_text))


def words_sign(entry: Told, event: Iterable[Told]) -> Sign:
    """The entry of the event with the most words in common: many entries together share some with anything."""
    if any(_same_sentence(entry.wording, reading.wording) for reading in event):
        return Sign(_SAME_SENTENCE, "nearly the same sentence")
    shared = max((_shared(entry.words, reading.words) for reading in event), key=len, default=[])
    if not shared:
        enough = len(entry.words) >= _ENOUGH and any(len(reading.words) >= _ENOUGH for reading in event)
        return Sign(_NONE if enough else 0.0)
    words = ", ".join(f"“{word}”" for word in shared[:_SAID])
    return Sign(_EACH * min(len(shared), _MOST), f"both say {words}")


def _same_sentence(one: frozenset[str], other: frozenset[str]) -> bool:
    return min(len(one), len(other)) >= _LONG and len(one & other) >= _ALIKE * len(one | other)


def _shared(one: frozenset[str], other: frozenset[str]) -> list[str]:
    stems = {word[:_STEM] for word in other}
    found = {word[:_STEM]: word for word in one if word[:_STEM] in stems}
    return sorted(found.values(), key=lambda word: (-len(word), word))
