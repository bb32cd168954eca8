"""When was an undated report published? Proposes days with their reasons, the likeliest first.

From its own header (own_dates.py), from events already known, to which its relative words are tied, and from what its
story tells as past (told_days.py). An editor picks: nothing is dated by guess.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from timeline.extraction import calendar as cal
from timeline.extraction.dates import find_dates
from timeline.extraction.known_events import Match, matches
from timeline.extraction.own_dates import OwnDate, day_without_year
from timeline.extraction.records import DateSpan, KnownEvent, MentionSpan, Sentence, SuggestedDate, TollSpan
from timeline.extraction.told_days import Told, told_days

# A header this sure needs no other evidence.
_SURE = 0.85
# The weekday that the lead names, and how many days later the report came out, as shares: of 194 reports in which it is
# the day of a speech ("Russia on Wednesday cautioned") and of 298 in which it is that of a blow. The rest is shared out.
_AFTER_SPEECH = (0.845, 0.124, 0.011, 0.005, 0.005, 0.005, 0.005)
_AFTER_BLOW = (0.725, 0.228, 0.031, 0.004, 0.004, 0.004, 0.004)
# "Late on Monday", "Monday evening": what happens so late is told the next day, in 10 of 15 reports.
_AFTER_EVENING = (0.14, 0.66, 0.17, 0.0075, 0.0075, 0.0075, 0.0075)
_EVENING = re.compile(r"\b(?:late|night|evening|overnight)\b", re.IGNORECASE)
# The lead, in sentences, a headline among them; and the longest that is read again for each day tried, in characters.
_LEAD = 4
_LONGEST = 2_000
# How long after an event words are looked for that are tied to it ("last month"), in days.
_TIED_FOR = 62
# Told without a word of time, an event is mostly of these days; each day more takes a fifth off.
_UNTIED_FOR, _DAILY = 21, 0.8
# Words that are tied to an event and cannot mean it speak against its being told at all; so does, for an event that is
# not what the report leads with, the want of such words. A stretch of more than a week is a weak tie.
_CANNOT_MEAN_LOSS, _NOT_LED_LOSS, _STRETCH_LOSS = 0.4, 0.5, 0.6
# What a day has left that one of the constraints rules out: any of them may have been read wrongly.
_RULED_OUT = 0.02
# How many pairs of entry and event are tried, the likeliest first.
_PAIRS = 24
# Without an event only a year is missing from "BEIRUT, May 30": it is looked for up to so many years on.
_YEARS_ON = 6
_BY_YEAR_AND_WEEKDAY, _BY_YEAR = 0.6, 0.3
# "Published then or later" names no day; the least likely proposal of all. Told in the lead it is news.
_THEN_OR_LATER, _TOLD_IN_LEAD = 0.15, 0.25
# Below this a day is one of many.
_LEAST = 0.1
_WEEK = 7


@dataclass(frozen=True, slots=True)
class _Weekday:
    """The weekday that the lead names: the day of publication, or one shortly before it."""

    number: int
    text: str
    said: bool

    def likelihood(self, day: dt.date) -> float:
        blow = _AFTER_EVENING if _EVENING.search(self.text) else _AFTER_BLOW
        return (_AFTER_SPEECH if self.said else blow)[(day.weekday() - self.number) % _WEEK]

    def in_words(self, day: dt.date) -> str:
        days = (day.weekday() - self.number) % _WEEK
        if days == 0:
            return f"'{self.text}' names the day of publication"
        return f"'{self.text}' was {'the day' if days == 1 else f'{days} days'} before"


@dataclass(slots=True)
class _Trial:
    """Reads the report's relative expressions as they would be read, were it published on a given day."""

    text: str
    sentences: Sequence[Sentence]
    dates: Sequence[DateSpan]
    _starts: list[int] = field(default_factory=list)
    _read: dict[tuple[int, dt.date], dict[int, DateSpan]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._starts = [sentence.start for sentence in self.sentences]

    def number_at(self, position: int) -> int:
        """The number of the sentence that holds a position."""
        return max(0, bisect_right(self._starts, position) - 1)

    def sentence_of(self, index: int) -> int:
        return self.number_at(self.dates[index].start)

    def days(self, index: int, published: dt.date) -> tuple[dt.date, dt.date] | None:
        """The days that date ``index`` names in a report of that day; None where it names none."""
        number = self.sentence_of(index)
        sentence = self.sentences[number]
        if sentence.end - sentence.start > _LONGEST:
            return None
        key = (number, published)
        if key not in self._read:
            self._read[key] = {span.start: span for span in find_dates(self.text, [sentence], published)}
        span = self._read[key].get(self.dates[index].start)
        if span is None or span.earliest is None or span.latest is None:
            return None
        return span.earliest, span.latest


@dataclass(frozen=True, slots=True)
class _Constraint:
    """The days that one entry, telling of one event, allows for publication, each with its share; and why."""

    match: Match
    days: dict[dt.date, float]
    words: str
    weight: float

    def allows(self, day: dt.date) -> float:
        """How much speaks for the day: odds, so that of two events the one that is nearly sure outweighs a mere chance."""
        return self.weight / (1 - self.weight) * self.days.get(day, 0.0)


def suggest_published(
    text: str,
    sentences: Sequence[Sentence],
    dates: Sequence[DateSpan],
    own: Sequence[OwnDate],
    mentions: Sequence[MentionSpan] = (),
    tolls: Sequence[TollSpan] = (),
    said_on: Collection[int] = (),
    known_events: Sequence[KnownEvent] = (),
    limit: int = 3,
) -> tuple[SuggestedDate, ...]:
    """The likeliest days of publication, the likeliest first, at most ``limit`` of them.

    ``dates`` are those that find_dates reads in ``text`` without a publication date, ``own`` those that own_dates reads
    among them. ``said_on`` are the indexes of the dates on which something was said. ``known_events`` are events that
    the report may tell of.
    """
    proposals = [SuggestedDate(found.date, found.confidence, found.basis) for found in own]
    if not proposals or proposals[0].confidence < _SURE:
        told = told_days(text, sentences, dates, {found.index for found in own})
        trial = _Trial(text, sentences, dates)
        bare = day_without_year(text, dates)
        weekday = _weekday_of_lead(trial, said_on) if known_events or bare is not None else None
        found_by_events: list[SuggestedDate] = []
        if known_events:
            found_by_events = _by_events(trial, matches(mentions, tolls, known_events), weekday, bare, told, said_on)
        proposals = _joined(proposals, found_by_events)
        if not proposals and bare is not None:
            proposals = _by_dateline(dates, bare, told, weekday)
        if not proposals:
            proposals = _by_story(trial, told)
    return tuple(sorted(proposals, key=lambda proposal: -proposal.confidence)[:limit])


def _joined(one: list[SuggestedDate], other: list[SuggestedDate]) -> list[SuggestedDate]:
    """Both lists, a day that stands in both once: two reasons make it surer than either."""
    days = {proposal.date: proposal for proposal in one}
    for proposal in other:
        same = days.get(proposal.date)
        if same is not None:
            unsure = (1 - same.confidence) * (1 - proposal.confidence)
            basis = f"{same.basis}; {proposal.basis}"
            proposal = SuggestedDate(proposal.date, round(1 - unsure, 2), basis)
        days[proposal.date] = proposal
    return list(days.values())


def _weekday_of_lead(trial: _Trial, said_on: Collection[int]) -> _Weekday | None:
    """The weekday on which something is said in the lead, else the first that it names.

    What names a weekday is the day of publication itself on one day of any seven.
    """
    monday = dt.date(2001, 1, 1)  # any week will do
    first: _Weekday | None = None
    for index, span in enumerate(trial.dates):
        if trial.sentence_of(index) >= _LEAD:
            break
        said = index in said_on
        if span.value is not None or (first and not said) or any(character.isdigit() for character in span.text):
            continue
        on_itself = [
            number
            for number in range(_WEEK)
            if trial.days(index, day := monday + dt.timedelta(days=number)) == (day, day)
        ]
        if len(on_itself) == 1:
            found = _Weekday(on_itself[0], " ".join(span.text.split()), said)
            if said:
                return found
            first = found
    return first


def _by_events(
    trial: _Trial,
    matched: list[list[Match]],
    weekday: _Weekday | None,
    bare: tuple[int, int, int] | None,
    told: Told,
    said_on: Collection[int],
) -> list[SuggestedDate]:
    """Intersects what each entry that tells of a known event allows with the weekday of the lead and the told dates."""
    tried = sorted((match for group in matched for match in group), key=lambda match: -match.likeness)[:_PAIRS]
    by_mention: dict[int, list[_Constraint]] = {}
    for match in tried:
        by_mention.setdefault(match.mention.start, []).append(_constraint(trial, match, said_on))
    days = {day for group in by_mention.values() for constraint in group for day in constraint.days}
    likely: dict[dt.date, float] = {}
    for day in days:
        likelihood = 1.0
        for group in by_mention.values():
            likelihood *= _RULED_OUT / _UNTIED_FOR + max(constraint.allows(day) for constraint in group)
        if weekday is not None:
            likelihood *= weekday.likelihood(day)
        if bare is not None and (day.month, day.day) != bare[1:]:
            likelihood *= _RULED_OUT
        if (told.not_before and day < told.not_before) or (told.not_after and day > told.not_after):
            likelihood *= _RULED_OUT
        likely[day] = likelihood
    total = sum(likely.values())
    proposals = []
    for day in sorted(days, key=lambda day: (-likely[day], day)):
        behind = [max(group, key=lambda constraint: constraint.allows(day)) for group in by_mention.values()]
        behind = [constraint for constraint in behind if day in constraint.days]
        sure = max((constraint.weight for constraint in behind), default=0.0)
        confidence = round(sure * likely[day] / total, 2)
        if confidence < _LEAST:
            break
        reasons = [constraint.words for constraint in sorted(behind, key=lambda c: -c.weight)]
        if bare is not None and (day.month, day.day) == bare[1:]:
            reasons.append(f"the dateline has '{' '.join(trial.dates[bare[0]].text.split())}'")
        if weekday is not None:
            reasons.append(weekday.in_words(day))
        if told.past is not None and told.not_before and told.not_before <= day:
            reasons.append(f"it tells of '{' '.join(told.past.text.split())}' as past")
        proposals.append(SuggestedDate(day, confidence, "; ".join(dict.fromkeys(reasons))))
    return proposals


def _constraint(trial: _Trial, match: Match, said_on: Collection[int]) -> _Constraint:
    """The days on which the entry's words of time mean the event; without such words, the days after it."""
    mention, event = match.mention, match.event
    known = f"it tells of what may be “{event.name}” ({_event_in_words(event)}): {match.signs}"
    index = mention.date
    tied = index is not None and trial.dates[index].value is None and index not in said_on
    weight = match.likeness
    room = (dt.date.max - event.earliest).days + 1  # the calendar ends
    if tied and index is not None:
        allowed = []
        stretch = False
        for after in range(min((event.latest - event.earliest).days + _TIED_FOR, room)):
            day = event.earliest + dt.timedelta(days=after)
            meant = trial.days(index, day)
            if meant is not None and meant[0] <= event.latest and meant[1] >= event.earliest:
                allowed.append(day)
                stretch = stretch or (meant[1] - meant[0]).days >= _WEEK
        if allowed:
            span = " ".join(trial.dates[index].text.split())
            words = f"{known}; '{span}' means it in a report of {_days_in_words(allowed)}"
            shares = dict.fromkeys(allowed, 1 / len(allowed))
            return _Constraint(match, shares, words, weight * (_STRETCH_LOSS if stretch else 1))
        weight *= _CANNOT_MEAN_LOSS
    elif trial.number_at(mention.start) >= _LEAD:
        weight *= _NOT_LED_LOSS
    untied = [_DAILY**after for after in range(min(_UNTIED_FOR, room))]
    days = {event.earliest + dt.timedelta(days=after): share / sum(untied) for after, share in enumerate(untied)}
    return _Constraint(match, days, known, weight)


def _event_in_words(event: KnownEvent) -> str:
    """'Friday 25 May 2012, 108 killed'."""
    days = cal.in_words(event.earliest)
    if event.latest != event.earliest:
        days = f"{days} to {cal.in_words(event.latest)}"
    low, high = event.killed_low, event.killed_high
    if low is None and high is None:
        return days
    if low == high:
        killed = f"{low:,}"
    elif low is None:
        killed = f"up to {high:,}"
    else:
        killed = f"{low:,} or more" if high is None else f"{low:,} to {high:,}"
    return f"{days}, {killed} killed"


def _days_in_words(days: list[dt.date]) -> str:
    """'Monday 28 May 2012 to Sunday 3 June 2012'; days with gaps between them are counted."""
    if len(days) == 1:
        return cal.in_words(days[0])
    ends = f"{cal.in_words(days[0])} to {cal.in_words(days[-1])}"
    whole = (days[-1] - days[0]).days + 1 == len(days)
    return ends if whole else f"one of {len(days)} days from {ends}"


def _by_dateline(
    dates: Sequence[DateSpan], bare: tuple[int, int, int], told: Told, weekday: _Weekday | None
) -> list[SuggestedDate]:
    """'BEIRUT, May 30': the first such day that is not before what is told as past, in a year that fits the weekday.

    Without a year anywhere in the report nothing is proposed: which May is not said.
    """
    index, month, number = bare
    if told.not_before is None or told.past is None:
        return []
    words = f"the dateline has '{' '.join(dates[index].text.split())}'"
    past = f"the report tells of '{' '.join(told.past.text.split())}' as past"
    for year in range(told.not_before.year, told.not_before.year + _YEARS_ON):
        try:
            day = dt.date(year, month, number)
        except ValueError:
            continue
        if day < told.not_before or (weekday is not None and day.weekday() != weekday.number):
            continue
        if weekday is None:
            return [SuggestedDate(day, _BY_YEAR, f"{words}; {past}; this is the first such day after it")]
        return [SuggestedDate(day, _BY_YEAR_AND_WEEKDAY, f"{words}; {weekday.in_words(day)}; {past}")]
    return []


def _by_story(trial: _Trial, told: Told) -> list[SuggestedDate]:
    """The latest day that is told as past: the report came out then or later. Of a month or a year no day is made."""
    past = told.past
    if past is None or past.latest is None or past.precision != "day":
        return []
    index = next(i for i, date in enumerate(trial.dates) if date is past)
    confidence = _TOLD_IN_LEAD if trial.sentence_of(index) < _LEAD else _THEN_OR_LATER
    words = f"the report tells of {cal.in_words(past.latest)} as past, so it was published then or later"
    return [SuggestedDate(past.latest, confidence, words)]
