"""Readers see how many reports an event rests on, of how many independent origins, and which copy which."""

from __future__ import annotations

import pytest

from tests.making import article, houla, mention
from timeline.curation import events, origins
from timeline.models import Article, Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> Event:
    """Houla, told by four reports, three of them of one origin."""
    made = houla()
    first = Article.objects.get()
    for number, outlet in enumerate(("one outlet", "another outlet", "a third")):
        told = f"More than 90 people were killed in Houla on Friday, {outlet} wrote."
        report = article(told, title=f"Killings in Houla, told by {outlet}")
        events.link(mention(report, told), made, None)
        if number < 2:
            origins.join([first, report], None)
    made.refresh_from_db()
    return made


def text(client, address: str) -> str:
    return " ".join(client.get(address).content.decode().split())


def test_the_page_counts_reports_by_origin_and_puts_copies_under_their_first(client, event):
    shown = text(client, event.get_absolute_url())
    assert "<dt>Reports</dt><dd>4 reports, 2 independent origins</dd>" in shown
    assert shown.count("<blockquote") == 2
    copies = shown[shown.index("Copied or rewritten in") :]
    assert "told by one outlet" in copies
    assert "told by another outlet" in copies


def test_the_list_counts_them_so_too(client, event):
    assert "4 reports, 2 independent origins" in text(client, "/")


def test_where_all_are_of_one_origin_it_says_so(client, event):
    origins.join(Article.objects.all(), None)
    assert "4 reports of one origin" in text(client, event.get_absolute_url())


def test_reports_that_are_each_their_own_are_only_counted(client, event):
    for report in Article.objects.filter(origin__isnull=False):
        origins.part(report, None)
    shown = text(client, "/")
    assert "4 reports" in shown
    assert "origin" not in shown
