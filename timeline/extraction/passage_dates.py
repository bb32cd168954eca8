"""Which date belongs to a passage of a sentence, and on which day was it said?

Chooses among the dates of one sentence by where they stand and what they are bound to. How an expression of time is
read is left to dates.py, what the whole report says of the day to when.py.
"""

from __future__ import annotations

import datetime as dt
import re

from timeline.extraction.records import DateSpan
from timeline.extraction.report import Report
from timeline.extraction.sentences import words
from timeline.extraction.speech import Speech

# Before these a long span bounds what is told and does not date it.
_BOUND = re.compile(
    r"\b(?:since|by|before|until|till|ahead\sof|prior\sto)\s(?:the\s)?(?:early\s|late\s|mid-?\s?)?$", re.IGNORECASE
)
# A month or year that dates what is told has a preposition before it or of its own, or stands at the head or behind a mark.
_WITHIN = re.compile(
    r"(?:\b(?:in|during|throughout|through|over|from|on|en|de|au|في|خلال)\s(?:(?:early|late|mid|\w+\sof)\s|the\s\w+\sof\s)?"
    r"|^\s*|[,.;:(\[–—-]\s*(?:\w+\s)?)$",
    re.IGNORECASE,
)
_OWN_WITHIN = re.compile(r"(?:in|during|throughout|through|over|from|on|en|de|au|في|خلال)\b", re.IGNORECASE)
# What is planned or held, as a noun behind "last week's": what happens besides it is not of its day.
_PLANNED = frozenset(
    """
    election elections vote votes poll polls referendum ballot talks meeting meetings summit conference session deadline
    visit speech statement announcement decision resolution ceasefire truce agreement deal inauguration parliamentary
    presidential national local edition newspaper paper game match
    """.split()
)
# What was done to people earlier, before what is told: "of the nurses abducted earlier this month".
_EARLIER_DEED = re.compile(
    r"\b(?:abducted|kidnapped|captured|seized|detained|arrested|held|taken|released|displaced|accused|since|former|after)\b",
    re.IGNORECASE,
)
# A date of more than a week says little of the day. Beside one that names it, it costs as much as this many characters of
# distance: a sentence.
_LONG = dt.timedelta(days=7)
_LONG_COST = 150
# Where the reported words of a statement begin.
_CONTENT = re.compile(r"[,;:“”\"«»]|\b(?:that|which|who|since|after|before|in connection|over|for)\b", re.IGNORECASE)
# Before the day of a paper, not of what it tells.
_PUBLISHED = re.compile(
    r"\b(?:report|statement|study|list|figures?|letter|video|footage|document|bulletin|survey)s?\s(?:that\swas\s)?"
    r"(?:published|released|issued|posted|dated|circulated|made\spublic)\s(?:online\s)?(?:on\s)?$",
    re.IGNORECASE,
)
# Characters before the day that opens a sentence: "But on", "A month ago, on".
_HEAD = 24
# Room before and behind a date, in characters, to see how it is spoken of.
_ROOM = 40


def date_at(
    report: Report, number: int, anchor: int, past: bool = True, start: int | None = None, until: int | None = None
) -> tuple[int | None, int | None]:
    """The date of what happens at ``anchor``, and the day on which it was said, each an index or None.

    What is told as ``past`` has no date after the report's own day. What stands before ``start`` and from ``until`` on
    is that of another passage of the sentence.
    """
    of_speech = {i for i in report.dates_in[number] if _of_a_paper(report, report.days[i])}
    of_speech |= {i for act in report.speech_in[number] if (i := date_of_speech(report, number, act)) is not None}
    said_on = min(of_speech) if of_speech else None
    best: tuple[float, int] | None = None
    for index in report.dates_in[number]:
        date = report.days[index]
        if (until is not None and date.start >= until) or (start is not None and date.start < start):
            continue
        if index in of_speech or (date.precision in ("decade", "unknown") and date.value is not None):
            continue
        if _of_another_noun(report, date, None if past else anchor) or (past and _not_yet(report, date)):
            continue
        distance: float = abs(date.start - anchor)
        if is_long(date):
            if _is_setting(report, date, anchor, said_on is not None):
                continue
            distance += _LONG_COST
        if best is None or distance < best[0]:
            best = (distance, index)
    return (best[1] if best else None), said_on


def _of_a_paper(report: Report, date: DateSpan) -> bool:
    """'In a report published on Wednesday': the day of the paper, not of what it tells."""
    return _PUBLISHED.search(report.text[max(0, date.start - _ROOM) : date.start]) is not None


def is_long(date: DateSpan) -> bool:
    """Whether it names more than a week, or no days yet: "this month" says only that a blow is no older."""
    return date.earliest is None or date.latest is None or date.latest - date.earliest >= _LONG


def _not_yet(report: Report, date: DateSpan) -> bool:
    """After the report's own day, or of no day although the report has one: neither dates what has happened."""
    if report.printed is None:
        return False
    return date.earliest is None or date.earliest > report.printed


def _of_another_noun(report: Report, date: DateSpan, anchor: int | None) -> bool:
    """'Next week's elections': a date with a possessive ending is that of the noun behind it.

    That noun is the one at ``anchor``; of violence (None) the date is not where what stands behind it was planned.
    """
    if not date.text.endswith(("'s", "’s")):
        return False
    if anchor is not None:
        return not date.end <= anchor <= date.end + _ROOM
    behind = report.text[date.end : date.end + _ROOM]
    return any(word.key in _PLANNED for word in words(behind, 0, len(behind))[:3])


def _is_setting(report: Report, date: DateSpan, anchor: int, said: bool) -> bool:
    """'The 2014 disappearance', 'since March 2011', 'abducted last month': a long span that dates something else."""
    if date.earliest is None:
        return False
    if date.text.endswith((" after", " before")) or _EARLIER_DEED.search(report.text, anchor, date.start):
        return True
    if date.precision in ("year", "season") and (said or report.stated is not None):
        return True  # the year of a war is its setting more often than the date of a blow
    before = report.text[max(0, date.start - _ROOM) : date.start]
    if _BOUND.search(before):
        return True
    # As an attribute it stands without a preposition: "the 2014 attack", "the October offensive".
    return (
        date.precision in ("month", "year")
        and not date.relative
        and not (_WITHIN.search(before) or _OWN_WITHIN.match(date.text))
    )


def date_of_speech(report: Report, number: int, act: Speech) -> int | None:
    """The day something was said: within the words that say so, or right before them."""
    for index in report.dates_in[number]:
        date = report.days[index]
        if act.start <= date.start and date.end <= act.end:
            return index
    for index in report.dates_in[number]:
        date = report.days[index]
        gap = report.text[date.end : act.start] if date.end <= act.start else None
        # "On Monday, Lavrov said", "a day after the minister spoke"; but of "were killed on Friday, SANA
        # said" the day is that of the dead.
        if gap is not None and len(gap) < 6 and gap.strip(" ,").lower() in ("", "the"):
            told = any(report.tolls[i].start < date.start for i in report.tolls_in[number])
            if "," not in gap or (not told and date.start - report.sentences[number].start <= _HEAD):
                return index
        tail = report.text[act.end : date.start] if act.end <= date.start else None
        if tail is not None and tail.strip(" ,").lower() in (
            "",
            "in a statement",
            "in a speech",
            "in an interview",
        ):
            return index
    return None


def date_of_statement(report: Report, number: int, act: Speech) -> int | None:
    """The day of a statement: that of its words of speech, or one that stands before what is said begins.

    "Told the council on Tuesday that", "said in Geneva on Tuesday", "called on all sides on Thursday to": the reported
    words begin with "that" or behind a mark, and a date in them is theirs.
    """
    index = date_of_speech(report, number, act)
    if index is not None:
        return index
    until = reported_from(report, number, act)
    for index in report.dates_in[number]:
        date = report.days[index]
        if act.end <= date.start and date.end <= until and not is_long(date):
            return index
    return None


def reported_from(report: Report, number: int, act: Speech) -> int:
    """Where the words that ``act`` reports begin, behind it."""
    end = report.sentences[number].end
    content = _CONTENT.search(report.text, act.end, end)
    return content.start() if content is not None else end
