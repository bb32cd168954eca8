"""From bytes to text: which encoding a file is in, or a refusal that says how to convert it.

A wrong guess would be stored for good, so what is not clearly one thing is refused. What the text says is the readers'.
"""

from __future__ import annotations

import codecs
import re

import charset_normalizer

from timeline.ingest.reports import Unreadable

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    # UTF-32 first: its little-endian mark begins with that of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_AS_TEXT = "Save its text as .txt."
_UNPACK = "Unpack it first."
_WORDS = "Give the report's words as text."
_SIGNATURES = (
    (b"%PDF-", "a PDF", "Save its text as .txt, for example with pdftotext."),
    (b"PK\x03\x04", "a ZIP archive or an office document", "Unpack it, or save the document's text as .txt."),
    (b"\xd0\xcf\x11\xe0", "an old office document", _AS_TEXT),
    (b"{\\rtf", "an RTF document", _AS_TEXT),
    (b"\x89PNG", "a PNG picture", _WORDS),
    (b"\xff\xd8\xff", "a JPEG picture", _WORDS),
    (b"GIF87a", "a GIF picture", _WORDS),
    (b"GIF89a", "a GIF picture", _WORDS),
    (b"\x1f\x8b", "a gzip archive", _UNPACK),
    (b"BZh", "a bzip2 archive", _UNPACK),
    (b"\xfd7zXZ\x00", "an xz archive", _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", _UNPACK),
    (b"Rar!\x1a\x07", "a RAR archive", _UNPACK),
    (b"SQLite format 3\x00", "a database", "Export its reports as JSONL, one object a line."),
)
# Bytes that the guess is made on, from the first that is not UTF-8: more change no decision.
SAMPLE = 100_000
# What reports on this war come in where they are not UTF-8. With the whole of its list open, charset-normalizer takes
# short texts for Mac or Urdu encodings. Between these two it is right on 38 of 38 short texts in one of them, but takes
# 23 of 64 in a third (Turkish, Russian, Macintosh) for one of them too; of those _makes_sense lets 2 pass.
SINGLE_BYTE = ["windows-1256", "windows-1252"]

# Letters and spaces of ASCII that show UTF-16 without a mark; Arabic has at least a space in ten characters, and so
# NUL for a twentieth of its bytes.
UTF16_LEAST = 4

# Of the characters above ASCII, the share that must stand in a word or be a sign that is printed: 1 in all 38 texts
# read right, at most 0.88 in nearly all read wrong. One odd sign in ten is left to misprints.
SENSE = 0.9
# The six most frequent letters make up about half of written Arabic, and over a fifth of a headline of two words; of
# Russian in KOI8 that is mistaken for Arabic at most a tenth.
FREQUENT_SHARE = 0.15
_FREQUENT = frozenset("اليمون")
# The Arabic alphabet with its vowel signs, and the Persian and Urdu letters that Windows-1256 has.
_ARABIC = frozenset(map(chr, range(0x621, 0x653))) | frozenset("پٹچڈڑژکگھے")
# Without ý, þ and ð: where they stand, the text is likelier Turkish (Windows-1254: ı, ş, ğ) than Icelandic.
# Without Š, Ž and Ÿ: in texts of old Macintoshes they are è, é and ü.
_WESTERN = frozenset("ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜŒßàáâãäåæçèéêëìíîïñòóôõöøùúûüœÿšž")
_ALONE = frozenset("ÀÉàèéóªºµ")  # letters above ASCII that are a word, or stand beside a number
_SIGNS = frozenset("‘’‚“”„–—…•·€£¥¢§©®™°±²³¹¼½¾×÷«»‹›¡¿´†‡،؛؟\u00a0\u00ad\u200c\u200d\u200e\u200f")
_WORD = re.compile(r"(?:[^\W\d_]|[\u064b-\u0652])+")
# Quotation marks inside a word are the letters of another encoding (é of code page 850 is ‚).
_SIGN_IN_WORD = re.compile(r"(?<=[A-Za-z])[‚“”„‹›†‡§](?=[A-Za-z])")
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1f\x7f-\x9f]")

# Encodings that a page may declare. Python knows others by name (idna, punycode, zlib), which are none of a page's.
_DECLARABLE = re.compile(r"cp\d|windows|iso8859|iso2022|koi8|mac|gb|big5|euc|shift_jis|tis")
# What browsers read under these names, since those who write them mean it: https://encoding.spec.whatwg.org/
_MEANT = {"ascii": "windows-1252", "iso8859-1": "windows-1252", "cp1252": "windows-1252", "iso8859-9": "cp1254"}


def decode(data: bytes, declared: str | None = None) -> str:
    """The text of ``data``. ``declared`` is what a page or feed says of itself; it is believed where it fits.

    Order: byte-order mark, UTF-8, the declared encoding, then Windows-1256 (Arabic) or Windows-1252 (Western, Latin-1
    included) where one of them makes words. Raises Unreadable for binary data and where neither does.
    """
    refuse_binary(data)
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _strictly(data, encoding)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        position = error.start
    line = data.count(b"\n", 0, position) + 1
    if _is_damaged_utf8(data):
        raise Unreadable(
            f"it is UTF-8, but not at byte {position} (in line {line})",
            "Save it again as UTF-8; to leave the bad bytes out: iconv -c -f UTF-8 -t UTF-8 FILE > NEW.",
        )
    text = _as_declared(data, declared) if declared else None
    if text is None and (encoding_found := single_byte_encoding(data)):
        text = data.decode(encoding_found)
    if text is None:
        raise Unreadable(
            f"its encoding cannot be told (it is not UTF-8: byte {position}, in line {line}, does not fit)",
            "Convert it from what it is in, for example: iconv -f WINDOWS-1256 -t UTF-8 FILE > NEW "
            "(iconv -l names the encodings).",
        )
    return text


def refuse_binary(data: bytes) -> None:
    """Raises Unreadable, naming what it is, where ``data`` (a whole file, or its beginning) is no text."""
    for signature, what, mend in _SIGNATURES:
        if data.startswith(signature):
            raise Unreadable(f"it is {what}, not text", mend)
    if b"\x00" not in data or any(data.startswith(mark) for mark, _ in _BOMS):
        return
    for name in ("UTF-16LE", "UTF-16BE"):
        if _is_utf16(data, name):
            raise Unreadable(
                "it is UTF-16 without a byte-order mark", f"Convert it: iconv -f {name} -t UTF-8 FILE > NEW."
            )
    raise Unreadable("it is a binary file (it holds NUL bytes), not text", "Give the report's words as a text file.")


def _is_utf16(data: bytes, name: str) -> bool:
    """Whether NUL is but the other half of ASCII letters and spaces: at one side of each pair of bytes, never both."""
    nul = 1 if name == "UTF-16LE" else 0
    count = data[nul::2].count(0)
    if count < UTF16_LEAST or count < len(data) / 20 or 0 in data[1 - nul :: 2]:
        return False
    try:
        return not _CONTROL.search(data[: len(data) // 2 * 2].decode(name))
    except UnicodeDecodeError:
        return False


def single_byte_encoding(data: bytes) -> str | None:
    """'windows-1256' or 'windows-1252', whichever makes words of the bytes above ASCII; None where neither does."""
    first = next((place for place, byte in enumerate(data) if byte >= 0x80), 0)
    found = charset_normalizer.from_bytes(data[first : first + SAMPLE], cp_isolation=SINGLE_BYTE).best()
    proposed = [found.encoding] if found else []
    # What it proposes comes first. Of two or three words it thinks otherwise at times: then the other one is tried.
    for encoding in dict.fromkeys([*proposed, *(codecs.lookup(name).name for name in SINGLE_BYTE)]):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _CONTROL.search(text) and _makes_sense(text):
            return encoding.replace("cp", "windows-")
    return None


def _makes_sense(text: str) -> bool:
    """Whether nearly all above ASCII in ``text`` stands in an Arabic or a Western word, or is a printed sign."""
    high = sum(character > "\x7f" for character in text)
    arabic = frequent = western = 0
    for word in _WORD.findall(text):
        if word.isascii():
            continue
        above = [character for character in word if character > "\x7f"]
        if len(above) == len(word) and _ARABIC.issuperset(above):
            arabic += len(above)
            frequent += sum(character in _FREQUENT for character in above)
        elif (len(above) < len(word) and _WESTERN.issuperset(above)) or (len(word) == 1 and word in _ALONE):
            western += len(above)
    signs = sum(character in _SIGNS for character in text) - len(_SIGN_IN_WORD.findall(text))
    return arabic + western + signs >= SENSE * high and frequent >= FREQUENT_SHARE * arabic


def _is_damaged_utf8(data: bytes) -> bool:
    """Whether most of what is above ASCII is good UTF-8: then a few bytes are damaged, and it is no other encoding."""
    text = data.decode("utf-8", errors="replace")
    bad = text.count("\ufffd")
    return sum(character > "\x7f" for character in text) - bad > bad


def _as_declared(data: bytes, declared: str) -> str | None:
    """The text by the encoding declared; None where that does not fit."""
    try:
        name = codecs.lookup(declared).name
    except (LookupError, ValueError):
        return None
    name = _MEANT.get(name, name)
    if name == "windows-1252":
        # Servers and programs put the Western name on every page; Arabic words tell that it was not meant.
        name = single_byte_encoding(data) or name
    if not _DECLARABLE.match(name):
        return None
    try:
        return data.decode(name)
    except UnicodeError:
        return None


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        name = encoding.removesuffix("-sig").upper()
        position = error.start + (len(codecs.BOM_UTF8) if name == "UTF-8" else 0)  # counted without the mark
        raise Unreadable(
            f"it begins as {name}, but byte {position} does not fit", "Write the file again as UTF-8."
        ) from error
