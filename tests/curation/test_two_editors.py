"""Two editors are never given the same entry, also when both ask in the same instant: real threads, real connections."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.postgresql import served

PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, str]]:
    """The kind of a database and its address."""
    if request.param == "sqlite":
        yield "sqlite", f"sqlite:///{tmp_path / 'desk.sqlite3'}"
    else:
        with served() as address:
            yield "postgresql", address


def test_editors_who_ask_in_the_same_instant_get_an_entry_each(database):
    vendor, address = database
    done = subprocess.run(
        [sys.executable, "-m", "tests.curation.racing"],
        cwd=PROJECT,
        env={**os.environ, "DATABASE_URL": address, "SECRET_KEY": "for this test alone"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["vendor"] == vendor
    assert told["failures"] == []
    for number, given in enumerate(zip(*told["given"].values(), strict=True)):
        assert None not in given, f"round {number}: somebody got nothing though entries were left"
        assert len(set(given)) == len(given), f"round {number}: {given}"
