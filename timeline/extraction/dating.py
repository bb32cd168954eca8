"""When was an undated report published? Proposes days, with the reason, from the dateline or header at its top.

Proposes only what the report itself writes there in full. An editor picks; nothing is dated by guess. Dates told in the
report's sentences, and events already known, are not looked at here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from timeline.extraction.records import DateSpan, SuggestedDate

# Headers stand in the first lines, after a headline at most; further down a full date belongs to the story.
_HEAD = 320
# How sure each kind of place makes it. They order the proposals; an editor sees the words.
_OPENS, _LABELLED, _NAMED_DAY, _ELSEWHERE = 0.95, 0.95, 0.9, 0.7
_UNSURE_LOSS = 0.2

_WINDOW = 48
_LABEL = re.compile(
    r"(?:published|publication|posted|updated|released|issued|dated?|created|modified)(?:\s(?:on|at))?\s?:?\s?\Z",
    re.IGNORECASE,
)
_AGENCY_AFTER = re.compile(
    r"['’]?\s?,?\s?(?:\([A-Z][\w\s./-]{1,24}\)|[-–—]{1,2}\s?(?:Reuters|AFP|AP|SANA|Xinhua|Interfax)\b|(?:Reuters|AFP|AP|SANA|Xinhua|Interfax)\s?[-–—])"
)
_AGENCY_BEFORE = re.compile(r"\b(?:AFP|AP|Reuters|SANA|Xinhua|dpa|ANHA|TASS|Interfax)\s?[,:|-]?\s\Z")
_TOLD_BEFORE = re.compile(
    r"(?:^|\W)(?:on|in|of|since|until|till|from|by|to|after|before|between|and|during|the|around|for|through|than)(?:\sthe)?\s\Z",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(r"(?:mon|tue|wed|thu|fri|sat|sun)", re.IGNORECASE)
_MONTH_FIRST = "unsure: month first"


def suggest_published(text: str, dates: Sequence[DateSpan], limit: int = 3) -> tuple[SuggestedDate, ...]:
    """The likeliest days of publication, the likeliest first, at most ``limit`` of them.

    ``dates`` are those that find_dates reads in ``text`` without a publication date.
    """
    proposals: dict[object, SuggestedDate] = {}
    for span in dates:
        if span.start >= _HEAD:
            break
        if span.relative or span.precision != "day" or span.earliest is None:
            continue
        before = text[max(0, span.start - _WINDOW) : span.start]
        found = _place(text, span, before)
        if found is None:
            continue
        confidence, reason = found
        if _MONTH_FIRST in span.basis:
            confidence -= _UNSURE_LOSS
        known = proposals.get(span.earliest)
        if known is None or known.confidence < confidence:
            basis = f"'{' '.join(span.text.split())}' {reason}"
            if _MONTH_FIRST in span.basis:
                basis += f" ({span.basis})"
            proposals[span.earliest] = SuggestedDate(span.earliest, round(confidence, 2), basis)
    # sorted is stable: of equals, the one that stands first in the report
    return tuple(sorted(proposals.values(), key=lambda proposal: -proposal.confidence)[:limit])


def _place(text: str, span: DateSpan, before: str) -> tuple[float, str] | None:
    """How sure its place makes a date at the top the day of publication, and why; None where the date is told."""
    if _LABEL.search(before):
        return _LABELLED, "is labelled as the day of publication"
    if _AGENCY_AFTER.match(text, span.end) or _AGENCY_BEFORE.search(before):
        return _LABELLED, "stands in the dateline, beside the agency's name"
    if span.text[:3].lower() in ("on ", "the") or _TOLD_BEFORE.search(before):
        return None
    if not text[: span.start].strip():
        return _OPENS, "opens the report"
    if _WEEKDAY.match(span.text):
        return _NAMED_DAY, "stands at the top with its weekday, as a header writes it"
    return _ELSEWHERE, "stands at the top of the report"
