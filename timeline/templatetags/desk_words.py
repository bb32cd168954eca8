"""What the desk's templates ask of messages and acts."""

from __future__ import annotations

from django import template
from django.contrib.auth.models import AbstractUser
from django.contrib.messages.storage.base import Message

from timeline.admin.acts import TAG
from timeline.models import Act

register = template.Library()


@register.filter
def act_to_undo(message: Message) -> int | None:
    """The key of the act that a message offers to undo (admin/acts.py: say_done), None where it offers nothing."""
    tag = message.extra_tags or ""
    key = tag.removeprefix(TAG)
    return int(key) if tag.startswith(TAG) and key.isdigit() else None


@register.filter
def may_undo(user: AbstractUser, act: Act) -> bool:
    """Whether the person's role includes what the act needed."""
    return user.has_perm(act.right)
