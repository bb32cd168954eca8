"""A miss in words: the passage with what stands around it, what people read there and what the engine does.

Also how far two values are apart, by which the worst misses are told from the others.
"""

from __future__ import annotations

import datetime as dt
import math

from timeline.evaluation.records import GoldReport, Miss, Wrong
from timeline.extraction.records import DateSpan, MentionSpan

_CONTEXT = 60  # characters shown on either side of a miss
_BEGINNING = 200  # characters shown of a report, where a miss has no passage


def miss_at(
    report: GoldReport,
    passage: tuple[int, int] | None,
    wanted: str,
    found: str,
    basis: str,
    wrong: Wrong,
    off: float = 0.0,
) -> Miss:
    """A miss with the words around its passage, the passage itself in brackets."""
    text = report.text
    if passage is None:
        shown = text[:_BEGINNING]
    else:
        start, end = passage
        end_shown = min(end, start + _BEGINNING)
        shown = (
            f"{text[max(0, start - _CONTEXT) : start]}[{text[start:end_shown]}]{text[end_shown : end_shown + _CONTEXT]}"
        )
    return Miss(report.where, " ".join(shown.split()), wanted, found, basis, wrong, off)


def days_of(span: DateSpan | MentionSpan) -> tuple[str | None, str | None]:
    return span.earliest.isoformat() if span.earliest else None, span.latest.isoformat() if span.latest else None


def in_words(span: DateSpan | MentionSpan) -> str:
    first, last = days_of(span)
    return first or "no day" if first == last else f"{first or 'open'} to {last or 'open'}"


def days_apart(wanted: tuple[str | None, str | None] | None, found: tuple[str | None, str | None]) -> float:
    """How many days the two ends are off, in all; 0 where one of the ends is no day."""
    ends = zip(wanted or (), found, strict=False)
    return float(sum(abs((_day(a) - _day(b)).days) for a, b in ends if a and b and _is_day(a) and _is_day(b)))


def _day(iso: str) -> dt.date:
    return dt.date.fromisoformat(iso)


def _is_day(iso: str) -> bool:
    try:
        _day(iso)
    except ValueError:
        return False
    return True


def toll_in_words(harm: str, low: int | None, high: int | None) -> str:
    """'killed 90 or more', 'injured 10 to 20', 'killed 5'."""
    if low == high:
        return f"{harm} {low:,}" if low is not None else harm
    if high is None:
        return f"{harm} {low:,} or more"
    return f"{harm} up to {high:,}" if low is None else f"{harm} {low:,} to {high:,}"


def ratio(wanted: int | None, found: int | None) -> float:
    return abs(math.log((wanted or 0) + 1) - math.log((found or 0) + 1))
