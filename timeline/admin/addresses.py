"""What stands at a report's own address now, on the report's and the claim's pages: old and new words side by side.

When an address is looked at, and what counts as a change, is ingest's.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from timeline.admin.person import editor
from timeline.curation.feeds import NoAddress, look_now
from timeline.ingest.watching import versions
from timeline.models import AddressWatch, Article, TollClaim
from timeline.query.changed_words import SideBySide, side_by_side
from timeline.query.passages import sentences_around
from timeline.tasks import NoBroker


@dataclass(frozen=True, slots=True)
class Changed:
    """One version of a report against the one that stood at its address before."""

    before: Article
    after: Article
    words: SideBySide


def panel(article: Article) -> dict[str, Any]:
    """What a report's page shows of its address: the last look, the claims that are gone, every version against the last."""
    known = versions(article)
    first = known[0]
    if not first.url:
        return {}
    gone = TollClaim.objects.filter(article=article, gone_since__isnull=False).standing()
    return {
        "url": first.url,
        "watch": AddressWatch.objects.filter(article=first).first(),
        "first": first,
        "is_version": article.pk != first.pk,
        "changes": [Changed(before, after, side_by_side(before.text, after.text)) for before, after in pairwise(known)],
        "gone": list(gone.select_related("source", "now_says__article").order_by("start")),
    }


def look(request: HttpRequest, article: Article) -> None:
    """Look at the report's address now, and say what was found."""
    try:
        found = look_now(article, editor(request))
    except (NoAddress, NoBroker) as error:
        messages.error(request, str(error))
        return
    if found is None:
        messages.info(request, f"A worker will look at the address of “{article}”.")
    elif found.failed:
        messages.error(request, f"“{article}”: {found.watch.error} Nothing was concluded from it.")
    elif found.gone:
        count = len(found.gone)
        words = f"{count} figure{'s' if count > 1 else ''} no longer stand{'s' if count == 1 else ''} at its address."
        messages.warning(request, f"“{article}”: {words} Old and new are shown below, on the report’s page.")
    else:
        messages.success(request, f"“{article}”: {found.watch.get_outcome_display().lower()}.")


def claim_at_its_address(claim: TollClaim) -> SafeString | str:
    """The claim's sentence as it was quoted beside what stands there now, the difference marked."""
    if not claim.gone_since:
        watched = (
            claim.article.url and AddressWatch.objects.filter(article=claim.article, looked_at__isnull=False).first()
        )
        return f"{watched.get_outcome_display()} ({watched.looked_at:%d %B %Y})." if watched else "Not looked at."
    now = claim.stands_now
    old = _sentence(claim)
    words = side_by_side(old, _sentence(now)) if now else side_by_side(old, "")
    return render_to_string("admin/timeline/claim_at_its_address.html", {"claim": claim, "now": now, "words": words})


def _sentence(claim: TollClaim) -> str:
    found = sentences_around(claim.article.text, [(claim.start, claim.end)])[0]
    return f"{found.before}{found.marked}{found.after}".strip()
