"""Is a toll that of one event, or of the whole war up to a day?

Reads the words around a claim ("since the uprising began"); the claim itself comes from toll_rules.py.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from typing import Literal

from timeline.extraction.records import Harm, Qualifier

_WAR = r"(?:civil\swar|war|conflict|uprising|revolt|revolution|crisis|insurgency|rebellion|unrest|bloodshed)"

_MONTH = r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"

# Words that make a toll the toll of the whole war rather than of one event; but "the deadliest attack since the war
# began" is an event.
_CUMULATIVE = re.compile(
    rf"""\bsince\s+(?:the\s+)?(?:start|beginning|outbreak|onset|eruption)\b
    |\bsince\s+(?:the\s+|an?\s+|syria['’]?s\s+|their\s+|its\s+)?(?:[\w-]+\s+){{0,4}}(?:{_WAR}|fighting|protests|violence)\b(?!-)
    |\bsince\s+(?:late\s+|early\s+|mid-)?(?:{_MONTH}\s+)?(?:19|20)\d\d\b|\bsince\s+(?:last\s+|late\s+|early\s+|mid-)?{_MONTH}\b
    |\b(?:in|during|throughout|over)\s+(?:the|this|syria['’]?s|its|their|\w+\s+years\s+of|\w+\s+months\s+of)\s+(?:[\w'’-]+\s+){{0,3}}?{_WAR}\b(?!-)
    |\b(?:years?|months?|decades?)\s+of\s+(?:[\w-]+\s+)?(?:{_WAR}|fighting|violence)\b(?!-)
    |\b(?:\w+|\d+)-(?:year|month)(?:-old|-long)?\s+(?:[\w-]+\s+)?{_WAR}\b(?!-)
    |\b{_WAR}\s+(?:began|begin|broke\s+out|erupted|started)\b
    |\b(?:from|between)\s{_MONTH}\s+(?:19|20)\d\d\s+(?:to|and|until|through)\b
    |\bso\s+far\s+this\s+(?:year|month)\b
    |\b(?:in|over)\s+(?:the\s+)?(?:recent|past|last)\s+(?:[\w-]+\s+){{0,2}}(?:years|decades|decade)\b
    |\bregister(?:ed)?\b|\bregistration\b""",
    re.IGNORECASE | re.VERBOSE,
)

# One of these is in each of those expressions; most sentences hold none.
_CUMULATIVE_WORDS = frozenset(
    """
    since war conflict uprising revolt revolution crisis insurgency rebellion unrest bloodshed fighting violence year years
    months month decades decade registered register registration january february march april may june july august september
    october november december
    """.split()
)

# The same, where they lead to the toll behind them: "fighting in which 13,000 died", "a war that has killed 60,000".
_CUMULATIVE_LEAD = re.compile(
    rf"\b(?:fighting|violence|bloodshed|{_WAR}),?\s+(?:in\s+which|that\s+(?:has|have)|which\s+(?:has|have))\b"
    r"|\b(?:civil\s+war|war|conflict|uprising|revolt|revolution),?\s+(?:has|have)\b",
    re.IGNORECASE,
)

# "in the unrest" is said of one riot as of the whole crisis, "in the war" of one battle; only a toll as high as this, or
# one that "has been" in the war, is that of the whole.
_IN_THE_TURMOIL = re.compile(
    r"\b(?:in|during|throughout|over)\b.*\b(?:crisis|insurgency|unrest|bloodshed|violence|rebellion)$", re.I
)
_IN_THE_WAR = re.compile(r"\b(?:in|during|throughout|over)\b.*\b(?:war|conflict|uprising|revolt|revolution)$", re.I)
_PERFECT = re.compile(r"\b(?:have|has|had)\b", re.IGNORECASE)
_WHOLE_TURMOIL = 200

# More dead, or driven out, than one event of a war has had: a toll of the whole, whatever the words.
_BEYOND_ONE_EVENT: dict[Harm, float] = {"killed": 20_000, "displaced": 1_000_000}

_RECORD = re.compile(
    r"\b(?:deadliest|worst|bloodiest|heaviest|biggest|largest|highest|first|latest|most)\b", re.IGNORECASE
)

# Characters between a toll and such words; a clause, not a whole compound sentence.
_CUMULATIVE_REACH = 140

# Characters before such words in which a superlative makes them a comparison.
_RECORD_REACH = 60

# One flight of this many refugees is not a single event.
_REFUGEES_OF_THE_WAR = 10_000


# Words with which a report goes on to a later, a whole or another account of a toll.
_REVISING = frozenset(
    """
    altogether total totalling totaling totalled totaled overall toll tolls casualty figure figures count number risen rises
    rise rose increased climbed jumped soared reached revised updated higher later subsequent subsequently eventually latest
    now new but however although though while meanwhile whereas resident residents local locals villager villagers witness
    witnesses eyewitness eyewitnesses activist activists survivor survivors relative relatives
    """.split()
) | {"death toll", "death tolls", "casualty figure", "casualty figures", "death count", "body count"}

# "Hours after a judge was shot, nine people were killed": what came before the news.
_BEFORE_THE_NEWS = re.compile(r"\s*(?:[\w-]+\s+){0,3}?(?:after|following)\s+[^,;]*\Z", re.IGNORECASE)

# What joins the tolls of one list: "15 civilians and 27 fighters".
_LISTED = frozenset(("and", ",", ", and", "&"))

Standing = Literal["told", "revised", "before"]


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
    standing: Standing = "told"
    whole: int | None = None  # offset at which the claim that this is a part of starts


def scoped(text: str, start: int, end: int, found: Sequence[Claim], said: Set[str]) -> list[Claim]:
    """The claims of the sentence ``text[start:end]``, whose words are ``said``, those of the whole war marked.

    Each cue ("since the uprising began") speaks of the nearest toll of each harm.
    """
    if not found:
        return []  # most sentences with a harm word claim nothing: "the wounded city"
    cues: dict[int, str] = {}
    wholes = [claim for claim in found if not claim.part]
    harms = {claim.harm for claim in wholes}
    patterns = () if _CUMULATIVE_WORDS.isdisjoint(said) else ((True, _CUMULATIVE_LEAD), (False, _CUMULATIVE))
    for lead, pattern in patterns:
        for cue in pattern.finditer(text, start, end):
            if _RECORD.search(text, max(start, cue.start() - _RECORD_REACH), cue.start()):
                continue
            for harm in harms:
                before = [c for c in wholes if c.harm == harm and 0 <= cue.start() - c.start <= _CUMULATIVE_REACH]
                after = [c for c in wholes if c.harm == harm and 0 <= c.start - cue.start() <= _CUMULATIVE_REACH]
                near = after[:1] if lead else before[-1:] or after[:1]
                near = [c for c in near if _is_whole(text, start, end, cue.group(), c)]
                cues.update((claim.start, " ".join(cue.group().split())) for claim in near)
    marked: list[Claim] = []
    revises = not _REVISING.isdisjoint(said)
    follows = "after" in said or "following" in said
    last = start
    for claim in found:
        listed = text[last : claim.start].strip() in _LISTED
        last = claim.end
        if revises and not listed:
            claim = replace(claim, standing="revised")
        elif follows and _BEFORE_THE_NEWS.match(text, start, claim.start) and "," in text[claim.end : end]:
            claim = replace(claim, standing="before")
        quote = text[claim.start : claim.end].lower()
        at = claim.start if not claim.part or claim.whole is None else claim.whole
        if at in cues:
            reason = f"'{cues[at]}' makes it a toll of the whole conflict"
            claim = replace(claim, basis=f"{claim.basis}; {reason}", cumulative=True)
        elif claim.harm == "displaced" and "refugees" in quote and (claim.low or 0) >= _REFUGEES_OF_THE_WAR:
            reason = "so many refugees are a toll of the whole conflict"
            claim = replace(claim, basis=f"{claim.basis}; {reason}", cumulative=True)
        elif not claim.part and (claim.low or 0) >= _BEYOND_ONE_EVENT.get(claim.harm, math.inf):
            reason = "so many are a toll of the whole conflict"
            claim = replace(claim, basis=f"{claim.basis}; {reason}", cumulative=True)
        marked.append(claim)
    return marked


def _is_whole(text: str, start: int, end: int, cue: str, claim: Claim) -> bool:
    """Whether ``cue`` can make ``claim``, of the sentence ``text[start:end]``, a toll of the whole war."""
    if claim.low == claim.high == 1:
        return False  # somebody held "since May"
    if cue.lower().startswith("regist"):
        return claim.harm == "displaced"
    if (claim.low or claim.high or 0) >= _WHOLE_TURMOIL:
        return True
    if "-year" in cue.lower() or "-month" in cue.lower():
        return True  # "in the 30-month war"
    if _IN_THE_TURMOIL.search(cue):
        return False
    return not _IN_THE_WAR.search(cue) or bool(_PERFECT.search(text, start, end))


def leading_first(claims: Sequence[Claim]) -> list[Claim]:
    """``claims``, given in order of place, with the standing toll of each harm in front.

    The first figure told stands, unless the report comes to a higher one as a later, whole or other account; a vague
    count gives way to a figure, and what happened before the news to the news.
    """
    if len(claims) < 2:
        return list(claims)
    ranked = list(claims)
    for harm in dict.fromkeys(claim.harm for claim in claims):
        told = [c for c in claims if c.harm == harm and not c.part and not c.cumulative]
        if len(told) < 2:
            continue
        leader = min(told, key=lambda c: (c.standing == "before", c.qualifier == "vague"))
        for claim in told:
            later = claim.standing == "revised" and claim.qualifier != "vague" and claim.start > leader.start
            if later and _count(claim) > _count(leader):
                leader = claim
        if leader is not told[0]:
            ranked.remove(leader)
            ranked.insert(ranked.index(told[0]), leader)
    return ranked


def _count(claim: Claim) -> int:
    return (claim.low if claim.low is not None else claim.high) or 0
