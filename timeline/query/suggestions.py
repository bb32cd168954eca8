"""Which events may an entry tell of? Finds the few worth comparing by place, days and toll, and scores each.

How alike an entry and an event are is answered in likeness/, without the database.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from timeline.ingest.naming import place_named
from timeline.models import Event, Mention, Place, TollClaim
from timeline.models.mention import UNSURE
from timeline.models.text import folded
from timeline.query.likeness import THRESHOLD, Figure, KnownEvent, Likeness, Spot, Told, beside_likelier, likeness
from timeline.query.likeness.days import DAYS_APART, DAYS_REPORTED
from timeline.query.likeness.places import NEAR_KM
from timeline.query.likeness.words import telling_words

__all__ = ["LEAST", "THRESHOLD", "Suggestion", "suggested_events", "told_by", "told_by_engine"]

# Below this score a suggestion is not worth an editor's look.
LEAST = 0.2
# Events are looked for among those that began at most so many days before the entry's first day: at its place (the
# longest sieges of the war but one lasted less), and anywhere.
_LONGEST_AT_PLACE = 366
_LONGEST_ANYWHERE = 31
# Events compared at most, and entries read of each.
_MOST = 120
_MOST_ENTRIES = 12
_DEGREE_KM = 111.0


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An event that an entry may tell of: score between 0 and 1, and why, in words for the editor."""

    event: Event
    score: float
    reasons: list[str]
    likeness: Likeness


def suggested_events(
    mention: Mention, limit: int = 5, *, told: Told | None = None, least: float = LEAST
) -> list[Suggestion]:
    """Draft and published events that the entry may tell of, the likeliest first; never the one it is linked to.

    ``told`` is what is compared in place of what stands of the entry. At most seven queries, whatever is stored.
    """
    entry = told or told_by(mention)
    events = {event.pk: event for event in _candidates(entry) if event.pk != mention.event_id}
    known = _known(events, mention)
    scored = [(likeness(entry, event), events[pk]) for pk, event in known.items()]
    scored.sort(key=lambda pair: (-pair[0].score, pair[1].pk))
    found: list[Suggestion] = []
    for place, (like, event) in enumerate(scored[:limit]):
        score = beside_likelier(like.score, (better.score for better, _ in scored[:place]))
        if score >= least:
            others = ["another event fits better"] if place else []
            found.append(Suggestion(event, score, [*like.reasons, *others], like))
    return found


def told_by(mention: Mention) -> Told:
    """What stands of an entry. One query, for its claims."""
    return _told(mention, _figures(TollClaim.objects.filter(mention=mention)).get(mention.pk, ()))


def told_by_engine(mention: Mention) -> Told | None:
    """What the engine read, whatever an editor has made of it; None for an entry made by hand."""
    said: dict[str, Any] = mention.engine
    if not said.get("start") and said.get("start") != 0:
        return None
    place = place_named(said["place"], said["governorate"]) if said["place"] else None
    text = _text(mention.article.text[said["start"] : said["end"]], said["title"], mention.article.title)
    spot = _spot(place)
    return Told(
        kind=said["kind"],
        earliest=_day(said["earliest"]),
        latest=_day(said["latest"]),
        precision=said["precision"],
        place=spot,
        figures=tuple(
            Figure(
                toll["harm"],
                toll["low"],
                toll["high"],
                toll["source"] or "",
                toll["part_of"] is None,
                toll["qualifier"] == "vague",
            )
            for toll in said["tolls"]
        ),
        text=text,
        words=telling_words(text),
        published=mention.article.published,
        unsure_day=UNSURE in said["basis"] or bool(said["date"] and UNSURE in said["date"]["basis"]),
    )


def _candidates(entry: Told) -> Iterable[Event]:
    """Each query goes by an index, and is limited."""
    events = (
        Event.objects.filter(status__in=[Event.Status.PUBLISHED, Event.Status.DRAFT])
        .select_related("place")
        .defer("search_text", "summary", "toll_basis")
    )
    first, last = _window(entry)
    if first is None or last is None:
        return []
    overlapping = events.filter(latest__gte=first, earliest__lte=last)
    nearest = ("-earliest", "-id")
    found = list(overlapping.filter(earliest__gte=first - dt.timedelta(_LONGEST_ANYWHERE)).order_by(*nearest)[:_MOST])
    if entry.place is not None:
        around = _around(entry.place)
        at_place = overlapping.filter(place__in=around, earliest__gte=first - dt.timedelta(_LONGEST_AT_PLACE))
        found += at_place.order_by(*nearest)[:_MOST]
    return found


def _window(entry: Told) -> tuple[dt.date | None, dt.date | None]:
    if entry.earliest and entry.latest:
        before = DAYS_APART if entry.unsure_day else 3
        return entry.earliest - dt.timedelta(before), entry.latest + dt.timedelta(3)
    if entry.published:
        return entry.published - dt.timedelta(DAYS_REPORTED), entry.published
    return None, None


def _around(place: Spot) -> list[int]:
    """Keys of the places that are the place or its surroundings."""
    near = Q(pk=place.pk)
    if place.governorate is not None:
        near |= Q(governorate=place.governorate) | Q(pk=place.governorate)
    if place.latitude is not None and place.longitude is not None:
        degrees = 1.3 * NEAR_KM / _DEGREE_KM  # a degree of longitude is shorter than one of latitude
        near |= Q(
            latitude__range=(place.latitude - degrees, place.latitude + degrees),
            longitude__range=(place.longitude - degrees, place.longitude + degrees),
        )
    return list(Place.objects.filter(near).values_list("pk", flat=True))


def _known(events: dict[int, Event], asking: Mention) -> dict[int, KnownEvent]:
    """The events with the entries that tell of them; one that only the asking entry tells of is none. Two queries."""
    mentions = (
        Mention.objects.filter(event__in=events)
        .exclude(pk=asking.pk)
        .standing()
        .select_related("article", "place")
        .only(
            *("event", "kind", "title", "quote", "earliest", "latest", "precision", "date_basis"),
            *("article__title", "article__published"),
            *(f"place__{name}" for name in _OF_PLACE),
        )
        .order_by("event", "pk")
    )
    by_event: dict[int, list[Mention]] = defaultdict(list)
    for mention in mentions:
        assert mention.event_id is not None  # the query asks for it
        by_event[mention.event_id].append(mention)
    figures = _figures(TollClaim.objects.filter(mention__event__in=events))
    return {
        pk: KnownEvent(
            _stands(events[pk]),
            tuple(
                _told(mention, figures.get(mention.pk, ()))
                for mention in told[:_MOST_ENTRIES]
                if mention.article_id != asking.article_id
            ),
            any(mention.article_id == asking.article_id for mention in told),
        )
        for pk, told in by_event.items()
    }


_OF_PLACE = ("name", "name_ar", "other_names", "kind", "governorate", "country", "latitude", "longitude")


def _figures(claims: Any) -> dict[int, tuple[Figure, ...]]:
    found: dict[int, list[Figure]] = defaultdict(list)
    rows = (
        claims.standing()
        .filter(scope="event")
        .values_list("mention_id", "harm", "low", "high", "source__name", "part_of_id", "qualifier")
    )
    for mention, harm, low, high, source, whole, qualifier in rows:
        found[mention].append(Figure(harm, low, high, source or "", whole is None, qualifier == "vague"))
    return {mention: tuple(figures) for mention, figures in found.items()}


def _told(mention: Mention, figures: tuple[Figure, ...]) -> Told:
    text = _text(mention.quote, mention.title, mention.article.title)
    spot = _spot(mention.place)
    return Told(
        kind=mention.kind,
        earliest=mention.earliest,
        latest=mention.latest,
        precision=mention.precision,
        place=spot,
        figures=figures,
        text=text,
        words=telling_words(text),
        published=mention.article.published,
        unsure_day=mention.date_is_unsure,
    )


def _stands(event: Event) -> Told:
    text = folded(event.title)
    spot = _spot(event.place)
    return Told(
        kind=event.kind,
        earliest=event.earliest,
        latest=event.latest,
        precision=event.precision,
        place=spot,
        text=text,
        words=telling_words(text),
    )


def _text(*pieces: str) -> str:
    return folded(" ".join(pieces))


def _spot(place: Place | None) -> Spot | None:
    if place is None:
        return None
    names = {place.name.split(" (")[0], place.name_ar, *place.other_names} - {""}
    return Spot(
        place.pk,
        str(place),
        place.kind,
        place.pk if place.kind == "governorate" else place.governorate_id,
        place.country,
        place.latitude,
        place.longitude,
        tuple(folded(name) for name in names),
    )


def _day(value: str | None) -> dt.date | None:
    return dt.date.fromisoformat(value) if value else None
