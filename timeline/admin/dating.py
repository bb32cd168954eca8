"""The part of a report's page where an editor dates it: the days proposed with their reasons, beside the text."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils import timezone

from timeline.admin.acts import say_done
from timeline.admin.person import editor
from timeline.admin.sent import one_line
from timeline.curation import dating
from timeline.curation.acts import acting
from timeline.curation.rights import Right
from timeline.extraction.calendar import in_words
from timeline.extraction.records import SuggestedDate
from timeline.models import Article
from timeline.query.evidence import marks_of
from timeline.query.passages import segments
from timeline.typed_dates import NotADate, read_interval


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposed day as the page shows it."""

    date: dt.date
    percent: int
    reasons: list[str]


def panel(article: Article) -> dict[str, Any]:
    """What the page needs to show of a report's day: proposals and the text where it has none, else who set it."""
    if article.published is None:
        waiting = sum(date["earliest"] is None for date in article.extraction.get("dates", []))
        return {
            "undated": True,
            "waiting": waiting,
            "proposals": [_shown(proposal) for proposal in dating.proposals(article)],
            "segments": segments(article.text, marks_of(article, for_editors=True)),
            "today": timezone.localdate(),
        }
    if not dating.was_undated(article):
        return {}
    # The newest version whose day differs from the one before it is the one that set it.
    versions = list(
        article.history.select_related("history_user").only("published", "history_user", "history_change_reason")
    )
    set_by = next(
        (newer for newer, older in pairwise(versions) if newer.published != older.published),
        None,
    )
    return {"was_undated": True, "set_by": set_by}


def _shown(proposal: SuggestedDate) -> Proposal:
    return Proposal(proposal.date, round(proposal.confidence * 100), proposal.basis.split("; "))


def set_day(request: HttpRequest, article: Article) -> None:
    """Carry out what the editor chose on the panel, and say what came of it."""
    typed = request.POST.get("day", "").strip()
    try:
        # What the page showed: no day, or the one to take back. Since then a colleague may have set another.
        shown = request.POST.get("take_back", "")
        if shown != (article.published.isoformat() if article.published else ""):
            raise dating.changed_meanwhile(article)
        day = None if shown else _day(typed)
        reason = _reason(request, article, day) if day else "the day was taken back"
        with acting(editor(request), Right.REVIEW, dating.words_for_dating(article, day), reason) as act:
            done = dating.date_report(article, day, editor(request), reason)
    except dating.CannotDate as error:
        messages.error(request, str(error))
        return
    say_done(request, act, f"Published {in_words(day)}: {done}" if day else f"The report is undated again: {done}")


def _day(typed: str) -> dt.date:
    """The day chosen or typed. Raises CannotDate for what is no day."""
    if not typed:
        raise dating.CannotDate("No day was given. Choose one of those proposed, or type one such as 2012-05-30.")
    try:
        first, last = read_interval(typed)
    except NotADate as error:
        # Months and years, which its own mend offers, are no day.
        raise dating.CannotDate(f"{error.why} Type one day such as 2012-05-30.") from error
    if first != last:
        raise dating.CannotDate(f"“{typed[:40]}” is more than one day. Type one such as 2012-05-30.")
    return first


def _reason(request: HttpRequest, article: Article, day: dt.date) -> str:
    """Why this day: the editor's own words, else the reason for which it was proposed."""
    given = one_line(request.POST.get("reason"))
    if given:
        return given
    return next((proposal.basis for proposal in dating.proposals(article) if proposal.date == day), "")
