"""Recent decisions and their Undo, saving as one act, merging and splitting from the admin: pages, rights, and queries."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from tests.admin.test_admin import event_form, mention_form, text
from tests.curation.test_merging import another
from tests.making import article, houla, in_bulk, mention, person
from timeline.curation import events, merging, review
from timeline.models import Act, Event, Mention

pytestmark = pytest.mark.django_db

ACTS = "/admin/timeline/act/"
EVENTS = "/admin/timeline/event/"


@pytest.fixture
def amal():
    return person("amal")


@pytest.fixture
def desk(amal) -> Client:
    client = Client(enforce_csrf_checks=False)
    client.force_login(amal)
    return client


def as_role(role: str) -> Client:
    client = Client()
    client.force_login(person(role.lower(), role))
    return client


def undo_address(act: Act) -> str:
    return f"{ACTS}{act.pk}/undo/"


# ---- The page ----


def test_recent_decisions_say_who_what_why_when_and_what_they_changed(desk, amal):
    review.accept(mention(article(), "Houla"), amal, "read twice")
    page = text(desk.get(ACTS))
    for words in ("Accepted “Massacre in Houla”", "read twice", "amal,", "1 entry</a>"):
        assert words in page


def test_mine_are_shown_first_and_everybodys_when_asked_for(desk, amal):
    basma = person("basma")
    review.accept(mention(article(), "Houla", title="Hers"), basma)
    assert "No decision to show" in text(desk.get(ACTS))
    assert "Accepted “Hers”" in text(desk.get(ACTS, {"person": "everybody"}))
    assert "Accepted “Hers”" in text(desk.get(ACTS, {"person": basma.pk}))


def test_the_page_narrows_to_a_day_as_people_type_it(desk, amal):
    review.accept(mention(article(), "Houla"), amal)
    assert "Accepted" in text(desk.get(ACTS, {"day": str(Act.objects.get().at.date())}))
    assert "No decision to show for “24 May 2012”" in text(desk.get(ACTS, {"day": "24 May 2012"}))
    assert "names no year" in text(desk.get(ACTS, {"day": "someday"}))


def test_the_page_goes_back_by_key(desk, amal):
    for number in range(55):
        Act.objects.create(by=amal, words=f"act {number}.", right="timeline.review_mention")
    page = text(desk.get(ACTS))
    assert ("Act 54." in page, "Act 5." in page, "Act 4." in page) == (True, True, False)
    older = re.search(r'<a href="([^"]+)">Older decisions', page)
    assert older is not None
    following = text(desk.get(older[1].replace("&amp;", "&")))
    assert ("Act 5." in following, "Act 4." in following, "Older" in following) == (False, True, False)


@pytest.mark.parametrize(
    "query", ["person=x", "person=0", "before=x", "before=" + "9" * 40, "day=%00", "person=999999"]
)
def test_no_query_string_breaks_the_page(desk, query):
    assert desk.get(f"{ACTS}?{query}").status_code == 200


def test_the_page_takes_as_many_queries_with_many_acts(desk, amal, django_assert_max_num_queries):
    for number in range(30):
        review.accept(mention(article(f"Report {number} on Houla."), "Houla"), amal)
    with django_assert_max_num_queries(16):
        desk.get(ACTS)


def test_the_page_is_not_for_contributors():
    assert as_role("Contributor").get(ACTS).status_code == 403


# ---- Undo ----


def test_the_message_after_a_decision_offers_to_undo_it_by_a_form_that_holds_against_forgery(amal):
    client = Client(enforce_csrf_checks=True)
    client.force_login(amal)
    entry = mention(article(), "Houla")
    token = re.search(
        r'name="csrfmiddlewaretoken" value="(\w+)"', client.get("/admin/timeline/mention/").content.decode()
    )
    assert token is not None
    given = {"csrfmiddlewaretoken": token[1]}
    page = in_bulk(client, "/admin/timeline/mention/", "accept", [entry], **given).content.decode()
    assert "Accepted 1 entry." in page
    act = Act.objects.get()
    button = re.search(
        rf'<form method="post" action="{undo_address(act)}" class="undo">\s*<input type="hidden" name="csrfmiddlewaretoken" '
        r'value="(\w+)"><input type="hidden" name="next" value="([^"]+)">',
        page,
    )
    assert button is not None
    assert client.post(undo_address(act)).status_code == 403
    done = client.post(undo_address(act), {"csrfmiddlewaretoken": button[1], "next": button[2]}, follow=True)
    assert done.redirect_chain[-1][0] == "/admin/timeline/mention/"
    assert "Undid: accepted “Massacre in Houla”." in text(done)
    entry.refresh_from_db()
    assert entry.status == "extracted"


def test_an_act_is_not_undone_by_a_link(desk, amal):
    review.accept(mention(article(), "Houla"), amal)
    assert desk.get(undo_address(Act.objects.get())).status_code == 405


def test_what_stands_in_the_way_of_undoing_is_said(desk, amal):
    entry = mention(article(), "Houla")
    review.correct(entry, amal, {"title": "Killings"})
    act = Act.objects.get()
    review.correct(entry, person("basma"), {"title": "Deaths"})
    page = text(desk.post(undo_address(act), follow=True))
    assert "Not undone. The title of “Deaths” was changed again since." in page


def test_an_undone_act_says_by_whom_and_offers_no_button(desk, amal):
    review.accept(mention(article(), "Houla"), amal)
    act = Act.objects.get()
    desk.post(undo_address(act), {"reason": "too early"})
    page = text(desk.get(ACTS))
    assert "Undone by amal" in page
    assert "too early" in page
    assert f'action="{undo_address(act)}"' not in page


def test_undoing_needs_the_right_of_the_act_by_address_too(amal):
    event = houla()
    events.withdraw(event, amal, "Told twice.")
    act = Act.objects.latest("id")
    assert as_role("Editor").post(undo_address(act)).status_code == 403
    assert as_role("Contributor").post(undo_address(act)).status_code == 403
    event.refresh_from_db()
    assert event.status == "withdrawn"


def test_undoing_leads_nowhere_but_to_this_site(desk, amal):
    review.accept(mention(article(), "Houla"), amal)
    act = Act.objects.get()
    for elsewhere in (
        "https://elsewhere.example/",
        "//elsewhere.example/",
        "/\\elsewhere.example",
        "javascript:x",
        "nowhere",
    ):
        assert desk.post(undo_address(act), {"next": elsewhere})["Location"] == ACTS


# ---- One act ----


def test_an_action_over_many_entries_is_one_act(desk):
    entries = [mention(article(f"Report {n} on Houla."), "Houla") for n in range(3)]
    in_bulk(desk, "/admin/timeline/mention/", "reject", entries)
    assert [act.words for act in Act.objects.all()] == ["rejected 3 entries"]
    desk.post(undo_address(Act.objects.get()))
    assert set(Mention.objects.values_list("status", flat=True)) == {"extracted"}


def test_an_action_that_can_be_done_for_some_is_done_for_these(desk):
    event = houla()
    free = mention(article("Houla again."), "Houla", title="Free")
    page = text(in_bulk(desk, "/admin/timeline/mention/", "reject", [event.mentions.get(), free]))
    assert "Withdraw the event first" in page
    assert "Rejected 1 entry." in page
    assert Act.objects.latest("id").words == "rejected “Free”"


def test_saving_an_entry_with_its_claims_and_its_link_is_one_act(desk):
    event = houla()
    entry = event.mentions.get()
    other = another(published=False)
    events.link(mention(article("More of Houla."), "Houla"), event, None)
    form = mention_form(entry, kind="shelling", event=other.pk, reason="another day")
    page = text(desk.post(f"/admin/timeline/mention/{entry.pk}/change/", form, follow=True))
    act = Act.objects.latest("id")
    assert (act.words, act.reason) == ("corrected “Massacre in Houla”", "another day")
    assert undo_address(act) in page
    desk.post(undo_address(act))
    entry.refresh_from_db()
    assert (entry.kind, entry.event) == ("massacre", event)


def test_saving_without_a_change_leaves_no_act_and_no_button(desk):
    entry = mention(article(), "Houla")
    page = text(desk.post(f"/admin/timeline/mention/{entry.pk}/change/", mention_form(entry), follow=True))
    assert "changed successfully" in page
    assert "/undo/" not in page
    assert not Act.objects.exists()


def test_saving_an_event_is_an_act_that_leaves_its_state_alone(desk):
    event = houla()
    form = event_form(event, title="The Houla massacre", reason="The common name.")
    assert desk.post(f"{EVENTS}{event.pk}/change/", form).status_code == 302
    event.refresh_from_db()
    act = Act.objects.latest("id")
    assert (event.title, event.status) == ("The Houla massacre", "published")
    assert (act.words, act.reason) == ("corrected “Massacre in Houla”", "The common name.")
    assert event.history.first().act == act


def test_an_editor_corrects_an_event_but_neither_withdraws_merges_nor_splits_it():
    event, other = houla(), another()
    client = as_role("Editor")
    assert client.post(f"{EVENTS}{event.pk}/change/", event_form(event, title="Killings")).status_code == 302
    chosen = {"_selected_action": [event.pk, other.pk], "reason": "x", "merge": "Merge", "kept": event.pk}
    for action in ("merge", "publish", "withdraw"):  # not offered, so not known
        assert "No action selected" in text(client.post(EVENTS, {"action": action, **chosen}, follow=True))
    assert client.post(f"{EVENTS}{event.pk}/split/", {"entry": [1]}).status_code == 403
    assert set(Event.objects.values_list("status", flat=True)) == {"published"}


def test_a_contributor_saves_no_event():
    event = houla()
    client = as_role("Contributor")
    assert client.post(f"{EVENTS}{event.pk}/change/", event_form(event, title="Killings")).status_code == 403
    event.refresh_from_db()
    assert event.title == "Massacre in Houla"


def test_a_toll_by_an_editor_without_a_reason_is_refused_beside_the_field(desk):
    event = houla()
    page = text(desk.post(f"{EVENTS}{event.pk}/change/", event_form(event, toll_by_editor="on")))
    assert "Say here why these figures stand" in page


# ---- Merging and splitting ----


def test_merging_shows_what_it_would_do_asks_why_and_is_undone_from_the_message(desk):
    kept, other = houla(), another()
    chosen = {"action": "merge", "_selected_action": [kept.pk, other.pk]}
    page = text(desk.post(EVENTS, chosen))
    for words in ("90–92 now; <strong>90–110</strong> afterwards", "contested", "Shabiha", "will be led to"):
        assert words in page
    assert Event.objects.filter(status="merged").count() == 0
    other_way = text(desk.post(EVENTS, {**chosen, "kept": other.pk, "preview": ""}))
    assert "What merging into “Killings in Taldou (110)” does" in other_way
    assert "Say why these are one event" in text(desk.post(EVENTS, {**chosen, "merge": "Merge", "reason": " "}))
    done = desk.post(EVENTS, {**chosen, "kept": other.pk, "merge": "Merge", "reason": "One massacre."}, follow=True)
    assert "2 events are one now, “Killings in Taldou (110)”, with 2 reports." in text(done)
    kept.refresh_from_db()
    assert kept.merged_into == other
    desk.post(undo_address(Act.objects.latest("id")))
    kept.refresh_from_db()
    assert kept.status == "published"


def test_merging_one_event_asks_for_another(desk):
    page = desk.post(EVENTS, {"action": "merge", "_selected_action": [houla().pk]}, follow=True)
    assert "Choose two or more events" in text(page)


def test_a_merging_that_would_hide_a_page_says_what_helps_before_it_is_tried(desk):
    public, draft = houla(), another(published=False)
    chosen = {"action": "merge", "_selected_action": [public.pk, draft.pk], "kept": draft.pk, "preview": ""}
    assert "Keep “Massacre in Houla” instead" in text(desk.post(EVENTS, chosen))


def test_the_page_of_a_merged_event_leads_to_the_kept_one_and_changes_nothing(desk, amal):
    kept, other = houla(), another()
    merging.merge(kept, [other], amal, "One massacre.")
    page = desk.get(f"{EVENTS}{other.pk}/change/").content.decode()
    assert f'Merged into <a href="{EVENTS}{kept.pk}/change/">' in page
    assert desk.post(f"{EVENTS}{other.pk}/change/", event_form(other, title="x")).status_code == 403
    offered = desk.get(
        "/admin/autocomplete/", {"app_label": "timeline", "model_name": "mention", "field_name": "event"}
    )
    assert [row["id"] for row in offered.json()["results"]] == [str(kept.pk)]


def test_an_entry_is_not_linked_to_a_merged_event_by_its_form(desk, amal):
    kept, other = houla(), another()
    merging.merge(kept, [other], amal, "One massacre.")
    entry = mention(article("More of Houla."), "Houla")
    page = desk.post(f"/admin/timeline/mention/{entry.pk}/change/", mention_form(entry, event=other.pk))
    assert "was merged into “Massacre in Houla”: use that one" in text(page)


def test_splitting_by_ticking_entries(desk, amal):
    event = merging.merge(houla(), [another()], amal, "One massacre.")
    leaving = event.mentions.get(title="Killings in Taldou (110)")
    address = f"{EVENTS}{event.pk}/split/"
    assert address in desk.get(f"{EVENTS}{event.pk}/change/").content.decode()
    assert "Killings in Taldou (110)" in text(desk.get(address))
    everything = desk.post(address, {"entry": [m.pk for m in event.mentions.all()], "reason": "Two places."})
    assert "would be left without a report" in text(everything)
    assert f'value="{leaving.pk}" checked' in everything.content.decode()
    form = {"entry": [leaving.pk], "reason": "Two places.", "title": "Killings in Taldou", "publish": "on"}
    done = text(desk.post(address, form, follow=True))
    assert "1 entry left “Massacre in Houla” for “Killings in Taldou”, published." in done
    assert Event.objects.get(title="Killings in Taldou").status == "published"
    desk.post(undo_address(Act.objects.latest("id")))
    leaving.refresh_from_db()
    assert leaving.event == event
