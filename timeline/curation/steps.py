"""What an act changed, record by record: how each stood before it, how the act left it, and how it stands now.

Asked in sets: an act over 2,000 entries takes as many queries as one over two. Taking it back is left to undo.py.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db.models import OuterRef, Subquery

from timeline.curation import events
from timeline.models import TRACKED, Act, Event, ReviewStatus, TollClaim
from timeline.models.event import FIGURES
from timeline.query.differences import actors_at

# What follows from other records, or what nobody can take back (once public, always public): not put back.
FOLLOWS = {"changed_at", "published_at", "disagreement", "engine_version", *events.DERIVED}


@dataclass(slots=True)
class Step:
    """One record that an act changed. ``now`` is None where it is gone, ``before`` where the act made it.

    ``fields``: attribute names of those that differ between ``before`` and ``after``. Of an event, ``actors_added`` and
    ``actors_removed`` are the keys of the actors that the act added and took away.
    """

    model: Any
    pk: int
    now: Any
    before: Any
    after: Any
    fields: list[str]
    actors_added: set[int] = field(default_factory=set)
    actors_removed: set[int] = field(default_factory=set)


def steps_of(act: Act) -> list[Step]:
    """Every record that the act changed, locked, in the order of TRACKED. Four queries a kind of record."""
    return [step for model in TRACKED for step in _steps(model, act)]


def _steps(model: Any, act: Act) -> list[Step]:
    earlier = model.history.filter(id=OuterRef("id"), history_id__lt=OuterRef("history_id")).order_by("-history_id")
    made: dict[int, list[Any]] = {}
    versions = model.history.filter(act=act).annotate(earlier=Subquery(earlier.values("history_id")[:1]))
    for version in versions.order_by("history_id"):
        made.setdefault(version.id, []).append(version)
    if not made:
        return []
    firsts = {pk: versions[0] for pk, versions in made.items() if versions[0].history_type != "+"}
    before = model.history.in_bulk([first.earlier for first in firsts.values() if first.earlier])
    now = model._default_manager.select_for_update().in_bulk(list(made))
    steps = []
    for pk, versions in made.items():
        was = before.get(firsts[pk].earlier) if pk in firsts else None
        if not _read_anew(now.get(pk), versions[-1]):
            steps.append(Step(model, pk, now.get(pk), was, versions[-1], differing(model, was, versions[-1])))
    if model is Event:
        _add_actors(steps)
    # A part is put back after its whole.
    return sorted(steps, key=lambda step: step.after.part_of_id is not None) if model is TollClaim else steps


def _read_anew(now: Any, after: Any) -> bool:
    """Whether the record was an undecided one of the engine's, and a re-run has put others in its place since."""
    return now is None and getattr(after, "status", "") == ReviewStatus.EXTRACTED and after.history_type != "-"


def differing(model: Any, before: Any, after: Any) -> list[str]:
    """Attribute names of the fields that differ; of an event whose toll an editor set, its figures too."""
    if before is None:
        return []
    left_out = set(FOLLOWS)
    if model is Event and (before.toll_by_editor or after.toll_by_editor):
        left_out -= set(FIGURES)
    return [
        one.attname
        for one in before.tracked_fields
        if one.name not in left_out and getattr(before, one.attname) != getattr(after, one.attname)
    ]


def _add_actors(steps: list[Step]) -> None:
    named = actors_at([version.history_id for step in steps for version in (step.before, step.after) if version])
    for step in steps:
        if step.before is not None:
            # The last version of a removed event names nobody.
            before, after = named[step.before.history_id], named[step.after.history_id]
            step.actors_added, step.actors_removed = after - before, before - after
