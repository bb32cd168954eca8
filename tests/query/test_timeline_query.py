"""The query string of the timeline: what it filters, in which order, by which key, and what it says of wrong values."""

from __future__ import annotations

import datetime as dt

import pytest
from django.http import QueryDict

from tests.making import article, houla, many, mention
from timeline.curation import events
from timeline.ingest.naming import place_named
from timeline.models import Event, Source
from timeline.query.timeline_query import TimelineQuery, place_choices, source_choices

pytestmark = pytest.mark.django_db


def titles(query_string: str) -> list[str]:
    page = TimelineQuery.parse(QueryDict(query_string)).page()
    return [event.title for group in page.groups for event in group.events]


def publish(title: str, earliest: str | None, latest: str | None, precision: str = "day", **values) -> Event:
    days = {
        "earliest": earliest and dt.date.fromisoformat(earliest),
        "latest": latest and dt.date.fromisoformat(latest),
    }
    report = article(f"{title}, the report said.", title=title)
    entry = mention(report, title, title=title, precision=precision, **days, **values)
    event = events.create_event([entry], None)
    events.publish(event, None)
    return event


@pytest.mark.parametrize(
    "query, found",
    [
        ("q=houla", True),
        ("q=HOULA+92", True),  # words of the report's sentence count
        ('q="massacre in houla"', True),
        ('q="houla massacre"', False),
        ("q=massacres+in+the+Houla", True),  # plurals and small words
        ("q=Houla's", True),
        ("q=al-Houla", True),  # other spellings of the place
        ("q=tremseh", False),
        ("from=May+2012&to=June+2012", True),
        ("from=26+May+2012", False),
        ("to=24+May+2012", False),
        ("to=2012", True),
        ("kind=massacre", True),
        ("kind=veto", False),
        ("kind=veto&kind=massacre", True),
        ("place=houla", True),
        ("place=homs-governorate", True),
        ("place=aleppo", False),
        ("source=united-nations", True),
        ("source=elsewhere", False),
        ("killed_min=92", True),
        ("killed_min=93", False),
        ("killed_min=1,000", False),
        ("reported_from=26+May+2012", True),
        ("reported_from=27+May+2012", False),
        ("reported_to=25+May+2012", False),
        ("killed_min=lots&q=houla", True),  # a wrong value filters nothing, the rest still does
    ],
)
def test_a_filter_finds_or_leaves_out(query, found):
    houla()
    place_named("Aleppo", "Aleppo")
    Source.objects.create(name="Elsewhere", slug="elsewhere")
    assert (titles(query) == ["Massacre in Houla"]) is found


@pytest.mark.parametrize(
    "query, name, words",
    [
        ("from=soon", "from", "names no year"),
        ("to=31/02/2012", "to", "not on the calendar"),
        ("from=June+2012&to=May+2012", "to", "Swap the two"),
        ("killed_min=-3", "killed_min", "not a whole number"),
        ("killed_min=ten", "killed_min", "not a whole number"),
        ("kind=picnic", "kind", "no kind that we know"),
        ("place=atlantis", "place", "no place that we know"),
        ("source=nobody", "source", "no source that we know"),
        ("order=random", "order", "Use newest or oldest"),
        ("cursor=rubbish", "cursor", "cannot find"),
        ("cursor=2012-99-01~1~May", "cursor", "cannot find"),
    ],
)
def test_a_wrong_value_gets_a_message_beside_its_name(query, name, words):
    parsed = TimelineQuery.parse(QueryDict(query))
    assert words in parsed.errors[name]
    parsed.page()  # and the page is still made


def test_a_range_that_is_empty_shows_nothing():
    houla()
    assert titles("from=June+2012&to=May+2012") == []


def test_newest_first_and_undated_last_both_ways():
    publish("Dated early", "2011-04-08", "2011-04-08")
    publish("Dated late", "2013-08-21", "2013-08-21")
    publish("Undated", None, None, "unknown")
    assert titles("") == ["Dated late", "Dated early", "Undated"]
    assert titles("order=oldest") == ["Dated early", "Dated late", "Undated"]


def test_an_undated_event_is_outside_every_range():
    publish("Undated", None, "2012-05-30", "unknown")
    assert titles("from=2000") == []
    assert titles("to=2030") == []


def test_an_imprecise_event_is_found_by_any_of_its_days():
    publish("Some time in May", "2012-05-01", "2012-05-31", "month")
    assert titles("from=20+May+2012&to=22+May+2012") == ["Some time in May"]


def test_events_are_grouped_by_month_and_a_year_alone_is_no_january():
    publish("A year", "2012-01-01", "2012-12-31", "year")
    publish("A day", "2012-01-01", "2012-01-01")
    groups = TimelineQuery.parse(QueryDict("")).page().groups
    assert {group.heading: len(group.events) for group in groups} == {"January 2012": 1, "2012, month not known": 1}


@pytest.mark.parametrize("order", ["newest", "oldest"])
def test_pages_by_key_give_each_event_once(order):
    many(7)
    publish("Undated one", None, None, "unknown")
    publish("Undated two", None, None, "unknown")
    query = TimelineQuery.parse(QueryDict(f"order={order}"))
    whole = [event.pk for group in query.page(size=100).groups for event in group.events]
    seen: list[int] = []
    address = query.query_string()
    while True:
        page = TimelineQuery.parse(QueryDict(address)).page(size=2)
        seen += [event.pk for group in page.groups for event in group.events]
        assert page.count == 9
        if page.next is None:
            break
        address = query.query_string(cursor=page.next)
    assert seen == whole


def test_a_heading_is_not_said_again_on_the_next_page():
    many(5)
    query = TimelineQuery.parse(QueryDict(""))
    page = query.page(size=2)
    following = TimelineQuery.parse(QueryDict(query.query_string(cursor=page.next))).page(size=2)
    assert [group.continued for group in page.groups] == [False]
    assert [group.continued for group in following.groups] == [True]


@pytest.mark.parametrize(
    "query",
    ["", "q=Houla", "from=May+2012&to=June+2012", "kind=massacre&kind=veto&place=homs&killed_min=10&order=oldest"],
)
def test_an_address_read_and_written_is_the_same(query):
    place_named("Homs", "Homs")
    assert TimelineQuery.parse(QueryDict(query)).query_string() == query


def test_only_published_events_are_shown():
    events.create_event([mention(article(), "Houla")], None)
    assert titles("") == []


def test_the_choices_are_what_is_on_the_timeline():
    houla()
    assert [str(place) for place in place_choices()] == ["Homs governorate", "Houla"]
    assert [source.name for source in source_choices()] == ["activists", "United Nations"]


def test_a_number_is_found_with_or_without_its_comma():
    entry = mention(article("The US government said 1,429 people died."), "1,429 people died", title="Attack")
    events.publish(events.create_event([entry], None), None)
    assert titles("q=1429") == titles("q=1,429") == ["Attack"]


@pytest.mark.parametrize(
    "query, title",
    [("", ""), ("q=Houla", "“Houla” · "), ("q=Houla&from=May+2012", "“Houla”, from May 2012 · "), ("from=soon", "")],
)
def test_the_title_says_what_is_filtered(query, title):
    assert TimelineQuery.parse(QueryDict(query)).title == title
