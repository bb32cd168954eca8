"""The same decision on many records, as one act: what can be done is done, what cannot says why and holds nobody up.

Looking ahead does it all and takes it back, so that what is shown before is what happens after.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction

from timeline.curation.acts import WORDS_LENGTH, acting
from timeline.curation.rights import Right
from timeline.models import Act


@dataclass(frozen=True, slots=True)
class Decision:
    """What is to be done to each record. ``says`` is what a person looks at, before and after: 'Shelling', 'accepted'."""

    right: Right
    past: str  # how the act's words begin: "accepted", "linked"
    do: Callable[[Any, User | None, str], object]  # record, user, reason
    says: Callable[[Any], str]
    end: str = ""  # and how they end: " to “…”"

    def words(self, count: int, noun: str) -> str:
        """'linked 3 entries to “…”'."""
        return f"{self.past} {count:,} {noun}{self.end}"[:WORDS_LENGTH]

    def words_of_one(self, record: Any) -> str:
        """'linked “Shelling in Homs” to “…”'."""
        return f"{self.past} “{record}”{self.end}"[:WORDS_LENGTH]


@dataclass(frozen=True, slots=True)
class Line:
    """A record with what it said before and says after; ``why_not`` where nothing can be done to it."""

    record: Any
    before: str
    after: str
    why_not: str = ""

    @property
    def changes(self) -> bool:
        return not self.why_not and self.before != self.after


@dataclass(slots=True)
class Done:
    """``lines`` has one a record, in their order. ``act`` is None where nothing was changed that could be undone."""

    lines: list[Line] = field(default_factory=list)
    act: Act | None = None

    @property
    def count(self) -> int:
        return sum(not line.why_not for line in self.lines)

    @property
    def refused(self) -> list[Line]:
        return [line for line in self.lines if line.why_not]


def decide(decision: Decision, records: Sequence[Any], noun: str, user: User | None, reason: str = "") -> Done:
    """Do it to every record, in one act. ``noun``: 'entries', for the act's words. Raises NotAllowedTo."""
    done = Done()
    with acting(user, decision.right, decision.words(len(records), noun), reason) as act:
        for record in records:
            done.lines.append(_one(decision, record, user, reason))
        one = [line.record for line in done.lines if not line.why_not]
        act.words = decision.words_of_one(one[0]) if len(one) == 1 else decision.words(done.count, noun)
        act.save(update_fields=["words"])
    done.act = act if act.pk else None
    return done


def look_ahead(decision: Decision, records: Sequence[Any], noun: str, user: User | None, reason: str = "") -> Done:
    """What ``decide`` would do now. Nothing is kept."""
    with transaction.atomic():
        done = decide(decision, records, noun, user, reason)
        transaction.set_rollback(True)
    return done


def _one(decision: Decision, record: Any, user: User | None, reason: str) -> Line:
    before = decision.says(record)
    try:
        with transaction.atomic():
            decision.do(record, user, reason)
    except (ValueError, ValidationError) as error:
        why = "; ".join(error.messages) if isinstance(error, ValidationError) else str(error)
        return Line(record, before, before, why)
    return Line(record, before, decision.says(record))
