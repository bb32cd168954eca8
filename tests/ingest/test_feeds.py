"""Reading feeds from a real server: what is new goes in, what fails is said, and the rest goes in nevertheless."""

from __future__ import annotations

import datetime as dt
import gzip

import pytest
from django.utils import timezone

from tests.serving import item, report_page, rss
from timeline.ingest import feeds
from timeline.ingest.feeds import due, read
from timeline.ingest.naming import source_named
from timeline.models import Article, Feed, FeedEntry, TollClaim

pytestmark = pytest.mark.django_db

WORDS = (
    "Shelling killed four people in Homs on Wednesday, residents said.",
    "The shells fell on a market in the old town before noon, they said, and burnt several shops.",
)
KIND = "application/rss+xml"


@pytest.fixture
def feed(site) -> Feed:
    outlet = source_named("Example Agency", kind="outlet")
    return Feed.objects.create(address=f"{site.root}/feed", outlet=outlet)


def words(number: int) -> tuple[str, str]:
    return (f"Shelling killed {number + 3} people in Homs on Wednesday, residents said.", WORDS[1])


def several(site, count: int) -> None:
    """A feed with this many entries, each with its page."""
    links = [site.page(f"/{number}", report_page(*words(number))) for number in range(count)]
    site.page("/feed", rss(*(item(link, f"Report {number}") for number, link in enumerate(links))), KIND)


# ---- What goes in ----


def test_a_new_entry_goes_in_with_the_words_of_its_page_and_the_day_of_the_feed(feed, site):
    link = site.page("/1", report_page(*WORDS, title="Another title"))
    site.page("/feed", rss(item(link, "Market in Homs shelled")), KIND)
    reading = read(feed)
    article = Article.objects.get()
    assert (reading.new, reading.failed, str(reading)) == (1, False, f"{site.root}/feed: 1 new, 0 duplicate, 0 failed.")
    assert article.text == "\n".join(WORDS)
    assert (article.title, article.outlet.name, article.url) == ("Market in Homs shelled", "Example Agency", link)
    assert (article.published, article.language, article.feed) == (dt.date(2012, 5, 30), "en", feed)


def test_it_waits_in_the_queue_with_what_was_read_in_it(feed, site):
    several(site, 1)
    read(feed)
    entry = Article.objects.get().mentions.get()
    assert (entry.status, entry.earliest, entry.place.name) == ("extracted", dt.date(2012, 5, 30), "Homs")
    assert TollClaim.objects.get().low == 3


def test_a_second_run_fetches_no_page_again_and_stores_nothing(feed, site):
    several(site, 3)
    read(feed)
    site.asked.clear()
    assert read(feed).new == 0
    assert site.paths() == ["/feed"]
    assert Article.objects.count() == 3


def test_a_feed_that_has_not_changed_says_so_by_its_etag(feed, site):
    several(site, 1)

    def answer(handler):
        unchanged = handler.headers["If-None-Match"] == '"v1"' and handler.headers["If-Modified-Since"] == "then"
        handler.give(b"", status=304) if unchanged else handler.give(rss().encode(), KIND)

    site.page("/feed", rss(item(site.root + "/0")), KIND, ETag='"v1"', Last_Modified="then")
    read(feed)
    site.answers["/feed"] = answer
    reading = read(Feed.objects.get())
    assert (reading.unchanged, str(reading)) == (True, f"{site.root}/feed: nothing new.")
    assert read(Feed.objects.get()).unchanged, "the tags are kept"


def test_the_same_words_under_two_links_are_one_report(feed, site):
    links = [site.page(path, report_page(*WORDS)) for path in ("/a", "/b")]
    site.page("/feed", rss(*(item(link) for link in links)), KIND)
    reading = read(feed)
    assert (reading.new, reading.duplicate, Article.objects.count()) == (1, 1, 1)


def test_an_entry_in_two_feeds_is_fetched_once(feed, site):
    several(site, 1)
    site.page("/second", rss(item(site.root + "/0")), KIND)
    read(feed)
    read(Feed.objects.create(address=f"{site.root}/second"))
    assert site.paths().count("/0") == 1


def test_an_entry_without_a_link_is_its_own_report(feed, site):
    text = "<description>Shelling killed four people in Homs on Wednesday, residents said.</description>"
    site.page("/feed", rss(item("", more=text)), KIND)
    read(feed)
    assert Article.objects.get().text == "Shelling killed four people in Homs on Wednesday, residents said."


def test_a_feed_in_windows_1256_that_calls_itself_utf_8_is_read_in_arabic(feed, site):
    arabic = "قال ناشطون إن أربعة أشخاص قتلوا في حمص يوم الأربعاء، وفق سكان في المدينة القديمة."
    page = f"<html lang='ar'><body><h1>حمص</h1><article><p>{arabic}</p><p>{arabic} وقال آخرون إن القصف استمر.</p></article></body></html>"
    link = site.page("/1", page.encode("windows-1256"), "text/html; charset=utf-8")
    site.page("/feed", rss(item(link, "قصف في حمص")).encode("windows-1256"), f"{KIND}; charset=utf-8")
    read(feed)
    article = Article.objects.get()
    assert (article.title, article.language) == ("قصف في حمص", "ar")
    assert arabic in article.text


def test_a_packed_feed_is_unpacked(feed, site):
    several(site, 1)
    site.page("/feed", gzip.compress(rss(item(site.root + "/0")).encode()), KIND, Content_Encoding="gzip")
    assert read(feed).new == 1


@pytest.mark.parametrize("date", ["Wed, 30 May 2999 10:00:00 GMT", "the other day", ""])
def test_without_a_day_that_can_be_right_the_page_is_asked_and_else_it_is_undated(feed, site, date):
    stated = '<meta property="article:published_time" content="2012-05-29T08:00:00Z">'
    links = [site.page("/a", report_page(*WORDS, head=stated)), site.page("/b", report_page(*words(9)))]
    site.page("/feed", rss(*(item(link, date=date) for link in links)), KIND)
    assert read(feed).new == 2
    assert [article.published for article in Article.objects.order_by("pk")] == [dt.date(2012, 5, 29), None]


# ---- What fails ----


def test_when_one_entry_fails_the_good_rest_is_stored(feed, site):
    several(site, 3)
    site.fails("/1", 500)
    reading = read(feed)
    assert (reading.new, len(reading.failures)) == (2, 1)
    feed.refresh_from_db()
    assert feed.error == (
        f"1 of its entries could not be taken in. The first: {site.root}/1: the server failed (500). It is tried again later."
    )
    assert feed.failures == 0


def test_an_entry_that_failed_is_tried_again_and_then_given_up(feed, site):
    several(site, 1)
    site.fails("/0", 500)
    for _ in range(feeds.TRIES + 2):
        read(feed)
    assert site.paths().count("/0") == feeds.TRIES
    assert FeedEntry.objects.get().error == "the server failed (500). It is tried again later."


def test_an_entry_that_another_visit_to_its_host_put_off_goes_in_with_the_next_run(feed, site, monkeypatch):
    several(site, 1)
    fetch = feeds.fetch_in_turn

    def host_is_busy(address, *rest, **options):
        if not address.endswith("/feed"):
            raise feeds.Busy("the host is being visited", "It is tried again later.")
        return fetch(address, *rest, **options)

    with monkeypatch.context() as busy:
        busy.setattr(feeds, "fetch_in_turn", host_is_busy)
        assert read(feed).left == 1
    feed.refresh_from_db()
    assert feed in due()
    assert read(feed).new == 1
    assert Article.objects.count() == 1


def test_a_page_that_mends_itself_goes_in_later_though_the_feed_has_not_changed(feed, site):
    page = report_page(*WORDS)
    site.page("/feed", rss(item(site.root + "/0")), KIND, ETag='"v1"')
    site.fails("/0", 503)
    read(feed)
    feed.refresh_from_db()
    assert feed.etag == ""
    site.page("/0", page)
    assert read(feed).new == 1
    feed.refresh_from_db()
    assert (feed.etag, feed.error) == ('"v1"', "")


@pytest.mark.parametrize("body", ["<html><body><nav>Front page</nav></body></html>", "<html><body></body></html>", ""])
def test_a_page_without_a_report_is_named(feed, site, body):
    site.page("/0", body)
    site.page("/feed", rss(item(site.root + "/0")), KIND)
    assert "no article text was found" in str(read(feed).failures[0])


@pytest.mark.parametrize(
    "body, words",
    [
        ("this is no XML", "not XML"),
        ("<rss><channel><title>x</rss>", "not XML"),
        ("<html><body><p>a page</p></body></html>", "no RSS or Atom feed"),
        (rss(), "a feed without entries"),
        ("", ""),
        (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
        (
            '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]><rss><channel><title>&a;</title></channel></rss>',
            "feed",
        ),
    ],
)
def test_what_is_no_feed_is_said_in_words(feed, site, body, words):
    site.page("/feed", body, KIND)
    reading = read(feed)
    assert words in reading.error
    feed.refresh_from_db()
    assert (feed.error, feed.failures) == (reading.error, 1)


def test_a_feed_that_breaks_off_gives_what_is_whole(feed, site):
    several(site, 2)
    whole = rss(item(site.root + "/0"), item(site.root + "/1"))
    site.page("/feed", whole[: whole.rindex("<pubDate>")], KIND)
    reading = read(feed)
    assert (reading.new, [f.reason for f in reading.failures]) == (1, ["the feed breaks off inside this entry"])


def test_a_feed_that_fails_is_left_alone_for_longer_each_time_up_to_a_day(feed, site):
    waits = []
    for _ in range(7):
        read(feed)
        feed.refresh_from_db()
        waits.append(round((feed.next_at - timezone.now()).total_seconds() / 3600))
    assert waits == [1, 2, 4, 8, 16, 24, 24]
    assert (feed.failures, feed.error) == (7, "there is nothing at this address (404). Check the address.")
    several(site, 1)
    read(feed)
    feed.refresh_from_db()
    assert (feed.failures, feed.error) == (0, "")


def test_a_server_that_asks_for_longer_is_given_longer(feed, site):
    site.fails("/feed", 429, Retry_After="36000")
    read(feed)
    feed.refresh_from_db()
    assert round((feed.next_at - timezone.now()).total_seconds() / 3600) == 10


def test_a_feed_that_is_gone_for_good_is_switched_off(feed, site):
    site.fails("/feed", 410)
    read(feed)
    feed.refresh_from_db()
    assert not feed.active
    assert feed.history.first().history_change_reason.startswith("it was taken away for good (410)")
    assert feed not in due()


def test_a_feed_that_has_moved_for_good_is_read_there_and_says_so(feed, site):
    several(site, 1)
    site.answers["/new"] = site.answers["/feed"]
    site.redirect("/feed", "/new", 301)
    assert read(feed).new == 1
    feed.refresh_from_db()
    assert (feed.address, feed.moved_to) == (f"{site.root}/feed", f"{site.root}/new")


def test_neither_feed_nor_page_leads_into_the_local_network(feed, site, settings):
    settings.FETCH_PRIVATE = False
    assert "private or local network" in read(feed).error
    assert site.asked == []


# ---- Bounds ----


def test_of_a_huge_feed_a_run_takes_some_and_the_next_goes_on(feed, site, monkeypatch):
    monkeypatch.setattr(feeds, "NEW_A_RUN", 2)
    several(site, 5)
    assert [(r.new, r.left) for r in (read(feed) for _ in range(3))] == [(2, 3), (2, 1), (1, 0)]
    feed.refresh_from_db()
    assert feed.next_at > timezone.now()


def test_what_is_left_is_due_at_once(feed, site, monkeypatch):
    monkeypatch.setattr(feeds, "NEW_A_RUN", 1)
    several(site, 2)
    read(feed)
    assert feed in due()


def test_ten_thousand_entries_are_cut_at_the_top_thousand(feed, site, monkeypatch):
    monkeypatch.setattr(feeds, "NEW_A_RUN", 0)
    site.page("/feed", rss(*(item(f"{site.root}/{number}") for number in range(3_000))), KIND)
    assert read(feed).left == feeds.LOOKED_AT


def test_a_feed_over_10_megabytes_is_refused(feed, site):
    site.page("/feed", rss(item(site.root + "/0", more=f"<description>{'word ' * 2_100_000}</description>")), KIND)
    assert "over 10 MB" in read(feed).error


def test_only_what_is_due_and_active_is_due(site):
    past, coming = timezone.now() - dt.timedelta(hours=1), timezone.now() + dt.timedelta(hours=1)
    wanted = Feed.objects.create(address="http://93.184.215.14/a", next_at=past)
    Feed.objects.create(address="http://93.184.215.14/b", next_at=coming)
    Feed.objects.create(address="http://93.184.215.14/c", next_at=past, active=False)
    assert list(due()) == [wanted]
