"""Taking back an act: every record that it changed goes back to how it stood before, or none does.

What somebody has changed since is not written over: the act is then refused, with what stands in its way.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db import IntegrityError
from django.db.models import OuterRef, Subquery

from timeline.curation import dating, events
from timeline.curation.acts import acting
from timeline.curation.rights import Right
from timeline.curation.signing import AT_ONCE, delete_signed, save_many_signed, save_signed
from timeline.models import Act, Actor, Article, Event, Feed, Mention, Place, ReviewStatus, Source, TollClaim

# In the order in which they are put back: what is pointed to before what points.
KEPT = (Source, Actor, Place, Feed, Article, Event, Mention, TollClaim)
# Put back first: while they are put back, what other names lead to changes.
_NAMES = (Source, Actor, Place)

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
                if step.model in _NAMES:
                    _put_back(step, user, why)
            _lead_on(steps)
            for step in steps:
                if step.model not in _NAMES and not _in_bulk(step):
                    _put_back(step, user, why)
            _put_back_in_bulk([step for step in steps if _in_bulk(step)], user, why)
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
    """A few queries a model and AT_ONCE records, for a merge of names changes thousands."""
    for model in KEPT:
        versions: dict[int, list[Any]] = {}
        for version in model.history.filter(act=act).order_by("history_id"):
            versions.setdefault(version.id, []).append(version)
        every = list(versions)
        for keys in (every[start : start + AT_ONCE] for start in range(0, len(every), AT_ONCE)):
            first = {pk: versions[pk][0] for pk in keys}
            older = model.history.filter(id=OuterRef("id"), history_id__lt=OuterRef("history_id")).order_by(
                "-history_id"
            )
            made_first = model.history.filter(history_id__in=[version.history_id for version in first.values()])
            pairs = made_first.annotate(before=Subquery(older.values("history_id")[:1])).values_list("id", "before")
            earlier = {pk: key for pk, key in pairs if key is not None and first[pk].history_type != "+"}
            before = model.history.in_bulk(list(earlier.values()))
            now = model._default_manager.select_for_update().in_bulk(keys)
            for pk in keys:
                was = before.get(earlier.get(pk))
                after = versions[pk][-1]
                if not _read_anew(now.get(pk), after):
                    yield _Step(model, pk, now.get(pk), was, after, _differing(was, after))


def _read_anew(now: Any, after: Any) -> bool:
    """Whether the record was an undecided one of the engine's, and a re-run has put others in its place since."""
    return now is None and getattr(after, "status", "") == ReviewStatus.EXTRACTED and after.history_type != "-"


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


def _lead_on(steps: list[_Step]) -> None:
    """What would point again to a name that was merged or rejected since points to what that name leads to now."""
    leads: dict[Any, dict[int, int | None]] = {
        Source: dict(Source.objects.exclude(pk__in=Source.objects.standing()).values_list("pk", "merged_into")),
        Place: dict(Place.objects.filter(merged_into__isnull=False).values_list("pk", "merged_into")),
    }
    for step in steps:
        for name in step.fields:
            led = leads.get(step.model._meta.get_field(name).related_model, {})
            if step.model not in _NAMES and (key := getattr(step.before, name)) in led:
                setattr(step.before, name, led[key])


def _in_bulk(step: _Step) -> bool:
    """Whether the record only gets values back: an entry or a claim that is there and was there before."""
    return step.model in (Mention, TollClaim) and step.now is not None and step.before is not None


def _put_back_in_bulk(steps: list[_Step], user: User | None, why: str) -> None:
    alike: dict[tuple[Any, tuple[str, ...]], list[Any]] = {}
    for step in steps:
        for name in step.fields:
            setattr(step.now, name, getattr(step.before, name))
        alike.setdefault((step.model, tuple(step.fields)), []).append(step.now)
    for (model, fields), records in alike.items():
        if fields:
            save_many_signed(records, user, why, [model._meta.get_field(name).name for name in fields])


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
    places = [step.now.pk for step in steps if isinstance(step.now, Place)]
    keys |= set(Event.objects.filter(place__in=places).values_list("pk", flat=True))
    claims = [step.now.mention_id for step in steps if isinstance(step.now, TollClaim) and step.now.mention_id]
    return keys | set(Mention.objects.filter(pk__in=claims, event__isnull=False).values_list("event_id", flat=True))
