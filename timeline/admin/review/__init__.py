"""The review desk inside the admin: one entry at a time beside its report, decided by a key each.

page.py draws it, deciding.py carries out what was chosen, asking.py answers the small questions that the page asks while
an editor types. What a decision means is left to curation/.
"""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.admin import AdminSite
from django.http import HttpResponse
from django.urls import URLPattern, path

from timeline.admin.review import asking, deciding, page


def addresses(site: AdminSite) -> list[URLPattern]:
    """The desk's addresses, to stand before those of the list of entries."""
    entry = "review/<int:pk>/"
    found: list[tuple[str, Callable[..., HttpResponse], str]] = [
        ("review/", page.queue, "timeline_review"),
        (entry, page.entry, "timeline_review_entry"),
        (f"{entry}decide/", deciding.decide, "timeline_review_decide"),
        (f"{entry}hold/", deciding.hold, "timeline_review_hold"),
        ("review/undo/", deciding.undo_last, "timeline_review_undo"),
        (f"{entry}date/", asking.date, "timeline_review_date"),
        (f"{entry}words/", asking.toll_words, "timeline_review_words"),
        (f"{entry}toll/", asking.blank_toll, "timeline_review_toll"),
        (f"{entry}events/", asking.events, "timeline_review_events"),
        ("review/names/<str:kind>/", asking.names, "timeline_review_names"),
    ]
    return [path(route, site.admin_view(view), name=name) for route, view, name in found]
