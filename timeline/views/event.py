"""An event's page: what is known, who says how many, and the sentence behind each number."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from timeline.curation.merged import last_of
from timeline.curation.tolls import RULE, judge
from timeline.extraction.records import HARMS
from timeline.models import Event
from timeline.query.changes import record_of_changes
from timeline.query.evidence import by_origin, reports_of, toll_tables, whole_conflict


@require_GET
def event(request: HttpRequest, slug: str) -> HttpResponse:
    """Published events for everybody, a withdrawn one as a notice with the reason, drafts for editors."""
    found = get_object_or_404(Event.objects.select_related("place__governorate").prefetch_related("actors"), slug=slug)
    editor = request.user.has_perm("timeline.view_event")
    never_public = found.status == Event.Status.DRAFT or found.published_at is None
    if never_public and not editor:
        return render(request, "404.html", status=404)
    if found.merged_into_id and (kept := last_of(found)).published_at:
        return _moved(kept)
    if found.status in (Event.Status.WITHDRAWN, Event.Status.MERGED) and not editor:
        context = {"event": found, "changes": record_of_changes(found)}
        return render(request, "timeline/withdrawn.html", context, status=410)
    tables = toll_tables(found)
    passages = reports_of(found)
    claims = [row.claim for table in tables for row in table.rows]
    why_not = {key: why for harm in HARMS for key, why in judge(claims, harm).why_not.items()}
    context = {
        "event": found,
        "changes": record_of_changes(found),
        "tables": tables,
        "passages": len(passages),
        "origins": by_origin(passages),
        "why_not": why_not,
        "whole_conflict": whole_conflict(found),
        "rule": RULE,
        "back": _timeline_address(request),
        "editor": editor,
    }
    return render(request, "timeline/event.html", context)


def _moved(kept: Event) -> HttpResponse:
    """The address is that of another event now. For good, but asked anew each time: a merging can be undone."""
    response = redirect(kept, permanent=True)
    response["Cache-Control"] = "no-cache"
    return response


def _timeline_address(request: HttpRequest) -> str:
    """The timeline as the reader left it, when that is where they come from; the browser's own back does the same."""
    referer = request.headers.get("Referer", "")
    home = request.build_absolute_uri("/")
    if referer.startswith(home + "?"):
        return referer[len(home) - 1 :]
    return "/"
