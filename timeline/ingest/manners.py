"""Good manners towards the sites that are read: one visit at a time to a host, a pause between two.

The turns are kept in the database, so that they hold among all workers on all machines.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from django.db import IntegrityError, transaction
from django.utils import timezone

from timeline.ingest.fetching import MAX_PAGE_BYTES, TOTAL, Fetched, NotFetched, fetch
from timeline.models import HostTurn

# Seconds between two visits to a host: slower than a person who clicks from page to page.
PAUSE = 2.0
# Seconds between two looks at whether the turn has come, while another worker has it.
ASKED_EVERY = 0.5


class Busy(NotFetched):
    """The host is being visited by another worker for longer than was waited: no fault of anybody's."""


def fetch_in_turn(
    address: str,
    *,
    most: int = MAX_PAGE_BYTES,
    etag: str = "",
    modified: str = "",
    seconds: float = TOTAL,
) -> Fetched:
    """As fetching.fetch, when it is this host's turn; waiting counts towards ``seconds``. Raises NotFetched, Busy among it."""
    deadline = time.monotonic() + seconds
    with _turn(urlsplit(address).netloc.rpartition("@")[2].lower()[:255], deadline):
        return fetch(address, most=most, etag=etag, modified=modified, seconds=max(deadline - time.monotonic(), 0.1))


@contextmanager
def _turn(host: str, deadline: float) -> Iterator[None]:
    while (wait := _taken(host, deadline)) > 0:
        if time.monotonic() + wait > deadline:
            raise Busy(f"other pages of “{host}” are being read", "It is tried again later.")
        time.sleep(min(wait, ASKED_EVERY))
    try:
        yield
    finally:
        HostTurn.objects.filter(host=host).update(next_at=timezone.now() + dt.timedelta(seconds=PAUSE))


def _taken(host: str, deadline: float) -> float:
    """Take the host's turn: 0 where it is taken, else the seconds until it may be free.

    Whoever dies with a turn in hand holds it no longer than the visit could have lasted.
    """
    now = timezone.now()
    until = now + dt.timedelta(seconds=max(deadline - time.monotonic(), 0) + PAUSE)
    if HostTurn.objects.filter(host=host, next_at__lte=now).update(next_at=until):
        return 0
    row = HostTurn.objects.filter(host=host).first()
    if row is not None:
        # A clock that was put back must not shut a host out.
        return min(max((row.next_at - now).total_seconds(), 0.01), TOTAL)
    try:
        with transaction.atomic():
            HostTurn.objects.create(host=host, next_at=until)
    except IntegrityError:
        return 0.01  # another worker has just taken it for the first time
    return 0
