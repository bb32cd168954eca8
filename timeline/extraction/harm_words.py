"""The words of a sentence as the toll rules see them: numbers, harm words, persons, and the small words between.

Reads the word lists of lexicon/harm.tsv. Who was harmed is victims.py's question, which claim is made is tolls.py's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

from timeline.extraction.numbers import OPENERS, NumberSpan, find_numbers, may_open
from timeline.extraction.records import HARMS, Harm

_LEXICON = Path(__file__).parent / "lexicon" / "harm.tsv"
_TRIGGER_ROLES = frozenset("past finite ing stative of count lives lose toll".split())
_LETTERS = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|\w+(?:['’.&/-]\w+)*|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Person:
    """A noun for persons: the plural category of victims it names, None for "people", and whether it is plural."""

    category: str | None
    plural: bool


@dataclass(frozen=True, slots=True)
class Lexicon:
    """harm.tsv in memory. ``phrases`` maps a first word to the harm phrases it opens, longest first."""

    phrases: Mapping[str, tuple[tuple[tuple[str, ...], Harm, frozenset[str]], ...]]
    persons: Mapping[str, Person]
    agents: frozenset[str]
    things: frozenset[str]
    adverbs: frozenset[str]
    bounds: frozenset[str]
    telling: frozenset[str]
    special: frozenset[str]  # words that may open a harm phrase or read as another word

    def harm_in(self, text: str, start: int, end: int) -> bool:
        """Whether any word of ``text[start:end]`` can be of a harm phrase: most sentences of a report have none."""
        return not self.telling.isdisjoint(_LETTERS.findall(text[start:end].lower()))


# A "sentence" with more harm words than this is a table or worse, of which only so much is read; the richest of 14,000
# sentences of news has 6. Only a sentence of many words is counted through.
_MOST_HARMS = 24
_MANY_WORDS = 200


_token = tuple.__new__


class Token(NamedTuple):
    """A word, a mark, a whole number with its qualifier, or a whole harm phrase of the sentence."""

    start: int
    end: int
    word: str  # in lower case; "#" for a number
    capital: bool
    number: NumberSpan | None
    harm: Harm | None
    roles: frozenset[str]


_BORE = frozenset("sustained suffered sustaining suffering sustain suffer suffers received receiving with".split())
_WOUNDS = frozenset("injuries injury wounds burns suffocation".split())
# Names that would read as small words.
_CAPITALS = {"IS": "isis", "US": "u.s.", "WHO": "w.h.o.", "Said": "sa'id"}
_NO_ROLES: frozenset[str] = frozenset()


@cache
def lexicon() -> Lexicon:
    """The word lists, read once. Raises ValueError naming the line of harm.tsv that cannot be read."""
    roles: dict[tuple[str, ...], tuple[Harm, set[str]]] = {}
    persons: dict[str, Person] = {}
    sets: dict[str, set[str]] = {name: set() for name in ("agent", "thing", "adverb", "bound")}
    for number, line in enumerate(_LEXICON.read_text(encoding="utf-8").splitlines(), start=1):
        if not line or line.startswith("#"):
            continue
        try:
            role, value, words = line.split("\t")
        except ValueError:
            raise ValueError(f"{_LEXICON.name} line {number}: want role, value and words with tabs between") from None
        for word in words.lower().split():
            if role in _TRIGGER_ROLES:
                harm = next((known for known in HARMS if known == value), None)
                if harm is None:
                    raise ValueError(f"{_LEXICON.name} line {number}: unknown harm {value!r}; use one of {HARMS}")
                roles.setdefault(tuple(word.split("_")), (harm, set()))[1].add(role)  # type: ignore[arg-type]
            elif role in ("person", "singular"):
                # The later line wins, so that the particular categories below the general one hold.
                persons[word] = Person(None if value == "-" else value, role == "person")
            elif role in sets:
                sets[role].add(word)
            else:
                raise ValueError(f"{_LEXICON.name} line {number}: unknown role {role!r}")
    phrases: dict[str, list[tuple[tuple[str, ...], Harm, frozenset[str]]]] = {}
    for words_, (harm_, names) in roles.items():
        phrases.setdefault(words_[0], []).append((words_, harm_, frozenset(names)))
    for options in phrases.values():
        options.sort(key=lambda option: -len(option[0]))
    return Lexicon(
        phrases={first: tuple(options) for first, options in phrases.items()},
        persons=persons,
        agents=frozenset(sets["agent"]),
        things=frozenset(sets["thing"]),
        adverbs=frozenset(sets["adverb"]),
        bounds=frozenset(sets["bound"]),
        # Of a phrase its longest word: "in custody" must not let every "in" through.
        special=frozenset(phrases) | _BORE | {word.lower() for word in _CAPITALS},
        telling=frozenset({max(phrase, key=len) for phrase in roles} | _BORE - {"with"} | {"refugees", "idps"}),
    )


def read(text: str, start: int, end: int) -> list[Token]:
    """The tokens of ``text[start:end]``: a number with its qualifier, and a harm phrase, is one token each."""
    words = lexicon()
    raw = [(m.start(), m.end(), m.group()) for m in _WORD.finditer(text, start, end)]
    lower = [r[2].lower() for r in raw]
    if len(raw) > _MANY_WORDS:
        harms = [index for index, word in enumerate(lower) if word in words.telling]
        if len(harms) > _MOST_HARMS:
            raw = raw[: harms[_MOST_HARMS]]
            lower = lower[: len(raw)]
    openings = [
        r[0] for r, word in zip(raw, lower, strict=True) if word in OPENERS or (not word.isalpha() and may_open(word))
    ]
    numbers = iter(find_numbers(text, start, end, openings) if openings else ())
    number = next(numbers, None)
    phrases, special = words.phrases, words.special
    tokens: list[Token] = []
    index, size = 0, len(raw)
    while index < size:
        begin, finish, spelled = raw[index]
        if (number is None or begin < number.start) and lower[index] not in special:
            # nearly every word, so made by the shortest way
            tokens.append(_token(Token, (begin, finish, lower[index], spelled[0].isupper(), None, None, _NO_ROLES)))
            index += 1
            continue
        while number and number.end <= begin:
            number = next(numbers, None)
        if number and number.start <= begin:
            while index < len(raw) and raw[index][0] < number.end:
                index += 1
            tokens.append(Token(number.start, number.end, "#", False, number, None, _NO_ROLES))
            continue
        word = _CAPITALS.get(spelled) or lower[index]
        harm: Harm | None = None
        roles = _NO_ROLES
        index += 1
        for phrase, phrase_harm, phrase_roles in phrases.get(word, ()):
            length = len(phrase)
            if length == 1 or phrase[1:] == tuple(lower[index : index + length - 1]):
                if length > 1:
                    index += length - 1
                    finish, word = raw[index - 1][1], " ".join(phrase)
                harm, roles = phrase_harm, phrase_roles
                break
        if word in _BORE:
            # "sustained serious gunshot wounds": what lies between does not matter, unless it is a number
            for ahead in range(index, min(index + 5, len(raw))):
                if lower[ahead] in _WOUNDS:
                    index, finish, harm, roles = ahead + 1, raw[ahead][1], "injured", frozenset({"stative"})
                    word = text[begin:finish].lower()
                    break
                if not raw[ahead][2].isalpha() or (number and number.start <= raw[ahead][0] < number.end):
                    break
        tokens.append(Token(begin, finish, word, spelled[0].isupper(), None, harm, roles))
    return tokens
