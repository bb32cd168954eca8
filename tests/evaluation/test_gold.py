"""Gold in JSON: which layout a line is in, what is read of it, and what is said of a line that cannot be read."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from timeline.evaluation.gold import BadGold, read_gold
from timeline.evaluation.records import (
    Coded,
    GoldAttribution,
    GoldDate,
    GoldMention,
    GoldReport,
    GoldToll,
    MainEvent,
    Reading,
)

TEXT = "Shelling killed ten people in Homs, activists said on Tuesday."
TOLL = {"harm": "killed", "low": 10, "high": 10, "qualifier": "exact", "source": "activists"}


def read(folder: Path, *lines: object, name: str = "gold.jsonl") -> list[GoldReport | BadGold]:
    file = folder / name
    file.write_bytes(b"\n".join(x if isinstance(x, bytes) else json.dumps(x).encode() for x in lines))
    return list(read_gold(file))


LAYOUTS = [
    # Tolls of a sentence; a part of another and a vague one count neither way
    (
        {
            "text": TEXT,
            "tolls": [TOLL, {**TOLL, "low": 3, "part_of": 0}, {**TOLL, "low": 12, "high": None, "qualifier": "vague"}],
        },
        Reading(tolls=(GoldToll("killed", 10, 10, "activists"),)),
    ),
    # Coded counts and day
    (
        {"text": TEXT, "deaths": 10, "injured": None, "event_date": "2012-06-05", "country": "SYR"},
        Coded(10, None, dt.date(2012, 6, 5)),
    ),
    # The main event of a report
    (
        {"text": TEXT, "event_date": "2012-06-05", "governorate": "homs", "date_fits": True},
        MainEvent(dt.date(2012, 6, 5), "homs", True),
    ),
    # A whole reading by the extraction contract
    (
        {
            "text": TEXT,
            "dates": [
                {"start": 50, "end": 60, "value": "2012-06-05", "earliest": "2012-06-05", "latest": "2012-06-05"}
            ],
            "attributions": [{"start": 36, "end": 50, "speaker": "activists", "via": None}],
            "mentions": [
                {
                    "start": 0,
                    "end": 34,
                    "kind": "shelling",
                    "earliest": "2012-06-05",
                    "latest": "2012-06-05",
                    "place": "Homs",
                }
            ],
        },
        Reading(
            dates=(GoldDate(50, 60, ("2012-06-05", "2012-06-05"), "2012-06-05"),),
            attributions=(GoldAttribution(36, 50, "activists"),),
            mentions=(GoldMention((0, 34), "shelling", ("2012-06-05", "2012-06-05"), "Homs"),),
        ),
    ),
    # Words in place of offsets, an unresolved date, an event without a passage
    (
        {
            "text": TEXT,
            "dates": [{"quote": "on Tuesday", "occurrence": 1, "earliest": None, "latest": None}],
            "events": [{"kind": "shelling", "earliest": None, "latest": "2012-06-07"}],
        },
        Reading(
            dates=(GoldDate(51, 61, None, "unresolved"),),
            mentions=(GoldMention(None, "shelling", (None, "2012-06-07"), None),),
        ),
    ),
]


@pytest.mark.parametrize("line, wanted", LAYOUTS)
def test_the_layout_of_a_line_is_told_by_its_keys(tmp_path, line, wanted):
    (report,) = read(tmp_path, {"published": "2012-06-07", **line})
    assert isinstance(report, GoldReport)
    assert (report.where, report.text, report.published) == ("gold.jsonl line 1", TEXT, dt.date(2012, 6, 7))
    assert report.wanted == wanted


def test_a_main_event_is_read_from_title_and_text(tmp_path):
    line = {"title": "Shelling in Homs", "event_date": "2012-06-05", "governorate": "homs", "date_fits": False}
    (report,) = read(tmp_path, {**line, "text": TEXT})
    assert isinstance(report, GoldReport)
    assert report.text == f"Shelling in Homs\n\n{TEXT}"


def test_lines_of_one_id_are_one_report_with_the_text_of_the_last(tmp_path):
    first, second, other = (
        {"id": name, "text": text, "deaths": deaths}
        for name, text, deaths in (("a", "x", 1), ("a", "y", 2), ("b", "z", 3))
    )
    found = [(r.text, r.wanted.deaths) for r in read(tmp_path, first, second, other) if isinstance(r, GoldReport)]
    assert found == [("y", 1), ("y", 2), ("z", 3)]


def test_a_reading_in_a_file_of_its_own_has_its_text_beside_it(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT)
    (report,) = read(tmp_path, {"published": "2012-06-07", "tolls": [TOLL]}, name="a.expected.json")
    assert isinstance(report, GoldReport)
    assert (report.where, report.text) == ("a.expected.json", TEXT)


def test_a_folder_is_read_through_by_name_and_other_files_in_it_are_left_alone(tmp_path):
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "two.tml").write_text("<TimeML><TEXT>It rained.</TEXT></TimeML>")
    (tmp_path / "readme.md").write_text("# Gold")
    read(tmp_path, {"text": TEXT, "tolls": []}, name="a.jsonl")
    assert [r.where for r in read_gold(tmp_path) if isinstance(r, GoldReport)] == ["a.jsonl line 1", "two.tml"]


GOOD = {"text": TEXT, "tolls": []}
BAD_LINES = [
    (b"{not json", "not JSON"),
    (b"[1, 2]", "a JSON object is wanted, not list"),
    (b'{"text": "\xe9", "tolls": []}', "not UTF-8 (byte 11)"),
    (b"[" * 100_000, "nested too deeply"),
    ({"text": TEXT, "summary": "x"}, "no known layout (keys found: text, summary)"),
    ({"text": 5, "tolls": []}, "'text' is int"),
    ({**GOOD, "published": "30 May"}, "'published' is '30 May'. Give a day as YYYY-MM-DD"),
    ({"text": TEXT, "tolls": {}}, "'tolls' is no list of objects"),
    ({"text": TEXT, "tolls": [{"harm": "hurt"}]}, "'tolls' 0: 'harm' is 'hurt'. Use one of killed"),
    ({"text": TEXT, "tolls": [TOLL, {**TOLL, "low": "ten"}]}, "'tolls' 1: 'low' is 'ten'. Give a number of persons"),
    ({"text": TEXT, "deaths": -1}, "'deaths' is -1"),
    ({"text": TEXT, "date_fits": True, "event_date": None}, "'event_date' and 'governorate' are wanted"),
    ({"text": TEXT, "dates": [{"start": 5, "end": 500}]}, "are no passage of a text of 62 characters"),
    ({"text": TEXT, "dates": [{"quote": "on Monday"}]}, "“on Monday” does not stand there"),
    ({"text": TEXT, "attributions": [{"start": 0, "end": 5}]}, "'speaker' is None"),
    ({"text": TEXT, "mentions": [{"start": 0, "end": 5}]}, "'kind' is None"),
]


@pytest.mark.parametrize("line, message", BAD_LINES, ids=[message for _, message in BAD_LINES])
def test_a_bad_line_is_told_with_file_and_number_and_the_others_go_on(tmp_path, line, message):
    found = read(tmp_path, GOOD, b"", line, GOOD)
    told = [str(item) for item in found if isinstance(item, BadGold)]
    assert len(told) == 1
    assert told[0].startswith(f"{tmp_path / 'gold.jsonl'} line 3: ")
    assert message in told[0]
    assert told[0].endswith("Left out.")
    assert [item.where for item in found if isinstance(item, GoldReport)] == ["gold.jsonl line 1", "gold.jsonl line 4"]


def test_a_file_in_no_known_layout_is_refused_at_its_first_line(tmp_path):
    (bad,) = read(tmp_path, *[{"day": "2012-05-25", "words": "x"}] * 50)
    assert "line 1: this is gold in no known layout (keys found: day, words)" in str(bad)
    assert "Nothing of this file was measured" in str(bad)


def test_a_file_full_of_bad_lines_is_not_told_line_by_line_for_ever(tmp_path):
    found = read(tmp_path, GOOD, *[b"{"] * 50)
    told = [str(item) for item in found if isinstance(item, BadGold)]
    assert len(told) == 21
    assert "30 more lines like these" in told[-1]


@pytest.mark.parametrize(
    "name, content, message",
    [
        ("a.tml", "<TimeML>", "a.tml: line 1: not XML that can be read"),
        ("a.jsonl", "", "a.jsonl is empty. Give one report a line"),
        ("a.txt", "words", "a.txt is no gold: its name ends in none of .tml, .jsonl"),
        ("a.expected.json", '{"tolls": []}', "no 'text', and there is no a.txt beside it"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_with_the_mend(tmp_path, name, content, message):
    (tmp_path / name).write_text(content)
    (bad,) = read_gold(tmp_path / name)
    assert isinstance(bad, BadGold)
    assert message in str(bad)


def test_what_is_not_there_is_told(tmp_path):
    assert [str(bad) for bad in read_gold(tmp_path / "none.jsonl")] == [
        f"{tmp_path / 'none.jsonl'} cannot be read: No such file or directory."
    ]
    assert "no gold in this folder" in str(next(read_gold(tmp_path)))
