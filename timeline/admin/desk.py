"""What all change pages of the desk have: nobody is written over, nothing typed is lost, and who else is there is shown.

``bar`` gives any other page the same: draw its form with ``admin/timeline/desk_bar.html`` inside, with SCRIPTS and
timeline/drafts.css on the page, and ``drafts.drop`` the draft when the form is saved.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.forms import Script
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from simple_history.admin import SimpleHistoryAdmin

from timeline.admin import drafts, presence
from timeline.admin.meanwhile import choices
from timeline.admin.person import editor
from timeline.curation.meanwhile import ChangedMeanwhile
from timeline.models import Presence

# Among those of one of the admin's models, so that they carry the admin's names.
URLS: list[URLPattern] = [
    path("draft/", drafts.draft, name="timeline_draft"),
    path("presence/", presence.presence, name="timeline_presence"),
]

# In this order: each uses what those before it give.
SCRIPTS = [Script(f"timeline/{name}.js", defer=True) for name in ("desk-form", "desk-offer", "desk-presence", "desk")]


@dataclass(frozen=True, slots=True)
class Bar:
    """What the page says about its form: under which key it is kept (empty: it is not), and who else has the record open."""

    draft: str
    presence: str
    others: list[Presence]


def bar(request: HttpRequest, draft: str, record: Any = None) -> Bar:
    """For the form ``draft`` (“review:5”) of ``record``, if there is one yet. One query."""
    key = presence.key_of(record) if record is not None else ""
    return Bar(draft, key, presence.others(editor(request), key) if key else [])


class DeskAdmin(SimpleHistoryAdmin):
    """An admin whose change page shows both versions to who saves second, and keeps what is typed."""

    class Media:
        css = {"all": ["timeline/drafts.css"]}
        js = SCRIPTS

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        if request.method != "POST" or object_id is None:
            return super().changeform_view(request, object_id, form_url, extra_context)
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except ChangedMeanwhile:
            # Between the form's look and its saving: the second look sees it.
            return super().changeform_view(request, object_id, form_url, extra_context)

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        if request.method == "POST" and change:
            inlines = [inline.formset for inline in context["inline_admin_formsets"]]
            forms = [context["adminform"].form, *(form for formset in inlines for form in formset.forms)]
            if not any(formset.non_form_errors() for formset in inlines) and (found := choices(request, forms)):
                stands = self.model._default_manager.get(pk=obj.pk)  # what was typed stands in ``obj``
                page = {**context, **found, "opts": self.opts, "title": None, "subtitle": None, "original": stands}
                return TemplateResponse(request, "admin/timeline/meanwhile.html", page)
        may_save = self.has_add_permission(request) if add else self.has_change_permission(request, obj)
        context["desk"] = bar(request, self._draft_key(obj) if may_save else "", obj if change else None)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _draft_key(self, obj: Any = None) -> str:
        name = self.opts.model_name
        return f"{name}:{obj.pk}:change" if obj is not None and obj.pk else f"{name}:add"

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        self._drop_draft(request)
        return super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        self._drop_draft(request, obj)
        return super().response_change(request, obj)

    def _drop_draft(self, request: HttpRequest, obj: Any = None) -> None:
        """What was typed is saved now, unless the page says that it was still on offer."""
        if "_keep_draft" not in request.POST:
            drafts.drop(editor(request), self._draft_key(obj))
