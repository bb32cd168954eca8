"""An editor links a report's entries as suggested: by keyboard, without JavaScript, and on a telephone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.curation.test_linking import report
from tests.making import houla, person
from timeline.models import Article, Event

pytestmark = [pytest.mark.django_db(transaction=True)]


@pytest.fixture
def told(transactional_db) -> Article:
    """A report whose first entry tells of a published event."""
    person("edith", "Editor", password="a long password")
    houla()
    return report()


def open_report(page: Page, told: Article) -> None:
    page.goto(f"/admin/login/?next=/admin/timeline/article/{told.pk}/change/")
    page.get_by_label("Username").fill("edith")
    page.get_by_label("Password").fill("a long password")
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("link", name="Link what is suggested").click()


def reports_of(event: Event) -> int:
    return event.mentions.values("article").distinct().count()


def test_what_is_suggested_is_linked_and_undone_without_javascript(no_script_page, told):
    page, event = no_script_page, Event.objects.get()
    open_report(page, told)
    group = page.get_by_role("group", name="Massacre in Houla")
    expect(group.get_by_role("radio", name="Massacre in Houla")).to_be_checked()
    expect(group).to_contain_text("92 killed in both")
    page.get_by_role("button", name="Link what is chosen").click()
    expect(page.locator(".messagelist")).to_contain_text("1 entry is linked")
    assert reports_of(event) == 2
    page.locator(".messagelist").get_by_role("button", name="Undo").click()
    expect(page.locator(".messagelist")).to_contain_text("ndid")
    assert reports_of(event) == 1


def test_by_keyboard_another_choice_is_made_and_its_focus_is_seen(page, told):
    open_report(page, told)
    radio = page.get_by_role("radio", name="Massacre in Houla")
    radio.focus()
    page.keyboard.press("ArrowDown")
    none = page.get_by_role("radio", name="None of these, for now")
    expect(none).to_be_checked()
    expect(none).to_be_focused()
    assert none.evaluate("one => getComputedStyle(one).outlineStyle") != "none"
    page.keyboard.press("Enter")
    expect(page.locator(".messagelist")).to_contain_text("nothing was linked")
    assert reports_of(Event.objects.get()) == 1


def test_on_a_telephone_nothing_runs_off_the_side(phone, told):
    open_report(phone, told)
    expect(phone.get_by_role("button", name="Link what is chosen")).to_be_visible()
    phone.wait_for_load_state()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
