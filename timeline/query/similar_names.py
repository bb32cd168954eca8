"""Which known source a proposed name may be another name of: by the words they share, the rarer the more telling.

It only proposes. Whether two names are one source is an editor's decision (curation/names.py).
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from timeline.extraction.lexicon import load
from timeline.models import Source

LIMIT = 3  # proposals a name: more is a list to search, and there is a box for that

# Of 1. Below it two names share a word such as "Syrian" or "minister" and no more.
LEAST = 0.45
# How alike two words must be to count as spellings of one: "Abdulrahman" and "Abdelrahman" are 0.91, "Homs" and "Hama" 0.5.
SPELLING = 0.86
_SHORTEST_SPELLING = 5  # letters: of shorter words one letter makes another word

_LEFT_OUT = frozenset(
    "a al an and as at based by el for from his her in its of on or s that the their to who whose with one said".split()
)
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Similar:
    """A known source with how like the proposed name it is, from LEAST to 1, and the name of its that is."""

    source: Source
    score: float
    by_name: str


def similar_names(proposed: Iterable[Source], limit: int = LIMIT) -> dict[int, list[Similar]]:
    """For each proposed source, by its key, the known ones it may be, best first. Two queries and the lexicon."""
    known = list(Source.objects.standing().filter(status=Source.Status.KNOWN))
    names = _names_of(known)
    words = {name: _words(name) for source in names for name in names[source]}
    seen = Counter(word for source in names for word in set().union(*(words[name] for name in names[source])))
    by_word: dict[str, set[int]] = defaultdict(set)
    for source, spelled in names.items():
        for name in spelled:
            for word in words[name]:
                by_word[word].add(source)
            if len(words[name]) > 2:
                by_word[_initials(name)].add(source)
    sources = {source.pk: source for source in known}
    weights = {word: math.log(1 + len(known) / number) for word, number in seen.items()}
    rare = math.log(1 + max(len(known), 1))
    found = {}
    for one in proposed:
        own = _words(one.name)
        spellings = {word: _spelled_like(word, by_word) for word in own}
        candidates = {pk for alike in spellings.values() for word in alike for pk in by_word[word] if pk != one.pk}
        scored = []
        for pk in candidates:
            score, name = max((_score(own, name, words[name], spellings, weights, rare), name) for name in names[pk])
            if score >= LEAST:
                scored.append(Similar(sources[pk], round(score, 2), name))
        found[one.pk] = sorted(scored, key=lambda s: (-s.score, s.source.name))[:limit]
    return found


def _names_of(known: list[Source]) -> dict[int, list[str]]:
    """A source's own name, those merged into it, and the lexicon's other names for it."""
    names = {source.pk: [source.name] for source in known}
    merged = Source.objects.filter(merged_into__in=names).values_list("merged_into", "name")
    for pk, name in merged:
        if pk is not None:
            names[pk].append(name)
    aliases = {entry.name: entry.aliases for entry in load("syria").sources}
    for source in known:
        names[source.pk] += aliases.get(source.lexicon_key or "", ())
    return names


def _words(name: str) -> frozenset[str]:
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    found = [word for word in _WORD.findall(plain) if word not in _LEFT_OUT]
    return frozenset(word[:-1] if len(word) > 3 and word.endswith("s") else word for word in found)


def _initials(name: str) -> str:
    return "".join(word[0] for word in _WORD.findall(name.casefold()) if word not in {"the", "and", "of"})


def _spelled_like(word: str, by_word: dict[str, set[int]]) -> list[str]:
    """The word itself where names hold it, else those that are spelled nearly so."""
    if word in by_word:
        return [word]
    if len(word) < _SHORTEST_SPELLING:
        return []
    near = (other for other in by_word if other[0] == word[0] and abs(len(other) - len(word)) <= 2)
    return [other for other in near if SequenceMatcher(None, word, other).ratio() >= SPELLING]


def _score(
    own: frozenset[str],
    name: str,
    words: frozenset[str],
    spellings: dict[str, list[str]],
    weights: dict[str, float],
    rare: float,
) -> float:
    """The weight that both share, of the weight of the shorter and of both together, half and half."""
    if own == {_initials(name)}:
        return 0.95  # "SOHR"
    shared = {other for alike in spellings.values() for other in alike if other in words}
    common = sum(weights[word] for word in shared)
    if not common:
        return 0.0
    mine = sum(weights.get(word, rare) if alike else rare for word, alike in spellings.items())
    theirs = sum(weights[word] for word in words)
    return 0.5 * common / min(mine, theirs) + 0.5 * common / max(common, mine + theirs - common)
