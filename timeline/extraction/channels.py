"""Through which agency or outlet did the words come: "told the Interfax news agency", "carried by SANA"?

Reads what follows the verb. Who spoke, and that anybody did, is left to speech.py.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from timeline.extraction.sentences import Word
from timeline.extraction.speakers import Speakers
from timeline.extraction.speech_words import CHANNEL_HEADS, MODIFIERS

# What leads to the name of a channel, each from the word that makes it one: "in a statement to", "speaking to".
_MOST_CHANNELS = 4  # more words that lead to one in a sentence are no news sentence
_GAP = re.compile(r"\s*,?\s")
_LEADS = re.compile(
    r"(?:(?:speaking|talking) (?:to|with)"
    r"|(?:phone |telephone )?(?:interviews?|statements?|remarks?|comments?|call|conversation|message|article)"
    r"(?: (?:that was |which was )?(?:carried|published|broadcast|released|run|aired|posted|made|given|cited))?"
    r"(?: to| with| by| on| for| via)"
    r"|by (?:tele)?phone to|(?:carried|cited|quoted) (?:by|on)|via|on|to)\s(?:the\s)?",
    re.IGNORECASE,
)


def addressee(speakers: Speakers, number: int, first: int, end: int) -> tuple[str | None, int]:
    """Whom somebody told: an agency or outlet is the channel; reporters are nobody's channel."""
    found, marks = speakers.words[number], speakers.known[number]
    if first >= len(found) or speakers.gap(found, first - 1).strip(" \n\u00a0"):
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
        and (found[index].text[0].isupper() or found[index].key in CHANNEL_HEADS or found[index].key in MODIFIERS)
        and (index == begin or speakers.joined_or_possessive(found, index - 1))
    ):
        index += 1
    mark = marks[index] if index < len(found) else None
    if mark is not None:
        name = mark[1]
        if name in speakers.channels:
            while index + 1 < len(found) and marks[index + 1] == marks[index]:
                index += 1
            while (
                index + 1 < len(found)
                and found[index + 1].key in (*CHANNEL_HEADS, "news", "state")
                and speakers.joined_or_possessive(found, index)
            ):
                index += 1
            return name, found[index].end
        return None, end
    if index > begin and any(word.key in CHANNEL_HEADS or word.key == "tv" for word in found[begin:index]):
        named = [i for i in range(begin, index) if found[i].text[0].isupper()]
        if named:
            while (
                index < len(found)
                and found[index].text[0].isupper()
                and speakers.joined_or_possessive(found, index - 1)
            ):
                index += 1
            return _channel_name(speakers, found, begin, index - 1), found[index - 1].end
    return None, end


def _channel_name(speakers: Speakers, found: Sequence[Word], first: int, last: int) -> str:
    """'Lebanese TV station al-Mayadeen' -> al-Mayadeen; 'Izvestia newspaper' -> Izvestia."""
    heads = [i for i in range(first, last + 1) if found[i].key in CHANNEL_HEADS]
    if heads and heads[-1] < last:
        return speakers.quote(found, heads[-1] + 1, last)
    if heads:
        cut = heads[0] - 1
        while cut > first and found[cut].key in ("news", "state"):
            cut -= 1
        if cut >= first:
            return speakers.quote(found, first, cut)
    return speakers.quote(found, first, last)


def channel_named(speakers: Speakers, number: int, end: int) -> str | None:
    """Said …, as SANA carried it in a statement; speaking to Interfax, said …; said, quoted by Interfax."""
    found = speakers.words[number]
    for index in speakers.names[number].channels[:_MOST_CHANNELS]:
        channel = _led_to(speakers, number, found[index].start)
        if channel is not None:
            return channel
    gap = _GAP.match(speakers.text, end, speakers.sentences[number].end)
    return _led_to(speakers, number, gap.end()) if gap else None


def _led_to(speakers: Speakers, number: int, start: int) -> str | None:
    match = _LEADS.match(speakers.text, start, speakers.sentences[number].end)
    if match is None:
        return None
    found = speakers.words[number]
    index = bisect_left(found, match.end(), key=_start)
    return addressee(speakers, number, index, match.end())[0] if index else None


def _start(word: Word) -> int:
    return word.start
