"""Where new reports come from by themselves, and the addresses of stored ones that are looked at again."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from simple_history.models import HistoricalRecords

from timeline.models.act import OfAct
from timeline.models.article import Article
from timeline.models.source import Source


class Feed(models.Model):
    """An RSS or Atom address that is read every so often, and how reading it has gone."""

    address = models.URLField(max_length=1000, unique=True)
    outlet = models.ForeignKey(
        Source,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="feeds",
        help_text="Whose reports these are.",
    )
    every = models.PositiveIntegerField("minutes between readings", default=60)
    active = models.BooleanField(default=True)

    etag = models.CharField(max_length=300, blank=True, editable=False)
    modified = models.CharField(max_length=100, blank=True, editable=False)
    next_at = models.DateTimeField(default=timezone.now, db_index=True, editable=False)
    read_at = models.DateTimeField("last read", null=True, blank=True, editable=False)
    failures = models.PositiveIntegerField("failures in a row", default=0, editable=False)
    error = models.TextField("what went wrong", blank=True, editable=False)
    history = HistoricalRecords(
        bases=[OfAct], excluded_fields=["etag", "modified", "next_at", "read_at", "failures", "error"]
    )

    class Meta:
        ordering = ["address"]

    def __str__(self) -> str:
        return self.address


class AddressWatch(models.Model):
    """When a stored report's address is looked at next, and what was found there last."""

    class Outcome(models.TextChoices):
        NOT_YET = "", "Not looked at yet"
        UNCHANGED = "unchanged", "As stored"
        CHANGED = "changed", "Changed"
        GONE = "gone", "No longer there"
        FAILED = "failed", "Could not be read"

    article = models.OneToOneField(Article, on_delete=models.CASCADE, related_name="watch")
    next_at = models.DateTimeField(db_index=True)
    looked_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.NOT_YET, blank=True)
    etag = models.CharField(max_length=300, blank=True)
    modified = models.CharField(max_length=100, blank=True)
    failures = models.PositiveIntegerField(default=0)
    error = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.article}: {self.get_outcome_display()}"
