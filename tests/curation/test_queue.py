"""Who has which entry in hand: what is taken, kept, let go, put behind and assigned, and who may."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from tests.making import article, houla, mention, person
from timeline.curation import events, queue, review
from timeline.curation.rights import NotAllowedTo
from timeline.models import Assignment, Lease, Mention
from timeline.query.review_queue import QueueQuery

pytestmark = pytest.mark.django_db

ALL = QueueQuery()


@pytest.fixture
def amal() -> User:
    return person("amal", "Editor")


@pytest.fixture
def basma() -> User:
    return person("basma", "Editor")


@pytest.fixture
def entries() -> list[Mention]:
    """Three, the least sure first."""
    words = ("Alpha", "Beta", "Gamma")
    report = article("Alpha, Beta and Gamma were told.")
    return [mention(report, word, title=word, confidence=0.1 * n) for n, word in enumerate(words, 1)]


def run_out() -> None:
    Lease.objects.update(until=timezone.now() - dt.timedelta(seconds=1))


# ---- Taking ----


def test_two_editors_get_two_entries(entries, amal, basma):
    assert queue.take_next(amal, ALL) == entries[0]
    assert queue.take_next(basma, ALL) == entries[1]


def test_asking_again_gives_what_is_in_hand(entries, amal):
    assert queue.take_next(amal, ALL) == queue.take_next(amal, ALL) == entries[0]
    assert Lease.objects.count() == 1


def test_the_next_is_the_one_behind_and_behind_the_last_the_first(entries, amal):
    assert queue.take_next(amal, ALL, entries[0]) == entries[1]
    assert queue.take_next(amal, ALL, entries[2]) == entries[0]


def test_a_decision_leads_to_the_first_that_is_left(entries, amal):
    review.accept(entries[1], amal)
    assert queue.take_next(amal, ALL, entries[1]) == entries[0]


def test_among_disagreements_a_decision_leads_on_though_the_entry_stays_listed(entries, amal):
    for entry in entries:
        entry.disagreement = {"kind": {"stands": "massacre", "engine": "shelling"}}
        entry.save()
    disagreements = QueueQuery(what="disagrees")
    review.accept(entries[1], amal)
    assert queue.take_next(amal, disagreements, entries[1]) == entries[2]


def test_an_entry_that_is_gone_leads_back_to_the_beginning(entries, amal):
    gone = entries[1]
    Mention.objects.filter(pk=gone.pk).delete()
    assert queue.take_next(amal, ALL, gone) == entries[0]


def test_an_empty_queue_gives_nothing(amal):
    assert queue.take_next(amal, ALL) is None


def test_when_all_is_in_other_hands_there_is_nothing(entries, amal, basma):
    for entry in entries:
        queue.take(basma, entry)
    assert queue.take_next(amal, ALL) is None


def test_a_lease_that_ran_out_is_free_for_the_next(entries, amal, basma):
    assert queue.take_next(amal, ALL) == entries[0]
    run_out()
    assert queue.take_next(basma, ALL) == entries[0]
    assert Lease.objects.get().user == basma


def test_taking_what_is_in_other_hands_says_whose(entries, amal, basma):
    queue.take(basma, entries[0])
    with pytest.raises(queue.InOtherHands, match="“Alpha” is in the hands of basma until"):
        queue.take(amal, entries[0])


def test_an_entry_that_is_gone_cannot_be_taken(entries, amal):
    Mention.objects.filter(pk=entries[0].pk).delete()
    with pytest.raises(Mention.DoesNotExist):
        queue.take(amal, entries[0])


# ---- Keeping and letting go ----


def test_a_renewed_lease_lasts_as_long_as_a_new_one(entries, amal):
    queue.take(amal, entries[0])
    Lease.objects.update(until=timezone.now() + dt.timedelta(seconds=5))
    queue.take(amal, entries[0])
    assert Lease.objects.get().until > timezone.now() + queue.LEASE - dt.timedelta(seconds=5)


def test_a_lease_that_a_colleague_has_now_is_not_renewed(entries, amal, basma):
    queue.take(amal, entries[0])
    run_out()
    queue.take(basma, entries[0])
    with pytest.raises(queue.InOtherHands):
        queue.take(amal, entries[0])
    assert Lease.objects.get().user == basma


def test_nobody_lets_go_what_is_in_other_hands(entries, amal, basma):
    queue.take(basma, entries[0])
    queue.let_go(amal, entries[0])
    assert Lease.objects.get().user == basma
    queue.let_go(basma, entries[0])
    assert not Lease.objects.exists()


def test_what_ran_out_is_cleared_away_when_its_editor_goes_on(entries, amal, basma):
    queue.take(amal, entries[2])
    queue.take(basma, entries[1])
    run_out()
    queue.take_next(amal, ALL)
    assert {(row.user, row.mention) for row in Lease.objects.all()} == {(amal, entries[0]), (basma, entries[1])}


@pytest.mark.parametrize(
    "decide",
    [
        review.accept,
        review.reject,
        lambda entry, user: review.correct(entry, user, {"title": "Otherwise"}),
        lambda entry, user: events.create_event([entry], user),
        lambda entry, user: events.link(entry, houla(), user),
    ],
    ids=["accept", "reject", "correct", "make an event", "link"],
)
def test_a_decision_lets_the_entry_go(decide, entries, amal):
    queue.take(amal, entries[0])
    decide(entries[0], amal)
    assert not Lease.objects.exists()


def test_a_colleagues_decision_leaves_the_entry_in_hand(entries, amal, basma):
    queue.take(amal, entries[0])
    review.accept(entries[0], basma)
    assert Lease.objects.get().user == amal


# ---- Putting behind ----


def test_what_was_put_behind_comes_last_and_to_others_at_once(entries, amal, basma):
    taken = queue.take_next(amal, ALL)
    queue.skip(amal, taken)
    assert queue.take_next(basma, ALL) == entries[0]
    queue.let_go(basma, entries[0])
    for entry in entries[1:]:
        assert queue.take_next(amal, ALL) == entry
        review.accept(entry, amal)
    assert queue.take_next(amal, ALL) == entries[0]


def test_of_what_was_put_behind_the_longest_ago_comes_first(entries, amal):
    for entry in (entries[1], entries[0], entries[2], entries[1]):
        queue.skip(amal, entry)
    assert queue.take_next(amal, ALL) == entries[0]


# ---- Assigning ----


def test_an_entry_is_asked_of_one_person_with_a_reason(entries, amal, basma):
    assert queue.assign(entries, amal, basma, "reads Arabic") == 3
    assert queue.assign(entries[:1], basma, amal) == 1
    asked = {row.mention.title: (row.user, row.by, row.reason) for row in Assignment.objects.all()}
    assert asked["Alpha"] == (basma, amal, "")
    assert asked["Beta"] == (amal, basma, "reads Arabic")


def test_an_entry_is_not_asked_of_somebody_who_may_not_review(entries, amal):
    for other in (person("samir", "Contributor"), person("gone", "Editor", is_active=False)):
        with pytest.raises(queue.CannotAssign, match=f"{other} may not review entries"):
            queue.assign(entries, other, amal)


@pytest.mark.parametrize(
    "do",
    [
        lambda user, entry: queue.take_next(user, ALL),
        lambda user, entry: queue.take(user, entry),
        lambda user, entry: queue.skip(user, entry),
        lambda user, entry: queue.assign([entry], user, user),
    ],
    ids=["take the next", "take", "skip", "assign"],
)
def test_a_contributor_may_take_nothing(do, entries):
    with pytest.raises(NotAllowedTo):
        do(person("samir", "Contributor"), entries[0])
    assert not Lease.objects.exists()
