"""Going back to an earlier version of a record, by the rules that hold for every decision. How versions differ is told too.

What is public stays where it is: a revert neither publishes nor withdraws, moves no address, and leaves no published event
without a report. It is an act, and can be undone.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils import timezone

from timeline.curation import dating, events, feeds, meanwhile, names, review
from timeline.curation.acts import acting
from timeline.curation.merged import last_of
from timeline.curation.rights import Right
from timeline.curation.signing import save_signed
from timeline.ingest.naming import kept_actor, kept_place, kept_source
from timeline.models import Actor, Article, Event, Feed, Mention, Place, ReviewStatus, Source, TollClaim
from timeline.query.differences import Difference, differences

__all__ = ["CannotRevert", "Difference", "differences", "revert", "right_to_revert", "words_for_reverting"]

# Fields that go back. Those left out follow from others, are public, or are what another decision keeps (whether a name
# is a source, what it was merged into, which reports are copies): undoing that decision brings them back.
_FIELDS: dict[type[Any], tuple[str, ...]] = {
    Article: ("title", "outlet", "url", "language", "reference"),
    Source: ("name", "kind", "notes"),
    Place: ("name", "name_ar", "kind", "governorate", "country", "latitude", "longitude", "other_names"),
    Actor: ("name",),
}
_NAMES = (Source, Place, Actor)


class CannotRevert(ValueError):
    """A version that cannot be gone back to; says why."""


def right_to_revert(model: type[Any]) -> Right:
    if model is Feed:
        return Right.KEEP_FEEDS
    return Right.KEEP_NAMES if model in _NAMES else Right.REVIEW


def revert(record: Any, version: Any, user: User | None, reason: str = "") -> None:
    """Make the record what it was in ``version``, one of its history. Raises CannotRevert, ValidationError, or what the
    function raises that would set these values by hand, storing nothing.
    """
    model = type(record)
    with acting(user, right_to_revert(model), words_for_reverting(record, version), reason):
        if version.instance_type is not model or version.id != record.pk or version.history_type == "-":
            raise CannotRevert(f"This is no version of “{record}” that it could go back to.")
        meanwhile.hold(record)
        if model is Event:
            _revert_event(record, version, user, reason)
        elif model is Mention:
            _revert_mention(record, version, user, reason)
        elif model is TollClaim:
            _revert_claim(record, version, user, reason)
        elif model is Article:
            _revert_article(record, version, user, reason)
        elif model is Feed:
            _revert_feed(record, version, user, reason)
        else:
            _revert_name(record, version, user, reason)


def words_for_reverting(record: Any, version: Any) -> str:
    return f"put “{record}” back to how it stood on {timezone.localtime(version.history_date):%-d %B %Y, %H:%M}"


def _revert_event(event: Event, version: Any, user: User | None, reason: str) -> None:
    changes: dict[str, Any] = {
        name: getattr(version, name)
        for name in ("title", "kind", "summary", "earliest", "latest", "precision", "toll_by_editor", "toll_best_only")
    }
    if not event.published_at:
        changes["slug"] = version.slug
    if version.toll_by_editor:
        figures = ("killed_best",) if version.toll_best_only else ("killed_low", "killed_best", "killed_high")
        changes |= {name: getattr(version, name) for name in (*figures, "toll_basis")}
    changes["place"] = _place(version)
    rows = version.actors.select_related("actor")
    changes["actors"] = [kept_actor(row.actor) for row in rows]
    events.correct_event(event, user, changes, reason)


def _place(version: Any) -> Place | None:
    place = Place.objects.filter(pk=version.place_id).first()
    return kept_place(place) if place else None


def _revert_mention(mention: Mention, version: Any, user: User | None, reason: str) -> None:
    before = mention.event
    if version.status == ReviewStatus.REJECTED:
        events.keep_one(mention)
    for name in review.MENTION_FIELDS - {"place"}:
        setattr(mention, name, getattr(version, name))
    mention.place = _place(version)
    _decide_as(mention, version, user)
    _validate(mention, {"article", "engine", "disagreement", "event"})
    save_signed(mention, user, reason)
    if version.event_id != mention.event_id:
        event = Event.objects.filter(pk=version.event_id).first()
        if version.event_id and event is None:
            raise CannotRevert(f"The event that “{mention}” was linked to then is gone since. Link it by hand.")
        events.relink(mention, last_of(event) if event else None, user, reason)
    elif before is not None:
        events.refresh(before, user, reason)


def _revert_claim(claim: TollClaim, version: Any, user: User | None, reason: str) -> None:
    behind = {claim.mention_id, version.mention_id} - {None}
    for name in review.TOLL_FIELDS - {"source", "via", "mention", "part_of"}:
        setattr(claim, name, getattr(version, name))
    for name in ("source", "via"):
        setattr(claim, name, kept_source(Source.objects.filter(pk=getattr(version, f"{name}_id")).first()))
    there = Mention.objects.in_bulk(list(behind))
    if version.mention_id and version.mention_id not in there:
        raise CannotRevert(f"The entry that “{claim}” belonged to then is gone since.")
    claim.mention = there.get(version.mention_id)
    claim.part_of = TollClaim.objects.filter(pk=version.part_of_id).first()
    _refuse_circle(claim)
    _decide_as(claim, version, user)
    _validate(claim, {"article", "engine"})
    save_signed(claim, user, reason)
    for mention in there.values():
        if mention.event:
            events.refresh(mention.event, user, reason)


def _refuse_circle(claim: TollClaim) -> None:
    whole, seen = claim.part_of, {claim.pk}
    while whole is not None:
        if whole.pk in seen:
            raise CannotRevert(f"“{claim}” would be a part of one of its own parts. Change these first.")
        seen.add(whole.pk)
        whole = whole.part_of


def _revert_feed(feed: Feed, version: Any, user: User | None, reason: str) -> None:
    feed.address, feed.every, feed.active = version.address, version.every, version.active
    feed.outlet = kept_source(Source.objects.filter(pk=version.outlet_id).first())
    _validate(feed, set())
    feeds.save_feed(feed, user, reason)


def _revert_article(article: Article, version: Any, user: User | None, reason: str) -> None:
    if version.published != article.published:
        dating.date_report(article, version.published, user, reason)
    _set(article, version, user, reason)


def _revert_name(record: Any, version: Any, user: User | None, reason: str) -> None:
    if record.merged_into_id is not None:
        raise CannotRevert(f"“{record}” is another name of “{last_of(record)}” now: undo that first.")
    for name in _FIELDS[type(record)]:
        setattr(record, name, _stood(version, name))
    record.full_clean(exclude={"lexicon_key", "merged_into"})
    names.save_name(record, user, reason)


def _set(record: Any, version: Any, user: User | None, reason: str) -> None:
    """Save the fields of _FIELDS that differ, as they were in ``version``."""
    fields = _FIELDS[type(record)]
    changed = [name for name in fields if getattr(record, name) != _stood(version, name)]
    for name in changed:
        setattr(record, name, _stood(version, name))
    if changed:
        _validate(record, {"text", "extraction", "text_hash"})
        save_signed(record, user, reason, changed)


def _stood(version: Any, name: str) -> Any:
    """What stood in the field; of a name that has been merged since, the one that it leads to."""
    value = getattr(version, name)
    if isinstance(value, Source):
        return kept_source(value)
    return kept_place(value) if isinstance(value, Place) else value


def _decide_as(record: Mention | TollClaim, version: Any, user: User | None) -> None:
    """A record that waits for review again has no reviewer; one that is decided is decided by who reverts."""
    record.status = version.status
    waits = version.status == ReviewStatus.EXTRACTED
    record.reviewed_by = None if waits else user
    record.reviewed_at = None if waits else timezone.now()


def _validate(record: Any, unchecked: set[str]) -> None:
    try:
        record.clean_fields(exclude=unchecked)
        record.validate_constraints()
    except ValidationError as error:
        raise CannotRevert(f"What stood then does not hold any more: {' '.join(error.messages)}") from error
