"""The rule by which an event's low, best and high follow from the claims about it.

Counts are never added across claims: they are about the same dead. What is left to editors: which claims do not count
(discounted, with a reason that readers see) and, where sources contradict each other, which figure is best.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from timeline.extraction.calendar import in_words
from timeline.extraction.records import HARMS
from timeline.models import Article, Event, TollClaim
from timeline.models.text import folded
from timeline.models.tollwords import claim_in_words, span, vague_word

RULE = (
    "One figure a source counts: that of the latest day on which it is quoted, and where there are several, the largest. "
    "The same figure without a named source, told again in copies of one report, counts once. "
    "Figures for different groups (soldiers, civilians) are lower bounds. “Dozens” and the like count only where nobody "
    "gives a number; figures for a part of the dead, those that an editor has discounted, and those in whose place their "
    "report now gives another of these do not. Low is the smallest "
    "figure that counts, high the largest, open where that is a lower bound. There is a best estimate only where the "
    "sources agree: the most recent count."
)

_COMBATANTS = re.compile(
    r"soldier|troop|fighter|rebel|militant|militia|police|service|security|officer|gunm", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Figure:
    """What one source says at last, in persons; ``high`` None sets no upper bound. ``claim`` is where it says so."""

    low: int | None
    high: int | None
    claim: TollClaim

    def agrees_with(self, other: Figure) -> bool:
        """Whether both can be right: their intervals share a number."""
        below = self.high is not None and other.low is not None and self.high < other.low
        above = other.high is not None and self.low is not None and other.high < self.low
        return not (below or above)


@dataclass(frozen=True, slots=True)
class Toll:
    """Persons. ``high`` None: no source sets an upper bound. All three None: nobody reported a number.

    ``best`` is None where the sources contradict each other or give bounds only. ``words`` is the toll as it is shown.
    """

    low: int | None
    best: int | None
    high: int | None
    sources: int
    contested: bool
    words: str


@dataclass(frozen=True, slots=True)
class Judged:
    """The figures that count, and for every other claim of that harm, by its key, why it does not."""

    figures: list[Figure]
    why_not: dict[int, str]


def figures(claims: Iterable[TollClaim], harm: str = "killed") -> list[Figure]:
    """The figures that count, one a source, by the day of the report."""
    return judge(claims, harm).figures


def judge(claims: Iterable[TollClaim], harm: str = "killed") -> Judged:
    """Which claims count by RULE, and why the others do not.

    A claim without a named source stands for itself, but for the same claim told again by a report of the same origin.
    """
    standing = [c for c in claims if c.scope == "event"]
    present = {c.pk: c for c in standing}
    why_not: dict[int, str] = {}
    open_to_count = []
    for claim in standing:
        if claim.harm != harm:
            continue
        if reason := _left_out(claim, present):
            why_not[claim.pk] = reason
        else:
            open_to_count.append(claim)
    numbered = [c for c in open_to_count if c.qualifier != "vague"]
    if numbered:
        why_not |= {c.pk: "others give numbers" for c in open_to_count if c.qualifier == "vague"}
    by_source: dict[object, list[TollClaim]] = {}
    for claim in sorted(numbered or open_to_count, key=_when):
        told = by_source.setdefault(claim.source_id or _unnamed(claim), [])
        if told and claim.source_id is None:
            why_not[claim.pk] = "the same figure in a report of the same origin counts"
            continue
        if told and told[-1].article.published != claim.article.published:
            why_not |= {before.pk: _superseded(claim) for before in told}
            told.clear()  # what a source says on a later day replaces what it said before
        told.append(claim)
    rows = []
    for told in by_source.values():
        row = _last_word(told)
        beside = f"the same source says {claim_in_words(row.claim)} on the same day"
        why_not |= {c.pk: beside for c in told if c.pk != row.claim.pk}
        rows.append(row)
    return Judged(_by_group(sorted(rows, key=lambda row: _when(row.claim))), why_not)


def _left_out(claim: TollClaim, present: dict[int, TollClaim]) -> str:
    """Why a claim is not even asked about; empty where it is."""
    if claim.discounted:
        return claim.discounted
    # A part whose whole was rejected, or stands behind another event, is the whole of what is known here.
    if claim.part_of_id in present:
        return f"a part of “{present[claim.part_of_id].quote}”"
    if claim.gone_since and claim.now_says_id in present:
        return f"its report now says “{present[claim.now_says_id].quote}” instead"
    return ""


def _superseded(by: TollClaim) -> str:
    day = by.article.published
    return f"the same source said {claim_in_words(by)} on {in_words(day) if day else 'an unknown later day'}"


def _unnamed(claim: TollClaim) -> object:
    """What makes a claim without a named source the same as another: its figure, its group, and where it comes from."""
    return _origin(claim.article), claim.low, claim.high, claim.victims


def _origin(article: Article) -> tuple[str, int]:
    """A report's group of copies; of a report of its own, the report."""
    return ("origin", article.origin_id) if article.origin_id else ("report", article.pk)


def _by_group(rows: list[Figure]) -> list[Figure]:
    """Where one source counts combatants alone and another civilians, neither bounds the whole from above."""
    fighters = [bool(_COMBATANTS.search(row.claim.victims)) for row in rows]
    civilians = [bool(row.claim.victims) and not fighter for row, fighter in zip(rows, fighters, strict=True)]
    if not (any(fighters) and any(civilians)):
        return rows
    limited = [one or other for one, other in zip(fighters, civilians, strict=True)]
    return [replace(row, high=None) if only else row for row, only in zip(rows, limited, strict=True)]


def _last_word(told: list[TollClaim]) -> Figure:
    largest = max(told, key=lambda c: (c.low or 0, c.high or c.low or 0))
    several_groups = len({claim.victims for claim in told if claim.victims}) > 1
    return Figure(largest.low, None if several_groups else largest.high, largest)


def summarise(claims: Iterable[TollClaim], harm: str = "killed") -> Toll:
    """Low, best and high of one harm by RULE."""
    rows = figures(claims, harm)
    lows = [row.low for row in rows if row.low is not None]
    highs = [row.high for row in rows if row.high is not None]
    floor, ceiling = max(lows, default=None), max(highs, default=None)
    is_open = ceiling is None or (floor is not None and floor > ceiling)
    # A ceiling below every other figure is the smallest that anybody gives.
    low = min([*lows, *(row.high for row in rows if row.low is None and row.high is not None)]) if lows else None
    high = None if is_open else ceiling
    contested = any(not a.agrees_with(b) for i, a in enumerate(rows) for b in rows[i + 1 :])
    best = None if contested else _most_recent_count(rows, low, high)
    return Toll(low, best, high, len(rows), contested, _in_words(low, high, rows))


def _most_recent_count(rows: list[Figure], low: int | None, high: int | None) -> int | None:
    """Of sources that agree: the latest count. A bound or a range is none, and its middle is nobody's figure."""
    for row in reversed(rows):
        best = row.claim.best
        if best is not None and (low is None or low <= best) and (high is None or best <= high):
            return best
        if row.low is not None and row.low == row.high:
            return row.low
    return None


def _in_words(low: int | None, high: int | None, rows: list[Figure]) -> str:
    qualifiers = {row.claim.qualifier for row in rows}
    if qualifiers == {"vague"} and (word := vague_word(rows[0].claim)):
        return word
    words = span(low, high)
    if low == high and qualifiers in ({"about"}, {"feared"}):
        return f"about {words}" if qualifiers == {"about"} else f"{words} feared"
    return words


def _when(claim: TollClaim) -> tuple[dt.date, int, int]:
    return claim.article.published or dt.date.min, claim.article_id, claim.start


def refresh(event: Event) -> None:
    """Bring counts, search text and, unless an editor set it, the toll in line with the entries. Saves nothing."""
    claims = list(TollClaim.objects.behind(event))
    toll = summarise(claims)
    if event.toll_by_editor:
        if event.toll_best_only:
            event.killed_low, event.killed_high = around(event.killed_best, toll)
        event.killed_words = span(event.killed_low, event.killed_high) or span(event.killed_best, event.killed_best)
    else:
        event.toll_best_only = False
        event.killed_low, event.killed_best, event.killed_high = toll.low, toll.best, toll.high
        event.killed_words = toll.words
        event.toll_basis = ""
    event.contested = toll.contested
    event.other_tolls = {harm: words for harm in HARMS if harm != "killed" and (words := summarise(claims, harm).words)}
    event.source_count = toll.sources
    mentions = event.mentions.standing().select_related("article").defer("article__text", "article__extraction")
    event.report_count = len({mention.article_id for mention in mentions})
    event.origin_count = len({_origin(mention.article) for mention in mentions})
    quotes = [mention.quote for mention in mentions] + [claim.quote for claim in claims]
    event.search_text = search_text(event, quotes)


def around(best: int | None, toll: Toll) -> tuple[int | None, int | None]:
    """Low and high of the rule, so wide that they hold the editor's best estimate."""
    if best is None:
        return toll.low, toll.high
    low = best if toll.low is None and toll.high is None else toll.low
    high = best if toll.low is None and toll.high is None else toll.high
    return (None if low is None else min(low, best)), (None if high is None else max(high, best))


def search_text(event: Event, quotes: list[str]) -> str:
    """What the text filter looks in: what a reader sees of the event, folded as the query's words are."""
    place = event.place
    names = [place.name, place.name_ar, *place.other_names, str(place.governorate or "")] if place else []
    return folded(" ".join([event.title, event.summary, event.get_kind_display(), *names, *quotes]))
