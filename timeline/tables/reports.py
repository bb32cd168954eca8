"""The table of reports. A new row is a report that is read at once; the text of one that is there never changes."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone

from timeline.curation.dating import read_again
from timeline.curation.signing import save_signed
from timeline.extraction import extract
from timeline.ingest.readers import MAX_TEXT_BYTES, RawReport, normalised
from timeline.ingest.reports import first_words
from timeline.ingest.store import store_report
from timeline.models import Article, Source
from timeline.tables.names import IMPORTED
from timeline.tables.rows import Column, Table
from timeline.tables.values import Day, Record, Words


class Reports(Table):
    plural = "reports"

    class Meta:
        model = Article
        # A new text is checked when it is stored: its hash is made there.
        clean_model_instances = False

    title = Column("title", "made from the first line where empty", Words())
    outlet = Column("outlet", "the name of the source that published it", Record(Source, "name"))
    published = Column("published", "day of publication; empty for an undated report", Day())
    url = Column("url", "address", Words())
    language = Column("language", "en, ar, fr …", Words())
    reference = Column("reference", "the public record behind a demonstration text", Words())
    added_at = Column("added_at", "when it came in", Words(), exported=True)
    text = Column("text", "the words of the report; of one that is here they cannot change", Words())

    def rows(self) -> QuerySet[Any]:
        return Article.objects.select_related("outlet").defer("extraction").order_by("pk")

    def skip_row(self, instance: Any, original: Any, row: Any, import_validation_errors: Any = None) -> bool:
        if self._was is not None and "text" in row:
            # A file may have been through a program that changed its line ends: the words are what counts.
            if instance.text.split() != self._was["text"].split():
                raise ValidationError(
                    {"text": "The text of a report never changes. Add the new text as a report of its own."}
                )
            instance.text = self._was["text"]
        if instance.published and instance.published > timezone.localdate():
            raise ValidationError({"published": f"{instance.published} is in the future."})
        return super().skip_row(instance, original, row, import_validation_errors)

    def add(self, record: Any, row: dict[str, Any]) -> Any:
        text = normalised(record.text)
        if not text or len(text.encode()) > MAX_TEXT_BYTES:
            raise ValidationError({"text": f"A report needs a text, of at most {MAX_TEXT_BYTES // 1_000_000} MB."})
        # The text is checked above, and its hash is made when it is stored.
        record.title = record.title or first_words(text)
        record.language = record.language or "en"
        record.clean_fields(exclude={"text", "text_hash", "extraction"})
        report = RawReport(
            text=text,
            title=record.title,
            outlet=record.outlet.name if record.outlet else "",
            published=record.published,
            url=record.url,
            language=record.language,
            reference=record.reference,
            origin=IMPORTED,
        )
        article, is_new = store_report(report, extract(text, record.published), self.user)
        if not is_new:
            raise ValidationError({"text": f"This text is here already: “{article}” (report {article.pk})."})
        return article

    def change(self, record: Any, names: list[str]) -> None:
        record.clean_fields(exclude={"text", "text_hash", "extraction"})
        save_signed(record, self.user, IMPORTED, names)
        if "published" in names:
            whole = Article.objects.get(pk=record.pk)
            read_again(whole, self.user, IMPORTED)
