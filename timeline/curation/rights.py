"""Who may do what at the desk: four roles, each with the rights of those before it.

The rights are Django's permissions, the roles its groups, so that the admin shows and hides by the same measure. What
decides is the check in each function of curation/: a page that forgets to hide a button gives nothing away.
"""

from __future__ import annotations

from enum import StrEnum

from django.contrib.auth.models import Group, Permission, User
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet


class Right(StrEnum):
    """A permission, as ``User.has_perm`` takes it; from the lightest to the heaviest."""

    ADD_REPORTS = "timeline.add_article"
    REVIEW = "timeline.review_mention"  # accept, correct, reject, link, discount, date, draft an event
    KEEP_NAMES = "timeline.change_source"  # confirm, rename and reject sources, places and actors
    PUBLISH = "timeline.publish_event"  # publish, withdraw, merge and split; merge names
    KEEP_FEEDS = "timeline.change_feed"
    IMPORT = "timeline.import_tables"


_IN_WORDS = {
    Right.ADD_REPORTS: "add reports",
    Right.REVIEW: "review entries",
    Right.KEEP_NAMES: "keep the names of sources and places",
    Right.PUBLISH: "publish, withdraw, merge or split",
    Right.KEEP_FEEDS: "keep the feeds",
    Right.IMPORT: "import tables",
}

_RECORDS = ("article", "mention", "tollclaim", "event", "source", "actor", "place")

_CONTRIBUTOR = {"add_article", *(f"view_{record}" for record in _RECORDS)}
_EDITOR = {
    *(f"change_{record}" for record in _RECORDS),
    *(
        "review_mention",
        "add_source",
        "add_actor",
        "add_place",
        "add_tollclaim",
        "add_mention",
        "view_act",
        "view_feed",
    ),
}
_ADMINISTRATOR = {
    *("import_tables", "add_feed", "change_feed", "view_user", "add_user", "change_user", "view_group"),
}

ROLES: dict[str, set[str]] = {
    "Contributor": _CONTRIBUTOR,
    "Editor": _CONTRIBUTOR | _EDITOR,
    "Publisher": _CONTRIBUTOR | _EDITOR | {"publish_event"},
    "Administrator": _CONTRIBUTOR | _EDITOR | {"publish_event"} | _ADMINISTRATOR,
}


class NotAllowedTo(PermissionDenied):
    """The person's role does not include what was asked for; says what is missing."""


def require(user: User | None, right: Right) -> None:
    """Raise NotAllowedTo unless ``user`` has the right. None is a command or a recorded decision, which may do all."""
    if user is not None and not user.has_perm(right):
        raise NotAllowedTo(f"{user} may not {_IN_WORDS[right]}. An administrator can give a role that may.")


def who_may(right: Right) -> QuerySet[User]:
    """The people in use who have the right, by name."""
    return User.objects.with_perm(right).order_by("username")


def make_roles() -> None:
    """Create the four groups with their permissions; one that exists is left as the administrators have made it."""
    for name, codenames in ROLES.items():
        group, is_new = Group.objects.get_or_create(name=name)
        if is_new:
            found = Permission.objects.filter(content_type__app_label__in=["timeline", "auth"], codename__in=codenames)
            group.permissions.set(found)
