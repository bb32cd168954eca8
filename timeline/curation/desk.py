"""One key press at the review desk: what was typed and what is decided, as one act that is undone as one.

What each step means is left to review.py and events.py.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.contrib.auth.models import User

from timeline.curation import disagreements, events, meanwhile, review
from timeline.curation.acts import acting
from timeline.curation.rights import Right
from timeline.models import Act, Article, Event, Kind, Mention, ReviewStatus, TollClaim

TITLE = 100  # characters that an added entry takes of its words as a title, until an editor gives it one


class Then(StrEnum):
    """What becomes of an entry that is accepted."""

    NOTHING = "nothing"
    LINK = "link"
    NEW_EVENT = "new event"
    PUBLISH = "publish"


@dataclass(frozen=True, slots=True)
class TollChange:
    """What a line of the form says of a claim, or of a new one (None). ``rejected`` None leaves that as it is."""

    claim: TollClaim | None
    changes: dict[str, Any]
    rejected: bool | None = None
    seen: int | None = None  # the version of the claim that the person decided on


@dataclass(frozen=True, slots=True)
class Corrections:
    """What was typed: fields of the entry as review.correct takes them, and its tolls."""

    entry: dict[str, Any] = field(default_factory=dict)
    tolls: list[TollChange] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.entry or self.tolls)


def settle(
    mention: Mention,
    user: User | None,
    corrections: Corrections,
    reason: str = "",
    *,
    then: Then = Then.NOTHING,
    event: Event | None = None,
    seen: int | None = None,
) -> Act:
    """Accept the entry, corrected where something was typed, and do with it what ``then`` says; all of it or nothing.

    ``seen`` is the version of the entry that the person decided on. Returns the act; one without a key changed nothing.
    Raises what the single steps raise: ValidationError, NotAllowedTo, ChangedMeanwhile, CannotPublish, LastEntry.
    """
    right = Right.PUBLISH if then == Then.PUBLISH else Right.REVIEW
    with acting(user, right, _in_words(mention, corrections, then, event), reason) as act:
        meanwhile.hold(mention, seen)
        if corrections:
            for toll in corrections.tolls:
                _settle_toll(mention, user, toll, reason)
            review.correct(mention, user, corrections.entry, reason)
        elif mention.status != ReviewStatus.CORRECTED or mention.toll_claims.untouched().exists():
            review.accept(mention, user, reason)
        if then == Then.LINK and event is not None:
            events.link(mention, event, user, reason)
        elif then == Then.NEW_EVENT:
            events.event_for(mention, user)
        elif then == Then.PUBLISH:
            events.publish_event_of(mention, user, reason)
    return act


def reject(mention: Mention, user: User | None, reason: str = "", seen: int | None = None) -> Act:
    """Reject the entry; what was typed into its fields goes with it."""
    with acting(user, Right.REVIEW, f"rejected “{mention}”", reason) as act:
        review.reject(mention, user, reason, seen)
    return act


def add(article: Article, user: User | None, start: int, end: int) -> tuple[Mention, Act]:
    """Add an entry that the engine missed from the words ``article.text[start:end]``, its fields to be filled."""
    words = article.text[start:end]
    title = " ".join(words.split())
    if len(title) > TITLE:
        title = title[:TITLE].rsplit(" ", 1)[0] + "…"
    with acting(user, Right.REVIEW, f"added “{title}” to “{article}”") as act:
        values = {"start": start, "end": end, "kind": Kind.OTHER, "title": title}
        return review.add_mention(article, user, values), act


def unlink(mention: Mention, user: User | None, reason: str = "", seen: int | None = None) -> Act:
    """Take the entry off its event."""
    with acting(user, Right.REVIEW, f"took “{mention}” off “{mention.event}”", reason) as act:
        events.relink(mention, None, user, reason, seen)
    return act


def take_engines(mention: Mention, fields: Collection[str], user: User | None, seen: int | None = None) -> Act:
    """Make what the engine now says of ``fields`` stand."""
    with acting(user, Right.REVIEW, f"took the engine's reading of “{mention}”") as act:
        disagreements.take_engines(mention, fields, user, seen=seen)
    return act


def keep_ours(mention: Mention, user: User | None, seen: int | None = None) -> Act:
    """Keep what stands against what the engine now says."""
    with acting(user, Right.REVIEW, f"kept “{mention}” against the engine's reading") as act:
        disagreements.keep_ours(mention, user, seen=seen)
    return act


def _settle_toll(mention: Mention, user: User | None, toll: TollChange, reason: str) -> None:
    if toll.claim is None:
        whole_conflict = toll.changes.get("scope") == "cumulative"
        review.add_toll(mention.article, None if whole_conflict else mention, user, toll.changes, reason)
        return
    if toll.rejected:
        review.reject_toll(toll.claim, user, reason, toll.seen)
        return
    if toll.changes:
        review.correct_toll(toll.claim, user, toll.changes, reason, toll.seen)
    elif toll.rejected is False:
        review.accept_toll(toll.claim, user, reason, toll.seen)


def _in_words(mention: Mention, corrections: Corrections, then: Then, event: Event | None) -> str:
    title = corrections.entry.get("title", mention.title)
    done = f"{'corrected' if corrections else 'accepted'} “{title}”"
    if then == Then.LINK and event is not None:
        return f"{done} and linked it to “{event}”"
    if then == Then.NEW_EVENT:
        return f"{done} and made a draft event of it"
    return f"{done} and published it" if then == Then.PUBLISH else done
