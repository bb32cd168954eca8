"""Saying which reports have one origin, and which has its own: an editor's word, that grouping by wording leaves alone.

Reports of one origin count once as corroboration. Finding copies at ingest is left to ingest/copies.py.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.contrib.auth.models import User
from django.db.models import QuerySet

from timeline.curation import events
from timeline.curation.acts import acting
from timeline.curation.rights import Right
from timeline.curation.signing import save_signed
from timeline.models import Article, Event, Origin


class CannotGroup(ValueError):
    """Reports that cannot be put together or taken apart; says why."""


def join(articles: Iterable[Article], user: User | None, reason: str = "") -> Origin:
    """These reports have one origin, and so have those that are grouped with any of them already.

    Raises CannotGroup for fewer than two reports, and where they are together already by an editor's word.
    """
    articles = list(articles)
    words = f"joined “{articles[0]}” with {_others(articles)}" if articles else "joined no reports"
    with acting(user, Right.REVIEW, words, reason):
        keys = {article.pk for article in articles}
        if len(keys) < 2:
            raise CannotGroup("One report alone is no group. Choose another that it is a copy or a rewrite of.")
        named = {article.pk: article for article in _locked(keys)}
        first = named[articles[0].pk]
        groups = {article.origin_id for article in named.values() if article.origin_id}
        origin = first.origin or next((one.origin for one in named.values() if one.origin), None)
        if origin is None:
            origin = Origin.objects.create()
        siblings = set(Article.objects.filter(origin__in=groups - {origin.pk}).values_list("pk", flat=True))
        together = [*named.values(), *_locked(siblings - set(named))]
        changed = [
            one for one in together if one.origin_id != origin.pk or (one.pk in keys and not one.origin_by_editor)
        ]
        if not changed:
            raise CannotGroup(f"“{first}” and {_others(articles)} are together already.")
        for article in changed:
            article.origin, article.origin_by_editor = origin, True
            save_signed(article, user, reason, ["origin", "origin_by_editor"])
        refresh_events({one.pk for one in changed}, user, reason)
        for article in articles:
            article.origin, article.origin_by_editor = origin, True
        return origin


def part(article: Article, user: User | None, reason: str = "") -> None:
    """This report has an origin of its own, however alike it reads. Raises CannotGroup when it is in no group."""
    with acting(user, Right.REVIEW, f"parted “{article}” from its copies", reason):
        (now,) = _locked({article.pk})
        if now.origin is None:
            raise CannotGroup(f"“{now}” is in no group: it counts for itself already.")
        now.origin, now.origin_by_editor = None, True
        save_signed(now, user, reason, ["origin", "origin_by_editor"])
        refresh_events({now.pk}, user, reason)
        article.origin, article.origin_by_editor = None, True


def refresh_events(articles: Collection[int] | QuerySet[Article], user: User | None, reason: str) -> None:
    """Bring the events up to date that rest on these reports, given by their keys or as a query."""
    for event in Event.objects.filter(mentions__article__in=articles).distinct():
        events.refresh(event, user, reason)


def _locked(keys: set[int]) -> list[Article]:
    found = Article.objects.select_for_update(of=("self",)).select_related("origin").defer("text", "extraction")
    return list(found.filter(pk__in=keys).order_by("pk"))


def _others(articles: list[Article]) -> str:
    return f"“{articles[1]}”" if len(articles) == 2 else f"{len(articles) - 1} other reports"
