"""RSS and Atom files: a report an entry.

feedparser reads the feed; the encoding is decided before, as for every file, because feedparser falls back on Western.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import feedparser
import lxml.etree
import lxml.html

from timeline.ingest.decoding import decode
from timeline.ingest.readers.html import language_code, legal, web_address
from timeline.ingest.reports import Failure, RawReport, Unreadable, build

MAX_FEED_BYTES = 50_000_000  # ten times the longest report: a feed holds many, and is held in memory whole

_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{2,40})""")
_END_OF_ENTRY = re.compile(r"</(?:[\w.-]+:)?(?:item|entry)\s*>", re.IGNORECASE)
_END_OF_FEED = re.compile(r"</(?:[\w.-]+:)?(?:rss|feed|rdf|channel)\s*>", re.IGNORECASE)

# Elements that stand on lines of their own.
_BLOCKS = tuple(
    "address article aside blockquote dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li ol p pre "
    "section table tr ul".split()
)
_UNSEEN = ("script", "style")


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as the feed gives it. ``link`` is its page and ``text`` what the feed itself holds of it; either may be empty."""

    origin: str
    title: str
    outlet: str
    published: str
    link: str
    language: str
    text: str


def read_feed(data: bytes, name: str, today: dt.date) -> Iterator[RawReport | Failure]:
    """A report or a failure for each entry. A feed that breaks off gives the entries that are whole."""
    for entry in entries(data, name):
        if isinstance(entry, Failure):
            yield entry
        else:
            values = {"text": entry.text, "title": entry.title, "outlet": entry.outlet, "published": entry.published}
            yield build({**values, "url": entry.link, "language": entry.language}, entry.origin, today)


def entries(data: bytes, name: str, declared: str | None = None) -> Iterator[Entry | Failure]:
    """What the feed holds, in its order. ``declared`` is the encoding that a server says it is in."""
    said = _DECLARED.search(data[:400])
    try:
        markup = decode(data, declared or (said[1].decode("ascii") if said else None))
    except Unreadable as error:
        yield Failure(name, error.reason, error.mend)
        return
    # Without its declaration the feed is in what it is handed on in: UTF-8.
    markup = _DECLARATION.sub("", legal(markup).lstrip("\ufeff"))
    encoded = markup.encode("utf-8")
    # As a stream: of bytes alone feedparser first asks whether they are the name of a file, and opens that.
    feed = feedparser.parse(io.BytesIO(encoded), sanitize_html=True, resolve_relative_uris=False)
    if not feed.entries:
        yield Failure(
            name, _why_empty(feed, encoded), "Save the feed itself (RSS or Atom), not the page that links to it."
        )
        return
    outlet = _words(feed.feed.get("title", ""))
    language = language_code(str(feed.feed.get("language", "")))
    ends = [match.end() for match in _END_OF_ENTRY.finditer(markup)]
    breaks_off = not _END_OF_FEED.search(markup, ends[-1] if ends else 0)
    for number, entry in enumerate(feed.entries, 1):
        origin = f"{name} entry {number}"
        if breaks_off and number > len(ends):
            yield Failure(origin, "the feed breaks off inside this entry", "Get the feed again.")
        else:
            yield _entry(entry, outlet, language, origin)
    if breaks_off and len(feed.entries) <= len(ends):
        yield Failure(
            f"{name} after entry {len(feed.entries)}",
            f"the feed breaks off ({_broken(encoded) or 'its end is missing'})",
            "What stood before was taken in; get the feed again.",
        )


def _entry(entry: Any, outlet: str, language: str, origin: str) -> Entry:
    contents = [*entry.get("content", []), entry.get("summary_detail") or {"value": entry.get("summary", "")}]
    return Entry(
        origin=origin,
        title=_words(entry.get("title", "")),
        outlet=outlet,
        published=str(entry.get("published") or entry.get("updated") or ""),
        link=web_address(str(entry.get("link", ""))),
        language=language,
        # Feeds give the whole text, a summary, or both: the longer one is the report.
        text=max((_text(str(part.get("value", "")), part.get("type", "")) for part in contents), key=len),
    )


def _text(value: str, kind: str = "text/html") -> str:
    """The words of an entry, its paragraphs on lines of their own. Plain text ('text/plain') is left as it is."""
    value = legal(value)
    if kind == "text/plain" or not value.strip():
        return value
    try:
        tree = lxml.html.fragment_fromstring(value, create_parent="div")
    except (lxml.etree.ParserError, lxml.etree.XMLSyntaxError, ValueError):
        return value
    for element in list(tree.iter(*_UNSEEN)):
        element.drop_tree()
    for element in tree.iter(*_BLOCKS):
        element.text = "\n" + (element.text or "")
        element.tail = "\n" + (element.tail or "")
    for element in tree.iter("br"):
        element.tail = "\n" + (element.tail or "")
    # Two cells of a table are two values: "12" and "34" must not become 1234.
    for element in tree.iter("td", "th"):
        element.tail = " " + (element.tail or "")
    lines = (" ".join(line.split()) for line in str(tree.text_content()).split("\n"))
    return "\n".join(line for line in lines if line)


def _words(markup: Any) -> str:
    return " ".join(_text(str(markup)).split())


def _broken(data: bytes) -> str:
    """What a strict XML parser says of the feed, with the line; empty for well-formed XML."""
    try:
        lxml.etree.fromstring(data, lxml.etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
    except lxml.etree.XMLSyntaxError as error:
        reason = re.sub(r", line \d+, column \d+$", "", error.msg or "no markup")
        return f"{reason}, at line {error.lineno}"
    return ""


def _why_empty(feed: Any, data: bytes) -> str:
    broken = _broken(data)
    if broken:
        return f"not XML: {broken}"
    return "XML, but no RSS or Atom feed" if not feed.get("version") else "a feed without entries"
