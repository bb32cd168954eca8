"""The form field that ties a record to the words of its report that say it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString

from timeline.models import Article
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


class EvidenceForm(forms.ModelForm):
    """A form whose ``evidence`` box holds the words that say it; saving finds where they stand in the report.

    With a ``reason`` box, because an editor's correction is read by colleagues later.
    """

    evidence = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 2, "cols": 100, "dir": "auto"}),
        help_text="Words of the report, copied letter by letter.",
    )
    article: Article | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.article = self.instance.article
            self.initial["evidence"] = self.instance.quote

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
            name: self.cleaned_data[name] for name in self.changed_data if name not in {"evidence", "reason", "event"}
        }
        if "evidence" in self.changed_data:
            changed |= {name: getattr(self.instance, name) for name in ("start", "end", "quote")}
        return changed
