"""Low, best and high of an event follow from its claims by the written rule."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.making import article, claim, mention
from timeline.curation.tolls import summarise
from timeline.models import TollClaim

pytestmark = pytest.mark.django_db

A, B, C = "activists", "United Nations", "Syrian government"

# (claims as (day of May 2012, source, low, high), expected (low, best, high), contested, as shown)
CASES = {
    "one exact figure": ([(26, B, 92, 92)], (92, 92, 92), False, "92"),
    "the later report of a source replaces its earlier one": (
        [(26, B, 92, 92), (29, B, 108, 108)],
        (108, 108, 108),
        False,
        "108",
    ),
    "two sources that cannot both be right: no best": (
        [(26, B, 92, 92), (26, A, 110, 110)],
        (92, None, 110),
        True,
        "92–110",
    ),
    "a lower bound below an exact figure": ([(26, A, 90, None), (26, B, 92, 92)], (90, 92, 92), False, "90–92"),
    "a lower bound above every other figure leaves the top open": (
        [(26, B, 92, 92), (27, A, 100, None)],
        (92, None, None),
        True,
        "92 or more",
    ),
    "a lower bound alone is no estimate": ([(26, A, 78, None)], (78, None, None), False, "78 or more"),
    "an upper bound alone is no estimate": ([(26, A, None, 1300)], (None, None, 1300), False, "up to 1,300"),
    "an upper bound and a count": ([(26, B, 355, 355), (27, A, None, 1300)], (355, 355, 1300), False, "355–1,300"),
    "a range": ([(26, A, 320, 400)], (320, None, 400), False, "320–400"),
    "two claims without a named source stay two": (
        [(26, None, 10, 10), (27, None, 12, 12)],
        (10, None, 12),
        True,
        "10–12",
    ),
    "of sources that agree, the latest count": ([(26, B, 92, 92), (27, A, 90, 100)], (90, 92, 100), False, "90–100"),
    "nobody reported a number": ([], (None, None, None), False, ""),
}


@pytest.mark.parametrize("claims, expected, contested, words", CASES.values(), ids=CASES.keys())
def test_the_rule(claims, expected, contested, words):
    for number, (day, source, low, high) in enumerate(claims):
        report = article(f"Report {number}: the figure stands here.", published=dt.date(2012, 5, day))
        claim(mention(report, "stands here"), "the figure", low, high, source)
    toll = summarise(TollClaim.objects.select_related("article"))
    assert (toll.low, toll.best, toll.high) == expected
    assert toll.contested is contested
    assert toll.words == words


def test_parts_and_other_harms_are_not_counted():
    entry = mention(article(), "UN observers counted 92 bodies, 32 of them children")
    whole = claim(entry, "92 bodies", 92, 92, B)
    claim(entry, "32 of them children", 32, 32, B, part_of=whole)
    claim(entry, "UN observers", 300, 300, B, harm="injured")
    toll = summarise(TollClaim.objects.select_related("article"))
    assert (toll.low, toll.best, toll.high, toll.sources) == (92, 92, 92, 1)


def test_of_two_claims_of_a_source_in_one_report_the_larger_counts():
    entry = mention(article(), "UN observers counted 92 bodies, 32 of them children")
    claim(entry, "92 bodies", 92, 92, B)
    claim(entry, "32 of them children", 32, 32, B)
    toll = summarise(TollClaim.objects.select_related("article"))
    assert (toll.low, toll.best, toll.high, toll.contested) == (92, 92, 92, False)


def test_groups_of_one_source_are_a_lower_bound_together():
    """'37 fighters and two civilians': not fewer than 37, and not 37."""
    entry = mention(article(), "UN observers counted 92 bodies, 32 of them children")
    claim(entry, "92 bodies", 37, 37, B, victims="fighters")
    claim(entry, "32 of them children", 2, 2, B, victims="civilians")
    toll = summarise(TollClaim.objects.select_related("article"))
    assert (toll.low, toll.best, toll.high) == (37, None, None)


def test_soldiers_and_civilians_counted_by_different_sources_contradict_nobody():
    entry = mention(article(), "UN observers counted 92 bodies, 32 of them children")
    claim(entry, "92 bodies", 9, 9, A, victims="civilians")
    claim(entry, "32 of them children", 7, 7, B, victims="servicemen")
    toll = summarise(TollClaim.objects.select_related("article"))
    assert (toll.low, toll.high, toll.contested) == (7, None, False)


def test_a_discounted_figure_does_not_count():
    entry = mention(article(), "UN observers counted 92 bodies, 32 of them children")
    claim(entry, "92 bodies", 92, 92, B)
    claim(entry, "32 of them children", 150, 150, A, discounted="first messages, replaced later")
    toll = summarise(TollClaim.objects.select_related("article"))
    assert (toll.low, toll.best, toll.high, toll.sources) == (92, 92, 92, 1)


@pytest.mark.parametrize(
    "quote, qualifier, low, high, words",
    [
        ("Dozens", "vague", 12, None, "dozens"),
        ("Hundreds of people", "vague", 100, None, "hundreds"),
        ("about 106", "about", 106, 106, "about 106"),
        ("13,000 are feared", "feared", 13000, 13000, "13,000 feared"),
    ],
)
def test_a_toll_is_shown_in_the_words_it_was_given_in(quote, qualifier, low, high, words):
    entry = mention(article(f"{quote} died in Houla."), "died in Houla")
    claim(entry, quote, low, high, A, qualifier=qualifier)
    assert summarise(TollClaim.objects.select_related("article")).words == words


def test_a_vague_word_counts_only_where_nobody_gives_a_number():
    entry = mention(article("Dozens died in Houla. A count gave 92."), "Dozens died in Houla")
    claim(entry, "Dozens", 12, None, A, qualifier="vague")
    assert summarise(TollClaim.objects.select_related("article")).low == 12
    claim(entry, "92", 92, 92, B)
    assert summarise(TollClaim.objects.select_related("article")).low == 92


def test_best_lies_between_low_and_high_whatever_the_claims():
    """A range that lies wholly inside or across the others never breaks the order of the three."""
    for number, (low, high) in enumerate([(10, 20), (None, 15), (40, None), (12, 13), (None, 5)]):
        report = article(f"Report {number}: the figure stands here.")
        claim(mention(report, "stands here"), "the figure", low, high, f"source {number}")
        toll = summarise(TollClaim.objects.select_related("article"))
        ordered = [value for value in (toll.low, toll.best, toll.high) if value is not None]
        assert ordered == sorted(ordered)
