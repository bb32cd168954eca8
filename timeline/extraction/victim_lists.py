"""Who is named together? ("a teacher, his wife and two children" are four; "a lawyer, Samir Haddad" is one)

Joins what victims.py names, one place after the other.
"""

from __future__ import annotations

from collections.abc import Sequence

from timeline.extraction.harm_words import Lexicon, Token
from timeline.extraction.victims import DETERMINERS, OWNERS, Victims, numbered, past_parenthesis, single

_JOINTS = frozenset(", and & along with as well plus".split())


def conjuncts(tokens: Sequence[Token], first: Victims, words: Lexicon, of_noun: bool = False) -> list[Victims]:
    """``first`` and those joined to it on its right: "a teacher, his wife and two children" is three groups.

    A verb that follows is that of the last of them, except where they hang on a noun: "the bodies of two men were found".

    A comma alone does not join: "a mayor, Samir Haddad, and his son" are two, "a lawyer, Samir Haddad" is one.
    """
    groups = [first]
    waiting: list[Victims] = []  # joined by a comma so far; an "and" further on makes them part of the list
    position = first.last
    while True:
        after = _past_phrase(tokens, position, words)
        joined = after
        firm = False
        while joined < len(tokens) and tokens[joined].word in _JOINTS:
            firm = firm or tokens[joined].word != ","
            joined += 1
        # "9 rebels 3 civilians": the comma between two numbers is lost in scraped text
        lost = joined == after == position and joined < len(tokens) and tokens[joined].number is not None
        if (joined == after and not lost) or joined >= len(tokens):
            return groups
        nxt = joined
        while nxt < len(tokens) and tokens[nxt].word in ("another", "also", "other"):
            nxt += 1
        if nxt + 1 < len(tokens) and tokens[nxt].word in OWNERS and tokens[nxt + 1].number:
            nxt += 1  # "a nurse and her two sons"
        if nxt >= len(tokens):
            return groups
        group: Victims | None
        if tokens[nxt].number:
            group = numbered(tokens, nxt, words)
            if group is None or group.part or not group.known:
                return groups
            firm = firm or bool(groups[-1].numbers)
        else:
            group = single(tokens, joined, words, strict=True)
            if group is None:
                return groups
            if not group.known and (groups[0].numbers or not (tokens[joined].capital or tokens[joined].word in OWNERS)):
                return groups
        if not of_noun and not _closes(tokens, group.last, words):
            return groups
        last = waiting[-1] if waiting else groups[-1]
        if not firm and last.single and group.single and _named(tokens, last) != _named(tokens, group):
            position = group.last  # "Samir Haddad, the deputy mayor": the same man twice
            continue
        if firm:
            groups.extend(waiting)
            waiting = []
            groups.append(group)
        else:
            waiting.append(group)
        position = group.last


def _named(tokens: Sequence[Token], group: Victims) -> bool:
    return tokens[group.first].capital and tokens[group.first].word not in DETERMINERS


def _past_phrase(tokens: Sequence[Token], position: int, words: Lexicon) -> int:
    """Past "of the town", "from the Islamic State group" when a conjunction stands behind it; else where it was."""
    place = past_parenthesis(tokens, position)
    if place > position and place < len(tokens) and tokens[place].word in _JOINTS:
        return place
    if place < len(tokens) and tokens[place].word in ("of", "from", "in", "at", "for", "with", "near"):
        step = place
        while (step := step + 1) < min(place + 12, len(tokens)):
            step = max(step, past_parenthesis(tokens, step))
            if step >= len(tokens):
                break
            token = tokens[step]
            if token.word in ("and", ","):
                return step
            if (
                token.number
                or token.harm
                or not token.word[0].isalnum()
                or token.word in ("was", "were", "who", "when")
            ):
                return position
    return position


def _closes(tokens: Sequence[Token], position: int, words: Lexicon) -> bool:
    """No verb of its own follows: in "12 people and five others were hurt" the five belong to another verb."""
    place = position
    while place < len(tokens) and tokens[place].word in words.adverbs:
        place += 1
    if place >= len(tokens):
        return True
    token = tokens[place]
    if token.word in ("was", "were", "is", "are", "has", "have", "had", "remain", "remained", "who"):
        return token.word == "who"
    return not (token.harm and ("past" in token.roles or "stative" in token.roles))
