"""manage.py ingest: reports in, from files, folders, feeds or standard input."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from timeline.ingest.readers import expected
from timeline.ingest.run import ingest

SHOWN = 20  # failures printed in full; the rest is counted, and all are in the file of failures


class Command(BaseCommand):
    help = "Take in reports: plain text, HTML, RSS or Atom files, JSONL, a folder of these, or - for standard input."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", metavar="PATH", help="A file, a folder, or - for standard input.")
        parser.add_argument(
            "--failures", metavar="FILE", help="Write what could not be taken in, one a line, to this file."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        paths: list[Path | str] = ["-" if path == "-" else Path(path) for path in options["paths"]]
        counts = [None if path == "-" else expected(Path(path)) for path in paths]
        total = None if None in counts else sum(count or 0 for count in counts)
        with tqdm(total=total, unit=" reports", disable=None, file=sys.stderr) as bar:
            outcome = ingest(paths, today=timezone.localdate(), expected=total, on_report=lambda: bar.update(1))
        for failure in outcome.failures[:SHOWN]:
            self.stderr.write(str(failure))
        if len(outcome.failures) > SHOWN:
            self.stderr.write(f"… and {len(outcome.failures) - SHOWN} more; --failures FILE writes them all.")
        if options["failures"]:
            self._write_failures(Path(options["failures"]), [str(failure) for failure in outcome.failures])
        self.stdout.write(str(outcome))
        if outcome.failures:
            raise CommandError(f"{len(outcome.failures)} not taken in; the rest is stored.", returncode=1)

    def _write_failures(self, path: Path, lines: list[str]) -> None:
        try:
            path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        except OSError as error:
            raise CommandError(f"The reports are stored, but {path} could not be written: {error.strerror}.") from error
