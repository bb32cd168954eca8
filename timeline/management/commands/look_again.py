"""manage.py look_again: whether what readers are shown still stands at the addresses it was taken from."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from timeline.ingest.watching import due, lay_watches, look, watch_of
from timeline.management.terminal import put, safe
from timeline.models import AddressWatch, Article


class Command(BaseCommand):
    help = (
        "Look again at the addresses of reports behind published events, those whose time has come. "
        "Say so once an hour, by cron for example."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--all", action="store_true", help="Look at every one that is watched, due or not.")
        which.add_argument("--report", type=int, metavar="ID", help="Look at this report's address alone.")

    def handle(self, *args: Any, **options: Any) -> None:
        watches = self._chosen(options)
        failed = changed = 0
        for watch in tqdm(watches, unit=" addresses", disable=None, file=sys.stderr):
            found = look(watch)
            failed += found.failed
            changed += bool(found.gone)
            if found.gone or found.back or watch.error:
                put(self.stderr if found.failed else self.stdout, safe(str(found)))
        self.stdout.write(f"{len(watches)} looked at: {changed} changed, {failed} could not be read.")
        if failed:
            raise CommandError(f"{failed} could not be read; nothing was concluded from them.", returncode=1)

    def _chosen(self, options: dict[str, Any]) -> list[AddressWatch]:
        if options["report"] is None:
            lay_watches()
            return list(AddressWatch.objects.select_related("article") if options["all"] else due())
        article = Article.objects.filter(pk=options["report"]).first()
        watch = watch_of(article) if article else None
        if watch is None:
            why = "has no address" if article else "is not here"
            raise CommandError(
                f"Report {options['report']} {why}. Its number is in the address of its page.", returncode=2
            )
        return [watch]
