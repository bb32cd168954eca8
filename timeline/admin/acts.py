"""Recent decisions, each with its Undo; and the message after a decision that offers to take it back at once."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from timeline.admin.desk import DeskAdmin
from timeline.admin.person import editor
from timeline.admin.sent import one_line
from timeline.curation.acts import act_so_far, acting
from timeline.curation.rights import Right
from timeline.curation.undo import CannotUndo, undo
from timeline.models import Act
from timeline.query.recent_acts import EVERYBODY, ActsQuery, page, people

TAG = "act-"  # what a message's tag begins with that offers to undo an act; its key follows


def say_done(request: HttpRequest, act: Act, words: str) -> None:
    """Say that it was done, with a button that undoes it; an act that changed nothing left none to undo."""
    messages.success(request, words, extra_tags=f"{TAG}{act.pk}" if act.pk else "")


def way_back(request: HttpRequest, otherwise: str) -> str:
    """The page of this site that the form was sent from, as its ``next`` says."""
    back = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return back if back.startswith("/") and is_ours else otherwise


class OneActAdmin(DeskAdmin):
    """What is saved from a record's page is one act, however many functions it takes, and the message offers to undo it."""

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        if request.method != "POST" or object_id is None:
            return super().changeform_view(request, object_id, form_url, extra_context)
        record = self.get_object(request, unquote(object_id))
        reason = one_line(request.POST.get("reason"))
        with acting(editor(request), Right.REVIEW, f"corrected “{record}”", reason):
            return super().changeform_view(request, object_id, form_url, extra_context)

    def message_user(self, request: HttpRequest, message: Any, level: Any = messages.INFO, **more: Any) -> None:
        act = act_so_far()
        if act and level == messages.SUCCESS:
            say_done(request, act, message)
        else:
            super().message_user(request, message, level, **more)


@admin.register(Act)
class ActAdmin(admin.ModelAdmin):
    """One page for all acts: they are made by deciding, and changed only by undoing."""

    def get_urls(self) -> list[URLPattern]:
        shown = self.admin_site.admin_view
        return [
            path("", shown(self.changelist_view), name="timeline_acts"),
            path("", shown(self.changelist_view), name="timeline_act_changelist"),
            path("<int:pk>/undo/", shown(require_POST(self.undo_view)), name="timeline_act_undo"),
        ]

    def has_module_permission(self, request: HttpRequest) -> bool:
        """The front page and the head of every page lead there."""
        return False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        query = ActsQuery.read(request.GET, editor(request))
        context = {
            **self.admin_site.each_context(request),
            "title": "Recent decisions",
            "opts": self.model._meta,
            "query": query,
            "page": page(query),
            "people": people(),
            "everybody": EVERYBODY,
            "here": request.get_full_path(),
        }
        return TemplateResponse(request, "admin/timeline/acts.html", context)

    def undo_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take an act back; who may is decided by its right. Back to the page where the button stood."""
        act = get_object_or_404(Act, pk=pk)
        reason = one_line(request.POST.get("reason"))
        try:
            undoing = undo(act, editor(request), reason)
        except CannotUndo as problem:
            messages.error(request, f"Not undone. {problem}")
        else:
            say_done(request, undoing, f"{undoing.words[:1].upper()}{undoing.words[1:]}.")
        return HttpResponseRedirect(way_back(request, reverse("admin:timeline_acts")))
