"""The benchmark runs and says what it measured. How fast anything is, no test asks."""

from __future__ import annotations

import json
import os
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


def review(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "benchmarks/review.py", *arguments], cwd=PROJECT, capture_output=True, text=True, check=False
    )


def test_the_desk_is_measured_from_the_keys_on_its_page_to_what_the_queue_asks():
    done = review("--mentions", "500", "--rounds", "2")
    assert done.returncode == 0, done.stderr
    assert "sqlite: 500 entries of 100 reports" in done.stdout
    for measured in (
        "page: correct the date",
        "page: every key",
        "curation: accept",
        "count: To review",
        "first: Of a kind, newest report first",
    ):
        assert measured in done.stdout


def test_a_database_with_other_reports_is_left_alone(tmp_path):
    address = f"sqlite:///{tmp_path / 'desk.sqlite3'}"
    made = (
        "import django; django.setup();"
        "from django.core.management import call_command; call_command('migrate', verbosity=0);"
        "from timeline.models import Article; Article.objects.create(title='Somebody’s', text='Theirs.')"
    )
    environ = {**os.environ, "DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "timeline.settings"}
    subprocess.run([sys.executable, "-c", made], cwd=PROJECT, env=environ, check=True)
    done = review("--database", address, "--mentions", "500")
    assert done.returncode == 1
    assert "nothing was changed" in done.stderr


@pytest.mark.parametrize("arguments", [("--rounds", "0"), ("--mentions", "3")])
def test_too_little_to_measure_is_told(arguments):
    assert review(*arguments).returncode == 2


def test_a_collection_of_copies_that_is_not_there_is_told():
    done = subprocess.run(
        [sys.executable, "benchmarks/copies.py", "--jsonl", "none.jsonl"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "none.jsonl: there is no such file." in done.stderr
