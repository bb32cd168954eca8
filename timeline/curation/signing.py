"""Who did it and why, for the history that every record keeps."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User


def save_signed(record: Any, user: User | None, reason: str = "", fields: list[str] | None = None) -> None:
    """Save a record (``fields`` of it alone, where given) with who did it and why in the new version of its history."""
    record._history_user = user
    record._change_reason = reason
    record.save(update_fields=fields)
    # What is saved next with the same instance is another act.
    del record._history_user, record._change_reason


def delete_signed(record: Any, user: User | None, reason: str) -> None:
    """Delete a record that no reader has seen; its history stays, and its last version says who and why."""
    record._history_user = user
    record._change_reason = reason
    record.delete()
