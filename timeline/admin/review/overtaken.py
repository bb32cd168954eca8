"""What stands in the boxes after a colleague has saved first: mine where I typed something, theirs everywhere else.

So that saving again writes over what both changed alone, after the editor has seen both. What they are shown is found in
curation/meanwhile.py.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from timeline.admin.review.forms import EntryForm, TollLine
from timeline.models import Mention, TollClaim

# Boxes that say one thing together: mine or theirs, never half of each.
_TOGETHER = (
    {"words", "at"},
    {"date_words", "date_at"},
    {"place", "place_id"},
    {"when", "read_for", "earliest", "latest", "precision"},
)


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
        before = TollClaim.history.filter(id=claim.pk, history_id=_number(typed.get(f"{prefix}-seen"))).first()
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


def _number(text: Any) -> int | None:
    return int(text) if str(text or "").isdigit() else None
