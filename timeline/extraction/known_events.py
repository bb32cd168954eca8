"""Which event, known already, does an entry of a report tell of?

Compares place, kind and toll. What follows for the day on which the report was published is left to dating.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from timeline.extraction.records import KnownEvent, MentionSpan, TollSpan

# What officials say is told everywhere and at all times: it names no event by place and kind.
_UNTOLD = frozenset(("statement", "negotiation", "other"))
# Harm to persons. "The Houla attack" is the massacre there: one violent kind is taken for another at some loss.
_VIOLENT = frozenset(
    "massacre air_strike shelling armed_clash bombing shooting execution chemical_attack siege other".split()
)
_OTHER_KIND_LOSS = 0.95
# A toll of many persons is hardly that of two events at one place, a toll of one or two may be that of any.
_BY_TOLL = ((50, 0.95), (20, 0.9), (10, 0.75), (5, 0.55), (0, 0.3))
# The very number is a better sign than one that only fits ("at least 40", and 44 known) or comes near: first counts
# differ from later ones, though seldom by more than this factor.
_FITTING_LOSS, _NEAR_LOSS, COUNT_FACTOR = 0.7, 0.45, 1.5
# Without a toll place and kind are left, of which a war repeats itself.
_BY_KIND, _BY_PLACE = 0.3, 0.15
# In the same governorate the toll must be such that few events have it.
_GOVERNORATE_LOSS, MANY = 0.6, 20
# Matches beyond these, an entry, are too many to tell apart.
_KEPT = 8


@dataclass(frozen=True, slots=True)
class Match:
    """An entry and the event that it may tell of; ``likeness`` is between 0 and 1, ``signs`` say what they share."""

    mention: MentionSpan
    event: KnownEvent
    likeness: float
    signs: str


def matches(
    mentions: Sequence[MentionSpan], tolls: Sequence[TollSpan], known: Sequence[KnownEvent]
) -> list[list[Match]]:
    """For each entry that may tell of known events, these events, the likeliest first."""
    found = []
    for mention in mentions:
        if mention.kind == "statement":
            continue
        counts = [tolls[i] for i in mention.tolls if tolls[i].harm == "killed" and tolls[i].scope == "event"]
        whole = next((toll for toll in counts if toll.part_of is None and toll.qualifier != "vague"), None)
        alike = [match for event in known if (match := _match(mention, whole, event)) is not None]
        if alike:
            found.append(sorted(alike, key=lambda match: -match.likeness)[:_KEPT])
    return found


def _match(mention: MentionSpan, toll: TollSpan | None, event: KnownEvent) -> Match | None:
    where = _same_place(mention, event)
    kind = _same_kind(mention.kind, event.kind)
    if not where or not kind:
        return None
    signs = "the same place" if where == 1 else "the same governorate"
    if toll is None or (event.killed_low is None and event.killed_high is None):
        # Without a toll on both sides the place must be the very one.
        if where < 1 or event.kind in _UNTOLD:
            return None
        if kind == 1:
            return Match(mention, event, _BY_KIND, f"{signs} and kind")
        return Match(mention, event, _BY_PLACE, signs)
    persons = toll.low or toll.high or 0
    counts = [count for count in (event.killed_low, event.killed_high) if count is not None]
    by_toll = next(likeness for least, likeness in _BY_TOLL if persons >= least) * kind * where
    if not any(_close(persons, count) for count in counts) or (where < 1 and persons < MANY):
        return None
    low, high = event.killed_low, event.killed_high
    within = low is not None and high is not None and low <= persons <= high <= low * COUNT_FACTOR
    if persons in counts or within:
        return Match(mention, event, round(by_toll, 3), f"{signs} and toll")
    if _exclude(toll, event):
        return Match(mention, event, round(by_toll * _NEAR_LOSS, 3), f"{signs} and nearly the same toll")
    return Match(mention, event, round(by_toll * _FITTING_LOSS, 3), f"{signs} and a toll that fits")


def _exclude(toll: TollSpan, event: KnownEvent) -> bool:
    """Whether the tolls cannot both be right."""
    low, high = event.killed_low, event.killed_high
    return (toll.high is not None and low is not None and low > toll.high) or (
        toll.low is not None and high is not None and toll.low > high
    )


def _close(persons: int, count: int) -> bool:
    return persons <= count * COUNT_FACTOR and count <= persons * COUNT_FACTOR


def _same_place(mention: MentionSpan, event: KnownEvent) -> float:
    if mention.place is not None and event.place is not None and mention.place.casefold() == event.place.casefold():
        return 1.0
    one, other = mention.governorate, event.governorate
    return _GOVERNORATE_LOSS if one is not None and other is not None and one.casefold() == other.casefold() else 0.0


def _same_kind(one: str, other: str) -> float:
    if one == other:
        return 1.0
    return _OTHER_KIND_LOSS if one in _VIOLENT and other in _VIOLENT else 0.0
