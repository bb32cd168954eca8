"""Finds every expression of time in a report and the calendar days it names.

One pass from front to back, as a reader goes, keeping the day being told. What the expressions look like and mean
stands in the files imported here, one kind a file; which of them dates an event is left to assemble.py.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from timeline.extraction.calendar_dates import CALENDAR_RULES, NUMBER_RULES
from timeline.extraction.counted_dates import COUNTED_RULES, COUNTED_WORD_RULES
from timeline.extraction.datecontext import Reading, Rules, Telling
from timeline.extraction.dates_ar import ARABIC_NUMBER_RULES, ARABIC_RULES, EASTERN_NUMBER_RULES
from timeline.extraction.dates_fr import FRENCH_COUNTED_RULES, FRENCH_DAY_RULES, FRENCH_RULES
from timeline.extraction.figure_dates import FIGURE_RULES, YEAR_RULES
from timeline.extraction.glosses import glossed
from timeline.extraction.named_days import CLOCK_RULES, NAMED_FIRST_RULES, NAMED_NUMBER_RULES, NAMED_RULES
from timeline.extraction.numbers import spelled_plainly
from timeline.extraction.period_dates import PERIOD_RULES, YEAR_QUARTER_RULES
from timeline.extraction.records import DateSpan, Sentence
from timeline.extraction.relative_dates import RELATIVE_RULES
from timeline.extraction.sentences import Word, words

# The calendar's own dates first, then stretches, then what is counted: "Wed Aug 3 2016" is not the Wednesday alone.
# A word of several languages ("six", "week") keeps the rules of each.
_TABLES = (
    NAMED_FIRST_RULES,
    CALENDAR_RULES,
    FIGURE_RULES,
    PERIOD_RULES,
    RELATIVE_RULES,
    COUNTED_WORD_RULES,
    NAMED_RULES,
    FRENCH_RULES,
    ARABIC_RULES,
)
_RULES: dict[str, Rules] = {
    word: tuple(rule for table in _TABLES for rule in table.get(word, ()))
    for word in {word for table in _TABLES for word in table}
}
_NUMBER_RULES: Rules = (*NAMED_NUMBER_RULES, *FRENCH_DAY_RULES, *NUMBER_RULES, *CLOCK_RULES, *COUNTED_RULES)
_YEAR_RULES: Rules = (*YEAR_QUARTER_RULES, *YEAR_RULES)
# Every Arabic text has an alif, and counted stretches ("10 jours plus tôt") rarely stand in French without an accent.
_ALIF = "ا"
_WORD = re.compile(r"[^\W\d_]+|\d+|['’‘](?=\d0)")
_YEAR_MARKS = frozenset("'’‘")
_LONGEST_NUMBER = 4
# What may follow a number in an expression of time, by the beginnings of the words in English and French, or in another
# script: "25 people" is none, and that is most numbers of a report.
_AFTER_NUMBER = (
    r"(?:[^\x00-\u024F]|(?i:jan|feb|f[ée]v|mar|apr|avr|ma[iy]|ju[inl]|a[ou][ugû]|sep|oct|nov|d[eé]c|of\b|and\b|to\b|through|until|till"
    r"|et\b|au\b|le\b|à|[ap]\.?m\b|hour|day|week|fortn|month|year|heure|jour|semaine|mois|an|derni|mon|tue|wed|thu|fri|sat|sun))"
)
# What a number must look like, with what follows, before any rule is tried: a year, "25th", "25 May", "25-26 May",
# "3, 4 and 5 May", "25/5/2012", "21-Jun", "5.30".
_NUMBER_START = re.compile(
    rf"(?:1[5-9]|20)\d\d(?!\d)|\d{{1,4}}(?:[^\W\d_]|\s{{1,8}}{_AFTER_NUMBER})"
    r"|\d{1,2}(?:\s?[-–—/]\s?\d{1,2}(?:st|nd|rd|th)?\s|(?:st|nd|rd|th)?,\s{1,8}\d{1,2}[\s,stnrdh]"
    r"|[-/.]\d{1,2}[-/.]\d\d(?:\d\d)?(?![\w/-])|-[^\W\d_]|[:.]\d\d(?!\d)|\s1/2\s|/11(?!\d))"
)
# A number that goes on before this one: the end of "1,500", "3.25" or "12/2012" is no day of a month.
_FIGURE_BEFORE = re.compile(r"\d[.,:/]\Z|[$£€]\Z")
# What belongs to an expression though it stands before it: "on Wednesday", "late on the 25th".
_BEFORE = re.compile(
    r"(?<!\w)(?:(?:late|early|earlier|later)\s{1,4})?(?:on\s{1,4})?(?:(?:the|le|la|les)\s{1,4})?\Z", re.IGNORECASE
)
_BEFORE_WITHOUT_ON = re.compile(r"(?<!\w)(?:the|le|la|les)\s{1,4}\Z", re.IGNORECASE)
_BEFORE_WINDOW = 20
_INTRODUCES = frozenset("on the le la les".split())
_QUOTES = ("'", "’")
_POSSESSIVE = re.compile(r"['’]s\b")
# What happens every Friday happened on no Friday in particular.
_EACH = frozenset("every each chaque كل".split())


# Five megabytes of news look at some 190,000 words and numbers, try the rules at 120,000 of them and find 15,000 dates. A
# text that asks for much more is a table or an attack: what stands after that is not read, so that no text takes more
# than a few seconds.
_MOST_WORK, _MOST_FOUND = 500_000, 30_000


def find_dates(
    text: str,
    sentences: Sequence[Sentence],
    published: dt.date | None,
    found: Sequence[Sequence[Word]] | None = None,
) -> tuple[DateSpan, ...]:
    """The expressions of time in ``text``, in order and apart from each other.

    ``sentences`` are those of the text, ``published`` is the day of publication. Without it whatever counts from that
    day keeps its text alone, and ``basis`` says what is missing. ``found`` are the words of each sentence, where they
    have been read already.
    """
    telling = Telling(text, published, _read_at, _number_rules(text))
    spans: list[DateSpan] = []
    position = work = 0
    gloss: tuple[int, Reading] | None = None
    for number, sentence in enumerate(sentences):
        telling.enter(sentence)
        tokens = words(text, sentence.start, sentence.end) if found is None else found[number]
        for start, word in _beginnings(text, tokens):
            work += 1
            if start < position:
                continue
            rules = _rules_at(telling, word, start)
            if not rules:
                if work > _MOST_WORK:
                    return tuple(spans)
                continue
            work += 1
            if gloss and gloss[0] == start:
                reading: Reading | None = gloss[1]
            else:
                reading = _read(telling, rules, start)
            if work > _MOST_WORK or len(spans) >= _MOST_FOUND:
                return tuple(spans)
            if reading is None:
                continue
            explained = glossed(telling, reading, start)
            if explained:
                reading, gloss = explained[0], explained[1:]
            if telling.word_before(start) not in _EACH:
                span = _span(telling, reading, max(position, sentence.start), start)
                spans.append(span)
                position = span.end
                if reading.days is not None:
                    telling.tell(reading.days)
                    telling.told_end = position
            else:
                position = reading.end
    return tuple(spans)


def _beginnings(text: str, tokens: Sequence[Word]) -> Iterator[tuple[int, str]]:
    """The words and numbers that may begin a date, with where they stand: one word in ten does."""
    for start, end, written, key in tokens:
        if key in _RULES and len(key) == end - start:
            yield start, written
        elif not written.isalpha():
            # "mid-June", "2012-05-30", "Monday's": a token of several parts, each looked at; "'90s" with its mark
            for part in _WORD.finditer(text, start - (text[start - 1 : start] in _YEAR_MARKS), end):
                yield part.start(), part[0]


def _number_rules(text: str) -> Rules:
    if text.isascii():
        return _NUMBER_RULES
    return (ARABIC_NUMBER_RULES if _ALIF in text else ()) + _NUMBER_RULES + FRENCH_COUNTED_RULES


def _read_at(telling: Telling, position: int) -> Reading | None:
    """The expression that begins at ``position``, for those that hold another: 'late [last week]'."""
    word = _WORD.match(telling.text, position, telling.end)
    return _read(telling, _rules_at(telling, word[0], position), position) if word else None


def _rules_at(telling: Telling, word: str, start: int) -> Rules:
    """The rules to try at a word or number; none at most."""
    if not word[0].isdigit():
        return _RULES.get("'" if word in _YEAR_MARKS else word.lower(), ())
    if word[0] > "9":
        rules = EASTERN_NUMBER_RULES if len(word) <= _LONGEST_NUMBER else ()
    elif len(word) > _LONGEST_NUMBER or not _NUMBER_START.match(telling.text, start, telling.end):
        return ()
    else:
        rules = telling.number_rules if len(word) < _LONGEST_NUMBER else _YEAR_RULES
    return () if _FIGURE_BEFORE.search(telling.text, max(0, start - 2), start) else rules


def _read(telling: Telling, rules: Rules, start: int) -> Reading | None:
    for pattern, read in rules:
        match = pattern.match(telling.text, start, telling.end)
        if match is None or not spelled_plainly(match[0]):
            continue
        try:
            reading = read(match, telling)
        except (ValueError, OverflowError):
            continue  # the calendar has no such day ("30 February", "9999 years ago"): then the words name none
        if reading is not None:
            return reading
    return None


def _span(telling: Telling, reading: Reading, floor: int, start: int) -> DateSpan:
    """The span of a reading, with the words before it and the possessive after it that belong to it."""
    text = telling.text
    before = None
    # The article belongs to "the weekend" and "the 1980s", but in "the 1982 massacre" to the massacre.
    of_noun = reading.days is not None and reading.days.precision == "year" and text[start].isdigit()
    if not of_noun and telling.word_before(start) in _INTRODUCES:
        pattern = _BEFORE if reading.takes_on else _BEFORE_WITHOUT_ON
        before = pattern.search(text, max(floor, start - _BEFORE_WINDOW), start)
    begin = before.start() if before else start
    end = reading.end
    if text[end : end + 1] in _QUOTES and (possessive := _POSSESSIVE.match(text, end, telling.end)):
        end = possessive.end()
    days = reading.days
    quote, basis = telling.keep(text[begin:end]), telling.keep(reading.basis)
    if days is None:
        return DateSpan(begin, end, quote, None, None, None, "unknown", reading.relative, basis)
    return DateSpan(
        begin,
        end,
        quote,
        telling.keep(days.value),
        days.earliest,
        days.latest,
        days.precision,
        reading.relative,
        basis,
    )
