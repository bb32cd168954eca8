"""manage.py extract: what it prints, what it refuses, and that it needs no database."""

import io
import json
import re
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from timeline.management.commands import extract as command

TEXT = "Shelling killed ten people in Homs, activists said on Tuesday.\n"
ROOT = Path(command.__file__).resolve().parents[3]


@pytest.fixture
def report(tmp_path: Path) -> str:
    file = tmp_path / "report.txt"
    file.write_text(TEXT, encoding="utf-8")
    return str(file)


def run(*arguments: str, stdin: bytes | None = None, monkeypatch: pytest.MonkeyPatch | None = None) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    if stdin is not None:
        assert monkeypatch is not None
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(stdin), fileno=no_descriptor))
    call_command("extract", *arguments, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def no_descriptor() -> int:
    raise OSError("standard input of a test has no descriptor")


# For people


def test_the_text_is_shown_with_what_was_found_marked_in_it(report: str) -> None:
    out, _ = run(report, "--published", "2012-06-07")
    first = out.splitlines()[0]
    assert "[toll 1: ten people]" in first
    assert "[said 1: activists said [date 1: on Tuesday]]" in first


def test_every_value_is_listed_with_its_reason(report: str) -> None:
    out, _ = run(report, "--published", "2012-06-07")
    assert "Published: 2012-06-07" in out
    assert "“on Tuesday”: 2012-06-05 (day)" in out
    assert "“ten people”: killed 10 (exact), according to activists" in out
    assert "“activists said on Tuesday”: activists" in out
    assert "event 1 Shelling in Homs" in out
    assert "shelling; 2012-06-05 (date 1); Homs; tolls 1; confidence" in out


def test_without_a_publication_date_it_says_what_is_missing(report: str) -> None:
    out, _ = run(report)
    assert "Published: not known" in out
    assert "“on Tuesday”: unresolved" in out
    assert "publication" in out


def test_there_are_no_colours_outside_a_terminal(report: str) -> None:
    assert "\x1b" not in run(report)[0]


def test_colours_can_be_asked_for_and_refused(report: str) -> None:
    out, _ = run(report, "--force-color")
    assert "\x1b[31m[toll 1: ten people]\x1b[0m" in out
    assert "\x1b" not in run(report, "--no-color")[0]


def test_a_report_cannot_move_the_cursor_of_the_terminal(tmp_path: Path) -> None:
    file = tmp_path / "report.txt"
    file.write_text("Shelling \x1b[2J killed ten\x9b in Homs.", encoding="utf-8")
    out, _ = run(str(file))
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", out)


def test_an_empty_text_has_nothing_in_it_and_is_no_error(tmp_path: Path) -> None:
    file = tmp_path / "empty.txt"
    file.write_text("")
    assert "Events: none" in run(str(file))[0]


# JSON


def test_json_is_one_object_of_the_contract(report: str) -> None:
    document = json.loads(run(report, "--published", "2012-06-07", "--json")[0])
    assert list(document) == ["id", "published", "dates", "tolls", "attributions", "mentions", "suggested_published"]
    assert document["published"] == "2012-06-07"
    assert document["mentions"][0]["place"] == "Homs"
    for kind in ("dates", "tolls", "attributions"):
        assert all(TEXT[span["start"] : span["end"]] == span["text"] for span in document[kind])


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    file = tmp_path / "report.txt"
    file.write_bytes(b"\xef\xbb\xbf" + TEXT.encode())
    toll = json.loads(run(str(file), "--json")[0])["tolls"][0]
    assert TEXT[toll["start"] : toll["end"]] == toll["text"]


def test_standard_input_is_read_for_a_dash(monkeypatch: pytest.MonkeyPatch) -> None:
    out, _ = run("-", "--json", stdin=TEXT.encode(), monkeypatch=monkeypatch)
    assert json.loads(out)["tolls"][0]["low"] == 10


def test_jsonl_gives_an_object_a_line_under_the_same_id(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [{"id": "a", "published": "2012-06-07", "text": TEXT}, {"id": 7, "published": None, "text": TEXT}]
    stdin = "".join(json.dumps(line) + "\n" for line in lines).encode()
    out, _ = run("--jsonl", stdin=stdin, monkeypatch=monkeypatch)
    documents = [json.loads(line) for line in out.splitlines()]
    assert [(d["id"], d["published"]) for d in documents] == [("a", "2012-06-07"), ("7", None)]


def test_jsonl_takes_published_from_the_option_where_a_line_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    stdin = json.dumps({"id": "a", "text": TEXT}).encode()
    out, _ = run("--jsonl", "--published", "2012-06-07", stdin=stdin, monkeypatch=monkeypatch)
    assert json.loads(out)["published"] == "2012-06-07"


BAD_LINES = [
    (b"{not json", "not JSON"),
    (b'{"id": 1, "titel": "x"}', "no 'text' (keys found: id, titel)"),
    (b"[1, 2]", "a JSON object is wanted, not a list"),
    (b'{"text": 5}', "'text' is a number"),
    (b'{"text": "a", "published": "30 May"}', "'30 May' is not a date"),
    (b'{"text": "a", "published": 5}', "'published' is a number"),
    (b'{"text": "\xe9"}', "not UTF-8"),
]


@pytest.mark.parametrize(("bad", "message"), BAD_LINES, ids=[message for _, message in BAD_LINES])
def test_a_bad_line_is_told_with_its_number_and_the_rest_goes_on(
    bad: bytes, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = json.dumps({"id": "good", "text": TEXT}).encode()
    out, err = io.StringIO(), io.StringIO()
    stdin = SimpleNamespace(buffer=io.BytesIO(b"\n".join([good, b"", bad, good])), fileno=no_descriptor)
    monkeypatch.setattr(sys, "stdin", stdin)
    with pytest.raises(CommandError, match="1 line was left out") as error:
        call_command("extract", "--jsonl", stdout=out, stderr=err)
    assert error.value.returncode == 1
    assert "standard input line 3: " in err.getvalue()
    assert message in err.getvalue()
    assert len(out.getvalue().splitlines()) == 2


# Used wrongly


# Undated reports

KNOWN = (
    '{"name": "Massacre in Houla", "kind": "massacre", "place": "Houla", "earliest": "2012-05-25", "killed_low": 108}'
)
TOLD = "A minister said on Wednesday that the massacre of 108 people in Houla last week was a crime.\n"


def test_an_undated_report_is_given_likely_days_with_their_reasons(tmp_path: Path) -> None:
    report, known = tmp_path / "report.txt", tmp_path / "known.jsonl"
    report.write_text(TOLD, encoding="utf-8")
    known.write_text(KNOWN + "\n", encoding="utf-8")
    assert "perhaps" not in run(str(report))[0]
    out, _ = run(str(report), "--known", str(known))
    assert re.search(r"perhaps 2012-05-30 \(0\.\d\d\): it tells of what may be “Massacre in Houla”", out)
    line = json.loads(run(str(report), "--known", str(known), "--json")[0])
    assert line["suggested_published"][0]["date"] == "2012-05-30"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "line 1: Expecting property name"),
        ('{"name": "Massacre in Houla", "kind": "massacre"}', "line 1: no 'earliest'. Wanted is an object"),
        ('{"name": "Massacre in Houla", "kind": "massacre", "earliest": "May 2012"}', "line 1: Invalid isoformat"),
        ("[]", "line 1: list indices must be"),
    ],
)
def test_known_events_that_cannot_be_read_are_named_by_their_line(
    report: str, tmp_path: Path, line: str, message: str
) -> None:
    known = tmp_path / "known.jsonl"
    known.write_text(line, encoding="utf-8")
    with pytest.raises(CommandError) as error:
        run(report, "--known", str(known))
    assert message in str(error.value)
    assert error.value.returncode == 2


@pytest.mark.parametrize("value", ["30 May 2012", "2012-02-30", "yesterday", ""])
def test_a_bad_day_of_publication_is_refused_by_name_with_the_form_wanted(report: str, value: str) -> None:
    with pytest.raises(CommandError, match="YYYY-MM-DD") as error:
        run(report, "--published", value)
    assert repr(value) in str(error.value)
    assert error.value.returncode == 2


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "Name a FILE"),
        (("--json", "--jsonl"), "exclude each other"),
        (("x.txt", "--lexicon", "atlantis"), "atlantis"),
        (("--again", "x.txt"), "takes no FILE"),
    ],
)
def test_what_does_not_go_together_is_refused(arguments: tuple[str, ...], message: str) -> None:
    with pytest.raises(CommandError, match=message) as error:
        run(*arguments)
    assert error.value.returncode == 2


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"caf\xe9 burned", "line 1: byte 0xe9 is not UTF-8"),
        (b"one\ntwo \xc7\xe1", "line 2: byte 0xc7 is not UTF-8"),
        ("text".encode("utf-16"), "UTF-16"),
        (b"\x7fELF\x00\x01", "binary"),
    ],
)
def test_a_file_in_another_encoding_is_told_with_the_mend(tmp_path: Path, raw: bytes, message: str) -> None:
    file = tmp_path / "report.txt"
    file.write_bytes(raw)
    with pytest.raises(CommandError, match=re.escape(message)) as error:
        run(str(file))
    assert str(file) in str(error.value)
    assert error.value.returncode == 1


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        run(str(tmp_path / "none.txt"))


def test_a_folder_is_told_apart_from_a_file(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="is a folder"):
        run(str(tmp_path))


def test_again_hands_over_to_the_store(monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[dict[str, Any]] = []
    from timeline.ingest import store

    monkeypatch.setattr(store, "extract_again", lambda **options: called.append(options) or "3 reports read again")
    out, _ = run("--again")
    assert out.strip() == "3 reports read again"
    assert list(called[0]) == ["progress"]


def test_it_needs_no_database_and_no_utf8_locale(report: str, bare_machine) -> None:
    assert "“on Tuesday”: 2012-06-05" in bare_machine("extract", report, "--published", "2012-06-07")
