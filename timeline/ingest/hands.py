"""Which entries of a report somebody has in hand though nobody has decided on them: a re-run leaves these alone too."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from timeline.models import Article, Assignment, Draft, Lease, TollClaim

# Keys of the forms that are kept as they are typed: the review page's, and the admin's change pages'.
_OF_ENTRY = ("review:{}", "mention:{}:change")
_OF_CLAIM = "tollclaim:{}:change"


@dataclass(frozen=True, slots=True)
class Hands:
    """Keys of the entries and of the claims."""

    mentions: frozenset[int]
    claims: frozenset[int]


def in_hand(article: Article, claims: Iterable[TollClaim]) -> Hands:
    """What of the report is leased or assigned to somebody, or stands half typed in a form. Four queries."""
    entries = article.mentions.values_list("pk", flat=True)
    forms = {form.format(key): key for key in entries for form in _OF_ENTRY}
    claim_forms = {_OF_CLAIM.format(claim.pk): claim for claim in claims}
    drafts = set(Draft.objects.filter(key__in=[*forms, *claim_forms]).values_list("key", flat=True))
    typed = [claim for form, claim in claim_forms.items() if form in drafts]
    leased = Lease.objects.filter(mention__article=article, until__gt=timezone.now())
    return Hands(
        frozenset(
            {
                *leased.values_list("mention", flat=True),
                *Assignment.objects.filter(mention__article=article).values_list("mention", flat=True),
                *(key for form, key in forms.items() if form in drafts),
                *(claim.mention_id for claim in typed if claim.mention_id is not None),
            }
        ),
        frozenset(claim.pk for claim in typed),
    )
