"""Two people at one record: whether somebody has changed it since a page was drawn, and what, field by field.

Who saves second never writes over who saved first. The functions of curation/ call ``hold`` inside their act; pages show
what ``conflict`` finds and let the person choose.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Field, Manager, ManyToManyField, Model

from timeline.curation.acts import current_act
from timeline.models import Event
from timeline.models.event import FIGURES
from timeline.query.fieldwords import label, value_in_words

# Where words stand in the text follows from the words; they alone are shown.
_POSITIONS = {"start", "end", "date_start", "date_end"}


class ChangedMeanwhile(ValueError):
    """Somebody has changed the record since the version that was seen; nothing was saved."""

    def __init__(self, record: Any, seen: int) -> None:
        self.record, self.seen = record, seen
        super().__init__(f"“{record}” was changed by somebody else after you opened it. Nothing of yours was saved.")


class Gone(ChangedMeanwhile):
    """The record is there no more: the engine has read its report anew and put other entries in its place."""

    def __init__(self, record: Any) -> None:
        self.record, self.seen = record, 0
        ValueError.__init__(
            self, f"“{record}” is gone: its report was read anew meanwhile. Nothing of yours was saved."
        )


def newest(record: Any) -> int | None:
    """The history_id of the record's last version; None for one without history.

    What the engine notes beside a decision leaves no version, so it is no change here.
    """
    return record.history.order_by("-history_id").values_list("history_id", flat=True).first()


def hold(record: Any, seen: int | None = None) -> None:
    """Lock the record until the transaction ends and bring the instance in hand up to date; then ``check`` it.

    Without that, an instance fetched earlier would write its old values over a colleague's, in its row or its history.
    Raises Gone where there is no row any more.
    """
    _lock(record)
    check(record, seen)


def _lock(record: Any) -> None:
    try:
        record.refresh_from_db(from_queryset=type(record)._default_manager.select_for_update())
    except ObjectDoesNotExist as error:
        raise Gone(record) from error


def check(record: Any, seen: int | None) -> None:
    """Raise ChangedMeanwhile if anybody has decided on the (locked) record since version ``seen``; None asks for nothing.

    What the act under way has done itself, and what follows by rule from other records, does not count.
    """
    if seen is None:
        return
    others = record.history.order_by("-history_id")
    if act := current_act():
        others = others.exclude(act=act)
    last = others.values_list("history_id", flat=True).first()
    if last is None or last <= seen:
        return
    then, now = (record.history.filter(history_id=key).first() for key in (seen, last))
    if then is None or differing(then, now):
        raise ChangedMeanwhile(record, seen)


def differing(then: Any, now: Any) -> list[Field]:
    """The fields in which two versions differ by somebody's decision."""
    figures_follow = then.instance_type is Event and not (then.toll_by_editor or now.toll_by_editor)
    return [
        field
        for field in decided_fields(then)
        if not (figures_follow and field.name in FIGURES) and value_of(then, field) != value_of(now, field)
    ]


def decided_fields(version: Any) -> list[Field]:
    """The fields of a version's record that people decide on: those that forms may show, and being merged into another."""
    tracked = [
        field
        for field in version.tracked_fields
        if (field.editable and not field.primary_key) or field.name == "merged_into"
    ]
    return [*tracked, *version._history_m2m_fields]


def value_of(record: Model, field: Field) -> Any:
    """What stands in the field of a record or of a version of it: of what leads to other records, their keys."""
    if not isinstance(field, ManyToManyField):
        return getattr(record, field.attname)
    rows: Manager[Any] = getattr(record, field.name)
    if hasattr(record, "history_id"):
        attribute = f"{field.m2m_reverse_field_name()}_id"
        return sorted(getattr(row, attribute) for row in rows.all())
    return sorted(rows.values_list("pk", flat=True))


def _as_stored(field: Field, value: Any) -> Any:
    """A value as forms hand it on, as ``value_of`` gives it."""
    if field.many_to_many:
        return sorted(getattr(one, "pk", one) for one in value or [])
    return value.pk if isinstance(value, Model) else value


@dataclass(frozen=True, slots=True)
class Change:
    """One field that at least one of the two has changed: what stood when I opened it, what I typed, what stands now.

    ``by`` and ``at``: who changed it last, and when; None where only I did, or where a command did.
    """

    name: str
    label: str
    saw: str
    mine: str
    theirs: str
    mine_changed: bool
    theirs_changed: bool
    by: str | None = None
    at: dt.datetime | None = None

    @property
    def both(self) -> bool:
        """Whether the two contradict each other: somebody has to choose."""
        return self.mine_changed and self.theirs_changed and self.mine != self.theirs


@dataclass(frozen=True, slots=True)
class Conflict:
    """What two people made of one record, from version ``seen`` on; ``newest`` is what it was compared with."""

    record: Any
    title: str  # of the record as it stands: a form writes what was typed into the instance
    seen: int
    newest: int
    changes: tuple[Change, ...]

    @property
    def both(self) -> list[Change]:
        return [change for change in self.changes if change.both]

    @property
    def theirs(self) -> list[Change]:
        return [change for change in self.changes if change.theirs_changed]

    @property
    def mine(self) -> list[Change]:
        return [change for change in self.changes if change.mine_changed]

    @property
    def who(self) -> str:
        """“basma”, “basma and noor”, “the engine or a recorded decision”."""
        names = list(dict.fromkeys(change.by or NOBODY for change in self.theirs))
        return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


NOBODY = "the engine or a recorded decision"


def conflict(record: Any, seen: int, mine: dict[str, Any]) -> Conflict:
    """What I (``mine``: names of fields with what I typed) and others have made of the record since version ``seen``.

    Where nobody else has changed anything, ``theirs`` is empty. Raises LookupError if ``seen`` is no version of it.
    """
    versions = list(record.history.filter(history_id__gte=seen).select_related("history_user").order_by("history_id"))
    if not versions or versions[0].history_id != seen:
        raise LookupError(f"“{record}” has no version {seen}.")
    saw, now = versions[0], versions[-1]
    by_others = {field.name for field in differing(saw, now)}
    changes = []
    for field in decided_fields(saw):
        was, stands = value_of(saw, field), value_of(now, field)
        typed = _as_stored(field, mine[field.name]) if field.name in mine else was
        theirs_changed, mine_changed = field.name in by_others, typed != was
        if field.name in _POSITIONS or not (theirs_changed or mine_changed):
            continue
        by = _last_to_change(versions, field) if theirs_changed else None
        changes.append(
            Change(
                name=field.name,
                label=label(field),
                saw=value_in_words(field, was),
                mine=value_in_words(field, typed),
                theirs=value_in_words(field, stands),
                mine_changed=mine_changed,
                theirs_changed=theirs_changed,
                by=(by.history_user.get_full_name() or by.history_user.get_username())
                if by and by.history_user
                else None,
                at=by.history_date if by else None,
            )
        )
    return Conflict(record, str(record), seen, now.history_id, tuple(changes))


def _last_to_change(versions: list[Any], field: Field) -> Any:
    """The version that gave the field the value that stands now."""
    changed = [newer for older, newer in pairwise(versions) if value_of(older, field) != value_of(newer, field)]
    return changed[-1] if changed else None
