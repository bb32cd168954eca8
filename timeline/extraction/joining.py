"""Which drafts tell of the same happening?

Compares kind, place, date and toll, and makes one draft of those that fit. What each sentence tells is left to
drafts.py, statements to statements.py.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from timeline.extraction import kinds
from timeline.extraction.drafts import Draft
from timeline.extraction.passage_dates import is_long
from timeline.extraction.records import PlaceSpan, TollSpan
from timeline.extraction.report import Report

_ANOTHER = re.compile(r"(?:elsewhere|separately|meanwhile|in another|in a separate|another)\b", re.IGNORECASE)
# A passage is joined to one of the latest this many happenings: no reader looks further back, and a long list stays
# linear.
REMEMBERED = 40
# How many sentences further a toll without a place still speaks of the same happening.
_CLOSE_BY = 3


def add_violent(report: Report, drafts: list[Draft], draft: Draft) -> None:
    """Passages about one happening become one mention."""
    known = _same_happening(report, drafts, draft)
    if known is not None:
        _merge(report, known, draft)
    elif not draft.generic and (
        draft.tolls or draft.place is not None or draft.date is not None or draft.sentence == 0
    ):
        drafts.append(draft)


def _same_happening(report: Report, drafts: Sequence[Draft], draft: Draft) -> Draft | None:
    sentence = report.sentences[draft.sentence]
    if not draft.definite and _ANOTHER.match(report.text, sentence.start) and draft.place is not None:
        return None
    for known in reversed(drafts[-REMEMBERED:]):
        if (
            not _kinds_fit(report, known, draft)
            or not _places_fit(report, known, draft)
            or not _dates_fit(report, known, draft)
        ):
            continue
        # A further toll without a place of its own is the same happening's only when it stands close by.
        further = draft.place is None and draft.tolls and known.tolls and not draft.definite
        if further and draft.sentence - max(known.sentence, known.last) > _CLOSE_BY:
            continue
        return known
    return None


def _kinds_fit(report: Report, known: Draft, draft: Draft) -> bool:
    if draft.generic or known.kind == draft.kind or kinds.OTHER in (known.kind, draft.kind):
        return True
    # One happening is told in several words: a bombing is also an attack with shells, but a detention is no
    # shelling.
    same_place = known.place is not None and draft.place is not None and known.place.name == draft.place.name
    return same_place and _violent_kind(report, known.kind) and _violent_kind(report, draft.kind)


def _violent_kind(report: Report, slug: str) -> bool:
    return any(kind.slug == slug and kind.violent and kind.group == "violence" for kind in report.lexicon.kinds)


def _places_fit(report: Report, known: Draft, draft: Draft) -> bool:
    if known.nationwide != draft.nationwide:
        return False  # the day's dead of the whole country are not those of one town
    if known.place is None or draft.place is None:
        return True
    one, two = known.place, draft.place
    if one.name == two.name:
        return True
    if known.tolls and draft.tolls and not draft.definite and not _tolls_overlap(report, known, draft):
        return False  # other dead in another quarter of the city
    districts = ("district", "camp", "area")
    if (one.kind in districts and two.name == one.governorate) or (
        two.kind in districts and one.name == two.governorate
    ):
        return True
    return (two.kind == "governorate" and one.governorate == two.name) or (
        one.kind == "governorate" and two.governorate == one.name
    )


def _tolls_overlap(report: Report, known: Draft, draft: Draft) -> bool:
    ours = [report.tolls[i] for i in known.tolls if report.tolls[i].harm == "killed"]
    theirs = [report.tolls[i] for i in draft.tolls if report.tolls[i].harm == "killed"]
    return (
        not ours
        or not theirs
        or any(_lowest(a) <= _highest(b) and _lowest(b) <= _highest(a) for a in ours for b in theirs)
    )


def _dates_fit(report: Report, known: Draft, draft: Draft) -> bool:
    if known.date is None or draft.date is None:
        return True
    one, two = report.days[known.date], report.days[draft.date]
    if one.earliest is None or two.earliest is None or one.latest is None or two.latest is None:
        return True if draft.definite else one.text.lower() == two.text.lower()
    day = dt.timedelta(days=1)  # "overnight" in one report is the day before in the next sentence
    return one.earliest - two.latest <= day and two.earliest - one.latest <= day


def _merge(report: Report, known: Draft, draft: Draft) -> None:
    if known.kind == kinds.OTHER and not draft.generic:
        known.kind = draft.kind
    if known.place is None or (draft.place is not None and _narrower(draft.place, known.place)):
        known.place = draft.place or known.place
    if draft.date is not None and (
        # A month or a year told further down is mostly that of the story behind what the report opens with.
        (known.date is None and not (report.printed is not None and is_long(report.days[draft.date])))
        or (known.date is not None and _finer(report, draft.date, known.date))
    ):
        known.date = draft.date
    if known.said_on is None:
        known.said_on = draft.said_on
    if draft.tolls and not known.tolls:
        known.start, known.end = draft.start, draft.end
        known.nationwide = draft.nationwide
    known.tolls.extend(draft.tolls)  # those of another sentence: none of them is there yet
    known.background = known.background and draft.background
    known.actors.extend(name for name in draft.actors if name not in known.actors)
    known.last = draft.sentence


def _finer(report: Report, new: int, old: int) -> bool:
    """Whether the new date names fewer days, all of them within those of the old."""
    one, two = report.days[new], report.days[old]
    if one.earliest is None or one.latest is None:
        return False
    if two.earliest is None or two.latest is None:
        return True
    return two.earliest <= one.earliest <= one.latest <= two.latest and (one.earliest, one.latest) != (
        two.earliest,
        two.latest,
    )


def joined_events(report: Report, drafts: list[Draft]) -> list[Draft]:
    kept: list[Draft] = []
    for draft in drafts:
        known = next(
            (
                k
                for k in kept[-REMEMBERED:]
                if k.kind == draft.kind and _places_fit(report, k, draft) and _dates_fit(report, k, draft)
            ),
            None,
        )
        if known is None:
            kept.append(draft)
        else:
            _merge(report, known, draft)
    return kept


def _lowest(toll: TollSpan) -> float:
    return toll.low if toll.low is not None else 0


def _highest(toll: TollSpan) -> float:
    return toll.high if toll.high is not None else float("inf")


def _narrower(new: PlaceSpan, old: PlaceSpan) -> bool:
    """A town says more than the governorate around it, a quarter more than its city."""
    if new.name == old.name:
        return old.kind == "governorate" and new.kind != "governorate"
    if new.governorate is None or new.governorate != old.governorate:
        return False
    return old.kind == "governorate" != new.kind
