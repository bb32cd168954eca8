"""``manage.py group_copies`` groups what was stored before reports were grouped as they come in."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command

from tests.ingest.copied import OTHER, WIRE, taken_in
from tests.making import mention
from timeline.curation import events
from timeline.models import Article, Origin, WordingBand

pytestmark = pytest.mark.django_db


def test_stored_copies_are_grouped_and_their_events_count_them_once():
    reports = [taken_in(WIRE), taken_in(WIRE[:600]), taken_in(OTHER)]
    Article.objects.update(origin=None)
    Origin.objects.all().delete()
    WordingBand.objects.all().delete()
    event = events.create_event([mention(report, report.text[:40]) for report in reports], None)
    assert event.origin_count == 3
    out = StringIO()
    call_command("group_copies", stdout=out)
    event.refresh_from_db()
    assert (event.report_count, event.origin_count) == (3, 2)
    assert out.getvalue() == "3 reports compared: 1 found to be copies of others, in 1 groups.\n"


def test_a_second_run_finds_nothing_new():
    taken_in(WIRE)
    taken_in(WIRE[:600])
    out = StringIO()
    call_command("group_copies", stdout=out)
    assert out.getvalue() == "2 reports compared: 0 found to be copies of others, in 0 groups.\n"
