"""How two versions of a record differ, in the words of an editor: no keys, no JSON, days and tolls as they are read.

What belongs together is told together: the two days of a date with their precision, the figures of a toll.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from timeline.models import Actor, Article, Event, Mention, Origin, Place, TollClaim
from timeline.models.tollwords import claim_in_words
from timeline.query.datewords import in_words
from timeline.query.fieldwords import label, plain_in_words

EMPTY = "nothing"
GONE = "a record that is gone"
_AT_ONCE = 5_000  # keys in one query; SQLite takes 32,766 parameters


@dataclass(frozen=True, slots=True)
class Difference:
    """One field, or several that are told together, from what to what. ``field`` is the first one's name."""

    field: str
    label: str
    old: str
    new: str


@dataclass(slots=True)
class Named:
    """What the keys in some versions lead to, in words; looked up once for all of them."""

    names: dict[type[Any], dict[int, str]] = field(default_factory=dict)
    actors: dict[int, set[int]] = field(default_factory=dict)

    def of(self, model: Any, key: int | None) -> str:
        return EMPTY if key is None else self.names.get(model, {}).get(key, GONE)


def named(versions: Iterable[Any], kinds: set[Any] | None = None) -> Named:
    """Look up what the versions point to: one query for each kind of record (of ``kinds``), however many versions."""
    versions = [version for version in versions if version is not None]
    keys: dict[Any, set[int]] = {}
    for version in versions:
        for one in version.tracked_fields:
            if one.is_relation and one.name not in _LEFT_OUT and (key := getattr(version, one.attname)) is not None:
                keys.setdefault(one.related_model, set()).add(key)
    of_events = [version.history_id for version in versions if version.instance_type is Event]
    actors = actors_at(of_events) if of_events else {}
    if every := set().union(*actors.values()):
        keys.setdefault(Actor, set()).update(every)
    asked = {model: found for model, found in keys.items() if kinds is None or model in kinds}
    return Named({model: _names(model, found) for model, found in asked.items()}, actors)


def actors_at(versions: list[int]) -> dict[int, set[int]]:
    """The keys of the actors that each version of an event names, by the version's key."""
    named: dict[int, set[int]] = {version: set() for version in versions}
    rows = Event.history.model.actors
    for start in range(0, len(versions), _AT_ONCE):
        part = versions[start : start + _AT_ONCE]
        for version, actor in rows.filter(history_id__in=part).values_list("history_id", "actor_id"):
            named[version].add(actor)
    return named


def _names(model: Any, keys: set[int]) -> dict[int, str]:
    if model is Origin:
        rows = Article.objects.filter(origin__in=keys).order_by("-pk").values_list("origin", "title")
        return {key: f"together with “{title}”" for key, title in rows}
    if model is Event:
        return {key: f"“{title}”" for key, title in Event.objects.filter(pk__in=keys).values_list("pk", "title")}
    if model in (Mention, Article):
        return {key: f"“{title}”" for key, title in model.objects.filter(pk__in=keys).values_list("pk", "title")}
    if model is TollClaim:
        return {key: f"“{quote}”" for key, quote in TollClaim.objects.filter(pk__in=keys).values_list("pk", "quote")}
    if model is Place:
        found = Place.objects.filter(pk__in=keys).select_related("governorate")
        return {place.pk: f"{place}, {place.governorate}" if place.governorate else str(place) for place in found}
    return {key: str(record) for key, record in model._base_manager.in_bulk(list(keys)).items()}


def differences(older: Any, newer: Any, names: Named | None = None) -> list[Difference]:
    """What changed from one version of a record to a later one. ``names``: of ``named``, where many are compared."""
    if older is None:
        return []
    names = named([older, newer]) if names is None else names
    told = []
    for one in _told(newer.instance_type):
        old, new = one.words(older, names), one.words(newer, names)
        if old != new:
            told.append(Difference(one.fields[0], one.label, old or EMPTY, new or EMPTY))
    return told


# ---- What is told, and how ----


@dataclass(frozen=True, slots=True)
class _Told:
    fields: tuple[str, ...]
    label: str
    words: Callable[[Any, Named], str]


# Who and when are told beside; what the engine said never changes; the rest follows from what is told.
_LEFT_OUT = {
    *("id", "reviewed_by", "reviewed_at", "engine", "disagreement", "confidence", "engine_version", "lexicon_key"),
    *("changed_at", "created_at", "published_at", "added_at", "added_by", "text_hash", "search_text"),
}


def _days(version: Any, names: Named) -> str:
    return in_words(version.earliest, version.latest, version.precision)


def _state(version: Any, names: Named) -> str:
    if version.status == Event.Status.MERGED:
        return f"merged into {names.of(Event, version.merged_into_id)}"
    return Event.Status(version.status).label.lower()


def _killed(version: Any, names: Named) -> str:
    best = version.killed_best
    if not version.killed_words:
        return "not reported"
    return version.killed_words + (
        f", best estimate {best:,}" if best is not None and version.killed_low != version.killed_high else ""
    )


def _other_tolls(version: Any, names: Named) -> str:
    return "; ".join(f"{words} {harm}" for harm, words in version.other_tolls.items())


def _actors(version: Any, names: Named) -> str:
    return ", ".join(sorted(names.of(Actor, key) for key in names.actors.get(version.history_id, ())))


def _how_many(version: Any, names: Named) -> str:
    words = claim_in_words(version)
    return f"{words}, best estimate {version.best:,}" if version.best is not None else words


def _position(version: Any, names: Named) -> str:
    if version.latitude is None:
        return ""
    north, east = version.latitude, version.longitude
    return f"{abs(north):g}° {'N' if north >= 0 else 'S'}, {abs(east):g}° {'E' if east >= 0 else 'W'}"


def _by_whom(version: Any, names: Named) -> str:
    if not version.toll_by_editor:
        return "the rule"
    return "the rule, the best estimate by the editors" if version.toll_best_only else "the editors"


_TOGETHER: dict[Any, list[_Told]] = {
    Event: [
        _Told(("status", "merged_into"), "State", _state),
        _Told(("earliest", "latest", "precision"), "Date", _days),
        _Told(("killed_words", "killed_low", "killed_best", "killed_high"), "Killed", _killed),
        _Told(("other_tolls",), "Other tolls", _other_tolls),
        _Told(("toll_by_editor", "toll_best_only"), "Toll set by", _by_whom),
        _Told(("actors",), "Actors", _actors),
    ],
    Mention: [
        _Told(("earliest", "latest", "precision"), "Date", _days),
        _Told(("quote", "start", "end"), "Words of the report", lambda version, names: f"“{version.quote}”"),
        _Told(
            ("date_quote", "date_start", "date_end"),
            "Words of the date",
            lambda version, names: f"“{version.date_quote}”" if version.date_quote else "",
        ),
    ],
    TollClaim: [
        _Told(("low", "high", "qualifier", "best"), "How many", _how_many),
        _Told(("quote", "start", "end"), "Words of the report", lambda version, names: f"“{version.quote}”"),
    ],
    Place: [_Told(("latitude", "longitude"), "Position", _position)],
}

_LABELS = {
    "slug": "Public address",
    "date_basis": "How the date was read",
    "basis": "How it was read",
    "toll_basis": "Reason of the toll",
    "withdrawn_reason": "Reason of the withdrawal",
    "discounted": "Does not count, because",
    "report_count": "Reports",
    "origin_count": "Independent origins",
    "source_count": "Sources counted",
    "origin": "Copies",
    "published": "Published",
}


def _told(model: Any) -> list[_Told]:
    together = _TOGETHER.get(model, [])
    taken = {name for one in together for name in one.fields}
    alone = [
        _Told((one.name,), _LABELS.get(one.name, label(one)), _plainly(one))
        for one in model.history.model.tracked_fields
        if one.name not in taken | _LEFT_OUT
    ]
    return [*together, *alone]


def _plainly(one: Any) -> Callable[[Any, Named], str]:
    def told(version: Any, names: Named) -> str:
        value = getattr(version, one.attname)
        if one.is_relation:
            return names.of(one.related_model, value) if value is not None else ""
        words = plain_in_words(one, value)
        return words.lower() if one.choices else words

    return told
