"""What stands in a record's field, in the words in which an editor reads it. How two versions differ is left to others."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Field
from django.utils import timezone

EMPTY = "(empty)"


def label(field: Field) -> str:
    """The field's name as a heading: “Earliest”."""
    words = str(field.verbose_name)
    return words[:1].upper() + words[1:]


def value_in_words(field: Field, value: Any) -> str:
    """``value``: as ``value_of`` of curation/meanwhile.py gives it, so a key or keys where the field leads to records."""
    if value is None or value in ("", []):
        return EMPTY
    if field.is_relation:
        keys = value if isinstance(value, list) else [value]
        model: Any = field.related_model
        found = model._base_manager.in_bulk(keys)
        return "; ".join(str(found[key]) if key in found else f"number {key}, which is gone" for key in keys)
    return plain_in_words(field, value)


def plain_in_words(field: Field, value: Any) -> str:
    """A value that leads to no other record; "" for none."""
    if value is None or value in ("", []):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dt.datetime):
        return f"{timezone.localtime(value):%-d %B %Y, %H:%M}"
    if isinstance(value, dt.date):
        return f"{value:%-d %B %Y}"
    if isinstance(value, list):
        return "; ".join(map(str, value))
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    return f"{value:,}" if isinstance(value, int) else str(value)
