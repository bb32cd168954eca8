"""Who has which entry in hand: taking the next one, keeping it, letting it go, putting it behind, asking somebody to do it.

Two editors are never given the same entry: a lease is one row an entry, and the database lets only one of them write it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from timeline.curation.rights import Right, require
from timeline.models import Assignment, Lease, Mention, Skip
from timeline.models.mention import MentionQuerySet
from timeline.query import review_queue
from timeline.query.review_queue import QueueQuery

# The page renews the lease each minute while it is open. Five times that outlasts a lost connection or a closed lid, and a
# tab that was closed holds nobody up for longer.
LEASE = dt.timedelta(minutes=5)
BATCH = 500  # assignments a statement: SQLite takes a limited number of values in one


class InOtherHands(ValueError):
    """Somebody else has the entry in hand; says who and until when."""


class CannotAssign(ValueError):
    """The person whom an entry is to be assigned to may not review; says who and the mend."""


def take_next(user: User, query: QueueQuery, after: Mention | None = None) -> Mention | None:
    """The next entry that ``query`` asks for, leased to ``user``; None when nothing waits.

    ``after`` is the entry that the person leaves. Where it still is one that ``query`` asks for, the one behind it in the
    order is next, and behind the last the first. What the person has put behind comes when nothing else is left.
    """
    require(user, Right.REVIEW)
    Lease.objects.filter(user=user, until__lte=timezone.now()).delete()
    rows = review_queue.entries(query, user)
    turns = [review_queue.behind(rows, query, user, after)] if after else []
    for turn in [*turns, rows, review_queue.put_behind(query, user)]:
        if mention := _first_free(turn, user):
            return mention
    return None


def _first_free(rows: MentionQuerySet, user: User) -> Mention | None:
    while True:
        with transaction.atomic():
            # A row that somebody is about to take is passed over, not waited for (where the database locks rows; SQLite
            # lets one transaction write at a time).
            locked = rows.select_for_update(of=("self",), skip_locked=True)
            key = locked.values_list("pk", flat=True).first()
            if key is None:
                return None
            if _seize(key, user):
                return Mention.objects.select_related("article", "event", "place").get(pk=key)
        # Somebody took it between our look and our lease. They have it now, so the next look passes it over.


def take(user: User, mention: Mention) -> None:
    """Lease an entry that the person has chosen themselves, or keep it for another LEASE.

    Raises InOtherHands, saying whose, and Mention.DoesNotExist.
    """
    require(user, Right.REVIEW)
    with transaction.atomic():
        Mention.objects.select_for_update().only("pk").get(pk=mention.pk)
        if not _seize(mention.pk, user):
            lease = Lease.objects.select_related("user").get(mention=mention)
            until = timezone.localtime(lease.until)
            raise InOtherHands(f"“{mention}” is in the hands of {lease.user} until {until:%H:%M}. Take another.")


def let_go(user: User | None, mention: Mention) -> None:
    """The person is done with the entry; what is in other hands stays there."""
    if user is not None:
        Lease.objects.filter(mention=mention, user=user).delete()


def skip(user: User, mention: Mention) -> None:
    """Put the entry behind for this person, and let it go: a colleague may get it at once."""
    require(user, Right.REVIEW)
    Skip.objects.update_or_create(user=user, mention=mention, defaults={"at": timezone.now()})
    let_go(user, mention)


def assign(mentions: Iterable[Mention], to: User, user: User | None, reason: str = "") -> int:
    """Ask ``to`` to review the entries, in place of whoever was asked before; returns how many there are.

    Raises CannotAssign when ``to`` may not review.
    """
    require(user, Right.REVIEW)
    if not (to.is_active and to.has_perm(Right.REVIEW)):
        raise CannotAssign(f"{to} may not review entries. Choose an editor, or have an administrator make {to} one.")
    rows = [Assignment(mention=mention, user=to, by=user, reason=reason) for mention in mentions]
    Assignment.objects.bulk_create(
        rows, BATCH, update_conflicts=True, unique_fields=["mention"], update_fields=["user", "by", "reason", "at"]
    )
    return len(rows)


def _seize(key: int, user: User) -> bool:
    """Write the entry's lease in the name of ``user`` unless it is live in another's; whether it is theirs now."""
    now = timezone.now()
    free = Lease.objects.filter(mention=key).filter(Q(user=user) | Q(until__lte=now))
    if free.update(user=user, until=now + LEASE):
        return True
    try:
        with transaction.atomic():
            Lease.objects.create(mention_id=key, user=user, until=now + LEASE)
    except IntegrityError:
        return False
    return True
