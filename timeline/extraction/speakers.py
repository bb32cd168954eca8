"""Whom do these words name: a person, a source that the lexicon knows, or an unnamed one?

Knows the names of one report, full and short, and whom it has met so far ("he", "the group"). Which words form the
phrase is left to speaker_phrases.py, whether it speaks to speech.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from timeline.extraction.lexicon import Lexicon, SourceEntry
from timeline.extraction.records import Sentence
from timeline.extraction.sentences import Phrases, Word
from timeline.extraction.speech_words import (
    DETERMINERS,
    HEADS,
    MODIFIERS,
    NOT_NAMES,
    ORGANISATIONS,
    PARTICLES,
    POINTS_BACK,
    TITLES,
)

# How many sentences back a pronoun or "the group" is looked up: further back a reader has lost it too.
_POINTS_BACK_SENTENCES = 3
# How an Arabic name goes on after a first name, hyphenated: "al-Assad", "ash-Sharif".
_ARTICLES = ("al-", "el-", "ad-", "ar-", "as-", "ash-", "at-", "az-")


@dataclass(frozen=True, slots=True)
class Who:
    """A noun phrase that can speak: words ``first`` to ``last`` (both included) of its sentence."""

    first: int
    last: int
    name: str
    kind: str | None


@dataclass(frozen=True, slots=True)
class _Names:
    """The names of a lexicon as they are looked up: compiled once, used for every text."""

    sources: Phrases[str]
    metonyms: Phrases[SourceEntry]
    kinds: dict[str, str]
    channels: frozenset[str]


_compiled: dict[Lexicon, _Names] = {}


def _names(lexicon: Lexicon) -> _Names:
    names = _compiled.get(lexicon)
    if names is None:
        aliases = [(alias, entry.name) for entry in lexicon.sources for alias in (entry.name, *entry.aliases)]
        for actor in lexicon.actors:
            if actor.kind == "person":
                aliases.extend((alias, actor.name) for alias in (actor.name, *actor.aliases))
        names = _compiled[lexicon] = _Names(
            sources=Phrases(aliases),
            metonyms=Phrases((name, source) for source in lexicon.sources for name in source.metonyms),
            kinds={source.name: source.kind for source in lexicon.sources},
            channels=frozenset(s.name for s in lexicon.sources if s.channel or s.kind in ("agency", "outlet")),
        )
    return names


class Speakers:
    """The names in one report, read from front to back: each phrase that speaks is remembered for what points back."""

    def __init__(
        self, text: str, sentences: Sequence[Sentence], found: Sequence[Sequence[Word]], lexicon: Lexicon
    ) -> None:
        self.text = text
        self.sentences = sentences
        names = _names(lexicon)
        self.phrases, self.metonyms, self.kinds, self.channels = (
            names.sources,
            names.metonyms,
            names.kinds,
            names.channels,
        )
        self.words = found
        self.known: list[list[tuple[int, str] | None]] = [self._mark(found) for found in self.words]
        self.full_names = self._people()
        self.last_person: tuple[int, Who] | None = None
        self.last_group: tuple[int, Who] | None = None
        self.last_unnamed: tuple[int, Who] | None = None

    def _mark(self, found: Sequence[Word]) -> list[tuple[int, str] | None]:
        """For each word that lies in a known name: where that name began, and whose it is."""
        marks: list[tuple[int, str] | None] = [None] * len(found)
        for index, length, name in self.phrases.each_in(self.text, found):
            marks[index : index + length] = [(index, name)] * length
        return marks

    def _people(self) -> dict[tuple[str, ...], str]:
        """The end of every full name in the text ('Gatilov') and the full name as it is first given."""
        full: dict[tuple[str, ...], str] = {}
        for found, marks in zip(self.words, self.known, strict=True):
            run: list[int] = []
            for index, (word, mark) in enumerate(zip(found, marks, strict=True)):
                if mark is None and _in_name(word):
                    if run and not self.joined(found, index):
                        self._remember(found, run, full)
                        run = []
                    run.append(index)
                elif run:
                    self._remember(found, run, full)
                    run = []
            self._remember(found, run, full)
        return full

    def _remember(self, found: Sequence[Word], run: list[int], full: dict[tuple[str, ...], str]) -> None:
        while run and found[run[0]].key in PARTICLES and found[run[0]].text.islower() and "-" not in found[run[0]].text:
            run = run[1:]
        if 2 <= len(run) <= 5:
            name = self.quote(found, run[0], run[-1])
            for cut in range(1, len(run)):
                full.setdefault(tuple(found[i].key for i in run[cut:]), name)

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
            return Who(begin, last, name, self.kinds.get(name, "official"))
        metonym = self.metonyms.at(self.text, found, first)
        if metonym is not None and metonym[0] == last - first + 1:
            return Who(begin, last, metonym[1].name, metonym[1].kind)
        head = found[last].key
        if head not in HEADS:
            return None
        definite = article is not None and found[article].key == "the"
        if definite and head in POINTS_BACK:
            back = self.points_to(number, last, self.last_group)
            if back is not None:
                return replace(back, first=begin, last=last)
        if definite and first == last and head in ("source", "sources"):
            back = self.points_to(number, last, self.last_unnamed)
            if back is not None:
                return replace(back, first=begin, last=last)
        if head in ("statement", "chief", "head", "member", "director", "father") and first == last:
            return None
        quote = self.quote(found, first, last)
        if article is not None and (not definite or (first == last and head in (*POINTS_BACK, "source"))):
            quote = self.quote(found, article, last)
        return Who(begin, last, unnamed(quote), HEADS[head])

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
        if found[last].key in ORGANISATIONS:
            # A body that the lexicon lacks keeps the name it is written with.
            return (self.quote(found, first, last), "other") if first < last else None
        keys = tuple(word.key for word in found[first : last + 1])
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

    def meet(self, number: int, who: Who) -> None:
        """Remember who spoke in sentence ``number``, for what points back to them."""
        if who.name[0].islower():
            if "source" in who.name:
                self.last_unnamed = (number, who)
            return
        if who.kind == "official":
            self.last_person = (number, who)
        else:
            self.last_group = (number, who)


def _in_name(word: Word) -> bool:
    """Whether an unknown word can be part of a person's name: a capital first, or a particle."""
    text, key = word.text, word.key
    if not text[0].isupper():
        return (key in PARTICLES and key not in NOT_NAMES) or key.startswith(_ARTICLES)
    return not (text.isupper() and len(text) > 1) and key not in NOT_NAMES and key not in TITLES and key not in HEADS


def _possessive(word: Word) -> bool:
    return word.text.endswith(("'s", "’s", "s'", "s’"))


def unnamed(quote: str) -> str:
    """An unnamed source keeps its words, in small letters except for names: 'a Syrian official'."""
    head, _, rest = quote.partition(" ")
    known = head.lower() in HEADS or head.lower() in MODIFIERS or head.lower() in DETERMINERS
    return (head.lower() if known else head) + (f" {rest}" if rest else "")
