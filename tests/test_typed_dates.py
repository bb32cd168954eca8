"""What people type into the date boxes."""

from __future__ import annotations

import datetime as dt

import pytest

from timeline.typed_dates import NotADate, read_interval

READ = [
    # a day
    ("25 May 2012", "2012-05-25", "2012-05-25"),
    ("May 25, 2012", "2012-05-25", "2012-05-25"),
    ("25th of May 2012", "2012-05-25", "2012-05-25"),
    ("2012-05-25", "2012-05-25", "2012-05-25"),
    ("25/05/2012", "2012-05-25", "2012-05-25"),
    ("3/4/2012", "2012-04-03", "2012-04-03"),  # day first, as the region writes it
    ("25.5.2012", "2012-05-25", "2012-05-25"),
    ("٢٥/٥/٢٠١٢", "2012-05-25", "2012-05-25"),
    ("25 mai 2012", "2012-05-25", "2012-05-25"),
    ("25 مايو 2012", "2012-05-25", "2012-05-25"),
    ("25 أيار 2012", "2012-05-25", "2012-05-25"),
    # a month or a year is all of its days
    ("May 2012", "2012-05-01", "2012-05-31"),
    ("  may   2012 ", "2012-05-01", "2012-05-31"),
    ("February 2012", "2012-02-01", "2012-02-29"),
    ("2012-05", "2012-05-01", "2012-05-31"),
    ("05/2012", "2012-05-01", "2012-05-31"),
    ("mars 2011", "2011-03-01", "2011-03-31"),
    ("أيار 2012", "2012-05-01", "2012-05-31"),
    ("2012", "2012-01-01", "2012-12-31"),
    ("٢٠١٢", "2012-01-01", "2012-12-31"),
    # a part of a month
    ("last week of May 2012", "2012-05-25", "2012-05-31"),
    ("first week of June 2012", "2012-06-01", "2012-06-07"),
    ("early June 2012", "2012-06-01", "2012-06-10"),
    ("mid-June 2012", "2012-06-11", "2012-06-20"),
    ("end of February 2013", "2013-02-21", "2013-02-28"),
    ("week of 25 May 2012", "2012-05-21", "2012-05-27"),
]


@pytest.mark.parametrize("typed, first, last", READ)
def test_it_reads(typed, first, last):
    assert read_interval(typed) == (dt.date.fromisoformat(first), dt.date.fromisoformat(last))


@pytest.mark.parametrize(
    "typed, words",
    [
        ("25 May", "names no year"),
        ("Wednesday", "names no year"),
        ("the day it began", "names no year"),
        ("31/02/2012", "not on the calendar"),
        ("25/13/2012", "not on the calendar"),
        ("99999", "no date we can read"),
        ("yesterday", "names no year"),
        ("last week", "names no year"),
        ("12-05-25", "names no year"),
        ("2012-13-01", "not on the calendar"),
        ("last week of 2012", "needs a month"),
        ("early 25 May 2012", "needs a month"),
        ("x" * 10_000, "too long"),
        ("💥", "names no year"),
    ],
)
def test_it_says_why_not(typed, words):
    with pytest.raises(NotADate, match=words):
        read_interval(typed)
