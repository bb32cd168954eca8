"""Dates and tolls in words, for the templates."""

from __future__ import annotations

from django import template

from timeline.models import Event, Mention, TollClaim
from timeline.query.datewords import in_words
from timeline.query.evidence import toll_in_words
from timeline.query.timeline_query import TimelineQuery

register = template.Library()


@register.filter
def date_words(record: Event | Mention) -> str:
    """The date of an event or entry, no more exact than it is known."""
    return in_words(record.earliest, record.latest, record.precision)


@register.filter
def claim_words(claim: TollClaim) -> str:
    return toll_in_words(claim)


@register.simple_tag
def toll_range(event: Event) -> str:
    """How many were killed, in words: '108', '92–108', '78 or more', 'up to 1,300', 'not reported'."""
    if not event.toll_reported:
        return "not reported"
    return _span(event.killed_low, event.killed_high, event.killed_best)


@register.filter
def other_tolls(event: Event) -> list[tuple[str, str]]:
    """Harms other than death with their spans: [('injured', '372')]."""
    return [(harm, _span(toll["low"], toll["high"], toll["best"])) for harm, toll in event.other_tolls.items()]


def _span(low: int | None, high: int | None, best: int | None) -> str:
    if low is None and high is None:
        return f"{best:,}"
    if low is None:
        return f"up to {high:,}"
    if high is None:
        return f"{low:,} or more"
    return f"{low:,}" if low == high else f"{low:,}–{high:,}"


@register.simple_tag
def address(query: TimelineQuery, **changes: object) -> str:
    """The query string of ``query`` with ``changes``, with its question mark."""
    return "?" + query.query_string(**changes)


@register.filter
def split_words(words: str) -> list[str]:
    return words.split()


@register.filter
def get(mapping: dict[str, str], key: str) -> str:
    return mapping.get(key, "")
