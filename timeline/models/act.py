"""One thing that an editor did, whatever number of records it changed: what can be named, shown and undone."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Act(models.Model):
    """An act at the desk. The versions that it made of records, in their histories, carry its key.

    ``right`` is the permission it needed, and undoing it needs the same. ``undoes`` is set where the act takes back another.
    """

    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL)
    at = models.DateTimeField(auto_now_add=True, db_index=True)
    words = models.CharField(max_length=400, help_text="What was done, in the past tense: “accepted …”.")
    reason = models.TextField(blank=True)
    right = models.CharField(max_length=60)
    undoes = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="undone_by")

    class Meta:
        ordering = ["-at", "-id"]
        permissions = [("import_tables", "Can import tables")]

    def __str__(self) -> str:
        return self.words


class OfAct(models.Model):
    """What every version in a history holds besides: the act that made it. Empty where the engine or a command did."""

    act = models.ForeignKey(Act, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        abstract = True
