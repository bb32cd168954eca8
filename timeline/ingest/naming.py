"""From a name in an extraction to its record: the one there is, else a new one filled from the lexicon.

A name that the lexicon knows becomes a known record; any other becomes a proposed one for an editor to confirm. One
that editors merged into another leads there from then on, and one that they rejected leads nowhere.
"""

from __future__ import annotations

from functools import cache
from typing import TypeVar

from django.db.models import Model
from django.utils.text import slugify

from timeline.extraction.lexicon import Lexicon, PlaceEntry, SourceEntry, load
from timeline.models import Actor, Place, Source

_M = TypeVar("_M", bound=Model)

NAME_LENGTH = 200  # of Source.name and Actor.name


def free_slug(model: type[_M], text: str, length: int = 110) -> str:
    """A slug made of ``text`` that no row of ``model`` has yet: the words, then -2, -3 …"""
    stem = slugify(text, allow_unicode=True)[:length].strip("-") or str(model._meta.model_name)
    taken = set(model._default_manager.filter(slug__startswith=stem).values_list("slug", flat=True))
    slug, number = stem, 1
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    return slug


def kept_source(source: Source | None) -> Source | None:
    """The record that a source is another name of, itself where it is none; None for what was rejected."""
    while source is not None and source.merged_into is not None:
        source = source.merged_into
    return None if source is None or source.status == Source.Status.REJECTED else source


def kept_place(place: Place) -> Place:
    """The place that this one is another name of; itself where it is none."""
    while place.merged_into is not None:
        place = place.merged_into
    return place


def kept_actor(actor: Actor) -> Actor:
    """The actor that this one is another name of; itself where it is none."""
    while actor.merged_into is not None:
        actor = actor.merged_into
    return actor


@cache
def _sources(lexicon: Lexicon) -> dict[str, SourceEntry]:
    return {name.casefold(): entry for entry in reversed(lexicon.sources) for name in (*entry.aliases, entry.name)}


@cache
def _places(lexicon: Lexicon) -> dict[str, list[PlaceEntry]]:
    found: dict[str, list[PlaceEntry]] = {}
    # Canonical names before other spellings, so that the first of several is the place most likely meant.
    for entry in lexicon.places:
        found.setdefault(entry.name.casefold(), []).append(entry)
    for entry in lexicon.places:
        for alias in entry.aliases:
            if entry not in found.setdefault(alias.casefold(), []):
                found[alias.casefold()].append(entry)
    return found


def _recorded_source(name: str) -> Source | None:
    """By the key first: an editor may have given the record a better name since."""
    sources = Source.objects.select_related("merged_into")
    return sources.filter(lexicon_key=name).first() or sources.filter(name=name).first()


def _source_name(name: str, entry: SourceEntry | None) -> str:
    return (entry.name if entry else name.strip())[:NAME_LENGTH]


def source_name_kept(name: str | None, lexicon: str = "syria") -> str | None:
    """What the source that the engine names is called now; the name as it is where there is no record yet.

    None for a name that editors found to be no source. Makes nothing.
    """
    if not name:
        return None
    found = _recorded_source(_source_name(name, _sources(load(lexicon)).get(name.strip().casefold())))
    if found is None:
        return name
    kept = kept_source(found)
    return kept.name if kept else None


def source_named(name: str, kind: str | None = None, lexicon: str = "syria") -> Source | None:
    """The source of that name or alias; made when there is none. ``kind`` is used for a name the lexicon lacks.

    None for a name that editors found to be no source.
    """
    entry = _sources(load(lexicon)).get(name.strip().casefold())
    name = _source_name(name, entry)
    if found := _recorded_source(name):
        return kept_source(found)
    source, _ = Source.objects.get_or_create(
        lexicon_key=name,
        defaults={
            "name": name,
            "slug": free_slug(Source, name),
            "kind": entry.kind if entry else kind or Source.Kind.OTHER,
            "status": Source.Status.KNOWN if entry or kind == Source.Kind.OUTLET else Source.Status.PROPOSED,
        },
    )
    return source


def actor_named(name: str) -> Actor:
    """The actor of that name, made when there is none."""
    name = name.strip()[:NAME_LENGTH]
    known = Actor.objects.select_related("merged_into").filter(name=name).first()
    return (
        kept_actor(known)
        if known
        else Actor.objects.get_or_create(name=name, defaults={"slug": free_slug(Actor, name)})[0]
    )


def place_named(name: str, governorate: str | None = None, lexicon: str = "syria") -> Place | None:
    """The place of that name, preferring the governorate given; made from the gazetteer when there is no record yet.

    None when neither the database nor the gazetteer knows the name: a place is not proposed without coordinates.
    """
    entry = _place_entry(name, governorate, lexicon)
    if entry is None:
        found = Place.objects.select_related("merged_into").filter(name__iexact=name.strip()).order_by("pk").first()
        return kept_place(found) if found else None
    return _recorded_place(entry) or _place_from(entry, lexicon)


def place_name_kept(name: str | None, governorate: str | None = None, lexicon: str = "syria") -> str | None:
    """What the place that the engine names is called now; the name as it is where there is no record yet."""
    entry = _place_entry(name, governorate, lexicon) if name else None
    found = _recorded_place(entry) if entry else None
    return found.name if found else name


def _recorded_place(entry: PlaceEntry) -> Place | None:
    found = Place.objects.select_related("merged_into").filter(lexicon_key=_key(entry)).first()
    return kept_place(found) if found else None


def _place_entry(name: str, governorate: str | None, lexicon: str) -> PlaceEntry | None:
    entries = _places(load(lexicon)).get(name.strip().casefold(), [])
    return min(entries, key=lambda e: (e.governorate != governorate, e.kind == "governorate"), default=None)


def _key(entry: PlaceEntry) -> str:
    """What names a place of the gazetteer for good, whatever an editor calls its record."""
    return "|".join([entry.country, entry.governorate or "", entry.kind, entry.name])


def governorate_named(name: str, lexicon: str = "syria") -> Place | None:
    """The governorate of that name; None for a name that is not one."""
    entries = _places(load(lexicon)).get(name.casefold(), [])
    entry = next((entry for entry in entries if entry.kind == "governorate"), None)
    if entry is None:
        return None
    return _recorded_place(entry) or _place_from(entry, lexicon)


def _place_from(entry: PlaceEntry, lexicon: str) -> Place:
    above = governorate_named(entry.governorate, lexicon) if entry.governorate and entry.kind != "governorate" else None
    place, _ = Place.objects.get_or_create(
        lexicon_key=_key(entry),
        defaults={
            "name": entry.name,
            "name_ar": entry.name_ar or "",
            "slug": free_slug(Place, f"{entry.name} governorate" if entry.kind == "governorate" else entry.name),
            "kind": entry.kind,
            "governorate": above,
            "country": entry.country,
            "latitude": entry.latitude,
            "longitude": entry.longitude,
            "other_names": list(entry.aliases),
        },
    )
    return place
