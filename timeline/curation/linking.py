"""Linking whole reports with the events that they tell of, as suggested: an editor looks once and undoes it as one.

What is suggested, and why, is answered in query/suggestions.py; linking one entry is events.link.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db.models import F

from timeline.curation import events
from timeline.curation.acts import acting
from timeline.curation.rights import Right
from timeline.models import Article, Event, Mention
from timeline.query.suggestions import LEAST, THRESHOLD, Suggestion, suggested_events


@dataclass(frozen=True, slots=True)
class Proposal:
    """An entry that no event has yet, with the event it may tell of and those that come next."""

    mention: Mention
    best: Suggestion
    others: list[Suggestion]


@dataclass(slots=True)
class Gathered:
    """Entries that joined an event, and events made of the others."""

    joined: int = 0
    made: int = 0

    def __str__(self) -> str:
        return f"{self.joined} entries joined an event, {self.made} draft events made."


def proposals(article: Article, least: float = LEAST) -> list[Proposal]:
    """What would be linked: each open entry of the report with its suggestions from ``least`` on, in order of the text."""
    found = []
    for mention in _open(article):
        if suggestions := suggested_events(mention, least=least):
            found.append(Proposal(mention, suggestions[0], suggestions[1:]))
    return found


def link_all(
    article: Article, user: User | None, least: float = THRESHOLD, only: Collection[int] | None = None
) -> list[tuple[Mention, Event]]:
    """Link each open entry with the likeliest event, where its score is at least ``least``; one act.

    ``only`` are the keys of the entries an editor ticked; None: all of them. What was suggested is asked anew here, so
    that an event withdrawn since the page was drawn is not joined.
    """
    with acting(user, Right.REVIEW, f"linked the entries of “{article}” as suggested"):
        linked = []
        for proposal in proposals(article, least):
            if only is None or proposal.mention.pk in only:
                events.link(proposal.mention, proposal.best.event, user, _reason(proposal.best))
                linked.append((proposal.mention, proposal.best.event))
        return linked


def gather(articles: Iterable[Article], user: User | None, least: float = THRESHOLD) -> Gathered:
    """Bring together what the reports tell, the oldest report first: each open entry joins the likeliest event, or makes one.

    So two reports of one happening find each other before anything is published. One act.
    """
    with acting(user, Right.REVIEW, "gathered reports into events"):
        done = Gathered()
        for article in _by_day(articles):
            for mention in _open(article):
                best = next(iter(suggested_events(mention, limit=1, least=least)), None)
                if best is None:
                    events.create_event([mention], user)
                    done.made += 1
                else:
                    events.link(mention, best.event, user, _reason(best))
                    done.joined += 1
        return done


def _by_day(articles: Iterable[Article]) -> Iterable[Article]:
    """Undated reports last: what they tell is dated least surely."""
    keys = [article.pk for article in articles]
    return (
        Article.objects.filter(pk__in=keys)
        .defer("text", "extraction")
        .order_by(F("published").asc(nulls_last=True), "pk")
    )


def _open(article: Article) -> list[Mention]:
    """Entries that stand and have no event."""
    waiting = article.mentions.standing().filter(event__isnull=True)
    return list(waiting.select_related("article", "place").order_by("start"))


def _reason(suggestion: Suggestion) -> str:
    """What the history says of why they were linked."""
    return f"as suggested: {'; '.join(suggestion.reasons)}"
