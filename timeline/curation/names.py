"""Names kept clean: what the engine proposed is confirmed, rejected or found to be another name; two records become one.

A merged record stays, as another name of the one that is kept: naming.py leads there from then on. What pointed to it
is rewired, each record with a version of its own, so that the whole is undone as one act.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Count, F, Q, QuerySet

from timeline.curation import events
from timeline.curation.acts import acting
from timeline.curation.rights import Right
from timeline.curation.signing import save_many_signed, save_signed, set_actors
from timeline.ingest.naming import NAME_LENGTH
from timeline.models import Actor, Article, Event, Feed, Mention, Place, Source, TollClaim

Name = Source | Place | Actor


class CannotKeep(ValueError):
    """A name that cannot be confirmed, rejected or merged like this; says which and why."""


# ---- One name ----


def save_name(record: Name, user: User | None, reason: str = "") -> None:
    """Save a name that was added, renamed or described otherwise. Events are found by a renamed place's new name."""
    kind = record._meta.verbose_name
    before = type(record)._default_manager.filter(pk=record.pk).first() if record.pk else None
    if before is None:
        words = f"added the {kind} “{record}”"
    elif before.name != record.name:
        words = f"renamed the {kind} “{before}” to “{record}”"
    else:
        words = f"changed the {kind} “{record}”"
    with acting(user, Right.KEEP_NAMES, words, reason):
        save_signed(record, user, reason)
        if isinstance(record, Place) and before is not None and _is_found_otherwise(before, record):
            _refresh(_events_in(record), user, reason)


def _is_found_otherwise(before: Any, place: Place) -> bool:
    return any(
        getattr(before, field) != getattr(place, field)
        for field in ("name", "name_ar", "other_names", "governorate_id", "kind")
    )


def confirm(sources: Iterable[Source], user: User | None, reason: str = "") -> int:
    """These names are sources. Returns how many were not known before."""
    found = [source for source in sources if source.merged_into_id is None and source.status != Source.Status.KNOWN]
    with acting(user, Right.KEEP_NAMES, f"confirmed {_listed(found, 'source')}", reason):
        for source in found:
            source.status = Source.Status.KNOWN
            save_signed(source, user, reason, ["status"])
    return len(found)


def reject(sources: Iterable[Source], user: User | None, reason: str = "") -> int:
    """These names are no sources: what was attributed to them has no source, now and in reports to come.

    Raises CannotKeep for one that published reports or has other names, for it is a source.
    """
    found = [s for s in sources if s.merged_into_id is None and s.status != Source.Status.REJECTED]
    with acting(user, Right.KEEP_NAMES, f"rejected {_listed(found, 'name')} as no source", reason):
        for source in found:
            if source.articles.exists() or source.feeds.exists():
                raise CannotKeep(f"“{source}” publishes reports that are here: it is a source. Merge or rename it.")
            if source.merged.exists():
                raise CannotKeep(f"“{source}” has other names merged into it: undo that first.")
        keys = [source.pk for source in found]
        affected = _events_that_may_change(keys)
        for field in ("source", "via"):
            _rewire(TollClaim.objects.filter(**{f"{field}__in": keys}), field, None, user, reason)
        for source in found:
            source.status = Source.Status.REJECTED
            save_signed(source, user, reason, ["status"])
        _refresh(affected, user, reason)
    return len(found)


def alias(source: Source, known: Source, user: User | None, reason: str = "") -> None:
    """``source`` is another name of ``known``."""
    if known.status != Source.Status.KNOWN:
        raise CannotKeep(f"“{known}” is no known source yet: confirm it first.")
    merge_sources(known, [source], user, reason)


# ---- Two names for one ----


def merge_sources(kept: Source, others: Iterable[Source], user: User | None, reason: str = "") -> None:
    """The others are other names of ``kept``: claims, reports and feeds of theirs become its own.

    Two sources of one event that turn out to be one count once. Raises CannotKeep.
    """
    others = list(others)
    with acting(user, Right.PUBLISH, _merged_words(kept, others), reason):
        kept, others = _mergeable(kept, others)
        if kept.status == Source.Status.REJECTED:
            raise CannotKeep(f"“{kept}” was rejected as no source: confirm it first.")
        keys = [other.pk for other in others]
        affected = _events_that_may_change([kept.pk, *keys])
        for model, field in ((Article, "outlet"), (Feed, "outlet"), (TollClaim, "source"), (TollClaim, "via")):
            _rewire(model._default_manager.filter(**{f"{field}__in": keys}), field, kept, user, reason)
        # Nobody passes on what they say themselves.
        _rewire(TollClaim.objects.filter(source=kept, via=kept), "via", None, user, reason)
        _lead(others, kept, user, reason)
        _refresh(affected, user, reason)


def merge_places(kept: Place, others: Iterable[Place], user: User | None, reason: str = "") -> None:
    """The others are other names of ``kept``: entries, events and, of a governorate, its places become its own.

    Raises CannotKeep, for a governorate that would not be one any more, and for places that would stand there twice.
    """
    others = list(others)
    with acting(user, Right.PUBLISH, _merged_words(kept, others), reason):
        kept, others = _mergeable(kept, others)
        keys = [other.pk for other in others]
        _check_governorates(kept, others)
        _rewire(Place.objects.filter(governorate__in=keys), "governorate", kept, user, reason)
        _rewire(Mention.objects.filter(place__in=keys), "place", kept, user, reason)
        for event in Event.objects.select_for_update().filter(place__in=keys).defer("search_text"):
            event.place = kept
            save_signed(event, user, reason, ["place", "changed_at"])
        names = dict.fromkeys([*kept.other_names, *(n for other in others for n in (other.name, *other.other_names))])
        kept.other_names = [name for name in names if name != kept.name]
        kept.name_ar = kept.name_ar or next((other.name_ar for other in others if other.name_ar), "")
        save_signed(kept, user, reason, ["other_names", "name_ar"])
        _lead(others, kept, user, reason)
        _refresh(_events_in(kept), user, reason)


def merge_actors(kept: Actor, others: Iterable[Actor], user: User | None, reason: str = "") -> None:
    """The others are other names of ``kept``. Entries keep the names as they were read; the events name ``kept``."""
    others = list(others)
    with acting(user, Right.PUBLISH, _merged_words(kept, others), reason):
        kept, others = _mergeable(kept, others)
        for event in Event.objects.filter(actors__in=others).distinct():
            set_actors(event, [kept, *(actor for actor in event.actors.all() if actor not in others)], user, reason)
        _lead(others, kept, user, reason)


MERGING: dict[type[Any], Callable[..., None]] = {Source: merge_sources, Place: merge_places, Actor: merge_actors}


def _mergeable(kept: Any, others: Sequence[Any]) -> tuple[Any, list[Any]]:
    """The records as they stand now, held until they are merged. Raises CannotKeep."""
    keys = {kept.pk, *(other.pk for other in others)}
    held = type(kept)._default_manager.select_for_update(of=("self",)).in_bulk(keys)
    kept, others = held[kept.pk], [held[key] for key in dict.fromkeys(other.pk for other in others)]
    if kept.merged_into_id is not None:
        raise CannotKeep(f"“{kept}” is another name of “{kept.merged_into}” itself: merge into that one.")
    for other in others:
        if other.pk == kept.pk:
            raise CannotKeep(f"“{kept}” cannot be merged into itself.")
        if other.merged_into_id is not None:
            raise CannotKeep(f"“{other}” is another name of “{other.merged_into}” already.")
    if not others:
        raise CannotKeep(f"Choose what is to be merged into “{kept}”.")
    return kept, others


def _check_governorates(kept: Place, others: Sequence[Place]) -> None:
    if kept.kind != "governorate":
        for other in others:
            if other.kind == "governorate" or other.places.exists():
                raise CannotKeep(f"“{other}” is a governorate, “{kept}” is none. Merge it into a governorate.")
    same = ("name", "kind", "country")
    moving = Place.objects.filter(governorate__in=others).values_list(*same)
    there = set(Place.objects.filter(governorate=kept).values_list(*same))
    seen: set[tuple[Any, ...]] = set(there)
    for place in moving:
        if place in seen:
            raise CannotKeep(f"“{place[0]}” would stand twice in “{kept}”. Merge these two places first.")
        seen.add(place)


def _merged_words(kept: Name, others: Sequence[Name]) -> str:
    return f"merged {_listed(others, str(kept._meta.verbose_name))} into “{kept}”"


def _listed(records: Sequence[Name], noun: str) -> str:
    """'the source “A”', '3 sources: “A”, “B”, “C”'; names beyond the third are left out."""
    if len(records) == 1:
        return f"the {noun} “{records[0]}”"
    shown = ", ".join(f"“{str(record)[: NAME_LENGTH // 4]}”" for record in records[:3])
    return f"{len(records)} {noun}s: {shown}{' …' if len(records) > 3 else ''}"


# ---- What points to them ----


def _rewire(pointing: QuerySet[Any], field: str, kept: Any, user: User | None, reason: str) -> None:
    """Make the records point to ``kept`` by ``field``, with a version of each."""
    records = list(pointing.select_for_update().order_by("pk").defer(*_LONG.get(pointing.model, ())))
    for record in records:
        setattr(record, field, kept)
    save_many_signed(records, user, reason, [field])


# What the history does not hold, and rewiring need not read.
_LONG: dict[type[Any], tuple[str, ...]] = {Article: ("text", "extraction")}


def _lead(others: Sequence[Any], kept: Any, user: User | None, reason: str) -> None:
    """From now on these names lead to ``kept``, and so do those that led to them."""
    model = type(kept)
    led = list(model._default_manager.filter(merged_into__in=[other.pk for other in others]))
    for record in (*others, *led):
        record.merged_into = kept
    save_many_signed([*others, *led], user, reason, ["merged_into"])


def _events_that_may_change(sources: Sequence[int]) -> list[int]:
    """Events with two claims or more of these sources: the toll by source can change in no other."""
    claims = TollClaim.objects.filter(source__in=sources, mention__event__isnull=False).order_by()
    grouped = claims.values(event=F("mention__event")).annotate(number=Count("pk")).filter(number__gt=1)
    return [row["event"] for row in grouped]


def _events_in(place: Place) -> list[int]:
    """Events whose words for the text filter name the place: those in it and, of a governorate, in its places."""
    where = Q(place=place) | Q(place__governorate=place)
    return list(Event.objects.filter(where).values_list("pk", flat=True))


def _refresh(keys: Iterable[int], user: User | None, reason: str) -> None:
    for event in Event.objects.filter(pk__in=list(keys)):
        events.refresh(event, user, reason)
