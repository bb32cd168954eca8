"""How alike two texts are worded, and the bands by which alike ones are found."""

from __future__ import annotations

import pytest

from tests.ingest.copied import END, MIDDLE, OPENING, OTHER, WIRE
from timeline.ingest.wording import LEAD_BANDS, WHOLE_BANDS, bands, likeness, wording


@pytest.mark.parametrize(
    "one, other",
    [
        ("THE BAKERS of the suburb", "the bakers of the suburb"),
        ("the driver's list of loads", "the drivers list of loads"),  # scraped text loses its apostrophes
        ("some 1,400 sacks came", "some 1400 sacks came"),
        ("the road - over the hills", "the road, over the hills"),
        ("وصلت القافلة إلى المدينة أمس", "وصلت القافله الى المدينه امس"),  # typed without hamza and dots
        ("وصلت القافلة إلى المدينة", "وَصَلَت القافلـــة إلى المدينة"),  # with vowel signs and lengthening strokes
    ],
)
def test_the_same_words_written_otherwise_are_the_same(one, other):
    assert wording(one).shingles == wording(other).shingles


def test_a_quotation_is_its_speakers_and_not_compared():
    speech = "We asked for forty lorries and were given fourteen, and we shall ask again tomorrow and the day after"
    one = wording(
        f"The head of the depot spoke to reporters in the yard today. “{speech}”. Then he left for the hills."
    )
    two = wording(
        f'At the depot a statement was read out in the rain by a tall clerk. "{speech}". Nobody asked anything.'
    )
    assert likeness(one, two).contained == 0
    assert likeness(one, two).told == 2  # the quotation, and the figure in it


def test_a_missing_quotation_mark_does_not_turn_a_report_inside_out():
    torn = wording(WIRE.replace("the drivers said", 'the "drivers said'))
    assert likeness(torn, wording(WIRE)).contained > 0.9


def test_a_report_that_is_a_quotation_throughout_is_compared_whole():
    statement = wording(f"He said: “{MIDDLE}”")
    assert likeness(statement, wording(MIDDLE)).contained > 0.9


def test_figures_are_read_as_digits_and_as_small_words():
    assert wording("Fourteen lorries, 1,400 sacks, nine hours").figures == {"14", "1400", "9"}


def test_a_part_is_contained_and_its_halves_are_told_apart():
    alike = likeness(wording(f"{OTHER} {END}"), wording(WIRE))
    assert alike.second > 0.3 > alike.first


def test_reports_that_share_nothing_share_no_band():
    assert not set(bands(wording(WIRE))) & set(bands(wording(OTHER)))


def test_a_copy_shares_bands():
    one, other = bands(wording(WIRE)), bands(wording(f"{OPENING}\n\n{END}"))
    assert len(one) == len(other) == WHOLE_BANDS + LEAD_BANDS
    assert sum(a == b for a, b in zip(one, other, strict=True)) >= 3


def test_a_brief_cut_from_the_opening_of_a_long_report_shares_a_band_of_the_lead():
    long = f"{WIRE}\n\n{OTHER}\n\n{OTHER[::-1]}"
    brief = bands(wording(OPENING))
    shared = [at for at, (a, b) in enumerate(zip(brief, bands(wording(long)), strict=True)) if a == b]
    assert any(at >= WHOLE_BANDS for at in shared)


def test_bands_are_the_same_in_every_process_and_fit_the_database():
    """They are stored: a change of these numbers means that all reports have to be grouped again."""
    found = bands(wording(OPENING))
    assert found[:2] == FIRST_TWO
    assert all(-(2**63) <= value < 2**63 for value in found)


FIRST_TWO = [-4692192199617654330, -1214941594788506164]


@pytest.mark.parametrize("text", ["", "…", "   ", "!!!"])
def test_a_text_without_words_has_no_bands(text):
    assert bands(wording(text)) == []


def test_two_words_are_compared_as_one_shingle():
    assert wording("Two words").shingles == ("two words",)
