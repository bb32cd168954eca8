"""Published events that a report may tell of, by the places, kinds and tolls of its entries: they help to date it."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from timeline.extraction import KnownEvent
from timeline.extraction.known_events import COUNT_FACTOR, MANY
from timeline.models import Article, Event, Mention, Place, TollClaim

# The nearest in time cannot be asked for, as the report has no day; the newest of so many as a person would compare.
_MOST = 120
# Without a toll place and kind are left, and a war is full of those.
_MOST_BY_KIND = 40


def known_events(article: Article) -> tuple[KnownEvent, ...]:
    """The events, each once, the newest first. Three queries at most, each by an index and limited."""
    entries = list(
        article.mentions.standing().exclude(kind="statement").filter(place__isnull=False).select_related("place")
    )
    if not entries:
        return ()
    tolls: dict[int, list[int]] = {}
    claims = TollClaim.objects.filter(mention__in=entries, harm="killed", scope="event", part_of=None).standing()
    for mention, low, high in claims.values_list("mention_id", "low", "high"):
        if mention is not None and (low or high):
            tolls.setdefault(mention, []).append(low or high or 0)
    by_toll, by_kind = Q(pk__in=[]), Q(pk__in=[])
    for entry in entries:
        if entry.pk in tolls:
            for persons in tolls[entry.pk]:
                by_toll |= _near(entry, persons)
        else:
            by_kind |= Q(place=entry.place, kind=entry.kind)
    found = {event.pk: event for event in [*_newest(by_toll, _MOST), *_newest(by_kind, _MOST_BY_KIND)]}
    return tuple(_known(event) for event in found.values())


def _near(entry: Mention, persons: int) -> Q:
    """At the entry's place, or for a toll that few events have in its governorate, with a toll of that size."""
    size = (int(persons / COUNT_FACTOR), int(persons * COUNT_FACTOR) + 1)
    of_size = Q(killed_low__range=size) | Q(killed_high__range=size)
    place = entry.place
    assert place is not None  # the query asks for it
    governorate = place.pk if place.kind == "governorate" else place.governorate_id
    where = Q(place=place)
    if persons >= MANY and governorate is not None:
        where |= Q(place__in=Place.objects.filter(Q(governorate=governorate) | Q(pk=governorate)))
    return where & of_size


def _newest(condition: Q, most: int) -> QuerySet[Event]:
    dated = Event.objects.published().filter(condition, earliest__isnull=False, latest__isnull=False)
    return dated.select_related("place__governorate").order_by("-earliest", "-id")[:most]


def _known(event: Event) -> KnownEvent:
    place = event.place
    above = place if place and place.kind == "governorate" else place.governorate if place else None
    assert event.earliest is not None  # the query asks for both days
    assert event.latest is not None
    return KnownEvent(
        name=event.title,
        place=_gazetteer_name(place),
        governorate=_gazetteer_name(above),
        kind=event.kind,
        earliest=event.earliest,
        latest=event.latest,
        killed_low=event.killed_low,
        killed_high=event.killed_high,
    )


def _gazetteer_name(place: Place | None) -> str | None:
    """The name that the engine uses: an editor may have given the record another."""
    if place is None:
        return None
    return place.lexicon_key.rsplit("|", 1)[-1] if place.lexicon_key else place.name
