"""manage.py demo: a timeline to read and a login to edit it; doing it again changes nothing."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import transaction

from timeline.curation import review
from timeline.models import Article, Event, Kind, Mention, Place, TollClaim

pytestmark = pytest.mark.django_db

# What the demonstration has to tell at least, as (place, month).
MUST_TELL = [
    ("Daraa", "2011-03"),
    ("Hama", "2011-07"),
    ("Baba Amr", "2012-02"),
    ("Houla", "2012-05"),
    ("Qubeir", "2012-06"),
    ("Tremseh", "2012-07"),
    ("Daraya", "2012-08"),
    ("Damascus", "2012-07"),
    ("Geneva", "2012-06"),
    ("Ghouta", "2013-08"),
    ("Khan Shaykhun", "2017-04"),
    ("Aleppo", "2016-12"),
    ("Damascus", "2024-12"),
]


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker) -> Iterator[str]:
    """What the command says. It runs once: each test works inside its transaction, which is taken back after the last."""
    said = io.StringIO()
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("demo", stdout=said)
        yield said.getvalue()
        transaction.set_rollback(True)


def test_at_least_60_reports_and_events_are_there(loaded):
    assert Article.objects.filter(is_demo=True).count() >= 60
    assert Event.objects.published().count() >= 60
    assert Event.objects.exclude(status="published").count() == 0
    for place, month in MUST_TELL:
        assert Event.objects.filter(place__name=place, earliest__startswith=month).exists(), (place, month)
    assert Event.objects.filter(kind=Kind.VETO).count() >= 3


def test_the_login_that_is_printed_works(loaded, client):
    found = re.search(r"login: (\S+)\s+password: (\S+)", loaded)
    assert found
    assert client.login(username=found[1], password=found[2])


def test_doing_it_again_changes_nothing_that_was_edited(loaded, capsys):
    claim = TollClaim.objects.filter(mention__event__slug="houla-massacre", low=92).get()
    review.correct_toll(claim, User.objects.get(), {"low": 93})
    counts = [model.objects.count() for model in (Article, Mention, TollClaim, Event, Place, User)]
    call_command("demo")
    assert "nothing was changed" in capsys.readouterr().out
    assert [model.objects.count() for model in (Article, Mention, TollClaim, Event, Place, User)] == counts
    claim.refresh_from_db()
    assert claim.low == 93


def test_the_record_disagrees_where_it_does(loaded):
    """Houla: more than 92, then 108. Ghouta: from 281 or more to 1,429."""
    houla = Event.objects.get(slug="houla-massacre")
    ghouta = Event.objects.get(slug="ghouta-sarin-attack")
    assert (houla.killed_low, houla.killed_best, houla.killed_high, houla.report_count) == (92, 108, 116, 5)
    assert houla.contested
    assert {(c.low, c.high) for c in TollClaim.objects.filter(mention__event=houla)} >= {(92, None), (108, 108)}
    assert {c.low for c in TollClaim.objects.filter(mention__event=ghouta)} >= {355, 1429}
    assert (ghouta.killed_low, ghouta.killed_best, ghouta.killed_high) == (281, None, 1429)


def test_every_report_names_its_references_and_tells_of_an_event(loaded):
    for article in Article.objects.filter(is_demo=True):
        assert "https://" in article.reference, article.title
        assert article.mentions.filter(event__isnull=False).exists(), article.title


def test_every_published_number_has_its_sentence(loaded):
    for event in Event.objects.published():
        claims = TollClaim.objects.filter(mention__event=event).standing()
        assert (
            event.toll_reported == claims.filter(harm="killed", scope="event", part_of=None, discounted="").exists()
        ), event.title
        for claim in claims.select_related("article"):
            assert claim.article.text[claim.start : claim.end] == claim.quote


def test_a_claim_that_was_read_as_recorded_is_accepted_and_not_added_a_second_time(loaded):
    def said(claim):
        return claim.mention_id, claim.start, claim.end, claim.harm, claim.low, claim.high

    rejected = TollClaim.objects.filter(status="rejected").exclude(engine={})
    added = TollClaim.objects.filter(engine={})
    assert {said(claim) for claim in rejected} & {said(claim) for claim in added} == set()


def test_reading_again_leaves_every_decision(loaded):
    before = list(
        Event.objects.order_by("pk").values_list("slug", "killed_low", "killed_best", "killed_high", "earliest")
    )
    decided = list(
        Mention.objects.exclude(status="extracted").order_by("pk").values_list("pk", "title", "status", "kind")
    )
    call_command("extract", "--again")
    assert (
        list(Mention.objects.exclude(status="extracted").order_by("pk").values_list("pk", "title", "status", "kind"))
        == decided
    )
    assert (
        list(Event.objects.order_by("pk").values_list("slug", "killed_low", "killed_best", "killed_high", "earliest"))
        == before
    )
