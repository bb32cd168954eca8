"""Who is the subject of a harm word: of "were killed", of "died", of "wounded" without its verb?

Grammar only, on top of toll_clauses.py. toll_rules.py makes the claims.
"""

from __future__ import annotations

from dataclasses import replace

from timeline.extraction.toll_clauses import ARTICLES, BE, COLLECTIVES, NOT, REACH, STOPS, Clause
from timeline.extraction.victim_lists import conjuncts
from timeline.extraction.victims import Victims, single

_PREPOSITIONS = frozenset(
    "in from at by near on against during within outside inside to into over under about around for "
    "across through".split()
)

_NO_COUNT = frozenset("it which what those many several everyone most much part half few some".split())

_LEADING = frozenset("after during following on according since amid despite as when while".split())

# After "and" and before "was", these open a clause of their own: "the plane fell and its pilot was captured".
_OWN_CLAUSE = frozenset("his her its their another a an".split())

# A person told without an article begins after these: "monitor says commander killed".
_BEFORE_ONE = frozenset(": , a an says say said reports".split())

# Words that lead from counted persons to where they are or whose: "nine members of one family".
_LINKS = frozenset("of from in at near on".split())

_JOINED = frozenset(", as and of by with".split())

_TELLING = frozenset("say claim believe".split())
_TOLD = frozenset("claimed confirmed announced reported claims confirms announces reports".split())
_TOLD_OF = frozenset("a an that one he she another".split())

_RELATIVE = frozenset("who which that whom whose".split())

_DASHES = frozenset("-–—")

_MARKS = frozenset('"“”')

# Tokens of a noun and its article before "that".
_ANTECEDENT = 5

_BETWEEN_CONJUNCTS = frozenset("and , & another also as well the his her their its".split())

_PRONOUN = frozenset("he she him her".split())

_SUB_LINK = frozenset(
    "some most many all , ( ) - – including among and them of women children mostly mainly were - / also".split()
)


class Subjects(Clause):
    """A sentence that can tell whom a verb speaks of."""

    def adjacent_subjects(self, end: int, described: bool = False) -> list[Victims]:
        """The group that ends where a participle without "was" begins; parts in between are passed over.

        ``described``: so may be words that describe it, "nine members of one family killed".
        """
        place = end - 1
        while place >= 0 and self.word(place) in self.words.adverbs and self.word(place) != "another":
            place -= 1
        other = self.word(place) == "other" and self.word(place - 1) == "the"
        if self.word(place) == "another" or other:  # "one man was hurt and another killed"
            return [Victims(place, place + 1, 1, 1, "exact", None, False, True, single=True)]
        place = end - 1
        for _ in range(REACH):
            if place < 0:
                break
            group = self.ending_at.get(place)
            if group:
                if group.part:
                    place = group.first - 1
                    continue
                return self._left_conjuncts(group)
            if place == end - 1 and self.word(place) == ",":
                # "at least 12 people, including his mother, wounded"
                aside = next((p for p in range(place - 1, max(place - 12, 0), -1) if self.word(p) == "including"), None)
                if aside is not None and self.word(aside - 1) == ",":
                    place = aside - 2
                    continue
            if self.tokens[place].word in _SUB_LINK or self.tokens[place].word in self.words.adverbs:
                place -= 1
                continue
            break
        before = self._described_before(end) if described else None
        if before:
            return self._left_conjuncts(before)
        # A headline without its verb: "Journalist killed in Homs".
        if end > 0 and place == end - 1:
            begin = end
            while begin > 0 and end - begin < 9 and self._plain(begin - 1):
                begin -= 1
            gapped = self.word(begin - 1) in ("and", ",", ";") and self.word(begin) in ("a", "an", "one")
            gapped = gapped or (
                self.word(begin - 1) in ("his", "her", "their") and self.word(begin - 2) in ("and", ",")
            )
            dated = begin > 0 and self.opens_after(begin - 1)
            if begin == 0 or dated or self.word(begin - 1) in _BEFORE_ONE or gapped:
                for first in range(begin, end):
                    one = single(self.tokens, first, self.words, strict=not gapped)
                    if one and (one.known or gapped) and one.last == end:
                        start = begin - 1 if self.word(begin - 1) in ("a", "an") else begin
                        return self._left_conjuncts(replace(one, first=max(start, 0)))
        return []

    def _described_before(self, end: int) -> Victims | None:
        """ "nine members of one family killed", "20 guards watching a gate detained": the group before what describes it."""
        for place in range(end - 1, max(end - 10, -1), -1):
            token = self.tokens[place]
            group = self.ending_at.get(place)
            if group:
                link = self.word(place + 1)
                fits = group.known and not group.part and (link in _LINKS or link.endswith("ing"))
                return group if fits and place < end - 2 else None
            if not (token.word in _LINKS or token.word in ("the", "a", "same", "one", "#") or self._plain(place)):
                return None
        return None

    def subjects(self, begin: int, aux: str | None) -> list[Victims]:
        """The groups that are the subject of the verb group that begins at ``begin``."""
        place = begin - 1
        aside: Victims | None = None
        steps = 0
        while place >= 0 and steps < REACH:
            steps += 1
            group = self.ending_at.get(place)
            token = self.tokens[place]
            if token.word == ")" or (place == begin - 1 and token.word in _DASHES):
                place_before = self._before_aside(place)
                if place_before is not None:
                    place = begin = place_before
                    begin += 1
                    continue
            if group:
                adjacent = place == begin - 1
                before = self.word(group.first - 1)
                if before in ("the", "all", "another"):
                    before = self.word(group.first - 2)
                succumbed = adjacent and group.part and self.tokens[group.last - 1].harm == "injured"
                if (group.part and not succumbed) or not (group.known or group.bare or adjacent):
                    place = group.first - 1
                    continue
                if (
                    group.bare
                    and not self._collective_before(group)
                    and (not adjacent or (aux == "was" and group.low != 1))
                ):
                    place = group.first - 1
                    continue
                if not adjacent and before in _PREPOSITIONS and self.word(group.first - 2) not in STOPS:
                    aside = aside or group
                    place = group.first - 1
                    continue
                if aux == "was" and not adjacent and not self._collective_before(group) and group.low != 1:
                    place = group.first - 1
                    continue
                if (
                    aux == "was"
                    and adjacent
                    and before in ("of", "and")
                    and not self._collective_before(group)
                    and not group.bare
                ):
                    place = group.first - 1
                    continue
                joined = [] if adjacent or aux == "was" else conjuncts(self.tokens[:begin], group, self.words)[1:]
                return [*self._left_conjuncts(group), *joined]
            if token.word in STOPS and place < begin - 1:
                opened = self._name_in_quotes(place)
                if opened is None:
                    break
                place = opened - 1
                continue
            if (
                (
                    token.harm
                    and not self.is_adjective(place)
                    and not self.is_person(place)
                    and "of" not in token.roles
                    and "count" not in token.roles
                )
                or (token.word in BE and self.word(place - 1) != "to")
                or token.word in ("has", "have", "had")
            ):
                relative = next(
                    (p for p in range(place - 1, max(place - 4, -1), -1) if self.word(p) in _RELATIVE), None
                )
                if relative is None:
                    break
                place = relative
            place -= 1
        return self._one_subject(place + 1, begin, aux)

    def _name_in_quotes(self, closed: int) -> int | None:
        """Where a name in quotation marks opens that closes at ``closed``: members of the "Army of the North" group."""
        if self.word(closed) not in _MARKS:
            return None
        for opened in range(closed - 1, max(closed - 10, -1), -1):
            if self.word(opened) in _MARKS:
                return opened if self.tokens[opened + 1].capital or self.word(opened + 1) == "al" else None
            if self.tokens[opened].harm or self.tokens[opened].number:
                return None
        return None

    def shared_subjects(self, at: int) -> list[Victims]:
        """The subject of the verb before "and" at or before token ``at``: "was beaten with sticks and killed"."""
        for back in range(at, max(at - 12, -1), -1):
            if self.tokens[back].number or self.tokens[back].word in STOPS:
                break
            if self.tokens[back].word in ("was", "were", "been"):
                begin, aux = self.verb_group(back + 1)
                return self.subjects(begin, aux)
        return []

    def _before_aside(self, place: int) -> int | None:
        """The token before the parenthesis or the dashes that close at ``place``; None where none opens."""
        if self.word(place) == ")":
            opened = next((p for p in range(place - 1, max(place - 15, -1), -1) if self.word(p) == "("), None)
            return None if opened is None else opened - 1
        inner = place
        while self.word(inner) in _DASHES:
            inner -= 1
        for opened in range(inner, max(inner - 25, -1), -1):
            if self.word(opened) in _DASHES and opened > 0:
                while self.word(opened - 1) in _DASHES:
                    opened -= 1
                return opened - 1
        return None

    def _one_subject(self, start: int, begin: int, aux: str | None) -> list[Victims]:
        """A subject without a number: "a cameraman was shot dead" is one, "a boy and his mother were killed" two."""
        region = self.tokens[start:begin]
        if not region:
            return []
        first = start
        while first < begin and (
            self.word(first) in ("and", ",", "but", "-", "–", "while")
            or self.word(first) in self.words.adverbs - {"another", "both"}
        ):
            first += 1
        told = next((p for p in range(begin - 2, first, -1) if self._tells(p)), None)
        if told is not None:
            first = told + 1
        if first < begin and (self.word(first) in _PREPOSITIONS or self.word(first) in _LEADING):
            comma = next((p for p in range(first, begin) if self.word(p) == ","), None)
            if comma is not None:
                first = comma + 1
        if any(self.word(p) in NOT or self.word(p) in _NO_COUNT for p in range(first, begin)):
            return []
        if any(self.word(p) in _RELATIVE and p == begin - 1 for p in range(first, begin)):
            weak_ok = aux == "was" and begin - first > 1
            if not weak_ok:
                return []
            begin -= 1
            if self.word(begin) != "who":
                # "a village that was wiped out": what stands right before it, and only if it names a person
                if self.word(begin - 1) in self.words.things:
                    return []
                first = max(first, begin - _ANTECEDENT)
        her_noun = self.word(first) == "her" and begin - first == 2
        if (
            first < begin
            and self.word(first) in _PRONOUN
            and begin - first <= 2
            and not her_noun
            and aux in ("was", "died")
        ):
            if self.word(first) in ("he", "she"):
                return [Victims(first, first + 1, 1, 1, "exact", None, False, False, single=True)]
            return []
        if begin - first == 1 and self.word(first) == "another" and aux == "was":
            return [Victims(first, begin, 1, 1, "exact", None, False, True, single=True)]
        led = self.word(first) in ARTICLES or self.word(first) in ("the", "both")
        for place in range(first + 1, begin):
            word, before = self.word(place), self.word(place - 1)
            # "In Hama a farmer was killed", "Meanwhile a farmer was killed"
            opens = word in ("a", "an") and not led and before not in _JOINED
            if opens or (aux == "was" and before == "and" and word in _OWN_CLAUSE):
                one = single(self.tokens, place, self.words, strict=True)
                if one and one.known and one.last == begin:
                    first = place
                break
        for place in range(first, min(first + 12, begin)):
            one = single(self.tokens, place, self.words)
            if one is None or one.last > begin:
                person = self.words.persons.get(self.word(place))
                if person and person.plural and self.word(place + 1) in _RELATIVE:
                    return []  # "civilians who are from Homs and Hama were killed": nobody says how many
                continue
            groups = conjuncts(self.tokens[:begin], one, self.words)
            if aux == "was":
                return groups[:1]
            if one.low == 2:
                return groups  # "both pilots", "a couple"
            if len(groups) > 1 and not any(g.numbers and g.part for g in groups):
                return groups
            if aux in ("died", "had", "has", "been") and one.known and place - first <= 3:
                return groups
            return []
        return []

    def _tells(self, place: int) -> bool:
        """Whether what is told begins after this word: "the office claimed a guard was killed"."""
        word = self.word(place)
        return word in _TELLING or (word in _TOLD and self.word(place + 1) in _TOLD_OF)

    def _left_conjuncts(self, group: Victims) -> list[Victims]:
        """``group`` and those joined to it on its left: "three boys, two nurses and a guard"."""
        groups = [group]
        if self.word(group.last - 1) == "whom":
            return groups  # "900 patients, 44 of whom died"
        place = group.first - 1
        for _ in range(8):
            after = place
            while place >= 0 and self.word(place) in _BETWEEN_CONJUNCTS:
                place -= 1
            if place < 0:
                break
            joined = place != after
            previous = self.ending_at.get(place)
            if previous is None and self.word(after) == "and" and group.known and self._plain(place):
                beside = self.ending_at.get(place - 1)  # "12 army and 15 rebel fighters"
                previous = replace(beside, last=place + 1, known=True) if beside and beside.bare else None
            if previous is None and self.word(after) == "and":
                # "12 monks of a convent in the hills and one guard were killed"
                for back in range(place - 1, max(place - 11, -1), -1):
                    if self.tokens[back + 1].harm or not self.word(back + 1)[0].isalnum():
                        break
                    if back in self.ending_at and self.word(back + 1) in _PREPOSITIONS | {"of"}:
                        previous = self.ending_at[back]
                        joined = True
                        place = back
                        break
            if previous and (self._is_object(previous.first) or self.tokens[previous.last - 1].harm):
                break  # "kills 3 soldiers, 2 civilians hurt", "12 deaths and 30 wounded"
            if previous and not previous.part and previous.known and (joined or place == group.first - 1):
                groups.insert(0, previous)
                place = previous.first - 1
                continue
            firm = any(self.word(p) in ("and", "another", "&") for p in range(place + 1, after + 1))
            if joined and (firm or len(groups) > 1):
                one = None
                # "a baker and nine other persons": the others say that a baker is a person
                others = any(self.word(p) in ("other", "others") for p in range(group.first, group.last + 1))
                for first in range(max(place - 5, 0), place + 1):
                    candidate = single(self.tokens, first, self.words, strict=not others)
                    if (
                        candidate
                        and (candidate.known or others)
                        and candidate.last == place + 1
                        and self.word(first) in ARTICLES
                    ):
                        one = candidate
                        break
                if place == after - 1 and self.word(after) == "and":
                    one = one or self._one_of(place)
                if one:
                    groups.insert(0, one)
                    place = one.first - 1
                    continue
            break
        return groups

    def _one_of(self, end: int) -> Victims | None:
        """Somebody named with "of" up to ``end``: "the head of the local council", "a judge from the town"."""
        for first in range(end - 2, max(end - 11, -1), -1):
            word = self.word(first)
            if word in ARTICLES:
                one = single(self.tokens, first, self.words, strict=True)
                if one and one.known and self.word(one.last) in ("of", "from", "at", "in"):
                    return one
            elif self.tokens[first].harm or self.tokens[first].number or word in STOPS or word in BE:
                break
        return None

    def _is_object(self, first: int) -> bool:
        """Whether a harm verb stands right before the group that begins at ``first``."""
        return first > 0 and bool(self.tokens[first - 1].roles & {"past", "finite", "ing", "lose"})

    def _collective_before(self, group: Victims) -> bool:
        return self.word(group.first - 1) == "of" and self.word(group.first - 2) in COLLECTIVES
