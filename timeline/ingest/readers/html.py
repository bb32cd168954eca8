"""A web page saved as a file: the report inside it, without menus and advertisements."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import Any

import lxml.html
import trafilatura

from timeline.ingest.decoding import decode
from timeline.ingest.reports import Failure, RawReport, Unreadable, build

_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?([\w-]{2,40})""", re.IGNORECASE)
# Where publishers write the day of publication; a date anywhere else on the page is not taken for it.
_META_NAMES = (
    "article:published_time",
    "og:published_time",
    "date",
    "dc.date",
    "dc.date.issued",
    "pubdate",
    "datepublished",
)


def read_html(data: bytes, origin: str, today: dt.date) -> RawReport | Failure:
    """The report of a page. Broken markup is read as far as it goes; the page is never fetched again."""
    declared = _CHARSET.search(data[:4096])
    try:
        markup = decode(data, declared[1].decode("ascii", "replace") if declared else None)
    except Unreadable as error:
        return Failure(origin, error.reason, error.mend)
    tree = _tree(markup)
    text = _article_text(markup) if tree is not None else None
    if tree is None or not text:
        return Failure(
            origin, "no article text was found in the page", "Save the report's words as a .txt file instead."
        )
    return build(
        {
            "text": text,
            "title": _meta(tree, "og:title") or _first(tree, "//h1") or _first(tree, "//title"),
            "outlet": _meta(tree, "og:site_name"),
            "published": _published(tree),
            "url": _address(tree),
            "language": (tree.get("lang") or "").strip(),
        },
        origin,
        today,
    )


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
        key = element.get("property") or element.get("name") or element.get("itemprop") or ""
        if key.lower() == name:
            return (element.get("content") or "").strip()
    return ""


def _first(tree: lxml.html.HtmlElement, path: str) -> str:
    found = tree.xpath(path)
    return " ".join(found[0].text_content().split()) if found else ""


def _address(tree: lxml.html.HtmlElement) -> str:
    canonical = tree.xpath("//link[@rel='canonical']/@href")
    address = str(canonical[0]) if canonical else _meta(tree, "og:url")
    return address if address.startswith(("http://", "https://")) else ""


def _published(tree: lxml.html.HtmlElement) -> str:
    """The day that the page's own metadata give, as written there: meta elements, JSON-LD, then <time> in the article."""
    for name in _META_NAMES:
        if value := _meta(tree, name):
            return value
    for script in tree.xpath("//script[@type='application/ld+json']/text()"):
        try:
            value = _date_published(json.loads(script))
        except (json.JSONDecodeError, RecursionError):
            continue
        if value:
            return value
    times = tree.xpath("//time[@pubdate or @itemprop='datePublished']/@datetime | //article//time/@datetime")
    return str(times[0]) if times else ""


def _date_published(found: Any) -> str:
    if isinstance(found, list):
        return next((value for item in found if (value := _date_published(item))), "")
    if isinstance(found, dict):
        value = found.get("datePublished")
        return value if isinstance(value, str) else _date_published(found.get("@graph"))
    return ""
