"""One news report as it came in. Its text never changes."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce
from simple_history.models import HistoricalRecords

from timeline.models.act import OfAct
from timeline.models.origin import Origin
from timeline.models.source import STANDING, Source


class ArticleQuerySet(models.QuerySet["Article"]):
    def behind_published_events(self) -> ArticleQuerySet:
        """Reports that a reader can reach: at least one published event rests on them."""
        from timeline.models.event import Event
        from timeline.models.mention import Mention

        linked = Mention.objects.filter(article=models.OuterRef("pk"), event__status=Event.Status.PUBLISHED).standing()
        return self.filter(models.Exists(linked))

    def counted(self) -> ArticleQuerySet:
        """With ``entry_count``, ``waiting_count``, ``group_size`` (reports of its origin) and ``first_proposed`` (a day).

        Counted for each row by itself: over joined entries the database would count all before it shows a page.
        """
        from timeline.models.mention import Mention

        entries = Mention.objects.filter(article=models.OuterRef("pk"))
        waiting = entries.filter(status="extracted")
        return self.annotate(
            entry_count=_number_of(entries, "article"),
            waiting_count=_number_of(waiting, "article"),
            group_size=_number_of(Article.objects.filter(origin=models.OuterRef("origin")), "origin"),
            first_proposed=models.F("extraction__suggested_published__0__date"),
        )


def _number_of(rows: models.QuerySet[Any], by: str) -> Coalesce:
    """How many rows there are to the record outside that ``by`` leads to."""
    counted = rows.order_by().values(by).annotate(number=models.Count("pk")).values("number")
    return Coalesce(models.Subquery(counted), 0)


class Article(models.Model):
    """A report with its text, where it came from, and what the engine last read in it."""

    title = models.CharField(max_length=300)
    outlet = models.ForeignKey(
        Source, null=True, blank=True, on_delete=models.PROTECT, related_name="articles", limit_choices_to=STANDING
    )
    published = models.DateField(
        null=True,
        blank=True,
        db_index=True,
        help_text="Day of publication. Without it, relative dates stay unresolved.",
    )
    url = models.URLField("address", max_length=1000, blank=True)
    language = models.CharField(max_length=10, default="en")
    reference = models.TextField(
        blank=True, help_text="The public record that a demonstration text takes its facts from."
    )
    is_demo = models.BooleanField("demonstration text", default=False)
    text = models.TextField(help_text="As it came in. It never changes: every quote points into it.")
    text_hash = models.CharField(max_length=64, unique=True, editable=False)
    extraction = models.JSONField(
        default=dict, editable=False, help_text="What the engine last read, by the extraction contract."
    )
    engine_version = models.CharField(max_length=20, blank=True, editable=False)
    added_at = models.DateTimeField(auto_now_add=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, editable=False
    )
    origin = models.ForeignKey(
        Origin,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="articles",
        editable=False,
        help_text="The group of copies and rewrites that it belongs to; empty for a report of its own.",
    )
    origin_by_editor = models.BooleanField(
        default=False, editable=False, help_text="An editor said so: grouping by wording leaves it alone."
    )
    version_of = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="versions",
        editable=False,
        help_text="The report that stood at the same address before.",
    )
    feed = models.ForeignKey(
        "timeline.Feed", null=True, blank=True, on_delete=models.SET_NULL, related_name="articles", editable=False
    )
    history = HistoricalRecords(bases=[OfAct], excluded_fields=["text", "extraction"])

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = "report"
        ordering = ["-published", "-id"]
        indexes = [models.Index(fields=["added_at"], name="article_added")]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: object, **kwargs: object) -> None:
        if not self.text_hash:
            self.text_hash = hash_text(self.text)
        super().save(*args, **kwargs)  # type: ignore[arg-type]
        fields = kwargs.get("update_fields")
        if fields is None or "published" in fields:  # type: ignore[operator]
            self._tell_entries_the_day()

    @property
    def told_on(self) -> dt.date | None:
        """The day from which words like "on Wednesday" count in it.

        A later version of a report keeps most of the first one's words, and what was Wednesday then is so still.
        """
        first = self
        while first.version_of is not None:
            first = first.version_of
        return first.published

    def _tell_entries_the_day(self) -> None:
        """The entries hold the report's day as well, for the order of the review queue."""
        from timeline.models.mention import reported_on

        day = reported_on(self.published)
        self.mentions.exclude(reported=day).update(reported=day)


def hash_text(text: str) -> str:
    """SHA-256 of the text's words in hexadecimal: the same words with other white space are the same report."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()
