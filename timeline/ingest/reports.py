"""A report as a reader hands it on, and what a reader says of one it cannot read. Shared by all readers."""

from __future__ import annotations

import datetime as dt
import email.utils
import re
import unicodedata
from dataclasses import dataclass

from timeline.typed_dates import NotADate, read_interval

# The longest report in the collections this was built with has 35 kB; 5 MB leaves room for a book, and for no more.
MAX_TEXT_BYTES = 5_000_000
TITLE_LENGTH = 90  # characters of a title made from the first line

# A year stands by itself: a Unix time (1338336000) holds none.
_YEAR = re.compile(r"(?<!\d)(?:\d{4})(?!\d)")
_DAY_MONTH = re.compile(r"(?<!\d)(\d{1,2})[/. -](\d{1,2})[/. -]\d{4}(?!\d)")
LANGUAGE = re.compile(r"^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*$")


@dataclass(frozen=True, slots=True)
class RawReport:
    """One report, decoded and normalised. ``origin`` says where it stood: 'articles.jsonl line 17'."""

    text: str
    title: str
    outlet: str
    published: dt.date | None
    url: str
    language: str
    reference: str
    origin: str


@dataclass(frozen=True, slots=True)
class Failure:
    """What was wrong, where, and the mend."""

    origin: str
    reason: str
    mend: str

    def __str__(self) -> str:
        return f"{self.origin}: {self.reason}. {self.mend}"


class Unreadable(ValueError):
    """A field or a file that cannot be read: the reason and the mend, for a Failure."""

    def __init__(self, reason: str, mend: str) -> None:
        super().__init__(reason)
        self.reason, self.mend = reason, mend


def normalised(text: str) -> str:
    """The text as it is stored: Unicode NFC, LF line ends, no byte-order mark, no white space around it."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    return unicodedata.normalize("NFC", text).strip()


def build(values: dict[str, str], origin: str, today: dt.date) -> RawReport | Failure:
    """A report from its fields as strings (text, title, outlet, published, url, language, reference)."""
    text = normalised(values.get("text", ""))
    try:
        if not text:
            raise Unreadable("there is no text in it", "Put the report's words there, or leave it out.")
        if "\x00" in text:
            raise Unreadable("it holds NUL characters, as binary files do", "Save the report as plain text.")
        if len(text.encode("utf-8", "replace")) > MAX_TEXT_BYTES:
            raise Unreadable(
                f"its text is over {MAX_TEXT_BYTES // 1_000_000} MB, more than any one report",
                "Split it into its reports, one a file or one a line of JSONL.",
            )
        if any("\ud800" <= character <= "\udfff" for character in text):
            raise Unreadable("it holds half characters (lone surrogates)", "Write the file again as UTF-8.")
        url = " ".join(values.get("url", "").split())
        if url and not re.match(r"^https?://[^\s/]+", url):
            raise Unreadable(
                f"the url “{url[:80]}” is no web address", "Give it with http:// or https://, or leave it out."
            )
        language = values.get("language", "").strip() or _language_of(text)
        if not LANGUAGE.match(language):
            raise Unreadable(f"the language “{language[:20]}” is no language code", "Use en, ar, fr …")
        published = read_published(values.get("published", ""), today)
    except Unreadable as error:
        return Failure(origin, error.reason, error.mend)
    return RawReport(
        text=text,
        title=" ".join(values.get("title", "").split()) or first_words(text),
        outlet=" ".join(values.get("outlet", "").split())[:200],
        published=published,
        url=url[:1000],
        language=language[:10],
        reference=" ".join(values.get("reference", "").split()),
        origin=origin,
    )


def first_words(text: str) -> str:
    """A title made from the first line that is not empty, cut at a word."""
    line = " ".join(text.split("\n", 1)[0].split())
    if len(line) <= TITLE_LENGTH:
        return line
    cut = line[:TITLE_LENGTH]
    return (cut.rsplit(" ", 1)[0] if " " in cut else cut) + " …"


def read_published(value: str, today: dt.date) -> dt.date | None:
    """The calendar day of publication, as written: a time zone never moves it. Empty gives None. Raises Unreadable."""
    value = " ".join(value.split())
    if not value:
        return None
    day = _iso(value) or _rfc822(value) or _in_words(value)
    if day is None:
        raise Unreadable(
            f"the publication date “{value[:60]}” cannot be read", "Write it as year-month-day, such as 2012-05-30."
        )
    if day > today:
        raise Unreadable(
            f"the publication date {day} is in the future (today is {today})",
            "Correct it, or leave it out: the report then counts as undated.",
        )
    return day


def _iso(value: str) -> dt.date | None:
    match = re.match(r"^(\d{4}-\d{2}-\d{2})(?:$|[T ])", value)
    if not match:
        return None
    try:
        return dt.date.fromisoformat(match[1])
    except ValueError:
        return None


def _rfc822(value: str) -> dt.date | None:
    if "," not in value and ":" not in value:
        return None
    try:
        return email.utils.parsedate_to_datetime(value).date()
    except (TypeError, ValueError, IndexError):
        return None


def _in_words(value: str) -> dt.date | None:
    """'30 May 2012', 'May 30, 2012', '25/12/2012'. A slashed date that can be read two ways is refused."""
    if not _YEAR.search(value):
        return None  # 'yesterday' and '03/04/12' would be read by the clock, or by a guess at the order
    numbers = _DAY_MONTH.search(value)
    if numbers and int(numbers[1]) <= 12 and int(numbers[2]) <= 12 and numbers[1].lstrip("0") != numbers[2].lstrip("0"):
        raise Unreadable(f"the publication date “{value[:60]}” can be read two ways", "Write it as 2012-05-30.")
    try:
        first, last = read_interval(value)
    except NotADate:
        return None
    return first if first == last else None


def _language_of(text: str) -> str:
    """Arabic where most letters are Arabic, else English, the language of most wire copy."""
    sample = text[:2000]
    letters = sum(character.isalpha() for character in sample)
    arabic = sum("\u0600" <= character <= "\u06ff" for character in sample)
    return "ar" if letters and arabic > letters / 2 else "en"
