"""Sources, actors and places in the admin: each change is an act, and what was merged is out of the way.

Proposed names have a page of their own (proposed_names.py); merging asks first which name is kept (merging_names.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from timeline.admin.acts import say_done
from timeline.admin.desk import DeskAdmin
from timeline.admin.history import ReadableHistoryAdmin
from timeline.admin.merging_names import choose_kept
from timeline.admin.person import editor
from timeline.admin.proposed_names import proposed_names
from timeline.admin.seen import SeenForm
from timeline.curation import names
from timeline.curation.acts import acting
from timeline.curation.rights import Right
from timeline.models import Actor, Place, Source


class OtherNamesFilter(admin.SimpleListFilter):
    """By default the names in use; the others on request."""

    title = "names"
    parameter_name = "names"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        rejected = [("rejected", "Found to be no source")] if model_admin.model is Source else []
        return [("also", "Also known as: merged into another"), *rejected, ("all", "All")]

    def choices(self, changelist: Any) -> Iterator[Any]:
        everything, *others = super().choices(changelist)
        yield {**everything, "display": "In use"}  # what stands without a choice
        yield from others

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        match self.value():
            case "also":
                return queryset.filter(merged_into__isnull=False).select_related("merged_into")
            case "rejected" if queryset.model is Source:
                return queryset.filter(status=Source.Status.REJECTED)
            case "all":
                return queryset
            case _:
                return queryset.standing()  # type: ignore[attr-defined]


class NameForm(SeenForm):
    reason = forms.CharField(
        required=False, help_text="Why, for the history (optional).", widget=forms.TextInput(attrs={"size": 80})
    )

    def clean_name(self) -> str:
        """As reports are stored: one space between words."""
        return " ".join(str(self.cleaned_data["name"]).split())


class KeptAdmin(DeskAdmin, ReadableHistoryAdmin):
    """Names stay: figures and events point to them."""

    form = NameForm
    actions = ["merge"]
    readonly_fields = ["other_name_of"]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_merge_permission(self, request: HttpRequest) -> bool:
        return editor(request).has_perm(Right.PUBLISH)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Where a name is chosen for a record, only those in use are offered."""
        found, duplicates = super().get_search_results(request, queryset, search_term)
        match = request.resolver_match
        if match and match.url_name == "autocomplete":
            found = found.standing().order_by("name")
        return found, duplicates

    def get_list_display(self, request: HttpRequest) -> Any:
        """Of a merged name it matters into which."""
        columns = list(super().get_list_display(request))
        return [*columns, "other_name_of"] if request.GET.get(OtherNamesFilter.parameter_name) else columns

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fields = [field for field in super().get_fields(request, obj) if field != "other_name_of"]
        return [*fields, "other_name_of"] if obj and obj.merged_into_id else fields

    @admin.display(description="another name of")
    def other_name_of(self, record: Any) -> SafeString | str:
        if record.merged_into_id is None:
            return ""
        address = reverse(f"admin:timeline_{record._meta.model_name}_change", args=[record.merged_into_id])
        return format_html('<a href="{}">{}</a>', address, record.merged_into)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        names.save_name(obj, editor(request), form.cleaned_data.get("reason", ""))

    @admin.action(description="Merge into one", permissions=["merge"])
    def merge(self, request: HttpRequest, records: QuerySet[Any]) -> HttpResponse | None:
        return choose_kept(request, self, records)


@admin.register(Source)
class SourceAdmin(KeptAdmin):
    list_display = ["name", "kind", "status", "claims", "reports", "notes_in_short"]
    list_filter = [OtherNamesFilter, "status", "kind"]
    search_fields = ["name", "notes"]
    prepopulated_fields = {"slug": ["name"]}
    actions = ["confirm", "reject", "merge"]

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(lambda request: proposed_names(request, self))
        return [path("proposed/", page, name="timeline_proposed_names"), *super().get_urls()]

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

    @admin.display(description="notes")
    def notes_in_short(self, source: Source) -> str:
        return source.notes if len(source.notes) <= _NOTE else f"{source.notes[:_NOTE]}…"

    @admin.action(description="Confirm as sources", permissions=["change"])
    def confirm(self, request: HttpRequest, sources: QuerySet[Source]) -> None:
        self._decide(request, names.confirm, sources, "confirmed")

    @admin.action(description="Reject: no sources", permissions=["change"])
    def reject(self, request: HttpRequest, sources: QuerySet[Source]) -> None:
        self._decide(request, names.reject, sources, "rejected")

    def _decide(self, request: HttpRequest, decide: Callable[..., int], sources: QuerySet[Source], done: str) -> None:
        try:
            with acting(editor(request), Right.KEEP_NAMES, f"{done} {len(sources)} names") as act:
                count = decide(list(sources), editor(request))
        except names.CannotKeep as error:
            self.message_user(request, f"{error} Nothing was changed.", messages.ERROR)
        else:
            say_done(request, act, f"Names {done}: {count}.")


_NOTE = 80  # characters of a source's notes in the list; the rest is on its page


@admin.register(Actor)
class ActorAdmin(KeptAdmin):
    list_display = ["name"]
    list_filter = [OtherNamesFilter]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(Place)
class PlaceAdmin(KeptAdmin):
    list_display = ["name", "name_ar", "kind", "governorate", "country", "latitude", "longitude"]
    list_filter = [OtherNamesFilter, "kind", "country", ("governorate", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["governorate"]
    search_fields = ["name", "name_ar", "other_names"]
    autocomplete_fields = ["governorate"]
    prepopulated_fields = {"slug": ["name"]}
