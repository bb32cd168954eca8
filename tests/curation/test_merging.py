"""Merging and splitting move evidence, keep public addresses, count tolls anew, and are taken back as one."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.at_once import at_once
from tests.making import article, claim, houla, mention, person
from timeline.curation import events, merging, review
from timeline.curation.merging import CannotMerge, foresee, merge, split
from timeline.curation.rights import NotAllowedTo
from timeline.curation.undo import CannotUndo, undo
from timeline.ingest.naming import actor_named
from timeline.models import Act, Event, Mention, TollClaim

pytestmark = pytest.mark.django_db

WHY = "Two reports of one massacre."


@pytest.fixture
def amal():
    return person("amal")


def another(number: int = 110, *, published: bool = True, **fields) -> Event:
    """An event of its own with one report that counts ``number`` dead in Houla."""
    text = f"Monitors counted {number} dead in Taldou, near Houla, on Friday."
    report = article(text, published=dt.date(2012, 5, 28), title=f"{number} counted")
    entry = mention(report, text, title=f"Killings in Taldou ({number})", actors=["Shabiha"])
    claim(entry, f"{number} dead", number, number, "Syrian Observatory for Human Rights")
    event = events.create_event([entry], None, **fields)
    if published:
        events.publish(event, None)
    return event


def newest() -> Act:
    return Act.objects.latest("id")


def state() -> dict[str, list[tuple[object, ...]]]:
    """What readers and editors see: events with their tolls and actors, and where each entry stands."""
    rows = Event.objects.order_by("pk").values_list(
        *("slug", "status", "title", "killed_low", "killed_best", "killed_high", "killed_words", "contested"),
        *("report_count", "source_count", "toll_basis", "merged_into", "withdrawn_reason"),
    )
    actors = Event.objects.order_by("pk", "actors__name").values_list("slug", "actors__name")
    entries = Mention.objects.order_by("pk").values_list("pk", "event__slug", "status")
    return {"events": list(rows), "actors": list(actors), "entries": list(entries)}


# ---- Merging ----


def test_all_evidence_moves_and_the_toll_is_counted_anew(amal):
    kept, other = houla(), another()
    rejected = mention(article("Nothing of Houla here."), "Houla", event=other, status="rejected")
    merge(kept, [other], amal, WHY)
    kept.refresh_from_db()
    other.refresh_from_db()
    rejected.refresh_from_db()
    assert (kept.killed_low, kept.killed_high, kept.contested) == (90, 110, True)
    assert (kept.report_count, kept.source_count) == (2, 3)
    assert rejected.event == kept
    assert not other.mentions.exists()
    assert (other.status, other.merged_into) == ("merged", kept)
    assert (other.report_count, other.killed_low) == (0, None)


def test_the_kept_event_keeps_its_fields_and_unites_the_actors(amal):
    kept, other = houla(), another()
    kept.actors.add(actor_named("Syrian army"))
    merge(kept, [other], amal, WHY)
    kept.refresh_from_db()
    assert (kept.title, kept.summary) == ("Massacre in Houla", "More than 90 villagers were killed.")
    assert {actor.name for actor in kept.actors.all()} == {"Syrian army", "Shabiha"}


def test_a_toll_that_an_editor_set_stays(amal):
    kept, other = houla(), another()
    events.correct_event(kept, amal, {"killed_best": 108, "killed_high": 108, "toll_basis": "The final count."})
    merge(kept, [other], amal, WHY)
    kept.refresh_from_db()
    assert (kept.killed_low, kept.killed_best, kept.killed_high) == (90, 108, 108)
    assert kept.toll_by_editor


def test_a_merged_event_is_never_kept_and_chains_are_followed_to_the_end(amal):
    first, second, third = houla(), another(110), another(111)
    merge(second, [first], amal, WHY)
    merge(third, [second], amal, WHY)
    fourth = another(112)
    assert merge(first, [fourth], amal, WHY) == third
    assert third.mentions.count() == 4
    with pytest.raises(CannotMerge, match="nothing to merge"):
        merge(first, [second, third], amal, WHY)


def test_merging_is_for_publishers(amal):
    kept, other = houla(), another()
    with pytest.raises(NotAllowedTo):
        merge(kept, [other], person("rana", "Editor"), WHY)
    with pytest.raises(NotAllowedTo):
        split(kept, kept.mentions.all(), person("samir", "Contributor"), WHY)
    other.refresh_from_db()
    assert other.status == "published"


def test_merging_needs_a_reason(amal):
    with pytest.raises(CannotMerge, match="Say why"):
        merge(houla(), [another()], amal, " ")
    assert not Act.objects.filter(by=amal).exists()


def test_a_page_that_readers_see_is_not_merged_into_one_that_they_do_not(amal):
    public, draft = houla(), another(published=False)
    with pytest.raises(CannotMerge, match="Keep “Massacre in Houla” instead"):
        merge(draft, [public], amal, WHY)
    public.refresh_from_db()
    assert public.mentions.count() == 1


def test_of_a_merged_event_nothing_is_published_withdrawn_linked_or_corrected(amal):
    kept, other = houla(), another()
    merge(kept, [other], amal, WHY)
    entry = mention(article("More on Houla came."), "Houla")
    for refused in (
        lambda: events.publish(other, amal),
        lambda: events.withdraw(other, amal, "x"),
        lambda: events.link(entry, other, amal),
        lambda: events.relink(entry, other, amal),
        lambda: events.correct_event(other, amal, {"title": "x"}),
        lambda: split(other, [entry], amal, WHY),
    ):
        with pytest.raises(events.MergedAway, match="was merged into “Massacre in Houla”: use that one"):
            refused()


def test_the_preview_says_what_merging_then_does(amal):
    kept, other = houla(), another()
    seen = foresee(kept, [other])
    assert (seen.entries, seen.reports, seen.killed_now, seen.killed_then) == (1, 2, "90–92", "90–110")
    assert seen.contested_then
    assert [actor.name for actor in seen.new_actors] == ["Shabiha"]
    assert seen.notes == ["Readers who open “Killings in Taldou (110)” will be led to “Massacre in Houla”."]
    assert other.mentions.count() == 1
    merge(kept, [other], amal, WHY)
    kept.refresh_from_db()
    assert (kept.killed_words, kept.report_count) == (seen.killed_then, seen.reports)


def test_undoing_a_merging_leaves_everything_as_it_was(amal):
    kept, first, second = houla(), another(110), another(111)
    before = state()
    merge(kept, [first, second], amal, WHY)
    after = state()
    undo(newest(), amal)
    assert state() == before
    undo(newest(), amal)
    assert state() == after


def test_undoing_a_merging_spares_a_later_decision_on_something_else(amal):
    kept, other = houla(), another()
    act = (merge(kept, [other], amal, WHY), newest())[1]
    events.correct_event(kept, amal, {"title": "The Houla massacre"})
    review.correct_toll(TollClaim.objects.get(low=110), amal, {"low": 116, "high": 116})
    undo(act, amal)
    kept.refresh_from_db()
    other.refresh_from_db()
    assert (kept.title, kept.killed_high) == ("The Houla massacre", 92)
    assert (other.status, other.killed_high, other.merged_into) == ("published", 116, None)


def test_an_entry_linked_to_the_kept_event_since_stays_there(amal):
    kept, other = houla(), another()
    act = (merge(kept, [other], amal, WHY), newest())[1]
    later = mention(article("Later on, Houla was visited."), "Houla", actors=["Shabiha"])
    events.link(later, kept, amal)
    undo(act, amal)
    assert later.event == kept
    assert kept.mentions.count() == 2
    # A later entry names the actor too: it stays with both.
    assert [actor.name for actor in kept.actors.all()] == ["Shabiha"]


def test_a_merging_is_not_undone_over_an_entry_moved_on_since(amal):
    kept, other, third = houla(), another(110), another(111)
    act = (merge(kept, [other], amal, WHY), newest())[1]
    events.link(Mention.objects.get(title="Killings in Taldou (110)"), third, amal)
    with pytest.raises(CannotUndo, match="The event of “Killings in Taldou"):
        undo(act, amal)
    other.refresh_from_db()
    assert other.status == "merged"


def test_events_are_never_merged_in_a_circle(amal):
    first, second = houla(), another()
    merge(first, [second], amal, WHY)
    there = newest()
    back = undo(there, amal)
    merge(second, [first], amal, WHY)
    with pytest.raises(CannotUndo):
        undo(back, amal)
    assert merging.last_of(Event.objects.get(pk=first.pk)) == second


def test_an_entry_is_not_put_back_to_an_event_that_was_merged_since(amal):
    first, second, third = houla(), another(110), another(111)
    more = mention(article("Shells fell on Houla."), "Shells fell on Houla")
    events.link(more, first, amal)
    events.link(more, second, amal)
    moved = newest()
    merge(third, [first], amal, WHY)
    with pytest.raises(CannotUndo, match="was merged into “Killings in Taldou \\(111\\)” since"):
        undo(moved, amal)


@pytest.mark.django_db(transaction=True)
def test_two_who_merge_two_events_into_one_another_at_once_leave_one(amal, tmp_path):
    first, second = houla(), another()
    told = at_once(
        tmp_path,
        lambda: merge(Event.objects.get(pk=first.pk), [second], amal, WHY),
        lambda: merge(Event.objects.get(pk=second.pk), [first], amal, WHY),
    )
    assert told.count("done") == 1
    assert sorted(Event.objects.values_list("status", flat=True)) == ["merged", "published"]
    assert Event.objects.get(status="published").mentions.count() == 2


@pytest.mark.django_db(transaction=True)
def test_an_entry_linked_while_its_event_is_merged_away_is_not_lost(amal, tmp_path):
    kept, other = houla(), another()
    entry = mention(article("More of Houla."), "Houla")
    told = at_once(
        tmp_path,
        lambda: merge(kept, [other], amal, WHY),
        lambda: events.link(Mention.objects.get(pk=entry.pk), Event.objects.get(pk=other.pk), amal),
    )
    entry.refresh_from_db()
    assert told[0] == "done"
    # Linked before, it has moved with the others; afterwards, it was refused.
    assert entry.event == (kept if told[1] == "done" else None)


# ---- Public addresses ----


def test_a_merged_address_leads_readers_to_the_kept_event_for_good(amal, client):
    kept, other = houla(), another()
    merge(kept, [other], amal, WHY)
    answer = client.get(other.get_absolute_url())
    assert (answer.status_code, answer["Location"]) == (301, kept.get_absolute_url())
    # A merging can be undone: no browser may keep to it unasked.
    assert "no-cache" in answer["Cache-Control"]
    undo(newest(), amal)
    assert client.get(other.get_absolute_url()).status_code == 200


def test_an_address_at_the_end_of_a_chain_of_mergings_is_one_step_away(amal, client):
    first, second, third = houla(), another(110), another(111)
    merge(second, [first], amal, WHY)
    merge(third, [second], amal, WHY)
    assert client.get(first.get_absolute_url())["Location"] == third.get_absolute_url()


def test_a_merged_draft_was_never_public_and_is_not_now(amal, client):
    kept, other = houla(), another(published=False)
    merge(kept, [other], amal, WHY)
    assert client.get(other.get_absolute_url()).status_code == 404


def test_a_merged_address_leads_to_the_notice_of_a_kept_event_that_was_withdrawn(amal, client):
    kept, other = houla(), another()
    merge(kept, [other], amal, WHY)
    events.withdraw(kept, amal, "The place was mistaken.")
    answer = client.get(other.get_absolute_url(), follow=True)
    assert answer.status_code == 410
    assert "The place was mistaken." in answer.content.decode()


def test_an_address_that_readers_knew_says_so_where_the_kept_event_was_never_public(amal, client):
    draft, known = another(published=False), houla()
    events.withdraw(known, amal, "The place was mistaken.")
    merge(draft, [known], amal, WHY)
    answer = client.get(known.get_absolute_url())
    assert answer.status_code == 410
    page = answer.content.decode()
    assert "Merged into another event, which readers do not see" in page
    assert draft.get_absolute_url() not in page
    events.publish(draft, amal)
    assert client.get(known.get_absolute_url())["Location"] == draft.get_absolute_url()


# ---- Splitting ----


def two_in_one(amal) -> tuple[Event, Mention]:
    kept = merge(houla(), [another()], amal, WHY)
    return kept, kept.mentions.get(title="Killings in Taldou (110)")


def test_the_chosen_entries_leave_to_a_draft_of_their_own(amal):
    event, leaving = two_in_one(amal)
    made = split(event, [leaving], amal, "Taldou is another place.", title="Killings in Taldou")
    event.refresh_from_db()
    assert (made.status, made.title, made.killed_high) == ("draft", "Killings in Taldou", 110)
    assert (event.killed_low, event.killed_high, event.report_count) == (90, 92, 1)
    assert made.mentions.get() == leaving
    assert newest().words == "split “Killings in Taldou” off “Massacre in Houla”"


def test_undoing_a_split_leaves_everything_as_it_was(amal):
    event, leaving = two_in_one(amal)
    before = state()
    split(event, [leaving], amal, WHY)
    after = state()
    undo(newest(), amal)
    assert state() == before
    undo(newest(), amal)
    assert state() == after


def test_a_split_that_was_published_at_once_leaves_a_notice_when_it_is_undone(amal, client):
    event, leaving = two_in_one(amal)
    made = split(event, [leaving], amal, WHY, publish=True)
    assert client.get(made.get_absolute_url()).status_code == 200
    undo(newest(), amal, "It was one event after all.")
    event.refresh_from_db()
    answer = client.get(made.get_absolute_url())
    assert answer.status_code == 410
    assert "It was one event after all." in answer.content.decode()
    assert event.killed_high == 110
    undo(newest(), amal)
    made.refresh_from_db()
    assert (made.status, made.mentions.count(), made.killed_high) == ("published", 1, 110)


def test_a_split_never_leaves_an_event_empty(amal):
    event, leaving = two_in_one(amal)
    with pytest.raises(CannotMerge, match="left without a report"):
        split(event, event.mentions.all(), amal, WHY)
    review.reject(event.mentions.exclude(pk=leaving.pk).get(), amal)
    with pytest.raises(CannotMerge, match="left without a report"):
        split(event, [leaving], amal, WHY)
    with pytest.raises(CannotMerge, match="not rejected"):
        split(event, event.mentions.filter(status="rejected"), amal, WHY)


def test_an_entry_of_another_event_cannot_be_split_off(amal):
    event, _ = two_in_one(amal)
    stranger = mention(article("Hama was quiet."), "Hama was quiet")
    with pytest.raises(CannotMerge, match="no longer stands behind"):
        split(event, [stranger], amal, WHY)


def test_a_split_is_not_undone_over_an_entry_linked_to_the_new_event_since(amal):
    event, leaving = two_in_one(amal)
    made = split(event, [leaving], amal, WHY)
    act = newest()
    events.link(mention(article("Taldou was visited."), "Taldou was visited"), made, amal)
    with pytest.raises(CannotUndo, match="was linked to “Killings in Taldou"):
        undo(act, amal)
    assert made.mentions.count() == 2
