"""The rule by which an event's low, best and high follow from the claims about it.

Counts are never added across claims: they are about the same dead. Which claims count: those of this event that nobody
rejected, that are not a part of another claim, and of each source one, the largest of its latest report.
"""

from __future__ import annotations

import datetime as dt
import statistics
from collections.abc import Iterable
from dataclasses import dataclass

from timeline.extraction.records import HARMS
from timeline.models import Event, TollClaim

RULE = (
    "One claim a source counts: the largest figure in the latest report that quotes it. “Dozens” and the like count "
    "only where nobody gives a number, and figures for a part of the dead not at all. Low is the smallest figure that "
    "counts, high the largest, open where that is only a lower bound. Best is the figure of the most recent day, a "
    "count before a lower bound; where there are several, the middle one, the lower of two."
)


@dataclass(frozen=True, slots=True)
class Toll:
    """Persons. ``high`` None: no source sets an upper bound. All None: nobody reported a number."""

    low: int | None
    best: int | None
    high: int | None
    sources: int
    contested: bool

    @property
    def reported(self) -> bool:
        return self.low is not None or self.high is not None


def counted(claims: Iterable[TollClaim], harm: str = "killed") -> list[TollClaim]:
    """The claims that the summary rests on, oldest first; each claim without a named source stands for itself."""
    whole = [c for c in claims if c.harm == harm and c.scope == "event" and c.part_of_id is None]
    numbered = [c for c in whole if c.qualifier != "vague"]
    kept: dict[object, TollClaim] = {}
    for claim in sorted(numbered or whole, key=_when):
        key = claim.source_id or f"claim {claim.pk}"
        before = kept.get(key)
        if before is None or before.article_id != claim.article_id or _size(before) <= _size(claim):
            kept[key] = claim
    return sorted(kept.values(), key=_when)


def summarise(claims: Iterable[TollClaim], harm: str = "killed") -> Toll:
    """Low, best and high of one harm by RULE."""
    rows = counted(claims, harm)
    if not rows:
        return Toll(None, None, None, 0, False)
    lows = [c.low for c in rows if c.low is not None]
    highs = [c.high for c in rows if c.high is not None]
    low = min(lows, default=None)
    floor, ceiling = max(lows, default=None), max(highs, default=None)
    is_open = ceiling is None or (floor is not None and floor > ceiling)
    high = None if is_open else ceiling
    best = _best(rows)
    contested = any(_apart(a, b) for i, a in enumerate(rows) for b in rows[i + 1 :])
    named = {c.source_id for c in rows if c.source_id}
    return Toll(low, best, high, len(named) or 1, contested)


def _best(rows: list[TollClaim]) -> int | None:
    """The middle figure of the most recent day that has one. A ceiling alone ("up to 1,300") is no estimate."""
    figures = [
        (c.article.published or dt.date.min, c.high is not None, figure)
        for c in rows
        if (figure := _figure(c)) is not None
    ]
    if not figures:
        return None
    latest = max(day for day, *_ in figures)
    counts = [figure for day, bounded, figure in figures if day == latest and bounded]
    return statistics.median_low(counts or [figure for day, _, figure in figures if day == latest])


def _figure(claim: TollClaim) -> int | None:
    if claim.best is not None:
        return claim.best
    if claim.low is not None and claim.high is not None:
        return (claim.low + claim.high) // 2
    return claim.low


def _size(claim: TollClaim) -> tuple[int, int]:
    """For telling which of two claims is the larger: by the lower bound, then by the upper."""
    return claim.low or 0, claim.high or claim.low or 0


def _apart(a: TollClaim, b: TollClaim) -> bool:
    """Whether two claims cannot both be right: their intervals share no number."""
    return (a.high is not None and b.low is not None and a.high < b.low) or (
        b.high is not None and a.low is not None and b.high < a.low
    )


def _when(claim: TollClaim) -> tuple[dt.date, int, int]:
    return claim.article.published or dt.date.min, claim.article_id, claim.start


def refresh(event: Event) -> None:
    """Bring counts, search text and, unless an editor set it, the toll in line with the entries. Saves nothing."""
    claims = list(
        TollClaim.objects.filter(mention__event=event)
        .standing()
        .select_related("article", "source")
        .order_by("article", "start")
    )
    toll = summarise(claims)
    if not event.toll_by_editor:
        event.killed_low, event.killed_best, event.killed_high = toll.low, toll.best, toll.high
        event.toll_basis = RULE if toll.reported else ""
    others = {harm: summarise(claims, harm) for harm in HARMS if harm != "killed"}
    event.other_tolls = {
        harm: {"low": other.low, "best": other.best, "high": other.high}
        for harm, other in others.items()
        if other.reported
    }
    event.source_count = toll.sources
    mentions = event.mentions.standing().select_related("article", "place")
    event.report_count = len({mention.article_id for mention in mentions})
    quotes = [mention.quote for mention in mentions] + [claim.quote for claim in claims]
    event.search_text = search_text(event, quotes)


def search_text(event: Event, quotes: list[str]) -> str:
    """What the text filter looks in: everything a reader sees of the event, folded to one case."""
    place = event.place
    names = [place.name, place.name_ar, *place.other_names, str(place.governorate or "")] if place else []
    parts = [event.title, event.summary, event.get_kind_display(), *names, *quotes]
    return " ".join(" ".join(parts).split()).casefold()
