"""Which events may an entry tell of? Finds the few worth comparing by place, days and toll, and scores each.

How alike an entry and an event are is answered in likeness/, without the database; records.py there says what is asked.
What is read of the events compared is in compared_events.py.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q

from timeline.models import Event, Mention, Place
from timeline.query.compared_events import compared, told_by, told_by_engine
from timeline.query.likeness import THRESHOLD, Likeness, Spot, Told, beside_likelier, likeness
from timeline.query.likeness.days import DAYS_APART, DAYS_REPORTED
from timeline.query.likeness.places import NEAR_KM
from timeline.query.likeness.tolls import NEAR_FACTOR

__all__ = ["JOINABLE", "LEAST", "THRESHOLD", "Suggestion", "suggested_events", "told_by", "told_by_engine"]

# An entry can join an event in one of these states.
JOINABLE = (Event.Status.PUBLISHED, Event.Status.DRAFT)
# Below this score a suggestion is not worth an editor's look.
LEAST = 0.2
# Events are looked for among those that began at most so many days before the entry's first day: at its place (the
# longest sieges of the war but one lasted less), and anywhere.
_LONGEST_AT_PLACE = 366
_LONGEST_ANYWHERE = 31
# Days around the entry's in which an event elsewhere is looked for: the entry's place may be misread, or another be meant
# by it. Of an entry that names no days but a month or a year, only those of its kind.
_AROUND = 1
_EXACT = 8
# Rows looked at, by place and by days, and events compared of them: with 100,000 events 20 fall on one day. Comparing 400
# instead changed no suggestion for 350 entries of 612 news reports gathered into 1,730 events.
_MOST = 200
_COMPARED = 24
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

    ``told`` is what is compared in place of what stands of the entry. At most nine queries, whatever is stored.
    """
    entry = told or told_by(mention)
    events = compared(_candidates(entry, mention.event_id), mention)
    scored = [(likeness(entry, event), pk) for pk, event in events.items()]
    scored.sort(key=lambda pair: (-pair[0].score, pair[1]))
    found: list[tuple[int, float, Likeness]] = []
    for place, (like, pk) in enumerate(scored[:limit]):
        score = beside_likelier(like.score, (better.score for better, _ in scored[:place]))
        if score >= least:
            found.append((pk, score, like))
    records = Event.objects.select_related("place").in_bulk([pk for pk, _, _ in found]) if found else {}
    return [
        Suggestion(records[pk], score, [*like.reasons, *(["another event fits better"] if place else [])], like)
        for place, (pk, score, like) in enumerate(found)
    ]


@dataclass(frozen=True, slots=True)
class _Row:
    """What of an event tells whether it is worth comparing."""

    pk: int
    kind: str
    earliest: dt.date
    latest: dt.date
    place: int | None
    killed_low: int | None
    killed_high: int | None


_FIELDS = ("pk", "kind", "earliest", "latest", "place_id", "killed_low", "killed_high")


def _candidates(entry: Told, linked: int | None) -> list[int]:
    """Keys of the events worth comparing. Three queries, each by an index and limited."""
    first, last = _window(entry)
    if first is None or last is None:
        return []
    events = Event.objects.filter(status__in=JOINABLE)
    events = (events.exclude(pk=linked) if linked else events).order_by("-earliest", "-id")
    around = _around(entry.place) if entry.place else set()
    near_days = dt.timedelta(_AROUND)
    elsewhere = events.filter(
        earliest__range=(first - dt.timedelta(_LONGEST_ANYWHERE), last + near_days), latest__gte=first - near_days
    )
    if (last - first).days >= _EXACT:
        elsewhere = elsewhere.filter(kind=entry.kind)
    found = set(elsewhere.values_list(*_FIELDS)[:_MOST])
    if around:
        days = DAYS_APART if entry.unsure_day else 3
        at_place = events.filter(
            place__in=around,
            earliest__range=(first - dt.timedelta(_LONGEST_AT_PLACE), last + dt.timedelta(3)),
            latest__gte=first - dt.timedelta(days),
        )
        found |= set(at_place.values_list(*_FIELDS)[:_MOST])
    rows = [_Row(*values) for values in found]
    rows.sort(key=lambda row: (-_promise(entry, row, around), -row.pk))
    return [row.pk for row in rows[:_COMPARED]]


def _promise(entry: Told, row: _Row, around: set[int]) -> float:
    """How much a row has in common with the entry, roughly: enough to leave out what cannot come out on top."""
    points = 0.0
    if entry.place and row.place:
        points += 3 if row.place == entry.place.pk else 2 if row.place in around else 0
    if row.kind == entry.kind:
        points += 1
    if entry.earliest and entry.latest and row.earliest <= entry.latest and row.latest >= entry.earliest:
        points += 2 if (row.earliest, row.latest) == (entry.earliest, entry.latest) else 1
    told = [figure.number for figure in entry.figures if figure.harm == "killed" and figure.number]
    known = [number for number in (row.killed_low, row.killed_high) if number]
    if any(one <= NEAR_FACTOR * other and other <= NEAR_FACTOR * one for one in told for other in known):
        points += 2
    return points


def _window(entry: Told) -> tuple[dt.date | None, dt.date | None]:
    if entry.earliest and entry.latest:
        return entry.earliest, entry.latest
    if entry.published:
        return entry.published - dt.timedelta(DAYS_REPORTED), entry.published
    return None, None


def _around(place: Spot) -> set[int]:
    """Keys of the places that are the place or its surroundings."""
    near = Q(pk=place.pk)
    if place.governorate is not None:
        near |= Q(governorate=place.pk) if place.kind == "governorate" else Q(pk=place.governorate)
    if place.latitude is not None and place.longitude is not None:
        degrees = 1.3 * NEAR_KM / _DEGREE_KM  # a degree of longitude is shorter than one of latitude
        near |= Q(
            latitude__range=(place.latitude - degrees, place.latitude + degrees),
            longitude__range=(place.longitude - degrees, place.longitude + degrees),
        )
    return set(Place.objects.filter(near).values_list("pk", flat=True))
