"""What happened, as the editors publish it: built from one or more mentions."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from timeline.extraction.records import PRECISIONS
from timeline.models.act import OfAct
from timeline.models.place import STANDING, Place
from timeline.models.source import Actor


class Kind(models.TextChoices):
    """Kinds of event, after the ACLED and PLOVER codebooks."""

    MASSACRE = "massacre", "Massacre"
    AIR_STRIKE = "air_strike", "Air strike"
    SHELLING = "shelling", "Shelling"
    ARMED_CLASH = "armed_clash", "Armed clash"
    BOMBING = "bombing", "Bombing"
    SHOOTING = "shooting", "Shooting"
    ABDUCTION = "abduction", "Abduction"
    DETENTION = "detention", "Detention"
    EXECUTION = "execution", "Execution"
    CHEMICAL_ATTACK = "chemical_attack", "Chemical attack"
    SIEGE = "siege", "Siege"
    DISPLACEMENT = "displacement", "Displacement"
    PROTEST = "protest", "Protest"
    DEFECTION = "defection", "Defection"
    CEASEFIRE = "ceasefire", "Ceasefire"
    AGREEMENT = "agreement", "Agreement"
    NEGOTIATION = "negotiation", "Negotiation"
    STATEMENT = "statement", "Statement"
    SANCTION = "sanction", "Sanction"
    RESOLUTION = "resolution", "Resolution"
    VETO = "veto", "Veto"
    AID = "aid", "Aid"
    OTHER = "other", "Other"


# They follow from the claims by rule; once an editor has set them, they are a decision like any other.
FIGURES = ("killed_low", "killed_best", "killed_high", "toll_basis")

# Kinds that tell of no deaths by themselves: that nobody reported any is not worth a line there.
WITHOUT_TOLL = {
    Kind.DEFECTION,
    Kind.CEASEFIRE,
    Kind.AGREEMENT,
    Kind.NEGOTIATION,
    Kind.STATEMENT,
    Kind.SANCTION,
    Kind.RESOLUTION,
    Kind.VETO,
    Kind.AID,
    Kind.DISPLACEMENT,
    Kind.PROTEST,
    Kind.DETENTION,
    Kind.ABDUCTION,
    Kind.OTHER,
}


class EventQuerySet(models.QuerySet["Event"]):
    def published(self) -> EventQuerySet:
        return self.filter(status=Event.Status.PUBLISHED)

    def open_to_entries(self) -> EventQuerySet:
        """Events that an entry can be linked to: neither withdrawn nor merged into another."""
        return self.filter(status__in=[Event.Status.DRAFT, Event.Status.PUBLISHED])

    def between(self, first: dt.date | None, last: dt.date | None) -> EventQuerySet:
        """Events that can have happened on a day from ``first`` to ``last``, both included; undated ones are not."""
        events = self
        if first:
            events = events.filter(latest__gte=first, earliest__isnull=False)
        if last:
            events = events.filter(earliest__lte=last)
        return events


class Event(models.Model):
    """An event with the interval of days it fell in and how many it killed.

    ``earliest`` empty means that no report says when. The killed_* fields are persons, derived from the claims by the
    rule in curation/tolls.py unless an editor set them; all three empty means that nobody reported a toll.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", "Draft"
        PUBLISHED = "published", "Published"
        WITHDRAWN = "withdrawn", "Withdrawn"
        MERGED = "merged", "Merged into another"

    slug = models.SlugField(
        max_length=120,
        unique=True,
        allow_unicode=True,
        help_text="The public address. It never changes once published.",
    )
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    kind = models.CharField(max_length=20, choices=Kind)
    title = models.CharField(max_length=300)
    summary = models.TextField(blank=True)
    earliest = models.DateField(null=True, blank=True, help_text="First day it can have happened on.")
    latest = models.DateField(null=True, blank=True, help_text="Last day it can have happened on.")
    precision = models.CharField(max_length=10, choices=[(p, p) for p in PRECISIONS], default="unknown")
    place = models.ForeignKey(
        Place, null=True, blank=True, on_delete=models.PROTECT, related_name="events", limit_choices_to=STANDING
    )
    actors = models.ManyToManyField(Actor, blank=True, related_name="events")

    killed_low = models.PositiveIntegerField(null=True, blank=True)
    killed_best = models.PositiveIntegerField(null=True, blank=True)
    killed_high = models.PositiveIntegerField(null=True, blank=True, help_text="Empty: no source sets an upper bound.")
    toll_by_editor = models.BooleanField(
        "toll set by an editor", default=False, help_text="Otherwise low, best and high follow from the claims by rule."
    )
    toll_best_only = models.BooleanField(
        "only the best estimate set by an editor",
        default=False,
        editable=False,
        help_text="Low and high follow from the claims all the same.",
    )
    toll_basis = models.TextField(
        blank=True, help_text="By which rule, or for which reason, the toll stands as it does."
    )
    source_count = models.PositiveIntegerField(
        default=0, editable=False, help_text="Distinct sources of the toll claims counted."
    )
    report_count = models.PositiveIntegerField(default=0, editable=False, help_text="Reports that this event rests on.")
    origin_count = models.PositiveIntegerField(
        default=0,
        editable=False,
        help_text="Independent origins of these reports: copies of one wire report count once.",
    )
    killed_words = models.CharField(max_length=60, blank=True, editable=False, help_text="The toll as it is shown.")
    contested = models.BooleanField(default=False, editable=False, help_text="Two sources cannot both be right.")
    other_tolls = models.JSONField(
        default=dict, editable=False, help_text="Injured, missing, detained, displaced, as they are shown."
    )
    search_text = models.TextField(blank=True, editable=False)

    withdrawn_reason = models.TextField(blank=True)
    merged_into = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="merged",
        editable=False,
        help_text="The event whose page this one's address now leads to.",
    )
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    history = HistoricalRecords(bases=[OfAct], m2m_fields=[actors], excluded_fields=["search_text"])

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = [F("earliest").desc(nulls_last=True), "-id"]
        indexes = [
            models.Index(fields=["status", "-earliest", "-id"]),
            models.Index(fields=["status", "kind", "-earliest"]),
            models.Index(fields=["status", "place", "-earliest"]),
            models.Index(fields=["status", "killed_best"]),
            models.Index(fields=["-published_at"], name="event_published_at"),
            models.Index(fields=["status", "-earliest"], name="event_contested", condition=Q(contested=True)),
        ]
        permissions = [("publish_event", "Can publish, withdraw, merge and split events")]
        constraints = [
            models.CheckConstraint(
                condition=Q(earliest__isnull=True) | Q(latest__isnull=True) | Q(earliest__lte=F("latest")),
                name="event_earliest_not_after_latest",
                violation_error_message="The earliest day must not be after the latest.",
            ),
            models.CheckConstraint(
                condition=Q(earliest__isnull=True) | Q(latest__isnull=False),
                name="event_first_day_needs_last_day",
                violation_error_message="Give the latest day too; for a single day it is the same as the earliest.",
            ),
            models.CheckConstraint(
                condition=(
                    Q(killed_low__isnull=True) | Q(killed_best__isnull=True) | Q(killed_low__lte=F("killed_best"))
                )
                & (Q(killed_best__isnull=True) | Q(killed_high__isnull=True) | Q(killed_best__lte=F("killed_high")))
                & (Q(killed_low__isnull=True) | Q(killed_high__isnull=True) | Q(killed_low__lte=F("killed_high"))),
                name="event_low_best_high",
                violation_error_message="The low figure must not be above the best, nor the best above the high one.",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "published", "withdrawn", "merged"]), name="event_status_known"
            ),
            models.CheckConstraint(
                condition=Q(status="merged", merged_into__isnull=False)
                | (~Q(status="merged") & Q(merged_into__isnull=True)),
                name="event_merged_says_into_which",
            ),
            models.CheckConstraint(condition=Q(precision__in=PRECISIONS), name="event_precision_known"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="event_kind_known"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("event", args=[self.slug])

    @property
    def toll_reported(self) -> bool:
        """Whether any source gave a number of killed."""
        return any(value is not None for value in (self.killed_low, self.killed_best, self.killed_high))

    @property
    def toll_expected(self) -> bool:
        """Whether a reader will ask how many died."""
        return self.toll_reported or self.kind not in WITHOUT_TOLL
