"""What is the headline of a mention: what and where, or who said what?

Words only. What is told is settled in drafts.py, statements.py and joining.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from timeline.extraction import kinds
from timeline.extraction.drafts import Draft
from timeline.extraction.report import Report
from timeline.extraction.speech import Speech

# Longest headline in characters: one line of the editors' list at 1440 pixels.
_TITLE_LENGTH = 90
_QUALIFIED = {
    "at_least": "At least ", "more_than": "More than ", "about": "About ", "up_to": "Up to ",
    "less_than": "Fewer than ", "feared": "Feared: ",
}  # fmt: skip


def title_of(report: Report, draft: Draft) -> str:
    """A short neutral headline: what and where; for a statement who, and the first words of what was said."""
    if draft.kind == "statement" and draft.speech is not None:
        return _statement_title(report, draft, draft.speech)
    if draft.kind == kinds.OTHER:
        head = _toll_title(report, draft)
    else:
        head = report.labels.get(draft.kind, draft.kind.replace("_", " "))
        head = head[:1].upper() + head[1:]
    if not draft.violent and draft.actors and draft.kind not in ("protest", "displacement", "aid"):
        head = f"{head} by {_list_of(draft.actors)}" if draft.kind == "veto" else f"{head}: {_list_of(draft.actors)}"
        return _shortened(head)
    return _shortened(f"{head} in {draft.place.name}" if draft.place else head)


def _toll_title(report: Report, draft: Draft) -> str:
    for index in draft.tolls:
        toll = report.tolls[index]
        number = toll.low if toll.low is not None else toll.high
        if number is not None and toll.qualifier != "vague":
            figure = (
                f"{toll.low:,} to {toll.high:,}"
                if toll.qualifier == "range" and toll.low and toll.high
                else f"{number:,}"
            )
            return f"{_QUALIFIED.get(toll.qualifier, '')}{figure} {toll.harm}"
        return f"People {toll.harm}"
    return "Violence"


def _statement_title(report: Report, draft: Draft, act: Speech) -> str:
    sentence = report.sentences[draft.sentence]
    who = draft.actors[0] if act.speaker not in draft.actors else act.speaker
    after = report.text[act.end : sentence.end]
    if not act.says:
        # The verb is the first word behind the subject that is of no date: "Russia on Wednesday cautioned".
        behind = (w for w in report.words[draft.sentence] if w.start > act.subject_end and w.end <= act.end)
        verb = next((w for w in behind if not report.in_date(draft.sentence, w.start, w.end)), None)
        said = f"{verb.text} {after.strip()}" if verb is not None else after.strip()
        return _shortened(f"{who} {' '.join(said.split())}")
    said = after if act.reach == "after" else report.text[sentence.start : act.start]
    said = re.sub(r"^[\s,:]*(?:that\s)?", "", " ".join(said.split())).strip('"“”«» ,.')
    return _shortened(f"{who}: {said}" if said else f"Statement by {who}")


def _list_of(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _shortened(title: str) -> str:
    title = title.rstrip(" .,;:")
    if len(title) <= _TITLE_LENGTH:
        return title
    cut = title.rfind(" ", 0, _TITLE_LENGTH - 1)
    return title[: cut if cut > 0 else _TITLE_LENGTH - 1].rstrip(" .,;:") + "…"
