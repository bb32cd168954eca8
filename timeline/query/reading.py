"""What words say, by the engine's own rules: the days that somebody typed, the number in words that were selected.

Finding out what a whole report tells is the engine's; this reads the few words that an editor has in hand.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from timeline.extraction.dates import find_dates
from timeline.extraction.numbers import find_numbers
from timeline.extraction.records import DateSpan
from timeline.extraction.sentences import split
from timeline.extraction.tolls import find_tolls
from timeline.models import Article
from timeline.typed_dates import LONGEST, NotADate, read_interval

_UNKNOWN = frozenset({"", "unknown", "date unknown", "not known", "no date", "?", "-", "–"})
# "25 December 2011 – 3 January 2012", "2012-05-25/2012-05-27": two whole dates, each read by itself.
_TWO_DATES = re.compile(
    r"^(.*\d{4}\S*)\s*(?:[–—/]|\s-|\s(?:to|until|till|au|jusqu'au|حتى|إلى)\s)\s*(\S.*)$", re.IGNORECASE
)
# What may stand beside a date without changing it.
_AROUND = re.compile(r"^(?:on|from|between|in|during|the|le|la|du|de|en|entre|في|من|يوم|بين|[\s,.])*$", re.IGNORECASE)
_EASTERN = str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789")

# What the engine reads with more sense than a parser of single dates: that takes "25–26 May 2012" for the 25th.
_ENGINES_OWN = frozenset({"range", "season", "decade"})

# Characters. A selection longer than this holds a whole report, not the words of one figure or date.
LONGEST_SELECTION = 2_000


@dataclass(frozen=True, slots=True)
class DateReading:
    """An interval of days with its precision, and the rule by which it was read where that is not plain."""

    earliest: dt.date | None
    latest: dt.date | None
    precision: str
    basis: str = ""


@dataclass(frozen=True, slots=True)
class TollReading:
    """Persons as the words give them; ``harm`` and ``victims`` are empty where the words do not say."""

    low: int | None
    high: int | None
    qualifier: str
    harm: str = ""
    victims: str = ""


NO_DATE = DateReading(None, None, "unknown")


def read_typed_date(typed: str, published: dt.date | None) -> DateReading:
    """The days that ``typed`` names, in English, Arabic or French. Raises NotADate.

    "Friday" and "last week" are counted from ``published``, the day on which the report came out; without that day they
    are refused.
    """
    text = " ".join(typed.split()).strip()
    if text.casefold() in _UNKNOWN:
        return NO_DATE
    if (match := _TWO_DATES.match(text)) and (both := _both(match[1], match[2])):
        return both
    spans = find_dates(text, split(text), published) if len(text) <= LONGEST else ()
    whole = next((span for span in spans if _covers(span, text)), None)
    if whole and whole.earliest and whole.precision in _ENGINES_OWN:
        return _reading(whole)
    try:
        first, last = read_interval(text)
    except NotADate as error:
        if whole is None:
            raise
        if whole.earliest is None:
            raise NotADate(
                f"“{text}” counts from the day of publication, which this report does not have.",
                "Write the date with its year, or date the report first.",
            ) from error
        return _reading(whole)
    return DateReading(first, last, _precision(text, first, last))


def _both(first: str, last: str) -> DateReading | None:
    try:
        start, end = read_interval(first)[0], read_interval(last)[1]
    except NotADate:
        return None
    return DateReading(start, end, "range" if start != end else "day") if start <= end else None


def _covers(span: DateSpan, text: str) -> bool:
    """Whether the span is all of the text, but for words that change nothing."""
    return bool(_AROUND.match(text[: span.start]) and _AROUND.match(text[span.end :]))


def _reading(span: DateSpan) -> DateReading:
    return DateReading(span.earliest, span.latest, span.precision, span.basis)


def _precision(text: str, first: dt.date, last: dt.date) -> str:
    if first == last:
        return "day"
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year:
        return "year"
    if (
        first.day == 1
        and (last + dt.timedelta(days=1)).day == 1
        and (first.year, first.month) == (last.year, last.month)
    ):
        return "month"
    # "The last week of May" is seven days that no Monday begins: shown as a week it would be another one.
    return "week" if (last - first).days == 6 and first.weekday() == 0 else "range"


def date_in(article: Article, start: int, end: int) -> DateReading | None:
    """The date that the selected words of a report say, None where they say none that can be resolved.

    What the engine read there counts first: it knows the words around.
    """
    stored = _most_covered(article.extraction.get("dates", []), start, end)
    if stored and stored["earliest"]:
        return DateReading(
            dt.date.fromisoformat(stored["earliest"]),
            dt.date.fromisoformat(stored["latest"]),
            stored["precision"],
            stored["basis"],
        )
    words = article.text[start:end][:LONGEST_SELECTION]
    spans = find_dates(words, split(words), article.published)
    return next((_reading(span) for span in spans if span.earliest), None)


def toll_in(article: Article, start: int, end: int) -> TollReading | None:
    """The toll that the selected words of a report give, None where there is no number in them."""
    text = article.text
    sentences = [s for s in split(text) if s.start < end and start < s.end]
    if sentences and sentences[-1].end - sentences[0].start <= LONGEST_SELECTION:
        spans = [
            {"start": s.start, "end": s.end, "span": s}
            for s in find_tolls(text, sentences)
            if s.low or s.high is not None
        ]
        if found := _most_covered(spans, start, end):
            span = found["span"]
            return TollReading(span.low, span.high, span.qualifier, span.harm, span.victims or "")
    words = text[start:end][:LONGEST_SELECTION].translate(_EASTERN)
    numbers = find_numbers(words)
    if not numbers:
        return None
    number = numbers[0]
    return TollReading(number.low, number.high, number.qualifier)


def numbers_in(words: str) -> set[int]:
    """Every number that the words name, as the engine bounds it: "more than 90" names 90."""
    plain = words.translate(_EASTERN)
    named = {bound for number in find_numbers(plain) for bound in (number.low, number.high) if bound is not None}
    return named | {
        int(digits.replace(",", "")) for digits in re.findall(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?!\d)|\d{1,9}", plain)
    }


def _most_covered(spans: Sequence[dict[str, Any]], start: int, end: int) -> dict[str, Any] | None:
    """The span that shares the most characters with the passage; None where none shares any."""
    shared = [(min(end, span["end"]) - max(start, span["start"]), span) for span in spans]
    return max((pair for pair in shared if pair[0] > 0), key=lambda pair: pair[0], default=(0, None))[1]
