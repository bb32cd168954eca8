"""Where new reports come from by themselves, and the addresses of stored ones that are looked at again."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from simple_history.models import HistoricalRecords

from timeline.models.act import OfAct
from timeline.models.article import Article
from timeline.models.source import STANDING, Source


class Feed(models.Model):
    """An RSS or Atom address that is read every so often, and how reading it has gone."""

    address = models.URLField(max_length=1000, unique=True)
    outlet = models.ForeignKey(
        Source,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="feeds",
        limit_choices_to=STANDING,
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
    moved_to = models.CharField(
        "moved to",
        max_length=1000,
        blank=True,
        editable=False,
        help_text="Where the address redirects to for good. An editor decides whether to follow.",
    )
    history = HistoricalRecords(
        bases=[OfAct], excluded_fields=["etag", "modified", "next_at", "read_at", "failures", "error", "moved_to"]
    )

    class Meta:
        ordering = ["address"]

    def __str__(self) -> str:
        return self.address


class FeedEntry(models.Model):
    """An entry that a feed has shown, so that its page is fetched once. One that failed is tried again a few times.

    ``key`` names it whatever feed shows it: a hash of its link, else of its words.
    """

    feed = models.ForeignKey(Feed, on_delete=models.CASCADE, related_name="entries")
    key = models.CharField(max_length=64, unique=True)
    link = models.CharField(max_length=1000, blank=True)
    title = models.CharField(max_length=300, blank=True)
    article = models.ForeignKey(Article, null=True, blank=True, on_delete=models.SET_NULL, related_name="feed_entries")
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)
    seen_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-seen_at", "-id"]

    def __str__(self) -> str:
        return self.title or self.link


class HostTurn(models.Model):
    """When a host may be asked next, by whichever process: one visit at a time, with a pause between."""

    host = models.CharField(max_length=255, unique=True)
    next_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.host


class AddressWatch(models.Model):
    """When a stored report's address is looked at next, and what was found there last."""

    class Outcome(models.TextChoices):
        NOT_YET = "", "Not looked at yet"
        UNCHANGED = "unchanged", "Still says what is quoted"
        CHANGED = "changed", "Says something else"
        GONE = "gone", "No longer there"
        FAILED = "failed", "Could not be read"

    article = models.OneToOneField(Article, on_delete=models.CASCADE, related_name="watch")
    next_at = models.DateTimeField(db_index=True)
    looked_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.NOT_YET, blank=True)
    since = models.DateTimeField(null=True, blank=True, help_text="Since when every look has had this outcome.")
    steady = models.PositiveIntegerField("looks in a row that found nothing new", default=0)
    etag = models.CharField(max_length=300, blank=True)
    modified = models.CharField(max_length=100, blank=True)
    failures = models.PositiveIntegerField(default=0)
    error = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.article}: {self.get_outcome_display()}"
