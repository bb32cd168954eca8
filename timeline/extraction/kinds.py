"""Which kind of event does a sentence tell? Answers from the lexicon's trigger words alone.

Finds the triggers and ranks them. Whether there is an event at all, is decided in drafts.py; where and when, in
circumstances.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from timeline.extraction.lexicon import KindEntry, Lexicon
from timeline.extraction.phrases import Phrases
from timeline.extraction.records import Harm
from timeline.extraction.sentences import Word, words

OTHER = "other"
_GAP = "…"
# A trigger with a gap ('blocked … resolution') spans at most this many words between its parts: an object with its
# adjectives.
_GAP_WORDS = 6

# What names the happening itself comes before what names its means or its setting: a massacre is also a shooting, a gas
# attack came by air, and fighting goes on around all of them.
_PRECEDENCE = (
    "massacre", "chemical_attack", "execution", "air_strike", "bombing", "shelling", "shooting", "armed_clash",
    "abduction", "detention", "siege", "veto", "resolution", "sanction", "ceasefire", "agreement", "defection", "protest",
    "displacement", "aid", "negotiation", "statement",
)  # fmt: skip
_RANK = {slug: rank for rank, slug in enumerate(_PRECEDENCE)}
# Words that tell a kind only beside a toll or another word: "a brutal crackdown" is mostly how the war began, "captured"
# says whose a town is. In 624 news reports one in thirty entries of a clash or a detention stood on them alone.
_WEAK = frozenset("crackdown crackdowns captured".split())
# The kinds that each harm tells by itself; the dead and the injured are told by every violent kind.
_KINDS_OF_HARM: dict[Harm, tuple[str, ...]] = {
    "detained": ("detention", "abduction"),
    "missing": ("abduction", "detention"),
    "displaced": ("displacement", "siege"),
}


@dataclass(frozen=True, slots=True)
class Trigger:
    """Words that tell a kind of event: ``text[start:end]``, ``length`` in words without the gap.

    A ``weak`` one names the kind of what is told by other words or by a toll; it tells of nothing by itself.
    """

    start: int
    end: int
    kind: str
    violent: bool
    group: str
    length: int
    weak: bool = False


@dataclass(frozen=True, slots=True)
class _Compiled:
    whole: Phrases[KindEntry]
    heads: Phrases[tuple[tuple[tuple[str, ...], KindEntry], ...]]
    first: frozenset[str]  # the words that any of them begins with


_compiled: dict[Lexicon, _Compiled] = {}


def _triggers_of(lexicon: Lexicon) -> _Compiled:
    compiled = _compiled.get(lexicon)
    if compiled is None:
        whole: list[tuple[str, KindEntry]] = []
        gapped: dict[str, list[tuple[tuple[str, ...], KindEntry]]] = {}
        for kind in lexicon.kinds:
            for trigger in kind.triggers:
                if _GAP in trigger:
                    head, tail = (part.strip() for part in trigger.split(_GAP, 1))
                    gapped.setdefault(head, []).append((tuple(word.key for word in words(tail)), kind))
                else:
                    whole.append((trigger, kind))
        phrases = Phrases(whole)
        heads = Phrases((head, tuple(tails)) for head, tails in gapped.items())
        compiled = _compiled[lexicon] = _Compiled(phrases, heads, phrases.first | heads.first)
    return compiled


def find_triggers(text: str, found: Sequence[Word], lexicon: Lexicon) -> tuple[Trigger, ...]:
    """The trigger words among the words of one sentence, in the order of the text; at each place the longest."""
    compiled = _triggers_of(lexicon)
    triggers: list[Trigger] = []
    beyond = 0
    for index, word in enumerate(found):
        if word.key not in compiled.first or index < beyond:
            continue
        gapped = compiled.heads.at(text, found, index)
        if gapped is not None:
            trigger = _with_gap(found, index, *gapped)
            if trigger is not None:
                triggers.append(trigger)
        hit = compiled.whole.at(text, found, index)
        if hit is None:
            continue
        length, kind = hit
        last = found[index + length - 1]
        weak = length == 1 and word.key in _WEAK
        triggers.append(Trigger(word.start, last.end, kind.slug, kind.violent, kind.group, length, weak))
        beyond = index + length
    return tuple(triggers)


def _with_gap(
    found: Sequence[Word], index: int, length: int, tails: Sequence[tuple[tuple[str, ...], KindEntry]]
) -> Trigger | None:
    first = index + length
    for begin in range(first, min(len(found), first + _GAP_WORDS + 1)):
        for keys, kind in tails:
            if tuple(word.key for word in found[begin : begin + len(keys)]) == keys:
                end = found[begin + len(keys) - 1].end
                return Trigger(found[index].start, end, kind.slug, kind.violent, kind.group, length + len(keys))
    return None


def rank(trigger: Trigger) -> tuple[int, int, int]:
    """Sorts the most telling trigger first: by precedence of the kind, then the longer, then the earlier."""
    return (_RANK.get(trigger.kind, len(_RANK)), -trigger.length, trigger.start)


def leading(triggers: Iterable[Trigger], harms: Iterable[Harm] = ()) -> Trigger | None:
    """The trigger that says what kind of event is told, None where there is none.

    Where a toll is told (``harms``) the violent kinds come before talk: "the talks were overshadowed by a blast that
    killed 12" is a bombing. A toll of persons detained, missing or displaced asks for the kinds that tell of it first.
    """
    found = sorted(triggers, key=rank)
    for harm in harms:
        if harm in ("killed", "injured"):
            wanted = [trigger for trigger in found if trigger.violent]
        else:
            wanted = [trigger for slug in _KINDS_OF_HARM[harm] for trigger in found if trigger.kind == slug]
        if wanted:
            return wanted[0]
    return found[0] if found else None


def kind_of_harm(harm: Harm) -> str:
    """The kind of a toll that stands without any trigger: 'rounded up' is told by its harm, a bare death by nothing."""
    return _KINDS_OF_HARM[harm][0] if harm in _KINDS_OF_HARM else OTHER
