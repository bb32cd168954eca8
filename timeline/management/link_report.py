"""What ``manage.py evaluate --links`` does: the demonstration reports with their recorded decisions, and how often the
suggestions find what was decided.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from django.core.management import call_command

from timeline.management.scratch import scratch_database
from timeline.management.terminal import safe
from timeline.models import Article, Event, Mention
from timeline.query.link_quality import HALVES, Known, LinkFigures, Reading, link_quality
from timeline.query.suggestions import THRESHOLD

MEASURES = tuple((reading, known) for reading in Reading for known in Known)


@dataclass(frozen=True, slots=True)
class LinkEvaluation:
    """Figures by half for each of MEASURES, and what they were taken from."""

    reports: int
    events: int
    entries: int
    unread: int  # entries that the engine did not read: it cannot have been asked for them
    figures: dict[tuple[Reading, Known], tuple[LinkFigures, LinkFigures]]


def evaluate_links(on_measure: Callable[[], object] = lambda: None) -> LinkEvaluation:
    with scratch_database():
        call_command("demo", "--no-editor", stdout=io.StringIO(), stderr=io.StringIO())
        linked = Mention.objects.standing().filter(event__isnull=False)
        figures = {}
        for measure in MEASURES:
            figures[measure] = link_quality(*measure)
            on_measure()
        return LinkEvaluation(
            Article.objects.count(), Event.objects.count(), linked.count(), linked.filter(engine={}).count(), figures
        )


def links_for_people(evaluation: LinkEvaluation, worst: int) -> str:
    lines = [
        f"Suggested events on the demonstration reports: {evaluation.reports} reports, {evaluation.entries} decided "
        f"entries ({evaluation.unread} of them not read by the engine), {evaluation.events} events.",
        f"Counted is every suggestion with a score of {THRESHOLD} or more; wanted is one for each entry whose event "
        "another known report tells of.",
        f"  {'':58}{'wanted':>8}{'suggested':>11}{'right':>7}{'precision':>11}{'recall':>8}",
    ]
    for (reading, known), halves in evaluation.figures.items():
        lines.append(_row(f"{reading}, {known}", *halves))
        lines += [_row(f"  {name}", figures) for name, figures in zip(HALVES, halves, strict=True)]
    for (reading, known), halves in evaluation.figures.items():
        misses = [miss for figures in halves for miss in figures.worst(worst)]
        if not misses:
            continue
        lines += ["", f"  {reading}, {known}: the worst of each half"]
        for miss in misses:
            found = f"suggested {miss.suggested}" if miss.suggested and miss.suggested != miss.own else "not suggested"
            lines.append(safe(f"    {miss.entry}, in {miss.report}: wanted {miss.own}, {found} ({miss.score:.2f})"))
            lines.append(safe(f"      {'; '.join(miss.reasons)}"))
    return "\n".join(lines)


def _row(name: str, *parts: LinkFigures) -> str:
    wanted, suggested, right = (sum(getattr(part, key) for part in parts) for key in ("wanted", "suggested", "right"))
    both = LinkFigures(wanted, suggested, right)
    return f"  {name:58}{wanted:8,}{suggested:11,}{right:7,}{both.precision:11.3f}{both.recall:8.3f}"


def links_for_machines(evaluation: LinkEvaluation, worst: int) -> dict[str, Any]:
    measures = [
        {
            "reading": reading.value,
            "known": known.value,
            "events": name,
            "wanted": figures.wanted,
            "suggested": figures.suggested,
            "right": figures.right,
            "precision": figures.precision,
            "recall": figures.recall,
            "worst": [asdict(miss) for miss in figures.worst(worst)],
        }
        for (reading, known), halves in evaluation.figures.items()
        for name, figures in zip(HALVES, halves, strict=True)
    ]
    return {
        "threshold": THRESHOLD,
        "reports": evaluation.reports,
        "entries": evaluation.entries,
        "not_read_by_the_engine": evaluation.unread,
        "events": evaluation.events,
        "measures": measures,
    }
