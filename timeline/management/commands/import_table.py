"""manage.py import_table TABLE FILE: rows in, tried out or kept; for files too large for the admin's page."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from timeline.tables import TABLES
from timeline.tables.files import BadTable, read_table


class Command(BaseCommand):
    help = "Import a CSV or XLSX file into a table, whole or not at all. What is wrong is named by row and column."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("table", choices=sorted(TABLES))
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="Try it out and store nothing.")
        parser.add_argument(
            "--as", dest="user", help="The person in whose name it is done; the admin can then undo it."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            dataset = read_table(options["file"].name, options["file"].read_bytes())
        except OSError as error:
            raise CommandError(f"{options['file']} cannot be opened: {error.strerror}.", returncode=2) from error
        except BadTable as error:
            raise CommandError(f"{error} Nothing was stored.") from error
        user = User.objects.filter(username=options["user"]).first() if options["user"] else None
        if options["user"] and user is None:
            raise CommandError(f"Nobody is called {options['user']} at the desk.", returncode=2)
        with tqdm(total=len(dataset), unit=" rows", disable=None) as bar:
            outcome = TABLES[options["table"]]().import_file(
                dataset, user, options["file"].name, keep=not options["dry_run"], on_row=lambda: bar.update(1)
            )
        for problem in outcome.problems:
            self.stderr.write(f"{options['file'].name} {problem}")
        if outcome.problems:
            more = f", {outcome.more_problems:,} more are not shown" if outcome.more_problems else ""
            raise CommandError(f"{len(outcome.problems)} to mend{more}. Nothing was stored.")
        self.stdout.write(f"{outcome} {'Tried out: nothing was stored.' if options['dry_run'] else 'Stored.'}")
