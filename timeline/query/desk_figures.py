"""What waits at the desk, in small numbers: the queue by age and kind, what was published, what fails, who has what in hand.

Each is read from an index (named beside it), and none counts further than COUNTED. Which of them a person sees is decided
in admin/dashboard.py.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Count, Max, Min, Q, QuerySet
from django.utils import timezone

from timeline.models import Article, Assignment, Event, Feed, Kind, Lease, Mention, Source, TollClaim
from timeline.query.review_queue import COUNTED

WEEK, DAY = dt.timedelta(days=7), dt.timedelta(days=1)
SHOWN = 5  # records that a panel names; the rest is behind its link


@dataclass(frozen=True, slots=True)
class Waiting:
    """Entries of one kind that nobody has decided on, by when their report came in."""

    kind: str
    label: str
    today: int
    week: int  # in the last seven days, not the last one
    older: int

    @property
    def total(self) -> int:
        return self.today + self.week + self.older


def queue(now: dt.datetime | None = None) -> list[Waiting]:
    """The queue by kind, the most first. Up to five queries; the counts are read from the index of the longest waiting."""
    now = now or timezone.now()
    day, week = _first_since(now - DAY), _first_since(now - WEEK)
    rows = Mention.objects.to_review().order_by().values("kind")
    counted = rows.annotate(
        total=Count("pk"), in_day=Count("pk", Q(article__gte=day)), in_week=Count("pk", Q(article__gte=week))
    )
    found = [
        Waiting(row["kind"], str(Kind(row["kind"]).label), row["in_day"], row["in_week"] - row["in_day"], older)
        for row in counted
        for older in [row["total"] - row["in_week"]]
    ]
    return sorted(found, key=lambda one: (-one.total, one.label))


def _first_since(moment: dt.datetime) -> int:
    """The lowest key of the reports that came in since (index article_added): keys rise as reports come in."""
    first = Article.objects.filter(added_at__gte=moment).aggregate(first=Min("pk"))["first"]
    return first or (Article.objects.aggregate(last=Max("pk"))["last"] or 0) + 1


@dataclass(frozen=True, slots=True)
class Some:
    """How many there are, to COUNTED + 1, and the first few of them."""

    count: int
    first: list[Any]


def _some(rows: QuerySet[Any], shown: int = SHOWN) -> Some:
    return Some(rows.order_by()[: COUNTED + 1].count(), list(rows[:shown]))


def published_this_week() -> Some:
    """Events published for the first time in the last seven days, the newest first (index event_published_at)."""
    since = timezone.now() - WEEK
    return _some(Event.objects.published().filter(published_at__gte=since).order_by("-published_at"))


def contested() -> Some:
    """Published events whose sources contradict each other (index event_contested)."""
    return _some(Event.objects.published().filter(contested=True).order_by("-earliest", "-pk"))


def disagreements() -> int:
    """Entries of which the engine now says otherwise than an editor (index queue_of_disagreements)."""
    return Mention.objects.disagreeing().order_by()[: COUNTED + 1].count()


def undated() -> int:
    """Reports without a day of publication (index of that day)."""
    return Article.objects.filter(published__isnull=True).order_by()[: COUNTED + 1].count()


def proposed_names() -> int:
    return Source.objects.proposed().order_by()[: COUNTED + 1].count()


def failing_feeds() -> Some:
    """Feeds whose last reading failed, those that have failed longest first. There are some hundred feeds at most."""
    return _some(Feed.objects.filter(active=True, failures__gt=0).order_by("-failures", "address"))


def gone_claims() -> Some:
    """Figures whose sentence is not at the report's address any more, the latest first (index claim_gone)."""
    rows = TollClaim.objects.filter(gone_since__isnull=False).standing().order_by("-gone_since")
    return _some(rows.select_related("article").defer("article__text", "article__extraction", "engine"))


@dataclass(frozen=True, slots=True)
class AtWork:
    """Somebody with entries in hand now, and with entries that they are asked to review."""

    person: str
    in_hand: int
    asked: int


def at_work() -> list[AtWork]:
    """Everybody who has any, by name. Two queries over tables that hold what is under way."""
    now = timezone.now()
    in_hand = Lease.objects.filter(until__gt=now).values_list("user__username").annotate(Count("pk")).order_by()
    open_ones = Assignment.objects.filter(mention__status="extracted")
    asked = open_ones.values_list("user__username").annotate(Count("pk")).order_by()
    hands, asks = dict(in_hand), dict(asked)
    return [AtWork(name, hands.get(name, 0), asks.get(name, 0)) for name in sorted({*hands, *asks})]


def asked_of(user: User) -> int:
    """How many entries the person is asked to review."""
    return Assignment.objects.filter(user=user, mention__status="extracted").count()
