"""The review queue: what its query string asks for, in which order, by which key, and what it says of wrong values."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.auth.models import User
from django.http import QueryDict
from django.utils import timezone

from tests.making import article, mention, person
from timeline.curation import queue, review
from timeline.ingest.naming import place_named, source_named
from timeline.models import Article, Lease, Mention, Place, Skip
from timeline.query import review_queue
from timeline.query.review_queue import QueueQuery, behind, choices, entries, in_words, waiting

pytestmark = pytest.mark.django_db


@pytest.fixture
def amal() -> User:
    return person("amal", "Editor")


def read(query_string: str) -> QueueQuery:
    return QueueQuery.read(QueryDict(query_string))


def titles(query_string: str, user: User) -> list[str]:
    return [entry.title for entry in entries(read(query_string), user)]


def entry(title: str, report: Article | None = None, **values) -> Mention:
    return mention(report or article(f"{title} was told.", title=f"Report of {title}"), title, title=title, **values)


# ---- Orders ----


def test_the_least_sure_comes_first(amal):
    for title, confidence in (("One", 0.9), ("Two", 0.3), ("Three", 0.6)):
        entry(title, confidence=confidence)
    assert titles("", amal) == titles("order=unsure", amal) == ["Two", "Three", "One"]


def test_the_newest_report_comes_first_and_undated_ones_last(amal):
    for title, day in (("May", dt.date(2012, 5, 1)), ("Undated", None), ("June", dt.date(2012, 6, 1))):
        entry(title, article(f"{title} was told.", day))
    assert titles("order=newest", amal) == ["June", "May", "Undated"]


def test_a_report_that_is_dated_takes_its_new_place(amal):
    undated = entry("Undated", article("Undated was told.", None))
    entry("May", article("May was told.", dt.date(2012, 5, 1)))
    report = undated.article
    report.published = dt.date(2013, 1, 1)
    report.save(update_fields=["published"])
    assert titles("order=newest", amal) == ["Undated", "May"]


def test_the_longest_waiting_report_comes_first_as_it_reads(amal):
    first, second = article("Alpha, then Beta."), article("Gamma.")
    for title, report in (("Gamma", second), ("Beta", first), ("Alpha", first)):
        entry(title, report)
    assert titles("order=waiting", amal) == ["Alpha", "Beta", "Gamma"]


def test_place_by_place_keeps_the_days_of_a_place_together(amal):
    homs, hama = place_named("Homs", "Homs"), place_named("Hama", "Hama")
    entry("Nowhere", place=None)
    for title, place, day in (("Homs late", homs, 9), ("Hama", hama, 1), ("Homs early", homs, 2)):
        entry(title, place=place, earliest=dt.date(2012, 5, day), latest=dt.date(2012, 5, day))
    entry("Homs undated", place=homs, earliest=None, latest=None, precision="unknown")
    found = titles("order=place", amal)
    assert found[-1] == "Nowhere"
    where = found.index("Homs early")
    assert found[where : where + 3] == ["Homs early", "Homs late", "Homs undated"]


@pytest.mark.parametrize("order", review_queue.ORDERS)
def test_by_key_each_entry_comes_once_in_the_order(order, amal):
    undated = article("Echo and Foxtrot.", None)
    for title in ("Echo", "Foxtrot"):
        entry(title, undated, place=None, confidence=0.5, earliest=None, latest=None, precision="unknown")
    for title in ("Alpha", "Beta", "Gamma", "Delta"):
        entry(title, confidence=0.5)
    query = read(f"order={order}")
    rows = entries(query, amal)
    walked, here = [rows.first()], rows.first()
    while here := behind(rows, query, amal, here).first():
        walked.append(here)
    assert walked == list(rows)
    assert len(walked) == 6


# ---- What ----


def test_to_review_is_what_nobody_has_decided_on(amal):
    entry("Open")
    review.accept(entry("Done"), None)
    review.reject(entry("No event"), None)
    assert titles("", amal) == ["Open"]


def test_undated_and_unsure_entries_are_found(amal):
    entry("Sure")
    entry("Undated", earliest=None, latest=None, precision="unknown")
    entry("Unsure", date_basis="unsure: two Mondays can be meant")
    assert titles("what=undated", amal) == ["Undated"]
    assert titles("what=unsure", amal) == ["Unsure"]


def test_an_entry_that_the_engine_disagrees_with_is_found_though_it_is_decided(amal):
    review.accept(entry("Agreed"), None)
    decided = entry("Disputed", disagreement={"kind": {"stands": "massacre", "engine": "shelling"}})
    review.accept(decided, None)
    assert titles("what=disagrees", amal) == ["Disputed"]


def test_what_is_assigned_to_me_is_found(amal):
    basma = person("basma", "Editor")
    mine = entry("Mine")
    entry("Anybody's")
    queue.assign([mine], amal, basma)
    assert titles("what=mine", amal) == ["Mine"]
    assert titles("what=mine", basma) == []


# ---- Filters ----


def test_a_governorate_brings_what_lies_in_it(amal):
    entry("In the town", place=place_named("Houla", "Homs"))
    entry("Elsewhere", place=place_named("Hama", "Hama"))
    governorate = Place.objects.get(name="Homs", kind="governorate")
    entry("Governorate", place=governorate)
    assert set(titles(f"place={governorate.slug}", amal)) == {"In the town", "Governorate"}
    assert titles(f"place={place_named('Hama', 'Hama').slug}", amal) == ["Elsewhere"]


def test_a_merged_place_leads_to_the_one_that_stands(amal):
    kept, gone = place_named("Houla", "Homs"), place_named("Hama", "Hama")
    Place.objects.filter(pk=gone.pk).update(merged_into=kept)
    assert read(f"place={gone.slug}").place == kept


def test_outlet_kind_and_report_filter(amal):
    outlet = source_named("The Desk", kind="outlet")
    by_desk = entry("By the desk", article("By the desk was told.", outlet=outlet))
    entry("Shells", kind="shelling")
    assert titles(f"outlet={outlet.slug}", amal) == ["By the desk"]
    assert titles("kind=shelling", amal) == ["Shells"]
    assert titles(f"report={by_desk.article_id}", amal) == ["By the desk"]
    assert titles(f"report={by_desk.article_id}&kind=shelling", amal) == []


@pytest.mark.parametrize(
    "wrong, name",
    [
        ("what=everything", "what"),
        ("order=loudest", "order"),
        ("kind=picnic", "kind"),
        ("place=atlantis", "place"),
        ("place=%00", None),
        ("outlet=%F0%9F%93%B0", "outlet"),
        ("report=nine", "report"),
        ("report=9", "report"),
        ("report=99999999999999999999999", "report"),
        ("report=%D9%A3", "report"),
        ("nonsense=1&what=", None),
    ],
)
def test_a_wrong_value_is_reported_and_does_not_filter(wrong, name, amal):
    entry("Open")
    query = read(wrong)
    assert list(query.errors) == ([name] if name else [])
    assert [e.title for e in entries(query, amal)] == ["Open"]


def test_the_address_of_a_query_reads_back_as_the_same(amal):
    place, outlet, report = place_named("Houla", "Homs"), source_named("The Desk", kind="outlet"), article()
    text = f"what=undated&order=newest&kind=massacre&place={place.slug}&outlet={outlet.slug}&report={report.pk}"
    query = read(text)
    assert query.errors == {}
    assert query.address() == text
    assert read(query.address()) == query
    assert query.address(report=None, place=None, what="review") == f"order=newest&kind=massacre&outlet={outlet.slug}"
    assert QueueQuery().address() == ""


# ---- In other hands, put behind, counted ----


def test_what_is_in_other_hands_is_left_out_until_the_lease_runs_out(amal):
    basma = person("basma", "Editor")
    taken = entry("Taken")
    entry("Free")
    queue.take(basma, taken)
    assert titles("", amal) == ["Free"]
    assert set(titles("", basma)) == {"Taken", "Free"}
    Lease.objects.update(until=timezone.now() - dt.timedelta(seconds=1))
    assert set(titles("", amal)) == {"Taken", "Free"}


def test_what_was_put_behind_is_left_out_for_that_person_until_the_next_day(amal):
    skipped = entry("Skipped", confidence=0.1)
    entry("Other")
    queue.skip(amal, skipped)
    assert titles("", amal) == ["Other"]
    assert [e.title for e in review_queue.put_behind(read(""), amal)] == ["Skipped"]
    assert titles("", person("basma", "Editor")) == ["Skipped", "Other"]
    Skip.objects.update(at=timezone.now() - review_queue.SKIPPED_FOR)
    assert titles("", amal) == ["Skipped", "Other"]


def test_the_count_stops_where_it_tells_nothing_any_more(amal, monkeypatch):
    monkeypatch.setattr(review_queue, "COUNTED", 2)
    for number, words in ((1, "1"), (2, "2"), (3, "2+")):
        made = entry(f"Entry {number}")
        assert in_words(waiting(read(""), amal)) == words
    queue.skip(amal, made)
    queue.take(person("basma", "Editor"), Mention.objects.exclude(pk=made.pk).first())
    assert waiting(read(""), amal) == 2


def test_only_what_has_entries_can_be_chosen(amal, django_assert_num_queries):
    outlet = source_named("The Desk", kind="outlet")
    source_named("Another desk", kind="outlet")
    entry("Here", article("Here it was told.", outlet=outlet))
    review.accept(entry("Done", kind="shelling", place=place_named("Hama", "Hama")), None)
    found = choices(read("kind=shelling"), amal)
    with django_assert_num_queries(3):
        assert (len(found.kinds), len(found.places), len(found.outlets)) == (1, 2, 1)
    assert [value for value, _ in found.kinds] == ["massacre"]
    assert [(place.name, place.kind) for place in found.places] == [
        ("Homs", "governorate"),
        (place_named("Houla", "Homs").name, place_named("Houla", "Homs").kind),
    ]
    assert [source.name for source in found.outlets] == ["The Desk"]


def test_of_a_few_entries_the_same_can_be_chosen(amal):
    outlet = source_named("The Desk", kind="outlet")
    mine = entry("Mine", article("Mine was told.", outlet=outlet))
    entry("Anybody's", kind="shelling", place=place_named("Hama", "Hama"))
    queue.assign([mine], amal, amal)
    found = choices(read("what=mine"), amal)
    assert [value for value, _ in found.kinds] == ["massacre"]
    assert [place.kind for place in found.places] == ["governorate", mine.place.kind]
    assert found.outlets == [outlet]
