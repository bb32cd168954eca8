"""Plain text: one report a file, with or without a block of headers before it."""

from __future__ import annotations

import datetime as dt
import re

from timeline.ingest.reports import Failure, RawReport, build, normalised

KEYS = ("title", "outlet", "published", "url", "language", "reference")
_HEADER = re.compile(rf"^({'|'.join(KEYS)})[ \t]*:[ \t]*(.*)$", re.IGNORECASE)
_MEND = f"Use {', '.join(key.capitalize() for key in KEYS)}, each once, and an empty line before the report's words."


def read_text(text: str, origin: str, today: dt.date) -> RawReport | Failure:
    """The report in ``text``. A header block begins with a known key on the first line and ends at an empty line."""
    # Only LF ends a line here: a form feed or a line separator inside the words stays as it was written.
    lines = normalised(text).split("\n")
    if not _HEADER.match(lines[0]):
        return build({"text": text}, origin, today)
    values: dict[str, str] = {}
    for number, line in enumerate(lines):
        if not line.strip():
            return build({**values, "text": "\n".join(lines[number + 1 :])}, origin, today)
        match = _HEADER.match(line)
        if match is None:
            return Failure(origin, f"line {number + 1} of the header block, “{line[:60]}”, is no header", _MEND)
        key = match[1].lower()
        if key in values:
            return Failure(origin, f"line {number + 1} of the header block gives the {key} a second time", _MEND)
        values[key] = match[2]
    return Failure(
        origin, "it has headers and no text", "Put an empty line after the headers, then the report's words."
    )
