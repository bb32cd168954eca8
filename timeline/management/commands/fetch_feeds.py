"""manage.py fetch_feeds: what is new in the feeds goes in as reports."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from timeline.ingest.feeds import due, read
from timeline.management.terminal import put, safe
from timeline.models import Feed

SHOWN = 5  # failures of one feed printed; the admin's page of the feed lists them all


class Command(BaseCommand):
    help = "Read the feeds whose time has come and take in their new reports. Say so every few minutes, by cron for example."

    def add_arguments(self, parser: ArgumentParser) -> None:
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--all", action="store_true", help="Read every active feed, due or not.")
        which.add_argument("--feed", type=int, metavar="ID", help="Read this one alone, due or not.")

    def handle(self, *args: Any, **options: Any) -> None:
        feeds = self._chosen(options)
        failed = 0
        with tqdm(unit=" reports", disable=None, file=sys.stderr) as bar:
            for feed in feeds:
                reading = read(feed, on_entry=lambda: bar.update(1))
                failed += reading.failed
                put(self.stderr if reading.error else self.stdout, safe(str(reading)))
                for failure in reading.failures[:SHOWN]:
                    put(self.stderr, safe(f"  {failure}"))
                if len(reading.failures) > SHOWN:
                    put(
                        self.stderr,
                        f"  … and {len(reading.failures) - SHOWN} more; the feed's page in the admin lists them.",
                    )
        if not feeds:
            self.stdout.write("No feed is due. --all reads them nevertheless.")
        if failed:
            raise CommandError(f"{failed} of {len(feeds)} feeds with failures; the rest is stored.", returncode=1)

    def _chosen(self, options: dict[str, Any]) -> list[Feed]:
        if options["feed"] is None:
            return list(Feed.objects.filter(active=True) if options["all"] else due())
        feed = Feed.objects.filter(pk=options["feed"]).first()
        if feed is None:
            known = ", ".join(f"{feed.pk} ({feed})" for feed in Feed.objects.all()[:20]) or "none yet"
            raise CommandError(f"There is no feed {options['feed']}. There are: {known}.", returncode=2)
        if not feed.active:
            raise CommandError(f"The feed {feed} is switched off. Switch it on in the admin first.", returncode=2)
        return [feed]
