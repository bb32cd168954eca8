"""Two wordings of the same thing, side by side: which words went, which came."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

# Words of both texts together beyond which comparing takes longer than a page may: about half a second. Longer ones are
# shown without marks.
MOST_WORDS = 20_000

_PIECE = re.compile(r"\s*\S+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words and the white space before it; ``changed`` where the other wording does not have it there."""

    space: str
    text: str
    changed: bool


@dataclass(frozen=True, slots=True)
class SideBySide:
    """The old wording and the new one, each cut where they begin or cease to differ."""

    old: list[Piece]
    new: list[Piece]


def side_by_side(old: str, new: str) -> SideBySide:
    """Compare word by word. The texts of the pieces, joined, are the texts again, but for white space at their ends."""
    before, after = _PIECE.findall(old), _PIECE.findall(new)
    if len(before) + len(after) > MOST_WORDS:
        return SideBySide([Piece("", old, False)], [Piece("", new, False)])
    matcher = SequenceMatcher(None, [word.strip() for word in before], [word.strip() for word in after], autojunk=False)
    olds, news = [], []
    for kind, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        olds += _piece(before[old_from:old_to], kind != "equal")
        news += _piece(after[new_from:new_to], kind != "equal")
    return SideBySide(olds, news)


def _piece(words: list[str], changed: bool) -> list[Piece]:
    joined = "".join(words)
    text = joined.lstrip()
    return [Piece(joined[: len(joined) - len(text)], text, changed)] if words else []
