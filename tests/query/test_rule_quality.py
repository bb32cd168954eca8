"""How often each rule was right, told from decisions: what counts as right, in which order, and at what cost."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from tests.making import article, claim, mention
from timeline.curation import review
from timeline.ingest.naming import place_named, source_named
from timeline.models import Mention, TollClaim
from timeline.query.rule_quality import RuleRecord, Scope, rule_quality, wilson, wrong_ones, years_and_languages

pytestmark = pytest.mark.django_db

WORDS = "killed more than 90 people in Houla on Friday"
FRIDAY = "the latest Friday before publication on Saturday 26 May 2012"
LATEST = "the latest ‹weekday› before publication on ‹date›"
BEFORE = "the date told with it"
MORE = "'killed' governs 'more than 90 people'; more than leaves the top open"
SAID = {
    "kind": "massacre",
    "earliest": "2012-05-25",
    "latest": "2012-05-25",
    "place": "Houla",
    "basis": BEFORE,
    "date": {"basis": FRIDAY},
}
TOLL = {
    "harm": "killed",
    "low": 90,
    "high": None,
    "qualifier": "more_than",
    "scope": "event",
    "source": "activists",
    "basis": MORE,
}
number = iter(range(10_000))


def entry(**values: Any) -> Mention:
    """An entry as the engine read it, nobody's decision yet, with one claim."""
    report = article(f"Report {next(number)}: activists said forces {WORDS}.", **values)
    found = mention(report, WORDS, engine=SAID)
    claim(found, "more than 90 people", 90, None, "activists", qualifier="more_than", engine=TOLL)
    return found


EVERYTHING = Scope()


def records(scope: Scope = EVERYTHING) -> dict[str, tuple[str, int, int, int]]:
    """The one rule of each part, with its counts."""
    return {
        part: (found.rule, found.right, found.corrected, found.rejected)
        for part, (found,) in rule_quality(scope).parts.items()
    }


def test_nothing_is_told_before_anybody_decides():
    entry()
    assert rule_quality().parts == {}


def test_an_accepted_entry_is_right_in_every_part():
    review.accept(entry(), None)
    assert records() == {
        "days": (BEFORE, 1, 0, 0),
        "dates": (LATEST, 1, 0, 0),
        "kinds": ("told as massacre", 1, 0, 0),
        "places": ("a place is read", 1, 0, 0),
        "tolls": ("'…' governs '…'; more than leaves the top open", 1, 0, 0),
        "sources": ("a source is read", 1, 0, 0),
    }


def test_a_rejected_entry_is_wrong_in_every_part_of_it():
    review.reject(entry(), None)
    assert {part: told[1:] for part, told in records().items()} == dict.fromkeys(
        ("days", "dates", "kinds", "places"), (0, 0, 1)
    )


CORRECTIONS = [
    ({"kind": "shelling"}, {"kinds"}),
    ({"earliest": dt.date(2012, 5, 24)}, {"days", "dates"}),
    ({"title": "The massacre in Houla"}, set()),
]


@pytest.mark.parametrize("changes, wrong", CORRECTIONS)
def test_a_correction_makes_wrong_what_it_changed_and_nothing_else(changes, wrong):
    review.correct(entry(), None, changes)
    assert {part for part, told in records().items() if told[2]} == wrong


def test_another_place_makes_the_place_wrong():
    review.correct(entry(), None, {"place": place_named("Homs", "Homs")})
    assert records()["places"] == ("a place is read", 0, 1, 0)


def test_a_better_name_for_a_place_or_source_makes_nothing_wrong():
    found = entry()
    review.correct(found, None, {"title": "Massacre"})
    review.correct_toll(found.toll_claims.get(), None, {"victims": "civilians"})
    for record in (found.place, source_named("activists")):
        assert record
        record.name = f"{record.name}, as we write it"
        record.save()
    assert (records()["places"][1], records()["sources"][1]) == (1, 1)


@pytest.mark.parametrize(
    "changes, wrong",
    [({"low": 92}, {"tolls"}), ({"qualifier": "at_least"}, {"tolls"}), ({"victims": "civilians"}, set())],
)
def test_a_corrected_toll_is_wrong_where_its_figures_changed(changes, wrong):
    review.correct_toll(entry().toll_claims.get(), None, changes)
    assert {part for part, told in records().items() if told[2]} == wrong


def test_another_source_makes_the_source_wrong():
    review.correct_toll(entry().toll_claims.get(), None, {"source": source_named("United Nations")})
    told = records()
    assert (told["tolls"][1:], told["sources"][1:]) == ((1, 0, 0), (0, 1, 0))


def test_a_rejected_toll_is_rejected():
    review.reject_toll(entry().toll_claims.get(), None)
    assert records()["tolls"][1:] == (0, 0, 1)


def test_what_editors_added_by_hand_is_what_no_rule_found():
    found = entry()
    review.accept(found, None)
    report = found.article
    review.add_mention(report, None, {"start": 0, "end": 6, "kind": "other", "title": "Report"})
    review.add_toll(report, found, None, {"start": 0, "end": 6, "harm": "injured", "low": 3})
    quality = rule_quality()
    assert (quality.entries, quality.claims, quality.missed_entries, quality.missed_claims) == (1, 1, 1, 1)


def test_one_rule_is_one_line_whatever_the_day():
    for day in ("Monday 28 May 2012", "Sunday 3 June 2012"):
        found = entry()
        found.engine = {**SAID, "date": {"basis": f"the latest Friday before publication on {day}"}}
        found.save()
        review.accept(found, None)
    assert records()["dates"] == (LATEST, 2, 0, 0)


def test_an_entry_of_an_older_engine_without_its_rule_says_so():
    found = entry()
    found.engine = {"kind": "massacre"}
    found.save()
    review.accept(found, None)
    assert records()["days"][0] == "the rule was not recorded"
    assert "dates" not in records()


def test_language_and_year_narrow_it_down():
    review.accept(entry(), None)
    review.reject(entry(language="fr", published=dt.date(2013, 1, 2)), None)
    assert records()["kinds"][1:] == (1, 0, 1)
    assert records(Scope(language="fr"))["kinds"][1:] == (0, 0, 1)
    assert records(Scope(year=2012))["kinds"][1:] == (1, 0, 0)
    assert years_and_languages() == ([2013, 2012], ["en", "fr"])


def test_the_wrong_ones_are_those_that_are_counted():
    entries = [entry() for _ in range(4)]
    review.accept(entries[0], None)
    review.correct(entries[1], None, {"kind": "shelling"})
    review.reject(entries[2], None)
    wrong = wrong_ones("kinds", "told as massacre")
    assert set(wrong) == {entries[1].pk, entries[2].pk}
    review.reject_toll(entries[0].toll_claims.get(), None)
    assert wrong_ones("tolls", "'…' governs '…'; more than leaves the top open") == [
        TollClaim.objects.get(status="rejected").pk
    ]


def test_the_worst_rule_comes_first_where_there_are_enough_cases():
    for kind, right, wrong in (("shelling", 0, 1), ("bombing", 5, 5), ("massacre", 5, 0)):
        for decide, times in ((review.accept, right), (review.reject, wrong)):
            for _ in range(times):
                found = entry()
                found.engine = {**SAID, "kind": kind}
                found.save()
                decide(found, None)
    # One wrong shelling proves less than five wrong bombings in ten.
    assert [record.rule for record in rule_quality().parts["kinds"]] == [
        "told as bombing",
        "told as shelling",
        "told as massacre",
    ]


INTERVALS = [
    # (right, of, low, high), as tabled by Newcombe (1998) for 81 of 263, and worked by hand for the others
    (81, 263, 0.2553, 0.3662),
    (0, 10, 0.0, 0.2775),
    (10, 10, 0.7225, 1.0),
    (0, 0, 0.0, 1.0),
]


@pytest.mark.parametrize("right, of, low, high", INTERVALS)
def test_the_interval_is_wilsons(right, of, low, high):
    assert wilson(right, of) == pytest.approx((low, high), abs=0.0005)


def test_shares_follow_from_the_counts():
    record = RuleRecord("kinds", "told as shelling", right=3, corrected=1, rejected=2)
    assert (record.decided, record.wrong, record.share) == (6, 3, 0.5)


def test_it_takes_six_queries_however_many_entries_there_are(django_assert_num_queries):
    for _ in range(12):
        review.accept(entry(), None)
    with django_assert_num_queries(6):
        rule_quality()
