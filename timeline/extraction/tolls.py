"""How many persons does a text say were killed, injured, missing, detained or displaced?

For each harm word of a sentence: whom does it govern, how many are they, is that the toll of one event or of the war.
Who says so is left to attribution.py, when and where to others. The rules stand in toll_rules.py.
"""

from __future__ import annotations

from collections.abc import Sequence

from timeline.extraction.harm_words import lexicon
from timeline.extraction.records import Scope, Sentence, TollSpan
from timeline.extraction.toll_rules import Reader
from timeline.extraction.toll_scope import Claim

# A "sentence" longer than this is a list or a text without stops; it is read in pieces, so that time stays linear.
_LONGEST_PIECE = 3_000


def find_tolls(text: str, sentences: Sequence[Sentence]) -> tuple[TollSpan, ...]:
    """The toll claims of ``text`` in order of place, ``source`` and ``via`` left open.

    A sub-count points (``part_of``) at the place of its whole in the returned tuple.
    """
    words = lexicon()
    claims: list[Claim] = []
    for sentence in sentences:
        for start, end in _pieces(text, sentence):
            if words.harm_in(text, start, end):
                claims.extend(Reader(text, start, end, words).claims())
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
    for claim in sorted(claims, key=lambda c: (c.start, c.end)):
        if claim.weak:
            if claim.harm in strong:
                continue
            strong.add(claim.harm)
        kept.append(claim)
    spans: list[TollSpan] = []
    last_whole: dict[str, int] = {}
    for index, claim in enumerate(kept):
        part_of: int | None = None
        if claim.part:
            for place, other in enumerate(kept):
                if not other.part and other.start == claim.whole and other.harm == claim.harm:
                    part_of = place
            if part_of is None and claim.whole is None:
                part_of = last_whole.get(claim.harm)
        else:
            last_whole[claim.harm] = index
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
                part_of,
                None,
                None,
                claim.basis,
            )
        )
    return tuple(spans)
