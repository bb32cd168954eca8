"""A date is shown no more exactly than it is known."""

from __future__ import annotations

import datetime as dt

import pytest

from timeline.query.datewords import in_words, month_heading

CASES = [
    ("2012-05-25", "2012-05-25", "day", "25 May 2012", "May 2012"),
    ("2012-05-25", "2012-05-26", "range", "25–26 May 2012", "May 2012"),
    ("2012-05-30", "2012-06-02", "range", "30 May – 2 June 2012", "May 2012"),
    ("2012-12-30", "2013-01-02", "range", "30 December 2012 – 2 January 2013", "December 2012"),
    ("2012-05-21", "2012-05-27", "week", "week of 21 May 2012", "May 2012"),
    ("2012-05-01", "2012-05-31", "month", "May 2012", "May 2012"),
    ("2012-03-01", "2012-05-31", "season", "spring 2012", "Spring 2012, month not known"),
    ("2011-12-01", "2012-02-29", "season", "winter 2012", "Winter 2012, month not known"),
    ("2012-01-01", "2012-12-31", "year", "2012", "2012, month not known"),
    ("1980-01-01", "1989-12-31", "decade", "1980s", "1980s, month not known"),
    (None, None, "unknown", "date unknown", "Date unknown"),
    (None, "2012-05-30", "unknown", "date unknown, not after 30 May 2012", "Date unknown"),
]


@pytest.mark.parametrize("earliest, latest, precision, words, heading", CASES)
def test_words_and_heading(earliest, latest, precision, words, heading):
    first, last = (day and dt.date.fromisoformat(day) for day in (earliest, latest))
    assert in_words(first, last, precision) == words
    assert month_heading(first, last, precision) == heading
