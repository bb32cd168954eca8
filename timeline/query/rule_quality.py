"""How often was each rule of the engine right? Told from what editors accepted, corrected and rejected.

Sets what the engine said (the snapshot, which never changes) beside what stands. Entries that nobody has decided on say
nothing; what editors added by hand shows what no rule found.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from timeline.extraction.basis import rule_of
from timeline.models import Article, Kind, Mention, Place, ReviewStatus, Source, TollClaim

# The parts of an entry that are judged, each with what it asks, in the order of the page.
DAYS, DATES, KINDS, PLACES, TOLLS, SOURCES = "days", "dates", "kinds", "places", "tolls", "sources"
QUESTIONS = {
    DAYS: "Which day belongs to the entry",
    DATES: "Which days an expression of time names",
    KINDS: "Which kind of event it is",
    PLACES: "Where it happened",
    TOLLS: "How many were harmed",
    SOURCES: "Who gives the toll",
}
OF_CLAIMS = frozenset({TOLLS, SOURCES})

_Z = 1.96  # of the normal distribution, for an interval that holds the true share in 95 of 100 cases
_NO_RULE = "the rule was not recorded"


@dataclass(frozen=True, slots=True)
class Scope:
    """Which reports are looked at: of one language, published in one year; None: of all."""

    language: str | None = None
    year: int | None = None

    def of(self, records: QuerySet[Any]) -> QuerySet[Any]:
        if self.language:
            records = records.filter(article__language=self.language)
        if self.year:
            records = records.filter(article__published__year=self.year)
        return records


@dataclass(slots=True)
class RuleRecord:
    """What became of the values that one rule gave. A corrected entry is right here where this value of it stands."""

    part: str
    rule: str
    right: int = 0
    corrected: int = 0
    rejected: int = 0

    @property
    def decided(self) -> int:
        return self.right + self.corrected + self.rejected

    @property
    def wrong(self) -> int:
        return self.corrected + self.rejected

    @property
    def share(self) -> float:
        return self.right / self.decided

    @property
    def interval(self) -> tuple[float, float]:
        return wilson(self.right, self.decided)


@dataclass(frozen=True, slots=True)
class Quality:
    """The page: for each part its rules, the worst first, and how many entries and claims editors added by hand."""

    parts: dict[str, list[RuleRecord]] = field(default_factory=dict)
    entries: int = 0
    claims: int = 0
    missed_entries: int = 0
    missed_claims: int = 0


def wilson(right: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927): unlike the plain one it holds for few cases and near 0 and 1."""
    if not of:
        return 0.0, 1.0
    share, z2 = right / of, _Z * _Z
    middle = (share + z2 / (2 * of)) / (1 + z2 / of)
    half = _Z / (1 + z2 / of) * math.sqrt(share * (1 - share) / of + z2 / (4 * of * of))
    return max(0.0, middle - half), min(1.0, middle + half)


def rule_quality(scope: Scope = Scope()) -> Quality:
    """Every rule that editors have decided on. Six queries, however many entries there are.

    The worst first: by the upper end of the interval, so that a rule with one wrong case does not stand before one that
    is wrong in half of a hundred.
    """
    records: dict[tuple[str, str], RuleRecord] = {}
    entries = claims = 0
    for verdicts in _mentions(scope):
        entries += 1
        _count(records, verdicts)
    for verdicts in _claims(scope):
        claims += 1
        _count(records, verdicts)
    ordered = sorted(
        records.values(), key=lambda record: (record.interval[1], record.share, -record.decided, record.rule)
    )
    return Quality(
        parts={part: found for part in QUESTIONS if (found := [r for r in ordered if r.part == part])},
        entries=entries,
        claims=claims,
        missed_entries=_by_hand(Mention, scope).count(),
        missed_claims=_by_hand(TollClaim, scope).count(),
    )


def wrong_ones(part: str, rule: str, scope: Scope = Scope()) -> list[int]:
    """The keys of the entries (of the claims, for a part in OF_CLAIMS) in which this rule was wrong."""
    found = _claims(scope) if part in OF_CLAIMS else _mentions(scope)
    return [
        verdict.key
        for verdicts in found
        for verdict in verdicts
        if (verdict.part, verdict.rule) == (part, rule) and verdict.status != ReviewStatus.ACCEPTED
    ]


def years_and_languages() -> tuple[list[int], list[str]]:
    """What reports there are to choose from: the years of publication and the languages."""
    years = [day.year for day in Article.objects.dates("published", "year", order="DESC")]
    return years, list(Article.objects.order_by("language").values_list("language", flat=True).distinct())


@dataclass(frozen=True, slots=True)
class _Verdict:
    """What became of one value: accepted (it stands), corrected or rejected."""

    key: int
    part: str
    rule: str
    status: str


def _count(records: dict[tuple[str, str], RuleRecord], verdicts: list[_Verdict]) -> None:
    for verdict in verdicts:
        record = records.setdefault((verdict.part, verdict.rule), RuleRecord(verdict.part, verdict.rule))
        if verdict.status == ReviewStatus.ACCEPTED:
            record.right += 1
        elif verdict.status == ReviewStatus.CORRECTED:
            record.corrected += 1
        else:
            record.rejected += 1


def _by_hand(model: type[Mention] | type[TollClaim], scope: Scope) -> QuerySet[Any]:
    return scope.of(model._default_manager.filter(engine={}))


def _decided(model: type[Mention] | type[TollClaim], scope: Scope) -> QuerySet[Any]:
    return scope.of(model._default_manager.exclude(status=ReviewStatus.EXTRACTED).exclude(engine={})).order_by()


def _mentions(scope: Scope) -> Iterator[list[_Verdict]]:
    """The verdicts on each decided entry. Of the snapshot the database hands out only what is compared."""
    said = ("kind", "earliest", "latest", "place", "basis", "date__basis")
    stands = ("pk", "status", "kind", "earliest", "latest", "place__name", "place__lexicon_key")
    rows = _decided(Mention, scope).values(*stands, *(f"engine__{name}" for name in said))
    kept = _kept_names(Place)
    for row in rows.iterator():
        engine = {name: row[f"engine__{name}"] for name in said}
        day = (_iso(row["earliest"]), _iso(row["latest"]))
        right_day = day == (engine["earliest"], engine["latest"])
        judge = _judge(row["pk"], row["status"])
        verdicts = [
            judge(DAYS, rule_of(engine["basis"] or _NO_RULE), right_day),
            judge(KINDS, f"told as {_kind(engine['kind'])}", row["kind"] == engine["kind"]),
            judge(
                PLACES,
                "a place is read" if engine["place"] else "no place is read",
                _same(engine["place"], row["place__name"], row["place__lexicon_key"], kept),
            ),
        ]
        if engine["date__basis"]:
            verdicts.append(judge(DATES, rule_of(engine["date__basis"]), right_day))
        yield verdicts


def _claims(scope: Scope) -> Iterator[list[_Verdict]]:
    said = ("harm", "low", "high", "qualifier", "scope", "source", "basis")
    stands = ("pk", "status", "harm", "low", "high", "qualifier", "scope", "source__name", "source__lexicon_key")
    rows = _decided(TollClaim, scope).values(*stands, *(f"engine__{name}" for name in said))
    kept = _kept_names(Source)
    for row in rows.iterator():
        engine = {name: row[f"engine__{name}"] for name in said}
        judge = _judge(row["pk"], row["status"])
        figures = all(row[name] == engine[name] for name in ("harm", "low", "high", "qualifier", "scope"))
        yield [
            judge(TOLLS, rule_of(engine["basis"] or _NO_RULE), figures),
            judge(
                SOURCES,
                "a source is read" if engine["source"] else "no source is read",
                _same(engine["source"], row["source__name"], row["source__lexicon_key"], kept),
            ),
        ]


def _judge(key: int, status: str) -> Callable[[str, str, bool], _Verdict]:
    def judge(part: str, rule: str, stands: bool) -> _Verdict:
        if status == ReviewStatus.REJECTED:
            return _Verdict(key, part, rule, ReviewStatus.REJECTED)
        right = stands or status == ReviewStatus.ACCEPTED
        return _Verdict(key, part, rule, ReviewStatus.ACCEPTED if right else ReviewStatus.CORRECTED)

    return judge


def _kept_names(model: type[Place] | type[Source]) -> dict[str, set[str]]:
    """The names that were merged since, each with those of the records that they are other names of."""
    merged = model._default_manager.filter(merged_into__isnull=False, lexicon_key__isnull=False)
    names: dict[str, set[str]] = {}
    for key, kept in merged.values_list("lexicon_key", "merged_into__name"):
        names.setdefault(str(key).rpartition("|")[2], set()).add(kept)
    return names


def _same(said: str | None, name: str | None, key: str | None, kept: dict[str, set[str]]) -> bool:
    """Whether a record is the one the engine named, though editors may have renamed it or merged others into it."""
    if said == name or said is None:
        return said == name
    return (key is not None and key.rpartition("|")[2] == said) or name in kept.get(said, ())


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _kind(slug: str | None) -> str:
    return str(Kind(slug).label).lower() if slug in Kind.values else str(slug)
