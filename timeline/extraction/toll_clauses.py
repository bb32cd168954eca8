"""Which words of a sentence belong together: a verb and its helpers, a number and its people, a verb and its objects?

Grammar only. Who stands before the verb is toll_subjects.py's question; toll_rules.py knows the ways of telling a toll.
"""

from __future__ import annotations

from timeline.extraction.harm_words import Lexicon, read
from timeline.extraction.victim_lists import conjuncts
from timeline.extraction.victims import Victims, numbered, single

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

_UNREAL = frozenset(
    "would could will threatened threatening vowed plotting plotted planned planning should can might may".split()
)

# "using rifles to kill five": what follows "to" was done.
_MANAGED = frozenset("using managed proceeded went".split())

NOT = frozenset("not never no without nobody none neither nor didn't wasn't weren't n't avoid avoided avoiding".split())

# "a family of seven", "a total of 12": the number is the subject.
COLLECTIVES = frozenset("family group total crew team couple convoy party band".split())

_QUOTES = frozenset("\"“‘'")

_DEADLY = frozenset(
    "took taken taking holding held shot left leaving shooting hacked hacking stabbed stabbing beat beating beaten burned "
    "burnt stoned clubbed".split()
)

_MONTHS = frozenset(
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sept sep oct nov dec".split()
)

_POINTING = frozenset("its their my our this these those".split())

ARTICLES = frozenset("a an one the his her their another its".split())


class Clause:
    """The tokens of one sentence, the counted groups in it, and what a word of it governs."""

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
        if self.word(place) in ("him", "her") and self._stands_alone(place + 1):
            return [Victims(place, place + 1, 1, 1, "exact", None, False, False, single=True)]
        while (
            self.word(place) in self.words.adverbs
            or self.word(place) in _QUOTES
            or (of_noun and self.word(place) == "," and self.word(place + 1) == "#")
        ):
            if self.word(place) == "both":
                both = single(self.tokens, place, self.words)
                if both:
                    return conjuncts(self.tokens, both, self.words, of_noun)
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
            "estimated",
            "reported",
            "confirmed",
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
        one = single(self.tokens, first, self.words) or self._titled(first)
        if one is None:
            return []
        if not one.known and not self.tokens[one.last - 1].capital:
            killed = self.tokens[at - 1].harm == "killed"
            if self.word(first) in _POINTING or (self.word(first) == "the" and not killed):
                return []  # "injured my head", "dozens dead or injured the agency said"
        return conjuncts(self.tokens, one, self.words, of_noun)

    def is_person(self, index: int) -> bool:
        """ "a hostage was freed": a harm word that names somebody."""
        person = self.words.persons.get(self.word(index))
        return bool(person and not person.plural) and (
            self.word(index - 1) in ("a", "an", "the", "one", "another", "no")
        )

    def _titled(self, first: int) -> Victims | None:
        """ "killed human rights lawyer Samir Haddad": a calling without an article, before a name."""
        for place in range(first, min(first + 4, len(self.tokens) - 1)):
            word = self.word(place)
            person = self.words.persons.get(word)
            if not self._plain(place) or word in self.words.things or word in ("of", "the") or word.endswith("ing"):
                return None
            if person and person.plural:
                return None
            if person and self.tokens[place + 1].capital:
                last = place + 1
                while last < len(self.tokens) and self.tokens[last].capital and self._plain(last):
                    last += 1
                if last - place < 3:
                    return None
                return Victims(first, last, 1, 1, "exact", person.category, True, False, single=True)
        return None

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
            if word in COLLECTIVES and self.word(place + 1) == "of" and self.word(place + 2) == "#":
                return self.counted_at(place + 2)
            if not word[0].isalpha() or (word in self.words.bounds and word not in ("a", "its", "the")):
                return None
        return None

    def company(self, at: int) -> list[Victims]:
        """ "died together with his wife and 4 others": those who came to harm beside the subject."""
        place = at
        while place < len(self.tokens) and place < at + 3 and self.tokens[place].word in self.words.adverbs | {"on"}:
            place += 1
        if self.word(place) == "and" and self.word(place + 1).endswith("ed"):
            place += 2  # "was shot and burned along with"
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

    def opens_after(self, index: int) -> bool:
        """Whether a date stands at ``index``, after which a headline begins: "23-04-2016 Child killed"."""
        word = self.word(index)
        return (word[:1].isdigit() and not word.endswith("old")) or self.is_date(index)

    def _one_before(self, index: int) -> bool:
        """ "Child killed 20 people injured": one who does not kill opens the clause."""
        begin = index
        while begin > 0 and index - begin < 4 and self._plain(begin - 1):
            begin -= 1
        if begin != 0 and self.word(begin - 1) not in (":", ";", "a", "an") and not self.opens_after(begin - 1):
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

    def is_adjective(self, index: int) -> bool:
        """ "20 wounded soldiers", "displaced people": the harm word only says which persons."""
        token = self.tokens[index]
        if "past" not in token.roles and token.word not in ("missing", "dead", "in", "captive"):
            return False
        following = self.tokens[index + 1] if index + 1 < len(self.tokens) else None
        if following is None or following.number or following.harm:
            return False
        person = self.words.persons.get(following.word)
        if person and not person.plural and token.harm != "killed" and self.word(index - 1) in ARTICLES:
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
        month = self.word(index - 1).rstrip(".")
        if month in _MONTHS and (month != "may" or self.tokens[index - 1].capital):
            return True
        following = self.word(index + 1)
        if following in _MONTHS and (following != "may" or self.tokens[index + 1].capital):
            return True
        value = number.low or 0
        digits = self.text[number.figure_start : number.end]
        if 1900 <= value <= 2099 and digits.isdigit():
            day = index > 0 and self.tokens[index - 1].number is not None
            if self.word(index - 2 if day else index - 1).rstrip(".") in _MONTHS:
                return True  # "Nov 7 2016"
            if self.word(index - 1) in ("in", "since", "during", "until", "by", "of"):
                return True  # "in 2016 people fled"
            return not self._persons_follow(index + 1)
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

    def _persons_follow(self, index: int) -> bool:
        found = (self.words.persons.get(self.word(place)) for place in (index, index + 1))
        return any(person is not None and person.plural for person in found)

    def denied(self, begin: int, index: int) -> bool:
        """Threatened, planned or denied, not told as done."""
        for place in range(max(begin - 3, 0), index):
            word = self.word(place)
            if word in NOT and self.word(place + 1) not in ("only", "fewer", "less", "more", "but"):
                return True
            if word == "may" and self.tokens[place].capital:
                continue  # the month
            if word in _UNREAL and not any(self.word(p) == "have" for p in range(place, index)) and place >= begin - 2:
                return True
        return (
            self.word(index - 1) == "to"
            and bool(self.tokens[index].roles & {"past", "finite"})  # "to kill", but "led to five deaths"
            and "ing" not in self.tokens[index].roles  # "in addition to killing"
            and not any(
                self.word(p) in ("feared", "believed", "thought", "reported", "known", "used")
                for p in range(max(index - 4, 0), index)
            )
            and not any(self.word(p) in _MANAGED for p in range(max(index - 6, 0), index - 1))
            and "stative" not in self.tokens[index].roles
        )
