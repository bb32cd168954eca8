"""Published events that a report may tell of, by the places, kinds and tolls of its entries: they help to date it."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import F, Q
from django.db.models.functions import Abs

from timeline.extraction import KnownEvent
from timeline.extraction.known_events import COUNT_FACTOR, MANY
from timeline.models import Article, Event, Mention, Place, TollClaim

# The entries that are asked for, the surest first: those further down tell of what lies behind the news.
_ENTRIES = 6
# Events that are compared, an entry. The day of the report cannot be asked for, as it has none.
_MOST = 40


def known_events(article: Article) -> tuple[KnownEvent, ...]:
    """The events, each once. Two queries and at most three an entry, each by an index and limited."""
    entries = list(
        article.mentions.standing()
        .exclude(kind="statement")
        .filter(place__isnull=False)
        .select_related("place")
        .order_by("-confidence", "start")[:_ENTRIES]
    )
    if not entries:
        return ()
    tolls: dict[int, int] = {}
    claims = TollClaim.objects.filter(mention__in=entries, harm="killed", scope="event", part_of=None).standing()
    for mention, low, high in claims.order_by("start").values_list("mention_id", "low", "high"):
        if mention is not None and (low or high):
            tolls.setdefault(mention, low or high or 0)
    found = {event.pk: event for entry in entries for event in _alike(entry, tolls.get(entry.pk))}
    return tuple(_known(event) for event in found.values())


def _alike(entry: Mention, persons: int | None) -> Iterable[Event]:
    """The events most like an entry, the nearest toll first, of its place and, for a toll that few have, around it."""
    dated = Event.objects.published().filter(earliest__isnull=False, latest__isnull=False)
    dated = dated.select_related("place__governorate")
    place = entry.place
    assert place is not None  # the query asks for it
    if persons is None:
        # Without a toll place and kind are left, and a war is full of those.
        return dated.filter(place=place, kind=entry.kind).order_by("-earliest", "-id")[:_MOST]
    size = (int(persons / COUNT_FACTOR), int(persons * COUNT_FACTOR) + 1)
    off = Abs(F("killed_best") - persons)
    at_place = dated.filter(place=place, killed_best__range=size).order_by(off, "-earliest", "-id")[:_MOST]
    # Where sources exclude each other no best figure stands.
    contested = dated.filter(place=place, contested=True, killed_best=None).filter(
        Q(killed_low__range=size) | Q(killed_high__range=size)
    )
    found = [*at_place, *contested.order_by(Abs(F("killed_low") - persons), "-earliest", "-id")[:_MOST]]
    governorate = place.pk if place.kind == "governorate" else place.governorate_id
    if persons >= MANY and governorate is not None:
        around = Place.objects.filter(Q(governorate=governorate) | Q(pk=governorate)).exclude(pk=place.pk)
        found += dated.filter(place__in=around, killed_best__range=size).order_by(off, "-earliest", "-id")[:_MOST]
    return found


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
