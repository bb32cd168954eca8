"""manage.py export_table TABLE FILE: a whole table as CSV or XLSX, as the file's name ends."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from timeline.tables import TABLES
from timeline.tables.files import FORMATS, BadTable, write_table


class Command(BaseCommand):
    help = "Export a whole table as CSV or XLSX, as the file's name ends."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("table", choices=sorted(TABLES))
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        form = file.suffix.removeprefix(".").lower()
        if form not in FORMATS:
            raise CommandError(f"{file} ends neither in .csv nor in .xlsx.", returncode=2)
        table = TABLES[options["table"]]()
        rows = table.rows().count()
        lines = tqdm(table.lines(), total=rows, unit=" rows", disable=None)
        try:
            data = write_table(form, [column.column_name for column in table.columns()], lines)
            file.write_bytes(data)
        except BadTable as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{file} cannot be written: {error.strerror}.", returncode=2) from error
        self.stdout.write(f"{file}: {rows:,} rows.")
