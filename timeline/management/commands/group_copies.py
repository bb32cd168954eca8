"""``manage.py group_copies``: group the stored reports that are copies or rewrites of one another.

Reports are grouped as they come in; this is for those stored before, and after a change of how wording is compared.
"""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand

from timeline.curation.origins import refresh_events
from timeline.ingest.copies import group_again
from timeline.models import Article


class Command(BaseCommand):
    help = "Group stored reports that are copies of one another, so that they count once as corroboration."

    def handle(self, *args: Any, **options: Any) -> None:
        keys = group_again(progress=sys.stderr.isatty())
        grouped = Article.objects.filter(pk__in=keys).defer("text", "extraction")
        groups = grouped.values("origin").distinct().count()
        # Events that were last counted before reports had origins, too.
        uncounted = Article.objects.filter(mentions__event__report_count__gt=0, mentions__event__origin_count=0)
        together = Article.objects.filter(origin__in=grouped.values("origin")) | uncounted
        refresh_events(together, None, "copies were grouped")
        self.stdout.write(
            f"{Article.objects.count()} reports compared: {len(keys)} found to be copies of others, in {groups} groups."
        )
