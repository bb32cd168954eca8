"""How one cell is read and written: whole numbers, days, choices, names of records. A wrong one says what would be right."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Iterable
from typing import Any

from django.db.models import Model
from import_export.widgets import Widget


class Words(Widget):
    """Text, its outer white space off."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        # PostgreSQL stores no NUL.
        return "" if value is None else str(value).replace("\0", " ").strip()

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        return "" if value is None else str(value)


class Whole(Widget):
    """A whole number of persons, characters or minutes; empty for none."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> int | None:
        text = str(value).strip().replace("\u00a0", "").replace(" ", "")
        if text == "":
            return None
        text = text.removesuffix(".0")  # as a spreadsheet program writes a whole number
        if not (text.isdecimal() and text.isascii()):
            raise ValueError(f"“{str(value)[:40]}” is no whole number. Write it in figures alone, such as 1300.")
        if int(text) > 2_147_483_647:
            raise ValueError(f"{text[:40]} is larger than any number that can be stored.")
        return int(text)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        return "" if value is None else value


class Decimal(Widget):
    """Degrees; empty for none."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> float | None:
        text = str(value).strip()
        if text == "":
            return None
        try:
            return float(text)
        except ValueError:
            raise ValueError(f"“{text[:40]}” is no number. Write degrees such as 34.73.") from None

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        return "" if value is None else value


class Day(Widget):
    """A calendar day, 2012-05-25; empty for none."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> dt.date | None:
        if isinstance(value, dt.datetime):
            return value.date()
        if isinstance(value, dt.date):
            return value
        text = str(value).strip()
        if text == "":
            return None
        try:
            return dt.date.fromisoformat(text.removesuffix(" 00:00:00"))
        except ValueError:
            raise ValueError(f"“{text[:40]}” is no day. Write year-month-day, such as 2012-05-25.") from None

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        return value.isoformat() if value else ""


class YesNo(Widget):
    """yes or no."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> bool:
        text = str(value).strip().casefold()
        if text in {"yes", "true", "1"}:
            return True
        if text in {"no", "false", "0", ""}:
            return False
        raise ValueError(f"“{str(value)[:40]}” is neither yes nor no.")

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        return "yes" if value else "no"


class OneOf(Words):
    """One of a few words."""

    def __init__(self, choices: Iterable[str], empty: bool = False) -> None:
        super().__init__()
        self.choices = list(choices)
        self.empty = empty

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        text = super().clean(value)
        if text in self.choices or (self.empty and not text):
            return text
        near = difflib.get_close_matches(text, self.choices, n=1)
        hint = f" Did you mean {near[0]}?" if near else ""
        raise ValueError(f"“{text[:40]}” is none of {', '.join(self.choices)}.{hint}")


class Names(Words):
    """Names, separated by semicolons."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        return [name.strip() for name in super().clean(value).split(";") if name.strip()]

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        return "; ".join(value or [])


class Record(Words):
    """Another record, named by one of its fields: its address, its name, its number. Each is asked for once."""

    def __init__(self, model: type[Model], *fields: str) -> None:
        super().__init__()
        self.model = model
        self.fields = fields
        self.known: dict[str, Any] = {}

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        text = super().clean(value).removesuffix(".0") if self.fields == ("pk",) else super().clean(value)
        if not text:
            return None
        if text not in self.known:
            self.known[text] = self._found(text)
        return self.known[text]

    def _found(self, text: str) -> Any:
        what = self.model._meta.verbose_name
        if self.fields == ("pk",) and not (text.isdecimal() and text.isascii() and len(text) < 19):
            raise ValueError(f"“{text[:40]}” is no number of a {what}.")
        for field in self.fields:
            found = list(self.model._default_manager.filter(**{field: text})[:2])
            if len(found) > 1:
                raise ValueError(
                    f"There are several {self.model._meta.verbose_name_plural} with the {field} “{text[:60]}”."
                )
            if found:
                return found[0]
        raise ValueError(f"There is no {what} “{text[:60]}”. Add it first, or correct the cell.")

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        return "" if value is None else getattr(value, self.fields[0])
