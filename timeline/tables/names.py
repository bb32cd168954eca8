"""The tables of names: sources, actors, places, feeds."""

from __future__ import annotations

from typing import Any

from django.db.models import Model, QuerySet

from timeline.curation.signing import save_signed
from timeline.ingest.naming import free_slug
from timeline.models import Actor, Feed, Place, Source
from timeline.tables.rows import Column, Table
from timeline.tables.values import Decimal, Names, OneOf, Record, Whole, Words, YesNo

IMPORTED = "imported"  # the reason that stands in the history


class NameTable(Table):
    """Records that are stored as they are, each with an address of its own."""

    def add(self, record: Any, row: dict[str, Any]) -> Any:
        if hasattr(record, "slug") and not record.slug:
            record.slug = free_slug(type(record), record.name)
        save_signed(record, self.user, IMPORTED)
        return record

    def change(self, record: Any, names: list[str]) -> None:
        save_signed(record, self.user, IMPORTED, names)

    def validate_instance(
        self, instance: Model, import_validation_errors: Any = None, validate_unique: bool = True
    ) -> None:
        """The address is made when the record is stored; until then an empty one is right."""
        made_later = not getattr(instance, "slug", "-")
        if made_later:
            instance.slug = free_slug(type(instance), instance.name)  # type: ignore[attr-defined]
        super().validate_instance(instance, import_validation_errors, validate_unique)


class Sources(NameTable):
    plural = "sources"

    class Meta:
        model = Source

    name = Column("name", "as it is shown", Words())
    slug = Column("slug", "in addresses; made from the name where empty", Words())
    kind = Column("kind", f"one of {', '.join(Source.Kind.values)}", OneOf(Source.Kind.values))
    status = Column("status", f"one of {', '.join(Source.Status.values)}", OneOf(Source.Status.values))
    notes = Column("notes", "what editors know of how it counts", Words())
    merged_into = Column(
        "merged_into", "the source that this is another name of", Record(Source, "name"), exported=True
    )

    def init_instance(self, row: Any = None) -> Any:
        return Source(status=Source.Status.KNOWN)

    def rows(self) -> QuerySet[Any]:
        return Source.objects.select_related("merged_into").order_by("pk")


class Actors(NameTable):
    plural = "actors"

    class Meta:
        model = Actor

    name = Column("name", "as it is shown", Words())
    slug = Column("slug", "in addresses; made from the name where empty", Words())


class Places(NameTable):
    plural = "places"

    class Meta:
        model = Place

    name = Column("name", "as it is shown", Words())
    name_ar = Column("name_ar", "in Arabic", Words())
    slug = Column("slug", "in addresses; made from the name where empty", Words())
    kind = Column("kind", "governorate, city, town, village, district, camp, country …", Words())
    governorate = Column("governorate", "the slug of its governorate", Record(Place, "slug"))
    country = Column("country", "two letters, such as SY", Words())
    latitude = Column("latitude", "degrees north", Decimal())
    longitude = Column("longitude", "degrees east", Decimal())
    other_names = Column("other_names", "spellings, separated by semicolons", Names())
    merged_into = Column(
        "merged_into", "the slug of the place that this name leads to", Record(Place, "slug"), exported=True
    )

    def rows(self) -> QuerySet[Any]:
        return Place.objects.select_related("governorate", "merged_into").order_by("pk")


class Feeds(NameTable):
    plural = "feeds"

    class Meta:
        model = Feed

    address = Column("address", "of the RSS or Atom file", Words())
    outlet = Column("outlet", "the name of the source whose reports these are", Record(Source, "name"))
    every = Column("every", "minutes between readings", Whole())
    active = Column("active", "yes or no", YesNo())
    read_at = Column("read_at", "when it was last read", Words(), exported=True)
    error = Column("error", "what went wrong", Words(), exported=True)

    def rows(self) -> QuerySet[Any]:
        return Feed.objects.select_related("outlet").order_by("pk")
