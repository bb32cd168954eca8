"""The proposed names as the desk goes through them: the most used first, each with sentences that name it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Count, F, QuerySet, Window
from django.db.models.functions import RowNumber

from timeline.models import Source, TollClaim

EXAMPLES = 2  # sentences a name: enough to see what it is, short enough for a page of them


def proposed_sources() -> QuerySet[Source]:
    """Proposed names with ``claim_count``, the figures attributed to them; the most used first."""
    return Source.objects.proposed().annotate(claim_count=Count("toll_claims")).order_by("-claim_count", "name")


def examples(sources: Iterable[Source]) -> dict[int, list[TollClaim]]:
    """The first EXAMPLES claims of each source, or passed on by it where it says nothing itself. Four queries."""
    keys = [source.pk for source in sources]
    found = _first("source", keys)
    return _first("via", [key for key in keys if key not in found]) | found


def _first(field: str, keys: list[int]) -> dict[int, list[TollClaim]]:
    if not keys:
        return {}
    claims = TollClaim.objects.filter(**{f"{field}__in": keys}).order_by()
    # One a report, for a report says most of what it says of a name in one sentence.
    of_report = Window(RowNumber(), partition_by=[F(field), F("article")], order_by="pk")
    firsts = claims.annotate(of_report=of_report).filter(of_report=1).values_list("pk", field)
    chosen: dict[int, list[int]] = defaultdict(list)
    for pk, key in firsts.iterator():
        if len(chosen[key]) < EXAMPLES:
            chosen[key].append(pk)
    told = TollClaim.objects.filter(pk__in=[pk for some in chosen.values() for pk in some])
    by_key = told.select_related("article").defer("article__extraction", "engine").in_bulk()
    return {key: [by_key[pk] for pk in some] for key, some in chosen.items()}
