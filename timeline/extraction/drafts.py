"""Does a sentence tell of a happening, and of which kind?

Makes a draft of each: violence by its tolls and trigger words, other events by theirs. Which drafts are about the same
happening is left to joining.py, what officials say to statements.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from timeline.extraction import kinds
from timeline.extraction.circumstances import (
    is_background,
    is_nationwide,
    place_at,
    place_pointed_to,
    who_acts,
    who_fights,
)
from timeline.extraction.kinds import Trigger
from timeline.extraction.passage_dates import date_at
from timeline.extraction.passages import Passage, told_apart
from timeline.extraction.records import PlaceSpan
from timeline.extraction.report import Report
from timeline.extraction.sentences import Word
from timeline.extraction.speech import Speech

# Words that point back to violence already told ("last week's tragedy", "the Houla attack") without naming its kind.
_POINTS_BACK = frozenset(
    """
    tragedy tragedies attack attacks killing killings incident incidents assault bloodshed violence deaths crime onslaught
    """.split()
)
_DEFINITE = frozenset("the this that these those such its his their".split())
# Between words like these and the trigger nothing has happened: it is planned, asked for or denied.
_UNREAL = frozenset(
    "would could might will should may can cannot if unless possible potential planned future avoid".split()
)
# Who or what kills at a protest.
_FORCE = re.compile(
    r"\b(?:security\s(?:forces|men|agents|personnel)|police(?:men)?|troops|soldiers|army|gunmen|snipers?|militia(?:men)?|"
    r"fire|shabiha|regime forces)\b",
    re.IGNORECASE,
)
# A statement without a date of its own is listed only where it leads the report; further down it is colour.
LEAD_SENTENCES = 2


@dataclass(slots=True)
class Draft:
    """A mention while it is being put together: passages about one happening are added to it one by one."""

    sentence: int
    start: int
    end: int
    kind: str
    violent: bool
    generic: bool = False
    definite: bool = False
    background: bool = False
    place: PlaceSpan | None = None
    date: int | None = None
    said_on: int | None = None
    tolls: list[int] = field(default_factory=list)
    actors: list[str] = field(default_factory=list)
    speech: Speech | None = None
    near: bool = False  # the place is that of a sentence beside it
    nationwide: bool = False  # told of the whole country, and of no one place
    last: int = 0  # the latest sentence that told of it


def violent_drafts(report: Report, number: int, triggers: Sequence[Trigger]) -> list[Draft]:
    """What a sentence tells of violence: a draft for each place that it counts dead in, or one for its trigger words."""
    tolls = [i for i in report.tolls_in[number] if _of_one_event(report, i)]
    passages = told_apart(report, number, tolls)
    drafts: list[Draft] = []
    for passage in passages:
        own = triggers if len(passages) == 1 else [t for t in triggers if passage.start <= t.start < passage.end]
        draft = _violent_draft(report, number, passage, own)
        if draft is None:
            continue
        if drafts and draft.kind == kinds.OTHER:
            draft.kind = drafts[0].kind  # "shelling killed five in Homs and three in Hama"
        drafts.append(draft)
    dated = next((draft for draft in drafts if draft.date is not None or draft.said_on is not None), None)
    for draft in drafts:
        if dated is not None and draft.date is None and draft.said_on is None:
            draft.date, draft.said_on = dated.date, dated.said_on  # "five in Homs and three in Hama on Tuesday"
    return drafts


def _violent_draft(report: Report, number: int, passage: Passage, triggers: Sequence[Trigger]) -> Draft | None:
    tolls = passage.tolls
    violent = [t for t in triggers if t.violent and not t.weak and not _unreal(report, number, t)]
    pointing = _pointing_back(report, number)
    if not tolls and not violent and pointing is None:
        return None
    if not tolls and any(report.tolls[i].harm == "killed" for i in report.tolls_in[number]):
        return None  # the dead of the whole war: its sentence tells of no event
    harms = [report.tolls[i].harm for i in tolls]
    trigger = kinds.leading([t for t in triggers if t.violent or tolls], harms)
    if trigger is not None and not trigger.violent and trigger.group not in ("society", "relief"):
        trigger = None
    if trigger is not None and not tolls and trigger not in violent:
        trigger = kinds.leading(violent)
    draft = Draft(sentence=number, start=passage.start, end=passage.end, kind=kinds.OTHER, violent=True)
    if trigger is not None:
        draft.kind, anchor = trigger.kind, trigger.start
        draft.definite = _definite(report, number, trigger.start)
    elif tolls:
        draft.kind, anchor = kinds.kind_of_harm(harms[0]), report.tolls[tolls[0]].start
    elif pointing is not None:
        anchor = pointing.start
        draft.generic = draft.definite = True
    else:
        return None
    if draft.kind == "protest" and "killed" in harms and _FORCE.search(report.text, passage.start, passage.end):
        draft.kind = "shooting"  # the codebooks' force against protesters: what killed them is told, not that they met
    draft.tolls = tolls
    # Where a toll is told, it is the toll that is news or setting: "33 are dead following a riot".
    told = min(anchor, report.tolls[tolls[0]].start) if tolls else anchor
    draft.background = is_background(report, number, told)
    near = report.tolls[tolls[0]].end if tolls else anchor
    draft.nationwide = bool(tolls) and is_nationwide(report, number, report.tolls[tolls[0]].start, near)
    if not draft.nationwide:
        pointed, draft.place = (False, None) if passage.of_several else place_pointed_to(report, number)
        if not pointed:
            until = _first_part(report, tolls) or passage.end
            draft.place = place_at(report, number, near, passage.start, until)
    draft.date, draft.said_on = date_at(report, number, near, start=passage.start, until=passage.end)
    draft.actors = who_fights(report, number, anchor if draft.background else passage.start, passage.end)
    return draft


def _first_part(report: Report, tolls: Sequence[int]) -> int | None:
    """Where the first toll stands that is a part of the leading one: the places behind it are the part's."""
    starts = (report.tolls[index].start for index in tolls[1:] if report.tolls[index].part_of == tolls[0])
    return min(starts, default=None)


def _of_one_event(report: Report, index: int) -> bool:
    return report.tolls[index].scope == "event"


def _pointing_back(report: Report, number: int) -> Word | None:
    """'Last week's tragedy', 'the Houla attack': a word for violence under an article, a possessive or a date."""
    found = report.words[number]
    for index, word in enumerate(found):
        if word.key in _POINTS_BACK and _definite(report, number, word.start):
            return found[index]
    return None


def _definite(report: Report, number: int, start: int) -> bool:
    """Whether the noun at ``start`` is known already: an article or possessive stands up to three words before."""
    for word in reversed(report.words_before(number, start, 3)):
        gap_end = start
        if any(mark in report.text[word.end : gap_end] for mark in ',;:."“”'):
            return False
        if word.key in _DEFINITE or word.text.endswith(("'s", "’s", "s'", "s’")):
            return True
    return False


def _unreal(report: Report, number: int, trigger: Trigger) -> bool:
    return any(word.key in _UNREAL for word in report.words_before(number, trigger.start, 4))


def other_drafts(report: Report, number: int, triggers: Sequence[Trigger], told: bool) -> list[Draft]:
    """Vetoes, votes, ceasefires, protests and the rest, where the sentence tells of one as having happened."""
    found = [t for t in triggers if not t.violent and t.kind != "statement" and not _unreal(report, number, t)]
    if not found or _quoted(report, number):
        return []
    if any(_of_one_event(report, i) and report.tolls[i].harm in ("killed", "injured") for i in report.tolls_in[number]):
        return []
    trigger = kinds.leading(found)
    assert trigger is not None
    strong = trigger.kind == "veto" or (trigger.kind in ("resolution", "sanction") and trigger.length > 1)
    if told and not strong:
        return []
    date, _ = date_at(report, number, trigger.start, past=False)
    if not strong and date is None:
        return []
    place = place_at(report, number, trigger.start)
    sentence = report.sentences[number]
    draft = Draft(number, sentence.start, sentence.end, trigger.kind, violent=False, place=place, date=date)
    before = who_acts(report, number, until=trigger.start, states=True)
    draft.actors = before or who_acts(report, number)
    draft.tolls = [i for i in report.tolls_in[number] if _of_one_event(report, i)]
    draft.background = is_background(report, number, trigger.start)
    if draft.background and not strong:
        return []
    return [draft]


def _quoted(report: Report, number: int) -> bool:
    sentence = report.sentences[number]
    return report.text[sentence.start] in '"“«'
