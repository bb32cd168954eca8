"""Nobody does more than their role may: every address of the site, and every form that anybody sees, sent by who may not.

The addresses are those that the site knows, so that a new page is tried without being named here. The forms are those
that a superuser gets, filled as they stand and otherwise, by each of their buttons.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, User
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.forms_on_page import Form, forms_on
from tests.making import article, claim, houla, mention, person
from timeline.curation import events, names, review
from timeline.curation.rights import Right
from timeline.ingest.naming import actor_named, source_named
from timeline.models import Act, Event, Feed, Mention, Source, TollClaim

pytestmark = pytest.mark.django_db

# Leaving, which ends the attempt, and what Django only lists; the languages' own address is the reading side's.
LEFT_OUT = re.compile(r"^admin/(logout|jsi18n|login)/|__debug__")
PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>")

TRACKED = ("event", "mention", "tollclaim", "source", "actor", "place", "article", "feed")
HEAVY = [Right.PUBLISH, Right.KEEP_FEEDS, Right.IMPORT]


@pytest.fixture
def desk() -> Event:
    """Something of everything: published, draft, proposed, undated, decided by a publisher and still to be decided."""
    publisher = person("amal", "Publisher")
    event = houla()
    told = "Shells fell on Homs on Friday and killed 7 people, the watchers of Homs said."
    entry = mention(article(told, title="Shells fall"), "Shells fell on Homs on Friday", kind="shelling")
    claim(entry, "7 people", 7, 7, "the watchers of Homs")
    other = mention(article(f"Later. {told}", published=None, title="Undated"), "Shells fell on Homs", kind="shelling")
    draft = events.create_event([other], publisher)
    draft.actors.add(actor_named("Syrian army"))
    third = mention(article(f"Again. {told}", title="Published"), "Shells fell on Homs", kind="shelling")
    events.publish(events.event_for(third, publisher), publisher)
    review.accept(event.mentions.get(), publisher)
    names.merge_sources(source_named("United Nations"), [source_named("UN observers of Homs")], publisher)
    Feed.objects.create(address="https://example.org/feed", outlet=source_named("Example Wire", kind="outlet"))
    return event


def addresses(resolver: Any = None, before: str = "") -> Iterator[str]:
    """The routes of every address that the site knows."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern, route)
        elif isinstance(pattern, URLPattern) and not LEFT_OUT.search(route):
            yield route


def filled(route: str) -> list[str]:
    """Addresses of a route: with the keys of records that are there, of the model that the route is about."""
    if route.startswith("admin/(?P<"):  # the admin's answer to what it does not know
        return ["/admin/nothing/"]
    model = re.match(r"admin/(timeline|auth)/(\w+)/", route)
    found = apps.get_model(model[1], model[2]) if model and model[2] in apps.all_models[model[1]] else None
    keys = list(found._default_manager.order_by("pk").values_list("pk", flat=True)[:3]) if found else [1, 2]
    values = {"slug": Event.objects.values_list("slug", flat=True)[:2], "form": ["csv"], "name": ["events", "source"]}
    values |= {
        "app_label": ["timeline", "auth"],
        "content_type_id": [1],
        "history_id": _versions(found),
        "version": [1],
    }
    several = [route]
    for match in PARAMETER.finditer(route):
        options = values.get(match[2], keys)
        several = [one.replace(match[0], str(option), 1) for one in several for option in options]
    return ["/" + re.sub(r"[\^$]|\\Z", "", one) for one in several]


def _versions(model: Any) -> list[int]:
    history = getattr(model, "history", None)
    return list(history.order_by("history_id").values_list("history_id", flat=True)[:2]) if history else [1]


@contextmanager
def taken_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def forms_of(root: Client, address: str) -> list[Form]:
    """The forms that a superuser gets there; from a list also those that its actions ask with."""
    with taken_back():
        answer = root.get(address)
        if answer.status_code != 200 or "html" not in answer.headers["Content-Type"]:
            return []
        forms = forms_on(address, answer.content.decode())
    actions = [form for form in forms if form.choices.get("action")]
    for form in actions:
        for action in form.choices["action"]:
            ticked = {"action": action, "_selected_action": form.choices.get("_selected_action", [])}
            with taken_back():
                asked = root.post(address, ticked)
                if asked.status_code == 200 and "html" in asked.headers["Content-Type"]:
                    forms += [_looked_at(root, one) for one in forms_on(address, asked.content.decode())]
            forms.append(
                Form(address, [("action", action), *(("_selected_action", k) for k in ticked["_selected_action"])])
            )
    return forms


def _looked_at(root: Client, form: Form) -> Form:
    """What an action asks for is given, and its preview looked at: the form that does it."""
    event, user = Event.objects.order_by("pk").first(), User.objects.order_by("pk").first()
    assert event
    assert user
    given = {"kind": "bombing", "place": "Homs", "event": str(event.pk), "source": "activists", "language": "ar"}
    given |= {"outlet": "Example Wire", "reason": "because", "person": str(user.pk)}
    names_there = {name for name, _ in form.fields} | set(form.choices)
    form.fields = [(name, value) for name, value in form.fields if name not in given]
    form.fields += [(name, value) for name, value in given.items() if name in names_there]
    form.choices = {name: options for name, options in form.choices.items() if name not in given}
    if "given" not in names_there:
        return form
    looked = forms_on(form.address, root.post(form.address, {**dict(form.fields), "step": "look"}).content.decode())
    done = next((one for one in looked if ("step", "do") in one.buttons), form)
    done.choices = {}
    return done


def everything(only: dict[str, set[int]] | None = None) -> dict[str, list[Any]]:
    """All that an editor decides on, as it stands; ``only`` of the records that have these keys."""
    found = {}
    for name in TRACKED:
        rows = apps.get_model("timeline", name).objects.order_by("pk")
        rows = rows.filter(pk__in=only[name]) if only else rows
        found[name] = list(rows.values())
    found["roles"] = list(User.objects.order_by("pk").values_list("username", "password", "is_superuser", "groups"))
    found["groups"] = list(Group.objects.order_by("pk").values_list("name", "permissions"))
    return found


def attack(client: Client, root: Client) -> list[str]:
    """Send everything to every address. Returns the addresses, and what broke the server."""
    tried, broken = set(), []
    for route in addresses():
        for address in filled(route):
            forms = forms_of(root, address)
            tries: list[tuple[str, Any]] = [(address, {}), (address, _PLAUSIBLE)]
            tries += [(form.address, data) for form in forms for data in form.sent()]
            if client.get(address).status_code >= 500:
                broken.append(f"GET {address}")
            for to, data in tries:
                if LEFT_OUT.search(to.lstrip("/")):
                    continue
                tried.add(to)
                if client.post(to, data).status_code >= 500:
                    broken.append(f"POST {to} {data}")
    assert len(tried) > 100
    return broken


# What the desk's addresses read, wherever that is.
_PLAUSIBLE = {
    "do": "confirm:1",
    "decision": "accept",
    "action": "accept",
    "post": "yes",
    "reason": "because",
    "day": "2012-05-30",
    "kept": "1",
    "event": "1",
    "mention": "1",
    "entry": "1",
    "status": "published",
    "next": "/admin/",
}


@pytest.fixture
def root() -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("root", password="a long password"))
    return client


def somebody(role: str) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(person("nour", role))
    return client


def test_a_contributor_changes_nothing_by_any_address_or_form(desk, root):
    client = somebody("Contributor")
    keys = {name: set(apps.get_model("timeline", name).objects.values_list("pk", flat=True)) for name in TRACKED}
    before = everything(keys)
    published = set(Event.objects.published())
    assert attack(client, root) == []
    after = everything(keys)
    assert {name for name in before if before[name] != after[name]} == set()
    assert set(Event.objects.all()) >= published
    assert Event.objects.count() == len(keys["event"])
    assert set(Event.objects.published()) == published
    # What was added is a report, and what the engine read in it.
    assert not Mention.objects.exclude(pk__in=keys["mention"]).exclude(status="extracted").exists()
    assert not TollClaim.objects.exclude(pk__in=keys["tollclaim"]).exclude(status="extracted").exists()
    assert not Act.objects.filter(by__username="nour").exclude(right=Right.ADD_REPORTS).exists()


def test_an_editor_publishes_withdraws_merges_and_undoes_none_of_a_publishers_by_any_address_or_form(desk, root):
    client = somebody("Editor")

    def publishers_things() -> dict[str, Any]:
        return {
            "public": list(
                Event.objects.exclude(status="draft").order_by("pk").values_list("pk", "status", "merged_into")
            ),
            "merged": list(Source.objects.filter(merged_into__isnull=False).values_list("pk", "merged_into")),
            "feeds": list(Feed.objects.values("address", "active", "outlet", "every")),
            **{name: rows for name, rows in everything().items() if name in {"roles", "groups"}},
        }

    before = publishers_things()
    assert attack(client, root) == []
    assert publishers_things() == before
    assert not Act.objects.filter(by__username="nour", right__in=HEAVY).exists()


def test_what_is_refused_above_is_no_nonsense(desk, root):
    """A publisher who sends the same forms does what they say."""
    publisher = somebody("Publisher")
    for action, address in (("withdraw", "/admin/timeline/event/"), ("confirm", "/admin/timeline/source/")):
        for form in forms_of(root, address):
            for data in form.sent() if ("action", action) in form.fields else ():
                publisher.post(form.address, data)
    assert set(Event.objects.exclude(status="draft").values_list("status", flat=True)) == {"withdrawn"}
    assert not Source.objects.proposed().exists()
