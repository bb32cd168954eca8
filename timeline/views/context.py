"""What every page knows: the site's name, and whether demonstration texts are on it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from timeline.models import Article


def site(request: HttpRequest) -> dict[str, Any]:
    """``demonstration`` is asked of the database only by a page that says it."""
    return {"site_name": settings.SITE_NAME, "demonstration": Article.objects.filter(is_demo=True).exists}
