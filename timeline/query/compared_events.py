"""What entries and events tell, read from the database into the records that likeness/ compares."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from timeline.ingest.naming import place_named
from timeline.models import Event, Mention, Place, TollClaim
from timeline.models.mention import UNSURE
from timeline.models.text import folded
from timeline.query.likeness import Figure, KnownEvent, Spot, Told
from timeline.query.likeness.words import telling_words, wording

# Entries read of an event at most: one with more has been told in all ways by then.
_MOST_ENTRIES = 12


def told_by(mention: Mention) -> Told:
    """What stands of an entry. One query, for its claims."""
    return _told(mention, _figures(TollClaim.objects.filter(mention=mention)).get(mention.pk, ()))


def told_by_engine(mention: Mention) -> Told | None:
    """What the engine read, whatever an editor has made of it; None for an entry made by hand."""
    said: dict[str, Any] = mention.engine
    if not said.get("start") and said.get("start") != 0:
        return None
    place = place_named(said["place"], said["governorate"]) if said["place"] else None
    quote = mention.article.text[said["start"] : said["end"]]
    text = _text(quote, said["title"], mention.article.title)
    spot = _spot(place) if place else None
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
        wording=wording(folded(quote)),
        published=mention.article.published,
        unsure_day=UNSURE in said["basis"] or bool(said["date"] and UNSURE in said["date"]["basis"]),
    )


def compared(keys: Sequence[int], asking: Mention) -> dict[int, KnownEvent]:
    """The events with the entries that tell of them; one that only ``asking`` tells of is none. Four queries."""
    if not keys:
        return {}
    told = (
        Mention.objects.filter(event__in=keys)
        .exclude(pk=asking.pk)
        .standing()
        .order_by("event", "pk")
        .values(*_OF_ENTRY)
    )
    by_event: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in told:
        by_event[row["event_id"]].append(row)
    stands = {row["pk"]: row for row in Event.objects.filter(pk__in=by_event).values(*_OF_EVENT)}
    places = {row["place_id"] for rows in (stands.values(), *by_event.values()) for row in rows} - {None}
    spots = {place.pk: _spot(place) for place in Place.objects.filter(pk__in=places)}
    figures = _figures(TollClaim.objects.filter(mention__event__in=list(by_event)))
    known = {}
    for pk, rows in by_event.items():
        others = [row for row in rows if row["article_id"] != asking.article_id][:_MOST_ENTRIES]
        known[pk] = KnownEvent(
            _read(stands[pk], spots, folded(stands[pk]["title"]), ()),
            tuple(
                _read(
                    row,
                    spots,
                    _text(row["quote"], row["title"], row["article__title"]),
                    figures.get(row["pk"], ()),
                    row["article__published"],
                    UNSURE in row["date_basis"],
                )
                for row in others
            ),
            same_report=any(row["article_id"] == asking.article_id for row in rows),
        )
    return known


_OF_EVENT = ("pk", "kind", "title", "earliest", "latest", "precision", "place_id")
_OF_ENTRY = (
    *(*_OF_EVENT, "event_id", "article_id", "quote", "date_basis"),
    *("article__title", "article__published"),
)


def _read(
    row: dict[str, Any],
    spots: dict[int, Spot],
    text: str,
    figures: tuple[Figure, ...],
    published: dt.date | None = None,
    unsure_day: bool = False,
) -> Told:
    return Told(
        kind=row["kind"],
        earliest=row["earliest"],
        latest=row["latest"],
        precision=row["precision"],
        place=spots.get(row["place_id"]),
        figures=figures,
        text=text,
        words=telling_words(text),
        wording=wording(folded(row.get("quote", ""))),
        published=published,
        unsure_day=unsure_day,
    )


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
    spot = _spot(mention.place) if mention.place else None
    return Told(
        kind=mention.kind,
        earliest=mention.earliest,
        latest=mention.latest,
        precision=mention.precision,
        place=spot,
        figures=figures,
        text=text,
        words=telling_words(text),
        wording=wording(folded(mention.quote)),
        published=mention.article.published,
        unsure_day=mention.date_is_unsure,
    )


def _text(*pieces: str) -> str:
    return folded(" ".join(pieces))


def _spot(place: Place) -> Spot:
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
