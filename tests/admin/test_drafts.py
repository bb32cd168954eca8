"""What is typed is kept for the person who typed it, bounded, and dropped when it is saved; who is there is told."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.admin.test_meanwhile import address, answered, drawn
from tests.making import article, mention, person
from timeline.admin import drafts, presence
from timeline.curation import review
from timeline.models import Draft, Mention, Presence

pytestmark = pytest.mark.django_db


@pytest.fixture
def amal() -> User:
    return person("amal")


@pytest.fixture
def desk(client: Client, amal: User) -> Client:
    client.force_login(amal)
    return client


@pytest.fixture
def entry() -> Mention:
    return mention(article(), "92 bodies")


def draft_address() -> str:
    return reverse("admin:timeline_draft")


def typed(**values: str) -> str:
    return json.dumps({name: {"values": [value]} for name, value in values.items()}, ensure_ascii=False)


def keep(desk: Client, key: str = "mention:5:change", fields: str = "", **more: Any) -> Any:
    return desk.post(draft_address(), {"key": key, "fields": fields or typed(title="Killings"), **more})


def kept(desk: Client, key: str = "mention:5:change") -> Any:
    return desk.get(draft_address(), {"key": key}).json().get("draft")


def test_what_was_typed_comes_back_with_the_version_it_was_typed_on(desk):
    saved = keep(desk, seen="7")
    assert saved.json()["saved_at"]
    draft = kept(desk)
    assert (draft["fields"], draft["seen"]) == ({"title": {"values": ["Killings"]}}, 7)


def test_the_words_of_a_choice_are_kept_with_its_key(desk):
    fields = json.dumps({"place": {"values": ["12"], "words": ["حمص"]}})
    keep(desk, fields=fields)
    assert kept(desk)["fields"]["place"] == {"values": ["12"], "words": ["حمص"]}


def test_a_later_state_takes_the_place_of_the_earlier_and_nothing_typed_is_no_draft(desk):
    keep(desk)
    keep(desk, fields=typed(title="Killings in Houla"))
    assert kept(desk)["fields"]["title"] == {"values": ["Killings in Houla"]}
    keep(desk, fields="{}")
    assert kept(desk) is None
    assert not Draft.objects.exists()


def test_a_draft_is_thrown_away_on_request(desk):
    keep(desk)
    assert desk.delete(f"{draft_address()}?key=mention:5:change").status_code == 200
    assert kept(desk) is None


def test_a_draft_is_shown_to_nobody_else(desk):
    keep(desk)
    other = Client()
    other.force_login(person("basma"))
    assert kept(other) is None
    other.delete(f"{draft_address()}?key=mention:5:change")
    assert kept(desk)


@pytest.mark.parametrize("method", ["get", "post", "delete"])
def test_who_is_logged_out_is_told_so_in_an_answer_that_a_script_reads(client, method):
    answer = getattr(client, method)(f"{draft_address()}?key=mention:5:change")
    assert (answer.status_code, answer.json()) == (401, {"why": "logged out"})


def test_who_is_not_of_the_desk_keeps_nothing(client):
    client.force_login(User.objects.create_user("reader"))
    assert keep(client).status_code == 401
    assert not Draft.objects.exists()


def test_a_page_that_was_drawn_for_another_person_keeps_nothing_in_ones_name(desk, amal):
    basma = person("basma")
    refused = keep(desk, user=str(basma.pk))
    assert (refused.status_code, refused.json()) == (409, {"why": "another person", "person": "amal"})
    assert keep(desk, user=str(amal.pk)).status_code == 200


def test_without_the_token_of_a_form_nothing_is_kept_and_the_answer_to_a_question_brings_it(amal):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(amal)
    assert keep(strict).status_code == 403
    token = strict.get(draft_address(), {"key": "mention:5:change"}).json()["csrf"]
    assert keep(strict, csrfmiddlewaretoken=token).status_code == 200


@pytest.mark.parametrize("key", ["", "mention", "mention:5 or 1=1", "../x", "mention:" + "5" * 300, "mention:\0"])
def test_a_key_of_no_form_is_refused(desk, key):
    refused = keep(desk, key=key)
    assert refused.status_code == 400
    assert "is no key of a form" in refused.json()["why"]


@pytest.mark.parametrize(
    "fields",
    [
        "x",
        "[]",
        "[1]",
        '"text"',
        '{"title": 5}',
        '{"title": {"values": [5]}}',
        '{"title": {"values": 5}}',
        "[" * 100_000,
    ],
)
def test_what_is_not_the_fields_of_a_form_is_refused(desk, fields):
    refused = keep(desk, fields=fields)
    assert refused.status_code == 400
    assert not Draft.objects.exists()


def test_text_that_no_database_takes_is_made_one_that_it_takes(desk):
    keep(desk, fields='{"title": {"values": ["a\\u0000b \\ud800"]}}')
    assert kept(desk)["fields"]["title"] == {"values": ["a b ?"]}


def test_a_report_of_the_largest_size_is_kept_and_a_larger_one_refused(desk):
    five_megabytes = "مجزرة في الحولة " * 170_000
    assert 4_900_000 < len(five_megabytes.encode()) < 5_000_000
    assert keep(desk, "article:add", typed(text=five_megabytes)).status_code == 200
    assert kept(desk, "article:add")["fields"]["text"]["values"] == [five_megabytes]
    refused = keep(desk, "article:add", typed(text="a" * 5_300_000))
    assert (refused.status_code, "too long" in refused.json()["why"]) == (413, True)
    assert kept(desk, "article:add")["fields"]["text"]["values"] == [five_megabytes]


def test_old_drafts_are_neither_offered_nor_kept(desk, amal):
    keep(desk, "event:1:change")
    Draft.objects.update(saved_at=timezone.now() - drafts.KEPT - dt.timedelta(minutes=1))
    assert kept(desk, "event:1:change") is None
    keep(desk)
    assert [draft.key for draft in Draft.objects.all()] == ["mention:5:change"]


def test_a_person_keeps_so_many_drafts_and_no_more(desk, amal, monkeypatch):
    monkeypatch.setattr(drafts, "KEPT_AT_MOST", 3)
    for number in range(5):
        keep(desk, f"mention:{number}:change")
    assert [draft.key for draft in Draft.objects.order_by("pk")] == [f"mention:{n}:change" for n in (2, 3, 4)]


def test_the_draft_is_dropped_with_the_save_and_not_before(desk, entry):
    key = f"mention:{entry.pk}:change"
    keep(desk, key)
    keep(desk, "mention:0:change")
    desk.post(address(entry), drawn(desk, entry, precision="week"))
    assert kept(desk, key)
    desk.post(address(entry), drawn(desk, entry, kind="shooting"))
    assert kept(desk, key) is None
    assert kept(desk, "mention:0:change")


def test_the_draft_stays_until_the_choice_between_two_versions_is_saved(desk, entry):
    key = f"mention:{entry.pk}:change"
    keep(desk, key)
    stale = drawn(desk, entry, title="Killings in Taldou")
    review.correct(entry, person("basma"), {"title": "Killings in Houla"})
    page = desk.post(address(entry), stale)
    assert kept(desk, key)
    desk.post(address(entry), answered(page))
    assert kept(desk, key) is None


def test_the_draft_of_a_new_report_is_dropped_when_it_is_added(desk):
    keep(desk, "article:add")
    report = {"title": "A report", "language": "en", "text": "Residents counted 12 dead.", "reference": "", "url": ""}
    assert desk.post("/admin/timeline/article/add/", {**report, "outlet": "", "published": ""}).status_code == 302
    assert kept(desk, "article:add") is None


@pytest.mark.parametrize(
    "path, key",
    [
        ("article/add/", "article:add"),
        ("source/add/", "source:add"),
        ("place/add/", "place:add"),
        ("mention/{}/change/", "mention:{}:change"),
    ],
)
def test_the_forms_say_under_which_key_they_are_kept(desk, entry, path, key):
    page = desk.get(f"/admin/timeline/{path.format(entry.pk)}").content.decode()
    assert f'data-draft="{key.format(entry.pk)}"' in page
    assert "timeline/desk.js" in page


def test_who_may_only_look_has_no_draft_but_is_seen(client, entry):
    client.force_login(person("chadi", "Contributor"))
    page = client.get(address(entry)).content.decode()
    assert 'data-draft=""' in page
    assert f'data-presence="mention:{entry.pk}"' in page


# ---- Who is there


def sign_of_life(desk: Client, key: str) -> list[str]:
    answer = desk.post(reverse("admin:timeline_presence"), {"key": key})
    assert answer.status_code == 200
    return [one["name"] for one in answer.json()["others"]]


@pytest.fixture
def basma(amal) -> Client:
    other = Client()
    other.force_login(person("basma", first_name="Basma", last_name="Idris"))
    return other


def test_each_is_told_who_else_has_the_record_open_and_nobody_of_oneself(desk, basma):
    assert sign_of_life(desk, "mention:5") == []
    assert sign_of_life(basma, "mention:5") == ["amal"]
    assert sign_of_life(desk, "mention:5") == ["Basma Idris"]
    assert sign_of_life(desk, "mention:6") == []


def test_the_page_says_so_without_a_script(desk, basma, entry):
    sign_of_life(basma, presence.key_of(entry))
    Presence.objects.update(since=dt.datetime(2026, 5, 25, 14, 5, tzinfo=dt.UTC))
    page = desk.get(address(entry)).content.decode()
    assert (
        '<b dir="auto">Basma Idris</b> has this open since <time datetime="2026-05-25T14:05:00+00:00">14:05</time>'
        in page
    )


def test_whoever_gives_no_sign_is_gone_and_begins_anew_on_return(desk, basma):
    sign_of_life(basma, "mention:5")
    silent = timezone.now() - presence.GONE_AFTER - dt.timedelta(seconds=1)
    Presence.objects.update(since=silent, at=silent)
    assert sign_of_life(desk, "mention:5") == []
    sign_of_life(basma, "mention:5")
    assert Presence.objects.get(user__username="basma").since > silent
    assert sign_of_life(desk, "mention:5") == ["Basma Idris"]


def test_a_stay_is_counted_from_its_beginning(basma):
    sign_of_life(basma, "mention:5")
    began = timezone.now() - dt.timedelta(seconds=30)
    Presence.objects.update(since=began, at=began)
    sign_of_life(basma, "mention:5")
    assert Presence.objects.get().since == began


def test_where_one_was_long_ago_is_forgotten(desk):
    sign_of_life(desk, "mention:5")
    Presence.objects.update(at=timezone.now() - presence.FORGOTTEN_AFTER - dt.timedelta(seconds=1))
    sign_of_life(desk, "mention:6")
    assert [one.key for one in Presence.objects.all()] == ["mention:6"]


def test_presence_is_for_who_is_logged_in(client):
    assert client.post(reverse("admin:timeline_presence"), {"key": "mention:5"}).status_code == 401
    assert client.get(reverse("admin:timeline_presence"), {"key": "mention:5"}).status_code == 405
    assert not Presence.objects.exists()


# ---- What it costs


def queries(do: Any) -> int:
    """Statements on the desk's own tables; the session and the rights are asked for on any page."""
    with CaptureQueriesContext(connection) as asked:
        do()
    ours = ("timeline_draft", "timeline_presence")
    return sum(any(f'"{table}"' in query["sql"] for table in ours) for query in asked.captured_queries)


def test_presence_and_drafts_cost_a_page_one_query_and_a_sign_of_life_two(desk, basma, entry):
    desk.get(address(entry))
    assert queries(lambda: desk.get(address(entry))) == 1
    sign_of_life(desk, "mention:5")
    sign_of_life(basma, "mention:5")
    assert queries(lambda: sign_of_life(desk, "mention:5")) == 2
    keep(desk)
    assert queries(lambda: keep(desk)) <= 3
    assert queries(lambda: kept(desk)) == 1
