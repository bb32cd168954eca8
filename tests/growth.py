"""Whether work grows with the length of a text and not with its square, told so that a busy machine does not matter.

Eight times the text is eight times the work where it is linear and 64 times where it is quadratic; what counts is which
of the two it is nearer to, in this process's own time, at the best of several attempts.
"""

from __future__ import annotations

import time
from collections.abc import Callable

TIMES = 8
NEARER_TO_QUADRATIC = 22.6  # the geometric middle of 8 and 64
ATTEMPTS = 4
GRAIN = 0.005  # seconds, of the clock and of what the interpreter does besides


def assert_linear(work: Callable[[str], object], unit: str, length: int) -> None:
    """Fail when ``work`` on ``unit`` repeated to eight times ``length`` characters grows like the square."""
    short, long = (_repeated(unit, size) for size in (length, TIMES * length))
    work(short)  # whatever is compiled once
    ratios = []
    for _ in range(ATTEMPTS):
        ratios.append(_seconds(work, long) / (_seconds(work, short) + GRAIN))
        if ratios[-1] < NEARER_TO_QUADRATIC:
            return
    raise AssertionError(
        f"{TIMES} times {unit!r} took {min(ratios):.0f} times as long: nearer to the square than to the length"
    )


def _repeated(unit: str, length: int) -> str:
    return (unit * (length // len(unit) + 1))[:length]


def _seconds(work: Callable[[str], object], text: str) -> float:
    begin = time.process_time()
    work(text)
    return time.process_time() - begin
