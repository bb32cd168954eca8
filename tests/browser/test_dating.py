"""An editor dates an undated report, without JavaScript and on a telephone, and takes the day back."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from tests.making import houla
from timeline.extraction import extract
from timeline.ingest.store import apply_extraction
from timeline.models import Article

pytestmark = [pytest.mark.django_db(transaction=True)]

TEXT = "A minister said on Wednesday that the massacre of 92 people in Houla last week was a crime."


@pytest.fixture
def undated(transactional_db) -> Article:
    User.objects.create_superuser("amal", password="a long password")
    houla()
    article = Article.objects.create(title="A minister speaks of Houla", text=TEXT)
    apply_extraction(article, extract(TEXT))
    return article


def open_report(page: Page, article: Article) -> None:
    page.goto(f"/admin/login/?next=/admin/timeline/article/{article.pk}/change/")
    page.get_by_label("Username").fill("amal")
    page.get_by_label("Password").fill("a long password")
    page.get_by_role("button", name="Log in").click()


def test_a_proposed_day_is_picked_and_taken_back_without_javascript(no_script_page, undated):
    page = no_script_page
    open_report(page, undated)
    text = page.get_by_role("region", name="Text of the report")
    expect(text.locator("mark.date").first).to_have_text("on Wednesday")
    page.get_by_role("button", name="Use 30 May 2012").click()
    expect(page.locator(".messagelist")).to_contain_text("Published Wednesday 30 May 2012: 2 words of time resolved")
    expect(page.locator(".dating")).to_contain_text("Wednesday 30 May 2012 was set by amal")
    page.get_by_role("button", name="Take the day back").click()
    expect(page.locator(".messagelist")).to_contain_text("The report is undated again")
    expect(page.get_by_role("button", name="Use 30 May 2012")).to_be_visible()


def test_another_day_is_typed_and_kept_with_its_reason(page, undated):
    open_report(page, undated)
    page.get_by_label("Day", exact=True).fill("2012-06-07")
    page.locator(".dating").get_by_label("Why").fill("the paper of that day has it")
    page.get_by_role("button", name="Use this day").click()
    expect(page.locator(".dating")).to_contain_text("the paper of that day has it")
    expect(page.locator(".dating")).to_contain_text("Thursday 7 June 2012 was set by amal")


def test_on_a_telephone_nothing_runs_off_the_side(phone, undated):
    open_report(phone, undated)
    button = phone.get_by_role("button", name="Use 30 May 2012")
    expect(button).to_be_visible()
    assert button.bounding_box()["height"] >= 44
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
