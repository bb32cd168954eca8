"""The page that shows which events the entries of a report may tell of, and links those that the editor chooses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.safestring import SafeString

from timeline.admin.acts import say_done
from timeline.admin.evidence import sentence_html
from timeline.admin.person import editor
from timeline.admin.sent import number
from timeline.curation import linking
from timeline.curation.acts import acting
from timeline.curation.rights import Right, require
from timeline.models import Article, Mention
from timeline.query.suggestions import THRESHOLD, Suggestion

# Reports gathered at once from the list: at about 0.1 s an entry and four entries a report, a minute at the most.
MOST_GATHERED = 150


@dataclass(frozen=True, slots=True)
class Choice:
    """An event that can be chosen for an entry."""

    suggestion: Suggestion
    percent: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Row:
    """An entry of the report with its sentence and what can be chosen for it."""

    mention: Mention
    sentence: SafeString
    choices: list[Choice]

    @property
    def none_chosen(self) -> bool:
        return not any(choice.chosen for choice in self.choices)


def links(request: HttpRequest, articles: admin.ModelAdmin[Article], pk: int) -> HttpResponse:
    """GET shows what would be linked where, POST links what was chosen, as one act."""
    article = get_object_or_404(Article.objects.select_related("outlet"), pk=pk)
    if not articles.has_view_permission(request, article):
        raise PermissionDenied
    require(editor(request), Right.REVIEW)
    if request.method == "POST":
        try:
            with acting(editor(request), Right.REVIEW, f"linked the entries of “{article}” as suggested") as act:
                linked = linking.link_chosen(article, _chosen(request), editor(request))
        except linking.CannotLink as error:
            messages.error(request, str(error))
            return redirect("admin:timeline_article_links", pk)
        if linked:
            entries = "1 entry is" if len(linked) == 1 else f"{len(linked)} entries are"
            say_done(request, act, f"{entries} linked with the events chosen.")
        else:
            messages.info(request, "No event was chosen, so nothing was linked.")
        return redirect("admin:timeline_article_change", pk)
    proposals = linking.proposals(article)
    waiting = article.mentions.standing().filter(event__isnull=True)
    rows = [_row(article, proposal) for proposal in proposals]
    context = {
        **articles.admin_site.each_context(request),
        "title": "Link what is suggested",
        "opts": Article._meta,
        "article": article,
        "rows": rows,
        "sure": sum(not row.none_chosen for row in rows),
        "without": waiting.exclude(pk__in=[proposal.mention.pk for proposal in proposals]).order_by("start"),
        "entries": article.mentions.standing().count(),
        "threshold": round(THRESHOLD * 100),
    }
    return TemplateResponse(request, "admin/timeline/links.html", context)


def _row(article: Article, proposal: linking.Proposal) -> Row:
    mention = proposal.mention
    choices = [
        Choice(one, round(one.score * 100), one is proposal.best and one.score >= THRESHOLD)
        for one in (proposal.best, *proposal.others)
    ]
    return Row(mention, sentence_html(article.text, mention.start, mention.end), choices)


def _chosen(request: HttpRequest) -> dict[int, int]:
    """Keys of the entries with those of the events chosen for them; what is no key was chosen by no one."""
    chosen = {}
    for name, value in request.POST.items():
        entry, event = number(name.removeprefix("event-")), number(str(value))
        if name.startswith("event-") and entry is not None and event is not None:
            chosen[entry] = event
    return chosen


def gather(request: HttpRequest, chosen: QuerySet[Article]) -> None:
    """Bring the chosen reports together into events; says what came of it, with an Undo."""
    count = chosen.count()
    if count > MOST_GATHERED:
        messages.error(request, f"{count} reports are too many at once. Choose at most {MOST_GATHERED}.")
        return
    with acting(editor(request), Right.REVIEW, "gathered reports into events") as act:
        gathered = linking.gather(chosen, editor(request))
    say_done(request, act, f"{count} {'report' if count == 1 else 'reports'} gathered: {gathered}")


def context_of(request: HttpRequest, article: Article) -> dict[str, Any]:
    """What the report's own page needs to offer the link here."""
    may = editor(request).has_perm(Right.REVIEW)
    return {"open_entries": article.mentions.standing().filter(event__isnull=True).count() if may else 0}
