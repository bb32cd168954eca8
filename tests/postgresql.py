"""A PostgreSQL server of a test's own, in a folder of its own, where its programs are installed. It listens on no port."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest

# A server refuses to run as root; packages bring this user with them.
USER = "postgres" if os.geteuid() == 0 else None


def programs() -> Path | None:
    """The folder with initdb and pg_ctl: Debian and Ubuntu keep them outside PATH, one folder a version."""
    found = shutil.which("initdb")
    newest = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    return Path(found).parent if found else newest[-1] if newest else None


@contextmanager
def served() -> Iterator[str]:
    """DATABASE_URL of an empty database, as long as the server runs. Skips the test where PostgreSQL is not installed."""
    binaries = programs()
    if binaries is None:
        pytest.skip("needs PostgreSQL's server programs (initdb, pg_ctl), which are not installed here")
    folder = Path(tempfile.mkdtemp(prefix="timeline-pg-"))
    if USER:
        shutil.chown(folder, USER)

    def run(program: str, *arguments: str) -> None:
        # Without a log the server would hold our output open after pg_ctl has ended.
        subprocess.run(
            [str(binaries / program), *arguments], user=USER, cwd=folder, check=True, stdout=subprocess.DEVNULL
        )

    try:
        run("initdb", "--pgdata", "data", "--auth", "trust", "--username", "desk", "--no-sync", "--encoding", "UTF8")
        options = f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c fsync=off"
        run("pg_ctl", "start", "--pgdata", "data", "--wait", "--log", "log", "--options", options)
        try:
            yield f"postgres://desk@{quote(str(folder), safe='')}/postgres"
        finally:
            run("pg_ctl", "stop", "--pgdata", "data", "--wait", "--mode", "immediate")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
