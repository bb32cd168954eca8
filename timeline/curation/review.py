"""Deciding on extracted entries: accept, correct, reject, add what was missed. The history keeps each decision.

``seen``, where a function takes it, is the version (history_id) that the person decided on: meanwhile.ChangedMeanwhile is
raised, and nothing stored, if somebody else has decided since.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from timeline.curation import events, meanwhile, queue
from timeline.curation.acts import acting
from timeline.curation.rights import Right
from timeline.curation.signing import save_signed
from timeline.ingest import disagreement
from timeline.models import Article, Mention, ReviewStatus, TollClaim

MENTION_FIELDS = frozenset(
    {
        "kind",
        "title",
        "earliest",
        "latest",
        "precision",
        "date_start",
        "date_end",
        "date_quote",
        "date_basis",
        "place",
        "actors",
    }
    | {"start", "end", "quote"}
)
TOLL_FIELDS = frozenset(
    {
        "harm",
        "low",
        "best",
        "high",
        "qualifier",
        "victims",
        "scope",
        "part_of",
        "source",
        "via",
        "basis",
        "mention",
        "discounted",
    }
    | {"start", "end", "quote"}
)


BY_EDITOR = "as an editor reads it"  # the basis of a value that a person gave


class NotAllowed(ValueError):
    """A decision that the state of the record does not allow; says which and why."""


def accept(mention: Mention, user: User | None, reason: str = "", seen: int | None = None) -> None:
    """What was read stands as it is; a rejection is taken back. A corrected entry stays corrected: it is accepted already."""
    with acting(user, Right.REVIEW, f"accepted “{mention}”", reason):
        meanwhile.hold(mention, seen)
        if mention.status != ReviewStatus.CORRECTED:
            _decide(mention, ReviewStatus.ACCEPTED, user, reason)
        _accept_claims(mention, user, reason)
        _refresh(mention, user, reason)


def reject(mention: Mention, user: User | None, reason: str = "", seen: int | None = None) -> None:
    """This is no event, or not told here. The entry stays, rejected, so that a re-run does not bring it back.

    Raises events.LastEntry when a published event rests on this entry alone.
    """
    with acting(user, Right.REVIEW, f"rejected “{mention}”", reason):
        meanwhile.hold(mention, seen)
        events.keep_one(mention)
        _decide(mention, ReviewStatus.REJECTED, user, reason)
        _refresh(mention, user, reason)


def correct(
    mention: Mention, user: User | None, changes: dict[str, Any], reason: str = "", seen: int | None = None
) -> None:
    """Set fields of an entry to what a person read. Raises ValidationError, storing nothing, if senseless."""
    with acting(user, Right.REVIEW, f"corrected “{mention}”", reason):
        meanwhile.hold(mention, seen)
        if {"earliest", "latest", "precision"} & set(changes) and "date_quote" not in changes:
            # The words that the old date was read from do not say the new one.
            changes = {**changes, "date_start": None, "date_end": None, "date_quote": "", "date_basis": BY_EDITOR}
        _change(mention, MENTION_FIELDS, changes)
        _decide(mention, ReviewStatus.CORRECTED, user, reason, changes)
        _accept_claims(mention, user, reason)
        _refresh(mention, user, reason)


def correct_toll(
    claim: TollClaim, user: User | None, changes: dict[str, Any], reason: str = "", seen: int | None = None
) -> None:
    """Set fields of a toll claim; its entry counts as corrected too, so that a re-run leaves both alone.

    A claim may be moved to another entry (``mention``); the entry it leaves is not decided on by that. A claim that
    turns out to be of the whole conflict leaves its entry.
    """
    with acting(user, Right.REVIEW, f"corrected the toll “{claim.quote}”", reason):
        _hold(claim, seen, changes.get("mention"))
        before = claim.mention
        if changes.get("scope") == "cumulative":
            changes = {**changes, "mention": None}
        _change(claim, TOLL_FIELDS, changes)
        _decide(claim, ReviewStatus.CORRECTED, user, reason, changes)
        _touch(claim.mention, user, reason)
        for mention in {m.pk: m for m in (before, claim.mention) if m}.values():
            _refresh(mention, user, reason)


def accept_toll(claim: TollClaim, user: User | None, reason: str = "", seen: int | None = None) -> None:
    """The figure stands as it was read; a rejection is taken back."""
    with acting(user, Right.REVIEW, f"accepted the toll “{claim.quote}”", reason):
        _hold(claim, seen)
        if claim.status != ReviewStatus.CORRECTED:
            _decide(claim, ReviewStatus.ACCEPTED, user, reason)
        _refresh(claim.mention, user, reason)


def reject_toll(claim: TollClaim, user: User | None, reason: str = "", seen: int | None = None) -> None:
    """This is no toll, or not of this event. It stays, rejected, so that a re-run does not bring it back."""
    with acting(user, Right.REVIEW, f"rejected the toll “{claim.quote}”", reason):
        _hold(claim, seen)
        _decide(claim, ReviewStatus.REJECTED, user, reason)
        _touch(claim.mention, user, reason)
        _refresh(claim.mention, user, reason)


def add_mention(article: Article, user: User | None, values: dict[str, Any], reason: str = "") -> Mention:
    """Add an entry that the engine missed. ``values``: fields of Mention, its passage's ``start`` and ``end`` too."""
    with acting(user, Right.REVIEW, f"added an entry to “{article}”", reason):
        mention = Mention(article=article, engine={})
        _change(mention, MENTION_FIELDS, {**values, "quote": article.text[values["start"] : values["end"]]})
        _decide(mention, ReviewStatus.ACCEPTED, user, reason)
        return mention


def add_toll(
    article: Article, mention: Mention | None, user: User | None, values: dict[str, Any], reason: str = ""
) -> TollClaim:
    """Add a toll claim that the engine missed, to an entry or, for the whole conflict, to the report alone."""
    with acting(user, Right.REVIEW, f"added a toll to “{mention or article}”", reason):
        claim = TollClaim(article=article, mention=mention, engine={})
        _change(claim, TOLL_FIELDS, {**values, "quote": article.text[values["start"] : values["end"]]})
        _decide(claim, ReviewStatus.ACCEPTED, user, reason)
        _refresh(mention, user, reason)
        return claim


def _change(record: Mention | TollClaim, allowed: frozenset[str], changes: dict[str, Any]) -> None:
    unknown = set(changes) - allowed
    if unknown:
        raise NotAllowed(
            f"{', '.join(sorted(unknown))}: not a field an editor corrects. Use {', '.join(sorted(allowed))}."
        )
    for name, value in changes.items():
        setattr(record, name, value)
    record.clean_fields(exclude={"article", "engine", "disagreement", "event"})
    record.validate_constraints()


def _hold(claim: TollClaim, seen: int | None, to: Mention | None = None) -> None:
    """Lock a claim, and before it the entries that it leaves and comes to.

    Accepting an entry locks it before its claims; in another order two people could wait for each other for ever.
    """
    entries = {mention.pk: mention for mention in (claim.mention, to) if mention}
    for key in sorted(entries):
        meanwhile.hold(entries[key])
    meanwhile.hold(claim, seen)


def _decide(
    record: Mention | TollClaim, status: str, user: User | None, reason: str, changed: Iterable[str] = ()
) -> None:
    """Save the decision and the fields ``changed`` with it, and nothing else of a record that is there already."""
    record.status = status
    record.reviewed_by = user
    record.reviewed_at = timezone.now()
    save_signed(record, user, reason, ["status", "reviewed_by", "reviewed_at", *changed] if record.pk else None)
    if isinstance(record, Mention):
        queue.let_go(user, record)


def _accept_claims(mention: Mention, user: User | None, reason: str) -> None:
    """The claims of an entry that nobody has looked at stand with it."""
    for claim in mention.toll_claims.untouched().select_for_update(of=("self",)):
        _decide(claim, ReviewStatus.ACCEPTED, user, reason)


def _touch(mention: Mention | None, user: User | None, reason: str) -> None:
    """An entry whose claim a person has changed counts as corrected; a rejected one stays rejected."""
    if mention and mention.status != ReviewStatus.REJECTED:
        _decide(mention, ReviewStatus.CORRECTED, user, reason)


def _refresh(mention: Mention | None, user: User | None, reason: str) -> None:
    """What follows from the entry: the event behind it, and in what it still differs from the engine's last reading."""
    if mention and mention.disagreement:
        disagreement.restate([mention.pk])
        mention.refresh_from_db(fields=["disagreement", "disagrees"])
    if mention and mention.event:
        events.refresh(mention.event, user, reason)
