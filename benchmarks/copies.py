"""How many lightly edited copies of a report are found, how many unrelated reports are joined, and how long a report takes.

    python benchmarks/copies.py                                  # copies made of the demo reports
    python benchmarks/copies.py --jsonl reports.jsonl --show     # and of your own: {"text", "outlet"} a line; shows what it joins
    python benchmarks/copies.py --stored 100000                  # milliseconds a report, beside that many stored ones

What is measured is timeline.ingest.copies: a copy is found when it shares a band with its original and is judged of one
origin with it. --stored makes a database of its own in a temporary folder.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

SEED = 7

# What a sub-editor changes without touching the news.
SYNONYMS = {
    "killed": "slain",
    "said": "stated",
    "activists": "campaigners",
    "troops": "soldiers",
    "soldiers": "troops",
    "attack": "assault",
    "assault": "attack",
    "government": "authorities",
    "people": "persons",
    "rebels": "insurgents",
    "children": "minors",
    "wounded": "injured",
    "injured": "wounded",
    "near": "close to",
    "town": "city",
    "also": "too",
    "after": "following",
    "at least": "no fewer than",
    "according to": "as reported by",
    "Aleppo": "Halab",
    "Raqqa": "Raqa",
    "Idlib": "Idleb",
    "Daraa": "Deraa",
    "Houla": "Hula",
    "centre": "center",
    "percent": "per cent",
}
_SYNONYM = re.compile(r"\b(" + "|".join(map(re.escape, sorted(SYNONYMS, key=len, reverse=True))) + r")\b")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"])")


@dataclass(frozen=True, slots=True)
class Text:
    text: str
    outlet: str
    title: str


def paragraphs(text: str) -> list[str]:
    """As they are set; of a text without any, two sentences each."""
    found = [part for part in text.split("\n") if part.strip()]
    if len(found) > 2:
        return found
    sentences = _SENTENCE_END.split(text)
    return [" ".join(sentences[at : at + 2]) for at in range(0, len(sentences), 2)]


def new_head(text: str, other: str, chance: random.Random) -> str:
    return "BEIRUT (Agencies) - News of the day from the region.\n" + "\n".join(paragraphs(text))


def cut(text: str, other: str, chance: random.Random) -> str:
    """A quarter of the paragraphs gone, wherever they stood."""
    parts = paragraphs(text)
    gone = set(chance.sample(range(len(parts)), max(1, len(parts) // 4))) if len(parts) > 1 else set()
    return "\n".join(part for at, part in enumerate(parts) if at not in gone)


def reordered(text: str, other: str, chance: random.Random) -> str:
    sentences = _SENTENCE_END.split(text)
    chance.shuffle(sentences)
    return " ".join(sentences)


def reworded(text: str, other: str, chance: random.Random) -> str:
    return _SYNONYM.sub(lambda match: SYNONYMS[match[1]], text)


def trimmed(text: str, other: str, chance: random.Random) -> str:
    """To the first 60 % of its words."""
    words = text.split(" ")
    return " ".join(words[: int(len(words) * 0.6)])


def added(text: str, other: str, chance: random.Random) -> str:
    """Two paragraphs of another report put in, anywhere."""
    parts, strange = paragraphs(text), paragraphs(other)
    at = chance.randint(0, len(parts))
    return "\n".join([*parts[:at], *strange[:2], *parts[at:]])


def several(text: str, other: str, chance: random.Random) -> str:
    """A new head, other words, and cut."""
    return new_head(reworded(cut(text, other, chance), other, chance), other, chance)


EDITS: dict[str, Callable[[str, str, random.Random], str]] = {
    "new headline and dateline": new_head,
    "a quarter of the paragraphs cut": cut,
    "sentences in another order": reordered,
    "synonyms and spellings": reworded,
    "trimmed to 60 %": trimmed,
    "two paragraphs of another added": added,
    "new head, other words, and cut": several,
}


def demo_reports() -> list[Text]:
    from timeline.ingest.readers import RawReport, read

    folder = PROJECT / "timeline/fixtures/demo/reports"
    import datetime as dt

    reports = [item for item in read(folder, today=dt.date.today()) if isinstance(item, RawReport)]
    return [Text(report.text, report.outlet, report.title) for report in reports]


def reports_of(path: Path) -> list[Text]:
    """The reports of a JSONL file, each text once."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return list({row["text"]: Text(row["text"], row.get("outlet", ""), row.get("title", "")) for row in rows}.values())


def measure(name: str, reports: list[Text], show: bool) -> None:
    from timeline.ingest.copies import compared, same_origin
    from timeline.ingest.wording import bands

    chance = random.Random(SEED)
    known = [compared(report.text, report.outlet) for report in reports]
    sketches = [bands(one.wording) for one in known]
    print(f"{name}: {len(reports)} reports")
    total = 0
    for edit, make in EDITS.items():
        hits = 0
        for at, report in enumerate(reports):
            stranger = reports[chance.randrange(len(reports) - 1)]
            if stranger is report:
                stranger = reports[-1]
            copy = compared(make(report.text, stranger.text, chance), "Another outlet")
            near = any(one == two for one, two in zip(bands(copy.wording), sketches[at], strict=True))
            hits += near and same_origin(copy, known[at]) is not None
        total += hits
        print(f"  {edit:34} {hits:4} of {len(reports)} found ({hits / len(reports):.3f})")
    print(
        f"  {'all of these':34} {total:4} of {len(EDITS) * len(reports)} found ({total / len(EDITS) / len(reports):.3f})"
    )
    joined = list(_joined(reports, known, sketches))
    pairs = len(reports) * (len(reports) - 1) // 2
    print(f"  of {pairs} pairs of different reports, {len(joined)} joined ({1000 * len(joined) / pairs:.2f} in 1,000)")
    if show:
        for share, one, two in sorted(joined, key=lambda pair: pair[0]):
            print(f"    {share:.2f}  {one.outlet}: {one.title[:60]}  |  {two.outlet}: {two.title[:60]}")


def _joined(reports: list[Text], known: list, sketches: list[list[int]]) -> Iterator[tuple[float, Text, Text]]:  # type: ignore[type-arg]
    from timeline.ingest.copies import same_origin

    for one, two in combinations(range(len(reports)), 2):
        if any(a == b for a, b in zip(sketches[one], sketches[two], strict=False)):
            alike = same_origin(known[one], known[two])
            if alike:
                yield alike.contained, reports[one], reports[two]


def time_with(stored: int) -> None:
    """Milliseconds that finding the origin of a new report takes, in a database with ``stored`` others over ten years."""
    import datetime as dt

    from django.core.management import call_command

    from timeline.ingest.copies import find_origin
    from timeline.ingest.wording import bands, wording
    from timeline.models import Article, WordingBand
    from timeline.models.article import hash_text

    call_command("migrate", verbosity=0)
    chance = random.Random(SEED)
    sentences = [one for report in demo_reports() for one in _SENTENCE_END.split(report.text)]
    first = dt.date(2011, 3, 15)

    def invented(number: int) -> Article:
        text = " ".join([f"Report {number}.", *chance.sample(sentences, 14)])
        day = first + dt.timedelta(days=number % 3650)
        return Article(title=f"Report {number}", text=text, text_hash=hash_text(text), published=day)

    for start in range(0, stored, 2000):
        made = Article.objects.bulk_create([invented(at) for at in range(start, min(start + 2000, stored))])
        rows = [
            WordingBand(article=article, band=band, value=value)
            for article in made
            for band, value in enumerate(bands(wording(article.text)))
        ]
        WordingBand.objects.bulk_create(rows, batch_size=5000)
    for what, day in (("dated", first + dt.timedelta(days=1000)), ("undated", None)):
        times = []
        for number in range(40):
            article = invented(stored + number)
            article.published, article.text = day, f"{what} {article.text}"
            article.text_hash = hash_text(article.text)
            article.save()
            begin = time.perf_counter()
            find_origin(article)
            times.append(1000 * (time.perf_counter() - begin))
        times.sort()
        print(
            f"{stored} stored, a new {what} report of {len(article.text.split())} words: "
            f"median {statistics.median(times):.0f} ms, slowest of 40 {times[-1]:.0f} ms"
        )


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--jsonl", type=Path, help="reports of your own")
    options.add_argument("--show", action="store_true", help="print the pairs that are joined")
    options.add_argument("--stored", type=int, metavar="N", help="measure the time beside N stored reports")
    given = options.parse_args()
    if given.jsonl and not given.jsonl.is_file():
        print(f"{given.jsonl}: there is no such file.", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/copies.sqlite3"
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "timeline.settings")
        os.environ.setdefault("DEBUG", "1")
        import django

        django.setup()
        if given.stored:
            time_with(given.stored)
        else:
            measure("demo reports", demo_reports(), given.show)
            if given.jsonl:
                measure(given.jsonl.name, reports_of(given.jsonl), given.show)
        django.db.connections.close_all()
    return 0


if __name__ == "__main__":
    sys.exit(main())
