"""The one place that opens an address of the web: what is fetched is public, bounded in size and time, and nothing else.

The host's name is resolved once, every address behind it is looked at (networks.py), and the connection is made to that
very number: a name that resolves otherwise a moment later changes nothing. A redirect is a new address and starts anew.
No proxy is used and no cookie kept. robots.txt is not asked: it is for programs that follow links by themselves; a feed
is there to be read by programs, and of its pages each is fetched once, slowly, under a name that says what reads it.
"""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.message import Message
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from urllib.parse import urljoin, urlsplit

from django.utils import timezone
from urllib3 import BaseHTTPResponse
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError, LocationParseError, NewConnectionError
from urllib3.util import Url, parse_url

from timeline.extraction import VERSION
from timeline.ingest.networks import NoSuchHost, Place, RefusedHost, resolve

USER_AGENT = f"ConflictTimeline/{VERSION} (reads feeds and their pages for an archive of news reports)"

# Seconds. A page that takes longer than the first between two of its bytes, or than the second in all, is not waited for:
# news sites answer within a few seconds, and one run reads many of them.
SILENCE = 15.0
TOTAL = 60.0
# As many as browsers' own limit of 20 would be a chain that nobody means; feeds seldom need more than two.
MAX_REDIRECTS = 5
# Bytes, unpacked: the largest page that the reader of pages takes, and ten times the largest feed met.
MAX_PAGE_BYTES = 5_000_000
MAX_FEED_BYTES = 10_000_000
CHUNK = 1 << 16

# What is plainly no text. Feeds and pages are served under so many names that only these are refused by theirs.
_NO_TEXT = ("image/", "audio/", "video/", "font/", "application/pdf", "application/zip", "application/msword")

_REDIRECTS = {301, 302, 303, 307, 308}
_PERMANENT = {301, 308}


class NotFetched(Exception):
    """An address that could not be fetched: the reason and the mend, and what the server answered, where it did.

    ``retry_after`` is for how many seconds the server asks to be left alone.
    """

    def __init__(self, reason: str, mend: str, status: int | None = None, retry_after: int = 0) -> None:
        super().__init__(f"{reason}. {mend}")
        self.reason, self.mend, self.status, self.retry_after = reason, mend, status, retry_after


class Refused(NotFetched):
    """An address that the site does not open at all: another protocol, or one of a private network."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave. ``unchanged`` (304) has no data. ``moved_to`` is where it lives now for good, if elsewhere."""

    address: str
    data: bytes
    charset: str | None
    etag: str
    modified: str
    moved_to: str = ""
    unchanged: bool = False


def check(address: str) -> None:
    """Raise Refused, or NotFetched for a name that leads nowhere, as fetching would, without fetching."""
    _places(_parsed(address))


def fetch(
    address: str, *, most: int = MAX_PAGE_BYTES, etag: str = "", modified: str = "", seconds: float = TOTAL
) -> Fetched:
    """GET ``address``, at most ``most`` bytes unpacked, in at most ``seconds``. Raises NotFetched, Refused among it.

    ``etag`` and ``modified`` are those of the last time: what has not changed since comes back ``unchanged``.
    """
    deadline = time.monotonic() + seconds
    headers = {
        "User-Agent": USER_AGENT,
        "Accept": "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, application/xml;q=0.9, */*;q=0.5",
        "Accept-Encoding": "gzip, deflate",
        **({"If-None-Match": etag} if etag else {}),
        **({"If-Modified-Since": modified} if modified else {}),
    }
    moved_to, permanent = "", True
    for _ in range(MAX_REDIRECTS + 1):
        url = _parsed(address)
        with _answer(url, headers, deadline) as response:
            leads_to = response.headers.get("Location") if response.status in _REDIRECTS else None
            if leads_to is None:
                return _taken(response, address, moved_to, most, deadline)
        address = urljoin(url.url, leads_to.strip())
        permanent = permanent and response.status in _PERMANENT
        moved_to = address if permanent else moved_to
    raise NotFetched(f"it redirects more than {MAX_REDIRECTS} times", "Give the address it ends at.")


def _parsed(address: str) -> Url:
    """The address in its parts, its host in ASCII."""
    try:
        parts = urlsplit(address.strip())
        host = parts.hostname or ""
        if not host.isascii():
            port = f":{parts.port}" if parts.port else ""
            address = parts._replace(netloc=host.encode("idna").decode("ascii") + port).geturl()
        url = parse_url(address.strip())
    except (ValueError, LocationParseError) as error:
        raise Refused(
            f"“{address[:100]}” is no web address", "Give one such as https://example.org/feed.xml."
        ) from error
    if url.scheme not in ("http", "https") or not url.host:
        raise Refused(f"“{address[:100]}” is no address that begins with http:// or https://", "Only the web is read.")
    if url.auth is not None:
        raise Refused("the address holds a user name or password", "Give the address without it.")
    return url


def _places(url: Url) -> list[Place]:
    host = (url.host or "").strip("[]")
    try:
        return resolve(host, url.port or (443 if url.scheme == "https" else 80))
    except NoSuchHost as error:
        raise NotFetched(f"no address is known for the host “{host}”", "Check its spelling.") from error
    except RefusedHost as error:
        where = "" if str(error) == host else f" ({error})"
        raise Refused(
            f"“{host}”{where} is in a private or local network, which this site does not open by itself",
            "Give a public address. An operator who means it sets FETCH_PRIVATE=1.",
        ) from error


@contextmanager
def _answer(url: Url, headers: dict[str, str], deadline: float) -> Iterator[BaseHTTPResponse]:
    """The server's answer, its body still to be read; the connection is closed behind it, and at the deadline."""
    host = (url.host or "").strip("[]")
    connection = _connected(url, host, deadline)
    named = f"[{host}]" if ":" in host else host
    at = f"{named}:{url.port}" if url.port else named
    try:
        with _cut_at(connection, deadline):
            connection.request("GET", url.request_uri, headers={"Host": at, **headers}, preload_content=False)
            yield connection.getresponse()
    except (HTTPError, OSError, ValueError, HTTPException) as error:
        raise _not_fetched(error, host, deadline) from error
    finally:
        connection.close()


def _connected(url: Url, host: str, deadline: float) -> HTTPConnection:
    """A connection to the first of the host's places that takes one. To the number looked at, under the name asked for."""
    failure: Exception | None = None
    for place in _places(url):
        timeout = min(SILENCE, max(deadline - time.monotonic(), 0.1))
        connection = (
            HTTPSConnection(
                place.address,
                place.port,
                timeout=timeout,
                server_hostname=host,
                ssl_context=ssl.create_default_context(),
            )
            if url.scheme == "https"
            else HTTPConnection(place.address, place.port, timeout=timeout)
        )
        try:
            connection.connect()
        except (HTTPError, OSError) as error:
            connection.close()
            failure = error
        else:
            return connection
        if time.monotonic() > deadline:
            break
    assert failure is not None, "resolve() gives at least one place"
    raise _not_fetched(failure, host, deadline) from failure


@contextmanager
def _cut_at(connection: HTTPConnection, deadline: float) -> Iterator[None]:
    """Cut the connection at the deadline, whatever is being waited for then: a header that drips, a body that does.

    A timeout alone is for each read, and every byte would start it anew.
    """
    line = connection.sock
    assert line is not None, "it is connected"
    # Another handle on the same connection: the one in hand is another thread's, and under TLS is no plain socket.
    with socket.fromfd(line.fileno(), line.family, line.type) as handle:

        def cut() -> None:
            with suppress(OSError):  # it may be closed meanwhile
                handle.shutdown(socket.SHUT_RDWR)

        timer = threading.Timer(max(deadline - time.monotonic(), 0), cut)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()


def _taken(response: BaseHTTPResponse, address: str, moved_to: str, most: int, deadline: float) -> Fetched:
    headers = response.headers
    etag, modified = headers.get("ETag", "")[:300], headers.get("Last-Modified", "")[:100]
    if response.status == 304:
        return Fetched(address, b"", None, etag, modified, moved_to, unchanged=True)
    if response.status != 200:
        raise _answered(response.status, headers.get("Retry-After", ""))
    kind = Message()
    kind["Content-Type"] = headers.get("Content-Type", "")
    if headers.get("Content-Type") and kind.get_content_type().startswith(_NO_TEXT):
        raise NotFetched(f"it is no page and no feed but {kind.get_content_type()}", "Give the address of one.", 200)
    return Fetched(address, _body(response, most, deadline), kind.get_content_charset(), etag, modified, moved_to)


def _body(response: BaseHTTPResponse, most: int, deadline: float) -> bytes:
    """All of it, unpacked. Not more than ``most`` is ever held, nor taken off the line, however it is packed."""
    too_large = NotFetched(
        f"it is over {most // 1_000_000} MB", "No report and no feed is so large: check the address.", 200
    )
    announced = response.headers.get("Content-Length", "")
    if announced.isdecimal() and int(announced) > most:
        raise too_large
    parts, size = [], 0
    while part := response.read1(CHUNK, decode_content=True):
        parts.append(part)
        size += len(part)
        if size > most or response.tell() > most:
            raise too_large
        if time.monotonic() > deadline:
            raise TimeoutError
    if time.monotonic() > deadline:
        raise TimeoutError  # it was cut; a body of no stated length only seems whole
    return b"".join(parts)


def _answered(status: int, retry_after: str) -> NotFetched:
    reasons = {
        401: ("it asks for a password", "Only what everybody may read is taken in."),
        403: ("the server does not let this site read it (403)", "Ask its publisher, or take the reports in as files."),
        404: ("there is nothing at this address (404)", "Check the address."),
        410: ("it was taken away for good (410)", "Take the address out, or give the new one."),
        429: ("the server asks for fewer visits (429)", "It is left alone for a while."),
    }
    reason, mend = reasons.get(
        status,
        (f"the server failed ({status})", "It is tried again later.")
        if status >= 500
        else (f"the server answered {status}", "Open the address in a browser to see why."),
    )
    return NotFetched(reason, mend, status, _seconds(retry_after))


def _seconds(retry_after: str) -> int:
    """Retry-After in seconds, given so or as a date; 0 where it says neither."""
    if retry_after.strip().isdecimal():
        return int(retry_after.strip()[:9])
    try:
        return max(0, int((parsedate_to_datetime(retry_after) - timezone.now()).total_seconds()))
    except (TypeError, ValueError):
        return 0


def _not_fetched(error: Exception, host: str, deadline: float) -> NotFetched:
    if isinstance(error, TimeoutError) or "timed out" in str(error) or time.monotonic() > deadline:
        return NotFetched(f"“{host}” was too slow", "It is tried again later.")
    cause = error.__cause__ or error
    if isinstance(cause, ssl.SSLCertVerificationError) or "CERTIFICATE_VERIFY_FAILED" in str(error):
        return NotFetched(
            f"the certificate of “{host}” cannot be verified ({getattr(cause, 'verify_message', '') or cause})",
            "Its publisher must mend it; where it happens with every host, install ca-certificates here.",
        )
    if isinstance(error, NewConnectionError | ConnectionRefusedError):
        return NotFetched(f"“{host}” takes no connection", "It is tried again later.")
    return NotFetched(
        f"the answer of “{host}” broke off or is none ({type(error).__name__})", "It is tried again later."
    )
