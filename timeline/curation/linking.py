"""Linking whole reports with the events that they tell of, as suggested: an editor looks once and undoes it as one.

What is suggested, and why, is answered in query/suggestions.py; linking one entry is events.link.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db.models import F

from timeline.curation import events
from timeline.curation.acts import acting
from timeline.curation.rights import Right
from timeline.models import Article, Event, Mention
from timeline.query.suggestions import JOINABLE, LEAST, THRESHOLD, Suggestion, suggested_events


class CannotLink(ValueError):
    """What the editor chose does not stand any more; says what has changed."""


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


def link_chosen(article: Article, chosen: Mapping[int, int], user: User | None) -> list[tuple[Mention, Event]]:
    """Link open entries of the report with the events that an editor chose for them (keys of both); one act.

    Raises CannotLink, linking none, where a colleague has decided on an entry or an event since.
    """
    with acting(user, Right.REVIEW, f"linked the entries of “{article}” as suggested"):
        waiting = {mention.pk: mention for mention in _open(article)}
        joinable = Event.objects.filter(status__in=JOINABLE).in_bulk(list(chosen.values()))
        linked = []
        for key, event_key in chosen.items():
            if key not in waiting:
                raise CannotLink(
                    "An entry of this report was linked or rejected meanwhile. Nothing was linked: look again."
                )
            if event_key not in joinable:
                raise CannotLink("An event was withdrawn or merged meanwhile. Nothing was linked: look again.")
            mention, event = waiting[key], joinable[event_key]
            suggested = (one for one in suggested_events(mention, least=0.0) if one.event.pk == event_key)
            reason = next((_reason(one) for one in suggested), "chosen by an editor")
            events.link(mention, event, user, reason)
            linked.append((mention, event))
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
