"""An undated report's publication date: from its header, from events known already, from what its story tells."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.extraction import KnownEvent, extract
from timeline.extraction.records import SuggestedDate


def propose(text: str, *known: KnownEvent) -> tuple[SuggestedDate, ...]:
    return extract(text, known_events=known).suggested_published


def d(day: str) -> dt.date:
    return dt.date.fromisoformat(day)


STORY = " Shells fell on the old town, residents said. Nobody was hurt." * 8

# fmt: off
HEADERS = [
    # a dateline with its agency, or with its dash alone
    ("BEIRUT, May 30, 2012 (Reuters) - Shells fell on Houla, activists said.", "2012-05-30"),
    ("DAMASCUS, 4 February 2012 (SANA) - A blast hit a bus.", "2012-02-04"),
    ("DAMASCUS, 4 February 2012 - A blast hit a bus.", "2012-02-04"),
    ("Beirut, 4 February 2012 – A blast hit a bus.", "2012-02-04"),
    # an outlet's own header
    ("Wed Aug 3 2016 Shells fell on the old town.", "2016-08-03"),
    ("A blast hits a bus Monitor AFP Saturday 21 Jun 2014 Nine people died on Friday.", "2014-06-21"),
    ("10-07-2016 Shells fell on the old town.", "2016-07-10"),
    ("A blast hits a bus\n\n9 March 2014 Fears grow in the town.", "2014-03-09"),
    ("A blast hits a bus A blast hits a bus REUTERS A. Writer Middle East 1730 28.04.2017 A blast", "2017-04-28"),
    # scraped: what follows runs into it, commas are lost
    ("A blast hits a bus\n\n24.07.2016Get short URL 0 12 A blast hit a bus.", "2016-07-24"),
    ("Last updated at Jun 212014 Shells hit a bus.", "2014-06-21"),
    ("28.09.2015) Get short URL A blast hit a bus.", "2015-09-28"),
    ("30 May 2012Shells fell on the old town.", "2012-05-30"),
    ("May 30, 2012Shells fell on the old town.", "2012-05-30"),
    # with a label, an hour, a byline
    ("Published October 4 2014 A blast hit a bus.", "2014-10-04"),
    ("Date of publication 9 June 2014 Nine people died on Monday.", "2014-06-09"),
    ("Posted on June 7 2014 by A. Writer Shells fell.", "2014-06-07"),
    ("Posted by A. Writer on May 5, 2012. Shells fell.", "2012-05-05"),
    ("By A. Writer | Published: 18:24 GMT, Wednesday 30 May 2012. Shells fell.", "2012-05-30"),
    ("Print this page Tuesday 10 June 2014 16:45 Shells fell.", "2014-06-10"),
    ("Shells fall on the old town, by A. Writer, 14 November 2013, 10:20 GMT\nShells fell.", "2013-11-14"),
    ("By A. Writer and B. Writer, 30 May 2012\nShells fell.", "2012-05-30"),
    # published and updated: when it came out, though the update stands first
    ("Last updated: 31 May 2012. First published: 30 May 2012. Shells fell.", "2012-05-30"),
    ("05.10.2017(updated 1935 06.10.2017) Shells fell.", "2017-10-05"),
    # at the end of the text
    ("Shells fell." + STORY + "\nPublished: 30 May 2012", "2012-05-30"),
    ("Shells fell." + STORY + "\nLast Modified: 30 May 2012 10:20", "2012-05-30"),
    ("Shells fell." + STORY + "\n30 May 2012", "2012-05-30"),
    ("Shells fell." + STORY + "\nThis article was first published on May 30, 2012.", "2012-05-30"),
    ("Shells fell." + STORY + "\n(AFP, 30 May 2012)", "2012-05-30"),
    # the header wins over a date that the story tells, and over the day of a picture
    ("Published: 7 June 2012. The massacre of 25 May 2012 was discussed.", "2012-06-07"),
    ("Fri 8 Jun 2012 It began on March 15, 2011, in Daraa.", "2012-06-08"),
    ("A blast hits a bus\n\n15 Aug 2016 A bus at the scene, Idlib, 6 August 2016 (AFP Photo) A blast hit.", "2016-08-15"),
    # in French and Arabic
    ("Publié le 30 mai 2012 à 10h20. Des obus sont tombés sur la ville.", "2012-05-30"),
    ("Le 30 mai 2012 à 10h20\nDes obus sont tombés sur la ville.", "2012-05-30"),
    ("Par A. Ecrivain, le 30 mai 2012. Des obus sont tombés.", "2012-05-30"),
    ("الأربعاء، 30 أيار/مايو 2012 سقطت قذائف على المدينة.", "2012-05-30"),
    ("تاريخ النشر: 30 أيار 2012 سقطت قذائف على المدينة.", "2012-05-30"),
]

NOT_HEADERS = [
    "MOSCOW - Russia on Wednesday warned of war.",  # a weekday is no date
    "BEIRUT, May 30 (Reuters) - Shells fell.",  # no year: which May is not said
    "Shells fell in March 2011 and again in 2012.",  # no day: none is made
    "",
]

# The story tells of it, and nothing else dates the report: little to go by, and it says so.
TOLD = [
    ("The war, which began on March 15, 2011, goes on.", "2011-03-15"),
    ("The town has been held since 4 June 2011.", "2011-06-04"),
    ("A UN report published on 3 May 2012 said so.", "2012-05-03"),
    ("By the evening of the attack on 3 May 2012 the town was taken.", "2012-05-03"),  # no byline
    ("The August 21 2013 attack was discussed.", "2013-08-21"),
    ("The strike of 4 June 2011 was answered on 6 June 2011.", "2011-06-06"),  # the latest of them
    ("It began on 4 June 2011. The vote will be held on 9 June 2011.", "2011-06-04"),  # what is to come is not past
]

# Figures that read two ways, and what in the report settles them.
SETTLED = [
    ("05/04/2016 Tuesday. Shells fell.", "2016-04-05"),
    ("05/04/2016 Wednesday. Shells fell.", "2016-05-04"),
    ("05/04/2016 Shells fell. The town was taken on 20 April 2016.", "2016-05-04"),  # told as past
    ("05/04/2016 Shells fell. The town was taken on April 20.", "2016-05-04"),  # weeks ago, not most of a year
    ("03/09/2013 Shells fell. The town was taken on August 21.", "2013-09-03"),
    ("05/04/2016 Shells fell. The vote will be held on April 20.", None),  # to come: says nothing
    ("05/04/2016 Shells fell." + STORY + "\nUpdated 4 May 2016", "2016-05-04"),  # written out elsewhere
    ("25/04/2016 Shells fell.", "2016-04-25"),  # there is no other reading
]
# fmt: on


@pytest.mark.parametrize("text, day", HEADERS)
def test_the_header_is_the_first_proposal(text: str, day: str) -> None:
    first = propose(text)[0]
    assert first.date == d(day)
    assert first.confidence >= 0.6


@pytest.mark.parametrize("text", NOT_HEADERS)
def test_nothing_is_proposed_where_no_full_date_is_written(text: str) -> None:
    assert propose(text) == ()


@pytest.mark.parametrize("text, day", TOLD)
def test_the_latest_day_told_as_past_is_a_last_resort(text: str, day: str) -> None:
    (found,) = propose(text)
    assert found.date == d(day)
    assert found.confidence <= 0.25
    assert "as past, so it was published then or later" in found.basis


def test_the_basis_quotes_the_words_and_says_where_they_stand() -> None:
    (found,) = propose("Published October 4 2014 A blast hit a bus.")
    assert found.basis == "'October 4 2014' is labelled as the day of publication"


def test_figures_that_read_two_ways_give_both_days_the_day_first() -> None:
    first, second = propose("07/08/2012 Shells fell.")
    (sure,) = propose("25/08/2012 Shells fell.")
    assert (first.date, second.date) == (d("2012-08-07"), d("2012-07-08"))
    assert second.confidence < first.confidence < sure.confidence
    assert first.confidence + second.confidence <= 1
    for proposal in (first, second):
        assert "it is Tuesday 7 August 2012, month first it would be Sunday 8 July 2012" in proposal.basis


@pytest.mark.parametrize("text, day", SETTLED)
def test_what_settles_figures_that_read_two_ways(text: str, day: str | None) -> None:
    found = propose(text)
    if day is None:
        assert len(found) == 2
    else:
        assert found[0].date == d(day)
        assert "unsure" not in found[0].basis


def test_a_day_before_what_the_report_tells_as_past_is_less_sure() -> None:
    (found,) = propose("4 May 2012 Shells fell. The town was taken on 9 May 2012.")
    assert found.confidence < 0.7
    assert found.basis.endswith("; yet the report tells of 'on 9 May 2012' as past")


def test_the_same_day_is_proposed_once_and_the_surest_comes_first() -> None:
    found = propose("Nine die Wed Aug 3 2016 12:40 Published August 3 2016 A blast hit a bus. 4 August 2016")
    assert [proposal.date for proposal in found] == [d("2016-08-03"), d("2016-08-04")]
    assert found[0].confidence > found[1].confidence


# fmt: off
DATELINES = [
    # the weekday of the lead says in which year that day of the month fits
    ("BEIRUT, May 30 (Reuters) - Shells fell on Wednesday. The town was taken in 2011.", "2012-05-30"),
    # without it, the first such day that is not before what is told as past
    ("BEIRUT, May 30 (Reuters) - Shells fell. The town was taken on 4 June 2011.", "2012-05-30"),
    ("BEIRUT, May 30 (Reuters) - Shells fell. The town was taken on 4 April 2011.", "2011-05-30"),
]
# fmt: on


@pytest.mark.parametrize("text, day", DATELINES)
def test_a_dateline_without_its_year_is_placed_by_the_rest(text: str, day: str) -> None:
    (found,) = propose(text)
    assert found.date == d(day)
    assert "the dateline has 'May 30'" in found.basis


# The figures and day of the public record.
HOULA = KnownEvent("Massacre in Houla", "Houla", "Homs", "massacre", d("2012-05-25"), d("2012-05-25"), 108, 108)
ELSEWHERE = KnownEvent("Shelling in Idlib", "Idlib", "Idlib", "shelling", d("2012-03-10"), d("2012-03-10"), 108, 108)
SMALLER = KnownEvent("Shooting in Houla", "Houla", "Homs", "shooting", d("2011-12-02"), d("2011-12-02"), 3, 3)

# fmt: off
BY_EVENTS = [
    # "last week" is the week of the event; the weekday of the lead settles which day of the next week
    ("A minister said on Wednesday that the massacre of 108 people in Houla last week was a crime.", "2012-05-30"),
    ("A minister said on Thursday that the massacre of 108 people in Houla last week was a crime.", "2012-05-31"),
    # the event's own weekday: the Saturday after that Friday
    ("At least 108 people were killed in Houla on Friday, a monitor said on Saturday.", "2012-05-26"),
    # yesterday was the day of the event
    ("Yesterday 108 people were killed in Houla.", "2012-05-26"),
    # "two weeks ago", and "on Tuesday" is when it was said
    ("A minister said on Tuesday that 108 people were killed in Houla two weeks ago.", "2012-06-05"),
    # without any word of time: the first such weekday after it
    ("A minister said on Sunday that he mourned the 108 people killed in Houla.", "2012-05-27"),
    # the dateline gives the day, the event the year
    ("GENEVA, May 30 (Reuters) - A minister mourned the 108 people killed in Houla.", "2012-05-30"),
]
# fmt: on


@pytest.mark.parametrize("text, day", BY_EVENTS)
def test_a_known_event_dates_the_report_that_tells_of_it(text: str, day: str) -> None:
    found = propose(text, SMALLER, ELSEWHERE, HOULA)
    assert found[0].date == d(day)
    assert "“Massacre in Houla” (Friday 25 May 2012, 108 killed)" in found[0].basis


@pytest.mark.parametrize(
    "text",
    [
        "A minister said on Wednesday that 40 people were killed in Houla last week.",  # another toll: another event
        "A minister said on Wednesday that 108 people were killed in Hama last week.",  # another place
        "A minister said on Wednesday that talks were held.",  # nothing known is told
    ],
)
def test_an_event_that_is_not_told_dates_nothing(text: str) -> None:
    assert propose(text, HOULA) == ()


def test_each_constraint_stands_in_the_basis() -> None:
    first, *_ = propose(BY_EVENTS[0][0], HOULA)
    assert first.basis == (
        "it tells of what may be “Massacre in Houla” (Friday 25 May 2012, 108 killed): the same place and toll; "
        "'last week' means it in a report of Monday 28 May 2012 to Sunday 3 June 2012; "
        "'on Wednesday' names the day of publication"
    )


def test_two_events_that_fit_make_either_less_sure() -> None:
    other = KnownEvent("Shelling in Houla", "Houla", "Homs", "shelling", d("2012-02-10"), d("2012-02-10"), 100, 120)
    alone, *_ = propose(BY_EVENTS[0][0], HOULA)
    both = propose(BY_EVENTS[0][0], HOULA, other)
    assert {proposal.date for proposal in both[:2]} == {d("2012-05-30"), d("2012-02-15")}
    assert both[0].confidence < alone.confidence - 0.2


def test_what_is_told_as_past_bars_the_earlier_of_two_events() -> None:
    other = KnownEvent("Shelling in Houla", "Houla", "Homs", "shelling", d("2012-02-10"), d("2012-02-10"), 108, 108)
    text = BY_EVENTS[0][0] + " The army took the town on 3 March 2012."
    first, *_ = propose(text, other, HOULA)
    assert first.date == d("2012-05-30")
    assert first.basis.endswith("; it tells of 'on 3 March 2012' as past")


def test_the_last_day_of_the_calendar_is_no_trouble() -> None:
    last = KnownEvent("Massacre in Houla", "Houla", "Homs", "massacre", dt.date.max, dt.date.max, 108, 108)
    assert all(found.date == dt.date.max for found in propose(BY_EVENTS[0][0], last))
    assert propose("BEIRUT, May 30 (Reuters) - Shells fell. It began on 31 December 9999.") == ()


def test_known_events_change_nothing_in_a_dated_report() -> None:
    text = BY_EVENTS[0][0]
    assert extract(text, "2012-06-13", known_events=[HOULA]) == extract(text, "2012-06-13")


@given(st.text(max_size=300))
def test_whatever_the_text_confidence_is_a_share_and_nothing_raises(text: str) -> None:
    assert all(0 < proposal.confidence <= 1 for proposal in propose(text, HOULA))


@given(st.lists(st.sampled_from(BY_EVENTS + HEADERS + DATELINES + SETTLED), min_size=1, max_size=4))
def test_proposals_are_few_apart_and_in_order(parts: list[tuple[str, str]]) -> None:
    found = propose(" ".join(text for text, _ in parts), HOULA, SMALLER)
    assert len(found) <= 3
    assert len({proposal.date for proposal in found}) == len(found)
    assert [p.confidence for p in found] == sorted((p.confidence for p in found), reverse=True)
    assert all(proposal.basis for proposal in found)
