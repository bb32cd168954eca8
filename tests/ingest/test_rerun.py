"""A re-run of an engine that reads everything otherwise, after edits of all kinds over the demonstration reports.

Every edit stands to the letter, and every entry of which the engine now says otherwise is listed, field by field.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.forms import model_to_dict
from django.utils import timezone

from tests.making import person
from timeline.curation import dating, events, queue, review
from timeline.extraction import extract
from timeline.extraction.records import Extraction
from timeline.ingest.naming import place_named, source_named
from timeline.ingest.readers import RawReport, read
from timeline.ingest.snapshots import snapshots
from timeline.ingest.store import Changes, apply_extraction, store_report
from timeline.models import Article, Draft, Event, Lease, Mention, TollClaim

pytestmark = pytest.mark.django_db

REPORTS = Path(__file__).resolve().parents[2] / "timeline" / "fixtures" / "demo" / "reports"
UNDATED = "Shelling killed ten people in Homs on Monday, residents said."


@dataclass
class Edits:
    """What was edited, by the kind of edit: keys of entries and claims, and the events that were made."""

    user: User
    colleague: User
    entries: dict[str, list[int]] = field(default_factory=dict)
    claims: dict[str, list[int]] = field(default_factory=dict)
    events: list[int] = field(default_factory=list)


Edit = Callable[[Mention, Edits], Mention | TollClaim | None]  # None: this entry does not lend itself to it


# ---- One function a kind of edit ----


def correcting(**changes: Any) -> Edit:
    def edit(entry: Mention, edits: Edits) -> Mention:
        review.correct(entry, edits.user, changes, "the report says otherwise")
        return entry

    return edit


def correct_place(entry: Mention, edits: Edits) -> Mention:
    review.correct(entry, edits.user, {"place": place_named("Palmyra", "Homs")})
    return entry


def correct_date(entry: Mention, edits: Edits) -> Mention:
    day = (entry.earliest or dt.date(2012, 5, 25)) - dt.timedelta(days=9)
    review.correct(entry, edits.user, {"earliest": day, "latest": day, "precision": "day"})
    return entry


def move_evidence(entry: Mention, edits: Edits) -> Mention:
    quote = entry.quote[: len(entry.quote) // 2]
    review.correct(entry, edits.user, {"end": entry.start + len(quote), "quote": quote})
    return entry


def accept(entry: Mention, edits: Edits) -> Mention:
    review.accept(entry, edits.user)
    return entry


def reject(entry: Mention, edits: Edits) -> Mention:
    review.reject(entry, edits.user, "told in another report")
    return entry


def on_toll(decide: Callable[[TollClaim, User], object]) -> Edit:
    def edit(entry: Mention, edits: Edits) -> Mention | None:
        claim = entry.toll_claims.filter(part_of=None, parts=None).first()
        if claim is None:
            return None
        decide(claim, edits.user)
        edits.claims.setdefault("of entries", []).append(claim.pk)
        return entry

    return edit


def correcting_toll(**changes: Any) -> Edit:
    return on_toll(lambda claim, user: review.correct_toll(claim, user, changes, "another count"))


def said_by_another(claim: TollClaim, user: User) -> None:
    review.correct_toll(claim, user, {"source": source_named("residents"), "via": source_named("Reuters")})


def of_the_whole_war(entry: Mention, edits: Edits) -> TollClaim | None:
    claim = entry.toll_claims.filter(part_of=None, parts=None).first()
    if claim:
        review.correct_toll(claim, edits.user, {"scope": "cumulative"})
    return claim


def move_toll(entry: Mention, edits: Edits) -> Mention | None:
    claim = entry.toll_claims.filter(part_of=None, parts=None).first()
    other = entry.article.mentions.untouched().exclude(pk=entry.pk).first()
    if claim is None or other is None:
        return None
    review.correct_toll(claim, edits.user, {"mention": other}, "told of the other")
    edits.claims.setdefault("moved", []).append(claim.pk)
    return other


def add_toll(entry: Mention, edits: Edits) -> Mention:
    values = {"harm": "missing", "low": 2, "high": 3, "qualifier": "range", "start": entry.start, "end": entry.end}
    edits.claims.setdefault("added", []).append(review.add_toll(entry.article, entry, edits.user, values).pk)
    review.accept(entry, edits.user)
    return entry


def add_entry(entry: Mention, edits: Edits) -> Mention | None:
    """Of words that the engine has read nothing in."""
    article = entry.article
    end = max(other.end for other in article.mentions.all())
    if len(article.text) - end < 20:
        return None
    values = {"kind": "other", "title": "Added by hand", "precision": "unknown"}
    return review.add_mention(article, edits.user, {**values, "start": end + 1, "end": len(article.text)})


def draft_an_event(entry: Mention, edits: Edits) -> Mention:
    edits.events.append(events.create_event([entry], edits.user).pk)
    return entry


def publish(entry: Mention, edits: Edits) -> Mention:
    event = events.event_for(entry, edits.user)
    events.publish(event, edits.user)
    edits.events.append(event.pk)
    return entry


def link(entry: Mention, edits: Edits) -> Mention | None:
    if not edits.events:
        return None
    events.link(entry, Event.objects.get(pk=edits.events[0]), edits.user)
    return entry


def assign(entry: Mention, edits: Edits) -> Mention:
    queue.assign([entry], edits.colleague, edits.user)
    return entry


def lease(entry: Mention, edits: Edits) -> Mention:
    queue.take(edits.colleague, entry)
    return entry


def half_typed(form: str) -> Edit:
    def edit(entry: Mention, edits: Edits) -> Mention | None:
        claim = entry.toll_claims.first()
        if "{claim}" in form and claim is None:
            return None
        key = form.format(entry=entry.pk, claim=claim and claim.pk)
        Draft.objects.create(user=edits.user, key=key, fields={"title": {"values": ["Half a ti"]}})
        return entry

    return edit


EDITS: dict[str, Edit] = {
    "accept": accept,
    "correct the kind": correcting(kind="siege"),
    "correct the title": correcting(title="What an editor calls it"),
    "correct the actors": correcting(actors=["An actor"]),
    "correct the date": correct_date,
    "take the date away": correcting(earliest=None, latest=None, precision="unknown"),
    "correct the place": correct_place,
    "take the place away": correcting(place=None),
    "move the evidence": move_evidence,
    "reject": reject,
    "correct a toll's figures": correcting_toll(low=70_001, high=70_002, qualifier="range"),
    "correct whom a toll counts": correcting_toll(victims="as an editor calls them"),
    "correct what a toll counts": correcting_toll(harm="missing"),
    "correct who says it": on_toll(said_by_another),
    "discount a toll": correcting_toll(discounted="counted twice"),
    "a toll of the whole war": of_the_whole_war,
    "accept a toll": on_toll(review.accept_toll),
    "reject a toll": on_toll(review.reject_toll),
    "move a toll": move_toll,
    "add a toll": add_toll,
    "add an entry": add_entry,
    "draft an event": draft_an_event,
    "publish": publish,
    "link": link,
    "assign": assign,
    "lease": lease,
    "half typed on the review page": half_typed("review:{entry}"),
    "half typed in the admin": half_typed("mention:{entry}:change"),
    "a toll half typed": half_typed("tollclaim:{claim}:change"),
}


# ---- The desk, and an engine that reads everything otherwise ----


def store_reports(most: int | None = None) -> None:
    for file in sorted(REPORTS.glob("*.txt"))[:most]:
        for report in read(file, today=dt.date(2024, 12, 31)):
            assert isinstance(report, RawReport)
            store_report(report, extract(report.text, report.published))


MOST = 130  # entries that are edited; the others stay the engine's, and are read anew


def edited() -> Edits:
    """Edits of every kind in turn, one an entry."""
    edits = Edits(person("amal"), person("basma"))
    turns = list(EDITS.items())
    for key in Mention.objects.order_by("pk").values_list("pk", flat=True):
        if sum(map(len, edits.entries.values())) == MOST:
            break
        entry = Mention.objects.untouched().filter(pk=key, lease=None, assignment=None).first()
        for name, edit in turns if entry else []:
            done = edit(entry, edits)
            if done is not None:
                kept = edits.claims if isinstance(done, TollClaim) else edits.entries
                kept.setdefault(name, []).append(done.pk)
                turns.remove((name, edit))
                turns.append((name, edit))
                break
    for number, claim in enumerate(TollClaim.objects.filter(scope="cumulative", status="extracted")):
        decide = (review.accept_toll, review.reject_toll)[number % 2]
        decide(claim, edits.user)
        edits.claims.setdefault("of the whole war", []).append(claim.pk)
    return edits


def otherwise(read: Extraction) -> Extraction:
    """Another kind, the day after, another place, one more in every toll; what has no day or place keeps none."""
    day = dt.timedelta(days=1)
    return replace(
        read,
        mentions=tuple(
            replace(
                mention,
                kind="shelling" if mention.kind != "shelling" else "air_strike",
                earliest=mention.earliest and mention.earliest + day,
                latest=mention.latest and mention.latest + day,
                place=mention.place and ("Hama" if mention.place != "Hama" else "Homs"),
                governorate=mention.place and ("Hama" if mention.place != "Hama" else "Homs"),
            )
            for mention in read.mentions
        ),
        tolls=tuple(
            replace(
                toll,
                low=None if toll.low is None else toll.low + 1,
                high=None if toll.high is None else toll.high + 1,
            )
            for toll in read.tolls
        ),
    )


def run_again() -> Changes:
    total = Changes()
    for article in Article.objects.all():
        total.add(apply_extraction(article, otherwise(extract(article.text, article.published))))
    return total


# ---- What stands, and what the engine must be said to say ----


def stands(record: Any) -> dict[str, Any]:
    """All that a person may have decided, and who did when."""
    left_out = {"disagreement", "disagrees"}
    return {f.attname: getattr(record, f.attname) for f in record._meta.concrete_fields if f.name not in left_out}


def everything(edits: Edits) -> dict[str, dict[str, Any]]:
    entries = Mention.objects.in_bulk([key for keys in edits.entries.values() for key in keys])
    # Half typed is what the form was drawn with, its tolls too.
    of_entries = TollClaim.objects.filter(mention__in=entries)
    decided = TollClaim.objects.filter(pk__in=[key for keys in edits.claims.values() for key in keys])
    made = Event.objects.filter(pk__in=edits.events)
    records = [*entries.values(), *of_entries, *decided, *made]
    return {f"{type(record).__name__} {record.pk}": stands(record) for record in records}


def engine_says(entry: Mention) -> dict[str, Any] | None:
    """What the other engine reads where the first read ``entry``: it reads the same passages in the same order."""
    first, _ = snapshots(extract(entry.article.text, entry.article.published).as_dict())
    now, _ = snapshots(entry.article.extraction)
    return now[first.index(entry.engine)] if entry.engine in first else None


def differing(entry: Mention, now: dict[str, Any]) -> dict[str, Any]:
    """What the engine says of each field that stands otherwise."""
    iso = {name: (day := getattr(entry, name)) and day.isoformat() for name in ("earliest", "latest")}
    ours = {"kind": entry.kind, **iso, "precision": entry.precision, "place": entry.place and entry.place.name}
    found = {name: now[name] for name, value in ours.items() if now[name] != value}
    tolls = Counter((c.harm, c.low, c.high, c.source and c.source.name) for c in entry.toll_claims.standing())
    if tolls != Counter((t["harm"], t["low"], t["high"], t["source"]) for t in now["tolls"]):
        found["tolls"] = len(now["tolls"])
    return found


def test_after_edits_of_all_kinds_every_edit_stands_and_every_disagreement_is_listed():
    store_reports()
    edits = edited()
    count = sum(map(len, [*edits.entries.values(), *edits.claims.values()]))
    assert count > MOST, "the demonstration reports have become too few for what this test is for"
    kinds = {*edits.entries, *edits.claims}
    assert [name for name in EDITS if name not in kinds] == []
    before = everything(edits)

    changes = run_again()

    assert everything(edits) == before
    assert changes.removed == changes.added > 50, "the engine's own entries are replaced as before"
    listed = set(Mention.objects.disagreeing().values_list("pk", flat=True))
    expected: set[int] = set()
    for name, keys in edits.entries.items():
        for entry in Mention.objects.filter(pk__in=keys).select_related("place", "article"):
            now = engine_says(entry)
            if now is None:
                assert name == "add an entry"
                assert not entry.disagreement
                continue
            if entry.status == "rejected":
                assert not entry.disagreement
                continue
            others = entry.article.mentions.exclude(pk=entry.pk)
            assert now not in others.values_list("engine", flat=True), "it is there once more, as the engine reads it"
            told = entry.open_disagreement
            wanted = differing(entry, now)
            assert {f: len(t["engine"]) if f == "tolls" else t["engine"] for f, t in told.items()} == wanted, name
            assert wanted, name
            expected.add(entry.pk)
    assert listed >= expected
    # The others are entries of which a claim alone was decided on: those that were kept besides.
    for entry in Mention.objects.filter(pk__in=listed - expected):
        assert entry.touched or any(claim.touched for claim in entry.toll_claims.all())
    assert changes.disagreements == len(listed)
    assert Mention.objects.filter(pk__in=listed, status="extracted", event=None).exists()


def test_what_is_in_nobodys_hands_any_more_is_read_anew():
    store_reports(3)
    entry = Mention.objects.untouched().first()
    queue.take(person("amal"), entry)
    Lease.objects.update(until=timezone.now() - dt.timedelta(seconds=1))
    run_again()
    assert not Mention.objects.filter(pk=entry.pk).exists()


def test_a_day_that_an_editor_gave_a_report_stands():
    article, _ = store_report(
        RawReport(
            text=UNDATED,
            title="Shelling in Homs",
            outlet="",
            published=None,
            url="",
            language="en",
            reference="",
            origin="test",
        ),
        extract(UNDATED, None),
    )
    day = dt.date(2012, 6, 6)
    dating.date_report(article, day, person("amal"))
    run_again()
    article.refresh_from_db()
    assert article.published == day
    assert model_to_dict(article.mentions.get(), ["earliest"]) == {"earliest": dt.date(2012, 6, 5)}


def test_running_again_lists_the_same_once_more():
    store_reports(15)
    edited()
    first = run_again()
    listed = sorted(Mention.objects.disagreeing().values_list("pk", "disagreement"), key=str)
    second = run_again()
    assert (second.disagreements, second.removed, second.added) == (first.disagreements, 0, 0)
    assert sorted(Mention.objects.disagreeing().values_list("pk", "disagreement"), key=str) == listed
