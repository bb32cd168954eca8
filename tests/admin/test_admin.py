"""The admin's pages open, search and filter; what its forms refuse they say beside the field."""

from __future__ import annotations

import datetime as dt

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission, User
from django.test import Client

from tests.making import article, claim, houla, in_bulk, mention, person
from timeline.curation import events, review
from timeline.models import Actor, Article, Event, Mention, TollClaim

pytestmark = pytest.mark.django_db

MODELS = ["article", "mention", "tollclaim", "event", "source", "actor", "place"]


@pytest.fixture
def desk(client) -> Client:
    client.force_login(User.objects.create_superuser("amal", password="a long password"))
    return client


def text(response) -> str:
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize("model", MODELS)
def test_each_list_opens_searches_and_opens_a_record_with_its_history(desk, model):
    houla()
    address = f"/admin/timeline/{model}/"
    assert desk.get(address).status_code == 200
    assert desk.get(address, {"q": "Houla"}).status_code == 200
    Actor.objects.create(name="Syrian army", slug="syrian-army")
    record = apps.get_model("timeline", model).objects.first()
    assert desk.get(f"{address}{record.pk}/change/").status_code == 200
    assert desk.get(f"{address}{record.pk}/history/").status_code == 200


@pytest.mark.parametrize(
    "query",
    ["dated=no", "dated=yes", "dated=unsure", "engine=disagrees", "status__exact=extracted", "kind__exact=massacre"],
)
def test_the_list_of_entries_filters(desk, query):
    houla()
    assert desk.get(f"/admin/timeline/mention/?{query}").status_code == 200


def test_entries_with_an_unsure_date_are_one_filter_away(desk):
    report = article()
    unsure = mention(
        report,
        "UN observers counted 92 bodies",
        title="Counted",
        date_basis="no day is told; taken as the day (unsure)",
    )
    mention(report, "The government denied", title="Denied", date_basis="'Friday' is the last one")
    page = desk.get("/admin/timeline/mention/?dated=unsure").content.decode()
    assert f"/admin/timeline/mention/{unsure.pk}/" in page
    assert "Counted" in page
    assert "Denied" not in page
    assert "25 May 2012 (unsure)" in page


@pytest.mark.parametrize("model", ["mention", "article", "event", "tollclaim"])
def test_a_list_takes_as_many_queries_with_many_rows(desk, model, django_assert_max_num_queries):
    event = houla()
    for number in range(30):
        entry = mention(article(f"Report {number}: 92 bodies in Houla."), "92 bodies in Houla", event=event)
        claim(entry, "92 bodies", 92, 92, f"source {number}")
    with django_assert_max_num_queries(25):
        assert desk.get(f"/admin/timeline/{model}/").status_code == 200


def test_nothing_can_be_deleted(desk):
    event = houla()
    for model, pk in (
        ("event", event.pk),
        ("mention", event.mentions.get().pk),
        ("article", event.mentions.get().article_id),
        ("tollclaim", TollClaim.objects.first().pk),
    ):
        assert desk.post(f"/admin/timeline/{model}/{pk}/delete/", {"post": "yes"}).status_code == 403


def test_actions_accept_reject_and_publish(desk):
    first = mention(article("A massacre in Houla. One."), "A massacre in Houla")
    second = mention(article("A massacre in Houla. Two."), "A massacre in Houla")
    address = "/admin/timeline/mention/"
    in_bulk(desk, address, "accept", [first])
    in_bulk(desk, address, "reject", [second])
    assert list(Mention.objects.order_by("pk").values_list("status", flat=True)) == ["accepted", "rejected"]
    in_bulk(desk, address, "publish", [first])
    event = Event.objects.get()
    assert (event.status, event.title) == ("published", "Massacre in Houla")
    assert event.history.first().history_user.username == "amal"


def test_rejecting_the_last_entry_of_a_published_event_says_why_not(desk):
    event = houla()
    response = in_bulk(desk, "/admin/timeline/mention/", "reject", event.mentions.all())
    assert "Withdraw the event first" in text(response)
    assert event.mentions.get().status == "extracted"


def test_withdrawing_asks_for_a_reason(desk):
    event = houla()
    address = "/admin/timeline/event/"
    asked = desk.post(address, {"action": "withdraw", "_selected_action": [event.pk]})
    assert "Why (readers see it)" in text(asked)
    in_bulk(desk, address, "withdraw", [event], reason="Told twice.")
    event.refresh_from_db()
    assert (event.status, event.withdrawn_reason) == ("withdrawn", "Told twice.")


def event_form(event: Event, **values: object) -> dict[str, object]:
    form = {
        "title": event.title,
        "kind": event.kind,
        "summary": event.summary,
        "earliest": event.earliest,
        "latest": event.latest,
        "precision": event.precision,
        "place": event.place_id,
        "killed_low": event.killed_low,
        "killed_best": event.killed_best,
        "killed_high": event.killed_high,
        "toll_basis": event.toll_basis,
        "mentions-TOTAL_FORMS": 0,
        "mentions-INITIAL_FORMS": 0,
    }
    return {name: "" if value is None else value for name, value in {**form, **values}.items()}


def test_a_toll_set_by_hand_needs_its_reason_and_then_stands(desk):
    event = houla()
    address = f"/admin/timeline/event/{event.pk}/change/"
    refused = desk.post(address, event_form(event, killed_best=108, killed_high=108))
    assert "Say here why these figures" in text(refused)
    reason = "The final count of the UN Human Rights Office."
    assert desk.post(address, event_form(event, killed_best=108, killed_high=108, toll_basis=reason)).status_code == 302
    event.refresh_from_db()
    assert (event.killed_best, event.toll_by_editor, event.toll_basis) == (108, True, reason)


def test_low_above_high_is_refused_beside_the_field(desk):
    event = houla()
    refused = desk.post(f"/admin/timeline/event/{event.pk}/change/", event_form(event, killed_low=200, toll_basis="x"))
    assert "Low must not be above best" in text(refused)


def test_giving_an_undated_report_its_day_resolves_its_dates(desk):
    words = "In Damascus on Thursday two car bombs left 55 people dead, according to the Interior Ministry."
    form = {"title": "Bombs in Damascus", "language": "en", "text": words, "url": "", "reference": "", "outlet": ""}
    added = desk.post("/admin/timeline/article/add/", {**form, "published": ""}, follow=True)
    assert added.status_code == 200
    entry = Mention.objects.get(kind="bombing")
    assert entry.earliest is None
    report = Article.objects.get()
    del form["text"]
    totals = {f"{name}-{kind}_FORMS": 0 for name in ("mentions", "toll_claims") for kind in ("TOTAL", "INITIAL")}
    desk.post(f"/admin/timeline/article/{report.pk}/change/", {**form, "published": "11/05/2012", **totals})
    assert Mention.objects.get(kind="bombing").earliest == dt.date(2012, 5, 10)
    report.refresh_from_db()
    assert report.text == words


def test_a_reader_without_rights_sees_no_desk(client):
    client.force_login(User.objects.create_user("reader", password="x"))
    assert client.get("/admin/timeline/mention/").status_code == 302


def test_who_may_only_look_cannot_act(client):
    user = User.objects.create_user("looker", password="x", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_mention"))
    client.force_login(user)
    entry = mention(article(), "Houla")
    in_bulk(client, "/admin/timeline/mention/", "reject", [entry])
    entry.refresh_from_db()
    assert entry.status == "extracted"


def test_an_old_version_cannot_be_brought_back_past_the_desk(desk):
    event = houla()
    oldest = event.history.last()
    address = f"/admin/timeline/event/{event.pk}/history/{oldest.history_id}/"
    desk.post(address, {"title": "x"})
    event.refresh_from_db()
    assert (event.status, event.title) == ("published", "Massacre in Houla")


def mention_form(entry: Mention, **values: object) -> dict[str, object]:
    """The entry's form as a browser sends it: with CR LF, and with what was seen when it was drawn."""
    form = {
        "evidence": entry.quote.replace("\n", "\r\n"),
        "seen": entry.history.first().history_id,
        "kind": entry.kind,
        "title": entry.title,
        "earliest": entry.earliest,
        "latest": entry.latest,
        "precision": entry.precision,
        "place": entry.place_id,
        "actors": "; ".join(entry.actors),
        "event": entry.event_id,
        "reason": "",
        "toll_claims-TOTAL_FORMS": 0,
        "toll_claims-INITIAL_FORMS": 0,
    }
    return {name: "" if value is None else value for name, value in {**form, **values}.items()}


def test_a_quote_over_two_lines_is_saved_as_it_stands(desk):
    entry = mention(article("A massacre\nin Houla was reported."), "A massacre\nin Houla")
    saved = desk.post(f"/admin/timeline/mention/{entry.pk}/change/", mention_form(entry, kind="shooting"))
    assert saved.status_code == 302
    entry.refresh_from_db()
    assert (entry.kind, entry.quote) == ("shooting", "A massacre\nin Houla")


def test_a_precision_that_the_days_contradict_is_refused(desk):
    entry = mention(article(), "Houla")
    refused = desk.post(f"/admin/timeline/mention/{entry.pk}/change/", mention_form(entry, precision="week"))
    assert "not a week" in text(refused)


def test_the_only_entry_of_a_published_event_cannot_be_taken_off_it(desk):
    entry = houla().mentions.get()
    form = mention_form(entry, event="")
    refused = desk.post(f"/admin/timeline/mention/{entry.pk}/change/", form)
    assert "Withdraw the event first" in text(refused)


def test_publishing_an_entry_does_not_bring_a_withdrawn_event_back(desk):
    event = houla()
    events.withdraw(event, None, "Told twice.")
    assert "was withdrawn" in text(in_bulk(desk, "/admin/timeline/mention/", "publish", event.mentions.all()))
    event.refresh_from_db()
    assert event.status == "withdrawn"


def test_a_claim_set_to_the_whole_conflict_leaves_its_entry(desk):
    toll = houla().mentions.get().toll_claims.get(low=92)
    form = {"evidence": toll.quote, "harm": "killed", "low": 92, "high": 92, "qualifier": "exact", "victims": ""}
    form |= {"source": toll.source_id, "via": "", "part_of": "", "scope": "cumulative", "discounted": ""}
    assert desk.post(f"/admin/timeline/tollclaim/{toll.pk}/change/", form).status_code == 302
    toll.refresh_from_db()
    assert (toll.scope, toll.mention) == ("cumulative", None)


def test_a_claim_cannot_be_a_part_of_its_own_part(desk):
    entry = houla().mentions.get()
    whole, part = entry.toll_claims.get(low=92), entry.toll_claims.get(low=90)
    TollClaim.objects.filter(pk=part.pk).update(part_of=whole)
    form = {"evidence": whole.quote, "harm": "killed", "low": 92, "high": 92, "qualifier": "exact", "victims": ""}
    form |= {"source": whole.source_id, "via": "", "part_of": part.pk, "scope": "event", "discounted": ""}
    assert "cannot be a part of itself" in text(desk.post(f"/admin/timeline/tollclaim/{whole.pk}/change/", form))


def test_people_are_not_deleted(desk):
    basma = person("basma")
    assert desk.post(f"/admin/auth/user/{basma.pk}/delete/", {"post": "yes"}).status_code == 403


RULES = "/admin/timeline/mention/rules/"
ENGINE = {
    "kind": "massacre",
    "earliest": "2012-05-25",
    "latest": "2012-05-25",
    "place": "Houla",
    "basis": "the date told with it",
}


def decided_on(wrong: int, right: int = 1) -> list[Mention]:
    entries = [
        mention(article(f"Report {n}: 92 bodies in Houla."), "92 bodies in Houla", engine=ENGINE)
        for n in range(wrong + right)
    ]
    for entry in entries[:wrong]:
        review.correct(entry, None, {"kind": "shelling"})
    for entry in entries[wrong:]:
        review.accept(entry, None)
    return entries


def test_the_index_leads_to_how_well_the_rules_read(desk):
    assert f'<a href="{RULES}">How well the rules read</a>' in text(desk.get("/admin/"))


def test_the_page_on_the_rules_says_what_to_do_while_nobody_has_decided(desk):
    mention(article(), "92 bodies", engine=ENGINE)
    page = text(desk.get(RULES))
    assert "Nobody has decided on an entry yet." in page
    assert "/admin/timeline/mention/?status__exact=extracted" in page


def test_the_page_on_the_rules_links_to_exactly_the_wrong_ones(desk):
    wrong = decided_on(wrong=2, right=1)[:2]
    page = desk.get(RULES)
    assert "told as massacre" in text(page)
    (address,) = [row[1] for _, _, rows in page.context["parts"] for row in rows if row[1]]
    listed = desk.get(address).context["cl"].queryset
    assert set(listed) == set(wrong)
    assert "told as massacre" in text(desk.get(address))


def test_the_page_on_the_rules_narrows_to_a_language_and_a_year(desk):
    decided_on(wrong=0)
    assert "told as massacre" in text(desk.get(RULES, {"language": "en", "year": "2012"}))
    Article.objects.update(language="fr")
    article("Un autre rapport.", language="en")
    page = text(desk.get(RULES, {"language": "en"}))
    assert "Nobody has decided yet on an entry of these reports." in page
    # What no report has is as good as not asked for.
    assert "told as massacre" in text(desk.get(RULES, {"language": "tlh", "year": "long ago"}))


@pytest.mark.parametrize(
    "value", ["", "kinds", "kinds~~~no such rule", "kinds~~99999999999999999999~x", "tolls~~~x", "a~b~c~d"]
)
def test_a_filter_by_rule_that_means_nothing_breaks_nothing(desk, value):
    decided_on(wrong=1)
    assert desk.get("/admin/timeline/mention/", {"wrong": value}).status_code == 200
    assert desk.get("/admin/timeline/tollclaim/", {"wrong": value}).status_code == 200


def test_the_page_on_the_rules_is_for_those_who_may_see_the_entries(client):
    reader = User.objects.create_user("noor", password="a long password", is_staff=True)
    client.force_login(reader)
    assert client.get(RULES).status_code == 403
    assert RULES not in text(client.get("/admin/"))
    reader.user_permissions.add(Permission.objects.get(codename="view_mention"))
    assert client.get(RULES).status_code == 200
    assert RULES in text(client.get("/admin/"))


def test_the_page_on_the_rules_takes_as_many_queries_with_many_entries(desk, django_assert_max_num_queries):
    decided_on(wrong=20, right=20)
    with django_assert_max_num_queries(11):
        assert desk.get(RULES).status_code == 200


def test_a_claim_of_the_whole_conflict_added_on_an_entrys_page_belongs_to_the_report_alone(desk):
    entry = houla().mentions.get()
    form = mention_form(entry) | {"toll_claims-TOTAL_FORMS": "1", "toll_claims-INITIAL_FORMS": "0"}
    added = {"evidence": "92 bodies", "harm": "killed", "low": "92", "high": "92", "qualifier": "exact"}
    form |= {f"toll_claims-0-{name}": value for name, value in {**added, "scope": "cumulative"}.items()}
    form = {name: value for name, value in form.items() if not name.startswith("toll_claims-0-id")}
    assert desk.post(f"/admin/timeline/mention/{entry.pk}/change/", form).status_code == 302
    assert TollClaim.objects.get(scope="cumulative").mention is None
