"""What a reader does: finds Houla, follows a toll to its sentence, and comes back to the filter as it was."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.django_db(transaction=True)]


def fill_the_filter(page: Page) -> None:
    page.get_by_label("Words").fill("Houla")
    page.locator("#from").fill("May 2012")
    page.locator("#to").fill("June 2012")


def follow_the_toll(page: Page) -> None:
    """From the list to the event, from a toll to the marked sentence, and back twice."""
    page.get_by_role("link", name=re.compile("Houla")).and_(page.locator("h3 a")).last.click()
    expect(page.locator("h1")).to_contain_text("Houla")
    row = page.locator(".claims tr", has=page.locator(".number", has_text="108")).first
    words = row.locator("mark").inner_text()
    assert "108" in words
    row.locator(".sentence a").first.click()
    expect(page).to_have_url(re.compile(r"/reports/\d+/#claim-\d+"))
    anchor = page.url.split("#")[1]
    marked = page.locator(f"#{anchor}")
    expect(marked).to_be_attached()
    expect(page.locator(".report-text mark.toll", has_text="108").first).to_be_visible()
    # From the mark back to the event.
    page.locator(".report-text a", has=page.locator("mark.toll", has_text="108")).first.click()
    expect(page).to_have_url(re.compile(rf"/events/[^/]+/#{anchor}"))
    for _ in range(3):
        page.go_back()


def expect_the_filter_as_it_was(page: Page) -> None:
    expect(page).to_have_url(re.compile(r"/\?q=Houla&from=May\+2012&to=June\+2012$"))
    expect(page.get_by_label("Words")).to_have_value("Houla")
    expect(page.locator("#from")).to_have_value("May 2012")
    expect(page.locator("#to")).to_have_value("June 2012")
    expect(page.locator(".event").first).to_be_visible()
    expect(page.locator("html")).to_have_count(1)
    expect(page.locator(".masthead")).to_be_visible()


def test_a_reader_with_javascript(page, demo):
    page.goto("/")
    everything = page.locator(".count").inner_text()
    fill_the_filter(page)
    page.locator("#to").press("Enter")
    expect(page).to_have_url(re.compile(r"q=Houla&from=May\+2012&to=June\+2012"))
    expect(page.locator(".count")).not_to_have_text(everything)
    follow_the_toll(page)
    expect_the_filter_as_it_was(page)


def test_a_reader_without_javascript(no_script_page, demo):
    page = no_script_page
    page.goto("/")
    fill_the_filter(page)
    page.get_by_role("button", name="Show").click()
    follow_the_toll(page)
    expect_the_filter_as_it_was(page)


def test_results_change_while_typing_and_the_box_keeps_the_focus(page, demo):
    page.goto("/")
    page.get_by_label("Words").press_sequentially("tremseh", delay=30)
    expect(page).to_have_url(re.compile(r"q=tremseh$"))
    expect(page.get_by_label("Words")).to_be_focused()
    expect(page.locator(".event h3").first).to_contain_text("Tremseh")


def test_back_after_filtering_gives_the_page_before(page, demo):
    page.goto("/")
    page.get_by_label("Words").fill("Ghouta")
    expect(page).to_have_url(re.compile(r"q=Ghouta$"))
    page.locator("#from").fill("2013")
    page.locator("#from").press("Enter")
    expect(page).to_have_url(re.compile(r"q=Ghouta&from=2013$"))
    page.go_back()
    expect(page).to_have_url(re.compile(r"q=Ghouta$"))
    expect(page.locator("#from")).to_have_value("")
    page.go_back()
    expect(page).to_have_url(re.compile(r"/$"))
    expect(page.get_by_label("Words")).to_have_value("")
    expect(page.locator(".masthead")).to_be_visible()
    page.go_forward()
    expect(page.get_by_label("Words")).to_have_value("Ghouta")
    page.reload()
    expect(page.locator(".masthead")).to_be_visible()
    expect(page.locator(".count")).to_contain_text("in this filter")


def test_a_wrong_date_is_told_beside_its_box_while_typing(page, demo):
    page.goto("/")
    page.locator("#from").fill("someday")
    page.locator("#from").press("Enter")
    expect(page.locator("#error-from")).to_contain_text("names no year")
    page.locator("#from").fill("2012")
    page.locator("#from").press("Enter")
    expect(page.locator("#error-from")).to_be_hidden()
    # What changed is said to those who cannot see it, in a place that stays.
    expect(page.locator("#announcement")).to_have_text(re.compile(r"^\d+ events?$"))


def test_more_events_come_on_scrolling_and_by_link(page, no_script_page, demo):
    page.goto("/")
    expect(page.locator(".event")).to_have_count(30)
    page.locator(".more a").scroll_into_view_if_needed()
    expect(page.locator(".event").nth(31)).to_be_attached()
    no_script_page.goto("/")
    first = no_script_page.locator(".event h3").first.inner_text()
    no_script_page.get_by_role("link", name="More events").click()
    expect(no_script_page.locator(".masthead")).to_be_visible()
    expect(no_script_page.locator(".event h3").first).not_to_have_text(first)


@pytest.mark.parametrize("address", ["/", "/method/"])
def test_nothing_is_wider_than_a_phone(phone, demo, address):
    phone.goto(address)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390


def test_no_event_or_report_page_is_wider_than_a_phone(phone, demo):
    phone.goto("/?q=Houla")
    phone.locator("h3 a").last.click()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    phone.locator(".sentence a").first.click()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_message_in_the_closed_filters_opens_them(phone, demo):
    phone.goto("/?place=atlantis")
    expect(phone.locator("#error-place")).to_be_visible()


def test_the_keyboard_reaches_everything_and_shows_where_it_is(page, demo):
    page.goto("/?q=Houla")
    wanted = page.evaluate(
        "[...document.querySelectorAll('a[href], input, select, button')].filter(e => e.checkVisibility()).length"
    )
    reached: set[int] = set()
    for _ in range(wanted + 5):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            """() => { const e = document.activeElement, all = [...document.querySelectorAll('a[href], input, select, button')];
            return [all.indexOf(e), getComputedStyle(e).outlineStyle, getComputedStyle(e).outlineWidth] }"""
        )
        if focused[0] >= 0:
            assert focused[1] == "solid", focused
            assert focused[2] != "0px", focused
            reached.add(focused[0])
    assert len(reached) == wanted
