"""What an editor does: logs in, corrects a toll, publishes, sees the public page change; the history shows who and what."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from timeline.models import Event, Mention

pytestmark = [pytest.mark.django_db(transaction=True)]

REPORT = """In Damascus on Thursday two car bombs left 55 people dead and 372 wounded, according to the Interior Ministry.
Residents described a crater three metres deep."""


@pytest.fixture
def editor(transactional_db) -> User:
    return User.objects.create_superuser("amal", password="a long password")


def log_in(page: Page) -> None:
    page.goto("/admin/")
    page.get_by_label("Username").fill("amal")
    page.get_by_label("Password").fill("a long password")
    page.get_by_role("button", name="Log in").click()


def add_report(page: Page, published: str = "2012-05-11") -> None:
    page.goto("/admin/timeline/article/add/")
    page.locator("#id_title").fill("Bombs in Damascus")
    page.locator("#id_published").fill(published)
    page.locator("#id_text").fill(REPORT)
    with page.expect_navigation():
        page.get_by_role("button", name="Save", exact=True).click()


def test_an_editor_corrects_publishes_and_the_public_page_changes(page, open_page, editor):
    log_in(page)
    add_report(page)
    # What was read is there at once, marked in the text and as entries.
    expect(page.locator(".report-text mark.toll").first).to_contain_text("55 people")
    entry = Mention.objects.get(kind="bombing")

    page.goto("/admin/timeline/mention/")
    page.locator(f"input[name=_selected_action][value='{entry.pk}']").check()
    page.locator("select[name=action]").select_option("publish")
    page.get_by_role("button", name="Run").or_(page.get_by_role("button", name="Go")).click()
    expect(page.get_by_text("1 of 1 entries")).to_be_visible()
    page.get_by_role("button", name="Accept and publish as events: 1 entry").click()
    expect(page.locator(".messagelist")).to_contain_text("Accepted and published 1 entry.")
    event = Event.objects.get()

    reader = open_page((390, 844))
    reader.goto(event.get_absolute_url())
    expect(reader.locator(".killed .figure")).to_have_text("55")

    page.goto(f"/admin/timeline/mention/{entry.pk}/change/")
    expect(page.locator(".field-in_the_report mark").first).to_be_visible()
    killed = page.locator(".inline-related", has=page.locator("select[id$=harm] option[value=killed][selected]")).first
    killed.locator("input[id$=low]").fill("56")
    killed.locator("input[id$=high]").fill("56")
    page.locator("#id_reason").fill("a later count by the ministry")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("changed successfully")

    reader.reload()
    expect(reader.locator(".killed .figure")).to_have_text("56")
    reader.goto("/")
    expect(reader.locator(".event .figure")).to_have_text("56")

    claim = entry.toll_claims.get(harm="killed")
    page.goto(f"/admin/timeline/tollclaim/{claim.pk}/history/")
    history = page.locator("#content")
    expect(history).to_contain_text("amal")
    expect(history).to_contain_text("a later count by the ministry")
    expect(history.locator("dl > div", has_text="How many").first).to_have_text(re.compile(r"55\s*→\s*to\s*56"))


def test_words_that_are_not_in_the_report_are_refused_beside_the_box(page, editor):
    log_in(page)
    add_report(page)
    entry = Mention.objects.get(kind="bombing")
    page.goto(f"/admin/timeline/mention/{entry.pk}/change/")
    page.locator("#id_evidence").fill("Three car bombs")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".field-evidence.errors")).to_contain_text("not in the report")
    assert Mention.objects.get(pk=entry.pk).status == "extracted"


def test_a_future_day_of_publication_is_refused(page, editor):
    log_in(page)
    add_report(page, published="2099-01-01")
    expect(page.locator(".field-published")).to_contain_text("in the future")
    assert not Mention.objects.exists()


def test_the_same_text_twice_is_refused_with_its_first_place(page, editor):
    log_in(page)
    add_report(page)
    add_report(page)
    expect(page.locator(".field-text")).to_contain_text("This text is here already")
