"""Words that would be a script, an attribute or a direction of writing, in every record: each page shows them and runs none."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Dialog

from tests.browser.test_editor import log_in
from tests.making import article, claim, mention, person
from tests.walking import addresses
from timeline.curation import counting, events, review
from timeline.models import AddressWatch, Draft, Event, Feed, FeedEntry, Mention, Place, Source

pytestmark = [pytest.mark.django_db(transaction=True)]

SCRIPT = "<script>alert(1)</script>"
BREAKS_OUT = "\"'><img src=x onerror=alert(1)><svg/onload=alert(1)>"
HTMX = '<b hx-get="/" hx-trigger="load" hx-on::load="alert(1)" data-names="/">'
TURNED = "\u202eright to left\u202c"
HOSTILE = f"{SCRIPT} {BREAKS_OUT} {HTMX} {TURNED} {{{{ 7|add:7 }}}} ${{alert(1)}}"
# A name has fewer letters.
NAME = f"{BREAKS_OUT} {TURNED}"
TEXT = f"Activists said that shelling killed 7 people in Homs on Friday. {HOSTILE} Residents counted 9 bodies. {NAME}"


@pytest.fixture
def hostile(transactional_db) -> Event:
    """One of each record, with such words in each field that people, feeds or files fill."""
    boss = User.objects.create_superuser("amal", password="a long password", first_name=NAME[:150])
    colleague = person("basma", "Publisher", first_name=NAME[:150])
    place = Place.objects.create(name=NAME[:120], name_ar=NAME[:120], slug="hostile", other_names=[NAME])
    report = article(TEXT, title=HOSTILE, url='https://example.org/?q="><script>alert(1)</script>', language="en")
    entry = mention(report, TEXT, title=HOSTILE, place=place, actors=[NAME[:100]], kind="shelling")
    first = claim(entry, "7 people", 7, 7, NAME, victims=NAME[:60])
    Source.objects.update(name=NAME, notes=HOSTILE)
    second = claim(entry, "9 bodies", 9, 9, None)
    counting.discount(second, colleague, HOSTILE[:200])
    review.correct(entry, colleague, {"title": f"{HOSTILE} again"}, HOSTILE)
    event = events.event_for(entry, colleague)
    events.correct_event(event, colleague, {"title": HOSTILE, "summary": HOSTILE, "slug": "houla-massacre"}, HOSTILE)
    events.publish(event, colleague, HOSTILE)
    mention(report, "shelling killed 7 people", title=HOSTILE, place=place, kind="shelling")
    told = {"place": {"stands": HOSTILE, "engine": HOSTILE}}
    Mention.objects.update(engine={"kind": HOSTILE}, disagreement=told, disagrees=True)
    outlet = Source.objects.first()
    feed = Feed.objects.create(address='https://example.org/?"><script>alert(1)</script>', outlet=outlet, error=HOSTILE)
    FeedEntry.objects.create(feed=feed, key="1", link="https://example.org/", title=HOSTILE[:300], error=HOSTILE)
    AddressWatch.objects.create(article=report, next_at=dt.datetime(2030, 1, 1, tzinfo=dt.UTC), error=HOSTILE)
    first.gone_since = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    first.save()
    for key in (f"mention:{entry.pk}:change", f"review:{entry.pk}"):
        Draft.objects.create(user=boss, key=key, fields={"title": {"values": [HOSTILE], "words": [HOSTILE]}})
    return event


def pages_for(user: User) -> list[str]:
    """The addresses that answer with a page."""
    client = Client()
    client.force_login(user)
    answers = {address: client.get(address) for address in addresses()}
    return [a for a, answer in answers.items() if answer.status_code == 200 and "text/html" in answer["Content-Type"]]


# What would be there if any of it had become a part of the page.
ALIVE = "document.querySelectorAll('img[src=x], [onload], [onerror], b[hx-get]').length"


def test_no_page_runs_what_stands_in_a_record(page, hostile):
    dialogs: list[str] = []

    def note(dialog: Dialog) -> None:
        dialogs.append(page.url)
        dialog.dismiss()

    page.on("dialog", note)
    log_in(page)
    alive = []
    pages = pages_for(User.objects.get(username="amal"))
    for address in [*pages, "/?q=%3Cscript%3Ealert(1)%3C/script%3E", "/admin/timeline/act/?by=%22%3E%3Cimg src=x%3E"]:
        page.goto(address)
        if page.evaluate(ALIVE):
            alive.append(address)
    assert (dialogs, alive) == ([], [])
    assert len(pages) > 50


@pytest.mark.console_error("410")
def test_a_withdrawn_event_shows_the_reason_as_words(page, hostile):
    events.withdraw(hostile, User.objects.get(username="basma"), HOSTILE)
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.goto(hostile.get_absolute_url())
    assert SCRIPT in page.inner_text("main")
    assert (dialogs, page.evaluate(ALIVE)) == ([], 0)
