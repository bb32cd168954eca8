"""Low, best and high of an event follow from its claims by the written rule."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.making import article, claim, mention
from timeline.curation.tolls import summarise
from timeline.models import TollClaim

pytestmark = pytest.mark.django_db

A, B, C = "activists", "United Nations", "Syrian government"

# (claims as (day of May 2012, source, low, high), expected (low, best, high), contested)
CASES = {
    "one exact figure": ([(26, B, 92, 92)], (92, 92, 92), False),
    "the later claim of a source replaces its earlier one": (
        [(26, B, 92, 92), (29, B, 108, 108)],
        (108, 108, 108),
        False,
    ),
    "two sources that cannot both be right": ([(26, B, 92, 92), (26, A, 110, 110)], (92, 92, 110), True),
    "a lower bound below an exact figure": ([(26, A, 90, None), (26, B, 92, 92)], (90, 92, 92), False),
    "a lower bound above every other figure leaves the top open": (
        [(26, B, 92, 92), (27, A, 100, None)],
        (92, 100, None),
        True,
    ),
    "a lower bound alone": ([(26, A, 78, None)], (78, 78, None), False),
    "an upper bound alone is no estimate": ([(26, A, None, 1300)], (None, None, 1300), False),
    "an upper bound and a count": ([(26, B, 355, 355), (27, A, None, 1300)], (355, 355, 1300), False),
    "a range": ([(26, A, 320, 400)], (320, 360, 400), False),
    "two claims without a named source stay two": ([(26, None, 10, 10), (27, None, 12, 12)], (10, 12, 12), True),
    "several figures on the latest day: the lower middle one": (
        [(26, A, 80, 80), (27, B, 92, 92), (27, C, 17, 17), (27, "Reuters", 108, 108), (27, "BBC", 110, 110)],
        (17, 92, 110),
        True,
    ),
    "nobody reported a number": ([], (None, None, None), False),
}


@pytest.mark.parametrize("claims, expected, contested", CASES.values(), ids=CASES.keys())
def test_the_rule(claims, expected, contested):
    for number, (day, source, low, high) in enumerate(claims):
        report = article(f"Report {number}: the figure stands here.", published=dt.date(2012, 5, day))
        claim(mention(report, "stands here"), "the figure", low, high, source)
    toll = summarise(TollClaim.objects.select_related("article"))
    assert (toll.low, toll.best, toll.high) == expected
    assert toll.contested is contested
    assert toll.reported is bool(claims)


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
