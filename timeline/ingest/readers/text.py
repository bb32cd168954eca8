"""Plain text: one report a file, with or without a block of headers before it."""

from __future__ import annotations

import datetime as dt
import re

from timeline.ingest.reports import Failure, RawReport, build

KEYS = ("title", "outlet", "published", "url", "language", "reference")
_HEADER = re.compile(rf"^({'|'.join(KEYS)})[ \t]*:[ \t]*(.*)$", re.IGNORECASE)


def read_text(text: str, origin: str, today: dt.date) -> RawReport | Failure:
    """The report in ``text``. A header block begins on the first line with a known key and ends at the first empty line."""
    lines = text.lstrip("\ufeff \t\r\n").splitlines()
    if not lines or not _HEADER.match(lines[0]):
        return build({"text": text}, origin, today)
    values: dict[str, str] = {}
    for number, line in enumerate(lines):
        if not line.strip():
            return build({**values, "text": "\n".join(lines[number + 1 :])}, origin, today)
        match = _HEADER.match(line)
        if match is None:
            return Failure(
                origin,
                f"line {number + 1} of the header block, “{line[:60]}”, is no header",
                f"Use {', '.join(key.capitalize() for key in KEYS)}, and an empty line before the report's words.",
            )
        values[match[1].lower()] = match[2]
    return Failure(
        origin, "it has headers and no text", "Put an empty line after the headers, then the report's words."
    )
