"""Storing what came in and what was read from it, without ever losing what a person decided.

An entry that nobody has touched is the engine's: a re-run replaces it. One that a person has accepted, corrected,
rejected or linked, or has in hand just now (hands.py), stays as it is; where the engine now says otherwise, that is noted
beside it and nothing changes.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from simple_history.utils import bulk_create_with_history
from tqdm import tqdm

from timeline.extraction import VERSION, extract
from timeline.extraction.records import Extraction
from timeline.ingest.copies import find_origin
from timeline.ingest.disagreement import counterpart, disagreement, note
from timeline.ingest.hands import in_hand
from timeline.ingest.naming import place_named, source_named
from timeline.ingest.readers import RawReport
from timeline.ingest.snapshots import Snapshot, date_values, overlap, snapshots
from timeline.models import Article, Feed, Mention, TollClaim
from timeline.models.article import hash_text
from timeline.models.mention import reported_on
from timeline.models.source import Source

Passage = tuple[int, int, str]  # start, end, harm

TITLE_LENGTH = 300  # of Article.title and Mention.title


def store_report(
    report: RawReport,
    extraction: Extraction,
    user: User | None = None,
    *,
    demo: bool = False,
    feed: Feed | None = None,
    version_of: Article | None = None,
) -> tuple[Article, bool]:
    """Store one report and its entries in one transaction.

    Returns the article and whether it is new; a text that is there already is left as it stands. ``feed`` is where it
    came from, ``version_of`` what stood at its address before.
    """
    try:
        with transaction.atomic():
            known = Article.objects.filter(text_hash=hash_text(report.text)).first()
            if known:
                return known, False
            article = Article.objects.create(
                title=report.title[:TITLE_LENGTH],
                outlet=source_named(report.outlet, kind=Source.Kind.OUTLET) if report.outlet else None,
                published=report.published,
                url=report.url,
                language=report.language,
                reference=report.reference,
                is_demo=demo,
                text=report.text,
                added_by=user,
                feed=feed,
                version_of=version_of,
            )
            apply_extraction(article, extraction)
            find_origin(article)
    except IntegrityError:
        # Another process may have stored the same text since we looked.
        known = Article.objects.filter(text_hash=hash_text(report.text)).first()
        if known is None:
            raise
        return known, False
    return article, True


@dataclass(slots=True)
class Changes:
    """What a re-run did, in entries; printed as the summary line of ``manage.py extract --again``."""

    articles: int = 0
    kept: int = 0
    removed: int = 0
    added: int = 0
    protected: int = 0
    disagreements: int = 0

    def __str__(self) -> str:
        return (
            f"{self.articles} reports read again: {self.kept} entries unchanged, {self.removed} replaced or gone, "
            f"{self.added} new; {self.protected} decided by editors or in their hands and left alone, "
            f"{self.disagreements} of them where the engine now says otherwise."
        )

    def add(self, other: Changes) -> None:
        for name in self.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))


def extract_again(progress: bool = False) -> Changes:
    """Run the engine again over all stored reports and keep every decision of a person.

    Each report is read and stored in a transaction of its own, so that editors can go on working meanwhile.
    """
    total = Changes()
    pks = list(Article.objects.order_by("pk").values_list("pk", flat=True))
    for pk in tqdm(pks, unit=" reports", disable=None if progress else True):
        with transaction.atomic():
            article = Article.objects.select_for_update().get(pk=pk)
            total.add(apply_extraction(article, extract(article.text, article.told_on)))
    return total


@transaction.atomic
def apply_extraction(article: Article, extraction: Extraction) -> Changes:
    """Make the untouched entries of ``article`` those of ``extraction``; leave what people decided."""
    article.extraction = extraction.as_dict()
    article.engine_version = VERSION
    Article.objects.filter(pk=article.pk).update(extraction=article.extraction, engine_version=VERSION)

    changes = Changes(articles=1)
    mentions, loose_tolls = snapshots(article.extraction)
    # Locked before it is asked who has what in hand: a lease is taken on a locked row too (curation/queue.py).
    rows = article.mentions.select_for_update(of=("self",)).select_related("place").order_by("start", "pk")
    stored = list(rows.prefetch_related("toll_claims__source", "toll_claims__parts"))
    claims = list(article.toll_claims.all())
    hands = in_hand(article, claims)
    held = [mention for mention in stored if mention.pk in hands.mentions or _held(mention)]
    held_keys = {mention.pk for mention in held}
    decided = [
        passage
        for claim in claims
        if claim.touched or claim.pk in hands.claims or claim.mention_id in held_keys
        for passage in _passages(claim)
    ]
    mentions = _settle_mentions(held, [m for m in stored if m.pk not in held_keys], mentions, changes)
    changes.added += len(mentions)
    added = _store_mentions(article, mentions, decided)
    loose = [claim for claim in article.toll_claims.filter(mention__isnull=True) if claim.pk not in hands.claims]
    added += _settle_tolls(article, loose, decided, loose_tolls, changes)
    _join_parts(article, added)
    return changes


def _held(mention: Mention) -> bool:
    """Whether a person has decided anything about the entry, one of its claims, or a claim that is a part of one."""
    claims = list(mention.toll_claims.all())
    parts = [part for claim in claims for part in claim.parts.all()]
    return mention.touched or any(claim.touched for claim in [*claims, *parts])


def _passages(claim: TollClaim) -> list[Passage]:
    """Where a claim stands now and where the engine had it, if an editor has moved its evidence."""
    now = (claim.start, claim.end, claim.harm)
    engine = claim.engine
    return [now, (engine["start"], engine["end"], engine["harm"])] if engine.get("start") is not None else [now]


def _settle_mentions(
    held: list[Mention], untouched: list[Mention], wanted: list[Snapshot], changes: Changes
) -> list[Snapshot]:
    """Delete what is outdated, note disagreements; returns the snapshots that have still to be stored."""
    wanted = list(wanted)
    # What the engine says as it did before is settled first, so that it is not taken for something else.
    now: dict[int, Snapshot | None] = {}
    for mention in held:
        if mention.engine in wanted:
            wanted.remove(mention.engine)
            now[mention.pk] = mention.engine
    for mention in untouched:
        if mention.engine in wanted:
            wanted.remove(mention.engine)
            changes.kept += 1
        else:
            mention.toll_claims.all().delete()
            mention.delete()
            changes.removed += 1
    for mention in held:
        if mention.pk not in now:
            found = counterpart(mention, wanted)
            if found is not None:
                wanted.remove(found)
            now[mention.pk] = found
        changes.protected += 1
        note(mention, disagreement(mention, now[mention.pk]))
        changes.disagreements += bool(mention.open_disagreement)
    return wanted


def _store_mentions(article: Article, wanted: list[Snapshot], decided: list[Passage]) -> list[TollClaim]:
    rows = []
    for snapshot in wanted:
        rows.append(
            Mention(
                article=article,
                start=snapshot["start"],
                end=snapshot["end"],
                quote=article.text[snapshot["start"] : snapshot["end"]],
                kind=snapshot["kind"],
                title=snapshot["title"][:TITLE_LENGTH],
                **date_values(snapshot, article.text),
                place=place_named(snapshot["place"], snapshot["governorate"]) if snapshot["place"] else None,
                actors=list(snapshot["actors"]),
                confidence=snapshot["confidence"],
                engine=snapshot,
                reported=reported_on(article.published),
            )
        )
        rows[-1].derive()
    stored = bulk_create_with_history(rows, Mention)
    pairs = [
        (toll, mention)
        for mention, snapshot in zip(stored, wanted, strict=True)
        for toll in snapshot["tolls"]
        if not _decided(toll, decided)
    ]
    return _store_tolls(article, pairs)


def _decided(toll: Snapshot, decided: list[Passage]) -> bool:
    """Whether a person has decided on a claim of the same harm about some of the same words."""
    return any(
        harm == toll["harm"] and overlap((toll["start"], toll["end"]), (start, end)) for start, end, harm in decided
    )


def _settle_tolls(
    article: Article, stored: list[TollClaim], decided: list[Passage], wanted: list[Snapshot], changes: Changes
) -> list[TollClaim]:
    """The same for tolls that belong to no mention: those of the whole conflict, and those without a place."""
    wanted = [toll for toll in wanted if not _decided(toll, decided)]
    for claim in stored:
        if claim.touched or any(part.touched for part in claim.parts.all()):
            changes.protected += claim.touched
        elif claim.engine in wanted:
            wanted.remove(claim.engine)
        else:
            claim.delete()
    return _store_tolls(article, [(toll, None) for toll in wanted])


def _store_tolls(article: Article, pairs: list[tuple[Snapshot, Mention | None]]) -> list[TollClaim]:
    rows = [
        TollClaim(
            article=article,
            mention=mention,
            start=toll["start"],
            end=toll["end"],
            quote=article.text[toll["start"] : toll["end"]],
            harm=toll["harm"],
            low=toll["low"],
            high=toll["high"],
            qualifier=toll["qualifier"],
            victims=toll["victims"] or "",
            scope=toll["scope"],
            source=source_named(toll["source"]) if toll["source"] else None,
            via=source_named(toll["via"]) if toll["via"] else None,
            basis=toll["basis"],
            engine=toll,
        )
        for toll, mention in pairs
    ]
    return list(bulk_create_with_history(rows, TollClaim))


def _join_parts(article: Article, added: list[TollClaim]) -> None:
    """Tie new parts to their wholes, once all claims of the report are stored."""
    parts = [claim for claim in added if claim.engine["part_of"]]
    if not parts:
        return
    wholes = {(c.start, c.end, c.harm): c for c in article.toll_claims.filter(part_of__isnull=True)}
    for claim in parts:
        whole = wholes.get(tuple(claim.engine["part_of"]))
        if whole and whole.pk != claim.pk:
            claim.part_of = whole
            claim.save(update_fields=["part_of"])
