"""Where does each sentence of a report begin and end, and which words does it hold?

Answers with offsets and bare words. What they say is left to the other parts, which find their phrases here.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from timeline.extraction.records import Sentence

# Words that end in a stop without ending a sentence, whatever follows: they lead to a name or a number.
_LEADING = frozenset(
    """
    mr mrs ms mx dr prof st sr fr rev hon pres gov sen rep amb sec
    gen lt col maj capt cpl sgt pvt cmdr cdr adm brig insp supt det
    no nos art vol pp p fig approx ca vs cf viz al-
    mm mgr mme mlle me
    """.split()
)
# Words whose stop ends a sentence only when the next word starts like a new one (a capital, and not a month or a
# number).
_EITHER = frozenset(
    """
    jr inc ltd co corp bros etc dept est al ed eds
    jan feb mar apr jun jul aug sep sept oct nov dec
    mon tue tues wed thu thur thurs fri sat sun
    u.s u.k u.n e.u u.a.e a.m p.m i.e e.g d.c ph.d
    janv févr avr juil déc
    """.split()
)
_MONTHS = frozenset("jan feb mar apr jun jul aug sep sept oct nov dec janv févr avr juil déc".split())
# After an initialism that may end a sentence ("in the U.S. The …"), only words that commonly open one end it.
_OPENERS = frozenset(
    """
    the a an in on at it he she they we i you this that these those but and however also meanwhile there earlier later
    his her their its our when while after before as since if although for from with some many more most one two no not
    what who how why where according activists residents rebels both another other over under during under such
    le la les un une des il elle ils elles ce cette mais dans selon
    """.split()
)

# A stop, with whatever closes after it, then white space. Each run of characters is matched once, so the scan is
# linear.
_STOP = re.compile(r"[.!?…؟۔。]+[\"'”’»)\]]*(?:[ \u00a0]»)?(?=\s|$|[“«\"](?=\w))")
_BREAK = re.compile(r"(?:\r\n|[\r\n\u2028\u2029])\s*")
# A sentence is cut at white space when it grows longer than this many characters: it is a table or a text without
# stops, and what is read from a sentence may take time that grows with its square. The longest in 624 news reports has
# 700.
_LONGEST = 3_000
# Stops and dashes without a word are no sentence.
_IN_WORD = re.compile(r"\w")
# A text of more sentences than this is no report: the longest of 624 news reports has 62. What stands behind them is left
# unread, so that a page that repeats one sentence for megabytes takes seconds.
_MOST = 30_000
# Longest word looked back at from a stop; "Ph.D" and "U.A.E" are short, and a bound keeps the scan linear.
_WORD_BACK = 12
_CLOSERS = "\"'”’»)]"


def split(text: str) -> tuple[Sentence, ...]:
    """The sentences of ``text`` in order, as offsets without the white space around them.

    A line break ends a sentence, except where a hard-wrapped line plainly goes on (no stop before it, a small letter
    after it).
    """
    sentences: list[Sentence] = []
    for line_start, line_end in _lines(text):
        if len(sentences) >= _MOST:
            break
        start = line_start
        for stop in _STOP.finditer(text, line_start, line_end):
            if stop.start() - start <= 1 and not text[start : stop.start()].strip():
                start = stop.end()  # ". . .": a stop without a word before it
            elif stop.end() < line_end and _ends_sentence(text, start, stop, line_end):
                _add(sentences, text, start, stop.end())
                start = stop.end()
                if len(sentences) >= _MOST:
                    break
        else:
            _add(sentences, text, start, line_end)
    return tuple(sentences)


def _lines(text: str) -> list[tuple[int, int]]:
    lines: list[tuple[int, int]] = []
    start = 0
    for line_break in _BREAK.finditer(text):
        if line_break.end() < len(text) and _goes_on(text, start, line_break):
            continue
        lines.append((start, line_break.start()))
        start = line_break.end()
    lines.append((start, len(text)))
    return lines


def _goes_on(text: str, start: int, line_break: re.Match[str]) -> bool:
    """A hard-wrapped line: one break, no stop or colon before it, a small letter after it."""
    before = line_break.start()
    while before > start and text[before - 1] in " \t\u00a0":
        before -= 1
    if before == start or sum(line_break.group().count(mark) for mark in "\n\u2028\u2029") > 1:
        return False
    return text[line_break.end()].islower() and text[before - 1] not in ".!?…؟:;" + _CLOSERS


def _ends_sentence(text: str, start: int, stop: re.Match[str], line_end: int) -> bool:
    after = _skip_space(text, stop.end(), line_end)
    if after >= line_end:
        return True
    following = text[after]
    mark = stop.group()[0]
    closed = stop.group()[-1] in _CLOSERS
    if closed and following.islower():
        return False  # a quotation that closes inside a sentence: "We will go on." he said
    if mark in "؟۔。":
        return True
    if mark in "!?":
        return not following.islower()
    if following.islower():
        return False
    if mark == "…" or stop.group().startswith(".."):
        return True
    if closed and stop.group().rstrip(_CLOSERS + " \u00a0") == ".":
        # "(Gen.) Idris" is rarer than a quotation that ends: the closing mark decides, but not for initialisms.
        return not _word_before(text, start, stop.start()).count(".")
    word = _word_before(text, start, stop.start())
    lower = word.lower()
    if lower in _LEADING:
        # "No. 5" leads to a number; "He said no. The army …" does not.
        return lower in ("no", "art", "sec", "me", "p", "fig") and not following.isdigit()
    if len(word) == 1 and word.isalpha() and word.isupper():
        return False  # an initial: "John F. Kerry"
    if lower in _MONTHS and following.isdigit():
        return False
    if lower in _EITHER or re.fullmatch(r"(?:[^\W\d_]\.)+[^\W\d_]", word):
        return _opens(text, after, line_end)
    if word.isdigit() and following.isdigit():
        return False  # "1. 5" in a list or a spaced-out decimal
    # "2. The council …": the number of a list item stays with its text
    return not (word.isdigit() and stop.start() - len(word) == _skip_space(text, start, line_end))


def _opens(text: str, after: int, line_end: int) -> bool:
    position = after
    while position < line_end and text[position] in "\"'“‘«(":
        position += 1
    if position > after:
        return True
    end = position
    while end < line_end and end - position < _WORD_BACK and text[end].isalpha():
        end += 1
    initials = end < line_end and text[end] == "." and end - position == 1  # "A.B. Smith" opens no sentence with "a"
    return text[position:end].lower() in _OPENERS and not initials


def _word_before(text: str, start: int, end: int) -> str:
    begin = end
    while begin > start and end - begin < _WORD_BACK and (text[begin - 1].isalnum() or text[begin - 1] in ".-"):
        begin -= 1
    return text[begin:end].lstrip(".-")


def _skip_space(text: str, position: int, end: int) -> int:
    while position < end and text[position].isspace():
        position += 1
    return position


def _add(sentences: list[Sentence], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > _LONGEST:
        cut = start + _LONGEST
        while cut > start + _LONGEST // 2 and not text[cut].isspace():
            cut -= 1
        if not text[cut].isspace():
            cut = start + _LONGEST
        sentences.append(Sentence(start, start + len(text[start:cut].rstrip())))
        start = _skip_space(text, cut, end)
    if _IN_WORD.search(text, start, end):
        sentences.append(Sentence(start, end))


class Word(NamedTuple):
    """A word of the text. ``key`` is what it is looked up by: small letters, no stops, no possessive ending.

    A tuple, not a dataclass: a report has hundreds of words, and a frozen dataclass takes three times as long to make.
    """

    start: int
    end: int
    text: str
    key: str


# Letters and digits, with marks that stand inside a word: "Ki-moon", "Russia's", "U.S", "13,000", "4.5".
_WORD = re.compile(r"[^\W_]+(?:(?:[-'’.&/]|(?<=\d),(?=\d))[^\W_]+)*")
_POSSESSIVE = re.compile(r"['’][sS]$")
_INSIDE = "-'’.&/,"


class _Spaced(dict[int, int]):
    """For str.translate: letters, digits and the marks that may stand inside a word stay, all else becomes a space."""

    def __missing__(self, code: int) -> int:
        letter = chr(code)
        kept = self[code] = code if letter.isalnum() or letter in _INSIDE else ord(" ")
        return kept


_SPACED = _Spaced()


def words(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """The words of ``text[start:end]`` in order, with offsets into ``text``."""
    found: list[Word] = []
    # Cutting at spaces is several times faster than the expression, which reads the few words that hold a mark; the
    # tuples are made directly for the same reason.
    make, add = tuple.__new__, found.append
    at = start
    for piece in text[start:end].translate(_SPACED).split(" "):
        if piece.isalnum():
            after = at + len(piece)
            add(make(Word, (at, after, piece, piece.lower())))
            at = after + 1
            continue
        if piece:
            bare = piece.strip(_INSIDE)
            if bare.isalnum():
                first = at + piece.index(bare)
                add(make(Word, (first, first + len(bare), bare, bare.lower())))
            elif bare:
                for match in _WORD.finditer(piece):
                    word = match.group()
                    add(make(Word, (at + match.start(), at + match.end(), word, word_key(word))))
        at += len(piece) + 1
    return found


def word_key(word: str) -> str:
    """'U.S' and 'US' meet, so do "Russia's" and 'Russia', and the two apostrophes."""
    if "'" in word or "’" in word:
        word = _POSSESSIVE.sub("", word).replace("’", "'")
    return word.replace(".", "").lower() if "." in word and not word[0].isdigit() else word.lower()
