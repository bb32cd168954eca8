"""Deciding on many records of a list: a preview first, what cannot be done with its reason, one act, and who may what."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests.making import article, claim, houla, in_bulk, mention, person
from timeline.admin import bulk
from timeline.curation import events, names
from timeline.curation.undo import undo
from timeline.ingest.naming import place_named, source_named
from timeline.models import Act, Article, Assignment, Event, Mention, TollClaim

pytestmark = pytest.mark.django_db

MENTIONS, EVENTS, CLAIMS, REPORTS = (
    reverse(f"admin:timeline_{model}_changelist") for model in ("mention", "event", "tollclaim", "article")
)


@pytest.fixture
def desk(client) -> Client:
    client.force_login(person("amal"))
    return client


@pytest.fixture
def entries() -> list[Mention]:
    return entries_made(3)


def entries_made(count: int) -> list[Mention]:
    made = [mention(article(f"{n}: shells fell on Houla."), "shells fell on Houla") for n in range(count)]
    for entry in made:
        claim(entry, "shells", 1, 1, "activists")
    return made


def text(response) -> str:
    return " ".join(response.content.decode().split())


def values(field: str, model=Mention) -> list:
    return list(model.objects.order_by("pk").values_list(field, flat=True))


# ---- Looking before doing ----


def test_choosing_an_action_shows_what_will_change_and_changes_nothing(desk, entries):
    page = text(desk.post(MENTIONS, {"action": "accept", "_selected_action": [entry.pk for entry in entries]}))
    assert "3 of 3 entries" in page
    assert "Extracted" in page
    assert "Accepted" in page
    assert set(values("status")) == {"extracted"}
    assert not Act.objects.exists()


def test_it_says_what_cannot_be_done_and_why(desk, entries):
    last = houla().mentions.get()
    ticked = [entries[0].pk, last.pk]
    page = text(desk.post(MENTIONS, {"action": "reject", "_selected_action": ticked}))
    assert "1 of 2 entries" in page
    assert "What cannot be done" in page
    assert "Withdraw the event first" in page


def test_what_is_done_is_what_was_shown(desk, entries):
    page = {"action": "set_kind", "select_across": "1", "_selected_action": entries[0].pk, "kind": "shelling"}
    page["keys"] = entries[0].pk
    shown = desk.post(MENTIONS, {**page, "step": "look"})
    other = {**page, "step": "do", "given": shown.context["given"], "kind": "bombing"}
    assert "Bombing" in text(desk.post(MENTIONS, other))
    assert set(values("kind")) == {"massacre"}
    desk.post(MENTIONS, {**other, "kind": "shelling"})
    assert values("kind") == ["shelling", "massacre", "massacre"]


def test_all_that_match_the_filter_are_done_and_no_others(desk, entries):
    mention(article("Protesters met in Houla."), "Protesters met in Houla", kind="protest")
    address = f"{MENTIONS}?kind__exact=massacre"
    shown = desk.post(address, {"action": "accept", "select_across": "1", "_selected_action": [entries[0].pk]})
    page = {"action": "accept", "select_across": "1", "_selected_action": shown.context["first"], "step": "do"}
    desk.post(address, {**page, "keys": shown.context["keys"], "given": shown.context["given"]})
    assert values("status") == ["accepted", "accepted", "accepted", "extracted"]


def test_what_left_the_list_meanwhile_is_left_alone_and_told(desk, entries):
    address = f"{MENTIONS}?status__exact=extracted"
    ticked = {"action": "reject", "_selected_action": [entry.pk for entry in entries]}
    shown = desk.post(address, ticked)
    Mention.objects.filter(pk=entries[0].pk).update(status="accepted")
    page = {"action": "reject", "select_across": "1", "_selected_action": shown.context["first"], "step": "do"}
    page |= {"keys": shown.context["keys"], "given": shown.context["given"]}
    assert "1 entry had left the list meanwhile" in text(desk.post(address, page, follow=True))
    assert values("status") == ["accepted", "rejected", "rejected"]


def test_beyond_the_bound_the_first_are_done_and_the_page_says_so(desk, entries, monkeypatch):
    monkeypatch.setattr(bulk, "MOST_AT_ONCE", 2)
    ticked = {"action": "accept", "select_across": "1", "_selected_action": [entries[0].pk]}
    page = text(desk.post(MENTIONS, ticked))
    assert "The list has 1 more. At most 2 are done at once" in page
    assert "2 of 2 entries" in page


@pytest.mark.parametrize(
    "keys", ["", "x", "99999999999999999999", "1;3", "\0"], ids=["none", "a word", "too long", "a semicolon", "NUL"]
)
def test_keys_that_are_none_do_nothing(desk, entries, keys):
    page = {"action": "reject", "select_across": "1", "_selected_action": "x", "step": "do", "keys": keys}
    assert "in the list any more" in text(desk.post(MENTIONS, page, follow=True))
    assert set(values("status")) == {"extracted"}


def test_the_page_takes_as_many_queries_for_the_rows_it_shows(desk, django_assert_max_num_queries):
    entries = entries_made(4)
    with django_assert_max_num_queries(25 + 4 * 14):
        desk.post(MENTIONS, {"action": "accept", "_selected_action": [entry.pk for entry in entries]})


# ---- Each operation ----


def test_entries_get_a_kind_a_place_an_event_and_somebody_who_is_asked(desk, entries):
    place, event, basma = place_named("Idlib", "Idlib"), houla(), person("basma", "Editor")
    in_bulk(desk, MENTIONS, "set_kind", entries, kind="shelling")
    in_bulk(desk, MENTIONS, "set_place", entries, place=str(place.pk))
    in_bulk(desk, MENTIONS, "link", entries, event=event.slug)
    in_bulk(desk, MENTIONS, "assign", entries, person=basma.pk)
    for entry in Mention.objects.filter(pk__in=[entry.pk for entry in entries]):
        assert (entry.kind, entry.place, entry.event) == ("shelling", place, event)
    assert Assignment.objects.filter(user=basma).count() == 3
    event.refresh_from_db()
    assert event.report_count == 4


def test_each_entry_becomes_a_draft_or_is_published(desk, entries):
    in_bulk(desk, MENTIONS, "make_events", entries[:2])
    assert values("status", Event) == ["draft", "draft"]
    in_bulk(desk, MENTIONS, "publish", entries)
    assert values("status", Event) == ["published"] * 3
    undo(Act.objects.latest("pk"), None)
    assert "published" not in values("status", Event)


def test_events_are_published_withdrawn_and_given_a_kind(desk, entries):
    made = [events.create_event([entry], None) for entry in entries]
    in_bulk(desk, EVENTS, "publish", made[:2])
    assert values("status", Event) == ["published", "published", "draft"]
    page = in_bulk(desk, EVENTS, "withdraw", made, reason="Told twice.")
    assert values("status", Event) == ["withdrawn", "withdrawn", "draft"]
    assert "no reader has seen it" in text(page)
    in_bulk(desk, EVENTS, "set_kind", made, kind="bombing")
    assert set(values("kind", Event)) == {"bombing"}


def test_withdrawing_without_a_reason_is_refused_beside_the_field(desk):
    event = houla()
    page = {"action": "withdraw", "select_across": "1", "_selected_action": event.pk, "keys": event.pk}
    answer = text(desk.post(EVENTS, {**page, "step": "do", "reason": "  "}))
    assert "This field is required" in answer
    event.refresh_from_db()
    assert event.status == "published"


def test_claims_are_discounted_and_given_another_source(desk):
    event = houla()
    claims = list(TollClaim.objects.order_by("pk"))
    in_bulk(desk, CLAIMS, "discount", claims[:1], reason="an early count")
    in_bulk(desk, CLAIMS, "set_source", claims, source="united nations")
    assert values("discounted", TollClaim) == ["an early count", ""]
    assert set(values("source__name", TollClaim)) == {"United Nations"}
    event.refresh_from_db()
    assert (event.killed_low, event.killed_high) == (92, 92)
    in_bulk(desk, CLAIMS, "reject", claims[1:])
    in_bulk(desk, CLAIMS, "accept", claims[:1])
    assert values("status", TollClaim) == ["corrected", "rejected"]


def test_reports_get_an_outlet_and_a_language(desk, entries):
    wire = source_named("Example Wire", kind="outlet")
    reports = list(Article.objects.all())
    in_bulk(desk, REPORTS, "set_outlet", reports, outlet="Example Wire")
    in_bulk(desk, REPORTS, "set_language", reports, language="ar")
    assert set(Article.objects.values_list("outlet", "language")) == {(wire.pk, "ar")}


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("nowhere", "There is no place “nowhere”"),
        ("Hom", "Several are called so"),
        ("", "This field is required"),
        ("99999999999999999999999", "There is no place"),
    ],
)
def test_a_place_typed_unclearly_is_asked_for_again(desk, entries, typed, answer):
    place_named("Homs", "Homs")
    page = {"action": "set_place", "select_across": "1", "_selected_action": entries[0].pk, "keys": entries[0].pk}
    assert answer in text(desk.post(MENTIONS, {**page, "step": "do", "place": typed}))


def test_a_merged_name_cannot_be_given(desk):
    houla()
    names.merge_sources(source_named("United Nations"), [source_named("activists")], None)
    claims = list(TollClaim.objects.all())
    page = in_bulk(desk, CLAIMS, "set_source", claims, source="activists")
    assert page.status_code == 200
    assert set(values("source__name", TollClaim)) == {"United Nations"}


# ---- Who may ----


def test_an_editor_is_offered_no_publishing_and_a_contributor_nothing(client, entries):
    client.force_login(person("basma", "Editor"))
    page = text(client.get(MENTIONS))
    assert "Accept as read" in page
    assert "Accept and publish" not in page
    assert ">Withdraw</option>" not in text(client.get(EVENTS))
    client.force_login(person("nour", "Contributor"))
    assert "Accept as read" not in text(client.get(MENTIONS))


@pytest.mark.parametrize(("role", "status"), [("Contributor", "extracted"), ("Editor", "extracted")])
def test_what_is_not_offered_is_not_done_when_sent_all_the_same(client, entries, role, status):
    client.force_login(person("basma", role))
    page = {"action": "publish", "select_across": "1", "_selected_action": entries[0].pk, "keys": entries[0].pk}
    client.post(MENTIONS, {**page, "step": "do", "given": "x"})
    client.post(MENTIONS, {"action": "publish", "_selected_action": [entries[0].pk]})
    assert set(values("status")) == {status}
    assert not Event.objects.exists()
