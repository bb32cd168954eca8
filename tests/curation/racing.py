"""Editors who ask for their next entry in the same instant, each in a thread with a connection of its own.

Run by test_two_editors.py as a program, on the database that DATABASE_URL names; prints what each was given.
"""

from __future__ import annotations

import json
import os
import threading

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "timeline.settings")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from tests.making import article, mention, person  # noqa: E402
from timeline.curation import queue, review  # noqa: E402
from timeline.query.review_queue import QueueQuery  # noqa: E402

EDITORS = 6
ROUNDS = 10


def main() -> None:
    call_command("migrate", verbosity=0)
    report = article("Entries: " + " ".join(f"entry-{n:03}" for n in range(EDITORS * ROUNDS)))
    for number in range(EDITORS * ROUNDS):
        # All equally sure: every editor is after the same one.
        mention(report, f"entry-{number:03}", title=f"entry {number}", confidence=0.5)
    people = [person(f"editor-{n}", "Editor") for n in range(EDITORS)]
    together = threading.Barrier(EDITORS)
    given: dict[str, list[int | None]] = {user.username: [] for user in people}
    failures: list[str] = []

    def work(user: object) -> None:
        name = str(user)
        try:
            for number in range(ROUNDS):
                together.wait(timeout=60)
                entry = queue.take_next(user, QueueQuery())  # type: ignore[arg-type]
                given[name].append(entry.pk if entry else None)
                if entry is None:
                    continue
                together.wait(timeout=60)
                # A decision frees the entry as it takes it out of the queue; what is put behind is free for the others.
                if number % 3 == 2:
                    queue.skip(user, entry)  # type: ignore[arg-type]
                else:
                    review.accept(entry, user)  # type: ignore[arg-type]
        except Exception as error:
            failures.append(f"{name}: {error!r}")
            together.abort()
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(user,)) for user in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(json.dumps({"vendor": connection.vendor, "given": given, "failures": failures}))


if __name__ == "__main__":
    main()
