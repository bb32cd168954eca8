"""Dating an undated report: what becomes of its entries, of what an editor decided, and how it is taken back."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.auth.models import User

from tests.making import houla, person
from timeline.curation import dating, review
from timeline.extraction import extract
from timeline.extraction.records import KnownEvent
from timeline.ingest.naming import place_named
from timeline.ingest.store import apply_extraction
from timeline.models import Article, Event
from timeline.query.known_events import known_events

pytestmark = pytest.mark.django_db

DAY = dt.date(2012, 5, 30)
# "More than 90" and 92 are what the event of tests/making.py has.
TEXT = (
    "A minister said on Wednesday that the massacre of 92 people in Houla last week was a crime. "
    "Shelling killed four people in Homs on Tuesday."
)


@pytest.fixture
def amal() -> User:
    return person("amal")


@pytest.fixture
def undated() -> Article:
    article = Article.objects.create(title="A minister speaks of Houla", text=TEXT)
    apply_extraction(article, extract(TEXT))
    return article


def days_of(article: Article) -> dict[str, dt.date | None]:
    return {mention.kind: mention.earliest for mention in article.mentions.all()}


def test_a_published_event_that_the_report_tells_of_proposes_its_day(undated):
    assert dating.proposals(undated) == ()
    houla()
    first, *_ = dating.proposals(undated)
    assert first.date == DAY
    assert "“Massacre in Houla” (Friday 25 May 2012" in first.basis


def test_of_a_very_long_text_the_days_found_when_it_came_in_are_proposed(undated, monkeypatch):
    houla()
    undated.extraction = extract(f"Published: 30 May 2012. {TEXT}").as_dict()
    monkeypatch.setattr(dating, "LONGEST_READ_ANEW", 10)
    (stored,) = dating.proposals(undated)
    assert (stored.date, stored.basis) == (DAY, "'30 May 2012' is labelled as the day of publication")


def test_a_dated_report_needs_no_proposals(undated, amal):
    houla()
    dating.date_report(undated, DAY, amal)
    assert dating.proposals(undated) == ()


def test_once_dated_everything_relative_resolves(undated, amal):
    assert set(days_of(undated).values()) == {None}
    done = dating.date_report(undated, DAY, amal, "as proposed")
    assert days_of(undated)["shelling"] == dt.date(2012, 5, 29)
    assert days_of(undated)["massacre"] == dt.date(2012, 5, 21)
    assert (done.words_before, done.words_now) == (0, 3)
    assert done.entries_now - done.entries_before == undated.mentions.count()
    assert str(done) == f"3 words of time resolved, {undated.mentions.count()} more entries dated."


def test_the_history_says_who_dated_it_and_why(undated, amal):
    dating.date_report(undated, DAY, amal, "the paper of that day has it")
    newest = undated.history.first()
    assert (newest.published, newest.history_user, newest.history_change_reason) == (
        DAY,
        amal,
        "the paper of that day has it",
    )


def test_what_an_editor_decided_is_not_touched(undated, amal):
    entry = undated.mentions.get(kind="shelling")
    review.correct(entry, amal, {"earliest": dt.date(2012, 5, 28), "latest": dt.date(2012, 5, 28), "precision": "day"})
    done = dating.date_report(undated, DAY, amal)
    entry.refresh_from_db()
    assert entry.earliest == dt.date(2012, 5, 28)
    assert entry.disagreement["earliest"] == {"stands": "2012-05-28", "engine": "2012-05-29"}
    assert done.changes.protected == 1
    assert str(done).endswith("; 1 entry left as decided.")


def test_taking_the_day_back_leaves_the_report_as_it_was(undated, amal):
    entries, read = days_of(undated), undated.extraction
    dating.date_report(undated, DAY, amal)
    assert dating.was_undated(undated)
    done = dating.date_report(undated, None, amal)
    undated.refresh_from_db()
    assert (undated.published, days_of(undated), undated.extraction) == (None, entries, read)
    assert "3 words of time unresolved again" in str(done)


def test_a_day_to_come_is_refused(undated, amal):
    with pytest.raises(dating.CannotDate, match="in the future"):
        dating.date_report(undated, dt.date(2999, 1, 1), amal)
    undated.refresh_from_db()
    assert undated.published is None


def test_a_colleague_who_was_first_is_not_written_over(undated, amal):
    mine = Article.objects.get(pk=undated.pk)
    dating.date_report(undated, DAY, amal)
    with pytest.raises(dating.CannotDate, match=r"it has Wednesday 30 May 2012\. Nothing was changed"):
        dating.date_report(mine, dt.date(2012, 6, 6), amal)


# Which events are asked


def test_only_published_events_at_its_places_with_its_kinds_and_tolls_are_known(undated, django_assert_max_num_queries):
    told = houla()
    homs = place_named("Homs", "Homs")

    def event(slug: str, **values: object) -> Event:
        fields = {"title": slug, "kind": "massacre", "place": told.place, "status": "published", **values}
        return Event.objects.create(slug=slug, earliest=DAY, latest=DAY, **fields)

    event("other-toll", killed_low=9, killed_best=9, killed_high=9)
    event("elsewhere", killed_low=92, killed_best=92, killed_high=92, place=place_named("Idlib", "Idlib"))
    event("draft", killed_low=92, killed_best=92, killed_high=92, status="draft")
    event("in-the-governorate", killed_low=92, killed_best=92, killed_high=92, place=homs)
    event("other-kind", place=homs, kind="protest")
    with django_assert_max_num_queries(8):
        known = known_events(undated)
    assert {found.name for found in known} == {told.title, "in-the-governorate"}
    assert KnownEvent(told.title, "Houla", "Homs", "massacre", told.earliest, told.latest, 90, 92) in known


def test_the_gazetteer_name_is_asked_for_whatever_an_editor_calls_the_place(undated):
    event = houla()
    event.place.name = "Al-Houla plain"
    event.place.save()
    assert known_events(undated)[0].place == "Houla"


def test_many_events_are_asked_for_in_a_limited_number(undated):
    told = houla()
    Event.objects.bulk_create(
        Event(
            slug=f"e{n}",
            title=f"e{n}",
            kind="massacre",
            place=told.place,
            status="published",
            earliest=DAY,
            latest=DAY,
            killed_best=92,
        )
        for n in range(300)
    )
    assert len(known_events(undated)) <= 120


def test_the_list_proposes_what_the_page_does(undated, amal):
    houla()
    dating.date_report(undated, DAY, amal)
    dating.date_report(undated, None, amal)
    undated.refresh_from_db()
    stored = [proposal["date"] for proposal in undated.extraction["suggested_published"]]
    assert stored[0] == DAY.isoformat()
    assert stored == [proposal.date.isoformat() for proposal in dating.proposals(undated)]
