"""How long suggesting events for one entry takes, with many events stored.

    .venv/bin/python benchmarks/suggestions.py                      # 100,000 events, in an SQLite file that is removed after
    DATABASE_URL=postgres://… .venv/bin/python benchmarks/suggestions.py   # in a database that holds nothing else

Each event has one report, one entry and one toll claim; places, kinds and tolls follow those of a war: few places have most
of them. Asked are entries like those of new reports. What is printed is this process's own time on its core, and the clock's.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

FIRST = dt.date(2011, 3, 15)
YEARS = 14
BATCH = 5_000
KINDS = ("shelling", "air_strike", "armed_clash", "bombing", "shooting", "protest", "statement", "massacre")
HOW_OFTEN = (25, 25, 20, 8, 6, 6, 9, 1)
ASKED = 300


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=100_000, metavar="N", help="events stored (default: 100,000)")
    parser.add_argument("--keep", metavar="FILE", help="an SQLite file to make, or to use again where it is there")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if options.keep or "DATABASE_URL" not in os.environ:
            os.environ["DATABASE_URL"] = f"sqlite:///{options.keep or Path(folder) / 'many.sqlite3'}"
        os.environ.setdefault("DEBUG", "0")
        os.environ.setdefault("SECRET_KEY", "of a benchmark")
        os.environ["DJANGO_SETTINGS_MODULE"] = "timeline.settings"
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        from timeline.models import Event

        if not Event.objects.exists():
            _fill(options.events)
        _measure()


def _fill(count: int) -> None:
    from django.db import connection, transaction

    from timeline.extraction.lexicon import load
    from timeline.ingest.naming import place_named, source_named
    from timeline.models import Article, Event, Mention, TollClaim
    from timeline.models.article import hash_text

    chance = random.Random(1)
    entries = [entry for entry in load("syria").places if entry.country == "SY"]
    places = [place for entry in entries if (place := place_named(entry.name, entry.governorate)) is not None]
    weights = [1 / (rank + 3) for rank in range(len(places))]  # a few places have most of the events, as Zipf has it
    sources = [source_named(name) for name in ("residents", "activists", "Syrian Observatory for Human Rights")]
    for begun in range(0, count, BATCH):
        size = min(BATCH, count - begun)
        days = [FIRST + dt.timedelta(chance.randrange(365 * YEARS)) for _ in range(size)]
        kinds = chance.choices(KINDS, HOW_OFTEN, k=size)
        where = chance.choices(places, weights, k=size)
        killed = [min(int(chance.paretovariate(1.1)), 900) for _ in range(size)]
        texts = [
            f"{number} people were killed in {place.name}, residents said. Report {begun + index}."
            for index, (number, place) in enumerate(zip(killed, where, strict=True))
        ]
        with transaction.atomic():
            articles = Article.objects.bulk_create(
                Article(title=text[:60], text=text, text_hash=hash_text(text), published=day)
                for text, day in zip(texts, days, strict=True)
            )
            events = Event.objects.bulk_create(
                Event(
                    **{"slug": f"event-{begun + index}", "status": "published", "kind": kind, "title": text[:60]},
                    **{"earliest": day, "latest": day, "precision": "day", "place": place},
                    **{"killed_low": number, "killed_best": number, "killed_high": number, "report_count": 1},
                )
                for index, (kind, text, day, place, number) in enumerate(
                    zip(kinds, texts, days, where, killed, strict=True)
                )
            )
            mentions = Mention.objects.bulk_create(
                Mention(
                    **{"article": article, "event": event, "start": 0, "end": len(text) - 1, "quote": text[:-1]},
                    **{"kind": event.kind, "title": event.title, "earliest": day, "latest": day, "precision": "day"},
                    **{"place": event.place, "status": "accepted"},
                )
                for article, event, text, day in zip(articles, events, texts, days, strict=True)
            )
            TollClaim.objects.bulk_create(
                TollClaim(
                    **{"article": article, "mention": mention, "start": 0, "end": len(words), "quote": words},
                    **{"harm": "killed", "low": number, "high": number, "source": chance.choice(sources)},
                )
                for article, mention, number in zip(articles, mentions, killed, strict=True)
                if (words := f"{number} people")
            )
        print(f"\r{begun + size:,} events stored", end="", flush=True)
    print()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _asked() -> Iterator[tuple[str, Any]]:
    """Entries as new reports have them: of a day, of a month, without a place, without a day."""
    from timeline.models import Mention

    chance = random.Random(2)
    last = Mention.objects.order_by("-pk").values_list("pk", flat=True)[0]
    for pk in chance.sample(range(1, last), ASKED):
        mention = Mention.objects.select_related("article", "place").get(pk=pk)
        mention.event = None
        yield "a day and a place", mention
        if pk % 3 == 0:
            mention = Mention.objects.select_related("article", "place").get(pk=pk)
            mention.place, mention.event = None, None
            yield "a day, no place", mention
        if pk % 3 == 1:
            mention = Mention.objects.select_related("article", "place").get(pk=pk)
            mention.event, mention.precision = None, "month"
            assert mention.earliest
            mention.earliest = mention.earliest.replace(day=1)
            mention.latest = mention.earliest + dt.timedelta(29)
            yield "a month and a place", mention
        if pk % 3 == 2:
            mention = Mention.objects.select_related("article", "place").get(pk=pk)
            mention.event, mention.earliest, mention.precision = None, None, "unknown"
            yield "a place, no day", mention


def _measure() -> None:
    from timeline.models import Event
    from timeline.query.suggestions import suggested_events

    took: dict[str, list[tuple[float, float]]] = {}
    for number, (sort, mention) in enumerate(_asked()):
        clock, own = time.perf_counter(), time.process_time()
        suggested_events(mention)
        if number >= 5:  # the first ones load the gazetteer
            took.setdefault(sort, []).append((time.process_time() - own, time.perf_counter() - clock))
    print(f"{Event.objects.count():,} events; milliseconds for one entry, own time (by the clock)")
    for sort, times in took.items():
        own, clock = ([1000 * pair[index] for pair in times] for index in (0, 1))
        worst = statistics.quantiles(own, n=20)[-1]
        print(
            f"  {sort:20} {len(times):4} entries   median {statistics.median(own):5.1f} ({statistics.median(clock):5.1f})"
            f"   95 of 100 under {worst:5.1f} ({statistics.quantiles(clock, n=20)[-1]:5.1f})"
        )


if __name__ == "__main__":
    main()
