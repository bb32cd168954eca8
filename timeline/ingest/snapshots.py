"""An extraction cut into entries that each stand by themselves, and what such an entry means for the fields of a record."""

from __future__ import annotations

import datetime as dt
from typing import Any

from timeline.extraction.when import OWN

Snapshot = dict[str, Any]


def snapshots(extraction: Snapshot) -> tuple[list[Snapshot], list[Snapshot]]:
    """Cut an extraction (its JSON form) into self-contained entries: mentions with their date and tolls, other tolls.

    The ``part_of`` of a toll becomes the passage of the whole, so that a snapshot stands without its list.
    """
    tolls = [dict(toll) for toll in extraction["tolls"]]
    for toll in tolls:
        if toll["part_of"] is not None:
            whole = extraction["tolls"][toll["part_of"]]
            toll["part_of"] = [whole["start"], whole["end"], whole["harm"]]
    taken: set[int] = set()
    mentions = []
    for mention in extraction["mentions"]:
        own = [index for index in mention["tolls"] if tolls[index]["scope"] == "event" and index not in taken]
        taken.update(own)
        mentions.append(
            {
                **mention,
                "date": extraction["dates"][mention["date"]] if mention["date"] is not None else None,
                "tolls": [tolls[index] for index in own],
            }
        )
    return mentions, [toll for index, toll in enumerate(tolls) if index not in taken]


def overlap(first: tuple[int, int], second: tuple[int, int]) -> int:
    """How many characters two passages share."""
    return max(0, min(first[1], second[1]) - max(first[0], second[0]))


def date_values(snapshot: Snapshot, text: str) -> dict[str, Any]:
    """The fields of a Mention that say when, with the words of ``text`` that do and the rule."""
    date = snapshot["date"]
    return {
        "earliest": _day(snapshot["earliest"]),
        "latest": _day(snapshot["latest"]),
        "precision": snapshot["precision"],
        "date_start": date and date["start"],
        "date_end": date and date["end"],
        "date_quote": text[date["start"] : date["end"]] if date else "",
        "date_basis": _basis(snapshot, date),
    }


def _basis(snapshot: Snapshot, date: Snapshot | None) -> str:
    """By which rule the entry is dated: how its date is read, and where no date stands with it, how it came by one."""
    rules = [] if snapshot["basis"] == OWN or not snapshot["earliest"] else [snapshot["basis"]]
    if date and date["earliest"]:
        rules.append(date["basis"])
    return "; ".join(rules) or (date["basis"] if date else "")


def _day(value: str | None) -> dt.date | None:
    return dt.date.fromisoformat(value) if value else None
