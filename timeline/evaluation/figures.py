"""Adds up what many reports say of each measure: precision, recall and F1, or a share, and the worst misses."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from timeline.evaluation import one_value, readings
from timeline.evaluation.one_value import compare_coded, compare_main_event
from timeline.evaluation.readings import compare_reading
from timeline.evaluation.records import Coded, Count, GoldReport, MainEvent, Miss
from timeline.extraction import extract


@dataclass(slots=True)
class Figures:
    """One measure over all reports. ``found`` is None where the gold codes one value a report."""

    measure: str
    hits: int = 0
    wanted: int = 0
    found: int | None = None
    misses: list[Miss] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Of what the engine found, how much is right; 0 where it found nothing, as the scorers of the field have it."""
        return self.hits / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Of what is to be found, how much is right; for one value a report, the share of reports that are right."""
        return self.hits / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of the two: twice the hits over all that is wanted and all that was found."""
        both = self.wanted + (self.found or 0)
        return 2 * self.hits / both if both else 0.0

    def worst(self, count: int) -> list[Miss]:
        """Wrong values first, furthest off first; then what is not there; then what was not found."""
        return sorted(self.misses, key=lambda miss: (-miss.wrong, -miss.off))[:count]


@dataclass(slots=True)
class Evaluation:
    """How well the engine reads some gold: the number of reports and each measure that their gold allows."""

    reports: int = 0
    measures: dict[str, Figures] = field(default_factory=dict)

    def add(self, counts: Iterable[Count]) -> None:
        self.reports += 1
        for count in counts:
            figures = self.measures.setdefault(count.measure, Figures(count.measure))
            figures.hits += count.hits
            figures.wanted += count.wanted
            if count.found is not None:
                figures.found = (figures.found or 0) + count.found
            figures.misses.extend(count.misses)

    def in_order(self) -> list[Figures]:
        """The measures in the order of their kinds of entry, whichever report came first."""
        order = [*readings.MEASURES, *one_value.MEASURES]
        return sorted(self.measures.values(), key=lambda figures: order.index(figures.measure))


def evaluate(
    reports: Iterable[GoldReport], lexicon: str = "syria", on_report: Callable[[], object] = lambda: None
) -> Evaluation:
    """Read every report and compare. ``on_report`` is called after each, for a progress bar."""
    evaluation = Evaluation()
    for report in reports:
        found = extract(report.text, report.published, lexicon)
        wanted = report.wanted
        if isinstance(wanted, Coded):
            evaluation.add(compare_coded(report, wanted, found))
        elif isinstance(wanted, MainEvent):
            evaluation.add(compare_main_event(report, wanted, found))
        else:
            evaluation.add(compare_reading(report, wanted, found))
        on_report()
    return evaluation
