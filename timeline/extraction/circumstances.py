"""Where and by whom is what a passage tells done, and is it told at all or only spoken of?

Chooses among the places and actors of a sentence those that belong to one passage of it. How each is found is left to
their own files, when it happened to passage_dates.py, what to drafts.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from timeline.extraction.records import PlaceSpan
from timeline.extraction.report import Report

# After these words violence is the setting of another act: "cautioned … after the massacre", "condemned the shelling".
_BACKGROUND = frozenset(
    """
    after following since amid despite over condemned condemning condemns against about accused accusing blamed blaming
    investigate investigating inquiry probe stop halt end prevent denied denying threatened warned
    """.split()
)
_NEAR = re.compile(r"\b(?:near|outside|of|from|to|towards?|into)\s(?:the\s)?(?:\w+\s)?$", re.IGNORECASE)
_ORIGIN = re.compile(r"\bfrom\s(?:[\w-]+\s){0,5}$", re.IGNORECASE)
_DIRECTION = re.compile(
    r"\b(?:north|south|east|west|northern|southern|kilomet\w+|km|miles?)\w*\s(?:of|from)\s(?:the\s)?$", re.IGNORECASE
)
_PLACE_PREPOSITION = re.compile(r"\b(?:in|at|on|across|inside|around)\s(?:the\s)?(?:[\w-]+\s){0,3}$", re.IGNORECASE)
_COUNTRY_PREPOSITION = re.compile(r"\b(?:in|inside|across)\s$", re.IGNORECASE)
_PART_OF = re.compile(
    r"(?:\s[\w-]+){0,2}\s(?:quarter|district|suburb|neighbou?rhood|area|town|city|village|countryside|outskirts|junction|camp|"
    r"province|governorate|region|part)s?(?:\s(?:of|in|outside|near))?(?:\sthe)?(?:\scity\sof)?\s",
    re.IGNORECASE,
)
# How much of the map a place takes: of two that stand together the smaller one is meant.
_BREADTH = {
    "district": 0,
    "camp": 0,
    "base": 0,
    "village": 1,
    "town": 1,
    "area": 2,
    "city": 2,
    "governorate": 3,
    "country": 4,
}
_NATIONWIDE = re.compile(
    r"\b(?:(?:across|around|throughout|all over|over)\s(?:the\s(?:whole\s|entire\s)?(?:country|nation)|syria)"
    r"|nationwide|countrywide|(?:in|and)\sother\s(?:parts|cities|towns|areas|provinces)|elsewhere)\b",
    re.IGNORECASE,
)
_THERE = re.compile(
    r"\b(?:(?<!\bover\s)there\b(?!\s(?:is|are|was|were|has|have|had|will|would|should|could|may|might|must|can|be|seemed|seems)\b)"
    r"|(?:the|this|that)\s(?:same\s)?(?:city|town|village|hamlet|area|district|neighbou?rhood|quarter|suburb|camp|province)\b"
    r"(?!\sof\b|['’]s\b))",
    re.IGNORECASE,
)
# How many sentences back "there" and "the city" may point.
_BACK = 3
# How many sentences a lead may leave its place to those behind it.
_LEAD_REACH = 4
# A country's name before these says whose: "in US air strikes", "US-led", "Turkey US-led coalition".
_ATTRIBUTE = re.compile(
    r"[-‑]\w|\s(?:[a-z]+-)?(?:led|backed|air|airstrikes?|strikes?|raids?|coalition|forces|troops|drone|artillery|warplanes?|jets)\b|\s[A-Z]{2,}-",
    re.IGNORECASE,
)
# A town abroad is where it happened only behind a preposition; else it is a dateline that lost its mark.
_ABROAD = re.compile(
    r"\b(?:[Ii]n|[Aa]t|[Oo]n|[Nn]ear|[Oo]utside|[Aa]cross|[Ii]nside|[Aa]round|of|to|from|into|towards?|between|and)\s"
    r"(?:the\s)?(?:[a-z][\w-]*\s){0,3}$"
)
# Kinds of actors that take part in violence; others in the sentence comment on it.
_FIGHTERS = frozenset(("military", "armed_group"))
# Room on each side of a place, in characters, to see how it is spoken of.
ROOM = 40


def place_at(
    report: Report, number: int, anchor: int, start: int | None = None, until: int | None = None
) -> PlaceSpan | None:
    """The place that the passage at ``anchor`` is set in: nearest, in the country, no mere direction.

    What stands before ``start`` and from ``until`` on is that of another passage of the sentence.
    """
    best: tuple[float, PlaceSpan] | None = None
    spoken = [(act.subject_start, act.end) for act in report.speech_in[number]]
    indexes = report.places_in[number]
    for position, index in enumerate(indexes):
        place = report.places[index]
        if (until is not None and place.start >= until) or (start is not None and place.start < start):
            continue
        if place.kind == "country" and place.country == report.home:
            continue
        if any(first <= place.start and place.end <= last for first, last in spoken):
            continue
        before = report.text[max(report.sentences[number].start, place.start - ROOM) : place.start]
        if before.endswith(("-", "‑")):
            continue  # "pro-Damascus": a side, not a place
        if place.kind == "country" and (
            not _COUNTRY_PREPOSITION.search(before)
            or _ATTRIBUTE.match(report.text, place.end)
            or before.endswith("banned in ")  # "Daesh (banned in Russia)", as Russian agencies must write
        ):
            continue  # a country is mostly somebody who acts: it is a place where the text says "in", but not "in US air strikes"
        if place.country != report.home and place.kind != "country" and not _ABROAD.search(before):
            continue  # "Beirut Government air strikes killed": where it was written, not where it happened
        # Scores are in characters of distance: a preposition of place is worth half a line, a direction costs one.
        score = -abs(place.start - anchor) / 2.0
        if place.start < anchor:
            score -= 10
        if _ORIGIN.search(before):
            score -= 100
        elif _DIRECTION.search(before):
            score -= 80
        elif _PLACE_PREPOSITION.search(before):
            score += 40
        elif _NEAR.search(before):
            score -= 5
        if place.country != report.home:
            score -= 60
        if place.kind == "country":
            score -= 60
        if place.kind == "governorate":
            score -= 15
        if _holds_another(report, indexes, position):
            score -= 80
        if best is None or score > best[0]:
            best = (score, place)
    return best[1] if best else None


def _holds_another(report: Report, indexes: list[int], position: int) -> bool:
    """'The Midan quarter of Damascus', 'the Damascus suburb of Moadamiya': the city around the place that is meant."""
    place = report.places[indexes[position]]
    for beside in (position - 1, position + 1):
        if not 0 <= beside < len(indexes):
            continue
        other = report.places[indexes[beside]]
        first, second = (place, other) if place.start < other.start else (other, place)
        if second.start - first.end <= 2 * ROOM and _PART_OF.fullmatch(report.text, first.end, second.start):
            return _breadth(place) > _breadth(other)
    return False


def _breadth(place: PlaceSpan) -> int:
    return _BREADTH.get(place.kind, 1)


def is_nationwide(report: Report, number: int, start: int, end: int) -> bool:
    """'40 were killed across the country': the toll at ``text[start:end]`` is of no one place, whatever its parts are of."""
    sentence = report.sentences[number]
    word = _NATIONWIDE.search(report.text, max(sentence.start, start - ROOM), min(sentence.end, end + 2 * ROOM))
    if word is None:
        return False
    before = (report.places[i] for i in report.places_in[number] if report.places[i].end <= word.start())
    # "20 were killed in Homs and five elsewhere": the place told first is theirs.
    return not any(place.country == report.home and place.kind != "country" for place in before)


def place_pointed_to(report: Report, number: int) -> tuple[bool, PlaceSpan | None]:
    """Whether the sentence says "there", "the city", "the village", and which place that is: the last one told before."""
    sentence = report.sentences[number]
    word = _THERE.search(report.text, sentence.start, sentence.end)
    if word is None:
        return False, None
    before = [report.places[i] for i in report.places_in[number] if report.places[i].end <= word.start()]
    towns = [place for place in before if place.country == report.home and place.kind not in ("country", "governorate")]
    if towns:
        return True, place_at(report, number, towns[-1].end, until=word.start())
    if number == 0:
        return True, place_at(report, number, word.start())
    return True, _first_place(report, range(number - 1, max(number - 1 - _BACK, -1), -1))


def place_nearby(report: Report, sentence: int) -> PlaceSpan | None:
    """The place at home that the next sentence gives, or the one before: a lead often leaves it to what follows."""
    reach = sentence + (_LEAD_REACH if sentence < 2 else 2)
    return _first_place(report, (sentence + 1, sentence - 1, *range(sentence + 2, reach + 1)))


def _first_place(report: Report, numbers: Iterable[int]) -> PlaceSpan | None:
    """The first place at home that the sentences of these numbers are set in, in their order."""
    for number in numbers:
        if 0 <= number < len(report.sentences):
            place = place_at(report, number, report.sentences[number].start)
            if place is not None and place.country == report.home:
                return place
    return None


def who_acts(report: Report, number: int, until: int | None = None, states: bool = False) -> list[str]:
    """Who acts in the sentence, up to ``until``. States count only where they act by name, before the verb."""
    names: list[str] = []
    for start, end, actor in report.actors_in[number]:
        if until is not None and end > until:
            continue
        if actor.kind == "state" and (
            not states or report.text[start:end] != actor.name or _after_preposition(report, start)
        ):
            continue
        if actor.name not in names:
            names.append(actor.name)
    return names


def who_fights(report: Report, number: int, first: int, until: int) -> list[str]:
    """Who fights, strikes or is struck, from ``first`` to ``until``, without those who only speak of it."""
    spoken = [(act.subject_start, act.subject_end) for act in report.speech_in[number]]
    names: list[str] = []
    for start, end, actor in report.actors_in[number]:
        heard = any(begin <= start and end <= last for begin, last in spoken)
        if first <= start < until and actor.kind in _FIGHTERS and not heard and actor.name not in names:
            names.append(actor.name)
    return names


def _after_preposition(report: Report, start: int) -> bool:
    return (
        re.search(
            r"\b(?:in|on|to|of|from|into|against|for|at|across)\s(?:the\s)?$", report.text[max(0, start - 12) : start]
        )
        is not None
    )


def is_background(report: Report, number: int, anchor: int) -> bool:
    """'Cautioned … after the massacre': the violence is the setting of the sentence, not what it tells."""
    for word in reversed(report.words_before(number, anchor, 5)):
        if "," in report.text[word.end : anchor]:
            return False
        if word.key in _BACKGROUND:
            return True
    return False
