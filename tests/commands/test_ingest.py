"""manage.py ingest: the good goes in, the bad is named, nothing is half-stored."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from timeline.ingest import run as ingest_run
from timeline.models import Article, Mention, TollClaim

pytestmark = pytest.mark.django_db

BODY = "Activists said at least 78 people were killed in Qubeir on Wednesday."


def run(capsys, *args) -> tuple[str, str, int]:
    """What the command prints, what it says of failures, and its exit code."""
    code = 0
    try:
        call_command("ingest", *map(str, args))
    except CommandError as error:
        code = error.returncode
    printed = capsys.readouterr()
    return printed.out.strip(), printed.err, code


def test_the_summary_counts_read_new_duplicate_and_failed(tmp_path, capsys):
    (tmp_path / "a.txt").write_text(f"Published: 2012-06-07\n\n{BODY}")
    (tmp_path / "b.txt").write_text(f"{BODY}\n\n")
    (tmp_path / "c.txt").write_text("Another report, undated: shelling of Homs on Monday killed four people.")
    (tmp_path / "d.pdf").write_bytes(b"%PDF-1.4")
    (tmp_path / "e.txt").write_text("Wed 6 Jun 2012 Undated but for its header: shelling killed four people in Hama.")
    out, err, code = run(capsys, tmp_path)
    assert out == "5 read: 3 new (2 of them undated, 1 with a day proposed), 1 duplicate, 1 failed."
    assert "d.pdf" in err
    assert code == 1
    assert Article.objects.count() == 3


def test_a_second_run_stores_nothing_new(tmp_path, capsys):
    (tmp_path / "a.txt").write_text(BODY)
    run(capsys, tmp_path)
    out, _, code = run(capsys, tmp_path)
    assert out == "1 read: 0 new, 1 duplicate, 0 failed."
    assert code == 0


def test_of_every_bad_input_at_once_the_good_rest_is_stored(tmp_path, capsys):
    """A binary file, an empty one, 50 MB, broken HTML, a feed that is no XML, a bad line 17, two encodings, a future date."""
    arabic = "قال ناشطون إن ثمانية وسبعين شخصا على الأقل قتلوا في القبير يوم الأربعاء، وفق المرصد السوري لحقوق الإنسان."
    french = (
        "Des militants ont affirmé que 78 personnes ont été tuées à Qoubeir, près de Hama, où l'armée était déployée."
    )
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 10)
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "huge.txt").write_bytes(b"word " * 10_000_000)
    (tmp_path / "broken.html").write_text(f"<html><body><article><p>{BODY}<p>{BODY} Again.<div><b")
    (tmp_path / "feed.xml").write_text("This is not XML.")
    lines = [json.dumps({"text": f"{BODY} Report {number}."}) for number in range(1, 21)]
    lines[16] = '{"text": "never closed'
    (tmp_path / "articles.jsonl").write_text("\n".join(lines))
    (tmp_path / "latin.txt").write_bytes(french.encode("latin-1"))
    (tmp_path / "arabic.txt").write_bytes(arabic.encode("windows-1256"))
    (tmp_path / "future.txt").write_text(f"Published: 2999-01-01\n\n{BODY} In the future.")
    failures = tmp_path.parent / "failures.txt"
    out, _, code = run(capsys, tmp_path, "--failures", failures)
    named = failures.read_text()
    for words in ("binary.txt", "empty.txt", "huge.txt", "feed.xml", "articles.jsonl line 17", "future.txt"):
        assert words in named
    assert len(named.splitlines()) == 6
    assert code == 1
    stored = set(Article.objects.values_list("text", flat=True))
    assert {arabic, french} <= stored
    assert len(stored) == 22  # 19 good lines, the broken page, and the two in other encodings
    assert not Article.objects.filter(text__contains="future").exists()
    assert out.endswith("6 failed.")


def test_no_file_of_that_name(tmp_path, capsys):
    _, err, code = run(capsys, tmp_path / "missing.txt")
    assert "missing.txt" in err
    assert code == 1


def test_many_reports_go_through_the_process_pool(tmp_path, capsys, monkeypatch):
    """The real pool, noted when it is made; two workers even on a machine with one core, and few reports for many."""
    pools = []

    class NotedPool(ProcessPoolExecutor):
        def __init__(self, *args, **kwargs) -> None:
            pools.append(args)
            super().__init__(*args, **kwargs)

    monkeypatch.setattr(ingest_run, "ProcessPoolExecutor", NotedPool)
    monkeypatch.setattr(ingest_run.os, "cpu_count", lambda: 2)
    monkeypatch.setattr(ingest_run, "POOL_FROM", 20)
    lines = [json.dumps({"text": f"{BODY} Report {number}.", "published": "2012-06-07"}) for number in range(30)]
    (tmp_path / "many.jsonl").write_text("\n".join(lines))
    out, _, _ = run(capsys, tmp_path / "many.jsonl")
    assert pools == [(2,)]
    assert out == "30 read: 30 new, 0 duplicate, 0 failed."
    assert TollClaim.objects.filter(low=78, source__name="activists").count() == 30
    assert Mention.objects.filter(earliest=dt.date(2012, 6, 6), place__name="Qubeir").count() == 30


def test_the_whole_corpus_goes_in(shared, capsys):
    corpus = shared / "corpus" / "fa-kes.jsonl"
    texts = {" ".join(json.loads(line)["text"].split()) for line in corpus.read_text().splitlines()}
    out, _, code = run(capsys, corpus)
    assert code == 0
    # Some of its texts stand in it twice.
    # 16 of them state no day of their own.
    undated = f"{len(texts)} of them undated, {len(texts) - 16} with a day proposed"
    assert out == f"624 read: {len(texts)} new ({undated}), {624 - len(texts)} duplicate, 0 failed."
    for claim in TollClaim.objects.select_related("article").iterator():
        assert claim.article.text[claim.start : claim.end] == claim.quote


def test_a_command_used_wrongly_exits_with_2():
    manage = Path(__file__).resolve().parents[2] / "manage.py"
    done = subprocess.run([sys.executable, manage, "ingest"], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "PATH" in done.stderr
