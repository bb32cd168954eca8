"""Deciding on many records of a filtered list at once: choose, see what will change and what cannot, do it, undo it.

What can be done to which records is in bulk_operations.py; the doing, as one act, in curation/together.py.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.text import capfirst

from timeline.admin.acts import OneActAdmin, say_done
from timeline.admin.person import editor
from timeline.admin.sent import number
from timeline.curation.rights import Right
from timeline.curation.together import Decision, Done, decide, look_ahead
from timeline.models import Act

# Records decided on in one request. Of processor time on SQLite an entry accepted takes 4 ms, one drafted 13 ms, and one
# of an event with four reports whose kind is set 18 ms: 500 of the slowest take 9 s to look at, and as long to do.
MOST_AT_ONCE = 500
ROWS = 20  # records shown of those that change, and of those that cannot


class WithReason(forms.Form):
    """What every decision may be given."""

    reason = forms.CharField(
        required=False, max_length=200, label="Why (optional, for the history)", widget=forms.TextInput({"size": 60})
    )


@dataclass(frozen=True, slots=True)
class Operation:
    """Something that can be done to the records of a list. ``form`` asks for what it needs (WithReason: nothing).

    ``decision`` makes, of what the form was given, what is done to each record.
    """

    name: str
    label: str  # of the list's menu, and of the page
    right: Right
    decision: Callable[[dict[str, Any]], Decision]
    form: type[WithReason] = WithReason
    related: tuple[str, ...] = ()

    @property
    def asks(self) -> bool:
        return self.form is not WithReason


class BulkAdmin(OneActAdmin):
    """A list with operations, each offered to whoever has the right to it."""

    operations: tuple[Operation, ...] = ()
    one, many = "record", "records"

    def get_actions(self, request: HttpRequest) -> Any:
        actions = super().get_actions(request)
        if self.has_view_permission(request) and actions is not None:
            for operation in self.operations:
                if editor(request).has_perm(operation.right):
                    actions[operation.name] = (_action(operation), operation.name, operation.label)
        return actions


def _action(operation: Operation) -> Callable[..., HttpResponse | None]:
    def run(desk: BulkAdmin, request: HttpRequest, records: QuerySet[Any]) -> HttpResponse | None:
        return _run(operation, desk, request, records)

    return run


def _run(operation: Operation, desk: BulkAdmin, request: HttpRequest, records: QuerySet[Any]) -> HttpResponse | None:
    """From the list: the page. From the page: the same with what would change, or done and back to the list."""
    came_back = "step" in request.POST
    matching = records.count()
    keys = _keys(request) if came_back else list(records.values_list("pk", flat=True)[:MOST_AT_ONCE])
    chosen = _chosen(records, keys, operation.related)
    form = operation.form(request.POST) if came_back or not operation.asks else operation.form()
    if not came_back and not operation.asks:
        form = operation.form({})
    if not chosen:
        desk.message_user(request, f"None of these {desk.many} is in the list any more.", messages.WARNING)
        return None
    ahead: Done | None = None
    if form.is_bound and form.is_valid():
        decision, reason = operation.decision(form.cleaned_data), form.cleaned_data["reason"]
        given = _fingerprint(form)
        if request.POST.get("step") == "do" and request.POST.get("given") == given:
            done = decide(decision, chosen, _noun(desk, len(chosen)), editor(request), reason)
            _say(desk, request, decision, done, left_out=len(keys) - len(chosen))
            return None
        ahead = look_ahead(decision, chosen, _noun(desk, len(chosen)), editor(request), reason)
    context = {
        **desk.admin_site.each_context(request),
        "title": operation.label,
        "opts": desk.model._meta,
        "operation": operation,
        "form": form,
        "ahead": ahead,
        "changing": [line for line in ahead.lines if not line.why_not][:ROWS] if ahead else [],
        "refused": ahead.refused[:ROWS] if ahead else [],
        "rows": ROWS,
        "count": len(chosen),
        "left_out": len(keys) - len(chosen),
        "beyond": 0 if came_back else max(0, matching - len(chosen)),
        "most": MOST_AT_ONCE,
        "nouns": {"one": desk.one, "many": desk.many},
        "noun": _noun(desk, len(chosen)),
        "keys": ",".join(str(record.pk) for record in chosen),
        "first": chosen[0].pk,
        "given": _fingerprint(form) if ahead else "",
        "checkbox": ACTION_CHECKBOX_NAME,
    }
    return TemplateResponse(request, "admin/timeline/bulk.html", context)


def _keys(request: HttpRequest) -> list[int]:
    """Of the records that the page was about, as it sent them back."""
    told = request.POST.get("keys", "").split(",")[:MOST_AT_ONCE]
    return [key for key in map(number, told) if key is not None]


def _chosen(records: QuerySet[Any], keys: list[int], related: Iterable[str]) -> list[Any]:
    """Those that are still in the list, in its order."""
    place = {key: number for number, key in enumerate(keys)}
    found = records.filter(pk__in=keys)
    found = found.select_related(*related) if related else found
    return sorted(found, key=lambda record: place[record.pk])


def _fingerprint(form: WithReason) -> str:
    """Of what the form was given: what is done is what was shown."""
    given = [(name, form.data.get(form.add_prefix(name), "")) for name in form.fields if name != "reason"]
    return hashlib.sha256(repr(given).encode()).hexdigest()[:16]


def _noun(desk: BulkAdmin, count: int) -> str:
    return desk.one if count == 1 else desk.many


def _say(desk: BulkAdmin, request: HttpRequest, decision: Decision, done: Done, left_out: int) -> None:
    for line in done.refused[:ROWS]:
        desk.message_user(request, f"{line.record}: {line.why_not}", messages.ERROR)
    if len(done.refused) > ROWS:
        desk.message_user(request, f"And {len(done.refused) - ROWS:,} more for such reasons.", messages.ERROR)
    if left_out:
        words = f"{left_out:,} {_noun(desk, left_out)} had left the list meanwhile, decided on by others perhaps."
        desk.message_user(request, words, messages.WARNING)
    if done.count:
        say_done(request, done.act or Act(), capfirst(f"{decision.words(done.count, _noun(desk, done.count))}."))
