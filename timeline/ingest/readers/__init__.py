"""Reports from files, folders and standard input: which reader takes which, and what is in the way of the others.

A new format is one file here, its ending in ENDINGS and its reader in _READERS.
"""

from __future__ import annotations

import datetime as dt
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, Literal

from timeline.ingest.decoding import decode, refuse_binary
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
# Formats of data that would else be taken for one long report when named on the command line.
_REFUSED = dict.fromkeys((".json", ".csv", ".tsv"), "Write its reports as .jsonl: one object a line.")
SNIFFED = 2048  # bytes that decide on the format where no ending does
CHUNK = 1 << 20
# What no database keeps (NUL, halves of characters), and what would write more on a terminal than it should.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def read(path: Path | str, *, today: dt.date, stdin: BinaryIO | None = None) -> Items:
    """Every report under ``path``: a file, a folder (walked in order of names), or '-' for standard input.

    Nothing is raised for what a file holds: what cannot be read comes as a Failure in its place, and the rest goes on.
    ``today`` is the day after which no report can have been published.
    """
    for item in _items(path, today, stdin):
        yield _speakable(item) if isinstance(item, Failure) else _storable(item)


def expected(path: Path) -> int | None:
    """About how many reports ``path`` holds, counted without reading them; None where that cannot be told."""
    try:
        if path.is_dir():
            files, failures = _files(path)
            return sum(expected(file) or 1 for file in files) + len(failures)
        if path.is_file() and path.suffix.lower() == ".jsonl":
            with path.open("rb") as file:
                return sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(CHUNK), b"")) or 1
        return None if ENDINGS.get(path.suffix.lower()) == "feed" and path.is_file() else 1
    except OSError:
        return 1  # read() says what is the matter


def _items(path: Path | str, today: dt.date, stdin: BinaryIO | None) -> Items:
    if path == "-":
        yield from _opened(stdin or sys.stdin.buffer, "standard input", None, today)
        return
    path = Path(path)
    try:
        if path.is_dir():
            yield from _folder(path, today)
        elif not path.exists():
            yield Failure(str(path), "there is no such file or folder", "Check the name; - stands for standard input.")
        else:
            yield from _file(path, today)
    except OSError as error:  # a name too long, a folder above that may not be entered
        yield _unopened(path, error)


def _files(folder: Path) -> tuple[list[Path], list[Failure]]:
    """The files below a folder in order, hidden ones left out, and what could not be looked into."""
    found: list[Path] = []
    failures: list[Failure] = []

    def unopened(error: OSError) -> None:
        failures.append(_unopened(Path(str(error.filename)), error))

    for above, folders, files in os.walk(folder, onerror=unopened):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [Path(above, name) for name in files if not name.startswith(".")]
        failures += [
            Failure(
                str(Path(above, name)), "a link to another folder, which is not followed", "Give that folder itself."
            )
            for name in folders
            if Path(above, name).is_symlink()
        ]
    return sorted(found), failures


def _folder(folder: Path, today: dt.date) -> Items:
    files, failures = _files(folder)
    yield from failures
    if not files and not failures:
        yield Failure(str(folder), "the folder holds no files", "Give a folder with reports in it.")
    for file in files:
        if file.exists() and not file.is_file():  # a pipe or a device: reading it might never end
            yield Failure(str(file), "it is no regular file", "Take it out of the folder, or name it by itself.")
        elif file.suffix.lower() in ENDINGS or file.suffix.lower() in _REFUSED:
            yield from _file(file, today)
        else:
            what = f"the ending “{file.suffix}” is none we read" if file.suffix else "it has no ending"
            yield Failure(str(file), what, f"Use one of {', '.join(ENDINGS)}.")


def _file(path: Path, today: dt.date) -> Items:
    ending = path.suffix.lower()
    if ending in _REFUSED:
        yield Failure(str(path), f"a {ending} file, which is none we read", _REFUSED[ending])
        return
    try:
        with path.open("rb") as file:
            yield from _opened(file, str(path), ENDINGS.get(ending), today)
    except OSError as error:
        yield _unopened(path, error)


def _unopened(path: Path, error: OSError) -> Failure:
    return Failure(str(path), f"it cannot be opened ({error.strerror})", "Check the name, and that you may read it.")


def _opened(stream: BinaryIO, name: str, kind: Format | None, today: dt.date) -> Items:
    """The reports of a stream. What it is comes first: a large archive is an archive, whatever its name and size."""
    head = stream.read(SNIFFED)
    if not head.strip() and not (head := head + stream.read(MAX_TEXT_BYTES)).strip():
        yield Failure(name, "the file is empty", "Put the report's words in it, or leave it out.")
        return
    try:
        refuse_binary(head[:SNIFFED] if kind != "jsonl" else head[:SNIFFED].split(b"\n", 1)[0])
        kind = kind or _sniffed(head)
    except Unreadable as error:
        yield Failure(name, error.reason, error.mend)
        return
    yield from _READERS[kind](_Rest(head, stream), name, today)


def _sniffed(head: bytes) -> Format:
    """The format of a stream without an ending that tells, by its first bytes."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return "html"
    if start.startswith((b"<?xml", b"<rss", b"<feed", b"<rdf")):
        return "html" if b"<html" in start else "feed"
    if re.match(rb"\[\s*\{\s*\"", start):
        raise Unreadable("a JSON list", "Write one object a line, for example with: jq -c '.[]' FILE > NEW.jsonl.")
    # A line that begins as an object does is one, broken or not: half of one must not be stored as a report's words.
    return "jsonl" if re.match(rb"\{\s*[\"}]", start) else "text"


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


def _text(stream: _Rest, name: str, today: dt.date) -> Items:
    data = stream.read(MAX_TEXT_BYTES + 1)
    if len(data) > MAX_TEXT_BYTES:
        yield _too_long(name, MAX_TEXT_BYTES)
        return
    try:
        text = decode(data)
    except Unreadable as error:
        yield Failure(name, error.reason, error.mend)
        return
    yield read_text(text, name, today)


def _html(stream: _Rest, name: str, today: dt.date) -> Items:
    data = stream.read(MAX_TEXT_BYTES + 1)
    yield _too_long(name, MAX_TEXT_BYTES) if len(data) > MAX_TEXT_BYTES else read_html(data, name, today)


def _feed(stream: _Rest, name: str, today: dt.date) -> Items:
    data = stream.read(MAX_FEED_BYTES + 1)
    if len(data) > MAX_FEED_BYTES:
        yield Failure(name, f"the feed is over {MAX_FEED_BYTES // 1_000_000} MB", "Split it into several feeds.")
    else:
        yield from read_feed(data, name, today)


def _jsonl(stream: _Rest, name: str, today: dt.date) -> Items:
    head = stream.read(SNIFFED)
    first = head.lstrip(b"\xef\xbb\xbf \t\r\n").split(b"\n", 1)[0].strip()
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        yield Failure(name, "it is UTF-16; JSONL is UTF-8", "Convert it: iconv -f UTF-16 -t UTF-8 FILE > NEW.")
    elif first in (b"[", b"{", b"[{"):
        yield Failure(
            name,
            "JSON over several lines, not one object a line",
            "Rewrite it, for example with jq -c (lists: jq -c '.[]').",
        )
    else:
        yield from read_jsonl(_lines(stream, head), name, today)


def _lines(stream: _Rest, rest: bytes) -> Iterator[bytes]:
    """The lines of ``rest`` and of the stream after it; of a line that is too long only as much as shows that it is."""
    while chunk := stream.read(CHUNK):
        *whole, last = (rest + chunk).split(b"\n") if len(rest) <= MAX_LINE_BYTES else (rest, *chunk.split(b"\n")[1:])
        yield from whole
        rest = last
    yield from rest.split(b"\n")


def _too_long(name: str, limit: int) -> Failure:
    return Failure(
        name,
        f"it is over {limit // 1_000_000} MB, more than any one report",
        "Split it into its reports, one a file or one a line of JSONL.",
    )


def _storable(report: RawReport) -> RawReport | Failure:
    """The report, or a failure where a field of it holds what no database keeps; the text was looked at already."""
    for field in ("title", "outlet", "url", "language", "reference"):
        if _UNSTORABLE.search(getattr(report, field)):
            return _speakable(
                Failure(
                    report.origin, f"the {field} holds NUL or half characters", f"Write the {field} again as UTF-8."
                )
            )
    return report


def _speakable(failure: Failure) -> Failure:
    """The failure with what would break a line or a terminal written out: names of files and keys can hold anything."""

    def written(words: str) -> str:
        return _UNPRINTABLE.sub(lambda match: match[0].encode("unicode_escape").decode("ascii"), words)

    return Failure(written(failure.origin), written(failure.reason), written(failure.mend))


_READERS: dict[Format, Callable[..., Iterable[RawReport | Failure]]] = {
    "text": _text,
    "html": _html,
    "feed": _feed,
    "jsonl": _jsonl,
}
