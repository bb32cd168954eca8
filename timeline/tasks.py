"""What runs by itself, a task a feed, an address, a report: on Celery's workers where there is a broker, else here and now.

A task that runs twice leaves what one run leaves. What it does is ingest's; when, is the schedule in settings.py.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from timeline.celery import app
from timeline.extraction import extract
from timeline.ingest import feeds, watching
from timeline.ingest.store import Changes, apply_extraction
from timeline.models import AddressWatch, Article, Feed

# What was handed to the workers is due again after this, should it have been lost: longer than one run takes.
HANDED_ON = dt.timedelta(minutes=15)
# Tasks handed on at once; the schedule comes back for the rest.
AT_ONCE = 500


class NoBroker(Exception):
    """The broker that should take the task does not answer; says the mend."""


def start(task: Any, *arguments: Any) -> Any:
    """Hand the task to the workers, where there is a broker, and return None; else do it here and return what came of it.

    Raises NoBroker, within seconds, where the one that is set does not answer.
    """
    if not settings.CELERY_BROKER_URL:
        return task.run(*arguments)
    try:
        task.apply_async(arguments, retry=False)
    except OperationalError as error:
        raise NoBroker(
            "Nothing was done: the broker of the tasks does not answer. Start it, or take CELERY_BROKER_URL away."
        ) from error
    return None


def _task(work: Callable[..., Any]) -> Any:
    return app.task(work, ignore_result=True)


@_task
def fetch_feed(pk: int, seconds: float = feeds.RUN_SECONDS) -> feeds.Reading | None:
    """Read one feed; one that is switched off or gone meanwhile is passed over."""
    feed = Feed.objects.filter(pk=pk, active=True).first()
    return feeds.read(feed, seconds=seconds) if feed else None


@_task
def look_at(pk: int) -> watching.Look | None:
    """Look again at one address."""
    watch = AddressWatch.objects.select_related("article").filter(pk=pk).first()
    return watching.look(watch) if watch else None


@_task
def extract_article(pk: int) -> Changes | None:
    """Run the engine on one report anew, keeping what people decided."""
    with transaction.atomic():
        article = Article.objects.select_for_update().filter(pk=pk).first()
        return apply_extraction(article, extract(article.text, article.told_on)) if article else None


def extract_all_articles() -> int:
    """Start a task for every stored report; returns how many."""
    pks = list(Article.objects.order_by("pk").values_list("pk", flat=True))
    for pk in pks:
        start(extract_article, pk)
    return len(pks)


@_task
def read_due_feeds() -> None:
    """Start a task for every feed whose time has come."""
    for pk in list(feeds.due().values_list("pk", flat=True)[:AT_ONCE]):
        if _handed_on(Feed, pk):
            start(fetch_feed, pk)


@_task
def look_at_due_addresses() -> None:
    """Watch what has newly been published, and start a task for every address whose time has come."""
    watching.lay_watches()
    for pk in list(watching.due().values_list("pk", flat=True)[:AT_ONCE]):
        if _handed_on(AddressWatch, pk):
            start(look_at, pk)


def _handed_on(model: type[Feed] | type[AddressWatch], pk: int) -> bool:
    """Put off when it is due next, unless another scheduler has just done so."""
    now = timezone.now()
    return bool(model._default_manager.filter(pk=pk, next_at__lte=now).update(next_at=now + HANDED_ON))
