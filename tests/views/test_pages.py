"""The public pages: what they show, to whom, and how many queries each takes at any size."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.making import article, claim, houla, many, mention, person
from timeline.curation import events, review
from timeline.models import Article, Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor_client() -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("amal", password="a long password"))
    return client


def text(response) -> str:
    return " ".join(response.content.decode().split())


def test_the_timeline_shows_date_place_kind_title_and_toll(client):
    event = houla()
    page = text(client.get("/"))
    for words in ("May 2012", "25 May 2012", "Massacre", "Houla, Homs", event.get_absolute_url(), "90–92", "2 sources"):
        assert words in page


def test_a_toll_that_nobody_reported_is_not_zero(client):
    entry = mention(article("Shelling of Homs went on."), "Shelling of Homs", kind="shelling", title="Shelling of Homs")
    events.publish(events.create_event([entry], None), None)
    page = text(client.get("/"))
    assert "Killed: not reported" in page
    assert "0 killed" not in page


def test_an_event_without_a_date_stands_at_the_end(client):
    houla()
    entry = mention(
        article("Two drafts were vetoed."),
        "Two drafts",
        kind="veto",
        title="Vetoes",
        earliest=None,
        latest=None,
        precision="unknown",
    )
    events.publish(events.create_event([entry], None), None)
    page = text(client.get("/"))
    assert page.index("25 May 2012") < page.index("Date unknown") < page.index("Vetoes")


def test_the_empty_timeline_says_so(client):
    assert "no event has been published yet" in text(client.get("/"))


def test_an_empty_filter_says_what_that_means(client):
    houla()
    page = text(client.get("/?q=tremseh"))
    assert "does not mean that nothing happened" in page
    assert "Show the whole timeline" in page


def test_htmx_gets_the_results_alone_and_the_address_to_show(client):
    houla()
    response = client.get("/?q=houla&from=&kind=", headers={"HX-Request": "true"})
    assert b"<html" not in response.content
    assert response["HX-Push-Url"] == "/?q=houla"
    assert "HX-Request" in response["Vary"]
    assert response["Cache-Control"] == "no-store"


def test_an_address_already_shown_is_not_pushed_again(client):
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/?q=houla"}
    assert client.get("/?q=houla", headers=headers)["HX-Push-Url"] == "false"
    assert client.get("/?q=tremseh", headers=headers)["HX-Push-Url"] == "/?q=tremseh"


def test_a_history_restore_gets_the_whole_page(client):
    headers = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    response = client.get("/?q=houla", headers=headers)
    assert b"<html" in response.content
    assert "HX-Request" in response["Vary"]


def test_a_form_sent_without_javascript_ends_at_a_clean_address(client):
    assert client.get("/?q=Houla&from=May+2012&to=&kind=&order=newest")["Location"] == "/?q=Houla&from=May+2012"
    assert client.get("/?q=&from=&to=")["Location"] == "/"


def test_a_wrong_value_is_kept_in_its_box_with_a_message(client):
    page = text(client.get("/?from=someday&to=&q=houla", follow=True))
    assert 'value="someday"' in page
    assert "“someday” names no year" in page


@pytest.mark.parametrize(
    "query",
    [
        "q=" + "x" * 10_000,
        "cursor=%00",
        "q=%00%01",
        "place=%F0%9F%92%A5&kind=%27%22",
        "killed_min=" + "9" * 400,
        "from=" + "1" * 5000,
        "q=1&q=2&from=1&from=2&to=1&to=2&kind=1&kind=2&place=1&place=2&source=1&source=2&killed_min=1&killed_min=2",
        "order=1&order=2&cursor=1&cursor=2",
        "from=0001-01-01&to=9999-12-31",
        "cursor=9999-12-31~999999999999999999~x",
        "cursor=undated~0~",
    ],
)
def test_no_query_string_breaks_the_page(client, query):
    houla()
    assert client.get(f"/?{query}", follow=True).status_code == 200
    assert client.get(f"/?{query}", headers={"HX-Request": "true"}).status_code == 200


def test_what_is_typed_is_escaped(client):
    page = client.get('/?q="><script>alert(1)</script>&from=<b>').content.decode()
    assert "<script>alert" not in page
    assert "<b>" not in page


def test_an_event_page_follows_each_number_to_its_sentence(client):
    event = houla()
    page = text(client.get(event.get_absolute_url()))
    report = Article.objects.get()
    claimed = event.mentions.get().toll_claims.get(low=92)
    assert (
        f'UN observers counted <a href="/reports/{report.pk}/#claim-{claimed.pk}"><mark>92 bodies</mark></a>, 32 of them children.'
        in page
    )
    assert "more than 90" in page
    assert "United Nations" in page
    assert "26 May 2012" in page


def test_a_contested_toll_is_called_so(client):
    event = houla()
    report = article("Others counted 110 dead in Houla.", published=dt.date(2012, 5, 27))
    entry = mention(report, "Others counted 110 dead in Houla")
    claim(entry, "110 dead", 110, 110, "Local Coordination Committees")
    events.link(entry, event, None)
    assert "contested" in text(client.get(event.get_absolute_url()))


def test_a_report_page_marks_what_was_read_and_leads_to_the_event(client):
    event = houla()
    page = text(client.get(f"/reports/{Article.objects.get().pk}/"))
    claimed = event.mentions.get().toll_claims.get(low=92)
    assert f'id="claim-{claimed.pk}"' in page
    assert f'href="{event.get_absolute_url()}#claim-{claimed.pk}"' in page
    assert f'<a href="{event.get_absolute_url()}">{event.title}</a>' in page


def test_a_rejected_claim_is_not_shown_to_readers(client):
    event = houla()
    review.reject_toll(event.mentions.get().toll_claims.get(low=92), None)
    assert "92 bodies</mark>" not in text(client.get(event.get_absolute_url()))
    assert "<mark class" not in text(client.get(f"/reports/{Article.objects.get().pk}/")).split("92 bodies")[0][-60:]


def test_drafts_and_unreviewed_reports_are_for_editors(client, editor_client):
    entry = mention(article(), "Houla")
    event = events.create_event([entry], None)
    for address in (event.get_absolute_url(), f"/reports/{entry.article_id}/"):
        assert client.get(address).status_code == 404
        assert editor_client.get(address).status_code == 200


def test_a_withdrawn_event_says_why(client):
    event = houla()
    events.withdraw(event, None, "Told twice: see the other entry.")
    response = client.get(event.get_absolute_url())
    assert response.status_code == 410
    assert "Told twice" in text(response)
    assert event.title not in text(client.get("/"))


def test_the_site_says_that_its_reports_are_demonstration_texts(client):
    assert "demonstration texts" not in text(client.get("/"))
    article(is_demo=True)
    assert "demonstration texts" in text(client.get("/"))
    assert "Demonstration texts" in text(client.get("/method/"))


def test_an_unknown_address_gets_a_page(client):
    response = client.get("/events/nothing-of-the-kind/")
    assert response.status_code == 404
    assert "nothing at this address" in text(response)


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        response = client.get(address)
    assert response.status_code == 200
    return len(captured)


def test_every_page_takes_as_many_queries_at_1000_events_as_at_10(client):
    """The list, a filtered list, the second page, an event, a report and the method page."""
    many(10)
    event = houla()
    addresses = [
        "/",
        "/?q=shelling&from=2011&killed_min=1&source=residents&place=homs",
        "/?cursor=2012-01-01~5~January+2012",
        event.get_absolute_url(),
    ]
    addresses += [f"/reports/{event.mentions.get().article_id}/", "/method/"]
    entry = event.mentions.get()
    retold(event, 0)
    at_ten = [queries(client, address) for address in addresses]
    Event.objects.bulk_create(
        [
            Event(
                slug=f"event-{n}",
                title=f"Shelling {n}",
                kind="shelling",
                status="published",
                search_text="shelling",
                earliest=dt.date(2012, 1, 1),
                latest=dt.date(2012, 1, 1),
                precision="day",
                place=entry.place,
                killed_best=n,
            )
            for n in range(1000)
        ]
    )
    # The event itself grows as well: forty more reports and claims of it.
    for number in range(1, 41):
        retold(event, number)
    assert [queries(client, address) for address in addresses] == at_ten
    # The event's page tells its record of changes from the histories of four kinds of record.
    assert max(at_ten) <= 16


def retold(event: Event, number: int) -> None:
    """One more report of the event, added after it was published."""
    report = article(f"Report {number}: observers counted {number + 60} bodies in Houla.")
    told = mention(report, "bodies in Houla")
    claim(told, f"{number + 60} bodies", number + 60, number + 60, "United Nations")
    events.link(told, event, None)


def test_a_claim_that_does_not_count_says_why(client):
    event = houla()
    toll = event.mentions.get().toll_claims.get(low=92)
    review.correct_toll(toll, None, {"discounted": "a first tally, replaced the same day"})
    page = text(client.get(event.get_absolute_url()))
    assert "not counted: a first tally, replaced the same day" in page
    assert "according to 1 source" in page


def test_figures_for_the_whole_conflict_stand_apart(client):
    event = houla()
    report = event.mentions.get().article
    start = report.text.index("92 bodies")
    review.add_toll(
        report,
        None,
        None,
        {"start": start, "end": start + 9, "low": 13000, "high": 13000, "harm": "killed", "scope": "cumulative"},
    )
    page = text(client.get(event.get_absolute_url()))
    assert "Figures for the whole conflict" in page
    assert "13,000" in page
    event.refresh_from_db()
    assert event.killed_high == 92


def test_a_toll_set_by_the_editors_says_so_and_names_no_sources(client):
    event = houla()
    Event.objects.filter(pk=event.pk).update(
        toll_by_editor=True,
        killed_low=90,
        killed_best=108,
        killed_high=108,
        toll_basis="The final UN count.",
        killed_words="90–108",
    )
    page = text(client.get(event.get_absolute_url()))
    assert "Set by the editors: The final UN count." in page
    assert "according to 2 sources" not in page


def test_a_day_that_the_report_does_not_tell_is_called_unsure(client):
    report = article()
    entry = mention(
        report,
        "government forces killed more than 90 people in Houla on Friday",
        date_basis="no day is told; it is taken as the day of publication (unsure)",
    )
    event = events.create_event([entry], None, slug="taken")
    events.publish(event, None)
    assert "taken as the day of publication (unsure)" in client.get("/events/taken/").content.decode()


def test_what_a_role_does_not_include_is_said_with_the_way_to_the_desk(client):
    event = houla()
    client.force_login(person("basma", "Editor"))
    answer = client.get(f"/admin/timeline/event/{event.pk}/split/")
    assert answer.status_code == 403
    page = text(answer)
    assert "basma may not publish, withdraw, merge or split. An administrator can give a role that may." in page
    assert 'href="/admin/"' in page
