"""Names are confirmed, rejected and merged; what points to them follows, and every one of these acts is taken back."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.making import article, claim, houla, mention, person
from timeline.curation import events, names, review
from timeline.curation.names import CannotKeep
from timeline.curation.rights import NotAllowedTo
from timeline.curation.undo import undo
from timeline.extraction import extract
from timeline.ingest.naming import actor_named, place_named, source_named
from timeline.ingest.store import apply_extraction, extract_again
from timeline.models import Act, Actor, Event, Feed, Mention, Place, Source, TollClaim
from timeline.query.rule_quality import SOURCES, rule_quality
from timeline.query.timeline_query import source_choices

pytestmark = pytest.mark.django_db

OBSERVATORY = "Syrian Observatory for Human Rights"
PROPOSED = "the Britain-based watchers"
TEXT = (
    "Shells fell on Homs on Friday. The watchers said 7 people were killed. The observatory said 9 people were killed."
)


@pytest.fixture
def amal():
    return person("amal")


@pytest.fixture
def event() -> Event:
    """Published, with one figure of a known source and another of a proposed one."""
    report = article(TEXT, title="Shells fall on Homs", outlet=source_named("Example Wire", kind="outlet"))
    entry = mention(report, "Shells fell on Homs on Friday", kind="shelling", place=place_named("Homs", "Homs"))
    claim(entry, "7 people", 7, 7, PROPOSED)
    claim(entry, "9 people", 9, 9, OBSERVATORY, via=source_named(PROPOSED))
    made = events.create_event([entry], None)
    events.publish(made, None)
    return made


def source(name: str) -> Source:
    return Source.objects.get(name=name)


def newest() -> Act:
    return Act.objects.latest("pk")


def state() -> dict[str, list]:
    """Everything that naming could change, as it stands."""
    return {
        "sources": list(Source.objects.order_by("pk").values_list("pk", "name", "status", "merged_into")),
        "claims": list(TollClaim.objects.order_by("pk").values_list("pk", "source", "via")),
        "mentions": list(Mention.objects.order_by("pk").values_list("pk", "place", "event")),
        "places": list(Place.objects.order_by("pk").values_list("pk", "governorate", "merged_into", "other_names")),
        "events": list(
            Event.objects.order_by("pk").values_list(
                "pk", "place", "killed_low", "killed_high", "contested", "source_count", "search_text", "actors"
            )
        ),
    }


# ---- Confirming and rejecting ----


def test_a_proposed_name_is_confirmed_in_one_act(event, amal):
    assert names.confirm(Source.objects.proposed(), amal, "known to the desk") == 1
    assert source(PROPOSED).status == "known"
    assert newest().words == f"confirmed the source “{PROPOSED}”"
    undo(newest(), amal)
    assert source(PROPOSED).status == "proposed"


def test_a_rejected_name_leaves_its_claims_without_a_source_and_undo_gives_it_back(event, amal):
    before = state()
    names.reject([source(PROPOSED)], amal, "a turn of phrase")
    assert not TollClaim.objects.filter(source=source(PROPOSED)).exists()
    assert not TollClaim.objects.filter(via=source(PROPOSED)).exists()
    undo(newest(), amal)
    assert state() == before


def test_a_rejected_name_is_given_to_no_later_claim(event, amal):
    names.reject([source(PROPOSED)], amal)
    assert source_named(PROPOSED) is None
    assert source(PROPOSED).status == "rejected"


def test_what_publishes_reports_is_not_rejected(event, amal):
    with pytest.raises(CannotKeep, match="publishes reports that are here"):
        names.reject([source("Example Wire")], amal)
    assert newest().words.startswith("published")


# ---- Merging sources ----


def test_two_sources_that_are_one_count_once(event, amal):
    assert (event.source_count, event.contested) == (2, True)
    names.alias(source(PROPOSED), source(OBSERVATORY), amal, "the same office")
    event.refresh_from_db()
    assert (event.source_count, event.contested) == (1, False)
    assert event.killed_low == 9
    assert TollClaim.objects.filter(source=source(OBSERVATORY)).count() == 2
    assert source(PROPOSED).merged_into == source(OBSERVATORY)


def test_nobody_is_said_to_pass_on_their_own_figure(event, amal):
    names.alias(source(PROPOSED), source(OBSERVATORY), amal)
    assert not TollClaim.objects.filter(via__isnull=False).exists()


def test_a_merge_is_undone_as_one_act(event, amal):
    before = state()
    names.merge_sources(source(OBSERVATORY), [source(PROPOSED)], amal)
    undo(newest(), amal)
    assert state() == before
    assert source_named(PROPOSED) == source(PROPOSED)


def test_reports_and_feeds_follow_a_merged_outlet_and_come_back(event, amal):
    feed = Feed.objects.create(address="https://example.org/feed", outlet=source("Example Wire"))
    wire = source_named("The Example Wire", kind="outlet")
    names.merge_sources(wire, [source("Example Wire")], amal)
    feed.refresh_from_db()
    assert feed.outlet == wire
    assert wire.articles.count() == 1
    undo(newest(), amal)
    feed.refresh_from_db()
    assert feed.outlet == source("Example Wire")
    assert wire.articles.count() == 0


def test_a_merged_name_leads_to_the_kept_record_from_then_on(event, amal):
    names.alias(source(PROPOSED), source(OBSERVATORY), amal)
    assert source_named(PROPOSED) == source(OBSERVATORY)
    third = source_named("Syrian watchers of rights")
    names.merge_sources(third, [source(OBSERVATORY)], amal)
    assert source_named(PROPOSED) == third
    assert source_named(OBSERVATORY) == third
    assert source(PROPOSED).merged_into == third


@pytest.mark.parametrize(
    ("kept", "others", "why"),
    [
        (OBSERVATORY, [OBSERVATORY], "into itself"),
        (OBSERVATORY, [], "Choose what is to be merged"),
        (OBSERVATORY, ["activists"], "another name of “United Nations” already"),
        ("activists", [PROPOSED], "another name of “United Nations” itself"),
    ],
)
def test_a_senseless_merge_says_why_not(event, amal, kept, others, why):
    for name in ("activists", "United Nations"):
        source_named(name)
    names.merge_sources(source("United Nations"), [source("activists")], None)
    acts = Act.objects.count()
    with pytest.raises(CannotKeep, match=why):
        names.merge_sources(source(kept), [source(name) for name in others], amal)
    assert Act.objects.count() == acts


def test_readers_are_offered_the_kept_name_alone_and_old_addresses_lead_to_it(event, amal, client):
    old = source(PROPOSED).slug
    names.alias(source(PROPOSED), source(OBSERVATORY), amal)
    assert [found.name for found in source_choices()] == [OBSERVATORY]
    page = client.get("/", {"source": old}).content.decode()
    assert event.title in page
    assert "no source that we know" not in page


def test_undoing_an_older_correction_does_not_bring_a_merged_name_back(event, amal):
    told = TollClaim.objects.get(low=7)
    review.correct_toll(told, amal, {"source": source_named("activists")})
    correction = newest()
    names.alias(source(PROPOSED), source(OBSERVATORY), amal)
    undo(correction, amal)
    told.refresh_from_db()
    assert told.source == source(OBSERVATORY)


# ---- The engine, afterwards ----


def test_a_re_run_gives_new_entries_the_kept_name_and_no_disagreement_to_decided_ones(amal):
    text = "At least 12 people were killed in shelling in Homs on Friday, the Orontes Rights Circle said."
    report = article(text, published=dt.date(2012, 5, 26))
    apply_extraction(report, extract(text, report.published))
    proposed = Source.objects.proposed().get()
    kept = source_named(OBSERVATORY)
    review.accept(report.mentions.get(), amal)
    names.alias(proposed, kept, amal)
    changes = extract_again()
    assert changes.disagreements == 0
    assert report.toll_claims.get().source == kept
    other = article("Later. " + text, published=dt.date(2012, 5, 26))
    apply_extraction(other, extract(other.text, other.published))
    assert other.toll_claims.get().source == kept


def test_a_merge_is_undone_though_the_engine_has_read_an_undecided_report_anew(event, amal):
    names.alias(source(PROPOSED), source(OBSERVATORY), amal)
    loose = mention(article("Later shells fell on Homs."), "shells fell on Homs")
    act = newest()
    claim(loose, "Later shells", 3, 3, OBSERVATORY)
    history = TollClaim.history.filter(act=act)
    gone = TollClaim.objects.get(low=7)
    assert history.filter(id=gone.pk).exists()
    TollClaim.objects.filter(pk=gone.pk).delete()
    undo(act, amal)
    assert source(PROPOSED).merged_into is None


def test_a_merge_does_not_count_as_a_source_read_wrongly(amal):
    entry = mention(article(TEXT), "Shells fell on Homs on Friday")
    told = claim(entry, "7 people", 7, 7, PROPOSED)
    told.engine = {"source": PROPOSED, "harm": "killed", "low": 7, "high": 7, "qualifier": "exact", "scope": "event"}
    told.engine["basis"] = "a number of persons"
    told.save()
    review.correct_toll(told, amal, {"victims": "civilians"})
    names.alias(source(PROPOSED), source_named(OBSERVATORY), amal)
    assert [record.wrong for record in rule_quality().parts[SOURCES]] == [0]


# ---- Places and actors ----


def test_a_merged_place_takes_entries_and_events_with_it_and_is_found_by_both_names(event, amal, client):
    before = state()
    kept = Place.objects.create(name="Old Homs", slug="old-homs", kind="district")
    homs = place_named("Homs", "Homs")
    names.merge_places(kept, [homs], amal)
    event.refresh_from_db()
    assert event.place == kept
    assert event.mentions.get().place == kept
    assert place_named("Homs", "Homs") == kept
    assert event.title in client.get("/", {"q": "Old Homs"}).content.decode()
    assert event.title in client.get("/", {"place": homs.slug}).content.decode()
    undo(newest(), amal)
    Place.history.filter(id=kept.pk).delete()
    kept.refresh_from_db()
    kept.delete()
    assert state() == before


def test_a_governorate_is_merged_into_a_governorate_alone(event, amal):
    homs = place_named("Homs", "Homs")
    with pytest.raises(CannotKeep, match="is a governorate"):
        names.merge_places(homs, [homs.governorate], amal)
    twin = Place.objects.create(name="Hims", slug="hims", kind="governorate")
    Place.objects.create(name="Homs", slug="homs-twin", kind=homs.kind, governorate=twin)
    with pytest.raises(CannotKeep, match="would stand twice"):
        names.merge_places(homs.governorate, [twin], amal)
    Place.objects.filter(slug="homs-twin").update(name="Other")
    names.merge_places(homs.governorate, [twin], amal)
    assert Place.objects.get(slug="homs-twin").governorate == homs.governorate


def test_events_are_found_by_the_new_name_of_a_place_and_by_the_old_once_undone(event, amal, client):
    place = event.place
    place.name = "Emesa"
    names.save_name(place, amal)
    assert newest().words == "renamed the place “Homs” to “Emesa”"
    assert event.title in client.get("/", {"q": "Emesa"}).content.decode()
    undo(newest(), amal)
    assert event.title not in client.get("/", {"q": "Emesa"}).content.decode()


def test_a_merged_actor_stands_in_events_under_the_kept_name(event, amal):
    army, troops = actor_named("Syrian army"), actor_named("government troops")
    event.actors.set([troops])
    names.merge_actors(army, [troops], amal)
    assert list(event.actors.all()) == [army]
    assert actor_named("government troops") == army
    undo(newest(), amal)
    assert list(event.actors.all()) == [troops]
    assert list(Actor.objects.standing().order_by("name")) == [army, troops]


# ---- Rights ----


def test_a_contributor_keeps_no_names_and_an_editor_merges_none(event):
    contributor, editor = person("nour", "Contributor"), person("basma", "Editor")
    known, proposed = source(OBSERVATORY), source(PROPOSED)
    before = state()
    for attempt in (
        lambda: names.confirm([proposed], contributor),
        lambda: names.reject([proposed], contributor),
        lambda: names.save_name(proposed, contributor),
        lambda: names.alias(proposed, known, contributor),
        lambda: names.alias(proposed, known, editor),
        lambda: names.merge_sources(known, [proposed], editor),
        lambda: names.merge_places(event.place.governorate, [event.place], editor),
        lambda: names.merge_actors(actor_named("a"), [actor_named("b")], editor),
    ):
        with pytest.raises(NotAllowedTo):
            attempt()
    assert state() == before
    assert names.confirm([proposed], editor) == 1


# ---- Bounds ----


def test_a_merge_takes_as_many_queries_for_many_claims(amal, django_assert_max_num_queries):
    known = source_named(OBSERVATORY)
    for number in range(40):
        entry = mention(article(f"Report {number}. {TEXT}"), "Shells fell on Homs on Friday")
        claim(entry, "7 people", 7, 7, PROPOSED)
    with django_assert_max_num_queries(40):
        names.merge_sources(known, [source(PROPOSED)], amal)
    with django_assert_max_num_queries(60):
        undo(newest(), amal)


def test_houla_keeps_its_tolls_when_a_name_with_no_claim_there_is_merged(amal):
    event = houla()
    changed = event.changed_at
    names.merge_sources(source("activists"), [source_named("local activists in Idlib")], amal)
    event.refresh_from_db()
    assert event.changed_at == changed
