"""From bytes to text: which encoding a file is in, decided by what its letters make, or refused with the way to convert it."""

from __future__ import annotations

import codecs

import charset_normalizer

from timeline.ingest.reports import Unreadable

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SIGNATURES = (
    (b"%PDF", "a PDF", "Save its text as .txt, for example with pdftotext."),
    (b"PK\x03\x04", "a ZIP archive or an office document", "Unpack it, or save the document's text as .txt."),
    (b"\x89PNG", "a PNG picture", "Give the report's words as text."),
    (b"\xff\xd8\xff", "a JPEG picture", "Give the report's words as text."),
    (b"GIF8", "a GIF picture", "Give the report's words as text."),
    (b"\x1f\x8b", "a gzip archive", "Unpack it first: gunzip FILE."),
    (b"\xd0\xcf\x11\xe0", "an old office document", "Save its text as .txt."),
    (b"SQLite format 3\x00", "a database", "Export its reports as JSONL, one object a line."),
)
# Bytes looked at to decide: more changes no decision, and a long file is not read twice.
SAMPLE = 100_000
# What reports on this war come in where they are not UTF-8. With the whole of its list open, charset-normalizer takes
# short texts for Mac or Urdu encodings; between these two it is right on every case of the tests.
SINGLE_BYTE = ["windows-1256", "windows-1252"]


def decode(data: bytes, declared: str | None = None) -> str:
    """The text of ``data``. ``declared`` is what a page or feed says of itself; it is believed where it fits.

    Order: byte-order mark, UTF-8, the declared encoding, then Windows-1256 (Arabic) or Windows-1252 (Western, Latin-1
    included) by which of the two makes words. Raises Unreadable for binary data and where neither does.
    """
    for signature, what, mend in _SIGNATURES:
        if data.startswith(signature):
            raise Unreadable(f"it is {what}, not text", mend)
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _strictly(data, encoding)
    if b"\x00" in data[:SAMPLE]:
        raise Unreadable(
            "it is a binary file (it holds NUL bytes), not text", "Give the report's words as a text file."
        )
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        position = error.start
    if declared:
        try:
            if codecs.lookup(declared).name != "utf-8":
                return data.decode(declared)
        except (LookupError, UnicodeDecodeError):
            pass
    found = charset_normalizer.from_bytes(data[:SAMPLE], cp_isolation=SINGLE_BYTE).best()
    if found is None:
        raise Unreadable(
            f"its encoding cannot be told (it is not UTF-8: byte {position} does not fit)",
            "Convert it first, for example: iconv -f WINDOWS-1256 -t UTF-8 FILE > NEW.",
        )
    return data.decode(found.encoding, errors="replace")


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unreadable(
            f"it begins as {encoding} but byte {error.start} does not fit", "Write the file again as UTF-8."
        ) from error
