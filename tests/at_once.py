"""Several people at the desk in the same instant, each with a connection of their own."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from django.db import connection


def at_once(folder: Path, *acts: Callable[[], object]) -> list[str]:
    """Do the acts at the same time; what each came to: 'done', or what it was refused with. Asks for a transactional test.

    The tests' SQLite database is in memory, where two cannot write: there they work on a copy of it in ``folder``, which
    is what the rest of the test then sees.
    """
    file = folder / "desk.sqlite3"
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(file)) as copy:
            connection.connection.backup(copy)
    start, told = threading.Barrier(len(acts)), [""] * len(acts)

    def do(number: int) -> None:
        if connection.vendor == "sqlite":
            connection.settings_dict = {**connection.settings_dict, "NAME": str(file)}
        try:
            start.wait(10)
            acts[number]()
            told[number] = "done"
        except ValueError as error:
            told[number] = str(error)
        finally:
            connection.close()

    people = [threading.Thread(target=do, args=[number]) for number in range(len(acts))]
    for one in people:
        one.start()
    for one in people:
        one.join(60)
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(file)) as copy:
            copy.backup(connection.connection)
    return told
