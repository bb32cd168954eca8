"""Records for tests, made with as few words as the test needs. The figures are those of the public record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Group, User
from django.test import Client

from timeline.curation import events
from timeline.curation.rights import make_roles
from timeline.ingest.naming import place_named, source_named
from timeline.models import Article, Event, Mention, TollClaim

HOULA = (
    "Activists said government forces killed more than 90 people in Houla on Friday. "
    "UN observers counted 92 bodies, 32 of them children. "
    "The government denied that its troops were responsible."
)


def person(name: str = "amal", role: str = "Publisher", **values: Any) -> User:
    """Somebody at the desk: Contributor, Editor, Publisher or Administrator."""
    make_roles()
    user = User.objects.create_user(name, **{"is_staff": True, **values})
    user.groups.add(Group.objects.get(name=role))
    return user


def article(text: str = HOULA, published: dt.date | None = dt.date(2012, 5, 26), **values: Any) -> Article:
    return Article.objects.create(
        **{"title": "Observers count the dead in Houla", **values}, text=text, published=published
    )


def mention(report: Article, words: str, **values: Any) -> Mention:
    """An untouched entry whose passage is ``words``."""
    start = report.text.index(words)
    defaults: dict[str, Any] = {
        "kind": "massacre",
        "title": "Massacre in Houla",
        "earliest": dt.date(2012, 5, 25),
        "latest": dt.date(2012, 5, 25),
        "precision": "day",
        "place": place_named("Houla", "Homs"),
        "engine": {"kind": "massacre", "made": "for a test"},
    }
    return Mention.objects.create(
        article=report, start=start, end=start + len(words), quote=words, **{**defaults, **values}
    )


def claim(
    entry: Mention, words: str, low: int | None, high: int | None, source: str | None, **values: Any
) -> TollClaim:
    start = entry.article.text.index(words)
    return TollClaim.objects.create(
        article=entry.article,
        mention=entry,
        start=start,
        end=start + len(words),
        quote=words,
        low=low,
        high=high,
        source=source_named(source) if source else None,
        **{"harm": "killed", **values},
    )


def in_bulk(client: Client, address: str, action: str, records: Iterable[Any], **given: Any) -> Any:
    """Do something to records of a list as an editor does: tick them, look at what will change, do it; the last page."""
    ticked = {"action": action, "_selected_action": [record.pk for record in records], **given}
    looked = client.post(address, ticked)
    if looked.status_code != 200 or "ahead" not in (looked.context or {}):
        return looked
    page = {"action": action, "select_across": "1", "_selected_action": looked.context["first"], **given}
    page["keys"] = looked.context["keys"]
    if given:
        looked = client.post(address, {**page, "step": "look"})
    return client.post(address, {**page, "step": "do", "given": looked.context["given"]}, follow=True)


def houla() -> Event:
    """A published event with two claims that differ: more than 90 (activists), 92 (United Nations)."""
    report = article()
    entry = mention(report, "government forces killed more than 90 people in Houla on Friday")
    claim(entry, "more than 90 people", 90, None, "activists", qualifier="more_than")
    claim(entry, "92 bodies", 92, 92, "United Nations")
    event = events.create_event([entry], None, slug="houla-massacre", summary="More than 90 villagers were killed.")
    events.publish(event, None)
    return event


def many(count: int) -> None:
    """``count`` published events, each with its own report, entry and claim, a day apart from 15 March 2011 on."""
    for number in range(count):
        day = dt.date(2011, 3, 15) + dt.timedelta(days=number)
        text = f"Shelling killed {number + 1} people in Homs on {day:%d %B %Y}, residents said."
        report = article(text, published=day, title=f"Shelling in Homs, report {number}")
        entry = mention(
            report,
            text,
            kind="shelling",
            title=f"Shelling in Homs {number}",
            earliest=day,
            latest=day,
            place=place_named("Homs", "Homs"),
        )
        claim(entry, f"{number + 1} people", number + 1, number + 1, "residents")
        event = events.create_event([entry], None)
        events.publish(event, None)
