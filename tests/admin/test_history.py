"""The history page of each kind of record: readable, paged by key, with a button that goes back to a version."""

from __future__ import annotations

import re

import pytest
from django.apps import apps
from django.test import Client

from tests.admin.test_admin import MODELS, text
from tests.making import article, claim, houla, mention, person
from timeline.curation import events, review
from timeline.models import Act, Actor, Mention

pytestmark = pytest.mark.django_db


@pytest.fixture
def amal():
    return person("amal")


@pytest.fixture
def desk(amal) -> Client:
    client = Client()
    client.force_login(amal)
    return client


def history(record) -> str:
    return f"/admin/timeline/{record._meta.model_name}/{record.pk}/history/"


def test_it_says_what_from_what_to_what_who_when_why_and_in_which_act(desk, amal):
    entry = mention(article(), "Houla")
    review.correct(entry, amal, {"kind": "shelling"}, "shells, not knives")
    page = text(desk.get(history(entry)))
    assert "Corrected “Massacre in Houla”" in page
    assert "shells, not knives" in page
    assert re.search(r"<dt>Kind</dt><dd><del dir=\"auto\">massacre</del>.*?<ins dir=\"auto\">shelling</ins>", page)
    assert "amal," in page
    assert "As it stands now" in page


@pytest.mark.parametrize("model", MODELS)
def test_every_kind_of_record_has_one_and_goes_back_by_one_button(desk, amal, model):
    event = houla()
    events.correct_event(event, amal, {"actors": [Actor.objects.create(name="Shabiha", slug="shabiha")]})
    record = apps.get_model("timeline", model).objects.order_by("pk").last()
    field = {"tollclaim": "victims"}.get(model, "title" if hasattr(record, "title") else "name")
    before = getattr(record, field)
    setattr(record, field, "Another")
    record.save()
    page = desk.get(history(record))
    assert "Another" in text(page)
    buttons = re.findall(r'action="([^"]+/revert/)"', page.content.decode())
    assert desk.post(buttons[0], follow=True).status_code == 200
    record.refresh_from_db()
    assert getattr(record, field) == before
    assert Act.objects.latest("id").words.startswith("put ")


def test_an_entrys_history_tells_of_its_toll_claims(desk, amal):
    entry = houla().mentions.get()
    review.correct_toll(entry.toll_claims.get(low=92), amal, {"low": 95, "high": 95}, "a later count")
    review.accept_toll(entry.toll_claims.get(low=90), amal)
    page = text(desk.get(history(entry)))
    assert "“92 bodies”</a>" in page
    assert re.search(r'<dt>How many</dt><dd><del dir="auto">92</del>.*?<ins dir="auto">95</ins>', page)
    assert "Accepted the toll “more than 90 people”" in page
    assert page.count("a later count") == 1


def test_several_versions_of_one_act_are_one_line(desk, amal):
    event = houla()
    events.link(mention(article("Shabiha in Houla."), "Houla", actors=["Shabiha"]), event, amal)
    page = text(desk.get(history(event)))
    assert page.count("Linked “Massacre in Houla” to “Massacre in Houla”") == 1


def test_what_follows_by_rule_without_a_difference_is_no_line(desk):
    event = houla()
    event.save()
    before = text(desk.get(history(event))).count("<li>")
    event.save()
    assert text(desk.get(history(event))).count("<li>") == before


def test_a_version_that_cannot_be_gone_back_to_says_why(desk):
    event = houla()
    entry = event.mentions.get()
    first = entry.history.last()
    page = text(desk.post(f"{history(entry)}{first.history_id}/revert/", follow=True))
    assert "Not put back. The published event “Massacre in Houla” rests on this entry alone." in page
    entry.refresh_from_db()
    assert entry.event == event


def test_going_back_is_for_those_who_may_decide(amal):
    entry = mention(article(), "Houla")
    review.correct(entry, amal, {"kind": "shelling"})
    client = Client()
    client.force_login(person("samir", "Contributor"))
    page = client.get(history(entry))
    assert page.status_code == 200
    assert "Go back to this" not in text(page)
    assert client.post(f"{history(entry)}{entry.history.last().history_id}/revert/").status_code == 403
    assert client.get(f"{history(entry)}{entry.history.last().history_id}/revert/").status_code == 405


def test_a_version_of_another_record_is_not_found(desk):
    first, second = mention(article(), "Houla"), mention(article("Houla again."), "Houla")
    assert desk.post(f"{history(first)}{second.history.first().history_id}/revert/").status_code == 404
    assert desk.get("/admin/timeline/mention/999999/history/").status_code == 404
    assert desk.get("/admin/timeline/mention/x/history/").status_code == 404


def test_the_history_of_an_entry_that_is_gone_can_still_be_read(desk):
    entry = mention(article(), "Houla")
    address = history(entry)
    Mention.objects.get().delete()
    page = text(desk.get(address))
    assert "Removed" in page
    assert "Go back" not in page


def test_a_long_history_is_paged_by_key(desk, amal):
    entry = mention(article(), "Houla")
    for number in range(120):
        entry.title = f"Title {number}."
        entry.save()
    page = text(desk.get(history(entry)))
    assert "Title 119." in page
    assert "Title 5." not in page
    older = re.search(r'href="(\?before=\d+)">Older', page)
    assert older is not None
    following = text(desk.get(history(entry) + older[1]))
    assert "Title 5." in following
    assert "Title 100." not in following
    assert "As it stands now" not in following


@pytest.mark.parametrize("query", ["before=x", "before=" + "9" * 40, "before=0", "before=-1"])
def test_no_query_string_breaks_it(desk, query):
    entry = mention(article(), "Houla")
    assert desk.get(f"{history(entry)}?{query}").status_code == 200


@pytest.mark.parametrize("model", ["mention", "event"])
def test_it_takes_as_many_queries_with_many_versions(desk, amal, model, django_assert_max_num_queries):
    event = houla()
    entry = event.mentions.get()
    for number in range(10):
        review.correct(entry, amal, {"title": f"Title {number}"})
        claim(entry, "92 bodies", 92, 92, f"source {number}")
        events.link(mention(article(f"Houla {number}."), "Houla", actors=[f"Actor {number}"]), event, amal)
    with django_assert_max_num_queries(22):
        assert desk.get(history(entry if model == "mention" else event)).status_code == 200


@pytest.mark.parametrize("role", ["Contributor", "Publisher"])
def test_the_page_of_one_version_that_simple_history_brings_saves_nothing(role):
    """It saved what was posted to it beside every rule of the desk: the actors of an event, the particulars of a report."""
    report = article()
    client = Client()
    client.force_login(person("basma", role))
    address = f"{history(report)}{report.history.latest('history_id').history_id}/"
    posted = {"title": "Another title", "text": "Other words.", "language": "en", "published": "2012-05-26"}
    assert client.post(address, posted).status_code == 404
    assert client.get(address).status_code == 404
    report.refresh_from_db()
    assert report.title != "Another title"


@pytest.mark.parametrize("words", ["a " * 1500, "a" * 51_000, "a\0b"], ids=["many words", "one long word", "NUL"])
@pytest.mark.parametrize("model", ["article", "mention", "tollclaim", "event", "source", "place", "actor"])
def test_what_is_looked_for_breaks_no_list_however_long_it_is(desk, model, words):
    assert desk.get(f"/admin/timeline/{model}/", {"q": words}).status_code == 200


@pytest.mark.parametrize("words", ["a " * 1500, "a" * 51_000, "a\0b"], ids=["many words", "one long word", "NUL"])
def test_what_is_looked_for_breaks_no_box_that_completes_names(desk, words):
    asked = {"app_label": "timeline", "model_name": "mention", "field_name": "place", "term": words}
    assert desk.get("/admin/autocomplete/", asked).status_code == 200


@pytest.mark.parametrize("key", ["²", "9" * 5000], ids=["no digit", "endless"])
def test_what_is_no_number_is_no_page_of_a_history(desk, key):
    assert desk.get(f"/admin/timeline/event/{key}/history/").status_code == 404
