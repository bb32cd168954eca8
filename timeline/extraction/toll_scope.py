"""Is a toll that of one event, or of the whole war up to a day?

Reads the words around a claim ("since the uprising began"); the claim itself comes from toll_rules.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from timeline.extraction.records import Harm, Qualifier

_WAR = r"(?:civil\swar|war|conflict|uprising|revolt|revolution|crisis|insurgency|rebellion|unrest|bloodshed)"

_MONTH = r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"

# Words that make a toll the toll of the whole war rather than of one event; but "the deadliest attack since the war
# began" is an event.
_CUMULATIVE = re.compile(
    rf"""\bsince\s(?:the\s)?(?:start|beginning|outbreak|onset|eruption)\b
    |\bsince\s(?:the\s|an?\s|syria['’]?s\s|their\s|its\s)?(?:[\w-]+\s){{0,4}}(?:{_WAR}|fighting|protests|violence)\b(?!-)
    |\bsince\s(?:late\s|early\s|mid-)?(?:{_MONTH}\s)?(?:19|20)\d\d\b|\bsince\s(?:last\s|late\s|early\s|mid-)?{_MONTH}\b
    |\b(?:in|during|throughout|over)\s(?:the|this|syria['’]?s|its|their|\w+\syears\sof|\w+\smonths\sof)\s(?:[\w'’-]+\s){{0,3}}?{_WAR}\b(?!-)
    |\b(?:years?|months?|decades?)\sof\s(?:[\w-]+\s)?(?:{_WAR}|fighting|violence)\b(?!-)
    |\b(?:\w+|\d+)-(?:year|month)(?:-old|-long)?\s(?:[\w-]+\s)?{_WAR}\b(?!-)
    |\b{_WAR}\s(?:began|begin|broke\sout|erupted|started)\b
    |\b(?:from|between)\s{_MONTH}\s(?:19|20)\d\d\s(?:to|and|until|through)\b
    |\bso\sfar\sthis\s(?:year|month)\b
    |\bregister(?:ed)?\b|\bregistration\b""",
    re.IGNORECASE | re.VERBOSE,
)

# The same, where they lead to the toll behind them: "fighting in which 13,000 died", "a war that has killed 60,000".
_CUMULATIVE_LEAD = re.compile(
    rf"\b(?:fighting|violence|bloodshed|{_WAR}),?\s(?:in\swhich|that\s(?:has|have)|which\s(?:has|have))\b"
    r"|\b(?:civil\swar|war|conflict|uprising|revolt|revolution),?\s(?:has|have)\b",
    re.IGNORECASE,
)

_RECORD = re.compile(
    r"\b(?:deadliest|worst|bloodiest|heaviest|biggest|largest|highest|first|latest|most)\b", re.IGNORECASE
)

# Characters between a toll and such words; a clause, not a whole compound sentence.
_CUMULATIVE_REACH = 140

# Characters before such words in which a superlative makes them a comparison.
_RECORD_REACH = 60

# One flight of this many refugees is not a single event.
_REFUGEES_OF_THE_WAR = 10_000


@dataclass(frozen=True, slots=True)
class Claim:
    """A toll before it has its place in the list of the whole text."""

    start: int
    end: int
    harm: Harm
    low: int | None
    high: int | None
    qualifier: Qualifier
    victims: str | None
    basis: str
    part: bool = False
    weak: bool = False  # one person, told in passing: counts only where the text gives no other toll of this harm
    cumulative: bool = False
    whole: int | None = None  # offset at which the claim that this is a part of starts


def scoped(text: str, start: int, end: int, found: Sequence[Claim]) -> list[Claim]:
    """The claims of the sentence ``text[start:end]``, those of the whole war marked.

    Each cue ("since the uprising began") speaks of the nearest toll of each harm.
    """
    if not found:
        return []  # most sentences with a harm word claim nothing: "the wounded city"
    cues: dict[int, str] = {}
    wholes = [claim for claim in found if not claim.part]
    harms = {claim.harm for claim in wholes}
    for lead, pattern in ((True, _CUMULATIVE_LEAD), (False, _CUMULATIVE)):
        for cue in pattern.finditer(text, start, end):
            if _RECORD.search(text, max(start, cue.start() - _RECORD_REACH), cue.start()):
                continue
            for harm in harms:
                before = [c for c in wholes if c.harm == harm and 0 <= cue.start() - c.start <= _CUMULATIVE_REACH]
                after = [c for c in wholes if c.harm == harm and 0 <= c.start - cue.start() <= _CUMULATIVE_REACH]
                near = after[:1] if lead else before[-1:] or after[:1]
                cues.update((claim.start, " ".join(cue.group().split())) for claim in near)
    marked: list[Claim] = []
    for claim in found:
        quote = text[claim.start : claim.end].lower()
        at = claim.start if not claim.part or claim.whole is None else claim.whole
        if at in cues:
            reason = f"'{cues[at]}' makes it a toll of the whole conflict"
            claim = replace(claim, basis=f"{claim.basis}; {reason}", cumulative=True)
        elif claim.harm == "displaced" and "refugees" in quote and (claim.low or 0) >= _REFUGEES_OF_THE_WAR:
            reason = "so many refugees are a toll of the whole conflict"
            claim = replace(claim, basis=f"{claim.basis}; {reason}", cumulative=True)
        marked.append(claim)
    return marked
