"""What stands behind an event: its toll claims with their sentences, its reports, and what is marked in a report."""

from __future__ import annotations

from dataclasses import dataclass

from timeline.extraction.records import HARMS
from timeline.models import Article, Event, Mention, ReviewStatus, TollClaim
from timeline.models.tollwords import claim_in_words
from timeline.query.passages import Mark, Sentence, sentences_around


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """One line of an event's toll table, and the sentence that says it.

    ``now`` is the sentence that stands in its place at the report's own address, where that one is gone from there.
    """

    claim: TollClaim
    sentence: Sentence
    is_part: bool
    now: Sentence | None = None


@dataclass(frozen=True, slots=True)
class HarmTable:
    harm: str
    rows: list[ClaimRow]


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One report that tells of an event, with the passage that does."""

    mention: Mention
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class OriginGroup:
    """The passages of one report, and those of its copies and rewrites, which add nothing as corroboration."""

    passages: list[ReportRow]
    copies: list[ReportRow]


def toll_tables(event: Event) -> list[HarmTable]:
    """The event's claims, a table a harm, by the day of the report; parts stand under their whole. One query."""
    claims = list(
        TollClaim.objects.filter(mention__event=event, scope="event")
        .standing()
        .select_related("article__outlet", "source", "via", "now_says__article")
        .defer("article__extraction", "now_says__article__extraction")
        .order_by("article__published", "article_id", "start")
    )
    sentences = _sentences([(c.article, c.start, c.end) for c in claims])
    rows = [ClaimRow(c, s, c.part_of_id is not None, _now(c)) for c, s in zip(claims, sentences, strict=True)]
    ordered = _parts_under_wholes(rows)
    return [HarmTable(harm, found) for harm in HARMS if (found := [r for r in ordered if r.claim.harm == harm])]


def _now(claim: TollClaim) -> Sentence | None:
    now = claim.stands_now
    return sentences_around(now.article.text, [(now.start, now.end)])[0] if now else None


def _parts_under_wholes(rows: list[ClaimRow]) -> list[ClaimRow]:
    """Each whole with its parts, and theirs, after it; no row is lost, whatever is said to be part of what."""
    present = {row.claim.pk for row in rows}
    ordered: dict[int, ClaimRow] = {}

    def put(row: ClaimRow) -> None:
        if row.claim.pk not in ordered:
            ordered[row.claim.pk] = row
            for part in rows:
                if part.claim.part_of_id == row.claim.pk:
                    put(part)

    for row in rows:
        if row.claim.part_of_id not in present:
            put(row)
    for row in rows:
        put(row)
    return list(ordered.values())


def whole_conflict(event: Event) -> list[ClaimRow]:
    """Figures for the whole conflict in the reports that tell of the event: they belong to no event. One query."""
    claims = list(
        TollClaim.objects.filter(scope="cumulative", article__in=event.mentions.standing().values("article"))
        .standing()
        .select_related("article__outlet", "source", "via")
        .defer("article__extraction")
        .order_by("article__published", "article_id", "start")
    )
    sentences = _sentences([(c.article, c.start, c.end) for c in claims])
    return [ClaimRow(c, s, c.part_of_id is not None) for c, s in zip(claims, sentences, strict=True)]


def reports_of(event: Event) -> list[ReportRow]:
    """The passages that tell of the event, oldest report first. One query."""
    mentions = list(
        event.mentions.standing()
        .select_related("article__outlet")
        .defer("article__extraction")
        .order_by("article__published", "article_id", "start")
    )
    sentences = _sentences([(m.article, m.start, m.end) for m in mentions])
    return [ReportRow(m, s) for m, s in zip(mentions, sentences, strict=True)]


def origins_in_words(event: Event) -> str:
    """'7 reports, 2 independent origins'; '7 reports' where each is its own, or where they have not been grouped yet."""
    reports, origins = event.report_count, event.origin_count
    words = f"{reports:,} report{'' if reports == 1 else 's'}"
    if not 0 < origins < reports:
        return words
    return f"{words}, {origins:,} independent origins" if origins > 1 else f"{words} of one origin"


def by_origin(rows: list[ReportRow]) -> list[OriginGroup]:
    """The passages grouped by the origin of their reports, in the order given; the first report leads its group."""
    groups: dict[tuple[str, int], list[ReportRow]] = {}
    for row in rows:
        article = row.mention.article
        key = ("origin", article.origin_id) if article.origin_id else ("report", article.pk)
        groups.setdefault(key, []).append(row)
    found = []
    for told in groups.values():
        first = told[0].mention.article_id
        own = [row for row in told if row.mention.article_id == first]
        found.append(OriginGroup(own, [row for row in told if row.mention.article_id != first]))
    return found


def _sentences(passages: list[tuple[Article, int, int]]) -> list[Sentence]:
    """Each article's text is cut into sentences once, however many passages point into it."""
    by_article: dict[int, list[int]] = {}
    for index, (article, _, _) in enumerate(passages):
        by_article.setdefault(article.pk, []).append(index)
    found: dict[int, Sentence] = {}
    for indexes in by_article.values():
        text = passages[indexes[0]][0].text
        for index, sentence in zip(indexes, sentences_around(text, [passages[i][1:] for i in indexes]), strict=True):
            found[index] = sentence
    return [found[index] for index in range(len(passages))]


def marks_of(article: Article, *, for_editors: bool = False) -> list[Mark]:
    """Everything extracted from a report, as marks in its text. Readers are shown no rejected entries. Two queries."""
    marks = [
        Mark(d["start"], d["end"], "date", f"Date: {d['value'] or 'not resolved'}. {d['basis']}")
        for d in article.extraction.get("dates", [])
    ]
    marks += [
        Mark(
            a["start"], a["end"], "attribution", f"Says so: {a['speaker']}" + (f", via {a['via']}" if a["via"] else "")
        )
        for a in article.extraction.get("attributions", [])
    ]
    claims = article.toll_claims.select_related("mention__event", "source")
    mentions = article.mentions.select_related("event")
    if not for_editors:
        claims, mentions = claims.standing(), mentions.standing()
    marks += [_toll_mark(claim, for_editors) for claim in claims]
    marks += [_entry_mark(mention, for_editors) for mention in mentions]
    return marks


def _toll_mark(claim: TollClaim, for_editors: bool) -> Mark:
    scope = ", of the whole conflict" if claim.scope == "cumulative" else ""
    note = f"Toll: {claim.harm}, {claim_in_words(claim)}{scope}. According to {claim.source or 'no source named'}."
    event = claim.mention.event if claim.mention else None
    href = f"{event.get_absolute_url()}#claim-{claim.pk}" if _open(event, for_editors) and event else ""
    return Mark(claim.start, claim.end, "toll", note, f"claim-{claim.pk}", href)


def _entry_mark(mention: Mention, for_editors: bool) -> Mark:
    event = mention.event
    shown = event if _open(event, for_editors) else None
    note = f"{mention.get_kind_display()}: {mention.title}"
    if for_editors and mention.status == ReviewStatus.REJECTED:
        note += " (rejected)"
    return Mark(
        mention.start,
        mention.end,
        "entry",
        note,
        f"entry-{mention.pk}",
        shown.get_absolute_url() if shown else "",
        shown.title if shown else "",
    )


def _open(event: Event | None, for_editors: bool) -> bool:
    return event is not None and (for_editors or event.status == Event.Status.PUBLISHED)
