"""Whom does a harm word of a sentence govern: the nouns before it, behind it, or joined to those?

Grammar only: the subject of "were killed", the object of "killing". toll_rules.py knows the ways of telling a toll and
makes the claims.
"""

from __future__ import annotations

from dataclasses import replace

from timeline.extraction.harm_words import Lexicon, read
from timeline.extraction.victims import Victims, conjuncts, numbered, single

# Tokens between a harm word and its subject, or "toll" and its figure. Real sentences stay
# below 30.
REACH = 40

BE = frozenset("was were is are am been being be get gets got getting 'were 're isn't".split())

_PLURAL_BE = frozenset("were are have".split())

_SINGULAR_BE = frozenset("was is has".split())

_VERB_GROUP = frozenset(
    """
    was were is are been being be have has had having to also feared believed presumed thought reported reportedly
    confirmed said known understood estimated found left leaving pronounced declared lying remain remained remains
    shot went gone still since listed get got getting leave leaves may might allegedly then on , too either
    night morning afternoon evening dawn
    """.split()
)

STOPS = frozenset(
    '; : “ ” " that when while where because but said says after before until as if whether since '
    "though although".split()
)

_PREPOSITIONS = frozenset(
    "in from at by near on against during within outside inside to into over under about around for "
    "across through".split()
)

_UNREAL = frozenset(
    "would could will threatened threatening vowed plotting plotted planned planning should can might may".split()
)

# "using rifles to kill five": what follows "to" was done.
_MANAGED = frozenset("using managed proceeded went".split())

_NOT = frozenset(
    "not never no without nobody none neither nor didn't wasn't weren't n't avoid avoided avoiding".split()
)

_TELLING = frozenset("say claim believe".split())

_RELATIVE = frozenset("who which that whom whose".split())

# "a family of seven", "a total of 12": the number is the subject.
_COLLECTIVES = frozenset("family group total crew team couple convoy party band".split())

_DASHES = frozenset("-–—")

# Tokens of a noun and its article before "that".
_ANTECEDENT = 5

_BETWEEN_CONJUNCTS = frozenset("and , & another also as well the his her their its".split())

_QUOTES = frozenset("\"“‘'")

_PRONOUN = frozenset("he she him her".split())

_DEADLY = frozenset(
    "shot left leaving shooting hacked hacking stabbed stabbing beat beating beaten burned burnt stoned clubbed".split()
)

_MONTHS = frozenset(
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sept sep oct nov dec".split()
)

_ARTICLES = frozenset("a an one the his her their another its".split())

_SUB_LINK = frozenset(
    "some most many all , ( ) - – including among and them of women children mostly mainly were - / also".split()
)


class Clause:
    """The tokens of one sentence, the counted groups in it, and the answers about who stands where."""

    def __init__(self, text: str, start: int, end: int, words: Lexicon) -> None:
        self.text = text
        self.words = words
        self.tokens = read(text, start, end)
        self.said = {token.word for token in self.tokens}
        self.ending_at: dict[int, Victims] = {}
        self.groups: list[Victims] = []
        self.counting: dict[int, Victims] = {}
        taken: set[int] = set()
        for index, token in enumerate(self.tokens):
            if token.number and index not in taken:
                group = numbered(self.tokens, index, words)
                if group and not self.is_date(index):
                    self.groups.append(group)
                    self.ending_at[group.last - 1] = group
                    taken.update(group.numbers)
                    self.counting.update((number, group) for number in group.numbers)

    def counted_at(self, index: int) -> Victims | None:
        """The group that the number at token ``index`` counts."""
        return self.counting.get(index)

    def objects(self, at: int, of_noun: bool = False) -> list[Victims]:
        """The groups named right after a verb or, ``of_noun``, after "bodies of"; adverbs skipped."""
        place = at
        while (
            self.word(place) in self.words.adverbs
            or self.word(place) in _QUOTES
            or (self.word(place) == "," and self.word(place + 1) == "#")
        ):
            if self.word(place) == "another" and self._stands_alone(place + 1):
                return [Victims(place, place + 1, 1, 1, "exact", None, False, True, single=True)]
            place += 1
        if self.word(place) in ("himself", "herself", "themselves") and self.word(place + 1) == "and":
            place += 2
        first = place
        while place < len(self.tokens) and self.tokens[place].word in (
            "the",
            "a",
            "an",
            "another",
            "other",
            "all",
            "its",
            "their",
            "his",
            "her",
            "these",
            "those",
            "further",
            "additional",
        ):
            if place + 1 < len(self.tokens) and self.tokens[place + 1].number:
                place += 1
                break
            place += 1
        if place < len(self.tokens) and self.tokens[place].number:
            group = self.counted_at(place)
            if group is None or group.part:
                return []
            return conjuncts(self.tokens, group, self.words, of_noun)
        nested = self._collective(first)
        if nested:
            return [nested]
        one = single(self.tokens, first, self.words)
        if one is None:
            return []
        return conjuncts(self.tokens, one, self.words, of_noun)

    def _stands_alone(self, at: int) -> bool:
        """No noun follows: "killed two men and wounded another in the market"."""
        word = self.word(at)
        if word == "#":
            return False
        return not word or not word[0].isalnum() or word in self.words.bounds or word in self.words.adverbs

    def _collective(self, at: int) -> Victims | None:
        """ "a family of seven", "a group of 12 men", "a couple"."""
        for place in range(at, min(at + 6, len(self.tokens))):
            word = self.tokens[place].word
            if word in _COLLECTIVES and self.word(place + 1) == "of" and self.word(place + 2) == "#":
                return self.counted_at(place + 2)
            if not word[0].isalpha() or (word in self.words.bounds and word not in ("a", "its", "the")):
                return None
        return None

    def company(self, at: int) -> list[Victims]:
        """ "was killed along with his wife and 10 others": those who came to harm beside the subject."""
        place = at
        while place < len(self.tokens) and place < at + 3 and self.tokens[place].word in self.words.adverbs | {"on"}:
            place += 1
        if self.word(place) == "and" and self.word(place + 1).endswith("ed"):
            place += 2  # "was killed and burned along with"
        lead = self.word(place)
        if lead in ("along", "together") and self.word(place + 1) == "with":
            place += 1
        elif lead not in ("with", "alongside"):
            return []
        groups = self.objects(place + 1)
        if lead == "with" and self.word(place - 1) not in ("along", "together"):
            others = (
                groups and groups[0].numbers and self.tokens[groups[0].last - 1].word in ("others", "people", "members")
            )
            if not (others or self.word(place + 1) in ("his", "her", "their")):
                return []
        return [g for g in groups if g.known]

    def made_dead(self, end: int) -> list[Victims]:
        """ "shot a policeman dead", "hacked an elderly priest to death": between the verb and what became of them."""
        for verb in range(end - 1, max(end - 12, -1), -1):
            if self.word(verb) in _DEADLY:
                for first in (verb + 1, verb + 2):
                    one = single(self.tokens, first, self.words)
                    if one and one.last == end:
                        return [one]
                    if self.word(first) in ("him", "her") and first + 1 == end:
                        return [Victims(first, end, 1, 1, "exact", None, False, False, single=True)]
                return []
        return []

    def reduced(self, index: int, last: int, objects: list[Victims]) -> bool:
        """ "six people killed nine others injured": the number behind belongs to the next participle."""
        left = self.ending_at.get(index - 1)
        if left is None and not (objects[0].bare and len(objects) == 1) and not self._one_before(index):
            return False
        first, final = objects[0], objects[-1]
        if not first.numbers and left:
            agent = self.tokens[left.last - 1].word in self.words.agents
            opening = self.tokens[first.first]
            return not agent and opening.capital and opening.word not in ("a", "the")
        place = final.last
        while place < len(self.tokens) and self.tokens[place].word in self.words.adverbs:
            place += 1
        if place >= len(self.tokens):
            return False
        nxt = self.tokens[place]
        if not (nxt.harm and ("past" in nxt.roles or "stative" in nxt.roles)):
            return False
        return not (place + 1 < len(self.tokens) and self.tokens[place + 1].number)

    def _one_before(self, index: int) -> bool:
        """ "Child killed 20 people injured": one who does not kill opens the clause."""
        begin = index
        while begin > 0 and index - begin < 4 and self._plain(begin - 1):
            begin -= 1
        if begin != 0 and self.word(begin - 1) not in (":", ";", "a", "an"):
            return False
        person = self.words.persons.get(self.word(index - 1))
        return bool(person and not person.plural and self.word(index - 1) not in self.words.agents)

    def verb_group(self, index: int) -> tuple[int, str | None]:
        """Where the verb group of the participle at ``index`` begins, and its form of "be" or "have"."""
        begin, aux = index, None
        place = index - 1
        seen: list[str] = []
        while place >= 0 and index - place <= 9:
            word = self.tokens[place].word
            if place in self.ending_at:
                break
            if word in _VERB_GROUP or (word in self.words.adverbs and not self.tokens[place].number):
                if word == "," and not any(self.word(p) in BE for p in range(max(place - 3, 0), place)):
                    break
                if word == "on" and self.word(place + 1) not in self.words.adverbs:
                    break
                seen.append(word)
                if word in BE or word in ("have", "has", "had"):
                    aux = word if aux is None or aux not in BE else (aux if word in ("have", "has", "had") else word)
                    begin = place
                elif word in ("may", "might", "reportedly") or (word not in (",", "on") and aux is None):
                    begin = place
                place -= 1
            else:
                break
        # The number of the subject shows in the leftmost form: "has been" is one, "have been" many.
        if aux in BE and seen:
            for word in reversed(seen):
                if word in _SINGULAR_BE or word in _PLURAL_BE:
                    return begin, "was" if word in _SINGULAR_BE else "were"
        if aux == "been" or aux in BE:
            return begin, aux
        return begin, aux

    def adjacent_subjects(self, end: int) -> list[Victims]:
        """The group that ends where a participle without "was" begins; parts in between are passed over."""
        place = end - 1
        while place >= 0 and self.word(place) in self.words.adverbs and self.word(place) != "another":
            place -= 1
        if self.word(place) == "another":  # "one man was hurt and another killed"
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
            if self.tokens[place].word in _SUB_LINK or self.tokens[place].word in self.words.adverbs:
                place -= 1
                continue
            break
        # A headline without its verb: "Journalist killed in Homs".
        if end > 0 and place == end - 1:
            begin = end
            while begin > 0 and end - begin < 6 and self._plain(begin - 1):
                begin -= 1
            gapped = self.word(begin - 1) in ("and", ",", ";") and self.word(begin) in ("a", "an", "one")
            gapped = gapped or (
                self.word(begin - 1) in ("his", "her", "their") and self.word(begin - 2) in ("and", ",")
            )
            if begin == 0 or self.word(begin - 1) in (":", ",", "a", "an") or gapped:
                for first in range(begin, end):
                    one = single(self.tokens, first, self.words, strict=not gapped)
                    if one and (one.known or gapped) and one.last == end:
                        start = begin - 1 if self.word(begin - 1) in ("a", "an") else begin
                        return self._left_conjuncts(replace(one, first=max(start, 0)))
        return []

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
                break
            if (
                (token.harm and not self.is_adjective(place) and "of" not in token.roles and "count" not in token.roles)
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
            or self.word(first) in self.words.adverbs - {"another"}
        ):
            first += 1
        told = next((p for p in range(begin - 2, first, -1) if self.word(p) in _TELLING), None)
        if told is not None:
            first = told + 1
        if first < begin and self.word(first) in _PREPOSITIONS | {"after", "during", "following", "on"}:
            comma = next((p for p in range(first, begin) if self.word(p) == ","), None)
            if comma is not None:
                first = comma + 1
        if any(
            self.word(p) in _NOT | {"it", "which", "what", "those", "many", "several", "everyone"}
            for p in range(first, begin)
        ):
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
        if first < begin and self.word(first) in _PRONOUN and begin - first <= 2 and aux in ("was", "died"):
            if self.word(first) in ("he", "she"):
                return [Victims(first, first + 1, 1, 1, "exact", None, False, False, single=True)]
            return []
        if begin - first == 1 and self.word(first) == "another" and aux == "was":
            return [Victims(first, begin, 1, 1, "exact", None, False, True, single=True)]
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
            if len(groups) > 1 and not any(g.numbers and g.part for g in groups):
                return groups
            if aux in ("died", "had", "has", "been") and one.known and place - first <= 3:
                return groups
            return []
        return []

    def _left_conjuncts(self, group: Victims) -> list[Victims]:
        """``group`` and those joined to it on its left: "four children, two women and a man"."""
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
            if previous and self._is_object(previous.first):
                break  # "kills 3 soldiers, 2 civilians hurt"
            if previous and not previous.part and previous.known and (joined or place == group.first - 1):
                groups.insert(0, previous)
                place = previous.first - 1
                continue
            if (joined and self.word(after) in ("and", "another", "&")) or (len(groups) > 1 and joined):
                one = None
                # "a baker and nine other persons": the others say that a baker is a person
                others = any(self.word(p) in ("other", "others") for p in range(group.first, group.last + 1))
                for first in range(max(place - 5, 0), place + 1):
                    candidate = single(self.tokens, first, self.words, strict=not others)
                    if (
                        candidate
                        and (candidate.known or others)
                        and candidate.last == place + 1
                        and self.word(first) in _ARTICLES
                    ):
                        one = candidate
                        break
                if one:
                    groups.insert(0, one)
                    place = one.first - 1
                    continue
            break
        return groups

    def _is_object(self, first: int) -> bool:
        """Whether a harm verb stands right before the group that begins at ``first``."""
        return first > 0 and bool(self.tokens[first - 1].roles & {"past", "finite", "ing"})

    def word(self, index: int) -> str:
        return self.tokens[index].word if 0 <= index < len(self.tokens) else ""

    def _plain(self, index: int) -> bool:
        token = self.tokens[index]
        return token.word[0].isalpha() and token.word not in self.words.bounds and not token.harm

    def category(self, first: int, last: int) -> str | None:
        for place in range(first, last):
            person = self.words.persons.get(self.tokens[place].word)
            if person:
                return person.category
        return None

    def _collective_before(self, group: Victims) -> bool:
        return self.word(group.first - 1) == "of" and self.word(group.first - 2) in _COLLECTIVES

    def is_adjective(self, index: int) -> bool:
        """ "20 wounded soldiers", "displaced people": the harm word only says which persons."""
        token = self.tokens[index]
        if "past" not in token.roles and token.word not in ("missing", "dead", "in", "captive"):
            return False
        following = self.tokens[index + 1] if index + 1 < len(self.tokens) else None
        if following is None or following.number or following.harm:
            return False
        person = self.words.persons.get(following.word)
        if person and not person.plural and token.harm != "killed" and self.word(index - 1) in _ARTICLES:
            # "a wounded officer died": a wounded officer alone is one that was wounded
            return any(
                self.tokens[p].harm not in (None, token.harm)
                for p in range(index + 2, min(index + 5, len(self.tokens)))
            )
        if person and not person.plural:
            return token.word in ("slain", "captive", "murdered") and self.word(index - 1) != ","
        if person is None and token.word in ("captive", "captured", "slain"):
            # "captive Syrian soldiers"
            behind = self.words.persons.get(self.word(index + 2))
            return bool(behind and behind.plural and following.word not in self.words.bounds)
        if person is None or (following.capital and self.word(index - 1) != "#"):
            return False  # a name, or the next sentence where the stop is lost
        return token.word in (
            "wounded",
            "injured",
            "displaced",
            "detained",
            "missing",
            "dead",
            "captive",
            "captured",
            "kidnapped",
            "abducted",
            "imprisoned",
            "slain",
        )

    def is_date(self, index: int) -> bool:
        """A day of a month, a year: "May 25", "25 May", "in 2012"."""
        number = self.tokens[index].number
        if number is None or number.qualifier not in ("exact", "range"):
            return False
        if self.word(index - 1).rstrip(".") in _MONTHS and self.word(index - 1) != "may":
            return True
        following = self.word(index + 1)
        if following in _MONTHS and (following != "may" or self.tokens[index + 1].capital):
            return True
        value = number.low or 0
        digits = self.text[number.figure_start : number.end]
        if 1900 <= value <= 2099 and digits.isdigit():
            return not self._person_follows(index + 1)
        return self.word(index - 1) in ("aged", "age") or following in (
            "%",
            "percent",
            "am",
            "pm",
            "a.m",
            "p.m",
            "°",
            "/",
        )

    def _person_follows(self, index: int) -> bool:
        return any(self.word(place) in self.words.persons for place in (index, index + 1))

    def denied(self, begin: int, index: int) -> bool:
        """Threatened, planned or denied, not told as done."""
        for place in range(max(begin - 3, 0), index):
            word = self.word(place)
            if word in _NOT and self.word(place + 1) not in ("only", "fewer", "less", "more"):
                return True
            if word == "may" and self.tokens[place].capital:
                continue  # the month
            if word in _UNREAL and not any(self.word(p) == "have" for p in range(place, index)) and place >= begin - 2:
                return True
        return (
            self.word(index - 1) == "to"
            and not any(
                self.word(p) in ("feared", "believed", "thought", "reported", "known", "used")
                for p in range(max(index - 4, 0), index)
            )
            and not any(self.word(p) in _MANAGED for p in range(max(index - 6, 0), index - 1))
            and "stative" not in self.tokens[index].roles
        )
