"""What stands in the boxes after a colleague has saved first: mine where I typed something, theirs everywhere else.

So that saving again writes over what both changed alone, after the editor has seen both; field by field they may take
theirs instead. What they are shown is found in curation/meanwhile.py.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from timeline.admin.review.forms import EntryForm, TollLine
from timeline.admin.sent import number
from timeline.curation.meanwhile import Change, Conflict
from timeline.models import Mention, TollClaim

# Boxes that say one thing together: mine or theirs, never half of each.
_TOGETHER = (
    {"words", "at"},
    {"date_words", "date_at"},
    {"place", "place_id"},
    {"when", "read_for", "earliest", "latest", "precision"},
)


# The box in which a field of the record stands, where the two bear different names.
_BOX = {"quote": "words", "date_quote": "date_words", "earliest": "when", "latest": "when", "precision": "when"}
_CHOICE = "choice."


@dataclass(frozen=True, slots=True)
class Row:
    """A field that somebody changed; ``choice`` names the tick by which theirs is taken, empty where there is none to take."""

    change: Change
    choice: str


@dataclass(frozen=True, slots=True)
class Overtaken:
    """What the page shows: who was first, and what both made of each field."""

    who: str
    rows: list[Row]


def overtaken(found: Conflict) -> Overtaken:
    form, prefix = (TollLine, f"toll-{found.record.pk}-") if isinstance(found.record, TollClaim) else (EntryForm, "")
    rows: list[Row] = []
    for change in found.changes:
        box = _BOX.get(change.name, change.name)
        choice = f"{_CHOICE}{prefix}{box}"
        differs = change.mine_changed and change.mine != change.theirs
        offered = differs and box in form.base_fields and choice not in {row.choice for row in rows}
        rows.append(Row(change, choice if offered else ""))
    return Overtaken(found.who, rows)


def with_theirs(typed: Mapping[str, Any], mention: Mention, claims: Sequence[TollClaim]) -> Mapping[str, Any]:
    """``typed`` with theirs in every box for which the editor ticked it."""
    ticked = {name.removeprefix(_CHOICE) for name, value in typed.items() if name.startswith(_CHOICE) and value}
    if not ticked:
        return typed
    stands = _values(EntryForm(mention))
    for claim in claims:
        prefix = f"toll-{claim.pk}"
        line = _values(TollLine(mention.article, claims, claim, prefix))
        stands |= {f"{prefix}-{name}": value for name, value in line.items()}
    data = dict(typed.items())
    for box in ticked & stands.keys():
        prefix, _, name = box.rpartition("-") if box.startswith("toll-") else ("", "", box)
        together = next((boxes for boxes in _TOGETHER if name in boxes), {name})
        data |= {key: stands[key] for key in (f"{prefix}-{one}" if prefix else one for one in together)}
    return data


def laid_over(
    typed: Mapping[str, Any], mention: Mention, claims: Sequence[TollClaim], seen: int, versions: Mapping[int, int]
) -> dict[str, Any]:
    """``typed`` as the form of ``mention``, which stands now, takes it: with its versions, and theirs where I typed nothing."""
    data = dict(typed.items())
    then = mention.history.filter(history_id=seen).first()
    if then is not None:
        mine = set(EntryForm(then.instance, typed).changed_data)
        for together in _TOGETHER:
            mine |= together if mine & together else set()
        theirs = EntryForm(mention, seen=mention.history.latest("history_id").history_id)
        data |= {name: value for name, value in _values(theirs).items() if name not in mine - {"seen"}}
        data["reason"] = typed.get("reason", "")
    for claim in claims:
        prefix = f"toll-{claim.pk}"
        before = TollClaim.history.filter(
            id=claim.pk, history_id=number(str(typed.get(f"{prefix}-seen") or ""))
        ).first()
        if f"{prefix}-harm" not in typed or before is None or before.history_id == versions.get(claim.pk):
            continue
        theirs_line = _values(TollLine(mention.article, claims, claim, prefix, seen=versions.get(claim.pk)))
        changed = set(TollLine(mention.article, claims, before.instance, prefix, typed).changed_data) - {"seen"}
        for name, value in theirs_line.items():
            if not changed or name == "seen":
                data[f"{prefix}-{name}"] = value
        if not changed and not theirs_line["rejected"]:
            data.pop(f"{prefix}-rejected", None)
    return data


def _values(form: forms.Form) -> dict[str, Any]:
    """What the form's boxes hold as it is drawn, as a browser would send it."""
    shown = {name: form[name].value() for name in form.fields}
    return {name: "" if value is None else str(value) for name, value in shown.items()}
