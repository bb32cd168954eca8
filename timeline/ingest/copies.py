"""Which stored reports a new one is a copy or a rewrite of. Together they are one origin, and corroborate each other by nothing.

Reports that share a band of their wording (in the database, so that it holds for any number of reports and processes)
are compared word by word. What an editor has said of a report's origin is never touched.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Count, Q
from tqdm import tqdm

from timeline.ingest.credits import credited, signed
from timeline.ingest.naming import source_named
from timeline.ingest.wording import LEAD, Likeness, Wording, bands, found, likeness, wording
from timeline.models import Article, Origin, Source, WordingBand

# Days between two copies. Wire copy is printed for two days, by weeklies within a week; a formula ("… documented 40
# martyrs today") returns for years. A report without a day may be near to any.
NEAR = 7
# Days between an agency's report and its rewriting: after that it is no news.
NEAR_REWRITE = 2

# The shares below were read off the 194,376 pairs of fa-kes.jsonl (benchmarks/copies.py prints what they find and
# join). Real copies by other outlets hold 0.55 to 1.00 of the shorter report, spread over both its halves. Two reports
# that share a background alone hold up to 0.62, but 0.24 of the first half at the most.
COPY = 0.55
HALF = 0.35
# Where both credit the same agency and give the same figures or quotations. Lower, different stories of one agency's
# day come in.
REWRITE = 0.35
REWRITE_FIRST = 0.3
REWRITE_TOLD = 2
REWRITE_FIGURES = 0.5
# Bulletins that say the same every day with other figures are no copies, however alike they read.
FIGURES = 1 / 3
# Shingles of the shorter report below which chance and formula make reports alike: "N people were killed in X on Monday,
# activists said". They have to be the same almost word by word, and in every figure.
SHORT = 30
SHORT_JACCARD = 0.8
# A later report of the same outlet that opens otherwise is a follow-up, however much of the earlier it repeats.
FOLLOW_UP = 0.4

WORTH_SHOWING = 0.2  # to an editor, who will read both: below it stand the phrases that all reports of a war share
CANDIDATES = 40  # compared word by word, those that share most bands first


@dataclass(frozen=True, slots=True)
class Compared:
    """What is compared of one report."""

    wording: Wording
    agencies: frozenset[str]
    outlet: object
    published: dt.date | None


def compared(text: str, outlet: str = "", published: dt.date | None = None) -> Compared:
    return Compared(wording(text), frozenset(credited(text, outlet)), outlet or None, published)


def same_origin(one: Compared, other: Compared) -> Likeness | None:
    """How alike two reports are, where one is a copy or a rewrite of the other or both are of a third; else None."""
    alike = likeness(one.wording, other.wording)
    apart = abs((one.published - other.published).days) if one.published and other.published else 0
    if apart > NEAR or _follows_up(one, other):
        return None
    if alike.shorter < SHORT:
        same_figures = alike.figures in (None, 1.0)
        return alike if alike.jaccard >= SHORT_JACCARD and same_figures and not _one_lacks_figures(one, other) else None
    if alike.figures is not None and alike.figures < FIGURES:
        return None
    copied = alike.contained >= COPY and min(alike.first, alike.second) >= HALF
    rewritten = (
        alike.contained >= REWRITE
        and alike.first >= REWRITE_FIRST
        and alike.told >= REWRITE_TOLD
        and (alike.figures is None or alike.figures >= REWRITE_FIGURES)
        and apart <= NEAR_REWRITE
        and one.outlet != other.outlet
        and bool(one.agencies & other.agencies)
    )
    return alike if copied or rewritten else None


def _one_lacks_figures(one: Compared, other: Compared) -> bool:
    return bool(one.wording.figures) != bool(other.wording.figures)


def _follows_up(one: Compared, other: Compared) -> bool:
    """Whether one is a later report of the outlet that the other is of, with a new opening."""
    if one.outlet is None or one.outlet != other.outlet or not (one.published and other.published):
        return False
    earlier, later = sorted((one, other), key=lambda report: report.published or dt.date.min)
    if earlier.published == later.published:
        return False
    return found(later.wording.shingles[:LEAD], set(earlier.wording.shingles)) < FOLLOW_UP


@transaction.atomic
def find_origin(article: Article) -> Origin | None:
    """Keep the report's bands, and put it with the stored report that it is most alike, if it is a copy of any.

    Returns its origin, None for a report of its own. Done again it changes nothing. Where a copy is being stored by
    another process at this moment, the one waits for the other, and finds it.
    """
    words = wording(article.text)
    # Before the lock, so that nobody who holds it waits for a name that somebody who waits for it is making.
    signatures = signed(article.text)
    agency = source_named(signatures[0]) if signatures else None
    _one_at_a_time()
    article.refresh_from_db(
        fields=["origin", "origin_by_editor"], from_queryset=Article.objects.select_for_update(of=("self",))
    )
    article.wording_bands.all().delete()
    values = bands(words)
    WordingBand.objects.bulk_create(
        WordingBand(article=article, band=band, value=value) for band, value in enumerate(values)
    )
    if article.origin_id or article.origin_by_editor:
        return article.origin
    if article.version_of_id:
        # What stood at the same address before is where it comes from, however much of it was rewritten.
        _join(
            article,
            Article.objects.select_for_update().defer("text", "extraction").get(pk=article.version_of_id),
            agency,
        )
        return article.origin
    for candidate in _copies(article, values, words):
        # As it is now: an editor may have decided on it since.
        other = Article.objects.select_for_update().defer("text", "extraction").get(pk=candidate)
        if other.origin is None and other.origin_by_editor:
            continue  # an editor says that it stands for itself
        _join(article, other, agency)
        return article.origin
    return None


def _join(article: Article, other: Article, agency: Source | None) -> None:
    origin = other.origin or Origin.objects.create(agency=agency)
    if origin.agency is None and agency is not None:
        origin.agency = agency
        origin.save(update_fields=["agency"])
    pair: tuple[Any, Any] = (article, other)
    for report in pair:
        if report.origin_id != origin.pk:
            report.origin = origin
            report._change_reason = f"copy or rewrite of “{(other if report is article else article).title}”"
            report.save(update_fields=["origin"])


def _one_at_a_time() -> None:
    """Wait until no other process is looking for copies; ours go on to the end of the transaction.

    The row that names the table of origins stands for it. SQLite writes one transaction at a time anyway.
    """
    kind = ContentType.objects.get_for_model(Origin)
    ContentType.objects.select_for_update(no_key=True).get(pk=kind.pk)


def _copies(article: Article, values: list[int], words: Wording) -> Iterator[int]:
    """Keys of the stored reports that ``article`` is of one origin with, the most alike first."""
    if article.version_of_id:
        yield article.version_of_id
    mine = _compared(article, words)
    found = []
    for other in _sharing(article, values, CANDIDATES):
        alike = same_origin(mine, _compared(other, wording(other.text)))
        if alike:
            found.append((alike.contained, alike.jaccard, -other.pk))
    for _, _, key in sorted(found, reverse=True):
        yield -key


def _sharing(article: Article, values: list[int], limit: int) -> list[Article]:
    """The stored reports of about the same days that share most bands with it."""
    if not values:
        return []
    near = Q()
    if article.published:
        days = dt.timedelta(days=NEAR)
        near = Q(article__published__range=(article.published - days, article.published + days)) | Q(
            article__published__isnull=True
        )
    shared = (
        WordingBand.objects.filter(reduce(or_, (Q(band=band, value=value) for band, value in enumerate(values))))
        .filter(near)
        .exclude(article=article)
        .values("article")
        .annotate(bands=Count("pk"))
        .order_by("-bands", "article")
    )
    keys = [row["article"] for row in shared[:limit]]
    return list(Article.objects.filter(pk__in=keys).defer("extraction").select_related("outlet"))


@dataclass(frozen=True, slots=True)
class ReadsAlike:
    """A report that shares wording with another; ``percent`` of what the shorter of the two says."""

    article: Article
    percent: int


def read_alike(article: Article, limit: int = 5) -> list[ReadsAlike]:
    """Reports that an editor may want to join with this one: alike in part, and not of its origin yet."""
    mine = wording(article.text)
    values = list(article.wording_bands.order_by("band").values_list("value", flat=True))
    others = [
        other
        for other in _sharing(article, values, CANDIDATES)
        if other.origin_id is None or other.origin_id != article.origin_id
    ]
    alike = [ReadsAlike(other, round(100 * likeness(mine, wording(other.text)).contained)) for other in others]
    worth = [one for one in alike if one.percent >= 100 * WORTH_SHOWING]
    return sorted(worth, key=lambda one: (-one.percent, one.article.pk))[:limit]


def _compared(article: Article, words: Wording) -> Compared:
    name = article.outlet.name if article.outlet else ""
    return Compared(words, frozenset(credited(article.text, name)), name or None, article.published)


def group_again(progress: bool = False) -> list[int]:
    """Look for the origin of every stored report that has none yet, the earliest first; returns the keys of those grouped.

    Each in a transaction of its own, so that editors can go on working meanwhile. Groups that are there stay.
    """
    grouped: list[int] = []
    keys = list(Article.objects.order_by("published", "pk").values_list("pk", flat=True))
    for key in tqdm(keys, unit=" reports", disable=None if progress else True):
        article = Article.objects.select_related("outlet").defer("extraction").get(pk=key)
        before = article.origin_id
        if find_origin(article) and article.origin_id != before:
            grouped.append(key)
    return grouped
