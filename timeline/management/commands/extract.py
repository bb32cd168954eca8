"""``manage.py extract``: what the engine reads in a report, for people, as JSON, or line by line.

Reads a file or standard input and prints; needs no database. ``--again`` alone hands over to the store, which holds the
articles that are read again.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from timeline.extraction import extract
from timeline.extraction.lexicon import names
from timeline.extraction.records import Extraction, KnownEvent
from timeline.management.terminal import put, safe

USED_WRONGLY = 2
FAILED = 1

# ANSI colours that read on light and dark terminals alike: blue, red, green.
_COLOURS = {"date": "\x1b[34m", "toll": "\x1b[31m", "said": "\x1b[32m"}
_PLAIN = "\x1b[0m"


class _Mark(NamedTuple):
    start: int
    end: int
    label: str
    number: int


class Command(BaseCommand):
    help = "Read a news report and show the dates, tolls, attributions and events in it, each with its reason."
    requires_system_checks: list[str] = []  # no models, no database: nothing of the site has to be in order

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", metavar="FILE", help="a text file in UTF-8, or - for standard input")
        parser.add_argument(
            "--published", metavar="DATE", help="day of publication, YYYY-MM-DD; resolves relative dates"
        )
        parser.add_argument("--json", action="store_true", help="print one JSON object")
        parser.add_argument(
            "--jsonl", action="store_true", help='read {"id", "published", "text"} a line, print one JSON object a line'
        )
        parser.add_argument(
            "--known", metavar="FILE", help="events known already, one JSON object a line, to date undated reports by"
        )
        parser.add_argument(
            "--lexicon", default="syria", metavar="NAME", help="the conflict's lexicon (default: syria)"
        )
        parser.add_argument(
            "--again", action="store_true", help="read all stored articles again, keeping what people edited"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["again"]:
            self._again(options)
            return
        if options["lexicon"] not in names():
            raise CommandError(
                f"--lexicon {options['lexicon']!r}: there is no such lexicon. There is: {', '.join(names())}.",
                returncode=USED_WRONGLY,
            )
        published = _published(options["published"])
        known = _known_events(options["known"]) if options["known"] else ()
        if options["jsonl"]:
            if options["json"]:
                raise CommandError("--json and --jsonl exclude each other: take one.", returncode=USED_WRONGLY)
            self._lines(options["file"], published, options["lexicon"], known)
            return
        if not options["file"]:
            raise CommandError("Name a FILE to read, or - for standard input.", returncode=USED_WRONGLY)
        text = _read(options["file"])
        found = extract(text, published, options["lexicon"], known)
        if options["json"]:
            put(self.stdout, json.dumps(found.as_dict(), ensure_ascii=False, indent=2))
        else:
            put(self.stdout, for_people(text, found, self._coloured(options)))

    def _again(self, options: dict[str, Any]) -> None:
        if options["file"] or options["json"] or options["jsonl"] or options["published"] or options["known"]:
            raise CommandError(
                "--again reads the stored articles: it takes no FILE, --published, --known, --json or --jsonl.",
                returncode=USED_WRONGLY,
            )
        # The only path that needs models and a database.
        from timeline.ingest.store import extract_again
        from timeline.tasks import NoBroker, extract_all_articles

        if settings.CELERY_BROKER_URL:
            try:
                self.stdout.write(f"{extract_all_articles()} reports handed to the workers, to be read again.")
            except NoBroker as error:
                raise CommandError(str(error)) from error
            return
        self.stdout.write(str(extract_again(progress=sys.stderr.isatty())))

    def _lines(self, file: str | None, published: dt.date | None, lexicon: str, known: tuple[KnownEvent, ...]) -> None:
        """A bad line is told on standard error with its number; the good ones go on."""
        failed = 0
        with _open(file or "-") as stream:
            for number, raw in enumerate(stream, start=1):
                if not raw.strip():
                    continue
                try:
                    found = _line(raw, published, lexicon, known, first=number == 1)
                except ValueError as reason:
                    failed += 1
                    self.stderr.write(f"{_name(file or '-')} line {number}: {reason}")
                    continue
                put(self.stdout, json.dumps(found.as_dict(), ensure_ascii=False))
        if failed:
            were = "line was" if failed == 1 else "lines were"
            raise CommandError(f"{failed} {were} left out; the rest was extracted.", returncode=FAILED)

    def _coloured(self, options: dict[str, Any]) -> bool:
        # --force-color and --no-color are Django's own options; without them colours are for terminals only.
        if options.get("no_color"):
            return False
        return bool(options.get("force_color")) or (self.style.SUCCESS("x") != "x" and self.stdout.isatty())


def _published(value: str | None) -> dt.date | None:
    if value is None:
        return None
    try:
        return dt.datetime.strptime(value, "%Y-%m-%d").date()
    except ValueError:
        raise CommandError(
            f"--published {value!r} is not a date: write it as YYYY-MM-DD, for example 2012-05-30.",
            returncode=USED_WRONGLY,
        ) from None


def _known_events(file: str) -> tuple[KnownEvent, ...]:
    """The events of a JSONL file: name, kind, earliest and latest; place, governorate, killed_low, killed_high if known."""
    events = []
    for number, line in enumerate(_read(file).splitlines(), start=1):
        if not line.strip():
            continue
        try:
            values = json.loads(line)
            first = dt.date.fromisoformat(values["earliest"])
            last = dt.date.fromisoformat(values["latest"]) if values.get("latest") else first
            where = (values.get("place"), values.get("governorate"))
            killed = (values.get("killed_low"), values.get("killed_high"))
            events.append(KnownEvent(values["name"], *where, values["kind"], first, last, *killed))
        except (ValueError, TypeError, KeyError, AttributeError) as reason:
            missing = f"no {reason}" if isinstance(reason, KeyError) else str(reason)
            raise CommandError(
                f"{file} line {number}: {missing}. Wanted is an object with name, kind and earliest (YYYY-MM-DD), and "
                "latest, place, governorate, killed_low and killed_high where they are known.",
                returncode=USED_WRONGLY,
            ) from None
    return tuple(events)


def _line(
    raw: bytes, published: dt.date | None, lexicon: str, known: tuple[KnownEvent, ...], first: bool
) -> Extraction:
    """The extraction of one line of JSON. Raises ValueError with the reason and the mend."""
    try:
        document = json.loads(raw.decode("utf-8-sig" if first else "utf-8"))
    except UnicodeDecodeError as reason:
        raise ValueError(f"not UTF-8 (byte {reason.start + 1}). Convert the file to UTF-8. Left out.") from None
    except json.JSONDecodeError as reason:
        raise ValueError(f"not JSON ({reason.msg}, column {reason.colno}). Left out.") from None
    except RecursionError:
        raise ValueError("not JSON that can be read (nested too deeply). Left out.") from None
    if not isinstance(document, dict):
        raise ValueError(f"a JSON object is wanted, not {_json_kind(document)}. Left out.")
    if "text" not in document:
        keys = ", ".join(map(str, document)) or "none"
        raise ValueError(f"no 'text' (keys found: {keys}). Left out.")
    text = document["text"]
    if not isinstance(text, str):
        raise ValueError(f"'text' is {_json_kind(text)}, a string is wanted. Left out.")
    day = document.get("published")
    if day is not None and not isinstance(day, str):
        raise ValueError(f"'published' is {_json_kind(day)}, a date as YYYY-MM-DD or null is wanted. Left out.")
    identifier = document.get("id")
    try:
        found = extract(text, day or published, lexicon, known)
    except ValueError as reason:
        raise ValueError(f"{reason} Left out.") from None
    return found.named(None if identifier is None else str(identifier))


def _json_kind(value: object) -> str:
    if value is None:
        return "null"
    names = {
        bool: "true or false",
        int: "a number",
        float: "a number",
        str: "a string",
        list: "a list",
        dict: "an object",
    }
    return names.get(type(value), type(value).__name__)


def _name(file: str) -> str:
    return "standard input" if file == "-" else file


def _open(file: str) -> BinaryIO:
    if file == "-":
        return (
            io.BufferedReader(io.FileIO(sys.stdin.fileno(), closefd=False)) if _has_descriptor() else sys.stdin.buffer
        )
    path = Path(file)
    if path.is_dir():
        raise CommandError(f"{file} is a folder: name one file in it.")
    try:
        return path.open("rb")
    except OSError as reason:
        raise CommandError(f"{file} cannot be read: {reason.strerror or reason}.") from None


def _has_descriptor() -> bool:
    try:
        sys.stdin.fileno()
    except (OSError, ValueError):
        return False
    return True


def _read(file: str) -> str:
    with _open(file) as stream:
        raw = stream.read()
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise CommandError(f"{_name(file)} is in UTF-16, UTF-8 is wanted. Convert it: iconv -f UTF-16 -t UTF-8.")
    if b"\0" in raw:
        raise CommandError(f"{_name(file)} is a binary file (it holds null bytes), not a text.")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as reason:
        line = raw.count(b"\n", 0, reason.start) + 1
        raise CommandError(
            f"{_name(file)} line {line}: byte 0x{raw[reason.start]:02x} is not UTF-8, so the file is in another "
            "encoding (Latin-1? Windows-1256?). Convert it: iconv -f ENCODING -t UTF-8."
        ) from None


def for_people(text: str, found: Extraction, coloured: bool = False) -> str:
    """The text with what was found marked in it, and below it every value with the reason for it."""
    parts = [_marked(text, found, coloured), "", *_listed(found)]
    return "\n".join(parts)


def _marked(text: str, found: Extraction, coloured: bool) -> str:
    marks = [
        *(_Mark(d.start, d.end, "date", n) for n, d in enumerate(found.dates, 1)),
        *(_Mark(t.start, t.end, "toll", n) for n, t in enumerate(found.tolls, 1)),
        *(_Mark(a.start, a.end, "said", n) for n, a in enumerate(found.attributions, 1)),
    ]
    # Marks may lie inside one another ("said on Monday"): at one place the inner closes first and opens last.
    opening = {m: (m.start, -m.end) for m in marks}
    events: list[tuple[int, int, int, _Mark, bool]] = []
    for mark in marks:
        events.append((mark.start, 1, opening[mark][1], mark, True))
        events.append((mark.end, 0, -mark.start, mark, False))
    events.sort(key=lambda event: event[:3])
    out: list[str] = []
    stack: list[_Mark] = []
    position = 0
    for at, _, _, mark, opens in events:
        out.append(safe(text[position:at]))
        position = at
        if opens:
            stack.append(mark)
            out.append(f"{_COLOURS[mark.label] if coloured else ''}[{mark.label} {mark.number}: ")
        else:
            stack.remove(mark)
            out.append("]")
            if coloured:
                out.append(_COLOURS[stack[-1].label] if stack else _PLAIN)
    out.append(safe(text[position:]))
    return "".join(out).rstrip()


def _listed(found: Extraction) -> list[str]:
    lines = [f"Published: {found.published.isoformat() if found.published else 'not known'}"]
    for suggestion in found.suggested_published:
        lines.append(f"  perhaps {suggestion.date.isoformat()} ({suggestion.confidence:.2f}): {safe(suggestion.basis)}")
    lines.append(f"Dates: {len(found.dates) or 'none'}")
    for number, date in enumerate(found.dates, 1):
        lines.append(f"  date {number}  {_quote(date.text)}: {date.value or 'unresolved'} ({date.precision})")
        lines.append(f"          {safe(date.basis)}")
    lines.append(f"Tolls: {len(found.tolls) or 'none'}")
    for number, toll in enumerate(found.tolls, 1):
        who = f" {toll.victims}" if toll.victims else ""
        said = f", according to {toll.source}" if toll.source else ", nobody named as the source"
        via = f" via {toll.via}" if toll.via else ""
        part = f", part of toll {toll.part_of + 1}" if toll.part_of is not None else ""
        scope = ", of the whole conflict" if toll.scope == "cumulative" else ""
        qualifier = toll.qualifier.replace("_", " ")
        count = f"{toll.harm} {_bounds(toll.low, toll.high)}{who} ({qualifier})"
        lines.append(f"  toll {number}  {_quote(toll.text)}: {count}{scope}{part}{said}{via}")
        lines.append(f"          {safe(toll.basis)}")
    lines.append(f"Attributions: {len(found.attributions) or 'none'}")
    for number, said_by in enumerate(found.attributions, 1):
        via = f", via {said_by.via}" if said_by.via else ""
        lines.append(f"  said {number}  {_quote(said_by.text)}: {said_by.speaker}{via}")
    lines.append(f"Events: {len(found.mentions) or 'none'}")
    for number, mention in enumerate(found.mentions, 1):
        lines.append(f"  event {number} {safe(mention.title)}")
        details = [mention.kind.replace("_", " "), _days(mention.earliest, mention.latest, mention.date)]
        if mention.place:
            place = mention.place
            if mention.governorate and mention.governorate != place:
                place += f" ({mention.governorate})"
            details.append(place)
        if mention.actors:
            details.append("actors: " + ", ".join(mention.actors))
        if mention.tolls:
            details.append("tolls " + ", ".join(str(index + 1) for index in mention.tolls))
        details.append(f"confidence {mention.confidence:.2f}")
        lines.append("          " + "; ".join(details))
        lines.append(f"          day: {safe(mention.basis)}")
    return lines


def _quote(text: str) -> str:
    return f"“{safe(' '.join(text.split()))}”"


def _bounds(low: int | None, high: int | None) -> str:
    if low == high:
        return "an unknown number" if low is None else f"{low:,}"
    if high is None:
        return f"{low:,} or more"
    if low is None:
        return f"up to {high:,}"
    return f"{low:,} to {high:,}"


def _days(earliest: dt.date | None, latest: dt.date | None, date: int | None) -> str:
    because = f" (date {date + 1})" if date is not None else ""
    if earliest is None and latest is None:
        return f"date unknown{because}"
    if earliest is None or latest is None:
        return f"by {latest}{because}" if latest else f"from {earliest}{because}"
    return f"{earliest}{because}" if earliest == latest else f"{earliest} to {latest}{because}"
