"""Who, and how many, does a group of nouns name? ("at least 12 government soldiers", "a human rights lawyer")

Answers for one place in a sentence. That these people came to harm is tolls.py's to say.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from timeline.extraction.harm_words import Lexicon, Token
from timeline.extraction.records import Qualifier

# Words in a group of nouns before its head: "eight senior Free Syrian Army logistics officers" has six.
_GROUP = 8
# Tokens in a parenthesis that only gives another name or an age.
_PARENTHESIS = 8
DETERMINERS = frozenset("a an the another his her their its one our my this".split())
_SINGLE_OPENERS = frozenset("a an another his her their its one the prominent former senior".split())
OWNERS = frozenset("his her their its the our my your these those this".split())
_COLLECTIVES = frozenset("family group total crew team number band convoy party gang couple".split())
_NOT_PLURAL = ("ss", "us", "is", "'s", "’s")
_PEOPLES = ("ese", "i", "ish", "ch")  # Congolese, Iraqi, Kurdish, French
_NAMES_NO_ONE = frozenset(
    """
    no nobody none noone nothing it which what that who everyone anyone whoever whom number toll ones
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december i he she they we you us me him her them
    """.split()
)
_SUBCOUNTS = frozenset("including include includes included mostly mainly".split())
# "police officers", "rebel commanders": the word before says whose.
_FORCES = {"police": "police", "rebel": "rebels", "opposition": "rebels"}
_VERBS = frozenset("was were is are has have had".split())
_SAYS = frozenset("says said say reports reported".split())
_THE_HARMED = frozenset("dead victims casualties fatalities killed wounded injured slain".split())
_MARKS = frozenset("\"“‘'")
_ORDINALS = frozenset("second third fourth fifth sixth".split())
_PRONOUN_WHOLE = frozenset("them whom these those".split())


@dataclass(frozen=True, slots=True)
class Victims:
    """The tokens ``first:last`` name this many persons. ``noun`` is their category, None for just people.

    ``known`` is true where a noun says that they are persons; ``bare`` where no noun stands beside the number.
    """

    first: int
    last: int
    low: int | None
    high: int | None
    qualifier: Qualifier
    noun: str | None
    known: bool
    bare: bool
    part: bool = False
    single: bool = False
    numbers: tuple[int, ...] = ()  # the tokens of the numbers that were read


def numbered(tokens: Sequence[Token], at: int, words: Lexicon) -> Victims | None:
    """The persons counted by the number at token ``at``; None where it counts something else."""
    number = tokens[at].number
    assert number is not None
    size = len(tokens)
    position = at + 1
    consumed = [at]
    part = _is_part(tokens, at)
    if position < size and tokens[position].word == "of" and position + 1 < size:
        following = tokens[position + 1]
        if following.word in _PRONOUN_WHOLE:
            # "three of them children": a part of those just counted; "wounding dozens of them": all there is.
            after = position + 2
            noun = _person_at(tokens, after, words)
            if noun:
                return _counted(tokens, at, after + 1, noun, True, False, True, consumed)
            # "16 of them were killed" and "killing 16 of them" are tolls; "30 of them under 18" is a part.
            if following.word in ("those", "these") and after < size and tokens[after].harm:
                return _counted(tokens, at, after + 1, None, True, False, True, consumed)  # "three of those killed"
            verb = after < size and (
                tokens[after].harm or tokens[after].word in _VERBS or tokens[after].word in words.adverbs
            )
            told = verb or (at > 0 and tokens[at - 1].harm is not None)
            if following.word == "whom":
                # "44 of whom died" is a toll; "six of whom were soldiers" a part of one
                while after < size and (tokens[after].word in _VERBS or tokens[after].word in words.adverbs):
                    after += 1
                told = after < size and tokens[after].harm is not None
            part = not told
            return _counted(tokens, at, position + 2, None, True, True, part, consumed)
        position += 1
        while position < size and tokens[position].word in OWNERS:
            position += 1
        if (
            position < size
            and tokens[position - 1].word in ("the", "those")
            and (tokens[position].harm or tokens[position].word in _THE_HARMED)
        ):
            # "15 of the dead", "three of those killed": a part of a toll given before.
            return _counted(tokens, at, position + 1, None, True, False, True, consumed)
        if position < size and tokens[position].number:
            consumed.append(position)  # "12 of the 20 hostages"
            position += 1
    if position < size and tokens[position].word in _MARKS and _person_soon(tokens, position + 1, words):
        position += 1  # 12 "terrorists"
    begin = position
    head: int | None = None
    while position < size and position - begin < _GROUP:
        token = tokens[position]
        word = token.word
        if word == "(" and position > begin:
            closed = past_parenthesis(tokens, position)
            if closed > position and _person_at(tokens, closed, words, plural_only=True):
                position = closed
                continue
        if token.number or not (word[0].isalnum()):
            break
        person = words.persons.get(word)
        # "wounded" in "20 wounded soldiers" says which soldiers; in "20 wounded in Homs" it is the harm.
        describes = "past" in token.roles and _person_at(tokens, position + 1, words)
        if token.word in ("captive", "captured") and position == begin:
            describes = _person_at(tokens, position + 1, words) or _person_at(tokens, position + 2, words)
        if token.harm and not describes and not (person and "count" in token.roles):
            break
        if word in ("more", "other", "others", "further", "additional", "another", "new") and word != "others":
            position += 1
            begin = position
            continue
        if person and person.plural and not (token.harm and "count" not in token.roles):
            if not _person_at(tokens, position + 1, words, plural_only=True):
                head = position
                break
        elif word == "most" and position == begin and tokens[begin - 1].word in OWNERS:
            pass  # "two of its most senior clerks"
        elif word == "and" and position > begin and _person_at(tokens, position + 2, words, plural_only=True):
            pass  # "88 rebel and regime forces"
        elif word in words.bounds or (word in words.adverbs and not person):
            break
        elif word in words.things and not token.capital and not _person_soon(tokens, position + 1, words):
            if position > begin and position + 1 < size and tokens[position + 1].word in _SAYS:
                break  # "kills 7 rights group says": a comma is lost before the source
            return None
        position += 1
    one = number.low == 1 or number.high == 1
    if (
        head is None
        and not one
        and position > begin
        and position < size
        and (tokens[position].harm or tokens[position].word in _VERBS)
    ):
        # "50 brigade terrorist killed": the plural is misspelt
        person = words.persons.get(tokens[position - 1].word)
        head = position - 1 if person and not person.plural else None
    if head is None and one:
        for place in range(begin, position):
            person = words.persons.get(tokens[place].word)
            if person and not _person_at(tokens, place + 1, words):
                head = place
                break
    if head is not None and head > at and not one:
        also = _joined_persons(tokens, head + 1, words)
        if also:
            # "64 villagers and rebel fighters killed": counted together
            return _counted(tokens, at, also, None, True, False, part, consumed)
    if head is not None:
        noun_word = _FORCES.get(tokens[head - 1].word, tokens[head].word) if head > at else tokens[head].word
        # "members of the security forces", "men of the 4th division": the first noun says enough.
        return _counted(tokens, at, head + 1, noun_word, True, False, part, consumed, words)
    if position == begin:
        return _counted(tokens, at, begin, None, False, True, part, consumed)
    last = position - 1
    for place in range(begin, position):
        if _looks_plural(tokens[place].word) and not (tokens[place].capital and place + 1 < position):
            last = place
            break
    noun_word = tokens[last].word
    plain = noun_word if _looks_plural(noun_word) else None
    if plain is None and position - begin == 1 and tokens[begin].capital and noun_word.endswith(_PEOPLES):
        return _counted(tokens, at, position, None, True, False, part, consumed)
    if plain is None:
        return _counted(tokens, at, begin, None, False, True, part, consumed)
    # A name of a people ("seven Namibians") says that they are persons and not of what kind.
    noun = None if tokens[last].capital else plain
    return _counted(tokens, at, last + 1, noun, tokens[last].capital, False, part, consumed, words)


def single(tokens: Sequence[Token], at: int, words: Lexicon, strict: bool = False) -> Victims | None:
    """One person named at token ``at`` ("a cameraman", "his deputy", "Nelson Garcia"); else None.

    ``strict`` asks for a noun that is known to name a person.
    """
    size = len(tokens)
    if at >= size:
        return None
    opening = tokens[at]
    if opening.word == "both":
        ends = (place + 1 for place in (at + 1, at + 2) if _person_at(tokens, place, words, plural_only=True))
        end = next(ends, None)
        if end is None:
            return None
        if end < size and tokens[end].word == "and":
            return None  # "both civilians and insurgents"
        both = words.persons[tokens[end - 1].word]
        return Victims(at, end, 2, 2, "exact", both.category, True, False, single=True)
    if opening.number and not (opening.number.low == opening.number.high == 1):
        return None
    named = opening.capital and opening.word not in DETERMINERS
    if not (named or opening.word in DETERMINERS or opening.number or _owner(opening.word) or _aged(opening.word)):
        person = words.persons.get(opening.word)
        if not (person and not person.plural) and opening.word not in _SINGLE_OPENERS:
            return None
    bare = opening.word in words.persons and not words.persons[opening.word].plural
    position = at + (0 if named or bare else 1)
    if named and opening.word in _NAMES_NO_ONE:
        return None
    begin = position
    head: int | None = None
    while position < size and position - begin < _GROUP + 2:
        token = tokens[position]
        if not token.word[0].isalnum() or token.number:
            break
        person = words.persons.get(token.word)
        if token.harm and head is not None and not tokens[head].capital:
            break  # "took a teacher hostage", but "an American hostage"
        if token.harm and not (person and not person.plural and "past" not in token.roles):
            ahead = words.persons.get(tokens[position + 1].word) if position + 1 < size else None
            if ahead and not ahead.plural and (token.word == "missing" or "past" in token.roles) and not named:
                position += 1  # "the missing journalist"
                continue
            break
        # "a Druze elder" goes on; "the soldiers in" ends with many
        goes_on = token.capital and position + 1 < size and _inside(tokens[position + 1], words)
        if person and person.plural and not goes_on and not _person_at(tokens, position + 1, words):
            return None
        if (token.word in words.bounds or token.word in words.adverbs or token.word == "of") and position > begin:
            break
        if head is not None and token.word.endswith("ing") and not token.capital and not person:
            break  # "a union official accompanying street vendors"
        if token.word in words.bounds and not named:
            return None
        if person and not person.plural and not _person_at(tokens, position + 1, words):
            head = position
        position += 1
    if position == begin:
        return None
    last = position - 1
    if tokens[last].word in words.things and not tokens[last].capital:
        return None  # "a refugee camp"
    noun = words.persons[tokens[head].word].category if head is not None else None
    if head is not None and head > at and tokens[head - 1].word in _FORCES and noun is not None:
        noun = _FORCES[tokens[head - 1].word]
    if head is not None and head < last and tokens[head].capital and not tokens[last].capital:
        head = None  # "the Syrian army" is no Syrian
    if head is None:
        word = tokens[last].word
        if word in _ORDINALS and opening.word == "a" and position - begin == 1:
            return Victims(at, position, 1, 1, "exact", None, True, False, single=True)
        if word == "couple" and not (position < size and tokens[position].word == "of"):
            return Victims(at, position, 2, 2, "exact", None, True, False, single=True)
        if strict and not tokens[last].capital:
            return None
        if word in words.things or word in _COLLECTIVES or word in _NAMES_NO_ONE:
            return None
        if _looks_plural(word) and not (named and position - begin > 1):
            return None
        if tokens[last].capital and not named and position - begin == 1 and opening.word in ("the", "its", "their"):
            return None  # "killed the Taliban"
    return Victims(at, position, 1, 1, "exact", noun, head is not None, False, single=True)


def _joined_persons(tokens: Sequence[Token], position: int, words: Lexicon) -> int:
    """Where "and rebel fighters" ends that shares the number before it and the participle behind it; 0 where none."""
    if position + 2 >= len(tokens) or tokens[position].word != "and":
        return 0
    for place in range(position + 1, min(position + 4, len(tokens) - 1)):
        if _person_at(tokens, place, words, plural_only=True):
            nxt = tokens[place + 1]
            return place + 1 if nxt.harm and "past" in nxt.roles and not _object_follows(tokens, place + 2) else 0
        if not _inside(tokens[place], words) or tokens[place].number:
            return 0
    return 0


def _object_follows(tokens: Sequence[Token], at: int) -> bool:
    return at < len(tokens) and tokens[at].number is not None


def past_parenthesis(tokens: Sequence[Token], position: int) -> int:
    """Past the short parenthesis that opens at ``position``, "(Daesh)"; ``position`` itself where none does."""
    if position < len(tokens) and tokens[position].word == "(":
        for place in range(position + 1, min(position + _PARENTHESIS, len(tokens))):
            if tokens[place].word == ")":
                return place + 1
    return position


def _counted(
    tokens: Sequence[Token],
    at: int,
    last: int,
    word: str | None,
    known: bool,
    bare: bool,
    part: bool,
    consumed: list[int],
    words: Lexicon | None = None,
) -> Victims:
    number = tokens[at].number
    assert number is not None
    noun = word
    if words and word:
        person = words.persons.get(word)
        noun = person.category if person else word
    elif word in ("them", None):
        noun = None
    return Victims(
        at, last, number.low, number.high, number.qualifier, noun, known, bare, part, numbers=tuple(consumed)
    )


def _person_at(tokens: Sequence[Token], at: int, words: Lexicon, plural_only: bool = False) -> str | None:
    if 0 <= at < len(tokens):
        person = words.persons.get(tokens[at].word)
        if person and not tokens[at].harm and (person.plural or not plural_only):
            return person.category or tokens[at].word
    return None


def _person_soon(tokens: Sequence[Token], at: int, words: Lexicon) -> bool:
    """ "12 village residents", "three tank crew members": what looks like a thing only says which persons."""
    for token in tokens[at : at + 2]:
        person = words.persons.get(token.word)
        if person:
            return person.plural
        if not token.word[0].isalpha() or token.word in words.bounds or token.harm:
            return False
    return False


def _is_part(tokens: Sequence[Token], at: int) -> bool:
    """The number follows words that say it is counted within another: "including", "among them", "of whom"."""
    place = at - 1
    while place >= 0 and tokens[place].word in ("the", "at", "least", "also", "a", "were", "was", "are"):
        place -= 1
    if place < 0:
        return False
    word = tokens[place].word
    if word in _SUBCOUNTS:
        return True
    if word in _PRONOUN_WHOLE and place > 0 and tokens[place - 1].word in ("among", "of", "amongst"):
        after = at + 1
        while after < len(tokens) and tokens[after].word in _VERBS:
            after += 1
        # "3,600 patients, of whom 355 died" is a toll
        return not (after < len(tokens) and tokens[after].harm and tokens[after].roles & {"past", "stative"})
    # "including two women and five children": what is joined to a part is a part.
    if word in ("and", ","):
        own = False  # a harm of its own: "including a minister, and 20 others wounded"
        for ahead in range(at + 1, min(at + 5, len(tokens))):
            if tokens[ahead].harm and tokens[ahead].roles & {"past", "stative"}:
                own = True
            if not tokens[ahead].word[0].isalpha() or tokens[ahead].word == "and":
                break
        for back in range(place - 1, max(place - 14, -1), -1):
            token = tokens[back]
            if token.word in _SUBCOUNTS:
                return not own or not _told_before(tokens, back)
            if token.word in _PRONOUN_WHOLE and tokens[back - 1].word in ("among", "of", "amongst"):
                return not own or not _told_before(tokens, back)
            if token.word in ("were", "was", ")", "killed", "wounded", "injured", ";") or token.harm:
                return False
    return False


def _told_before(tokens: Sequence[Token], at: int) -> bool:
    """Whether the whole before "including" at token ``at`` has its verb: "two were killed, including"."""
    for back in range(at - 1, max(at - 9, -1), -1):
        if tokens[back].number:
            return back > 0 and tokens[back - 1].harm is not None
        if tokens[back].harm:
            return True
    return False


def _inside(token: Token, words: Lexicon) -> bool:
    """A word that can stand inside a group of nouns."""
    return token.word[0].isalpha() and token.word not in words.bounds and not token.harm


def _aged(word: str) -> bool:
    return word.endswith("-year-old")


def _owner(word: str) -> bool:
    return word.endswith(("'s", "’s"))


def _looks_plural(word: str) -> bool:
    return word.endswith("s") and not word.endswith(_NOT_PLURAL)
