"""The frame of everything that an editor does: one act, one transaction, one right, one line in the record of acts.

What is changed inside the frame belongs to the act, so that it can be shown as one thing and undone as one (undo.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from simple_history.signals import pre_create_historical_record

from timeline.curation.rights import Right, require
from timeline.models import Act


@dataclass(slots=True)
class _Frame:
    act: Act
    versions: int = 0


_frame: ContextVar[_Frame | None] = ContextVar("act", default=None)

WORDS_LENGTH = 400  # of Act.words

_WEIGHT = list(Right)  # they are declared from the lightest to the heaviest


@contextmanager
def acting(user: User | None, right: Right, words: str, reason: str = "") -> Iterator[Act]:
    """Do what is inside as one act of ``user``. ``words``: what is done, in the past tense.

    An act inside another is a part of it, though its own right is asked for too, and undoing the whole needs the
    heavier of the two. One that changes nothing leaves no trace. Raises NotAllowedTo before anything is done.
    """
    require(user, right)
    if outer := _frame.get():
        outer.act.right = max(Right(outer.act.right), right, key=_WEIGHT.index)
        versions = outer.versions
        try:
            with transaction.atomic():
                yield outer.act
        except BaseException:
            outer.versions = versions
            raise
        return
    with transaction.atomic():
        act = Act.objects.create(by=user, words=words[:WORDS_LENGTH], reason=reason, right=right)
        frame = _Frame(act)
        token = _frame.set(frame)
        try:
            yield act
        finally:
            _frame.reset(token)
        if not frame.versions:
            act.delete()
        elif act.right != right:
            act.save(update_fields=["right"])


def act_of_versions(count: int) -> Act | None:
    """The act that ``count`` versions about to be written in bulk belong to: bulk writing sends no signal."""
    if frame := _frame.get():
        frame.versions += count
        return frame.act
    return None


def current_act() -> Act | None:
    """The act that is under way here, if any."""
    frame = _frame.get()
    return frame.act if frame else None


def act_so_far() -> Act | None:
    """The act that is under way here, once it has changed something: what can be undone afterwards."""
    frame = _frame.get()
    return frame.act if frame and frame.versions else None


def _claim_version(*, history_instance: Any, **_: Any) -> None:
    """Every version that is written inside an act carries its key."""
    if frame := _frame.get():
        history_instance.act = frame.act
        frame.versions += 1


pre_create_historical_record.connect(_claim_version, dispatch_uid="timeline.acts")
