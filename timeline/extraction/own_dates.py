"""Which dates does a report write about itself: in its header, its dateline, or below its end?

Looks at where a full date stands and what stands beside it, and settles which way figures are read. What else dates a
report, its story and events already known, is left to dating.py.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from timeline.extraction import calendar as cal
from timeline.extraction.datewords import ALL_WEEKDAYS, MONTH, WEEKDAY, as_month
from timeline.extraction.records import DateSpan, Sentence
from timeline.extraction.told_days import Told, to_come, told_days

# A header stands above the story, after its headline, or the headline twice and the line below a picture; a footer is
# a line or two. Elsewhere a full date belongs to the story. In characters.
_HEAD, _FOOT = 400, 200
# How sure each kind of place makes it. They order the proposals; an editor sees the words. Set by reading the heads of
# 624 reports of fifteen outlets, in which a date of the first six kinds was the day of publication every time.
_OPENS, _LABELLED, _DATELINE, _LINE, _NAMED_DAY, _TIMED = 0.95, 0.95, 0.95, 0.9, 0.9, 0.85
_UPDATED, _ELSEWHERE, _ENDS, _RUNS_ON = 0.75, 0.7, 0.65, 0.4
_UNSURE_LOSS, _TOLD_LATER_LOSS = 0.2, 0.3
# Of what the first of two readings leaves, this share is the other's: they exclude each other.
_OTHER_READING = 0.8

_WINDOW = 64
_CLOCK = (
    r"\d{1,2}[:.h]\d\d(?!\d)(?::\d\d)?\s?(?:[ap]\.?m\.?)?"
    r"(?:\s?(?:GMT|UTC|EST|EDT|BST|EET|EEST|CET|MSK|local\stime)(?:[+-]\d{1,2})?)?"
)
_LABEL = re.compile(
    r"(?:\A|(?<=[\s(\[|•·*–—-]))(?P<lead>(?:first|originally|last|latest|date|time|story|article)\s(?:of\s)?)?"
    r"(?P<label>published|publication|posted|released|issued|dated?|created|filed|uploaded|added|publié[es]?|paru[es]?"
    r"|نشرت?|نُشر|تاريخ\sالنشر|التاريخ|(?P<updated>updated?|modified|edited|revised|mise?\sà\sjour|modifié[es]?|آخر\sتحديث))"
    r"(?:\s(?:by|in|par)\s[^\n]{1,40}?)?(?:,?\s?(?:on|at|le|à|في|بتاريخ))?\s?(?P<colon>[:|–—-])?\s?"
    rf"(?:(?:at\s)?{_CLOCK},?\s?[-–|]?\s?)?(?:on\s|le\s)?\Z",
    re.IGNORECASE,
)
# "This article was first published on": the report speaks of itself.
_OF_ITSELF = re.compile(
    r"\b(?:this|the)\s(?:article|story|report|piece|page|post|text|item)(?:\s\w+){0,3}?\s"
    r"(?:(?P<updated>updated|amended|modified|corrected)|published|posted|issued|appeared)(?:\s(?:in\sprint|online))?\s(?:on\s)?\Z"
    r"|\b(?:a\sversion\sof\s)?this\s(?:article|story|report)\s(?:appears|appeared)\sin\sprint\s(?:on\s)?\Z"
    r"|\bcet\sarticle\sa\s(?:été\s)?(?:publié|paru)\s(?:le\s)?\Z",
    re.IGNORECASE,
)
# "By A. Writer, …", "Par A. Ecrivain, le …": who wrote it, at the beginning of a line, and when.
_BYLINE = re.compile(
    r"(?:\A|\n)\s{0,4}(?:[Bb]y|BY|[Pp]ar|بقلم)\s(?:(?:[A-Z\u0600-\u06ff][\w.'’-]*|and|et|for|pour),?\s){1,8}(?:on\s|le\s)?\Z"
)
_AGENCY = r"(?:Reuters|AFP|AP|SANA|Xinhua|dpa|DPA|ANHA|TASS|Interfax|Sputnik|Anadolu|UPI|KUNA|WAM|NNA|Petra|IRNA)"
_AGENCY_AFTER = re.compile(rf"['’]?\s?,?\s?(?:\([A-Z][\w\s./-]{{1,24}}\)|[-–—]{{1,2}}\s?{_AGENCY}\b|{_AGENCY}\s?[-–—])")
_AGENCY_BEFORE = re.compile(rf"\b{_AGENCY}\s?[,:|/-]?\s\Z")
# "… at the scene on 6 August 2016 (AFP Photo) Ten people": below a picture, the day and the owner of the picture.
_CREDIT_AFTER = re.compile(r"\.?\s?\([^()\n]{2,40}\)\s?(?![-–—])")
# "DAMASCUS, 30 May 2012 - …": a place in capitals, or at the beginning of a line, and a dash behind the date.
_PLACE_BEFORE = re.compile(r"(?:\b[A-Z]{3}[A-Z'’ ,.-]{0,40}|(?:\A|\n)\s?[A-Z][\w'’ .-]{2,30}),?\s\Z")
_DASH_AFTER = re.compile(r"\s?[-–—]{1,2}\s?[A-Z\"“'‘\u0600-\u06ff]")
_TOLD_BEFORE = re.compile(
    r"(?:^|\W)(?:on|in|of|since|until|till|from|by|to|after|before|between|and|during|the|an?|this|that|around|for"
    r"|through|than|its|his|their|le|du|au|depuis|dès|en|في|منذ|حتى|يوم)(?:\s(?:the|le))?\s\Z",
    re.IGNORECASE,
)
_INTRODUCED = ("on ", "the", "le ")
# A header is over where it ends; a date inside a sentence goes on in small letters. A byline may follow it.
_GOES_ON = re.compile(r",?\s(?!(?:by|at|par|à)\b)[a-zé]")
_TIME_AFTER = re.compile(rf"\s?[,|–-]?\s?(?:(?:at|à)\s)?(?:{_CLOCK}|[0-2]\d[0-5]\d(?:[0-5]\d)?\b(?!\s[a-z]))")
_TIME_BEFORE = re.compile(rf"(?:{_CLOCK}|\b[0-2]\d[0-5]\d)\s?[,|–-]?\s?\Z")
_A_WEEKDAY = rf"(?:{WEEKDAY}|(?:mon|tues?|wed|thu(?:rs)?|fri|sat|sun)\b\.?)"
_WEEKDAY = re.compile(_A_WEEKDAY, re.IGNORECASE)
_WEEKDAY_AFTER = re.compile(rf"\s?[,(/]?\s?(?P<weekday>{_A_WEEKDAY})", re.IGNORECASE)
_SENTENCE_OVER = re.compile(r"(?:[.!?…\"”’)\]|]|\n)\s{0,4}\Z")
_NOTHING_AFTER = re.compile(rf"[\s.)\]|,]{{0,4}}(?:(?:at\s)?(?:{_CLOCK}|\d{{4}}))?[\s.)\]|]{{0,4}}\Z")

_FIGURES = re.compile(r"(?P<first>\d\d?)(?P<mark>[-/.])(?P<second>\d\d?)(?P=mark)(?P<year>\d{4})")
_BARE_DAY = re.compile(
    rf"(?:(?P<month>{MONTH})\s{{1,4}}(?P<day>\d\d?)|(?P<day2>\d\d?)\s{{1,4}}(?P<month2>{MONTH}))\b", re.IGNORECASE
)
# A day told without its year is mostly of the last weeks. Of two readings of a header the one that makes it so is taken,
# where the other puts it further back than the second bound. In days.
_JUST_PAST, _LONG_PAST = 35, 60
# How many dates without their year are weighed.
_WEIGHED = 12


@dataclass(frozen=True, slots=True)
class OwnDate:
    """A day that the report writes as its own. ``index`` is that of the date it is read from."""

    index: int
    date: dt.date
    confidence: float
    basis: str


def own_dates(text: str, sentences: Sequence[Sentence], dates: Sequence[DateSpan]) -> tuple[OwnDate, ...]:
    """The days that the report writes as its own, each once, the likeliest first.

    ``dates`` are those that find_dates reads in ``text`` without a publication date.
    """
    found = _at_the_edges(text, dates)
    if not found:
        return ()
    told = told_days(text, sentences, dates, {own.index for own in found})
    days: dict[dt.date, OwnDate] = {}
    for own in found:
        for reading in _readings(text, sentences, dates, own, found, told):
            known = days.get(reading.date)
            if known is None or known.confidence < reading.confidence:
                days[reading.date] = reading
    # sorted is stable: of equals, the one that stands first in the report
    return tuple(sorted(days.values(), key=lambda own: -own.confidence))


def day_without_year(text: str, dates: Sequence[DateSpan]) -> tuple[int, int, int] | None:
    """The day of a dateline that leaves the year out, "BEIRUT, May 30 (Reuters) -": its index, the month, the day."""
    for index, span in enumerate(dates):
        if span.start >= _HEAD:
            return None
        match = _BARE_DAY.search(span.text) if span.value is None else None
        if match is None:
            continue
        before = text[max(0, span.start - _WINDOW) : span.start]
        by_place = _PLACE_BEFORE.search(before) and _DASH_AFTER.match(text, span.end)
        if by_place or _AGENCY_AFTER.match(text, span.end) or _AGENCY_BEFORE.search(before):
            return index, as_month(match["month"] or match["month2"]), int(match["day"] or match["day2"])
    return None


def _at_the_edges(text: str, dates: Sequence[DateSpan]) -> list[OwnDate]:
    """The full dates of the head and the foot that are no part of the story."""
    found = []
    foot = max(_HEAD, len(text.rstrip()) - _FOOT)
    for index, span in enumerate(dates):
        if span.relative or span.precision != "day" or span.earliest is None:
            continue
        if span.start < _HEAD:
            place = _in_the_head(text, span)
        elif span.start >= foot:
            place = _in_the_foot(text, span)
        else:
            continue
        if place is not None:
            confidence, reason = place
            basis = f"'{' '.join(span.text.split())}' {reason}"
            found.append(OwnDate(index, span.earliest, confidence, basis))
    return found


def _in_the_head(text: str, span: DateSpan) -> tuple[float, str] | None:
    """How sure its place makes a date at the top the day of publication, and why; None where the date is told."""
    before = text[max(0, span.start - _WINDOW) : span.start]
    labelled = _labelled(before, span)
    if labelled is not None:
        return labelled
    begins = not before.rstrip(" \t\u00a0") or before.rstrip(" \t\u00a0").endswith("\n")
    if _CREDIT_AFTER.match(text, span.end) and not begins and not _PLACE_BEFORE.search(before):
        return None
    if _AGENCY_AFTER.match(text, span.end) or _AGENCY_BEFORE.search(before):
        return _DATELINE, "stands in the dateline, beside the agency's name"
    if _BYLINE.search(text[: span.start] if span.start < _WINDOW else before):
        return _LINE, "stands in the byline"
    timed = _TIME_AFTER.match(text, span.end) or _TIME_BEFORE.search(before)
    # "Le 30 mai 2012 à 10h20": French headers have the article
    introduced = span.text[:3].lower() in _INTRODUCED and not (begins and timed)
    if introduced or _TOLD_BEFORE.search(before):
        return None
    if _PLACE_BEFORE.search(before) and _DASH_AFTER.match(text, span.end):
        return _DATELINE, "stands in the dateline, after the place"
    if _GOES_ON.match(text, span.end):
        return _RUNS_ON, "stands at the top, though its sentence goes on"
    if not text[: span.start].strip():
        return _OPENS, "opens the report"
    if begins:
        return _LINE, "begins a line at the top of the report"
    if _WEEKDAY.match(span.text):
        return _NAMED_DAY, "stands at the top with its weekday, as a header writes it"
    if timed:
        return _TIMED, "stands at the top with an hour, as a header writes it"
    return _ELSEWHERE, "stands at the top of the report"


def _in_the_foot(text: str, span: DateSpan) -> tuple[float, str] | None:
    """The same for a date at the end, where only a label, or standing alone, sets it apart from the story."""
    before = text[max(0, span.start - _WINDOW) : span.start]
    labelled = _labelled(before, span)
    if labelled is not None:
        return labelled
    if span.text[:3].lower() in _INTRODUCED or not _NOTHING_AFTER.match(text, span.end):
        return None
    if _SENTENCE_OVER.search(before) or _AGENCY_BEFORE.search(before):
        return _ENDS, "stands alone below the end of the report"
    return None


def _labelled(before: str, span: DateSpan) -> tuple[float, str] | None:
    """'Published:', 'Last updated at', '(updated 1935': a label. 'A report published on' is part of a sentence."""
    of_itself = _OF_ITSELF.search(before + span.text[:3] if span.text[:3].lower() in _INTRODUCED else before)
    if of_itself is not None:
        updated = of_itself["updated"]
        return (_UPDATED, "is when it says it was updated") if updated else (_LABELLED, "is when it says it came out")
    match = _LABEL.search(before)
    if match is None:
        return None
    label = match["lead"] or match["label"]
    opens = before[: match.start()].rstrip(" \t")[-1:] in ("", "\n", "(", "[", "|", "•", "·")
    if not (match["colon"] or label[0].isupper() or opens or label[0] > "\u0600"):
        return None
    if match["updated"]:
        return _UPDATED, "is labelled as the day of the last update"
    return _LABELLED, "is labelled as the day of publication"


def _readings(
    text: str,
    sentences: Sequence[Sentence],
    dates: Sequence[DateSpan],
    own: OwnDate,
    found: Sequence[OwnDate],
    told: Told,
) -> list[OwnDate]:
    """The date as it is read; both readings of figures that nothing settles, the day first."""
    other = _month_first(dates[own.index])
    if other is not None:
        swapped = replace(own, date=other)
        settled = _settle(text, sentences, dates, own, swapped, found, told)
        if settled is not None:
            return [_checked(settled, told)]
        words = f"{own.basis}; unsure: day first, as the region writes, it is {cal.in_words(own.date)}"
        words += f", month first it would be {cal.in_words(other)}"
        sure = round(own.confidence - _UNSURE_LOSS, 2)
        rest = round(min(sure - 0.05, (1 - sure) * _OTHER_READING), 2)
        return [
            _checked(replace(own, confidence=sure, basis=words), told),
            _checked(replace(swapped, confidence=rest, basis=words), told),
        ]
    return [_checked(own, told)]


def _month_first(span: DateSpan) -> dt.date | None:
    """The other day that figures may name; None for a date that reads one way."""
    match = _FIGURES.search(span.text)
    if match is None or _WEEKDAY.match(span.text):
        return None
    first, second = int(match["first"]), int(match["second"])
    if first == second or not 1 <= first <= 12 or not 1 <= second <= 12:
        return None
    return dt.date(int(match["year"]), first, second)


def _settle(
    text: str,
    sentences: Sequence[Sentence],
    dates: Sequence[DateSpan],
    day_first: OwnDate,
    month_first: OwnDate,
    found: Sequence[OwnDate],
    told: Told,
) -> OwnDate | None:
    """The one of two readings that something else in the report decides for; None where nothing does."""
    pair = (day_first, month_first)
    beside = _WEEKDAY_AFTER.match(text, dates[day_first.index].end)
    if beside:
        weekday = ALL_WEEKDAYS.get(beside["weekday"].lower().rstrip("."))
        fitting = [own for own in pair if own.date.weekday() == weekday]
        if len(fitting) == 1:
            return _because(fitting[0], f"a {cal.WEEKDAYS[fitting[0].date.weekday()]}, as the report says")
    same = {own.date for own in found if own.index != day_first.index and _month_first(dates[own.index]) is None}
    fitting = [own for own in pair if own.date in same]
    if len(fitting) == 1:
        return _because(fitting[0], "as another date of its header has it")
    if told.past is not None and told.past.earliest is not None:
        fitting = [own for own in pair if own.date >= told.past.earliest]
        if len(fitting) == 1:
            return _because(fitting[0], f"as the report tells of '{told.past.text}' as past")
    return _by_days_without_year(text, sentences, dates, pair)


def _because(own: OwnDate, reason: str) -> OwnDate:
    return replace(own, basis=f"{own.basis}; {cal.in_words(own.date)}, {reason}")


def _by_days_without_year(
    text: str, sentences: Sequence[Sentence], dates: Sequence[DateSpan], pair: tuple[OwnDate, OwnDate]
) -> OwnDate | None:
    """'August 21', told as past: of the two readings that which makes it a matter of weeks, if the other does not."""
    votes: list[tuple[OwnDate, str]] = []
    starts = [sentence.start for sentence in sentences]
    bare = [d for d in dates if d.value is None and any(c.isdigit() for c in d.text)]
    for span in bare[:_WEIGHED]:
        match = _BARE_DAY.search(span.text)
        if match is None:
            continue
        sentence = sentences[max(0, bisect_right(starts, span.start) - 1)]
        if to_come(text, sentence, span):
            continue
        gaps = [_gap(own.date, as_month(match["month"] or match["month2"]), match) for own in pair]
        for own, gap, other in zip(pair, gaps, reversed(gaps), strict=True):
            if gap <= _JUST_PAST and other >= _LONG_PAST:
                votes.append((own, span.text))
    if not votes or len({own.date for own, _ in votes}) > 1:
        return None
    return _because(votes[0][0], f"near which the report tells of '{votes[0][1]}' without a year")


def _gap(published: dt.date, month: int, match: re.Match[str]) -> int:
    """Days from the latest such day of a year up to publication; a long time where no near year has it."""
    day = int(match["day"] or match["day2"])
    for year in (published.year, published.year - 1):
        try:
            date = dt.date(year, month, day)
        except ValueError:
            continue
        if date <= published:
            return (published - date).days
    return _LONG_PAST


def _checked(own: OwnDate, told: Told) -> OwnDate:
    """A report cannot tell of a past after its own day: such a date is less sure, and says so."""
    if told.past is None or told.past.earliest is None or own.date >= told.past.earliest:
        return own
    words = f"{own.basis}; yet the report tells of '{' '.join(told.past.text.split())}' as past"
    return replace(own, confidence=round(max(0.05, own.confidence - _TOLD_LATER_LOSS), 2), basis=words)
