"""Who did it and why, for the history that every record keeps."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User

REASON_LENGTH = 100  # of the history's own column


def sign(record: Any, user: User | None, reason: str = "") -> None:
    """Note on a record who is about to save it and why; django-simple-history writes both with the new version."""
    record._history_user = user
    record._change_reason = reason[:REASON_LENGTH]
