"""How many reports a second the engine reads on one core, and how it bears hostile text.

    .venv/bin/python benchmarks/extraction.py                 # reports of about 2.4 kB, beside dateparser's own search
    .venv/bin/python benchmarks/extraction.py --text FILE     # any report, or several
    .venv/bin/python benchmarks/extraction.py --hostile       # 5 MB on one line, in several shapes: seconds and memory

Each round reads every text once, in one process, after one round that is not counted; what is printed is the median round.
Time is this process's own on its core, so that what else the machine does counts little.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

from benchmarks.hostile import SHAPES, repeated  # noqa: E402
from timeline.extraction import VERSION, extract  # noqa: E402

DEMO = PROJECT / "timeline" / "fixtures" / "demo" / "reports"
SIZE = 2400  # bytes: of the report that the engine's goals are set by
HALF_A_REPORT = 400  # bytes: a demonstration report has about 800
HOSTILE = 5_000_000  # bytes: the longest text that ingest takes
ROUNDS = 5
FEW = 5  # texts: the fewest that a round reads
ROUNDS_OF_DATEPARSER = 3  # it takes seconds a round, and its rounds differ by little

Report = tuple[str, dt.date]


def main() -> None:
    options = _options()
    if options.shape:
        print(json.dumps(_one_shape(options.shape)))
    elif options.hostile:
        _hostile()
    else:
        _speed(_given(options.text, options.published) if options.text else _demo_reports(), options.rounds)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter, prog="benchmarks/extraction.py"
    )
    parser.add_argument("--text", nargs="+", metavar="FILE", help="read these reports (UTF-8) in place of the demo's")
    parser.add_argument(
        "--published",
        type=dt.date.fromisoformat,
        default=dt.date(2012, 5, 30),
        metavar="DATE",
        help="their day, YYYY-MM-DD",
    )
    parser.add_argument(
        "--rounds", type=int, default=ROUNDS, metavar="N", help=f"rounds to measure (default: {ROUNDS})"
    )
    parser.add_argument("--hostile", action="store_true", help="measure hostile text instead")
    parser.add_argument("--shape", choices=SHAPES, help=argparse.SUPPRESS)  # one shape, in a process of its own
    options = parser.parse_args()
    if options.rounds < 1:
        parser.error(f"--rounds {options.rounds}: at least one round is needed.")
    return options


# ---- Speed ----


def _demo_reports() -> list[Report]:
    """The demonstration reports, joined until each text has the size of a usual report: they are short themselves."""
    reports: list[Report] = []
    parts: list[str] = []
    for file in sorted(DEMO.glob("*.txt")):
        head, _, body = file.read_text(encoding="utf-8").partition("\n\n")
        parts.append(body.strip())
        if len("\n\n".join(parts).encode()) >= SIZE - HALF_A_REPORT:
            day = next(line.partition(":")[2] for line in head.splitlines() if line.startswith("Published:"))
            reports.append(("\n\n".join(parts), dt.date.fromisoformat(day.strip())))
            parts = []
    return reports


def _given(files: list[str], published: dt.date) -> list[Report]:
    try:
        return [(Path(file).read_text(encoding="utf-8"), published) for file in files]
    except (OSError, UnicodeDecodeError) as reason:
        sys.exit(f"--text: {reason}")


def _speed(reports: list[Report], rounds: int) -> None:
    size = sum(len(text.encode()) for text, _ in reports) / len(reports)
    print(f"{len(reports)} text{'s' if len(reports) > 1 else ''}, {size:,.0f} bytes on average; one process, one core")
    ours = _rounds(lambda text, day: extract(text, day), reports, rounds)
    _row(f"Conflict Timeline {VERSION}", ours)
    for told, languages in (("told that it is English", ["en"]), ("not told the language", None)):
        # Not told, it takes a quarter of a second a report: fewer texts do.
        texts = reports if languages else reports[:FEW]
        theirs = _rounds(_dateparser_search(languages), texts, min(rounds, ROUNDS_OF_DATEPARSER))
        _row(f"dateparser's search, {told}", theirs)
        print(f"  {'':46}{statistics.median(ours) / statistics.median(theirs):8,.1f} times as many reports a second")


def _rounds(read: Callable[[str, dt.date], object], reports: list[Report], rounds: int) -> list[float]:
    """Reports a second of each round. A closing line of its own makes every round's texts new, so that no memory of the
    round before helps."""
    speeds = []
    for number in range(rounds + 1):
        texts = [(f"{text}\n\nRound {number}.", day) for text, day in reports]
        # A short list is read several times over: a round of milliseconds would measure the clock.
        texts *= max(1, FEW // len(texts))
        begin = time.process_time()
        for text, day in texts:
            read(text, day)
        speeds.append(len(texts) / (time.process_time() - begin))
    return speeds[1:]


def _dateparser_search(languages: list[str] | None) -> Callable[[str, dt.date], object]:
    """dateparser's own search for dates in running text, as its users call it for news: the past preferred."""
    from dateparser.search import search_dates

    def search(text: str, day: dt.date) -> object:
        base = dt.datetime.combine(day, dt.time())
        settings = {"RELATIVE_BASE": base, "PREFER_DATES_FROM": "past"}
        return search_dates(text, languages=languages, settings=settings)  # type: ignore[arg-type]

    return search


def _row(name: str, speeds: list[float]) -> None:
    spread = f"{min(speeds):,.1f} to {max(speeds):,.1f} in {len(speeds)} rounds"
    print(f"  {name:46}{statistics.median(speeds):8,.1f} reports a second  ({spread})")


# ---- Hostile text ----


def _hostile() -> None:
    print(f"{HOSTILE:,} bytes on one line; each shape in a process of its own")
    print(f"  {'':24}{'seconds':>9}{'peak MB':>9}{'dates':>10}{'tolls':>10}{'mentions':>10}")
    for name in SHAPES:
        done = subprocess.run([sys.executable, __file__, "--shape", name], capture_output=True, text=True, check=False)
        if done.returncode:
            print(f"  {name:24}  failed: {done.stderr.strip().splitlines()[-1]}")
            continue
        told = json.loads(done.stdout)
        counts = "".join(f"{told[part]:10,}" for part in ("dates", "tolls", "mentions"))
        print(f"  {name:24}{told['seconds']:9.1f}{told['megabytes']:9.0f}{counts}", flush=True)


def _one_shape(name: str) -> dict[str, float]:
    """Seconds and peak memory of this process, in MB of a million bytes, the interpreter and the lexicon among them."""
    extract(
        "Shelling killed ten people in Homs on Monday.", "2012-05-30"
    )  # the lexicon is read before the clock starts
    text = repeated(SHAPES[name], HOSTILE)
    begin = time.process_time()
    found = extract(text, "2012-05-30")
    seconds = time.process_time() - begin
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # kilobytes, but bytes on macOS
    return {
        "seconds": seconds,
        "megabytes": peak / 1e6 if sys.platform == "darwin" else peak * 1024 / 1e6,
        "dates": len(found.dates),
        "tolls": len(found.tolls),
        "mentions": len(found.mentions),
    }


if __name__ == "__main__":
    main()
