"""Dates and tolls in words, for the templates."""

from __future__ import annotations

from django import template

from timeline.models import Event, Mention, Place, TollClaim
from timeline.models.tollwords import claim_in_words
from timeline.query.datewords import in_words
from timeline.query.evidence import origins_in_words
from timeline.query.timeline_query import TimelineQuery

register = template.Library()


@register.filter
def date_words(record: Event | Mention) -> str:
    """The date of an event or entry, no more exact than it is known."""
    return in_words(record.earliest, record.latest, record.precision)


@register.filter
def claim_words(claim: TollClaim) -> str:
    return claim_in_words(claim)


@register.simple_tag
def not_counted(claim: TollClaim, why_not: dict[int, str]) -> str:
    """Why a claim does not count towards its event's toll; empty where it does, and for a part, which says so itself."""
    return "" if claim.part_of_id and not claim.discounted else why_not.get(claim.pk, "")


@register.simple_tag
def origins_words(event: Event) -> str:
    return origins_in_words(event)


@register.simple_tag
def address(query: TimelineQuery, **changes: object) -> str:
    """The query string of ``query`` with ``changes``, with its question mark."""
    return "?" + query.query_string(**changes)


@register.filter
def governorate_note(place: Place) -> str:
    """', Homs' after a place of Homs governorate; nothing where the name says it already."""
    above = place.governorate
    if above is None or above.name == place.name or place.name.endswith(f"({above.name})"):
        return ""
    return f", {above.name}"


@register.filter
def percent(share: float) -> str:
    """A share of 1 in whole hundredths: 0.874 is 87 %."""
    return f"{share * 100:.0f}\u00a0%"


@register.filter
def split_words(words: str) -> list[str]:
    return words.split()


@register.filter
def get(mapping: dict[str, str], key: str) -> str:
    return mapping.get(key, "")
