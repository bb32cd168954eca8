"""Reports from files, folders and standard input: which reader takes which, and what is in the way of the others.

A new format is one file here and one line in READERS.
"""

from __future__ import annotations

import datetime as dt
import itertools
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, Literal

from timeline.ingest.decoding import decode
from timeline.ingest.readers.feed import MAX_FEED_BYTES, read_feed
from timeline.ingest.readers.html import read_html
from timeline.ingest.readers.jsonl import MAX_LINE_BYTES, read_jsonl
from timeline.ingest.readers.text import read_text
from timeline.ingest.reports import MAX_TEXT_BYTES, Failure, RawReport, Unreadable, normalised

__all__ = ["MAX_TEXT_BYTES", "Failure", "RawReport", "expected", "normalised", "read"]

Items = Iterator[RawReport | Failure]
Format = Literal["text", "html", "feed", "jsonl"]

ENDINGS: dict[str, Format] = {
    ".txt": "text",
    ".text": "text",
    ".md": "text",
    ".html": "html",
    ".htm": "html",
    ".xml": "feed",
    ".rss": "feed",
    ".atom": "feed",
    ".jsonl": "jsonl",
}
SNIFFED = 2048  # bytes that decide on the format where no ending does
CHUNK = 1 << 20


def read(path: Path | str, *, today: dt.date, stdin: BinaryIO | None = None) -> Items:
    """Every report under ``path``: a file, a folder (walked in order of names), or '-' for standard input.

    Nothing is raised for what a file holds: what cannot be read comes as a Failure in its place, and the rest goes on.
    ``today`` is the day after which no report can have been published.
    """
    if path == "-":
        yield from _sniffed(stdin or sys.stdin.buffer, "standard input", today)
        return
    path = Path(path)
    if path.is_dir():
        yield from _folder(path, today)
    elif not path.exists():
        yield Failure(str(path), "there is no such file or folder", "Check the name; - stands for standard input.")
    else:
        yield from _file(path, str(path), today)


def expected(path: Path) -> int | None:
    """About how many reports ``path`` holds, counted without reading them; None where that cannot be told."""
    if path.is_dir():
        counts = [expected(file) for file in _files(path)]
        return sum(count or 1 for count in counts)
    if not path.is_file():
        return 1
    if path.suffix.lower() == ".jsonl":
        with path.open("rb") as file:
            return sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(CHUNK), b"")) or 1
    return 1 if ENDINGS.get(path.suffix.lower()) in {"text", "html"} else None


def _files(folder: Path) -> list[Path]:
    """The files below a folder, hidden ones and those in hidden folders left out."""
    found = (file for file in folder.rglob("*") if file.is_file())
    return sorted(file for file in found if not any(part.startswith(".") for part in file.relative_to(folder).parts))


def _folder(folder: Path, today: dt.date) -> Items:
    files = _files(folder)
    if not files:
        yield Failure(str(folder), "the folder holds no files", "Give a folder with reports in it.")
    for file in files:
        name = str(file.relative_to(folder))
        if file.suffix.lower() in ENDINGS:
            yield from _file(file, name, today)
        elif file.suffix.lower() == ".json":
            yield Failure(name, "a .json file", "Write its reports as .jsonl: one object a line.")
        else:
            yield Failure(name, f"the ending “{file.suffix}” is none we read", f"Use one of {', '.join(ENDINGS)}.")


def _file(path: Path, name: str, today: dt.date) -> Items:
    try:
        with path.open("rb") as file:
            ending = ENDINGS.get(path.suffix.lower())
            yield from (_READERS[ending](file, name, today) if ending else _sniffed(file, name, today))
    except OSError as error:
        yield Failure(name, f"it cannot be opened ({error.strerror})", "Check that you may read it.")


def _sniffed(stream: BinaryIO, name: str, today: dt.date) -> Items:
    """A stream without an ending that tells: its first bytes do."""
    head = stream.read(SNIFFED)
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html")):
        kind: Format = "html"
    elif start.startswith((b"<?xml", b"<rss", b"<feed", b"<rdf")):
        kind = "html" if b"<html" in start else "feed"
    elif start.startswith(b"{"):
        kind = "jsonl"
    else:
        kind = "text"
    yield from _READERS[kind](_Rest(head, stream), name, today)


class _Rest:
    """A stream whose first bytes were read already: they come again, then the rest."""

    def __init__(self, head: bytes, stream: BinaryIO) -> None:
        self._head, self._stream = head, stream

    def read(self, size: int) -> bytes:
        """Up to ``size`` bytes."""
        found, self._head = self._head[:size], self._head[size:]
        while len(found) < size and (more := self._stream.read(size - len(found))):
            found += more
        return found


def _text(stream: _Rest | BinaryIO, name: str, today: dt.date) -> Items:
    data = stream.read(MAX_TEXT_BYTES + 1)
    if not data.strip():
        yield Failure(name, "the file is empty", "Put the report's words in it.")
        return
    try:
        # What the file is comes first: a large archive is an archive, whatever its size.
        text = decode(data[:SNIFFED]) if len(data) > MAX_TEXT_BYTES and b"\x00" in data[:SNIFFED] else None
        if len(data) > MAX_TEXT_BYTES:
            yield _too_long(name, MAX_TEXT_BYTES)
            return
        text = decode(data)
    except Unreadable as error:
        yield Failure(name, error.reason, error.mend)
        return
    yield read_text(text, name, today)


def _html(stream: _Rest | BinaryIO, name: str, today: dt.date) -> Items:
    data = stream.read(MAX_TEXT_BYTES + 1)
    if not data.strip():
        yield Failure(name, "the file is empty", "Save the page again.")
    elif len(data) > MAX_TEXT_BYTES:
        yield _too_long(name, MAX_TEXT_BYTES)
    else:
        yield read_html(data, name, today)


def _feed(stream: _Rest | BinaryIO, name: str, today: dt.date) -> Items:
    data = stream.read(MAX_FEED_BYTES + 1)
    if not data.strip():
        yield Failure(name, "the file is empty", "Save the feed again.")
    elif len(data) > MAX_FEED_BYTES:
        yield _too_long(name, MAX_FEED_BYTES)
    else:
        yield from read_feed(data.lstrip(), name, today)


def _jsonl(stream: _Rest | BinaryIO, name: str, today: dt.date) -> Items:
    lines = _lines(stream)
    first = next(lines, None)
    if first is None:
        yield Failure(name, "the file is empty", "Write a report a line, each a JSON object with a 'text'.")
        return
    yield from read_jsonl(itertools.chain([first], lines), name, today)


def _lines(stream: _Rest | BinaryIO) -> Iterator[bytes]:
    """The lines of a stream; of a line that is too long only as much as shows that it is."""
    rest = b""
    while chunk := stream.read(CHUNK):
        *whole, last = (rest + chunk).split(b"\n") if len(rest) <= MAX_LINE_BYTES else (rest, *chunk.split(b"\n")[1:])
        yield from whole
        rest = last
    if rest:
        yield rest


def _too_long(name: str, limit: int) -> Failure:
    return Failure(
        name,
        f"it is over {limit // 1_000_000} MB, more than any one report",
        "Split it into its reports, one a file or one a line of JSONL.",
    )


_READERS: dict[Format, Callable[..., Iterable[RawReport | Failure]]] = {
    "text": _text,
    "html": _html,
    "feed": _feed,
    "jsonl": _jsonl,
}
