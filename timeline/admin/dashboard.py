"""The admin's front page: what waits and where, in numbers with their links. Each person sees what their role may.

The numbers are from query/desk_figures.py; the page's template is templates/admin/timeline/dashboard.html.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import User
from django.urls import reverse

from timeline.curation.rights import Right
from timeline.query import desk_figures as figures
from timeline.query.review_queue import in_words


@dataclass(frozen=True, slots=True)
class Line:
    """Something of a panel, with the address of its page."""

    text: str
    address: str
    more: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """A number with what it is, where to go on, and the first few of it. ``nothing`` is said where it is 0."""

    title: str
    number: str
    address: str
    nothing: str
    lines: list[Line] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        return self.number == "0"


def dashboard(user: User) -> dict[str, Any]:
    """What the front page shows to ``user``."""
    reviews = user.has_perm(Right.REVIEW)
    return {
        "queue": _queue() if reviews else None,
        "at_work": figures.at_work() if reviews else None,
        "panels": [panel for panel in _panels(user) if panel is not None],
    }


def _queue() -> dict[str, Any]:
    rows = figures.queue()
    return {
        "rows": [(row, _review(f"?order=waiting&kind={row.kind}")) for row in rows],
        "most": max((row.total for row in rows), default=0),
        "today": sum(row.today for row in rows),
        "week": sum(row.week for row in rows),
        "older": sum(row.older for row in rows),
        "total": sum(row.total for row in rows),
        "address": _review(),
    }


def _panels(user: User) -> list[Panel | None]:
    return [
        _asked_of(user),
        _published(user),
        _contested(user),
        _disagreements(user),
        _undated(user),
        _proposed(user),
        _feeds(user),
        _gone(user),
    ]


def _list(model: str, query: str = "") -> str:
    return reverse(f"admin:timeline_{model}_changelist") + query


def _review(query: str = "") -> str:
    return reverse("admin:timeline_review") + query


def _page(model: str, pk: int) -> str:
    return reverse(f"admin:timeline_{model}_change", args=[pk])


def _asked_of(user: User) -> Panel | None:
    if not user.has_perm(Right.REVIEW):
        return None
    count = figures.asked_of(user)
    address = _review("?what=mine")
    return Panel("Assigned to you", in_words(count), address, "Nobody has asked you to review an entry.")


def _published(user: User) -> Panel | None:
    if not user.has_perm("timeline.view_event"):
        return None
    found = figures.published_this_week()
    lines = [Line(event.title, _page("event", event.pk), event.killed_words) for event in found.first]
    address = _list("event", "?status__exact=published")
    return Panel("Published this week", in_words(found.count), address, "Nothing in the last seven days.", lines)


def _contested(user: User) -> Panel | None:
    if not user.has_perm("timeline.view_event"):
        return None
    found = figures.contested()
    lines = [Line(event.title, _page("event", event.pk), event.killed_words) for event in found.first]
    address = _list("event", "?contested__exact=1&status__exact=published")
    return Panel("Contested events", in_words(found.count), address, "No sources contradict each other.", lines)


def _disagreements(user: User) -> Panel | None:
    if not user.has_perm(Right.REVIEW):
        return None
    address = _review("?what=disagrees")
    nothing = "The engine says nothing else than the editors decided."
    return Panel("Engine disagrees", in_words(figures.disagreements()), address, nothing)


def _undated(user: User) -> Panel | None:
    if not user.has_perm("timeline.view_article"):
        return None
    address = _list("article", "?dated=no")
    return Panel("Undated reports", in_words(figures.undated()), address, "Every report has its day.")


def _proposed(user: User) -> Panel | None:
    if not user.has_perm(Right.KEEP_NAMES):
        return None
    address = reverse("admin:timeline_proposed_names")
    return Panel("Proposed names", in_words(figures.proposed_names()), address, "No name waits for a decision.")


def _feeds(user: User) -> Panel | None:
    if not user.has_perm("timeline.view_feed"):
        return None
    found = figures.failing_feeds()
    lines = [
        Line(feed.address, _page("feed", feed.pk), f"{feed.failures} times: {feed.error}"[:160]) for feed in found.first
    ]
    return Panel("Feeds that fail", in_words(found.count), _list("feed"), "Every feed was read.", lines)


def _gone(user: User) -> Panel | None:
    if not user.has_perm("timeline.view_tollclaim"):
        return None
    found = figures.gone_claims()
    lines = [Line(claim.quote, _page("tollclaim", claim.pk), claim.article.title) for claim in found.first]
    address = _list("tollclaim", "?gone_since__isempty=0")
    nothing = "Every sentence that was looked at stands where it stood."
    return Panel("Gone from their address", in_words(found.count), address, nothing, lines)
