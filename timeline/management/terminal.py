"""What the commands that show text of reports share: a report must neither move the cursor nor end a run."""

from __future__ import annotations

import io

from django.core.management.base import OutputWrapper


def safe(text: str) -> str:
    """Without control characters: a report must not move the cursor of the terminal that shows it."""
    return "".join(
        ch
        if (ch >= " " and ch != "\x7f" and not "\x80" <= ch <= "\x9f") or ch in "\n\t"
        else "\N{REPLACEMENT CHARACTER}"
        for ch in text
    )


def put(out: OutputWrapper, text: str) -> None:
    """Write in UTF-8 whatever the locale says, so that one Arabic name does not end a run of thousands."""
    stream = getattr(out, "_out", None)
    if isinstance(stream, io.TextIOWrapper) and (stream.encoding or "").lower().replace("-", "") != "utf8":
        stream.reconfigure(encoding="utf-8")
    out.write(text)
