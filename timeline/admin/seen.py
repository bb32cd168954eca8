"""Forms that never write over a colleague: what was typed meets what has changed since, field by field.

A form sends the version it was drawn from (``seen``). If others have decided since, the form takes over what only they
changed and, where the person changed something too, asks: ``conflict`` then holds both sides, for the page to show
(meanwhile.py beside this file). The answer comes back with the same form, as ``choice.…`` and ``settled``.
"""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.db import connection
from django.http import QueryDict

from timeline.admin.sent import number
from timeline.curation import meanwhile

MINE, THEIRS = "mine", "theirs"


class SeenForm(forms.ModelForm):
    """A form of one record that knows from which version it was drawn.

    ``considered`` is the version that it goes by once it is valid: hand it to the functions of curation/ as ``seen``.
    """

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    # Fields of the form that stand for a field of the record under another name.
    stands_for: dict[str, str] = {}
    # What saving does besides, for whoever has to choose.
    afterwards = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        record, data = kwargs.get("instance"), args[0] if args else kwargs.get("data")
        if data is not None and record is not None and record.pk and connection.in_atomic_block:
            # From here to the end of the transaction nobody else changes it: what is compared is what is saved.
            meanwhile.hold(record)
        super().__init__(*args, **kwargs)
        self.considered: int | None = None
        self.conflict: meanwhile.Conflict | None = None
        self._asks_from: int | None = None
        self._is_of_no_version = False
        if self.instance.pk:
            self.considered = meanwhile.newest(self.instance)
            self.initial.update({**self.beside(self.instance), "seen": self.considered})
            posted = self._posted("seen") if self.is_bound else None
            if posted is not None and posted != self.considered:
                self._meet(posted)

    def beside(self, record: Any) -> dict[str, Any]:
        """What the form shows of a record, or of a version of it, in fields that the model does not have."""
        return {}

    def choice_name(self, name: str) -> str:
        return self.add_prefix(f"choice.{name}")

    @property
    def settled_name(self) -> str:
        return self.add_prefix("settled")

    def field_for(self, name: str) -> str | None:
        """The form's field for a field of the record; None where the form has none."""
        shown = next((mine for mine, theirs in self.stands_for.items() if theirs == name), name)
        return shown if shown in self.fields else None

    def _posted(self, name: str) -> int | None:
        return number(str(self.data.get(self.add_prefix(name)) or ""))

    def _meet(self, seen: int) -> None:
        """Bring what was typed on version ``seen`` together with the version that stands now."""
        then = self.instance.history.filter(history_id=seen).first()
        if then is None:
            self._is_of_no_version = True
            return
        saw, stands = self._shown(then, then), self._shown(self.instance, then)
        mine = [name for name in saw if self._typed_otherwise(name, saw[name])]
        theirs = [name for name in saw if saw[name] != stands[name]]
        to_save = [name for name in mine if self._typed_otherwise(name, stands[name])]
        now = self.instance.history.filter(history_id=self.considered).get()
        if to_save and meanwhile.differing(then, now) and self._posted("settled") != self.considered:
            self._asks_from = seen
            # What counts as changed is judged by what the person saw.
            self.initial.update({**saw, "seen": seen})
            return
        data = cast(QueryDict, self.data).copy()
        for name in {*mine, *theirs}:
            if data.get(self.choice_name(name), MINE if name in mine else THEIRS) == THEIRS:
                self._put(data, name, stands[name])
        data[self.add_prefix("seen")] = str(self.considered)
        self.data = data

    def _shown(self, record: Any, version: Any) -> dict[str, Any]:
        fields = [field for field in meanwhile.decided_fields(version) if field.name in self.fields]
        return {field.name: meanwhile.value_of(record, field) for field in fields} | self.beside(record)

    def _typed_otherwise(self, name: str, shown: Any) -> bool:
        field = self.fields[name]
        typed = field.widget.value_from_datadict(self.data, self.files, self.add_prefix(name))
        if isinstance(shown, str) and isinstance(typed, str):
            # Browsers send line breaks as CR LF, however they were stored.
            shown, typed = (text.replace("\r\n", "\n") for text in (shown, typed))
        return field.has_changed(shown, typed)

    def _put(self, data: QueryDict, name: str, value: Any) -> None:
        """Set a field of the form to a value, as a browser would send it."""
        key, value = self.add_prefix(name), self.fields[name].prepare_value(value)
        if value is None or value is False:
            data.setlist(key, [])
        elif isinstance(value, list):
            data.setlist(key, [str(one) for one in value])
        else:
            data[key] = "on" if value is True else str(value)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        if self._is_of_no_version:
            raise forms.ValidationError(
                "This form was drawn from a version that the record never had. Copy what you typed and reload the page."
            )
        if self._asks_from is not None:
            typed = [
                n for n in self.initial if n in cleaned and n != "seen" and self._typed_otherwise(n, self.initial[n])
            ]
            mine = {self.stands_for.get(name, name): cleaned[name] for name in typed}
            found = meanwhile.conflict(self.instance, self._asks_from, mine)
            if not self.errors:
                self.conflict = found
            raise forms.ValidationError(
                f"{found.who} changed “{self.instance}” after you opened it. Nothing of yours is saved yet: mend what is "
                "marked here and save, and you will see both versions and choose.",
                code="meanwhile",
            )
        return cleaned
