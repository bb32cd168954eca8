"""Which words of the report say an entry's kind, place, actors and sources, where no evidence is stored for them.

They are found again by the engine's own lexicon, nearest to the entry's passage; nothing is decided by them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from timeline.extraction.kinds import find_triggers
from timeline.extraction.lexicon import load
from timeline.extraction.names import find_names, known_names
from timeline.extraction.places import find_places
from timeline.extraction.sentences import split, words
from timeline.models import Mention, TollClaim

# Characters before and after the passage in which its words are looked for: some ten sentences, and a bound on the
# time that a report of a megabyte takes.
_NEAR = 2_000


@dataclass(frozen=True, slots=True)
class Said:
    """A passage of the report."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class SaidWords:
    """None, or no entry under the key, where the report does not say it in words that the lexicon knows."""

    kind: Said | None = None
    place: Said | None = None
    actors: list[Said] = field(default_factory=list)
    sources: dict[int, Said] = field(default_factory=dict)  # by the key of the claim


def said_words(mention: Mention, claims: Iterable[TollClaim], lexicon: str = "syria") -> SaidWords:
    """The words behind an entry and its claims. ``mention.article`` and ``mention.place`` are fetched already."""
    text = mention.article.text
    start, end = max(0, mention.start - _NEAR), min(len(text), mention.end + _NEAR)
    window = text[start:end]
    near = (mention.start - start, mention.end - start)
    known = load(lexicon)

    def said(found: Iterable[tuple[int, int]]) -> Said | None:
        best = min(found, key=lambda passage: _distance(passage, near), default=None)
        return Said(best[0] + start, best[1] + start, window[best[0] : best[1]]) if best else None

    sentences = [(s, words(window, s.start, s.end)) for s in split(window)]
    told = [found for s, found in sentences if s.start < near[1] and near[0] < s.end]
    triggers = [t for found in told for t in find_triggers(window, found, known) if t.kind == mention.kind]
    named: dict[str, list[tuple[int, int]]] = {}
    wanted = set(mention.actors)
    if wanted:
        names = known_names(known)
        for _, found in sentences:
            for first, length, actor in find_names(window, found, names).actors:
                named.setdefault(actor.name, []).append((found[first].start, found[first + length - 1].end))
    return SaidWords(
        kind=said((t.start, t.end) for t in triggers),
        place=said(_places(window, mention)),
        actors=[one for name in mention.actors if (one := said(named.get(name, [])))],
        sources=_sources(mention, claims),
    )


def _places(window: str, mention: Mention) -> list[tuple[int, int]]:
    place = mention.place
    if place is None:
        return []
    names = {place.name, place.name_ar, (place.lexicon_key or "").rpartition("|")[2], *place.other_names} - {""}
    spans = find_places(window, load())
    found = [(span.start, span.end) for span in spans if span.name in names or span.text in names]
    at = window.find(place.name)
    return found or ([(at, at + len(place.name))] if at != -1 else [])


def _sources(mention: Mention, claims: Iterable[TollClaim]) -> dict[int, Said]:
    """The words by which each claim's source is named: the attribution nearest to the claim."""
    attributions: Sequence[dict[str, int | str]] = mention.article.extraction.get("attributions", [])
    found = {}
    for claim in claims:
        if claim.source is None:
            continue
        own = {claim.source.name, claim.source.lexicon_key}
        said = [(int(a["start"]), int(a["end"])) for a in attributions if a["speaker"] in own]
        if said:
            start, end = min(said, key=lambda passage: _distance(passage, (claim.start, claim.end)))
            found[claim.pk] = Said(start, end, mention.article.text[start:end])
    return found


def _distance(passage: tuple[int, int], other: tuple[int, int]) -> int:
    """Characters between two passages; 0 where they share any."""
    return max(passage[0] - other[1], other[0] - passage[1], 0)
