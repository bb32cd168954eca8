"""Are the figures the same, or such as can have grown out of one another?"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

from timeline.query.likeness.records import Figure, Sign, Told

# (persons, weight): the very number of many persons is hardly that of two events, that of one or two may be any's.
_EQUAL = ((100, 3.2), (50, 2.8), (20, 2.2), (10, 1.6), (5, 1.0), (3, 0.6), (1, 0.2))
_ANOTHER_EQUAL = 0.5  # of the weight, for a second figure that is the same (the injured, the children)
_BY_ONE_SOURCE = 0.4  # added where one source gives it in both
# Both can be right ("at least 40", 44), or one is near the other: first counts differ by little from later ones.
_FITS = ((50, 1.2), (20, 0.8), (5, 0.3), (0, 0.0))
NEAR_FACTOR = 1.5
# Beyond this factor hardly anybody counts the same dead.
_FAR_FACTOR = 4.0
_FAR, _DIFFERENT = -1.2, -0.3
# "Last week's massacre" tells of a toll without giving one: the event of that place with so many killed.
_MASSACRE, MANY = 1.0, 20
_INJURED = 0.6  # of the weight, where it is not the dead that are counted


def toll_sign(entry: Told, event: Sequence[Told]) -> Sign:
    """Compares every figure of the entry with every one that is known of the event, a harm at a time."""
    known = [figure for reading in event for figure in reading.figures if not figure.vague and figure.number]
    told = [figure for figure in entry.figures if not figure.vague and figure.number]
    pairs = [(one, other) for one, other in product(told, known) if one.harm == other.harm]
    if not pairs:
        return _massacre(entry, event, told, known)
    equal = sorted(((_equal_weight(*pair), pair) for pair in pairs if _equal(*pair)), key=lambda one: -one[0])
    if equal:
        weight, (figure, other) = equal[0]
        another = next((w for w, (f, _) in equal[1:] if (f.harm, f.number) != (figure.harm, figure.number)), 0.0)
        words = f"{figure.number:,} {figure.harm} in both"
        if figure.source and figure.source == other.source:
            words += f", according to {figure.source}"
        return Sign(weight + _ANOTHER_EQUAL * another, words)
    whole = [pair for pair in pairs if pair[0].of_all and pair[1].of_all and pair[0].harm == "killed"]
    if not whole:
        return Sign(0.0)
    one, other = min(whole, key=lambda pair: _factor(*pair))
    factor = _factor(one, other)
    words = f"{one.number:,} and {other.number:,} killed"
    if factor <= NEAR_FACTOR:
        least = min(one.number, other.number)
        return Sign(next(weight for persons, weight in _FITS if least >= persons), f"close tolls: {words}")
    return Sign(_FAR if factor > _FAR_FACTOR else _DIFFERENT, f"tolls differ: {words}")


def _massacre(entry: Told, event: Sequence[Told], told: Sequence[Figure], known: Sequence[Figure]) -> Sign:
    """One speaks of a massacre and gives no figure, the other a figure of many killed."""
    for figures, other in ((known, [entry]), (told, event)):
        killed = max((figure.number for figure in figures if figure.harm == "killed"), default=0)
        if killed >= MANY and any(reading.kind == "massacre" for reading in other):
            return Sign(_MASSACRE, f"told of as a massacre, and {killed:,} killed")
    return Sign(0.0)


def _equal(one: Figure, other: Figure) -> bool:
    return one.number == other.number


def _equal_weight(one: Figure, other: Figure) -> float:
    weight = next(weight for persons, weight in _EQUAL if one.number >= persons)
    if one.source and one.source == other.source:
        weight += _BY_ONE_SOURCE
    return weight if one.harm == "killed" else weight * _INJURED


def _factor(one: Figure, other: Figure) -> float:
    return max(one.number, other.number) / min(one.number, other.number)
