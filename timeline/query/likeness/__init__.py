"""How alike are what an entry tells and what is known of an event? A score between 0 and 1, with reasons in words.

Pure: records in, a likeness out. Each question (place, days, kind, toll, words) is a file, and adds or takes weight by
the tables that stand there; which events are compared at all is left to suggestions.py.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from timeline.query.likeness.days import days_sign
from timeline.query.likeness.kinds import kind_sign
from timeline.query.likeness.places import place_sign
from timeline.query.likeness.records import Figure, KnownEvent, Sign, Spot, Told
from timeline.query.likeness.tolls import toll_sign
from timeline.query.likeness.words import words_sign

__all__ = ["THRESHOLD", "Figure", "KnownEvent", "Likeness", "Sign", "Spot", "Told", "likeness"]

# From this score on a suggestion is linked with its whole report.
THRESHOLD = 0.6
# What speaks against any two being one event, before anything is known of them.
_AT_FIRST = -3.6
# Another entry of the same report tells of it: a report seldom tells one event twice.
_SAME_REPORT = -1.5


@dataclass(frozen=True, slots=True)
class Likeness:
    """``signs`` are the weights behind the score by question, for whoever measures."""

    score: float
    reasons: tuple[str, ...]
    signs: tuple[tuple[str, float], ...] = ()


def likeness(entry: Told, event: KnownEvent) -> Likeness:
    """The likeness of an entry and an event; 0 where place or days exclude that they are one."""
    readings = event.readings
    place, days = place_sign(entry, readings), days_sign(entry, readings)
    if place is None or days is None:
        return Likeness(0.0, ())
    signs = {
        "place": place,
        "days": days,
        "kind": kind_sign(entry, readings),
        "toll": toll_sign(entry, readings),
        "words": words_sign(entry, readings),
    }
    if event.same_report:
        signs["report"] = Sign(_SAME_REPORT, "another entry of this report tells of it")
    total = _AT_FIRST + sum(sign.weight for sign in signs.values())
    return Likeness(
        round(1 / (1 + math.exp(-total)), 3),
        tuple(sign.reason for sign in signs.values() if sign.reason),
        tuple((name, sign.weight) for name, sign in signs.items()),
    )
