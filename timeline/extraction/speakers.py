"""Whom do these words name: a person, a source that the lexicon knows, or an unnamed one?

Knows the names of one report, full and short, and whom it has met so far ("he", "the group"). Which words form the
phrase is left to speaker_phrases.py, whether it speaks to speech.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from timeline.extraction.lexicon import Lexicon
from timeline.extraction.names import Names, known_names
from timeline.extraction.records import Sentence
from timeline.extraction.sentences import Word
from timeline.extraction.speech_words import (
    DETERMINERS,
    FEMALE,
    GEOGRAPHY,
    HEADS,
    MALE,
    MODIFIERS,
    NEEDS_ANTECEDENT,
    NOT_NAMES,
    ORGANISATIONS,
    PARTICLES,
    POINTS_BACK,
    PREPOSITIONS,
    TITLES,
)

# How many sentences back a pronoun or "the group" is looked up: further back a reader has lost it too.
_POINTS_BACK_SENTENCES = 3
_OF_A_BODY = frozenset("official officials source sources spokesman spokeswoman".split())
# "The source" is found further back: the word itself says which of those who spoke is meant.
_SAME_WORD_SENTENCES = 8
# A run of more words with capitals than this is a headline, not a person.
_LONGEST_NAME = 5
_SHORTEST_BARE = 6  # "al-Din" alone is nobody's name
# How an Arabic name goes on after a first name, hyphenated: "al-Assad", "ash-Sharif".
_ARTICLES = ("al-", "el-", "ad-", "ar-", "as-", "ash-", "at-", "az-")


@dataclass(frozen=True, slots=True)
class Who:
    """A noun phrase that can speak: words ``first`` to ``last`` (both included) of its sentence."""

    first: int
    last: int
    name: str
    kind: str | None


class Speakers:
    """The names in one report, read from front to back: each phrase that speaks is remembered for what points back."""

    def __init__(
        self,
        text: str,
        sentences: Sequence[Sentence],
        found: Sequence[Sequence[Word]],
        names: Sequence[Names],
        lexicon: Lexicon,
    ) -> None:
        self.text = text
        self.sentences = sentences
        self.words = found
        self.names = names
        known = known_names(lexicon)
        self.metonyms, self.kinds, self.channels = known.metonyms, known.kinds, known.channels
        self.places = known.places
        self.known = [_mark(found, names) for found, names in zip(found, names, strict=True)]
        self.full_names = self._people()
        self.last_person: tuple[int, Who] | None = None
        self.last_group: tuple[int, Who] | None = None
        self.last_of: dict[
            str, tuple[int, Who]
        ] = {}  # by the word "the" points back with: "the source", "the minister"
        self.sex: dict[str, str] = {}  # of persons, where a word for them has told it

    def _people(self) -> dict[tuple[str, ...], str]:
        """The end of every full name in the text ('Gatilov') and the full name as it is first given."""
        full: dict[tuple[str, ...], str] = {}
        for found, marks, names in zip(self.words, self.known, self.names, strict=True):
            beyond = 0
            count = len(found)
            for first in names.capitals:
                if first < beyond or marks[first] is not None or not _in_name(found[first]):
                    continue
                beyond = first + 1
                while (
                    beyond < count and marks[beyond] is None and _in_name(found[beyond]) and self.joined(found, beyond)
                ):
                    beyond += 1
                if beyond - first > 1:
                    self._remember(found, first, beyond, full)
        return full

    def _remember(self, found: Sequence[Word], first: int, beyond: int, full: dict[tuple[str, ...], str]) -> None:
        if beyond - first <= _LONGEST_NAME:
            name = self.quote(found, first, beyond - 1)
            keys = tuple(word.key for word in found[first:beyond])
            for cut in range(1, len(keys)):
                full.setdefault(keys[cut:], name)
            bare = _bare(keys[-1])
            if bare != keys[-1]:
                full.setdefault((bare,), name)  # "Yusuf el-Bustani" is "Bustani" later on

    def joined(self, found: Sequence[Word], index: int) -> bool:
        """No mark of punctuation, and no possessive, between this word and the one before."""
        before = found[index - 1]
        return self.text[before.end : found[index].start].strip(" \t\n\u00a0") in ("", ".") and not _possessive(before)

    def joined_or_possessive(self, found: Sequence[Word], index: int) -> bool:
        """No mark of punctuation between this word and the next one."""
        return self.gap(found, index).strip(" \t\n\u00a0") in ("", ".")

    def gap(self, found: Sequence[Word], index: int) -> str:
        """What stands between a word and the next one."""
        if index < 0 or index + 1 >= len(found):
            return ""
        return self.text[found[index].end : found[index + 1].start]

    def quote(self, found: Sequence[Word], first: int, last: int) -> str:
        """The words ``first`` to ``last`` as the text gives them, on one line, without a possessive ending."""
        quote = " ".join(self.text[found[first].start : found[last].end].split())
        return re.sub(r"['’]s$", "", quote)

    def particle(self, found: Sequence[Word], index: int) -> bool:
        """A small word inside a name: the "al-" of al-Assad, the "van" of van Dam."""
        word = found[index]
        if word.key.startswith(("al-", "el-")):
            return True
        return (
            word.key in PARTICLES
            and index > 0
            and found[index - 1].text[0].isupper()
            and word.key not in ("as", "at", "la")
        )

    def who(self, number: int, first: int, last: int) -> Who | None:
        """Who the words ``first`` to ``last`` name: a person, a known source, or an unnamed one."""
        found, marks = self.words[number], self.known[number]
        article = first - 1 if first and found[first - 1].key in ("the", "a", "an", "one", "another") else None
        begin = article if article is not None else first
        if (
            found[first].key in PARTICLES
            and found[first].text.islower()
            and first < last
            and "-" not in found[first].text
        ):
            first += 1
        last_mark = marks[last]
        if last_mark is None:
            name_first = last
            while (
                name_first > first
                and marks[name_first - 1] is None
                and self._named(found, name_first - 1)
                and self.joined(found, name_first)
            ):
                name_first -= 1
            if self._named(found, last):
                person = self._person(number, name_first, last, titled=name_first > first)
                if person is not None:
                    return Who(begin, last, *person)
        known = [mark for mark in marks[first : last + 1] if mark is not None]
        if known:
            name = known[-1][1]
            if name[0].islower() and found[last].key in _OF_A_BODY:
                # "Pentagon officials" are the Pentagon's
                name = next((of for _, of in reversed(known) if of[0].isupper()), name)
            return Who(begin, last, name, self.kinds.get(name, "official"))
        metonym = self.metonyms.at(self.text, found, first)
        if metonym is not None and metonym[0] == last - first + 1:
            return Who(begin, last, metonym[1].name, metonym[1].kind)
        head = found[last].key
        if head not in HEADS or (found[last].text[0].isupper() and head in ORGANISATIONS):
            return self._body(number, begin, first, last)
        definite = article is not None and found[article].key == "the"
        if definite and first == last:
            met = self.last_of.get(head)
            if met is not None and number - met[0] <= _SAME_WORD_SENTENCES:
                return replace(met[1], first=begin, last=last)
            named = self._named_so(number, head) if head in NEEDS_ANTECEDENT else None
            if named is not None:
                return Who(begin, last, named, self.kinds.get(named, "other"))
        named_itself = any(
            word.text[0].isupper()
            and word.key not in MODIFIERS
            and word.key not in HEADS
            and not word.key.endswith("-based")
            for word in found[first:last]
        )
        if definite and head in POINTS_BACK and not named_itself:
            back = self.points_to(number, last, self.last_group)
            if back is not None:
                return replace(back, first=begin, last=last)
        if definite and first == last and head in NEEDS_ANTECEDENT:
            return None
        if first == last and article is None and first and head in POINTS_BACK and found[first].text.islower():
            return None  # "the jihadist group said": which one the words do not tell
        if head in ("statement", "chief", "head", "member", "director", "father") and first == last:
            return None
        quote = self.quote(found, first, last)
        if article is not None and not definite:
            quote = self.quote(found, article, last)
        return Who(begin, last, unnamed(quote), HEADS[head])

    def _body(self, number: int, begin: int, first: int, last: int) -> Who | None:
        """A body that the lexicon lacks, by the last word of its name: 'the Orchard Street News'."""
        found = self.words[number]
        if found[last].key not in ORGANISATIONS or not found[last].text[0].isupper():
            return None
        while not found[first].text[0].isupper():
            first += 1
        if first == last:
            known = self._named_so(number, found[last].key) if begin < first else None
            return Who(begin, last, known, self.kinds.get(known, "other")) if known is not None else None
        return Who(begin, last, self.quote(found, first, last), "other")

    def _named_so(self, number: int, head: str) -> str | None:
        """The source known to the lexicon that was named last by a name that ends in this word: 'the Coalition'."""
        for back in range(number - 1, max(-1, number - 1 - _SAME_WORD_SENTENCES), -1):
            found = self.words[back]
            for index, length, name in reversed(self.names[back].sources):
                if length > 1 and found[index + length - 1].key == head:
                    return name
        return None

    def _named(self, found: Sequence[Word], index: int) -> bool:
        word = found[index]
        if word.key in TITLES or word.key in HEADS or word.key in NOT_NAMES or word.key in MODIFIERS:
            return False
        return (word.text[0].isupper() and not (word.text.isupper() and len(word.text) > 2)) or self.particle(
            found, index
        )

    def _person(self, number: int, first: int, last: int, titled: bool) -> tuple[str, str | None] | None:
        """The full name of a person, and the kind: None when a single unknown word could be anything."""
        found = self.words[number]
        if _possessive(found[last]):
            return None
        if found[last].key in GEOGRAPHY:
            return None
        if found[last].key in ORGANISATIONS:
            # A body that the lexicon lacks keeps the name it is written with.
            return (self.quote(found, first, last), "other") if first < last else None
        while last - first > 1 and found[first].key in self.places and first and found[first - 1].key in PREPOSITIONS:
            first += 1  # "an official in Idlib Omar Haddad said", where scraped text lost its commas
        keys = tuple(word.key for word in found[first : last + 1])
        if " ".join(keys) in self.places:
            return None
        full = self.full_names.get(keys)
        if full is not None:
            return full, self.kinds.get(full, "official")
        hit = self.metonyms.at(self.text, found, first)
        if hit is not None and hit[0] == last - first + 1:
            return None
        if first == last and not titled:
            return None
        return self.quote(found, first, last), "official"

    def points_to(self, number: int, last: int, met: tuple[int, Who] | None) -> Who | None:
        """Whom a word that points back means: the one met last, None where that is too many sentences ago."""
        if met is None or number - met[0] > _POINTS_BACK_SENTENCES:
            return None
        return replace(met[1], first=last, last=last)

    def pronoun(self, number: int, index: int) -> Who | None:
        """Whom "he" or "she" means: the person who spoke last, None where a word has told that it is the other sex."""
        who = self.points_to(number, index, self.last_person)
        if who is None or self.sex.setdefault(who.name, self.words[number][index].key) != self.words[number][index].key:
            return None
        return who

    def meet(self, number: int, who: Who) -> None:
        """Remember who spoke in sentence ``number``, for what points back to them."""
        for word in self.words[number][who.first : who.last + 1]:
            if word.key in HEADS or word.key in TITLES:
                self.last_of[word.key] = (number, who)
            if word.key in MALE:
                self.sex[who.name] = "he"
            elif word.key in FEMALE:
                self.sex[who.name] = "she"
        if who.name[0].islower():
            return
        if who.kind == "official":
            self.last_person = (number, who)
        else:
            self.last_group = (number, who)


def _mark(found: Sequence[Word], names: Names) -> list[tuple[int, str] | None]:
    """For each word that lies in the name of a known source: where that name began, and whose it is."""
    marks: list[tuple[int, str] | None] = [None] * len(found)
    for index, length, name in names.sources:
        marks[index : index + length] = [(index, name)] * length
    return marks


def _in_name(word: Word) -> bool:
    """Whether an unknown word can be part of a person's name: a capital first, or a particle."""
    text, key = word.text, word.key
    if not text[0].isupper():
        return (key in PARTICLES and key not in NOT_NAMES) or key.startswith(_ARTICLES)
    return not (text.isupper() and len(text) > 1) and key not in NOT_NAMES and key not in TITLES and key not in HEADS


def _possessive(word: Word) -> bool:
    return word.text.endswith(("'s", "’s", "s'", "s’"))


def _bare(key: str) -> str:
    """A surname without the article that is written onto it."""
    return key.split("-", 1)[1] if key.startswith(_ARTICLES) and len(key) > _SHORTEST_BARE else key


def unnamed(quote: str) -> str:
    """An unnamed source keeps its words, in small letters except for names: 'a Syrian official'."""
    head, _, rest = quote.partition(" ")
    known = head.lower() in DETERMINERS or (
        (head.lower() in HEADS or head.lower() in MODIFIERS) and not rest[:1].isupper()
    )
    return (head.lower() if known else head) + (f" {rest}" if rest else "")
