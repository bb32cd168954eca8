"""What a reader knows who meets a date: when the report was published, which day is told, which way the verbs look.

The rules that read dates ask here; none of them is kept here.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

from timeline.extraction import calendar as cal
from timeline.extraction.calendar import Days
from timeline.extraction.records import Sentence


@dataclass(frozen=True, slots=True)
class Reading:
    """An expression up to ``end`` and what it names; ``days`` is None where ``basis`` says what is missing."""

    end: int
    days: Days | None
    relative: bool
    basis: str
    # Only a day of the calendar can be introduced by "on"; the words before it then belong to the expression.
    takes_on: bool = False


Reader = Callable[[re.Match[str], "Telling"], Reading | None]
# Patterns with the function that reads what they match, in the order in which they are tried.
Rules = tuple[tuple[re.Pattern[str], Reader], ...]


@dataclass(slots=True)
class Telling:
    """Where the reading of one report stands: the sentence at hand, and the dates told so far."""

    text: str
    published: dt.date | None
    read_at: Callable[[Telling, int], Reading | None]
    # The rules to try at a number: those of the languages whose letters stand in the text.
    number_rules: Rules = ()
    start: int = 0
    end: int = 0
    told: Days | None = None
    told_day: dt.date | None = None
    told_at: int = -1
    told_end: int = -1
    quarter: Days | None = None
    # Whether results of most of a year are being told: "a year earlier" is then the year before.
    whole_years: bool = False
    aside: Days | None = None
    depth: int = 0
    _verbs: tuple[list[int], list[int], list[bool | None]] | None = None
    _before: tuple[int, str] = (-1, "")
    # The words of values and reasons, each kept once: hostile text repeats them by the hundred thousand.
    kept: dict[str, str] = field(default_factory=dict)

    def enter(self, sentence: Sentence) -> None:
        """Go on to the next sentence. A new paragraph comes back from nine months' results to the quarter's."""
        if self.whole_years and "\n" in self.text[self.end : sentence.start]:
            self.quarter, self.whole_years = self.aside, False
        self.start, self.end = sentence.start, sentence.end
        self._verbs = None
        self._before = (-1, "")

    def verbs(self) -> tuple[list[int], list[int], list[bool | None]]:
        """Where the verbs of the sentence that look ahead or back begin and end, and whether they look ahead."""
        if self._verbs is None and self.end - self.start > LONGEST_SENTENCE:
            self._verbs = ([], [], [])
        if self._verbs is None:
            found = [
                (m.start(), m.end(), None if m["planned"] else m["ahead"] is not None)
                for m in _VERB.finditer(self.text, self.start, self.end)
            ]
            self._verbs = (
                [start for start, _, _ in found],
                [end for _, end, _ in found],
                [ahead for _, _, ahead in found],
            )
        return self._verbs

    def tell(self, days: Days) -> None:
        """Remember the days just named: "the next day" and "a year earlier" count from them."""
        self.told = days
        if days.precision == "day":
            self.told_day = days.earliest
            self.told_at = self.start

    def anchor(self, unit: str) -> dt.date | None:
        """The day from which a count of ``unit`` goes on; None where what is told is less exact than that.

        "Later that month", after a year alone, is in no month that the text names.
        """
        if unit in ("day", "week", "weekend"):
            return self.told_day
        if self.told is None or (unit == "month" and self.told.precision in _COARSER_THAN_A_MONTH):
            return None
        return self.told.earliest

    def year_of(self, which: str) -> tuple[int, str] | None:
        """The year that "last" or "that" points to, and what it counts from; None where that is not said.

        Raises nothing: the caller has asked for the words of WHICH_YEAR.
        """
        word = " ".join(which.lower().split()).removeprefix("the ")
        near = {"last": -1, "this": 0}.get(word, 1 if which.lower() == "next" else None)
        if near is not None:
            if self.published is None:
                return None
            return self.published.year + near, f"publication on {cal.in_words(self.published)}"
        if self.told is None:
            return None
        step = {"previous": -1, "following": 1, "next": 1}.get(word, 0)
        return self.told.earliest.year + step, f"what is being told, {cal.days_in_words(self.told)}"

    def word_before(self, position: int) -> str:
        """The word just before ``position``, in small letters; '' where the sentence or a clause begins."""
        if self._before[0] != position:  # several rules ask at one place
            window = self.text[max(self.start, position - _WORD_WINDOW) : position]
            found = _LAST_WORD.search(window)
            self._before = (position, found[1].lower() if found else "")
        return self._before[1]

    def keep(self, words: str) -> str:
        return self.kept.setdefault(words, words)

    def word_before_the(self, start: int) -> str:
        """The word before the article that stands just before ``start``: 'over [the] weekend'."""
        position = self.text.rfind("the", max(self.start, start - _ARTICLE_WINDOW), start)
        return self.word_before(position) if position >= 0 else ""

    def inner(self, position: int) -> Reading | None:
        """The expression at ``position``, inside the one at hand: 'late [last week]'; None where it goes too deep."""
        if self.depth >= _DEEPEST:
            return None
        self.depth += 1
        found = self.read_at(self, position)
        self.depth -= 1
        return found

    def capital_before(self, position: int) -> bool:
        """Whether a capitalised word stands just before that does not open the sentence: 'Theresa May'."""
        first = max(self.start, position - _WORD_WINDOW)
        found = _LAST_WORD.search(self.text[first:position])
        return found is not None and found[1][0].isupper() and first + found.start(1) > self.start

    def rest(self, position: int, length: int = 24) -> str:
        """What follows in the same sentence, ``length`` characters of it."""
        return self.text[position : min(self.end, position + length)]


def needs_published(quote: str) -> str:
    return f"'{tidy(quote)}' needs the publication date, which this report does not give"


def tidy(quote: str) -> str:
    """The words of a quote without its line breaks, as a basis cites them."""
    return " ".join(quote.split())


def reading_of(match: re.Match[str], telling: Telling, days: Days | None, basis: str, *, on: bool = False) -> Reading:
    if days is None and telling.published is None:
        basis = needs_published(match.group())
    return Reading(match.end(), days, True, basis, takes_on=on)


def from_publication(match: re.Match[str], telling: Telling, days: Days) -> Reading:
    assert telling.published is not None  # the callers have asked
    return reading_of(
        match, telling, days, f"'{tidy(match.group())}' counted from publication on {cal.in_words(telling.published)}"
    )


def from_told(match: re.Match[str], telling: Telling, anchor: dt.date, days: Days) -> Reading:
    """The days counted from what is told; none where they would be a past after the report's own publication."""
    told, published = telling.told, telling.published
    if published and days.earliest > published >= anchor and not lies_ahead(telling, match.start(), match.end()):
        on = cal.in_words(published)
        basis = f"'{tidy(match.group())}' of {cal.in_words(anchor)} would be after publication on {on}: unsure"
        return reading_of(match, telling, None, basis)
    words = (
        cal.days_in_words(told)
        if told and told.earliest == anchor and days.precision not in ("day", "week")
        else cal.in_words(anchor)
    )
    return reading_of(match, telling, days, f"'{tidy(match.group())}' counted from what is being told, {words}")


def unanchored(match: re.Match[str], telling: Telling) -> Reading:
    return reading_of(
        match, telling, None, f"'{tidy(match.group())}' counts from something whose day the text does not say"
    )


_COARSER_THAN_A_MONTH = frozenset(("season", "year", "decade"))
# Three expressions inside one another ("late in the first week of May") is as deep as news goes.
_DEEPEST = 3
_ARTICLE_WINDOW = 12
_WORD_WINDOW = 24
_LAST_WORD = re.compile(r"([^\W_]+)['’]?[\s-]{0,8}\Z")

# A "sentence" longer than this, in characters, is a table or a broken page: no verb in it belongs to a date.
LONGEST_SENTENCE = 20_000
# How far from a date its verb is looked for, in characters: about the length of a clause.
_LEFT, _RIGHT = 110, 70
# Where a dateline may stand, after a headline at most, in characters; how long after it a report still comes out.
_DATELINE_WINDOW = 240
_DATELINE_LAG = dt.timedelta(days=31)
_DATELINE_AFTER = re.compile(
    r",?\s?(?:\([A-Z][\w\s./-]{1,24}\)\s?(?:[-–—]|$)|[-–—]{1,2}\s?(?:Reuters|AFP|AP|SANA|Xinhua|Interfax)\b)"
)
# A verb this near before a day without its year is that day's own.
_DIRECT = 40
# A verb within these characters after the date is the date's own.
_AT_ONCE = 3
# How far ahead a date without its year is still the nearest that a reader thinks of; how many years round are tried.
_NEAR = dt.timedelta(days=65)
# Reports that tell as past a day without its year that lies so little ahead mean, as far as measured, that day: they
# were dated in another zone, or before they were done. As none can tell a past after itself, the day is left open.
_JUST_AFTER = dt.timedelta(days=3)
_NEAR_MONTHS = 2
_MONTHS_A_YEAR = 12
_YEARS_ROUND = 8
_DAYS_KEPT = 1024
# What must be done "by February" may lie half a year ahead.
_FAR_MONTHS = 5
_PARTS = frozenset(("early", "mid", "late"))
_DEADLINE = frozenset("until till by through for before to est gmt edt".split())
_OWNED = re.compile(r"['’]s\s")
_OWNED_AHEAD = re.compile(
    r"['’]s\s(?:\w{1,20}\s)?(?:election|elections|vote|meeting|summit|deadline|talks|session|conference|hearing|poll|polls|referendum)\b"
)
_SOON = re.compile(
    r"\b(?:as\s(?:soon|early)\sas|ahead\sof|deadline\s(?:of|to|until)|is|(?:is|are)\s(?:on|for)|no\slater\sthan|until\s\d{1,2}\s[ap]\.?m\.?)\s(?:on\s)?\Z",
    re.IGNORECASE,
)
_SOON_WINDOW = 32
# "until 9 a.m. " ends in a stop, where no word stands
_SOON_ENDS = frozenset(("", "as", "of", "to", "until", "than", "m", "on", "is", "for"))
_MODAL = r"(?:will|won['’]t|shall|would|should|(?-i:may)|might|could|can|must|['’]ll)"
_ADVERBS = r"(?:\s(?:not|also|only|then|likely|now|still|all|each|again|soon|[a-z]+ly)){0,2}"
_AHEAD = (
    rf"(?!could\s?n[o'’]){_MODAL}{_ADVERBS}(?:\s(?:be|have|get))?(?:\s\w+(?:ed|en|eld|et|ade|nt|ut|ing|aid|old|ght))?"
    r"|(?:is|are|was|were)?\s?(?:expect|plan|decid|schedul|agree|vow|pledg|promis|intend|hop|prepar|invit|slat|aim)\w{0,4}"
    r"\s(?:[\w-]+\s){0,3}?(?:to|for|on)(?:\sbe)?(?:\s\w+(?:ed|eld|en)\b)?"
    r"|(?:is|are|be)\s(?:to|due|set|going|scheduled|planned|expected|likely|ready|slated)\b(?:\sto)?(?:\sbe)?(?:\s\w+(?:ed|eld|en)\b)?"
    r"|(?:slated|scheduled|planned|ready|expected|forecast)\s(?:to|for|on|in)(?:\sbe)?(?:\s\w+(?:ed|eld|en)\b)?"
    r"|due\b(?!\sto\b)(?:\s(?:for|on|in|out|back))?|(?:has|have|had|gave|gives?|given)\s(?:[\w-]+\s){0,3}?until"
    r"|set\s(?:to|for)|(?:postponed|delayed|extended|adjourned|suspended)\s(?:[\w-]+\s){0,5}?(?:until|till|to)"
    r"|upcoming|coming|forthcoming|ahead\sof|deadline|no\slater\sthan|payable|effective|expires?|runs\sout|takes\splace|(?-i:begins|starts|ends|closes|opens(?!\sfire)|resumes|convenes|departs|arrives|returns|leaves(?=\s(?:for|on|[A-Z]))|travels|flies|visits|goe?s?\sto)"
    r"|(?:is|are|takes?|take)\s(?:meeting|leaving|arriving|visiting|travelling|traveling|effect|office|heading)|(?:comes?|enters?)\sinto\s(?:force|effect)|reconvenes?|has\s(?:set|scheduled|called)"
    r"|(?:(?-i:meets?)|calling\sfor|holders\sof\srecord)|to\sbe\s\w+(?:ed|eld|en|ade|ut)|(?:is|are|was|were)\s(?:being\s)?planned|(?-i:plan|plans|planned|planning)\s(?:to|for|an?|more|new|further|another|mass|fresh)\b|(?:was|were)\sto\s(?-i:[a-z]{3,20})|hopes?\sto|intends?\sto|wants?\sto"
)
_BEHIND = (
    r"said|told|was|were|had|did|been|(?-i:(?!un|preferred|armed|united|alleged|so-called)[a-z]{3,20}ed)|could(?:\snot|n['’]t)|came|began|went|took|made|held|met|fell|left|shot|found|saw|gave|got|ran|wrote|sent"
    r"|brought|spoke|struck|fought|hit|broke|rose|put|led|lost|won|cut|became|grew|flew|drove|threw|burnt|drew|kept|knew|set|says|reports"
    r"|tore|bore|wore|stood|sat|swore|sank|shook|fled|slept|dealt|meant|paid|sold|bought|caught|taught|thought|sought|built"
    r"|chose|froze|stole|hid|laid|lent|spent|swept|hung|stuck|swung|rode|arose|woke|bled|fed"
    r"|since|after|has|have"
)
# "It had been due to end on Friday": it lies on neither side by these words alone.
_PLANNED = (
    r"(?:had|have|has)\s(?:previously\s)?been\s(?:due|set|scheduled|planned|expected)(?:\s(?:to|for|on|by)(?:\s\w+)?)?"
)
# Figures and the names of days and months are no verbs; to say so first spares a page of dates a hundred alternatives.
_NO_VERB = rf"(?![\d_]|(?-i:(?:{'|'.join((*cal.WEEKDAYS, *cal.MONTHS))})\b))"
_VERB = re.compile(
    rf"\b{_NO_VERB}(?:(?P<planned>{_PLANNED})|(?P<ahead>{_AHEAD})|(?P<behind>{_BEHIND}))\b", re.IGNORECASE
)


# "Agreed on Sunday to go", "agreed in Geneva on Monday to go": what is settled lies ahead, that it was is over. The "on" is
# the date's.
_DONE = re.compile(r"\s?(?:agreed|decided|vowed|pledged|promised)\s(?:[\w-]+\s){0,3}?on", re.IGNORECASE)


def looks(telling: Telling, start: int, end: int, left: int = _LEFT, right: int = _RIGHT) -> bool | None:
    """Which way the clause looks: True to what is to come, False to what has been, None where no verb near says.

    The last verb before the date decides, unless one follows the date at once: "on Sunday issued …".
    """
    starts, ends, aheads = telling.verbs()
    number = bisect_left(starts, start)
    before = number - 1 if number and start - starts[number - 1] <= left else None
    while number < len(starts) and starts[number] < end:
        number += 1
    after = number if number < len(starts) and starts[number] - end <= right else None
    if before is not None and after is not None and starts[after] - end < min(_AT_ONCE, start - ends[before]):
        # "on Sunday issued", but not "began on Sunday hoping to win": a participle leans on the verb before it
        verb = telling.text[starts[after] : ends[after]].split()[0]
        if not verb.endswith("ing"):
            return aheads[after]
    if before is not None and _DONE.fullmatch(telling.text, starts[before], ends[before]):
        return False
    if before is not None and ends[before] > start:
        # The cue holds the date: "agreed in April to go" is told as past, "is due on Friday to go" is not.
        return not telling.text[starts[before] : start].split()[0].endswith("ed")
    decides = after if before is None else before
    return None if decides is None else aheads[decides]


def lies_ahead(telling: Telling, start: int, end: int) -> bool:
    """Whether the clause speaks of what is to come. Without a sign of it, it does not: news tells the past.

    "Wednesday's ruling" is over, unless it is a vote or a meeting and the verbs look ahead.
    """
    if _OWNED.match(telling.text, end, telling.end) and not _OWNED_AHEAD.match(telling.text, end, telling.end):
        return False
    return bool(looks(telling, start, end)) or (
        telling.word_before(start) in _SOON_ENDS
        and _SOON.search(telling.text, max(telling.start, start - _SOON_WINDOW), start) is not None
    )


def nearest_month(telling: Telling, number: int, start: int, end: int) -> tuple[int, bool] | None:
    """The year of a month named alone, and whether it is still to come; None without a publication date.

    It is the latest that has begun by publication, or the next where the words look ahead and that is no stretch.
    """
    published = telling.published
    if published is None:
        return None
    ahead = looks(telling, start, end)
    if ahead is False and looks(telling, start, end, left=_DIRECT) is None:
        ahead = None
    leading = telling.word_before(start)
    if leading in _PARTS:  # "until mid-November"
        leading = telling.word_before(telling.text.rindex(leading[1:], 0, start) - 1)
    if number == published.month:
        return published.year, False
    months_to_come = (number - published.month) % _MONTHS_A_YEAR
    just_past = _MONTHS_A_YEAR - months_to_come <= _NEAR_MONTHS
    if (
        (ahead and not just_past)
        or (months_to_come <= _NEAR_MONTHS and (ahead is None or leading in _DEADLINE))
        or (months_to_come <= _FAR_MONTHS and leading in ("by", "until"))
    ):
        return published.year + (number < published.month), True
    return published.year - (number > published.month), False


def nearest_day(
    telling: Telling, number: int, day: int, span: tuple[int, int], weekday: int | None
) -> tuple[dt.date, bool] | None:
    """The day meant by a day and month without a year, and whether it is still to come; None where no near year has it.

    The latest such day not after publication, as news tells the past; the next one where the words look ahead, or where
    nothing looks back and it is only weeks away. Whatever the verbs, nobody means next year's by a day just past. A
    weekday said with it picks the nearest year in which it fits.
    """
    published = telling.published
    if published is None:
        return None
    if weekday is not None:
        fitting = _fitting(published, number, day, weekday)
        if fitting is not None:
            return fitting, fitting > published
    if (published.month, published.day) == (number, day):
        return published, False
    past, coming = _round(published, number, day)
    ahead = looks(telling, *span)
    if ahead is False and looks(telling, *span, left=_DIRECT) is None:
        ahead = None  # a verb further off governs something else: "ordered the firm to pay on Dec. 7"
    near = coming is not None and coming - published <= _NEAR
    just_past = past is not None and published - past <= _NEAR
    if coming is not None and (
        (ahead and not just_past) or (near and (ahead is None or telling.word_before(span[0]) in _DEADLINE))
    ):
        return coming, True
    return (past, False) if past else None


def just_after(published: dt.date, month: int, day: int) -> dt.date | None:
    """The day, where it comes within days after publication: told as past, it puts the report's own date in doubt."""
    coming = _round(published, month, day)[1]
    return coming if coming is not None and coming - published <= _JUST_AFTER else None


def unsure_of_year(telling: Telling, month: int, day: int, chosen: dt.date, span: tuple[int, int]) -> str:
    """What to say where no verb tells a day just ahead from the same day nearly a year ago; '' where one does."""
    assert telling.published is not None  # the callers have asked
    past, coming = _round(telling.published, month, day)
    if past is None or coming is None or coming - telling.published > _NEAR:
        return ""
    if chosen == telling.published or looks(telling, *span) is not None:
        return ""
    other = past if chosen == coming else coming
    return f"; unsure: it may also be {cal.in_words(other)}"


def in_dateline(telling: Telling, span: tuple[int, int]) -> bool:
    """Whether the day stands in the dateline of a report: 'BEIRUT, May 30 (Reuters) -'."""
    return span[0] <= _DATELINE_WINDOW and _DATELINE_AFTER.match(telling.text, span[1]) is not None


def nearest_either_way(published: dt.date, month: int, day: int) -> tuple[dt.date, str] | None:
    """The day of a dateline, which is written near publication, and what to say of it."""
    if (published.month, published.day) == (month, day):
        return published, "the day of publication, as a dateline is written without its year"
    past, coming = _round(published, month, day)
    both = sorted((date for date in (past, coming) if date is not None), key=lambda date: abs(date - published))
    if not both:
        return None
    basis = f"a dateline without its year: the day nearest to publication on {cal.in_words(published)}"
    if len(both) > 1 and abs(both[0] - published) > _DATELINE_LAG:
        basis += f"; unsure: it may also be {cal.in_words(both[1])}"
    return both[0], basis


def choose_day(
    published: dt.date, month: int, day: int, weekday: int | None, ahead: bool
) -> tuple[dt.date, bool] | None:
    """As nearest_day, where it is already known whether the words look ahead."""
    if weekday is not None:
        fitting = _fitting(published, month, day, weekday)
        if fitting is not None:
            return fitting, fitting > published
    if (published.month, published.day) == (month, day):
        return published, False
    past, coming = _round(published, month, day)
    just_past = past is not None and published - past <= _NEAR
    if ahead and coming is not None and not just_past:
        return coming, True
    return (past, False) if past else None


def _fitting(published: dt.date, month: int, day: int, weekday: int) -> dt.date | None:
    """The day in the year nearest to publication in which it is that weekday."""
    days = (cal.day_of(published.year + step, month, day) for step in range(-_YEARS_ROUND, _YEARS_ROUND + 1))
    fitting = [date for date in days if date is not None and date.weekday() == weekday]
    return min(fitting, key=lambda date: (abs(date - published), date)) if fitting else None


def no_year(published: dt.date, ahead: bool) -> str:
    """What to say of a date whose year had to be chosen."""
    side = "nearest one to come after" if ahead else "latest one not after"
    return f"no year is given: the {side} publication on {cal.in_words(published)}"


@lru_cache(_DAYS_KEPT)
def _round(published: dt.date, month: int, day: int) -> tuple[dt.date | None, dt.date | None]:
    """The latest such day before publication and the next one after it."""
    passed = (published.month, published.day) > (month, day)
    return (
        _first_with(published.year - (not passed), -1, month, day),
        _first_with(published.year + passed, 1, month, day),
    )


def _first_with(year: int, step: int, month: int, day: int) -> dt.date | None:
    """The day in the first of the years from ``year`` on, or back, that has it: 29 February is in some only."""
    days = (cal.day_of(year + step * count, month, day) for count in range(_YEARS_ROUND + 1))
    return next((date for date in days if date is not None), None)


def weekday_note(date: dt.date, weekday: int | None) -> str:
    """What to say where the weekday in the text is not the weekday of the date: the day of the month is kept."""
    if weekday is None or date.weekday() == weekday:
        return ""
    return f"; the text calls it a {cal.WEEKDAYS[weekday]}, but it was a {cal.WEEKDAYS[date.weekday()]}"
