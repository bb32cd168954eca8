"""Which agency a report credits."""

from __future__ import annotations

import pytest

from timeline.ingest.credits import credited, signed

# (text, who signs it)
SIGNED = [
    ("HOMS, Syria (AP) — The bridge was opened again.", ["Associated Press"]),
    ("BEIRUT (Reuters) - The bridge was opened again.", ["Reuters"]),
    ("The bridge was opened again on Friday, the water board said.-AFP", ["Agence France-Presse"]),
    ("سانا/رويترز - أعيد فتح الجسر", ["SANA", "Reuters"]),
    ("The bridge was opened again.\nSource: Xinhua", ["Xinhua"]),
    ("The bridge is open again Monitor AFP Saturday 21 Jun 2014 A bridge", []),  # no mark before it: no signature
    ("The bridge was opened again, a clerk told AFP at the mill.", []),  # a credit, but not theirs to sign
    ("The AP programme of the school was praised.", []),
]


@pytest.mark.parametrize("text, agencies", SIGNED)
def test_a_signature_stands_by_itself_at_the_beginning_or_the_end(text, agencies):
    assert signed(text) == agencies


@pytest.mark.parametrize(
    "text, outlet, agencies",
    [
        ("The bridge was opened, according to AFP.", "", {"Agence France-Presse"}),
        ("A clerk told the Interfax news agency so.", "A daily", {"Interfax"}),
        ("The bridge was opened.", "Reuters", {"Reuters"}),  # an agency's own report
        ("ذكرت وكالة سانا أن الجسر فتح", "", {"SANA"}),
        ("Petra, a teacher, crossed the bridge in her SPA gown.", "", set()),
    ],
)
def test_agencies_are_credited_for_what_is_passed_on(text, outlet, agencies):
    assert credited(text, outlet) == agencies
