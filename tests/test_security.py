"""What holds for every address of the site, whoever adds one: who may change something, by what, and that nothing breaks."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.making import article, houla, mention, person
from tests.walking import addresses, parameters
from timeline.admin.presence import MOST
from timeline.models import (
    Act,
    Actor,
    Article,
    Assignment,
    Event,
    Feed,
    Mention,
    Place,
    Presence,
    Source,
    TollClaim,
)

pytestmark = pytest.mark.django_db

TRACKED = (Article, Mention, TollClaim, Event, Source, Place, Actor, Feed)

# What a person or a program that means ill sends in the place of a number, a word or a date. PostgreSQL knows no NUL,
# “²” is a digit to Python, int() takes no 5,000 digits, SQLite no 1,000 words and no LIKE of 50,000 letters.
ODD = [
    "",
    "²",
    "-1",
    "9" * 25,
    "9" * 5000,
    "\0",
    "a " * 1500,
    "a" * 51_000,
    "2012-02-30",
    "%_%",
    "“><script>\u202e",
    "1",
]


@pytest.fixture
def boss() -> Client:
    """Who may everything, with one of each record."""
    user = User.objects.create_superuser("boss")
    houla()
    report = article(text="Residents reported shelling in Homs on Saturday.", title="Shelling in Homs")
    mention(report, "shelling in Homs", title="Shelling in Homs")
    Feed.objects.create(address="http://127.0.0.1:9/feed", outlet=Source.objects.first())
    Actor.objects.create(name="an armed group", slug="an-armed-group")
    Act.objects.create(words="accepted something", right="timeline.review_mention", by=user)
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


def everything() -> dict[str, Any]:
    """What stands in the records and how many versions and acts there are."""
    rows: dict[str, Any] = {model.__name__: list(model._default_manager.order_by("pk").values()) for model in TRACKED}
    versions = {f"versions of {model.__name__}": model.history.count() for model in TRACKED}
    people = list(User.objects.order_by("pk").values("pk", "is_superuser", "is_staff", "is_active", "password"))
    roles = list(User.groups.through.objects.order_by("pk").values())
    return rows | versions | {"acts": Act.objects.count(), "asked": Assignment.objects.count(), "p": people, "r": roles}


def sent(value: str = "1") -> dict[str, str]:
    return dict.fromkeys(parameters(), value)


DECISIONS = ["accept", "save", "new_event", "publish", "reject", "skip", "unlink", "keep", "add_entry:0-20", "link:1"]


def test_no_address_changes_anything_when_it_is_only_opened(boss):
    before = everything()
    for address in addresses():
        boss.get(address)
        boss.get(address, sent())
    assert everything() == before


@pytest.mark.parametrize("role", ["Contributor", "no role", "nobody"])
def test_who_may_decide_nothing_changes_nothing_by_any_address(boss, role):
    client = Client(raise_request_exception=False)
    if role != "nobody":
        user = person("amal", "Contributor")
        if role == "no role":
            user.groups.clear()
        client.force_login(user)
    before = everything()
    for address in addresses():
        # A report is a contributor's to add, with what is read in it; the password is one's own.
        if address in {"/admin/timeline/article/add/", "/admin/password_change/"} or "login" in address:
            continue
        decisions = DECISIONS if address.endswith("/decide/") else [""]
        for decision in decisions:
            for what in ("1", "discount:1", "rule") if address.endswith("/tolls/") else ("1",):
                reason = "because"
                client.post(address, {**sent(), "do": decision, "what": what, "reason": reason, "event-2": "1"})
    assert everything() == before


def test_every_form_needs_the_token_that_another_site_does_not_have(boss):
    client = Client(enforce_csrf_checks=True)
    client.force_login(User.objects.get(username="boss"))
    open_to_others = [address for address in addresses() if client.post(address, sent()).status_code != 403]
    assert open_to_others == []


def test_no_page_of_the_desk_is_shown_inside_another_site_or_kept_by_a_browser(boss):
    for address in addresses():
        answer = boss.get(address)
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            assert answer["X-Frame-Options"] == "DENY", address
            if address.startswith("/admin/") and "password_change" not in address:  # Django keeps that form
                assert {"no-store", "private"} & set(answer["Cache-Control"].replace(",", "").split()), address


@pytest.mark.parametrize("key", [2**63, 10**30])
def test_no_number_of_a_record_breaks_a_page(boss, key):
    broken = []
    for address in addresses(key):
        if str(key) not in address:
            continue
        for answer in (boss.get(address), boss.post(address, sent())):
            if answer.status_code >= 500:
                broken.append(address)
    assert broken == []


def test_nothing_that_is_sent_breaks_a_page(boss):
    """Each address with another of the odd values in all that pages read, and every list with each in its search."""
    broken = []
    # A choice of another record that no page offers is refused by Django's own box in a way of its own.
    names = [name for name in parameters() if name not in {"outlet", "place"}]
    for number, address in enumerate(addresses()):
        if "password" in address:
            continue
        for value in (ODD[number % len(ODD)], ODD[(number + 5) % len(ODD)]):
            if boss.post(address, dict.fromkeys(names, value)).status_code >= 500:
                broken.append(f"POST {address} with {value[:12]!r}")
            if boss.get(address, dict.fromkeys(names, value[:40])).status_code >= 500:
                broken.append(f"GET {address} with {value[:12]!r}")
    assert broken == []


def test_a_program_that_says_it_has_everything_open_fills_no_table(boss):
    for number in range(MOST + 5):
        boss.post("/admin/timeline/mention/presence/", {"key": f"mention:{number}"})
    assert Presence.objects.count() == MOST
    assert Presence.objects.filter(key=f"mention:{MOST + 4}").exists()
