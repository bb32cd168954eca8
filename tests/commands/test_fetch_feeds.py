"""manage.py fetch_feeds: a line a feed, the good rest stored, exit codes 0, 1 and 2."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from tests.serving import item, report_page, rss
from timeline.models import Article, Feed

pytestmark = pytest.mark.django_db


def run(capsys, *args) -> tuple[str, str, int]:
    """What the command prints, what it says of failures, and its exit code."""
    code = 0
    try:
        call_command("fetch_feeds", *map(str, args))
    except CommandError as error:
        code = error.returncode
    printed = capsys.readouterr()
    return printed.out.strip(), printed.err, code


@pytest.fixture
def feed(site) -> Feed:
    page = report_page("Shelling killed four people in Homs on Wednesday, residents of the old town said.")
    site.page("/feed", rss(item(site.page("/1", page))))
    return Feed.objects.create(address=f"{site.root}/feed")


def test_what_is_due_is_read_with_a_line_a_feed(feed, capsys):
    out, err, code = run(capsys)
    assert (out, err, code) == (f"{feed}: 1 new, 0 duplicate, 0 failed.", "", 0)
    assert Article.objects.count() == 1


def test_nothing_due_says_so(feed, capsys):
    Feed.objects.update(next_at=timezone.now() + dt.timedelta(hours=1))
    assert run(capsys) == ("No feed is due. --all reads them nevertheless.", "", 0)
    assert run(capsys, "--all")[0].startswith(f"{feed}: 1 new")


def test_one_feed_that_fails_does_not_stop_the_others(feed, site, capsys):
    Feed.objects.create(address=f"{site.root}/away", next_at=timezone.now() - dt.timedelta(days=1))
    out, err, code = run(capsys)
    assert out == f"{feed}: 1 new, 0 duplicate, 0 failed."
    assert f"{site.root}/away: there is nothing at this address (404). Check the address." in err
    assert code == 1


def test_a_page_that_fails_is_named(feed, site, capsys):
    site.fails("/1", 500)
    out, err, code = run(capsys, "--feed", feed.pk)
    assert out == f"{feed}: 0 new, 0 duplicate, 1 failed."
    assert f"{site.root}/1: the server failed (500)" in err
    assert code == 1


def test_a_feed_that_there_is_not_is_wrong_use(feed, capsys):
    with pytest.raises(CommandError, match=f"There is no feed 999. There are: {feed.pk}") as caught:
        call_command("fetch_feeds", "--feed", "999")
    assert caught.value.returncode == 2


def test_a_feed_that_is_switched_off_is_not_read(feed, capsys):
    Feed.objects.update(active=False)
    assert run(capsys, "--feed", feed.pk)[2] == 2
    assert run(capsys, "--all")[0] == "No feed is due. --all reads them nevertheless."


def test_a_command_used_wrongly_exits_with_2():
    manage = Path(__file__).resolve().parents[2] / "manage.py"
    done = subprocess.run(
        [sys.executable, manage, "fetch_feeds", "--all", "--feed", "1"], capture_output=True, text=True
    )
    assert done.returncode == 2
    assert "not allowed with" in done.stderr
