"""The benchmark runs and says what it measured. How fast anything is, no test asks."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.hostile import SHAPES, repeated

PROJECT = Path(__file__).resolve().parent.parent


def benchmark(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "benchmarks/extraction.py", *arguments],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_it_sets_the_engine_beside_the_search_of_dateparser(tmp_path):
    report = tmp_path / "report.txt"
    report.write_text("Shelling killed ten people in Homs on Tuesday, activists said.")
    done = benchmark("--text", str(report), "--rounds", "1")
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[0].startswith("1 text, 62 bytes on average")
    assert sum("reports a second" in line and "in 1 rounds" in line for line in lines) == 3
    assert sum("times as many" in line for line in lines) == 2


@pytest.mark.parametrize("arguments", [("--rounds", "0"), ("--published", "yesterday"), ("--shape", "round")])
def test_wrong_use_is_told(arguments):
    assert benchmark(*arguments).returncode == 2


def test_a_text_that_is_not_there_is_told():
    done = benchmark("--text", "none.txt")
    assert done.returncode == 1
    assert "none.txt" in done.stderr


def test_one_hostile_shape_gives_seconds_memory_and_what_was_found():
    done = benchmark("--shape", "spaces")
    told = json.loads(done.stdout)
    assert told.keys() == {"seconds", "megabytes", "dates", "tolls", "mentions"}


@pytest.mark.parametrize("name", SHAPES)
def test_a_shape_is_one_line_of_the_size_asked_for(name):
    text = repeated(SHAPES[name], 10_000)
    assert 9_000 < len(text.encode()) <= 10_000
    assert "\n" not in text


def test_copies_are_found_and_unrelated_reports_are_not_joined():
    """The product's own measure of it: nine of ten light edits found, fewer than one pair in a thousand joined."""
    done = subprocess.run(
        [sys.executable, "benchmarks/copies.py"], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    shares = [float(share) for share in re.findall(r"found \(([\d.]+)\)", done.stdout)]
    assert len(shares) == 8
    assert min(shares) >= 0.9
    assert float(re.search(r"\(([\d.]+) in 1,000\)", done.stdout)[1]) < 1
