"""What has changed about an event since readers first saw it: from what to what, on which day, and why.

It is told from the histories that every record keeps, as one entry an act: the event's own fields, reports added and
taken off, toll claims corrected or discounted, events merged into it, withdrawals. A recount is told with the act that
caused it. Who decided is not told.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.utils import timezone

from timeline.models import Actor, Article, Event, Mention, Place, ReviewStatus, Source, TollClaim
from timeline.query.differences import Difference, Named, differences, named

# What a reader of the page sees of the event, of a passage that tells of it, and of a claim; State is told by itself.
_OF_EVENT = {
    *("title", "kind", "summary", "earliest", "place", "actors"),
    *("killed_words", "other_tolls", "toll_by_editor", "toll_basis", "contested"),
}
_OF_MENTION = {"earliest", "quote"}
_OF_CLAIM = {"low", "harm", "victims", "source", "via", "quote", "discounted", "gone_since"}
_NAMED = {Place, Source, Actor}


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that changed. ``about``: the report or claim that it is about; ``report``: the key of one to link to."""

    label: str
    old: str = ""
    new: str = ""
    about: str = ""
    report: int | None = None


@dataclass(slots=True)
class Entry:
    """What was changed together. ``reason`` is empty where none was given."""

    at: dt.datetime
    reason: str
    lines: list[Line] = field(default_factory=list)

    @property
    def day(self) -> dt.date:
        return timezone.localtime(self.at).date()


@dataclass(frozen=True, slots=True)
class Record:
    """``entries``: the latest first. ``withdrawn``: when the event was withdrawn, if it is."""

    entries: list[Entry]
    withdrawn: dt.datetime | None


def record_of_changes(event: Event) -> Record:
    """Everything since the event was first published. At most twelve queries, however much has changed."""
    versions = list(event.history.select_related("act").order_by("history_id"))
    start = next((version for version in versions if version.status == Event.Status.PUBLISHED), None)
    if start is None:
        return Record([], None)
    told = _Told(event, start)
    told.of_mentions()
    told.of_merged()
    told.of_claims()
    told.of_event(versions)
    entries = sorted(
        (entry for entry in told.entries.values() if entry.lines), key=lambda entry: entry.at, reverse=True
    )
    return Record(entries, told.withdrawn)


class _Told:
    """The entries as they are gathered, each under its act."""

    def __init__(self, event: Event, start: Any) -> None:
        self.event, self.start = event, start
        self.entries: dict[Any, Entry] = {}
        self.withdrawn: dt.datetime | None = None
        self.mentions: set[int] = set()
        # When each entry began and ceased to stand behind the event.
        self.behind: dict[int, list[tuple[dt.datetime, bool]]] = {}
        self.merging: set[Any] = set()  # acts that merged or parted a public event: their reports are told by that
        self.moved: list[tuple[Any, bool]] = []

    def entry(self, version: Any) -> Entry:
        key = ("act", version.act_id) if version.act_id else version.history_date
        if key not in self.entries:
            act = version.act
            reason = act.reason if act else version.history_change_reason or ""
            if act and act.undoes_id and not reason:
                reason = "An earlier change was undone."
            self.entries[key] = Entry(version.history_date, reason)
        return self.entries[key]

    def is_later(self, version: Any) -> bool:
        """Whether readers could see the change: the act that published the event is where its record begins."""
        if version.act_id and version.act_id == self.start.act_id:
            return False
        return version.history_date > self.start.history_date

    def of_mentions(self) -> None:
        """When entries came to stand behind the event and left it; lines are written once it is known what was merged."""
        ever = Mention.history.filter(event_id=self.event.pk).order_by().values("id")
        versions = Mention.history.filter(id__in=ever).select_related("act").defer("engine", "disagreement")
        for key, found in groupby(versions.order_by("id", "history_id"), key=lambda version: version.id):
            self.mentions.add(key)
            was, before = False, None
            for version in found:
                stands = version.history_type != "-" and version.status != ReviewStatus.REJECTED
                now = stands and version.event_id == self.event.pk
                if now != was:
                    self.behind.setdefault(key, []).append((version.history_date, now))
                    if self.is_later(version):
                        self.moved.append((version, now))
                elif now and self.is_later(version):
                    for one in _only(differences(before, version, Named()), _OF_MENTION):
                        about = f"read in “{_short(version.quote)}”"
                        self.entry(version).lines.append(Line(one.label, one.old, one.new, about))
                was, before = now, version

    def of_merged(self) -> None:
        """Public events that were merged into this one, or parted from it again; then the reports that came and went."""
        ever = Event.history.filter(merged_into_id=self.event.pk).order_by().values("id")
        versions = Event.history.filter(id__in=ever, published_at__isnull=False).select_related("act")
        by_event = groupby(versions.order_by("id", "history_id"), key=lambda version: version.id)
        found_ever = {key: list(found) for key, found in by_event}
        brought = _merged_before(found_ever)
        for key, found in found_ever.items():
            was = False
            for version in found:
                now = version.merged_into_id == self.event.pk
                if now != was and self.is_later(version):
                    label = "Merged into this event" if now else "An event of its own again"
                    about = ", ".join([f"“{version.title}”", *(f"“{title}”" for title in brought.get(key, ()))])
                    self.entry(version).lines.append(Line(label, about=about))
                    self.merging.add(version.act_id)
                was = now
        self._reports()

    def _reports(self) -> None:
        moved = [
            (version, now) for version, now in self.moved if not version.act_id or version.act_id not in self.merging
        ]
        articles = Article.objects.select_related("outlet").defer("text", "extraction")
        there = articles.in_bulk({version.article_id for version, _ in moved}) if moved else {}
        standing = {key for key, spans in self.behind.items() if spans[-1][1]}
        told: set[tuple[int, int, bool]] = set()
        for version, now in moved:
            entry, article = self.entry(version), there.get(version.article_id)
            if article is None or (id(entry), article.pk, now) in told:
                continue
            told.add((id(entry), article.pk, now))
            outlet = f", {article.outlet}" if article.outlet else ""
            label = "Report added" if now else "Report taken off"
            link = article.pk if version.id in standing else None
            entry.lines.append(Line(label, about=f"“{article.title}”{outlet}", report=link))

    def of_claims(self) -> None:
        if not self.mentions:
            return
        ever = TollClaim.history.filter(mention_id__in=self.mentions).order_by().values("id")
        found = list(
            TollClaim.history.filter(id__in=ever).select_related("act").defer("engine").order_by("id", "history_id")
        )
        names = named([version for version in found if self.is_later(version)] and found, _NAMED)
        for _, versions in groupby(found, key=lambda version: version.id):
            before = None
            for version in versions:
                if self.is_later(version):
                    self.entry(version).lines += self._claim_lines(before, version, names)
                before = version

    def _claim_lines(self, before: Any, version: Any, names: Named) -> Iterator[Line]:
        was, now = (self._shown(one, version.history_date) for one in (before, version))
        about = f"“{_short(version.quote)}”, according to {_source(version, names)}"
        if was and now:
            for one in _only(differences(before, version, names), _OF_CLAIM):
                if one.field == "discounted" and not (before.discounted and version.discounted):
                    label = "Does not count any more" if version.discounted else "Counts again"
                    yield Line(label, new=version.discounted, about=about)
                else:
                    yield Line(one.label, one.old, one.new, about)
        elif was != now:
            yield Line("Figure added" if now else "Figure taken off", about=about)

    def _shown(self, claim: Any, at: dt.datetime) -> bool:
        """Whether readers saw, at that time, a claim as this version has it on the event's page."""
        if claim is None or claim.history_type == "-" or claim.scope != "event":
            return False
        spans = self.behind.get(claim.mention_id, [])
        stood = next((stood for since, stood in reversed(spans) if since <= at), False)
        return stood and claim.status != ReviewStatus.REJECTED

    def of_event(self, versions: list[Any]) -> None:
        later = [version for version in versions if self.is_later(version)]
        if not later:
            return
        before = next(version for version in reversed(versions) if not self.is_later(version))
        names = named([before, *later], _NAMED)
        for _, found in groupby(later, key=lambda version: ("act", version.act_id or version.history_id)):
            last = list(found)[-1]
            entry = self.entry(last)
            if last.status != before.status:
                entry.lines.insert(0, Line(_STATES.get(last.status, "Taken back into draft")))
                if last.status == Event.Status.WITHDRAWN:
                    entry.reason = last.withdrawn_reason or entry.reason
            self.withdrawn = (
                None
                if last.status != Event.Status.WITHDRAWN
                else last.history_date
                if last.status != before.status
                else self.withdrawn
            )
            entry.lines += [Line(d.label, d.old, d.new) for d in _only(differences(before, last, names), _OF_EVENT)]
            before = last


def _merged_before(events: Iterable[int]) -> dict[int, list[str]]:
    """The titles of public events whose addresses led to one of ``events``, and so lead to where it was merged."""
    ends = {key: key for key in events}
    titles: dict[int, list[str]] = {}
    level = list(ends)
    while level:
        merged = Event.objects.filter(merged_into__in=level, published_at__isnull=False).exclude(pk__in=ends)
        level = []
        for one in merged.only("merged_into", "title"):
            ends[one.pk] = ends[one.merged_into_id or one.pk]
            titles.setdefault(ends[one.pk], []).append(one.title)
            level.append(one.pk)
    return titles


_STATES = {
    Event.Status.PUBLISHED: "Published again",
    Event.Status.WITHDRAWN: "Withdrawn",
    Event.Status.MERGED: "Merged into another event",
}


def _only(found: list[Difference], fields: set[str]) -> list[Difference]:
    return [one for one in found if one.field in fields]


def _source(version: Any, names: Named) -> str:
    return names.of(Source, version.source_id) if version.source_id else "no source named"


def _short(quote: str) -> str:
    return quote if len(quote) <= _LONGEST else quote[:_LONGEST].rsplit(" ", 1)[0] + " …"


_LONGEST = 90  # characters of a quote: enough to find the sentence by, and one line on a wide screen
