"""What a reader is told of an event's changes: each with its day and reason, no noise, no name, nothing left out."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.admin.test_admin import text
from tests.curation.test_merging import another
from tests.making import article, claim, houla, mention, person
from timeline.curation import events, merging, review
from timeline.curation.acts import acting
from timeline.curation.rights import Right
from timeline.curation.undo import undo
from timeline.ingest.naming import actor_named, source_named
from timeline.models import Act, Event, TollClaim
from timeline.query.changes import record_of_changes

pytestmark = pytest.mark.django_db


@pytest.fixture
def amal():
    return person("amal")


def told(event: Event) -> list[tuple[str, list[tuple[str, str, str, str]]]]:
    """The entries, the latest first: reason and lines (label, about, old, new)."""
    entries = record_of_changes(Event.objects.get(pk=event.pk)).entries
    return [(e.reason, [(line.label, line.about, line.old, line.new) for line in e.lines]) for e in entries]


UNITED = "“92 bodies”, according to United Nations"


def test_an_event_that_nobody_has_changed_has_no_record(client):
    event = houla()
    assert told(event) == []
    assert "Record of changes" not in text(client.get(event.get_absolute_url()))


def test_what_was_changed_before_readers_saw_it_is_not_told(amal):
    entry = mention(article(), "Houla")
    event = events.event_for(entry, amal)
    events.correct_event(event, amal, {"title": "Killings"})
    with acting(amal, Right.PUBLISH, "accepted and published"):
        review.accept(entry, amal)
        events.publish(event, amal)
        events.correct_event(event, amal, {"title": "Killings in Houla"})
    assert told(event) == []


def test_a_corrected_toll_is_told_with_the_recount_that_follows_and_its_reason(amal):
    event = houla()
    review.correct_toll(TollClaim.objects.get(low=92), amal, {"low": 108, "high": 108}, "The final count.")
    assert told(event) == [
        (
            "The final count.",
            [("How many", UNITED, "92", "108"), ("Killed", "", "90–92, best estimate 92", "90–108, best estimate 108")],
        ),
    ]


def test_a_discounted_claim_is_told_with_why(amal):
    event = houla()
    review.correct_toll(TollClaim.objects.get(low=90), amal, {"discounted": "A first estimate."})
    ((_, lines),) = told(event)
    about = "“more than 90 people”, according to activists"
    assert lines[0] == ("Does not count any more", about, "", "A first estimate.")
    assert ("Killed", "", "90–92, best estimate 92", "92") in lines


def test_a_rejected_claim_and_one_added_are_told(amal):
    event = houla()
    review.reject_toll(TollClaim.objects.get(low=92), amal, "Counted elsewhere.")
    report = event.mentions.get().article
    start = report.text.index("32 of them children")
    review.add_toll(
        report,
        event.mentions.get(),
        amal,
        {
            "start": start,
            "end": start + 19,
            "harm": "killed",
            "low": 32,
            "high": 32,
            "source": source_named("residents"),
        },
    )
    added, rejected = told(event)
    assert added[1][0] == ("Figure added", "“32 of them children”, according to residents", "", "")
    assert rejected == (
        "Counted elsewhere.",
        [("Figure taken off", UNITED, "", ""), ("Killed", "", "90–92, best estimate 92", "90 or more")],
    )


def test_accepting_what_was_read_changes_nothing_for_readers(amal):
    event = houla()
    review.accept(event.mentions.get(), amal)
    assert told(event) == []


def test_a_report_added_and_taken_off_again_is_told_once_each(amal):
    event = houla()
    report = article("Monitors counted 110 dead in Houla. Houla was shelled.", title="A later count")
    first = mention(report, "Monitors counted 110 dead in Houla")
    claim(first, "110 dead", 110, 110, "monitors")
    second = mention(report, "Houla was shelled")
    with acting(amal, Right.REVIEW, "linked a report", "The same day."):
        events.link(first, event, amal)
        events.link(second, event, amal)
    review.reject(first, amal, "Another village.")
    (reason, off), (_, on) = told(event)
    assert on == [
        ("Report added", "“A later count”", "", ""),
        ("Killed", "", "90–92, best estimate 92", "90–110"),
        ("Contested", "", "no", "yes"),
    ]
    assert (reason, off[0]) == ("Another village.", ("Report taken off", "“A later count”", "", ""))


def test_the_fields_of_the_event_are_told_in_words(amal):
    event = houla()
    changes = {"latest": dt.date(2012, 5, 26), "precision": "range", "actors": [actor_named("Shabiha")]}
    events.correct_event(event, amal, {**changes, "title": "The Houla massacre"}, "It went on until dawn.")
    assert told(event) == [
        (
            "It went on until dawn.",
            [
                ("Date", "", "25 May 2012", "25–26 May 2012"),
                ("Actors", "", "nothing", "Shabiha"),
                ("Title", "", "Massacre in Houla", "The Houla massacre"),
            ],
        )
    ]


def test_an_event_merged_in_is_told_by_its_name_and_its_reports_not_besides(amal):
    event, other = houla(), another()
    merging.merge(event, [other], amal, "One massacre.")
    ((reason, lines),) = told(event)
    assert reason == "One massacre."
    assert lines[0] == ("Merged into this event", "“Killings in Taldou (110)”", "", "")
    assert "Report added" not in [line[0] for line in lines]
    undo(Act.objects.latest("id"), amal)
    (reason, lines), _ = told(event)
    assert reason == "An earlier change was undone."
    assert lines[0][:2] == ("An event of its own again", "“Killings in Taldou (110)”")


def test_of_a_draft_merged_in_only_its_reports_are_told(amal):
    event, draft = houla(), another(published=False)
    merging.merge(event, [draft], amal, "One massacre.")
    ((_, lines),) = told(event)
    assert lines[0] == ("Report added", "“110 counted”", "", "")
    assert "Taldou" not in str(lines)


def test_every_address_that_leads_here_is_told_those_by_way_of_others_too(amal):
    first, second, third = houla(), another(110), another(111)
    merging.merge(second, [first], amal, "One massacre.")
    merging.merge(third, [second], amal, "One massacre.")
    assert told(third)[0][1][0][1] == "“Killings in Taldou (110)”, “Massacre in Houla”"


def test_withdrawn_and_published_again_are_told(amal):
    event = houla()
    events.withdraw(event, amal, "The place was mistaken.")
    events.publish(event, amal, "It was right.")
    assert told(event) == [
        ("It was right.", [("Published again", "", "", "")]),
        ("The place was mistaken.", [("Withdrawn", "", "", "")]),
    ]


def test_a_claim_changed_while_its_entry_stood_behind_another_event_is_not_told_here(amal):
    event, other = houla(), another()
    entry = other.mentions.get()
    events.link(mention(article("More of Houla."), "Houla"), other, amal)
    events.link(entry, event, amal)
    events.link(entry, other, amal)
    review.correct_toll(entry.toll_claims.get(), amal, {"low": 116, "high": 116})
    assert "116" not in str(told(event))
    assert "116" in str(told(other))


# ---- The pages ----


def test_the_page_says_it_with_day_and_reason_and_names_no_editor(amal):
    event = houla()
    review.correct_toll(TollClaim.objects.get(low=92), amal, {"low": 108, "high": 108}, "The final count.")
    page = text(Client().get(event.get_absolute_url()))
    record = page[page.index("Record of changes") :]
    today = timezone.localdate()
    for words in (
        "How many",
        '<del dir="auto">92</del>',
        '<ins dir="auto">108</ins>',
        "The final count.",
        f"{today:%-d %B %Y}",
    ):
        assert words in record
    assert "amal" not in page


def test_a_withdrawn_page_says_what_when_and_why(amal, client):
    event = houla()
    review.correct_toll(TollClaim.objects.get(low=92), amal, {"low": 108, "high": 108}, "The final count.")
    events.withdraw(event, amal, "Told twice.")
    answer = client.get(event.get_absolute_url())
    assert answer.status_code == 410
    page = text(answer)
    for words in ("Massacre in Houla", "25 May 2012", "Houla, Homs", "Told twice.", "The final count."):
        assert words in page
    today = f"{timezone.localdate():%-d %B %Y}"
    assert page.count(today) >= 3
    assert "amal" not in page


def test_the_page_takes_as_many_queries_with_many_changes(amal, client, django_assert_num_queries):
    event = houla()
    toll = TollClaim.objects.get(low=92)

    def change(number: int) -> None:
        report = article(f"Report {number}: {number} dead in Houla.")
        entry = mention(report, f"{number} dead in Houla", actors=[f"Actor {number}"])
        claim(entry, f"{number} dead", number, number, f"source {number}")
        events.link(entry, event, amal)
        review.correct_toll(toll, amal, {"low": number, "high": number, "source": source_named(f"source {number}")})
        merging.merge(event, [another(200 + number)], amal, "One massacre.")

    change(101)
    with CaptureQueriesContext(connection) as few:
        client.get(event.get_absolute_url())
    for number in range(102, 107):
        change(number)
    with django_assert_num_queries(len(few)):
        client.get(event.get_absolute_url())
    assert len(few) < 25
