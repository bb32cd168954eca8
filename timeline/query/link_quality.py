"""How often do the suggestions find the event that editors linked an entry with? Told from what they have linked.

Each linked entry is asked for suggestions with its own link hidden, and what is suggested is set beside what the editors
decided. Leaves the database as it was.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from django.db import transaction

from timeline.models import Event, Mention
from timeline.query.suggestions import THRESHOLD, Suggestion, suggested_events, told_by, told_by_engine


class Reading(StrEnum):
    """What of an entry is compared."""

    ENGINE = "as the engine read them"
    STANDS = "as the editors let them stand"


class Known(StrEnum):
    """Which reports are known when an entry is asked for."""

    EARLIER = "earlier reports known"  # as at the desk, when the report comes in
    OTHERS = "all other reports known"  # as when an archive is taken in: more to find, and more to mistake


# Weights are tuned on one half of the events alone; the other says whether they hold for what nobody looked at.
HALVES = ("events tuned on", "events kept aside")


@dataclass(frozen=True, slots=True)
class WrongLink:
    """An entry for which another event is suggested, or its own is not. ``score`` is that of the event named last."""

    entry: str
    report: str
    own: str
    suggested: str  # empty: nothing was
    score: float
    reasons: tuple[str, ...]


@dataclass(slots=True)
class LinkFigures:
    """``wanted``: entries whose event other known reports tell of too. ``suggested``: suggestions from THRESHOLD on."""

    wanted: int = 0
    suggested: int = 0
    right: int = 0
    wrong: list[WrongLink] = field(default_factory=list)
    missed: list[WrongLink] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / self.suggested if self.suggested else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.wanted if self.wanted else 1.0

    def worst(self, count: int) -> list[WrongLink]:
        """What misleads first, the surest mistake first; then what was not found, the nearest to being so last."""
        wrong = sorted(self.wrong, key=lambda miss: -miss.score)
        return [*wrong, *sorted(self.missed, key=lambda miss: miss.score)][:count]


def half_of(event: Event) -> int:
    """Index into HALVES, by the event's address: it stays whatever is added."""
    return hashlib.sha256(event.slug.encode()).digest()[-1] % 2


def link_quality(
    reading: Reading, known: Known, on_entry: Callable[[], object] = lambda: None
) -> tuple[LinkFigures, LinkFigures]:
    """The figures of the two HALVES, over all linked entries that stand; the engine's reading, where it has one."""
    figures = (LinkFigures(), LinkFigures())
    with transaction.atomic():
        for mention, own, others_tell in _asked(known):
            told = told_by_engine(mention) if reading is Reading.ENGINE else told_by(mention)
            if told is not None:
                found = suggested_events(mention, told=told, least=0.0)
                _add(figures[half_of(own)], mention, own, others_tell, found)
            on_entry()
        transaction.set_rollback(True)
    return figures


def _asked(known: Known) -> Iterator[tuple[Mention, Event, bool]]:
    """Each linked entry with its link hidden, its event, and whether another known report tells of that event."""
    linked = list(
        Mention.objects.standing()
        .filter(event__isnull=False)
        .select_related("article", "event", "place")
        .order_by("article__published", "article_id", "start")
    )
    own = {mention.pk: mention.event for mention in linked if mention.event}
    if known is Known.EARLIER:
        Mention.objects.filter(pk__in=own).update(event=None)
    report: int | None = None
    waiting: list[int] = []
    for mention in linked:
        event = own[mention.pk]
        if known is Known.EARLIER and mention.article_id != report:
            _link(waiting, own)
            report, waiting = mention.article_id, []
        waiting.append(mention.pk)
        if known is Known.OTHERS:
            Mention.objects.filter(pk=mention.pk).update(event=None)
        mention.event = None
        yield mention, event, event.mentions.standing().exclude(article=mention.article_id).exists()
        if known is Known.OTHERS:
            _link([mention.pk], own)


def _link(mentions: list[int], own: dict[int, Event]) -> None:
    for pk in mentions:
        Mention.objects.filter(pk=pk).update(event=own[pk])


def _add(figures: LinkFigures, mention: Mention, own: Event, wanted: bool, found: list[Suggestion]) -> None:
    sure = [suggestion for suggestion in found if suggestion.score >= THRESHOLD]
    figures.wanted += wanted
    figures.suggested += len(sure)
    for suggestion in sure:
        if suggestion.event.pk == own.pk:
            figures.right += 1
        else:
            figures.wrong.append(_miss(mention, own, suggestion))
    if wanted and all(suggestion.event.pk != own.pk for suggestion in sure):
        figures.missed.append(_miss(mention, own, next((s for s in found if s.event.pk == own.pk), None)))


def _miss(mention: Mention, own: Event, suggestion: Suggestion | None) -> WrongLink:
    return WrongLink(
        mention.title,
        f"{mention.article.title} ({mention.article.published or 'undated'})",
        own.title,
        suggestion.event.title if suggestion else "",
        suggestion.score if suggestion else 0.0,
        tuple(suggestion.reasons) if suggestion else ("not among the events compared",),
    )
