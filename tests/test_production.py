"""The settings of a real server: a clean check, no secret by default, and static files hashed, compressed, with DEBUG off."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent
PRODUCTION = {
    "SECRET_KEY": "only-for-this-test-but-long-and-varied-enough-0123456789-abcdefghijk",
    "ALLOWED_HOSTS": "timeline.example.org,127.0.0.1",
}


def manage(*args: str, **variables: str) -> subprocess.CompletedProcess[str]:
    wanted = ("DEBUG", "SECRET_KEY", "ALLOWED_HOSTS", "HTTPS", "DATABASE_URL")
    environment = {name: value for name, value in os.environ.items() if name not in wanted} | variables
    command = [sys.executable, "manage.py", *args]
    return subprocess.run(
        command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=False, timeout=120
    )


def test_the_deployment_check_is_clean_with_production_settings():
    done = manage("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert done.returncode == 0, done.stderr
    assert "no issues (0 silenced)" in done.stdout


def test_no_secret_has_a_default_in_production():
    done = manage("check", "--deploy", "--fail-level", "WARNING", ALLOWED_HOSTS="timeline.example.org")
    assert done.returncode != 0
    assert "SECRET_KEY" in done.stderr


def test_a_switch_that_is_neither_on_nor_off_is_refused():
    done = manage("check", DEBUG="perhaps")
    assert done.returncode != 0
    assert "DEBUG='perhaps' is neither on nor off" in done.stderr


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[str]:
    """gunicorn as `make run` starts it, on a database of its own and a port that is free."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    database = tmp_path_factory.mktemp("server") / "db.sqlite3"
    variables = {**PRODUCTION, "HTTPS": "0", "DATABASE_URL": f"sqlite:///{database}"}
    for command in (["collectstatic", "--no-input"], ["migrate", "--no-input"]):
        done = manage(*command, **variables)
        assert done.returncode == 0, done.stderr
    process = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "timeline.wsgi", "--bind", f"127.0.0.1:{port}", "--log-level", "error"],
        cwd=PROJECT,
        env=os.environ | variables,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(200):
            try:
                urllib.request.urlopen(address + "/method/", timeout=5).close()
                break
            except (urllib.error.URLError, ConnectionError):
                assert process.poll() is None, "the server ended before it answered"
                time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)


def fetch(address: str) -> tuple[str, dict[str, str]]:
    request = urllib.request.Request(address, headers={"Accept-Encoding": "br, gzip"})
    with urllib.request.urlopen(request, timeout=10) as response:
        body = response.read()
        headers = {name.lower(): value for name, value in response.headers.items()}
    return body.decode("utf-8", "replace"), headers


def test_static_files_are_hashed_and_compressed(server):
    page, _ = fetch(server + "/")
    (style,) = re.findall(r'href="(/static/timeline/timeline\.[0-9a-f]{12}\.css)"', page)
    (script,) = re.findall(r'src="(/static/django_htmx/htmx-?2?(?:\.min)?\.[0-9a-f]{12}\.js)"', page)
    for name in (style, script):
        _, headers = fetch(server + name)
        assert headers["content-encoding"] == "br"
        assert "immutable" in headers["cache-control"]


def test_an_unknown_address_is_a_page_not_a_trace(server):
    with pytest.raises(urllib.error.HTTPError) as refusal:
        urllib.request.urlopen(server + "/nothing/", timeout=10)
    assert refusal.value.code == 404
    body = refusal.value.read().decode()
    assert "nothing at this address" in body
    assert "Traceback" not in body


def test_a_reader_gets_no_cookie(server):
    _, headers = fetch(server + "/")
    assert "set-cookie" not in headers
