"""One toll claim on a line of the page: read, held against what stands, and against the words that are to say it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from timeline.admin.evidence import locate
from timeline.admin.review.boxes import choices, listed, names_box, plain, words_field
from timeline.curation.desk import TollChange
from timeline.curation.review import BY_EDITOR
from timeline.extraction.records import HARMS, QUALIFIERS
from timeline.ingest.naming import NAME_LENGTH, source_named
from timeline.models import Article, ReviewStatus, TollClaim
from timeline.query.reading import numbers_in


class TollLine(forms.Form):
    """One toll claim. Numbers that its words do not say are asked about once (``meant``), not refused."""

    words = words_field(required=False, said="Words of the report that give this figure")
    at = forms.IntegerField(required=False, widget=forms.HiddenInput)
    harm = forms.ChoiceField(choices=choices(HARMS), widget=listed("Harm"))
    low = forms.IntegerField(
        required=False, min_value=0, max_value=10**9, widget=plain("Low figure", inputmode="numeric", placeholder="low")
    )
    high = forms.IntegerField(
        required=False,
        min_value=0,
        max_value=10**9,
        widget=plain("High figure", inputmode="numeric", placeholder="high"),
    )
    qualifier = forms.ChoiceField(choices=choices(QUALIFIERS), widget=listed("Qualifier"))
    victims = forms.CharField(
        required=False, max_length=60, widget=plain("Who they were", dir="auto", placeholder="who")
    )
    source = forms.CharField(required=False, max_length=NAME_LENGTH, widget=names_box("nobody named"))
    via = forms.CharField(required=False, max_length=NAME_LENGTH, widget=names_box())
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
