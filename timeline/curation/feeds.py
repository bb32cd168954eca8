"""Keeping feeds: adding, changing, switching off and on, reading one now; and looking at a report's address now.

How a feed is read is ingest's; how reading went is no decision, and stands on the feed without a version of its own.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import User
from django.utils import timezone

from timeline import tasks
from timeline.curation.acts import acting
from timeline.curation.rights import Right, require
from timeline.curation.signing import save_signed
from timeline.ingest.feeds import Reading, preview
from timeline.ingest.readers.feed import Entry
from timeline.ingest.watching import Look, watch_of
from timeline.models import Act, Article, Feed

FIELDS = ["address", "outlet", "every", "active"]

# Seconds that an editor's page waits for a feed where no worker does the work; the rest comes with the next run.
WAITED = 20.0


class NoAddress(ValueError):
    """A report that came in without an address cannot be looked at again; says so."""


def save_feed(feed: Feed, user: User | None, reason: str = "") -> Act:
    """Add a feed, or keep what was changed of it: address, outlet, how often, active. Returns the act."""
    before = Feed.objects.filter(pk=feed.pk).first() if feed.pk else None
    if before is None:
        did = "added the feed"
    elif before.active != feed.active:
        did = "switched on the feed" if feed.active else "switched off the feed"
    else:
        did = "changed the feed"
    with acting(user, Right.KEEP_FEEDS, f"{did} {feed.address}", reason) as act:
        if before is None:
            save_signed(feed, user, reason)
        elif any(getattr(before, name) != getattr(feed, name) for name in FIELDS):
            save_signed(feed, user, reason, FIELDS)
        if before and (before.address != feed.address or (feed.active and not before.active)):
            _begin_anew(feed)
    return act


def _begin_anew(feed: Feed) -> None:
    """What was found at the old address, or before the feed was switched off, says nothing any more."""
    fresh = {"etag": "", "modified": "", "failures": 0, "error": "", "moved_to": "", "next_at": timezone.now()}
    Feed.objects.filter(pk=feed.pk).update(**fresh)
    for name, value in fresh.items():
        setattr(feed, name, value)


def switch(feeds: Iterable[Feed], active: bool, user: User | None, reason: str = "") -> Act:
    """Switch feeds on or off, all as one act."""
    with acting(user, Right.KEEP_FEEDS, "switched feeds on" if active else "switched feeds off", reason) as act:
        for feed in feeds:
            feed.active = active
            save_feed(feed, user, reason)
    return act


def read_now(feed: Feed, user: User | None) -> Reading | None:
    """Read the feed now, due or not. None where a worker will do it, or where it is switched off."""
    require(user, Right.KEEP_FEEDS)
    reading: Reading | None = tasks.start(tasks.fetch_feed, feed.pk, WAITED)
    return reading


def try_out(address: str, user: User | None) -> list[Entry]:
    """What the feed at this address has now; nothing is stored. Raises fetching.NotFetched."""
    require(user, Right.KEEP_FEEDS)
    return preview(address)


def look_now(article: Article, user: User | None) -> Look | None:
    """Look at the report's address now. None where a worker will do it. Raises NoAddress."""
    require(user, Right.REVIEW)
    watch = watch_of(article)
    if watch is None:
        raise NoAddress(f"“{article}” came in without an address: there is nothing to look at.")
    look: Look | None = tasks.start(tasks.look_at, watch.pk)
    return look
