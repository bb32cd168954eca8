"""What an editor decides on an event's toll: which claims do not count, and whose figures stand, the rule's or their own.

The rule itself is in tolls.py. Every decision keeps its reason, which readers see.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from timeline.curation import events, review, tolls
from timeline.curation.acts import acting
from timeline.curation.rights import Right
from timeline.curation.tolls import Toll
from timeline.models import Event, TollClaim

REASON_LENGTH = 200  # of TollClaim.discounted


class CannotCount(ValueError):
    """A decision on a toll that lacks its reason, or changes nothing; says which and the mend."""


def discount(claim: TollClaim, user: User | None, reason: str, seen: int | None = None) -> None:
    """This figure does not count towards the event's toll. It stays in the table, with the reason beside it."""
    reason = _given(reason, "Say why this figure does not count: readers will see it beside the figure.")
    if len(reason) > REASON_LENGTH:
        raise CannotCount(f"The reason has {len(reason)} characters. Say it in {REASON_LENGTH}: it stands in a table.")
    with acting(user, Right.REVIEW, f"discounted the toll “{claim.quote}”", reason):
        review.correct_toll(claim, user, {"discounted": reason}, reason, seen)


def count_again(claim: TollClaim, user: User | None, reason: str = "", seen: int | None = None) -> None:
    """A discounted figure counts again, as far as the rule lets it. Raises CannotCount where it was not discounted."""
    with acting(user, Right.REVIEW, f"counted the toll “{claim.quote}” again", reason):
        claim.refresh_from_db()
        if not claim.discounted:
            raise CannotCount(f"“{claim.quote}” is not discounted.")
        review.correct_toll(claim, user, {"discounted": ""}, reason, seen)


def set_toll(
    event: Event,
    user: User | None,
    low: int | None,
    best: int | None,
    high: int | None,
    reason: str,
    seen: int | None = None,
) -> None:
    """The editor's own low, best and high (persons; None: no such figure), with the reason that readers will see.

    Raises CannotCount without a figure, a reason or their order.
    """
    reason = _given(reason, "Say why these figures and not those of the rule: readers will see it.")
    if low is None and best is None and high is None:
        raise CannotCount("Give at least one figure, or follow the rule.")
    given = [figure for figure in (low, best, high) if figure is not None]
    if given != sorted(given):
        raise CannotCount("Low must not be above best, nor best above high.")
    figures = {"killed_low": low, "killed_best": best, "killed_high": high}
    changes = {**figures, "toll_by_editor": True, "toll_best_only": False, "toll_basis": reason}
    _correct(event, user, f"set the toll of “{event}”", changes, reason, seen)


def choose_best(event: Event, user: User | None, best: int, reason: str, seen: int | None = None) -> None:
    """The editor's best estimate; low and high follow from the claims as before, but always hold it."""
    reason = _given(reason, "Say why this is the best estimate: readers will see it.")
    low, high = tolls.around(best, foreseen(event))
    figures = {"killed_low": low, "killed_best": best, "killed_high": high}
    changes = {**figures, "toll_by_editor": True, "toll_best_only": True, "toll_basis": reason}
    _correct(event, user, f"chose the best estimate of “{event}”", changes, reason, seen)


def follow_rule(event: Event, user: User | None, reason: str = "", seen: int | None = None) -> None:
    """Low, best and high follow from the claims again. Raises CannotCount where they do already."""
    if not Event.objects.filter(pk=event.pk, toll_by_editor=True).exists():
        raise CannotCount(f"The toll of “{event}” follows the rule already.")
    _correct(event, user, f"let the toll of “{event}” follow the rule", {"toll_by_editor": False}, reason, seen)


def _correct(
    event: Event, user: User | None, words: str, changes: dict[str, Any], reason: str, seen: int | None
) -> None:
    with acting(user, Right.REVIEW, words, reason):
        try:
            events.correct_event(event, user, changes, reason, seen)
        except ValidationError as error:
            raise CannotCount(" ".join(error.messages)) from error


def _given(reason: str, mend: str) -> str:
    reason = " ".join(reason.split())
    if not reason:
        raise CannotCount(mend)
    return reason


def claims_of(event: Event) -> list[TollClaim]:
    """The standing claims behind an event, as the rule wants them."""
    return list(TollClaim.objects.behind(event).filter(scope="event"))


def foreseen(event: Event) -> Toll:
    """What the rule says of the event's claims as they stand."""
    return tolls.summarise(claims_of(event))


def otherwise(claims: list[TollClaim], harm: str = "killed") -> dict[int, Toll]:
    """For each claim of that harm, what the rule would say if the claim were discounted, or counted again."""
    found = {}
    for claim in claims:
        if claim.harm != harm or claim.scope != "event":
            continue
        was = claim.discounted
        claim.discounted = "" if was else "foreseen"
        found[claim.pk] = tolls.summarise(claims, harm)
        claim.discounted = was
    return found
