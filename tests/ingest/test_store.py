"""Storing a report and what was read from it; a re-run of the engine leaves every decision of a person as it is."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.making import person
from timeline.curation import events, review
from timeline.extraction import extract
from timeline.ingest.readers import RawReport
from timeline.ingest.store import Changes, _settle_mentions, apply_extraction, extract_again, snapshots, store_report
from timeline.models import Article, Mention, Place, Source, TollClaim

pytestmark = pytest.mark.django_db

TEXT = (
    "DAMASCUS - In Damascus on Thursday two car bombs left 55 people dead and 372 wounded, according to the Interior Ministry.\n"
    "At least 13,000 people have been killed in the conflict, according to the Observatory."
)


def report(text: str = TEXT, published: dt.date | None = dt.date(2012, 5, 11)) -> RawReport:
    return RawReport(
        text=text,
        title="Bombs in Damascus",
        outlet="Demonstration desk",
        published=published,
        url="",
        language="en",
        reference="",
        origin="test.txt",
    )


def stored(**values) -> Article:
    raw = report(**values)
    article, is_new = store_report(raw, extract(raw.text, raw.published))
    assert is_new
    return article


def standing(article: Article) -> list[tuple]:
    """Everything a reader could see of a report, without ids."""
    mentions = article.mentions.values_list("quote", "kind", "earliest", "latest", "place__name", "status", "title")
    claims = article.toll_claims.values_list(
        "quote", "harm", "low", "high", "source__name", "status", "scope", "mention__title"
    )
    return sorted(map(repr, [*mentions, *claims]))


def test_a_report_is_stored_with_its_entries_and_claims():
    article = stored()
    bombing = article.mentions.get(kind="bombing")
    assert (bombing.earliest, bombing.latest, bombing.place.name) == (
        dt.date(2012, 5, 10),
        dt.date(2012, 5, 10),
        "Damascus",
    )
    assert {(c.harm, c.low, c.source and c.source.name) for c in bombing.toll_claims.all()} == {
        ("killed", 55, "Syrian Interior Ministry"),
        ("injured", 372, "Syrian Interior Ministry"),
    }
    whole_war = article.toll_claims.get(scope="cumulative")
    assert (whole_war.low, whole_war.high, whole_war.mention) == (13000, None, None)
    assert article.outlet.name == "Demonstration desk"


def test_the_same_text_twice_is_one_article():
    stored()
    again = report(text=TEXT.replace("\n", "  \n\n") + "\n")
    article, is_new = store_report(again, extract(again.text))
    assert not is_new
    assert Article.objects.get() == article


def test_an_undated_report_keeps_its_relative_dates_unresolved_and_says_why():
    article = stored(published=None)
    bombing = article.mentions.get(kind="bombing")
    assert (bombing.earliest, bombing.latest, bombing.date_quote) == (None, None, "on Thursday")
    assert "publication" in bombing.date_basis


def test_dating_an_undated_report_resolves_them():
    article = stored(published=None)
    article.published = dt.date(2012, 5, 11)
    article.save()
    apply_extraction(article, extract(article.text, article.published))
    assert article.mentions.get(kind="bombing").earliest == dt.date(2012, 5, 10)


def test_reading_again_changes_nothing_and_keeps_the_rows():
    article = stored()
    before, rows = standing(article), set(article.mentions.values_list("pk", flat=True))
    extract_again()
    assert standing(article) == before
    assert set(article.mentions.values_list("pk", flat=True)) == rows


def test_every_kind_of_decision_survives_a_re_run():
    editor = person("amal")
    article = stored()
    bombing = article.mentions.get(kind="bombing")
    review.correct_toll(bombing.toll_claims.get(harm="killed"), editor, {"low": 56, "high": 56}, "a later count")
    review.correct(bombing, editor, {"title": "Two car bombs in Damascus"})
    review.reject_toll(article.toll_claims.get(scope="cumulative"), editor, "told elsewhere")
    event = events.create_event([bombing], editor)
    events.publish(event, editor)
    before = standing(article)
    # The engine as it might be one day: it reads another number and another place, and misses the rest.
    other = extract(TEXT.replace("55", "75"), article.published)
    apply_extraction(article, other)
    assert standing(article) == before
    bombing.refresh_from_db()
    assert bombing.event == event
    assert any("75" in words for words in bombing.disagreement["tolls"]["engine"])
    event.refresh_from_db()
    assert event.killed_best == 56


def test_a_rejected_entry_does_not_come_back():
    article = stored()
    for entry in article.mentions.all():
        review.reject(entry, None)
    count = Mention.objects.count()
    extract_again()
    assert Mention.objects.count() == count
    assert not Mention.objects.exclude(status="rejected").exists()


def test_an_entry_the_engine_no_longer_finds_is_named():
    article = stored()
    bombing = article.mentions.get(kind="bombing")
    review.accept(bombing, None)
    apply_extraction(article, extract("x" * len(TEXT)))
    bombing.refresh_from_db()
    assert bombing.disagreement == {"entry": {"stands": bombing.title, "engine": None}}


def test_what_the_engine_said_first_stays():
    article = stored()
    toll = article.toll_claims.get(harm="killed", scope="event")
    review.correct_toll(toll, None, {"low": 56, "high": 56})
    extract_again()
    toll.refresh_from_db()
    assert (toll.engine["low"], toll.low) == (55, 56)


def test_a_part_knows_its_whole():
    article = stored(text="At least 92 people were killed in Houla on Friday, 32 of them children, observers said.")
    part = TollClaim.objects.get(low=32)
    assert part.part_of == article.toll_claims.get(low=92)


def test_a_name_the_lexicon_lacks_is_proposed():
    article = stored(text="Ten people were killed in Homs on Monday, according to the Orchard Street Committee.")
    source = article.toll_claims.get().source
    assert source is not None
    assert source.status == "proposed"


def test_a_claim_moved_to_another_entry_does_not_come_back_to_its_old_one():
    article = stored()
    bombing = article.mentions.get(kind="bombing")
    other = review.add_mention(
        article, None, {"kind": "other", "title": "Another entry", "precision": "unknown", "start": 0, "end": 8}
    )
    injured = bombing.toll_claims.get(harm="injured")
    review.correct_toll(injured, None, {"mention": other}, "told of the other")
    bombing.refresh_from_db()
    assert bombing.status == "extracted"
    apply_extraction(article, extract(TEXT.replace("55", "75"), article.published))
    assert [(c.harm, c.mention_id) for c in article.toll_claims.filter(harm="injured")] == [("injured", other.pk)]


def test_an_entry_dated_by_the_day_its_report_states_says_so():
    article = stored(
        text="Published October 4 2014\n\nA car bomb killed nine people in Homs on Thursday.", published=None
    )
    bombing = article.mentions.get(kind="bombing")
    assert bombing.earliest == dt.date(2014, 10, 2)
    assert "the report itself states" in bombing.date_basis


def again(article: Article, old: str = "", new: str = "") -> None:
    """The engine once more, reading other words of the same length where ``new`` is given."""
    assert len(old) == len(new)
    apply_extraction(article, extract(article.text.replace(old, new) if old else article.text, article.published))


def test_an_accepted_claim_survives_though_its_entry_is_undecided():
    article = stored()
    toll = article.toll_claims.get(harm="killed", scope="event")
    review.accept_toll(toll, None)
    again(article, "55", "75")
    toll.refresh_from_db()
    assert (toll.low, toll.status) == (55, "accepted")


def test_an_entry_whose_evidence_an_editor_moved_does_not_come_back():
    article = stored()
    bombing = article.mentions.get(kind="bombing")
    review.correct(bombing, None, {"start": 0, "end": 8, "quote": "DAMASCUS"})
    again(article)
    assert [m.pk for m in article.mentions.filter(kind="bombing")] == [bombing.pk]


def test_a_rejected_entry_does_not_come_back_under_another_kind():
    article = stored()
    bombing = article.mentions.get(kind="bombing")
    review.reject(bombing, None)
    again(article, "car bombs", "sniper(s)")
    assert not article.mentions.exclude(pk=bombing.pk).exists()


def test_a_rejected_figure_of_the_conflict_does_not_come_back():
    article = stored()
    review.reject_toll(article.toll_claims.get(scope="cumulative"), None)
    again(article)
    assert article.toll_claims.filter(scope="cumulative").count() == 1


def test_of_two_entries_about_the_same_words_the_undecided_one_is_kept_too():
    article = stored()
    bombing = article.mentions.get(kind="bombing")
    twin = {**bombing.engine, "title": "Another bombing", "tolls": []}
    other = Mention.objects.create(
        article=article,
        start=bombing.start,
        end=bombing.end,
        quote=bombing.quote,
        kind="bombing",
        title="Another bombing",
        engine=twin,
    )
    review.accept(bombing, None)
    mentions = [
        *article.extraction["mentions"],
        {**article.extraction["mentions"][0], "title": "Another bombing", "tolls": []},
    ]
    changes = Changes()
    left = _settle_mentions([bombing], [other], snapshots({**article.extraction, "mentions": mentions})[0], changes)
    assert (left, changes.kept, changes.disagreements) == ([], 1, 0)


def test_a_name_that_an_editor_mended_is_not_made_again():
    stored()
    Source.objects.filter(name="Syrian Interior Ministry").update(name="Ministry of the Interior, Syria")
    Place.objects.filter(name="Damascus", kind="city").update(name="Dimashq")
    stored(text=TEXT.replace("55", "56"))
    assert not Source.objects.filter(name="Syrian Interior Ministry").exists()
    assert not Place.objects.filter(name="Damascus", kind="city").exists()
