"""What have the parts found in one report, and in which of its sentences?

Runs every part over the text once and sorts what it found by sentence. What it all tells is left to drafts.py,
statements.py and assemble.py.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from timeline.extraction.attribution import attribute_tolls
from timeline.extraction.dates import find_dates
from timeline.extraction.lexicon import ActorEntry, Lexicon
from timeline.extraction.names import Names, find_names, known_names
from timeline.extraction.own_dates import own_dates
from timeline.extraction.place_roles import is_dateline, is_metonym
from timeline.extraction.places import find_places
from timeline.extraction.records import DateSpan, PlaceSpan, TollSpan
from timeline.extraction.sentences import Word, split, words
from timeline.extraction.speech import Speech, find_speech
from timeline.extraction.tolls import find_tolls

# A place outside the country of the conflict is the setting of what is told only when nothing nearer is named.
_HOME_COUNTRY = {"syria": "SY"}


class Report:
    """One report and what its parts have found, each part also by the sentence it stands in."""

    def __init__(self, text: str, published: dt.date | None, lexicon: Lexicon) -> None:
        self.text = text
        self.published = published
        self.lexicon = lexicon
        self.sentences = split(text)
        self.words: list[list[Word]] = [words(text, s.start, s.end) for s in self.sentences]
        known = known_names(lexicon)
        self.names: list[Names] = [find_names(text, found, known) for found in self.words]
        self.dates = find_dates(text, self.sentences, published, self.words)
        self.own_dates = () if published else own_dates(text, self.sentences, self.dates)
        self.stated = self._stated_day()
        self.days = self._readings()
        self.printed = published or (self.days[self.stated].latest if self.stated is not None else None)
        self.speech = find_speech(text, self.sentences, lexicon, self.words, self.names)
        self.tolls = attribute_tolls(text, self.sentences, find_tolls(text, self.sentences, self.words), self.speech)
        places = find_places(
            text,
            lexicon,
            [found[i] for found, names in zip(self.words, self.names, strict=True) for i in names.capitals],
        )
        self.places = [p for p in places if not is_dateline(text, p) and not is_metonym(text, p)]
        self.labels = {kind.slug: kind.label for kind in lexicon.kinds}
        self.home = _HOME_COUNTRY.get(lexicon.name)
        # Each part by the sentence it stands in
        self.dates_in = self._by_sentence(self.dates)
        self.tolls_in = self._by_sentence(self.tolls)
        self.places_in = self._by_sentence(self.places)
        self.speech_in: list[list[Speech]] = [[] for _ in self.sentences]
        for act in self.speech:
            self.speech_in[act.sentence].append(act)
        self.actors_in = [_actors(found, names) for found, names in zip(self.words, self.names, strict=True)]

    def _readings(self) -> Sequence[DateSpan]:
        """The dates as the mentions take them: an undated report that states its own day is read from that day.

        The dates themselves stay as they are, unresolved until somebody says when the report was published.
        """
        if self.published is not None or self.stated is None:
            return self.dates
        day = self.own_dates[0].date
        if self.dates[self.stated].earliest == day and not any(date.relative for date in self.dates):
            return self.dates  # nothing in it counts from that day
        read = {(d.start, d.end): d for d in find_dates(self.text, self.sentences, day, self.words)}
        readings = [read.get((date.start, date.end), date) for date in self.dates]
        stated = readings[self.stated]
        if stated.earliest != day:  # figures that the rest of the report shows to be written month first
            readings[self.stated] = replace(stated, earliest=day, latest=day, value=day.isoformat())
        return readings

    def _stated_day(self) -> int | None:
        """The date at the head of the report that is its own day of publication, where it states one."""
        return self.own_dates[0].index if self.own_dates else None

    def _by_sentence(self, spans: Sequence[DateSpan] | Sequence[TollSpan] | Sequence[PlaceSpan]) -> list[list[int]]:
        """The indexes of the spans, in one list a sentence."""
        found: list[list[int]] = [[] for _ in self.sentences]
        number = 0
        for index in sorted(range(len(spans)), key=lambda i: spans[i].start):
            while number + 1 < len(self.sentences) and self.sentences[number + 1].start <= spans[index].start:
                number += 1
            if self.sentences:
                found[number].append(index)
        return found

    def in_date(self, number: int, start: int, end: int) -> bool:
        """Whether ``text[start:end]``, of sentence ``number``, is part of a date."""
        indexes = self.dates_in[number]
        position = bisect_right(indexes, start, key=lambda index: self.dates[index].start)
        return position > 0 and end <= self.dates[indexes[position - 1]].end

    def words_before(self, number: int, offset: int, count: int) -> list[Word]:
        """The last ``count`` words of sentence ``number`` that begin before ``offset``, in the order of the text."""
        found = self.words[number]
        position = bisect_left(found, offset, key=lambda word: word.start)
        return found[max(0, position - count) : position]


def _actors(found: Sequence[Word], names: Names) -> list[tuple[int, int, ActorEntry]]:
    """The actors named in a sentence, with the bounds of their names in the text."""
    return [(found[index].start, found[index + length - 1].end, actor) for index, length, actor in names.actors]
