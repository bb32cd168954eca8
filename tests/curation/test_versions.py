"""Going back to a version of a record keeps every rule, is an act, and can be undone; versions differ in words."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from tests.making import article, claim, houla, mention, person
from timeline.curation import events, merging, names, review
from timeline.curation.dating import date_report
from timeline.curation.rights import NotAllowedTo
from timeline.curation.undo import undo
from timeline.curation.versions import CannotRevert, differences, revert
from timeline.ingest.naming import actor_named, place_named, source_named
from timeline.models import Act, Actor, Event, Mention, TollClaim

pytestmark = pytest.mark.django_db


@pytest.fixture
def amal():
    return person("amal")


def newest() -> Act:
    return Act.objects.latest("id")


def told(record) -> list[tuple[str, str, str]]:
    """How the newest version of a record differs from the one before."""
    newer, older = record.history.order_by("-history_id")[:2]
    return [(one.label, one.old, one.new) for one in differences(older, newer)]


# ---- In words ----


def test_a_date_is_told_in_words_as_one(amal):
    entry = mention(article(), "Houla")
    review.correct(entry, amal, {"earliest": dt.date(2012, 5, 1), "latest": dt.date(2012, 5, 31), "precision": "month"})
    assert ("Date", "25 May 2012", "May 2012") in told(entry)


def test_places_sources_and_actors_are_told_by_name(amal):
    entry = houla().mentions.get()
    toll = entry.toll_claims.get(low=92)
    review.correct_toll(toll, amal, {"source": source_named("residents")})
    assert ("Source", "United Nations", "residents") in told(toll)
    review.correct(entry, amal, {"place": place_named("Hama", "Hama"), "actors": ["Shabiha", "Syrian army"]})
    assert ("Place", "Houla, Homs governorate", "Hama, Hama governorate") in told(entry)
    assert ("Actors", "nothing", "Shabiha; Syrian army") in told(entry)
    event = Event.objects.get()
    events.correct_event(event, amal, {"actors": [actor_named("Shabiha")]})
    assert told(event) == [("Actors", "nothing", "Shabiha")]


def test_a_toll_is_told_as_it_is_said(amal):
    toll = houla().mentions.get().toll_claims.get(low=92)
    review.correct_toll(toll, amal, {"low": 108, "high": None, "qualifier": "at_least", "discounted": "Counted twice."})
    assert ("How many", "92", "at least 108") in told(toll)
    assert ("Does not count, because", "nothing", "Counted twice.") in told(toll)


def test_no_key_and_no_json_is_ever_shown(amal):
    event = houla()
    entry = event.mentions.get()
    other = events.create_event([mention(article("More of Houla."), "Houla", title="More")], amal)
    events.link(mention(article("And more of Houla."), "Houla"), event, amal)
    events.link(entry, other, amal)
    assert ("Event", "“Massacre in Houla”", "“More”") in told(entry)
    merging.merge(event, [other], amal, "One massacre.")
    other.refresh_from_db()
    assert ("State", "draft", "merged into “Massacre in Houla”") in told(other)


# ---- Going back ----


def test_an_entry_goes_back_with_its_event_its_date_and_its_place_in_the_queue(amal):
    entry = mention(article(), "Houla")
    first = entry.history.first()
    review.correct(entry, amal, {"kind": "shelling", "earliest": dt.date(2012, 5, 24), "actors": ["Shabiha"]})
    event = events.event_for(entry, amal)
    revert(entry, first, amal, "nothing of it held")
    entry.refresh_from_db()
    assert (entry.kind, entry.earliest, entry.actors) == ("massacre", dt.date(2012, 5, 25), [])
    assert (entry.status, entry.reviewed_by, entry.event) == ("extracted", None, None)
    act = newest()
    assert act.words.startswith("put “Massacre in Houla” back to how it stood on ")
    undo(act, amal)
    entry.refresh_from_db()
    assert (entry.kind, entry.status, entry.event) == ("shelling", "corrected", event)


def test_a_published_event_is_not_left_without_a_report_by_going_back(amal):
    entry = mention(article(), "Houla")
    first = entry.history.first()
    events.publish(events.event_for(entry, amal), amal)
    with pytest.raises(events.LastEntry):
        revert(entry, first, amal)
    review.accept(entry, amal)
    entry.refresh_from_db()
    assert entry.event is not None


def test_a_rejected_version_is_not_gone_back_to_behind_a_published_event(amal):
    entry = mention(article(), "Houla")
    review.reject(entry, amal)
    rejected = entry.history.first()
    review.accept(entry, amal)
    events.publish(events.event_for(entry, amal), amal)
    with pytest.raises(events.LastEntry):
        revert(entry, rejected, amal)
    entry.refresh_from_db()
    assert entry.status == "accepted"


def test_an_event_goes_back_but_neither_its_state_nor_its_public_address(amal):
    entry = mention(article(), "Houla")
    event = events.event_for(entry, amal)
    events.correct_event(event, amal, {"slug": "draft-address", "actors": [actor_named("Shabiha")]})
    drafted = event.history.first()
    events.correct_event(event, amal, {"slug": "houla", "title": "Killings", "actors": []})
    events.publish(event, amal)
    revert(event, drafted, amal)
    event.refresh_from_db()
    assert (event.slug, event.status, event.title) == ("houla", "published", "Massacre in Houla")
    assert [actor.name for actor in event.actors.all()] == ["Shabiha"]
    events.withdraw(event, amal, "Told twice.")
    published = event.history.filter(status="published").first()
    revert(event, published, amal)
    event.refresh_from_db()
    assert event.status == "withdrawn"


def test_a_toll_set_by_an_editor_comes_back_and_one_by_the_rule_follows_the_claims_of_today(amal):
    event = houla()
    by_rule = event.history.first()
    events.correct_event(event, amal, {"killed_best": 108, "killed_high": 108, "toll_basis": "The final count."})
    by_editor = event.history.first()
    review.correct_toll(TollClaim.objects.get(low=92), amal, {"low": 95, "high": 95})
    revert(event, by_rule, amal)
    event.refresh_from_db()
    assert (event.killed_low, event.killed_high, event.toll_by_editor) == (90, 95, False)
    revert(event, by_editor, amal)
    event.refresh_from_db()
    assert (event.killed_best, event.killed_high, event.toll_basis) == (108, 108, "The final count.")


def test_a_toll_claim_goes_back_and_the_event_is_counted_anew(amal):
    event = houla()
    toll = TollClaim.objects.get(low=92)
    first = toll.history.first()
    review.correct_toll(toll, amal, {"scope": "cumulative", "source": source_named("residents")})
    event.refresh_from_db()
    assert event.killed_words == "90 or more"
    revert(toll, first, amal)
    toll.refresh_from_db()
    event.refresh_from_db()
    assert (toll.scope, toll.source.name, toll.mention) == ("event", "United Nations", event.mentions.get())
    assert event.killed_words == "90–92"


def test_a_claim_does_not_become_a_part_of_its_own_part_by_going_back(amal):
    entry = houla().mentions.get()
    whole, part = entry.toll_claims.get(low=92), claim(entry, "32 of them children", 32, 32, "United Nations")
    review.correct_toll(whole, amal, {"part_of": part})
    upside_down = whole.history.first()
    review.correct_toll(whole, amal, {"part_of": None})
    review.correct_toll(part, amal, {"part_of": whole})
    with pytest.raises(CannotRevert, match="a part of one of its own parts"):
        revert(whole, upside_down, amal)


def test_a_report_goes_back_to_its_title_and_day_and_is_read_anew(amal):
    report = article("Two car bombs killed 55 people in Damascus on Thursday.", published=None)
    first = report.history.first()
    date_report(report, dt.date(2012, 5, 11), amal)
    assert Mention.objects.filter(earliest=dt.date(2012, 5, 10)).exists()
    report.refresh_from_db()
    revert(report, first, amal)
    report.refresh_from_db()
    assert report.published is None
    assert not Mention.objects.filter(earliest__isnull=False).exists()


def test_names_go_back_but_not_what_was_decided_about_them(amal):
    source, actor, place = source_named("A Local Office"), actor_named("Shabiha"), place_named("Houla", "Homs")
    firsts = [record.history.first() for record in (source, actor, place)]
    for record, name in ((source, "The Local Office"), (actor, "Shabbiha"), (place, "Al-Houla")):
        record.name = name
        names.save_name(record, amal)
    names.confirm([source], amal)
    for record, first in zip((source, actor, place), firsts, strict=True):
        revert(record, first, amal)
        record.refresh_from_db()
    assert (source.name, source.status, actor.name, place.name) == ("A Local Office", "known", "Shabiha", "Houla")


def test_a_name_that_somebody_else_bears_now_is_not_taken_back(amal):
    actor = actor_named("Shabiha")
    first = actor.history.first()
    actor.name = "Shabbiha"
    names.save_name(actor, amal)
    Actor.objects.create(name="Shabiha", slug="other")
    with pytest.raises(ValidationError, match="already exists"):
        revert(actor, first, amal)


def test_of_a_merged_event_no_version_is_gone_back_to(amal):
    kept = houla()
    other = events.create_event([mention(article("More of Houla."), "Houla")], amal)
    first = other.history.first()
    merging.merge(kept, [other], amal, "One massacre.")
    with pytest.raises(events.MergedAway):
        revert(other, first, amal)


def test_a_version_of_another_record_is_none_of_this_one(amal):
    first, second = mention(article(), "Houla"), mention(article("Houla again."), "Houla")
    with pytest.raises(CannotRevert, match="no version of"):
        revert(first, second.history.first(), amal)


def test_going_back_needs_the_right_to_decide(amal):
    entry = mention(article(), "Houla")
    with pytest.raises(NotAllowedTo):
        revert(entry, entry.history.first(), person("samir", "Contributor"))


def test_going_back_to_what_stands_leaves_no_trace(amal):
    event = houla()
    revert(event, event.history.first(), amal)
    assert not Act.objects.filter(by=amal).exists()
