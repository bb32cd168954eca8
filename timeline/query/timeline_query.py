"""TimelineQuery: the query string of the timeline as one value, and back. Every view of the timeline is this, rendered.

A wrong value is kept as it was typed, with a message beside it, and the rest of the filter still works.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Lower
from django.http import QueryDict

from timeline.models import Event, Kind, Mention, Place, Source, TollClaim
from timeline.models.event import EventQuerySet
from timeline.models.text import folded
from timeline.query.datewords import month_heading
from timeline.typed_dates import NotADate, read_interval

PAGE_SIZE = 30  # events; about three screens at 1440 pixels, and under 40 kB of HTML
LONGEST_TEXT = 200  # characters of q that are looked for
MOST_VALUES = 50  # values of one parameter that are read
LARGEST_TOLL = 2_147_483_647  # what the column holds

ORDERS = {"newest": "Newest first", "oldest": "Oldest first"}
_LEFT_OUT = frozenset("a an and at by for in of on or the to".split())  # words that every event holds
_CURSOR = re.compile(r"^(\d{4}-\d\d-\d\d|undated)~(\d{1,18})~(.{0,60})$")
_PHRASE = re.compile(r'"([^"]+)"|(\S+)')


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where the last page ended: the event's day (None: among the undated), its id, and the heading it stood under."""

    day: dt.date | None
    pk: int
    heading: str

    def __str__(self) -> str:
        return f"{self.day or 'undated'}~{self.pk}~{self.heading}"


@dataclass(frozen=True, slots=True)
class Group:
    """Events under one heading; ``continued`` when the heading already stood on the page before."""

    heading: str
    continued: bool
    events: list[Event]


@dataclass(frozen=True, slots=True)
class Page:
    groups: list[Group]
    count: int
    next: Cursor | None


@dataclass(frozen=True, slots=True)
class TimelineQuery:
    """A filter. ``typed`` holds the date boxes and number as they were typed, ``errors`` a message a parameter."""

    q: str = ""
    first: dt.date | None = None
    last: dt.date | None = None
    reported_first: dt.date | None = None
    reported_last: dt.date | None = None
    kinds: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    killed_min: int | None = None
    order: str = "newest"
    cursor: Cursor | None = None
    typed: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def parse(cls, params: QueryDict) -> TimelineQuery:
        """Read a query string. Never raises: what cannot be read is in ``errors`` and does not filter.

        Asks the database only whether a place or source that is given exists.
        """
        typed: dict[str, str] = {}
        errors: dict[str, str] = {}

        def day(name: str, end: bool) -> dt.date | None:
            typed[name] = _clean(params.get(name, ""))
            if not typed[name]:
                return None
            try:
                return read_interval(typed[name])[end]
            except NotADate as error:
                errors[name] = str(error)
                return None

        first, last = day("from", False), day("to", True)
        if first and last and first > last:
            errors["to"] = f"“{typed['to']}” is before “{typed['from']}”, so no day lies between them. Swap the two."
        reported_first, reported_last = day("reported_from", False), day("reported_to", True)
        if reported_first and reported_last and reported_first > reported_last:
            errors["reported_to"] = f"“{typed['reported_to']}” is before “{typed['reported_from']}”. Swap the two."

        order = params.get("order", "newest")
        if order not in ORDERS:
            errors["order"] = f"“{order[:40]}” is no order. Use newest or oldest."
            order = "newest"
        return cls(
            q=_clean(params.get("q", ""))[:LONGEST_TEXT],
            first=first,
            last=last,
            reported_first=reported_first,
            reported_last=reported_last,
            kinds=_known("kind", params, set(Kind.values), errors),
            places=_stored("place", params, Place, errors),
            sources=_stored("source", params, Source, errors),
            killed_min=_number("killed_min", params, typed, errors),
            order=order,
            cursor=_cursor(params, errors),
            typed=typed,
            errors=errors,
        )

    def events(self) -> EventQuerySet:
        """The published events that pass the filter, in no order. ``errors`` in a range leave it empty."""
        if "to" in self.errors and self.first and self.last:
            return Event.objects.none()
        events = Event.objects.published().between(self.first, self.last)
        for word in self.words():
            events = events.filter(search_text__contains=word)
        if self.kinds:
            events = events.filter(kind__in=self.kinds)
        if self.places:
            events = events.filter(Q(place__slug__in=self.places) | Q(place__governorate__slug__in=self.places))
        if self.sources:
            events = events.filter(Exists(_said_by(self.sources)) | Exists(_printed_by(self.sources)))
        if self.killed_min is not None:
            events = events.filter(
                Q(killed_best__gte=self.killed_min)
                | Q(killed_best__isnull=True, killed_high__gte=self.killed_min)
                | Q(killed_best__isnull=True, killed_high__isnull=True, killed_low__gte=self.killed_min)
            )
        if self.reported_first or self.reported_last:
            events = events.filter(Exists(_reported(self.reported_first, self.reported_last)))
        return events

    def words(self) -> list[str]:
        """The words and "quoted phrases" of ``q``, folded; an event must hold all of them. Plurals find singulars."""
        found = []
        for phrase, word in _PHRASE.findall(self.q.replace("’", "'")):
            if phrase:
                found.append(folded(phrase))
            elif (plain := folded(word + " ").strip(".,;:!?()")) not in _LEFT_OUT:
                found.append(plain[:-1] if len(plain) > 4 and plain.endswith("s") else plain)
        return [word for word in found if word]

    @property
    def title(self) -> str:
        """What is filtered, for the title of the page: '“Houla”, from May 2012 to June 2012 · '."""
        days = [
            f"{name} {self.typed[name]}" for name in ("from", "to") if self.typed.get(name) and name not in self.errors
        ]
        parts = [f"“{self.q}”"] if self.q else []
        parts += [" ".join(days)] if days else []
        return ", ".join(parts) + " · " if parts else ""

    def page(self, size: int = PAGE_SIZE) -> Page:
        """One page of events by key, grouped by month; those without a date come last. Two queries."""
        events = self.events()
        count = events.count()
        newest = self.order == "newest"
        day = F("earliest").desc(nulls_last=True) if newest else F("earliest").asc(nulls_last=True)
        rows = list(
            events.filter(self._after())
            .order_by(day, "-pk" if newest else "pk")
            .select_related("place__governorate")
            .defer("search_text")[: size + 1]
        )
        following = rows[size - 1] if len(rows) > size else None
        cursor = Cursor(following.earliest, following.pk, _heading(following)) if following else None
        return Page(_grouped(rows[:size], self.cursor.heading if self.cursor else None), count, cursor)

    def _after(self) -> Q:
        cursor = self.cursor
        if cursor is None:
            return Q()
        newest = self.order == "newest"
        same = Q(earliest=cursor.day) if cursor.day else Q(earliest__isnull=True)
        rest = same & (Q(pk__lt=cursor.pk) if newest else Q(pk__gt=cursor.pk))
        if cursor.day is None:
            return rest
        return rest | Q(earliest__isnull=True) | (Q(earliest__lt=cursor.day) if newest else Q(earliest__gt=cursor.day))

    def query_string(self, **changes: Any) -> str:
        """The canonical query string, without what is not set; ``changes`` replace fields of this query first."""
        query = replace(self, **{"cursor": None, **changes})
        pairs: list[tuple[str, str]] = [("q", query.q)]
        pairs += [(name, query.typed.get(name, "")) for name in ("from", "to")]
        pairs += [("kind", kind) for kind in query.kinds]
        pairs += [("place", place) for place in query.places]
        pairs += [("source", source) for source in query.sources]
        pairs += [(name, query.typed.get(name, "")) for name in ("killed_min", "reported_from", "reported_to")]
        pairs += [("order", query.order if query.order != "newest" else ""), ("cursor", str(query.cursor or ""))]
        return urlencode([(name, value) for name, value in pairs if value])

    @property
    def active(self) -> bool:
        """Whether anything is filtered."""
        return bool(self.query_string(order="newest"))


def _said_by(slugs: Iterable[str]) -> Any:
    claims = TollClaim.objects.filter(mention__event=OuterRef("pk"), source__slug__in=slugs)
    return claims.standing()


def _printed_by(slugs: Iterable[str]) -> Any:
    return Mention.objects.filter(event=OuterRef("pk"), article__outlet__slug__in=slugs).standing()


def _reported(first: dt.date | None, last: dt.date | None) -> Any:
    mentions = Mention.objects.filter(event=OuterRef("pk")).standing()
    if first:
        mentions = mentions.filter(article__published__gte=first)
    if last:
        mentions = mentions.filter(article__published__lte=last)
    return mentions


def place_choices() -> list[Place]:
    """Places of published events and their governorates, for the filter. One query."""
    used = Event.objects.published().filter(place__isnull=False)
    return list(
        Place.objects.filter(Q(pk__in=used.values("place")) | Q(pk__in=used.values("place__governorate")))
        .select_related("governorate")
        .order_by("name", "kind")
    )


def source_choices() -> list[Source]:
    """Sources of claims behind published events, for the filter. One query."""
    claims = TollClaim.objects.filter(mention__event__status=Event.Status.PUBLISHED, source__isnull=False).standing()
    return list(Source.objects.filter(pk__in=claims.values("source")).order_by(Lower("name")))


def _heading(event: Event) -> str:
    return month_heading(event.earliest, event.latest, event.precision)


def _grouped(events: list[Event], before: str | None) -> list[Group]:
    groups: list[Group] = []
    for event in events:
        heading = _heading(event)
        if not groups or groups[-1].heading != heading:
            groups.append(Group(heading, continued=not groups and heading == before, events=[]))
        groups[-1].events.append(event)
    return groups


def _clean(value: str) -> str:
    return " ".join(value.replace("\x00", " ").split())


def _several(params: QueryDict, name: str) -> tuple[str, ...]:
    values = (_clean(value) for value in params.getlist(name)[:MOST_VALUES])
    return tuple(dict.fromkeys(value for value in values if value))


def _known(name: str, params: QueryDict, known: set[str], errors: dict[str, str]) -> tuple[str, ...]:
    values = _several(params, name)
    unknown = [value for value in values if value not in known]
    if unknown:
        errors[name] = f"“{unknown[0][:40]}” is no {name} that we know; it is left out of the filter."
    return tuple(value for value in values if value in known)


def _stored(name: str, params: QueryDict, model: type[Place] | type[Source], errors: dict[str, str]) -> tuple[str, ...]:
    """Values that are the slug of a record, or of another name of one: an address kept by a reader goes on working.

    One query, where any is given.
    """
    values = _several(params, name)
    if not values:
        return ()
    slugs = dict(model._default_manager.filter(slug__in=values).values_list("slug", "merged_into__slug"))
    return tuple(dict.fromkeys(slugs[value] or value for value in _known(name, params, set(slugs), errors)))


def _number(name: str, params: QueryDict, typed: dict[str, str], errors: dict[str, str]) -> int | None:
    typed[name] = _clean(params.get(name, ""))
    if not typed[name]:
        return None
    digits = typed[name].replace(",", "").replace(" ", "")
    if not (digits.isascii() and digits.isdigit()):
        errors[name] = f"“{typed[name][:40]}” is not a whole number of persons. Write for example 50."
        return None
    return min(int(digits[:12]), LARGEST_TOLL)


def _cursor(params: QueryDict, errors: dict[str, str]) -> Cursor | None:
    value = params.get("cursor", "")
    if not value:
        return None
    match = _CURSOR.match(value)
    if match:
        try:
            day = None if match[1] == "undated" else dt.date.fromisoformat(match[1])
            return Cursor(day, int(match[2]), match[3])
        except ValueError:
            pass
    errors["cursor"] = "This address continues from a place we cannot find; the list starts at its beginning."
    return None
