"""One pass over a report: puts dates, places, tolls, speech and trigger words together into mentions of events.

Gathers the drafts of its sentences, joins them, and gives each its day, title and confidence. What a sentence tells is
left to drafts.py and statements.py, which drafts are one happening to joining.py, the parts to report.py.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from timeline.extraction import kinds
from timeline.extraction.attribution import attributions_of
from timeline.extraction.circumstances import place_nearby
from timeline.extraction.dating import suggest_published
from timeline.extraction.drafts import Draft, other_drafts, violent_drafts
from timeline.extraction.joining import add_violent, joined_events
from timeline.extraction.kinds import find_triggers
from timeline.extraction.lexicon import load
from timeline.extraction.passage_dates import date_of_speech
from timeline.extraction.records import Extraction, KnownEvent, MentionSpan, SuggestedDate
from timeline.extraction.report import Report
from timeline.extraction.statements import joined_statements, statement_drafts
from timeline.extraction.titles import title_of
from timeline.extraction.when import NEWS, OWN, Day, day_of
from timeline.extraction.white_space import flatten

# Confidence is additive: what speaks for an event told here, of this kind. The parts were set so that an event with
# toll, place and date comes near 1 and a bare trigger word stays under one half; measure on dated reports before moving
# them.
_BASE = 0.2
_FOR_TRIGGER = 0.1
_FOR_TOLL = 0.2
_FOR_PLACE = 0.15
_FOR_DATE = 0.15
_FOR_LEAD = 0.2
_FOR_BACKGROUND = -0.1
_FOR_OLD = -0.1  # what lies more than a month back is the story behind the news
_FOR_STATEMENT = 0.25
_LEAST, _MOST = 0.05, 0.99
# A sentence of more dates than this is a table: none of them is looked at as the day of a speech.
_DATES_IN_A_SENTENCE = 20


def extract(
    text: str,
    published: dt.date | str | None = None,
    lexicon: str = "syria",
    known_events: Sequence[KnownEvent] = (),
) -> Extraction:
    """Everything that one report tells, by the extraction contract.

    ``text`` is the report as it came in; offsets in the result are into it. ``published`` is the day of publication
    as a date or ISO 8601 string; without it relative dates stay unresolved and say so. ``lexicon`` names the conflict.
    ``known_events`` are events that an undated report may tell of: they help to propose its day, and change nothing else.
    Raises TypeError for a text that is no string or a published that is no date, ValueError for a string that is no
    ISO date, LookupError for an unknown lexicon.
    """
    if not isinstance(text, str):
        raise TypeError(f"extract() takes the text as str, not {type(text).__name__}; decode bytes first.")
    day = _day(published)
    known = load(lexicon)
    if not text.strip():
        return Extraction(day, (), (), (), (), ())
    flat = flatten(text)
    report = Report(flat.text, day, known)
    mentions = _mentions(report)
    found = Extraction(
        published=day,
        dates=tuple(report.dates),
        tolls=report.tolls,
        attributions=attributions_of(flat.text, report.speech),
        mentions=mentions,
        suggested_published=_suggested(report, mentions, known_events),
    )
    return flat.restored(found)


def _suggested(
    report: Report, mentions: Sequence[MentionSpan], known_events: Sequence[KnownEvent]
) -> tuple[SuggestedDate, ...]:
    """Likely days of publication for a report that came without one."""
    if report.published is not None:
        return ()
    said_on = {
        index
        for number, acts in enumerate(report.speech_in)
        if acts and 0 < len(report.dates_in[number]) < _DATES_IN_A_SENTENCE
        for act in acts
        if (index := date_of_speech(report, number, act)) is not None
    }
    return suggest_published(
        report.text, report.sentences, report.dates, report.own_dates, mentions, report.tolls, said_on, known_events
    )


def _day(published: dt.date | str | None) -> dt.date | None:
    if published is None or published == "":
        return None
    if isinstance(published, dt.datetime):
        return published.date()
    if isinstance(published, dt.date):
        return published
    if isinstance(published, str):
        try:
            return dt.date.fromisoformat(published.strip()[:10] if "T" in published else published.strip())
        except ValueError:
            raise ValueError(
                f"published {published!r} is not a date: write it as YYYY-MM-DD, for example 2012-05-30."
            ) from None
    raise TypeError(f"published is a date, an ISO 8601 string or None, not {type(published).__name__}.")


def _mentions(report: Report) -> tuple[MentionSpan, ...]:
    violent: list[Draft] = []
    other: list[Draft] = []
    statements: list[Draft] = []
    for number in range(len(report.sentences)):
        triggers = [
            trigger
            for trigger in find_triggers(report.text, report.words[number], report.lexicon)
            if not report.in_date(number, trigger.start, trigger.end)  # "in March": nobody marched
        ]
        spoken = statement_drafts(report, number)
        violence = violent_drafts(report, number, triggers)
        for draft in violence:
            add_violent(report, violent, draft)
        statements.extend(spoken)
        told = bool(spoken) or any(not draft.background and not draft.generic for draft in violence)
        other.extend(other_drafts(report, number, triggers, told))
    for draft in violent:
        abroad = draft.place is not None and draft.place.kind == "country"
        if (draft.place is None or abroad) and draft.tolls and not draft.background and not draft.nationwide:
            nearby = place_nearby(report, draft.sentence)
            if nearby is not None:
                draft.place, draft.near = nearby, True
    kept = [draft for draft in violent if _stands_alone(report, draft)]
    drafts = kept + joined_events(report, other) + joined_statements(report, statements)
    drafts.sort(key=lambda draft: (draft.start, draft.end))
    told_in = {draft.sentence for draft in drafts}
    return tuple(_mention(report, draft, day_of(report, draft, told_in)) for draft in drafts)


def _stands_alone(report: Report, draft: Draft) -> bool:
    """Enough is told to be an entry: how many, or where and that it happened, or when; or the report opens with it."""
    if draft.tolls:
        return True
    if draft.background:
        return draft.place is not None and draft.date is not None
    opens = draft.sentence == 0 and report.printed is not None
    return draft.place is not None or draft.date is not None or opens


def _mention(report: Report, draft: Draft, day: Day) -> MentionSpan:
    place = draft.place
    return MentionSpan(
        start=draft.start,
        end=draft.end,
        kind=draft.kind,
        title=title_of(report, draft),
        earliest=day.earliest,
        latest=day.latest,
        precision=day.precision,
        date=day.date,
        place=place.name if place else None,
        governorate=place.governorate if place else None,
        actors=tuple(draft.actors),
        tolls=tuple(sorted(draft.tolls)),
        confidence=_confidence(report, draft, day),
        basis=day.basis,
    )


def _confidence(report: Report, draft: Draft, day: Day) -> float:
    score = _BASE
    if draft.kind != kinds.OTHER:
        score += _FOR_TRIGGER
    if draft.violent and any(
        report.tolls[i].harm == "killed" and report.tolls[i].qualifier != "vague" for i in draft.tolls
    ):
        score += _FOR_TOLL
    elif draft.tolls:
        score += _FOR_TOLL / 2
    if draft.place is not None and not draft.near:
        score += _FOR_PLACE if draft.place.country == report.home or report.home is None else _FOR_PLACE / 3
    if day.basis.startswith(OWN) and day.earliest is not None:
        score += _FOR_DATE
    elif day.date is not None:
        score += _FOR_DATE / 2
    if draft.kind == "statement" and draft.date is not None:
        score += _FOR_STATEMENT / 2
    if draft.background:
        score += _FOR_BACKGROUND
    if day.latest is not None and report.printed is not None and report.printed - day.latest > NEWS:
        score += _FOR_OLD
    score += _FOR_LEAD / (1 + draft.sentence)
    return round(min(_MOST, max(_LEAST, score)), 2)
