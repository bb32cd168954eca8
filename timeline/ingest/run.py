"""Taking in many reports: read, extract (in a process pool when there are many), store, count.

Extraction is pure and runs anywhere; only this process writes to the database.
"""

from __future__ import annotations

import datetime as dt
import logging
import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from django.contrib.auth.models import User
from django.db import DatabaseError

from timeline.extraction.records import Extraction
from timeline.ingest.attempt import attempt
from timeline.ingest.readers import Failure, RawReport, read
from timeline.ingest.store import store_report

logger = logging.getLogger(__name__)

# Below this many reports one process is done before others have started (about 1 s for a fresh interpreter).
POOL_FROM = 200
# Reports under way for each worker: enough to keep it busy, few enough that memory stays small.
AHEAD = 8


@dataclass(slots=True)
class Outcome:
    """What came of a run, in reports."""

    read: int = 0
    new: int = 0
    duplicate: int = 0
    undated: int = 0
    proposed: int = 0  # of the undated, those for which the engine proposes a day
    failures: list[Failure] = field(default_factory=list)

    def __str__(self) -> str:
        undated = f" ({self.undated} of them undated, {self.proposed} with a day proposed)" if self.undated else ""
        return f"{self.read} read: {self.new} new{undated}, {self.duplicate} duplicate, {len(self.failures)} failed."


def ingest(
    paths: Iterable[Path | str],
    *,
    today: dt.date,
    user: User | None = None,
    demo: bool = False,
    expected: int | None = None,
    on_report: Callable[[], object] = lambda: None,
) -> Outcome:
    """Take in files, folders and '-' (standard input). A report is stored whole or not at all; the good rest goes in.

    ``expected`` is about how many reports will come, where that is known. ``on_report`` is called after each.
    """
    outcome = Outcome()
    items = (item for path in paths for item in read(path, today=today))
    for item, extraction in _extracted(items, expected or 0):
        outcome.read += 1
        if isinstance(item, Failure):
            outcome.failures.append(item)
        elif isinstance(extraction, Exception):
            logger.error("extraction of %s failed", item.origin, exc_info=extraction)
            reason = f"the engine failed on it ({type(extraction).__name__}: {extraction})"
            outcome.failures.append(
                Failure(item.origin, reason, "Please report it with the text; the others were stored.")
            )
        elif extraction is not None:
            _store(item, extraction, user, demo, outcome)
        on_report()
    return outcome


def _store(report: RawReport, extraction: Extraction, user: User | None, demo: bool, outcome: Outcome) -> None:
    try:
        article, is_new = store_report(report, extraction, user, demo=demo)
    except DatabaseError as error:
        outcome.failures.append(
            Failure(
                report.origin,
                f"the database refused it: {error}",
                "Nothing of this report was stored; the others were.",
            )
        )
        return
    outcome.new += is_new
    outcome.duplicate += not is_new
    undated = is_new and article.published is None
    outcome.undated += undated
    outcome.proposed += undated and bool(extraction.suggested_published)


def _extracted(
    items: Iterable[RawReport | Failure], expected: int
) -> Iterator[tuple[RawReport | Failure, Extraction | Exception | None]]:
    """Each item with its extraction, in the order they came."""
    workers = os.cpu_count() or 1
    if expected < POOL_FROM or workers == 1:
        for item in items:
            yield item, None if isinstance(item, Failure) else attempt(item.text, item.published)
        return
    # Fresh interpreters: a fork would inherit the open database connection.
    with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn")) as pool:
        waiting: deque[tuple[RawReport | Failure, Future[Extraction | Exception] | None]] = deque()
        for item in items:
            waiting.append(
                (item, None if isinstance(item, Failure) else pool.submit(attempt, item.text, item.published))
            )
            if len(waiting) >= workers * AHEAD:
                yield _first(waiting)
        while waiting:
            yield _first(waiting)


def _first(
    waiting: deque[tuple[RawReport | Failure, Future[Extraction | Exception] | None]],
) -> tuple[RawReport | Failure, Extraction | Exception | None]:
    item, future = waiting.popleft()
    return item, future.result() if future else None
