"""One extracted entry: a passage of an article that reports an event, and what was read from it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from simple_history.models import HistoricalRecords

from timeline.extraction.records import PRECISIONS
from timeline.models.act import OfAct
from timeline.models.article import Article
from timeline.models.event import Event, Kind
from timeline.models.place import Place


class ReviewStatus(models.TextChoices):
    EXTRACTED = "extracted", "Extracted"
    ACCEPTED = "accepted", "Accepted"
    CORRECTED = "corrected", "Corrected"
    REJECTED = "rejected", "Rejected"


# A date whose basis says so can be read two ways, or is not told by the text at all.
UNSURE = "unsure"


class MentionQuerySet(models.QuerySet["Mention"]):
    def standing(self) -> MentionQuerySet:
        """Entries that nobody has rejected."""
        return self.exclude(status=ReviewStatus.REJECTED)

    def untouched(self) -> MentionQuerySet:
        """Entries that no person has looked at: a re-run of the engine may replace them."""
        return self.filter(status=ReviewStatus.EXTRACTED, event__isnull=True)


class Mention(models.Model):
    """A passage ``article.text[start:end] == quote`` with its date, kind, place and actors.

    ``engine`` is what the engine said and never changes; the other fields are what stands now. ``disagreement`` is
    what the engine has said since that differs from what a person decided.
    """

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="mentions")
    event = models.ForeignKey(Event, null=True, blank=True, on_delete=models.SET_NULL, related_name="mentions")
    status = models.CharField(max_length=10, choices=ReviewStatus, default=ReviewStatus.EXTRACTED, db_index=True)

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
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.PROTECT, related_name="mentions")
    actors = models.JSONField(default=list, blank=True, help_text="Names, a list.")
    confidence = models.FloatField(default=1.0, help_text="Between 0 and 1, the engine's own.")

    engine = models.JSONField(
        default=dict, editable=False, help_text="What the engine said. Empty for an entry made by hand."
    )
    disagreement = models.JSONField(default=dict, blank=True, editable=False)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, editable=False
    )
    reviewed_at = models.DateTimeField(null=True, blank=True, editable=False)
    history = HistoricalRecords(bases=[OfAct])

    objects = MentionQuerySet.as_manager()

    class Meta:
        ordering = ["article", "start"]
        indexes = [models.Index(fields=["event", "status"]), models.Index(fields=["status", "confidence"])]
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

    @property
    def date_is_unsure(self) -> bool:
        """Whether the date can be read two ways, or was taken without the text telling one; ``date_basis`` says which."""
        return UNSURE in self.date_basis

    @property
    def touched(self) -> bool:
        """Whether a person has decided anything about this entry."""
        return self.status != ReviewStatus.EXTRACTED or self.event_id is not None
