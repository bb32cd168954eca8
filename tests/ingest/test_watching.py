"""Looking again at an address: what changed is marked and comes in, what only looks different does not."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from tests.making import article, claim, mention
from tests.serving import report_page
from timeline.curation import dating, events, review
from timeline.ingest import watching
from timeline.ingest.store import extract_again
from timeline.ingest.watching import due, lay_watches, look, versions, watch_of
from timeline.models import AddressWatch, Article, TollClaim

pytestmark = pytest.mark.django_db

SHELLED = "Government forces shelled Houla on Friday, activists said."
COUNTED = "UN observers counted 92 bodies, 32 of them children."
DENIED = "The government denied that its troops were responsible for the deaths in the town."
NOW = "UN observers counted 108 bodies, 49 of them children."
REPORT = (SHELLED, COUNTED, DENIED)


@pytest.fixture
def watch(site) -> AddressWatch:
    """The watch on a report behind a published event, whose page stands as it was stored."""
    site.page("/houla", report_page(*REPORT))
    report = article("\n".join(REPORT), url=f"{site.root}/houla")
    entry = mention(report, COUNTED)
    claim(entry, "92 bodies", 92, 92, "United Nations")
    event = events.create_event([entry], None, slug="houla-massacre")
    events.publish(event, None)
    review.accept(entry, None)
    assert lay_watches() == 1
    return AddressWatch.objects.get()


def days_ahead(watch: AddressWatch) -> int:
    watch.refresh_from_db()
    return round((watch.next_at - timezone.now()) / dt.timedelta(days=1))


def the_claim() -> TollClaim:
    return TollClaim.objects.get(low=92)


# ---- When ----


def test_reports_with_an_address_behind_published_events_are_watched_from_the_next_day_on(watch):
    assert days_ahead(watch) == 1
    assert list(due()) == []
    assert list(due(timezone.now() + dt.timedelta(days=2))) == [watch]
    assert lay_watches() == 0


def test_others_are_not(site):
    for number, values in enumerate([{"url": "http://93.184.215.14/a"}, {"url": ""}]):
        mention(article(f"{COUNTED} {number}", **values), COUNTED)
    assert lay_watches() == 0


def test_as_long_as_nothing_changes_it_is_looked_at_less_and_less(watch):
    waits = []
    for _ in range(9):
        look(watch)
        waits.append(days_ahead(watch))
    assert waits == [2, 4, 8, 16, 32, 64, 90, 90, 90]
    assert watch.outcome == "unchanged"


def test_a_change_is_followed_up_the_next_day(watch, site):
    look(watch)
    site.page("/houla", report_page(SHELLED, NOW, DENIED))
    look(watch)
    assert days_ahead(watch) == 1


def test_an_unchanged_page_is_not_sent_again(watch, site):
    site.page("/houla", report_page(*REPORT), ETag='"1"')
    look(watch)
    site.answers["/houla"] = lambda h: h.give(b"", status=304 if h.headers["If-None-Match"] == '"1"' else 500)
    assert str(look(watch)).endswith("still says what is quoted.")
    look(watch)
    assert (watch.outcome, watch.steady) == ("unchanged", 3)


# ---- What changed ----


def test_a_changed_figure_is_marked_and_the_new_one_is_a_claim_of_its_own(watch, site):
    site.page("/houla", report_page(SHELLED, NOW, DENIED, title="Observers count again"))
    found = look(watch)
    old, version = the_claim(), found.version
    assert old.gone_since is not None
    assert (old.now_says.low, old.now_says.quote, old.now_says.article) == (108, "108 bodies", version)
    assert (version.version_of, version.title, version.url) == (
        watch.article,
        "Observers count again",
        watch.article.url,
    )
    assert NOW in version.text
    assert (watch.outcome, found.gone) == ("changed", (old,))


def test_nothing_of_the_old_one_is_changed(watch, site):
    before = {field.name: getattr(the_claim(), field.attname) for field in TollClaim._meta.concrete_fields}
    event = watch.article.mentions.get().event
    site.page("/houla", report_page(SHELLED, NOW, DENIED))
    look(watch)
    after = {field.name: getattr(the_claim(), field.attname) for field in TollClaim._meta.concrete_fields}
    assert {name for name in before if before[name] != after[name]} == {"gone_since", "now_says"}
    watch.article.refresh_from_db()
    assert watch.article.text == "\n".join(REPORT)
    event.refresh_from_db()
    assert (event.killed_low, event.killed_high, event.report_count) == (92, 92, 1)


def test_the_new_claim_waits_for_an_editor(watch, site):
    site.page("/houla", report_page(SHELLED, NOW, DENIED))
    version = look(watch).version
    assert {entry.status for entry in version.mentions.all()} == {"extracted"}
    assert {entry.event for entry in version.mentions.all()} == {None}


def test_a_version_corroborates_nothing_however_much_was_rewritten(watch, site):
    """Half of the report is new words: by its wording alone it would be no copy."""
    added = "Thousands marched behind the coffins on Sunday, and shops stayed shut from Homs to Hama, residents said."
    site.page("/houla", report_page(SHELLED, NOW, added, added.replace("Sunday", "Monday")))
    version = look(watch).version
    watch.article.refresh_from_db()
    assert version.origin is not None
    assert version.origin == watch.article.origin


def test_its_history_says_that_nobody_but_the_machine_did_it(watch, site):
    site.page("/houla", report_page(SHELLED, DENIED))
    look(watch)
    newest = the_claim().history.first()
    assert (newest.history_user, newest.act, newest.history_change_reason) == (
        None,
        None,
        "its sentence no longer stands at its address",
    )


def test_a_vanished_sentence_has_nothing_in_its_place(watch, site):
    site.page("/houla", report_page(SHELLED, DENIED))
    look(watch)
    assert the_claim().gone_since is not None
    assert the_claim().now_says is None


def test_of_several_figures_in_the_new_sentence_the_one_in_its_place_is_taken(watch, site):
    entry = watch.article.mentions.get()
    part = claim(entry, "32 of them", 32, 32, "United Nations", victims="children", part_of=the_claim())
    site.page("/houla", report_page(SHELLED, NOW, DENIED))
    look(watch)
    part.refresh_from_db()
    assert (the_claim().now_says.low, part.now_says.low) == (108, 49)


def test_a_second_change_leads_on_from_the_first(watch, site):
    for number in (108, 114):
        site.page("/houla", report_page(SHELLED, NOW.replace("108", str(number)), DENIED))
        look(watch)
    assert (the_claim().now_says.low, the_claim().stands_now.low) == (108, 114)
    assert [one.version_of_id for one in versions(watch.article)] == [
        None,
        *(one.pk for one in versions(watch.article)[:-1]),
    ]


def test_words_that_come_back_are_marked_no_longer(watch, site):
    site.page("/houla", report_page(SHELLED, NOW, DENIED))
    look(watch)
    site.page("/houla", report_page(*REPORT))
    found = look(watch)
    assert (the_claim().gone_since, the_claim().now_says, watch.outcome) == (None, None, "unchanged")
    assert found.back == (the_claim(),)
    assert TollClaim.objects.get(low=108).now_says == the_claim()
    assert Article.objects.count() == 2


def test_looking_twice_leaves_what_looking_once_leaves(watch, site):
    site.page("/houla", report_page(SHELLED, NOW, DENIED))
    look(watch)
    state = list(TollClaim.objects.order_by("pk").values()), Article.objects.count()
    found = look(watch)
    assert (found.gone, found.back, found.version) == ((), (), None)
    assert (list(TollClaim.objects.order_by("pk").values()), Article.objects.count()) == state
    assert (watch.outcome, watch.steady) == ("changed", 1)


def test_a_page_that_never_rests_is_followed_so_far_and_no_further(watch, site, monkeypatch):
    monkeypatch.setattr(watching, "MOST_VERSIONS", 3)
    for number in range(6):
        site.page("/houla", report_page(SHELLED, NOW.replace("108", str(200 + number)), DENIED))
        look(watch)
    assert Article.objects.count() == 4
    assert "has changed 3 times" in watch.error


# ---- From which day the new words count ----


def modified(day: str) -> str:
    return f'<meta property="article:modified_time" content="{day}T08:00:00Z">'


def test_a_version_counts_from_the_day_of_the_change_that_the_page_states(watch, site):
    site.page("/houla", report_page(SHELLED, NOW, DENIED, head=modified("2012-05-30")))
    assert look(watch).version.published == dt.date(2012, 5, 30)


@pytest.mark.parametrize("day", ["2012-01-01", "2999-01-01", ""])
def test_else_from_the_day_it_was_seen(watch, site, day):
    site.page("/houla", report_page(SHELLED, NOW, DENIED, head=modified(day) if day else ""))
    assert look(watch).version.published == timezone.localdate()


def test_but_friday_in_it_is_still_the_friday_before_the_first_version(watch, site):
    site.page("/houla", report_page(SHELLED, NOW, DENIED))
    version = look(watch).version
    assert {entry.earliest for entry in version.mentions.all()} == {dt.date(2012, 5, 25)}
    extract_again()
    assert {entry.earliest for entry in version.mentions.all()} == {dt.date(2012, 5, 25)}


def test_and_follows_when_an_editor_dates_the_first_version(site):
    site.page("/a", report_page(SHELLED, NOW, DENIED))
    report = article("\n".join(REPORT), None, url=f"{site.root}/a")
    entry = mention(report, COUNTED)
    claim(entry, "92 bodies", 92, 92, "United Nations")
    version = look(watch_of(report)).version
    assert {entry.earliest for entry in version.mentions.all()} == {None}
    dating.date_report(report, dt.date(2012, 5, 26), None)
    assert dt.date(2012, 5, 25) in {entry.earliest for entry in version.mentions.all()}


# ---- What is no change ----


@pytest.mark.parametrize(
    "page",
    [
        report_page(SHELLED, "UN  observers counted\n92 bodies, 32 of them  children.", DENIED),
        report_page(SHELLED, COUNTED.replace("92 bodies", "<b>92</b>&nbsp;bodies"), DENIED),
        report_page(SHELLED, f"“{COUNTED}”", DENIED),
        report_page(SHELLED, COUNTED.replace(",", " –"), DENIED),
        report_page(DENIED, COUNTED, SHELLED, "Russia called for calm on Sunday, and for an inquiry."),
        report_page(*REPORT).replace("World", "Middle East").replace("All rights", "Some rights"),
        report_page(*REPORT, title="Another title"),
        f"<html><body><div class='new-design'>{'<br><br>'.join(REPORT)}</div></body></html>",
    ],
)
def test_white_space_marks_menus_order_and_a_new_design_are_none(watch, site, page):
    site.page("/houla", page)
    look(watch)
    assert (watch.outcome, watch.error) == ("unchanged", "")
    assert the_claim().gone_since is None
    assert Article.objects.count() == 1


@pytest.mark.parametrize(
    "page",
    [
        "<html><body><p>Sorry, this page does not exist any more. The latest news is on the front page of this site.</p></body></html>",
        "<html><body><form>Log in to read on</form></body></html>",
        "",
        "\x00\x01\x02",
    ],
)
def test_a_page_that_shows_something_else_is_not_read_as_a_change(watch, site, page):
    site.page("/houla", page)
    found = look(watch)
    assert (watch.outcome, found.failed) == ("failed", True)
    assert the_claim().gone_since is None
    assert Article.objects.count() == 1


@pytest.mark.parametrize(
    "status, outcome", [(500, "failed"), (403, "failed"), (429, "failed"), (404, "gone"), (410, "gone")]
)
def test_nor_is_a_page_that_cannot_be_read_or_is_gone(watch, site, status, outcome):
    site.fails("/houla", status)
    look(watch)
    assert (watch.outcome, the_claim().gone_since, Article.objects.count()) == (outcome, None, 1)


def test_what_cannot_be_read_is_tried_again_less_and_less_often(watch, site):
    site.fails("/houla", 503)
    hours = []
    for _ in range(9):
        look(watch)
        hours.append(round((watch.next_at - timezone.now()) / dt.timedelta(hours=1)))
    assert hours == [1, 2, 4, 8, 16, 32, 64, 128, 168]
    since = watch.since
    site.page("/houla", report_page(*REPORT))
    look(watch)
    assert (watch.outcome, watch.failures, watch.error) == ("unchanged", 0, "")
    assert watch.since > since


def test_after_a_failure_the_page_is_read_whole_even_if_it_says_that_nothing_has_changed(watch, site):
    site.page("/houla", report_page(*REPORT), ETag='"1"')
    look(watch)
    site.fails("/houla", 500)
    look(watch)
    site.page("/houla", report_page(*REPORT), ETag='"1"')
    look(watch)
    assert "If-None-Match" not in site.asked[-1][1]


def test_an_address_in_the_local_network_is_not_looked_at(watch, site, settings):
    settings.FETCH_PRIVATE = False
    assert "private or local network" in str(look(watch))
    assert site.asked == []


def test_a_rejected_claim_is_not_looked_for(watch, site):
    review.reject_toll(the_claim(), None)
    site.page("/houla", report_page(SHELLED, NOW, DENIED))
    look(watch)
    assert the_claim().gone_since is None
