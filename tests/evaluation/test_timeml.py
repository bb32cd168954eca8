"""TimeML documents: which days a mark names, and what is read of a document."""

from __future__ import annotations

import datetime as dt

import pytest

from timeline.evaluation.records import Reading
from timeline.evaluation.timeml import BadTimeML, days_of_value, read_timeml

DAYS = [
    # A day, and a time on it
    ("1998-01-08", ("1998-01-08", "1998-01-08")),
    ("1998-01-08T14:30", ("1998-01-08", "1998-01-08")),
    ("1998-01-08TMO", ("1998-01-08", "1998-01-08")),
    # Weeks begin on Monday; a weekend is its last two days
    ("1998-W03", ("1998-01-12", "1998-01-18")),
    ("1998-W03-WE", ("1998-01-17", "1998-01-18")),
    ("1998-W03-2", ("1998-01-13", "1998-01-13")),
    ("1998-W54", None),
    # Months, February of a leap year among them
    ("1998-01", ("1998-01-01", "1998-01-31")),
    ("2012-02", ("2012-02-01", "2012-02-29")),
    ("1998-13", None),
    # Quarters, years, decades
    ("1998-Q4", ("1998-10-01", "1998-12-31")),
    ("1998", ("1998-01-01", "1998-12-31")),
    ("199", ("1990-01-01", "1999-12-31")),
    ("199X", ("1990-01-01", "1999-12-31")),
    # A season has no agreed days: it is wanted, and equals none
    ("1998-SU", ("1998-SU", "1998-SU")),
    # What is no date of the calendar
    ("PRESENT_REF", None),
    ("P3D", None),
    ("XXXX-WXX-2", None),
    ("", None),
]


@pytest.mark.parametrize("value, days", DAYS)
def test_a_value_names_its_calendar_days(value, days):
    assert days_of_value(value) == days


DOCUMENT = b"""<?xml version="1.0" ?>
<TimeML>
<DCT><TIMEX3 tid="t0" type="TIME" value="2012-05-30T10:00" functionInDocument="CREATION_TIME">today</TIMEX3></DCT>
<TITLE>Not a part of the text</TITLE>
<TEXT>
The council <EVENT>met</EVENT> on <TIMEX3 type="DATE" value="2012-05-28">Monday</TIMEX3> for
<TIMEX3 type="DURATION" value="PT3H">three hours</TIMEX3> &amp; rose <TIMEX3 type="DATE" value="PRESENT_REF">now</TIMEX3>.
</TEXT>
</TimeML>"""


def test_a_document_gives_its_text_its_day_and_its_dates():
    report = read_timeml(DOCUMENT, "a.tml")
    assert report.published == dt.date(2012, 5, 30)
    assert report.text == "\nThe council met on Monday for\nthree hours & rose now.\n"
    assert isinstance(report.wanted, Reading)
    assert [(report.text[d.start : d.end], d.days) for d in report.wanted.dates] == [
        ("Monday", ("2012-05-28", "2012-05-28"))
    ]
    assert [report.text[start:end] for start, end in report.wanted.neutral] == ["three hours", "now"]
    assert report.wanted.tolls is None


def test_a_document_without_a_creation_time_is_undated():
    assert read_timeml(b"<TimeML><TEXT>It rained.</TEXT></TimeML>", "a.tml").published is None


BAD = [
    (b"no XML at all", "line 1: not XML"),
    (b"<TimeML>\n<TEXT>open", "line 2: not XML"),
    (b"<TimeML><BODY>words</BODY></TimeML>", "no TEXT element (elements found: TimeML, BODY)"),
    (
        b'<TimeML><TIMEX3 functionInDocument="CREATION_TIME" value="May 30"/><TEXT>words</TEXT></TimeML>',
        "its creation time 'May 30' is no day",
    ),
]


@pytest.mark.parametrize("raw, message", BAD)
def test_what_is_no_timeml_is_told(raw, message):
    with pytest.raises(BadTimeML) as reason:
        read_timeml(raw, "a.tml")
    assert message in str(reason.value)
