"""Sources, actors and places in the admin."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from simple_history.admin import SimpleHistoryAdmin

from timeline.models import Actor, Place, Source


@admin.register(Source)
class SourceAdmin(SimpleHistoryAdmin):
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
        self.message_user(request, f"{confirmed} names confirmed.")


@admin.register(Actor)
class ActorAdmin(SimpleHistoryAdmin):
    list_display = ["name"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(Place)
class PlaceAdmin(SimpleHistoryAdmin):
    list_display = ["name", "name_ar", "kind", "governorate", "country", "latitude", "longitude"]
    list_filter = ["kind", "country", ("governorate", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["governorate"]
    search_fields = ["name", "name_ar", "other_names"]
    autocomplete_fields = ["governorate"]
    prepopulated_fields = {"slug": ["name"]}
