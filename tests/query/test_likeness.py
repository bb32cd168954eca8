"""How alike an entry and an event are: each line of a table says what is about the pair and on which side it must fall."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from timeline.query.likeness import THRESHOLD, Figure, KnownEvent, Spot, Told, beside_likelier, likeness
from timeline.query.likeness.places import kilometres

HOMS_GOVERNORATE = Spot(1, "Homs governorate", "governorate", 1, "SY", 34.5, 38.0, ("homs",))
HOMS = Spot(2, "Homs", "city", 1, "SY", 34.73, 36.72, ("homs",))
QUARTER = Spot(3, "Khalidiya", "district", 1, "SY", 34.74, 36.72, ("khalidiya",))
HOULA = Spot(4, "Houla", "town", 1, "SY", 34.89, 36.50, ("houla", "al houla"))
PALMYRA = Spot(5, "Palmyra", "town", 1, "SY", 34.55, 38.27, ("palmyra",))
DAMASCUS = Spot(6, "Damascus", "city", 7, "SY", 33.51, 36.29, ("damascus",))
DAY = dt.date(2012, 5, 25)


def told(**values: object) -> Told:
    defaults = {"kind": "shelling", "earliest": DAY, "latest": DAY, "precision": "day", "place": HOULA}
    values = {**defaults, "published": DAY + dt.timedelta(2), **values}
    return Told(**values)  # type: ignore[arg-type]


def known(**values: object) -> KnownEvent:
    """An event that one report tells of as it stands."""
    reading = told(**values)
    return KnownEvent(replace(reading, figures=(), published=None), (reading,))


def killed(low: int | None, high: int | None = None, **values: object) -> Figure:
    return Figure("killed", low, high, **values)  # type: ignore[arg-type]


def days(first: int, last: int, precision: str = "range") -> dict[str, object]:
    return {"earliest": dt.date(2012, 5, first), "latest": dt.date(2012, 5, last), "precision": precision}


SENTENCE = frozenset("a second blast at the northern gate of the market left forty people dead there".split())

ONE = [
    ("the same toll, place and day", {"figures": (killed(108, 108),)}, {"figures": (killed(108),)}),
    ("a first count that has grown", {"figures": (killed(92, 92),)}, {"figures": (killed(108),)}),
    ("one kind told for the other", {"kind": "massacre", "figures": (killed(90),)}, {"figures": (killed(92, 92),)}),
    (
        "a quarter for its city",
        {"place": HOMS, "figures": (killed(217),)},
        {"place": QUARTER, "figures": (killed(217),)},
    ),
    ("a town for its governorate", {"place": HOMS_GOVERNORATE, "figures": (killed(92),)}, {"figures": (killed(92),)}),
    ("told as last week's massacre", {"kind": "massacre", **days(21, 27, "week")}, {"figures": (killed(108),)}),
    ("the night between two days", {**days(26, 26, "day"), "figures": (killed(92),)}, {"figures": (killed(92),)}),
    (
        "misread place, but passage and title name the event's",
        {"place": DAMASCUS, "text": "observers in houla dead in houla", "figures": (killed(92),)},
        {"figures": (killed(90),)},
    ),
    (
        "no day told, soon after",
        {"earliest": None, "latest": None, "precision": "unknown", "figures": (killed(92),)},
        {"figures": (killed(92),)},
    ),
    (
        "the same sentence, without a place",
        {"place": None, "wording": SENTENCE},
        {"place": None, "wording": SENTENCE - {"forty"} | {"40"}},
    ),
    ("within a siege", {"kind": "siege", **days(10, 10, "day")}, {"kind": "siege", **days(5, 25)}),
    (
        "the same days from one to another",
        {"kind": "armed_clash", **days(19, 22)},
        {"kind": "armed_clash", **days(19, 22)},
    ),
]

ANOTHER = [
    ("same city and day, nothing else", {"place": HOMS}, {"place": HOMS}),
    ("another town of the governorate", {"place": PALMYRA}, {}),
    ("another governorate", {"place": DAMASCUS, "figures": (killed(92),)}, {"figures": (killed(92),)}),
    ("the next day, another toll", {"figures": (killed(44),)}, {**days(24, 24, "day"), "figures": (killed(40),)}),
    ("a week later", days(31, 31, "day"), {}),
    ("another sort of thing", {"kind": "statement"}, {"kind": "massacre"}),
    ("the sum of several days", {**days(22, 26), "figures": (killed(128),)}, {"figures": (killed(25),)}),
    ("a toll far off", {"place": HOMS, "figures": (killed(3, 3),)}, {"place": HOMS, "figures": (killed(60),)}),
    ("reported before it happened", {"published": dt.date(2012, 5, 20), **days(20, 31)}, days(25, 31)),
]


@pytest.mark.parametrize(("about", "entry", "event"), ONE, ids=[row[0] for row in ONE])
def test_they_tell_of_one_event(about, entry, event):
    assert likeness(told(**entry), known(**event)).score >= THRESHOLD


@pytest.mark.parametrize(("about", "entry", "event"), ANOTHER, ids=[row[0] for row in ANOTHER])
def test_they_tell_of_two_events(about, entry, event):
    assert likeness(told(**entry), known(**event)).score < THRESHOLD


def test_the_reasons_are_words_that_an_editor_reads():
    source = "Syrian Observatory for Human Rights"
    entry, event = told(figures=(killed(108, 108, source=source),)), known(figures=(killed(108, source=source),))
    assert likeness(entry, event).reasons == (
        "same place: Houla",
        "both say 25 May 2012",
        "both tell of: shelling",
        f"108 killed in both, according to {source}",
    )


def test_each_question_says_what_it_added():
    signs = dict(likeness(told(), known()).signs)
    assert list(signs) == ["place", "days", "kind", "toll", "words"]


def test_a_short_sentence_in_common_says_nothing_by_itself():
    short = frozenset("many people were killed".split())
    assert dict(likeness(told(wording=short), known(wording=short)).signs)["words"] == 0


def test_vague_figures_are_no_figures():
    entry = told(figures=(killed(24, None, vague=True),))
    assert dict(likeness(entry, known(figures=(killed(24),))).signs)["toll"] == 0


def test_a_second_event_of_the_same_report_is_less_likely_the_first_again():
    event = known(figures=(killed(92),))
    entry = told(figures=(killed(92),))
    assert likeness(entry, replace(event, same_report=True)).score < likeness(entry, event).score


def test_a_strayed_entry_of_an_event_draws_the_next_less():
    strayed = told(place=DAMASCUS, figures=(killed(15, 15),))
    event = known()
    entry = told(place=DAMASCUS, figures=(killed(15, 15),))
    with_it = replace(event, entries=(*event.entries, strayed))
    assert likeness(entry, with_it).score < likeness(entry, known(place=DAMASCUS, figures=(killed(15, 15),))).score


def test_an_entry_tells_of_one_event_so_a_second_one_has_what_the_first_leaves():
    assert beside_likelier(0.8, []) == 0.8
    assert beside_likelier(0.8, [0.8]) == 0.444
    assert beside_likelier(0.1, [0.999]) < 0.01


def test_distance_is_in_kilometres():
    apart = kilometres(HOULA, HOMS)
    assert apart is not None
    assert 24 < apart < 29
