"""What stands together however a text is spaced and wrapped, and that what is found is carried back to where it stood."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path
from typing import Any

import pytest

from tests.growth import assert_linear
from timeline.extraction import extract
from timeline.extraction.records import Extraction
from timeline.extraction.white_space import flatten

DEMO = Path(__file__).resolve().parents[2] / "timeline" / "fixtures" / "demo" / "reports"

WRAPPED = """\
The council met on Monday in a hall that had been cleared for it, and
Ahmad, who had come by car, spoke for an hour. The others listened and
took notes. On Tuesday they went home without a word about what they
had heard, and nobody asked."""

FLAT = [
    # as it is so already
    ("Five died. Two were hurt.", "Five died. Two were hurt."),
    ("", ""),
    # spaces, tabs, no-break spaces between words and around the text
    ("Five  died.\tTwo\u00a0were   hurt.", "Five died. Two were hurt."),
    (" \n Five died. \n", "Five died."),
    (" Five died. ", "Five died."),
    ("Five died.\n", "Five died."),
    (" \n\t ", ""),
    # one break, a blank line, several, whatever stands in them
    ("Five died.\nTwo were hurt.", "Five died.\nTwo were hurt."),
    ("Five died. \r\n  Two were hurt.", "Five died.\nTwo were hurt."),
    ("Five died.\n \t\n\n\nTwo were hurt.", "Five died.\n\nTwo were hurt."),
    ("Five died.\r\n\r\nTwo were hurt.", "Five died.\n\nTwo were hurt."),
    ("Five died.\u2029Two were hurt.", "Five died.\nTwo were hurt."),
    # a sentence that runs on: a small letter after the break, no stop before it
    ("Five people died\nin the shelling.", "Five people died in the shelling."),
    ("Five people died\n\nin the shelling.", "Five people died\n\nin the shelling."),
    ("Five people died.\nin the shelling", "Five people died.\nin the shelling"),
    # a headline, a list: their lines are not filled
    ("Shelling in Homs\nFive people died.", "Shelling in Homs\nFive people died."),
    ("Homs\nHama\nIdlib\nDaraa\nAleppo", "Homs\nHama\nIdlib\nDaraa\nAleppo"),
    # a wrapped text: names and numbers stand at the beginning of a line as well
    (WRAPPED, WRAPPED.replace("\n", " ")),
    (f"A day in the hall\n\n{WRAPPED}", f"A day in the hall\n\n{WRAPPED.replace(chr(10), ' ')}"),
]


@pytest.mark.parametrize("text, flat", FLAT, ids=[repr(text[:40]) for text, _ in FLAT])
def test_a_text_is_read_with_one_space_between_words_and_its_paragraphs_apart(text: str, flat: str) -> None:
    assert flatten(text).text == flat


def test_a_text_that_is_flat_already_is_not_copied() -> None:
    text = "Five died.\n\nTwo were hurt."
    assert flatten(text).text is text


SPACED = "  Shelling  killed\tten \u00a0people in\n  the old quarter of Homs,\r\n\r\n\r\nactivists   said on  Tuesday. "


def test_what_is_found_has_the_offsets_and_the_words_of_the_text_as_it_came_in() -> None:
    found = extract(SPACED, "2012-06-07")
    assert [toll.text for toll in found.tolls] == ["ten \u00a0people"]
    assert [date.text for date in found.dates] == ["on  Tuesday"]
    for span in (*found.dates, *found.tolls, *found.attributions):
        assert SPACED[span.start : span.end] == span.text
    for mention in found.mentions:
        assert SPACED[mention.start : mention.end].strip() == SPACED[mention.start : mention.end]


def values(found: Extraction) -> list[Any]:
    """What is said of the world, without where in the text it is said."""
    return [
        [(d.value, d.precision, " ".join(d.text.split()), d.basis) for d in found.dates],
        [(t.harm, t.low, t.high, t.qualifier, t.source, t.part_of, " ".join(t.text.split())) for t in found.tolls],
        [(a.speaker, a.via, " ".join(a.text.split())) for a in found.attributions],
        [(m.kind, m.title, m.earliest, m.latest, m.place, m.date, m.tolls, m.confidence) for m in found.mentions],
    ]


def wrapped(text: str, width: int) -> str:
    return "\n\n".join(textwrap.fill(paragraph, width) for paragraph in text.split("\n\n"))


SPACINGS = [
    ("wrapped at 72", lambda text: wrapped(text, 72)),
    ("wrapped at 60, with carriage returns", lambda text: wrapped(text, 60).replace("\n", "\r\n")),
    ("double spaces", lambda text: text.replace(" ", "  ")),
    ("no-break spaces", lambda text: text.replace(" ", "\u00a0")),
    ("tabs before paragraphs", lambda text: "\t" + text.replace("\n\n", "\n\t\n\n\t")),
]


@pytest.mark.parametrize("respaced", [change for _, change in SPACINGS], ids=[name for name, _ in SPACINGS])
def test_a_report_reads_the_same_however_it_is_spaced_and_wrapped(respaced) -> None:
    for file in sorted(DEMO.glob("*.txt"))[::4]:
        head, _, body = file.read_text(encoding="utf-8").partition("\n\n")
        published = re.search(r"Published: (\S+)", head)
        assert published
        text = "\n\n".join(" ".join(paragraph.split()) for paragraph in body.split("\n\n"))
        assert values(extract(respaced(text), published[1])) == values(extract(text, published[1])), file.name


@pytest.mark.parametrize("unit", [" ", "  a", "\n", "a\n", "A\n", "a \n", "\t", "a\n\n", "word " * 12 + "\n"])
def test_time_grows_with_the_length_of_hostile_text(unit: str) -> None:
    assert_linear(flatten, unit, 50_000)
