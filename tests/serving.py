"""A real web server on this machine, for tests: each path answers as the test says, and every request is noted."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answer = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """Answers from the server's table of paths; 404 where there is none."""

    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:
        site = self.server.site
        site.asked.append((self.path, dict(self.headers)))
        answer = site.answers.get(self.path)
        self.close_connection = True
        # Whoever asked may have hung up: that is what several tests are about.
        with suppress(ConnectionError):
            if answer is None:
                self.give(b"nothing here", status=404)
            else:
                answer(self)

    def give(self, body: bytes, kind: str = "text/html; charset=utf-8", status: int = 200, **headers: str) -> None:
        """A whole answer. Headers are named with underscores: Last_Modified."""
        self.begin(kind, status, Content_Length=str(len(body)), **headers)
        self.wfile.write(body)

    def begin(self, kind: str = "text/html", status: int = 200, **headers: str) -> None:
        self.send_response(status)
        if kind:
            self.send_header("Content-Type", kind)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    site: Site


@dataclass
class Site:
    """``answers``: what each path gives. ``asked``: paths with the request's headers, in order."""

    root: str
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)

    def page(self, path: str, body: str | bytes, kind: str = "text/html; charset=utf-8", **headers: str) -> str:
        """Let ``path`` answer with this; returns its whole address."""
        data = body.encode() if isinstance(body, str) else body
        self.answers[path] = lambda handler: handler.give(data, kind, **headers)
        return self.root + path

    def redirect(self, path: str, to: str, status: int = 302) -> str:
        self.answers[path] = lambda handler: handler.give(b"", status=status, Location=to)
        return self.root + path

    def fails(self, path: str, status: int, **headers: str) -> str:
        self.answers[path] = lambda handler: handler.give(b"", status=status, **headers)
        return self.root + path

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]


def rss(*items: str, title: str = "Example Agency") -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>'
        f"<title>{title}</title><language>en-gb</language>{''.join(items)}</channel></rss>"
    )


def item(
    link: str, title: str = "Shelling in Homs", date: str = "Wed, 30 May 2012 21:30:00 +0300", more: str = ""
) -> str:
    """An entry of a feed; what is empty is left out."""
    parts = {"title": title, "link": link, "pubDate": date}
    return "<item>" + "".join(f"<{tag}>{words}</{tag}>" for tag, words in parts.items() if words) + more + "</item>"


def report_page(*paragraphs: str, title: str = "Shelling in Homs", head: str = "") -> str:
    """A news page as they are: a menu, the report, a foot."""
    words = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f"<!doctype html><html lang='en'><head><title>{title}</title>{head}</head><body>"
        "<nav><ul><li><a href='/'>Front page</a></li><li><a href='/world'>World</a></li></ul></nav>"
        f"<header><h1>{title}</h1></header><main><article>{words}</article></main>"
        "<footer><p>All rights reserved.</p></footer></body></html>"
    )


def serve(host: str = "127.0.0.1", tls: ssl.SSLContext | None = None) -> tuple[Site, Callable[[], None]]:
    """A site on a free port of ``host``, and what stops it."""
    server = _Server((host, 0), Handler)
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    site = server.site = Site(f"http{'s' if tls else ''}://{host}:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()

    def stop() -> None:
        site.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()

    return site, stop
