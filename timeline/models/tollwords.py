"""How a toll is said in words: one claim with its qualifier, or the span from a low to a high figure."""

from __future__ import annotations

import re

from timeline.models.toll import TollClaim

_VAGUE = re.compile(r"\b(tens|dozens|scores|hundreds|thousands)\b", re.IGNORECASE)


def span(low: int | None, high: int | None) -> str:
    """'108', '92–108', '78 or more', 'up to 1,300'; empty where there is no number."""
    if low is None and high is None:
        return ""
    if low is None:
        return f"up to {high:,}"
    if high is None:
        return f"{low:,} or more"
    return f"{low:,}" if low == high else f"{low:,}–{high:,}"


def vague_word(claim: TollClaim) -> str:
    """'dozens' of a claim that gives no number; empty where its words hold none of these."""
    word = _VAGUE.search(claim.quote) if claim.qualifier == "vague" else None
    return word[1].lower() if word else ""


def claim_in_words(claim: TollClaim) -> str:
    """'108', 'at least 78', 'more than 90', 'about 200', 'up to 1,300', '320–400', '13,000 feared', 'dozens'."""
    low, high = claim.low, claim.high
    if word := vague_word(claim):
        return word
    match claim.qualifier:
        case "more_than" if low is not None and high is None:
            return f"more than {low:,}"
        case "at_least" if low is not None and high is None:
            return f"at least {low:,}"
        case "less_than" if high is not None and low is None:
            return f"fewer than {high:,}"
        case "about" if low == high:
            return f"about {low:,}"
        case "feared" if low == high:
            return f"{low:,} feared"
    return span(low, high)
