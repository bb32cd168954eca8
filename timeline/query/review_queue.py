"""The review queue: its query string as one value and back, and the entries that it asks for, in order, by key.

Who has which entry in hand is decided in curation/queue.py; here entries in other hands are left out.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.contrib.auth.models import User
from django.db.models import Exists, F, Model, OrderBy, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property

from timeline.models import Article, Assignment, Kind, Lease, Mention, Place, Skip, Source
from timeline.models.mention import MentionQuerySet

_M = TypeVar("_M", bound=Model)

WHATS = {
    "review": "To review",
    "mine": "Assigned to me",
    "undated": "Without a date",
    "unsure": "With an unsure date",
    "disagrees": "Engine disagrees with an editor",
}
ORDERS = {
    "unsure": "Least sure first",
    "newest": "Newest report first",
    "waiting": "Longest waiting first",
    "place": "Place by place",
}

# Entries that are counted: beyond, an editor learns nothing from the number, and every page would wait for it.
COUNTED = 10_000
# How long an entry that was put behind stays there: a working day, so that it comes up in its turn on the next.
SKIPPED_FOR = dt.timedelta(hours=10)

_NUMBER = re.compile(r"[0-9]{1,18}")


@dataclass(frozen=True, slots=True)
class QueueQuery:
    """Which entries, in which order. ``errors`` holds a message a parameter that could not be read."""

    what: str = "review"
    order: str = "unsure"
    kind: str = ""
    place: Place | None = None
    outlet: Source | None = None
    report: Article | None = None
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, params: Mapping[str, Any]) -> QueueQuery:
        """Read a query string. Never raises: what is wrong is in ``errors`` and does not filter."""
        errors: dict[str, str] = {}
        kind = _one_of(params, "kind", dict(Kind.choices), "", errors)
        return cls(
            what=_one_of(params, "what", WHATS, "review", errors),
            order=_one_of(params, "order", ORDERS, "unsure", errors),
            kind=kind,
            place=_record(params, "place", Place.objects.all(), errors),
            outlet=_record(params, "outlet", Source.objects.all(), errors),
            report=_report(params, errors),
            errors=errors,
        )

    def address(self, **changes: Any) -> str:
        """The canonical query string, without what is not set; ``changes`` replace fields first."""
        query = replace(self, **changes)
        pairs = {
            "what": query.what if query.what != "review" else "",
            "order": query.order if query.order != "unsure" else "",
            "kind": query.kind,
            "place": query.place.slug if query.place else "",
            "outlet": query.outlet.slug if query.outlet else "",
            "report": str(query.report.pk) if query.report else "",
        }
        return urlencode({name: value for name, value in pairs.items() if value})


def entries(query: QueueQuery, user: User) -> MentionQuerySet:
    """What waits for ``user``, in order: without what is in other hands, and without what they have put behind."""
    return _free(query, user).exclude(pk__in=_skipped(user).values("mention")).order_by(*_columns(query))


def put_behind(query: QueueQuery, user: User) -> MentionQuerySet:
    """What ``query`` asks for and ``user`` has put behind, the longest ago first."""
    mine = _skipped(user).filter(mention=OuterRef("pk"))
    behind = _free(query, user).filter(pk__in=_skipped(user).values("mention"))
    return behind.order_by(Subquery(mine.values("at")[:1]), "pk")


def behind(rows: MentionQuerySet, query: QueueQuery, user: User, mention: Mention) -> MentionQuerySet:
    """Those of ``rows`` that come after ``mention`` in the order of ``query``, by key.

    All of them where a decision has taken the entry out of what is asked for: what was before it is still the first to do.
    """
    keys = _ORDERS[query.order]
    asked_for = _asked_for(query, user).filter(pk=mention.pk)
    values = asked_for.values_list(*(key.name for key in keys)).first()
    return rows.filter(_beyond(keys, values)) if values else rows


def waiting(query: QueueQuery, user: User) -> int:
    """How many entries wait for ``user``, those put behind among them; COUNTED + 1 stands for more than are counted."""
    return _free(query, user).order_by()[: COUNTED + 1].count()


def in_words(count: int) -> str:
    """A count of ``waiting`` as it is shown: '1,204', '10,000+'."""
    return f"{COUNTED:,}+" if count > COUNTED else f"{count:,}"


class Choices:
    """What the entries of ``query.what`` can be filtered by, whatever else the query filters: only what has entries.

    Each part is asked for when it is drawn, in one query.
    """

    def __init__(self, query: QueueQuery, user: User) -> None:
        self._rows = _asked_for(query, user).order_by()
        among = _among_few if query.what in _FEW else _among_many
        self._places, self._outlets = among(self._rows)

    @cached_property
    def kinds(self) -> list[tuple[str, str]]:
        """Values with their labels."""
        found = set(self._rows.values_list("kind", flat=True).distinct())
        return [(value, label) for value, label in Kind.choices if value in found]

    @cached_property
    def places(self) -> list[Place]:
        """With the governorates that they lie in."""
        return list(Place.objects.filter(self._places).select_related("governorate").order_by("name", "kind"))

    @cached_property
    def outlets(self) -> list[Source]:
        return list(Source.objects.filter(self._outlets).order_by(Lower("name")))


def choices(query: QueueQuery, user: User) -> Choices:
    """For the boxes of the filter. Asks nothing yet."""
    return Choices(query, user)


_FEW = {"mine", "disagrees"}


def _among_few(rows: MentionQuerySet) -> tuple[Q, Q]:
    """Which places and outlets the rows have, by going through the rows."""
    places = Q(pk__in=rows.values("place")) | Q(pk__in=rows.values("place__governorate"))
    return places, Q(pk__in=rows.values("article__outlet"))


def _among_many(rows: MentionQuerySet) -> tuple[Q, Q]:
    """The same by going through the places and outlets, and asking of each for its first row."""
    here = Exists(rows.filter(place=OuterRef("pk")))
    below = Place.objects.filter(here, governorate__isnull=False)
    reports = Article.objects.filter(Exists(rows.filter(article=OuterRef("pk"))), outlet=OuterRef("pk"))
    return Q(here) | Q(pk__in=below.values("governorate")), Q(Exists(reports))


def _asked_for(query: QueueQuery, user: User) -> MentionQuerySet:
    rows = Mention.objects.disagreeing() if query.what == "disagrees" else Mention.objects.to_review()
    if query.what == "mine":
        # Not by a join: SQLite would ask for the assignment of each entry that waits.
        return rows.filter(pk__in=Assignment.objects.filter(user=user).values("mention"))
    if query.what == "undated":
        return rows.filter(earliest__isnull=True)
    if query.what == "unsure":
        return rows.filter(date_is_unsure=True)
    return rows


def _free(query: QueueQuery, user: User) -> MentionQuerySet:
    """What passes the filter and is in nobody else's hands."""
    rows = _asked_for(query, user)
    if query.kind:
        rows = rows.filter(kind=query.kind)
    if query.place:
        within = Place.objects.filter(Q(pk=query.place.pk) | Q(governorate=query.place))
        rows = rows.filter(place__in=within.order_by().values("pk"))
    if query.outlet:
        rows = rows.filter(article__in=Article.objects.filter(outlet=query.outlet).order_by().values("pk"))
    if query.report:
        rows = rows.filter(article=query.report)
    in_other_hands = Lease.objects.filter(until__gt=timezone.now()).exclude(user=user)
    return rows.exclude(pk__in=in_other_hands.values("mention"))


def _skipped(user: User) -> QuerySet[Skip]:
    return Skip.objects.filter(user=user, at__gt=timezone.now() - SKIPPED_FOR)


# ---- The order, and where in it an entry stands ----


@dataclass(frozen=True, slots=True)
class _Key:
    """A column that the queue is ordered by; rows without a value come last."""

    name: str
    descending: bool = False
    nullable: bool = False

    def column(self) -> OrderBy:
        nulls_last = True if self.nullable else None
        return F(self.name).desc(nulls_last=nulls_last) if self.descending else F(self.name).asc(nulls_last=nulls_last)

    def is_at(self, value: Any) -> Q:
        return Q(**{f"{self.name}__isnull": True}) if value is None else Q(**{self.name: value})

    def is_beyond(self, value: Any) -> Q | None:
        """None where nothing is: the rows without a value are the last."""
        if value is None:
            return None
        beyond = Q(**{f"{self.name}__{'lt' if self.descending else 'gt'}": value})
        return beyond | Q(**{f"{self.name}__isnull": True}) if self.nullable else beyond


# Each ends in the primary key, so that an entry has one place in it. Models know an index for each (models/mention.py).
_ORDERS = {
    "unsure": (_Key("confidence"), _Key("pk")),
    "newest": (_Key("reported", descending=True), _Key("article_id"), _Key("start"), _Key("pk")),
    "waiting": (_Key("article_id"), _Key("start"), _Key("pk")),
    "place": (_Key("place_id", nullable=True), _Key("earliest", nullable=True), _Key("pk")),
}


def _columns(query: QueueQuery) -> list[OrderBy]:
    return [key.column() for key in _ORDERS[query.order]]


def _beyond(keys: tuple[_Key, ...], values: tuple[Any, ...]) -> Q:
    """The rows that come after the one with these values: equal in the first keys, beyond it in the next."""
    found, same = Q(pk__in=[]), Q()
    for key, value in zip(keys, values, strict=True):
        beyond = key.is_beyond(value)
        if beyond is not None:
            found |= same & beyond
        same &= key.is_at(value)
    return found


# ---- Reading the query string ----


def _text(params: Mapping[str, Any], name: str) -> str:
    return " ".join(str(params.get(name) or "").replace("\x00", " ").split())


def _one_of(
    params: Mapping[str, Any], name: str, known: Mapping[str, Any], default: str, errors: dict[str, str]
) -> str:
    value = _text(params, name)
    if value and value not in known:
        errors[name] = f"“{value[:40]}” is no {name} that we know; it is left out of the filter."
        return default
    return value or default


def _record(params: Mapping[str, Any], name: str, rows: QuerySet[_M], errors: dict[str, str]) -> _M | None:
    """The record of that slug; of one that was merged, what it was merged into."""
    value = _text(params, name)
    if not value:
        return None
    found: Any = rows.filter(slug=value).select_related("merged_into").first()
    if found is None:
        errors[name] = f"“{value[:40]}” is no {name} that we know; it is left out of the filter."
        return None
    return found.merged_into or found


def _report(params: Mapping[str, Any], errors: dict[str, str]) -> Article | None:
    value = _text(params, "report")
    if not value:
        return None
    found = Article.objects.only("title").filter(pk=int(value)).first() if _NUMBER.fullmatch(value) else None
    if found is None:
        errors["report"] = f"There is no report “{value[:40]}”; it is left out of the filter."
    return found
