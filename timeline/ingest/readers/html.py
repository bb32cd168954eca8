"""A web page saved as a file: the report inside it, without menus and advertisements.

trafilatura finds the text. It is not asked for the date: it would guess one from anywhere on the page.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import lxml.etree
import lxml.html
import trafilatura

from timeline.ingest.decoding import decode
from timeline.ingest.reports import LANGUAGE, Failure, RawReport, Unreadable, build, read_published

_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?([\w.:-]{2,40})""", re.IGNORECASE)
_CHARSET_WITHIN = 4096  # bytes: browsers look at the first 1024; some pages put a long comment before
# Where publishers write the day of publication; a date anywhere else on the page is not taken for it.
_META_NAMES = (
    "article:published_time",
    "og:published_time",
    "datepublished",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date",
    "pubdate",
    "date",
)
# What no page may hold, and what makes the parser or trafilatura give up on the whole of it: control characters and
# half characters, as they are or as references ("&#1;").
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_REFERENCE = re.compile(r"&#(?:[xX]([0-9a-fA-F]{1,6})|([0-9]{1,7}));?")
_ADDRESS = re.compile(r"https?://[^\s/]")


@dataclass(frozen=True, slots=True)
class ReadPage:
    """What a page holds. ``values``: the fields of its report, as build() takes them. ``modified``: the day of its last
    change, as it says itself. ``seen``: every word that a reader of the page sees, menus and all.
    """

    values: dict[str, str]
    modified: str
    seen: str


def read_html(data: bytes, origin: str, today: dt.date) -> RawReport | Failure:
    """The report of a page. Broken markup is read as far as it goes; nothing is fetched."""
    page = read_page(data, origin)
    return page if isinstance(page, Failure) else build(page.values, origin, today)


def read_page(data: bytes, origin: str, charset: str | None = None) -> ReadPage | Failure:
    """What a page holds. ``charset`` is the encoding that a server says it is in; it goes before the page's own word."""
    declared = _CHARSET.search(data[:_CHARSET_WITHIN])
    try:
        markup = legal(decode(data, charset or (declared[1].decode("ascii", "replace") if declared else None)))
    except Unreadable as error:
        return Failure(origin, error.reason, error.mend)
    tree = _tree(markup)
    text = _article_text(markup) if tree is not None else None
    if tree is None or not text:
        return Failure(
            origin, "no article text was found in the page", "Save the report's words as a .txt file instead."
        )
    linked = list(_linked_data(tree))
    values = {
        "text": text,
        "title": _meta(tree, "og:title") or _first(tree, "//h1") or _first(tree, "//title"),
        "outlet": _meta(tree, "og:site_name") or _publisher(linked),
        "published": _published(tree, linked),
        "url": next(filter(None, (web_address(value) for value in _addresses(tree))), ""),
        "language": language_code(tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or ""),
    }
    return ReadPage(values, _modified(tree, linked), _seen(tree))


def _modified(tree: lxml.html.HtmlElement, linked: list[dict[str, Any]]) -> str:
    stated = [_meta(tree, name) for name in ("article:modified_time", "og:updated_time", "datemodified")]
    stated += [day for item in linked if isinstance(day := item.get("dateModified"), str)]
    return next((value for value in stated if value and _is_date(value)), "")


def _seen(tree: lxml.html.HtmlElement) -> str:
    """The words of the page, one element's apart from the next's."""
    return " ".join(str(words) for words in tree.xpath("//body//text()[not(ancestor::script or ancestor::style)]"))


def legal(markup: str) -> str:
    """The markup without characters that no markup may hold, as such or as references."""

    def kept(match: re.Match[str]) -> str:
        number = int(match[1], 16) if match[1] else int(match[2])
        return "" if number > 0x10FFFF or _ILLEGAL.match(chr(number)) else match[0]

    return _REFERENCE.sub(kept, _ILLEGAL.sub("", markup))


def language_code(declared: str) -> str:
    """'en' where a page or feed declares 'en-GB' or 'en_US'; empty for what is no code: then the text itself tells."""
    code = declared.strip().replace("_", "-").split("-")[0].lower()
    return code if LANGUAGE.match(code) else ""


def web_address(value: str) -> str:
    """The address if it is one of the web, else empty: a page is not refused for a bad link to itself."""
    value = value.strip()
    return value if _ADDRESS.match(value) else ""


def _tree(markup: str) -> lxml.html.HtmlElement | None:
    # A declaration of encoding inside text that is decoded already makes lxml refuse it.
    markup = re.sub(r"^\s*<\?xml[^>]{0,200}\?>", "", markup)
    try:
        return lxml.html.document_fromstring(markup)
    except (lxml.etree.ParserError, lxml.etree.XMLSyntaxError, ValueError):
        return None


def _article_text(markup: str) -> str | None:
    found = trafilatura.extract(markup, include_comments=False, include_tables=False, with_metadata=False)
    return found if isinstance(found, str) else None


def _meta(tree: lxml.html.HtmlElement, name: str) -> str:
    for element in tree.iter("meta"):
        keys = (element.get(attribute) or "" for attribute in ("property", "name", "itemprop"))
        if any(key.strip().lower() == name for key in keys) and (value := (element.get("content") or "").strip()):
            return value
    return ""


def _first(tree: lxml.html.HtmlElement, path: str) -> str:
    found = (" ".join(element.text_content().split()) for element in tree.xpath(path))
    return next(filter(None, found), "")


def _addresses(tree: lxml.html.HtmlElement) -> Iterator[str]:
    yield from (str(address) for address in tree.xpath("//link[@rel='canonical']/@href"))
    yield _meta(tree, "og:url")


def _published(tree: lxml.html.HtmlElement, linked: list[dict[str, Any]]) -> str:
    """The day that the page's own metadata give, as written there: meta elements, JSON-LD, then <time> in the article.

    Of several the first that is a date; where none is, the first, which then is refused by name.
    """
    stated = [value for name in _META_NAMES if (value := _meta(tree, name))]
    stated += [day for item in linked if isinstance(day := item.get("datePublished"), str) and day]
    stated += [
        str(value)
        for value in tree.xpath("//time[@pubdate or @itemprop='datePublished']/@datetime | //article//time/@datetime")
    ]
    return next((value for value in stated if _is_date(value)), stated[0] if stated else "")


def _is_date(value: str) -> bool:
    try:
        # A day to come is a date too: it is refused with its own words when the report is built.
        return read_published(value, dt.date.max) is not None
    except Unreadable:
        return False


def _publisher(linked: list[dict[str, Any]]) -> str:
    publishers = (item.get("publisher") for item in linked)
    names = (publisher.get("name") for publisher in publishers if isinstance(publisher, dict))
    return next((name for name in names if isinstance(name, str)), "")


def _linked_data(tree: lxml.html.HtmlElement) -> Iterator[dict[str, Any]]:
    """The objects that the page's JSON-LD describes; broken JSON-LD is passed over."""
    for script in tree.xpath("//script[starts-with(@type, 'application/ld+json')]/text()"):
        try:
            found = json.loads(script)
        except (ValueError, RecursionError):
            continue
        items = found if isinstance(found, list) else [found]
        for item in items:
            if isinstance(item, dict):
                yield item
                graph = item.get("@graph")
                yield from (part for part in graph if isinstance(part, dict)) if isinstance(graph, list) else ()
