"""What the engine now says of an entry that people have in hand, beside what stands.

A re-run notes it (store.py); an editor takes it over or keeps what stands (curation/disagreements.py).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from timeline.ingest.naming import place_name_kept, source_name_kept
from timeline.ingest.snapshots import Snapshot, overlap, snapshots
from timeline.models import Mention, ReviewStatus

# What is compared, field by field; "entry" besides, where the engine finds the entry no longer.
FIELDS = ("kind", "earliest", "latest", "precision", "place", "tolls")
ENTRY = "entry"


def counterpart(mention: Mention, wanted: list[Snapshot]) -> Snapshot | None:
    """The new entry about the same passage, where it stands or where the engine had it.

    Of the same kind first; one of another kind where it shares at least half of the words. Where several share the same
    words, as when one sentence tells of two places, the one that reaches as far, and is of the same place and day.
    """
    passages = [(mention.start, mention.end)]
    if mention.engine.get("start") is not None:
        passages.append((mention.engine["start"], mention.engine["end"]))
    kinds = {mention.kind, mention.engine.get("kind")}
    best: tuple[tuple[Any, ...], Snapshot] | None = None
    for snapshot in wanted:
        start, end = snapshot["start"], snapshot["end"]
        shared, length = max((overlap(p, (start, end)), p[1] - p[0]) for p in passages)
        same = snapshot["kind"] in kinds
        alike = [snapshot[name] == mention.engine.get(name) for name in ("place", "earliest", "title")]
        likeness = (same, shared, -abs(end - start - length), *alike)
        if shared and (same or 2 * shared >= length) and (best is None or likeness > best[0]):
            best = likeness, snapshot
    return best[1] if best else None


def disagreement(mention: Mention, now: Snapshot | None) -> Snapshot:
    """What the engine says, field by field, where that differs from what stands; of a rejected entry it says nothing."""
    if mention.status == ReviewStatus.REJECTED:
        return {}
    if now is None:
        return {ENTRY: {"stands": mention.title, "engine": None}} if mention.engine else {}
    stands = _stands(mention)
    engine = {key: now[key] for key in FIELDS if key != "tolls"}
    # A name that editors merged, renamed or rejected since is no disagreement: it is read as they keep it.
    engine["place"] = place_name_kept(now["place"], now["governorate"])
    engine["tolls"] = sorted(
        _toll_words(t["harm"], t["low"], t["high"], source_name_kept(t["source"])) for t in now["tolls"]
    )
    return {key: {"stands": stands[key], "engine": engine[key]} for key in FIELDS if stands[key] != engine[key]}


def _stands(mention: Mention) -> dict[str, Any]:
    return {
        "kind": mention.kind,
        "earliest": mention.earliest and mention.earliest.isoformat(),
        "latest": mention.latest and mention.latest.isoformat(),
        "precision": mention.precision,
        "place": mention.place and mention.place.name,
        "tolls": sorted(
            _toll_words(c.harm, c.low, c.high, c.source.name if c.source else None)
            for c in mention.toll_claims.standing()
        ),
        ENTRY: mention.title,
    }


def _toll_words(harm: str, low: int | None, high: int | None, source: str | None) -> str:
    bounds = f"{'' if low is None else low}–{'' if high is None else high}" if low != high else f"{low}"
    return f"{bounds} {harm}, {source or 'no source named'}"


def note(mention: Mention, disagreement: Snapshot) -> None:
    """Store what the engine says beside a decision. It is nobody's decision, so it leaves no version."""
    if disagreement != mention.disagreement:
        mention.disagreement = disagreement
        mention.derive()
        Mention.objects.filter(pk=mention.pk).update(disagreement=disagreement, disagrees=mention.disagrees)


def restate(keys: Iterable[int]) -> None:
    """Bring what stands, in the disagreements noted on these entries, in line with what a person has just decided."""
    for mention in Mention.objects.filter(pk__in=list(keys)).exclude(disagreement={}).select_related("place"):
        stands = _stands(mention)
        note(mention, {name: {**told, "stands": stands[name]} for name, told in mention.disagreement.items()})


def now_says(mention: Mention) -> Snapshot | None:
    """The entry of the last reading of its report that tells of the same as ``mention``; None where there is none."""
    wanted, _ = snapshots(mention.article.extraction)
    others = []
    for entry in mention.article.mentions.order_by("start", "pk"):
        if entry.engine in wanted:
            wanted.remove(entry.engine)
            if entry.pk == mention.pk:
                return entry.engine
        else:
            others.append(entry)
    for entry in others:
        found = counterpart(entry, wanted)
        if entry.pk == mention.pk:
            return found
        if found is not None:
            wanted.remove(found)
    return None
