"""What an editor does is one act with one right, recorded as one thing, and taken back as one thing."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from tests.making import article, claim, houla, mention, person
from timeline.curation import events, review
from timeline.curation.acts import acting
from timeline.curation.rights import NotAllowedTo, Right
from timeline.curation.undo import CannotUndo, undo
from timeline.models import Act, Event, Mention, TollClaim

pytestmark = pytest.mark.django_db

KILLED = "government forces killed more than 90 people in Houla on Friday"


@pytest.fixture
def amal():
    return person("amal")


@pytest.fixture
def entry() -> Mention:
    made = mention(article(), KILLED)
    claim(made, "more than 90 people", 90, None, "activists", qualifier="more_than")
    return made


# ---- One act ----


def test_accepting_an_entry_is_one_act_with_its_claims(entry, amal):
    review.accept(entry, amal, "read twice")
    act = Act.objects.get()
    assert (act.by, act.words, act.reason) == (amal, "accepted “Massacre in Houla”", "read twice")
    assert Mention.history.filter(act=act).count() == 1
    assert TollClaim.history.filter(act=act).count() == 1


def test_an_act_inside_another_is_a_part_of_it(entry, amal):
    with acting(amal, Right.PUBLISH, "accepted and published"):
        review.accept(entry, amal)
        events.publish(events.event_for(entry, amal), amal)
    assert [act.words for act in Act.objects.all()] == ["accepted and published"]


def test_what_is_refused_leaves_no_act(entry, amal):
    with pytest.raises(ValidationError):
        review.correct(entry, amal, {"kind": "no such kind"})
    assert not Act.objects.exists()


def test_a_part_that_fails_does_not_take_the_rest_with_it(entry, amal):
    with acting(amal, Right.REVIEW, "decided on several"):
        review.accept(entry, amal)
        with pytest.raises(ValidationError):
            review.correct(entry, amal, {"kind": "no such kind"})
    entry.refresh_from_db()
    assert entry.status == "accepted"


def test_an_act_that_changes_nothing_leaves_no_trace(amal):
    with acting(amal, Right.REVIEW, "looked around"):
        pass
    assert not Act.objects.exists()


# ---- Rights ----


def test_a_contributor_may_not_review(entry):
    with pytest.raises(NotAllowedTo, match="samir may not review entries"):
        review.accept(entry, person("samir", "Contributor"))
    entry.refresh_from_db()
    assert entry.status == "extracted"


def test_an_editor_reviews_and_drafts_but_does_not_publish(entry):
    rana = person("rana", "Editor")
    review.accept(entry, rana)
    event = events.event_for(entry, rana)
    with pytest.raises(NotAllowedTo):
        events.publish(event, rana)
    event.refresh_from_db()
    assert event.status == "draft"


def test_undoing_needs_the_heaviest_right_of_the_act(entry, amal):
    with acting(amal, Right.REVIEW, "accepted and published"):
        events.publish(events.event_for(entry, amal), amal)
    with pytest.raises(NotAllowedTo):
        undo(Act.objects.get(), person("rana", "Editor"))


# ---- Undo ----


def test_undoing_an_acceptance_puts_the_entry_and_its_claims_back_in_the_queue(entry, amal):
    review.accept(entry, amal)
    undo(Act.objects.get(), amal)
    entry.refresh_from_db()
    assert (entry.status, entry.reviewed_by) == ("extracted", None)
    assert [c.status for c in entry.toll_claims.all()] == ["extracted"]


def test_undoing_an_undoing_does_it_again(entry, amal):
    review.correct(entry, amal, {"title": "Killings in Houla"})
    first = Act.objects.get()
    second = undo(first, amal)
    entry.refresh_from_db()
    assert entry.title == "Massacre in Houla"
    undo(second, amal)
    entry.refresh_from_db()
    assert (entry.title, entry.status) == ("Killings in Houla", "corrected")


def test_an_act_is_undone_once(entry, amal):
    review.accept(entry, amal)
    act = Act.objects.get()
    undo(act, amal)
    with pytest.raises(CannotUndo, match="was undone already"):
        undo(act, amal)


def test_what_a_colleague_changed_since_is_not_written_over(entry, amal):
    review.correct(entry, amal, {"title": "Killings in Houla"})
    act = Act.objects.get()
    review.correct(entry, person("basma"), {"title": "The killings of Houla"})
    with pytest.raises(CannotUndo, match="The title of “The killings of Houla” was changed again since"):
        undo(act, amal)
    entry.refresh_from_db()
    assert entry.title == "The killings of Houla"


def test_undoing_a_corrected_toll_gives_the_event_its_old_figures(amal):
    event = houla()
    review.correct_toll(TollClaim.objects.get(source__name="United Nations"), amal, {"low": 108, "high": 108})
    event.refresh_from_db()
    assert event.killed_high == 108
    undo(Act.objects.filter(by=amal).get(), amal)
    event.refresh_from_db()
    assert (event.killed_low, event.killed_high) == (90, 92)


def test_undoing_the_making_of_a_draft_frees_its_entries(entry, amal):
    events.event_for(entry, amal)
    undo(Act.objects.get(), amal)
    entry.refresh_from_db()
    assert entry.event is None
    assert not Event.objects.exists()


def test_and_undoing_that_brings_the_draft_back_under_its_address(entry, amal):
    event = events.event_for(entry, amal)
    undo(undo(Act.objects.get(), amal), amal)
    entry.refresh_from_db()
    assert entry.event.pk == event.pk
    assert entry.event.slug == event.slug


def test_a_publication_that_is_undone_leaves_a_page_that_says_so(entry, amal, client):
    event = events.event_for(entry, amal)
    events.publish(event, amal)
    undo(Act.objects.first(), amal, "too early")
    event.refresh_from_db()
    assert event.status == "withdrawn"
    answer = client.get(event.get_absolute_url())
    assert answer.status_code == 410
    assert "too early" in answer.content.decode()


def test_a_draft_that_was_published_since_is_not_unmade(entry, amal):
    event = events.event_for(entry, amal)
    act = Act.objects.get()
    events.publish(event, amal)
    with pytest.raises(CannotUndo, match="has been published since"):
        undo(act, amal)


def test_undoing_a_link_never_leaves_a_published_event_without_a_report(amal):
    event = houla()
    other = mention(
        article("Houla: shells fell on Taldou on Friday, residents said."), "shells fell on Taldou on Friday"
    )
    events.link(other, event, amal)
    act = Act.objects.first()
    review.reject(event.mentions.exclude(pk=other.pk).get(), amal)
    with pytest.raises(CannotUndo, match="would rest on no report"):
        undo(act, amal)
