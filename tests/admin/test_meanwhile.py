"""Who saves second over a colleague, in every form of the desk: both versions field by field, and nothing typed is lost."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.making import article, claim, houla, mention, person
from timeline.curation import events, review
from timeline.curation.meanwhile import newest
from timeline.curation.undo import undo
from timeline.ingest.naming import place_named, source_named
from timeline.models import Act, Article, Event, Mention, Place, Source, TollClaim

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(person("amal"))
    return client


@pytest.fixture
def basma() -> User:
    return person("basma", first_name="Basma", last_name="Idris")


@pytest.fixture
def entry() -> Mention:
    made = mention(article(), "government forces killed more than 90 people in Houla on Friday")
    claim(made, "more than 90 people", 90, None, "activists", qualifier="more_than")
    return made


def address(record: Any) -> str:
    return f"/admin/timeline/{record._meta.model_name}/{record.pk}/change/"


def drawn(desk: Client, record: Any, **typed: object) -> dict[str, Any]:
    """What a browser sends of the record's form as it stands now, with ``typed`` in it."""
    context = desk.get(address(record)).context
    sent: dict[str, Any] = {}
    formsets = [inline.formset for inline in context["inline_admin_formsets"]]
    parts = [context["adminform"].form, *(part for f in formsets for part in (f.management_form, *f.forms))]
    for form in parts:
        for bound in form:
            value = bound.value()
            if value is True or value is False:
                sent |= {bound.html_name: "on"} if value else {}
            elif isinstance(value, list):
                sent[bound.html_name] = [getattr(one, "pk", one) for one in value]
            else:
                sent[bound.html_name] = "" if value is None else value
    return {**sent, **typed}


def answered(page: Any, **chosen: str) -> dict[str, Any]:
    """The page's form as it comes back, with what was ``chosen`` and else what is chosen already."""
    html = page.content.decode()
    sent: dict[str, Any] = {}
    for name, value in page.context["typed"]:
        assert f'<input type="hidden" name="{name}"' in html
        sent.setdefault(name, []).append(value)
    for one in page.context["to_choose"]:
        sent[one.settled_name] = str(one.conflict.newest)
        sent |= {field.name: field.chosen for field in one.fields}
    return sent | {f"choice.{name}": side for name, side in chosen.items()}


def shown(page: Any) -> dict[str, tuple[str, str, str, str]]:
    """Each field of the page's first record: what was seen, mine, theirs, and which is chosen."""
    fields = page.context["to_choose"][0].fields
    return {f.change.name: (f.change.saw, f.change.mine, f.change.theirs, f.chosen) for f in fields}


def test_who_saves_second_sees_both_versions_field_by_field_and_nothing_is_stored(desk, entry, basma):
    stale = drawn(desk, entry, title="Killings in Taldou", kind="shooting", reason="the report says so")
    review.correct(entry, basma, {"title": "Killings in Houla", "actors": ["government forces"]})
    page = desk.post(address(entry), stale)
    assert shown(page) == {
        "title": ("Massacre in Houla", "Killings in Taldou", "Killings in Houla", "mine"),
        "kind": ("Massacre", "Shooting", "Massacre", "mine"),
        "actors": ("(empty)", "(empty)", "government forces", "theirs"),
    }
    html = page.content.decode()
    assert "Changed by Basma Idris after you opened it" in html
    assert "you both changed this" in html
    assert '<h2 id="meanwhile-1" dir="auto">Killings in Houla</h2>' in html  # as it stands, not as I typed it
    assert [change.name for change in page.context["to_choose"][0].kept] == ["status"]
    entry.refresh_from_db()
    assert (entry.title, entry.kind) == ("Killings in Houla", "massacre")


@pytest.mark.parametrize("side, title", [("mine", "Killings in Taldou"), ("theirs", "Killings in Houla")])
def test_one_button_saves_what_was_chosen_and_what_only_one_side_changed(desk, entry, basma, side, title):
    stale = drawn(desk, entry, title="Killings in Taldou", kind="shooting", reason="the report says so")
    review.correct(entry, basma, {"title": "Killings in Houla", "actors": ["government forces"]})
    page = desk.post(address(entry), stale)
    assert desk.post(address(entry), answered(page, title=side)).status_code == 302
    entry.refresh_from_db()
    assert (entry.title, entry.kind, entry.actors) == (title, "shooting", ["government forces"])
    last = entry.history.first()
    assert (last.history_user.username, last.history_change_reason) == ("amal", "the report says so")


def test_a_field_that_only_they_changed_can_be_put_back(desk, entry, basma):
    stale = drawn(desk, entry, kind="shooting")
    review.correct(entry, basma, {"title": "Killings in Houla"})
    page = desk.post(address(entry), stale)
    desk.post(address(entry), answered(page, title="mine"))
    entry.refresh_from_db()
    assert (entry.title, entry.kind) == ("Massacre in Houla", "shooting")


def test_when_a_third_person_saves_meanwhile_it_asks_again_and_keeps_what_was_chosen(desk, entry, basma):
    stale = drawn(desk, entry, title="Killings in Taldou", kind="shooting")
    review.correct(entry, basma, {"title": "Killings in Houla"})
    page = desk.post(address(entry), stale)
    review.correct(entry, person("noor"), {"kind": "shelling"})
    again = desk.post(address(entry), answered(page, title="theirs"))
    assert shown(again)["title"] == ("Massacre in Houla", "Killings in Taldou", "Killings in Houla", "theirs")
    assert shown(again)["kind"] == ("Massacre", "Shooting", "Shelling", "mine")
    assert again.context["who"] == "Basma Idris and noor"
    assert desk.post(address(entry), answered(again)).status_code == 302
    entry.refresh_from_db()
    assert (entry.title, entry.kind) == ("Killings in Houla", "shooting")


def test_a_mistake_in_the_form_is_told_first_and_the_choice_comes_when_it_is_mended(desk, entry, basma):
    stale = drawn(desk, entry, title="Killings in Taldou", latest="2012-05-01")
    review.correct(entry, basma, {"title": "Killings in Houla"})
    page = desk.post(address(entry), stale)
    # The days are judged once it is clear whose stand.
    chosen = desk.post(address(entry), answered(page, title="theirs"))
    assert "is before the earliest" in chosen.content.decode()
    mended = {name: field for name, field in answered(page).items() if not name.startswith(("choice", "settled"))}
    form = chosen.context["adminform"].form
    assert (form["title"].value(), form["seen"].value()) == ("Killings in Houla", str(newest(entry)))
    mended |= {"title": "Killings in Houla", "seen": newest(entry), "latest": "2012-05-25", "kind": "shooting"}
    assert desk.post(address(entry), mended).status_code == 302
    entry.refresh_from_db()
    assert (entry.title, entry.kind) == ("Killings in Houla", "shooting")


def test_a_field_that_cannot_be_read_is_mended_before_the_choice(desk, entry, basma):
    stale = drawn(desk, entry, title="Killings in Taldou", earliest="some day")
    review.correct(entry, basma, {"title": "Killings in Houla"})
    page = desk.post(address(entry), stale)
    assert "to_choose" not in page.context
    html = page.content.decode()
    assert "Killings in Taldou" in html
    assert "Basma Idris changed" in html
    asked = desk.post(address(entry), {**stale, "earliest": "2012-05-25"})
    assert shown(asked)["title"][3] == "mine"


def test_a_colleagues_rejection_is_shown_to_who_corrects(desk, entry, basma):
    stale = drawn(desk, entry, kind="shooting")
    review.reject(entry, basma)
    page = desk.post(address(entry), stale)
    assert "Rejected" in page.content.decode()
    assert "makes the entry “corrected”" in page.content.decode()


def test_who_changed_nothing_is_not_asked_and_puts_nothing_back(desk, entry, basma):
    stale = drawn(desk, entry)
    review.correct(entry, basma, {"title": "Killings in Houla", "place": place_named("Aleppo", "Aleppo")})
    assert desk.post(address(entry), stale).status_code == 302
    entry.refresh_from_db()
    assert (entry.title, entry.place.name, entry.history.count()) == ("Killings in Houla", "Aleppo", 2)


def test_where_both_made_the_same_change_nobody_is_asked(desk, entry, basma):
    stale = drawn(desk, entry, title="Killings in Houla")
    review.correct(entry, basma, {"title": "Killings in Houla"})
    assert desk.post(address(entry), stale).status_code == 302


def test_the_tolls_on_an_entrys_page_are_chosen_one_by_one(desk, entry, basma):
    toll = entry.toll_claims.get()
    stale = drawn(desk, entry, **{"toll_claims-0-low": 92, "toll_claims-0-victims": "civilians"})
    review.correct_toll(toll, basma, {"low": 108, "source": source_named("United Nations")})
    page = desk.post(address(entry), stale)
    assert shown(page) == {
        "low": ("90", "92", "108", "mine"),
        "victims": ("(empty)", "civilians", "(empty)", "mine"),
        "source": ("activists", "activists", "United Nations", "theirs"),
    }
    answer = answered(page) | {"toll_claims-0-choice.low": "theirs"}
    assert desk.post(address(entry), answer).status_code == 302
    toll.refresh_from_db()
    assert (toll.low, toll.victims, toll.source.name) == (108, "civilians", "United Nations")


def test_a_toll_that_only_they_changed_stays_when_the_entry_is_saved(desk, entry, basma):
    toll = entry.toll_claims.get()
    stale = drawn(desk, entry, kind="shooting")
    review.correct_toll(toll, basma, {"low": 108})
    page = desk.post(address(entry), stale)
    desk.post(address(entry), answered(page))
    toll.refresh_from_db()
    entry.refresh_from_db()
    assert (toll.low, entry.kind) == (108, "shooting")


def test_an_entry_and_its_tolls_saved_together_are_one_act_and_undone_as_one(desk, entry):
    form = drawn(desk, entry, kind="shooting", **{"toll_claims-0-low": 92})
    assert desk.post(address(entry), form).status_code == 302
    act = Act.objects.get()
    assert act.words == "corrected “Massacre in Houla”"
    undo(act, None)
    entry.refresh_from_db()
    assert (entry.kind, entry.status, entry.toll_claims.get().low) == ("massacre", "extracted", 90)


def test_a_toll_on_its_own_page(desk, entry, basma):
    toll = entry.toll_claims.get()
    stale = drawn(desk, toll, low=92, evidence="more than 90 people in Houla")
    review.correct_toll(toll, basma, {"low": 108})
    page = desk.post(address(toll), stale)
    assert shown(page)["quote"] == (
        "more than 90 people",
        "more than 90 people in Houla",
        "more than 90 people",
        "mine",
    )
    assert desk.post(address(toll), answered(page, low="theirs")).status_code == 302
    toll.refresh_from_db()
    assert (toll.low, toll.quote) == (108, "more than 90 people in Houla")


def test_an_event_with_its_actors_and_its_toll(desk, basma):
    event = houla()
    stale = drawn(desk, event, title="Killings in Houla", killed_best=91, toll_basis="the observers counted")
    events.correct_event(event, basma, {"title": "Massacre at Houla", "summary": "Two days of shelling came before."})
    page = desk.post(address(event), stale)
    assert shown(page)["title"] == ("Massacre in Houla", "Killings in Houla", "Massacre at Houla", "mine")
    assert desk.post(address(event), answered(page)).status_code == 302
    event = Event.objects.get()
    assert (event.title, event.summary) == ("Killings in Houla", "Two days of shelling came before.")
    assert (event.killed_best, event.toll_by_editor) == (91, True)


def test_figures_that_follow_from_the_claims_ask_nobody(desk):
    event = houla()
    stale = drawn(desk, event, summary="Villagers were killed.")
    other = mention(article("Residents told of 108 dead in Houla."), "108 dead in Houla")
    claim(other, "108 dead", 108, 108, "residents")
    events.link(other, event, None)
    assert desk.post(address(event), stale).status_code == 302
    event.refresh_from_db()
    assert (event.summary, event.killed_high, event.toll_by_editor) == ("Villagers were killed.", 108, False)


@pytest.mark.parametrize(
    "make, field, first, second",
    [
        (lambda: source_named("residents"), "notes", "Speaks for one side.", "Counts with care."),
        (lambda: place_named("Houla", "Homs"), "name_ar", "الحولا", "حولا"),
        (lambda: article(), "title", "A count of the dead", "Observers count"),
    ],
)
def test_sources_places_and_reports(desk, make, field, first, second):
    record = make()
    stale = drawn(desk, record, **{field: second})
    colleague = Client()
    colleague.force_login(person("basma"))
    assert colleague.post(address(record), drawn(desk, record, **{field: first})).status_code == 302
    page = desk.post(address(record), stale)
    assert shown(page)[field][1:3] == (second, first)
    record.refresh_from_db()
    assert getattr(record, field) == first
    assert desk.post(address(record), answered(page)).status_code == 302
    record.refresh_from_db()
    assert getattr(record, field) == second


def test_text_over_several_lines_that_nobody_changed_is_no_change(desk, basma):
    event = houla()
    Event.objects.update(summary="One line.\nAnother.")
    events.correct_event(event, basma, {"slug": event.slug})
    sent = drawn(desk, event, title="Killings in Houla")
    sent["summary"] = "One line.\r\nAnother."
    events.correct_event(event, basma, {"kind": "shooting"})
    assert set(shown(desk.post(address(event), sent))) == {"title", "kind"}


@pytest.mark.parametrize("seen", ["999999", "-1", "x", "9" * 30])
def test_a_version_that_the_record_never_had_saves_nothing_unseen(desk, entry, seen):
    form = drawn(desk, entry, title="Killings in Houla", seen=seen)
    page = desk.post(address(entry), form)
    entry.refresh_from_db()
    if page.status_code == 200:
        assert re.search("never had|whole number|greater than", page.content.decode())
        assert entry.title == "Massacre in Houla"


def test_a_contributor_neither_saves_nor_is_shown_a_choice(client, entry, basma):
    client.force_login(person("chadi", "Contributor"))
    form = {"title": "Mine", "seen": newest(entry)}
    review.correct(entry, basma, {"title": "Killings in Houla"})
    assert client.post(address(entry), form).status_code == 403
    assert not Act.objects.exclude(by=basma).exists()


def test_choosing_takes_as_many_queries_after_many_changes_as_after_one(desk, entry, basma):
    stale = drawn(desk, entry, title="Killings in Taldou", kind="shooting")

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert "to_choose" in desk.post(address(entry), stale).context
        return len(asked)

    review.correct(entry, basma, {"title": "Killings in Houla"})
    after_one = queries()
    for number in range(20):
        review.correct(entry, basma, {"title": f"Killings in Houla, {number}"})
    assert queries() == after_one


def test_records_of_every_kind_are_covered():
    """The page is drawn by the admin that all of them share."""
    from django.contrib import admin

    from timeline.admin.desk import DeskAdmin

    for model in (Mention, TollClaim, Event, Article, Source, Place):
        assert isinstance(admin.site.get_model_admin(model), DeskAdmin)
