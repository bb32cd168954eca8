"""Which numbers does a text name, and how exactly does the writer vouch for them?

Answers with the figure and the words that qualify it ("at least", "nearly", "between 320 and 400"). What is counted
(people, tanks, kilometres) is left to tolls.py. Numbers glued to something else (300-strong, 20th, $5, 40%, 6pm) are
not given.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from timeline.extraction.records import Qualifier

# Figures above this are misprints or not counts of anything a report on a conflict counts.
_LARGEST = 10_000_000_000
# the dotless and the dotted i of Turkish, the long s and the sign of kelvin
_PASSES_FOR = frozenset("\u0131\u0130\u017f\u212a")
# Characters looked back at for the words that qualify a number: "not necessarily fewer than a further " is shorter.
_LOOK_BACK = 48

_ONES = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split()
    )
    if value
}
_TENS = {w: 10 * v for v, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)}
_SCALES = {"dozen": 12, "hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
# The unit itself is the low bound of a vague count, the most conservative reading, as ACLED codes it.
_VAGUE = {"tens": 10, "dozens": 12, "scores": 20, "hundreds": 100, "thousands": 1_000, "millions": 1_000_000}

_WORD = "|".join(sorted([*_ONES, *_TENS, *_SCALES], key=len, reverse=True))
_SCALE = "|".join(_SCALES)
_DIGITS = r"\d{1,3}(?:,\d{3})+|\d{1,3}(?:[ \u00a0]000)+|\d{1,12}(?:\.\d{1,3})?"
_NUMBER = re.compile(
    rf"""
    (?P<vague>(?:(?:many|several)\s+)?\b(?:tens|dozens|scores|hundreds|thousands|millions)\b
        (?:\s+(?:and|or)\s+(?:dozens|scores|hundreds|thousands)\b)?
        (?:\s+of\s+(?P<of>thousands|millions)\b)?)
    |(?P<few>\b(?:several|a\s+few|many)\s+(?P<few_scale>{_SCALE})\b)
    |(?P<half>\bhalf(?:\s+|-)(?:a|an)(?:\s+|-)(?P<half_scale>dozen|million|thousand|hundred)\b
        |\bhalf(?:\s+|-)(?P<half_bare>dozen|million)\b)
    |(?P<quarter>\b(?:an?\s+|one\s+)?quarter\s+of\s+a\s+million\b)
    |(?<![\w$€£¥#.,:/+])(?P<digits>{_DIGITS})
        (?:(?P<millions>m)\b|(?:\s+|-)(?P<scale>{_SCALE})\b)?(?P<plus>\+|-plus\b)?
        (?![\w%€£$]|[-–/:](?=\d)(?:\d+[-–/:])|[-–][^\W\d]|[:/]\d|[.,]\d|'s\b)
    |\b(?P<words>(?:an?\s+)?(?:{_WORD})(?:(?:(?:\s+|-)|(?<=hundred)\s+and\s+|(?<=thousand)\s+and\s+)(?:{_WORD})){{0,8}})\b(?!-[a-z]|'s\b)
    """,
    re.IGNORECASE | re.VERBOSE,
)
# The words in small letters that a spelled number begins with.
OPENERS = frozenset([*_ONES, *_TENS, *_SCALES, *_VAGUE, "a", "an", "many", "several", "half", "quarter"])
_OPENING = re.compile(r"\w+(?:-\w+)*")
_WORD_ONLY = re.compile(_WORD, re.IGNORECASE)

_QUALIFIERS: tuple[tuple[Qualifier, str], ...] = (
    (
        "at_least",
        r"(?:at,?\s+(?:the\s+)?)?least,?|(?:no|not)\s+(?:fewer|less)\s+than|a\s+minimum\s+of|upwards?\s+of|at\s+lease",
    ),
    ("up_to", r"up\s+to|as\s+many\s+as|as\s+much\s+as|(?:no|not)\s+more\s+than|at\s+(?:the\s+)?most|a\s+maximum\s+of"),
    ("more_than", r"more\s+than|in\s+excess\s+of|(?:well\s+)?over|greater\s+than|upward\s+of"),
    ("less_than", r"(?:fewer|less)\s+than|under|below"),
    (
        "about",
        r"about|around|some|approximately|approx|roughly|nearly|almost|close\s+to|near|(?:an\s+)?estimated|circa"
        r"|in\s+the\s+region\s+of|just\s+over|just\s+under|just\s+about",
    ),
)
_FILLER = r"(?:(?:another|an?|the|further|additional|other|total|of|these|those|its|their|all)\s+){0,4}"
_QUALIFIED = re.compile(
    r"(?<![\w-])(?:"
    + "|".join(f"(?P<{name}>{words})" for name, words in _QUALIFIERS)
    + rf")\s+(?:about\s+|some\s+|around\s+)?{_FILLER}$",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"(?<![\w-])(?:anywhere\s+)?between\s+$", re.IGNORECASE)
_RANGING = re.compile(r"\brang(?:ed|ing|es?)\s+from\s+$", re.IGNORECASE)
_AFTERWARDS = re.compile(r"\s+or\s+(?P<word>more|so|fewer|less)\b", re.IGNORECASE)
_RANGE_JOIN = re.compile(r"\s?(?:-|–|—)\s?|\s+(?:to|or)\s+", re.IGNORECASE)
# Characters between the two figures of a range: " and ", with white space to spare.
_JOIN = 9
_FOURFOLD_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class NumberSpan:
    """A number and the words before it that qualify it; ``figure_start`` is where the bare number begins.

    ``low`` and ``high`` follow the convention of records.TollSpan: None where the writer sets no bound.
    """

    start: int
    end: int
    figure_start: int
    low: int | None
    high: int | None
    qualifier: Qualifier


@dataclass(frozen=True, slots=True)
class _Figure:
    start: int
    end: int
    value: int
    vague: bool
    plus: bool


def find_numbers(
    text: str, start: int = 0, end: int | None = None, openings: Sequence[int] | None = None
) -> tuple[NumberSpan, ...]:
    """The numbers of ``text[start:end]`` in order, without overlap, as offsets into ``text``.

    ``openings`` are the places of the words that may open a number (see may_open), where the caller knows them.
    """
    stop = len(text) if end is None else end
    if openings is None:
        openings = [m.start() for m in _OPENING.finditer(text, start, stop) if may_open(m.group().lower())]
    if not openings:
        return ()
    figures = _figures(text, start, stop, openings)
    spans: list[NumberSpan] = []
    floor = start  # nothing before this belongs to the next number
    index = 0
    while index < len(figures):
        first = figures[index]
        span = None
        if index + 1 < len(figures):
            span = _range(text, floor, first, figures[index + 1])
        index += 1 if span is None else 2
        span = span or _qualified(text, floor, stop, first)
        spans.append(span)
        floor = span.end
    return tuple(spans)


def may_open(word: str) -> bool:
    """Whether a number can begin with ``word``, in small letters, or with the first of its parts: "twenty-five"."""
    if word in OPENERS:
        return True
    return not word.isalpha() and (word[0].isdigit() or word.partition("-")[0] in OPENERS)


def bounds(value: int, qualifier: Qualifier) -> tuple[int | None, int | None]:
    """The lowest and highest count that ``value`` with this qualifier stands for, None where it sets no bound."""
    if qualifier in ("at_least", "more_than", "vague"):
        return value, None
    if qualifier in ("up_to", "less_than"):
        return None, value
    return value, value


def spelled_plainly(words: str) -> bool:
    """False where a letter only passes for another: a pattern that ignores case takes 'mıllıon', and no table has it."""
    return words.isascii() or _PASSES_FOR.isdisjoint(words)


def _figures(text: str, start: int, stop: int, openings: Sequence[int]) -> list[_Figure]:
    figures: list[_Figure] = []
    position = start
    ahead = 0
    while True:
        if position > start and position + 1 < stop and text[position] in "-–—" and text[position + 1].isalnum():
            opening = position + 1  # the second half of "20-30"
            position = opening
        else:
            while ahead < len(openings) and openings[ahead] < position:
                ahead += 1
            if ahead == len(openings):
                break
            opening = openings[ahead]
            ahead += 1
        match = _NUMBER.match(text, opening, stop)
        if match is None:
            continue
        begin, finish = match.span()
        position = finish
        if not spelled_plainly(match[0]):
            continue
        if begin > start and text[begin - 1] in "-–" and not (figures and figures[-1].end == begin - 1):
            continue  # S-300, 10-07-2016: only the second half of 20-30 may follow a hyphen
        plus = False
        vague = False
        if match["vague"]:
            words = match["vague"].lower().split()
            value = min(_VAGUE[w] for w in words if w in _VAGUE)
            if match["of"]:
                value = _VAGUE[words[0] if words[0] in _VAGUE else words[1]] * _VAGUE[match["of"].lower()]
            vague = True
        elif match["few"]:
            value, vague = _SCALES[match["few_scale"].lower()], True
        elif match["half"]:
            value = _SCALES[(match["half_scale"] or match["half_bare"]).lower()] // 2
        elif match["quarter"]:
            value = _SCALES["million"] // 4
        elif match["digits"]:
            digits = match["digits"]
            scale = "million" if match["millions"] else (match["scale"] or "").lower()
            plus = bool(match["plus"])
            if match["millions"] and "." not in digits and len(digits) > 2:
                continue  # 300m is a distance; 2.3m refugees is a count
            plain = digits.replace(",", "").replace(" ", "").replace("\u00a0", "")
            amount = float(plain) * _SCALES[scale] if scale else float(plain)
            if amount != int(round(amount, 3)) or amount > _LARGEST:
                continue  # 4.5 of nothing is a measure, not a count
            value = int(round(amount, 3))
        else:
            value, finish = _spelled(match["words"], begin)
            position = max(finish, begin + 1)
        figures.append(_Figure(begin, finish, value, vague, plus))
    return figures


def _spelled(words: str, begin: int) -> tuple[int, int]:
    """The value of "two hundred and six" and where it ends; "two three" is two, and three comes by itself."""
    total = current = 0
    last = 0  # the smallest unit said so far: after "twenty" only one to nine may follow
    finish = begin
    for match in _WORD_ONLY.finditer(words):
        word = match.group().lower()
        if word in _SCALES:
            scale = _SCALES[word]
            if scale < 1_000:
                current, last = max(current, 1) * scale, 100
            else:
                total, current, last = total + max(current, 1) * scale, 0, 1_000
        elif word in _TENS:
            if last and last < 100:
                break
            current, last = current + _TENS[word], 10
        else:
            value = _ONES[word]
            if last == 1 or (last == 10 and value > 9):
                break
            current, last = current + value, 1
        finish = begin + match.end()
    return min(total + current, _LARGEST), finish


def _range(text: str, floor: int, first: _Figure, second: _Figure) -> NumberSpan | None:
    gap = text[first.end : second.start] if second.start - first.end <= _JOIN else ""
    if first.vague or second.vague or not gap or first.value >= second.value:
        return None
    begin = first.start
    before = _BETWEEN.search(text, max(floor, begin - _LOOK_BACK), begin)
    if before and gap.lower().split() == ["and"]:
        begin = before.start()
    elif not _RANGE_JOIN.fullmatch(gap):
        return None
    elif _FOURFOLD_YEAR.fullmatch(text[first.start : first.end]) and _FOURFOLD_YEAR.fullmatch(
        text[second.start : second.end]
    ):
        return None  # 2011-2012
    elif text[max(floor, begin - _JOIN) : begin].lower().rstrip().endswith("from") and not _RANGING.search(
        text, max(floor, begin - _LOOK_BACK), begin
    ):
        return None  # "rose from 84 to 91" tells of two counts
    return NumberSpan(begin, second.end, first.start, first.value, second.value, "range")


def _qualified(text: str, floor: int, stop: int, figure: _Figure) -> NumberSpan:
    begin, finish = figure.start, figure.end
    qualifier: Qualifier = "exact"
    if before := _QUALIFIED.search(text, max(floor, begin - _LOOK_BACK), begin):
        begin = before.start()
        qualifier = next(name for name, _ in _QUALIFIERS if before[name])
    if after := _AFTERWARDS.match(text, finish, stop):
        finish = after.end()
        words: dict[str, Qualifier] = {"more": "at_least", "so": "about", "fewer": "up_to", "less": "up_to"}
        qualifier = words[after["word"].lower()]
    if figure.plus:
        qualifier = "at_least"
    if figure.vague:
        qualifier = "vague"
    low, high = bounds(figure.value, qualifier)
    return NumberSpan(begin, finish, figure.start, low, high, qualifier)
