"""Is it the same kind of event, or one that is often told for the other?"""

from __future__ import annotations

from timeline.query.likeness.records import Sign, Told

# What happens every day somewhere says less, when told by both, than what is rare.
_EVERYDAY = frozenset("shelling air_strike armed_clash shooting protest statement other".split())
# Few in the whole war; and a town is besieged once at a time.
_RARE = frozenset("massacre chemical_attack veto siege".split())
_SAME_RARE, _SAME, _SAME_EVERYDAY = 1.6, 1.2, 0.6
# One happening is told as any of these: by its means, by what it was, or by what it was part of.
_VIOLENT = frozenset(
    "massacre air_strike shelling armed_clash bombing shooting execution chemical_attack siege other".split()
)
_REPRESSION = frozenset("protest shooting detention massacre siege other".split())
_TALK = frozenset("ceasefire agreement negotiation statement sanction resolution veto other".split())
_NEAR = ((_VIOLENT, 0.0), (_REPRESSION, -0.4), (_TALK, -0.6))
_OTHER_KIND = -3.0


def kind_sign(entry: Told, event: Told) -> Sign:
    one, other = entry.kind, event.kind
    if one == other:
        weight = _SAME_RARE if one in _RARE else _SAME_EVERYDAY if one in _EVERYDAY else _SAME
        return Sign(weight, f"both tell of: {_in_words(one)}")
    for group, weight in _NEAR:
        if one in group and other in group:
            return Sign(weight, f"{_in_words(one)} and {_in_words(other)} are often told of one event")
    return Sign(_OTHER_KIND, f"{_in_words(one)} is not {_in_words(other)}")


def _in_words(kind: str) -> str:
    return kind.replace("_", " ")
