"""Taking back an act: every record that it changed goes back to how it stood before, or none does.

What somebody has changed since is not written over: the act is then refused, with what stands in its way.
"""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.contrib.auth.models import User
from django.db import IntegrityError
from django.db.models import Exists, OuterRef, Q

from timeline.curation import dating, events
from timeline.curation.acts import acting
from timeline.curation.merged import InCircle, last_of
from timeline.curation.rights import Right
from timeline.curation.signing import delete_signed, save_many_signed, save_signed, set_actors
from timeline.curation.steps import Step, steps_of
from timeline.ingest import disagreement
from timeline.ingest.naming import NAME_LENGTH, kept_actor, kept_place, kept_source
from timeline.models import Act, Actor, Article, Event, Feed, Mention, Place, ReviewStatus, Source, TollClaim
from timeline.models.event import FIGURES

# Put back, but no reason to refuse: whoever decides on anything writes these.
_SIGNATURE = {"reviewed_by_id", "reviewed_at"}
# Records that can be removed, or merged into another.
_MAY_BE_AWAY = (Source, Place, Event, Mention, TollClaim)
# There may be thousands of these in one act.
_IN_BULK = (Mention, TollClaim)


class CannotUndo(ValueError):
    """The act cannot be taken back any more; says what stands in the way."""


def undo(act: Act, user: User | None, reason: str = "") -> Act:
    """Take back ``act``; the taking back is an act too, and can be undone. Raises CannotUndo, changing nothing.

    A record that the act made is rejected (an entry, a claim), removed where no reader has seen it (an event), or stays
    without use (a name). An event whose publication is undone was public: it is withdrawn, and its page says so.
    """
    with acting(user, Right(act.right), words_for_undoing(act), reason) as undoing:
        # Two people who press the button at once: the second waits here, and is then told.
        Act.objects.select_for_update().get(pk=act.pk)
        if Act.objects.filter(undoes=act).exists():
            raise CannotUndo(f"“{act}” was undone already.")
        steps = steps_of(act)
        if problems := [*filter(None, map(_changed_since, steps)), *_linked_since(steps)]:
            raise CannotUndo(" ".join(dict.fromkeys(problems)))
        undoing.undoes = act
        undoing.save(update_fields=["undoes"])
        why = reason or undoing.words
        behind = _events_behind(steps)
        try:
            _restore(steps, user, why)
            _bring_up_to_date(behind | _events_behind(steps), user, why)
            disagreement.restate(_entries_in(steps))
            _check_names(steps)
        except IntegrityError as error:
            raise CannotUndo(f"“{act}” cannot be undone: what was changed since rests on it.") from error
        except InCircle as error:
            raise CannotUndo(str(error)) from error
    return undoing


def _restore(steps: list[Step], user: User | None, why: str) -> None:
    for model, found in groupby((step for step in steps if step.before is not None), key=lambda step: step.model):
        these = list(found)
        _lead_to_what_is_there(model, these)
        if model in _IN_BULK:
            _put_back_in_bulk([step for step in these if step.now is not None], user, why)
            these = [step for step in these if step.now is None]
        for step in these:
            _put_back(step, user, why)
    for step in reversed(steps):
        if step.before is None:
            _unmake(step, user, why)
    for step in steps:
        if step.actors_added or step.actors_removed:
            _put_actors_back(step, user, why)
        if isinstance(step.now, Article) and "published" in step.fields:
            dating.read_again(step.now, user, why)


_UNDID, _DID_AGAIN = "undid: ", "did again: "


def words_for_undoing(act: Act) -> str:
    """'undid: …' of an act, 'did again: …' of an undoing, however often it has gone to and fro."""
    if act.undoes_id is None:
        return _UNDID + act.words
    if act.words.startswith(_UNDID):
        return _DID_AGAIN + act.words.removeprefix(_UNDID)
    return _UNDID + act.words.removeprefix(_DID_AGAIN)


def _changed_since(step: Step) -> str:
    """What has happened to the record since that undoing would write over; empty where nothing has."""
    if step.after.history_type == "-":
        return "" if step.now is None else f"“{step.now}” is there again."
    if step.now is None:
        return f"“{step.after.instance}” is gone since."
    if step.before is None:
        return _made_and_used_since(step)
    names = [
        step.model._meta.get_field(name).verbose_name
        for name in step.fields
        if name not in _SIGNATURE
        and getattr(step.now, name) != getattr(step.after, name)
        and not (step.model is Event and name in _left_to_the_rule(step.after))
    ]
    return f"The {', '.join(names)} of “{step.now}” was changed again since." if names else ""


def _made_and_used_since(step: Step) -> str:
    """What stands against unmaking a record that the act made."""
    now, after = step.now, step.after
    if isinstance(now, Article):
        return f"The report “{now}” stays, and what was read in it. Reject its entries, if they should not count."
    if isinstance(now, Event) and now.published_at and not after.published_at:
        return f"“{now}” has been published since: withdraw it first."
    if isinstance(now, Mention | TollClaim) and now.reviewed_at != after.reviewed_at:
        return f"“{now}” was decided on since: undo that first."
    if isinstance(now, Mention) and now.event_id != after.event_id:
        return f"“{now}” was linked to an event or taken off one since: undo that first."
    return ""


def _left_to_the_rule(event: Any) -> tuple[str, ...]:
    """The figures that follow from the claims in this version of an event: that they differ now is nobody's decision."""
    if not event.toll_by_editor:
        return FIGURES
    return ("killed_low", "killed_high") if event.toll_best_only else ()


def _linked_since(steps: list[Step]) -> list[str]:
    """Entries that others have linked to an event that the act made: undoing would take them off it."""
    made = [step.pk for step in steps if step.model is Event and step.before is None]
    own = {step.pk for step in steps if step.model is Mention and (step.before is None or "event_id" in step.fields)}
    if not made:
        return []
    linked = Mention.objects.filter(event__in=made).select_related("event")
    return [
        f"“{mention}” was linked to “{mention.event}” since: take it off first."
        for mention in linked
        if mention.pk not in own
    ]


def _lead_to_what_is_there(model: Any, steps: list[Step]) -> None:
    """See that no record is put back to one that is gone, or that has been merged into another since.

    A name that has been merged leads to the one that it is another name of; an event that has been is the editor's to
    look at, since its entries have left it. Changes the versions in hand, which are never saved.
    """
    for one in model._meta.concrete_fields:
        if one.remote_field is None or one.related_model not in _MAY_BE_AWAY:
            continue
        told = [step for step in steps if one.attname in step.fields or step.now is None]
        keys = {getattr(step.before, one.attname) for step in told} - {None}
        there = one.related_model._default_manager.in_bulk(list(keys))
        for step in told:
            key = getattr(step.before, one.attname)
            if key is None:
                continue
            if key not in there:
                if one.related_model is model and any(step.pk == key for step in steps):
                    continue  # it is put back with this one
                raise CannotUndo(f"The {one.verbose_name} that “{step.before.instance}” belonged to is gone since.")
            record = there[key]
            if one.name == "merged_into":
                continue
            if isinstance(record, Event) and record.merged_into_id:
                raise CannotUndo(
                    f"“{record}” was merged into “{last_of(record)}” since: undo that first, or link "
                    f"“{step.before.instance}” by hand."
                )
            if isinstance(record, Source):
                kept = kept_source(record)
                setattr(step.before, one.attname, kept.pk if kept else None)
            elif isinstance(record, Place):
                setattr(step.before, one.attname, kept_place(record).pk)


def _put_back_in_bulk(steps: list[Step], user: User | None, why: str) -> None:
    alike: dict[tuple[Any, tuple[str, ...]], list[Any]] = {}
    for step in steps:
        names = _names_to_put_back(step)
        for name in names:
            setattr(step.now, name, getattr(step.before, name))
        alike.setdefault((step.model, tuple(names)), []).append(step.now)
    for (model, fields), records in alike.items():
        if fields:
            save_many_signed(records, user, why, [model._meta.get_field(name).name for name in fields])


def _names_to_put_back(step: Step) -> list[str]:
    if "reviewed_at" in step.fields and step.now.reviewed_at != step.after.reviewed_at:
        # Somebody has decided on the record since: that it is decided is theirs.
        return [name for name in step.fields if name not in {"status", *_SIGNATURE}]
    return step.fields


def _put_back(step: Step, user: User | None, why: str) -> None:
    if step.now is None:
        step.now = step.before.instance
        save_signed(step.now, user, why)
        return
    for name in step.fields:
        setattr(step.now, name, getattr(step.before, name))
    if isinstance(step.now, Event) and step.now.published_at and step.now.status == Event.Status.DRAFT:
        _withdraw(step.now, why)
    if step.fields:
        save_signed(step.now, user, why)


def _withdraw(event: Event, why: str) -> None:
    event.status = Event.Status.WITHDRAWN
    given = "" if why.startswith((_UNDID, _DID_AGAIN)) else why
    event.withdrawn_reason = f"Its publication was undone: {given}" if given else "Its publication was undone."


def _unmake(step: Step, user: User | None, why: str) -> None:
    """Undo the making of a record. Names stay: they do no harm, and others may use them by now."""
    record = step.now
    if isinstance(record, Mention | TollClaim):
        if not record.touched:
            # What the engine read and nobody has decided on is the engine's: as a re-run does, it goes.
            delete_signed(record, user, why)
            return
        record.status = ReviewStatus.REJECTED
        if isinstance(record, Mention):
            record.event = None
        save_signed(record, user, why)
    elif isinstance(record, Event):
        for mention in record.mentions.all():
            mention.event = None
            save_signed(mention, user, why, ["event"])
        if record.published_at:
            _withdraw(record, why)
            save_signed(record, user, why)
        else:
            delete_signed(record, user, why)
    elif isinstance(record, Feed):
        record.active = False  # what came from it stays
        save_signed(record, user, why, ["active"])


def _put_actors_back(step: Step, user: User | None, why: str) -> None:
    """Take off the actors that the act named and name those that it took off; what others have named since stays.

    So does an actor that an entry behind the event names.
    """
    event = step.now
    now = set(event.actors.values_list("pk", flat=True))
    off = step.actors_added & now
    if off:
        told = event.mentions.standing().values_list("actors", flat=True)
        names = {name.strip()[:NAME_LENGTH] for entry in told for name in entry}
        off -= set(Actor.objects.filter(pk__in=off, name__in=names).values_list("pk", flat=True))
    on = {kept_actor(actor).pk for actor in Actor.objects.filter(pk__in=step.actors_removed)}
    set_actors(event, now - off | on, user, why)


def _bring_up_to_date(keys: set[int], user: User | None, why: str) -> None:
    """Count anew what follows from the entries, and refuse what must never be."""
    behind = Mention.objects.filter(event=OuterRef("pk"))
    found = Event.objects.filter(pk__in=keys).defer("search_text")
    for event in found.annotate(told=Exists(behind.standing()), held=Exists(behind)):
        events.refresh(event, user, why)
        if event.status == Event.Status.PUBLISHED and not event.told:  # type: ignore[attr-defined]
            raise CannotUndo(f"The published event “{event}” would rest on no report. Withdraw it first.")
        if event.status == Event.Status.MERGED:
            if event.held:  # type: ignore[attr-defined]
                raise CannotUndo(f"“{event}” is merged, and entries would stand behind it. Undo the merging first.")
            last_of(event)


def _check_names(steps: list[Step]) -> None:
    """Refuse to merge a name again that something was attributed to since."""
    for step in steps:
        if (
            step.model in (Source, Place, Actor)
            and step.now.merged_into_id is not None
            and "merged_into_id" in step.fields
        ):
            last_of(step.now)
            for pointing in step.model._meta.related_objects:
                used = pointing.related_model._default_manager.filter(**{pointing.field.name: step.pk})
                if pointing.field.name != "merged_into" and used.exists():
                    raise CannotUndo(
                        f"“{step.now}” is the {pointing.field.verbose_name} of “{used.first()}” since: merge it by hand."
                    )


def _entries_in(steps: list[Step]) -> set[int]:
    """Keys of the entries that were changed, or whose claims were."""
    keys = {step.pk for step in steps if step.model is Mention}
    return keys | {step.now.mention_id for step in steps if isinstance(step.now, TollClaim) and step.now.mention_id}


def _events_behind(steps: list[Step]) -> set[int]:
    """Keys of the events that the records belong to, or that rest on them, now."""
    keys = {step.now.pk for step in steps if isinstance(step.now, Event) and step.now.pk}
    keys |= {step.now.event_id for step in steps if isinstance(step.now, Mention) and step.now.event_id}
    places = [step.now.pk for step in steps if isinstance(step.now, Place)]
    keys |= set(Event.objects.filter(place__in=places).values_list("pk", flat=True))
    claims = [step.now.mention_id for step in steps if isinstance(step.now, TollClaim) and step.now.mention_id]
    reports = [step.now.pk for step in steps if isinstance(step.now, Article)]
    told = Mention.objects.filter(Q(pk__in=claims) | Q(article__in=reports), event__isnull=False)
    return keys | set(told.values_list("event_id", flat=True))
