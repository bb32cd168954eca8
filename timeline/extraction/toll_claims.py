"""Books the claims of one sentence: which numbers and persons are taken, which groups are one toll, what the quote is.

Whether there is a claim is for toll_rules.py and toll_figures.py to say.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from timeline.extraction.harm_words import Lexicon
from timeline.extraction.records import Harm, Qualifier
from timeline.extraction.toll_scope import Claim
from timeline.extraction.toll_subjects import Subjects
from timeline.extraction.victims import Victims

_PRONOUN = frozenset("he she him her".split())

_FEARED = re.compile(r"\b(?:feared|believed|presumed|thought)\b", re.IGNORECASE)

_PLACE_AFTER = re.compile(r"\s+in\s+[A-Z][\w'’-]*(?:[ -][A-Z][\w'’-]*)?")

_OPEN = {
    "at_least": "leaves the top open",
    "more_than": "leaves the top open",
    "up_to": "leaves the bottom open",
    "less_than": "leaves the bottom open",
    "about": "is taken as the number itself",
    "range": "gives both ends",
    "vague": "is read as its unit, the most conservative reading",
    "feared": "is not confirmed",
}

ARMED = frozenset("soldiers police rebels fighters militants peacekeepers".split())


class Ledger:
    """The claims found so far in one sentence, and the tokens that they took."""

    def __init__(self, text: str, start: int, end: int, words: Lexicon) -> None:
        self.text = text
        self.start = start
        self.end = end
        self.words = words
        self.clause = Subjects(text, start, end, words)
        self.tokens = self.clause.tokens
        if self.tokens:
            self.end = self.tokens[-1].end  # of a piece that is no sentence, not all is read
        self.used: set[tuple[int, Harm]] = set()
        self.named: set[tuple[int, Harm]] = set()  # the tokens of those claimed so far
        self.found: list[Claim] = []

    def part(self, group: Victims, harm: Harm, whole: int | None) -> None:
        start, end = self.tokens[group.first].start, self.tokens[group.last - 1].end
        basis = f"'{self.text[start:end]}' is counted within the toll before it"
        self.used.update((n, harm) for n in group.numbers)
        self.found.append(
            Claim(start, end, harm, group.low, group.high, group.qualifier, group.noun, basis, part=True, whole=whole)
        )

    def add(
        self,
        groups: list[Victims],
        harms: list[Harm],
        index: int,
        how: str,
        word: str,
        weak: bool = False,
        company: Sequence[Victims] = (),
    ) -> None:
        groups = [g for g in groups if not g.numbers or not any((n, h) in self.used for n in g.numbers for h in harms)]
        groups = [g for g in groups if not g.single or not any((g.first, h) in self.named for h in harms)]
        if not groups:
            return
        if company and groups[0].single:
            groups = [*groups, *company]
        if harms[0] == "displaced" and any(g.single for g in groups):
            return
        # Planes go missing and towns are captured; only persons are arrested.
        doubtful = harms[0] in ("missing", "displaced") or word.startswith(("captur", "seiz", "held", "hold"))
        if doubtful or (harms[0] == "detained" and any(g.single for g in groups)):
            places = word.startswith(("captur", "seiz", "held", "hold"))
            counted = how == "subject" and bool(self.found)  # "lost 60 men, and 14 more were captured"
            named = all(
                g.known
                or (places and g.bare and counted)
                or (not places and (g.bare or (self.tokens[g.first].capital and not g.numbers)))
                for g in groups
            )
            if word in ("held", "holding") and any(g.single for g in groups):
                return
            if not named:
                return
        if len(groups) > 2 and groups[0].numbers and groups[0].low == sum(g.low or 0 for g in groups[1:]):
            groups = groups[:1]  # "two men, a baker and a teacher": the list says who they were
        # Women and children are one toll, told apart; the fighters of each side are tolls of their own.
        sides = {g.noun in ARMED for g in groups}
        one_each = all(g.low == g.high == 1 for g in groups)
        listed = len(groups) > 2 and (sides == {False} or not all(g.numbers for g in groups))
        if len(groups) > 1 and (groups[0].single or one_each or listed or sides == {False}):
            low = sum(g.low or 0 for g in groups) or None
            high = None if any(g.high is None for g in groups) else sum(g.high or 0 for g in groups)
            qualifier: Qualifier = next((g.qualifier for g in groups if g.qualifier != "exact"), "exact")
            nouns = {g.noun for g in groups}
            merged = replace(
                groups[0],
                first=min(g.first for g in groups),
                last=max(g.last for g in groups),
                low=low,
                high=high,
                qualifier=qualifier,
                noun=nouns.pop() if len(nouns) == 1 else None,
                numbers=tuple(n for g in groups for n in g.numbers),
            )
            groups = [merged]
        for group in groups:
            # "her driver" is somebody, "he" may be somebody told of before
            weak_one = weak or (
                group.single and self.clause.word(group.first) in _PRONOUN and group.last - group.first == 1
            )
            self.claim(group, harms, index, how, word, weak_one, len(groups) == 1)

    def claim(
        self, group: Victims, harms: list[Harm], index: int, how: str, word: str, weak: bool, alone: bool
    ) -> None:
        start, end = self.tokens[group.first].start, self.tokens[group.last - 1].end
        quote = self.text[start:end]
        if how == "subject" and alone:
            end = max(end, self.tokens[index].end)
        elif how == "noun" and alone:
            start = min(start, self.tokens[index].start)
            after = _PLACE_AFTER.match(self.text, end, self.end)
            if after and self.tokens[index].harm and "of" in self.tokens[index].roles:
                end = after.end()
        elif how == "object" and alone and index + 1 < group.first and word in ("left", "leaving"):
            start = self.tokens[index].start
        low, high, qualifier = group.low, group.high, group.qualifier
        verb = f"'{word}' governs '{quote}'"
        if len(harms) > 1:
            # Killed and injured in one number: of each there are at most so many, and nothing more is said.
            if high is None:
                return
            low, qualifier = None, "up_to"
            verb = f"'{quote}' counts {' and '.join(harms)} together, so each is at most that"
        elif qualifier == "exact" and _FEARED.search(self.text, max(start - 40, self.start), min(end + 1, self.end)):
            qualifier = "feared"
        basis = verb
        if qualifier in _OPEN and len(harms) == 1:
            basis += f"; {qualifier.replace('_', ' ')} {_OPEN[qualifier]}"
        for harm in harms:
            self.used.update((n, harm) for n in group.numbers)
            self.named.update((place, harm) for place in range(group.first, group.last))
            self.found.append(Claim(start, end, harm, low, high, qualifier, group.noun, basis, weak=weak))
