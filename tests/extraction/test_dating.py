"""An undated report's publication date, proposed from what its top says of itself."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.extraction.dates import find_dates
from timeline.extraction.dating import suggest_published
from timeline.extraction.records import SuggestedDate
from timeline.extraction.sentences import split


def propose(text: str) -> tuple[SuggestedDate, ...]:
    return suggest_published(text, find_dates(text, split(text), None))


# fmt: off
HEADERS = [
    # a dateline with its agency
    ("BEIRUT, May 30, 2012 (Reuters) - Shells fell on Houla, activists said.", dt.date(2012, 5, 30)),
    ("DAMASCUS, 4 February 2012 (SANA) - A blast hit a bus.", dt.date(2012, 2, 4)),
    # an outlet's own header
    ("Wed Aug 3 2016 Shells fell on the old town.", dt.date(2016, 8, 3)),
    ("Nine die in raid Monitor AFP Saturday 21 Jun 2014 Nine people died on Friday.", dt.date(2014, 6, 21)),
    ("10-07-2016 Shells fell on the old town.", dt.date(2016, 7, 10)),
    ("Published October 4 2014 A blast hit a bus.", dt.date(2014, 10, 4)),
    ("Date of publication 3 April 2017 At least nine people died on Monday.", dt.date(2017, 4, 3)),
    ("Last updated at Apr 152017 A blast hit a bus.", dt.date(2017, 4, 15)),
    # the header wins over a date that the story tells
    ("Published: 7 June 2012. The massacre of 25 May 2012 was discussed.", dt.date(2012, 6, 7)),
    ("Fri 8 Jun 2012 It began on March 15, 2011, in Daraa.", dt.date(2012, 6, 8)),
]
# fmt: on


@pytest.mark.parametrize("text, day", HEADERS)
def test_the_header_is_the_first_proposal(text: str, day: dt.date) -> None:
    assert propose(text)[0].date == day


@pytest.mark.parametrize(
    "text",
    [
        "MOSCOW - Russia on Wednesday warned of war.",  # a weekday is no date
        "BEIRUT, May 30 (Reuters) - Shells fell.",  # no year: which May is not said
        "The war, which began on March 15, 2011, goes on.",  # told, not dated
        "The town has been held since 4 June 2011.",
        "Nine people died. " * 30 + "Wed Aug 3 2016",  # far below the top
        "",
    ],
)
def test_nothing_is_proposed_where_the_top_gives_no_full_date(text: str) -> None:
    assert propose(text) == ()


def test_the_basis_quotes_the_words_and_says_where_they_stand() -> None:
    (found,) = propose("Published October 4 2014 A blast hit a bus.")
    assert found.basis == "'October 4 2014' is labelled as the day of publication"


def test_a_date_that_reads_two_ways_is_less_sure_and_says_so() -> None:
    (unsure,) = propose("07/08/2012 Shells fell.")
    (sure,) = propose("25/08/2012 Shells fell.")
    assert unsure.confidence < sure.confidence
    assert "month first it would be Sunday 8 July 2012" in unsure.basis


def test_the_same_day_is_proposed_once_and_surest_comes_first() -> None:
    found = propose("Nine die Wed Aug 3 2016 12:40 Published August 3 2016 A blast hit a bus. 4 August 2016")
    assert [proposal.date for proposal in found] == [dt.date(2016, 8, 3), dt.date(2016, 8, 4)]
    assert found[0].confidence > found[1].confidence


@given(st.text(max_size=300))
def test_whatever_the_text_confidence_is_a_share_and_nothing_raises(text: str) -> None:
    assert all(0 < proposal.confidence <= 1 for proposal in propose(text))
