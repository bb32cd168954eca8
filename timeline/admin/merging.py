"""Merging events from the list, with what would come of it shown first; splitting one by ticking the entries that leave."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse

from timeline.admin.acts import say_done
from timeline.admin.person import editor
from timeline.admin.sent import number, one_line
from timeline.curation import merging
from timeline.curation.acts import acting
from timeline.curation.events import CannotPublish
from timeline.curation.rights import Right, require
from timeline.models import Event

MOST = 50  # events merged at once: more than ever told of one happening, and a page one can still read


def merge(request: HttpRequest, events_admin: admin.ModelAdmin[Event], chosen: QuerySet[Event]) -> HttpResponse | None:
    """The page between choosing and merging; None sends the person back to the list, with a message that says why."""
    require(editor(request), Right.PUBLISH)
    found = chosen.filter(merged_into__isnull=True).select_related("place__governorate")
    events = sorted(found[: MOST + 1], key=_likeliest_to_be_kept)
    if not 2 <= len(events) <= MOST:
        words = f"Choose at most {MOST} events." if len(events) > MOST else "Choose two or more events that are one."
        messages.warning(request, words)
        return None
    kept = next((event for event in events if str(event.pk) == request.POST.get("kept")), events[0])
    others = [event for event in events if event is not kept]
    reason = one_line(request.POST.get("reason"))
    problem = ""
    if "merge" in request.POST:
        try:
            with acting(editor(request), Right.PUBLISH, merging.words_for_merging(kept, others), reason) as act:
                kept = merging.merge(kept, others, editor(request), reason)
        except merging.CannotMerge as error:
            problem = str(error)
        else:
            count = len(others) + 1
            say_done(request, act, f"{count} events are one now, “{kept}”, with {kept.report_count} reports.")
            return redirect("admin:timeline_event_change", kept.pk)
    try:
        foreseen = merging.foresee(kept, others)
    except merging.CannotMerge as error:
        foreseen, problem = None, str(error)
    context = {
        "title": "Merge events",
        "events": events,
        "kept": kept,
        "foreseen": foreseen,
        "problem": problem,
        "reason": reason,
    }
    return _page(request, events_admin, "admin/timeline/merge.html", context)


def _likeliest_to_be_kept(event: Event) -> tuple[bool, int, int]:
    """The one that readers know, then the one with most reports, then the oldest."""
    return event.status != Event.Status.PUBLISHED, -event.report_count, event.pk


def split(request: HttpRequest, events_admin: admin.ModelAdmin[Event], pk: int) -> HttpResponse:
    """The entries of an event, to tick those that leave it for one of their own."""
    event = get_object_or_404(Event, pk=pk)
    if not events_admin.has_change_permission(request, event):
        raise PermissionDenied
    require(editor(request), Right.PUBLISH)
    entries = list(event.mentions.select_related("article__outlet", "place").prefetch_related("toll_claims"))
    ticked = set(map(number, request.POST.getlist("entry")))
    title = one_line(request.POST.get("title"))[:300]
    reason = one_line(request.POST.get("reason"))
    problem = ""
    if request.method == "POST":
        fields = {"title": title} if title else {}
        chosen = [entry for entry in entries if entry.pk in ticked]
        words = merging.words_for_splitting(event, fields.get("title", ""))
        try:
            with acting(editor(request), Right.PUBLISH, words, reason) as act:
                made = merging.split(
                    event, chosen, editor(request), reason, publish="publish" in request.POST, **fields
                )
        except (merging.CannotMerge, CannotPublish) as error:
            problem = str(error)
        else:
            count = f"{len(chosen)} {'entry' if len(chosen) == 1 else 'entries'}"
            say_done(request, act, f"{count} left “{event}” for “{made}”, {made.get_status_display().lower()}.")
            return redirect("admin:timeline_event_change", made.pk)
    context = {
        "title": f"Split “{event}”",
        "event": event,
        "entries": entries,
        "ticked": ticked,
        "typed": title,
        "reason": reason,
        "problem": problem,
    }
    return _page(request, events_admin, "admin/timeline/split.html", context)


def _page(
    request: HttpRequest, events_admin: admin.ModelAdmin[Event], template: str, context: dict[str, Any]
) -> TemplateResponse:
    shown = {**events_admin.admin_site.each_context(request), "opts": Event._meta, "media": events_admin.media}
    return TemplateResponse(request, template, {**shown, **context})
