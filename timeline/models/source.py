"""Who says things (sources, outlets among them) and who does things (actors)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from timeline.models.act import OfAct

# Names that a claim or report can be given: neither another name of a kept source, nor found to be none.
STANDING = Q(merged_into__isnull=True) & ~Q(status="rejected")


class SourceQuerySet(models.QuerySet["Source"]):
    def standing(self) -> SourceQuerySet:
        return self.filter(STANDING)

    def proposed(self) -> SourceQuerySet:
        """Names that the lexicon did not know and that nobody has decided on."""
        return self.filter(merged_into__isnull=True, status=Source.Status.PROPOSED)


class Source(models.Model):
    """Whoever a claim is attributed to. A name that the lexicon does not know waits as ``proposed``."""

    class Kind(models.TextChoices):
        MONITOR = "monitor", "Monitoring group"
        GOVERNMENT = "government", "Government"
        MILITARY = "military", "Military"
        ARMED_GROUP = "armed_group", "Armed group"
        OPPOSITION = "opposition", "Opposition body"
        INTERGOVERNMENTAL = "intergovernmental", "Intergovernmental body"
        AGENCY = "agency", "News agency"
        OUTLET = "outlet", "Newspaper, broadcaster or site"
        NGO = "ngo", "Non-governmental organisation"
        OFFICIAL = "official", "Named person"
        ACTIVISTS = "activists", "Activists"
        WITNESSES = "witnesses", "Witnesses and residents"
        MEDICS = "medics", "Medics"
        OTHER = "other", "Other"

    class Status(models.TextChoices):
        KNOWN = "known", "Known"
        PROPOSED = "proposed", "Proposed by the engine"
        REJECTED = "rejected", "Not a source"

    name = models.CharField(max_length=200, unique=True)
    slug = models.SlugField(max_length=200, unique=True, allow_unicode=True)
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.OTHER)
    status = models.CharField(max_length=10, choices=Status, default=Status.PROPOSED)
    # Empty (NULL, so that many may be) where an editor made the record and the lexicon does not know it.
    lexicon_key = models.CharField(max_length=250, unique=True, null=True, editable=False)  # noqa: DJ001
    notes = models.TextField(
        blank=True, help_text="What editors know of how this source counts and whom it speaks for."
    )
    merged_into = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="merged",
        editable=False,
        help_text="The source that this name is another name of.",
    )
    history = HistoricalRecords(bases=[OfAct])

    objects = SourceQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class ActorQuerySet(models.QuerySet["Actor"]):
    def standing(self) -> ActorQuerySet:
        """Actors that are no other name of another."""
        return self.filter(merged_into__isnull=True)


class Actor(models.Model):
    """A state, army, group or person that takes part in an event."""

    name = models.CharField(max_length=200, unique=True)
    slug = models.SlugField(max_length=200, unique=True, allow_unicode=True)
    merged_into = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="merged",
        editable=False,
        help_text="The actor that this name is another name of.",
    )
    history = HistoricalRecords(bases=[OfAct])

    objects = ActorQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
