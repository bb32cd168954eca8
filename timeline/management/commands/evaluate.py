"""``manage.py evaluate``: how well the engine reads gold, in figures, and what it reads worst.

Reads files and prints; needs no database. What is measured, and how, is in timeline/evaluation/. ``--links`` measures the
suggested events instead, in a database of its own (link_report.py).
"""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from timeline.evaluation import BadGold, Evaluation, evaluate, read_gold
from timeline.evaluation.figures import Figures
from timeline.evaluation.records import GoldReport
from timeline.extraction import VERSION
from timeline.extraction.lexicon import names
from timeline.management.terminal import put, safe

USED_WRONGLY = 2
FAILED = 1
_WORST = 3  # misses shown of each measure, unless told


class Command(BaseCommand):
    help = (
        "Measure how well the engine reads reports in which people have marked what is right: TimeML (*.tml), and JSON "
        "lines with tolls, with coded counts, with a main event, or with whole readings. Prints precision, recall and F1 "
        "for each kind of entry, or the share that is right where the gold codes one value a report. With --links: how "
        "often the suggested events are those that the recorded decisions on the demonstration reports linked."
    )
    requires_system_checks: list[str] = []  # no models, no database: nothing of the site has to be in order

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("gold", nargs="*", metavar="GOLD", help="a file or a folder; each is measured by itself")
        parser.add_argument(
            "--links",
            action="store_true",
            help="measure the suggested events on the demonstration reports, in a database in memory; takes no GOLD",
        )
        parser.add_argument(
            "--worst", type=int, default=_WORST, metavar="N", help=f"misses to show of each measure (default: {_WORST})"
        )
        parser.add_argument("--json", action="store_true", help="print one JSON object")
        parser.add_argument(
            "--lexicon", default="syria", metavar="NAME", help="the conflict's lexicon (default: syria)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        worst = options["worst"]
        if worst < 0:
            raise CommandError(
                f"--worst {worst}: how many misses to show is 0 or more, for example --worst 10.",
                returncode=USED_WRONGLY,
            )
        if options["lexicon"] not in names():
            raise CommandError(
                f"--lexicon {options['lexicon']!r}: there is no such lexicon. There is: {', '.join(names())}.",
                returncode=USED_WRONGLY,
            )
        if options["links"] == bool(options["gold"]):
            raise CommandError(
                "Give GOLD, files or folders of reports in which people have marked what is right, or --links alone.",
                returncode=USED_WRONGLY,
            )
        if options["links"]:
            self._links(worst, options["json"])
            return
        results: list[tuple[str, Evaluation]] = []
        failures: list[str] = []
        for name in options["gold"]:
            reports: list[GoldReport] = []
            for item in read_gold(Path(name)):
                if isinstance(item, BadGold):
                    failures.append(str(item))
                    self.stderr.write(safe(str(item)))
                else:
                    reports.append(item)
            # The bar goes to standard error, and only where that is a terminal.
            with tqdm(total=len(reports), unit=" reports", disable=None) as bar:
                evaluation = evaluate(reports, options["lexicon"], on_report=bar.update)
            if reports:
                results.append((name, evaluation))
        if options["json"]:
            put(self.stdout, json.dumps(_for_machines(results, failures, worst), ensure_ascii=False, indent=2))
        else:
            put(self.stdout, "\n\n".join(for_people(name, evaluation, worst) for name, evaluation in results))
        if failures:
            were = "message says" if len(failures) == 1 else f"{len(failures)} messages say"
            rest = "the rest was measured" if results else "nothing was measured"
            raise CommandError(
                f"Not all of the gold could be read: the {were} what and why; {rest}.", returncode=FAILED
            )

    def _links(self, worst: int, as_json: bool) -> None:
        from timeline.management.link_report import MEASURES, evaluate_links, links_for_machines, links_for_people

        with tqdm(total=len(MEASURES), unit=" measures", disable=None) as bar:
            evaluation = evaluate_links(on_measure=lambda: bar.update())
        if as_json:
            put(self.stdout, json.dumps(links_for_machines(evaluation, worst), ensure_ascii=False, indent=2))
        else:
            put(self.stdout, links_for_people(evaluation, worst))


def for_people(name: str, evaluation: Evaluation, worst: int) -> str:
    """The figures of one GOLD as a table, and below it the worst misses of each measure."""
    measures = evaluation.in_order()
    spans = [figures for figures in measures if figures.found is not None]
    shares = [figures for figures in measures if figures.found is None]
    lines = [f"{name}: {evaluation.reports:,} {'report' if evaluation.reports == 1 else 'reports'}"]
    if spans:
        lines.append(f"  {'':26}{'gold':>8}{'found':>8}{'right':>8}{'precision':>11}{'recall':>8}{'F1':>8}")
        lines += [
            f"  {f.measure:26}{f.wanted:8,}{f.found or 0:8,}{f.hits:8,}{f.precision:11.3f}{f.recall:8.3f}{f.f1:8.3f}"
            for f in spans
        ]
    if shares:
        lines.append(f"  {'':26}{'gold':>8}{'':8}{'right':>8}{'share':>11}")
        lines += [f"  {f.measure:26}{f.wanted:8,}{'':8}{f.hits:8,}{f.recall:11.3f}" for f in shares]
    for figures in measures:
        lines += _worst(figures, worst)
    return "\n".join(lines)


def _worst(figures: Figures, count: int) -> list[str]:
    misses = figures.worst(count)
    if not misses:
        return []
    of = len(figures.misses)
    lines = [
        "",
        f"  {figures.measure}: the worst {len(misses)} of {of:,}" if of > 1 else f"  {figures.measure}: the miss",
    ]
    for miss in misses:
        lines.append(f"    {miss.where}: wanted {safe(miss.wanted)}, found {safe(miss.found)}")
        lines.append(f"      {safe(miss.text)}")
        if miss.basis:
            lines.append(f"      because {safe(miss.basis)}")
    return lines


def _for_machines(results: list[tuple[str, Evaluation]], failures: list[str], worst: int) -> dict[str, Any]:
    return {
        "engine": VERSION,
        "gold": [
            {
                "name": name,
                "reports": evaluation.reports,
                "measures": [_measure(figures, worst) for figures in evaluation.in_order()],
            }
            for name, evaluation in results
        ],
        "failures": failures,
    }


def _measure(figures: Figures, worst: int) -> dict[str, Any]:
    counts: dict[str, Any] = {"measure": figures.measure, "gold": figures.wanted, "right": figures.hits}
    if figures.found is None:
        counts |= {"share": figures.recall}
    else:
        counts |= {
            "found": figures.found,
            "precision": figures.precision,
            "recall": figures.recall,
            "f1": figures.f1,
        }
    misses = [
        {"where": m.where, "text": m.text, "wanted": m.wanted, "found": m.found, "basis": m.basis}
        for m in figures.worst(worst)
    ]
    return counts | {"misses": len(figures.misses), "worst": misses}
