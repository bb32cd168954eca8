"""What the database itself refuses, whoever writes to it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, connection, models, transaction

from tests.making import article, claim, houla, mention
from timeline.models import Article, Event, Mention, Place, TollClaim, guards

pytestmark = pytest.mark.django_db


def refused(change) -> str:
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        change()
    return str(refusal.value)


@pytest.fixture
def entry() -> Mention:
    return mention(article(), "killed more than 90 people")


@pytest.mark.parametrize(
    "low, best, high",
    [(93, None, 92), (93, 92, None), (None, 93, 92), (1, 5, 4)],
    ids=["low above high", "low above best", "best above high", "best above high, low below"],
)
def test_a_toll_keeps_low_best_high_in_order(entry, low, best, high):
    toll = claim(entry, "92 bodies", 92, 92, None)
    refused(lambda: TollClaim.objects.filter(pk=toll.pk).update(low=low, best=best, high=high))


@pytest.mark.parametrize("low, best, high", [(93, None, 92), (93, 92, None), (None, 93, 92)])
def test_an_event_keeps_low_best_high_in_order(low, best, high):
    event = houla()
    refused(lambda: Event.objects.filter(pk=event.pk).update(killed_low=low, killed_best=best, killed_high=high))


def test_a_toll_without_a_number_is_refused(entry):
    refused(lambda: claim(entry, "92 bodies", None, None, None))


def test_a_negative_toll_is_refused(entry):
    toll = claim(entry, "92 bodies", 92, 92, None)
    refused(lambda: TollClaim.objects.filter(pk=toll.pk).update(low=-1))


def test_a_toll_of_the_whole_conflict_belongs_to_no_entry(entry):
    refused(lambda: claim(entry, "92 bodies", 92, 92, None, scope="cumulative"))


def test_earliest_is_not_after_latest(entry):
    refused(
        lambda: Mention.objects.filter(pk=entry.pk).update(earliest=dt.date(2012, 5, 26), latest=dt.date(2012, 5, 25))
    )
    event = houla_on_another_text()
    refused(
        lambda: Event.objects.filter(pk=event.pk).update(earliest=dt.date(2012, 5, 26), latest=dt.date(2012, 5, 25))
    )
    refused(lambda: Event.objects.filter(pk=event.pk).update(earliest=dt.date(2012, 5, 26), latest=None))


def houla_on_another_text() -> Event:
    return Event.objects.create(
        slug="x", title="X", kind="other", earliest=dt.date(2012, 1, 1), latest=dt.date(2012, 1, 1)
    )


def test_a_quote_is_the_passage_it_points_to(entry):
    refused(lambda: Mention.objects.filter(pk=entry.pk).update(start=entry.start + 1, end=entry.end + 1))
    refused(lambda: Mention.objects.filter(pk=entry.pk).update(quote="killed more than 80 people"))
    toll = claim(entry, "92 bodies", 92, 92, None)
    refused(lambda: TollClaim.objects.filter(pk=toll.pk).update(quote="93 bodies"))


def test_a_date_quote_is_the_passage_it_points_to(entry):
    start = entry.article.text.index("on Friday")
    Mention.objects.filter(pk=entry.pk).update(date_start=start, date_end=start + 9, date_quote="on Friday")
    refused(lambda: Mention.objects.filter(pk=entry.pk).update(date_quote="on Monday"))


def test_offsets_lie_inside_the_text(entry):
    beyond = len(entry.article.text)
    refused(lambda: Mention.objects.filter(pk=entry.pk).update(start=beyond, end=beyond + 3, quote="abc"))
    refused(lambda: Mention.objects.filter(pk=entry.pk).update(start=5, end=5, quote=""))


def test_offsets_count_characters_not_bytes():
    report = article("قُتل ٩٢ شخصا في الحولة 🙏 يوم الجمعة")
    entry = mention(report, "الجمعة")
    assert report.text[entry.start : entry.end] == "الجمعة"


def test_one_text_is_one_article():
    article("The same words.")
    assert "text_hash" in refused(lambda: article("The same  words.\n"))


def test_the_text_of_a_report_never_changes():
    report = article()
    refused(lambda: Article.objects.filter(pk=report.pk).update(text="Other words."))
    report.refresh_from_db()
    assert report.text.startswith("Activists said")


def test_unknown_words_in_a_choice_are_refused(entry):
    refused(lambda: Mention.objects.filter(pk=entry.pk).update(status="maybe"))
    refused(lambda: Mention.objects.filter(pk=entry.pk).update(kind="picnic"))
    refused(lambda: Mention.objects.filter(pk=entry.pk).update(precision="roughly"))
    refused(lambda: Mention.objects.filter(pk=entry.pk).update(confidence=1.2))


def test_a_claim_and_its_entry_belong_to_one_report(entry):
    other = article("Another report about 92 bodies in Houla.")
    toll = claim(entry, "92 bodies", 92, 92, None)
    refused(
        lambda: TollClaim.objects.create(
            article=other, mention=entry, start=0, end=7, quote="Another", harm="killed", low=1
        )
    )
    stranger = claim(mention(other, "Houla"), "92 bodies", 92, 92, None)
    refused(lambda: TollClaim.objects.filter(pk=toll.pk).update(part_of=stranger))


def test_half_a_coordinate_and_a_first_day_without_a_last_are_refused(entry):
    refused(lambda: Place.objects.create(name="Half", slug="half", latitude=33.5))
    refused(lambda: Mention.objects.filter(pk=entry.pk).update(latest=None))
    refused(lambda: Mention.objects.filter(pk=entry.pk).update(date_quote="made up"))


@pytest.mark.django_db(transaction=True)
def test_a_later_migration_can_rebuild_the_table_of_reports():
    """SQLite rebuilds a table to change it; the guards step aside and stand again afterwards."""
    guards.remove("default")
    with connection.schema_editor() as editor:
        old = Article._meta.get_field("language")
        new = models.CharField(max_length=12, default="en")
        new.set_attributes_from_name("language")
        editor.alter_field(Article, old, new)
        editor.alter_field(Article, new, old)
    guards.install("default")
    made = mention(article("Guarded again."), "Guarded")
    refused(lambda: Mention.objects.filter(pk=made.pk).update(quote="guarded"))
