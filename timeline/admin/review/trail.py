"""Where the editor has been in this session, and what they did last: for the keys that go back and that undo.

Kept in the session: it is lost with it, and no decision is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from timeline.models import Act

_KEY = "review"
_LONGEST = 50  # entries and acts that are remembered; who wants to go back further looks at the list of acts


def _kept(request: HttpRequest) -> dict[str, Any]:
    kept: dict[str, Any] = request.session.get(_KEY, {})
    return {
        "entries": kept.get("entries", []),
        "acts": kept.get("acts", []),
        "said": kept.get("said", ""),
        "of_last": kept.get("of_last", False),
    }


def visit(request: HttpRequest, pk: int) -> int | None:
    """Note that the entry is looked at; returns the entry that was looked at before it."""
    kept = _kept(request)
    entries: list[int] = kept["entries"]
    if pk not in entries:
        kept["entries"] = [*entries, pk][-_LONGEST:]
        request.session[_KEY] = kept
    at = kept["entries"].index(pk)
    return kept["entries"][at - 1] if at else None


def did(request: HttpRequest, act: Act, mention: int, more: str = "") -> None:
    """Note what was done, and to which entry undoing it leads back; the next page says it and offers to undo it."""
    kept = _kept(request)
    kept["acts"] = [*kept["acts"], [act.pk, mention, act.words]][-_LONGEST:]
    kept["said"], kept["of_last"] = f"{act.words[:1].upper()}{act.words[1:]}.{more and ' '}{more}", True
    request.session[_KEY] = kept


@dataclass(frozen=True, slots=True)
class LastAct:
    """What the editor did last and has not undone; undoing it leads back to the entry ``mention``."""

    act: int
    mention: int
    words: str


def last_act(request: HttpRequest) -> LastAct | None:
    acts = _kept(request)["acts"]
    return LastAct(*acts[-1]) if acts else None


def forget_last(request: HttpRequest) -> None:
    kept = _kept(request)
    kept["acts"] = kept["acts"][:-1]
    request.session[_KEY] = kept


def say(request: HttpRequest, words: str) -> None:
    """Have the next page say something that is no act to be undone."""
    request.session[_KEY] = {**_kept(request), "said": words, "of_last": False}


def said(request: HttpRequest) -> tuple[str, bool]:
    """What there is to say, once; and whether it is what was done last, which the page offers to undo beside it."""
    kept = _kept(request)
    words: str = kept["said"]
    if words:
        request.session[_KEY] = {**kept, "said": ""}
    return words, bool(kept["of_last"] and kept["acts"])
