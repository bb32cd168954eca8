"""The tables of extracted entries and of toll claims, each row with the words of the report that say it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from timeline.curation import events, review
from timeline.extraction.records import HARMS, PRECISIONS, QUALIFIERS, SCOPES
from timeline.models import Article, Event, Kind, Mention, Source, TollClaim
from timeline.models.place import Place
from timeline.tables.names import IMPORTED
from timeline.tables.rows import Column, Table
from timeline.tables.values import Day, Names, OneOf, Record, Whole, Words


class EntryTable(Table):
    """Rows that point into the text of a report by ``quote``, and by ``start`` where the words stand there twice."""

    def import_instance(self, instance: Any, row: Any, **kwargs: Any) -> None:
        was = (instance.quote, instance.start) if instance.pk else None
        super().import_instance(instance, row, **kwargs)
        if instance.article_id is None:
            raise ValidationError({"article": "Give the number of the report whose words these are."})
        if was is None or (instance.quote, instance.start) != was:
            self._locate(instance)

    def _locate(self, record: Any) -> None:
        text = record.article.text
        if not record.quote:
            raise ValidationError({"quote": "Give the words of the report that say it."})
        if record.start is None:
            record.start = text.find(record.quote)
        if record.start < 0 or not text.startswith(record.quote, record.start):
            found = text.find(record.quote)
            hint = f" They stand at {found}." if found >= 0 else " Copy them from its text, letter by letter."
            raise ValidationError({"quote": f"These words are not in report {record.article_id} at that place.{hint}"})
        record.end = record.start + len(record.quote)

    def _values(self, record: Any, names: list[str], allowed: frozenset[str]) -> dict[str, Any]:
        values = {name: getattr(record, name) for name in names if name in allowed}
        if {"quote", "start"} & set(names):
            values |= {"quote": record.quote, "start": record.start, "end": record.end}
        return values


class Entries(EntryTable):
    plural = "entries"

    class Meta:
        model = Mention

    article = Column("article", "the number of its report", Record(Article, "pk"))
    status = Column("status", "extracted, accepted, corrected or rejected", Words(), exported=True)
    kind = Column("kind", f"one of {', '.join(Kind.values)}", OneOf(Kind.values))
    title = Column("title", "what happened, in a few words", Words())
    earliest = Column("earliest", "first day it can have happened on", Day())
    latest = Column("latest", "last day", Day())
    precision = Column("precision", f"one of {', '.join(PRECISIONS)}", OneOf(PRECISIONS))
    date_basis = Column("date_basis", "by which rule it is dated", Words(), exported=True)
    place = Column("place", "the slug of its place", Record(Place, "slug"))
    actors = Column("actors", "names, separated by semicolons", Names())
    event = Column("event", "the slug of the event that it tells of", Record(Event, "slug"))
    quote = Column("quote", "the words of the report that say it", Words())
    start = Column("start", "where they stand in its text, in characters", Whole())
    confidence = Column("confidence", "how sure the engine was, 0 to 1", Words(), exported=True)

    def rows(self) -> QuerySet[Any]:
        return Mention.objects.select_related("article", "place", "event").defer("article__extraction").order_by("pk")

    def add(self, record: Any, row: dict[str, Any]) -> Any:
        names = [name for name in row if name not in {"event", "article"}]
        added = review.add_mention(
            record.article, self.user, self._values(record, [*names, "quote"], review.MENTION_FIELDS), IMPORTED
        )
        if record.event:
            events.link(added, record.event, self.user, IMPORTED)
        return added

    def change(self, record: Any, names: list[str]) -> None:
        now, event = Mention.objects.select_related("event", "article").get(pk=record.pk), record.event
        if record.article_id != now.article_id:
            raise ValidationError({"article": "An entry stays with its report. Add one to the other report."})
        if values := self._values(record, names, review.MENTION_FIELDS):
            review.correct(now, self.user, values, IMPORTED)
        if "event" in names:
            events.relink(now, event, self.user, IMPORTED)


class Claims(EntryTable):
    plural = "toll claims"

    class Meta:
        model = TollClaim

    article = Column("article", "the number of its report", Record(Article, "pk"))
    mention = Column("mention", "the number of its entry; empty for the whole conflict", Record(Mention, "pk"))
    status = Column("status", "extracted, accepted, corrected or rejected", Words(), exported=True)
    harm = Column("harm", f"one of {', '.join(HARMS)}", OneOf(HARMS))
    low = Column("low", "persons at least; empty for no bound", Whole())
    best = Column("best", "the source's own best estimate", Whole())
    high = Column("high", "persons at most; empty for no bound", Whole())
    qualifier = Column("qualifier", f"one of {', '.join(QUALIFIERS)}", OneOf(QUALIFIERS))
    victims = Column("victims", "civilians, children, soldiers …", Words())
    scope = Column("scope", f"one of {', '.join(SCOPES)}", OneOf(SCOPES))
    part_of = Column("part_of", "the number of the claim that it is a part of", Record(TollClaim, "pk"))
    source = Column("source", "the name of whoever says so", Record(Source, "name"))
    via = Column("via", "the name of whoever relays it", Record(Source, "name"))
    discounted = Column("discounted", "why it does not count; readers see it", Words())
    basis = Column("basis", "by which rule it was read", Words(), exported=True)
    quote = Column("quote", "the words of the report that say it", Words())
    start = Column("start", "where they stand in its text, in characters", Whole())

    def rows(self) -> QuerySet[Any]:
        found = TollClaim.objects.select_related("article", "mention", "source", "via", "part_of")
        return found.defer("article__extraction").order_by("pk")

    def add(self, record: Any, row: dict[str, Any]) -> Any:
        names = [name for name in row if name not in {"mention", "article"}]
        values = self._values(record, [*names, "quote"], review.TOLL_FIELDS)
        return review.add_toll(record.article, record.mention, self.user, values, IMPORTED)

    def change(self, record: Any, names: list[str]) -> None:
        now = TollClaim.objects.select_related("mention__event", "article").get(pk=record.pk)
        if record.article_id != now.article_id:
            raise ValidationError({"article": "A claim stays with its report. Add one to the other report."})
        review.correct_toll(now, self.user, self._values(record, names, review.TOLL_FIELDS), IMPORTED)
