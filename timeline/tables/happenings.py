"""The table of events. Rows correct what is there or add drafts; publishing stays with the desk."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from timeline.curation import events
from timeline.curation.signing import save_signed
from timeline.extraction.records import PRECISIONS
from timeline.ingest.naming import actor_named, free_slug
from timeline.models import Event, Kind
from timeline.models.place import Place
from timeline.tables.names import IMPORTED
from timeline.tables.rows import Column, Table
from timeline.tables.values import Day, Names, OneOf, Record, Whole, Words, YesNo


class ActorColumn(Column):
    """The event's actors as their names; kept beside the record until it is stored."""

    def get_value(self, instance: Any) -> list[str]:
        if hasattr(instance, "_actor_names"):
            return list(instance._actor_names)
        return sorted(actor.name for actor in instance.actors.all()) if instance.pk else []

    def save(self, instance: Any, row: Any, is_m2m: bool = False, **kwargs: Any) -> None:
        instance._actor_names = sorted(self.clean(row))


class Events(Table):
    plural = "events"

    class Meta:
        model = Event

    slug = Column("slug", "its public address; made from the title where empty", Words())
    status = Column("status", "draft, published, withdrawn or merged: changed on the desk", Words(), exported=True)
    kind = Column("kind", f"one of {', '.join(Kind.values)}", OneOf(Kind.values))
    title = Column("title", "what happened, in a few words", Words())
    summary = Column("summary", "for readers", Words())
    earliest = Column("earliest", "first day it can have happened on", Day())
    latest = Column("latest", "last day", Day())
    precision = Column("precision", f"one of {', '.join(PRECISIONS)}", OneOf(PRECISIONS))
    place = Column("place", "the slug of its place", Record(Place, "slug"))
    actors = ActorColumn("actors", "names, separated by semicolons", Names())
    killed_low = Column("killed_low", "persons; set by rule unless toll_by_editor", Whole())
    killed_best = Column("killed_best", "persons", Whole())
    killed_high = Column("killed_high", "persons", Whole())
    toll_by_editor = Column("toll_by_editor", "yes where the editors set the toll", YesNo())
    toll_basis = Column("toll_basis", "why the editors set it; readers see it", Words())
    contested = Column("contested", "whether sources exclude each other", YesNo(), exported=True)
    source_count = Column("source_count", "sources of its toll", Whole(), exported=True)
    report_count = Column("report_count", "reports it rests on", Whole(), exported=True)
    origin_count = Column("origin_count", "independent origins of these reports", Whole(), exported=True)

    def rows(self) -> QuerySet[Any]:
        return Event.objects.select_related("place").prefetch_related("actors").order_by("pk")

    def skip_row(self, instance: Any, original: Any, row: Any, import_validation_errors: Any = None) -> bool:
        errors = import_validation_errors if import_validation_errors is not None else {}
        if (
            self._was is not None
            and instance.published_at
            and str(instance.slug) != str(self._was.get("slug", instance.slug))
        ):
            errors["slug"] = ["An address that has been public never changes."]
        if not instance.slug:
            instance.slug = free_slug(Event, f"{instance.title} {instance.earliest or ''}".strip())
        figures = {"killed_low", "killed_best", "killed_high"} & set(row)
        if instance.toll_by_editor and not instance.toll_basis.strip():
            errors["toll_basis"] = ["Say why these figures and not those of the rule: readers will see the reason."]
        skipped = super().skip_row(instance, original, row, errors)
        changed = {name for name in figures if self._was is None or self._was.get(name) != self._now[name]}
        if not instance.toll_by_editor and any(self._now[name] != "" for name in changed):
            errors["toll_by_editor"] = ["The rule sets these figures. Say yes here and give the reason in toll_basis."]
            return False
        return skipped

    def add(self, record: Any, row: dict[str, Any]) -> Any:
        save_signed(record, self.user, IMPORTED)
        self._actors(record)
        return record

    def change(self, record: Any, names: list[str]) -> None:
        events.refuse_merged(record)
        fields = [name for name in names if name != "actors"]
        if fields:
            save_signed(record, self.user, IMPORTED, [*fields, "changed_at"])
        if "actors" in names:
            self._actors(record)
        events.refresh(record, self.user, IMPORTED)

    def _actors(self, record: Any) -> None:
        record.actors.set([actor_named(name) for name in getattr(record, "_actor_names", [])])
