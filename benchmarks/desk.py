"""A desk of any size for the benchmarks: reports, entries, claims and events that are plainly made by a machine.

The texts number their sentences and tell of nothing: no passage could be taken for a record of something that happened.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar

from django.contrib.auth.models import Group, User
from django.db.models import Model
from simple_history.utils import bulk_create_with_history

from timeline.curation.rights import make_roles
from timeline.ingest.naming import source_named
from timeline.models import Article, Event, Kind, Mention, Place, Source, TollClaim
from timeline.models.article import hash_text
from timeline.models.mention import reported_on

ENTRIES_A_REPORT = 5  # the collections that the engine was measured on have 3 to 7
WORDS_BEFORE = 80  # words before each entry, so that a report has about 2.4 kB
DECIDED = 0.2  # of the entries: accepted and behind an event
UNDATED = 0.05
UNSURE = 0.07
WITHOUT_PLACE = 0.15
DISAGREEING = 0.02  # of the decided ones
OUTLETS = 40
PLACES = 1200  # about what the Syrian gazetteer has
ENTRIES_AN_EVENT = 4
BATCH = 2000  # records: what is held in memory at once
FIRST_DAY = dt.date(2011, 3, 15)
DAYS = 5000

_M = TypeVar("_M", bound=Model)


@dataclass(slots=True)
class Desk:
    """What the entries point to."""

    outlets: list[Source]
    sources: list[Source]
    places: list[Place]
    events: list[Event]


def fill(mentions: int, seed: int = 1) -> None:
    """``mentions`` entries over a fifth as many reports, each with a claim and the first version of its history."""
    chance = random.Random(seed)
    desk = _names(max(1, int(mentions * DECIDED / ENTRIES_AN_EVENT)), chance)
    reports = _reports(mentions // ENTRIES_A_REPORT, desk, chance)
    number = 0
    while some := list(islice(reports, BATCH // ENTRIES_A_REPORT)):
        articles = bulk_create_with_history([article for article, _ in some], Article)
        entries = []
        for article, (_, passages) in zip(articles, some, strict=True):
            for passage in passages:
                entries.append(_entry(article, passage, number, desk, chance))
                number += 1
        bulk_create_with_history(entries, Mention)
        bulk_create_with_history([_claim(entry, desk, chance) for entry in entries], TollClaim)


def editor(name: str, role: str = "Publisher") -> User:
    """Somebody at the desk, made where there is none."""
    make_roles()
    user, _ = User.objects.get_or_create(username=name, defaults={"is_staff": True})
    user.groups.add(Group.objects.get(name=role))
    return user


def _names(events: int, chance: random.Random) -> Desk:
    outlets = [source_named(f"Benchmark outlet {n}", kind=Source.Kind.OUTLET) for n in range(OUTLETS)]
    sources = [source_named(f"Benchmark source {n}") for n in range(OUTLETS)]
    above = Place.objects.bulk_create(
        [
            Place(
                name=f"Governorate {n}", slug=f"benchmark-governorate-{n}", kind="governorate", lexicon_key=f"b|g|{n}"
            )
            for n in range(14)
        ]
    )
    towns = Place.objects.bulk_create(
        [
            Place(name=f"Town {n}", slug=f"benchmark-town-{n}", governorate=above[n % 14], lexicon_key=f"b|t|{n}")
            for n in range(PLACES)
        ]
    )
    places = [*above, *towns]
    made = bulk_create_with_history(
        [
            Event(
                slug=f"benchmark-event-{n}",
                status=Event.Status.PUBLISHED,
                kind=chance.choice(Kind.values),
                title=f"Benchmark event {n}",
                earliest=(day := FIRST_DAY + dt.timedelta(days=chance.randrange(DAYS))),
                latest=day,
                precision="day",
                place=_skewed(places, chance),
            )
            for n in range(events)
        ],
        Event,
        batch_size=BATCH,
    )
    return Desk(outlets, sources, places, list(made))


def _skewed(things: list[_M], chance: random.Random) -> _M:
    """A few come up often, most seldom, as places and outlets do."""
    return things[int(len(things) * chance.random() ** 3)]


def _reports(count: int, desk: Desk, chance: random.Random) -> Iterator[tuple[Article, list[tuple[int, int]]]]:
    """Reports, not stored yet, with the passages of their entries."""
    for number in range(count):
        parts, passages, position = [], [], 0
        for entry in range(ENTRIES_A_REPORT):
            around = f"Filling of report {number}, part {entry}: " + "word " * WORDS_BEFORE
            told = f"Entry {entry} of report {number} counts {chance.randrange(1, 90)} of no one on no day."
            parts += [around, told, "\n"]
            passages.append((position + len(around), position + len(around) + len(told)))
            position += len(around) + len(told) + 1
        text = "".join(parts)
        undated = chance.random() < UNDATED
        article = Article(
            title=f"Benchmark report {number}",
            outlet=_skewed(desk.outlets, chance),
            published=None if undated else FIRST_DAY + dt.timedelta(days=chance.randrange(DAYS)),
            text=text,
            text_hash=hash_text(text),
            extraction={"dates": [], "tolls": [], "attributions": [], "mentions": [], "suggested_published": []},
        )
        yield article, passages


def _entry(article: Article, passage: tuple[int, int], number: int, desk: Desk, chance: random.Random) -> Mention:
    start, end = passage
    day = (article.published or FIRST_DAY) - dt.timedelta(days=chance.randrange(4))
    dated = chance.random() >= UNDATED
    decided = chance.random() < DECIDED
    values: dict[str, Any] = {
        "kind": chance.choice(Kind.values),
        "title": f"Benchmark entry {number}",
        "earliest": day if dated else None,
        "latest": day if dated else None,
        "precision": "day" if dated else "unknown",
        "confidence": round(chance.uniform(0.2, 1), 2),
    }
    disagreeing = decided and chance.random() < DISAGREEING
    entry = Mention(
        article=article,
        start=start,
        end=end,
        quote=article.text[start:end],
        date_basis="unsure: made for the benchmark" if chance.random() < UNSURE else "made for the benchmark",
        place=None if chance.random() < WITHOUT_PLACE else _skewed(desk.places, chance),
        status="accepted" if decided else "extracted",
        event=desk.events[number % len(desk.events)] if decided else None,
        disagreement={"kind": {"stands": values["kind"], "engine": "other"}} if disagreeing else {},
        engine={**values, "earliest": str(day), "latest": str(day), "start": start, "end": end, "tolls": []},
        reported=reported_on(article.published),
        **values,
    )
    entry.derive()
    return entry


def _claim(entry: Mention, desk: Desk, chance: random.Random) -> TollClaim:
    words = entry.quote.split(" counts ")[1].split(" of no one")[0]
    start = entry.start + entry.quote.index(f" counts {words}") + len(" counts ")
    return TollClaim(
        article=entry.article,
        mention=entry,
        status=entry.status,
        start=start,
        end=start + len(words),
        quote=words,
        harm="killed",
        low=int(words),
        high=int(words),
        source=_skewed(desk.sources, chance),
        basis="made for the benchmark",
        engine={"harm": "killed", "low": int(words), "high": int(words), "start": start, "end": start + len(words)},
    )
