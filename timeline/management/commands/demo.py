"""manage.py demo: the demonstration reports in, the recorded decisions replayed, an editor to log in with."""

from __future__ import annotations

import secrets
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from timeline.curation.replay import BadRecord, read_records, replay
from timeline.ingest.readers import Failure, read
from timeline.ingest.run import ingest
from timeline.models import Article, Event
from timeline.models.article import hash_text

DEMO = Path(__file__).resolve().parents[2] / "fixtures" / "demo"
EDITOR = "editor"


class Command(BaseCommand):
    help = (
        "Load the demonstration reports, replay the recorded decisions, and create an editor. "
        "Doing it again changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--no-editor", action="store_true", help="Create no login.")

    def handle(self, *args: Any, **options: Any) -> None:
        self._load()
        if not options["no_editor"]:
            self._editor()

    def _load(self) -> None:
        files = sorted((DEMO / "reports").glob("*.txt"))
        names: dict[str, str] = {}
        for file in files:
            for item in read(file, today=timezone.localdate()):
                if isinstance(item, Failure):
                    raise CommandError(f"A demonstration report cannot be read. {item}")
                names[file.stem] = hash_text(item.text)
        known = set(Article.objects.filter(text_hash__in=names.values()).values_list("text_hash", flat=True))
        missing = [file for file in files if names[file.stem] not in known]
        if not missing and Event.objects.exists():
            self.stdout.write(f"{len(files)} demonstration reports are here already; nothing was changed.")
            return
        with tqdm(total=len(missing), unit=" reports", disable=None) as bar:
            outcome = ingest(missing, today=timezone.localdate(), demo=True, on_report=lambda: bar.update(1))
        for failure in outcome.failures:
            self.stderr.write(str(failure))
        stored = {article.text_hash: article for article in Article.objects.filter(text_hash__in=names.values())}
        try:
            done = replay(
                list(read_records(sorted(DEMO.glob("decisions-*.jsonl")))),
                {n: stored[h] for n, h in names.items() if h in stored},
            )
        except BadRecord as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{outcome} {done}")

    def _editor(self) -> None:
        if User.objects.filter(is_superuser=True).exists():
            self.stdout.write(
                f"The login made earlier still holds. Forgotten? make manage ARGS='changepassword {EDITOR}'"
            )
            return
        password = secrets.token_urlsafe(12)
        User.objects.create_superuser(EDITOR, password=password)
        self.stdout.write(f"Editor's login: {EDITOR}   password: {password}")
