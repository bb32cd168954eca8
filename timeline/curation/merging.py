"""Several events that are one, and one event that is several: all evidence moves, and no public address is lost.

Both are acts and can be undone (undo.py). Which events may be the same is suggested elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User

from timeline.curation import events, tolls
from timeline.curation.acts import acting
from timeline.curation.merged import last_of
from timeline.curation.rights import Right
from timeline.curation.signing import save_many_signed, save_signed, set_actors
from timeline.models import Actor, Event, Mention, TollClaim
from timeline.models.tollwords import span


class CannotMerge(ValueError):
    """Events that cannot be merged, or entries that cannot be split off; says why and what would help."""


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What merging would do, in words and records, before it is done."""

    kept: Event
    others: list[Event]
    entries: int
    reports: int
    killed_now: str
    killed_then: str
    contested_then: bool
    new_actors: list[Actor]
    notes: list[str]


def merge(kept: Event, others: Iterable[Event], user: User | None, reason: str) -> Event:
    """Make one event of several; returns the one that is kept, which is the end of its chain where it was merged itself.

    The entries of the others move to it, with their claims; its own fields stay, its actors are united with theirs, its
    toll follows from all claims unless an editor set it. The others' public addresses lead to it from now on. Raises
    CannotMerge when there is nothing to merge, no reason, or a page that readers know would lead nowhere.
    """
    others = list(others)
    with acting(user, Right.PUBLISH, words_for_merging(kept, others), reason):
        kept, others = _ends(kept, others)
        if not reason.strip():
            raise CannotMerge("Say why these are one event: the record of changes shows the reason to readers.")
        moving = list(Mention.objects.filter(event__in=others).select_for_update(of=("self",)).order_by("pk"))
        for mention in moving:
            mention.event = kept
        save_many_signed(moving, user, reason, ["event"])
        united = set(kept.actors.values_list("pk", flat=True))
        united.update(*(other.actors.values_list("pk", flat=True) for other in others))
        set_actors(kept, united, user, reason)
        for other in others:
            other.status = Event.Status.MERGED
            other.merged_into = kept
            tolls.refresh(other)
            save_signed(other, user, reason)
        events.refresh(kept, user, reason)
        return kept


def foresee(kept: Event, others: Iterable[Event]) -> Foreseen:
    """What ``merge`` would do. Raises CannotMerge as it would, but for the reason. Changes nothing."""
    kept, others = _ends(kept, others, lock=False)
    toll = tolls.summarise(list(TollClaim.objects.behind(kept, *others)))
    moving = Mention.objects.filter(event__in=others)
    standing = Mention.objects.filter(event__in=[kept, *others]).standing()
    fixed = kept.toll_by_editor and not kept.toll_best_only
    then = (span(kept.killed_low, kept.killed_high) or kept.killed_words) if fixed else toll.words
    notes = []
    if kept.toll_by_editor:
        what = "toll" if fixed else "best estimate"
        notes.append(f"The {what} of “{kept}” was set by an editor and stays as it is.")
    notes += [
        f"The toll of “{other}” was set by an editor ({other.killed_words}); that decision goes with its event."
        for other in others
        if other.toll_by_editor
    ]
    notes += [
        f"Readers who open “{other}” will be led to “{kept}”."
        for other in others
        if other.published_at and kept.published_at
    ]
    known = kept.actors.values("pk")
    return Foreseen(
        kept=kept,
        others=others,
        entries=moving.count(),
        reports=standing.values("article").distinct().count(),
        killed_now=kept.killed_words,
        killed_then=then,
        contested_then=toll.contested,
        new_actors=list(Actor.objects.filter(events__in=others).exclude(pk__in=known).distinct()),
        notes=notes,
    )


def _ends(kept: Event, others: Iterable[Event], lock: bool = True) -> tuple[Event, list[Event]]:
    """The events as they are now, each at the end of its chain, locked by key so that two mergings cannot wait for each other."""
    given = [other.pk for other in others]
    found = Event.objects.in_bulk([kept.pk, *given])
    ends = {pk: last_of(event).pk for pk, event in found.items()}
    rows = Event.objects.filter(pk__in=ends.values()).order_by("pk")
    now = {event.pk: event for event in (rows.select_for_update() if lock else rows)}
    end = now[ends[kept.pk]]
    different = [now[pk] for pk in dict.fromkeys(ends[pk] for pk in given) if pk != end.pk]
    if not different:
        raise CannotMerge(f"There is nothing to merge into “{end}”: choose another event besides it.")
    if merged := [event for event in (end, *different) if event.status == Event.Status.MERGED]:
        raise CannotMerge(f"“{merged[0]}” was merged by a colleague just now. Look at the list again.")
    for other in different:
        if other.status == Event.Status.PUBLISHED and end.status != Event.Status.PUBLISHED:
            raise CannotMerge(
                f"Readers see “{other}” and would be led to “{end}”, which is not published. "
                f"Keep “{other}” instead, or publish “{end}” first."
            )
    return end, different


def words_for_merging(kept: Event, others: list[Event]) -> str:
    named = ", ".join(f"“{other}”" for other in others[:3])
    more = f" and {len(others) - 3} more" if len(others) > 3 else ""
    return f"merged {named}{more} into “{kept}”"


def split(
    event: Event,
    mentions: Iterable[Mention],
    user: User | None,
    reason: str,
    *,
    publish: bool = False,
    **fields: Any,
) -> Event:
    """Make an event of its own of some entries of ``event``; returns it, a draft unless it is published at once.

    ``fields`` of the new event that are not given come from the first entry. Raises CannotMerge when an entry belongs
    elsewhere, or when none that stands would leave or stay; CannotPublish as publish() does.
    """
    with acting(user, Right.PUBLISH, words_for_splitting(event, fields.get("title", "")), reason):
        now = Event.objects.select_for_update().get(pk=event.pk)
        events.refuse_merged(now)
        chosen = {mention.pk for mention in mentions}
        behind = list(now.mentions.select_for_update(of=("self",)).select_related("event", "article", "place"))
        leaving = [mention for mention in behind if mention.pk in chosen]
        if len(leaving) < len(chosen):
            raise CannotMerge(f"An entry that was chosen no longer stands behind “{now}”. Look at its page again.")
        if not any(mention.status != "rejected" for mention in leaving):
            raise CannotMerge("Choose at least one entry that is not rejected: the new event is to rest on it.")
        if not any(mention.status != "rejected" for mention in behind if mention.pk not in chosen):
            raise CannotMerge(f"“{now}” would be left without a report. Leave at least one entry with it.")
        leaving.sort(key=lambda mention: mention.status == "rejected")
        made = events.create_event(leaving, user, reason=reason, **fields)
        if publish:
            events.publish(made, user, reason)
        return made


def words_for_splitting(event: Event, title: str) -> str:
    return f"split “{title}” off “{event}”" if title and title != event.title else f"split “{event}” in two"
