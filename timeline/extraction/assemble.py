"""One pass over a report: puts dates, places, tolls, speech and trigger words together into mentions of events.

Decides which passages tell a happening, which of them tell the same one, and which date, place and toll belong to it.
How each part is found is left to the other files.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from timeline.extraction import kinds
from timeline.extraction.attribution import Speech, attribute_tolls, attributions_of, find_speech
from timeline.extraction.dates import find_dates
from timeline.extraction.dating import suggest_published
from timeline.extraction.kinds import Trigger, find_triggers
from timeline.extraction.lexicon import ActorEntry, Lexicon, load
from timeline.extraction.places import find_places, is_dateline, is_metonym
from timeline.extraction.records import DateSpan, Extraction, MentionSpan, PlaceSpan, Precision, TollSpan
from timeline.extraction.sentences import Phrases, Word, split, words
from timeline.extraction.tolls import find_tolls

# Words that point back to violence already told ("last week's tragedy", "the Houla attack") without naming its kind.
_POINTS_BACK = frozenset(
    """
    tragedy tragedies attack attacks killing killings incident incidents assault bloodshed violence deaths crime onslaught
    """.split()
)
_DEFINITE = frozenset("the this that these those such its his their".split())
# After these words violence is the setting of another act: "cautioned … after the massacre", "condemned the shelling".
_BACKGROUND = frozenset(
    """
    after following since amid despite over condemned condemning condemns against about accused accusing blamed blaming
    investigate investigating inquiry probe stop halt end prevent denied denying threatened warned
    """.split()
)
# Between words like these and the trigger nothing has happened: it is planned, asked for or denied.
_UNREAL = frozenset(
    "would could might will should may can cannot if unless possible potential planned future avoid".split()
)
_ANOTHER = re.compile(r"(?:elsewhere|separately|meanwhile|in another|in a separate|another)\b", re.IGNORECASE)
_NEAR = re.compile(r"\b(?:near|outside|of|from|to|towards?|into)\s(?:the\s)?(?:\w+\s)?$", re.IGNORECASE)
_ORIGIN = re.compile(r"\bfrom\s(?:[\w-]+\s){0,5}$", re.IGNORECASE)
_DIRECTION = re.compile(
    r"\b(?:north|south|east|west|northern|southern|kilomet\w+|km|miles?)\w*\s(?:of|from)\s(?:the\s)?$", re.IGNORECASE
)
_PLACE_PREPOSITION = re.compile(r"\b(?:in|at|on|across|inside|around)\s(?:the\s)?(?:[\w-]+\s){0,3}$", re.IGNORECASE)
_COUNTRY_PREPOSITION = re.compile(r"\b(?:in|inside|across)\s$", re.IGNORECASE)

# Whose words are a statement of record: those who hold an office or speak for a body that can act on them.
_STATEMENT_KINDS = frozenset(("official", "government", "intergovernmental", "military"))
# Kinds of actors that take part in violence; others in the sentence comment on it.
_FIGHTERS = frozenset(("military", "armed_group"))
# A statement without a date of its own is listed only where it leads the report; further down it is colour.
_LEAD_SENTENCES = 2
# Longest headline in characters: one line of the editors' list at 1440 pixels.
_TITLE_LENGTH = 90
# A passage is joined to one of the latest this many happenings: no reader looks further back, and a long list stays
# linear.
_REMEMBERED = 40
# How many sentences further a toll without a place still speaks of the same happening.
_CLOSE_BY = 3
_QUALIFIED = {
    "at_least": "At least ", "more_than": "More than ", "about": "About ", "up_to": "Up to ",
    "less_than": "Fewer than ", "feared": "Feared: ",
}  # fmt: skip
# Room on each side of a place, in characters, to see how it is spoken of.
_ROOM = 40
# A place outside the country of the conflict is the setting of what is told only when nothing nearer is named.
_HOME_COUNTRY = {"syria": "SY"}

# Confidence is additive: what speaks for an event told here, of this kind. The parts were set so that an event with
# toll, place and date comes near 1 and a bare trigger word stays under one half; measure on dated reports before moving
# them.
_BASE = 0.3
_FOR_TRIGGER = 0.1
_FOR_TOLL = 0.2
_FOR_PLACE = 0.15
_FOR_DATE = 0.15
_FOR_LEAD = 0.09
_FOR_BACKGROUND = -0.1
_FOR_STATEMENT = 0.25
_LEAST, _MOST = 0.05, 0.99


@dataclass(slots=True)
class _Draft:
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
    last: int = 0  # the latest sentence that told of it


def extract(text: str, published: dt.date | str | None = None, lexicon: str = "syria") -> Extraction:
    """Everything that one report tells, by the extraction contract.

    ``text`` is the report as it came in; offsets in the result are into it. ``published`` is the day of publication
    as a date or ISO 8601 string; without it relative dates stay unresolved and say so. ``lexicon`` names the conflict.
    Raises TypeError for a text that is no string or a published that is no date, ValueError for a string that is no
    ISO date, LookupError for an unknown lexicon.
    """
    if not isinstance(text, str):
        raise TypeError(f"extract() takes the text as str, not {type(text).__name__}; decode bytes first.")
    day = _day(published)
    known = load(lexicon)
    if not text.strip():
        return Extraction(day, (), (), (), (), ())
    return _Report(text, day, known).extraction()


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


_actors_compiled: dict[Lexicon, Phrases[ActorEntry]] = {}


def _actor_phrases(lexicon: Lexicon) -> Phrases[ActorEntry]:
    phrases = _actors_compiled.get(lexicon)
    if phrases is None:
        phrases = _actors_compiled[lexicon] = Phrases(
            (name, actor) for actor in lexicon.actors for name in (actor.name, *actor.aliases)
        )
    return phrases


class _Report:
    """One report and what its parts have found; builds the mentions sentence by sentence."""

    def __init__(self, text: str, published: dt.date | None, lexicon: Lexicon) -> None:
        self.text = text
        self.published = published
        self.lexicon = lexicon
        self.sentences = split(text)
        self.words: list[list[Word]] = [words(text, s.start, s.end) for s in self.sentences]
        self.dates = find_dates(text, self.sentences, published)
        self.suggested = () if published else suggest_published(text, self.dates)
        self.stated = self._stated_day()
        self.days = self._readings()
        self.speech = find_speech(text, self.sentences, lexicon)
        self.tolls = attribute_tolls(text, self.sentences, find_tolls(text, self.sentences), self.speech)
        places = find_places(text, lexicon)
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
        self.actors_in = [self._find_actors(found) for found in self.words]

    def extraction(self) -> Extraction:
        return Extraction(
            published=self.published,
            dates=tuple(self.dates),
            tolls=self.tolls,
            attributions=attributions_of(self.text, self.speech),
            mentions=self._mentions(),
            suggested_published=self.suggested,
        )

    def _readings(self) -> Sequence[DateSpan]:
        """The dates as the mentions take them: an undated report that states its own day is read from that day.

        The dates themselves stay as they are, unresolved until somebody says when the report was published.
        """
        if self.published is not None or self.stated is None:
            return self.dates
        day = self.dates[self.stated].earliest
        read = {(d.start, d.end): d for d in find_dates(self.text, self.sentences, day)}
        return tuple(read.get((date.start, date.end), date) for date in self.dates)

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

    def _find_actors(self, found: list[Word]) -> list[tuple[int, int, ActorEntry]]:
        phrases = _actor_phrases(self.lexicon)
        actors: list[tuple[int, int, ActorEntry]] = []
        index = 0
        while index < len(found):
            hit = phrases.at(self.text, found, index)
            if hit is None:
                index += 1
                continue
            length, actor = hit
            actors.append((found[index].start, found[index + length - 1].end, actor))
            index += length
        return actors

    # Mentions

    def _mentions(self) -> tuple[MentionSpan, ...]:
        violent: list[_Draft] = []
        other: list[_Draft] = []
        statements: list[_Draft] = []
        for number in range(len(self.sentences)):
            triggers = find_triggers(self.text, self.words[number], self.lexicon)
            spoken = self._statements(number)
            violence = self._violent(number, triggers)
            for draft in violence:
                self._add_violent(violent, draft)
            statements.extend(spoken)
            told = bool(spoken) or any(not draft.background and not draft.generic for draft in violence)
            other.extend(self._peaceful(number, triggers, told))
        for draft in violent:
            if draft.place is None and draft.tolls and not draft.background:
                draft.place, draft.near = self._place_nearby(draft), True
        kept = [draft for draft in violent if self._stands_alone(draft)]
        drafts = kept + self._joined_events(other) + self._joined_statements(statements)
        drafts.sort(key=lambda draft: (draft.start, draft.end))
        mentions = [self._mention(draft) for draft in drafts]
        return tuple(mentions)

    # Violence

    def _violent(self, number: int, triggers: Sequence[Trigger]) -> list[_Draft]:
        """What a sentence tells of violence: one draft for its tolls of one event, or for its trigger words."""
        sentence = self.sentences[number]
        tolls = [i for i in self.tolls_in[number] if self._of_one_event(i)]
        violent = [t for t in triggers if t.violent and not self._unreal(number, t)]
        pointing = self._pointing_back(number)
        if not tolls and not violent and pointing is None:
            return []
        if not tolls and any(self.tolls[i].harm == "killed" for i in self.tolls_in[number]):
            return []  # the dead of the whole war: its sentence tells of no event
        harms = [self.tolls[i].harm for i in tolls]
        trigger = kinds.leading([t for t in triggers if t.violent or tolls], harms)
        if trigger is not None and not trigger.violent and trigger.group not in ("society", "relief"):
            trigger = None
        if trigger is not None and not tolls and trigger not in violent:
            trigger = kinds.leading(violent)
        draft = _Draft(sentence=number, start=sentence.start, end=sentence.end, kind=kinds.OTHER, violent=True)
        if trigger is not None:
            draft.kind, anchor = trigger.kind, trigger.start
            draft.definite = self._definite(number, trigger.start)
        elif tolls:
            draft.kind, anchor = kinds.kind_of_harm(harms[0]), self.tolls[tolls[0]].start
        elif pointing is not None:
            anchor = pointing.start
            draft.generic = draft.definite = True
        else:
            return []
        draft.tolls = tolls
        draft.background = self._background(number, anchor)
        near = self.tolls[tolls[0]].end if tolls else anchor
        draft.place = self._place(number, near)
        draft.date, draft.said_on = self._date(number, near)
        draft.actors = self._fighters(number, anchor if draft.background else sentence.start)
        return [draft]

    def _of_one_event(self, index: int) -> bool:
        return self.tolls[index].scope == "event"

    def _pointing_back(self, number: int) -> Word | None:
        """'Last week's tragedy', 'the Houla attack': a word for violence under an article, a possessive or a date."""
        found = self.words[number]
        for index, word in enumerate(found):
            if word.key in _POINTS_BACK and self._definite(number, word.start):
                return found[index]
        return None

    def _definite(self, number: int, start: int) -> bool:
        """Whether the noun at ``start`` is known already: an article or possessive stands up to three words before."""
        before = [word for word in self.words[number] if word.start < start][-3:]
        for word in reversed(before):
            gap_end = start
            if any(mark in self.text[word.end : gap_end] for mark in ',;:."“”'):
                return False
            if word.key in _DEFINITE or word.text.endswith(("'s", "’s", "s'", "s’")):
                return True
        return False

    def _background(self, number: int, anchor: int) -> bool:
        """'Cautioned … after the massacre': the violence is the setting of the sentence, not what it tells."""
        before = [word for word in self.words[number] if word.start < anchor][-5:]
        for word in reversed(before):
            if "," in self.text[word.end : anchor]:
                return False
            if word.key in _BACKGROUND:
                return True
        return False

    def _unreal(self, number: int, trigger: Trigger) -> bool:
        before = [word.key for word in self.words[number] if word.start < trigger.start][-4:]
        return any(key in _UNREAL for key in before)

    def _add_violent(self, drafts: list[_Draft], draft: _Draft) -> None:
        """Passages about one happening become one mention."""
        known = self._same_happening(drafts, draft)
        if known is not None:
            self._merge(known, draft)
        elif not draft.generic and (
            draft.tolls or draft.place is not None or draft.date is not None or draft.sentence == 0
        ):
            drafts.append(draft)

    def _same_happening(self, drafts: Sequence[_Draft], draft: _Draft) -> _Draft | None:
        sentence = self.sentences[draft.sentence]
        if not draft.definite and _ANOTHER.match(self.text, sentence.start) and draft.place is not None:
            return None
        for known in reversed(drafts[-_REMEMBERED:]):
            if (
                not self._kinds_fit(known, draft)
                or not self._places_fit(known, draft)
                or not self._dates_fit(known, draft)
            ):
                continue
            # A further toll without a place of its own is the same happening's only when it stands close by.
            further = draft.place is None and draft.tolls and known.tolls and not draft.definite
            if further and draft.sentence - max(known.sentence, known.last) > _CLOSE_BY:
                continue
            return known
        return None

    def _kinds_fit(self, known: _Draft, draft: _Draft) -> bool:
        if draft.generic or known.kind == draft.kind or kinds.OTHER in (known.kind, draft.kind):
            return True
        # One happening is told in several words: a bombing is also an attack with shells, but a detention is no
        # shelling.
        same_place = known.place is not None and draft.place is not None and known.place.name == draft.place.name
        return same_place and self._violent_kind(known.kind) and self._violent_kind(draft.kind)

    def _violent_kind(self, slug: str) -> bool:
        return any(kind.slug == slug and kind.violent and kind.group == "violence" for kind in self.lexicon.kinds)

    def _places_fit(self, known: _Draft, draft: _Draft) -> bool:
        if known.place is None or draft.place is None:
            return True
        one, two = known.place, draft.place
        if one.name == two.name:
            return True
        if known.tolls and draft.tolls and not draft.definite and not self._tolls_overlap(known, draft):
            return False  # other dead in another quarter of the city
        districts = ("district", "camp", "area")
        if (one.kind in districts and two.name == one.governorate) or (
            two.kind in districts and one.name == two.governorate
        ):
            return True
        return (two.kind == "governorate" and one.governorate == two.name) or (
            one.kind == "governorate" and two.governorate == one.name
        )

    def _tolls_overlap(self, known: _Draft, draft: _Draft) -> bool:
        ours = [self.tolls[i] for i in known.tolls if self.tolls[i].harm == "killed"]
        theirs = [self.tolls[i] for i in draft.tolls if self.tolls[i].harm == "killed"]
        return (
            not ours
            or not theirs
            or any(_lowest(a) <= _highest(b) and _lowest(b) <= _highest(a) for a in ours for b in theirs)
        )

    def _dates_fit(self, known: _Draft, draft: _Draft) -> bool:
        if known.date is None or draft.date is None:
            return True
        one, two = self.days[known.date], self.days[draft.date]
        if one.earliest is None or two.earliest is None or one.latest is None or two.latest is None:
            return True if draft.definite else one.text.lower() == two.text.lower()
        day = dt.timedelta(days=1)  # "overnight" in one report is the day before in the next sentence
        return one.earliest - day <= two.latest and two.earliest - day <= one.latest

    def _merge(self, known: _Draft, draft: _Draft) -> None:
        if known.kind == kinds.OTHER and not draft.generic:
            known.kind = draft.kind
        if known.place is None or (draft.place is not None and _narrower(draft.place, known.place)):
            known.place = draft.place or known.place
        if known.date is None or (draft.date is not None and self._finer(draft.date, known.date)):
            known.date = draft.date if draft.date is not None else known.date
        if known.said_on is None:
            known.said_on = draft.said_on
        if draft.tolls and not known.tolls:
            known.start, known.end = draft.start, draft.end
        known.tolls.extend(i for i in draft.tolls if i not in known.tolls)
        known.background = known.background and draft.background
        known.actors.extend(name for name in draft.actors if name not in known.actors)
        known.last = draft.sentence

    def _finer(self, new: int, old: int) -> bool:
        """Whether the new date names fewer days, all of them within those of the old."""
        one, two = self.days[new], self.days[old]
        if one.earliest is None or one.latest is None:
            return False
        if two.earliest is None or two.latest is None:
            return True
        return two.earliest <= one.earliest <= one.latest <= two.latest and (one.earliest, one.latest) != (
            two.earliest,
            two.latest,
        )

    def _stands_alone(self, draft: _Draft) -> bool:
        """Enough is told to be an entry: how many, or where and that it happened, or when."""
        if draft.tolls:
            return True
        if draft.background:
            return draft.place is not None and draft.date is not None
        return draft.place is not None or draft.date is not None

    # Other events

    def _peaceful(self, number: int, triggers: Sequence[Trigger], told: bool) -> list[_Draft]:
        """Vetoes, votes, ceasefires, protests and the rest, where the sentence tells of one as having happened."""
        found = [t for t in triggers if not t.violent and t.kind != "statement" and not self._unreal(number, t)]
        if not found or self._quoted(number):
            return []
        if any(self._of_one_event(i) and self.tolls[i].harm in ("killed", "injured") for i in self.tolls_in[number]):
            return []
        trigger = kinds.leading(found)
        assert trigger is not None
        strong = trigger.kind == "veto" or (trigger.kind in ("resolution", "sanction") and trigger.length > 1)
        date, _ = self._date(number, trigger.start)
        if date is not None and self._of_another_noun(date, trigger.start):
            date = None
        if told and not strong:
            return []
        place = self._place(number, trigger.start)
        if not strong and date is None:
            return []
        sentence = self.sentences[number]
        draft = _Draft(number, sentence.start, sentence.end, trigger.kind, violent=False, place=place, date=date)
        before = self._actors(number, until=trigger.start, states=True)
        draft.actors = before or self._actors(number)
        draft.tolls = [i for i in self.tolls_in[number] if self._of_one_event(i)]
        draft.background = self._background(number, trigger.start)
        if draft.background and not strong:
            return []
        return [draft]

    def _of_another_noun(self, index: int, anchor: int) -> bool:
        """'Discussed last week's tragedy': a date with a possessive ending is that of the noun behind it."""
        date = self.days[index]
        return date.text.endswith(("'s", "’s")) and not date.end <= anchor <= date.end + _ROOM

    def _quoted(self, number: int) -> bool:
        sentence = self.sentences[number]
        return self.text[sentence.start] in '"“«'

    def _joined_events(self, drafts: list[_Draft]) -> list[_Draft]:
        kept: list[_Draft] = []
        for draft in drafts:
            known = next(
                (
                    k
                    for k in kept[-_REMEMBERED:]
                    if k.kind == draft.kind and self._places_fit(k, draft) and self._dates_fit(k, draft)
                ),
                None,
            )
            if known is None:
                kept.append(draft)
            else:
                self._merge(known, draft)
        return kept

    # Statements

    def _statements(self, number: int) -> list[_Draft]:
        """Who with an office says something of record in this sentence, and on which day."""
        if any(not self._background(number, self.tolls[i].start) for i in self.tolls_in[number]):
            return []  # whoever says how many died is a source, not an event
        drafts: list[_Draft] = []
        sentence = self.sentences[number]
        for act in self.speech_in[number]:
            if act.kind not in _STATEMENT_KINDS or not act.speaker[0].isupper():
                continue
            draft = _Draft(number, sentence.start, sentence.end, "statement", violent=False, speech=act)
            draft.date = self._date_of_speech(number, act)
            draft.actors = [name for name in (self._affiliation(act), act.speaker) if name]
            subject = self._whole_actor(act)
            if subject is not None:
                draft.actors = [subject]
            drafts.append(draft)
        return drafts

    def _whole_actor(self, act: Speech) -> str | None:
        """The actor that is the subject as a whole: 'Russia … cautioned' is Russia's statement."""
        for start, end, actor in self.actors_in[act.sentence]:
            if start <= act.subject_start and end >= act.subject_end and actor.kind != "person":
                return actor.name
        return None

    def _affiliation(self, act: Speech) -> str | None:
        """The state whose office the speaker holds, as the subject says it: "Russia's Deputy Foreign Minister"."""
        for start, end, actor in self.actors_in[act.sentence]:
            if (
                act.subject_start <= start
                and end < act.subject_end
                and actor.kind == "state"
                and actor.name != act.speaker
            ):
                return actor.name
        return None

    def _date_of_speech(self, number: int, act: Speech) -> int | None:
        """The day something was said: within the words that say so, or right before them."""
        for index in self.dates_in[number]:
            date = self.days[index]
            if act.start <= date.start and date.end <= act.end:
                return index
        for index in self.dates_in[number]:
            date = self.days[index]
            gap = self.text[date.end : act.start] if date.end <= act.start else None
            # "On Monday, Lavrov said", "just a day after the US State Department said"
            if gap is not None and len(gap) < 6 and gap.strip(" ,").lower() in ("", "the"):
                return index
            tail = self.text[act.end : date.start] if act.end <= date.start else None
            if tail is not None and tail.strip(" ,").lower() in (
                "",
                "in a statement",
                "in a speech",
                "in an interview",
            ):
                return index
        return None

    def _joined_statements(self, drafts: list[_Draft]) -> list[_Draft]:
        """One statement a speaker and day: what a deputy minister adds is his government's statement of that day."""
        home: dict[str, str] = {}
        for draft in drafts:
            if len(draft.actors) > 1:
                home.setdefault(draft.actors[-1], draft.actors[0])
        kept: list[_Draft] = []
        for draft in sorted(drafts, key=lambda d: (d.date is None, d.start)):
            speaker = draft.actors[-1]
            names = {speaker, home.get(speaker, speaker)}
            same = [k for k in kept[-_REMEMBERED:] if names & set(k.actors)]
            if draft.date is None:
                own = [k for k in same if speaker in k.actors] or same
                known = own[0] if own else None
            else:
                known = next((k for k in same if k.date is not None and self._same_days(k.date, draft.date)), None)
            if known is not None:
                known.actors.extend(n for n in draft.actors if n not in known.actors)
                continue
            if draft.date is not None or draft.sentence < _LEAD_SENTENCES:
                kept.append(draft)
        return kept

    def _same_days(self, one: int, two: int) -> bool:
        a, b = self.days[one], self.days[two]
        if a.earliest is None or b.earliest is None:
            return a.text.lower() == b.text.lower()
        return (a.earliest, a.latest) == (b.earliest, b.latest)

    # The parts of a mention

    def _place(self, number: int, anchor: int) -> PlaceSpan | None:
        """The place that the passage at ``anchor`` is set in: nearest, in the country, no mere direction."""
        best: tuple[float, PlaceSpan] | None = None
        spoken = [(act.subject_start, act.end) for act in self.speech_in[number]]
        for index in self.places_in[number]:
            place = self.places[index]
            if place.kind == "country" and place.country == self.home:
                continue
            if any(start <= place.start and place.end <= end for start, end in spoken):
                continue
            before = self.text[max(self.sentences[number].start, place.start - _ROOM) : place.start]
            if before.endswith(("-", "‑")):
                continue  # "pro-Damascus": a side, not a place
            if place.kind == "country" and not _COUNTRY_PREPOSITION.search(before):
                continue  # a country is mostly somebody who acts: it is a place where the text says "in"
            # Scores are in characters of distance: a preposition of place is worth half a line, a direction costs one.
            score = -abs(place.start - anchor) / 2.0
            if place.start < anchor:
                score -= 10
            if _ORIGIN.search(before):
                score -= 100
            elif _DIRECTION.search(before):
                score -= 80
            elif _PLACE_PREPOSITION.search(before):
                score += 40
            elif _NEAR.search(before):
                score -= 5
            if place.country != self.home:
                score -= 60
            if place.kind == "country":
                score -= 60
            if place.kind == "governorate":
                score -= 15
            if best is None or score > best[0]:
                best = (score, place)
        return best[1] if best else None

    def _place_nearby(self, draft: _Draft) -> PlaceSpan | None:
        """The place that the next sentence gives, or the one before: a lead often leaves it to what follows."""
        for number in (draft.sentence + 1, draft.sentence - 1, draft.sentence + 2):
            if 0 <= number < len(self.sentences):
                place = self._place(number, self.sentences[number].start)
                if place is not None and place.country == self.home:
                    return place
        return None

    def _date(self, number: int, anchor: int) -> tuple[int | None, int | None]:
        """The date of what happens at ``anchor``, and the day on which it was said, each an index or None."""
        of_speech = {i for act in self.speech_in[number] if (i := self._date_of_speech(number, act)) is not None}
        said_on = min(of_speech) if of_speech else None
        best: tuple[float, int] | None = None
        for index in self.dates_in[number]:
            date = self.days[index]
            if index in of_speech or (date.precision in ("decade", "unknown") and date.value is not None):
                continue
            distance: float = abs(date.start - anchor)
            if date.precision in ("year", "season"):
                if said_on is not None or self.stated is not None:
                    continue  # the year of a war is its setting more often than the date of a blow
                distance += 200
            if best is None or distance < best[0]:
                best = (distance, index)
        return (best[1] if best else None), said_on

    def _actors(self, number: int, until: int | None = None, states: bool = False) -> list[str]:
        """Who acts in the sentence, up to ``until``. States count only where they act by name, before the verb."""
        names: list[str] = []
        for start, end, actor in self.actors_in[number]:
            if until is not None and end > until:
                continue
            if actor.kind == "state" and (
                not states or self.text[start:end] != actor.name or self._after_preposition(start)
            ):
                continue
            if actor.name not in names:
                names.append(actor.name)
        return names

    def _fighters(self, number: int, first: int) -> list[str]:
        """Who fights, strikes or is struck, from ``first`` on, without those who only speak of it."""
        spoken = [(act.subject_start, act.subject_end) for act in self.speech_in[number]]
        names: list[str] = []
        for start, end, actor in self.actors_in[number]:
            heard = any(begin <= start and end <= last for begin, last in spoken)
            if start >= first and actor.kind in _FIGHTERS and not heard and actor.name not in names:
                names.append(actor.name)
        return names

    def _after_preposition(self, start: int) -> bool:
        return (
            re.search(
                r"\b(?:in|on|to|of|from|into|against|for|at|across)\s(?:the\s)?$", self.text[max(0, start - 12) : start]
            )
            is not None
        )

    def _mention(self, draft: _Draft) -> MentionSpan:
        date = draft.date
        if date is None and draft.violent and not draft.background:
            # "Ten were killed, a monitor said on Sunday": without a day of its own, news is of the day it is told on.
            date = draft.said_on
            if date is None and draft.sentence < _LEAD_SENTENCES:
                date = self.stated
        earliest: dt.date | None = None
        latest = self.published
        precision: Precision = "unknown"
        if date is not None:
            span = self.days[date]
            earliest, latest, precision = span.earliest, span.latest, span.precision
            if earliest is None and latest is None:
                latest = self.published
        place = draft.place
        return MentionSpan(
            start=draft.start,
            end=draft.end,
            kind=draft.kind,
            title=self._title(draft),
            earliest=earliest,
            latest=latest,
            precision=precision,
            date=date,
            place=place.name if place else None,
            governorate=place.governorate if place else None,
            actors=tuple(draft.actors),
            tolls=tuple(sorted(draft.tolls)),
            confidence=self._confidence(draft, date),
        )

    def _stated_day(self) -> int | None:
        """The date at the head of the report that is its own day of publication, where it states one."""
        if not self.suggested:
            return None
        day = self.suggested[0].date
        return next((i for i, d in enumerate(self.dates) if not d.relative and d.earliest == d.latest == day), None)

    def _confidence(self, draft: _Draft, date: int | None) -> float:
        score = _BASE
        if draft.kind != kinds.OTHER:
            score += _FOR_TRIGGER
        if draft.violent and any(
            self.tolls[i].harm == "killed" and self.tolls[i].qualifier != "vague" for i in draft.tolls
        ):
            score += _FOR_TOLL
        elif draft.tolls:
            score += _FOR_TOLL / 2
        if draft.place is not None and not draft.near:
            score += _FOR_PLACE if draft.place.country == self.home or self.home is None else _FOR_PLACE / 3
        if date is not None:
            resolved = self.days[date].earliest is not None
            score += _FOR_DATE if draft.date is not None and resolved else _FOR_DATE / 2
        if draft.kind == "statement" and draft.date is not None:
            score += _FOR_STATEMENT / 2
        if draft.background:
            score += _FOR_BACKGROUND
        score += _FOR_LEAD / (1 + draft.sentence)
        return round(min(_MOST, max(_LEAST, score)), 2)

    # Headlines

    def _title(self, draft: _Draft) -> str:
        """A short neutral headline: what and where; for a statement who, and the first words of what was said."""
        if draft.kind == "statement" and draft.speech is not None:
            return self._statement_title(draft, draft.speech)
        if draft.kind == kinds.OTHER:
            head = self._toll_title(draft)
        else:
            head = self.labels.get(draft.kind, draft.kind.replace("_", " "))
            head = head[:1].upper() + head[1:]
        if not draft.violent and draft.actors and draft.kind not in ("protest", "displacement", "aid"):
            head = (
                f"{head} by {_list_of(draft.actors)}" if draft.kind == "veto" else f"{head}: {_list_of(draft.actors)}"
            )
            return _shortened(head)
        return _shortened(f"{head} in {draft.place.name}" if draft.place else head)

    def _toll_title(self, draft: _Draft) -> str:
        for index in draft.tolls:
            toll = self.tolls[index]
            number = toll.low if toll.low is not None else toll.high
            if number is not None and toll.qualifier != "vague":
                figure = (
                    f"{toll.low:,} to {toll.high:,}"
                    if toll.qualifier == "range" and toll.low and toll.high
                    else f"{number:,}"
                )
                return f"{_QUALIFIED.get(toll.qualifier, '')}{figure} {toll.harm}"
            return f"People {toll.harm}"
        return "Violence"

    def _statement_title(self, draft: _Draft, act: Speech) -> str:
        sentence = self.sentences[draft.sentence]
        who = draft.actors[0] if act.speaker not in draft.actors else act.speaker
        after = self.text[act.end : sentence.end]
        if not act.says:
            found = self.words[draft.sentence]
            verb = next(
                (w for w in found if w.start > act.subject_end and w.end <= act.end and not self._in_date(draft, w)),
                None,
            )
            said = f"{verb.text} {after.strip()}" if verb is not None else after.strip()
            return _shortened(f"{who} {' '.join(said.split())}")
        said = after if act.reach == "after" else self.text[sentence.start : act.start]
        said = re.sub(r"^[\s,:]*(?:that\s)?", "", " ".join(said.split())).strip('"“”«» ,.')
        return _shortened(f"{who}: {said}" if said else f"Statement by {who}")

    def _in_date(self, draft: _Draft, word: Word) -> bool:
        dates = [self.dates[index] for index in self.dates_in[draft.sentence]]
        return any(date.start <= word.start and word.end <= date.end for date in dates)


def _lowest(toll: TollSpan) -> float:
    return toll.low if toll.low is not None else 0


def _highest(toll: TollSpan) -> float:
    return toll.high if toll.high is not None else float("inf")


def _narrower(new: PlaceSpan, old: PlaceSpan) -> bool:
    """A town says more than the governorate around it, a quarter more than its city."""
    if new.name == old.name:
        return old.kind == "governorate" and new.kind != "governorate"
    if new.governorate is None or new.governorate != old.governorate:
        return False
    return old.kind == "governorate" != new.kind


def _list_of(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _shortened(title: str) -> str:
    title = title.rstrip(" .,;:")
    if len(title) <= _TITLE_LENGTH:
        return title
    cut = title.rfind(" ", 0, _TITLE_LENGTH - 1)
    return title[: cut if cut > 0 else _TITLE_LENGTH - 1].rstrip(" .,;:") + "…"
