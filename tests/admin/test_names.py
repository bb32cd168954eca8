"""Names in the admin: each change an act, merged ones out of the way, proposed ones decided one by one and many at once."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests.making import article, claim, mention, person
from timeline.curation import names
from timeline.ingest.naming import actor_named, place_named, source_named
from timeline.models import Act, Source, TollClaim

pytestmark = pytest.mark.django_db

OBSERVATORY = "Syrian Observatory for Human Rights"
PROPOSED = reverse("admin:timeline_proposed_names")
LIST = reverse("admin:timeline_source_changelist")
TEXT = (
    "Shells fell on Homs on Friday. The watchers said 7 people were killed. The observatory said 9 people were killed."
)


@pytest.fixture
def desk(client) -> Client:
    client.force_login(person("amal"))
    return client


@pytest.fixture
def proposed() -> Source:
    entry = mention(article(TEXT), "Shells fell on Homs on Friday", kind="shelling")
    claim(entry, "7 people", 7, 7, "the Observatory of Syria")
    claim(entry, "9 people", 9, 9, OBSERVATORY)
    return Source.objects.proposed().get()


def text(response) -> str:
    return " ".join(response.content.decode().split())


def now(source: Source) -> Source:
    return Source.objects.get(pk=source.pk)


# ---- The page of proposed names ----


def test_the_list_of_sources_leads_there(desk, proposed):
    assert f'<a href="{PROPOSED}">Proposed names</a>' in text(desk.get(LIST))


def test_a_proposed_name_stands_with_its_sentence_and_what_it_may_be(desk, proposed):
    page = text(desk.get(PROPOSED))
    assert "the Observatory of Syria" in page
    assert "1 toll claim<" in page
    assert '<mark class="toll">7 people</mark>' in page
    known = Source.objects.get(name=OBSERVATORY)
    assert f'value="alias:{proposed.pk}:{known.pk}"' in page


def test_one_button_decides_on_one_name(desk, proposed):
    known = Source.objects.get(name=OBSERVATORY)
    page = desk.post(PROPOSED, {"do": f"alias:{proposed.pk}:{known.pk}", "reason": "the same office"}, follow=True)
    assert f"Merged into “{OBSERVATORY}”: “the Observatory of Syria”." in text(page)
    assert reverse("admin:timeline_act_undo", args=[Act.objects.latest("pk").pk]) in text(page)
    assert "No name waits for a decision" in text(page)
    assert now(proposed).merged_into == known
    act = Act.objects.latest("pk")
    assert (act.by.username, act.reason) == ("amal", "the same office")


@pytest.mark.parametrize(("wish", "status"), [("confirm", "known"), ("reject", "rejected")])
def test_those_that_are_ticked_are_decided_at_once(desk, proposed, wish, status):
    others = [source_named(f"a circle of friends {number}") for number in range(3)]
    desk.post(PROPOSED, {"do": wish, "name": [source.pk for source in others]})
    assert {now(source).status for source in others} == {status}
    assert now(proposed).status == "proposed"
    assert Act.objects.count() == 1


def test_those_that_are_ticked_become_other_names_of_one_that_is_typed(desk, proposed):
    other = source_named("Observatory in Coventry")
    ticked = {"do": "alias", "name": [proposed.pk, other.pk]}
    desk.post(PROPOSED, {**ticked, "known": OBSERVATORY.lower()})
    assert {now(proposed).merged_into.name, now(other).merged_into.name} == {OBSERVATORY}


@pytest.mark.parametrize(
    ("sent", "answer"),
    [
        ({"do": "confirm"}, "No name was ticked"),
        ({"do": "alias", "name": "PK"}, "Type or choose the known source"),
        ({"do": "alias", "name": "PK", "known": "nobody"}, "There is no known source “nobody”"),
        ({"do": "alias:PK:x", "name": "PK"}, "There is no known source “x”"),
        ({"do": "confirm:99999999999999999999"}, "No name was ticked"),
        ({"do": "nonsense", "name": "PK"}, "Use one of the buttons"),
        ({"name": "PK"}, "Use one of the buttons"),
    ],
)
def test_what_is_sent_wrongly_changes_nothing_and_says_why(desk, proposed, sent, answer):
    sent = {key: value.replace("PK", str(proposed.pk)) for key, value in sent.items()}
    page = text(desk.post(PROPOSED, sent, follow=True))
    assert answer in page
    assert "Nothing was changed" in page
    assert now(proposed).status == "proposed"


def test_an_editor_confirms_and_rejects_and_is_told_who_merges(client, proposed):
    client.force_login(person("basma", "Editor"))
    page = text(client.get(PROPOSED))
    assert "a publisher does that" in page
    assert 'value="alias' not in page
    known = Source.objects.get(name=OBSERVATORY)
    assert client.post(PROPOSED, {"do": f"alias:{proposed.pk}:{known.pk}"}).status_code == 403
    assert now(proposed).merged_into is None
    client.post(PROPOSED, {"do": f"confirm:{proposed.pk}"})
    assert now(proposed).status == "known"


def test_a_contributor_sees_the_names_and_decides_nothing(client, proposed):
    client.force_login(person("nour", "Contributor"))
    page = text(client.get(PROPOSED))
    assert "the Observatory of Syria" in page
    assert '<button type="submit" class="button" name="do"' not in page
    assert client.post(PROPOSED, {"do": f"confirm:{proposed.pk}"}).status_code == 403
    assert now(proposed).status == "proposed"


def test_the_page_takes_as_many_queries_with_many_names(desk, django_assert_max_num_queries):
    for number in range(40):
        entry = mention(article(f"{number} {TEXT}"), "Shells fell on Homs on Friday")
        claim(entry, "7 people", 7, 7, f"circle number {number}")
    with django_assert_max_num_queries(14):
        page = desk.get(PROPOSED)
    assert "Page 1 of 2" in text(page)


# ---- The lists and forms ----


def test_a_merged_name_is_in_no_list_and_no_autocomplete_but_in_its_own_filter(desk, proposed):
    names.merge_sources(Source.objects.get(name=OBSERVATORY), [proposed], None)
    assert "the Observatory of Syria" not in text(desk.get(LIST))
    assert "the Observatory of Syria" in text(desk.get(LIST, {"names": "also"}))
    offered = {"app_label": "timeline", "model_name": "tollclaim", "field_name": "source", "term": "Observatory"}
    found = desk.get(reverse("admin:autocomplete"), offered).json()["results"]
    assert [row["text"] for row in found] == [OBSERVATORY]
    page = text(desk.get(reverse("admin:timeline_source_change", args=[proposed.pk])))
    assert f">{OBSERVATORY}</a>" in page


def test_a_merged_name_is_not_taken_by_a_form_that_was_open(desk, proposed):
    told = TollClaim.objects.get(low=9)
    other = source_named("circle of lawyers")
    names.merge_sources(Source.objects.get(name=OBSERVATORY), [other], None)
    sent = {"harm": "killed", "low": 9, "high": 9, "qualifier": "exact", "source": other.pk, "scope": "event"}
    page = desk.post(reverse("admin:timeline_tollclaim_change", args=[told.pk]), {**sent, "evidence": told.quote})
    assert page.status_code == 200
    told.refresh_from_db()
    assert told.source.name == OBSERVATORY


def test_saving_a_name_is_an_act_with_its_reason(desk, proposed):
    address = reverse("admin:timeline_source_change", args=[proposed.pk])
    sent = {"name": "Observatory  of Syria", "slug": proposed.slug, "kind": "monitor", "status": "proposed"}
    desk.post(address, {**sent, "notes": "Speaks for nobody we know.", "reason": "spelling"})
    assert now(proposed).name == "Observatory of Syria"
    act = Act.objects.latest("pk")
    assert act.words == "renamed the source “the Observatory of Syria” to “Observatory of Syria”"
    assert act.reason == "spelling"


def test_two_ticked_names_are_merged_into_the_one_that_is_chosen(desk, proposed):
    known = Source.objects.get(name=OBSERVATORY)
    ticked = {"action": "merge", "_selected_action": [proposed.pk, known.pk]}
    asked = text(desk.post(LIST, ticked))
    assert "Which name is kept?" in asked
    assert "1 toll claim" in asked
    assert "Choose the name that is kept" in text(desk.post(LIST, {**ticked, "reason": ""}))
    desk.post(LIST, {**ticked, "kept": known.pk, "reason": "the same"})
    assert now(proposed).merged_into == known


def test_one_name_alone_is_not_merged(desk, proposed):
    page = desk.post(LIST, {"action": "merge", "_selected_action": [proposed.pk]}, follow=True)
    assert "Tick from two to 50 names" in text(page)


@pytest.mark.parametrize("model", ["place", "actor"])
def test_places_and_actors_are_merged_from_their_lists_too(desk, model):
    make = actor_named if model == "actor" else place_named
    first, second = make("Homs"), make("Idlib")
    address = reverse(f"admin:timeline_{model}_changelist")
    desk.post(address, {"action": "merge", "_selected_action": [first.pk, second.pk], "kept": first.pk})
    second.refresh_from_db()
    assert second.merged_into == first


def test_an_editor_is_offered_no_merge(client, proposed):
    client.force_login(person("basma", "Editor"))
    known = Source.objects.get(name=OBSERVATORY)
    assert "Merge into one" not in text(client.get(LIST))
    client.post(LIST, {"action": "merge", "_selected_action": [proposed.pk, known.pk], "kept": known.pk})
    assert now(proposed).merged_into is None


def test_the_desks_notes_on_a_source_stand_beside_its_figure_in_review(desk, proposed):
    Source.objects.filter(pk=proposed.pk).update(notes="Counts fighters among civilians.")
    entry = TollClaim.objects.get(source=proposed).mention
    page = text(desk.get(reverse("admin:timeline_review_entry", args=[entry.pk])))
    assert "On the Observatory of Syria: Counts fighters among civilians." in page
