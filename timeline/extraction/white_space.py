"""Which words stand together in a text, however it is spaced and wrapped?

Gives the engine a copy with one space between words and the wrapped lines of a paragraph joined, so that no rule has to
think of tabs, double spaces or line breaks, and carries what was found back to the text as it came in.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import Any

from timeline.extraction.records import Extraction

# White space that is more than one plain space. A run is consumed whole, so the scan is linear.
_RUN = re.compile(r"\s{2,}|[^\S ]")
_LINE_BREAK = re.compile(r"\r\n|[\n\r\u2028\u2029]")

# Characters. Mail programs and press services wrap at 60 to 80; a paragraph on one line is longer than the most.
_NARROWEST, _WIDEST = 40, 120
# A text is wrapped when this many lines at least, and this share of all, are filled to the last word that fitted.
# A list or a poem has short lines among its long ones.
_LEAST_FILLED, _SHARE_FILLED = 3, 0.8
# After these a line has ended by itself: the next may begin with a small letter and still be another.
_CLOSED = ".!?…؟:;\"'”’»)]"


@dataclass(frozen=True, slots=True)
class Flat:
    """``text`` is what the engine reads of ``original``.

    From the offset ``starts[i]`` of the flat text on, the original lies ``shifts[i]`` characters further.
    """

    original: str
    text: str
    starts: tuple[int, ...]
    shifts: tuple[int, ...]

    def restored(self, found: Extraction) -> Extraction:
        """What was found in the flat text, with the offsets and the words of the original."""
        if self.original.startswith(self.text):
            return found
        return replace(
            found,
            dates=tuple(replace(date, **self._quoted(date.start, date.end)) for date in found.dates),
            tolls=tuple(replace(toll, **self._quoted(toll.start, toll.end)) for toll in found.tolls),
            attributions=tuple(replace(said, **self._quoted(said.start, said.end)) for said in found.attributions),
            mentions=tuple(
                replace(mention, start=self._there(mention.start), end=self._there(mention.end - 1) + 1)
                for mention in found.mentions
            ),
        )

    def _quoted(self, start: int, end: int) -> dict[str, Any]:
        start, end = self._there(start), self._there(end - 1) + 1
        return {"start": start, "end": end, "text": self.original[start:end]}

    def _there(self, offset: int) -> int:
        """Where the character at ``offset`` of the flat text stands in the original."""
        return offset + self.shifts[bisect_right(self.starts, offset) - 1]


def flatten(text: str) -> Flat:
    """``text`` with one space between words, paragraphs kept apart, and none of it around; itself where it is so already.

    A line break stays one, a blank line stays a blank line, whatever else stands between two lines; a break inside a
    wrapped paragraph becomes a space.
    """
    body = text.strip()
    ahead = text.index(body)
    if _is_flat(body):
        return Flat(text, _joined(body), (0,), (ahead,))
    parts: list[str] = []
    starts, shifts = [0], [ahead]
    at = length = 0  # how far the body is read, how long the flat text is
    for run in _RUN.finditer(body):
        kept = _between(run.group())
        parts += (body[at : run.start()], kept)
        length += run.start() - at + len(kept)
        at = run.end()
        if ahead + at - length != shifts[-1]:
            starts.append(length)
            shifts.append(ahead + at - length)
    parts.append(body[at:])
    return Flat(text, _joined("".join(parts)), tuple(starts), tuple(shifts))


def _is_flat(text: str) -> bool:
    """Whether there is nothing to do: the usual case, told without looking at each word."""
    if "  " in text or " \n" in text or "\n " in text or "\n\n\n" in text:
        return False
    return len(text) == sum(map(len, text.split())) + text.count(" ") + text.count("\n")


def _between(run: str) -> str:
    breaks = len(_LINE_BREAK.findall(run))
    return " " if not breaks else "\n" if breaks == 1 else "\n\n"


def _joined(text: str) -> str:
    """The text with a space for each break inside a paragraph; as long as before, so that no offset moves."""
    if "\n" not in text:
        return text
    lines = text.split("\n")
    ends = [number for number in range(len(lines) - 1) if lines[number] and lines[number + 1]]
    filled = _filled(lines, ends)
    inside = [number for number in ends if number in filled or _runs_on(lines[number], lines[number + 1])]
    if not inside:
        return text
    breaks = ["\n"] * (len(lines) - 1)
    for number in inside:
        breaks[number] = " "
    return "".join(part for line in zip(lines, [*breaks, ""], strict=True) for part in line)


def _runs_on(line: str, following: str) -> bool:
    """Plainly one sentence: no stop or colon before the break, a small letter after it."""
    return following[0].islower() and line[-1] not in _CLOSED


def _filled(lines: list[str], ends: list[int]) -> set[int]:
    """Of the lines that another follows (``ends``), those on which its first word had no room, in a text that is wrapped."""
    width = max(map(len, lines))
    if not _NARROWEST <= width <= _WIDEST:
        return set()
    filled = {number for number in ends if len(lines[number]) + 1 + len(lines[number + 1].split(" ", 1)[0]) > width}
    enough = len(filled) >= _LEAST_FILLED and len(filled) >= _SHARE_FILLED * len(ends)
    return filled if enough else set()
