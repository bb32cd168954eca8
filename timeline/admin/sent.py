"""What a request sends, read so that nothing it can hold breaks a page: keys of records, words on one line."""

from __future__ import annotations

_DIGITS = 18  # of a key: with one more it may be too large for the 64 bits of a database


def number(text: str | None) -> int | None:
    """The number that ``text`` is written as in the digits 0 to 9; None for anything else, and for what no key can be.

    ``str.isdigit`` alone takes “²” for a number, and ``int`` refuses 5,000 digits with an error.
    """
    text = text or ""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _DIGITS else None


def one_line(text: str | None) -> str:
    """The words with one space between them, and without NUL, which PostgreSQL does not store. None gives ""."""
    return " ".join((text or "").replace("\0", " ").split())
