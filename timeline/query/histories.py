"""A record's history as its page tells it: one line an act, what changed in words, the latest first, paged by key.

The history of an entry tells of its toll claims too. Going back to a version is left to curation/versions.py.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from timeline.models import Act, Mention, TollClaim
from timeline.query.differences import Difference, Named, differences, named

PAGE_SIZE = 100  # versions; a line may hold several


@dataclass(frozen=True, slots=True)
class OfClaim:
    """What happened to one toll claim of an entry, in the same act or in one of its own."""

    claim: int
    quote: str
    what: str
    changes: list[Difference]


@dataclass(slots=True)
class Line:
    """What one act, or one saving without an act, made of the record.

    ``what``: added, changed or removed; empty where only claims changed. ``version``: the key of the version that the
    record can be put back to; None for a removal and where the record itself was not changed.
    """

    at: dt.datetime
    who: str
    why: str
    act: Act | None
    what: str = ""
    version: int | None = None
    stands: bool = False
    changes: list[Difference] = field(default_factory=list)
    claims: list[OfClaim] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Page:
    lines: list[Line]
    older: int | None


_WHAT = {"+": "added", "~": "changed", "-": "removed"}
_LONG = {"engine", "disagreement"}  # fields that no line tells of


def page(model: Any, key: int, before: int | None = None, size: int = PAGE_SIZE) -> Page:
    """One page of the history of the record ``key``, from the version ``before`` on backwards. At most ten queries."""
    versions = _with_who(model, model.history.filter(id=key)).order_by("-history_id")
    newest = versions.values_list("history_id", flat=True).first()
    upper = versions.filter(history_id=before).values_list("history_date", flat=True).first() if before else None
    found = list((versions.filter(history_id__lt=before) if before else versions)[: size + 1])
    shown, rest = found[:size], found[size:]
    lower = rest[0].history_date if rest else None
    claims: list[Any] = []
    if model is Mention:
        claims = _of_claims(key, upper)
    names = named([*found, *claims])
    lines = list(_lines(shown, rest[0] if rest else None, names, newest))
    if claims:
        lines = _with_claims(lines, claims, names, lower)
    told = [line for line in lines if line.changes or line.claims or line.act or line.what != "changed"]
    return Page(told, shown[-1].history_id if rest else None)


def _with_who(model: Any, versions: Any) -> Any:
    heavy = [one.name for one in model.history.model.tracked_fields if one.name in _LONG]
    return versions.select_related("history_user", "act__by").defer(*heavy)


def _of_claims(mention: int, upper: dt.datetime | None) -> list[Any]:
    """The versions of claims that have ever belonged to the entry, oldest first, each claim's together."""
    ever = TollClaim.history.filter(mention_id=mention).order_by().values("id")
    versions = _with_who(TollClaim, TollClaim.history.filter(id__in=ever))
    if upper:
        versions = versions.filter(history_date__lte=upper)
    return list(versions.order_by("id", "history_id"))


def _lines(shown: list[Any], oldest: Any, names: Named, newest: int | None) -> Iterator[Line]:
    """``shown``: versions, the latest first; ``oldest``: the one before them."""
    groups = [list(found) for _, found in groupby(shown, key=_one_act)]
    for place, group in enumerate(groups, 1):
        before = groups[place][0] if place < len(groups) else oldest
        last, first = group[0], group[-1]
        line = _line(last)
        line.what = _WHAT["+" if first.history_type == "+" else last.history_type]
        line.version = last.history_id if last.history_type != "-" else None
        line.stands = last.history_id == newest
        line.changes = differences(before, last, names) if first.history_type != "+" else []
        yield line


def _one_act(version: Any) -> tuple[str, int]:
    return ("act", version.act_id) if version.act_id else ("version", version.history_id)


def _line(version: Any) -> Line:
    act = version.act
    by = version.history_user or (act.by if act else None)
    reason = version.history_change_reason or ""
    why = (act.reason if act else "") or ("" if act and reason == act.words else reason)
    return Line(version.history_date, str(by) if by else "The engine or a recorded decision", why, act)


def _with_claims(lines: list[Line], versions: list[Any], names: Named, lower: dt.datetime | None) -> list[Line]:
    by_act: dict[Any, Line] = {line.act.pk if line.act else _second(line.at): line for line in reversed(lines)}
    more: dict[Any, Line] = {}
    for _, of_one in groupby(versions, key=lambda version: version.id):
        before = None
        for _, found in groupby(of_one, key=_one_act):
            group = list(found)
            last, kind = group[-1], group[0].history_type
            changes = differences(before, last, names)
            before = last
            if (lower and last.history_date <= lower) or not (changes or kind != "~"):
                continue
            key = last.act_id or _second(last.history_date)
            line = by_act.get(key) or more.setdefault(key, _line(last))
            line.claims.append(OfClaim(last.id, last.quote, _WHAT[kind if kind == "+" else last.history_type], changes))
    return sorted([*lines, *more.values()], key=lambda line: line.at, reverse=True)


def _second(at: dt.datetime) -> dt.datetime:
    """The engine writes an entry and its claims one after another, with no act to tell that they belong together."""
    return at.replace(microsecond=0)
