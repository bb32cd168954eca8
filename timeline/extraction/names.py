"""Which names of the lexicon does a sentence hold, and which of its words may open speech or a place?

One look at each word answers for sources, actors and verbs of speech together. What they do there is left to speech.py,
places.py and the mentions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from timeline.extraction.lexicon import ActorEntry, Lexicon, SourceEntry
from timeline.extraction.phrases import ENDS, Phrases, without_bare_possessive
from timeline.extraction.sentences import Word, words
from timeline.extraction.speech_words import CHANNEL_WORDS, SPEECH_WORDS

# Letters from here on know no capitals (Arabic and what follows): any of their words may begin a name.
_WITHOUT_CAPITALS = "\u0620"
_HYPHENED = re.compile(r"\b([AaEe]l)-(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Names:
    """What one sentence holds, by the indexes of its words.

    ``sources`` and ``actors``: first word, number of words, whose name. ``verbs``: words of speech; ``channels``: words
    that lead to a channel. ``capitals``: words with a capital, or of a script without.
    """

    sources: list[tuple[int, int, str]]
    actors: list[tuple[int, int, ActorEntry]]
    verbs: list[int]
    channels: list[int]
    capitals: list[int]


@dataclass(frozen=True, slots=True)
class Known:
    """The names of a lexicon as they are looked up: compiled once, used for every text."""

    phrases: Phrases[str | ActorEntry]
    metonyms: Phrases[SourceEntry]
    kinds: dict[str, str]
    channels: frozenset[str]
    places: frozenset[str]  # the names of places, as keys with spaces between them
    telling: dict[str, frozenset[str]]  # the words to stop at, with those that may follow where they begin a name


_compiled: dict[Lexicon, Known] = {}


def known_names(lexicon: Lexicon) -> Known:
    """The names of a lexicon, compiled."""
    known = _compiled.get(lexicon)
    if known is None:
        named: list[tuple[str, str | ActorEntry]] = [
            (alias, entry.name) for entry in lexicon.sources for alias in _writings(entry.name, *entry.aliases)
        ]
        for actor in lexicon.actors:
            for alias in _writings(actor.name, *actor.aliases):
                named.append((alias, actor))
                if actor.kind == "person":
                    named.append((alias, actor.name))
        phrases = Phrases(named)
        spellings: dict[str, list[str]] = {name: [name] for source in lexicon.sources for name in source.metonyms}
        for place in lexicon.places:
            if place.name in spellings and place.kind in ("country", "city"):
                spellings[place.name].extend(place.aliases)
        known = _compiled[lexicon] = Known(
            phrases=phrases,
            metonyms=Phrases(
                (name, source) for source in lexicon.sources for place in source.metonyms for name in spellings[place]
            ),
            kinds={source.name: source.kind for source in lexicon.sources},
            channels=frozenset(s.name for s in lexicon.sources if s.channel or s.kind in ("agency", "outlet")),
            places=frozenset(
                " ".join(word.key for word in words(name))
                for place in lexicon.places
                if not place.cautious
                for name in (place.name, *place.aliases)
            ),
            telling=dict.fromkeys(SPEECH_WORDS, frozenset()) | phrases.second,
        )
    return known


def _writings(*names: str) -> Iterator[str]:
    """The names, and those with an Arabic article once more with a space in place of its hyphen: 'Jaish al Islam'."""
    for name in names:
        yield name
        if _HYPHENED.search(name):
            yield _HYPHENED.sub(r"\1 ", name)


def find_names(text: str, found: Sequence[Word], known: Known) -> Names:
    """The names among the words of one sentence, the longest at each place and none inside another of its sort."""
    sources: list[tuple[int, int, str]] = []
    actors: list[tuple[int, int, ActorEntry]] = []
    verbs: list[int] = []
    channels: list[int] = []
    capitals: list[int] = []
    telling, phrases = known.telling, known.phrases
    source_end = actor_end = 0
    last = len(found) - 1
    for index, (_, _, word, key) in enumerate(found):
        if word != key or key > _WITHOUT_CAPITALS:
            capitals.append(index)
        follows = telling.get(key)
        if follows is None:
            bare = without_bare_possessive(word, key)
            follows = telling.get(bare) if bare is not None else None
            if follows is None or bare in SPEECH_WORDS:
                continue
        if key in SPEECH_WORDS:
            (channels if key in CHANNEL_WORDS else verbs).append(index)
        if ENDS not in follows and (index == last or found[index + 1].key not in follows):
            continue
        source: tuple[int, str] | None = None
        actor: tuple[int, ActorEntry] | None = None
        for length, meaning in phrases.all_at(text, found, index):
            if isinstance(meaning, str):
                if source is None or length > source[0]:
                    source = length, meaning
            elif actor is None or length > actor[0]:
                actor = length, meaning
        if source is not None and index >= source_end:
            sources.append((index, *source))
            source_end = index + source[0]
        if actor is not None and index >= actor_end:
            actors.append((index, *actor))
            actor_end = index + actor[0]
    return Names(sources, actors, verbs, channels, capitals)
