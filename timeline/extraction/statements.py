"""Who with an office says something of record, and on which day?

Makes one draft a speaker and day. How speech is found is left to speech.py, violence and other events to drafts.py.
"""

from __future__ import annotations

import re

from timeline.extraction.circumstances import is_background
from timeline.extraction.drafts import LEAD_SENTENCES, Draft
from timeline.extraction.joining import REMEMBERED
from timeline.extraction.passage_dates import date_of_statement, reported_from
from timeline.extraction.records import PlaceSpan
from timeline.extraction.report import Report
from timeline.extraction.speech import Speech

# Whose words are a statement of record: those who hold an office or speak for a body that can act on them.
_STATEMENT_KINDS = frozenset(("official", "government", "intergovernmental", "military"))
_IN = re.compile(r"\bin\s\Z", re.IGNORECASE)


def statement_drafts(report: Report, number: int) -> list[Draft]:
    """Who with an office says something of record in this sentence, and on which day."""
    if any(
        report.tolls[i].scope == "event" and not is_background(report, number, report.tolls[i].start)
        for i in report.tolls_in[number]
    ):
        return []  # whoever says how many died in an event is its source; to say it of the whole war is a statement
    drafts: list[Draft] = []
    sentence = report.sentences[number]
    for act in report.speech_in[number]:
        if act.kind not in _STATEMENT_KINDS or not act.speaker[0].isupper():
            continue
        draft = Draft(number, sentence.start, sentence.end, "statement", violent=False, speech=act)
        draft.date = date_of_statement(report, number, act)
        draft.place = _place_of(report, number, act)
        draft.actors = [name for name in (_affiliation(report, act), act.speaker) if name]
        subject = _whole_actor(report, act)
        if subject is not None:
            draft.actors = [subject]
        drafts.append(draft)
    return drafts


def _place_of(report: Report, number: int, act: Speech) -> PlaceSpan | None:
    """Where it was said: "said in Geneva on Tuesday", "In Damascus the foreign ministry denied"."""
    until = reported_from(report, number, act)
    for index in report.places_in[number]:
        place = report.places[index]
        told = place.end <= act.start and "," not in report.text[place.end : act.start]
        said = act.end <= place.start and place.end <= until
        if (
            place.kind != "country"
            and (told or said)
            and _IN.search(report.text[max(0, place.start - 4) : place.start])
        ):
            return place
    return None


def _whole_actor(report: Report, act: Speech) -> str | None:
    """The actor that is the subject as a whole: 'Russia … cautioned' is Russia's statement."""
    for start, end, actor in report.actors_in[act.sentence]:
        if start <= act.subject_start and end >= act.subject_end and actor.kind != "person":
            return actor.name
    return None


def _affiliation(report: Report, act: Speech) -> str | None:
    """The state whose office the speaker holds, as the subject says it: "Russia's Deputy Foreign Minister"."""
    for start, end, actor in report.actors_in[act.sentence]:
        if act.subject_start <= start and end < act.subject_end and actor.kind == "state" and actor.name != act.speaker:
            return actor.name
    return None


def joined_statements(report: Report, drafts: list[Draft]) -> list[Draft]:
    """One statement a speaker and day: what a deputy minister adds is his government's statement of that day."""
    home: dict[str, str] = {}
    for draft in drafts:
        if len(draft.actors) > 1:
            home.setdefault(draft.actors[-1], draft.actors[0])
    kept: list[Draft] = []
    for draft in sorted(drafts, key=lambda d: (d.date is None, d.start)):
        speaker = draft.actors[-1]
        names = {speaker, home.get(speaker, speaker)}
        same = [k for k in kept[-REMEMBERED:] if names & set(k.actors)]
        if draft.date is None:
            own = [k for k in same if speaker in k.actors] or same
            known = own[0] if own else None
        else:
            known = next((k for k in same if k.date is not None and _same_days(report, k.date, draft.date)), None)
        if known is not None:
            known.actors.extend(n for n in draft.actors if n not in known.actors)
            continue
        if draft.date is not None or draft.sentence < LEAD_SENTENCES:
            kept.append(draft)
    return kept


def _same_days(report: Report, one: int, two: int) -> bool:
    a, b = report.days[one], report.days[two]
    if a.earliest is None or b.earliest is None:
        return a.text.lower() == b.text.lower()
    return (a.earliest, a.latest) == (b.earliest, b.latest)
