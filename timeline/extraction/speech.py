"""Where does somebody say something: "X said", "X told Y", "according to X", "citing X"?

Finds the acts of speech of each sentence, their speaker and channel, and on which side the reported words stand. Whom
a phrase names is left to speaker_phrases.py and speakers.py, which tolls an act stands behind to attribution.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from timeline.extraction.channels import addressee, channel_named
from timeline.extraction.lexicon import Lexicon
from timeline.extraction.names import Names, find_names, known_names
from timeline.extraction.records import Sentence
from timeline.extraction.sentences import Word, words
from timeline.extraction.speaker_phrases import phrase_after, phrase_before, subject
from timeline.extraction.speakers import Speakers, Who
from timeline.extraction.speech_words import (
    ACTS,
    ARABIC_ACCORDING,
    ARABIC_SAYS,
    BE,
    CLAIMED,
    CLAUSE_OPENERS,
    CONJUNCTIONS,
    COUNT_NOUNS,
    COUNTED_BY,
    COUNTING_KINDS,
    COUNTS,
    FRENCH_ACCORDING,
    FRENCH_SAYS,
    HAVE,
    NEEDS_THAT,
    ONLY_THAT,
    OPENERS,
    SAYS,
    TITLES,
)

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


_DAY = re.compile(
    r"(?:\s(?:late|early))?\s(?:on\s)?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|yesterday"
    r"|(?:\d{1,2}\s)?(?:january|february|march|april|may|june|july|august|september|october|november|december)\s\d{1,4}"
    r"(?:,?\s\d{4})?)\b(?:\s(?:morning|evening|afternoon|night))?",
    re.IGNORECASE,
)
# Words before a verb that leave it without a subject of its own.
_NO_SUBJECTS = frozenset("to not the a who which be".split())
# Said of by whom a thing was told: "the deaths were reported by X". An attack that is claimed by somebody is no report.
CONVEYS = frozenset("reported confirmed documented announced recorded compiled verified estimated counted".split())
_INVERTS = frozenset("said says added reported".split())
# After "said X", where what X said has come before: an addition, or more about X.
_AFTER_AN_INVERSION = frozenset(
    """
    adding noting citing quoting saying stressing warning in on of from at late early yesterday today a an the who which
    monday tuesday wednesday thursday friday saturday sunday as after referring describing to
    """.split()
)
# So few words before a subject, the first an opener, are an adverbial: "At the same time in Geneva".
_ADVERBIAL = 7
_FRENCH_HAVE = frozenset("a ont".split())
_KNOWN_WITHIN = 4  # words after the verb in which its subject begins: "قال مدير المرصد"
_ADVERBIAL_LENGTH = 80  # characters, at most
_MOST_VERBS = 50  # words of speech in one sentence: with more it is no prose, and the time for it is better spent
_CLAIMED_WITHIN = 5  # words: "claimed a second suicide attack"
_SAYING_WITHIN = 7  # words after whom is quoted: "quoted a nurse at the clinic as saying"
_COUNT_WORDS = 4  # "a new provisional count by"
_CLOSING = re.compile(r"[,”\"»’']\s*$")


def find_speech(
    text: str,
    sentences: Sequence[Sentence],
    lexicon: Lexicon,
    found: Sequence[Sequence[Word]] | None = None,
    names: Sequence[Names] | None = None,
) -> tuple[Speech, ...]:
    """Every act of speech, in the order of the text, pronouns and short names resolved.

    ``found`` are the words of each sentence and ``names`` the names among them, where they have been read already.
    """
    if found is None:
        found = [words(text, s.start, s.end) for s in sentences]
    if names is None:
        known = known_names(lexicon)
        names = [find_names(text, each, known) for each in found]
    speakers = Speakers(text, sentences, found, names, lexicon)
    return tuple(act for number in range(len(sentences)) for act in _sentence(speakers, number))


def _sentence(speakers: Speakers, number: int) -> list[Speech]:
    found, marks = speakers.words[number], speakers.known[number]
    acts: list[Speech] = []
    for index in speakers.names[number].verbs[:_MOST_VERBS]:
        word = found[index]
        key = word.key
        act: Speech | None = None
        following = found[index + 1].key if index + 1 < len(found) else ""
        if marks[index] is not None or (word.text[0].isupper() and index > 0 and key != "according"):
            continue  # "the United States" states nothing; a verb has a small letter
        if key == "according" and following == "to":
            act = _named_after(speakers, number, index, index + 2, "both")
        elif key in FRENCH_ACCORDING:
            act = _named_after(speakers, number, index, index + 1, "both")
        elif key in FRENCH_SAYS or key in ARABIC_SAYS or key in ARABIC_ACCORDING:
            act = _of_other_languages(speakers, number, index)
        elif key in ("citing", "quoting") or (key == "quoted" and following not in ("by", "as")):
            act = _cited(speakers, number, index, acts)
        elif following == "by" and key in CONVEYS:
            act = _named_after(speakers, number, index, index + 2, "both")
        elif key in SAYS or key in ACTS or key in COUNTS:
            act = _spoken(speakers, number, index)
        elif key == "quoted":
            act = _quoted_by(speakers, number, index)
        if act is None or (acts and act.start < acts[-1].end and act.subject_start == acts[-1].subject_start):
            continue
        if acts and act.start < acts[-1].end:
            earlier = acts.pop()  # one of the two took the other in: "SANA said, citing X", "SANA, citing X, said"
            if earlier.via == act.speaker or (earlier.via is not None and earlier.subject_end == act.subject_end):
                act = replace(earlier, end=max(earlier.end, act.end), reach=act.reach)
        acts.append(act)
    return acts


def _spoken(speakers: Speakers, number: int, verb: int) -> Speech | None:
    """X said, X told Y, and after a quotation: said X."""
    found = speakers.words[number]
    key = found[verb].key
    before = found[verb - 1] if verb else None
    if before is not None and (before.key in BE or before.key in _NO_SUBJECTS):
        return None
    following = found[verb + 1] if verb + 1 < len(found) else None
    if (
        key in NEEDS_THAT
        and following is not None
        and not speakers.gap(found, verb).strip()
        and following.key not in (("that",) if key in ONLY_THAT else CLAUSE_OPENERS)
        and not (following.text[0].isupper() or following.text[0].isdigit())
    ):
        return None
    if key in ("claimed", "claims") and not CLAIMED.isdisjoint(w.key for w in found[verb + 1 : verb + _CLAIMED_WITHIN]):
        return None
    who = subject(speakers, number, verb)
    inverted = False
    if who is not None and key in _INVERTS and following is not None:
        # Where only a speaker follows up to the end there is nothing else that could have been said.
        other = phrase_after(speakers, number, verb + 1)
        if other is not None and other.last + 1 == len(found):
            who, inverted = other, True
    if who is None and key in SAYS:
        sentence_start = speakers.sentences[number].start
        gap = speakers.text[(before.end if before else sentence_start) : found[verb].start]
        if _CLOSING.search(gap):
            who = phrase_after(speakers, number, verb + 1)
        elif key in _INVERTS:
            # scraped text that lost its quotation marks: nothing but an end or an addition may follow the speaker
            who = phrase_after(speakers, number, verb + 1)
            if who is not None and not _nothing_said_after(speakers, number, who.last):
                who = None
        inverted = who is not None
    if who is None or (key in COUNTS and who.kind not in COUNTING_KINDS):
        return None
    if key in ACTS and who.name[0].islower():
        return None  # "rebels rejected": what nobody by name demands or rejects is no statement of record
    if key in COUNTS and not any(
        ch.isdigit() for ch in speakers.text[found[verb].end : speakers.sentences[number].end]
    ):
        return None
    end = found[max(verb, who.last) if inverted else verb].end
    via: str | None = None
    if not inverted and key in ("told", "tells", "tell"):
        via, end = addressee(speakers, number, verb + 1, end)
    day = _DAY.match(speakers.text, end, speakers.sentences[number].end)
    if day:
        end = day.end()
    if via is None and key in SAYS:
        via = channel_named(speakers, number, end)
        if via == who.name:
            via = None
    start = found[verb if inverted else who.first].start
    speakers.meet(number, who)
    reach = _reach(speakers, number, start, end, inverted)
    kind = who.kind
    return Speech(
        number, start, end, who.name, via, kind, reach, key in SAYS or key in COUNTS,
        found[who.first].start, found[who.last].end,
    )  # fmt: skip


def _nothing_said_after(speakers: Speakers, number: int, last: int) -> bool:
    found = speakers.words[number]
    if last + 1 >= len(found):
        return True
    return (
        bool(speakers.gap(found, last).strip(" \n\u00a0"))
        or found[last + 1].key in _AFTER_AN_INVERSION
        or (found[last + 1].key in TITLES and found[last + 1].text.islower())
    )


def _of_other_languages(speakers: Speakers, number: int, verb: int) -> Speech | None:
    """'L'Observatoire a indiqué', 'a indiqué l'Observatoire'; the verb before its subject in Arabic: known names alone."""
    found, marks = speakers.words[number], speakers.known[number]
    first = verb - 1 if found[verb].key in FRENCH_SAYS else verb
    if first < verb and (first < 0 or found[first].key not in _FRENCH_HAVE):
        return None
    if first < verb and first and marks[first - 1] is not None:
        last = first - 1
    else:
        last = next((i for i in range(verb + 1, min(len(found), verb + _KNOWN_WITHIN)) if marks[i] is not None), -1)
    mark = marks[last] if last >= 0 else None
    if mark is None:
        return None
    begin, name = mark
    while last + 1 < len(found) and marks[last + 1] == mark:
        last += 1
    who = Who(begin, last, name, speakers.kinds.get(name, "official"))
    speakers.meet(number, who)
    start, end = found[min(begin, first)].start, found[max(last, verb)].end
    inverted = begin > verb and found[verb].key in FRENCH_SAYS
    reach: Reach = "both" if found[verb].key in ARABIC_ACCORDING else _reach(speakers, number, start, end, inverted)
    return Speech(number, start, end, name, None, who.kind, reach, True, found[begin].start, found[last].end)


def _past_count(found: Sequence[Word], index: int) -> int:
    """Over "a count by": where the name of whoever counted begins."""
    for noun in range(index, min(index + _COUNT_WORDS, len(found) - 1)):
        if found[noun].key in COUNT_NOUNS and found[noun + 1].key in COUNTED_BY:
            following = found[noun + 2].key if noun + 2 < len(found) else ""
            return noun + 3 if following == "by" else noun + 2
    return index


def _named_after(speakers: Speakers, number: int, first: int, after: int, reach: Reach) -> Speech | None:
    """According to X."""
    found = speakers.words[number]
    who = phrase_after(speakers, number, _past_count(found, after))
    if who is None:
        return None
    end = found[who.last].end
    if speakers.text[found[first].start : end].count("\n") > 1:
        return None
    speakers.meet(number, who)
    via = None
    if who.last + 2 < len(found) and found[who.last + 1].key in ("quoted", "cited") and found[who.last + 2].key == "by":
        channel = phrase_after(speakers, number, who.last + 3)
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


def _cited(speakers: Speakers, number: int, index: int, acts: Sequence[Speech]) -> Speech | None:
    """SANA said, citing X; SANA quoted X as saying."""
    found = speakers.words[number]
    who = phrase_after(speakers, number, index + 1)
    if who is None:
        return None
    end = found[who.last].end
    start = found[index].start
    via: str | None = None
    reach: Reach = "both"
    if acts and start - acts[-1].end < 40 and acts[-1].says:
        start, via, reach = acts[-1].start, acts[-1].speaker, acts[-1].reach
    else:
        channel = subject(speakers, number, index)
        if channel is None and index > 0 and speakers.gap(found, index - 1).strip() == ",":
            channel = phrase_before(speakers, number, index - 1)
        if channel is not None:
            named = channel.name if channel.name[0].isupper() else None
            start, via, reach = found[channel.first].start, named, "after"
        elif found[index].key == "quoted":
            return None
    tail = [w.key for w in found[who.last + 1 : who.last + 1 + _SAYING_WITHIN]]
    saying = tail.index("saying") if "saying" in tail else 0
    if saying and tail[saying - 1] == "as":
        end = found[who.last + 1 + saying].end
        reach = _reach(speakers, number, start, end, False)
    speakers.meet(number, who)
    return Speech(number, start, end, who.name, via, who.kind, reach, True, found[who.first].start, found[who.last].end)


def _quoted_by(speakers: Speakers, number: int, index: int) -> Speech | None:
    """X, quoted by Y; X was quoted by Y as saying; X was quoted as saying (by Y)."""
    found = speakers.words[number]
    verb = index
    while verb > 0 and (found[verb - 1].key in BE or found[verb - 1].key in HAVE):
        verb -= 1
    who = subject(speakers, number, verb)
    if who is None:
        return None
    after = index + 1
    saying = [w.key for w in found[after : after + 2]] == ["as", "saying"]
    if saying:
        after += 2
    channel: Who | None = None
    if after < len(found) and found[after].key in ("by", "in", "on"):
        channel = phrase_after(speakers, number, after + 1)
    if channel is None and not saying:
        return None
    end = found[channel.last if channel is not None else after - 1].end
    if channel is not None and [w.key for w in found[channel.last + 1 : channel.last + 3]] == ["as", "saying"]:
        end = found[channel.last + 2].end
    speakers.meet(number, who)
    start = found[who.first].start
    return Speech(
        number, start, end, who.name, channel.name if channel is not None else None, who.kind,
        _reach(speakers, number, start, end, False), True, start, found[who.last].end,
    )  # fmt: skip


def _reach(speakers: Speakers, number: int, start: int, end: int, inverted: bool) -> Reach:
    sentence = speakers.sentences[number]
    after = speakers.text[end : sentence.end].strip(" \u00a0")
    before = speakers.text[sentence.start : start]
    opens = not before.strip(" \"“«'‘")
    if opens:
        return "after"
    closes = not after.strip(".,;:!?\"”»’')-—–") or after[0] in ".;"
    if closes or inverted:
        return "before" if closes else "both"
    if after[0] == "," or after.startswith(("adding", "without", "in a statement")):
        return "both"
    # A comma or a closing quote before the subject ends what was said; anything else begins it.
    if _CLOSING.search(before[-3:]):
        return "both"
    # Scraped text lost its commas: what was said ends here too, unless a new clause begins or only "On Sunday" stands
    # before.
    words_before = before[-_ADVERBIAL_LENGTH:].split()
    if words_before and words_before[-1].lower() in CONJUNCTIONS:
        return "after"
    if (
        words_before
        and len(before) < _ADVERBIAL_LENGTH
        and len(words_before) <= _ADVERBIAL
        and words_before[0].lower() in OPENERS
    ):
        return "after"
    return "both"
