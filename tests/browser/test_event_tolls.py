"""An editor weighs the claims of an event: by keyboard with htmx, without JavaScript, and on a telephone."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from tests.making import houla
from timeline.models import Event

pytestmark = [pytest.mark.django_db(transaction=True)]


@pytest.fixture
def event(transactional_db) -> Event:
    User.objects.create_superuser("amal", password="a long password")
    return houla()


def open_page(page: Page, event: Event, name: str) -> None:
    page.goto(f"/admin/login/?next=/admin/timeline/event/{event.pk}/{name}/")
    page.get_by_label("Username").fill("amal")
    page.get_by_label("Password").fill("a long password")
    page.get_by_role("button", name="Log in").click()
    # Until it has loaded, its style and its script are not all there.
    page.wait_for_url(f"**/event/{event.pk}/{name}/")


def discount(page: Page) -> None:
    line = page.locator("#toll-desk tr", has_text="92 bodies").first
    line.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(line).to_contain_text("Without it: 90 or more, no best estimate")
    page.keyboard.press("Tab")
    page.keyboard.type("counted too early")
    page.keyboard.press("Enter")


def test_a_claim_is_discounted_below_the_events_form_by_keyboard_and_that_undone(page, event):
    open_page(page, event, "change")
    # Set without the events of typing, which would keep a draft meanwhile.
    page.get_by_label("Title").evaluate("box => { box.value = 'Still being typed' }")
    discount(page)
    expect(page.locator("#toll-desk .said")).to_contain_text("Discounted: “92 bodies”, 92.")
    expect(page.locator("#toll-desk")).to_contain_text("Discounted: counted too early")
    expect(page.get_by_label("Title")).to_have_value("Still being typed")
    page.locator("#toll-desk .said").get_by_role("button", name="Undo").click()
    expect(page.locator(".messagelist")).to_contain_text("Undid: discounted the toll “92 bodies”")


def test_the_figures_are_previewed_as_they_are_typed_and_then_chosen(page, event):
    open_page(page, event, "tolls")
    page.get_by_label("Best estimate").fill("95")
    expect(page.locator("#toll-preview")).to_contain_text("Readers would see: 90–95, best estimate 95")
    page.get_by_label("Why (readers see it)").last.fill("three lists compared")
    page.get_by_role("button", name="Let these figures stand").click()
    expect(page.locator("#toll-desk .said")).to_contain_text("The best estimate is yours from now on")
    expect(page.locator("#toll-desk .standing")).to_contain_text("amal")


def test_all_of_it_without_javascript(no_script_page, event):
    page = no_script_page
    open_page(page, event, "tolls")
    discount(page)
    expect(page.locator(".messagelist")).to_contain_text("Discounted: “92 bodies”, 92.")
    page.get_by_label("Best estimate").fill("95")
    page.get_by_role("button", name="Preview").click()
    expect(page.locator("#toll-preview")).to_contain_text("Readers would see: 90 or more, best estimate 95")


def test_on_a_telephone_nothing_runs_off_the_side(phone, event):
    open_page(phone, event, "tolls")
    expect(phone.locator("#toll-desk")).to_contain_text("Who says how many")
    assert phone.evaluate("document.documentElement.scrollWidth") <= phone.viewport_size["width"]
