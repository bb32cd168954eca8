"""The history page of a record: what changed in words, who, when and why, and a button to go back to any version."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST
from simple_history.admin import SimpleHistoryAdmin

from timeline.admin.acts import say_done
from timeline.admin.person import editor
from timeline.admin.sent import number, one_line
from timeline.curation import versions
from timeline.curation.acts import acting
from timeline.query.histories import page

# Characters of what is looked for in a list: SQLite takes neither 1,000 words nor one of 50,000 letters.
LONGEST_SEARCH = 300


class ReadableHistoryAdmin(SimpleHistoryAdmin):
    """An admin whose records' history can be read, and gone back in."""

    def get_search_results(self, request: HttpRequest, queryset: QuerySet[Any], search_term: str) -> Any:
        """PostgreSQL knows no NUL; the boxes that complete a name hand it on."""
        return super().get_search_results(request, queryset, search_term.replace("\0", " ")[:LONGEST_SEARCH])

    def get_urls(self) -> list[URLPattern]:
        revert = self.admin_site.admin_view(require_POST(self.revert_view))
        name = f"timeline_{self.opts.model_name}_revert"
        return [path("<int:pk>/history/<int:version>/revert/", revert, name=name), *super().get_urls()]

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        key = number(unquote(object_id))
        if key is None:
            raise Http404
        record = self.model._default_manager.filter(pk=key).first()
        if not self.has_view_permission(request, record):
            raise PermissionDenied
        before = request.GET.get("before", "")
        told = page(self.model, key, number(before))
        if record is None and not told.lines:
            raise Http404
        may = record is not None and self.has_change_permission(request, record)
        context = {
            **self.admin_site.each_context(request),
            "title": f"History: {record or 'a record that is gone'}",
            "opts": self.opts,
            "record": record,
            "page": told,
            "before": before,
            "may_revert": may and editor(request).has_perm(versions.right_to_revert(self.model)),
            "revert_name": f"admin:timeline_{self.opts.model_name}_revert",
            "change_name": f"admin:timeline_{self.opts.model_name}_change",
            "list_name": f"admin:timeline_{self.opts.model_name}_changelist",
        }
        return TemplateResponse(request, "admin/timeline/history.html", {**context, **(extra_context or {})})

    def history_form_view(
        self, request: HttpRequest, object_id: str, version_id: str, extra_context: Any = None
    ) -> HttpResponse:
        """simple_history's page of one version saves what is posted to it, whatever the setting says: it has no place here."""
        raise Http404("A version is shown on the history page, with the button that goes back to it.")

    def revert_view(self, request: HttpRequest, pk: int, version: int) -> HttpResponse:
        """Go back to a version; to the history again, which says what came of it."""
        record = get_object_or_404(self.model, pk=pk)
        if not self.has_change_permission(request, record):
            raise PermissionDenied
        wanted = get_object_or_404(self.model.history, id=pk, history_id=version)
        reason = one_line(request.POST.get("reason"))
        right = versions.right_to_revert(self.model)
        try:
            with acting(editor(request), right, versions.words_for_reverting(record, wanted), reason) as act:
                versions.revert(record, wanted, editor(request), reason)
        except ValidationError as problem:
            messages.error(request, f"Not put back. {' '.join(problem.messages)}")
        except ValueError as problem:
            messages.error(request, f"Not put back. {problem}")
        else:
            done = f"{act.words[:1].upper()}{act.words[1:]}." if act.pk else "It stands as it did then already."
            say_done(request, act, done)
        return redirect(f"admin:timeline_{self.opts.model_name}_history", pk)
