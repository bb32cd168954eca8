"""Is it the same place, or its surroundings?"""

from __future__ import annotations

import math
import re

from timeline.query.likeness.records import Sign, Spot, Told

# What being told of the same place says. In a village little happens twice on one day; in a city several things do.
_SAME = {"city": 1.7, "governorate": 0.6, "country": 0.0}
_SAME_SMALL = 2.4
# (kilometres, weight): quarters of a city and villages around a town are named one for the other.
_NEAR = ((5.0, 1.2), (15.0, 0.6), (25.0, 0.0))
NEAR_KM = _NEAR[-1][0]
_INSIDE = 0.4  # a governorate and a place in it: reports give the one for the other
_SAME_GOVERNORATE = -1.5
_COUNTRY = -0.3  # a country and a place in it
_UNTOLD = -0.5  # no place on one side
# The passage names the event's place, though the entry has another or none.
_NAMED, _NAMED_CITY = 1.6, 0.8
# The same where the entry has a place of its own: a sentence may name two, or say where the news was given out. Where
# passage and title both name the event's place, it is the entry's own that was misread.
_NAMED_BESIDE = 0.8
_WIDE = frozenset(("governorate", "country"))
_EARTH_KM = 6371.0


def place_sign(entry: Told, event: Told) -> Sign | None:
    """None where the places exclude each other."""
    here, there = entry.place, event.place
    if here is None and there is None:
        return Sign(0.0)
    named = _named(entry, event)
    if here is None or there is None:
        return named or Sign(_UNTOLD)
    met = _relation(here, there)
    if named and here.kind not in _WIDE and there.kind not in _WIDE and not _named_often(entry, event):
        named = Sign(_NAMED_BESIDE, named.reason)
    if named and (met is None or met.weight < named.weight):
        return named
    return met


def _relation(here: Spot, there: Spot) -> Sign | None:
    if here.pk == there.pk:
        return Sign(_SAME.get(here.kind, _SAME_SMALL), f"same place: {here.name}")
    if here.governorate is not None and here.governorate == there.governorate and _WIDE & {here.kind, there.kind}:
        inner, outer = (there, here) if here.kind in _WIDE else (here, there)
        return Sign(_INSIDE, f"{inner.name} is in {outer.name}")
    if "country" in (here.kind, there.kind) and here.country == there.country:
        return Sign(_COUNTRY)
    apart = kilometres(here, there)
    if apart is not None:
        for most, weight in _NEAR:
            if apart <= most:
                return Sign(weight, f"{here.name} is {max(apart, 1):.0f} km from {there.name}")
    if here.governorate is not None and here.governorate == there.governorate:
        return Sign(_SAME_GOVERNORATE, f"{here.name} and {there.name} are in one governorate")
    return None


def _named(one: Told, other: Told) -> Sign | None:
    for text, place in ((one.text, other.place), (other.text, one.place)):
        if place is not None and place.kind not in _WIDE and times_named(text, place):
            return Sign(_NAMED_CITY if place.kind == "city" else _NAMED, f"the words name {place.name}")
    return None


def _named_often(entry: Told, event: Told) -> bool:
    place = event.place
    return place is not None and times_named(entry.text, place) > 1


def times_named(text: str, place: Spot) -> int:
    """How often the folded text holds a name of the place as whole words."""
    return sum(len(re.findall(rf"(?<!\w){re.escape(name)}(?!\w)", text)) for name in place.names if name in text)


def kilometres(here: Spot, there: Spot) -> float | None:
    """As the crow flies; None where one has no point."""
    if here.latitude is None or here.longitude is None or there.latitude is None or there.longitude is None:
        return None
    north, south = math.radians(here.latitude), math.radians(there.latitude)
    width = math.radians(here.longitude - there.longitude)
    half = math.sin((north - south) / 2) ** 2 + math.cos(north) * math.cos(south) * math.sin(width / 2) ** 2
    return 2 * _EARTH_KM * math.asin(math.sqrt(half))
