"""Settling what the engine says otherwise: taking its reading over, field by field, or keeping what stands.

What it says is noted by a re-run (ingest/disagreement.py); nothing changes until an editor does one of these.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.contrib.auth.models import User

from timeline.curation import meanwhile, review
from timeline.curation.acts import acting
from timeline.curation.rights import Right
from timeline.curation.signing import save_signed
from timeline.ingest.disagreement import ENTRY, FIELDS, now_says
from timeline.ingest.naming import place_named, source_named
from timeline.ingest.snapshots import Snapshot, date_values, overlap
from timeline.models import Mention, ReviewStatus, TollClaim

_DATE = frozenset({"earliest", "latest", "precision"})


class NothingToTake(ValueError):
    """The engine says nothing of what was to be taken over; says of which entry."""


def take_engines(
    mention: Mention, fields: Collection[str], user: User | None, reason: str = "", seen: int | None = None
) -> None:
    """Make what the engine now says of ``fields`` (names in ``mention.disagreement``) stand, as a correction.

    A date is taken over as a whole, with the words that say it. Tolls likewise: claims that the engine reads otherwise
    are corrected, those that it lacks rejected, new ones added. "entry", of one that it finds no longer, rejects the
    entry. Raises NothingToTake, and what review's functions raise.
    """
    with acting(user, Right.REVIEW, f"took the engine's reading of “{mention}”", reason):
        meanwhile.hold(mention, seen)
        if unknown := set(fields) - {*FIELDS, ENTRY}:
            raise NothingToTake(f"{', '.join(sorted(unknown))}: the engine says nothing of that. Nothing was changed.")
        now = now_says(mention)
        if now is None:
            if ENTRY not in fields:
                raise NothingToTake(
                    f"The engine no longer finds “{mention}”. Reject the entry, or keep it as it stands."
                )
            review.reject(mention, user, reason)
            return
        if changes := _changes(mention, now, set(fields)):
            review.correct(mention, user, changes, reason)
        if "tolls" in fields:
            _take_tolls(mention, now, user, reason)


def keep_ours(mention: Mention, user: User | None, reason: str = "", seen: int | None = None) -> None:
    """What stands is right: the entry is listed again only when the engine says something new about a field."""
    with acting(user, Right.REVIEW, f"kept “{mention}” against the engine's reading", reason):
        meanwhile.hold(mention, seen)
        if told := mention.open_disagreement:
            mention.settled = {**mention.settled, **{name: each["engine"] for name, each in told.items()}}
            save_signed(mention, user, reason, ["settled"])


def _changes(mention: Mention, now: Snapshot, fields: set[str]) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    if "kind" in fields:
        changes["kind"] = now["kind"]
    if "place" in fields:
        changes["place"] = place_named(now["place"], now["governorate"]) if now["place"] else None
    if fields & _DATE:
        changes |= date_values(now, mention.article.text)
    return changes


def _take_tolls(mention: Mention, now: Snapshot, user: User | None, reason: str) -> None:
    ours = list(mention.toll_claims.select_related("source"))
    taken: dict[tuple[int, int, str], TollClaim] = {}
    # Wholes before their parts, so that a part finds its whole.
    for toll in sorted(now["tolls"], key=lambda toll: toll["part_of"] is not None):
        values = _toll_values(toll, mention, taken)
        claim = _nearest(toll, ours)
        if claim is None:
            claim = review.add_toll(mention.article, mention, user, values, reason)
        else:
            ours.remove(claim)
            _correct(claim, values, user, reason)
        taken[toll["start"], toll["end"], toll["harm"]] = claim
    for claim in ours:
        if claim.status != ReviewStatus.REJECTED:
            review.reject_toll(claim, user, reason)


def _toll_values(toll: Snapshot, mention: Mention, taken: dict[tuple[int, int, str], TollClaim]) -> dict[str, Any]:
    return {
        "start": toll["start"],
        "end": toll["end"],
        "harm": toll["harm"],
        "low": toll["low"],
        "high": toll["high"],
        "qualifier": toll["qualifier"],
        "victims": toll["victims"] or "",
        "scope": toll["scope"],
        "part_of": taken.get(tuple(toll["part_of"])) if toll["part_of"] else None,
        "source": source_named(toll["source"]) if toll["source"] else None,
        "via": source_named(toll["via"]) if toll["via"] else None,
        "basis": toll["basis"],
    }


def _nearest(toll: Snapshot, claims: list[TollClaim]) -> TollClaim | None:
    """The claim of the same harm that shares the most words with what the engine reads."""
    passage = (toll["start"], toll["end"])
    near = [claim for claim in claims if claim.harm == toll["harm"] and overlap(passage, (claim.start, claim.end))]
    return max(near, key=lambda claim: overlap(passage, (claim.start, claim.end)), default=None)


def _correct(claim: TollClaim, values: dict[str, Any], user: User | None, reason: str) -> None:
    quote = claim.article.text[values["start"] : values["end"]]
    differing = {name: value for name, value in {**values, "quote": quote}.items() if getattr(claim, name) != value}
    if {"low", "high"} & set(differing):
        # The best figure was the old ones' own.
        differing["best"] = None
    if differing:
        review.correct_toll(claim, user, differing, reason)
    elif claim.status == ReviewStatus.REJECTED:
        review.accept_toll(claim, user, reason)
