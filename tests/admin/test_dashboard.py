"""The admin's front page tells what waits, in numbers that lead on, and shows each person what their role may see."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from tests.making import article, claim, houla, mention, person
from timeline.curation import queue
from timeline.ingest.naming import source_named
from timeline.models import Article, Event, Feed, TollClaim
from timeline.query import desk_figures

pytestmark = pytest.mark.django_db


def page(client: Client) -> str:
    return " ".join(client.get("/admin/").content.decode().split())


def waiting(count: int, days_ago: int, **values) -> list:
    made = [mention(article(f"{days_ago} {n} Houla.", **values), "Houla") for n in range(count)]
    came = timezone.now() - dt.timedelta(days=days_ago)
    Article.objects.filter(pk__in=[entry.article_id for entry in made]).update(added_at=came)
    return made


@pytest.fixture
def desk(client) -> Client:
    client.force_login(person("amal"))
    return client


def test_the_queue_is_counted_by_kind_and_by_when_the_report_came_in():
    waiting(1, 20)
    waiting(2, 3)
    waiting(3, 0)
    mention(article("A protest in Houla."), "A protest in Houla", kind="protest")
    rows = desk_figures.queue()
    assert [(row.label, row.today, row.week, row.older, row.total) for row in rows] == [
        ("Massacre", 3, 2, 1, 6),
        ("Protest", 1, 0, 0, 1),
    ]


def test_an_old_queue_is_all_old_and_a_decided_entry_is_in_none():
    entries = waiting(2, 20)
    entries[0].status = "accepted"
    entries[0].save()
    assert [(row.today, row.week, row.older) for row in desk_figures.queue()] == [(0, 0, 1)]


def test_an_empty_desk_says_so(desk):
    shown = page(desk)
    assert "Nothing waits: every entry has been decided on." in shown
    assert "Nobody has an entry in hand, and none is assigned." in shown
    for nothing in ("Nothing in the last seven days", "Every report has its day", "No name waits for a decision"):
        assert nothing in shown


def test_each_figure_is_there_with_its_link(desk):
    event = houla()
    entry = waiting(1, 0, published=None)[0]
    claim(entry, "Houla", 1, 1, "a circle of lawyers")
    Feed.objects.create(address="https://example.org/feed", failures=3, error="The server answered 503.")
    TollClaim.objects.filter(low=92).update(gone_since=timezone.now())
    Event.objects.filter(pk=event.pk).update(contested=True)
    event.mentions.update(status="accepted", disagrees=True)
    shown = page(desk)
    for title, count in (
        ("Published this week", 1),
        ("Contested events", 1),
        ("Engine disagrees", 1),
        ("Undated reports", 1),
        ("Proposed names", 1),
        ("Feeds that fail", 1),
        ("Gone from their address", 1),
    ):
        assert f'{count}<span class="visually-hidden">: {title}' in shown, title
    assert "3 times: The server answered 503." in shown


def test_what_a_figure_leads_to_opens(desk):
    houla()
    source_named("a circle of lawyers")
    Event.objects.update(contested=True)
    for panel in desk.get("/admin/").context["panels"]:
        assert desk.get(panel.address).status_code == 200, panel.address


def test_who_has_entries_in_hand_and_who_is_asked(desk):
    amal, basma = (person(name, "Editor") for name in ("noor", "basma"))
    entries = waiting(3, 0)
    queue.take(basma, entries[0])
    queue.assign(entries, amal, basma)
    told = [(one.person, one.in_hand, one.asked) for one in desk_figures.at_work()]
    assert told == [("basma", 1, 0), ("noor", 0, 3)]
    assert desk_figures.asked_of(amal) == 3


def test_each_role_sees_what_it_may(client):
    waiting(1, 0)
    client.force_login(person("nour", "Contributor"))
    shown = page(client)
    assert "Published this week" in shown
    for title in ("To review", "Who is at work", "Engine disagrees", "Proposed names", "Feeds that fail"):
        assert title not in shown
    client.force_login(person("basma", "Editor"))
    assert "To review" in page(client)


def test_the_page_takes_as_many_queries_with_many_records(desk, django_assert_max_num_queries):
    houla()
    waiting(30, 0)
    with django_assert_max_num_queries(34):
        page(desk)
