"""Who has a record open now. Its pages (the entry's own and the one for reviewing it) count as one; none has a say in it.

A page that is open says so every 20 seconds (static/timeline/desk-presence.js).
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib.auth.models import User
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from timeline.admin.drafts import NotADraft, answer_for, key_in
from timeline.admin.person import editor
from timeline.models import Presence

GONE_AFTER = dt.timedelta(seconds=45)  # two signs of life missed, and a slow line
FORGOTTEN_AFTER = dt.timedelta(hours=1)
MOST = 200  # records a person: nobody has more open, and a program that names others would fill the table


def key_of(record: Any) -> str:
    """“mention:5”, whichever page shows it."""
    return f"{record._meta.model_name}:{record.pk}"


@never_cache
@require_POST
def presence(request: HttpRequest) -> JsonResponse:
    """Say that the person has the record ``key`` open, and be told who else has."""
    if refused := answer_for(request):
        return refused
    try:
        key = key_in(request)
    except NotADraft as error:
        return JsonResponse({"why": str(error)}, status=error.status)
    user = editor(request)
    is_here(user, key)
    return JsonResponse({"others": [{"name": name_of(one.user), "since": one.since} for one in others(user, key)]})


def is_here(user: User, key: str) -> None:
    """Note a sign of life; one after a silence begins a new stay."""
    now = timezone.now()
    if Presence.objects.filter(user=user, key=key, at__gte=now - GONE_AFTER).update(at=now):
        return
    Presence.objects.update_or_create(user=user, key=key, defaults={"since": now, "at": now})
    Presence.objects.filter(user=user, at__lt=now - FORGOTTEN_AFTER).delete()
    newest_first = Presence.objects.filter(user=user).order_by("-at", "-pk").values_list("pk", flat=True)
    Presence.objects.filter(pk__in=list(newest_first[MOST:])).delete()


def others(user: User, key: str) -> list[Presence]:
    """Who else has the record open, the first first. One query."""
    open_now = Presence.objects.filter(key=key, at__gte=timezone.now() - GONE_AFTER).exclude(user=user)
    return list(open_now.select_related("user").order_by("since"))


def name_of(user: User) -> str:
    return user.get_full_name() or user.get_username()
