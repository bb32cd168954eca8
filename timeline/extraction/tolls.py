"""How many persons does a text say were killed, injured, missing, detained or displaced?

For each harm word of a sentence: whom does it govern, how many are they, is that the toll of one event or of the war.
Who says so is left to attribution.py, when and where to others. The rules stand in toll_rules.py.
"""

from __future__ import annotations

from collections.abc import Sequence

from timeline.extraction.harm_words import lexicon
from timeline.extraction.records import Scope, Sentence, TollSpan
from timeline.extraction.sentences import Word
from timeline.extraction.toll_rules import Reader
from timeline.extraction.toll_scope import Claim, leading_first

# A "sentence" longer than this is a list or a text without stops; it is read in pieces, so that time stays linear.
_LONGEST_PIECE = 3_000


def find_tolls(
    text: str, sentences: Sequence[Sentence], words: Sequence[Sequence[Word]] | None = None
) -> tuple[TollSpan, ...]:
    """The toll claims of ``text`` in order of place, the standing toll of each harm before those it replaces.

    ``words`` are those of each sentence, where the caller has them. ``source`` and ``via`` are left open. A sub-count
    points (``part_of``) at the place of its whole in the returned tuple.
    """
    lists = lexicon()
    claims: list[Claim] = []
    for number, sentence in enumerate(sentences):
        if words is not None and lists.telling.isdisjoint([word.key for word in words[number]]):
            continue
        if words is not None and sentence.end - sentence.start <= _LONGEST_PIECE:
            claims.extend(Reader(text, sentence.start, sentence.end, lists).claims())
            continue
        for start, end in _pieces(text, sentence):
            if lists.harm_in(text, start, end):
                claims.extend(Reader(text, start, end, lists).claims())
    return _settled(text, claims)


def _pieces(text: str, sentence: Sentence) -> list[tuple[int, int]]:
    pieces: list[tuple[int, int]] = []
    start = sentence.start
    while sentence.end - start > _LONGEST_PIECE:
        cut = text.rfind(" ", start + 1, start + _LONGEST_PIECE)
        cut = cut if cut > start else start + _LONGEST_PIECE
        pieces.append((start, cut))
        start = cut
    pieces.append((start, sentence.end))
    return pieces


def _settled(text: str, claims: list[Claim]) -> tuple[TollSpan, ...]:
    """Drop what is only told in passing where more is known, order the rest, and point parts at their wholes."""
    strong = {claim.harm for claim in claims if not claim.weak and not claim.part}
    kept: list[Claim] = []
    wholes: list[Claim | None] = []  # of each kept claim, the one it is a part of
    for claim in sorted(claims, key=lambda c: (c.start, c.end)):
        if claim.weak:
            if claim.harm in strong:
                continue
            strong.add(claim.harm)
        kept.append(claim)
    for claim in kept:
        whole: Claim | None = None
        if claim.part:
            alike = [c for c in kept if not c.part and c.harm == claim.harm]
            if claim.whole is None:
                whole = next((c for c in reversed(alike) if c.start < claim.start), None)
            else:
                whole = next((c for c in reversed(alike) if c.start == claim.whole), None)
        wholes.append(whole)
    ranked = leading_first(kept)
    place_of = {id(claim): place for place, claim in enumerate(ranked)}
    parts = {id(claim): whole for claim, whole in zip(kept, wholes, strict=True)}
    spans: list[TollSpan] = []
    for claim in ranked:
        whole = parts[id(claim)]
        scope: Scope = "cumulative" if claim.cumulative else "event"
        spans.append(
            TollSpan(
                claim.start,
                claim.end,
                text[claim.start : claim.end],
                claim.harm,
                claim.low,
                claim.high,
                claim.qualifier,
                claim.victims,
                scope,
                None if whole is None else place_of[id(whole)],
                None,
                None,
                claim.basis,
            )
        )
    return tuple(spans)
