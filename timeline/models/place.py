"""Places as the gazetteer knows them: name, governorate, coordinates."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from timeline.models.act import OfAct

STANDING = Q(merged_into__isnull=True)


class PlaceQuerySet(models.QuerySet["Place"]):
    def standing(self) -> PlaceQuerySet:
        """Places that are no other name of another."""
        return self.filter(STANDING)


class Place(models.Model):
    """A governorate, city, town, village, district, camp or country."""

    name = models.CharField(max_length=120)
    name_ar = models.CharField("name in Arabic", max_length=120, blank=True)
    slug = models.SlugField(max_length=140, unique=True, allow_unicode=True)
    kind = models.CharField(max_length=20, default="town")
    governorate = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="places",
        limit_choices_to=Q(kind="governorate") & STANDING,
    )
    country = models.CharField("country code", max_length=2, default="SY")
    latitude = models.FloatField(null=True, blank=True, help_text="Degrees north, WGS 84.")
    longitude = models.FloatField(null=True, blank=True, help_text="Degrees east, WGS 84.")
    # Empty (NULL, so that many may be) where an editor made the record and the lexicon does not know it.
    lexicon_key = models.CharField(max_length=250, unique=True, null=True, editable=False)  # noqa: DJ001
    other_names = models.JSONField(default=list, blank=True, help_text="Spellings that reports use.")
    merged_into = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="merged",
        editable=False,
        help_text="The record that this name now leads to.",
    )
    history = HistoricalRecords(bases=[OfAct])

    objects = PlaceQuerySet.as_manager()

    class Meta:
        ordering = ["name", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["name", "kind", "country", "governorate"],
                name="place_once",
                violation_error_message="There is a place of this name, kind, country and governorate already.",
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                    latitude__isnull=False,
                    longitude__isnull=False,
                ),
                name="place_on_earth",
                violation_error_message="Give latitude and longitude in degrees, both or neither: 90 and 180 are the most.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} governorate" if self.kind == "governorate" else self.name
