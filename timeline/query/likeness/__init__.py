"""How alike are what an entry tells and what is known of an event? A score between 0 and 1, with reasons in words.

Pure: records in, a likeness out. Each question (place, days, kind, toll, words) is a file, and adds or takes weight by
the tables that stand there; which events are compared at all is left to suggestions.py.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from timeline.query.likeness.days import days_sign
from timeline.query.likeness.kinds import kind_sign
from timeline.query.likeness.places import place_sign
from timeline.query.likeness.records import Figure, KnownEvent, Sign, Spot, Told
from timeline.query.likeness.tolls import toll_sign
from timeline.query.likeness.words import words_sign

__all__ = ["THRESHOLD", "Figure", "KnownEvent", "Likeness", "Sign", "Spot", "Told", "beside_likelier", "likeness"]

# From this score on a suggestion is linked with its whole report. Of 100 pairs from 0.6 on that were drawn from 612 news
# reports of fifteen outlets and read, 85 were right, 6 wrong, 9 unclear; of 20 between 0.55 and 0.6 about half were right.
# On the demonstration reports: manage.py evaluate --links.
THRESHOLD = 0.6
# What speaks against any two being one event, before anything is known of them.
_AT_FIRST = -3.6
# Another entry of the same report tells of it: a report seldom tells one event twice.
_SAME_REPORT = -1.5
# One entry of the event fits, but the event as it stands does not: without this a wrongly linked entry draws in the next.
_STRAYED = -1.5


@dataclass(frozen=True, slots=True)
class Likeness:
    """``signs`` are the weights behind the score by question, for whoever measures."""

    score: float
    reasons: tuple[str, ...]
    signs: tuple[tuple[str, float], ...] = ()


def likeness(entry: Told, event: KnownEvent) -> Likeness:
    """The likeness of an entry and an event; 0 where place or days exclude that they are one.

    Place, days and kind are those of the reading that fits best as a whole: the event as it stands or one of its
    entries. Figures and words are compared with all of its entries.
    """
    readings = [signs for reading in event.readings if (signs := _circumstances(entry, reading, event)) is not None]
    if not readings:
        return Likeness(0.0, ())
    signs = max(readings, key=_total)
    signs |= {"toll": toll_sign(entry, event.entries), "words": words_sign(entry, event.readings)}
    if event.same_report:
        signs["report"] = Sign(_SAME_REPORT, "another entry of this report tells of it")
    total = _AT_FIRST + _total(signs)
    return Likeness(
        round(1 / (1 + math.exp(-total)), 3),
        tuple(sign.reason for sign in signs.values() if sign.reason),
        tuple((name, sign.weight) for name, sign in signs.items()),
    )


def beside_likelier(score: float, likelier: Iterable[float]) -> float:
    """The score of an event where likelier ones are there: an entry tells of one event, so what they take it has not.

    The odds of all that it may be, its being none of them included, add up to certainty.
    """
    others = sum(_odds(one) for one in likelier)
    return round(_odds(score) / (1 + others + _odds(score)), 3)


def _odds(score: float) -> float:
    return score / max(1 - score, 0.001)  # scores are rounded to three places


def _circumstances(entry: Told, reading: Told, event: KnownEvent) -> dict[str, Sign] | None:
    """Place, days and kind of one reading of the event; None where it excludes that the entry tells of it."""
    place, days = place_sign(entry, reading), days_sign(entry, reading)
    if place is None or days is None:
        return None
    signs = {"place": place, "days": days, "kind": kind_sign(entry, reading)}
    stands = event.stands
    if reading is not stands and (place_sign(entry, stands) is None or days_sign(entry, stands) is None):
        signs["event"] = Sign(_STRAYED, "the event as it stands is of another day or place")
    return signs


def _total(signs: dict[str, Sign]) -> float:
    return sum(sign.weight for sign in signs.values())
