"""The page for who saves second: what they typed and what a colleague made of it, field by field, to choose from.

Any page may use it: draw SeenForms, and when one is not valid, ask ``choices``. If it answers, draw its context with
``admin/timeline/meanwhile.html`` (or its partial ``#choices`` inside a form of one's own that posts to the same address):
the answer is the same request once more with the choices in it, so that the view has nothing else to do.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from timeline.admin.seen import MINE, THEIRS, SeenForm
from timeline.curation.meanwhile import Change, Conflict


@dataclass(frozen=True, slots=True)
class Choice:
    """One field to choose: the name of its radio buttons, and which of them is set."""

    name: str
    change: Change
    chosen: str


@dataclass(frozen=True, slots=True)
class Choices:
    """What is to be chosen about one record; ``kept`` was changed by others in fields that the form does not have."""

    conflict: Conflict
    fields: list[Choice]
    kept: list[Change]
    settled_name: str
    afterwards: str


def choices(request: HttpRequest, forms: Iterable[Any]) -> dict[str, Any] | None:
    """The context of the page, where all that is wrong with ``forms`` is that somebody changed their records meanwhile."""
    met = [form for form in forms if not form.is_valid()]
    if not met or not all(isinstance(form, SeenForm) and form.conflict for form in met):
        return None
    to_choose = [_choices(request, form) for form in met]
    asked = {name for one in to_choose for name in (one.settled_name, *(field.name for field in one.fields))}
    return {
        "to_choose": to_choose,
        "who": to_choose[0].conflict.who,
        "typed": [
            (name, value)
            for name, values in request.POST.lists()
            if name not in asked and name != "csrfmiddlewaretoken"
            for value in values
        ],
    }


def _choices(request: HttpRequest, form: SeenForm) -> Choices:
    assert form.conflict is not None
    fields, kept = [], []
    for change in form.conflict.changes:
        shown = form.field_for(change.name)
        if shown is None:
            kept.append(change)
            continue
        name = form.choice_name(shown)
        chosen = request.POST.get(name) or (MINE if change.mine_changed else THEIRS)
        fields.append(Choice(name, change, chosen))
    fields.sort(key=lambda choice: not choice.change.both)
    return Choices(form.conflict, fields, kept, form.settled_name, form.afterwards)
