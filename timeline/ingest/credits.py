"""Which news agencies a report credits: in its dateline or signature, or for what it passes on.

Pure but for the lexicon, which knows the agencies and their other names.
"""

from __future__ import annotations

import re
from functools import cache

from timeline.extraction.lexicon import load

# How far from the beginning a dateline or byline stands, and how far from the end a signature, in characters.
_EDGE = 160
# Other names that are words or abbreviations of other things too: they are a credit only as a signature.
_ONLY_SIGNED = {"AP", "SPA", "RIA", "MENA", "Petra", "Mehr", "Fars", "Sana", "Tass", "Anatolia", "Anadolu", "Step News"}


def signed(text: str) -> list[str]:
    """The agencies named as those who wrote it, in their order: “HOMS (Reuters) -”, “-AFP”, “سانا/رويترز”."""
    edges = text[:_EDGE] + "\n" + text[-_EDGE:]
    found = [_names()[match[1]] for match in _signature().finditer(edges)]
    return list(dict.fromkeys(found))


def credited(text: str, outlet: str = "") -> set[str]:
    """All agencies that it names as its source, and the outlet where that is an agency itself."""
    names = _names()
    found = {names[match[1]] for match in _mention().finditer(text) if match[1] not in _ONLY_SIGNED}
    return found | set(signed(text)) | ({names[outlet]} if outlet in names else set())


@cache
def _names() -> dict[str, str]:
    agencies = [entry for entry in load("syria").sources if entry.kind == "agency"]
    return {name: entry.name for entry in agencies for name in (*entry.aliases, entry.name)}


def _alternatives() -> str:
    return "|".join(re.escape(name) for name in sorted(_names(), key=len, reverse=True))


@cache
def _signature() -> re.Pattern[str]:
    """A name between brackets, dashes, slashes or the edge of a line, as nobody writes one inside a sentence."""
    before = r"(?:^|[(\[/|:–—-]|\b[Ss]ource:|\b[Bb]y)\s{0,2}"
    after = r"(?=\s{0,2}(?:$|[)\]/|–—-]|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b))"
    return re.compile(rf"{before}({_alternatives()}){after}", re.MULTILINE)


@cache
def _mention() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])({_alternatives()})(?!\w)")
