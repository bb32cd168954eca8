"""The page of an undated report: its proposals, picking one, typing another, taking it back, and who may."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from tests.making import houla
from timeline.extraction import extract
from timeline.ingest.store import apply_extraction
from timeline.models import Act, Article

pytestmark = pytest.mark.django_db

DAY = dt.date(2012, 5, 30)
TEXT = "A minister said on Wednesday that the massacre of 92 people in Houla last week was a crime."


@pytest.fixture
def desk(client) -> Client:
    client.force_login(User.objects.create_superuser("amal", password="a long password"))
    return client


@pytest.fixture
def undated() -> Article:
    return add(TEXT)


def add(text: str) -> Article:
    article = Article.objects.create(title="A minister speaks of Houla", text=text)
    apply_extraction(article, extract(text))
    return article


def page(article: Article) -> str:
    return f"/admin/timeline/article/{article.pk}/change/"


def address(article: Article) -> str:
    return f"/admin/timeline/article/{article.pk}/day/"


def words(response) -> str:
    return " ".join(response.content.decode().split())


def test_it_shows_the_days_proposed_with_reasons_beside_the_text(desk, undated):
    houla()
    shown = words(desk.get(page(undated)))
    assert 'name="day" value="2012-05-30">Use 30 May 2012</button>' in shown
    assert "Wednesday, " in shown
    assert "the same place and toll" in shown
    assert "&#x27;on Wednesday&#x27; names the day of publication" in shown
    assert "2 words of time in it wait for it." in shown
    assert shown.count('class="report-text"') == 1
    assert '<mark class="toll' in shown


def test_it_says_so_where_nothing_dates_the_report(desk, undated):
    shown = words(desk.get(page(undated)))
    assert "Neither the report nor the events that the timeline knows say when it came out." in shown
    assert "Use this day" in shown


def test_picking_a_proposal_dates_the_report_and_says_what_came_of_it(desk, undated):
    houla()
    shown = words(desk.post(address(undated), {"day": "2012-05-30"}, follow=True))
    assert "Published Wednesday 30 May 2012: 2 words of time resolved, 1 more entry dated." in shown
    undated.refresh_from_db()
    assert undated.published == DAY
    newest = undated.history.first()
    assert newest.history_user.username == "amal"
    assert "'on Wednesday' names the day of publication" in newest.history_change_reason
    assert "When was this report published?" not in shown
    assert "Take the day back" in shown


def test_another_day_can_be_typed_with_a_reason(desk, undated):
    desk.post(address(undated), {"day": "6 June 2012", "reason": "the paper of that day has it"})
    undated.refresh_from_db()
    assert undated.published == dt.date(2012, 6, 6)
    assert 'was set by amal: <span dir="auto">the paper of that day has it</span>' in words(desk.get(page(undated)))


def test_the_day_can_be_taken_back(desk, undated):
    desk.post(address(undated), {"day": "2012-05-30"})
    shown = words(desk.post(address(undated), {"take_back": "2012-05-30"}, follow=True))
    assert "The report is undated again: 2 words of time unresolved again, 1 entry without a day." in shown
    undated.refresh_from_db()
    assert undated.published is None
    assert [record.published for record in undated.history.all()] == [None, DAY, None]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "No day was given."),
        ("soon", "“soon”"),
        ("May 2012", "“May 2012” is more than one day."),
        ("2999-01-01", "is in the future"),
        ("2012-02-30", "not on the calendar"),
        ("<b>2012</b>", "is no date we can read"),
    ],
)
def test_what_is_no_day_is_refused_in_words(desk, undated, typed, said):
    shown = words(desk.post(address(undated), {"day": typed}, follow=True))
    assert said in shown
    undated.refresh_from_db()
    assert undated.published is None


@pytest.mark.parametrize("chosen", [{"day": "2012-06-06"}, {"take_back": "2012-06-06"}, {}])
def test_a_page_opened_before_a_colleague_set_the_day_changes_nothing(desk, undated, chosen):
    desk.post(address(undated), {"day": "2012-05-30"})
    shown = words(desk.post(address(undated), chosen, follow=True))
    assert "A colleague has changed the day" in shown
    assert "it has Wednesday 30 May 2012. Nothing was changed." in shown
    undated.refresh_from_db()
    assert undated.published == DAY


def test_the_day_that_a_report_came_with_is_not_taken_back(desk):
    dated = Article.objects.create(title="Dated", text="Shells fell.", published=DAY)
    shown = words(desk.post(address(dated), {"take_back": "2012-05-30"}, follow=True))
    assert "came in with its day" in shown
    dated.refresh_from_db()
    assert dated.published == DAY


def test_a_report_that_came_with_its_day_has_no_such_part(desk):
    dated = Article.objects.create(title="Dated", text="Shells fell.", published=DAY)
    shown = words(desk.get(page(dated)))
    assert "When was this report published?" not in shown
    assert "Take the day back" not in shown


def test_it_checks_who_may(client, undated):
    reader = User.objects.create_user("reader", password="a long password", is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_article"))
    client.force_login(reader)
    shown = words(client.get(page(undated)))
    assert "When was this report published?" in shown
    assert "Use this day" not in shown
    assert client.post(address(undated), {"day": "2012-05-30"}).status_code == 403
    client.logout()
    assert client.post(address(undated), {"day": "2012-05-30"}).status_code == 302
    undated.refresh_from_db()
    assert undated.published is None


def test_it_answers_to_post_alone_and_only_with_its_token(desk, undated):
    assert desk.get(address(undated)).status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(User.objects.get(username="amal"))
    assert strict.post(address(undated), {"day": "2012-05-30"}).status_code == 403
    assert desk.post("/admin/timeline/article/999999/day/", {"day": "2012-05-30"}).status_code == 404


def test_undated_reports_are_easy_to_find(desk, undated):
    add("Wed 6 Jun 2012 Shells fell on the old town.")
    Article.objects.create(title="A dated report", text="Shells fell.", published=DAY)
    everything = words(desk.get("/admin/timeline/article/"))
    assert "Undated (2)" in everything
    assert "Undated, a day proposed (1)" in everything
    assert "undated, perhaps 06 June 2012" in everything
    assert "A dated report" not in words(desk.get("/admin/timeline/article/?dated=no"))
    proposed = words(desk.get("/admin/timeline/article/?dated=proposed"))
    assert "1 report" in proposed or "1 article" in proposed
    assert "A dated report" in words(desk.get("/admin/timeline/article/?dated=yes"))


def test_the_page_takes_few_queries(desk, undated, django_assert_max_num_queries):
    houla()
    with django_assert_max_num_queries(24):
        desk.get(page(undated))


def test_a_report_added_undated_stands_in_the_list_with_its_proposal(desk):
    houla()
    form = {"title": "A minister speaks of Houla", "language": "en", "text": TEXT, "url": "", "reference": ""}
    desk.post("/admin/timeline/article/add/", {**form, "published": "", "outlet": ""})
    shown = words(desk.get("/admin/timeline/article/?dated=proposed"))
    assert "Undated, a day proposed (1)" in shown
    assert "undated, perhaps 30 May 2012" in shown


def test_what_a_wrong_day_is_answered_with_asks_for_a_day(desk, undated):
    shown = words(desk.post(address(undated), {"day": "31 Foo 2012"}, follow=True))
    assert "Type one day such as 2012-05-30." in shown
    assert "Write for example" not in shown


def test_a_day_given_is_undone_from_the_message_that_says_so(desk, undated):
    shown = words(desk.post(address(undated), {"day": "2012-05-30"}, follow=True))
    act = Act.objects.latest("id")
    assert act.words == "dated “A minister speaks of Houla” Wednesday 30 May 2012"
    assert f'action="/admin/timeline/act/{act.pk}/undo/"' in shown
    desk.post(f"/admin/timeline/act/{act.pk}/undo/")
    undated.refresh_from_db()
    assert undated.published is None
