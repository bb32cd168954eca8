"""The sample report, read whole as a careful editor reads it. The report and its reading lie beside the project."""

import json
from pathlib import Path
from typing import Any

import pytest

from timeline.extraction import extract
from timeline.extraction.records import Extraction

SEEDS = Path(__file__).resolve().parents[2].parent / "shared" / "seeds"
NAME = "000_4e9e9d0d0546dd10"

pytestmark = pytest.mark.skipif(
    not SEEDS.parent.is_dir(),
    reason=f"the sample report is not here: there is no folder {SEEDS.parent.name} beside the project",
)


@pytest.fixture(scope="module")
def text() -> str:
    return (SEEDS / f"{NAME}.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def expected() -> dict[str, Any]:
    return json.loads((SEEDS / f"{NAME}.expected.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def found(text: str, expected: dict[str, Any]) -> Extraction:
    return extract(text, expected["published"])


def place_of(text: str, quote: str, occurrence: int = 1) -> int:
    start = -1
    for _ in range(occurrence):
        start = text.index(quote, start + 1)
    return start


def test_every_date_is_found_and_no_other(text: str, expected: dict[str, Any], found: Extraction) -> None:
    wanted = [
        (place_of(text, date["quote"], date.get("occurrence", 1)), date["quote"], date["earliest"], date["latest"])
        for date in expected["dates"]
    ]
    assert [(d.start, d.text, str(d.earliest), str(d.latest)) for d in found.dates] == wanted


def test_every_toll_is_found_and_no_other(text: str, expected: dict[str, Any], found: Extraction) -> None:
    keys = ("harm", "low", "high", "qualifier", "victims", "scope")
    wanted = [
        (place_of(text, toll["quote"]), toll["quote"], *(toll[key] for key in keys)) for toll in expected["tolls"]
    ]
    assert [(t.start, t.text, *(getattr(t, key) for key in keys)) for t in found.tolls] == wanted


def test_nothing_from_the_not_lists_is_found(text: str, expected: dict[str, Any], found: Extraction) -> None:
    spans = {"not_dates": found.dates, "not_tolls": found.tolls}
    for name, values in spans.items():
        for quote in expected[name]:
            assert not [v.text for v in values if quote in v.text or v.text in quote], f"{name}: {quote}"


def test_every_attribution_is_found(text: str, expected: dict[str, Any], found: Extraction) -> None:
    seen = {(a.text, a.speaker, a.via) for a in found.attributions}
    for wanted in expected["attributions"]:
        assert (wanted["quote"], wanted["speaker"], wanted.get("via")) in seen


def test_the_events_are_those_an_editor_reads_and_no_other(expected: dict[str, Any], found: Extraction) -> None:
    left = list(found.mentions)
    for wanted in expected["events"]:
        actors = {wanted["actor"]} if "actor" in wanted else set(wanted.get("actors", ()))
        match = [
            m
            for m in left
            if m.kind == wanted["kind"]
            and (str(m.earliest) if m.earliest else None, str(m.latest)) == (wanted["earliest"], wanted["latest"])
            and (m.place, m.governorate) == (wanted.get("place"), wanted.get("governorate"))
            and actors <= set(m.actors)
            and [[found.tolls[i].low, found.tolls[i].high] for i in m.tolls]
            == ([wanted["killed"]] if "killed" in wanted else [])
        ]
        assert len(match) == 1, f"{wanted} among {left}"
        left.remove(match[0])
    assert left == []


def test_offsets_give_back_the_words(text: str, found: Extraction) -> None:
    for span in (*found.dates, *found.tolls, *found.attributions):
        assert text[span.start : span.end] == span.text
    for mention in found.mentions:
        assert text[mention.start : mention.end].strip() == text[mention.start : mention.end] != ""


def test_without_a_publication_date_every_relative_date_is_unresolved_and_says_why(text: str) -> None:
    found = extract(text)
    relative = [d for d in found.dates if d.relative]
    assert len(relative) == 5
    assert all(d.value is None and d.earliest is None and d.latest is None for d in relative)
    assert all("publication" in d.basis for d in relative)
    assert all(m.earliest is None and m.latest is None for m in found.mentions)
