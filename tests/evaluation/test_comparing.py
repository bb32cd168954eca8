"""What counts as a match, for each kind of entry; the readings are written by hand, so that no rule of the engine moves them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from timeline.evaluation import one_value, readings
from timeline.evaluation.figures import Evaluation, Figures
from timeline.evaluation.records import (
    Coded,
    Count,
    GoldAttribution,
    GoldDate,
    GoldMention,
    GoldReport,
    GoldToll,
    MainEvent,
    Miss,
    Reading,
    Wrong,
)
from timeline.extraction.records import Attribution, DateSpan, Extraction, MentionSpan, TollSpan

PUBLISHED = dt.date(2012, 6, 7)
TEXT = "x" * 100


def found(**parts: Any) -> Extraction:
    empty: dict[str, Any] = dict.fromkeys(("dates", "tolls", "attributions", "mentions", "suggested_published"), ())
    return Extraction(published=PUBLISHED, **{**empty, **{name: tuple(part) for name, part in parts.items()}})


def date(start: int, end: int, first: str | None, last: str | None = None) -> DateSpan:
    days = [dt.date.fromisoformat(day) if day else None for day in (first, last or first)]
    return DateSpan(start, end, "x", first, days[0], days[1], "day", True, f"the rule for {first}")


def toll(low: int | None, high: int | None, harm: Any = "killed", **values: Any) -> TollSpan:
    rest = {"qualifier": "exact", "victims": None, "scope": "event", "part_of": None, "source": None, "via": None}
    return TollSpan(0, 5, "x", harm, low, high, basis="'killed' governs 'x'", **{**rest, **values})


def mention(kind: str = "shelling", start: int = 0, end: int = 20, **values: Any) -> MentionSpan:
    rest: dict[str, Any] = {
        "title": "Shelling in Homs",
        "earliest": dt.date(2012, 6, 5),
        "latest": dt.date(2012, 6, 5),
        "precision": "day",
        "date": None,
        "place": "Homs",
        "governorate": "Homs",
        "actors": (),
        "tolls": (),
        "confidence": 0.5,
        "basis": "",
    }
    return MentionSpan(start, end, kind, **{**rest, **values})


def compared(wanted: Reading | Coded | MainEvent, extraction: Extraction) -> dict[str, Count]:
    report = GoldReport("gold.jsonl line 1", TEXT, PUBLISHED, wanted)
    if isinstance(wanted, Coded):
        counts = one_value.compare_coded(report, wanted, extraction)
    elif isinstance(wanted, MainEvent):
        counts = one_value.compare_main_event(report, wanted, extraction)
    else:
        counts = readings.compare_reading(report, wanted, extraction)
    return {count.measure: count for count in counts}


# ---- Dates: relaxed, strict and value matching ----

TUESDAY = GoldDate(10, 20, ("2012-06-05", "2012-06-05"), "2012-06-05")
DATES = [
    # (the engine's dates, found, same words, right days, said)
    ([date(10, 20, "2012-06-05")], 1, 1, 1, 1),
    # Longer or shorter by a word: found, with the right days
    ([date(7, 20, "2012-06-05")], 1, 0, 1, 1),
    # Side by side is no overlap
    ([date(20, 30, "2012-06-05")], 0, 0, 0, 1),
    # Another day, another interval
    ([date(10, 20, "2012-06-12")], 1, 1, 0, 1),
    ([date(10, 20, "2012-06-04", "2012-06-10")], 1, 1, 0, 1),
    # An unresolved date says nothing
    ([date(10, 20, None)], 0, 0, 0, 0),
    # Of two that overlap, the one with the right days serves, and the other is one too many
    ([date(10, 14, "2012-06-12"), date(15, 20, "2012-06-05")], 1, 0, 1, 2),
    # On a passage that is neither right nor wrong
    ([date(42, 48, "2012-06-05")], 0, 0, 0, 0),
    ([], 0, 0, 0, 0),
]


@pytest.mark.parametrize("dates, overlapping, exact, right, said", DATES)
def test_dates_match_where_passages_overlap_and_days_are_the_same(dates, overlapping, exact, right, said):
    counts = compared(Reading(dates=(TUESDAY,), neutral=((40, 50),)), found(dates=dates))
    hits = [counts[name].hits for name in (readings.DATES_FOUND, readings.DATES_EXACT, readings.DATES_VALUE)]
    assert hits == [overlapping, exact, right]
    assert {(count.wanted, count.found) for count in counts.values()} == {(1, said)}


def test_a_date_serves_one_gold_date_only():
    both = (TUESDAY, GoldDate(15, 25, ("2012-06-05", "2012-06-05"), "2012-06-05"))
    counts = compared(Reading(dates=both), found(dates=[date(10, 25, "2012-06-05")]))
    assert (counts[readings.DATES_VALUE].hits, counts[readings.DATES_VALUE].wanted) == (1, 2)


def test_a_gold_date_that_is_to_stay_open_counts_neither_way():
    left_open = GoldDate(10, 20, None, "unresolved")
    counts = compared(Reading(dates=(left_open,)), found(dates=[date(10, 20, "2012-06-05")]))
    assert (counts[readings.DATES_VALUE].wanted, counts[readings.DATES_VALUE].found) == (0, 0)


def test_a_wrong_date_is_told_with_its_rule_and_how_far_it_is_off():
    counts = compared(Reading(dates=(TUESDAY,)), found(dates=[date(10, 20, "2012-06-12")]))
    (miss,) = counts[readings.DATES_VALUE].misses
    assert (miss.wanted, miss.found, miss.basis) == ("2012-06-05", "2012-06-12", "the rule for 2012-06-12")
    assert (miss.wrong, miss.off) == (Wrong.OTHER_VALUE, 14)
    assert f"{'x' * 10}[{'x' * 10}]{'x' * 60}" in miss.text


# ---- Tolls: harm, low and high exactly ----

TOLLS = [
    # (gold, the engine's, right, said)
    ([("killed", 10, 10)], [toll(10, 10)], 1, 1),
    ([("killed", 10, 10)], [toll(10, None)], 0, 1),
    ([("killed", 10, 10)], [toll(10, 10, "injured")], 0, 1),
    # One number said twice is two claims
    ([("killed", 10, 10), ("killed", 10, 10)], [toll(10, 10)], 1, 1),
    # Parts and vague figures count neither way
    ([("killed", 10, 10)], [toll(10, 10), toll(3, 3, part_of=0), toll(12, None, qualifier="vague")], 1, 1),
    ([], [toll(10, 10)], 0, 1),
]


@pytest.mark.parametrize("gold, tolls, right, said", TOLLS)
def test_tolls_match_by_harm_low_and_high(gold, tolls, right, said):
    wanted = tuple(GoldToll(harm, low, high, None) for harm, low, high in gold)
    count = compared(Reading(tolls=wanted), found(tolls=tolls))[readings.TOLLS]
    assert (count.hits, count.wanted, count.found) == (right, len(gold), said)


SOURCES = [
    ("activists", "activists", 1),
    # The one name holds the other's words
    ("Observatory", "Syrian Observatory for Human Rights", 1),
    ("the Interior Ministry", "interior ministry", 1),
    ("activists", "residents", 0),
    ("activists", None, 0),
]


@pytest.mark.parametrize("gold, said, right", SOURCES)
def test_the_source_of_a_toll_is_measured_where_its_number_is_right(gold, said, right):
    counts = compared(Reading(tolls=(GoldToll("killed", 10, 10, gold),)), found(tolls=[toll(10, 10, source=said)]))
    assert (counts[readings.TOLL_SOURCES].hits, counts[readings.TOLL_SOURCES].wanted) == (right, 1)
    counts = compared(Reading(tolls=(GoldToll("killed", 11, 11, gold),)), found(tolls=[toll(10, 10, source=said)]))
    assert readings.TOLL_SOURCES not in counts


def test_of_two_claims_of_one_number_that_of_the_same_source_is_taken():
    gold = Reading(tolls=(GoldToll("killed", 10, 10, "residents"), GoldToll("killed", 10, 10, "activists")))
    tolls = [toll(10, 10, source="activists"), toll(10, 10, source="residents")]
    assert compared(gold, found(tolls=tolls))[readings.TOLL_SOURCES].hits == 2


# ---- Attributions and mentions ----


def test_attributions_match_by_passage_and_speaker():
    gold = Reading(attributions=(GoldAttribution(10, 20, "activists"), GoldAttribution(30, 40, "residents")))
    said = [Attribution(5, 15, "x", "activists", None), Attribution(30, 40, "x", "army", None)]
    count = compared(gold, found(attributions=said))[readings.ATTRIBUTIONS]
    assert (count.hits, count.wanted, count.found) == (1, 2, 2)


def test_mentions_match_by_kind_and_passage_and_then_by_day_and_place():
    days = ("2012-06-05", "2012-06-05")
    gold = Reading(
        mentions=(
            GoldMention((0, 20), "shelling", days, "Homs"),
            GoldMention((30, 50), "shelling", days, "Homs"),
            GoldMention(None, "protest", (None, "2012-06-07"), "Hama"),
        )
    )
    told = [
        mention(),
        mention(start=60, end=80),
        mention("protest", 60, 80, place="Homs", earliest=None, latest=PUBLISHED),
    ]
    counts = compared(gold, found(mentions=told))
    assert (counts[readings.MENTIONS].hits, counts[readings.MENTIONS].wanted, counts[readings.MENTIONS].found) == (
        2,
        3,
        3,
    )
    assert (counts[readings.MENTION_DAYS].hits, counts[readings.MENTION_DAYS].wanted) == (2, 2)
    assert (counts[readings.MENTION_PLACES].hits, counts[readings.MENTION_PLACES].wanted) == (1, 2)


def test_what_people_did_not_mark_is_not_measured():
    assert compared(Reading(tolls=()), found(dates=[date(0, 5, "2012-06-05")])).keys() == {readings.TOLLS}


# ---- One value a report ----

CODED = [
    # (the engine's claims, first figure right, any figure right)
    ([toll(10, 10)], 1, 1),
    # At least ten states ten; up to ten does too
    ([toll(10, None)], 1, 1),
    ([toll(None, 10)], 1, 1),
    ([toll(4, 4), toll(10, 10)], 0, 1),
    # A part, and a toll of the whole war, are none of the event
    ([toll(4, 4, part_of=1), toll(10, 10)], 1, 1),
    ([toll(10, 10, scope="cumulative")], 0, 0),
    ([toll(10, 10, "injured")], 0, 0),
    ([], 0, 0),
]


@pytest.mark.parametrize("tolls, first, any_figure", CODED)
def test_coded_deaths_are_the_first_figure_of_the_event(tolls, first, any_figure):
    counts = compared(Coded(10, None, None), found(tolls=tolls))
    assert (counts[one_value.DEATHS_FIRST].hits, counts[one_value.DEATHS_ANY].hits) == (first, any_figure)
    assert one_value.INJURED_FIRST not in counts


def test_injured_are_measured_where_some_are_coded():
    counts = compared(Coded(10, 3, None), found(tolls=[toll(3, 3, "injured")]))
    assert counts[one_value.INJURED_FIRST].hits == 1
    assert one_value.INJURED_FIRST not in compared(Coded(10, 0, None), found())


@pytest.mark.parametrize(
    "day, measured",
    [("2012-06-07", True), ("2012-05-31", True), ("2012-05-30", False), ("2012-06-08", False)],
)
def test_a_coded_day_is_measured_in_the_week_before_publication(day, measured):
    counts = compared(Coded(10, None, dt.date.fromisoformat(day)), found())
    assert (one_value.DAY in counts) == measured


def test_the_day_is_that_of_the_surest_mention_the_first_of_equals():
    coded = Coded(10, None, dt.date(2012, 6, 5))
    other = {"earliest": dt.date(2012, 6, 1), "latest": dt.date(2012, 6, 1)}
    assert compared(coded, found(mentions=[mention(), mention(**other)]))[one_value.DAY].hits == 1
    sure = mention(confidence=0.9, **other)
    assert compared(coded, found(mentions=[mention(), sure]))[one_value.DAY].hits == 0
    week = mention(earliest=dt.date(2012, 6, 4), latest=dt.date(2012, 6, 10))
    assert compared(coded, found(mentions=[week]))[one_value.DAY].hits == 0


DAYS_AROUND = [
    ("2012-06-05", "2012-06-05", 1),
    ("2012-06-06", "2012-06-06", 1),
    ("2012-06-04", "2012-06-04", 1),
    ("2012-06-07", "2012-06-07", 0),
    # A week says when; a month does not
    ("2012-06-04", "2012-06-10", 1),
    ("2012-06-01", "2012-06-30", 0),
]


@pytest.mark.parametrize("first, last, right", DAYS_AROUND)
def test_the_day_of_the_main_event_is_right_within_one(first, last, right):
    day = {"earliest": dt.date.fromisoformat(first), "latest": dt.date.fromisoformat(last)}
    counts = compared(MainEvent(dt.date(2012, 6, 5), "homs", True), found(mentions=[mention(**day)]))
    assert counts[one_value.DAY_WITHIN_ONE].hits == right


def test_a_day_that_is_not_believed_is_not_measured():
    counts = compared(MainEvent(dt.date(2012, 6, 5), "homs", False), found(mentions=[mention()]))
    assert counts.keys() == {one_value.GOVERNORATE}


SPELLINGS = [
    ("Al-Hasakah", "hasakeh", True),
    ("Rif Dimashq", "damascus", True),
    ("Deir ez-Zor", "deir ezzor", True),
    ("Latakia", "lattakia", True),
    ("Raqqa", "al raqqa", True),
    ("Homs", "hama", False),
    (None, "homs", False),
]


@pytest.mark.parametrize("said, noted, same", SPELLINGS)
def test_spellings_of_one_governorate_meet(said, noted, same):
    assert (one_value.consonants(said) == one_value.consonants(noted)) == same


# ---- Adding up ----


def test_precision_recall_and_f1():
    figures = Figures("tolls", hits=6, wanted=8, found=12)
    assert (figures.precision, figures.recall, figures.f1) == (0.5, 0.75, 0.6)


def test_nothing_wanted_and_nothing_found_is_no_division_by_zero():
    figures = Figures("tolls", found=0)
    assert (figures.precision, figures.recall, figures.f1) == (0, 0, 0)


def test_the_worst_misses_are_wrong_values_furthest_off_first_then_what_is_not_there():
    def miss(name: str, wrong: Wrong, off: float = 0) -> Miss:
        return Miss(name, "", "", "", "", wrong, off)

    misses = [
        miss("not found", Wrong.NOT_FOUND),
        miss("a day off", Wrong.OTHER_VALUE, 1),
        miss("not there", Wrong.NOT_WANTED),
        miss("a year off", Wrong.OTHER_VALUE, 365),
    ]
    assert [m.where for m in Figures("dates", misses=misses).worst(3)] == ["a year off", "a day off", "not there"]


def test_reports_add_up_in_the_order_of_the_kinds_of_entry():
    evaluation = Evaluation()
    evaluation.add([Count(readings.TOLLS, 1, 2, 3)])
    evaluation.add([Count(readings.DATES_FOUND, 1, 1, 1), Count(readings.TOLLS, 1, 1, 1)])
    assert evaluation.reports == 2
    assert [(f.measure, f.hits, f.wanted, f.found) for f in evaluation.in_order()] == [
        (readings.DATES_FOUND, 1, 1, 1),
        (readings.TOLLS, 2, 3, 4),
    ]
