"""Looking again at the addresses of stored reports: whether what readers are shown still stands there.

Nothing stored is changed but for the mark on a claim whose sentence is gone. What stands there now comes in as a report of
its own, a version of the old one. What was only rearranged is no change (comparing.py), and a page that cannot be read
says nothing about its sentences.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from timeline.ingest.attempt import attempt
from timeline.ingest.comparing import PageWords, sentence_at, successor
from timeline.ingest.fetching import Fetched, NotFetched
from timeline.ingest.manners import Busy, fetch_in_turn
from timeline.ingest.readers.html import ReadPage, read_page
from timeline.ingest.reports import Failure, Unreadable, build, read_published
from timeline.ingest.store import store_report
from timeline.models import AddressWatch, Article, TollClaim

Outcome = AddressWatch.Outcome

# Figures change most in the days after they are first told. So a page is looked at after a day, then after two, four and
# so on while nothing new is found, up to a quarter of a year.
FIRST = dt.timedelta(days=1)
LONGEST = dt.timedelta(days=90)
# A page that could not be read is tried again after an hour, then after two, four and so on, up to a week.
FIRST_RETRY = dt.timedelta(hours=1)
LONGEST_RETRY = dt.timedelta(days=7)
# A page that keeps changing (a live ticker) is followed so far and no further: its versions would bury the report.
MOST_VERSIONS = 20


@dataclass(frozen=True, slots=True)
class Look:
    """What one look found. ``gone`` are the claims whose sentence is newly gone, ``back`` those whose sentence is back."""

    watch: AddressWatch
    gone: tuple[TollClaim, ...] = ()
    back: tuple[TollClaim, ...] = ()
    version: Article | None = None

    @property
    def failed(self) -> bool:
        return self.watch.outcome == Outcome.FAILED

    def __str__(self) -> str:
        watch = self.watch
        words = f"{watch.article.url}: {watch.get_outcome_display().lower()}"
        if watch.error:
            return f"{words}: {watch.error}"
        news = [f"Figures gone or changed: {len(self.gone)}"] if self.gone else []
        news += [f"There again: {len(self.back)}"] if self.back else []
        return f"{words}. {'. '.join(news)}".strip()


def lay_watches(now: dt.datetime | None = None) -> int:
    """Watch every report with an address that stands behind a published event; returns how many are new."""
    now = now or timezone.now()
    unwatched = (
        Article.objects.behind_published_events()
        .filter(watch__isnull=True, version_of__isnull=True, is_demo=False)
        .exclude(url="")
        .values_list("pk", "added_at")
    )
    watches = [AddressWatch(article_id=pk, next_at=max(added + FIRST, now)) for pk, added in unwatched]
    AddressWatch.objects.bulk_create(watches, ignore_conflicts=True, batch_size=1000)
    return len(watches)


def watch_of(article: Article) -> AddressWatch | None:
    """The watch on a report's address, laid where there is none; that of its first version. None without an address."""
    first = versions(article)[0]
    if not first.url:
        return None
    return AddressWatch.objects.get_or_create(article=first, defaults={"next_at": timezone.now()})[0]


def due(now: dt.datetime | None = None) -> QuerySet[AddressWatch]:
    """The addresses whose time has come, the longest overdue first."""
    return AddressWatch.objects.filter(next_at__lte=now or timezone.now()).select_related("article").order_by("next_at")


def versions(article: Article) -> list[Article]:
    """The report as it first stood at its address, and every version since, oldest first."""
    first = article
    while first.version_of is not None:
        first = first.version_of
    found = [first]
    while later := list(Article.objects.filter(version_of__in=found).exclude(pk__in=[one.pk for one in found])):
        found += sorted(later, key=lambda one: one.pk)
    return found


def look(watch: AddressWatch) -> Look:
    """Look at the address and note what was found. Nothing is raised for what the page holds or fails to give."""
    article = watch.article
    # Whoever looks at the same time would do the same again: meanwhile it is due for nobody else.
    _keep(watch, next_at=timezone.now() + FIRST_RETRY)
    try:
        fetched = fetch_in_turn(article.url, etag=watch.etag, modified=watch.modified)
        if fetched.unchanged:
            return _looked(watch, fetched, watch.outcome or Outcome.UNCHANGED)
        return _compared(watch, fetched, _page(fetched, article))
    except Busy:
        return Look(watch)  # nothing was seen, and nothing failed
    except NotFetched as error:
        gone = error.status in (404, 410)
        return _not_read(watch, error, Outcome.GONE if gone else Outcome.FAILED)


def _page(fetched: Fetched, article: Article) -> ReadPage:
    page = read_page(fetched.data, article.url, fetched.charset)
    if isinstance(page, Failure):
        raise NotFetched(page.reason, "Open it in a browser to see why.", 200)
    return page


def _compared(watch: AddressWatch, fetched: Fetched, page: ReadPage) -> Look:
    """Compare the page with what was quoted, and store it where something quoted is gone. Raises NotFetched."""
    known = versions(watch.article)
    there = PageWords.of(page.values["text"], page.seen)
    if not any(there.is_report(one.text) for one in (known[0], known[-1])):
        raise NotFetched(
            "the page shows something else than the report: a notice, a log-in, or a report written anew",
            "Open it in a browser to see which.",
            200,
        )
    now_there, is_new = known[-1], False
    if not all(there.says(sentence) for sentence in _quoted(known[-1])):
        now_there, is_new = _stored(known, page)
    with transaction.atomic():
        gone, back = _marked(known, now_there, there)
    as_first = all(there.says(sentence) for sentence in _quoted(known[0]))
    outcome = Outcome.UNCHANGED if as_first else Outcome.CHANGED
    return _looked(watch, fetched, outcome, gone, back, now_there if is_new else None)


def _quoted(article: Article) -> list[str]:
    """The sentences of a report that a claim or an entry is read from."""
    passages = [(claim.start, claim.end) for claim in article.toll_claims.standing()]
    passages += [(mention.start, mention.end) for mention in article.mentions.standing()]
    return [sentence_at(article.text, start, end) for start, end in dict.fromkeys(passages)]


def _stored(known: list[Article], page: ReadPage) -> tuple[Article, bool]:
    """The page as a version of the report that stood there last, and whether it is new here. Raises NotFetched.

    One that has gone back to words that are stored already is that report again.
    """
    first, last = known[0], known[-1]
    if len(known) > MOST_VERSIONS:
        raise NotFetched(f"it has changed {MOST_VERSIONS} times", "It is no longer followed: look at it yourself.", 200)
    today = timezone.localdate()
    report = build(
        {
            **page.values,
            "title": page.values["title"] or first.title,
            "outlet": first.outlet.name if first.outlet else "",
            "published": _changed_on(page, last, today).isoformat(),
            "url": first.url,
            "language": first.language,
            "reference": first.reference,
        },
        first.url,
        today,
    )
    if isinstance(report, Failure):
        raise NotFetched(report.reason, report.mend, 200)
    extraction = attempt(report.text, first.published)
    if isinstance(extraction, Exception):
        raise NotFetched(
            f"the engine failed on it ({type(extraction).__name__})", "Please report it with the text.", 200
        )
    try:
        return store_report(report, extraction, feed=first.feed, version_of=last)
    except DatabaseError as error:
        raise NotFetched(f"the database refused it: {error}", "Nothing of it was stored.", 200) from error


def _changed_on(page: ReadPage, last: Article, today: dt.date) -> dt.date:
    """The day from which a version counts: that of its last change, as the page says, else today, when it was seen.

    What it newly says was said by then at the latest; the day of the first version would claim that it was said before.
    """
    try:
        stated = read_published(page.modified, today)
    except Unreadable:
        stated = None
    return stated if stated and (last.published is None or stated >= last.published) else today


def _marked(
    known: list[Article], now_there: Article, there: PageWords
) -> tuple[tuple[TollClaim, ...], tuple[TollClaim, ...]]:
    """Mark the claims whose sentence is gone, and point each to what stands there in its place."""
    now, gone, back = timezone.now(), [], []
    claims = TollClaim.objects.filter(article__in=known).standing().select_related("article")
    for claim in claims.select_for_update(of=("self",)).order_by("article_id", "start"):
        sentence = sentence_at(claim.article.text, claim.start, claim.end)
        if there.says(sentence):
            if claim.gone_since:
                claim.gone_since, claim.now_says = None, None
                _sign(claim, "its sentence stands at its address again")
                back.append(claim)
        elif not claim.gone_since:
            claim.gone_since, claim.now_says = now, _in_its_place(claim, sentence, now_there)
            _sign(claim, "its sentence no longer stands at its address")
            gone.append(claim)
        elif claim.now_says_id is None and (found := _in_its_place(claim, sentence, now_there)):
            # The version was read anew since, by an engine that sees more or otherwise.
            claim.now_says = found
            _sign(claim, "what stands in its place was read")
    return tuple(gone), tuple(back)


def _in_its_place(claim: TollClaim, sentence: str, newest: Article) -> TollClaim | None:
    """The claim of the same harm in the sentence that took the place of this one's; of several, the same source's first."""
    if newest.pk == claim.article_id:
        return None
    place = successor(sentence, claim.article.text, newest.text)
    if place is None:
        return None
    candidates = newest.toll_claims.standing().filter(
        harm=claim.harm, scope=claim.scope, start__gte=place[0], end__lte=place[1]
    )
    share = (claim.start - claim.article.text.find(sentence)) / max(len(sentence), 1)

    def unlike(other: TollClaim) -> tuple[bool, bool, bool, float]:
        stands = (other.start - place[0]) / max(place[1] - place[0], 1)
        return (
            other.source_id != claim.source_id,
            (other.part_of_id is None) != (claim.part_of_id is None),
            other.victims != claim.victims,
            abs(stands - share),
        )

    return min(candidates, key=unlike, default=None)


def _sign(claim: Any, reason: str) -> None:
    """What the machine saw makes a version in the claim's history, and is no editor's act."""
    claim._change_reason = reason
    claim.save(update_fields=["gone_since", "now_says"])


def _looked(
    watch: AddressWatch,
    fetched: Fetched,
    outcome: str,
    gone: tuple[TollClaim, ...] = (),
    back: tuple[TollClaim, ...] = (),
    version: Article | None = None,
) -> Look:
    now = timezone.now()
    steady = 0 if gone or back or version else watch.steady + 1
    _keep(
        watch,
        looked_at=now,
        since=watch.since if watch.outcome == outcome and watch.since else now,
        outcome=outcome,
        steady=steady,
        etag=fetched.etag or (watch.etag if fetched.unchanged else ""),
        modified=fetched.modified or (watch.modified if fetched.unchanged else ""),
        failures=0,
        error="",
        next_at=now + min(FIRST * 2 ** min(steady, 10), LONGEST),
    )
    return Look(watch, gone, back, version)


def _not_read(watch: AddressWatch, error: NotFetched, outcome: str) -> Look:
    """A page that cannot be read: no claim is marked, and what was found before stands until it can be."""
    now = timezone.now()
    wait = max(FIRST_RETRY * 2 ** min(watch.failures, 10), dt.timedelta(seconds=error.retry_after))
    _keep(
        watch,
        looked_at=now,
        since=watch.since if watch.outcome == outcome and watch.since else now,
        outcome=outcome,
        # The page is compared anew once it is back, even where the server says that nothing has changed.
        etag="",
        modified="",
        failures=watch.failures + 1,
        error=str(error),
        next_at=now + min(wait, LONGEST_RETRY),
    )
    return Look(watch)


def _keep(watch: AddressWatch, **values: object) -> None:
    for name, value in values.items():
        setattr(watch, name, value)
    AddressWatch.objects.filter(pk=watch.pk).update(**values)
