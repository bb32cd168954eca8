"""A real browser at a live server: the pages that browser tests open, and what no page may do.

A test fails when its page logs an error, throws one, or asks any host but the live server for anything.
"""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from django.db import connection
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, WebError, sync_playwright

from .chromium import chromium

PICTURES = Path(__file__).resolve().parents[2] / "test-results"

# Milliseconds. A page that is not there by then is broken: the slowest takes under one second.
PATIENCE = 10_000

DESKTOP = (1440, 900)
PHONE = (390, 844)

# Nothing of the browser's own business: no updates, no sync, no first-run pages, and no name resolves but this machine's.
FLAGS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]

RESULTS = pytest.StashKey[dict[str, pytest.TestReport]]()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever opens a page is a browser test, whether or not its author thought of the marker."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    """Keep each phase's outcome with the test, so that a page knows at its end whether to take a picture."""
    report = yield
    item.stash.setdefault(RESULTS, {})[report.when] = report
    return report


@pytest.fixture(scope="package")
def demo_copy() -> Iterator[sqlite3.Connection]:
    """A database in memory that keeps the demonstration reports between two tests; empty until one has loaded them."""
    copy = sqlite3.connect(":memory:")
    yield copy
    copy.close()


@pytest.fixture
def demo(transactional_db: None, demo_copy: sqlite3.Connection) -> None:
    """The demonstration reports with their events: loaded once on SQLite, then put back as they were for each test."""
    if connection.vendor != "sqlite":
        call_command("demo", "--no-editor", verbosity=0)
        return
    connection.ensure_connection()
    if demo_copy.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        demo_copy.backup(connection.connection)
    else:
        call_command("demo", "--no-editor", verbosity=0)
        connection.connection.backup(demo_copy)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One Chromium for all browser tests; closed after them."""
    executable = chromium(os.environ)
    # Playwright's synchronous calls keep an event loop running in this thread. Django takes that for asynchronous code
    # and refuses every query of a test made beside it. The guard is off only as long as the browser is open.
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    try:
        with sync_playwright() as playwright:
            opened = playwright.chromium.launch(executable_path=executable, args=FLAGS, timeout=60_000)
            yield opened
            opened.close()
    finally:
        if before is None:
            del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
        else:
            os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = before


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    """A page 1440 pixels wide: page.goto("/") opens the timeline."""
    return open_page(DESKTOP)


@pytest.fixture
def phone(open_page: Callable[..., Page]) -> Page:
    """A page 390 pixels wide, as on a telephone."""
    return open_page(PHONE)


@pytest.fixture
def no_script_page(open_page: Callable[..., Page]) -> Page:
    """A page in which no script runs."""
    return open_page(DESKTOP, java_script_enabled=False)


@pytest.fixture
def open_page(browser: Browser, live_server: Any, request: pytest.FixtureRequest) -> Iterator[Callable[..., Page]]:
    """Open pages at the live server, each in a browser session of its own; judge them all when the test ends."""
    contexts: list[BrowserContext] = []
    wrongs: list[str] = []

    def open_one(size: tuple[int, int], **options: Any) -> Page:
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": size[0], "height": size[1]},
            locale="en-GB",
            timezone_id="UTC",
            **options,
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        context.set_default_navigation_timeout(PATIENCE)
        watch(context, live_server.url, wrongs)
        return context.new_page()

    yield open_one

    expected = [re.compile(mark.args[0]) for mark in request.node.iter_markers("console_error")]

    def unexpected() -> list[str]:
        return [wrong for wrong in wrongs if not any(pattern.search(wrong) for pattern in expected)]

    call = request.node.stash[RESULTS].get("call")
    if unexpected() or (call and call.failed):
        take_pictures(contexts, request.node.nodeid)
    # What a page still had to say arrives while it closes, so the judgement comes after.
    for context in contexts:
        context.close()
    if unexpected():
        pytest.fail("The browser complained:\n" + "\n".join(f"- {wrong}" for wrong in unexpected()), pytrace=False)


def watch(context: BrowserContext, home: str, wrongs: list[str]) -> None:
    """Write down, in words, whatever a page of this session does that no page may do."""

    def console(message: ConsoleMessage) -> None:
        if message.type == "error":
            wrongs.append(f"console error: {message.text} ({message.location.get('url', '')})")

    def thrown(error: WebError) -> None:
        wrongs.append(f"page error: {error.error}")

    def asked(request: Request) -> None:
        # data:, blob: and about: ask nobody.
        address = urlsplit(request.url)
        if address.scheme in {"http", "https", "ws", "wss"} and address.netloc != urlsplit(home).netloc:
            wrongs.append(f"request to another host: {request.url}")

    context.on("console", console)
    context.on("weberror", thrown)
    context.on("request", asked)


def take_pictures(contexts: list[BrowserContext], name: str) -> None:
    """Save what each open page shows, under the test's name, in test-results/."""
    PICTURES.mkdir(exist_ok=True)
    plain = re.sub(r"[^\w-]+", "-", name.removeprefix("tests/browser/"))
    pages = [page for context in contexts for page in context.pages]
    for number, page in enumerate(pages, start=1):
        page.screenshot(path=PICTURES / f"{plain}-{number}.png", full_page=True)
