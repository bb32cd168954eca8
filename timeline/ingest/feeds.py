"""Reading a feed: what is new in it goes in as reports, each from its own page; what fails is said and tried again later.

Running it twice leaves what running it once leaves. Keeping feeds (adding, changing, switching off by hand) is curation's.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.db import DatabaseError
from django.db.models import QuerySet
from django.utils import timezone

from timeline.ingest.attempt import attempt
from timeline.ingest.fetching import MAX_FEED_BYTES, TOTAL, Fetched, NotFetched, Refused
from timeline.ingest.manners import Busy, fetch_in_turn
from timeline.ingest.readers.feed import Entry, entries
from timeline.ingest.readers.html import read_page
from timeline.ingest.reports import Failure, RawReport, Unreadable, build, read_published
from timeline.ingest.store import store_report
from timeline.models import Article, Feed, FeedEntry

logger = logging.getLogger(__name__)

# Of one feed in one run: a busy agency writes fewer in an hour, and the rest comes with the next run.
NEW_A_RUN = 50
# Entries looked at in one feed, from its top, where feeds put what is new. Full archives of ten thousand are cut here.
LOOKED_AT = 1_000
# A page that fails is tried this often, a run apart: a server's bad hour passes, a broken page stays.
TRIES = 3
# Characters: one sentence of news has more, what is left of a menu or a notice has fewer.
SHORTEST = 60
# Seconds that one run spends on one feed before it leaves the rest to the next.
RUN_SECONDS = 600.0
# Where another worker is reading the same host, the feed is left for a moment.
BUSY = dt.timedelta(minutes=1)
# A feed that fails is left alone for its own interval, then twice that, and so on up to a day: a site that is repaired
# is read again the next day at the latest.
LONGEST_WAIT = dt.timedelta(days=1)


@dataclass(slots=True)
class Reading:
    """What came of reading one feed once, in reports; ``error`` where the feed itself could not be read."""

    feed: Feed
    new: int = 0
    duplicate: int = 0
    left: int = 0
    failures: list[Failure] = field(default_factory=list)
    unchanged: bool = False
    error: str = ""

    @property
    def failed(self) -> bool:
        return bool(self.error or self.failures)

    def __str__(self) -> str:
        if self.error:
            return f"{self.feed}: {self.error}"
        if self.unchanged:
            return f"{self.feed}: nothing new."
        left = f", {self.left} left for the next time" if self.left else ""
        return f"{self.feed}: {self.new} new, {self.duplicate} duplicate, {len(self.failures)} failed{left}."


def due(now: dt.datetime | None = None) -> QuerySet[Feed]:
    """The feeds whose time has come, the longest overdue first."""
    return Feed.objects.filter(active=True, next_at__lte=now or timezone.now()).order_by("next_at")


def read(feed: Feed, *, seconds: float = RUN_SECONDS, on_entry: Callable[[], object] = lambda: None) -> Reading:
    """Fetch the feed and take in what is new. Nothing is raised for what a feed or a page holds or fails to give."""
    reading = Reading(feed)
    deadline = time.monotonic() + seconds
    # Meanwhile it is due for nobody else; where this process dies, it is again when the run would have ended.
    _keep(feed, next_at=timezone.now() + dt.timedelta(seconds=seconds))
    try:
        fetched = fetch_in_turn(
            feed.address, most=MAX_FEED_BYTES, etag=feed.etag, modified=feed.modified, seconds=min(seconds, TOTAL)
        )
        found = [] if fetched.unchanged else _entries(fetched, feed.address)
    except Busy as error:
        _keep(feed, next_at=timezone.now() + BUSY)
        reading.error = str(error)
        return reading
    except NotFetched as error:
        _failed(feed, error)
        reading.error = str(error)
        return reading
    reading.unchanged = fetched.unchanged
    reading.failures = [item for item in found if isinstance(item, Failure)]
    waiting = _waiting([item for item in found if isinstance(item, Entry)])
    for number, (entry, key) in enumerate(waiting):
        if number == NEW_A_RUN or time.monotonic() > deadline:
            reading.left = len(waiting) - number
            break
        try:
            _take_in(entry, key, feed, reading)
        except Busy:
            reading.left = len(waiting) - number
            break
        on_entry()
    _read(feed, fetched, reading)
    return reading


def _entries(fetched: Fetched, name: str) -> list[Entry | Failure]:
    """The first entries of a feed. Raises NotFetched for what is none."""
    found = list(islice(entries(fetched.data, name, fetched.charset), LOOKED_AT))
    if len(found) == 1 and isinstance(found[0], Failure):
        raise NotFetched(found[0].reason, "Give the address of the feed itself (RSS or Atom), not of a page.", 200)
    return found


def preview(address: str) -> list[Entry]:
    """The entries that a feed has now, for somebody who thinks of adding it; nothing is stored. Raises NotFetched."""
    found = _entries(fetch_in_turn(address, most=MAX_FEED_BYTES), address)
    return [item for item in found if isinstance(item, Entry)]


def _waiting(found: list[Entry]) -> list[tuple[Entry, str]]:
    """The entries that are neither stored nor given up, each once, with their keys."""
    keyed = {_key(entry): entry for entry in reversed(found)}
    settled = set()
    for known in FeedEntry.objects.filter(key__in=list(keyed)).only("key", "tries", "article_id"):
        # One without a report or a failure was left when its host was busy, or when a run was ended.
        if known.article_id is not None or known.tries >= TRIES:
            settled.add(known.key)
    return [(entry, key) for key, entry in reversed(keyed.items()) if key not in settled]


def _key(entry: Entry) -> str:
    return hashlib.sha256((entry.link or f"{entry.title}\n{entry.text}").encode("utf-8", "replace")).hexdigest()


def _take_in(entry: Entry, key: str, feed: Feed, reading: Reading) -> None:
    record, _ = FeedEntry.objects.get_or_create(
        key=key, defaults={"feed": feed, "link": entry.link[:1000], "title": _storable(entry.title)[:300]}
    )
    try:
        article, is_new = _stored(entry, feed)
    except Busy:
        raise
    except NotFetched as error:
        failure = Failure(entry.link or entry.origin, error.reason, error.mend)
        # What is refused, and what is gone for good, is so tomorrow too.
        record.tries = TRIES if isinstance(error, Refused) or error.status == 410 else record.tries + 1
        record.error = f"{failure.reason}. {failure.mend}"
        reading.failures.append(failure)
    else:
        record.tries, record.error, record.article = record.tries + 1, "", article
        reading.new += is_new
        reading.duplicate += not is_new
    record.save()


def _stored(entry: Entry, feed: Feed) -> tuple[Article, bool]:
    """The report behind an entry, and whether it is new here. Raises NotFetched, also for what cannot be read or stored."""
    report = _report(entry, feed)
    if isinstance(report, Failure):
        raise NotFetched(report.reason, report.mend)
    extraction = attempt(report.text, report.published)
    if isinstance(extraction, Exception):
        logger.error("extraction of %s failed", report.origin, exc_info=extraction)
        raise NotFetched(f"the engine failed on it ({type(extraction).__name__})", "Please report it with the text.")
    try:
        return store_report(report, extraction, feed=feed)
    except DatabaseError as error:
        raise NotFetched(f"the database refused it: {error}", "Nothing of this report was stored.") from error


def _report(entry: Entry, feed: Feed) -> RawReport | Failure:
    """The words from the entry's page, the title, the day and the outlet from the feed; all from the feed without a page.

    A day that cannot be read, or lies ahead, leaves the report to the page's own, or undated: nobody here can mend it.
    """
    # East of here it may be tomorrow already, and a day is the calendar day as written.
    today = timezone.localdate() + dt.timedelta(days=1)
    values = {"text": entry.text, "title": entry.title, "language": entry.language, "published": entry.published}
    if entry.link:
        fetched = fetch_in_turn(entry.link)
        page = read_page(fetched.data, entry.link, fetched.charset)
        if isinstance(page, Failure):
            return page
        if len(page.values["text"]) < SHORTEST:
            return Failure(entry.link, "no article text was found in the page", "Open it in a browser to see why.")
        values = {
            "text": page.values["text"],
            "title": entry.title or page.values["title"],
            "language": page.values["language"] or entry.language,
            "published": entry.published if _is_day(entry.published, today) else page.values["published"],
            "url": fetched.address,
        }
    if not _is_day(values["published"], today):
        values["published"] = ""
    values["outlet"] = feed.outlet.name if feed.outlet else entry.outlet
    return build({name: _storable(value) for name, value in values.items()}, entry.link or entry.origin, today)


def _is_day(value: str, today: dt.date) -> bool:
    try:
        return read_published(value, today) is not None
    except Unreadable:
        return False


def _storable(text: str) -> str:
    """Without what no database keeps: NUL, and halves of characters."""
    return text.replace("\x00", "").encode("utf-8", "ignore").decode("utf-8")


def _read(feed: Feed, fetched: Fetched, reading: Reading) -> None:
    now = timezone.now()
    problems = reading.failures
    words = f"{len(problems)} of its entries could not be taken in. The first: {problems[0]}" if problems else ""
    # What is still to be fetched comes with the next run, which a "nothing has changed" must not stop.
    again = bool(reading.left or any(_waits(failure) for failure in problems))
    _keep(
        feed,
        etag="" if again else fetched.etag or (feed.etag if fetched.unchanged else ""),
        modified="" if again else fetched.modified or (feed.modified if fetched.unchanged else ""),
        next_at=now if reading.left else now + dt.timedelta(minutes=feed.every),
        read_at=now,
        failures=0,
        error=feed.error if reading.unchanged and not feed.failures else words,
        moved_to=fetched.moved_to[:1000],
    )


def _waits(failure: Failure) -> bool:
    return FeedEntry.objects.filter(link=failure.origin[:1000], tries__lt=TRIES).exclude(error="").exists()


def _failed(feed: Feed, error: NotFetched) -> None:
    """Note what went wrong, and leave the feed alone for longer each time. One that is gone for good is switched off."""
    failures = feed.failures + 1
    wait = dt.timedelta(minutes=feed.every) * 2 ** min(failures - 1, 12)
    asked = dt.timedelta(seconds=error.retry_after)
    now = timezone.now()
    _keep(
        feed,
        failures=failures,
        error=str(error),
        read_at=now,
        next_at=now + max(min(max(wait, asked), LONGEST_WAIT), dt.timedelta(minutes=feed.every)),
    )
    if error.status == 410 and feed.active:
        gone: Any = feed
        gone.active = False
        gone._change_reason = str(error)
        gone.save(update_fields=["active"])


def _keep(feed: Feed, **values: object) -> None:
    """How reading went is no decision about the feed: it makes no version of it."""
    for name, value in values.items():
        setattr(feed, name, value)
    Feed.objects.filter(pk=feed.pk).update(**values)
