"""'How well the rules read': the desk's page on the engine, and the filter that lists the entries a rule got wrong."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse

from timeline.models import Mention, TollClaim
from timeline.query.rule_quality import (
    OF_CLAIMS,
    QUESTIONS,
    RuleRecord,
    Scope,
    rule_quality,
    wrong_ones,
    years_and_languages,
)

TITLE = "How well the rules read"


def rules(request: HttpRequest, mentions: admin.ModelAdmin[Mention]) -> HttpResponse:
    """The page. Whoever may see the entries may see it. A year or language that no report has is left out of account."""
    if not mentions.has_view_permission(request):
        raise PermissionDenied
    years, languages = years_and_languages()
    scope = _scope(request, years, languages)
    quality = rule_quality(scope)
    context = {
        **mentions.admin_site.each_context(request),
        "title": TITLE,
        "opts": Mention._meta,
        "quality": quality,
        "parts": [
            (part, QUESTIONS[part], [(record, _address(record, scope)) for record in records])
            for part, records in quality.parts.items()
        ],
        "scope": scope,
        "years": years,
        "languages": languages,
    }
    return TemplateResponse(request, "admin/timeline/rules.html", context)


def _scope(request: HttpRequest, years: list[int], languages: list[str]) -> Scope:
    language, year = request.GET.get("language", ""), request.GET.get("year", "")
    return Scope(
        language=language if language in languages else None,
        year=next((known for known in years if str(known) == year), None),
    )


def _address(record: RuleRecord, scope: Scope) -> str:
    """Of the list of the entries, or claims, that the rule got wrong; empty where there are none."""
    if not record.wrong:
        return ""
    model = "tollclaim" if record.part in OF_CLAIMS else "mention"
    key = _SEPARATOR.join((record.part, scope.language or "", str(scope.year or ""), record.rule))
    return f"{reverse(f'admin:timeline_{model}_changelist')}?{urlencode({WrongFilter.parameter_name: key})}"


_SEPARATOR = "~"


class WrongFilter(admin.SimpleListFilter):
    """The entries that one rule got wrong, as the page links to them. It offers nothing by itself."""

    title = "rule, where it was wrong"
    parameter_name = "wrong"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        key = request.GET.get(self.parameter_name, "")
        read = _read(key)
        return [(key, read[1])] if read else []

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        read = _read(self.value() or "")
        if read is None:
            return queryset
        part, rule, scope = read
        if (part in OF_CLAIMS) != (queryset.model is TollClaim):
            return queryset.none()
        return queryset.filter(pk__in=wrong_ones(part, rule, scope))


def _read(key: str) -> tuple[str, str, Scope] | None:
    """Part, rule and scope of a filter's value; None where it is none."""
    pieces = key.split(_SEPARATOR, 3)
    if len(pieces) < 4 or pieces[0] not in QUESTIONS:
        return None
    part, language, year, rule = pieces
    return part, rule, Scope(language or None, int(year) if year.isdecimal() and len(year) <= 4 else None)
