"""Pages that say how the timeline is made, and the small addresses that browsers ask for."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.views.decorators.http import require_GET

from timeline.curation.tolls import RULE


@require_GET
def method(request: HttpRequest) -> HttpResponse:
    return render(request, "timeline/method.html", {"rule": RULE})


@require_GET
def favicon(request: HttpRequest) -> HttpResponse:
    return redirect(static("timeline/icon.svg"))
