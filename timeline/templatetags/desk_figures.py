"""The figures on the admin's front page, as a tag: the page itself stays Django's."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import RequestContext

from timeline.admin.dashboard import dashboard

register = template.Library()


@register.inclusion_tag("admin/timeline/dashboard.html", takes_context=True)
def desk_dashboard(context: RequestContext) -> dict[str, Any]:
    return dashboard(context["request"].user)
