"""Who is at the desk."""

from __future__ import annotations

from typing import cast

from django.contrib.auth.models import User
from django.http import HttpRequest


def editor(request: HttpRequest) -> User:
    """The person logged in; the admin lets nobody else get this far."""
    return cast(User, request.user)
