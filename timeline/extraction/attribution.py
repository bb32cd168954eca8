"""Who says what a report tells: the speaker, the channel it came through, and the words that say so.

Finds speech in a sentence ("X said", "X told Y", "according to X", "citing X") and which of it stands behind a toll.
Names are normalised through the lexicon; what is said, and whether it is an event, is left to the other parts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from timeline.extraction.lexicon import Lexicon, SourceEntry
from timeline.extraction.records import Attribution, Sentence, TollSpan
from timeline.extraction.sentences import Phrases, Word, words

Reach = Literal["after", "before", "both"]


@dataclass(frozen=True, slots=True)
class Speech:
    """One act of speech: the passage from ``start`` to ``end``, within it the words of the subject.

    ``reach`` says on which side of the passage the reported content stands. ``kind`` is the lexicon's kind of the
    speaker ("official" for a named person it does not know). ``says`` is False for acts such as "cautioned" and
    "called for", which tell of a statement without lending their words to anybody.
    """

    sentence: int
    start: int
    end: int
    speaker: str
    via: str | None
    kind: str | None
    reach: Reach
    says: bool
    subject_start: int
    subject_end: int


@dataclass(frozen=True, slots=True)
class _Who:
    """A noun phrase that can speak: words ``first`` to ``last`` (both included) of its sentence."""

    first: int
    last: int
    name: str
    kind: str | None


# What follows are closed classes of English news writing, not knowledge of a conflict: that stands in the lexicon.
_SAYS = frozenset(
    """
    said says say told tells tell added adds reported reports announced announces claimed claims stated states confirmed
    confirms warned warns denied denies declared declares insisted insists noted notes acknowledged acknowledges
    admitted
    admits estimated estimates argued argues alleged alleges asserted asserts maintained maintains explained explains
    reiterated reiterates stressed stresses wrote writes tweeted posted affirmed affirms emphasised emphasized concluded
    recalled revealed disclosed complained predicted indicated suggested mentioned
    """.split()
)
# Acts of speech that make a statement without being the source of the words around them.
_ACTS = frozenset(
    """
    cautioned condemned condemns urged urges demanded demands accused accuses criticised criticized rejected rejects
    hailed hails welcomed welcomes appealed appeals called calls vowed vows threatened threatens pledged pledges
    denounced
    denounces blamed blames cautions
    """.split()
)
# Verbs of counting speak only for a source that is known as one: "the Observatory counted 40 dead".
_COUNTS = frozenset(
    "counted counts documented documents recorded registered put puts gave gives listed verified tallied".split()
)
_BE = frozenset("is are was were be been being am".split())
# Stand between a subject and its verb.
_BETWEEN = frozenset(
    """
    has have had also later earlier then now again reportedly separately meanwhile however repeatedly immediately
    previously subsequently recently already just still further initially publicly on late early since today yesterday
    monday tuesday wednesday thursday friday saturday sunday did does would will could may might should
    morning evening afternoon night
    """.split()
)
_DETERMINERS = frozenset(
    "the a an one another some several many two three other its his her their this that both".split()
)
_PREPOSITIONS = frozenset("of in at from for with inside on near within to around across outside".split())
_PARTICLES = frozenset("al el ad ar as ash at az bin ibn ben abu abou de du van von der la le da di".split())
_TITLES = frozenset(
    """
    president vice prime minister deputy foreign defence defense interior information secretary secretary-general
    general
    gen lt lieutenant colonel col major maj brigadier captain capt commander commander-in-chief chief spokesman
    spokeswoman spokesperson ambassador envoy governor mayor sheikh king queen prince emir mr mrs ms dr sir lord lady
    professor prof senator chancellor director head chairman chairwoman premier mufti ayatollah pope cardinal patriarch
    archbishop bishop father representative rep sen first finance justice high commissioner coordinator undersecretary
    under-secretary-general leader mp assistant state special joint international peace humanitarian national security
    adviser advisor permanent observer mission team parliamentary speaker acting
    """.split()
)
# Heads of an unnamed source, with what kind of source it is.
_HEADS: dict[str, str] = {
    **dict.fromkeys("activist activists campaigners campaigner".split(), "activists"),
    **dict.fromkeys(
        "resident residents witness witnesses eyewitness eyewitnesses survivors survivor villagers locals".split(),
        "witnesses",
    ),
    **dict.fromkeys("medic medics doctor doctors".split(), "medics"),
    **dict.fromkeys("rebel rebels insurgents fighters fighter militants".split(), "armed_group"),
    **dict.fromkeys("official officials spokesman spokeswoman spokesperson spokesmen".split(), "official"),
    **dict.fromkeys("diplomat diplomats governor ambassador envoy leader minister commander".split(), "official"),
    **dict.fromkeys("monitor monitors watchdog observatory".split(), "monitor"),
    **dict.fromkeys("army military police troops".split(), "military"),
    **dict.fromkeys("government ministry regime authorities".split(), "government"),
    **dict.fromkeys("opposition".split(), "opposition"),
    **dict.fromkeys("television tv radio newspaper channel daily media".split(), "outlet"),
    **dict.fromkeys("agency".split(), "agency"),
    **dict.fromkeys(
        "source sources group groups organisation organization network office mission correspondent reporter".split(),
        "other",
    ),
    **dict.fromkeys("statement director head chief chairman member members father relatives".split(), "other"),
}
# Heads whose own words are the source, even where the phrase goes on: "residents of the town", "a source in the
# ministry".
_OWN_VOICE = frozenset(
    """
    activist activists campaigners resident residents witness witnesses eyewitness eyewitnesses survivors survivor
    villagers locals medic medics doctor doctors rebel rebels fighters source sources official officials diplomat
    diplomats relatives
    """.split()
)
# A body with a person behind "of" still speaks for itself: "the government of President …".
_BODIES = frozenset("government regime ministry army military police troops opposition authorities".split())
# The last word of a name that is no person's.
_ORGANISATIONS = frozenset(
    """
    governorate command university council centre center committee office forces army party front brigade brigades union
    hospital court province city department directorate foundation institute committees network association movement
    coalition league house corps authority agency bank company times post herald tribune news state states
    """.split()
)
# The head of a definite phrase that points back to an organisation named before: "the watchdog", "the group".
_POINTS_BACK = frozenset("watchdog monitor group organisation organization network agency observatory office".split())
_MODIFIERS = frozenset(
    """
    senior military local medical opposition government official security rebel army news state-run state rights human
    humanitarian political diplomatic western anti-government pro-government antigovernment monitoring activist field
    media judicial local unnamed well-informed informed private pro-regime same unidentified hospital police
    intelligence
    ministry foreign defence defense interior top high-ranking eye press british-based britain-based uk-based
    london-based pro-opposition rescue kurdish aid tribal
    """.split()
)
_PRONOUNS = frozenset("he she".split())
_NOT_NAMES = frozenset(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september
    october november december the a an in on at but and for with by it he she they we i this that these those after
    before
    when while as if since although meanwhile however there here earlier later his her their its our who which what
    selon according photo file reuters ap afp editing reporting writing islam muslim christian
    """.split()
)
_CHANNEL_HEADS = frozenset(
    "agency television tv channel newspaper daily radio network station broadcaster website magazine".split()
)
_NO_CHANNEL = frozenset("reporters journalists parliament lawmakers a".split())
# Kinds whose counts are counts of people, so that "gave" and "put" make them a source.
_COUNTING_KINDS = frozenset(
    ("monitor", "ngo", "intergovernmental", "opposition", "activists", "medics", "government", "official", "military")
)
# An apposition between commas ("X, the head of Y, said") is rarely longer; beyond it the comma belongs to something
# else.
_APPOSITION_WORDS = 16
# How many sentences back a pronoun or "the group" is looked up: further back a reader has lost it too.
_POINTS_BACK_SENTENCES = 3

_DAY = re.compile(
    r"(?:\s(?:late|early))?\s(?:on\s)?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|yesterday"
    r"|(?:\d{1,2}\s)?(?:january|february|march|april|may|june|july|august|september|october|november|december)\s\d{1,4}"
    r"(?:,?\s\d{4})?)\b(?:\s(?:morning|evening|afternoon|night))?",
    re.IGNORECASE,
)
_CLOSING = re.compile(r"[,”\"»’']\s*$")
_VIA_AFTER = re.compile(
    r"\s*,?\s(?:in (?:a|an) (?:\w+ ){0,3}(?:carried|published|broadcast|released|run) (?:by|on)|"
    r"(?:was )?quoted by|carried by|to|on|via|in an interview with|speaking to)\s(?:the\s)?",
    re.IGNORECASE,
)


def find_attributions(text: str, sentences: Sequence[Sentence], lexicon: Lexicon) -> tuple[Attribution, ...]:
    """Every passage that says who says something, in the order of the text."""
    return attributions_of(text, find_speech(text, sentences, lexicon))


def attributions_of(text: str, speech: Sequence[Speech]) -> tuple[Attribution, ...]:
    """The records of the contract for the acts of speech that lend their words to a speaker."""
    return tuple(Attribution(s.start, s.end, text[s.start : s.end], s.speaker, s.via) for s in speech if s.says)


def attribute_tolls(
    text: str, sentences: Sequence[Sentence], tolls: Sequence[TollSpan], speech: Sequence[Speech]
) -> tuple[TollSpan, ...]:
    """The same tolls, each with the source and channel that its own sentence names, None where it names none."""
    by_sentence: dict[int, list[Speech]] = {}
    for act in speech:
        if act.says:
            by_sentence.setdefault(act.sentence, []).append(act)
    attributed: list[TollSpan] = []
    number = 0
    for toll in tolls:
        while number + 1 < len(sentences) and sentences[number + 1].start <= toll.start:
            number += 1
        behind = (
            _behind(text, toll.start, toll.end, sentences[number], by_sentence.get(number, [])) if sentences else None
        )
        attributed.append(replace(toll, source=behind.speaker, via=behind.via) if behind else toll)
    return tuple(attributed)


def _behind(text: str, start: int, end: int, sentence: Sentence, acts: Sequence[Speech]) -> Speech | None:
    """Whose words hold the passage: the speech before it that reaches on, else the one after it that reaches back."""
    # A semicolon parts two statements of one sentence: "… said A; B counted 355 dead".
    first = text.rfind(";", sentence.start, start) + 1 or sentence.start
    stop = text.find(";", end, sentence.end)
    last = stop if stop >= 0 else sentence.end
    near = [act for act in acts if act.start < last and act.end > first]
    before = [act for act in near if act.start <= start and act.reach != "before"]
    after = [act for act in near if act.start >= end - 1 and act.reach != "after"]
    if before and after:
        # "The Observatory said 12 died, while 20 were killed in Hama, activists said": the later clause is the
        # second's.
        split = re.search(r",? (?:while|whereas|and|but) ", text[before[-1].end : start])
        return after[0] if split and split.group().strip(" ,") in ("while", "whereas", "but") else before[-1]
    if before:
        return before[-1]
    if after:
        return after[0]
    return None


def find_speech(text: str, sentences: Sequence[Sentence], lexicon: Lexicon) -> tuple[Speech, ...]:
    """Every act of speech, in the order of the text, pronouns and short names resolved."""
    return tuple(_Reader(text, sentences, lexicon).read())


@dataclass(frozen=True, slots=True)
class _Names:
    """The names of a lexicon as they are looked up: compiled once, used for every text."""

    sources: Phrases[str]
    metonyms: Phrases[SourceEntry]
    kinds: dict[str, str]
    channels: frozenset[str]


_compiled: dict[Lexicon, _Names] = {}


def _names(lexicon: Lexicon) -> _Names:
    names = _compiled.get(lexicon)
    if names is None:
        aliases = [(alias, entry.name) for entry in lexicon.sources for alias in (entry.name, *entry.aliases)]
        for actor in lexicon.actors:
            if actor.kind == "person":
                aliases.extend((alias, actor.name) for alias in (actor.name, *actor.aliases))
        names = _compiled[lexicon] = _Names(
            sources=Phrases(aliases),
            metonyms=Phrases((name, source) for source in lexicon.sources for name in source.metonyms),
            kinds={source.name: source.kind for source in lexicon.sources},
            channels=frozenset(s.name for s in lexicon.sources if s.channel or s.kind in ("agency", "outlet")),
        )
    return names


class _Reader:
    """Reads one text from front to back, remembering whom it has met."""

    def __init__(self, text: str, sentences: Sequence[Sentence], lexicon: Lexicon) -> None:
        self.text = text
        self.sentences = sentences
        names = _names(lexicon)
        self.phrases, self.metonyms, self.kinds, self.channels = (
            names.sources,
            names.metonyms,
            names.kinds,
            names.channels,
        )
        self.words: list[list[Word]] = [words(text, s.start, s.end) for s in sentences]
        self.known: list[list[tuple[int, str] | None]] = [self._mark(found) for found in self.words]
        self.full_names = self._people()
        self.last_person: tuple[int, _Who] | None = None
        self.last_group: tuple[int, _Who] | None = None
        self.last_unnamed: tuple[int, _Who] | None = None

    def _mark(self, found: list[Word]) -> list[tuple[int, str] | None]:
        """For each word that lies in a known name: where that name began, and whose it is."""
        marks: list[tuple[int, str] | None] = [None] * len(found)
        index = 0
        while index < len(found):
            hit = self.phrases.at(self.text, found, index)
            if hit is None:
                index += 1
                continue
            length, name = hit
            marks[index : index + length] = [(index, name)] * length
            index += length
        return marks

    def _people(self) -> dict[tuple[str, ...], str]:
        """The end of every full name in the text ('Gatilov') and the full name as it is first given."""
        full: dict[tuple[str, ...], str] = {}
        for found, marks in zip(self.words, self.known, strict=True):
            run: list[int] = []
            for index in range(len(found) + 1):
                if (
                    index < len(found)
                    and self._name_word(found, marks, index)
                    and (not run or self._joined(found, index))
                ):
                    run.append(index)
                    continue
                self._remember(found, run, full)
                run = [index] if index < len(found) and self._name_word(found, marks, index) else []
        return full

    def _remember(self, found: list[Word], run: list[int], full: dict[tuple[str, ...], str]) -> None:
        while (
            run and found[run[0]].key in _PARTICLES and found[run[0]].text.islower() and "-" not in found[run[0]].text
        ):
            run = run[1:]
        if 2 <= len(run) <= 5:
            name = self._quote(found, run[0], run[-1])
            for cut in range(1, len(run)):
                full.setdefault(tuple(found[i].key for i in run[cut:]), name)

    def _name_word(self, found: list[Word], marks: list[tuple[int, str] | None], index: int) -> bool:
        word = found[index]
        if marks[index] is not None or word.key in _NOT_NAMES or word.key in _TITLES or word.key in _HEADS:
            return False
        if word.text[0].isupper():
            return not (word.text.isupper() and len(word.text) > 1)
        return word.key in _PARTICLES or word.key.startswith(("al-", "el-", "ad-", "ar-", "as-", "ash-", "at-", "az-"))

    def _joined(self, found: list[Word], index: int) -> bool:
        """No mark of punctuation, and no possessive, between this word and the one before."""
        before = found[index - 1]
        return self.text[before.end : found[index].start].strip(" \t\n\u00a0") in ("", ".") and not _possessive(before)

    def _quote(self, found: list[Word], first: int, last: int) -> str:
        quote = " ".join(self.text[found[first].start : found[last].end].split())
        return re.sub(r"['’]s$", "", quote)

    def read(self) -> list[Speech]:
        speech: list[Speech] = []
        for number in range(len(self.sentences)):
            acts = self._sentence(number)
            speech.extend(acts)
        return speech

    def _sentence(self, number: int) -> list[Speech]:
        found, marks = self.words[number], self.known[number]
        acts: list[Speech] = []
        for index, word in enumerate(found):
            key = word.key
            act: Speech | None = None
            if marks[index] is not None or (word.text[0].isupper() and index > 0 and key != "according"):
                continue  # "the United States" states nothing; a verb has a small letter
            if key == "according" and index + 1 < len(found) and found[index + 1].key == "to":
                act = self._named_after(number, index, index + 2, "both")
            elif key in ("selon",):
                act = self._named_after(number, index, index + 1, "both")
            elif key in ("citing", "quoting") or (
                key == "quoted" and index + 1 < len(found) and found[index + 1].key != "by"
            ):
                act = self._cited(number, index, acts)
            elif key in _SAYS or key in _ACTS or key in _COUNTS:
                act = self._spoken(number, index)
            elif key == "quoted":
                act = self._quoted_by(number, index)
            if act is None or (acts and act.start < acts[-1].end and act.subject_start == acts[-1].subject_start):
                continue
            if acts and act.start < acts[-1].end:
                earlier = acts.pop()  # one of the two took the other in: "SANA said, citing X", "SANA, citing X, said"
                if earlier.via == act.speaker:
                    act = replace(earlier, end=max(earlier.end, act.end), reach=act.reach)
            acts.append(act)
        return acts

    # The shapes of speech

    def _spoken(self, number: int, verb: int) -> Speech | None:
        """X said, X told Y, and after a quotation: said X."""
        found = self.words[number]
        key = found[verb].key
        before = found[verb - 1] if verb else None
        if before is not None and (before.key in _BE or before.key in ("to", "not", "the", "a", "who")):
            return None
        who = self._subject(number, verb)
        inverted = False
        if who is None and key in _SAYS:
            sentence_start = self.sentences[number].start
            gap = self.text[(before.end if before else sentence_start) : found[verb].start]
            if _CLOSING.search(gap):
                who = self._phrase_after(number, verb + 1)
                inverted = who is not None
        if who is None or (key in _COUNTS and who.kind not in _COUNTING_KINDS):
            return None
        if key in _ACTS and who.name[0].islower():
            return None  # "rebels rejected": what nobody by name demands or rejects is no statement of record
        if key in _COUNTS and not any(ch.isdigit() for ch in self.text[found[verb].end : self.sentences[number].end]):
            return None
        end = found[max(verb, who.last) if inverted else verb].end
        via: str | None = None
        if not inverted and key in ("told", "tells", "tell"):
            via, end = self._addressee(number, verb + 1, end)
        day = _DAY.match(self.text, end, self.sentences[number].end)
        if day:
            end = day.end()
        if via is None and key in _SAYS:
            via = self._via_after(number, end)
        start = found[verb if inverted else who.first].start
        self._meet(number, who)
        reach = self._reach(number, start, end, inverted)
        kind = who.kind
        return Speech(
            number, start, end, who.name, via, kind, reach, key in _SAYS or key in _COUNTS,
            found[who.first].start, found[who.last].end,
        )  # fmt: skip

    def _named_after(self, number: int, first: int, after: int, reach: Reach) -> Speech | None:
        """According to X."""
        found = self.words[number]
        who = self._phrase_after(number, after)
        if who is None:
            return None
        self._meet(number, who)
        end = found[who.last].end
        if self.text[found[first].start : end].count("\n") > 1:
            return None
        via = None
        if (
            who.last + 2 < len(found)
            and found[who.last + 1].key in ("quoted", "cited")
            and found[who.last + 2].key == "by"
        ):
            channel = self._phrase_after(number, who.last + 3)
            if channel is not None:
                via, end = channel.name, found[channel.last].end
        return Speech(
            number,
            found[first].start,
            end,
            who.name,
            via,
            who.kind,
            reach,
            True,
            found[who.first].start,
            found[who.last].end,
        )

    def _cited(self, number: int, index: int, acts: Sequence[Speech]) -> Speech | None:
        """SANA said, citing X; SANA quoted X as saying."""
        found = self.words[number]
        who = self._phrase_after(number, index + 1)
        if who is None:
            return None
        end = found[who.last].end
        start = found[index].start
        via: str | None = None
        reach: Reach = "both"
        if acts and start - acts[-1].end < 40 and acts[-1].says:
            start, via, reach = acts[-1].start, acts[-1].speaker, acts[-1].reach
        else:
            channel = self._subject(number, index)
            if channel is None and index > 0 and self._gap(found, index - 1).strip() == ",":
                channel = self._phrase_before(number, index - 1)
            if channel is not None:
                named = channel.name if channel.name[0].isupper() else None
                start, via, reach = found[channel.first].start, named, "after"
            elif found[index].key == "quoted":
                return None
        tail = [w.key for w in found[who.last + 1 : who.last + 3]]
        if tail == ["as", "saying"]:
            end = found[who.last + 2].end
        self._meet(number, who)
        return Speech(
            number, start, end, who.name, via, who.kind, reach, True, found[who.first].start, found[who.last].end
        )

    def _quoted_by(self, number: int, index: int) -> Speech | None:
        """X, quoted by Y; X was quoted by Y as saying."""
        found = self.words[number]
        channel = self._phrase_after(number, index + 2)
        subject = index
        while subject > 0 and found[subject - 1].key in _BE:
            subject -= 1
        who = self._subject(number, subject)
        if channel is None or who is None:
            return None
        self._meet(number, who)
        end = found[channel.last].end
        if [w.key for w in found[channel.last + 1 : channel.last + 3]] == ["as", "saying"]:
            end = found[channel.last + 2].end
        start = found[who.first].start
        return Speech(
            number, start, end, who.name, channel.name, who.kind, self._reach(number, start, end, False), True,
            start, found[who.last].end,
        )  # fmt: skip

    def _reach(self, number: int, start: int, end: int, inverted: bool) -> Reach:
        sentence = self.sentences[number]
        after = self.text[end : sentence.end].strip(" \u00a0")
        opens = not self.text[sentence.start : start].strip(" \"“«'‘")
        if opens:
            return "after"
        closes = not after.strip(".,;:!?\"”»’')-—–") or after[0] in ".;"
        if closes or inverted:
            return "before" if closes else "both"
        if after[0] == "," or after.startswith(("adding", "without", "in a statement")):
            return "both"
        # A comma or a closing quote before the subject ends what was said; anything else begins it.
        return "both" if _CLOSING.search(self.text[max(sentence.start, start - 3) : start]) else "after"

    # Noun phrases

    def _subject(self, number: int, verb: int) -> _Who | None:
        """The phrase before a verb, over adverbs and an apposition between commas."""
        found = self.words[number]
        index = verb - 1
        while index >= 0 and found[index].key in _BETWEEN and "," not in self._gap(found, index):
            index -= 1
        if index < 0:
            return None
        gap = self._gap(found, index)
        if not gap.strip(" \n\t\u00a0"):
            return self._phrase_before(number, index)
        if gap.strip() in (".",) and len(found[index].text) <= 4:
            return self._phrase_before(number, index)
        if gap.strip() in (",", "),", ")", "-", "–", "—"):
            # "Rami Abdel Rahman, the head of the Observatory, said": the name before the first of the two commas
            for back in range(index, max(0, index - _APPOSITION_WORDS), -1):
                between = self._gap(found, back - 1).strip()
                if between and between[0] in ",(-–—":
                    who = self._phrase_before(number, back - 1)
                    if who is None or (who.kind in (None, "other") and who.name[0].islower()):
                        return None
                    return replace(who, last=who.last)
                if between:
                    return None
        return None

    def _gap(self, found: list[Word], index: int) -> str:
        """What stands between a word and the next one."""
        if index < 0 or index + 1 >= len(found):
            return ""
        return self.text[found[index].end : found[index + 1].start]

    def _phrase_before(self, number: int, last: int) -> _Who | None:
        found, marks = self.words[number], self.known[number]
        if found[last].key in _PRONOUNS:
            return self._points_to(number, last, self.last_person)
        if found[last].key == "it":
            return self._points_to(number, last, self.last_group)
        first = self._run_back(found, marks, last)
        if first is None:
            return self._beside_a_plain_noun(number, last)
        if first and found[first - 1].key in ("his", "her", "its", "their", "my", "our"):
            return None  # "his channel said": nobody a reader could name
        who = self._who(number, first, last)
        determiner = first - 1 if first > 1 and found[first - 1].key in _DETERMINERS else first
        preposition = determiner - 1
        if preposition >= 1 and found[preposition].key in _PREPOSITIONS and self._joined(found, preposition + 1):
            head_last = preposition - 1
            if found[head_last].key in _HEADS and self._joined(found, preposition):
                head_first = self._run_back(found, marks, head_last)
                if head_first is not None:
                    return self._headed(number, head_first, head_last, last, who)
            if who is not None and who.kind == "official" and self._unknown(number, determiner, last):
                return None  # "the fall of Deir al-Adas said": what follows a preposition is a place
        return who

    def _unknown(self, number: int, first: int, last: int) -> bool:
        """No word of it is of a known name or a title."""
        found, marks = self.words[number], self.known[number]
        return all(marks[i] is None and found[i].key not in _TITLES for i in range(first, last + 1))

    def _beside_a_plain_noun(self, number: int, last: int) -> _Who | None:
        """'Residents of the town said', 'a doctor at the clinic said': who speaks stands before the preposition."""
        found, marks = self.words[number], self.known[number]
        for index in range(last - 1, max(0, last - 4), -1):
            if not self._joined(found, index + 1) or (
                found[index].key in _DETERMINERS and found[index - 1].key not in _PREPOSITIONS
            ):
                return None
            if found[index].key in _PREPOSITIONS:
                if found[index - 1].key not in _OWN_VOICE or not self._joined(found, index):
                    return None
                first = self._run_back(found, marks, index - 1)
                who = self._who(number, first, index - 1) if first is not None else None
                return replace(who, last=last) if who is not None else None
        return None

    def _headed(self, number: int, first: int, head: int, last: int, inner: _Who | None) -> _Who | None:
        """'A spokesman for X' speaks for X, 'residents of X' for themselves; a name after it all is the speaker."""
        found = self.words[number]
        key = found[head].key
        named = inner is not None and inner.kind == "official" and inner.name[0].isupper()
        if inner is not None and named and key not in _OWN_VOICE and key not in _BODIES:
            return replace(inner, first=first)
        outer = self._who(number, first, head)
        if key in _BODIES and outer is not None:
            return replace(outer, last=last)
        if key in _OWN_VOICE or inner is None or inner.name[0].islower():
            if outer is None:
                return None
            if key in ("source", "sources", "official", "officials"):
                begin = first - 1 if first and found[first - 1].key in ("a", "an", "one") else first
                return replace(outer, last=last, name=_unnamed(self._quote(found, begin, last)))
            return replace(outer, last=last)
        return replace(inner, first=outer.first if outer else first)

    def _run_back(self, found: list[Word], marks: list[tuple[int, str] | None], last: int) -> int | None:
        """The first word of the phrase that ends at ``last``, without its article; None where nothing can speak."""
        first: int | None = None
        index = last
        while index >= 0:
            if index < last and not self._joined_or_possessive(found, index):
                break
            mark = marks[index]
            if mark is not None:
                first = mark[0]
                index = first - 1
                if found[first].key in _DETERMINERS or (index >= 0 and not self._leads_to_name(found[index].key)):
                    break  # "… in Homs the Observatory said": what stands before a known name is no part of it
                continue
            word = found[index]
            capital = word.text[0].isupper() and word.key not in _NOT_NAMES
            if word.text.isdigit() and index and found[index - 1].text[0].isupper() and first is not None:
                index -= 1  # "Channel 10 television"
                continue
            if (
                capital
                or word.key in _HEADS
                or word.key in _MODIFIERS
                or word.key in _TITLES
                or self._particle(found, index)
            ):
                first = index
                index -= 1
                continue
            # "Secretary of State", "Minister for Information": a title that holds a preposition
            if (
                word.key in ("of", "for")
                and index >= 1
                and found[index - 1].key in ("secretary", "minister")
                and first is not None
            ):
                first = index - 1
                index -= 2
                continue
            break
        return first

    def _leads_to_name(self, key: str) -> bool:
        return key in _TITLES or key in _HEADS or key in _MODIFIERS

    def _particle(self, found: list[Word], index: int) -> bool:
        word = found[index]
        if word.key.startswith(("al-", "el-")):
            return True
        return (
            word.key in _PARTICLES
            and index > 0
            and found[index - 1].text[0].isupper()
            and word.key not in ("as", "at", "la")
        )

    def _joined_or_possessive(self, found: list[Word], index: int) -> bool:
        return self._gap(found, index).strip(" \t\n\u00a0") in ("", ".")

    def _phrase_after(self, number: int, first: int) -> _Who | None:
        """The phrase that begins at a word: after 'according to', after 'said' in an inverted sentence."""
        found, marks = self.words[number], self.known[number]
        index = first
        if index >= len(found) or (index > 0 and self._gap(found, index - 1).strip(' \n\t\u00a0"“«')):
            return None
        while index < len(found) and found[index].key in _DETERMINERS and marks[index] is None:
            index += 1
        begin = index
        while index < len(found):
            if index > begin and not self._joined_or_possessive(found, index - 1):
                break
            mark = marks[index]
            if mark is not None:
                index += 1
                while index < len(found) and marks[index] == mark:
                    index += 1
                continue
            word = found[index]
            if (
                (word.text[0].isupper() and word.key not in _NOT_NAMES)
                or word.key in _HEADS
                or word.key in _MODIFIERS
                or word.key in _TITLES
                or self._particle(found, index)
            ):
                index += 1
            else:
                break
        if index == begin:
            return None
        last = index - 1
        who = self._who(number, begin, last)
        if index < len(found) and found[index].key in _PREPOSITIONS and found[last].key in _HEADS:
            inner = self._phrase_after(number, index + 1)
            if inner is not None:
                return self._headed(number, begin, last, inner.last, inner)
            if who is not None and found[last].key in ("spokesman", "spokeswoman", "spokesperson", "statement"):
                return None
        return who

    def _who(self, number: int, first: int, last: int) -> _Who | None:
        """Who the words ``first`` to ``last`` name: a person, a known source, or an unnamed one."""
        found, marks = self.words[number], self.known[number]
        article = first - 1 if first and found[first - 1].key in ("the", "a", "an", "one", "another") else None
        begin = article if article is not None else first
        if (
            found[first].key in _PARTICLES
            and found[first].text.islower()
            and first < last
            and "-" not in found[first].text
        ):
            first += 1
        last_mark = marks[last]
        if last_mark is None:
            name_first = last
            while (
                name_first > first
                and marks[name_first - 1] is None
                and self._named(found, name_first - 1)
                and self._joined(found, name_first)
            ):
                name_first -= 1
            if self._named(found, last):
                person = self._person(number, name_first, last, titled=name_first > first)
                if person is not None:
                    return _Who(begin, last, *person)
        known = [mark for mark in marks[first : last + 1] if mark is not None]
        if known:
            name = known[-1][1]
            return _Who(begin, last, name, self.kinds.get(name, "official"))
        metonym = self.metonyms.at(self.text, found, first)
        if metonym is not None and metonym[0] == last - first + 1:
            return _Who(begin, last, metonym[1].name, metonym[1].kind)
        head = found[last].key
        if head not in _HEADS:
            return None
        definite = article is not None and found[article].key == "the"
        if definite and head in _POINTS_BACK:
            back = self._points_to(number, last, self.last_group)
            if back is not None:
                return replace(back, first=begin, last=last)
        if definite and first == last and head in ("source", "sources"):
            back = self._points_to(number, last, self.last_unnamed)
            if back is not None:
                return replace(back, first=begin, last=last)
        if head in ("statement", "chief", "head", "member", "director", "father") and first == last:
            return None
        quote = self._quote(found, first, last)
        if article is not None and (not definite or (first == last and head in (*_POINTS_BACK, "source"))):
            quote = self._quote(found, article, last)
        return _Who(begin, last, _unnamed(quote), _HEADS[head])

    def _named(self, found: list[Word], index: int) -> bool:
        word = found[index]
        if word.key in _TITLES or word.key in _HEADS or word.key in _NOT_NAMES or word.key in _MODIFIERS:
            return False
        return (word.text[0].isupper() and not (word.text.isupper() and len(word.text) > 2)) or self._particle(
            found, index
        )

    def _person(self, number: int, first: int, last: int, titled: bool) -> tuple[str, str | None] | None:
        """The full name of a person, and the kind: None when a single unknown word could be anything."""
        found = self.words[number]
        if _possessive(found[last]):
            return None
        if found[last].key in _ORGANISATIONS:
            # A body that the lexicon lacks keeps the name it is written with.
            return (self._quote(found, first, last), "other") if first < last else None
        keys = tuple(word.key for word in found[first : last + 1])
        full = self.full_names.get(keys)
        if full is not None:
            return full, self.kinds.get(full, "official")
        hit = self.metonyms.at(self.text, found, first)
        if hit is not None and hit[0] == last - first + 1:
            return None
        if first == last and not titled:
            return None
        return self._quote(found, first, last), "official"

    def _points_to(self, number: int, last: int, met: tuple[int, _Who] | None) -> _Who | None:
        if met is None or number - met[0] > _POINTS_BACK_SENTENCES:
            return None
        return replace(met[1], first=last, last=last)

    def _meet(self, number: int, who: _Who) -> None:
        if who.name[0].islower():
            if "source" in who.name:
                self.last_unnamed = (number, who)
            return
        if who.kind == "official":
            self.last_person = (number, who)
        else:
            self.last_group = (number, who)

    # Channels

    def _addressee(self, number: int, first: int, end: int) -> tuple[str | None, int]:
        """Whom somebody told: an agency or outlet is the channel; reporters are nobody's channel."""
        found, marks = self.words[number], self.known[number]
        if first >= len(found) or self._gap(found, first - 1).strip(" \n\u00a0"):
            return None, end
        index = first
        if found[index].key in ("the", "a", "an", "state-run", "lebanese") and index + 1 < len(found):
            index += 1
        if found[index].key in ("reporters", "journalists"):
            return None, found[index].end
        begin = index
        while (
            index < len(found)
            and marks[index] is None
            and index - begin < 5
            and (found[index].text[0].isupper() or found[index].key in _CHANNEL_HEADS or found[index].key in _MODIFIERS)
            and (index == begin or self._joined_or_possessive(found, index - 1))
        ):
            index += 1
        mark = marks[index] if index < len(found) else None
        if mark is not None:
            name = mark[1]
            if name in self.channels:
                while index + 1 < len(found) and marks[index + 1] == marks[index]:
                    index += 1
                while (
                    index + 1 < len(found)
                    and found[index + 1].key in (*_CHANNEL_HEADS, "news", "state")
                    and self._joined_or_possessive(found, index)
                ):
                    index += 1
                return name, found[index].end
            return None, end
        if index > begin and any(word.key in _CHANNEL_HEADS or word.key == "tv" for word in found[begin:index]):
            named = [i for i in range(begin, index) if found[i].text[0].isupper()]
            if named:
                while (
                    index < len(found)
                    and found[index].text[0].isupper()
                    and self._joined_or_possessive(found, index - 1)
                ):
                    index += 1
                return self._channel_name(found, begin, index - 1), found[index - 1].end
        return None, end

    def _channel_name(self, found: list[Word], first: int, last: int) -> str:
        """'Lebanese TV station al-Mayadeen' -> al-Mayadeen; 'Izvestia newspaper' -> Izvestia."""
        heads = [i for i in range(first, last + 1) if found[i].key in _CHANNEL_HEADS]
        if heads and heads[-1] < last:
            return self._quote(found, heads[-1] + 1, last)
        if heads:
            cut = heads[0] - 1
            while cut > first and found[cut].key in ("news", "state"):
                cut -= 1
            if cut >= first:
                return self._quote(found, first, cut)
        return self._quote(found, first, last)

    def _via_after(self, number: int, end: int) -> str | None:
        """Said … in a statement carried by SANA; said, quoted by Interfax."""
        sentence = self.sentences[number]
        match = _VIA_AFTER.match(self.text, end, sentence.end)
        if match is None:
            return None
        found, marks = self.words[number], self.known[number]
        for index, word in enumerate(found):
            if word.start == match.end():
                mark = marks[index]
                return mark[1] if mark is not None and mark[1] in self.channels else None
        return None


def _possessive(word: Word) -> bool:
    return word.text.endswith(("'s", "’s", "s'", "s’"))


def _unnamed(quote: str) -> str:
    """An unnamed source keeps its words, in small letters except for names: 'a Syrian official'."""
    head, _, rest = quote.partition(" ")
    known = head.lower() in _HEADS or head.lower() in _MODIFIERS or head.lower() in _DETERMINERS
    return (head.lower() if known else head) + (f" {rest}" if rest else "")
