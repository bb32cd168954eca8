"""What was decided at the desk lately: by whom, on which day, what it changed, whether it was undone. Paged by key."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db.models import Count, Min
from django.http import QueryDict
from django.utils import timezone

from timeline.models import TRACKED, Act
from timeline.typed_dates import NotADate, read_interval

PAGE_SIZE = 50  # acts; more than anybody undoes, and one screen's scrolling
EVERYBODY = "everybody"


@dataclass(frozen=True, slots=True)
class Changed:
    """How many records of one kind an act changed; ``one`` is the key of the only one."""

    model: str
    words: str
    one: int | None


@dataclass(frozen=True, slots=True)
class ActRow:
    act: Act
    changed: list[Changed]
    undone_by: Act | None


@dataclass(frozen=True, slots=True)
class ActsQuery:
    """Whose acts (a key; None: everybody's), of which days (``typed`` is the box), from which act on backwards."""

    person: int | None
    first: dt.date | None = None
    last: dt.date | None = None
    before: int | None = None
    typed: str = ""
    error: str = ""

    @classmethod
    def read(cls, params: QueryDict, me: User) -> ActsQuery:
        """Mine where nobody is named. Never raises: a day that cannot be read is in ``error`` and does not filter."""
        who, typed = params.get("person", ""), " ".join(params.get("day", "").replace("\0", " ").split())[:60]
        first = last = None
        error = ""
        if typed:
            try:
                first, last = read_interval(typed)
            except NotADate as problem:
                error = str(problem)
        person = None if who == EVERYBODY else _key(who) or me.pk
        return cls(person, first, last, _key(params.get("before", "")), typed, error)


@dataclass(frozen=True, slots=True)
class Page:
    rows: list[ActRow]
    older: int | None


def _key(value: str) -> int | None:
    return int(value) if value.isascii() and value.isdigit() and len(value) <= 18 else None


def page(query: ActsQuery, size: int = PAGE_SIZE) -> Page:
    """One page, the latest first. One query, and one more for each kind of record."""
    acts = Act.objects.select_related("by", "undone_by__by").order_by("-pk")
    if query.person is not None:
        acts = acts.filter(by=query.person)
    if query.first and query.last:
        zone = timezone.get_current_timezone()
        start = dt.datetime.combine(query.first, dt.time.min, zone)
        acts = acts.filter(at__gte=start)
        if query.last < dt.date.max:
            acts = acts.filter(at__lt=dt.datetime.combine(query.last + dt.timedelta(days=1), dt.time.min, zone))
    if query.before is not None:
        acts = acts.filter(pk__lt=query.before)
    found = list(acts[: size + 1])
    shown = found[:size]
    changed = _changed(shown)
    rows = [ActRow(act, changed.get(act.pk, []), getattr(act, "undone_by", None)) for act in shown]
    return Page(rows, shown[-1].pk if len(found) > size else None)


def _changed(acts: list[Act]) -> dict[int, list[Changed]]:
    found: dict[int, list[Changed]] = {}
    for model in TRACKED:
        meta = model._meta
        counted = model.history.filter(act__in=acts).order_by().values_list("act")
        for act, number, first in counted.annotate(Count("id", distinct=True), Min("id")):
            noun = meta.verbose_name if number == 1 else meta.verbose_name_plural
            one = first if number == 1 else None
            found.setdefault(act, []).append(Changed(str(meta.model_name), f"{number:,} {noun}", one))
    return found


def people() -> list[User]:
    """Whoever has ever done anything at the desk, by name."""
    return list(User.objects.filter(pk__in=Act.objects.order_by().values("by").distinct()).order_by("username"))
