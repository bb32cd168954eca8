"""What every test may lean on: the site as it runs on one machine, and the shared folder where there is one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings
from django.db import connections
from django.test import override_settings

from tests.serving import Site, serve

PROJECT = Path(__file__).resolve().parent.parent

# The same examples at every run, and no limit on the time of one: a busy machine is no bug of the extraction.
hypothesis.settings.register_profile("suite", derandomize=True, deadline=None)
hypothesis.settings.load_profile("suite")


@pytest.fixture(scope="session", autouse=True)
def site_on_this_machine() -> Iterator[None]:
    """The settings of a server on this machine: a key, no HTTPS, static files straight from their folders.

    Production's own settings are the subject of tests that start `manage.py check --deploy`, not of the others.
    """
    # Set, not overridden: Django refuses to go back to the empty key that the settings hold where none is given.
    settings.SECRET_KEY = "a key that only tests know"
    with override_settings(
        SECURE_SSL_REDIRECT=False,
        SECURE_HSTS_SECONDS=0,
        SESSION_COOKIE_SECURE=False,
        CSRF_COOKIE_SECURE=False,
        STORAGES={
            "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
        },
        # Logging in is not what the tests are about, and the real hasher is slow on purpose.
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    ):
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, tmp_path_factory) -> None:
    """SQLite in a file, as it is served. In memory all threads of the live server share one connection, and two requests
    at once break into each other's transactions.
    """
    database = connections["default"].settings_dict
    if database["ENGINE"].endswith("sqlite3"):
        database["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "tests.sqlite3")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of corpora and scoring programs beside the project. A test that needs it is skipped where it is absent."""
    folder = PROJECT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("needs ../shared (corpora and scoring programs beside the project), which is not here")
    return folder


@pytest.fixture
def site(settings, monkeypatch) -> Iterator[Site]:
    """A web server on 127.0.0.1 for feeds and pages: addresses of this machine are allowed, and nobody waits for it."""
    settings.FETCH_PRIVATE = True
    monkeypatch.setattr("timeline.ingest.manners.PAUSE", 0)
    served, stop = serve()
    yield served
    stop()
