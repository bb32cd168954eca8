"""Between which days must a report have been published, by the dates that its story tells?

What is told as past had happened by then, what is told as still to come had not. Which dates are the report's own,
and what follows from all this, is left to own_dates.py and dating.py.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from timeline.extraction.datecontext import Reading, Telling, lies_ahead
from timeline.extraction.records import DateSpan, Sentence

# A decade says too little; the rest of a war's dates bind.
_BINDING = frozenset(("day", "range", "week", "month", "year"))
# Of the latest dates, how many are asked which way their verbs look before the report is let be.
_ASKED = 40


@dataclass(frozen=True, slots=True)
class Told:
    """The latest date told as past and the earliest told as to come, each None where there is none."""

    past: DateSpan | None = None
    ahead: DateSpan | None = None

    @property
    def not_before(self) -> dt.date | None:
        """The first day on which the report can have been published."""
        return self.past.earliest if self.past else None

    @property
    def not_after(self) -> dt.date | None:
        """The last day on which the report can have been published."""
        return self.ahead.latest if self.ahead else None


def told_days(text: str, sentences: Sequence[Sentence], dates: Sequence[DateSpan], own: Collection[int]) -> Told:
    """What the story's written-out dates say of the day of publication; ``own`` are the indexes of the report's own."""
    written = [
        date
        for index, date in enumerate(dates)
        if not date.relative and date.earliest is not None and date.precision in _BINDING and index not in own
    ]
    if not written or not sentences:
        return Told()
    # The latest first: the first of them that is told as past is what was looked for.
    written.sort(key=lambda date: date.earliest or dt.date.min, reverse=True)
    starts = [sentence.start for sentence in sentences]
    ahead: DateSpan | None = None
    for date in written[:_ASKED]:
        if not to_come(text, sentences[max(0, bisect_right(starts, date.start) - 1)], date):
            return Told(date, ahead)
        ahead = date
    return Told(None, ahead)


def to_come(text: str, sentence: Sentence, date: DateSpan) -> bool:
    """Whether the clause around a date speaks of what is still to come."""
    telling = Telling(text, None, _reads_nothing)
    telling.enter(sentence)
    return lies_ahead(telling, date.start, date.end)


def _reads_nothing(telling: Telling, position: int) -> Reading | None:
    return None
