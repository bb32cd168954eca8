"""How long the server takes between a key on the review page and the next entry drawn, with 100,000 entries in the database.

    .venv/bin/python benchmarks/review.py                         # SQLite, a file in a temporary folder
    .venv/bin/python benchmarks/review.py --database URL          # an empty database: postgres://user@host/name
    .venv/bin/python benchmarks/review.py --mentions 10000 --rounds 50

Printed are the median and the 95th percentile of milliseconds: of the pages, asked for over their addresses as htmx does; of
each decision, with the version of the history that it writes; and of what the queue asks the database. A database that was
filled before is used again; one that holds anything else is left alone.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from timeline.models import Mention

MENTIONS = 100_000
ROUNDS = 200
QUEUE_ROUNDS = 20  # of each question of the queue: there are forty
FAR = 5_000  # entries into the queue
COLLEAGUES = 10  # each with entries in hand

Times = list[float]  # milliseconds


def main() -> None:
    options = _options()
    if options.database:
        _measure(options.database, options.mentions, options.rounds)
    else:
        with tempfile.TemporaryDirectory(prefix="timeline-benchmark-") as folder:
            _measure(f"sqlite:///{folder}/desk.sqlite3", options.mentions, options.rounds)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter, prog="benchmarks/review.py"
    )
    parser.add_argument(
        "--database", metavar="URL", help="fill and ask this database (default: a temporary SQLite file)"
    )
    parser.add_argument("--mentions", type=int, default=MENTIONS, metavar="N", help=f"entries (default: {MENTIONS:,})")
    parser.add_argument(
        "--rounds", type=int, default=ROUNDS, metavar="N", help=f"rounds a decision (default: {ROUNDS})"
    )
    options = parser.parse_args()
    if options.rounds < 1:
        parser.error(f"--rounds {options.rounds}: at least one round is needed.")
    if options.mentions < 100:
        parser.error(f"--mentions {options.mentions}: with fewer than 100 there is nothing to measure.")
    return options


def _measure(database: str, mentions: int, rounds: int) -> None:
    os.environ |= {"DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": "timeline.settings"}
    os.environ |= {"DEBUG": "0", "HTTPS": "0", "SECRET_KEY": "of-the-benchmark", "ALLOWED_HOSTS": "testserver"}
    import django

    django.setup()
    from django.test import override_settings

    # Static files straight from their folders: nothing has been collected for a benchmark.
    files = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    override_settings(STORAGES={"staticfiles": files}).enable()
    _fill(mentions)
    from benchmarks import desk

    amal = desk.editor("amal")
    _colleagues(desk.editor)
    print(f"  {'milliseconds':52}{'median':>8}{'95 %':>8}")
    _pages(amal, rounds)
    _decisions(amal, rounds)
    _questions(amal)


def _fill(mentions: int) -> None:
    from django.core.management import call_command
    from django.db import connection

    from benchmarks import desk
    from timeline.models import Article, Mention

    call_command("migrate", verbosity=0)
    if Article.objects.exists():
        if not Article.objects.filter(title="Benchmark report 0").exists():
            sys.exit("--database holds reports that are not the benchmark's. Give an empty one: nothing was changed.")
    else:
        begin = time.perf_counter()
        desk.fill(mentions)
        print(f"Filled in {time.perf_counter() - begin:.0f} s.")
        if connection.vendor == "postgresql":
            # As its autovacuum does by itself within a minute.
            with connection.cursor() as cursor:
                cursor.execute("VACUUM ANALYZE")
    waiting = Mention.objects.to_review().count()
    print(
        f"{connection.vendor}: {Mention.objects.count():,} entries of {Article.objects.count():,} reports, "
        f"{waiting:,} of them to review"
    )


def _colleagues(editor: Callable[[str], User]) -> None:
    """Others are at work: what they have in hand has to be left out."""
    from timeline.curation import queue
    from timeline.query.review_queue import QueueQuery

    for number in range(COLLEAGUES):
        user = editor(f"colleague-{number}")
        for order in ("unsure", "newest", "waiting", "place"):
            if entry := queue.take_next(user, QueueQuery(order=order)):
                queue.take(user, entry)


# ---- The page ----


def _pages(amal: User, rounds: int) -> None:
    """Keys in turn, as an editor presses them: most entries are accepted, some corrected, some rejected, some linked."""
    from benchmarks.pages import Desk, Fields

    def new_title(fields: Fields) -> None:
        fields["title"] += " (corrected)"

    def new_date(fields: Fields) -> None:
        fields["when"] = "25 May 2012"

    def new_figures(fields: Fields) -> None:
        toll = next(name for name in fields if name.endswith("-low")).removesuffix("low")
        # The words say another number: the editor ticks that this one is meant.
        fields |= {f"{toll}low": "91", f"{toll}high": "91", f"{toll}meant": "on"}

    page = Desk(amal)
    taken: dict[str, Times] = {}
    for _ in range(rounds):
        keys: list[tuple[str, str | None, Callable[[Fields], None]]] = [
            ("accept", "accept", lambda fields: None),
            ("correct the title", "accept", new_title),
            ("correct the date", "accept", new_date),
            ("correct a toll", "accept", new_figures),
            ("reject", "reject", lambda fields: None),
            ("skip", "skip", lambda fields: None),
            ("link to what is suggested", None, lambda fields: None),
            ("publish as a new event", "publish", lambda fields: None),
        ]
        for name, do, change in keys:
            if do is None:  # which event is suggested, the page says
                do = next((value for value in page.form.buttons if value.startswith("link:")), None)
            if do is not None:
                taken.setdefault(name, []).append(page.press(do, change))
    for name, times in taken.items():
        _row(f"page: {name}", times)
    _row("page: every key", [time for times in taken.values() for time in times])
    _row("page: every key, this process's own work", page.worked)


# ---- Decisions ----


def _decisions(amal: User, rounds: int) -> None:
    from timeline.curation import events, queue, review
    from timeline.models import Event
    from timeline.query.review_queue import QueueQuery

    some_events = list(Event.objects.order_by("pk")[:rounds])

    def link(entry: Mention, number: int) -> None:
        events.link(entry, some_events[number % len(some_events)], amal)

    def publish(entry: Mention, number: int) -> None:
        review.accept(entry, amal)
        events.publish(events.event_for(entry, amal), amal)

    def correct_toll(entry: Mention, number: int) -> None:
        review.correct_toll(entry.toll_claims.all()[0], amal, {"low": 1, "high": 2})

    kinds: dict[str, Callable[[Mention, int], object]] = {
        "accept": lambda entry, number: review.accept(entry, amal),
        "correct": lambda entry, number: review.correct(entry, amal, {"kind": "other", "title": f"Corrected {number}"}),
        "correct a toll": correct_toll,
        "reject": lambda entry, number: review.reject(entry, amal),
        "link": link,
        "accept, make an event and publish it": publish,
    }
    taken: Times = []
    for name, decide in kinds.items():
        times: Times = []
        for number in range(rounds):
            begin = time.perf_counter()
            entry = queue.take_next(amal, QueueQuery())
            taken.append(_since(begin))
            if entry is None:
                return
            begin = time.perf_counter()
            decide(entry, number)
            times.append(_since(begin))
            if name == "link":
                review.accept(entry, amal)
        _row(f"curation: {name}", times)
    _row("curation: take the next entry", taken)


# ---- What the queue asks ----


def _questions(amal: User) -> None:
    from timeline.models import Place, Source
    from timeline.query import review_queue
    from timeline.query.review_queue import ORDERS, WHATS, QueueQuery

    governorate = Place.objects.filter(kind="governorate").order_by("pk")[3]
    town = Place.objects.exclude(kind="governorate").order_by("-pk")[0]
    big, small = Source.objects.filter(name="Benchmark outlet 0").get(), Source.objects.order_by("-pk")[0]
    filters: dict[str, dict[str, Any]] = {
        **{words: {"what": what} for what, words in WHATS.items()},
        "Of a kind": {"kind": "aid"},
        "Of a governorate": {"place": governorate},
        "Of a town with few": {"place": town},
        "Of an outlet with many": {"outlet": big},
        "Of an outlet with none": {"outlet": small},
        "Of a governorate, a kind, an outlet": {"place": governorate, "kind": "aid", "outlet": big},
    }
    for name, chosen in filters.items():
        query = QueueQuery(**chosen)
        _row(f"count: {name}", _timed(lambda query=query: review_queue.waiting(query, amal)))
        for order, words in ORDERS.items():
            query = QueueQuery(**chosen, order=order)
            rows = review_queue.entries(query, amal).values_list("pk", flat=True)
            _row(f"first: {name}, {words.lower()}", _timed(lambda rows=rows: rows.all().first()))
    for order, words in ORDERS.items():
        query = QueueQuery(order=order)
        rows = review_queue.entries(query, amal)
        middle = rows[min(FAR, review_queue.waiting(query, amal) // 2)]
        _row(
            f"the one behind, {FAR:,} entries on, {words.lower()}",
            _timed(lambda rows=rows, query=query, at=middle: review_queue.behind(rows, query, amal, at).first()),
        )
    for what, words in WHATS.items():
        query = QueueQuery(what=what)
        _row(f"choices: {words}", _timed(lambda query=query: _drawn(review_queue.choices(query, amal))))


def _drawn(found: Any) -> None:
    """As a page does with what can be chosen."""
    assert found.kinds is not None
    assert found.places is not None
    assert found.outlets is not None


def _timed(ask: Callable[[], object]) -> Times:
    ask()
    times = []
    for _ in range(QUEUE_ROUNDS):
        begin = time.perf_counter()
        ask()
        times.append(_since(begin))
    return times


def _since(begin: float) -> float:
    return (time.perf_counter() - begin) * 1000


def _row(name: str, times: Iterable[float]) -> None:
    ordered = sorted(times)
    late = ordered[int(len(ordered) * 0.95)] if len(ordered) > 1 else ordered[0]
    print(f"  {name:52}{statistics.median(ordered):8.1f}{late:8.1f}", flush=True)


if __name__ == "__main__":
    main()
