"""Which events are suggested for an entry, from what is stored."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.making import article, claim, houla, many, mention
from timeline.curation import events
from timeline.ingest.naming import governorate_named, place_named
from timeline.models import Event, Mention
from timeline.query.suggestions import suggested_events, told_by_engine

pytestmark = pytest.mark.django_db

LATER = "Villagers buried their dead. Of the attack on Houla on 25 May 2012, 92 bodies were counted, officials said."


TOLD = "Of the attack on Houla on 25 May 2012, 92 bodies were counted"
UNNAMED = "92 bodies were counted, officials said"  # says not where


def later(words: str = TOLD, **values: object) -> Mention:
    """An entry of a report that came out five days after the killings in Houla."""
    report = article(LATER, published=dt.date(2012, 5, 30), title="Villagers bury their dead")
    entry = mention(report, words, **values)
    claim(entry, "92 bodies", 92, 92, "officials")
    return entry


def test_a_later_report_joins_the_event_and_not_the_day_it_was_printed():
    event = houla()
    best = suggested_events(later())[0]
    assert best.event == event
    assert best.score > 0.9
    assert {"same place: Houla", "both say 25 May 2012", "92 killed in both"} <= set(best.reasons)


def test_a_draft_is_suggested_like_a_published_event():
    event = houla()
    Event.objects.filter(pk=event.pk).update(status=Event.Status.DRAFT)
    assert [one.event for one in suggested_events(later())] == [event]


@pytest.mark.parametrize("status", [Event.Status.WITHDRAWN, Event.Status.MERGED])
def test_what_is_withdrawn_or_merged_is_not_suggested(status):
    event, other = houla(), events.create_event([later()], None)
    into = other if status == Event.Status.MERGED else None
    Event.objects.filter(pk=event.pk).update(status=status, merged_into=into)
    entry = mention(article("Houla on 25 May 2012 again."), "Houla on 25 May 2012")
    assert event not in [one.event for one in suggested_events(entry)]


def test_the_event_that_an_entry_has_is_not_suggested_to_it():
    event = houla()
    entry = later()
    events.link(entry, event, None)
    assert suggested_events(entry) == []


def test_an_event_of_the_governorate_is_found_for_a_town_in_it():
    event = houla()
    entry = later(UNNAMED, place=governorate_named("Homs"), title="92 killed")
    best = suggested_events(entry)[0]
    assert best.event == event
    assert "Houla is in Homs governorate" in best.reasons


def test_an_event_elsewhere_is_not_suggested():
    houla()
    assert suggested_events(later(UNNAMED, place=place_named("Tartus"), title="92 killed")) == []


def test_an_undated_entry_of_an_undated_report_gets_no_suggestion():
    houla()
    report = article("Somebody spoke of Houla.", published=None)
    entry = mention(report, "Somebody spoke of Houla", earliest=None, latest=None, precision="unknown")
    assert suggested_events(entry) == []


def test_rejected_entries_and_claims_tell_nothing_of_an_event():
    event = houla()
    event.mentions.update(status="rejected")
    assert suggested_events(later()) == []


def test_at_most_so_many_are_suggested_the_likeliest_first():
    for number in range(4):
        text = f"Report {number}: on 25 May 2012 {90 + number} people were killed in Houla."
        entry = mention(article(text), text)
        claim(entry, f"{90 + number} people", 90 + number, 90 + number, None)
        events.create_event([entry], None)
    found = suggested_events(later(), limit=2, least=0.0)
    assert len(found) == 2
    assert found[0].score > found[1].score
    assert found[0].event.killed_best == 92
    assert "another event fits better" in found[1].reasons


def test_the_engine_s_own_reading_can_be_asked_for():
    entry = later(engine={})
    assert told_by_engine(entry) is None
    entry.engine = {
        **{"start": 29, "end": 90, "kind": "shelling", "title": "Shelling in Houla", "precision": "day", "basis": ""},
        **{"earliest": "2012-05-25", "latest": "2012-05-25", "place": "Houla", "governorate": "Homs", "date": None},
        "tolls": [
            {"harm": "killed", "low": 92, "high": 92, "source": None, "part_of": None, "qualifier": "exact"},
        ],
    }
    read = told_by_engine(entry)
    assert read is not None
    assert (read.kind, read.earliest, read.figures[0].low) == ("shelling", dt.date(2012, 5, 25), 92)
    assert read.place is not None
    assert read.place.name == "Houla"


def test_the_number_of_queries_does_not_grow_with_the_events(django_assert_max_num_queries):
    houla()
    many(12)
    entry = Mention.objects.select_related("article", "place").get(pk=later().pk)
    with django_assert_max_num_queries(9):
        suggested_events(entry)
