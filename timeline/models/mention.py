"""One extracted entry: a passage of an article that reports an event, and what was read from it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from simple_history.models import HistoricalRecords

from timeline.extraction.records import PRECISIONS
from timeline.models.act import OfAct
from timeline.models.article import Article
from timeline.models.event import Event, Kind
from timeline.models.place import STANDING, Place


class ReviewStatus(models.TextChoices):
    EXTRACTED = "extracted", "Extracted"
    ACCEPTED = "accepted", "Accepted"
    CORRECTED = "corrected", "Corrected"
    REJECTED = "rejected", "Rejected"


# A date whose basis says so can be read two ways, or is not told by the text at all.
UNSURE = "unsure"

# In place of no day, in ``reported``: databases do not agree where nothing comes in an order, and this comes before all.
NO_DAY = dt.date.min


def reported_on(published: dt.date | None) -> dt.date:
    """What ``Mention.reported`` holds for a report of that day."""
    return published or NO_DAY


class MentionQuerySet(models.QuerySet["Mention"]):
    def standing(self) -> MentionQuerySet:
        """Entries that nobody has rejected."""
        return self.exclude(status=ReviewStatus.REJECTED)

    def untouched(self) -> MentionQuerySet:
        """Entries that no person has looked at: a re-run of the engine may replace them."""
        return self.filter(status=ReviewStatus.EXTRACTED, event__isnull=True)

    def to_review(self) -> MentionQuerySet:
        """Entries that nobody has decided on, linked to an event or not."""
        return self.filter(status=ReviewStatus.EXTRACTED)

    def disagreeing(self) -> MentionQuerySet:
        """Entries of which the engine says what differs from what stands, and no editor has settled that yet."""
        return self.filter(disagrees=True)


def _queue_indexes() -> list[models.Index]:
    """One index an order of the queue, which holds what the queue filters by too.

    So that a filter that finds little, or nothing, reads an index and not the rows: with 80,000 entries waiting on
    SQLite 18 ms, and 280 ms without (benchmarks/review.py).
    """
    filters = ["kind", "place", "earliest", "date_is_unsure", "article"]
    orders = {
        "queue_least_sure": ["confidence", "id"],
        "queue_longest_waiting": ["article", "start", "id"],
        "queue_newest_report": ["-reported", "article", "start", "id"],
        "queue_by_place": ["place", "earliest", "id"],
    }
    return [
        models.Index(name=name, fields=["status", *order, *(f for f in filters if f not in order)])
        for name, order in orders.items()
    ]


class Mention(models.Model):
    """A passage ``article.text[start:end] == quote`` with its date, kind, place and actors.

    ``engine`` is what the engine said and never changes; the other fields are what stands now. ``disagreement`` is
    what the last reading says that differed from what a person decided: field -> {"stands": …, "engine": …}.
    ``settled`` is what of that an editor has seen and kept theirs against (field -> what the engine says); ``disagrees``
    is whether anything is open (``open_disagreement``).
    """

    article = models.ForeignKey(Article, verbose_name="report", on_delete=models.PROTECT, related_name="mentions")
    event = models.ForeignKey(Event, null=True, blank=True, on_delete=models.SET_NULL, related_name="mentions")
    status = models.CharField(max_length=10, choices=ReviewStatus, default=ReviewStatus.EXTRACTED)

    start = models.PositiveIntegerField(help_text="Characters from the beginning of the text.")
    end = models.PositiveIntegerField(help_text="Characters from the beginning of the text, not included.")
    quote = models.TextField()

    kind = models.CharField(max_length=20, choices=Kind)
    title = models.CharField(max_length=300)
    earliest = models.DateField(null=True, blank=True)
    latest = models.DateField(null=True, blank=True)
    precision = models.CharField(max_length=10, choices=[(p, p) for p in PRECISIONS], default="unknown")
    date_start = models.PositiveIntegerField(null=True, blank=True)
    date_end = models.PositiveIntegerField(null=True, blank=True)
    date_quote = models.TextField(blank=True)
    date_basis = models.TextField(blank=True)
    # Whether the date can be read two ways, or was taken without the text telling one; ``date_basis`` says which.
    date_is_unsure = models.BooleanField(default=False, editable=False)
    # The report's day of publication, for the order of the queue: no index reaches into another table.
    reported = models.DateField(default=NO_DAY, editable=False)
    place = models.ForeignKey(
        Place, null=True, blank=True, on_delete=models.PROTECT, related_name="mentions", limit_choices_to=STANDING
    )
    actors = models.JSONField(default=list, blank=True, help_text="Names, a list.")
    confidence = models.FloatField(default=1.0, help_text="Between 0 and 1, the engine's own.")

    engine = models.JSONField(
        default=dict, editable=False, help_text="What the engine said. Empty for an entry made by hand."
    )
    disagreement = models.JSONField(default=dict, blank=True, editable=False)
    settled = models.JSONField(default=dict, blank=True, editable=False)
    disagrees = models.BooleanField("engine disagrees", default=False, editable=False)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, editable=False
    )
    reviewed_at = models.DateTimeField(null=True, blank=True, editable=False)
    history = HistoricalRecords(bases=[OfAct], excluded_fields=["date_is_unsure", "reported", "disagrees"])

    objects = MentionQuerySet.as_manager()

    class Meta:
        verbose_name = "entry"
        verbose_name_plural = "entries"
        ordering = ["article", "start"]
        indexes = [
            models.Index(fields=["event", "status"]),
            *_queue_indexes(),
            models.Index(fields=["confidence", "id"], name="queue_of_disagreements", condition=Q(disagrees=True)),
        ]
        permissions = [("review_mention", "Can review extracted entries")]
        constraints = [
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="mention_passage_in_order"),
            models.CheckConstraint(condition=Q(end=F("start") + Length("quote")), name="mention_quote_fills_passage"),
            models.CheckConstraint(
                condition=Q(earliest__isnull=True) | Q(latest__isnull=True) | Q(earliest__lte=F("latest")),
                name="mention_earliest_not_after_latest",
                violation_error_message="The earliest day must not be after the latest.",
            ),
            models.CheckConstraint(
                condition=Q(earliest__isnull=True) | Q(latest__isnull=False),
                name="mention_first_day_needs_last_day",
                violation_error_message="Give the latest day too; for a single day it is the same as the earliest.",
            ),
            # A comparison with NULL passes a CHECK, so that both ends are given has to be said.
            models.CheckConstraint(
                condition=Q(date_start__isnull=True, date_end__isnull=True, date_quote="")
                | Q(
                    date_start__isnull=False,
                    date_end__isnull=False,
                    date_end=F("date_start") + Length("date_quote"),
                    date_end__gt=F("date_start"),
                ),
                name="mention_date_quote_fills_passage",
            ),
            models.CheckConstraint(condition=Q(confidence__gte=0, confidence__lte=1), name="mention_confidence_0_to_1"),
            models.CheckConstraint(condition=Q(status__in=ReviewStatus.values), name="mention_status_known"),
            models.CheckConstraint(condition=Q(precision__in=PRECISIONS), name="mention_precision_known"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="mention_kind_known"),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        self.derive()
        if self._state.adding:
            self.reported = reported_on(Article.objects.values_list("published", flat=True).get(pk=self.article_id))
        fields = None if update_fields is None else self.with_derived(update_fields)
        super().save(*args, update_fields=fields, **kwargs)

    def derive(self) -> None:
        """Bring what the queue filters by in line with what it follows from. A save does so; writing in bulk must."""
        self.date_is_unsure = UNSURE in self.date_basis
        self.disagrees = bool(self.open_disagreement)

    @staticmethod
    def with_derived(fields: Iterable[str]) -> set[str]:
        """These fields and those that follow from them."""
        named = set(fields)
        if "date_basis" in named:
            named.add("date_is_unsure")
        if named & {"disagreement", "settled", "status"}:
            named.add("disagrees")
        return named

    @property
    def open_disagreement(self) -> dict[str, Any]:
        """What the engine says otherwise and no editor has settled, field by field. Of a rejected entry it has no say."""
        if self.status == ReviewStatus.REJECTED:
            return {}
        return {
            name: told
            for name, told in self.disagreement.items()
            if told["stands"] != told["engine"] and self.settled.get(name, told["stands"]) != told["engine"]
        }

    @property
    def touched(self) -> bool:
        """Whether a person has decided anything about this entry."""
        return self.status != ReviewStatus.EXTRACTED or self.event_id is not None
