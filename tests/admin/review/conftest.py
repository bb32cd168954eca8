"""An entry to review, and somebody at the desk."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from tests.admin.review.pressing import TEXT
from tests.making import article, claim, mention, person
from timeline.ingest.naming import place_named
from timeline.models import Mention


@pytest.fixture
def shelling() -> Mention:
    report = article(TEXT, published=dt.date(2012, 6, 9), title="Shelling in Homs")
    entry = mention(
        report,
        "Shelling killed 12 people in Homs on Thursday, residents said.",
        kind="shelling",
        title="Shelling in Homs",
        earliest=dt.date(2012, 6, 7),
        latest=dt.date(2012, 6, 7),
        date_start=TEXT.index("on Thursday"),
        date_end=TEXT.index("on Thursday") + len("on Thursday"),
        date_quote="on Thursday",
        date_basis="the latest Thursday before publication",
        place=place_named("Homs", "Homs"),
        confidence=0.7,
    )
    claim(entry, "12 people", 12, 12, "residents")
    return entry


@pytest.fixture
def editor():
    return person("amal", "Publisher")


@pytest.fixture
def desk(client, editor) -> Client:
    client.force_login(editor)
    return client
