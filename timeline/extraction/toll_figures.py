"""Where does a sentence give the figure of a toll apart from a verb: "rose to 91", "claimed 30 lives", "including five"?

The figures that a verb or a noun governs are toll_rules.py's.
"""

from __future__ import annotations

import re
from dataclasses import replace

from timeline.extraction.records import HARMS, Harm
from timeline.extraction.toll_claims import Ledger
from timeline.extraction.toll_clauses import BE, REACH
from timeline.extraction.victims import Victims

# Fewer people than this who "fled" ran from a scene (attackers, shoppers); more left their homes.
FLIGHT = 50

# Those harmed, named as a whole that parts are counted from.
_HARMED: dict[str, Harm] = {
    "dead": "killed",
    "killed": "killed",
    "victims": "killed",
    "slain": "killed",
    "wounded": "injured",
    "injured": "injured",
}

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

# A toll that "could rise to 50" has not.
_FORECAST = frozenset("could may might would will to".split())

_GROWS = frozenset("rise climb grow increase reach go exceed pass top".split())

_SAYS = frozenset("said says reported reports counted count".split())


# Characters before a toll that hold "of which".
_LEAD = 12

# Characters between the figures of one verb: "in two suburbs east of the capital (Saqba and Arbin), ".
_ONE_VERB = 90

_IN_PLACE = re.compile(r"\s+(?:in|at|near|across)\s+(?:\w+\s+){0,4}?[A-Z]")

# "including two guards, and 20 others were killed": a toll of its own.
_ANEW = re.compile(r"\b(?:others|were|was|been|more)\b", re.IGNORECASE)


class Figures(Ledger):
    """Reads figures that stand by themselves, and parts of what was claimed before them."""

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
                    self.add([group], ["killed"], index, "noun", "lives")
                return

    def _toll(self, index: int) -> None:
        """ "the death toll rose to 91, up from 84": the number that "to", "at" or "of" leads to, never "from"."""
        if self.clause.word(index - 1) in ("heavy", "heaviest") or self.clause.word(index + 1) == "road":
            return
        harm: Harm = "injured" if self.clause.word(index - 1) in ("injury", "injured", "wounded") else "killed"
        above = False
        for place in range(index + 1, min(index + REACH, len(self.tokens))):
            token = self.tokens[place]
            above = above or token.word in _TOLL_ABOVE
            if token.word in _FORECAST and self.clause.word(place + 1) in _GROWS:
                return  # "the toll may rise to 50"
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
                or (self.clause.word(before) == "from" and token.number.qualifier != "range")
                or self.clause.is_date(place)
            ):
                continue
            if self.clause.word(before) == "of" and before - index > 4:
                continue
            if not (group.known or group.bare):
                continue
            if above and group.qualifier == "exact" and self.clause.word(before) in _TOLL_ABOVE:
                group = replace(group, low=group.low, high=None, qualifier="more_than")
            self.add([group], [harm], index, "noun", self.tokens[index].word)
            return

    def _number_of_the_dead(self) -> None:
        """ "the number of people killed has reached 91", "brought the number of dead to 91"."""
        for index in range(len(self.tokens) - 1):
            if self.tokens[index].word not in ("number", "estimates") or not (
                self.clause.word(index + 1) == "of" or self.tokens[index + 1].harm
            ):
                continue
            harm: Harm | None = None
            for place in range(index + 1, min(index + REACH, len(self.tokens))):
                token = self.tokens[place]
                if token.harm and harm is None and (token.roles & {"past", "stative", "count", "of"}):
                    harm = token.harm
                if token.word in ("victims", "martyrs") and harm is None:
                    harm = "killed"
                if token.number and harm:
                    group = self.clause.counted_at(place)
                    if group and group.low == 1 and self.clause.word(place + 1) == "of":
                        continue  # "was one of the highest"
                    leads = self.clause.word(place - 1) in _TOLL_VERBS or token.number.qualifier == "range"
                    if leads and group and (group.known or group.bare):
                        self.add([group], [harm], index, "noun", f"number of {harm}")
                        break

    def _described(self) -> None:
        """ "32 wounded people were brought in": the harm stands beside the noun and nothing else governs it."""
        for group in self.clause.groups:
            if group.part or any((n, h) in self.used for n in group.numbers for h in HARMS):
                continue
            for place in range(group.first + 1, group.last):
                harm = self.tokens[place].harm
                if harm and self.clause.is_adjective(place):
                    self.add([group], [harm], group.last - 1, "subject", self.tokens[place].word)
                    break

    def _refugees(self) -> None:
        """Refugees, however told, are displaced; not those whom another harm word governs."""
        for group in self.clause.groups:
            head = self.tokens[group.last - 1].word
            if (
                head in ("refugees", "idps")
                and not any((n, h) in self.used for n in group.numbers for h in ("killed", "injured"))
                and (group.low or group.high or 0) >= FLIGHT
                and not group.part
            ):
                self.add([group], ["displaced"], group.last - 1, "subject", head)
        for index, token in enumerate(self.tokens if "refugees" in self.clause.said else ()):
            # "Syrian refugees top two million", "the number of refugees has reached 90,000"
            if token.word != "refugees" or index in self.clause.ending_at:
                continue
            for place in range(index + 1, min(index + 6, len(self.tokens))):
                counted = self.clause.counted_at(place)
                before = self.clause.word(place - 1)
                if (
                    counted
                    and counted.bare
                    and (
                        before in _TOLL_VERBS - {"of", "to", "at", "is", "was", "in"}
                        or (before == "at" and self.clause.word(place - 2) in ("stands", "stood", "now"))
                    )
                ):
                    if before in _TOLL_ABOVE and counted.qualifier == "exact":
                        counted = replace(counted, high=None, qualifier="more_than")
                    if (counted.low or counted.high or 0) >= FLIGHT:
                        self.add([counted], ["displaced"], index, "noun", token.word)
                    break

    def _parts(self) -> None:
        """ "including five children", "three of them children": counted within the toll before it."""
        wholes = [claim for claim in self.found if not claim.part]
        led: Harm | None = None
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
                        self.part(group, whole.harm, whole.start)
                        continue
                for place in range(group.first + 1, group.last):
                    word = self.clause.word(place)
                    if word in _HARMED and self.clause.word(place - 1) in ("the", "those"):
                        self.part(group, _HARMED[word], None)  # "three of the dead"
                        break
                continue
            # "among the dead were five children and two nurses": within the toll given last
            if led and self.clause.word(group.first - 1) in ("and", ","):
                self.part(group, led, None)
                continue
            led = None
            lead = [t.word for t in self.tokens[max(group.first - 5, 0) : group.first]]
            if lead[-1:] and lead[-1] in ("were", "was", "included", "include", "are"):
                told = next((word for word in lead if word in _HARMED), None)
                if told:
                    led = _HARMED[told]
                    self.part(group, led, None)

    def _within(self) -> None:
        """ "23 were killed, with 15 killed in the north", "of which 33 died under fire": parts told as tolls."""
        self.found.sort(key=lambda claim: claim.start)
        for place, claim in enumerate(self.found):
            if claim.part:
                continue
            quote = self.text[claim.start : claim.end]
            lead = " ".join(self.text[max(claim.start - _LEAD, self.start) : claim.start].lower().split()) + " "
            before = self.found[place - 1] if place else claim
            goes_on = before.part and before.harm == claim.harm and lead.endswith((", ", "and "))
            goes_on = goes_on and claim.start - before.end < _ONE_VERB and not _ANEW.search(quote)
            if not (goes_on or lead.endswith(("with ", "of which ", "of whom ")) or " of which" in quote):
                continue
            wholes = [c for c in self.found if c.harm == claim.harm and not c.part and c.end <= claim.start]
            if wholes and (wholes[-1].high is None or (claim.low or claim.high or 0) <= wholes[-1].high):
                self.found[place] = replace(claim, part=True, whole=max(c.start for c in wholes))

    def _elsewhere(self) -> None:
        """ "19 were killed in Hama and two in Salma": one verb, several places.

        Where the first toll has no place of its own, the others are counted within it: "31 were killed, 10 in Hama".
        """
        for group in self.clause.groups:
            if not group.bare or any((n, h) in self.used for n in group.numbers for h in HARMS):
                continue
            after = group.last
            if not (self.clause.word(after) in ("in", "at", "near") and self._names_place(after + 1)):
                continue
            if self.clause.word(group.first - 1) not in (",", ";", "and"):
                continue
            if any(
                self.tokens[p].harm or self.clause.word(p) in BE for p in range(after, min(after + 6, len(self.tokens)))
            ):
                continue  # "and 14 in Hama were freed"
            start = self.tokens[group.first].start
            told = max((c for c in self.found if c.end < start), key=lambda c: c.start, default=None)
            if told is None or start - told.end > _ONE_VERB:
                continue
            between = self.text[told.end : start]
            if told.part:
                self.part(group, told.harm, told.whole)
            elif _IN_PLACE.match(between):
                self.add([group], [told.harm], group.first, "object", told.harm)
            elif told.high is None or (group.low or group.high or 0) <= told.high:
                self.part(group, told.harm, told.start)

    def _names_place(self, index: int) -> bool:
        return index < len(self.tokens) and (self.tokens[index].capital or self.clause.word(index) == "the")

    def _echoes(self) -> None:
        """ "the army said 40 were killed, the ministry said 52": a bare figure by another source."""
        if not _SAYS & self.clause.said:
            return
        for group in self.clause.groups:
            after = self.clause.word(group.last)
            if not group.bare or group.part or any((n, h) in self.used for n in group.numbers for h in HARMS):
                continue
            if self.clause.word(group.first - 1) not in _SAYS or (after and after[0].isalnum()):
                continue
            before = [c for c in self.found if not c.part and c.end < self.tokens[group.first].start]
            if before:
                told = max(before, key=lambda claim: claim.start)
                self.add([group], [told.harm], group.first - 1, "object", self.tokens[group.first - 1].word)
