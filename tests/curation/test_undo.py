"""Undoing acts in any order: nothing that somebody did since is lost, nothing half-done is left, and it stays fast."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.at_once import at_once
from tests.making import article, claim, houla, mention, person
from timeline.curation import dating, desk, events, merging, review
from timeline.curation.acts import acting
from timeline.curation.rights import Right
from timeline.curation.undo import CannotUndo, undo
from timeline.extraction import extract
from timeline.ingest.naming import actor_named, source_named
from timeline.ingest.store import apply_extraction
from timeline.models import Act, Article, Event, Mention, Source, TollClaim

pytestmark = pytest.mark.django_db


@pytest.fixture
def amal():
    return person("amal")


def newest() -> Act:
    return Act.objects.latest("id")


def drafted(words: str, amal, **values) -> tuple[Mention, Event]:
    entry = mention(article(words), words, title=words, **values)
    return entry, events.event_for(entry, amal)


# ---- In any order ----


def test_undoing_the_first_of_two_corrections_keeps_the_entry_decided(amal):
    entry = mention(article(), "Houla")
    review.correct(entry, amal, {"title": "Killings in Houla"})
    first = newest()
    review.correct(entry, amal, {"kind": "shelling"})
    undo(first, amal)
    entry.refresh_from_db()
    # Were it 'extracted' again, a re-run of the engine would replace the second correction.
    assert (entry.title, entry.kind, entry.status) == ("Massacre in Houla", "shelling", "corrected")


def test_undoing_an_act_keeps_the_actors_that_a_colleague_named_since(amal):
    event = houla()
    events.correct_event(event, amal, {"title": "The Houla massacre", "actors": [actor_named("Syrian army")]})
    act = newest()
    events.correct_event(event, person("basma"), {"actors": [actor_named("Syrian army"), actor_named("Shabiha")]})
    undo(act, amal)
    event.refresh_from_db()
    assert event.title == "Massacre in Houla"
    assert [actor.name for actor in event.actors.all()] == ["Shabiha"]


def test_an_actor_that_another_entry_names_stays_when_a_link_is_undone(amal):
    _, event = drafted("Shabiha came to Houla.", amal, actors=["Shabiha"])
    more = mention(article("Shabiha and tanks came to Houla."), "Houla", actors=["Shabiha", "Syrian army"])
    events.link(more, event, amal)
    undo(newest(), amal)
    assert [actor.name for actor in event.actors.all()] == ["Shabiha"]


def test_a_toll_given_back_to_the_rule_does_not_bind_the_undoing_to_what_the_rule_says(amal):
    event = houla()
    events.correct_event(event, amal, {"killed_best": 108, "killed_high": 108, "toll_basis": "The final count."})
    events.correct_event(event, amal, {"toll_by_editor": False})
    given_back = newest()
    event.refresh_from_db()
    assert (event.killed_high, event.toll_basis) == (92, "")
    review.correct_toll(TollClaim.objects.get(low=92), amal, {"low": 95, "high": 95})
    undo(given_back, amal)
    event.refresh_from_db()
    assert (event.killed_best, event.killed_high, event.toll_basis) == (108, 108, "The final count.")


def test_an_entry_is_not_put_back_to_a_draft_that_is_gone(amal):
    entry, first = drafted("Shells fell on Houla.", amal)
    made = newest()
    _, second = drafted("Tanks shelled Houla.", amal)
    events.link(entry, second, amal)
    moved = newest()
    Event.objects.get(pk=first.pk).delete()
    with pytest.raises(CannotUndo, match="is gone since"):
        undo(moved, amal)
    with pytest.raises(CannotUndo):
        undo(made, amal)
    entry.refresh_from_db()
    assert entry.event == second


def test_a_draft_that_others_were_merged_into_is_not_unmade(amal):
    _, kept = drafted("Shells fell on Houla.", amal)
    made = newest()
    _, other = drafted("Tanks shelled Houla.", amal)
    merging.merge(kept, [other], amal, "One shelling.")
    with pytest.raises(CannotUndo):
        undo(made, amal)
    assert kept.mentions.count() == 2


def test_a_draft_whose_address_was_taken_since_does_not_come_back(amal):
    entry, event = drafted("Shells fell on Houla.", amal)
    gone = undo(newest(), amal)
    events.create_event([mention(entry.article, "Houla")], amal, slug=event.slug)
    with pytest.raises(CannotUndo, match="rests on it"):
        undo(gone, amal)


def test_accepted_and_published_in_one_act_is_undone_as_one(amal, client):
    entry = mention(article(), "Houla")
    with acting(amal, Right.PUBLISH, "accepted and published"):
        review.accept(entry, amal)
        events.publish(events.event_for(entry, amal), amal)
    event = Event.objects.get()
    undo(newest(), amal)
    entry.refresh_from_db()
    event.refresh_from_db()
    assert (entry.status, entry.event, event.status) == ("extracted", None, "withdrawn")
    assert client.get(event.get_absolute_url()).status_code == 410
    undo(newest(), amal)
    entry.refresh_from_db()
    event.refresh_from_db()
    assert (entry.status, entry.event, event.status, event.killed_low) == ("accepted", event, "published", None)


def test_the_words_of_an_undoing_stay_short_however_often_it_goes_to_and_fro(amal):
    review.accept(mention(article(), "Houla"), amal)
    for words in ("undid: ", "did again: ", "undid: "):
        undo(newest(), amal)
        assert newest().words == f"{words}accepted “Massacre in Houla”"


# ---- Parts, wholes, moved claims, names, days ----


def test_a_part_goes_back_to_its_whole_when_the_whole_is_brought_back(amal):
    entry = houla().mentions.get()
    whole = TollClaim.objects.get(low=92)
    part = claim(entry, "32 of them children", 32, 32, "United Nations", part_of=whole)
    with acting(amal, Right.REVIEW, "took the part off and moved the whole"):
        review.correct_toll(part, amal, {"part_of": None})
        review.correct_toll(whole, amal, {"scope": "cumulative"})
    event = Event.objects.get()
    assert event.killed_words != "90–92"
    undo(newest(), amal)
    part.refresh_from_db()
    event.refresh_from_db()
    assert (part.part_of, part.mention, event.killed_words) == (whole, entry, "90–92")


def test_a_claim_moved_to_another_entry_goes_back_and_both_events_are_counted_anew(amal):
    event = houla()
    toll = TollClaim.objects.get(low=92)
    other = mention(toll.article, "The government denied", title="Denied")
    second = events.create_event([other], amal)
    review.correct_toll(toll, amal, {"mention": other})
    event.refresh_from_db()
    second.refresh_from_db()
    assert (event.killed_words, second.killed_words) == ("90 or more", "92")
    undo(newest(), amal)
    event.refresh_from_db()
    second.refresh_from_db()
    assert (event.killed_words, second.killed_words) == ("90–92", "")


def test_a_figure_goes_back_to_the_name_that_its_source_was_merged_into_since(amal):
    houla()
    toll = TollClaim.objects.get(low=92)
    nations, office = toll.source, source_named("UN Human Rights Office")
    review.correct_toll(toll, amal, {"source": source_named("residents")})
    act = newest()
    Source.objects.filter(pk=nations.pk).update(merged_into=office)
    undo(act, amal)
    toll.refresh_from_db()
    assert toll.source == office


UNDATED = (
    "Two car bombs killed 55 people in Damascus on Thursday, according to the Interior Ministry. Hama was shelled."
)


def test_a_day_given_is_taken_back_with_all_that_was_read_by_it_and_given_again(amal):
    report = article(UNDATED, published=None)
    apply_extraction(report, extract(report.text, None))
    before = entries(report)
    dating.date_report(report, dt.date(2012, 5, 11), amal)
    dated = entries(report)
    assert dated != before
    undo(newest(), amal)
    assert entries(report) == before
    undo(newest(), amal)
    assert entries(report) == dated
    assert Article.objects.get().published == dt.date(2012, 5, 11)


def entries(report: Article) -> list[tuple[object, ...]]:
    found = Mention.objects.filter(article=report).order_by("start")
    tolls = TollClaim.objects.filter(article=report).order_by("start")
    return [
        *found.values_list("quote", "status", "earliest", "latest", "precision", "date_basis"),
        *tolls.values_list("quote", "status", "low", "high"),
    ]


# ---- At once, and in bulk ----


def decided(count: int, amal) -> Act:
    made = [
        mention(article(f"Report {number} of {count}: Houla was shelled."), "Houla was shelled")
        for number in range(count)
    ]
    with acting(amal, Right.REVIEW, f"accepted {count} entries"):
        for entry in made:
            review.accept(entry, amal)
    return newest()


def test_finding_what_an_act_changed_takes_as_many_queries_for_many_records(amal):
    few, many = decided(2, amal), decided(12, amal)

    def reads(act: Act) -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            undo(act, amal)
        return sum(query["sql"].startswith("SELECT") for query in queries)

    assert reads(few) == reads(many)


@pytest.mark.django_db(transaction=True)
def test_two_who_undo_one_act_at_once_undo_it_once(amal, tmp_path):
    entry = mention(article(), "Houla")
    review.accept(entry, amal)
    act = newest()
    told = at_once(tmp_path, *[lambda: undo(Act.objects.get(pk=act.pk), amal)] * 2)
    assert sorted(told) == ["done", "“accepted “Massacre in Houla”” was undone already."]
    assert Act.objects.filter(undoes=act).count() == 1
    entry.refresh_from_db()
    assert entry.status == "extracted"


# ---- What an act made ----


def test_a_report_stays_whoever_undoes_its_coming_in():
    """A contributor could take parts off their whole on a public page: what was read came in with the report."""
    contributor = person("noor", "Contributor")
    with acting(contributor, Right.ADD_REPORTS, "added a report"):
        report = article()
        apply_extraction(report, extract(report.text, report.published))
    parts = list(TollClaim.objects.order_by("pk").values_list("pk", "part_of"))
    assert any(whole for _, whole in parts)
    with pytest.raises(CannotUndo, match="stays"):
        undo(newest(), contributor)
    assert list(TollClaim.objects.order_by("pk").values_list("pk", "part_of")) == parts


def test_an_added_entry_that_a_colleague_has_decided_on_since_is_not_rejected(amal):
    added, act = desk.add(article(), amal, 0, 30)
    review.correct(Mention.objects.get(pk=added.pk), person("basma"), {"title": "Killings in Houla"}, "as it says")
    with pytest.raises(CannotUndo, match="decided on since"):
        undo(act, amal)
    assert Mention.objects.get(pk=added.pk).status == "corrected"


def test_an_added_entry_that_a_colleague_has_linked_since_is_not_taken_off(amal):
    added, act = desk.add(article(), amal, 0, 30)
    event = events.event_for(Mention.objects.get(pk=added.pk), person("basma"))
    with pytest.raises(CannotUndo, match="linked"):
        undo(act, amal)
    assert Mention.objects.get(pk=added.pk).event == event
