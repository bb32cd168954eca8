"""An editor says which reports have one origin; that stands against grouping by wording, and is undone as one act."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.ingest.copied import OTHER, WIRE, taken_in
from tests.making import article, claim, houla, mention, person
from timeline.curation import events, origins
from timeline.curation.rights import NotAllowedTo
from timeline.curation.undo import undo
from timeline.ingest.copies import group_again
from timeline.models import Act, Article, Event, Origin, TollClaim

pytestmark = pytest.mark.django_db

SECOND = "Another outlet wrote that government forces killed more than 90 people in Houla on Friday."


@pytest.fixture
def amal():
    return person("amal", "Editor")


@pytest.fixture
def event() -> Event:
    """Houla, told by two reports."""
    made = houla()
    report = article(SECOND, title="Killings in Houla")
    entry = mention(report, "government forces killed more than 90 people in Houla on Friday")
    claim(entry, "more than 90 people", 90, None, "activists", qualifier="more_than")
    events.link(entry, made, None)
    return made


def counts(event: Event) -> tuple[int, int]:
    event.refresh_from_db()
    return event.report_count, event.origin_count


def test_reports_of_their_own_are_as_many_origins(event):
    assert counts(event) == (2, 2)


def test_joined_reports_count_once_and_parted_ones_twice(event, amal):
    first, second = Article.objects.order_by("pk")
    origins.join([first, second], amal, "the same dispatch")
    assert counts(event) == (2, 1)
    origins.part(second, amal, "they had a correspondent there")
    assert counts(event) == (2, 2)


def test_joining_is_one_act_with_its_reason_and_is_undone_as_one(event, amal):
    first, second = Article.objects.order_by("pk")
    origins.join([first, second], amal, "the same dispatch")
    act = Act.objects.get(by=amal)
    assert (act.words, act.reason) == (f"joined “{first}” with “{second}”", "the same dispatch")
    undo(act, amal)
    assert counts(event) == (2, 2)
    assert set(Article.objects.values_list("origin", "origin_by_editor")) == {(None, False)}


def test_undoing_a_parting_brings_the_group_back(event, amal):
    origins.join(Article.objects.all(), amal)
    origins.part(Article.objects.last(), amal)
    undo(Act.objects.first(), amal)
    assert counts(event) == (2, 1)


def test_joining_puts_whole_groups_together(amal):
    reports = [article(f"Report {number} of the day.") for number in range(4)]
    one, other = origins.join(reports[:2], amal), origins.join(reports[2:], amal)
    assert origins.join([reports[0], reports[3]], amal) == one != other
    assert set(Article.objects.values_list("origin", flat=True)) == {one.pk}


def test_what_an_editor_joined_stands_against_grouping_by_wording(amal):
    first, copy, other = taken_in(WIRE), taken_in(WIRE[:600]), taken_in(OTHER)
    first.refresh_from_db()
    origins.part(copy, amal, "another correspondent")
    origins.join([copy, other], amal, "both from the mill")
    group_again()
    for report in (first, copy, other):
        report.refresh_from_db()
    assert copy.origin == other.origin != first.origin


def test_one_report_alone_is_no_group(amal):
    report = article()
    with pytest.raises(origins.CannotGroup, match="One report alone"):
        origins.join([report, report], amal)
    with pytest.raises(origins.CannotGroup, match="counts for itself already"):
        origins.part(report, amal)
    assert not Act.objects.exists()
    assert not Origin.objects.exists()


def test_joining_what_is_joined_says_so(event, amal):
    origins.join(Article.objects.all(), amal)
    with pytest.raises(origins.CannotGroup, match="are together already"):
        origins.join(Article.objects.all(), amal)


def test_an_editor_may_confirm_what_the_wording_says(amal):
    taken_in(WIRE)
    taken_in(WIRE[:600])
    origins.join(Article.objects.all(), amal)
    assert all(Article.objects.values_list("origin_by_editor", flat=True))


def test_a_contributor_may_neither_join_nor_part(event):
    samir = person("samir", "Contributor")
    with pytest.raises(NotAllowedTo):
        origins.join(Article.objects.all(), samir)
    with pytest.raises(NotAllowedTo):
        origins.part(Article.objects.first(), samir)
    assert counts(event) == (2, 2)


# ---- Tolls ----


def test_copies_add_no_source(event, amal):
    before = event.source_count
    origins.join(Article.objects.all(), amal)
    event.refresh_from_db()
    assert event.source_count == before == 2


def unnamed(text: str, day: int, low: int, event: Event | None) -> Event:
    """A report that gives a figure and names nobody for it, linked to ``event`` or making one."""
    report = article(text, published=dt.date(2012, 5, day))
    entry = mention(report, text)
    claim(entry, text.split(" were")[0], low, low, None)
    if event is None:
        return events.create_event([entry], None)
    events.link(entry, event, None)
    event.refresh_from_db()
    return event


def test_a_figure_without_a_named_source_in_two_copies_counts_once(amal):
    event = unnamed("12 people were hurt by falling tiles.", 26, 12, None)
    event = unnamed("12 people were hurt by falling tiles, it is told.", 27, 12, event)
    assert event.source_count == 2
    origins.join(Article.objects.all(), amal)
    event.refresh_from_db()
    assert (event.source_count, event.killed_low, event.killed_high) == (1, 12, 12)


def test_another_figure_without_a_named_source_in_a_copy_stays_another(amal):
    event = unnamed("12 people were hurt by falling tiles.", 26, 12, None)
    event = unnamed("14 people were hurt by falling tiles.", 27, 14, event)
    origins.join(Article.objects.all(), amal)
    event.refresh_from_db()
    assert (event.source_count, event.contested) == (2, True)
    assert TollClaim.objects.count() == 2
