"""Which words form the noun phrase that speaks: before a verb, after "according to", around an apposition?

Finds where the phrase begins and ends and which part of it counts ("a spokesman for X" is X). Whom the words name is
left to speakers.py, what is said to speech.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from timeline.extraction.sentences import Word
from timeline.extraction.speakers import Speakers, Who, unnamed
from timeline.extraction.speech_words import (
    BE,
    BETWEEN,
    BODIES,
    COUNTING_KINDS,
    DETERMINERS,
    HAVE,
    HEADS,
    MODIFIERS,
    NOT_NAMES,
    OPENERS,
    OWN_VOICE,
    POINTS_BACK,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    SAYS,
    TITLES,
)

# How far into a sentence its opener may stand before the verb.
_OPENING_WORDS = 24
_RELATIVE_WORDS = 14  # a relative clause is rarely longer where scraped text lost its commas
_RELATIVE_BY = 9  # a relative clause of the opener begins within so many words
_FULL_NAME = 2  # words
_NAME_WORDS = 7  # a longer phrase of names is a headline
_ENDS_CLAUSE = ';:"”“'
_OF_A_PERSON = frozenset("of from for at with in".split())
_OF_A_MATTER = frozenset("directorate department ministry office bureau council committee commission".split())
_QUANTITIES = frozenset("number one some many most several all group dozens scores hundreds thousands majority".split())
_NO_VERBS = frozenset(
    "based backed armed led united red led-by allied besieged affiliated linked called wounded".split()
)
_PLAIN_VERBS = frozenset(
    "died left hit took came went struck shot fell rose made told gave said says killed did does do can could will would".split()
)
# An apposition between commas ("X, the head of Y, said") is rarely longer; beyond it the comma belongs to something
# else.
_APPOSITION_WORDS = 16


def subject(speakers: Speakers, number: int, verb: int) -> Who | None:
    """The phrase before a verb, over adverbs and an apposition between commas."""
    found = speakers.words[number]
    index = verb - 1
    while index >= 0 and found[index].key in BETWEEN and "," not in speakers.gap(found, index):
        index -= 1
    if index < 0:
        return None
    gap = speakers.gap(found, index)
    if not gap.strip(" \n\t\u00a0"):
        who = phrase_before(speakers, number, index)
        if who is None or not RELATIVES.isdisjoint(word.key for word in found[1:_RELATIVE_BY]):
            return _first_of_sentence(speakers, number, index, relative=who is not None) or who
        return _before_relative(speakers, number, who) or who
    if gap.strip() in (".",) and len(found[index].text) <= 4:
        return phrase_before(speakers, number, index)
    if gap.strip() in (",", "),", ")", "-", "–", "—"):
        # "Rami Abdel Rahman, the head of the Observatory, said": the name before the first of the two commas
        for back in range(index, max(0, index - _APPOSITION_WORDS), -1):
            between = speakers.gap(found, back - 1).strip()
            if between and between[0] in ",(-–—":
                who = phrase_before(speakers, number, back - 1)
                if who is None:
                    return _first_of_sentence(speakers, number, back - 1)
                inner = phrase_before(speakers, number, index)
                if inner is not None and inner.first == back and inner.kind == "official" and " " in inner.name:
                    return replace(inner, first=who.first)  # "the head of the Observatory, Rami Abdel Rahman, said"
                return None if who.kind in (None, "other") and who.name[0].islower() else who
            if between:
                return None
    return None


def _before_relative(speakers: Speakers, number: int, who: Who) -> Who | None:
    """'The Observatory which relies on sources in the country said': the known name before the relative clause."""
    found, marks = speakers.words[number], speakers.known[number]
    for index in range(who.first - 1, max(0, who.first - _RELATIVE_WORDS), -1):
        if found[index].key in SAYS or speakers.gap(found, index).strip():
            return None
        if found[index].key in RELATIVES and marks[index - 1] is not None:
            named = phrase_before(speakers, number, index - 1)
            return replace(named, last=who.last) if named is not None and named.kind in COUNTING_KINDS else None
    return None


def _first_of_sentence(speakers: Speakers, number: int, last: int, relative: bool = False) -> Who | None:
    """'Omar Haddad of the rescue service said', 'The group which has people there said': who opens the sentence.

    Between opener and verb stand its own prepositions or its relative clause; where another verb comes first, whoever
    opens the sentence does that and not the saying.
    """
    found = speakers.words[number]
    first = 0
    if found[0].key in OPENERS:
        while first < last and (found[first].key in OPENERS or found[first].key in BETWEEN):
            first += 1
    if last - first > _OPENING_WORDS:
        return None
    while first < last and found[first].key in DETERMINERS:
        first += 1
    who = phrase_after(speakers, number, first, alone=True)
    if who is None or who.last >= last or who.last - first > _NAME_WORDS:
        return None
    following = found[who.last + 1].key
    between = found[who.last + 1 : last + 1]
    if any(mark in speakers.text[found[first].start : found[last].end] for mark in _ENDS_CLAUSE):
        return None
    if following in RELATIVES:
        # a verb of speech in between ends the clause: "The man who said so left, residents said"
        return None if any(who.last < verb < last for verb in _verbs(speakers, number)) else replace(who, last=last)
    if relative:
        return None
    if following in PREPOSITIONS or (who.kind == "official" and following in DETERMINERS):
        if any(w.key in BE or w.key in HAVE or w.key in _PLAIN_VERBS or _may_be_verb(w) for w in between):
            return None
        return replace(who, last=last)
    return None


def _verbs(speakers: Speakers, number: int) -> list[int]:
    found = speakers.words[number]
    return [index for index in speakers.names[number].verbs if found[index].key in SAYS]


def _may_be_verb(word: Word) -> bool:
    """A past tense by its ending; "based", "backed" and hyphenated ones are adjectives after a noun."""
    return word.text.islower() and word.key.endswith("ed") and word.key not in _NO_VERBS and "-" not in word.key


def phrase_before(speakers: Speakers, number: int, last: int) -> Who | None:
    """The phrase that ends at word ``last``: a pronoun, a name, or a head with what stands behind its preposition."""
    found, marks = speakers.words[number], speakers.known[number]
    if found[last].key in PRONOUNS:
        return speakers.pronoun(number, last)
    if found[last].key == "it":
        return speakers.points_to(number, last, speakers.last_group)
    if (
        found[last].key in POINTS_BACK
        and last
        and marks[last - 1] is not None
        and speakers.gap(found, last - 1).strip() == ")"
    ):
        named = phrase_before(speakers, number, last - 1)  # "the Islamic State (IS) group claimed"
        return replace(named, last=last) if named is not None else None
    first = _run_back(speakers, found, marks, last)
    if first is None:
        return _beside_a_plain_noun(speakers, number, last)
    if first and found[first - 1].key in ("his", "her", "its", "their", "my", "our"):
        return None  # "his channel said": nobody a reader could name
    if first and found[first - 1].key in PREPOSITIONS and found[last].text.islower():
        # "ten died in Aleppo activists said", where scraped text lost its commas
        while first < last and found[first].text[0].isupper() and marks[first] is None:
            first += 1
    who = speakers.who(number, first, last)
    determiner = first - 1 if first > 1 and found[first - 1].key in DETERMINERS else first
    preposition = determiner - 1
    if preposition >= 1 and found[preposition].key in PREPOSITIONS and speakers.joined(found, preposition + 1):
        head_last = preposition - 1
        if speakers.joined(found, preposition):
            if found[head_last].key in TITLES:
                named = _person_before(speakers, number, head_last)
                if named is not None and found[named.last].key not in TITLES:
                    return replace(named, last=last)  # "Omar Haddad head of the Observatory said"
            if found[head_last].key in HEADS:
                head_first = _run_back(speakers, found, marks, head_last)
                if head_first is not None:
                    return _headed(speakers, number, head_first, head_last, last, who)
            elif found[preposition].key in _OF_A_PERSON:
                named = _person_before(speakers, number, head_last)
                if named is not None:
                    return replace(named, last=last)
        if who is not None and (
            found[preposition].key in ("by", "between", "against", "than")
            or (
                found[preposition].key == "of"
                and who.kind in ("official", "other")
                and found[head_last].key not in _QUANTITIES
                and not any(word.key in TITLES for word in found[first:last])
            )
            or (
                determiner == first
                and who.kind in ("government", "official")
                and _unknown(speakers, number, first, last)
            )
        ):
            return None  # "the fall of Deir al-Adas said": what follows a preposition is a place
    if who is not None and determiner == first - 1 and found[determiner].key in ("a", "an", "another") and determiner:
        # "Omar Haddad a local activist said": an apposition that lost its commas
        named = _name_before(speakers, number, determiner - 1) if speakers.joined(found, determiner) else None
        if named is not None:
            return replace(named, last=last)
    if who is not None and who.name[0].islower() and determiner > 1 and found[determiner - 1].key == "and":
        # "the Observatory and rebels said": the one with a name
        other = phrase_before(speakers, number, determiner - 2) if speakers.joined(found, determiner - 1) else None
        if other is not None and other.name[0].isupper() and other.kind != "armed_group":
            return replace(other, last=last)
    return who


def _name_before(speakers: Speakers, number: int, last: int) -> Who | None:
    """A person's full name, or that of a known source, that is no preposition's: what an apposition explains."""
    mark = speakers.known[number][last]
    if mark is None:
        return _person_before(speakers, number, last)
    found, first = speakers.words[number], mark[0]
    if mark[1][0].islower() or (first and found[first - 1].key in PREPOSITIONS):
        return None
    who = speakers.who(number, first, last)
    return who if who is not None and who.kind in COUNTING_KINDS else None


def _person_before(speakers: Speakers, number: int, last: int) -> Who | None:
    """A person's full name, with a title behind it or not, that ends at a word: 'Omar Haddad (regional coordinator)'."""
    found, marks = speakers.words[number], speakers.known[number]
    while last > 1 and speakers.joined(found, last) and (found[last].key in TITLES or marks[last] is not None):
        last -= 1
    if last > 1 and found[last].key in ("the", "a") and speakers.joined(found, last):
        last -= 1
    first = _run_back(speakers, found, marks, last)
    if first is None or first == last or found[first].key in speakers.places:
        return None
    who = speakers.who(number, first, last)
    if who is None or who.kind != "official" or " " not in who.name:
        return None
    before = last - len(who.name.split())
    return None if before >= 0 and found[before].key in PREPOSITIONS else who


def phrase_after(speakers: Speakers, number: int, first: int, alone: bool = False) -> Who | None:
    """The phrase that begins at a word: after 'according to', after 'said' in an inverted sentence.

    ``alone``: without what stands behind its preposition.
    """
    found, marks = speakers.words[number], speakers.known[number]
    index = first
    if index >= len(found) or (index > 0 and speakers.gap(found, index - 1).strip(' \n\t\u00a0"“«')):
        return None
    while index < len(found) and found[index].key in DETERMINERS and marks[index] is None:
        if found[index].key in ("its", "his", "her", "their"):
            return None  # "citing its correspondent": nobody but the channel itself
        index += 1
    begin = index
    while index < len(found):
        if index > begin and not speakers.joined_or_possessive(found, index - 1):
            break
        mark = marks[index]
        if mark is not None:
            before = marks[index - 1] if index > begin else None
            if before is not None and mark[1][0].isupper() and speakers.kinds.get(mark[1], "official") != "official":
                break  # "according to the Observatory Hezbollah lost …", where scraped text lost its comma
            index += 1
            while index < len(found) and marks[index] == mark:
                index += 1
            continue
        word = found[index]
        if (
            (word.text[0].isupper() and word.key not in NOT_NAMES)
            or word.key in HEADS
            or word.key in MODIFIERS
            or word.key in TITLES
            or speakers.particle(found, index)
        ):
            index += 1
        elif (
            begin < index < len(found) - 1
            and word.text.islower()
            and found[index - 1].text[0].isupper()
            and found[index + 1].key in TITLES
            and word.key not in PREPOSITIONS
            and word.key not in DETERMINERS
        ):
            index += 1  # "said Welsh nationalist MP …"
        else:
            break
    if index == begin:
        return None
    last = index - 1
    person = _person_first(speakers, number, begin, last)
    if person is not None:
        return person
    who = speakers.who(number, begin, last)
    if who is None and found[last].key in TITLES:
        # "said Omar Haddad Regional Coordinator for …": the office behind the name
        while last > begin and (found[last].key in TITLES or found[last].key in MODIFIERS):
            last -= 1
        who = speakers.who(number, begin, last) if last > begin else None
        return who
    if alone:
        return who
    if index < len(found) and found[index].key in PREPOSITIONS and found[last].key in HEADS:
        inner = phrase_after(speakers, number, index + 1)
        if inner is not None:
            return _headed(speakers, number, begin, last, inner.last, inner)
        if found[index].key == "of" and found[last].key in _OF_A_MATTER and found[index + 1 : index + 2]:
            # a body that the lexicon lacks: "the directorate of health"
            return Who(begin, index + 1, unnamed(speakers.quote(found, begin, index + 1)), HEADS[found[last].key])
        if who is not None and found[last].key == "statement":
            return None
    return who


def _person_first(speakers: Speakers, number: int, first: int, last: int) -> Who | None:
    """A full name before an office in small letters: "said Omar Haddad deputy director of"."""
    found = speakers.words[number]
    stop = next(
        (i for i in range(first, last + 1) if found[i].text.islower() and not speakers.particle(found, i)), last
    )
    if stop - first < _FULL_NAME or not all(word.text.islower() for word in found[stop : last + 1]):
        return None
    who = speakers.who(number, first, stop - 1)
    return who if who is not None and who.kind == "official" and " " in who.name else None


def _unknown(speakers: Speakers, number: int, first: int, last: int) -> bool:
    """No word of it is of a known name or a title."""
    found, marks = speakers.words[number], speakers.known[number]
    return all(marks[i] is None and found[i].key not in TITLES for i in range(first, last + 1))


def _beside_a_plain_noun(speakers: Speakers, number: int, last: int) -> Who | None:
    """'Residents of the town said', 'a doctor at the clinic said': who speaks stands before the preposition."""
    found, marks = speakers.words[number], speakers.known[number]
    for index in range(last - 1, max(0, last - 4), -1):
        if not speakers.joined(found, index + 1) or (
            found[index].key in DETERMINERS and found[index - 1].key not in PREPOSITIONS
        ):
            return None
        if found[index].key in PREPOSITIONS:
            if found[index - 1].key not in OWN_VOICE or not speakers.joined(found, index):
                return None
            first = _run_back(speakers, found, marks, index - 1)
            who = speakers.who(number, first, index - 1) if first is not None else None
            return replace(who, last=last) if who is not None else None
    return None


def _headed(speakers: Speakers, number: int, first: int, head: int, last: int, inner: Who | None) -> Who | None:
    """'A spokesman for X' speaks for X, 'residents of X' for themselves; a name after it all is the speaker."""
    found = speakers.words[number]
    key = found[head].key
    named = inner is not None and inner.kind == "official" and inner.name[0].isupper()
    if inner is not None and named and key not in OWN_VOICE and key not in BODIES:
        return replace(inner, first=first)
    outer = speakers.who(number, first, head)
    if key in BODIES and outer is not None:
        return replace(outer, last=last)
    if key in OWN_VOICE or inner is None or inner.name[0].islower():
        if outer is None:
            return None
        if key in ("source", "sources", "official", "officials"):
            begin = first - 1 if first and found[first - 1].key in ("a", "an", "one") else first
            return replace(outer, last=last, name=unnamed(speakers.quote(found, begin, last)))
        return replace(outer, last=last)
    return replace(inner, first=outer.first if outer else first)


def _run_back(speakers: Speakers, found: Sequence[Word], marks: list[tuple[int, str] | None], last: int) -> int | None:
    """The first word of the phrase that ends at ``last``, without its article; None where nothing can speak."""
    first: int | None = None
    index = last
    while index >= 0:
        if index < last and not speakers.joined_or_possessive(found, index):
            break
        mark = marks[index]
        if mark is not None:
            first = mark[0]
            index = first - 1
            if found[first].key in DETERMINERS or (index >= 0 and not _leads_to_name(found[index].key)):
                break  # "… in Homs the Observatory said": what stands before a known name is no part of it
            continue
        word = found[index]
        capital = word.text[0].isupper() and word.key not in NOT_NAMES
        if word.text.isdigit() and index and found[index - 1].text[0].isupper() and first is not None:
            index -= 1  # "Channel 10 television"
            continue
        if (
            capital
            or word.key in HEADS
            or word.key in MODIFIERS
            or word.key in TITLES
            or speakers.particle(found, index)
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


def _leads_to_name(key: str) -> bool:
    return key in TITLES or key in HEADS or key in MODIFIERS
