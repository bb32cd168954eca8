"""What stands at a report's address now, as editors and readers see it."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.making import article, claim, mention, person
from tests.serving import report_page
from timeline.curation import events, review
from timeline.ingest.watching import lay_watches, look
from timeline.models import AddressWatch, Event, TollClaim

pytestmark = pytest.mark.django_db

SHELLED = "Government forces shelled Houla on Friday, activists said."
COUNTED = "UN observers counted 92 bodies, 32 of them children."
NOW = "UN observers counted 108 bodies, 49 of them children."


@pytest.fixture
def event(site) -> Event:
    """A published event whose report says something else at its address by now; not looked at yet."""
    site.page("/houla", report_page(SHELLED, NOW))
    report = article(f"{SHELLED}\n{COUNTED}", url=f"{site.root}/houla")
    entry = mention(report, COUNTED)
    claim(entry, "92 bodies", 92, 92, "United Nations")
    made = events.create_event([entry], None, slug="houla-massacre")
    events.publish(made, None)
    lay_watches()
    return made


def words(answer) -> str:
    return " ".join(answer.content.decode().split())


def address_of(record) -> str:
    return reverse(f"admin:timeline_{record._meta.model_name}_change", args=[record.pk])


def the_report():
    return TollClaim.objects.get(low=92).article


def look_page() -> str:
    return reverse("admin:timeline_article_look", args=[the_report().pk])


# ---- At the desk ----


def test_an_editor_looks_now_and_sees_old_and_new_side_by_side(client, event):
    client.force_login(person("rana", "Editor"))
    shown = words(client.post(look_page(), follow=True))
    assert "1 figure no longer stands at its address" in shown
    assert "Says something else" in shown
    assert "<del>92</del>" in shown
    assert "<ins>108</ins>" in shown


def test_the_claims_page_shows_its_sentence_then_and_now(client, event):
    look(AddressWatch.objects.get())
    client.force_login(person("rana", "Editor"))
    old = TollClaim.objects.get(low=92)
    shown = words(client.get(address_of(old)))
    assert "<del>92</del> bodies," in shown
    assert "<ins>108</ins> bodies," in shown
    assert address_of(old.now_says) in shown


def test_a_claim_that_stands_says_so(client, event, site):
    site.page("/houla", report_page(SHELLED, COUNTED))
    look(AddressWatch.objects.get())
    client.force_login(person("rana", "Editor"))
    assert "Still says what is quoted (" in words(client.get(address_of(TollClaim.objects.get(low=92))))


def test_the_versions_page_leads_to_the_first(client, event):
    version = look(AddressWatch.objects.get()).version
    client.force_login(person("rana", "Editor"))
    assert f'This is a later version of <a href="{address_of(the_report())}">' in words(client.get(address_of(version)))


def test_several_are_looked_at_from_the_list(client, event):
    other = article("A report from a file.")
    client.force_login(person("rana", "Editor"))
    chosen = {"action": "look_again", "_selected_action": [the_report().pk, other.pk]}
    shown = words(client.post(reverse("admin:timeline_article_changelist"), chosen, follow=True))
    assert "1 figure no longer stands" in shown
    assert "came in without an address: there is nothing to look at" in shown


def test_a_page_that_cannot_be_read_is_said_and_concludes_nothing(client, event, site):
    site.fails("/houla", 500)
    client.force_login(person("rana", "Editor"))
    shown = words(client.post(look_page(), follow=True))
    assert "the server failed (500). It is tried again later. Nothing was concluded from it." in shown
    assert TollClaim.objects.get().gone_since is None


def test_a_contributor_may_not_look(client, event, site):
    client.force_login(person("samir", "Contributor"))
    assert client.post(look_page()).status_code == 403
    assert "Look again now" not in words(client.get(address_of(the_report())))
    assert site.asked == []


# ---- On the reading side ----


def test_readers_see_that_a_figure_is_gone_and_what_stands_there_now(client, event):
    look(AddressWatch.objects.get())
    shown = words(client.get(event.get_absolute_url()))
    assert 'No longer <a href="' in shown
    assert (
        'there it now says: <q dir="auto">UN observers counted <mark>108 bodies</mark>, 49 of them children.</q>'
        in shown
    )
    assert "92 bodies" in shown, "what was said stays"


def test_where_nothing_stands_in_its_place_they_are_told_that(client, event, site):
    site.page("/houla", report_page(SHELLED, "The government denied that its troops were responsible for it."))
    look(AddressWatch.objects.get())
    assert "no figure stands in its place." in words(client.get(event.get_absolute_url()))


def test_what_an_editor_rejects_is_not_shown_as_what_stands_there(client, event):
    look(AddressWatch.objects.get())
    review.reject_toll(TollClaim.objects.get(low=108), None)
    assert "108 bodies" not in words(client.get(event.get_absolute_url()))


def test_the_page_asks_the_database_as_often_for_two_of_them_as_for_one(client, event, django_assert_num_queries):
    look(AddressWatch.objects.get())
    with CaptureQueriesContext(connection) as for_one:
        client.get(event.get_absolute_url())
    claim(event.mentions.get(), "32 of them", 32, 32, "United Nations", victims="children")
    look(AddressWatch.objects.get())
    assert TollClaim.objects.filter(gone_since__isnull=False).count() == 2
    with django_assert_num_queries(len(for_one)):
        client.get(event.get_absolute_url())
