"""How reading a feed goes, in words: for the list of feeds, a feed's page and the desk's front."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone
from django.utils.timesince import timesince, timeuntil

from timeline.models import Feed


@dataclass(frozen=True, slots=True)
class FeedState:
    """``words``: how it goes; ``when``: when it was read and is read next; ``bad``: an editor should look at it."""

    words: str
    when: str
    bad: bool


def state(feed: Feed, now: dt.datetime | None = None) -> FeedState:
    now = now or timezone.now()
    when = f"Read {_ago(feed.read_at, now)}" if feed.read_at else "Never read"
    if not feed.active:
        why = f": {feed.error}" if feed.error else "."
        return FeedState(f"Switched off{why}", f"{when}.", bool(feed.error))
    following = f"{when}, next {_in(feed.next_at, now)}."
    if feed.failures:
        times = "once" if feed.failures == 1 else f"{feed.failures} times in a row"
        return FeedState(f"Failed {times}: {feed.error}", following, True)
    if feed.error:
        return FeedState(feed.error, following, True)
    return FeedState("In order." if feed.read_at else "Waits to be read.", following, False)


def _ago(moment: dt.datetime, now: dt.datetime) -> str:
    return "just now" if now - moment < dt.timedelta(minutes=1) else f"{timesince(moment, now, depth=1)} ago"


def _in(moment: dt.datetime, now: dt.datetime) -> str:
    return "as soon as feeds are read" if moment <= now else f"in {timeuntil(moment, now, depth=1)}"
