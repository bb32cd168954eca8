"""Fetching against a real server: what is refused, what is cut off, what comes through."""

from __future__ import annotations

import gzip
import shutil
import socket
import ssl
import subprocess
import time
import tracemalloc
import zlib

import pytest

from tests.serving import serve
from timeline.ingest import fetching, networks
from timeline.ingest.fetching import NotFetched, Refused, check, fetch

LONG = 100_000_000  # of bytes unpacked: twenty times what a page may have


@pytest.fixture
def public(monkeypatch, settings):
    """A server at 127.0.0.5, which counts as public here; every other address of this machine is as private as ever."""
    settings.FETCH_PRIVATE = False
    real = networks.is_public
    monkeypatch.setattr(networks, "is_public", lambda address: str(address) == "127.0.0.5" or real(address))
    served, stop = serve("127.0.0.5")
    yield served
    stop()


# ---- What comes through ----


def test_a_page_comes_with_what_the_server_says_of_it(site):
    address = site.page(
        "/a", "قتل", "text/html; charset=windows-1256", ETag='"1"', Last_Modified="Wed, 30 May 2012 10:00:00 GMT"
    )
    page = fetch(address)
    assert (page.data.decode(), page.charset, page.etag) == ("قتل", "windows-1256", '"1"')
    assert page.modified == "Wed, 30 May 2012 10:00:00 GMT"
    assert (page.address, page.moved_to, page.unchanged) == (address, "", False)


def test_the_visitor_says_who_it_is(site):
    fetch(site.page("/a", "x"))
    headers = site.asked[0][1]
    assert headers["User-Agent"].startswith("ConflictTimeline/")
    assert headers["Host"] == site.root.removeprefix("http://")


def test_what_has_not_changed_is_not_sent_again(site):
    site.answers["/a"] = lambda h: h.give(b"", status=304) if h.headers["If-None-Match"] == '"1"' else h.give(b"x")
    page = fetch(site.root + "/a", etag='"1"', modified="Wed, 30 May 2012 10:00:00 GMT")
    assert (page.unchanged, page.data) == (True, b"")
    assert site.asked[0][1]["If-Modified-Since"] == "Wed, 30 May 2012 10:00:00 GMT"


@pytest.mark.parametrize("packed, encoding", [(gzip.compress(b"words"), "gzip"), (zlib.compress(b"words"), "deflate")])
def test_what_is_packed_is_unpacked(site, packed, encoding):
    assert fetch(site.page("/a", packed, Content_Encoding=encoding)).data == b"words"


def test_a_body_in_chunks_is_put_together(site):
    def answer(handler):
        handler.begin(Transfer_Encoding="chunked")
        handler.wfile.write(b"3\r\nabc\r\n4\r\ndefg\r\n0\r\n\r\n")

    site.answers["/a"] = answer
    assert fetch(site.root + "/a").data == b"abcdefg"


def test_redirects_are_followed_and_where_it_lives_now_is_told(site):
    site.page("/c", "here")
    site.redirect("/b", "c", 301)
    page = fetch(site.redirect("/a", "/b", 308))
    assert (page.data, page.address, page.moved_to) == (b"here", site.root + "/c", site.root + "/c")


def test_behind_a_passing_redirect_nothing_has_moved_for_good(site):
    site.page("/c", "here")
    site.redirect("/b", "/c", 301)
    assert fetch(site.redirect("/a", "/b", 302)).moved_to == ""


def test_arabic_in_an_address_is_sent_as_the_web_wants_it(site):
    site.page("/%D8%AE%D8%A8%D8%B1", "x")
    assert fetch(site.root + "/خبر").data == b"x"


# ---- What is refused ----


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "ftp://example.org/feed",
        "gopher://example.org/1",
        "data:text/html,x",
        "//example.org/feed",
        "example.org/feed",
        "http:///feed",
        "http://user:word@93.184.215.14/",
        "http://exa mple.org/",
        "http://example.org:99999/",
        "http://[::1/",
        "",
    ],
)
def test_only_web_addresses_are_opened(address):
    with pytest.raises(Refused):
        fetch(address)


PRIVATE = [
    "http://127.0.0.1/",
    "http://localhost/",
    "http://LocalHost/",
    "http://127.1/",
    "http://2130706433/",
    "http://0177.0.0.1/",
    "http://0x7f.0.0.1/",
    "http://0/",
    "http://169.254.169.254/latest/meta-data/",
    "http://[::1]/",
    "http://[::]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:a9fe:a9fe]/",
    "http://[fe80::1%25lo]/",
    "http://10.0.0.1/",
    "https://192.168.1.1/",
]


@pytest.mark.parametrize("address", [*PRIVATE, "http://１２７.0.0.1/"])
def test_private_addresses_are_refused_with_the_mend(address):
    with pytest.raises(Refused, match=r"private or local network.*FETCH_PRIVATE=1"):
        fetch(address)
    with pytest.raises(Refused):
        check(address)


@pytest.mark.parametrize("address", PRIVATE)
def test_so_they_are_when_a_public_address_redirects_to_them(public, address):
    with pytest.raises(Refused, match="private or local network"):
        fetch(public.redirect("/a", address))
    assert public.paths() == ["/a"]


@pytest.mark.parametrize("to", ["file:///etc/passwd", "javascript:alert(1)", "http://u:p@127.0.0.5/"])
def test_a_redirect_leads_to_the_web_or_nowhere(public, to):
    with pytest.raises(Refused):
        fetch(public.redirect("/a", to))


def test_a_redirect_from_one_public_address_to_another_is_followed(public):
    public.page("/b", "x")
    assert fetch(public.redirect("/a", public.root + "/b")).data == b"x"


def names(monkeypatch, **answers: list[str]) -> list[str]:
    """Let these names resolve as given, one answer a question; returns the names asked for."""
    asked: list[str] = []
    real = socket.getaddrinfo

    def resolver(host, port, *args, **kwargs):
        name = str(host).partition(".")[0]
        if name in answers:
            asked.append(name)
            given = answers[name] if len(answers[name]) == 1 else [answers[name].pop(0)]
            host = given[0]
        return real(host, port, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", resolver)
    return asked


def test_a_name_that_resolves_otherwise_a_moment_later_is_fetched_from_where_it_was_looked_at(public, monkeypatch):
    port = public.root.rpartition(":")[2]
    public.page("/a", "from the address that was looked at")
    asked = names(monkeypatch, rebound=["127.0.0.5", "127.0.0.1"])
    assert fetch(f"http://rebound.test:{port}/a").data == b"from the address that was looked at"
    assert asked == ["rebound"]
    assert public.asked[0][1]["Host"] == f"rebound.test:{port}"


def test_a_name_that_resolves_to_this_machine_is_refused(public, monkeypatch):
    names(monkeypatch, inner=["127.0.0.1"])
    with pytest.raises(Refused, match=r"“inner.test” \(127.0.0.1\) is in a private"):
        fetch(public.redirect("/a", "http://inner.test/"))


def test_a_name_with_a_public_and_a_private_address_is_refused(public, monkeypatch):
    both = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, 80)) for number in ("127.0.0.5", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: both)
    with pytest.raises(Refused, match=r"10\.0\.0\.1"):
        fetch("http://both.test/")


def test_redirects_in_a_circle_end(site):
    with pytest.raises(NotFetched, match="redirects more than 5 times"):
        fetch(site.redirect("/a", "/a"))
    assert len(site.asked) == fetching.MAX_REDIRECTS + 1


@pytest.mark.parametrize("kind", ["image/png", "video/mp4", "application/pdf"])
def test_what_is_plainly_no_page_is_refused_unread(site, kind):
    with pytest.raises(NotFetched, match=kind):
        fetch(site.page("/a", b"x", kind))


@pytest.mark.parametrize(
    "status, words", [(404, "nothing at this address"), (410, "for good"), (500, "failed"), (418, "418")]
)
def test_what_the_server_answers_is_said_in_words(site, status, words):
    with pytest.raises(NotFetched, match=words) as caught:
        fetch(site.fails("/a", status))
    assert caught.value.status == status


@pytest.mark.parametrize("given, seconds", [("120", 120), ("Wed, 30 May 2012 10:00:00 GMT", 0), ("soon", 0), ("", 0)])
def test_how_long_it_wants_to_be_left_alone_is_told(site, given, seconds):
    with pytest.raises(NotFetched) as caught:
        fetch(site.fails("/a", 503, Retry_After=given))
    assert caught.value.retry_after == seconds


def test_a_host_that_takes_no_connection(settings):
    settings.FETCH_PRIVATE = True
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    with pytest.raises(NotFetched, match="takes no connection"):
        fetch(f"http://127.0.0.1:{port}/")


def test_a_host_without_an_address():
    with pytest.raises(NotFetched, match=r"no address is known for the host “nowhere\.invalid”"):
        fetch("http://nowhere.invalid/")


# ---- What is cut off ----


def pouring(site, path: str, part: bytes, kind: str = "application/rss+xml", **headers: str) -> str:
    """An address that sends ``part`` for as long as anybody listens."""

    def answer(handler):
        handler.begin(kind, **headers)
        while not site.closing.is_set():
            handler.wfile.write(part)

    site.answers[path] = answer
    return site.root + path


def dripping(site, path: str, head: bytes) -> str:
    """An address that sends ``head`` and then a byte every twentieth of a second."""

    def answer(handler):
        handler.wfile.write(head)
        while not site.closing.wait(0.05):
            handler.wfile.write(b"a")

    site.answers[path] = answer
    return site.root + path


def test_a_body_that_never_ends_is_cut_at_the_size_allowed(site):
    tracemalloc.start()
    with pytest.raises(NotFetched, match="over 10 MB"):
        fetch(pouring(site, "/a", b"<item>more</item>" * 1000), most=10_000_000)
    held = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert held < 25_000_000


def test_200_megabytes_that_are_announced_are_not_begun(site):
    site.answers["/a"] = lambda handler: handler.begin(Content_Length="200000000")
    with pytest.raises(NotFetched, match="over 5 MB"):
        fetch(site.root + "/a")


@pytest.mark.parametrize("encoding, times", [("gzip", 1), ("gzip, gzip", 2)])
def test_a_small_file_that_unpacks_to_a_large_one_is_cut_there_too(site, encoding, times):
    bomb = b"\0" * LONG
    for _ in range(times):
        bomb = gzip.compress(bomb, 6)
    tracemalloc.start()
    with pytest.raises(NotFetched, match="over 5 MB"):
        fetch(site.page("/a", bomb, Content_Encoding=encoding))
    held = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert held < 20_000_000


def test_packing_that_yields_nothing_is_cut_when_the_time_is_up(site):
    empty = gzip.compress(b"")
    with pytest.raises(NotFetched):
        fetch(pouring(site, "/a", empty * 500, Content_Encoding="gzip"), seconds=1)


@pytest.mark.parametrize(
    "head",
    [
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n",  # of no stated length: it would seem whole when cut
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 1000\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nX-Slow: ",
        b"HTTP/1.1 2",
        b"",
    ],
)
def test_a_slow_drip_is_cut_when_the_time_is_up_wherever_it_drips(site, head):
    before = time.monotonic()
    with pytest.raises(NotFetched, match="too slow"):
        fetch(dripping(site, "/a", head), seconds=0.5)
    assert time.monotonic() - before < 3


def test_redirects_share_the_time(site):
    site.redirect("/a", dripping(site, "/b", b"HTTP/1.1 200 OK\r\n\r\n"))
    with pytest.raises(NotFetched, match="too slow"):
        fetch(site.root + "/a", seconds=0.5)


def test_a_silent_server_is_not_waited_for(site, monkeypatch):
    monkeypatch.setattr(fetching, "SILENCE", 0.3)
    site.answers["/a"] = lambda handler: site.closing.wait(5)
    with pytest.raises(NotFetched, match="too slow"):
        fetch(site.root + "/a")


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nx",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nnope",
        b"no HTTP at all\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * 70_000 + b"\r\n\r\n",
        b"",
    ],
)
def test_an_answer_that_breaks_off_or_is_none_is_an_error_not_half_a_page(site, answer):
    site.answers["/a"] = lambda handler: handler.wfile.write(answer)
    with pytest.raises(NotFetched, match="broke off or is none"):
        fetch(site.root + "/a")


# ---- TLS ----


@pytest.fixture
def encrypted(tmp_path, settings):
    """A server with a certificate of its own making for localhost; returns its address and the certificate's file."""
    if shutil.which("openssl") is None:
        pytest.skip("needs openssl, to make a certificate for a server on this machine")
    settings.FETCH_PRIVATE = True
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    words = f"req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -keyout {key} -out {certificate}"
    command = ["openssl", *words.split(), "-addext", "subjectAltName=DNS:localhost"]
    subprocess.run(command, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    served, stop = serve(tls=context)
    served.page("/a", "over TLS")
    yield served, certificate
    stop()


def test_a_certificate_that_nobody_vouches_for_is_refused(encrypted):
    served, _ = encrypted
    with pytest.raises(NotFetched, match="the certificate of “localhost” cannot be verified"):
        fetch(served.root.replace("127.0.0.1", "localhost") + "/a")


def test_the_certificate_is_held_against_the_name_not_the_number(encrypted, monkeypatch):
    served, certificate = encrypted
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    assert fetch(served.root.replace("127.0.0.1", "localhost") + "/a").data == b"over TLS"
    with pytest.raises(NotFetched, match="certificate"):
        fetch(served.root + "/a")


def test_a_slow_drip_over_tls_is_cut_too(encrypted, monkeypatch):
    served, certificate = encrypted
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    address = dripping(served, "/b", b"HTTP/1.1 200 OK\r\n\r\n").replace("127.0.0.1", "localhost")
    with pytest.raises(NotFetched, match="too slow"):
        fetch(address, seconds=0.7)
