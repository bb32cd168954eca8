"""What editors decide is stored, seen by readers, kept in the history, and refused when it makes no sense."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from tests.making import article, claim, houla, mention, person
from timeline.curation import events, review
from timeline.models import Event, Mention, TollClaim

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> User:
    return person("amal")


@pytest.fixture
def entry() -> Mention:
    made = mention(article(), "government forces killed more than 90 people in Houla on Friday")
    claim(made, "more than 90 people", 90, None, "activists", qualifier="more_than")
    return made


def test_accepting_an_entry_accepts_its_claims(entry, editor):
    review.accept(entry, editor)
    assert entry.status == "accepted"
    assert entry.reviewed_by == editor
    assert [c.status for c in entry.toll_claims.all()] == ["accepted"]


def test_a_correction_says_who_what_and_why(entry, editor):
    review.correct(entry, editor, {"title": "Killings in Houla"}, "the report does not say massacre")
    newest, oldest = entry.history.first(), entry.history.last()
    assert (newest.history_user, newest.history_change_reason) == (editor, "the report does not say massacre")
    changed = {change.field: (change.old, change.new) for change in newest.diff_against(newest.prev_record).changes}
    assert changed["title"] == ("Massacre in Houla", "Killings in Houla")
    assert oldest.title == "Massacre in Houla"


def test_accepting_a_corrected_entry_keeps_it_corrected(entry, editor):
    review.correct(entry, editor, {"title": "Killings in Houla"})
    review.accept(entry, editor)
    assert entry.status == "corrected"


def test_a_corrected_toll_changes_the_event_at_once(editor):
    event = houla()
    toll = TollClaim.objects.get(source__name="United Nations")
    review.correct_toll(toll, editor, {"low": 108, "high": 108}, "the count of 29 May")
    event.refresh_from_db()
    assert (event.killed_low, event.killed_best, event.killed_high) == (90, 108, 108)
    assert toll.mention.status == "corrected"


@pytest.mark.parametrize(
    "changes, words",
    [
        ({"low": 95, "high": 92}, "must not be above"),
        ({"low": None, "high": None}, "Give a low or a high figure"),
        ({"harm": "annoyed"}, "not a valid choice"),
    ],
)
def test_a_senseless_correction_is_refused_and_nothing_stored(entry, editor, changes, words):
    toll = entry.toll_claims.get()
    with pytest.raises(ValidationError) as refusal:
        review.correct_toll(toll, editor, changes)
    assert words in "; ".join(refusal.value.messages)
    assert (TollClaim.objects.get(pk=toll.pk).low, TollClaim.objects.get(pk=toll.pk).status) == (90, "extracted")


def test_only_an_editors_fields_can_be_corrected(entry, editor):
    with pytest.raises(review.NotAllowed, match="engine"):
        review.correct(entry, editor, {"engine": {}})


def test_the_last_entry_of_a_published_event_cannot_be_rejected(editor):
    event = houla()
    entry = event.mentions.get()
    with pytest.raises(events.LastEntry, match="Withdraw the event first"):
        review.reject(entry, editor)
    with pytest.raises(events.LastEntry):
        events.relink(entry, None, editor)
    other = Event.objects.create(slug="other", title="Other", kind="massacre")
    with pytest.raises(events.LastEntry):
        events.link(entry, other, editor)


def test_a_rejection_is_taken_back_by_accepting(entry, editor):
    review.reject(entry, editor, "told in another report")
    review.accept(entry, editor)
    assert entry.status == "accepted"


def test_deciding_on_a_claim_does_not_take_the_rejection_of_its_entry_back(entry, editor):
    review.reject(entry, editor)
    toll = entry.toll_claims.get()
    review.correct_toll(toll, editor, {"low": 95})
    review.reject_toll(toll, editor)
    entry.refresh_from_db()
    assert entry.status == "rejected"


def test_a_claim_of_the_whole_conflict_leaves_its_entry(entry, editor):
    toll = entry.toll_claims.get()
    review.correct_toll(toll, editor, {"scope": "cumulative"})
    toll.refresh_from_db()
    assert (toll.scope, toll.mention) == ("cumulative", None)


def test_a_colleagues_withdrawal_is_not_undone_by_an_older_copy(editor):
    event = houla()
    entry = event.mentions.select_related("event").get()
    events.withdraw(Event.objects.get(pk=event.pk), editor, "told twice")
    review.correct_toll(TollClaim.objects.get(source__name="United Nations"), editor, {"low": 93, "high": 93})
    review.accept(entry, editor)
    event.refresh_from_db()
    assert (event.status, event.withdrawn_reason) == ("withdrawn", "told twice")


def test_the_history_of_an_event_names_who_changed_its_toll(editor):
    event = houla()
    review.correct_toll(
        TollClaim.objects.get(source__name="United Nations"), editor, {"low": 93, "high": 93}, "recount"
    )
    newest = event.history.first()
    assert (newest.killed_high, newest.history_user, newest.history_change_reason) == (93, editor, "recount")


def test_a_rejected_claim_leaves_the_summary(editor):
    event = houla()
    review.reject_toll(TollClaim.objects.get(source__name="activists"), editor)
    event.refresh_from_db()
    assert (event.killed_low, event.killed_high, event.source_count) == (92, 92, 1)


def test_an_event_without_a_report_cannot_be_published(editor):
    event = Event.objects.create(slug="empty", title="Nothing behind it", kind="other")
    with pytest.raises(events.CannotPublish, match="rests on no report"):
        events.publish(event, editor)


def test_a_withdrawal_needs_a_reason(editor):
    event = houla()
    with pytest.raises(events.CannotPublish, match="Say why"):
        events.withdraw(event, editor, " ")
    events.withdraw(event, editor, "told twice")
    assert Event.objects.get().status == "withdrawn"
    assert event.history.first().history_user == editor


def test_linking_elsewhere_brings_both_events_up_to_date(editor):
    first = houla()
    second = mention(article("Another report tells of Houla."), "tells of Houla")
    events.link(second, first, editor)
    other = Event.objects.create(slug="other", title="Other", kind="massacre")
    events.link(first.mentions.exclude(pk=second.pk).get(), other, editor)
    first.refresh_from_db()
    assert (first.killed_best, first.report_count) == (None, 1)
    assert (other.killed_best, other.report_count) == (92, 1)


def test_a_toll_set_by_an_editor_is_not_recomputed(editor):
    event = houla()
    Event.objects.filter(pk=event.pk).update(
        toll_by_editor=True, killed_low=90, killed_best=108, killed_high=108, toll_basis="The UN's final count."
    )
    review.correct_toll(TollClaim.objects.get(source__name="United Nations"), editor, {"low": 93, "high": 93})
    event.refresh_from_db()
    assert (event.killed_best, event.toll_basis) == (108, "The UN's final count.")


def test_a_new_address_is_free():
    first = events.create_event([mention(article("A massacre. One."), "A massacre")], None)
    second = events.create_event([mention(article("A massacre. Two."), "A massacre")], None)
    assert (first.slug, second.slug) == ("massacre-in-houla-2012-05-25", "massacre-in-houla-2012-05-25-2")


def test_a_new_date_does_not_keep_the_words_of_the_old_one(entry, editor):
    start = entry.article.text.index("on Friday")
    Mention.objects.filter(pk=entry.pk).update(
        date_start=start, date_end=start + 9, date_quote="on Friday", date_basis="x"
    )
    entry.refresh_from_db()
    review.correct(entry, editor, {"earliest": dt.date(2012, 5, 24), "latest": dt.date(2012, 5, 24)})
    assert (entry.date_start, entry.date_quote, entry.date_basis) == (None, "", review.BY_EDITOR)
