"""What the desk remembers between two clicks: who has which entry in hand, who is where, and what was typed.

None of it is a fact about the war; all of it may be lost without a decision being lost.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from timeline.models.mention import Mention


class Lease(models.Model):
    """An entry in one editor's hands. Nobody else is given it until ``until``, or until it is decided or let go."""

    mention = models.OneToOneField(Mention, on_delete=models.CASCADE, related_name="lease")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="leases")
    until = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.mention} in the hands of {self.user}"


class Assignment(models.Model):
    """An entry that somebody is asked to review."""

    mention = models.OneToOneField(Mention, on_delete=models.CASCADE, related_name="assignment")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="assignments")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    reason = models.TextField(blank=True)
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.mention} for {self.user}"


class Skip(models.Model):
    """An entry that an editor has put behind: it comes to them again when nothing else is left, or after a while."""

    mention = models.ForeignKey(Mention, on_delete=models.CASCADE, related_name="skips")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "mention"], name="skip_once")]

    def __str__(self) -> str:
        return f"{self.mention} put behind by {self.user}"


class Draft(models.Model):
    """What an editor has typed into a form and not saved.

    ``key`` is the form's address, ``seen`` the version of the record (its history_id) that the form was drawn from.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="drafts")
    key = models.CharField(max_length=300)
    fields = models.JSONField(default=dict, help_text="Names of the form's fields with what stands in them.")
    seen = models.PositiveBigIntegerField(null=True, blank=True)
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="draft_once")]

    def __str__(self) -> str:
        return f"{self.key}, {self.user}"


class Presence(models.Model):
    """Somebody had this record open at ``at``, and without a break since ``since``. ``key`` is the record: “mention:5”."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=300, db_index=True)
    since = models.DateTimeField(default=timezone.now)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="presence_once")]

    def __str__(self) -> str:
        return f"{self.user} at {self.key}"
