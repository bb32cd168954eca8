"""Nothing typed is lost, nobody is written over: closed tabs, expired logins, dead connections, two editors at one entry."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import BrowserContext, Page, expect

from tests.making import HOULA, article, claim, mention, person
from timeline.curation import review
from timeline.models import Article, Draft, Mention

from .conftest import DESKTOP, PATIENCE

pytestmark = [pytest.mark.django_db(transaction=True)]

SAVE = {"name": "Save", "exact": True}


@pytest.fixture
def entry(transactional_db) -> Mention:
    for name in ("amal", "basma"):
        person(name, password="a long password")
    made = mention(article(), "government forces killed more than 90 people in Houla on Friday")
    claim(made, "more than 90 people", 90, None, "activists", qualifier="more_than")
    return made


def log_in(page: Page, name: str = "amal") -> None:
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill("a long password")
    page.get_by_role("button", name="Log in").click()
    expect(page.locator("#user-tools")).to_contain_text(name, ignore_case=True)


def address(entry: Mention) -> str:
    return f"/admin/timeline/mention/{entry.pk}/change/"


@pytest.fixture
def desk(page: Page, entry: Mention) -> Iterator[Page]:
    """The entry's page, with amal logged in."""
    page.goto("/admin/")
    log_in(page)
    page.goto(address(entry))
    yield page
    # What the pages say to the server as they close, they say before the database is emptied.
    for one in page.context.pages:
        one.goto("/method/", wait_until="networkidle")


def another_tab(page: Page) -> Page:
    context: BrowserContext = page.context
    return context.new_page()


def offer(page: Page):
    return page.get_by_role("region", name="What you typed before")


def state(page: Page):
    return page.locator(".desk-state")


def kept(page: Page) -> None:
    expect(state(page)).to_contain_text("Kept as a draft at")


def kept_in_browser(page: Page) -> list[str]:
    return page.evaluate("Object.entries(localStorage).filter(([key]) => key.startsWith('draft')).map(([, v]) => v)")


def test_what_was_typed_before_the_tab_was_closed_is_offered_restored_and_saved(desk, entry):
    desk.locator("#id_title").fill("Killings in Taldou")
    desk.locator("#id_kind").select_option("shooting")
    kept(desk)
    assert kept_in_browser(desk) == []  # the server has it
    back = another_tab(desk)
    desk.close()

    back.goto(address(entry))
    expect(offer(back)).to_contain_text(re.compile(r"You typed this on \d+ \w+ at \d\d:\d\d and did not save it"))
    expect(offer(back)).to_contain_text("Killings in Taldou")
    expect(offer(back)).to_contain_text("in the form: Massacre in Houla")
    expect(offer(back)).to_contain_text("Shooting")
    expect(back.locator("#id_title")).to_have_value("Massacre in Houla")
    offer(back).get_by_role("button", name="Restore").click()
    expect(back.locator("#id_title")).to_have_value("Killings in Taldou")
    expect(back.locator("#id_kind")).to_be_focused()  # the first that was typed
    back.get_by_role("button", **SAVE).click()
    expect(back.locator(".messagelist")).to_contain_text("changed successfully")
    entry.refresh_from_db()
    assert (entry.title, entry.kind) == ("Killings in Taldou", "shooting")

    back.goto(address(entry))
    expect(back.locator("#id_title")).to_have_value("Killings in Taldou")
    expect(offer(back)).to_be_hidden()
    assert not Draft.objects.exists()


def test_what_was_typed_a_moment_before_the_page_was_left_is_not_lost(desk, entry):
    desk.locator("#id_title").fill("Killings in Taldou")
    desk.goto("/")
    desk.goto(address(entry))
    expect(offer(desk)).to_contain_text("Killings in Taldou")


def test_a_draft_that_is_not_wanted_is_discarded(desk, entry):
    desk.locator("#id_title").fill("Killings in Taldou")
    kept(desk)
    desk.reload()
    offer(desk).get_by_role("button", name="Discard").click()
    expect(offer(desk)).to_be_hidden()
    desk.reload()
    expect(desk.locator("#id_title")).to_have_value("Massacre in Houla")
    expect(offer(desk)).to_be_hidden()


def test_who_saves_without_looking_at_the_offer_is_offered_it_again(desk, entry):
    desk.locator("#id_title").fill("Killings in Taldou")
    kept(desk)
    desk.reload()
    expect(offer(desk)).to_be_visible()
    desk.locator("#id_kind").select_option("shooting")
    desk.get_by_role("button", **SAVE).click()
    expect(desk.locator(".messagelist")).to_contain_text("changed successfully")
    entry.refresh_from_db()
    assert (entry.title, entry.kind) == ("Massacre in Houla", "shooting")
    desk.goto(address(entry))
    expect(offer(desk)).to_contain_text("Killings in Taldou")


def test_a_page_on_which_nothing_is_typed_sends_no_draft(desk, entry):
    sent = []
    desk.on("request", lambda request: sent.append(request) if request.method == "POST" else None)
    desk.clock.install()
    desk.reload()
    desk.wait_for_load_state("networkidle")
    desk.clock.fast_forward(10_000)
    desk.wait_for_load_state("networkidle")
    assert {request.url.rsplit("/", 2)[1] for request in sent} == {"presence"}


def test_taking_back_what_was_typed_leaves_no_draft(desk, entry):
    desk.locator("#id_title").fill("Killings in Taldou")
    kept(desk)
    desk.locator("#id_title").fill("Massacre in Houla")
    expect(state(desk)).to_be_empty()
    assert not Draft.objects.exists()


def test_a_new_tolls_line_and_a_name_that_was_looked_up_come_back(desk, entry):
    desk.locator(".add-row a").click()
    added = desk.locator("#toll_claims-1")
    added.locator("select[id$=harm]").select_option("killed")
    added.locator("[id$=evidence]").fill("92 bodies")
    added.locator("[id$=low]").fill("92")
    desk.locator("#select2-id_place-container").click()
    desk.locator(".select2-search__field").fill("Houla")
    desk.locator(".select2-results__option", has_text="Houla").click()
    desk.locator("#toll_claims-0 .select2-selection__clear").first.click()  # its source
    desk.keyboard.press("Escape")
    kept(desk)
    desk.reload()
    expect(offer(desk)).to_contain_text("92 bodies")
    offer(desk).get_by_role("button", name="Restore").click()
    expect(desk.locator("#toll_claims-1 [id$=evidence]")).to_have_value("92 bodies")
    expect(desk.locator("#toll_claims-0 select[id$=source]")).to_have_value("")
    desk.get_by_role("button", **SAVE).click()
    expect(desk.locator(".messagelist")).to_contain_text("changed successfully")
    assert [(toll.low, toll.source) for toll in entry.toll_claims.order_by("start")] == [(90, None), (92, None)]


def test_a_report_that_was_being_pasted_in_comes_back(desk):
    desk.goto("/admin/timeline/article/add/")
    desk.locator("#id_title").fill("A report")
    desk.locator("#id_text").fill(HOULA)
    kept(desk)
    desk.goto("/admin/timeline/article/add/")
    offer(desk).get_by_role("button", name="Restore").click()
    expect(desk.locator("#id_text")).to_have_value(HOULA)


def test_after_a_mistake_in_the_form_the_whole_of_what_was_typed_is_kept(desk, entry):
    desk.locator("#id_title").fill("Killings in Taldou")
    desk.locator("#id_latest").fill("2012-05-01")
    desk.get_by_role("button", **SAVE).click()
    expect(desk.locator(".errorlist")).to_contain_text("before the earliest")
    expect(offer(desk)).to_be_hidden()  # it stands in the form
    desk.locator("#id_kind").select_option("shooting")
    kept(desk)
    desk.goto(address(entry))
    expect(offer(desk)).to_contain_text("Killings in Taldou")
    expect(offer(desk)).to_contain_text("Shooting")
    expect(offer(desk)).to_contain_text("2012-05-01")


@pytest.mark.console_error("401")
def test_a_save_after_the_login_expired_waits_for_the_login_and_goes_through(desk, entry):
    desk.locator("#id_title").fill("Killings in Taldou")
    other = another_tab(desk)
    other.goto("/admin/")
    other.get_by_role("button", name="Log out").click()
    expect(other.locator("body")).to_contain_text("Logged out")

    desk.get_by_role("button", **SAVE).click()
    expect(state(desk)).to_contain_text("Your login has expired. Nothing you typed is lost.")
    expect(state(desk)).to_contain_text("Your save waits")
    expect(desk.locator("#id_title")).to_have_value("Killings in Taldou")
    assert Mention.objects.get().title == "Massacre in Houla"
    with desk.context.expect_page() as opened:
        state(desk).get_by_role("link", name="Log in in another tab").click()
    log_in(opened.value)
    opened.value.close()
    desk.bring_to_front()
    expect(desk.locator(".messagelist")).to_contain_text("changed successfully", timeout=PATIENCE)
    entry.refresh_from_db()
    assert (entry.title, entry.reviewed_by.username) == ("Killings in Taldou", "amal")
    assert not Draft.objects.exists()


@pytest.mark.console_error("401|403")
def test_what_was_typed_after_the_login_expired_is_offered_to_the_same_person_alone(desk, entry):
    desk.context.clear_cookies()
    desk.locator("#id_title").fill("Killings in Taldou")
    expect(state(desk)).to_contain_text("Your login has expired")
    desk.goto("/admin/")
    log_in(desk, "basma")
    desk.goto(address(entry))
    expect(desk.locator(".desk")).to_be_visible()
    expect(offer(desk)).to_be_hidden()
    desk.get_by_role("button", name="Log out").click()
    desk.goto(f"/admin/login/?next={address(entry)}")
    log_in(desk)
    expect(offer(desk)).to_contain_text("Killings in Taldou")


@pytest.mark.console_error("401|403|409")
def test_a_save_never_goes_through_in_the_name_of_another_person(desk, entry):
    desk.locator("#id_title").fill("Killings in Taldou")
    desk.context.clear_cookies()
    desk.get_by_role("button", **SAVE).click()
    expect(state(desk)).to_contain_text("Your login has expired")
    other = another_tab(desk)
    other.goto("/admin/")
    log_in(other, "basma")
    desk.bring_to_front()
    expect(state(desk)).to_contain_text("Somebody else is logged in")
    assert Mention.objects.get().title == "Massacre in Houla"
    state(desk).get_by_role("button", name="Do not save").click()
    expect(state(desk)).to_contain_text("Not saved")


@pytest.mark.console_error("ERR_INTERNET_DISCONNECTED")
def test_what_is_typed_without_a_connection_is_kept_and_saved_when_it_is_back(desk, entry):
    desk.context.set_offline(True)
    desk.locator("#id_title").fill("Killings in Taldou")
    expect(state(desk)).to_contain_text("No connection. What you type is kept in this browser")
    assert "Killings in Taldou" in kept_in_browser(desk)[0]
    desk.context.set_offline(False)
    kept(desk)
    assert Draft.objects.get().fields["title"]["values"] == ["Killings in Taldou"]
    assert kept_in_browser(desk) == []


@pytest.mark.console_error("ERR_INTERNET_DISCONNECTED")
def test_a_save_without_a_connection_goes_through_when_it_is_back(desk, entry):
    desk.locator("#id_title").fill("Killings in Taldou")
    desk.context.set_offline(True)
    desk.get_by_role("button", **SAVE).click()
    expect(state(desk)).to_contain_text("No connection")
    expect(state(desk)).to_contain_text("Your save waits")
    desk.context.set_offline(False)
    expect(desk.locator(".messagelist")).to_contain_text("changed successfully")
    assert Mention.objects.get().title == "Killings in Taldou"


def test_a_draft_of_an_overtaken_version_says_so_and_leads_to_the_choice(desk, entry):
    desk.locator("#id_title").fill("Killings in Taldou")
    kept(desk)
    review.correct(entry, User.objects.get(username="basma"), {"title": "Killings in Houla", "kind": "shooting"})
    desk.reload()
    expect(offer(desk)).to_contain_text("It has been changed since")
    offer(desk).get_by_role("button", name="Restore").click()
    desk.get_by_role("button", **SAVE).click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Changed by basma after you opened it")
    title = desk.get_by_role("group", name="Title")
    expect(title.get_by_role("radio", name="Killings in Taldou")).to_be_checked()
    desk.get_by_role("button", name="Save what I chose").click()
    expect(desk.locator(".messagelist")).to_contain_text("changed successfully")
    entry.refresh_from_db()
    assert (entry.title, entry.kind) == ("Killings in Taldou", "shooting")


@pytest.mark.parametrize("script", [True, False])
def test_two_editors_on_one_entry_the_second_chooses_field_by_field(open_page, entry, script):
    first, second = open_page(DESKTOP), open_page(DESKTOP, java_script_enabled=script)
    for page, name in ((first, "basma"), (second, "amal")):
        page.goto("/admin/")
        log_in(page, name)
        page.goto(address(entry))
    first.locator("#id_title").fill("Killings in Houla")
    first.locator("#id_actors").fill("government forces")
    first.get_by_role("button", **SAVE).click()
    expect(first.locator(".messagelist")).to_contain_text("changed successfully")

    second.locator("#id_title").fill("Killings in Taldou")
    second.locator("#id_kind").select_option("shooting")
    second.get_by_role("button", **SAVE).click()
    title = second.get_by_role("group", name="Title")
    expect(title).to_contain_text("you both changed this")
    expect(title).to_contain_text("When you opened it: Massacre in Houla")
    title.get_by_role("radio", name="Killings in Houla").check()
    expect(second.get_by_role("group", name="Kind").get_by_role("radio", name="Shooting")).to_be_checked()
    expect(second.get_by_role("group", name="Actors").get_by_role("radio", name="government forces")).to_be_checked()
    second.get_by_role("button", name="Save what I chose").click()
    expect(second.locator(".messagelist")).to_contain_text("changed successfully")
    entry.refresh_from_db()
    assert (entry.title, entry.kind, entry.actors) == ("Killings in Houla", "shooting", ["government forces"])


def test_two_editors_on_one_entry_through_the_review_page_and_the_admins_form(open_page, entry):
    """Each page stops who saves second over the other, and both show the same two versions."""
    reviewing, changing = open_page(DESKTOP), open_page(DESKTOP)
    for page, name in ((reviewing, "amal"), (changing, "basma")):
        page.goto("/admin/")
        log_in(page, name)
    reviewing.goto(f"/admin/timeline/mention/review/{entry.pk}/")
    changing.goto(address(entry))
    expect(changing.locator(".desk-others")).to_contain_text("amal has this open since")

    changing.locator("#id_title").fill("Killings in Houla")
    changing.locator("#id_kind").select_option("shelling")
    changing.get_by_role("button", **SAVE).click()
    expect(changing.locator(".messagelist")).to_contain_text("changed successfully")

    changing.goto(address(entry))
    reviewing.get_by_label("Title").fill("Killings in Taldou")
    reviewing.locator("#id_kind").select_option("shooting")
    reviewing.locator("#accept").click()
    told = reviewing.get_by_role("group", name="Changed meanwhile")
    expect(told).to_contain_text("basma changed this meanwhile")
    told.get_by_role("checkbox", name="Shelling").check()
    entry.refresh_from_db()
    assert (entry.title, entry.kind) == ("Killings in Houla", "shelling")

    # The other is faster again, and then is second in turn.
    changing.locator("#id_actors").fill("government forces")
    changing.get_by_role("button", **SAVE).click()
    expect(changing.locator(".messagelist")).to_contain_text("changed successfully")
    changing.goto(address(entry))
    reviewing.locator("#accept").click()
    expect(reviewing.get_by_role("group", name="Changed meanwhile")).to_contain_text("government forces")
    reviewing.locator("#accept").click()
    expect(reviewing.locator("#told")).to_contain_text("Corrected “Killings in Taldou”")
    entry.refresh_from_db()
    assert (entry.title, entry.kind, entry.actors) == ("Killings in Taldou", "shelling", ["government forces"])

    changing.locator("#id_title").fill("Killings at Houla")
    changing.get_by_role("button", **SAVE).click()
    expect(changing.get_by_role("heading", level=1)).to_have_text("Changed by amal after you opened it")
    title = changing.get_by_role("group", name="Title")
    expect(title.get_by_role("radio", name="Killings in Taldou")).not_to_be_checked()
    expect(title.get_by_role("radio", name="Killings at Houla")).to_be_checked()
    changing.get_by_role("button", name="Save what I chose").click()
    expect(changing.locator(".messagelist")).to_contain_text("changed successfully")
    assert Mention.objects.get().title == "Killings at Houla"
    assert not Draft.objects.exists()


@pytest.mark.console_error("401")
def test_on_the_review_page_a_decision_waits_for_the_login_and_a_closed_tab_loses_nothing(desk, entry):
    desk.goto(f"/admin/timeline/mention/review/{entry.pk}/")
    desk.get_by_label("Title").fill("Killings in Taldou")
    kept(desk)
    desk.reload()
    expect(offer(desk)).to_contain_text("Killings in Taldou")
    offer(desk).get_by_role("button", name="Restore").click()
    expect(desk.get_by_label("Title")).to_have_value("Killings in Taldou")
    other = another_tab(desk)
    other.goto("/admin/")
    other.get_by_role("button", name="Log out").click()
    expect(other.locator("body")).to_contain_text("Logged out")
    desk.locator("#accept").click()
    expect(state(desk)).to_contain_text("Your login has expired")
    assert Mention.objects.get().title == "Massacre in Houla"
    other.goto("/admin/")
    log_in(other)
    other.close()
    desk.bring_to_front()
    expect(desk.locator("#told")).to_contain_text("orrected", timeout=PATIENCE)
    assert Mention.objects.get().title == "Killings in Taldou"
    assert not Draft.objects.exists()


def test_two_editors_see_that_the_other_has_the_entry_open(open_page, entry):
    first, second = open_page(DESKTOP), open_page(DESKTOP)
    first.clock.install()
    for page, name in ((first, "amal"), (second, "basma")):
        page.goto("/admin/")
        log_in(page, name)
        page.goto(address(entry))
    expect(second.locator(".desk-others")).to_contain_text(re.compile(r"amal has this open since \d\d:\d\d"))
    expect(first.locator(".desk-others")).to_be_empty()
    first.clock.fast_forward(20_000)
    expect(first.locator(".desk-others")).to_contain_text("basma has this open since")


def test_a_form_without_a_script_is_saved_as_ever(no_script_page, entry):
    no_script_page.goto("/admin/")
    log_in(no_script_page)
    no_script_page.goto("/admin/timeline/article/add/")
    no_script_page.locator("#id_title").fill("A report")
    no_script_page.locator("#id_text").fill("Residents counted 12 dead in Homs.")
    no_script_page.get_by_role("button", **SAVE).click()
    expect(no_script_page.locator(".messagelist")).to_contain_text("added")
    assert Article.objects.filter(title="A report").exists()
