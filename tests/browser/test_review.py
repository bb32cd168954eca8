"""The review page in a browser: twenty entries by keyboard alone, words selected as evidence, and all of it without a script."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.making import article, claim, houla, mention, person
from timeline.curation import review
from timeline.extraction import extract
from timeline.ingest.naming import place_named
from timeline.ingest.run import ingest
from timeline.models import Act, Event, Mention

pytestmark = [pytest.mark.django_db(transaction=True)]

REPORTS = Path(__file__).resolve().parents[2] / "timeline" / "fixtures" / "demo" / "reports"
PAGE = "/admin/timeline/mention/review/"
TEXT = "Shelling killed 12 people in Homs on Thursday, residents said. On Friday protesters gathered in Hama."


@pytest.fixture
def editor(transactional_db):
    return person("amal", "Publisher", password="a long password")


@pytest.fixture
def shelling(editor) -> Mention:
    day = dt.date(2012, 6, 9)
    report = article(TEXT, published=day, title="Shelling in Homs", extraction=extract(TEXT, day).as_dict())
    entry = mention(
        report,
        "Shelling killed 12 people in Homs on Thursday, residents said.",
        kind="shelling",
        title="Shelling in Homs",
        earliest=dt.date(2012, 6, 7),
        latest=dt.date(2012, 6, 7),
        place=place_named("Homs", "Homs"),
        confidence=0.5,
    )
    claim(entry, "12 people", 12, 12, "residents")
    return entry


@pytest.fixture
def open_page(open_page: Callable[..., Page]) -> Iterator[Callable[..., Page]]:
    """What the pages say to the server as they close, they say before the database is emptied."""
    opened: list[Page] = []

    def open_one(*size: Any, **options: Any) -> Page:
        opened.append(open_page(*size, **options))
        return opened[-1]

    yield open_one
    for page in opened:
        page.goto("/method/", wait_until="networkidle")


def log_in(page: Page, where: str = PAGE) -> None:
    """By keyboard: the first box of the login has the focus."""
    page.goto(f"/admin/login/?next={where}")
    expect(page.get_by_label("Username")).to_be_focused()
    page.keyboard.type("amal")
    page.keyboard.press("Tab")
    page.keyboard.type("a long password")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/review/\d+/"))


def in_hand(page: Page) -> Mention:
    """The entry that is drawn, once it is drawn whole: its heading has the focus."""
    expect(page.locator("#entry-heading")).to_be_focused()
    return Mention.objects.get(pk=int(re.search(r"/review/(\d+)/", page.url)[1]))


def test_twenty_entries_of_the_demo_reports_are_reviewed_by_keyboard_alone(page, editor):
    files = [file for month in ("05-[23]", "06", "07") for file in sorted(REPORTS.glob(f"2012-{month}*.txt"))]
    ingest(files, today=dt.date(2026, 1, 1), demo=True)
    assert Mention.objects.count() > 20
    log_in(page, f"{PAGE}?order=place")
    done: dict[str, list[int]] = {name: [] for name in ("accept", "date", "toll", "reject", "link", "publish")}
    linked: dict[int, str] = {}
    houla_is_there = False  # once one report of Houla is published, the others are suggested to join it
    for number in range(20):
        entry = in_hand(page)
        suggestion = page.locator(".suggestions button").first
        tolls = page.locator(".toll-line").count()
        if suggestion.count() and len(done["link"]) < 5:
            linked[entry.pk] = suggestion.locator(".event-title").inner_text()
            done["link"].append(entry.pk)
            page.keyboard.press("1")
        elif entry.place and entry.place.name == "Houla" and entry.earliest and not houla_is_there:
            houla_is_there = True
            done["publish"].append(entry.pk)
            page.keyboard.press("p")
        elif tolls and len(done["toll"]) < 3:
            done["toll"].append(entry.pk)
            page.keyboard.press("t")
            page.keyboard.type("4711")
            page.keyboard.press("Tab")
            page.keyboard.type("4711")
            page.keyboard.press("Control+Enter")
            # The figure does not stand in its words: asked about, ticked, saved.
            expect(page.locator(".asks input")).to_be_focused()
            page.keyboard.press("Space")
            page.keyboard.press("Control+Enter")
        elif number % 4 == 0:
            done["publish"].append(entry.pk)
            page.keyboard.press("p")
        elif number % 4 == 1:
            done["date"].append(entry.pk)
            page.keyboard.press("d")
            page.keyboard.type("last week of May 2012")
            expect(page.locator("#date-read .reading")).to_contain_text("Thu 31 May 2012")
            page.keyboard.press("Escape")
            page.keyboard.press("a")
        elif number % 4 == 2:
            done["reject"].append(entry.pk)
            page.keyboard.press("w")
            page.keyboard.type("no event")
            page.keyboard.press("Escape")
            page.keyboard.press("r")
        else:
            done["accept"].append(entry.pk)
            page.keyboard.press("a")
        page.wait_for_function("pk => !location.pathname.endsWith(`/review/${pk}/`)", arg=entry.pk)
    in_hand(page)

    assert all(done.values()), done
    assert sum(map(len, done.values())) == 20
    assert Act.objects.filter(by=editor).count() == 20
    entries = Mention.objects.in_bulk([pk for keys in done.values() for pk in keys])
    for pk in done["accept"]:
        assert entries[pk].status == "accepted"
    for pk in done["date"]:
        assert (entries[pk].earliest, entries[pk].latest) == (dt.date(2012, 5, 25), dt.date(2012, 5, 31))
        assert entries[pk].status == "corrected"
    for pk in done["toll"]:
        assert entries[pk].toll_claims.filter(low=4711, high=4711, status="corrected").exists()
    for pk in done["reject"]:
        assert entries[pk].status == "rejected"
        assert entries[pk].history.first().history_change_reason == "no event"
    for pk in done["link"]:
        assert entries[pk].status == "accepted"
        assert entries[pk].event.title == linked[pk]
    for pk in done["publish"]:
        assert entries[pk].event.status == Event.Status.PUBLISHED


def test_the_address_follows_the_entry_and_what_was_done_is_said_and_undone(page, shelling):
    other = mention(shelling.article, "On Friday protesters gathered in Hama.", title="Protest in Hama", kind="protest")
    log_in(page)
    assert in_hand(page) == shelling
    page.keyboard.press("a")
    page.wait_for_url(re.compile(f"/review/{other.pk}/"))
    expect(page.locator("#told")).to_contain_text("Accepted “Shelling in Homs”.")
    expect(page.locator("#told")).to_have_attribute("aria-live", "polite")
    page.keyboard.press("u")
    page.wait_for_url(re.compile(f"/review/{shelling.pk}/"))
    expect(page.locator("#told")).to_contain_text("Undone")
    shelling.refresh_from_db()
    assert shelling.status == "extracted"
    page.reload()
    assert in_hand(page) == shelling
    page.go_back()
    expect(page.locator("#entry-heading")).to_contain_text("Protest in Hama")


def test_the_filters_stay_as_they_are_set_from_key_to_key(page, shelling):
    mention(shelling.article, "On Friday protesters gathered in Hama.", title="Protest", kind="shelling")
    log_in(page)
    page.goto(f"{PAGE}?kind=shelling&order=newest")
    first = in_hand(page)
    page.keyboard.press("a")
    page.wait_for_url(lambda url: f"/review/{first.pk}/" not in url)
    in_hand(page)
    kind, order = page.locator("#filters select[name=kind]"), page.locator("#filters select[name=order]")
    expect(kind).to_have_value("shelling")
    expect(order).to_have_value("newest")
    order.select_option("unsure")
    page.locator("#filters .button").click()
    page.wait_for_url(re.compile(r"/review/\d+/\?kind=shelling$"))


def test_keys_are_dead_while_typing_and_when_they_are_switched_off(page, shelling):
    log_in(page)
    page.keyboard.press("d")
    expect(page.locator("#id_when")).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("l")
    page.keyboard.type(" are uns")
    expect(page.locator("#id_place")).to_have_value(" are uns")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.locator("#keys-on").press("Space")
    page.keyboard.press("Escape")
    expect(page.locator("#keys")).to_be_hidden()
    page.locator("#entry-heading").focus()
    page.keyboard.press("r")
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    shelling.refresh_from_db()
    assert shelling.status == "extracted"


def test_selected_words_become_the_evidence_and_the_figure_of_the_toll_in_hand(page, shelling):
    log_in(page)
    page.keyboard.press("o")
    added = page.locator('[data-field="new-0"]')
    expect(added.locator("[name$=low]")).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("x")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Enter")
    expect(added.locator("[name$=words]")).to_have_value("12 people")
    expect(added.locator("[name$=low]")).to_have_value("12")
    expect(page.locator("#in-hand")).to_have_text("the toll 12")
    page.keyboard.press("s")
    expect(page.locator("#told")).to_contain_text("Corrected")
    assert shelling.toll_claims.count() == 2


def test_words_selected_with_the_mouse_are_read_as_a_date(page, shelling):
    log_in(page)
    page.locator("#id_when").click()
    piece = page.locator(".report-text .date", has_text="On Friday").first
    box = piece.bounding_box()
    page.mouse.move(box["x"] + 1, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 1, box["y"] + box["height"] / 2)
    page.mouse.up()
    expect(page.locator("#id_date_words")).to_have_value("On Friday")
    expect(page.locator("#id_when")).to_have_value("8 June 2012")
    expect(page.locator("#accept")).to_contain_text("Correct")
    assert page.evaluate("[...CSS.highlights.get('speaks')].map(String).join('')") == "On Friday"
    page.keyboard.press("Control+Enter")
    expect(page.locator("#told")).to_contain_text("Corrected")
    shelling.refresh_from_db()
    assert (shelling.earliest, shelling.date_quote) == (dt.date(2012, 6, 8), "On Friday")


def test_a_place_is_chosen_from_those_that_are_offered(page, shelling):
    place_named("Hama", "Hama")
    log_in(page)
    page.keyboard.press("l")
    page.keyboard.type("ham")
    options = page.locator(".combo-list").get_by_role("option")
    expect(options.first).to_contain_text("Hama")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#id_place")).to_have_attribute("aria-activedescendant", re.compile("option-1"))
    chosen = options.first.get_attribute("data-value")
    page.keyboard.press("Enter")
    expect(page.locator("#id_place")).to_have_value(chosen)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#told")).to_contain_text("Corrected")
    shelling.refresh_from_db()
    assert "Hama" in shelling.place.name


@pytest.mark.console_error("ERR_INTERNET_DISCONNECTED|htmx:")
def test_without_a_connection_it_says_so_and_what_was_typed_is_saved_when_it_is_back(page, shelling):
    log_in(page)
    in_hand(page)
    page.context.set_offline(True)
    page.keyboard.press("n")
    expect(page.locator("#told")).to_contain_text("cannot be reached")
    page.keyboard.press("w")
    page.keyboard.type("because")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".desk-state")).to_contain_text("No connection.")
    page.context.set_offline(False)
    expect(page.locator("#told")).to_contain_text("Accepted")
    shelling.refresh_from_db()
    assert shelling.history.first().history_change_reason == "because"


def test_when_the_login_has_run_out_the_entry_stays_and_says_so(page, shelling):
    log_in(page)
    in_hand(page)
    page.context.clear_cookies(name="sessionid")
    page.keyboard.press("a")
    expect(page.locator("#told")).to_contain_text("Your login has run out.")
    expect(page.locator("#id_title")).to_have_value("Shelling in Homs")
    shelling.refresh_from_db()
    assert shelling.status == "extracted"


def test_title_and_kind_are_reached_by_a_key(page, shelling):
    log_in(page)
    in_hand(page)
    page.keyboard.press("h")
    expect(page.locator("#id_title")).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("y")
    expect(page.locator("#id_kind")).to_be_focused()


def test_words_chosen_by_key_come_without_the_comma_before_them(page, shelling):
    log_in(page)
    in_hand(page)
    for key in ("d", "Escape", "x", *["ArrowRight"] * 9, "Shift+ArrowRight"):  # from “Shelling” to “, residents”
        page.keyboard.press(key)
    page.keyboard.press("Enter")
    expect(page.locator("#id_date_words")).to_have_value("residents")


def test_what_was_typed_is_offered_again_with_its_new_lines(page, shelling):
    log_in(page)
    in_hand(page)
    page.keyboard.press("o")
    expect(page.locator("[name=new-0-low]")).to_be_focused()
    page.keyboard.type("30")
    page.locator("#id_when").fill("8 June 2012")
    expect(page.locator("#date-read")).to_contain_text("Fri 8 Jun 2012")
    expect(page.locator(".desk-state")).to_contain_text("Kept as a draft")
    page.goto("/admin/")
    page.goto(f"{PAGE}{shelling.pk}/")
    expect(page.locator(".desk-offer dt", has_text="Date")).to_have_text("Date")  # without its key
    page.get_by_role("button", name="Restore").click()
    expect(page.locator("#id_when")).to_have_value("8 June 2012")
    expect(page.locator("[name=new-0-low]")).to_have_value("30")


def test_all_of_it_works_without_a_script(no_script_page, shelling):
    event = houla()
    review.accept(event.mentions.get(), None)
    other = mention(shelling.article, "On Friday protesters gathered in Hama.", title="Protest in Hama", kind="protest")
    page = no_script_page
    log_in(page)
    page.locator("#id_when").fill("soon")
    page.get_by_role("button", name="Accept").click()
    expect(page.locator("#review")).to_contain_text("names no year")
    page.locator("#id_when").fill("8 June 2012")
    page.get_by_role("button", name="Add a toll").click()
    expect(page.locator("[name=new-0-low]")).to_be_visible()
    expect(page.locator("#id_when")).to_have_value("8 June 2012")
    page.locator("[name=event_words]").fill("houla")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("button", name="Massacre in Houla").first.click()
    expect(page.locator("#told")).to_contain_text("linked it to “Massacre in Houla”")
    shelling.refresh_from_db()
    assert (shelling.event, shelling.earliest) == (event, dt.date(2012, 6, 8))
    page.locator("#told").get_by_role("button", name="Undo").click()
    expect(page.locator("#told")).to_contain_text("Undone")
    page.get_by_role("button", name="Reject").click()
    expect(page).to_have_url(re.compile(f"/review/{other.pk}/"))
    page.get_by_role("button", name="Publish").click()
    shelling.refresh_from_db()
    other.refresh_from_db()
    assert shelling.status == "rejected"
    assert other.event.status == "published"
    expect(page.locator("#desk")).to_contain_text("Nothing waits")


@pytest.mark.parametrize("width", [1280, 1440])
def test_fields_and_actions_of_a_usual_entry_are_in_sight_without_scrolling(open_page, shelling, width):
    for words in ("12 people in Homs", "killed 12 people"):
        claim(shelling, words, 12, 12, "residents")
    page = open_page((width, 800))
    log_in(page)
    in_hand(page)
    page.wait_for_load_state()
    tall, seen = page.evaluate(
        "(() => { const f = document.querySelector('.fields'); return [f.scrollHeight, f.clientHeight]; })()"
    )
    assert tall <= seen
    expect(page.locator("#accept")).to_be_in_viewport()
    expect(page.locator("#id_event_words")).to_be_in_viewport()


def test_on_a_phone_nothing_runs_out_of_the_page(phone, shelling):
    log_in(phone)
    in_hand(phone)
    phone.wait_for_load_state()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    expect(phone.locator("#accept")).to_be_in_viewport()
