"""Every address of the site with records of a published event in it, and every name that a page reads from what is sent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from django.apps import apps
from django.urls import URLPattern, get_resolver

_SOURCE = Path(__file__).resolve().parent.parent / "timeline"
_ARGUMENT = re.compile(r"<(?:(\w+):)?(\w+)>")
_PATTERNS = (
    re.compile(r'(?:GET|POST|params|typed)\.get(?:list)?\("([\w.-]+)"'),
    re.compile(r'(?:_text|_one_of|_record|_line|_day)\(\w+(?:\.GET|\.POST)?, "(\w+)"'),
    re.compile(r'parameter_name = "(\w+)"'),
)
# What Django's own admin reads. An empty _to_field is its own affair.
_DJANGOS = {"o", "p", "q", "all", "term", "action", "index", "select_across", "_selected_action", "_save"}


def parameters() -> list[str]:
    """The names that views read from query strings and forms, as the source spells them."""
    found = set(_DJANGOS)
    for file in _SOURCE.rglob("*.py"):
        text = file.read_text(encoding="utf-8")
        for pattern in _PATTERNS:
            found |= set(pattern.findall(text))
    return sorted(found)


def addresses(key: int | None = None) -> Iterator[str]:
    """Each address once, with ``key`` for every record; None: with one that is there."""
    for route in _routes(get_resolver().url_patterns):
        if "logout" not in route and "(?P" not in route:
            yield "/" + _ARGUMENT.sub(partial(_value, route, key), route)


def _routes(patterns: list[Any], before: str = "") -> Iterator[str]:
    for pattern in patterns:
        route = before + str(pattern.pattern).replace("^", "").replace("$", "")
        if isinstance(pattern, URLPattern):
            yield route
        else:
            yield from _routes(pattern.url_patterns, route)


_WORDS = {"slug": "houla-massacre", "name": "entries", "form": "csv", "kind": "place", "app_label": "timeline"}


def _value(route: str, key: int | None, found: re.Match[str]) -> str:
    argument = found[2]
    if argument in _WORDS:
        return _WORDS[argument]
    if key is not None:
        return str(key)
    named = re.search(r"admin/(\w+)/(\w+)/", route)
    record = apps.get_model(named[1], named[2])._default_manager.order_by("pk").first() if named else None
    if argument in {"version", "version_id"} and record is not None:
        return str(record.history.latest("history_id").history_id)
    return str(record.pk) if record is not None else "1"
