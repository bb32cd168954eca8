"""Which rule a basis names, whatever report it was reached in."""

from __future__ import annotations

import pytest

from tests.growth import assert_linear
from timeline.extraction import extract
from timeline.extraction.basis import rule_of

RULES = [
    # days of one report
    ("the latest Friday before publication on Saturday 9 July 2011", "the latest ‹weekday› before publication on ‹date›"),
    ("'Sunday' is the day of publication", "'…' is the day of publication"),
    ("'last week' counted from publication on Thursday 31 May 2012", "'…' counted from publication on ‹date›"),
    ("'that month' counted from what is being told, March 2011", "'…' counted from what is being told, ‹date›"),
    ("'that year' counted from what is being told, 2011", "'…' counted from what is being told, ‹number›"),
    ("day first, as the region writes; unsure: month first it would be Thursday 7 October 2016",
     "day first, as the region writes; unsure: month first it would be ‹date›"),
    ("the day of Easter Sunday, the latest one not after publication on 1 May 2012",
     "the day of ‹feast›, the latest one not after publication on ‹date›"),
    # apostrophes inside the quoted words, and after a plural
    ("'last week's' counted from publication on 2012-05-31", "'…' counted from publication on ‹date›"),
    ("'the soldiers' bodies' is counted within the toll before it", "'…' is counted within the toll before it"),
    ("'killed' governs 'five of the group's fighters'", "'…' governs '…'"),
    # a rule in several clauses, a quotation in the last
    ("'killed' governs 'More than 13,000 people'; more than leaves the top open; 'in the war' makes it a toll of the whole conflict",
     "'…' governs '…'; more than leaves the top open; '…' makes it a toll of the whole conflict"),
    # nothing of one report in it
    ("the date as written", "the date as written"),
    ("", ""),
]  # fmt: skip


@pytest.mark.parametrize("basis, rule", RULES)
def test_what_belongs_to_one_report_is_taken_out_of_a_basis(basis, rule):
    assert rule_of(basis) == rule


REPORTS = [
    ("Shelling killed 12 people in Homs on Tuesday, activists said.", "2012-06-07"),
    ("Gunfire wounded at least 40 men in Hama on Friday, residents said.", "2013-09-10"),
    ("An air strike killed 3 children in Idlib on Sunday, medics said.", "2016-02-03"),
]


def test_one_rule_has_one_name_in_every_report():
    found = [extract(text, day) for text, day in REPORTS]
    assert len({rule_of(date.basis) for reading in found for date in reading.dates}) == 1
    assert {rule_of(toll.basis).split(";")[0] for reading in found for toll in reading.tolls} == {"'…' governs '…'"}
    for reading in found:
        for value in (*reading.dates, *reading.tolls):
            assert not any(character.isdigit() for character in rule_of(value.basis))


@pytest.mark.parametrize("unit", ["'", "' ", "s' ", "'a'", "the day of ", "1,", "Monday ", "'s "])
def test_time_grows_with_the_length_of_hostile_text(unit):
    assert_linear(rule_of, unit, 2_000)
