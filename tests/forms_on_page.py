"""The forms of a page, filled as they stand and as somebody who means harm would fill them: for tests of who may what."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin


@dataclass(slots=True)
class Form:
    """A form that is posted to ``address``, by one of its ``buttons`` (name and value; empty for one without a name)."""

    address: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    buttons: list[tuple[str, str]] = field(default_factory=list)
    choices: dict[str, list[str]] = field(default_factory=dict)

    def sent(self) -> list[dict[str, list[str]]]:
        """What could be sent: by each button the form as it stands, and with everything in it chosen otherwise."""
        kept: dict[str, list[str]] = {}
        for name, value in self.fields:
            kept.setdefault(name, []).append(value)
        other = {name: [_otherwise(name, value) for value in values] for name, values in kept.items()}
        other |= {name: [options[-1]] for name, options in self.choices.items() if options}
        return [
            {**data, **({name: [value]} if name else {})}
            for name, value in dict.fromkeys(self.buttons or [("", "")])
            for data in (kept, other)
        ]


def _otherwise(name: str, value: str) -> str:
    if name == "csrfmiddlewaretoken" or value.isdecimal() or ("-" in name and "FORMS" in name):
        return value
    return f"{value} otherwise" if name in {"title", "name", "username", "reason", "notes"} else value or "otherwise"


class _Reader(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.page, self.forms, self.form = page, [], None  # type: ignore[var-annotated]
        self.select = self.area = ""
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            if given.get("method", "get").lower() == "post":
                self.form = Form(urljoin(self.page, given.get("action", "")) or self.page)
                self.forms.append(self.form)
            return
        if self.form is None:
            return
        name, value = given.get("name", ""), given.get("value", "")
        if tag == "button" or (tag == "input" and given.get("type") in {"submit", "image"}):
            self.form.buttons.append((name, value))
        elif tag == "input" and name:
            if given.get("type") in {"checkbox", "radio"}:
                self.form.choices.setdefault(name, []).append(value or "on")
                if "checked" not in given:
                    return
            self.form.fields.append((name, value))
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select:
            self.form.choices.setdefault(self.select, []).append(value)
            if "selected" in given:
                self.form.fields.append((self.select, value))
        elif tag == "textarea":
            self.area, self.words = name, ""

    def handle_data(self, data: str) -> None:
        if self.area:
            self.words += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.form = None
        elif tag == "select":
            self.select = ""
        elif tag == "textarea" and self.form is not None and self.area:
            self.form.fields.append((self.area, self.words.removeprefix("\n")))
            self.area = ""


def forms_on(page: str, html: str) -> list[Form]:
    """The forms on the page at the address ``page`` that are posted."""
    reader = _Reader(page)
    reader.feed(html)
    return reader.forms
