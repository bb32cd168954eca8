"""What an editor has typed and not saved, kept as they type: the address that static/timeline/desk.js speaks to.

Whoever is not logged in any more is told so in a way that a script understands, instead of being sent to the login page.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import Any

from django.contrib import admin
from django.contrib.auth.models import User
from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from timeline.admin.person import editor
from timeline.admin.sent import number
from timeline.ingest.readers import MAX_TEXT_BYTES
from timeline.models import Draft

KEPT = dt.timedelta(days=30)  # longer than a holiday; what nobody came back to by then is not wanted any more
KEPT_AT_MOST = 100  # drafts a person; an editor with that many open forms has lost sight of the first
MAX_BYTES = MAX_TEXT_BYTES + 200_000  # a pasted report of the largest size, and the form around it
_KEY = re.compile(r"(?!import:)[a-z]+(:[\w-]+)+", re.ASCII)  # what begins so is a file that waits (tables.py)
_LONGEST_KEY = 300  # of Draft.key and Presence.key


class NotADraft(ValueError):
    """What was sent cannot be kept; says why, and the status of the answer."""

    def __init__(self, why: str, status: int = 400) -> None:
        self.status = status
        super().__init__(why)


def answer_for(request: HttpRequest) -> JsonResponse | None:
    """What to answer whoever may not speak to the desk's own addresses: logged out, or logged in as another person."""
    if not admin.site.has_permission(request):
        return JsonResponse({"why": "logged out"}, status=401)
    drawn_for = request.POST.get("user") or request.GET.get("user") or ""
    if drawn_for and drawn_for != str(request.user.pk):
        return JsonResponse({"why": "another person", "person": str(request.user)}, status=409)
    return None


def key_in(request: HttpRequest) -> str:
    key = request.POST.get("key") or request.GET.get("key") or ""
    if len(key) > _LONGEST_KEY or not _KEY.fullmatch(key):
        raise NotADraft(f"{key[:80]!r} is no key of a form. One is “mention:5:change” or “article:add”.")
    return key


@never_cache
@require_http_methods(["GET", "POST", "DELETE"])
def draft(request: HttpRequest) -> JsonResponse:
    """GET what was typed into the form ``key``, POST it (``fields``, JSON, and ``seen``), DELETE it. Always one's own.

    Every answer brings the token that the next request needs: it changes with each login.
    """
    if refused := answer_for(request):
        return refused
    user = editor(request)
    answer: dict[str, Any] = {"user": user.pk, "csrf": get_token(request)}
    try:
        key = key_in(request)
        if request.method == "DELETE":
            drop(user, key)
        elif request.method == "POST":
            kept = keep(user, key, _fields(request.POST.get("fields", "")), number(request.POST.get("seen")))
            answer["saved_at"] = kept.saved_at if kept else None
        elif found := Draft.objects.filter(user=user, key=key, saved_at__gte=timezone.now() - KEPT).first():
            answer["draft"] = {"fields": found.fields, "seen": found.seen, "saved_at": found.saved_at}
    except NotADraft as error:
        return JsonResponse({"why": str(error)}, status=error.status)
    return JsonResponse(answer)


def keep(user: User, key: str, fields: dict[str, Any], seen: int | None) -> Draft | None:
    """Keep what was typed in the place of what was kept before; nothing typed is no draft."""
    if not fields:
        drop(user, key)
        return None
    kept, is_new = Draft.objects.update_or_create(user=user, key=key, defaults={"fields": fields, "seen": seen})
    if is_new:
        Draft.objects.filter(saved_at__lt=timezone.now() - KEPT).delete()
        newest_first = Draft.objects.filter(user=user).order_by("-saved_at", "-pk").values_list("pk", flat=True)
        Draft.objects.filter(pk__in=list(newest_first[KEPT_AT_MOST:])).delete()
    return kept


def drop(user: User, key: str) -> None:
    """What was typed is saved, or not wanted."""
    Draft.objects.filter(user=user, key=key).delete()


def _fields(sent: str) -> dict[str, dict[str, list[str]]]:
    """Names of the form's fields, each with its ``values`` and, of a choice, their ``words``."""
    if len(sent.encode(errors="replace")) > 2 * MAX_BYTES:
        raise NotADraft(_TOO_LONG, 413)
    try:
        read = json.loads(sent)
        fields = {
            _plain(name): {
                part: [_plain(text) for text in field[part]] for part in ("values", "words") if part in field
            }
            for name, field in read.items()
        }
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise NotADraft("fields: not the fields of a form, with their values.") from error
    if sum(len(text.encode()) for field in fields.values() for texts in field.values() for text in texts) > MAX_BYTES:
        raise NotADraft(_TOO_LONG, 413)
    return fields


_TOO_LONG = f"fields: over {MAX_BYTES // 1_000_000} MB. That is too long to be kept as a draft."


def _plain(text: Any) -> str:
    """Text as every database takes it: PostgreSQL stores no NUL, and half a surrogate pair is no character."""
    if not isinstance(text, str):
        raise TypeError(f"{type(text).__name__} where text was expected")
    return text.replace("\0", " ").encode(errors="replace").decode()
