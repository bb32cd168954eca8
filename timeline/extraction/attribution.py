"""Who stands behind each toll, and which passages say who says something?

Gives each toll the source and channel that its own sentence names for it. How speech is found is left to speech.py,
whom a phrase names to speakers.py.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from timeline.extraction.records import Attribution, Sentence, TollSpan
from timeline.extraction.speech import Speech

_PARTS = re.compile(r",? (?:while|whereas|but) ")


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
    starts = [sentence.start for sentence in sentences]
    attributed: list[TollSpan] = []
    for toll in tolls:
        number = max(0, bisect_right(starts, toll.start) - 1)  # the tolls come in an order of their own
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
    after = [act for act in near if act.start > start and act.end > end and act.reach != "after"]
    if before and after:
        # "The Observatory said 12 died, while 20 were killed in Hama, activists said": the later clause is the
        # second's; so it is where the first has its own words before it.
        split = _PARTS.search(text, before[-1].end, start)
        return after[0] if split or before[-1].reach == "both" else before[-1]
    if before:
        return before[-1]
    if after:
        return after[0]
    return None
