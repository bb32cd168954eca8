"""In which ways does news tell a toll? One method a way: "killed 12", "12 dead", "massacre of 108", "five deaths".

toll_clauses.py and toll_subjects.py say whom a word governs, toll_figures.py reads figures that no verb governs, and
toll_scope.py says whether it is the toll of one event.
"""

from __future__ import annotations

from timeline.extraction.records import HARMS, Harm
from timeline.extraction.toll_claims import ARMED
from timeline.extraction.toll_clauses import BE
from timeline.extraction.toll_figures import FLIGHT, Figures
from timeline.extraction.toll_scope import Claim, scoped
from timeline.extraction.victims import Victims

_COUNTS = frozenset("number estimates".split())

_ONE_BODY = frozenset("a the one another his her whose".split())

_SELF = frozenset("himself herself themselves itself".split())

_FREED = frozenset("freed released release releases free frees freeing releasing swap exchange exchanged".split())

_COURT = frozenset("jailed sentenced convicted charged acquitted indicted trial court".split())

_BRINGING = frozenset(
    """
    resulting resulted results leading led leads causing caused causes confirmed confirms confirming announced announces
    reported reports reporting claimed claiming
    """.split()
)

_FOUND = frozenset("found recovered discovered dumped pulled retrieved washed exhumed unearthed identified".split())


def _owns(word: str) -> bool:
    return word.endswith(("'s", "’s"))


class Reader(Figures):
    """The toll claims of one sentence."""

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
        if not _COUNTS.isdisjoint(self.clause.said):
            self._number_of_the_dead()
        if self.clause.groups:
            self._described()
            self._refugees()
            self._parts()
            self._echoes()
            self._within()
            self._elsewhere()
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
        passive = aux in BE and "ing" not in token.roles  # "are holding" is not "are held"
        if self.clause.denied(begin, index):
            return last
        if token.word in ("held", "holding", "seized") and not _FREED.isdisjoint(self.clause.said):
            return last
        if self.clause.word(last + 1) in _SELF and self.clause.word(last + 2) != "and":
            return last
        objects = (
            []
            if passive or ("past" not in token.roles and "finite" not in token.roles and "ing" not in token.roles)
            else (self.clause.objects(last + 1))
        )
        told_before = index > 1 and self.clause.word(index - 1) in ("and", "or") and self.tokens[index - 2].harm
        if objects and told_before and objects[0].single and not objects[0].known:
            objects = []  # "left dozens dead and wounded the agency said"
        if objects and "past" in token.roles and self.clause.reduced(index, last, objects):
            objects = []
        if passive and len(harms) > 1 and self.clause.objects(last + 1) and self.tokens[last + 1].number:
            harms, last, objects = harms[:1], index, []  # "12 were killed and wounded 30": two tolls
        if objects:
            # "carried an injured girl": told in passing
            aside = objects[0].single and self.clause.word(index - 1) in ("a", "an", "the", "another")
            self.add(objects, harms, index, "object", self.tokens[index].word, weak=aside)
            return last
        if "past" not in token.roles:
            if "ing" in token.roles or "finite" in token.roles:
                return index
            return last
        if passive:
            groups = self.clause.subjects(begin, aux)
            self.add(
                groups, harms, last, "subject", token.word, company=self.clause.company(last + 1) if groups else []
            )
        elif begin > 0 and self.tokens[begin - 1].word in ("and", "or", ","):
            # "was beaten with sticks and killed by gunmen": the verb group began further left
            listed = self.clause.ending_at.get(begin - 2) if self.tokens[begin - 1].word == "," else None
            if listed and any((n, h) in self.used for n in listed.numbers for h in HARMS):
                return last
            if listed:
                self.add([self.clause.ending_at[begin - 2]], harms, last, "subject", token.word)
            else:
                self.add(self.clause.shared_subjects(begin - 2), harms, last, "subject", token.word)
        elif aux not in ("have", "has", "had"):  # "the forces had seized": those who did it
            described = token.word not in ("held", "seized", "captured")  # "in the parts held by"
            self.add(self.clause.adjacent_subjects(begin, described), harms, last, "subject", token.word)
        return last

    def _stative(self, index: int) -> None:
        """ "12 people died", "left 14 dead", "65 remain unaccounted for"."""
        token = self.tokens[index]
        if token.word in ("missing", "dead", "captive") and self.clause.is_adjective(index):
            return
        if token.word in ("hostage", "captive") and self.clause.word(index - 1) in ("a", "an", "the", "or", "of"):
            return
        begin, aux = self.clause.verb_group(index)
        if self.clause.denied(begin, index):
            return
        finite = token.word not in ("dead", "missing", "homeless", "hostage", "captive", "to death")
        if token.word.startswith("with ") and token.harm == "injured":
            # "left 12 people with burns", "six escaped with wounds"; bodies with wounds are no injured
            groups = [g for g in self.clause.subjects(begin, aux or "died") if not g.single]
            dead = [g for g in groups if any((g.first, h) in self.named for h in HARMS)]
            groups = [] if dead or " no " in token.word else groups
        elif finite or aux is not None:
            groups = self.clause.subjects(begin, aux if aux else "died")
            if not groups and self.clause.word(begin - 1) == "and":
                groups = self.clause.shared_subjects(begin - 2)  # "was shot and later died"
        else:
            groups = self.clause.adjacent_subjects(begin) or self.clause.made_dead(begin)
        if token.harm == "displaced":
            # soldiers who fled, or crossed, have lost no home
            groups = [g for g in groups if not g.single and (g.low or g.high or 0) >= FLIGHT and g.noun not in ARMED]
        if token.harm and groups:
            self.add(groups, [token.harm], index, "subject", token.word)

    def _governing_noun(self, index: int) -> None:
        """ "the massacre of 108 civilians", "the bodies of 12 men", "the killing of a journalist"."""
        token = self.tokens[index]
        leads = ("of", "to") if token.harm == "injured" else ("of",)
        if self.clause.word(index + 1) not in leads or not token.harm:
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
        if token.word in ("body", "corpse") and groups[0].bare:
            return
        if any(g.single for g in groups):
            if not all(g.known or g.numbers or self.tokens[g.first].capital for g in groups):
                return
            if self.clause.word(index - 2) in ("for", "over") and not _COURT.isdisjoint(self.clause.said):
                return  # "jailed for the murder of his wife"
            weak = token.word not in ("body", "bodies", "corpse", "corpses", "remains") and not self._brought_about(
                index
            )
            self.add(groups, [token.harm], index, "noun", token.word, weak=weak)
            return
        self.add(groups, [token.harm], index, "noun", token.word)

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
                if other.number.low == 1 and self.clause.word(back + 1) == "of":
                    return  # "one of its bodies"
                group = self.clause.counted_at(back)
                noun = group.noun if group and group.last < index else self.clause.category(back + 1, index)
                number = other.number
                victims = Victims(
                    back, index + 1, number.low, number.high, number.qualifier, noun, True, False, numbers=(back,)
                )
                if group and group.part:
                    return
                if token.harm and not self.clause.denied(back, back):
                    self.add([victims], [token.harm], index, "subject", token.word)
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
            self.add([only], ["killed"], index, "subject", token.word, weak=True)

    def _lost(self, index: int) -> None:
        """ "lost 44 men": only where a noun says that persons were lost."""
        begin, aux = self.clause.verb_group(index)
        if aux in BE:  # "70 of his men had been lost"
            groups = [g for g in self.clause.subjects(begin, aux) if g.known and g.numbers]
            self.add(groups, ["killed"], index, "subject", self.tokens[index].word)
            return
        # "one side lost 400 fighters and the other at least 80"
        again = any(claim.basis.startswith(("'lost'", "'lose", "'losing")) for claim in self.found)
        groups = [g for g in self.clause.objects(index + 1) if (g.known or (g.bare and again)) and not g.single]
        if groups and not self.clause.denied(index, index):
            self.add(groups, ["killed"], index, "object", self.tokens[index].word)
