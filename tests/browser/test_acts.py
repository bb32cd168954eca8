"""Without a script: two events are merged with what it does shown first, undone from the message, and gone back in by history."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from tests.curation.test_merging import another
from tests.making import houla
from timeline.models import Event

pytestmark = [pytest.mark.django_db(transaction=True)]


@pytest.fixture
def desk(transactional_db, no_script_page: Page) -> Page:
    User.objects.create_superuser("amal", password="a long password")
    no_script_page.goto("/admin/")
    no_script_page.get_by_label("Username").fill("amal")
    no_script_page.get_by_label("Password").fill("a long password")
    no_script_page.get_by_role("button", name="Log in").click()
    return no_script_page


def test_merging_undoing_and_reading_the_record_of_it(desk, open_page):
    kept, other = houla(), another()
    desk.goto("/admin/timeline/event/")
    for event in (kept, other):
        desk.locator(f"input[name=_selected_action][value='{event.pk}']").check()
    desk.locator("select[name=action]").select_option("merge")
    desk.get_by_role("button", name="Run").or_(desk.get_by_role("button", name="Go")).click()
    expect(desk.get_by_role("heading", name="What merging into “Massacre in Houla” does")).to_be_visible()
    expect(desk.locator(".foreseen")).to_contain_text("90–110 afterwards, contested")
    desk.get_by_label("Why these are one event").fill("Taldou is a part of Houla.")
    desk.get_by_role("button", name="Merge the others into it").click()
    expect(desk.locator(".messagelist")).to_contain_text("2 events are one now")

    reader = open_page((390, 844))
    reader.goto(other.get_absolute_url())
    expect(reader).to_have_url(f"{reader.url.split('/events/')[0]}{kept.get_absolute_url()}")
    expect(reader.locator("#changes")).to_contain_text("Taldou is a part of Houla.")

    desk.get_by_role("button", name="Undo", exact=True).click()
    expect(desk.locator(".messagelist")).to_contain_text(
        "Undid: merged “Killings in Taldou (110)” into “Massacre in Houla”."
    )
    assert Event.objects.filter(status="published").count() == 2
    reader.goto(other.get_absolute_url())
    expect(reader.locator("h1")).to_have_text("Killings in Taldou (110)")


def test_going_back_to_a_version_and_undoing_that_from_recent_decisions(desk):
    event = houla()
    desk.goto(f"/admin/timeline/event/{event.pk}/change/")
    desk.get_by_label("Title", exact=False).first.fill("The Houla massacre")
    desk.get_by_role("button", name="Save", exact=True).click()
    desk.goto(f"/admin/timeline/event/{event.pk}/history/")
    expect(desk.locator(".versions-list dl").first).to_contain_text("The Houla massacre")
    desk.get_by_role("button", name="Go back to this").first.click()
    expect(desk.locator(".messagelist")).to_contain_text("Put “The Houla massacre” back to how it stood on")
    assert Event.objects.get().title == "Massacre in Houla"
    desk.goto("/admin/timeline/act/")
    desk.get_by_role("button", name=re.compile("^Undo.*put")).click()
    expect(desk.locator(".messagelist")).to_contain_text("Undid: put")
    assert Event.objects.get().title == "The Houla massacre"
