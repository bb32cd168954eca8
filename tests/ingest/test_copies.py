"""A report that is a copy or a rewrite of a stored one joins its origin as it comes in; others do not."""

from __future__ import annotations

import datetime as dt
import threading

import pytest
from django.db import connection, connections

from tests.ingest.copied import DAY, END, MIDDLE, OPENING, OTHER, WIRE, taken_in
from tests.making import person
from timeline.curation import origins
from timeline.ingest.copies import NEAR, compared, find_origin, group_again, same_origin
from timeline.ingest.wording import LEAD_BANDS, WHOLE_BANDS
from timeline.models import Article, Origin, WordingBand

pytestmark = pytest.mark.django_db

COPIES = {
    "a new headline and dateline": f"NORTHERN SUBURB - News of the day.\n\n{WIRE}",
    "a paragraph cut": f"{OPENING}\n\n{END}",
    "paragraphs in another order": f"{END}\n\n{OPENING}\n\n{MIDDLE}",
    "other words": WIRE.replace("lorries", "trucks").replace("said", "stated").replace("suburb", "outskirts"),
    "trimmed": WIRE[: int(len(WIRE) * 0.6)],
    "paragraphs of another report added": f"{OPENING}\n\n{OTHER}\n\n{MIDDLE}\n\n{END}",
    "without apostrophes and commas": WIRE.replace(",", "").replace("'", ""),
}


@pytest.mark.parametrize("text", COPIES.values(), ids=COPIES.keys())
def test_a_lightly_edited_copy_joins_the_origin_of_its_report(text):
    first = taken_in(WIRE, outlet="One daily")
    copy = taken_in(text, outlet="Another daily", published=DAY + dt.timedelta(days=1))
    first.refresh_from_db()
    assert copy.origin is not None
    assert first.origin == copy.origin


NO_COPIES = {
    "another report": OTHER,
    "a report with the same background": f"{OTHER}\n\n{END}",
    "a brief that shares a formula": "A convoy of 3 lorries reached the northern suburb on Tuesday, the drivers said.",
}


@pytest.mark.parametrize("text", NO_COPIES.values(), ids=NO_COPIES.keys())
def test_a_report_of_its_own_stays_alone(text):
    taken_in(WIRE)
    assert taken_in(text).origin is None
    assert not Origin.objects.exists()


def test_two_reports_of_one_speech_are_two():
    speech = f"“{MIDDLE}”".replace("\n", " ")
    taken_in(f"The head of the depot stood on a crate in the yard and read from a sheet of paper: {speech}, he said.")
    other = taken_in(
        f"Reporters were called to the depot at noon, where they heard its head speak for some minutes. {speech} "
        "He did not take questions, and a van drove him off towards the hills."
    )
    assert other.origin is None


def test_a_footer_of_the_site_makes_no_copy():
    footer = (
        "Follow us for more news from the valley and the hills, every day from six in the morning until midnight. " * 3
    )
    taken_in(
        f"The choir of the mill sang in the square on Saturday, and some four hundred people came to listen.\n{footer}"
    )
    other = taken_in(
        f"Snow closed the pass for a second day, the road office reported, and ploughs were sent up.\n{footer}"
    )
    assert other.origin is None


def test_a_daily_bulletin_with_other_figures_is_no_copy():
    bulletin = (
        "The office of the bakeries gives these figures for the day. Sacks of flour received: {}. Sacks of barley received: "
        "{}. Ovens lit in the morning: {}. Ovens lit in the evening: {}. Families that were given bread at the school: {}. "
        "The office thanks the drivers, and asks that nobody queue before the bell is rung at the gate of the school."
    )
    taken_in(bulletin.format(41, 17, 9, 6, 322))
    assert taken_in(bulletin.format(38, 20, 8, 5, 298), published=DAY + dt.timedelta(days=1)).origin is None


def test_a_follow_up_of_the_same_outlet_that_repeats_its_background_is_no_copy():
    taken_in(WIRE, outlet="One daily")
    later = f"{OTHER}\n\nOn Tuesday:\n\n{WIRE}"
    assert taken_in(later, outlet="One daily", published=DAY + dt.timedelta(days=1)).origin is None


def test_a_corrected_version_of_the_same_day_by_the_same_outlet_is_one():
    first = taken_in(WIRE, outlet="One daily")
    again = taken_in(WIRE.replace("14 lorries", "15 lorries"), outlet="One daily")
    first.refresh_from_db()
    assert again.origin == first.origin is not None


SHORT = "Bread was given to 320 families at the school in the northern suburb on Tuesday morning, a clerk said."


@pytest.mark.parametrize(
    "text, joins",
    [
        (f"{SHORT} (AFP)", True),
        (SHORT.replace("320", "290"), False),
        (SHORT.replace("Bread was given", "Blankets and lamps were brought"), False),
    ],
)
def test_of_short_texts_only_the_same_words_and_figures_are_copies(text, joins):
    taken_in(SHORT)
    assert bool(taken_in(text).origin) is joins


# ---- Rewrites that credit an agency ----

# Too little of the wire is left in it for a copy.
REWRITE = (
    f"{OPENING} It was the first in the new year, and children ran beside it, the agency wrote.\n\n"
    "The lorries had left the depot before dawn, and some gave up on the way, the others taking turns to be towed up the "
    "last slope. People stood in line by the school for their share, where clerks checked the names of 320 families. "
    "What will follow is not known, and much hangs on the weather, if the road over the hills stays open."
)


def test_a_rewrite_that_credits_the_same_agency_and_gives_the_same_figures_joins():
    taken_in(f"NORTHERN SUBURB (Reuters) - {WIRE}", outlet="Reuters")
    rewrite = taken_in(f"{REWRITE} (Reuters)", outlet="A daily", published=DAY + dt.timedelta(days=1))
    assert rewrite.origin.agency.name == "Reuters"


@pytest.mark.parametrize(
    "text, outlet, later",
    [
        (f"{REWRITE} (AFP)", "A daily", 1),  # another agency
        (REWRITE.replace("320", "290").replace("14 ", "16 "), "A daily", 1),  # nobody credited, other figures
        (f"{REWRITE} (Reuters)", "A daily", 4),  # days later
    ],
)
def test_the_same_words_without_that_do_not(text, outlet, later):
    taken_in(f"NORTHERN SUBURB (Reuters) - {WIRE}", outlet="Reuters")
    assert taken_in(text, outlet=outlet, published=DAY + dt.timedelta(days=later)).origin is None


# ---- Days ----


def test_the_same_text_long_after_is_looked_up_no_more():
    taken_in(WIRE)
    assert taken_in(f"{WIRE} Again.", published=DAY + dt.timedelta(days=NEAR + 1)).origin is None


def test_a_report_without_a_day_may_be_a_copy_of_any():
    taken_in(WIRE)
    assert taken_in(f"{WIRE} Again.", published=None).origin is not None


# ---- Groups ----


def test_a_third_copy_joins_the_group():
    reports = [taken_in(text) for text in (WIRE, COPIES["a paragraph cut"], COPIES["other words"])]
    assert len({Article.objects.get(pk=report.pk).origin_id for report in reports}) == 1
    assert Origin.objects.count() == 1


def test_every_version_that_grouping_makes_says_why():
    first = taken_in(WIRE, title="Bread for the suburb")
    copy = taken_in(COPIES["trimmed"], title="Convoy reaches suburb")
    assert first.history.first().history_change_reason == "copy or rewrite of “Convoy reaches suburb”"
    assert copy.history.first().history_change_reason == "copy or rewrite of “Bread for the suburb”"


def test_a_report_that_an_editor_has_parted_is_left_alone():
    first, copy = taken_in(WIRE), taken_in(COPIES["trimmed"])
    copy.refresh_from_db()
    origins.part(copy, person(), "their own correspondent")
    first.refresh_from_db()
    group = first.origin
    third = taken_in(COPIES["other words"])
    group_again()
    copy.refresh_from_db()
    third.refresh_from_db()
    assert (copy.origin, copy.origin_by_editor) == (None, True)
    assert third.origin == group


def test_finding_an_origin_again_changes_nothing():
    first, copy = taken_in(WIRE), taken_in(COPIES["trimmed"])
    before = Article.history.count(), Origin.objects.count(), WordingBand.objects.count()
    for report in Article.objects.all():
        find_origin(report)
    assert (Article.history.count(), Origin.objects.count(), WordingBand.objects.count()) == before
    assert {first.pk, copy.pk} == set(Article.objects.values_list("pk", flat=True))


def test_what_was_stored_before_is_grouped():
    first, copy, other = taken_in(WIRE), taken_in(COPIES["trimmed"]), taken_in(OTHER)
    Article.objects.update(origin=None)
    Origin.objects.all().delete()
    WordingBand.objects.all().delete()
    assert group_again() == [copy.pk]
    origin = Article.objects.get(pk=first.pk).origin
    assert origin is not None
    assert list(Article.objects.order_by("pk").values_list("origin", flat=True)) == [origin.pk, origin.pk, None]
    assert other.wording_bands.count() == WHOLE_BANDS + LEAD_BANDS


def test_looking_up_takes_the_same_number_of_queries_however_many_reports_there_are(django_assert_max_num_queries):
    for number in range(12):
        taken_in(f"{OTHER} Number {number} of the letters from the mill.")
    report = taken_in(WIRE)
    with django_assert_max_num_queries(9):
        find_origin(report)


def test_two_texts_are_of_one_origin_whichever_came_first():
    one, other = compared(WIRE, "One daily", DAY), compared(COPIES["trimmed"], "Another daily", DAY)
    assert same_origin(one, other) == same_origin(other, one) is not None


@pytest.mark.django_db(transaction=True)
def test_two_processes_that_store_copies_at_once_find_each_other():
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("an SQLite database in memory has one writer; PostgreSQL shows this, and a file does")
    barrier = threading.Barrier(2)

    def store(text: str) -> None:
        barrier.wait()
        try:
            taken_in(text)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=store, args=[text]) for text in (WIRE, COPIES["trimmed"])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(Article.objects.values_list("origin", flat=True)) - {None}) == 1
