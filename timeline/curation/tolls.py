"""The rule by which an event's low, best and high follow from the claims about it.

Counts are never added across claims: they are about the same dead. Which claims count: those of this event that nobody
rejected, that are not a part of another claim, and only the latest of each source.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from timeline.models import Event, TollClaim

RULE = (
    "From the latest claim of each source: low is the smallest figure given, high the largest, open where the largest "
    "is only a lower bound; best is the most recent figure."
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
    """The claims that the summary rests on: one a source, its latest; each claim without a named source by itself."""
    whole = [c for c in claims if c.harm == harm and c.scope == "event" and c.part_of_id is None]
    latest: dict[object, TollClaim] = {}
    for claim in sorted(whole, key=_when):
        latest[claim.source_id or f"claim {claim.pk}"] = claim
    return sorted(latest.values(), key=_when)


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
    best = _best(rows, low, high)
    contested = any(_apart(a, b) for i, a in enumerate(rows) for b in rows[i + 1 :])
    named = {c.source_id for c in rows if c.source_id}
    return Toll(low, best, high, len(named) or 1, contested)


def _best(rows: list[TollClaim], low: int | None, high: int | None) -> int | None:
    """The most recent figure that lies between low and high. A ceiling alone ("up to 1,300") is no estimate."""
    for claim in reversed(rows):
        figure = claim.best if claim.best is not None else _middle(claim)
        if figure is not None and (low is None or figure >= low) and (high is None or figure <= high):
            return figure
    return low


def _middle(claim: TollClaim) -> int | None:
    if claim.low is not None and claim.high is not None:
        return (claim.low + claim.high) // 2
    return claim.low


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
    event.source_count = toll.sources
    mentions = event.mentions.standing().select_related("article", "place")
    event.report_count = len({mention.article_id for mention in mentions})
    quotes = [mention.quote for mention in mentions] + [claim.quote for claim in claims]
    event.search_text = search_text(event, quotes, [mention.article.title for mention in mentions])


def search_text(event: Event, quotes: list[str], titles: list[str]) -> str:
    """What the text filter looks in: everything a reader sees of the event, folded to one case."""
    place = event.place
    names = [place.name, place.name_ar, *place.other_names, str(place.governorate or "")] if place else []
    parts = [event.title, event.summary, event.get_kind_display(), *names, *titles, *quotes]
    return " ".join(" ".join(parts).split()).casefold()
