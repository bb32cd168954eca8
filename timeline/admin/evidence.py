"""What the desk's forms share: the words of the report that say it. Not writing over a colleague is left to seen.py."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from timeline.admin.seen import SeenForm
from timeline.models import Article, Mention
from timeline.query.passages import sentences_around


def sentence_html(text: str, start: int, end: int) -> SafeString:
    """The sentence that holds a passage, the passage marked."""
    sentence = sentences_around(text, [(start, end)])[0]
    return format_html(
        '<p class="evidence" dir="auto">{}<mark class="toll">{}</mark>{}</p>',
        sentence.before,
        sentence.marked,
        sentence.after,
    )


class BesideReport:
    """The column that leads an entry to the review page, for the lists in which it stands on other pages."""

    @admin.display(description="review")
    def beside_report(self, mention: Mention) -> SafeString:
        address = reverse("admin:timeline_review_entry", args=[mention.pk])
        words = '<a href="{}">Beside its report<span class="visually-hidden">: {}</span></a>'
        return format_html(words, address, mention)


def locate(text: str, words: str, near: int = 0) -> tuple[int, int]:
    """Where ``words`` stand in ``text``, the occurrence nearest to ``near``. Raises ValidationError when nowhere."""
    found = -1
    position = text.find(words)
    while words and position != -1:
        if found == -1 or abs(position - near) < abs(found - near):
            found = position
        position = text.find(words, position + 1)
    if found == -1:
        raise forms.ValidationError("These words are not in the report. Copy them from its text, letter by letter.")
    return found, found + len(words)


class Words(forms.CharField):
    """Words of a report. Browsers send line breaks as CR LF; reports are stored with LF."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.replace("\r\n", "\n").replace("\r", "\n") if isinstance(value, str) else value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(initial, self.to_python(data))


class EvidenceForm(SeenForm):
    """A form whose ``evidence`` box holds the words that say it; saving finds where they stand in the report."""

    evidence = Words(
        widget=forms.Textarea(attrs={"rows": 2, "cols": 100, "dir": "auto"}),
        help_text="Words of the report, copied letter by letter.",
    )
    article: Article | None = None
    stands_for = {"evidence": "quote"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.article = self.instance.article

    def beside(self, record: Any) -> dict[str, Any]:
        return {"evidence": record.quote}

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        words = cleaned.get("evidence")
        if words and self.article:
            try:
                start, end = locate(self.article.text, words, self.instance.start or 0)
            except forms.ValidationError as error:
                self.add_error("evidence", error)
            else:
                self.instance.start, self.instance.end, self.instance.quote = start, end, words
        return cleaned

    def changes(self) -> dict[str, Any]:
        """The fields that were changed, as the functions of curation/ take them."""
        changed = {
            name: self.cleaned_data[name]
            for name in self.changed_data
            if name not in {"evidence", "reason", "event", "seen"}
        }
        if "evidence" in self.changed_data:
            changed |= {name: getattr(self.instance, name) for name in ("start", "end", "quote")}
        return changed


# How many days each precision spans at the least and at the most; the others say nothing of their length.
_SPANS = {
    "day": (1, 1),
    "week": (7, 7),
    "month": (28, 31),
    "season": (80, 100),
    "year": (365, 366),
    "decade": (3652, 3653),
}


def check_days(form: forms.BaseForm) -> None:
    """Refuse days out of order, a first without a last, and a precision that they contradict.

    'week' for one day would be shown as that week.
    """
    first, last = form.cleaned_data.get("earliest"), form.cleaned_data.get("latest")
    precision = form.cleaned_data.get("precision")
    if first and not last:
        form.add_error("latest", "Give the latest day too; for a single day it is the same as the earliest.")
    elif first and last and first > last:
        form.add_error("latest", f"The latest day, {last}, is before the earliest, {first}.")
    elif first and last and precision in _SPANS:
        least, most = _SPANS[precision]
        days = (last - first).days + 1
        if not least <= days <= most:
            words = f"{first} to {last} is {days} day(s), not a {precision}. Choose range, or other days."
            form.add_error("precision", words)
