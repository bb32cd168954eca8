"""In which ways does news tell a toll? One method a way: "killed 12", "12 dead", "massacre of 108", "rose to 91".

toll_clauses.py says whom a word governs; toll_scope.py says whether it is the toll of one event.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from timeline.extraction.harm_words import Lexicon
from timeline.extraction.records import HARMS, Harm, Qualifier
from timeline.extraction.toll_clauses import BE, REACH, STOPS, Clause
from timeline.extraction.toll_scope import Claim, scoped
from timeline.extraction.victims import Victims

# Fewer people than this who "fled" ran from a scene (attackers, shoppers); more left their homes.
_FLIGHT = 50

# Those harmed, named as a whole that parts are counted from.
_HARMED: dict[str, Harm] = {
    "dead": "killed",
    "killed": "killed",
    "victims": "killed",
    "slain": "killed",
    "wounded": "injured",
    "injured": "injured",
}

_ONE_BODY = frozenset("a the one another his her whose".split())

_SELF = frozenset("himself herself themselves itself".split())

_PRONOUN = frozenset("he she him her".split())

_TAKE = frozenset(
    "claim claims claimed claiming cost costs costing took take takes taking taken lost losing lose loses".split()
)

_TOLL_VERBS = frozenset(
    """
    to at of is was stands stood stand reached reaches reach reaching hits hit hitting : tops topped top topping
    near nears pass exceed become becomes became passed passes surpassed surpasses surpassing exceeded exceeds
    exceeding past above over rises rose climbs climbed now put puts as = totalled
    """.split()
)

_TOLL_ABOVE = frozenset(
    """
    top pass tops topped topping passed passes surpassed surpasses surpassing exceeded exceeds exceeding past above
    over
    """.split()
)

_BRINGING = frozenset(
    """
    resulting resulted results leading led leads causing caused causes confirmed confirms confirming announced announces
    reported reports reporting claimed claiming
    """.split()
)

_FOUND = frozenset("found recovered discovered dumped pulled retrieved washed exhumed unearthed identified".split())

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

_ARMED = frozenset("soldiers police rebels fighters militants peacekeepers".split())


def _owns(word: str) -> bool:
    return word.endswith(("'s", "’s"))


class Reader:
    """The toll claims of one sentence; remembers which numbers are taken."""

    def __init__(self, text: str, start: int, end: int, words: Lexicon) -> None:
        self.text = text
        self.start = start
        self.end = end
        self.words = words
        self.clause = Clause(text, start, end, words)
        self.tokens = self.clause.tokens
        if self.tokens:
            self.end = self.tokens[-1].end  # of a piece that is no sentence, not all is read
        self.used: set[tuple[int, Harm]] = set()
        self.found: list[Claim] = []

    def claims(self) -> list[Claim]:
        skip = -1
        for index, token in enumerate(self.tokens):
            if not token.harm or index <= skip:
                continue
            roles = token.roles
            if roles & {"past", "finite", "ing"}:
                skip = max(skip, self._verb(index))
            elif "stative" in roles:
                self._stative(index)
            if "of" in roles:
                self._governing_noun(index)
            if "count" in roles:
                self._counted_noun(index)
            if "lives" in roles:
                self._lives(index)
            if "lose" in roles:
                self._lost(index)
            if "toll" in roles:
                self._toll(index)
        if "number" in self.clause.said:
            self._number_of_the_dead()
        if self.clause.groups:
            self._described()
            self._refugees()
            self._parts()
        self.found.sort(key=lambda claim: claim.start)
        return scoped(self.text, self.start, self.end, self.found, self.clause.said)

    def _verb(self, index: int) -> int:
        """ "killed 12", "12 were killed", "12 killed": returns the last token that was read together with this one."""
        token = self.tokens[index]
        if self.clause.is_adjective(index):
            return index
        last = index
        harms: list[Harm] = [token.harm] if token.harm else []
        partner = index + 1
        while partner < len(self.tokens) and self.tokens[partner].word in ("and", "or", "&", "/"):
            partner += 1
        if partner < len(self.tokens) and partner <= index + 2:
            other = self.tokens[partner]
            shared = other.roles & token.roles & {"past", "finite", "ing"}
            if {other.harm, token.harm} == {"killed", "injured"} and other.harm and shared:
                harms.append(other.harm)
                last = partner
            elif other.harm == token.harm and shared:
                last = partner  # "kills and beheads five": one toll
        if token.word.endswith("ing") and index + 1 < len(self.tokens) and self.tokens[index + 1].word == "of":
            return index
        begin, aux = self.clause.verb_group(index)
        passive = aux is not None and aux in BE
        if self.clause.denied(begin, index):
            return last
        if self.clause.word(last + 1) in _SELF and self.clause.word(last + 2) != "and":
            return last
        objects = (
            []
            if passive or ("past" not in token.roles and "finite" not in token.roles and "ing" not in token.roles)
            else (self.clause.objects(last + 1))
        )
        if objects and "past" in token.roles and self.clause.reduced(index, last, objects):
            objects = []
        if passive and len(harms) > 1 and self.clause.objects(last + 1) and self.tokens[last + 1].number:
            harms, last, objects = harms[:1], index, []  # "12 were killed and wounded 30": two tolls
        if objects:
            self._add(objects, harms, index, "object", self.tokens[index].word)
            return last
        if "past" not in token.roles:
            if "ing" in token.roles or "finite" in token.roles:
                return index
            return last
        if passive:
            groups = self.clause.subjects(begin, aux)
            self._add(
                groups, harms, last, "subject", token.word, company=self.clause.company(last + 1) if groups else []
            )
        elif begin > 0 and self.tokens[begin - 1].word in ("and", "or", ","):
            # "was shot in the head and killed by gunmen": the verb group began further left
            listed = self.clause.ending_at.get(begin - 2) if self.tokens[begin - 1].word == "," else None
            if listed and any((n, h) in self.used for n in listed.numbers for h in HARMS):
                return last
            if listed:
                self._add([self.clause.ending_at[begin - 2]], harms, last, "subject", token.word)
            else:
                for back in range(begin - 2, max(begin - 14, -1), -1):
                    if self.tokens[back].number or self.tokens[back].word in STOPS:
                        break
                    if self.tokens[back].word in ("was", "were", "been"):
                        begin, aux = self.clause.verb_group(back + 1)
                        self._add(self.clause.subjects(begin, aux), harms, last, "subject", token.word)
                        break
        else:
            self._add(self.clause.adjacent_subjects(begin), harms, last, "subject", token.word)
        return last

    def _stative(self, index: int) -> None:
        """ "12 people died", "left 14 dead", "65 remain unaccounted for"."""
        token = self.tokens[index]
        if token.word in ("missing", "dead") and self.clause.is_adjective(index):
            return
        begin, aux = self.clause.verb_group(index)
        if self.clause.denied(begin, index):
            return
        finite = token.word not in ("dead", "missing", "homeless")
        if finite or aux is not None:
            groups = self.clause.subjects(begin, aux if aux else "died")
        else:
            groups = self.clause.adjacent_subjects(begin) or self.clause.made_dead(begin)
        if token.harm == "displaced":
            groups = [g for g in groups if not g.single and (g.low or g.high or 0) >= _FLIGHT]
        if token.harm and groups:
            self._add(groups, [token.harm], index, "subject", token.word)

    def _governing_noun(self, index: int) -> None:
        """ "the massacre of 108 civilians", "the bodies of 12 men", "the killing of a journalist"."""
        token = self.tokens[index]
        if index + 1 >= len(self.tokens) or self.tokens[index + 1].word != "of" or not token.harm:
            return
        if self.clause.denied(index, index):
            return
        if (index > 0 and self.tokens[index - 1].number) or (
            token.word == "lives" and self.clause.word(index - 1) != "the"
        ):
            return
        groups = self.clause.objects(index + 2, of_noun=True)
        if not groups:
            return
        if any(g.single for g in groups):
            if not all(g.known or g.numbers or self.tokens[g.first].capital for g in groups):
                return
            weak = token.word not in ("body", "corpse", "remains") and not self._brought_about(index)
            self._add(groups, [token.harm], index, "noun", token.word, weak=weak)
            return
        self._add(groups, [token.harm], index, "noun", token.word)

    def _brought_about(self, index: int) -> bool:
        """ "leading to the death of the guard", "confirmed the killing of a teacher": told as news, not in passing."""
        place = index - 1
        while self.clause.word(place) in ("the", "a", "brutal", "fatal", "tragic"):
            place -= 1
        if self.clause.word(place) in ("in", "to"):
            place -= 1
        return self.clause.word(place) in _BRINGING

    def _counted_noun(self, index: int) -> None:
        """ "five deaths", "18 injuries", "12 unidentified bodies"."""
        token = self.tokens[index]
        for back in range(index - 1, max(index - 5, -1), -1):
            other = self.tokens[back]
            if other.number:
                group = self.clause.counted_at(back)
                noun = group.noun if group and group.last < index else self.clause.category(back + 1, index)
                number = other.number
                victims = Victims(
                    back, index + 1, number.low, number.high, number.qualifier, noun, True, False, numbers=(back,)
                )
                if group and group.part:
                    return
                if token.harm and not self.clause.denied(back, back):
                    self._add([victims], [token.harm], index, "subject", token.word)
                return
            if (
                not other.word[0].isalpha()
                or other.word in ("the", "a", "an")
                or other.word in self.words.bounds
                or other.word in self.words.things
                or other.harm
            ):
                break
        found = any(self.clause.word(place) in _FOUND for place in range(index + 1, index + 6))
        if token.word in ("body", "corpse") and found and self.clause.word(index + 1) != "of":
            first = index - 1
            while first > index - 3 and self.clause.word(first) not in _ONE_BODY and not _owns(self.clause.word(first)):
                first -= 1
            if first < 0 or not (self.clause.word(first) in _ONE_BODY or _owns(self.clause.word(first))):
                return
            only = Victims(first, index + 1, 1, 1, "exact", None, True, False, single=True)
            self._add([only], ["killed"], index, "subject", token.word, weak=True)

    def _lives(self, index: int) -> None:
        """ "claimed 30 lives", "hundreds of lives were lost"."""
        for back in range(index - 1, max(index - 4, -1), -1):
            number = self.tokens[back].number
            if number:
                near = range(max(back - 4, 0), min(index + 5, len(self.tokens)))
                if any(self.clause.word(place) in _TAKE for place in near):
                    group = Victims(
                        back, index + 1, number.low, number.high, number.qualifier, None, True, False, numbers=(back,)
                    )
                    self._add([group], ["killed"], index, "noun", "lives")
                return

    def _lost(self, index: int) -> None:
        """ "lost 44 men": only where a noun says that persons were lost."""
        groups = [g for g in self.clause.objects(index + 1) if g.known and not g.single]
        if groups and not self.clause.denied(index, index):
            self._add(groups, ["killed"], index, "object", self.tokens[index].word)

    def _toll(self, index: int) -> None:
        """ "the death toll rose to 91, up from 84": the number that "to", "at" or "of" leads to, never "from"."""
        if self.clause.word(index - 1) in ("heavy", "heaviest") or self.clause.word(index + 1) == "road":
            return
        harm: Harm = "injured" if self.clause.word(index - 1) in ("injury", "injured", "wounded") else "killed"
        above = False
        for place in range(index + 1, min(index + REACH, len(self.tokens))):
            token = self.tokens[place]
            above = above or token.word in _TOLL_ABOVE
            if (token.harm and "toll" in token.roles) or token.word == ";":
                return
            if not token.number:
                continue
            before = place - 1
            while before > index and self.clause.word(before) in (
                "least",
                "now",
                "about",
                "some",
                "the",
                "a",
                "more",
                "than",
            ):
                before -= 1
            leads = before == index or self.clause.word(before) in _TOLL_VERBS or token.number.qualifier != "exact"
            group = self.clause.counted_at(place)
            if (
                group is None
                or group.part
                or not leads
                or self.clause.word(before) == "from"
                or self.clause.is_date(place)
            ):
                continue
            if self.clause.word(before) == "of" and before - index > 4:
                continue
            if not (group.known or group.bare):
                continue
            if above and group.qualifier == "exact" and self.clause.word(before) in _TOLL_ABOVE:
                group = replace(group, low=group.low, high=None, qualifier="more_than")
            self._add([group], [harm], index, "noun", self.tokens[index].word)
            return

    def _number_of_the_dead(self) -> None:
        """ "the number of people killed has reached 91", "brought the number of dead to 91"."""
        for index in range(len(self.tokens) - 1):
            if self.tokens[index].word != "number" or not (
                self.clause.word(index + 1) == "of" or self.tokens[index + 1].harm
            ):
                continue
            harm: Harm | None = None
            for place in range(index + 1, min(index + REACH, len(self.tokens))):
                token = self.tokens[place]
                if token.harm and harm is None and (token.roles & {"past", "stative", "count", "of"}):
                    harm = token.harm
                if token.number and harm:
                    group = self.clause.counted_at(place)
                    if self.clause.word(place - 1) in _TOLL_VERBS and group and (group.known or group.bare):
                        self._add([group], [harm], index, "noun", f"number of {harm}")
                        break

    def _described(self) -> None:
        """ "32 wounded people were brought in": the harm stands beside the noun and nothing else governs it."""
        for group in self.clause.groups:
            if group.part or any((n, h) in self.used for n in group.numbers for h in HARMS):
                continue
            for place in range(group.first + 1, group.last):
                harm = self.tokens[place].harm
                if harm and self.clause.is_adjective(place):
                    self._add([group], [harm], group.last - 1, "subject", self.tokens[place].word)
                    break

    def _refugees(self) -> None:
        """Refugees, however told, are displaced; not those whom another harm word governs."""
        for group in self.clause.groups:
            head = self.tokens[group.last - 1].word
            if (
                head in ("refugees", "idps")
                and not any((n, h) in self.used for n in group.numbers for h in ("killed", "injured"))
                and (group.low or group.high or 0) >= _FLIGHT
                and not group.part
            ):
                self._add([group], ["displaced"], group.last - 1, "subject", head)
        for index, token in enumerate(self.tokens if "refugees" in self.clause.said else ()):
            # "Syrian refugees top two million", "the number of refugees has reached 90,000"
            if token.word != "refugees" or index in self.clause.ending_at:
                continue
            for place in range(index + 1, min(index + 6, len(self.tokens))):
                counted = self.clause.counted_at(place)
                before = self.clause.word(place - 1)
                if counted and counted.bare and before in _TOLL_VERBS - {"of", "to", "at", "is", "was", "in"}:
                    if before in _TOLL_ABOVE and counted.qualifier == "exact":
                        counted = replace(counted, high=None, qualifier="more_than")
                    if (counted.low or counted.high or 0) >= _FLIGHT:
                        self._add([counted], ["displaced"], index, "noun", token.word)
                    break

    def _parts(self) -> None:
        """ "including five children", "three of them children": counted within the toll before it."""
        wholes = [claim for claim in self.found if not claim.part]
        for group in self.clause.groups:
            at = self.tokens[group.first].start
            if any((n, h) in self.used for n in group.numbers for h in HARMS):
                continue
            if group.part and (group.known or group.bare):
                before = [claim for claim in wholes if claim.start < at]
                if before:
                    whole = max(before, key=lambda claim: claim.start)
                    top = whole.high if whole.high is not None else whole.low
                    if (top is not None and (group.low or group.high or 0) <= top) or whole.high is None:
                        self._part(group, whole.harm, whole.start)
                        continue
                for place in range(group.first + 1, group.last):
                    word = self.clause.word(place)
                    if word in _HARMED and self.clause.word(place - 1) in ("the", "those"):
                        self._part(group, _HARMED[word], None)  # "three of the dead"
                        break
                continue
            # "among the dead were five children": within the toll given last
            lead = [t.word for t in self.tokens[max(group.first - 5, 0) : group.first]]
            if lead[-1:] and lead[-1] in ("were", "was", "included", "include", "are"):
                told = next((word for word in lead if word in _HARMED), None)
                if told:
                    self._part(group, _HARMED[told], None)

    def _part(self, group: Victims, harm: Harm, whole: int | None) -> None:
        start, end = self.tokens[group.first].start, self.tokens[group.last - 1].end
        basis = f"'{self.text[start:end]}' is counted within the toll before it"
        self.used.update((n, harm) for n in group.numbers)
        self.found.append(
            Claim(start, end, harm, group.low, group.high, group.qualifier, group.noun, basis, part=True, whole=whole)
        )

    def _add(
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
        if not groups:
            return
        if company and groups[0].single:
            groups = [*groups, *company]
        if harms[0] == "displaced" and any(g.single for g in groups):
            return
        # Planes go missing and towns are captured; only persons are arrested.
        doubtful = harms[0] in ("missing", "displaced") or word.startswith("captur")
        if doubtful or (harms[0] == "detained" and any(g.single for g in groups)):
            named = all(g.known or g.bare or (self.tokens[g.first].capital and not g.numbers) for g in groups)
            if not named:
                return
        if len(groups) > 2 and groups[0].numbers and groups[0].low == sum(g.low or 0 for g in groups[1:]):
            groups = groups[:1]  # "two persons, a lawyer and a teacher": the list says who they were
        # Women and children are one toll, told apart; the fighters of each side are tolls of their own.
        sides = {g.noun in _ARMED for g in groups}
        if len(groups) > 1 and (groups[0].single or len(groups) > 2 or sides == {False}):
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
            weak_one = weak or (group.single and self.clause.word(group.first) in _PRONOUN)
            self._claim(group, harms, index, how, word, weak_one, len(groups) == 1)

    def _claim(
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
            self.found.append(Claim(start, end, harm, low, high, qualifier, group.noun, basis, weak=weak))
