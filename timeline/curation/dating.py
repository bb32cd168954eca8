"""Giving an undated report its day of publication, and taking it back: everything relative in it is read anew.

What the days may be is proposed by the engine, with the events that the timeline knows; what stays as a person decided
it is seen to by the store.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from timeline.curation import events
from timeline.curation.acts import acting
from timeline.curation.rights import Right
from timeline.curation.signing import save_signed
from timeline.extraction import extract
from timeline.extraction.calendar import in_words
from timeline.extraction.records import SuggestedDate
from timeline.ingest.store import Changes, apply_extraction
from timeline.models import Article, Event
from timeline.query.known_events import known_events

# In characters, about half a second's reading; the longest report in the collections this was built with has 35,000.
LONGEST_READ_ANEW = 200_000
TYPED = "set by an editor"  # the reason that stands in the history where none is given


class CannotDate(ValueError):
    """A day that the report cannot have come out on, or a report that has changed meanwhile; says which and why."""


@dataclass(frozen=True, slots=True)
class Dated:
    """What giving or taking a day did: entries and words of time with a day, before and now, and the store's counts."""

    entries_before: int
    entries_now: int
    words_before: int
    words_now: int
    changes: Changes

    def __str__(self) -> str:
        words = abs(self.words_now - self.words_before)
        entries = abs(self.entries_now - self.entries_before)
        if self.words_now >= self.words_before:
            said = f"{_count(words, 'word')} of time resolved, {_count(entries, 'more entry', 'more entries')} dated"
        else:
            said = (
                f"{_count(words, 'word')} of time unresolved again, {_count(entries, 'entry', 'entries')} without a day"
            )
        protected = self.changes.protected
        return said + (f"; {_count(protected, 'entry', 'entries')} left as decided." if protected else ".")


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"


def proposals(article: Article) -> tuple[SuggestedDate, ...]:
    """The likeliest days of an undated report, the likeliest first, with what the timeline knows by now.

    Of a text so long that a page would wait for it, those that were found when it came in.
    """
    if article.published is not None:
        return ()
    if len(article.text) > LONGEST_READ_ANEW:
        stored = article.extraction.get("suggested_published", [])
        return tuple(SuggestedDate(**{**one, "date": dt.date.fromisoformat(one["date"])}) for one in stored)
    return extract(article.text, None, known_events=known_events(article)).suggested_published


def changed_meanwhile(article: Article) -> CannotDate:
    """To be raised where an editor decided on a day that is no longer the one that stands."""
    stands = in_words(article.published) if article.published else "no day"
    return CannotDate(
        f"A colleague has changed the day of “{article}” meanwhile: it has {stands}. Nothing was changed."
    )


def date_report(article: Article, day: dt.date | None, user: User | None, reason: str = "") -> Dated:
    """Set the day of publication, or with None take it back, and read the report anew.

    Entries that nobody has decided on follow the new day; the others stay. Raises CannotDate for a day to come, or when
    a colleague has set another day since ``article`` was fetched.
    """
    with acting(user, Right.REVIEW, words_for_dating(article, day), reason):
        if day is not None and day > timezone.localdate():
            raise CannotDate(f"{in_words(day)} is in the future. Give the day on which the report was published.")
        now = Article.objects.select_for_update().get(pk=article.pk)
        if day is None and not was_undated(now):
            raise CannotDate(f"“{now}” came in with its day: there is none to take back.")
        if now.published != article.published:
            raise changed_meanwhile(now)
        before = _with_a_day(now)
        now.published = day
        save_signed(now, user, reason or TYPED, ["published"])
        changes = read_again(now, user, reason or TYPED)
        article.published, article.extraction = now.published, now.extraction
        after = _with_a_day(now)
        return Dated(before[0], after[0], before[1], after[1], changes)


@transaction.atomic
def read_again(article: Article, user: User | None, reason: str) -> Changes:
    """Run the engine on a report whose day has changed, and bring the events that rest on it up to date."""
    changes = apply_extraction(article, extract(article.text, article.told_on))
    if article.published is None and len(article.text) <= LONGEST_READ_ANEW and (known := known_events(article)):
        # By its entries, stored now, the timeline knows events that may date it: the list proposes what the page does.
        article.extraction = extract(article.text, known_events=known).as_dict()
        Article.objects.filter(pk=article.pk).update(extraction=article.extraction)
    for event in Event.objects.filter(mentions__article=article).distinct():
        events.refresh(event, user, reason)
    for version in article.versions.all():
        read_again(version, user, reason)  # its relative dates count from this report's day
    return changes


def words_for_dating(article: Article, day: dt.date | None) -> str:
    return f"dated “{article}” {in_words(day)}" if day else f"took the day of “{article}” back"


def _with_a_day(article: Article) -> tuple[int, int]:
    """How many of the report's standing entries, and how many of its words of time, have a day."""
    dates: list[dict[str, Any]] = article.extraction.get("dates", [])
    entries = article.mentions.standing().filter(earliest__isnull=False).count()
    return entries, sum(date["earliest"] is not None for date in dates)


def was_undated(article: Article) -> bool:
    """Whether the report has ever been without a day since it came in: only then can its day be taken back."""
    return bool(article.published) and article.history.filter(published__isnull=True).exists()
