"""The timeline at /: the filter, and the events that pass it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_GET

from timeline.models import Kind
from timeline.query.timeline_query import ORDERS, TimelineQuery, place_choices, source_choices


@require_GET
def timeline(request: HttpRequest) -> HttpResponse:
    """The whole page; for htmx its results alone, or the next page of the list when a cursor is asked for."""
    query = TimelineQuery.parse(request.GET)
    partial = request.htmx and not request.htmx.history_restore_request  # type: ignore[attr-defined]
    if not partial and "" in request.GET.values():
        # A form without JavaScript sends its empty boxes too; the address says only what is shown.
        address = query.query_string(cursor=query.cursor) if not query.errors else _without_blanks(request)
        return _varied(HttpResponseRedirect(f"{request.path}?{address}" if address else request.path))
    context = {"query": query, "page": query.page(), "kinds": Kind.choices, "orders": ORDERS}
    if partial:
        fragment = "more" if query.cursor else "results"
        response = render(request, f"timeline/timeline.html#{fragment}", context)
        response["Cache-Control"] = "no-store"
        if not query.cursor:
            address = _without_blanks(request) if query.errors else query.query_string()
            shown = f"{request.path}?{address}" if address else request.path
            # A box that changes and a form that is sent are two requests: the second adds nothing to the history.
            response["HX-Push-Url"] = "false" if shown == request.htmx.current_url_abs_path else shown  # type: ignore[attr-defined]
        return _varied(response)
    context |= {"places": place_choices(), "sources": source_choices()}
    return _varied(render(request, "timeline/timeline.html", context))


def _without_blanks(request: HttpRequest) -> str:
    params = request.GET.copy()
    for name in list(params):
        given = [value for value in params.getlist(name) if value and (name, value) != ("order", "newest")]
        params.setlist(name, given)
    return params.urlencode()


def _varied(response: HttpResponse) -> HttpResponse:
    patch_vary_headers(response, ["HX-Request"])
    return response
