"""A record chosen by typing its name or number, in a form that works without a script; who is meant must be plain."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from timeline.admin.sent import number

MOST_NAMED = 5  # records that a message offers where several have the name


class TypedRecord(forms.CharField):
    """``fields`` are looked in for the name; ``told`` says of one of several which it is."""

    def __init__(self, records: QuerySet[Any], fields: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.records, self.fields_searched = records, fields
        noun = records.model._meta.verbose_name
        self.help_text = self.help_text or f"The name of the {noun}, or its number."

    def clean(self, value: Any) -> Any:
        typed = " ".join(str(super().clean(value)).split())
        if not typed:
            return None
        if (record := self.records.filter(pk=number(typed.removeprefix("#"))).first()) is not None:
            return record
        for lookup in ("iexact", "icontains"):
            wanted = Q()
            for field in self.fields_searched:
                wanted |= Q(**{f"{field}__{lookup}": typed})
            found = list(self.records.filter(wanted).order_by("pk")[: MOST_NAMED + 1])
            if len(found) == 1:
                return found[0]
            if found:
                named = "; ".join(f"{record.pk} for “{_told(record)}”" for record in found[:MOST_NAMED])
                more = ", and more" if len(found) > MOST_NAMED else ""
                raise forms.ValidationError(f"Several are called so. Type the number: {named}{more}.")
        raise forms.ValidationError(f"There is no {self.records.model._meta.verbose_name} “{typed[:60]}”.")


def _told(record: Any) -> str:
    """The name with what tells it from others of the same name."""
    more = getattr(record, "governorate", None) or getattr(record, "earliest", None)
    return f"{record}, {more}" if more else str(record)
