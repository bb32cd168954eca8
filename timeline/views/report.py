"""A report's page: its whole text with everything that was read in it marked in place."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from timeline.models import Article
from timeline.query.evidence import marks_of
from timeline.query.passages import segments


@require_GET
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Reports behind published events for everybody; the others wait for review and are shown to editors only."""
    editor = request.user.has_perm("timeline.view_article")
    articles = Article.objects.all() if editor else Article.objects.behind_published_events()
    article = get_object_or_404(articles.select_related("outlet"), pk=pk)
    marks = marks_of(article, for_editors=editor)
    events = list({m.href: m for m in sorted(marks, key=lambda m: m.start) if m.kind == "entry" and m.href}.values())
    read = [
        replace(m, label=article.text[m.start : m.end])
        for m in sorted(marks, key=lambda m: m.start)
        if m.kind != "entry"
    ]
    context = {
        "article": article,
        "segments": segments(article.text, marks),
        "events": events,
        "read": read,
        "editor": editor,
    }
    return render(request, "timeline/report.html", context)
