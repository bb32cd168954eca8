"""Taking back an act: every record that it changed goes back to how it stood before, or none does.

What somebody has changed since is not written over: the act is then refused, with what stands in its way.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db import IntegrityError

from timeline.curation import dating, events
from timeline.curation.acts import acting
from timeline.curation.rights import Right
from timeline.curation.signing import delete_signed, save_signed
from timeline.models import Act, Actor, Article, Event, Feed, Mention, Place, ReviewStatus, Source, TollClaim

# In the order in which they are put back: what is pointed to before what points.
KEPT = (Source, Actor, Place, Feed, Article, Event, Mention, TollClaim)

# What follows from other records, or what nobody can take back (once public, always public): not put back.
_FOLLOWS = {"changed_at", "published_at", "disagreement", *events.DERIVED}
# Put back, but no reason to refuse: whoever decides on anything writes these.
_SIGNATURE = {"reviewed_by_id", "reviewed_at"}
_TOLL = ("killed_low", "killed_best", "killed_high", "toll_basis")


class CannotUndo(ValueError):
    """The act cannot be taken back any more; says what stands in the way."""


@dataclass(slots=True)
class _Step:
    """One record that the act changed: as it is now, its versions before and after, the fields that differ between them."""

    model: Any
    pk: int
    now: Any
    before: Any
    after: Any
    fields: list[str]


def undo(act: Act, user: User | None, reason: str = "") -> Act:
    """Take back ``act``; the taking back is an act too, and can be undone. Raises CannotUndo, changing nothing.

    A record that the act made is rejected (an entry, a claim), removed where no reader has seen it (an event), or stays
    without use (a name). An event whose publication is undone was public: it is withdrawn, and its page says so.
    """
    with acting(user, Right(act.right), f"undid: {act.words}", reason) as undoing:
        if Act.objects.filter(undoes=act).exists():
            raise CannotUndo(f"“{act}” was undone already.")
        steps = list(_steps(act))
        if problems := [problem for step in steps if (problem := _changed_since(step))]:
            raise CannotUndo(" ".join(problems))
        undoing.undoes = act
        undoing.save(update_fields=["undoes"])
        why = reason or f"undid: {act.words}"
        behind = _events_behind(steps)
        try:
            for step in steps:
                _put_back(step, user, why)
        except IntegrityError as error:
            raise CannotUndo(f"“{act}” cannot be undone: what was changed since rests on it.") from error
        for step in steps:
            if isinstance(step.now, Article) and "published" in step.fields:
                dating.read_again(step.now, user, why)
        for event in Event.objects.filter(pk__in=behind | _events_behind(steps)):
            events.refresh(event, user, why)
            if event.status == Event.Status.PUBLISHED and not event.mentions.standing().exists():
                raise CannotUndo(f"The published event “{event}” would rest on no report. Withdraw it first.")
    return undoing


def _steps(act: Act) -> Iterator[_Step]:
    for model in KEPT:
        versions: dict[int, list[Any]] = {}
        for version in model.history.filter(act=act).order_by("history_id"):
            versions.setdefault(version.id, []).append(version)
        for pk, made in versions.items():
            before = model.history.filter(id=pk, history_id__lt=made[0].history_id).order_by("-history_id").first()
            now = model._default_manager.select_for_update().filter(pk=pk).first()
            if made[0].history_type == "+":
                before = None
            yield _Step(model, pk, now, before, made[-1], _differing(before, made[-1]))


def _differing(before: Any, after: Any) -> list[str]:
    """Attribute names of the fields that differ; of an event whose toll an editor set, its figures too."""
    if before is None:
        return []
    left_out = set(_FOLLOWS)
    if isinstance(before.instance, Event) and (before.toll_by_editor or after.toll_by_editor):
        left_out -= set(_TOLL)
    return [
        field.attname
        for field in before.tracked_fields
        if field.name not in left_out and getattr(before, field.attname) != getattr(after, field.attname)
    ]


def _changed_since(step: _Step) -> str:
    """What has happened to the record since that undoing would write over; empty where nothing has."""
    if step.after.history_type == "-":
        return "" if step.now is None else f"“{step.now}” is there again."
    if step.now is None:
        return f"“{step.after.instance}” is gone since."
    if step.before is None:
        if isinstance(step.now, Event) and step.now.published_at:
            return f"“{step.now}” has been published since: withdraw it first."
        return ""
    names = [
        step.model._meta.get_field(name).verbose_name
        for name in step.fields
        if name not in _SIGNATURE and getattr(step.now, name) != getattr(step.after, name)
    ]
    return f"The {', '.join(names)} of “{step.now}” was changed again since." if names else ""


def _put_back(step: _Step, user: User | None, why: str) -> None:
    if step.now is None:
        step.now = step.before.instance
        save_signed(step.now, user, why)
    elif step.before is None:
        _unmake(step.now, user, why)
        return
    for name in step.fields:
        setattr(step.now, name, getattr(step.before, name))
    if isinstance(step.now, Event) and step.now.published_at and step.now.status == Event.Status.DRAFT:
        step.now.status = Event.Status.WITHDRAWN
        step.now.withdrawn_reason = f"Its publication was undone. {why}"
    if step.fields:
        save_signed(step.now, user, why)
    if isinstance(step.now, Event):
        step.now.actors.set([row.actor_id for row in step.before.actors.all()])


def _unmake(record: Any, user: User | None, why: str) -> None:
    """Undo the making of a record. Names stay: they do no harm, and others may use them by now."""
    if isinstance(record, Mention | TollClaim):
        record.status = ReviewStatus.REJECTED
        if isinstance(record, Mention):
            record.event = None
        save_signed(record, user, why)
    elif isinstance(record, Event):
        for mention in record.mentions.all():
            mention.event = None
            save_signed(mention, user, why, ["event"])
        delete_signed(record, user, why)


def _events_behind(steps: list[_Step]) -> set[int]:
    """Keys of the events that the records belong to now."""
    keys = {step.now.pk for step in steps if isinstance(step.now, Event) and step.now.pk}
    keys |= {step.now.event_id for step in steps if isinstance(step.now, Mention) and step.now.event_id}
    claims = [step.now.mention_id for step in steps if isinstance(step.now, TollClaim) and step.now.mention_id]
    return keys | set(Mention.objects.filter(pk__in=claims, event__isnull=False).values_list("event_id", flat=True))
