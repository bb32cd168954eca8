"""How text is folded before it is searched: the same for what is stored and for what is asked."""

from __future__ import annotations

import re


def folded(text: str) -> str:
    """One case, one kind of apostrophe and space, no commas inside numbers: '1,429' and '1429' are the same."""
    text = text.casefold().replace("’", "'").replace("'s ", " ")
    return " ".join(re.sub(r"(?<=\d),(?=\d{3})", "", text).split())
