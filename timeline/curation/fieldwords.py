"""What stands in a record's field, in the words in which an editor reads it. How two versions differ is left to others."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Field

EMPTY = "(empty)"


def label(field: Field) -> str:
    """The field's name as a heading: “Earliest”."""
    words = str(field.verbose_name)
    return words[:1].upper() + words[1:]


def value_in_words(field: Field, value: Any) -> str:
    """``value``: as ``value_of`` of meanwhile.py gives it, so a key or a list of keys where the field leads to records."""
    if value is None or value in ("", []):
        return EMPTY
    if field.is_relation:
        keys = value if isinstance(value, list) else [value]
        model: Any = field.related_model
        found = model._base_manager.in_bulk(keys)
        return "; ".join(str(found[key]) if key in found else f"number {key}, which is gone" for key in keys)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dt.datetime):
        return f"{value:%-d %B %Y, %H:%M}"
    if isinstance(value, dt.date):
        return f"{value:%-d %B %Y}"
    if isinstance(value, int) and not field.choices:
        return f"{value:,}"
    if isinstance(value, list):
        return "; ".join(map(str, value))
    return str(dict(field.flatchoices).get(value, value))
