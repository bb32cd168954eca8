"""The tasks: here and now without a broker; with one, by a real worker, and twice is as good as once."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import timezone

from tests.making import article, claim, mention
from tests.serving import item, report_page, rss, serve
from timeline import tasks
from timeline.curation import events
from timeline.ingest.watching import lay_watches
from timeline.models import AddressWatch, Article, Feed, FeedEntry, TollClaim

ROOT = Path(__file__).resolve().parent.parent
REPORT = ("Activists said government forces shelled Houla on Friday.", "UN observers counted 92 bodies there.")


def feed_of(site) -> Feed:
    site.page("/feed", rss(item(site.page("/1", report_page(*REPORT)), "Shelling of Houla")))
    return Feed.objects.create(address=f"{site.root}/feed")


def watched(site) -> AddressWatch:
    """The watch on a published report whose page has changed since."""
    site.page("/houla", report_page(REPORT[0], REPORT[1].replace("92", "108")))
    report = article("\n".join(REPORT), url=f"{site.root}/houla")
    entry = mention(report, REPORT[1])
    claim(entry, "92 bodies", 92, 92, "United Nations")
    events.publish(events.create_event([entry], None), None)
    lay_watches()
    AddressWatch.objects.update(next_at=timezone.now())
    return AddressWatch.objects.get()


def state() -> list[object]:
    """What the tasks leave, but for when they ran."""
    return [
        list(Article.objects.order_by("pk").values("title", "text", "published", "url", "version_of")),
        list(TollClaim.objects.order_by("pk").values("quote", "low", "gone_since", "now_says")),
        list(FeedEntry.objects.order_by("pk").values("link", "article", "tries", "error")),
    ]


# ---- Without a broker ----


@pytest.mark.django_db
def test_without_a_broker_what_is_due_is_done_here(site):
    feed_of(site)
    watch = watched(site)
    tasks.read_due_feeds.run()
    tasks.look_at_due_addresses.run()
    watch.refresh_from_db()
    assert Article.objects.filter(title="Shelling of Houla").count() == 1
    assert watch.outcome == "changed"


@pytest.mark.django_db
def test_what_is_not_due_is_not_done(site):
    feed_of(site)
    tasks.read_due_feeds.run()
    site.asked.clear()
    tasks.read_due_feeds.run()
    assert site.asked == []


@pytest.mark.django_db
@pytest.mark.parametrize("make, task", [(feed_of, tasks.fetch_feed), (watched, tasks.look_at)])
def test_a_task_that_runs_twice_leaves_what_one_run_leaves(site, make, task):
    pk = make(site).pk
    task.run(pk)
    once = state()
    task.run(pk)
    assert state() == once


@pytest.mark.django_db
def test_so_does_reading_a_report_again(site):
    report = article("\n".join(REPORT))
    tasks.extract_article.run(report.pk)
    once = list(report.mentions.values_list("pk", flat=True))
    assert str(tasks.extract_article.run(report.pk)).startswith("1 reports read again: 1 entries unchanged")
    assert list(report.mentions.values_list("pk", flat=True)) == once


@pytest.mark.django_db
def test_what_is_gone_meanwhile_is_passed_over():
    assert [task.run(999_999) for task in (tasks.fetch_feed, tasks.look_at, tasks.extract_article)] == [
        None,
        None,
        None,
    ]


# ---- With a broker and a worker ----


@pytest.fixture
def silent_broker(settings, monkeypatch) -> None:
    """A broker is set, and nobody listens at its address."""
    with socket.create_server(("127.0.0.1", 0)) as closed:
        address = f"redis://127.0.0.1:{closed.getsockname()[1]}/0"
    settings.CELERY_BROKER_URL = address
    monkeypatch.setattr(tasks.app.conf, "broker_url", address)


@pytest.mark.django_db
def test_a_broker_that_does_not_answer_is_said_and_nothing_is_done(silent_broker, site):
    feed = feed_of(site)
    with pytest.raises(tasks.NoBroker, match="the broker of the tasks does not answer"):
        tasks.start(tasks.fetch_feed, feed.pk)
    assert site.asked == []


@pytest.fixture
def broker(tmp_path) -> Iterator[str]:
    """The address of a Redis of this test's own."""
    if shutil.which("redis-server") is None:
        pytest.skip("needs redis-server (Debian: apt-get install redis-server), which is not here")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(tmp_path)]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    said(server, "Ready to accept connections")
    yield f"redis://127.0.0.1:{port}/0"
    server.terminate()
    server.communicate(timeout=30)


def said(process: subprocess.Popen[str], words: str, times: int = 1, seconds: float = 90) -> str:
    """What the process printed until it said the words so often; it is stopped, and this fails, when the time is up."""
    assert process.stdout is not None
    watch = threading.Timer(seconds, process.kill)
    watch.start()
    lines = []
    for line in process.stdout:
        lines.append(line)
        times -= words in line
        if not times:
            break
    watch.cancel()
    assert not times, f"it never said {words!r}: {''.join(lines)}"
    return "".join(lines)


SCRIPT = """
import django, sys
django.setup()
from timeline import tasks
from timeline.models import *
"""


def test_with_a_broker_a_worker_process_does_it_and_each_once(broker, tmp_path):
    """Everything in processes of its own, as it is deployed: one that starts the tasks, a worker, and a scheduler in it."""
    site, stop = serve()
    site.page("/feed", rss(item(site.page("/1", report_page(*REPORT)), "Shelling of Houla")))
    environment = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{tmp_path / 'timeline.sqlite3'}",
        "CELERY_BROKER_URL": broker,
        "FETCH_PRIVATE": "1",
        "DEBUG": "1",
        "DJANGO_SETTINGS_MODULE": "timeline.settings",
    }

    def run(script: str) -> str:
        command = [sys.executable, "-c", SCRIPT + script]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    migrate = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(migrate, cwd=ROOT, env=environment, check=True, timeout=120)
    run(
        f"feed = Feed.objects.create(address='{site.root}/feed')\n"
        "assert tasks.start(tasks.fetch_feed, feed.pk) is None\n"
        "assert tasks.start(tasks.fetch_feed, feed.pk) is None\n"
        "assert not Article.objects.exists(), 'nothing is done by the process that starts it'\n"
    )
    worker = [
        sys.executable,
        "-m",
        "celery",
        "-A",
        "timeline.celery",
        "worker",
        "--concurrency",
        "2",
        "--loglevel",
        "info",
    ]
    beat = ["--beat", "--schedule", str(tmp_path / "beat")]
    process = subprocess.Popen(
        [*worker, *beat], cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    try:
        # Whichever of them has the host's turn takes the report in; the others are told to come back, or find it here.
        log = said(process, "new=1")
        process.terminate()  # it ends what is under way first
        log += process.communicate(timeout=60)[0]
        assert run("print(Article.objects.count(), FeedEntry.objects.count(), Feed.objects.get().error)") == "1 1"
    finally:
        process.kill()
        process.communicate()
        stop()
    assert "Traceback" not in log
