"""Two editors at one record: nobody is written over, not even at the same instant, and what both typed is told apart."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.db import connections

from tests.making import article, claim, houla, mention, person
from timeline.curation import events, meanwhile, review
from timeline.curation.acts import acting
from timeline.curation.meanwhile import ChangedMeanwhile, conflict, newest
from timeline.curation.rights import Right
from timeline.ingest.naming import actor_named, place_named
from timeline.models import Act, Event, Mention

pytestmark = pytest.mark.django_db


@pytest.fixture
def amal() -> User:
    return person("amal")


@pytest.fixture
def basma() -> User:
    return person("basma")


@pytest.fixture
def entry() -> Mention:
    made = mention(article(), "government forces killed more than 90 people in Houla on Friday")
    claim(made, "more than 90 people", 90, None, "activists", qualifier="more_than")
    return made


def again(record):
    """The record as another request would fetch it."""
    return type(record).objects.get(pk=record.pk)


def words(found: meanwhile.Conflict) -> dict[str, tuple[str, str, str]]:
    return {change.name: (change.saw, change.mine, change.theirs) for change in found.changes}


# ---- Who decides on an older version is stopped


@pytest.mark.parametrize(
    "decide",
    [
        lambda entry, user, seen: review.accept(entry, user, seen=seen),
        lambda entry, user, seen: review.reject(entry, user, seen=seen),
        lambda entry, user, seen: review.correct(entry, user, {"kind": "shooting"}, seen=seen),
        lambda entry, user, seen: events.relink(entry, None, user, seen=seen),
    ],
)
def test_a_decision_on_an_overtaken_version_of_an_entry_is_refused_and_leaves_nothing(entry, amal, basma, decide):
    seen = newest(entry)
    stale = again(entry)
    review.correct(entry, basma, {"title": "Killings in Houla"})
    versions, acts = entry.history.count(), Act.objects.count()
    with pytest.raises(ChangedMeanwhile, match="was changed by somebody else"):
        decide(stale, amal, seen)
    assert (entry.history.count(), Act.objects.count()) == (versions, acts)
    entry.refresh_from_db()
    assert (entry.title, entry.kind, entry.status) == ("Killings in Houla", "massacre", "corrected")


@pytest.mark.parametrize("decide", [review.accept_toll, review.reject_toll])
def test_a_decision_on_an_overtaken_toll_is_refused(entry, amal, basma, decide):
    toll = entry.toll_claims.get()
    seen, stale = newest(toll), again(toll)
    review.correct_toll(toll, basma, {"low": 92})
    with pytest.raises(ChangedMeanwhile):
        decide(stale, amal, seen=seen)
    with pytest.raises(ChangedMeanwhile):
        review.correct_toll(stale, amal, {"low": 108}, seen=seen)
    assert again(toll).low == 92


def test_publishing_or_withdrawing_an_overtaken_event_is_refused(amal, basma):
    event = houla()
    seen, stale = newest(event), again(event)
    events.correct_event(event, basma, {"title": "Killings in Houla"})
    for decide in (events.publish, lambda *a, seen: events.withdraw(*a, "told twice", seen=seen)):
        with pytest.raises(ChangedMeanwhile):
            decide(stale, amal, seen=seen)
    assert again(event).status == "published"


def test_a_decision_on_the_version_that_stands_goes_through(entry, amal, basma):
    review.correct(entry, basma, {"title": "Killings in Houla"})
    review.correct(entry, amal, {"kind": "shooting"}, seen=newest(entry))
    assert (again(entry).title, again(entry).kind) == ("Killings in Houla", "shooting")


def test_what_follows_by_rule_is_no_change_of_a_colleague(amal):
    event = houla()
    seen = newest(event)
    other = mention(article("Residents told of 108 dead in Houla."), "108 dead in Houla")
    claim(other, "108 dead", 108, 108, "residents")
    events.link(other, event, None)
    assert newest(event) != seen
    assert again(event).killed_high == 108
    events.correct_event(event, amal, {"summary": "Villagers were killed."}, seen=seen)
    assert again(event).summary == "Villagers were killed."


def test_figures_that_an_editor_set_are_a_change_of_a_colleague(amal, basma):
    event = houla()
    seen = newest(event)
    events.correct_event(
        event, basma, {"killed_best": 92, "toll_by_editor": True, "toll_basis": "the observers counted"}
    )
    with pytest.raises(ChangedMeanwhile):
        events.correct_event(event, amal, {"summary": "Villagers were killed."}, seen=seen)


def test_one_act_may_change_a_record_twice(entry, amal):
    toll = entry.toll_claims.get()
    seen = newest(toll)
    with acting(amal, Right.REVIEW, "corrected the whole entry"):
        review.correct(entry, amal, {"kind": "shooting"}, seen=newest(entry))
        assert newest(toll) != seen  # it was accepted with the entry
        review.correct_toll(toll, amal, {"low": 92}, seen=seen)
    assert again(toll).low == 92


def test_a_record_that_the_engine_has_replaced_is_said_to_be_gone(entry, amal):
    stale = again(entry)
    entry.toll_claims.all().delete()
    entry.delete()
    with pytest.raises(meanwhile.Gone, match="read anew"):
        review.accept(stale, amal, seen=1)


# ---- An instance that was fetched earlier writes nothing old


def test_a_decision_with_an_instance_of_before_leaves_a_colleagues_fields_and_history_alone(entry, amal, basma):
    stale = again(entry)
    review.correct(entry, basma, {"title": "Killings in Houla", "actors": ["government forces"]})
    review.correct(stale, amal, {"kind": "shooting"})
    now, version = again(entry), entry.history.first()
    for one in (stale, now, version):
        assert (one.title, one.kind, one.actors) == ("Killings in Houla", "shooting", ["government forces"])


def test_linking_with_an_instance_of_before_leaves_a_colleagues_event_and_entry_alone(amal, basma):
    event = houla()
    other = mention(article("Residents told of 108 dead in Houla."), "108 dead", actors=["government forces"])
    stale_event, stale_entry = again(event), again(other)
    events.correct_event(event, basma, {"title": "Killings in Houla"})
    review.correct(other, basma, {"kind": "shooting"})
    events.link(stale_entry, stale_event, amal)
    assert {version.title for version in event.history.filter(history_user=amal)} == {"Killings in Houla"}
    assert [version.kind for version in other.history.filter(history_user=amal)] == ["shooting"]
    assert again(other).event == event


# ---- At the same instant


@pytest.fixture
def at_once(transactional_db) -> Callable[..., list[Exception | None]]:
    """Run functions in threads that start together, each with a connection of its own; gives what each raised."""

    def run(*work: Callable[[], object]) -> list[Exception | None]:
        start = threading.Barrier(len(work), timeout=30)
        outcome: list[Exception | None] = [None] * len(work)

        def one(number: int, do: Callable[[], object]) -> None:
            start.wait()
            try:
                do()
            except Exception as error:
                outcome[number] = error
            finally:
                connections.close_all()

        threads = [threading.Thread(target=one, args=pair) for pair in enumerate(work)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        return outcome

    return run


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("attempt", range(4))
def test_of_two_who_save_at_the_same_instant_one_is_told_and_neither_is_written_over(at_once, attempt):
    amal, basma = person("amal"), person("basma")
    entry = mention(article(), "92 bodies")
    seen = newest(entry)
    # Fetched before either saves, as two open pages are.
    one, other = again(entry), again(entry)
    by_amal = {"title": "By amal", "kind": "shooting", "precision": "day"}
    by_basma = {"title": "By basma", "kind": "massacre", "precision": "unknown"}
    outcome = at_once(
        lambda: review.correct(one, amal, {"title": "By amal", "kind": "shooting"}, seen=seen),
        lambda: review.correct(other, basma, {"title": "By basma", "precision": "unknown"}, seen=seen),
    )
    assert sorted(type(error).__name__ for error in outcome) == ["ChangedMeanwhile", "NoneType"]
    stands, versions = again(entry), entry.history.count()
    winner = by_basma if outcome[0] else by_amal
    assert {name: getattr(stands, name) for name in winner} == winner
    assert versions == 2


@pytest.mark.django_db(transaction=True)
def test_decisions_on_different_fields_at_the_same_instant_both_stand(at_once):
    """Without ``seen``, as commands and bulk actions decide: each writes its own fields over the row as it is."""
    amal, basma = person("amal"), person("basma")
    entry = mention(article(), "92 bodies")
    toll = claim(entry, "92 bodies", 92, 92, "United Nations")
    event = events.create_event([entry], None)
    one, other, figure = again(entry), again(entry), again(toll)
    assert at_once(
        lambda: review.correct(one, amal, {"title": "By amal"}),
        lambda: review.correct(other, basma, {"kind": "shooting"}),
        lambda: review.correct_toll(figure, basma, {"low": 90, "qualifier": "at_least"}),
    ) == [None, None, None]
    stands = again(entry)
    assert (stands.title, stands.kind, again(toll).low) == ("By amal", "shooting", 90)
    assert Event.objects.get(pk=event.pk).killed_low == 90


# ---- Field by field


def test_a_conflict_says_what_i_saw_what_i_typed_and_what_stands_with_who_and_when(entry, basma):
    seen = newest(entry)
    review.correct(entry, basma, {"title": "Killings in Houla", "latest": dt.date(2012, 5, 26), "precision": "range"})
    place = place_named("Aleppo", "Aleppo")
    found = conflict(entry, seen, {"title": "Killings in Taldou", "place": place, "kind": "massacre"})
    assert words(found) == {
        "status": ("Extracted", "Extracted", "Corrected"),
        "title": ("Massacre in Houla", "Killings in Taldou", "Killings in Houla"),
        "latest": ("25 May 2012", "25 May 2012", "26 May 2012"),
        "precision": ("day", "day", "range"),
        "date_basis": ("(empty)", "(empty)", "as an editor reads it"),
        "place": ("Houla", "Aleppo", "Houla"),
    }
    assert [change.name for change in found.both] == ["title"]
    assert [change.name for change in found.mine] == ["title", "place"]
    (title,) = found.both
    assert (title.label, title.by) == ("Title", "basma")
    assert title.at == entry.history.first().history_date
    assert found.who == "basma"
    assert found.newest == newest(entry)


def test_where_both_typed_the_same_there_is_nothing_to_choose(entry, basma):
    seen = newest(entry)
    review.correct(entry, basma, {"title": "Killings in Houla"})
    found = conflict(entry, seen, {"title": "Killings in Houla"})
    assert found.both == []


def test_a_conflict_names_whoever_changed_the_field_last(entry, amal, basma):
    seen = newest(entry)
    review.correct(entry, basma, {"title": "Killings in Houla"})
    review.correct(entry, amal, {"kind": "shooting"})
    by = {change.name: change.by for change in conflict(entry, seen, {"title": "Mine"}).changes}
    assert (by["title"], by["kind"]) == ("basma", "amal")
    assert conflict(entry, seen, {}).who == "basma and amal"


def test_a_conflict_over_an_events_actors_is_in_their_names(basma):
    event = houla()
    army, police = actor_named("the army"), actor_named("the police")
    seen = newest(event)
    event.actors.set([army])
    found = conflict(event, seen, {"actors": Event.actors.field.related_model.objects.filter(pk=police.pk)})
    assert words(found)["actors"] == ("(empty)", str(police), str(army))


def test_a_version_that_the_record_never_had_is_refused(entry):
    with pytest.raises(LookupError, match="no version 999999"):
        conflict(entry, 999_999, {})


def test_a_decision_with_a_version_to_check_takes_one_query_more(entry, amal, django_assert_num_queries):
    seen = newest(entry)
    with django_assert_num_queries(1):
        meanwhile.check(entry, seen)
