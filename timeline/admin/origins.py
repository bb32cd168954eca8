"""The part of a report's page that shows its copies, joins it with another report, and parts it from them.

Joining several from the list of reports goes through the same function.
"""

from __future__ import annotations

import re
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from timeline.admin.acts import say_done
from timeline.admin.person import editor
from timeline.admin.sent import one_line
from timeline.curation import origins
from timeline.curation.acts import acting
from timeline.curation.rights import Right
from timeline.ingest.copies import read_alike
from timeline.ingest.naming import kept_source
from timeline.models import Article

SHOWN = 50  # copies on the page of one; a wire report is printed by a dozen outlets
_NUMBER = re.compile(r"(?:/article/|/reports?/|^)(\d{1,18})(?:/|$)")


def panel(article: Article) -> dict[str, Any]:
    """The report's group, the reports that read alike and are not in it, and the versions at its address."""
    siblings = Article.objects.none()
    if article.origin_id:
        siblings = Article.objects.filter(origin=article.origin_id).exclude(pk=article.pk)
    siblings = siblings.select_related("outlet").defer("text", "extraction").order_by("published", "pk")
    return {
        "copies": list(siblings[:SHOWN]),
        "count": siblings.count(),
        "agency": kept_source(article.origin.agency) if article.origin else None,
        "decided": article.history.filter(origin_by_editor=True).select_related("history_user").first()
        if article.origin_by_editor
        else None,
        "alike": read_alike(article),
        "versions": list(article.versions.defer("text", "extraction").order_by("pk")),
    }


def reason_of(request: HttpRequest) -> str:
    """The editor’s words, for the history."""
    return one_line(request.POST.get("reason"))


def join(request: HttpRequest, article: Article) -> None:
    """Join the report with the one chosen or typed, and say what came of it."""
    typed = request.POST.get("other", "").strip() or request.POST.get("chosen", "")
    number = _NUMBER.search(typed)
    other = Article.objects.filter(pk=int(number[1])).first() if number else None
    if other is None and typed.startswith(("http://", "https://")):
        other = Article.objects.filter(url=typed).first()
    if other is None:
        words = (
            "Choose a report, or give its number or address." if not typed else f"There is no report “{typed[:80]}”."
        )
        messages.error(request, words)
        return
    try:
        with acting(editor(request), Right.REVIEW, f"joined “{article}” with “{other}”", reason_of(request)) as act:
            origins.join([article, other], editor(request), reason_of(request))
    except origins.CannotGroup as error:
        messages.error(request, str(error))
        return
    say_done(request, act, f"“{article}” and “{other}” count once as corroboration from now on.")


def part(request: HttpRequest, article: Article) -> None:
    """Part the report from its copies, and say what came of it."""
    try:
        with acting(editor(request), Right.REVIEW, f"parted “{article}” from its copies", reason_of(request)) as act:
            origins.part(article, editor(request), reason_of(request))
    except origins.CannotGroup as error:
        messages.error(request, str(error))
        return
    say_done(request, act, f"“{article}” counts for itself from now on.")


def join_selected(request: HttpRequest, articles: QuerySet[Article], context: dict[str, Any]) -> HttpResponse | None:
    """The action of the list: ask for the reason, then join."""
    if "reason" not in request.POST:
        shown = articles.select_related("outlet").order_by("published", "pk")
        return render(request, "admin/timeline/article/join.html", {**context, "articles": shown})
    chosen = list(articles.order_by("published", "pk"))
    try:
        with acting(editor(request), Right.REVIEW, f"joined {len(chosen)} reports", reason_of(request)) as act:
            origins.join(chosen, editor(request), reason_of(request))
    except origins.CannotGroup as error:
        messages.error(request, str(error))
        return None
    say_done(request, act, f"{len(chosen)} reports count once as corroboration from now on.")
    return None
