"""The page that links a report's entries as suggested, and gathering reports from the list: what they show, do and refuse."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.curation.test_linking import report
from tests.making import article, houla, mention, person
from timeline.admin import linking as desk_page
from timeline.curation import events
from timeline.models import Act, Article, Event, Mention

pytestmark = pytest.mark.django_db


def as_role(role: str) -> Client:
    client = Client()
    client.force_login(person(role.lower(), role))
    return client


@pytest.fixture
def desk() -> Client:
    return as_role("Editor")


def address(told: Article) -> str:
    return f"/admin/timeline/article/{told.pk}/links/"


def test_it_shows_what_would_be_linked_where_and_why(desk):
    houla()
    page = desk.get(address(report())).content.decode()
    assert "Massacre in Houla" in page
    assert "both say 25 May 2012" in page
    assert "92 killed in both" in page
    assert "% alike" in page.replace("&nbsp;", " ")


def test_the_sure_one_is_chosen_already_and_an_entry_without_is_listed(desk):
    event, told = houla(), report()
    page = desk.get(address(told))
    (row,) = page.context["rows"]
    assert [(choice.suggestion.event, choice.chosen) for choice in row.choices] == [(event, True)]
    assert [entry.title for entry in page.context["without"]] == ["Shelling in Palmyra"]


def test_looking_changes_nothing(desk):
    houla()
    told = report()
    desk.get(address(told))
    assert not told.mentions.filter(event__isnull=False).exists()


def test_what_is_chosen_is_linked_and_offered_for_undoing(desk):
    event, told = houla(), report()
    entry = told.mentions.get(title="Massacre in Houla")
    page = desk.post(address(told), {f"event-{entry.pk}": event.pk}, follow=True)
    assert Mention.objects.get(pk=entry.pk).event == event
    act = Act.objects.latest("pk")
    assert f"/admin/timeline/act/{act.pk}/" in page.content.decode()
    assert "1 entry is linked" in page.content.decode()


@pytest.mark.parametrize("value", ["", "none", "-1", "9" * 30, "²"])
def test_none_or_nonsense_links_nothing(desk, value):
    houla()
    told = report()
    entry = told.mentions.get(title="Massacre in Houla")
    page = desk.post(address(told), {f"event-{entry.pk}": value}, follow=True)
    assert "nothing was linked" in page.content.decode()
    assert Mention.objects.get(pk=entry.pk).event is None


def test_what_changed_since_the_page_was_drawn_is_said(desk):
    event, told = houla(), report()
    entry = told.mentions.get(title="Massacre in Houla")
    events.withdraw(event, None, "counted twice")
    page = desk.post(address(told), {f"event-{entry.pk}": event.pk}, follow=True)
    assert "withdrawn or merged meanwhile" in page.content.decode()


def test_a_contributor_neither_sees_nor_links(desk):
    event, told = houla(), report()
    entry = told.mentions.get(title="Massacre in Houla")
    contributor = as_role("Contributor")
    assert contributor.get(address(told)).status_code == 403
    assert contributor.post(address(told), {f"event-{entry.pk}": event.pk}).status_code == 403
    own_page = contributor.get(f"/admin/timeline/article/{told.pk}/change/").content.decode()
    assert "Link what is suggested" not in own_page
    assert Mention.objects.get(pk=entry.pk).event is None


def test_the_report_s_page_leads_there_while_entries_are_open(desk):
    told = report()
    page = f"/admin/timeline/article/{told.pk}/change/"
    assert address(told) in desk.get(page).content.decode()
    events.create_event(told.mentions.all(), None)
    assert address(told) not in desk.get(page).content.decode()


def test_a_report_without_open_entries_says_so(desk):
    told = report()
    events.create_event(told.mentions.all(), None)
    assert "Every entry of this report has its event" in desk.get(address(told)).content.decode()
    assert "Nothing was read" in desk.get(address(article("Nothing to see."))).content.decode()


def test_a_report_unlike_all_events_says_so(desk):
    assert "No event like those" in desk.get(address(report())).content.decode()


def test_titles_from_reports_are_escaped(desk):
    houla()
    told = report()
    told.mentions.update(title="<script>alert(1)</script>")
    page = desk.get(address(told)).content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;" in page


def test_the_queries_grow_with_the_entries_alone(desk, django_assert_max_num_queries):
    houla()
    told = report()
    with django_assert_max_num_queries(2 * 9 + 14):
        desk.get(address(told))


def gathered(desk: Client, *reports: Article) -> str:
    keys = [told.pk for told in reports]
    page = desk.post(
        "/admin/timeline/article/", {"action": "gather", "_selected_action": keys, "index": 0}, follow=True
    )
    return page.content.decode()


def test_chosen_reports_are_gathered_into_events_as_one_act(desk):
    first = article()
    mention(first, "government forces killed more than 90 people in Houla on Friday")
    assert "2 reports gathered" in gathered(desk, first, report())
    assert not Mention.objects.filter(event=None).exists()
    assert str(Act.objects.latest("pk")) == "gathered reports into events"


def test_too_many_reports_at_once_are_refused(desk, monkeypatch):
    monkeypatch.setattr(desk_page, "MOST_GATHERED", 1)
    first = article()
    assert "too many at once" in gathered(desk, first, report())
    assert not Event.objects.exists()


def test_a_contributor_gathers_nothing():
    told = report()
    gathered(as_role("Contributor"), told)
    assert not Event.objects.exists()
