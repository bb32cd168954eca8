"""Shapes of text that make careless programs slow: one unit each, repeated on one line to whatever length is asked for.

benchmarks/extraction.py measures them at 5 MB; tests/extraction/test_properties.py holds that the time grows with the length.
"""

from __future__ import annotations

# No outlet writes these. A scraped page, a broken feed, or somebody who means harm does.
SHAPES: dict[str, str] = {
    "one letter": "a",
    "no spaces, digits": "1",
    "spaces": " ",
    "full stops": ". ",
    "quotation marks": '"',
    "opening brackets": "(",
    "numbers and commas": "1,000,",
    "numbers in words": "one hundred and ",
    "weekdays": "on Monday ",
    "ranges of days": "25-26 May and ",
    "slashed dates": "10/7/2016 ",
    "times counted off": "two days after ",
    "counts of the dead": "at least 10 people, ",
    "deaths": "killed 10 people ",
    "victims in a list": "a boy and his mother and ",
    "who says so": "activists said according to ",
    "speakers without end": "the Deputy Foreign Minister Ahmad ",
    "places": "Homs, ",
    "sentences": "Shelling killed ten people in Homs on Monday, activists said. ",
    "initials": "A.B. ",
    "hyphens": "al-",
    "accents": "e\N{COMBINING ACUTE ACCENT}",
    "Arabic": "قتل عشرة أشخاص في حمص يوم الاثنين ",
    "Arabic days": "يوم الاثنين ",
    "French": "dix personnes ont été tuées lundi à Homs, ",
}


def repeated(unit: str, size: int) -> str:
    """``unit`` again and again, to ``size`` bytes of UTF-8 at most, on one line."""
    return unit * (size // len(unit.encode()))
