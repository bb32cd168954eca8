"""Sources, actors, places and the people at the desk, in the admin."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from simple_history.admin import SimpleHistoryAdmin

from timeline.models import Actor, Place, Source


class KeptAdmin(SimpleHistoryAdmin):
    """Names stay: figures and events point to them."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Source)
class SourceAdmin(KeptAdmin):
    list_display = ["name", "kind", "status", "claims", "reports"]
    list_filter = ["status", "kind"]
    search_fields = ["name", "notes"]
    prepopulated_fields = {"slug": ["name"]}
    actions = ["confirm"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Source]:
        counted = super().get_queryset(request)
        return counted.annotate(
            claim_count=Count("toll_claims", distinct=True), article_count=Count("articles", distinct=True)
        )

    @admin.display(ordering="claim_count", description="toll claims")
    def claims(self, source: Source) -> int:
        return source.claim_count  # type: ignore[attr-defined]

    @admin.display(ordering="article_count", description="reports published")
    def reports(self, source: Source) -> int:
        return source.article_count  # type: ignore[attr-defined]

    @admin.action(description="Confirm the proposed names", permissions=["change"])
    def confirm(self, request: HttpRequest, sources: QuerySet[Source]) -> None:
        confirmed = 0
        for source in sources.filter(status=Source.Status.PROPOSED):
            source.status = Source.Status.KNOWN
            source.save()
            confirmed += 1
        self.message_user(request, f"Names confirmed: {confirmed}.")


@admin.register(Actor)
class ActorAdmin(KeptAdmin):
    list_display = ["name"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(Place)
class PlaceAdmin(KeptAdmin):
    list_display = ["name", "name_ar", "kind", "governorate", "country", "latitude", "longitude"]
    list_filter = ["kind", "country", ("governorate", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["governorate"]
    search_fields = ["name", "name_ar", "other_names"]
    autocomplete_fields = ["governorate"]
    prepopulated_fields = {"slug": ["name"]}


admin.site.unregister(User)


@admin.register(User)
class PersonAdmin(UserAdmin):
    """People are made inactive, not deleted: the history names them."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
