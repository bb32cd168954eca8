"""Where the engine says otherwise: an editor takes its reading over, field by field, or keeps what stands."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.making import person
from timeline.curation import disagreements, queue, review
from timeline.curation.meanwhile import ChangedMeanwhile, newest
from timeline.curation.rights import NotAllowedTo
from timeline.curation.undo import undo
from timeline.extraction import extract
from timeline.ingest.readers import RawReport
from timeline.ingest.store import apply_extraction, store_report
from timeline.models import Act, Article, Mention, TollClaim

pytestmark = pytest.mark.django_db

TEXT = "In Damascus on Thursday two car bombs left 55 people dead and 372 wounded, according to the Interior Ministry."


@pytest.fixture
def amal():
    return person("amal", "Editor")


@pytest.fixture
def bombing(amal) -> Mention:
    """An accepted entry: 55 killed, 372 injured in Damascus on 10 May 2012."""
    raw = RawReport(
        text=TEXT,
        title="Bombs in Damascus",
        outlet="",
        published=dt.date(2012, 5, 11),
        url="",
        language="en",
        reference="",
        origin="test",
    )
    article, _ = store_report(raw, extract(raw.text, raw.published))
    review.accept(article.mentions.get(), amal)
    return article.mentions.get()


def again(entry: Mention, *swaps: tuple[str, str], text: str = TEXT) -> None:
    """The engine once more, reading other words of the same length."""
    for old, new in swaps:
        assert len(old) == len(new)
        text = text.replace(old, new)
    article = Article.objects.get(pk=entry.article_id)
    apply_extraction(article, extract(text, article.published))
    entry.refresh_from_db()


def told(entry: Mention) -> dict[str, tuple]:
    return {name: (each["stands"], each["engine"]) for name, each in entry.open_disagreement.items()}


# ---- Taking the engine's reading over ----


def test_one_field_is_taken_over_and_the_others_stay_open(bombing, amal):
    again(bombing, ("Damascus", "Tartus, "), ("Thursday", "Tuesday,"))
    assert set(told(bombing)) == {"place", "earliest", "latest"}
    disagreements.take_engines(bombing, ["place"], amal, "the text was read anew")
    bombing.refresh_from_db()
    assert (bombing.place.name, bombing.status) == ("Tartus", "corrected")
    assert set(told(bombing)) == {"earliest", "latest"}
    assert bombing.disagrees
    assert bombing.history.first().history_change_reason == "the text was read anew"


def test_a_date_is_taken_over_whole_with_the_words_that_say_it(bombing, amal):
    again(bombing, ("on Thursday", "on Tuesday,"))
    disagreements.take_engines(bombing, ["latest"], amal)
    bombing.refresh_from_db()
    assert (bombing.earliest, bombing.latest, bombing.precision) == (dt.date(2012, 5, 8), dt.date(2012, 5, 8), "day")
    assert bombing.date_quote == TEXT[bombing.date_start : bombing.date_end] == "on Thursda"
    assert "Tuesday" in bombing.date_basis
    assert not bombing.disagrees


def test_tolls_are_taken_over_with_what_is_gone_and_what_is_new(bombing, amal):
    review.reject_toll(bombing.toll_claims.get(harm="injured"), amal)
    again(bombing, ("55", "75"))
    assert told(bombing)["tolls"][1] == sorted(
        ["372 injured, Syrian Interior Ministry", "75 killed, Syrian Interior Ministry"]
    )
    disagreements.take_engines(bombing, ["tolls"], amal)
    claims = {(c.harm, c.low, c.high, c.status, c.quote) for c in bombing.toll_claims.all()}
    assert claims == {
        ("killed", 75, 75, "corrected", "55 people dead"),
        ("injured", 372, 372, "accepted", "372 wounded"),
    }
    bombing.refresh_from_db()
    assert not bombing.disagrees


def test_a_toll_that_the_engine_lacks_is_rejected_and_one_that_it_found_is_added(bombing, amal):
    again(bombing, (" and 372 wounded", ", as it was said"))
    disagreements.take_engines(bombing, ["tolls"], amal)
    assert bombing.toll_claims.get(harm="injured").status == "rejected"
    bombing.toll_claims.filter(harm="killed").delete()
    again(bombing)
    disagreements.take_engines(bombing, ["tolls"], amal)
    assert {(c.harm, c.low) for c in bombing.toll_claims.standing()} == {("killed", 55), ("injured", 372)}
    assert TollClaim.objects.get(harm="killed").source.name == "Syrian Interior Ministry"


def test_an_entry_that_the_engine_finds_no_longer_is_rejected_by_taking_its_reading(bombing, amal):
    again(bombing, text="x" * len(TEXT))
    assert told(bombing) == {"entry": (bombing.title, None)}
    with pytest.raises(disagreements.NothingToTake, match="no longer finds"):
        disagreements.take_engines(bombing, ["kind"], amal)
    disagreements.take_engines(bombing, ["entry"], amal)
    bombing.refresh_from_db()
    assert (bombing.status, bombing.disagrees) == ("rejected", False)


def test_a_field_that_the_engine_does_not_read_cannot_be_taken(bombing, amal):
    with pytest.raises(disagreements.NothingToTake, match="summary: the engine says nothing of that"):
        disagreements.take_engines(bombing, ["summary", "kind"], amal)


def test_taking_over_is_one_act_and_undone_as_one(bombing, amal):
    again(bombing, ("Damascus", "Tartus, "), ("55", "75"))
    disagreements.take_engines(bombing, ["place", "tolls"], amal)
    act = Act.objects.first()
    assert act.words == f"took the engine's reading of “{bombing}”"
    undo(act, amal)
    bombing.refresh_from_db()
    assert (bombing.place.name, bombing.status) == ("Damascus", "accepted")
    assert bombing.toll_claims.get(harm="killed").low == 55
    assert set(told(bombing)) == {"place", "tolls"}
    assert bombing.disagrees


# ---- Keeping what stands ----


def test_what_was_kept_is_listed_again_only_when_the_engine_says_something_new(bombing, amal):
    again(bombing, ("55", "75"))
    disagreements.keep_ours(bombing, amal, "the ministry's own figure")
    bombing.refresh_from_db()
    assert not bombing.disagrees
    assert bombing.status == "accepted"
    again(bombing, ("55", "75"))
    assert not bombing.disagrees
    again(bombing, ("55", "85"))
    assert told(bombing)["tolls"][1] == ["372 injured, Syrian Interior Ministry", "85 killed, Syrian Interior Ministry"]
    assert bombing.disagrees


def test_what_was_kept_of_one_field_says_nothing_of_another(bombing, amal):
    again(bombing, ("55", "75"))
    disagreements.keep_ours(bombing, amal)
    again(bombing, ("55", "75"), ("Damascus", "Tartus, "))
    assert set(told(bombing)) == {"place"}


def test_undoing_the_keeping_lists_it_again(bombing, amal):
    again(bombing, ("55", "75"))
    disagreements.keep_ours(bombing, amal)
    undo(Act.objects.first(), amal)
    bombing.refresh_from_db()
    assert bombing.disagrees


def test_a_correction_after_the_keeping_does_not_list_it_again(bombing, amal):
    again(bombing, ("55", "75"))
    disagreements.keep_ours(bombing, amal)
    review.correct_toll(bombing.toll_claims.get(harm="killed"), amal, {"low": 56, "high": 56})
    bombing.refresh_from_db()
    assert not bombing.disagrees


# ---- Beside other decisions ----


def test_a_correction_to_what_the_engine_says_ends_the_disagreement(bombing, amal):
    again(bombing, ("55", "75"))
    review.correct_toll(bombing.toll_claims.get(harm="killed"), amal, {"low": 75, "high": 75})
    bombing.refresh_from_db()
    assert not bombing.disagrees
    undo(Act.objects.first(), amal)
    bombing.refresh_from_db()
    assert bombing.disagrees


def test_a_rejected_entry_is_not_listed_and_is_again_when_that_is_taken_back(bombing, amal):
    again(bombing, ("55", "75"))
    review.reject(bombing, amal)
    assert not Mention.objects.disagreeing().exists()
    review.accept(bombing, amal)
    assert Mention.objects.disagreeing().exists()


def test_of_an_entry_in_hand_that_nobody_has_decided_on_it_is_said_too(bombing, amal):
    undo(Act.objects.first(), amal)
    queue.take(amal, bombing)
    again(bombing, ("55", "75"))
    assert bombing.status == "extracted"
    assert set(told(bombing)) == {"tolls"}
    disagreements.take_engines(bombing, ["tolls"], amal)
    assert bombing.toll_claims.get(harm="killed").low == 75


def test_who_decides_over_a_colleague_is_told(bombing, amal):
    again(bombing, ("Damascus", "Tartus, "))
    seen = newest(bombing)
    review.correct(bombing, person("basma", "Editor"), {"place": None})
    for settle in (
        lambda: disagreements.take_engines(bombing, ["place"], amal, seen=seen),
        lambda: disagreements.keep_ours(bombing, amal, seen=seen),
    ):
        with pytest.raises(ChangedMeanwhile):
            settle()


def test_a_contributor_settles_nothing(bombing):
    again(bombing, ("55", "75"))
    samir = person("samir", "Contributor")
    for settle in (
        lambda: disagreements.take_engines(bombing, ["tolls"], samir),
        lambda: disagreements.keep_ours(bombing, samir),
    ):
        with pytest.raises(NotAllowedTo):
            settle()
