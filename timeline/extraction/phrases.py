"""Which fixed phrases stand among the words of a sentence?

Looks names and trigger words up word by word, whatever their number. What they mean is left to those who ask.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, Generic, TypeVar

from timeline.extraction.sentences import Word, words

Meaning = TypeVar("Meaning")

# What may stand between two words of a phrase besides the usual space.
_SAME_PHRASE = re.compile(r"[\s.'’\u00a0-]*\Z")
# Acronyms match capitals only; a longer name in capitals is one that the lexicon writes so.
_LONGEST_ACRONYM = 5
_BARE_POSSESSIVE_FROM = 5  # letters, the s among them
# How the first letter must be written: as it comes, not small, or a capital followed by another.
_ANY, _NOT_SMALL, _CAPITALS = range(3)
# The key under which a node of the tree keeps the phrases that end there: no word is empty.
ENDS = ""


class Phrases(Generic[Meaning]):
    """Fixed phrases and what they mean, in a tree of words: the time does not grow with the number of phrases.

    A phrase of capitals ('US', 'AP') matches capitals only, one that begins with a capital needs one in the text.
    """

    def __init__(self, phrases: Iterable[tuple[str, Meaning]]) -> None:
        self._tree: dict[str, dict[str, Any]] = {}
        for phrase, meaning in phrases:
            keys = [word.key for word in words(phrase)]
            if not keys:
                continue
            node: dict[str, Any] = self._tree
            for key in keys:
                node = node.setdefault(key, {})
            node.setdefault(ENDS, []).append((_writing(phrase), meaning))
        # Nearly every word of a text begins no phrase: one look here answers for it.
        self.first = frozenset(self._tree)
        # And for most of the others ("the", "a") one look at the word after them; ENDS stands for none.
        self.second = {key: frozenset(node) for key, node in self._tree.items()}

    def at(self, text: str, found: Sequence[Word], index: int) -> tuple[int, Meaning] | None:
        """The longest phrase that begins at ``found[index]``: how many words it has, and what it means."""
        ends = self._ends(text, found, index)
        return (ends[-1][0], ends[-1][1][0]) if ends else None

    def all_at(self, text: str, found: Sequence[Word], index: int) -> list[tuple[int, Meaning]]:
        """Every phrase that begins at ``found[index]``, the shortest first; of equals, the first given first."""
        return [(length, meaning) for length, meanings in self._ends(text, found, index) for meaning in meanings]

    def _ends(self, text: str, found: Sequence[Word], index: int) -> list[tuple[int, list[Meaning]]]:
        """Where phrases that begin at ``found[index]`` end: after how many words, and which."""
        ends: list[tuple[int, list[Meaning]]] = []
        first = found[index]
        node: dict[str, Any] | None = self._tree.get(first.key)
        count = len(found)
        if node is None:
            bare = without_bare_possessive(first.text, first.key)
            node = self._tree.get(bare) if bare is not None else None
        if node is None or (ENDS not in node and (index + 1 == count or found[index + 1].key not in node)):
            return ends
        length = 1
        while node is not None:
            entries = node.get(ENDS)
            if entries:
                fitting = [meaning for writing, meaning in entries if not writing or _written(writing, first.text)]
                if fitting:
                    ends.append((length, fitting))
            beyond = index + length
            if beyond == count:
                break
            following = found[beyond]
            before, node = node, node.get(following.key)
            if node is None:
                bare = without_bare_possessive(following.text, following.key)
                node = before.get(bare) if bare is not None else None
                if node is None:
                    break
            gap = text[found[beyond - 1].end : following.start]
            if gap != " " and not _SAME_PHRASE.match(gap):
                break
            length += 1
        return ends


def without_bare_possessive(word: str, key: str) -> str | None:
    """ "Syrias Aleppo": scraped text loses apostrophes. The key without that s, None for a word that has none."""
    if key[-1] == "s" and len(key) >= _BARE_POSSESSIVE_FROM and word[0].isupper():
        return key[:-1]
    return None


def _writing(phrase: str) -> int:
    if phrase.isupper() and len(phrase) <= _LONGEST_ACRONYM:
        return _CAPITALS
    return _NOT_SMALL if phrase[0].isupper() else _ANY


def _written(writing: int, word: str) -> bool:
    if writing == _CAPITALS:
        return word.replace(".", "")[:2].isupper()
    return not word[0].islower()
