"""How the review desk writes a place, and which place is meant by what was typed."""

from __future__ import annotations

from timeline.ingest.naming import place_named
from timeline.models import Place
from timeline.templatetags.timeline_words import governorate_note


class NoSuchPlace(ValueError):
    """No place, or more than one, goes by what was typed; says which there are."""


def label(place: Place) -> str:
    """'Houla, Homs', 'Homs governorate'."""
    return f"{place}{governorate_note(place)}"


def place_meant(typed: str, chosen: int | None) -> Place | None:
    """The place of that name, ``chosen`` from the list or not; None for nothing typed. Raises NoSuchPlace."""
    typed = " ".join(typed.split())
    if not typed:
        return None
    places = Place.objects.standing().select_related("governorate")
    if chosen is not None and (place := places.filter(pk=chosen).first()) and label(place) == typed:
        return place
    name, _, above = typed.partition(",")
    named = [
        place
        for place in places.filter(name__iexact=name.removesuffix(" governorate").strip())
        if typed.casefold() in {label(place).casefold(), place.name.casefold()}
        or (above and place.governorate and place.governorate.name.casefold() == above.strip().casefold())
    ]
    exact = [place for place in named if label(place).casefold() == typed.casefold()]
    found = exact if len(exact) == 1 else named
    if len(found) == 1:
        return found[0]
    if len(found) > 1:
        raise NoSuchPlace(
            f"“{typed}” is the name of several: {'; '.join(sorted(label(p) for p in found))}. Choose one."
        )
    known = place_named(name, above.strip() or None)
    if known is None:
        raise NoSuchPlace(f"The gazetteer has no “{typed}”. Choose one from the list, or add the place first.")
    return known
