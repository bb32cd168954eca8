"""The fields of one entry: its own in one form, each toll claim on a line of its own.

What was typed is read and held against what stands; carrying it out is left to curation/desk.py.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from timeline.admin.evidence import check_days, locate
from timeline.admin.review.boxes import choices, plain, words_field
from timeline.admin.review.places import NoSuchPlace, label, place_meant
from timeline.admin.review.toll_line import TollLine
from timeline.curation.desk import Corrections
from timeline.curation.review import BY_EDITOR
from timeline.extraction.records import PRECISIONS
from timeline.ingest.naming import NAME_LENGTH
from timeline.models import Kind, Mention, TollClaim
from timeline.query.datewords import UNKNOWN, in_words
from timeline.query.reading import DateReading, read_typed_date
from timeline.typed_dates import NotADate

# New lines that one page can hold; a report that gives more figures than this for one event is a table.
MOST_NEW = 20

_DATE = ("earliest", "latest", "precision")


def when_words(earliest: dt.date | None, latest: dt.date | None, precision: str) -> str:
    """A date as the box shows it; empty where it is not known at all."""
    words = in_words(earliest, latest, precision)
    return "" if words == UNKNOWN else words


class EntryForm(forms.Form):
    """The entry's own fields. ``read_for`` is what stood in the date box when the exact days below it were read."""

    title = forms.CharField(max_length=300, widget=plain(dir="auto", **{"data-key": "h"}))
    words = words_field(2, said="Words of the report that tell of it")
    at = forms.IntegerField(required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(choices=Kind.choices, widget=forms.Select(attrs={"data-key": "y"}))
    when = forms.CharField(required=False, label="Date", widget=plain(dir="auto", placeholder="not known"))
    read_for = forms.CharField(required=False, widget=forms.HiddenInput)
    earliest = forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    latest = forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    precision = forms.ChoiceField(choices=choices(PRECISIONS))
    date_words = words_field(required=False, said="Words of the report that say the date")
    date_at = forms.IntegerField(required=False, widget=forms.HiddenInput)
    place = forms.CharField(required=False, max_length=200, widget=plain(dir="auto"))
    place_id = forms.IntegerField(required=False, widget=forms.HiddenInput)
    actors = forms.CharField(required=False, max_length=1000, widget=plain(dir="auto"))
    reason = forms.CharField(required=False, max_length=1000, label="Why", widget=plain(dir="auto"))
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, mention: Mention, data: Mapping[str, Any] | None = None, seen: int | None = None) -> None:
        self.mention = mention
        drawn = when_words(mention.earliest, mention.latest, mention.precision)
        initial = {
            **{name: getattr(mention, name) for name in ("title", "kind", *_DATE)},
            "words": mention.quote,
            "at": mention.start,
            "when": drawn,
            "read_for": drawn,
            "date_words": mention.date_quote,
            "date_at": mention.date_start,
            "place": label(mention.place) if mention.place else "",
            "place_id": mention.place_id,
            "actors": "; ".join(mention.actors),
            "seen": seen,
        }
        super().__init__(data, initial=initial, label_suffix="")

    def clean_actors(self) -> list[str]:
        names = (name.strip()[:NAME_LENGTH] for name in self.cleaned_data["actors"].split(";"))
        return list(dict.fromkeys(name for name in names if name))

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        self.changes: dict[str, Any] = {
            name: cleaned[name] for name in ("title", "kind") if name in self.changed_data and name in cleaned
        }
        if "actors" in cleaned and cleaned["actors"] != self.mention.actors:
            self.changes["actors"] = cleaned["actors"]
        if "words" in self.changed_data or "at" in self.changed_data:
            self._clean_words(cleaned, "words", "at", ("start", "end", "quote"))
        self._clean_date_words(cleaned)
        self._clean_date(cleaned)
        if "place" in self.changed_data or "place_id" in self.changed_data:
            try:
                place = place_meant(cleaned.get("place", ""), cleaned.get("place_id"))
            except NoSuchPlace as error:
                self.add_error("place", str(error))
            else:
                if place != self.mention.place:
                    self.changes["place"] = place
        return cleaned

    def _clean_words(self, cleaned: dict[str, Any], words: str, at: str, names: tuple[str, str, str]) -> None:
        if not cleaned.get(words):
            return
        try:
            start, end = locate(self.mention.article.text, cleaned[words], cleaned.get(at) or self.mention.start)
        except ValidationError as error:
            self.add_error(words, error)
        else:
            self.changes |= dict(zip(names, (start, end, cleaned[words]), strict=True))

    def _clean_date_words(self, cleaned: dict[str, Any]) -> None:
        names = ("date_start", "date_end", "date_quote")
        if not {"date_words", "date_at"} & set(self.changed_data):
            return
        if cleaned.get("date_words"):
            self._clean_words(cleaned, "date_words", "date_at", names)
        elif self.mention.date_quote:
            self.changes |= dict(zip(names, (None, None, ""), strict=True))

    def _clean_date(self, cleaned: dict[str, Any]) -> None:
        if {"when", *_DATE} & set(self.errors):
            return
        exact = DateReading(cleaned.get("earliest"), cleaned.get("latest"), cleaned["precision"])
        stands = DateReading(self.mention.earliest, self.mention.latest, self.mention.precision)
        reading = exact
        if cleaned["when"] != cleaned["read_for"]:  # the box was written in after the exact days were read
            try:
                reading = read_typed_date(cleaned["when"], self.mention.article.published)
            except NotADate as error:
                self.add_error("when", str(error))
                return
            given = {name for name in _DATE if name in self.changed_data}
            if given and cleaned["read_for"] == self.initial["when"] and _days(exact) != _days(reading):
                self.add_error("when", "The box says one date and the exact days another. Leave one of them as it was.")
                return
        elif given := {name for name in _DATE if name in self.changed_data}:
            check_days(self)
        if _days(reading) != _days(stands) and not {"when", *_DATE} & set(self.errors):
            # The words beside the date are seen by whoever changes it: as they stand there, they say it.
            evidence = {name: getattr(self.mention, name) for name in ("date_start", "date_end", "date_quote")}
            basis = f"{BY_EDITOR}: {reading.basis}" if reading.basis else BY_EDITOR
            days = {"earliest": reading.earliest, "latest": reading.latest, "precision": reading.precision}
            self.changes = {**evidence, **self.changes, **days, "date_basis": basis}


def _days(reading: DateReading) -> tuple[dt.date | None, dt.date | None, str]:
    return reading.earliest, reading.latest, reading.precision


class Sheet:
    """All the fields of the page: the entry's and its lines. ``claims`` are the report's, to be parts of one another."""

    def __init__(
        self,
        mention: Mention,
        claims: Sequence[TollClaim],
        data: Mapping[str, Any] | None = None,
        *,
        seen: int | None = None,
        versions: Mapping[int, int] | None = None,
        blank: int = 0,
    ) -> None:
        """``seen`` and ``versions`` (by the claim's key) are the versions that the page is drawn from."""
        self.mention = mention
        self.entry = EntryForm(mention, data, seen)
        versions = versions or {}
        self.lines = [
            TollLine(
                mention.article,
                claims,
                claim,
                f"toll-{claim.pk}",
                data if _given(data, f"toll-{claim.pk}") else None,
                claim.start,
                versions.get(claim.pk),
            )
            for claim in claims
            if claim.mention_id == mention.pk
        ]
        new = [number for number in range(MOST_NEW) if _given(data, f"new-{number}")]
        self.lines += [TollLine(mention.article, claims, None, f"new-{n}", data, mention.start) for n in new]
        first = max(new, default=-1) + 1
        self.lines += [
            TollLine(mention.article, claims, None, f"new-{n}", None, mention.start)
            for n in range(first, min(first + blank, MOST_NEW))
        ]

    @property
    def reading(self) -> DateReading | None:
        """The date as it was read in the boxes, else as it stands; None where the boxes hold none that can be read."""
        if self.entry.is_bound and self.entry.errors.keys() & {"when", *_DATE}:
            return None
        stands = {name: getattr(self.mention, name) for name in _DATE}
        changes = self.entry.changes if self.entry.is_bound else {}
        return DateReading(**{name: changes.get(name, stands[name]) for name in _DATE})

    def is_valid(self) -> bool:
        """Whether all can be carried out; a figure that its words do not say has to be meant first."""
        bound = [line for line in self.lines if line.is_bound]
        return all([self.entry.is_valid(), *(line.is_valid() for line in bound)]) and not any(
            line.asks for line in bound
        )

    def has_changed(self) -> bool:
        """Whether anything stands in the boxes that is not saved."""
        entry = set(self.entry.changed_data) - {"seen", "read_for"} if self.entry.is_bound else set()
        return bool(entry) or any(set(line.changed_data) - {"seen"} for line in self.lines if line.is_bound)

    def corrections(self) -> Corrections:
        tolls = [change for line in self.lines if line.is_bound and (change := line.change())]
        return Corrections(self.entry.changes, tolls)


def _given(data: Mapping[str, Any] | None, prefix: str) -> bool:
    return data is not None and f"{prefix}-harm" in data
