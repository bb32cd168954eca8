"""RSS and Atom files: a report an entry."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import feedparser
import lxml.etree
import lxml.html

from timeline.ingest.decoding import decode
from timeline.ingest.reports import Failure, RawReport, Unreadable, build

MAX_FEED_BYTES = 50_000_000  # ten times the longest report: a feed holds many, and is held in memory whole

_BLOCKS = ("p", "div", "br", "li", "h1", "h2", "h3", "h4", "blockquote", "tr")


def read_feed(data: bytes, name: str, today: dt.date) -> Iterator[RawReport | Failure]:
    """A report or a failure for each entry. A feed that is broken further down gives the entries before the break."""
    try:
        decode(data[:1000] if data.startswith(b"<") else data)
    except Unreadable as error:
        if "encoding" not in error.reason:
            yield Failure(name, error.reason, error.mend)
            return
    # A leading address would be fetched: feedparser takes bytes that begin with markup for the feed itself.
    feed = feedparser.parse(data, sanitize_html=True, resolve_relative_uris=False)
    if not feed.entries:
        yield Failure(
            name, _why_empty(feed, data), "Save the feed itself (RSS or Atom), not the page that links to it."
        )
        return
    outlet = _words(feed.feed.get("title", ""))
    language = str(feed.feed.get("language", "")).split("-")[0]
    for number, entry in enumerate(feed.entries, 1):
        yield _report(entry, outlet, language, f"{name} entry {number}", today)
    if feed.bozo and isinstance(feed.bozo_exception, lxml.etree.XMLSyntaxError | Exception) and _broken(data):
        yield Failure(
            f"{name} after entry {len(feed.entries)}",
            f"the feed breaks off or is malformed ({_broken(data)})",
            "What stood before was taken in; get the feed again.",
        )


def _report(entry: Any, outlet: str, language: str, origin: str, today: dt.date) -> RawReport | Failure:
    contents = [str(part.get("value", "")) for part in entry.get("content", [])] or [str(entry.get("summary", ""))]
    title = _words(entry.get("title", ""))
    return build(
        {
            "text": max((_text(content) for content in contents), key=len),
            "title": title,
            "outlet": outlet,
            "published": str(entry.get("published") or entry.get("updated") or ""),
            "url": str(entry.get("link", "")) if str(entry.get("link", "")).startswith("http") else "",
            "language": language,
        },
        origin,
        today,
    )


def _text(markup: str) -> str:
    """The words of an entry's markup, its paragraphs on lines of their own."""
    if not markup.strip():
        return ""
    try:
        tree = lxml.html.fragment_fromstring(markup, create_parent="div")
    except (lxml.etree.ParserError, ValueError):
        return markup
    for element in tree.iter(*_BLOCKS):
        element.tail = "\n" + (element.tail or "")
    lines = (" ".join(line.split()) for line in tree.text_content().splitlines())
    return "\n".join(line for line in lines if line)


def _words(markup: Any) -> str:
    return " ".join(_text(str(markup)).split())


def _broken(data: bytes) -> str:
    """What a strict XML parser says of the feed, with the line; empty for well-formed XML."""
    try:
        lxml.etree.fromstring(data, lxml.etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
    except lxml.etree.XMLSyntaxError as error:
        return str(error)
    return ""


def _why_empty(feed: Any, data: bytes) -> str:
    broken = _broken(data)
    if broken:
        return f"not XML ({broken})"
    return "XML, but no RSS or Atom feed" if not feed.get("version") else "a feed without entries"
