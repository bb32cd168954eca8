"""The report beside the fields: its text in pieces, each with the offset it starts at and what was read there."""

from __future__ import annotations

from dataclasses import dataclass

from timeline.models import Mention
from timeline.query.evidence import marks_of
from timeline.query.passages import Mark, segments


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of the text. ``classes`` says how it looks; ``line`` is the toll line that it stands behind.

    ``others`` are the other entries whose passage ends here, each with its key: they can be opened.
    """

    at: int
    text: str
    classes: str
    note: str
    line: str
    others: list[tuple[str, Mark]]


def pieces(mention: Mention) -> list[Piece]:
    """The whole text of the entry's report, cut where marks begin and end. Their texts, joined, are the text again."""
    own = f"entry-{mention.pk}"
    found, at = [], 0
    for segment in segments(mention.article.text, marks_of(mention.article, for_editors=True)):
        inline = segment.inline
        entries = [mark.anchor for mark in segment.marks if mark.kind == "entry"]
        classes = [inline.kind] if inline else []
        if own in entries:
            classes.append("in-hand")
        elif entries:
            classes.append("other")
        tolls = [mark.anchor.replace("claim-", "toll-") for mark in segment.marks if mark.kind == "toll"]
        found.append(
            Piece(
                at,
                segment.text,
                " ".join(classes),
                inline.note if inline else "",
                tolls[-1] if tolls else "",
                [
                    (mark.anchor.removeprefix("entry-"), mark)
                    for mark in segment.closes
                    if mark.kind == "entry" and mark.anchor != own
                ],
            )
        )
        at += len(segment.text)
    return found
