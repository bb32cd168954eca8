"""The boxes that the review page's forms are made of, each named to those who do not see where it stands."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.urls import reverse_lazy

from timeline.admin.evidence import Words


def choices(values: Sequence[str]) -> list[tuple[str, str]]:
    return [(value, value.replace("_", " ")) for value in values]


def words_field(rows: int = 1, *, required: bool = True, said: str) -> Words:
    """A box for words of the report; it grows with them. ``said`` names it to those who do not see where it stands."""
    widget = forms.Textarea(
        attrs={"rows": rows, "dir": "auto", "class": "words", "aria-label": said, "spellcheck": "false"}
    )
    return Words(widget=widget, required=required)


def plain(said: str = "", **attributes: str | int) -> forms.TextInput:
    """A box for one line. ``said`` names it where no label stands beside it."""
    named = {"aria-label": said} if said else {}
    return forms.TextInput(attrs={"autocomplete": "off", **named, **attributes})


def listed(said: str) -> forms.Select:
    return forms.Select(attrs={"aria-label": said})


def names_box(placeholder: str = "") -> forms.TextInput:
    """A box that offers the sources there are."""
    address = reverse_lazy("admin:timeline_review_names", args=["source"])
    return forms.TextInput(
        attrs={"autocomplete": "off", "dir": "auto", "placeholder": placeholder, "data-names": address}
    )
