"""Feeds at the desk: who may keep them, what the form refuses, trying one out, reading one now."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.making import article, person
from tests.serving import item, report_page, rss
from timeline.ingest import feeds as reading
from timeline.models import Act, Article, Feed

pytestmark = pytest.mark.django_db

LIST = reverse("admin:timeline_feed_changelist")
ADD = reverse("admin:timeline_feed_add")
TRY = reverse("admin:timeline_feed_try")
PUBLIC = "http://93.184.215.14/feed"


@pytest.fixture
def keeper(client):
    user = person("amal", "Administrator")
    client.force_login(user)
    return client


def typed(address: str = PUBLIC, **values: str) -> dict[str, str]:
    return {"address": address, "outlet": "", "every": "60", "active": "on", "reason": "", **values}


def change(feed: Feed) -> str:
    return reverse("admin:timeline_feed_change", args=[feed.pk])


def words(answer) -> str:
    return " ".join(answer.content.decode().split())


def served(site) -> str:
    """A feed with one entry and its page; returns its address."""
    page = site.page("/1", report_page("Shelling killed four people in Homs on Wednesday, residents of the town said."))
    return site.page("/feed", rss(item(page, "Market in Homs shelled")))


# ---- Adding and changing ----


def test_a_feed_is_added_as_an_act_that_can_be_undone(keeper):
    answer = keeper.post(ADD, typed(reason="asked for by the desk"), follow=True)
    act = Act.objects.get()
    assert (act.words, act.reason, act.by.username) == (f"added the feed {PUBLIC}", "asked for by the desk", "amal")
    assert reverse("admin:timeline_act_undo", args=[act.pk]) in words(answer)
    keeper.post(reverse("admin:timeline_act_undo", args=[act.pk]))
    assert not Feed.objects.get().active


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/feed",
        "http://localhost/feed",
        "http://169.254.169.254/latest",
        "http://[::1]/",
        "http://10.1.2.3/",
    ],
)
def test_an_address_in_a_private_network_is_refused_with_the_reason(keeper, address):
    answer = keeper.post(ADD, typed(address))
    assert "is in a private or local network, which this site does not open by itself" in words(answer)
    assert not Feed.objects.exists()


@pytest.mark.parametrize(
    "values, said",
    [
        ({"address": "no address"}, "Enter a valid URL"),
        ({"address": "ftp://example.org/feed"}, "no address that begins with http"),
        (
            {"address": "http://nowhere.invalid/feed"},
            "No address is known for the host “nowhere.invalid”. Check its spelling.",
        ),
        ({"every": "1"}, "greater than or equal to 5"),
        ({"every": "1000000"}, "less than or equal to 10080"),
    ],
)
def test_what_cannot_be_read_is_refused(keeper, values, said):
    assert said in words(keeper.post(ADD, typed(**values)))
    assert not Feed.objects.exists()


def test_a_feed_is_added_once(keeper):
    Feed.objects.create(address=PUBLIC)
    assert "already exists" in words(keeper.post(ADD, typed()))


def test_another_address_begins_anew(keeper):
    feed = Feed.objects.create(address=PUBLIC, etag='"1"', failures=3, error="It failed.", moved_to=PUBLIC + "2")
    keeper.post(change(feed), typed(PUBLIC + "2"))
    feed.refresh_from_db()
    assert (feed.address, feed.etag, feed.failures, feed.error, feed.moved_to) == (PUBLIC + "2", "", 0, "", "")


def test_saving_does_not_write_over_how_reading_went_meanwhile(keeper):
    feed = Feed.objects.create(address=PUBLIC, etag='"1"', failures=3, error="It failed.")
    keeper.post(change(feed), typed(every="120"))
    feed.refresh_from_db()
    assert (feed.every, feed.etag, feed.failures) == (120, '"1"', 3)
    assert feed.history.count() == 2


def test_a_feed_goes_back_to_an_earlier_version(keeper):
    keeper.post(ADD, typed())
    feed = Feed.objects.get()
    keeper.post(change(feed), typed(every="120"))
    first = feed.history.last()
    assert "120" in words(keeper.get(reverse("admin:timeline_feed_history", args=[feed.pk])))
    keeper.post(reverse("admin:timeline_feed_revert", args=[feed.pk, first.history_id]))
    feed.refresh_from_db()
    assert (feed.every, feed.address) == (60, PUBLIC)


# ---- How it goes ----


def test_the_list_says_in_words_how_each_goes(keeper):
    now = timezone.now()
    Feed.objects.create(address=PUBLIC)
    Feed.objects.create(
        address=PUBLIC + "2", read_at=now - dt.timedelta(hours=2), next_at=now + dt.timedelta(hours=3, minutes=5)
    )
    Feed.objects.create(address=PUBLIC + "3", read_at=now, failures=3, error="The server failed (500).", next_at=now)
    Feed.objects.create(address=PUBLIC + "4", active=False, error="It was taken away for good (410).")
    shown = words(keeper.get(LIST)).replace("\xa0", " ")
    assert "Waits to be read." in shown
    assert "In order." in shown
    assert "Read 2 hours ago, next in 3 hours." in shown
    assert "Failed 3 times in a row: The server failed (500)." in shown
    assert "Switched off: It was taken away for good (410)." in shown
    assert words(keeper.get(LIST, {"state": "bad"})).count('class="feed-state bad"') == 2


def test_the_list_asks_the_database_as_often_for_ten_feeds_as_for_one(keeper, django_assert_max_num_queries):
    for number in range(10):
        Feed.objects.create(address=f"{PUBLIC}{number}")
    with django_assert_max_num_queries(12):
        keeper.get(LIST)


def test_a_feeds_page_shows_its_entries_and_what_came_of_them(keeper, site):
    feed = Feed.objects.create(address=served(site))
    site.page("/feed", rss(item(site.root + "/1", "Market in Homs shelled"), item(site.root + "/2", "Another")))
    reading.read(feed)
    shown = words(keeper.get(change(feed)))
    assert reverse("admin:timeline_article_change", args=[Article.objects.get().pk]) in shown
    assert "There is nothing at this address (404)." in shown


# ---- Trying and reading ----


def test_a_feed_is_tried_out_and_nothing_is_saved(keeper, site):
    answer = keeper.post(TRY, typed(served(site)))
    shown = words(answer)
    assert "Market in Homs shelled" in shown
    assert "1 entry. Nothing was saved." in shown
    assert f'name="address" value="{site.root}/feed"' in shown
    assert not Feed.objects.exists()
    assert not Article.objects.exists()


def test_and_saved_from_there(keeper, site):
    given = keeper.post(TRY, typed(served(site), every="30")).context["given"]
    keeper.post(ADD, dict(given))
    feed = Feed.objects.get()
    assert (feed.address, feed.every, feed.active) == (f"{site.root}/feed", 30, True)


def test_what_is_no_feed_is_said_when_it_is_tried(keeper, site):
    page = site.page("/page", report_page("This is a page and not a feed, though there are words on it."))
    assert "Give the address of the feed itself" in words(keeper.post(TRY, typed(page)))


def test_a_private_address_is_not_tried(keeper, site, settings):
    settings.FETCH_PRIVATE = False
    assert "private or local network" in words(keeper.post(TRY, typed(f"{site.root}/feed")))
    assert site.asked == []


def test_a_feed_is_read_now_from_its_page_and_from_the_list(keeper, site):
    feed = Feed.objects.create(address=served(site), next_at=timezone.now() + dt.timedelta(days=1))
    answer = keeper.post(reverse("admin:timeline_feed_read", args=[feed.pk]), follow=True)
    assert "1 new, 0 duplicate, 0 failed." in words(answer)
    answer = keeper.post(LIST, {"action": "read_now", "_selected_action": [feed.pk]}, follow=True)
    assert "0 new, 0 duplicate, 0 failed." in words(answer)


def test_feeds_are_switched_off_and_on_as_one_act(keeper):
    feeds = [Feed.objects.create(address=f"{PUBLIC}{number}") for number in range(2)]
    keeper.post(LIST, {"action": "switch_off", "_selected_action": [feed.pk for feed in feeds]})
    assert [act.words for act in Act.objects.all()] == ["switched feeds off"]
    assert not Feed.objects.filter(active=True).exists()
    keeper.post(LIST, {"action": "switch_on", "_selected_action": [feed.pk for feed in feeds]})
    assert Feed.objects.filter(active=True).count() == 2


# ---- Who may ----


@pytest.mark.parametrize("role", ["Contributor", "Editor", "Publisher"])
def test_only_administrators_keep_feeds(client, role):
    feed = Feed.objects.create(address=PUBLIC)
    client.force_login(person("rana", role))
    asked = [
        client.post(ADD, typed(PUBLIC + "2")),
        client.post(TRY, typed()),
        client.post(reverse("admin:timeline_feed_read", args=[feed.pk])),
        client.post(change(feed), typed(every="120")),
    ]
    assert [answer.status_code for answer in asked] == [403] * 4
    client.post(LIST, {"action": "switch_off", "_selected_action": [feed.pk]})
    feed.refresh_from_db()
    assert (Feed.objects.count(), feed.every, feed.active, feed.read_at) == (1, 60, True, None)


def test_editors_see_how_feeds_go(client):
    Feed.objects.create(address=PUBLIC)
    client.force_login(person("rana", "Editor"))
    assert client.get(LIST).status_code == 200
    assert client.get(change(Feed.objects.get())).status_code == 200


def test_reports_tell_which_feed_they_came_from(keeper):
    feed = Feed.objects.create(address=PUBLIC)
    article("From a feed.", feed=feed)
    article("From a file.")
    shown = keeper.get(reverse("admin:timeline_article_changelist"), {"feed__id__exact": feed.pk})
    assert shown.context["cl"].result_count == 1
