"""Where the editor has been in this session, and what they did last: for the keys that go back and that undo.

Kept in the session: it is lost with it, and no decision is.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

_KEY = "review"
_LONGEST = 50  # entries and acts that are remembered; who wants to go back further looks at the list of acts


def _kept(request: HttpRequest) -> dict[str, Any]:
    kept: dict[str, Any] = request.session.get(_KEY, {})
    return {"entries": kept.get("entries", []), "acts": kept.get("acts", []), "said": kept.get("said", "")}


def visit(request: HttpRequest, pk: int) -> int | None:
    """Note that the entry is looked at; returns the entry that was looked at before it."""
    kept = _kept(request)
    entries: list[int] = kept["entries"]
    if pk not in entries:
        kept["entries"] = [*entries, pk][-_LONGEST:]
        request.session[_KEY] = kept
    at = kept["entries"].index(pk)
    return kept["entries"][at - 1] if at else None


def did(request: HttpRequest, act: int, mention: int) -> None:
    """Note what was done, and to which entry undoing it leads back."""
    kept = _kept(request)
    kept["acts"] = [*kept["acts"], [act, mention]][-_LONGEST:]
    request.session[_KEY] = kept


def last_act(request: HttpRequest) -> tuple[int, int] | None:
    """The key of the last act that was not undone yet, and of its entry."""
    acts = _kept(request)["acts"]
    return (acts[-1][0], acts[-1][1]) if acts else None


def forget_last(request: HttpRequest) -> None:
    kept = _kept(request)
    kept["acts"] = kept["acts"][:-1]
    request.session[_KEY] = kept


def say(request: HttpRequest, words: str) -> None:
    """Have the next page say what was done."""
    request.session[_KEY] = {**_kept(request), "said": words}


def said(request: HttpRequest) -> str:
    """What there is to say, once."""
    kept = _kept(request)
    words: str = kept["said"]
    if words:
        request.session[_KEY] = {**kept, "said": ""}
    return words
