"""The fields of one entry: its own in one form, each toll claim on a line of its own.

What was typed is read and held against what stands; carrying it out is left to curation/desk.py.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy

from timeline.admin.evidence import Words, check_days, locate
from timeline.admin.review.places import NoSuchPlace, label, place_meant
from timeline.curation.desk import Corrections, TollChange
from timeline.curation.review import BY_EDITOR
from timeline.extraction.records import HARMS, PRECISIONS, QUALIFIERS
from timeline.ingest.naming import NAME_LENGTH, source_named
from timeline.models import Article, Kind, Mention, ReviewStatus, TollClaim
from timeline.query.datewords import UNKNOWN, in_words
from timeline.query.reading import DateReading, numbers_in, read_typed_date
from timeline.typed_dates import NotADate

# New lines that one page can hold; a report that gives more figures than this for one event is a table.
MOST_NEW = 20

_DATE = ("earliest", "latest", "precision")


def _choices(values: Sequence[str]) -> list[tuple[str, str]]:
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


def _names(placeholder: str = "") -> forms.TextInput:
    """A box that offers the sources there are."""
    address = reverse_lazy("admin:timeline_review_names", args=["source"])
    return forms.TextInput(
        attrs={"autocomplete": "off", "dir": "auto", "placeholder": placeholder, "data-names": address}
    )


def when_words(earliest: dt.date | None, latest: dt.date | None, precision: str) -> str:
    """A date as the box shows it; empty where it is not known at all."""
    words = in_words(earliest, latest, precision)
    return "" if words == UNKNOWN else words


class EntryForm(forms.Form):
    """The entry's own fields. ``read_for`` is what stood in the date box when the exact days below it were read."""

    title = forms.CharField(max_length=300, widget=plain(dir="auto"))
    words = words_field(2, said="Words of the report that tell of it")
    at = forms.IntegerField(required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(choices=Kind.choices)
    when = forms.CharField(required=False, label="Date", widget=plain(dir="auto", placeholder="not known"))
    read_for = forms.CharField(required=False, widget=forms.HiddenInput)
    earliest = forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    latest = forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    precision = forms.ChoiceField(choices=_choices(PRECISIONS))
    date_words = words_field(required=False, said="Words of the report that say the date")
    date_at = forms.IntegerField(required=False, widget=forms.HiddenInput)
    place = forms.CharField(required=False, widget=plain(dir="auto", maxlength=200))
    place_id = forms.IntegerField(required=False, widget=forms.HiddenInput)
    actors = forms.CharField(required=False, widget=plain(dir="auto", maxlength=1000))
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


class TollLine(forms.Form):
    """One toll claim. Numbers that its words do not say are asked about once (``meant``), not refused."""

    words = words_field(required=False, said="Words of the report that give this figure")
    at = forms.IntegerField(required=False, widget=forms.HiddenInput)
    harm = forms.ChoiceField(choices=_choices(HARMS), widget=listed("Harm"))
    low = forms.IntegerField(
        required=False, min_value=0, max_value=10**9, widget=plain("Low figure", inputmode="numeric", placeholder="low")
    )
    high = forms.IntegerField(
        required=False,
        min_value=0,
        max_value=10**9,
        widget=plain("High figure", inputmode="numeric", placeholder="high"),
    )
    qualifier = forms.ChoiceField(choices=_choices(QUALIFIERS), widget=listed("Qualifier"))
    victims = forms.CharField(
        required=False, max_length=60, widget=plain("Who they were", dir="auto", placeholder="who")
    )
    source = forms.CharField(required=False, max_length=NAME_LENGTH, widget=_names("nobody named"))
    via = forms.CharField(required=False, max_length=NAME_LENGTH, widget=_names())
    scope = forms.ChoiceField(choices=[("event", "this event"), ("cumulative", "the whole conflict")])
    part_of = forms.TypedChoiceField(required=False, coerce=int, empty_value=None)
    discounted = forms.CharField(required=False, max_length=200, widget=plain(dir="auto"))
    rejected = forms.BooleanField(required=False)
    meant = forms.BooleanField(required=False, label="I mean it")
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        article: Article,
        claims: Sequence[TollClaim],
        claim: TollClaim | None,
        prefix: str,
        data: Mapping[str, Any] | None = None,
        near: int = 0,
        seen: int | None = None,
    ) -> None:
        self.article, self.claim, self.near = article, claim, near
        self.unsaid: list[int] = []
        self.asks = False
        super().__init__(
            data,
            prefix=prefix,
            initial={**_drawn(claim), "seen": seen},
            empty_permitted=claim is None,
            use_required_attribute=False,
        )
        others = [(c.pk, f"{c.quote} ({c.harm})") for c in claims if claim is None or c.pk != claim.pk]
        self.wholes = {c.pk: c for c in claims}
        self.fields["part_of"].choices = [("", "of no other"), *others]  # type: ignore[attr-defined]

    @property
    def number(self) -> str:
        """What names the line to those who hear it."""
        return self.claim.quote if self.claim else "new"

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        self.changes: dict[str, Any] = {}
        if not self.has_changed() or (self.claim is None and cleaned.get("rejected")):
            return cleaned
        low, high = cleaned.get("low"), cleaned.get("high")
        if low is None and high is None and not {"low", "high"} & set(self.errors):
            self.add_error(
                "low", "Give a low or a high figure. A toll without a number is no toll claim: reject it instead."
            )
        if low is not None and high is not None and low > high:
            self.add_error("high", f"The high figure, {high:,}, is below the low one, {low:,}.")
        best = self.claim.best if self.claim else None
        if best is not None and ((low is not None and best < low) or (high is not None and best > high)):
            self.add_error("low", f"The source's own best estimate, {best:,}, would lie outside these figures.")
        self._clean_whole(cleaned.get("part_of"))
        self._clean_evidence(cleaned)
        for name in set(self.changed_data) - {"words", "at", "rejected", "meant", "seen"}:
            if name in cleaned:
                self.changes[name] = cleaned[name]
        return cleaned

    def _clean_whole(self, part_of: int | None) -> None:
        chain = {self.claim.pk} if self.claim else set()
        while part_of is not None:
            if part_of in chain:
                self.add_error("part_of", "A claim cannot be a part of itself, nor of one of its own parts.")
                return
            chain.add(part_of)
            part_of = self.wholes[part_of].part_of_id if part_of in self.wholes else None

    def _clean_evidence(self, cleaned: dict[str, Any]) -> None:
        words = cleaned.get("words")
        if not words:
            self.add_error(
                "words", "Give the words of the report that say this figure: select them, or copy them here."
            )
            return
        if self.claim is None or {"words", "at"} & set(self.changed_data):
            try:
                start, end = locate(self.article.text, words, cleaned.get("at") or self.near)
            except ValidationError as error:
                self.add_error("words", error)
                return
            self.changes |= {"start": start, "end": end, "quote": words}
        if {"low", "high", "words"} & set(self.changed_data):
            said = numbers_in(words)
            self.unsaid = [
                n for n in dict.fromkeys([cleaned.get("low"), cleaned.get("high")]) if n is not None and n not in said
            ]
            self.asks = bool(self.unsaid) and not cleaned.get("meant")

    def change(self) -> TollChange | None:
        """What the line decides; None where it leaves its claim as it is."""
        rejected, seen = self.cleaned_data.get("rejected", False), self.cleaned_data.get("seen")
        if self.claim is None:
            return TollChange(None, self._records()) if self.has_changed() and not rejected else None
        was_rejected = self.claim.status == ReviewStatus.REJECTED
        if rejected:
            return None if was_rejected else TollChange(self.claim, {}, True, seen)
        changes = self._records()
        return TollChange(self.claim, changes, False, seen) if changes or was_rejected else None

    def _records(self) -> dict[str, Any]:
        """The changes with records for names. A name that nobody knows is proposed, as the engine's are."""
        changes = dict(self.changes)
        if self.claim is None:
            changes = {**{name: self.cleaned_data[name] for name in ("harm", "qualifier", "scope")}, **changes}
            changes["basis"] = BY_EDITOR
        for name in {"source", "via"} & set(changes):
            changes[name] = source_named(changes[name]) if changes[name].strip() else None
        if "part_of" in changes:
            changes["part_of"] = self.wholes.get(changes["part_of"])
        return changes


def _drawn(claim: TollClaim | None) -> dict[str, Any]:
    if claim is None:
        return {"harm": "killed", "qualifier": "exact", "scope": "event"}
    names = ("harm", "low", "high", "qualifier", "victims", "scope", "discounted")
    return {
        **{name: getattr(claim, name) for name in names},
        "words": claim.quote,
        "at": claim.start,
        "source": claim.source.name if claim.source else "",
        "via": claim.via.name if claim.via else "",
        "part_of": claim.part_of_id,
        "rejected": claim.status == ReviewStatus.REJECTED,
    }


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
