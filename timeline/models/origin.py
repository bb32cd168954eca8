"""Which reports are copies or rewrites of one another: together they are one origin, and count once as corroboration."""

from __future__ import annotations

from django.db import models


class Origin(models.Model):
    """A group of reports with one origin. ``agency`` is whom they credit, where they do."""

    agency = models.ForeignKey(
        "timeline.Source", null=True, blank=True, on_delete=models.PROTECT, related_name="origins"
    )

    def __str__(self) -> str:
        return f"origin {self.pk}"


class WordingBand(models.Model):
    """One band of an article's MinHash: articles that share a band are compared. ``value`` is the band's own hash."""

    article = models.ForeignKey("timeline.Article", on_delete=models.CASCADE, related_name="wording_bands")
    band = models.PositiveSmallIntegerField()
    value = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["band", "value"])]
        constraints = [models.UniqueConstraint(fields=["article", "band"], name="wording_band_once")]

    def __str__(self) -> str:
        return f"band {self.band} of report {self.article_id}"
