"""Replaying recorded editorial decisions through the functions that editors use.

A record names an entry by the words of its report, not by what the engine made of them, so that it holds when the
engine gets better: an entry read as the editor reads it is accepted, one read otherwise corrected, one missed added.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from timeline.curation import events, review
from timeline.curation.acts import acting
from timeline.curation.rights import Right
from timeline.ingest.naming import place_named, source_named
from timeline.ingest.snapshots import overlap
from timeline.models import Article, Event, Mention, TollClaim

Record = dict[str, Any]


RECORDED = "recorded decision"  # the reason that stands in the history of what is replayed


class BadRecord(ValueError):
    """A decision that cannot be replayed; names the file, the line and what does not fit."""


@dataclass(slots=True)
class Replayed:
    """Counts of entries, for the summary line."""

    accepted: int = 0
    corrected: int = 0
    added: int = 0
    published: int = 0

    def __str__(self) -> str:
        return (
            f"{self.accepted} entries accepted as read, {self.corrected} corrected, {self.added} added by hand; "
            f"{self.published} events published."
        )


def read_records(files: list[Path]) -> Iterator[tuple[str, Record]]:
    """The records of JSONL files with where each stands. Raises BadRecord for a line that is no JSON object."""
    for file in files:
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            if not line.strip():
                continue
            try:
                record = json.loads(line)
            except json.JSONDecodeError as error:
                raise BadRecord(f"{file.name} line {number}: not JSON ({error.msg}).") from error
            yield f"{file.name} line {number}", record


def replay(records: list[tuple[str, Record]], articles: dict[str, Article]) -> Replayed:
    """Carry out the records on ``articles`` (by report name), then publish their events. All or nothing.

    A report that a person has decided on since is left alone, and so is an event that exists already.
    """
    with acting(None, Right.PUBLISH, "replayed recorded decisions"):
        done = Replayed()
        described = {record["event"]: record for _, record in records if "event" in record}
        told: dict[str, list[Mention]] = {}
        for where, record in records:
            if "report" not in record:
                continue
            article = articles.get(record["report"])
            if article is None:
                raise BadRecord(f"{where}: no report “{record['report']}”. Its file is missing from the demo reports.")
            if _decided(article):
                continue
            for entry in record["entries"]:
                if entry["event"] not in described:
                    raise BadRecord(f"{where}: the event “{entry['event']}” is described nowhere.")
            for entry, mention in _matched(article, record["entries"], where):
                told.setdefault(entry["event"], []).append(_entry(article, entry, mention, where, done))
            of_the_war: set[int] = set()
            for toll in record.get("cumulative", []):
                claim, _ = _toll(article, None, {**toll, "scope": "cumulative"}, where, taken=of_the_war)
                of_the_war.add(claim.pk)
        for slug, mentions in told.items():
            _publish(slug, described[slug], mentions, done)
        return done


def _decided(article: Article) -> bool:
    return (
        article.mentions.exclude(status="extracted").exists()
        or article.toll_claims.exclude(status="extracted").exists()
    )


def _publish(slug: str, record: Record, mentions: list[Mention], done: Replayed) -> None:
    event = Event.objects.filter(slug=slug).first()
    if event is not None:
        for mention in mentions:
            events.link(mention, event, None)
        return
    event = events.create_event(
        mentions,
        None,
        slug=slug,
        title=record["title"],
        summary=record.get("summary", ""),
        kind=record["kind"],
        earliest=_day(record["earliest"]),
        latest=_day(record["latest"]),
        precision=record["precision"],
        place=_place(record["place"], f"event “{slug}”"),
        **_toll_set(record.get("toll")),
    )
    events.publish(event, None, RECORDED)
    done.published += 1


def _toll_set(toll: Record | None) -> Record:
    """The toll where the editors set it themselves, with their reason; nothing where the rule does."""
    if toll is None:
        return {}
    figures = {f"killed_{name}": toll[name] for name in ("low", "best", "high")}
    return {**figures, "toll_by_editor": True, "toll_basis": toll["reason"]}


def _matched(article: Article, entries: list[Record], where: str) -> list[tuple[Record, Mention | None]]:
    """Each recorded entry with the engine's entry about the same words, each of these used once.

    The same kind and the longest shared passage first; one of another kind counts (an editor corrects the kind) where
    it shares at least half of the words.
    """
    free = list(article.mentions.untouched())
    pairs = []
    for number, entry in enumerate(entries):
        start, end = _find(article, entry, where)
        for mention in free:
            shared = overlap((mention.start, mention.end), (start, end))
            same = mention.kind == entry["kind"]
            if shared and (same or 2 * shared >= end - start):
                pairs.append(((same, shared, -number), number, mention))
    taken: dict[int, Mention] = {}
    for _, number, mention in sorted(pairs, key=lambda pair: pair[0], reverse=True):
        if number not in taken and mention not in taken.values():
            taken[number] = mention
    return [(entry, taken.get(number)) for number, entry in enumerate(entries)]


def _entry(article: Article, entry: Record, mention: Mention | None, where: str, done: Replayed) -> Mention:
    start, end = _find(article, entry, where)
    date = entry["date"] or {}
    values: Record = {
        "kind": entry["kind"],
        "title": entry["title"],
        "earliest": _day(date.get("earliest")),
        "latest": _day(date.get("latest")),
        "precision": date.get("precision", "unknown"),
        "place": _place(entry["place"], where),
        "actors": entry["actors"],
    }
    if mention is None:
        values |= {"start": start, "end": end, **_date_evidence(article, date, where, start)}
        mention = review.add_mention(article, None, values, RECORDED)
        done.added += 1
        changed = False
    else:
        differing = {name: value for name, value in values.items() if getattr(mention, name) != value}
        changed = bool(set(differing) - {"title"})
        if {"earliest", "latest", "precision"} & set(differing):
            differing |= _date_evidence(article, date, where, start)
        if differing:
            review.correct(mention, None, differing, RECORDED)
        else:
            review.accept(mention, None, RECORDED)
    claims: dict[int, TollClaim] = {}
    # Wholes before their parts, whichever the record names first.
    for index, toll in sorted(enumerate(entry["tolls"]), key=lambda pair: pair[1]["part_of"] is not None):
        whole = claims[toll["part_of"]] if toll["part_of"] is not None else None
        taken = {claim.pk for claim in claims.values()}
        claims[index], toll_changed = _toll(article, mention, {**toll, "scope": "event"}, where, whole, taken)
        changed |= toll_changed
    for claim in mention.toll_claims.exclude(pk__in=[c.pk for c in claims.values()]).standing():
        review.reject_toll(claim, None, RECORDED)
        changed = True
    mention.refresh_from_db()
    if mention.engine:
        done.corrected += changed
        done.accepted += not changed
    return mention


def _date_evidence(article: Article, date: Record, where: str, near: int) -> Record:
    """The words that a recorded date was read from; empty where the record gives none."""
    if not date.get("quote"):
        return {"date_start": None, "date_end": None, "date_quote": "", "date_basis": review.BY_EDITOR if date else ""}
    start, end = _find(article, date, where, near=near)
    return {"date_start": start, "date_end": end, "date_quote": date["quote"], "date_basis": review.BY_EDITOR}


def _toll(
    article: Article,
    mention: Mention | None,
    toll: Record,
    where: str,
    whole: TollClaim | None = None,
    taken: Collection[int] = (),
) -> tuple[TollClaim, bool]:
    """The claim as the editor reads it, and whether the engine had read it otherwise or not at all.

    ``taken`` are the keys of the claims that other records of the entry stand for.
    """
    start, end = _find(article, toll, where, near=mention.start if mention else 0)
    values: Record = {
        "harm": toll["harm"],
        "low": toll["low"],
        "high": toll["high"],
        "qualifier": toll["qualifier"],
        "victims": toll["victims"] or "",
        "scope": toll["scope"],
        "part_of": whole,
        "source": source_named(toll["source"]) if toll["source"] else None,
        "via": source_named(toll["via"]) if toll["via"] else None,
        "mention": mention,
        "discounted": toll.get("discounted", ""),
    }
    # Deciding on the entry has accepted its claims, unseen: they are open still, but for those that a record has taken.
    near = [
        claim
        for claim in article.toll_claims.filter(harm=toll["harm"], status__in=["extracted", "accepted"])
        if claim.engine
        and claim.pk not in taken
        and overlap((claim.start, claim.end), (start, end))
        and (claim.mention is None or claim.mention == mention or not claim.mention.touched)
    ]
    claim = max(
        near,
        key=lambda c: ((c.low, c.high) == (toll["low"], toll["high"]), overlap((c.start, c.end), (start, end))),
        default=None,
    )
    if claim is None:
        return review.add_toll(
            article, mention, None, {**values, "start": start, "end": end, "basis": review.BY_EDITOR}, RECORDED
        ), True
    differing = {name: value for name, value in values.items() if getattr(claim, name) != value}
    if differing:
        review.correct_toll(claim, None, differing, RECORDED)
    else:
        review.accept_toll(claim, None, RECORDED)
    return claim, bool(differing)


def _find(article: Article, record: Record, where: str, near: int | None = None) -> tuple[int, int]:
    """Where the record's quote stands: its nth occurrence when it says so, else the one nearest after ``near``."""
    quote, text = record["quote"], article.text
    places = []
    position = text.find(quote)
    while position != -1:
        places.append(position)
        position = text.find(quote, position + 1)
    if not places or record.get("occurrence", 1) > len(places):
        raise BadRecord(f"{where}: “{quote}” does not stand in “{article.title}”.")
    if "occurrence" in record or near is None:
        start = places[record.get("occurrence", 1) - 1]
    else:
        start = min(places, key=lambda p: (p < near, abs(p - near)))
    return start, start + len(quote)


def _place(name: str | None, where: str) -> Any:
    if name is None:
        return None
    place = place_named(name)
    if place is None:
        raise BadRecord(f"{where}: the gazetteer has no “{name}”. Add it to lexicon/syria/places.tsv.")
    return place


def _day(value: str | None) -> dt.date | None:
    return dt.date.fromisoformat(value) if value else None
