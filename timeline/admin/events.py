"""Events in the admin: what readers see, and publishing it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.safestring import SafeString

from timeline.admin import event_tolls
from timeline.admin import merging as merging_desk
from timeline.admin.bulk import BulkAdmin
from timeline.admin.bulk_operations import OF_EVENTS
from timeline.admin.evidence import BesideReport, check_days
from timeline.admin.history import ReadableHistoryAdmin
from timeline.admin.person import editor
from timeline.admin.seen import SeenForm
from timeline.curation import events as event_desk
from timeline.curation import tolls
from timeline.curation.rights import Right
from timeline.models import Event, Mention
from timeline.query.datewords import in_words
from timeline.query.evidence import origins_in_words

TOLL = {"killed_low", "killed_best", "killed_high"}


class EventForm(SeenForm):
    reason = forms.CharField(
        required=False,
        help_text="Why, for the record of changes: readers of a published event will see it (optional).",
        widget=forms.TextInput(attrs={"size": 80}),
    )

    class Meta:
        model = Event
        widgets = {"title": forms.TextInput(attrs={"size": 80})}
        fields = ["title", "slug", "kind", "summary", "earliest", "latest", "precision", "place", "actors"]
        fields += ["killed_low", "killed_best", "killed_high", "toll_by_editor", "toll_basis"]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        numbers = [cleaned.get(name) for name in ("killed_low", "killed_best", "killed_high")]
        given = [number for number in numbers if number is not None]
        if given != sorted(given):
            self.add_error("killed_best", "Low must not be above best, nor best above high.")
        check_days(self)
        if TOLL & set(self.changed_data):
            cleaned["toll_by_editor"] = self.instance.toll_by_editor = True
            if "toll_basis" not in self.changed_data or not cleaned.get("toll_basis", "").strip():
                self.add_error(
                    "toll_basis", "Say here why these figures and not those of the rule: readers will see the reason."
                )
        elif cleaned.get("toll_by_editor") and not cleaned.get("toll_basis", "").strip():
            self.add_error("toll_basis", "Say here why these figures stand: readers will see the reason.")
        return cleaned


class MentionInline(BesideReport, admin.TabularInline):
    model = Mention
    fk_name = "event"
    verbose_name_plural = "entries that tell of it"
    fields = ["title", "kind", "earliest", "latest", "place", "status", "article", "beside_report"]
    readonly_fields = ["title", "kind", "earliest", "latest", "place", "status", "article", "beside_report"]
    extra = 0
    can_delete = False
    show_change_link = True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Event)
class EventAdmin(BulkAdmin, ReadableHistoryAdmin):
    form = EventForm
    change_form_template = "admin/timeline/event_form.html"
    inlines = [MentionInline]
    list_display = ["title", "kind", "date", "place", "killed", "source_count", "origins", "status", "on_the_site"]
    list_filter = [
        "status",
        "kind",
        "precision",
        "toll_by_editor",
        "contested",
        ("place__governorate", admin.RelatedOnlyFieldListFilter),
    ]
    list_select_related = ["place__governorate"]
    search_fields = ["title", "summary", "place__name", "slug"]
    autocomplete_fields = ["place", "actors"]
    date_hierarchy = "earliest"
    readonly_fields = [
        "status",
        "source_count",
        "origins",
        "published_at",
        "changed_at",
        "on_the_site",
        "withdrawn_reason",
    ]
    fieldsets = [
        (None, {"fields": ["title", "slug", ("status", "on_the_site"), "kind", "summary", "seen"]}),
        ("When and where", {"fields": [("earliest", "latest", "precision"), "place", "actors"]}),
        (
            "Killed",
            {
                "fields": [
                    ("killed_low", "killed_best", "killed_high"),
                    "toll_by_editor",
                    "toll_basis",
                    ("source_count", "origins"),
                ],
                "description": tolls.RULE,
            },
        ),
        ("Why", {"fields": ["reason"]}),
        ("Record", {"fields": ["published_at", "changed_at", "withdrawn_reason"], "classes": ["collapse"]}),
    ]
    actions = ["merge"]
    operations = OF_EVENTS
    one, many = "event", "events"

    def get_readonly_fields(self, request: HttpRequest, obj: Event | None = None) -> list[str]:
        """An address that has been public never changes."""
        return [*self.readonly_fields, "slug"] if obj and obj.published_at else list(self.readonly_fields)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Events are made from entries, so that each rests on a report."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Withdraw instead: what a reader may have cited does not vanish."""
        return False

    @admin.display(ordering="earliest", description="date of the event")
    def date(self, event: Event) -> str:
        return in_words(event.earliest, event.latest, event.precision)

    @admin.display(ordering="killed_best")
    def killed(self, event: Event) -> str:
        return event.killed_words or "not reported"

    @admin.display(ordering="origin_count", description="reports")
    def origins(self, event: Event) -> str:
        return origins_in_words(event)

    @admin.display(description="page")
    def on_the_site(self, event: Event) -> SafeString | str:
        return format_html('<a href="{}">{}</a>', event.get_absolute_url(), "see it") if event.pk else ""

    def has_change_permission(self, request: HttpRequest, obj: Event | None = None) -> bool:
        """Nothing more is decided on an event that was merged into another; its page can be looked at."""
        return super().has_change_permission(request, obj) and (obj is None or obj.status != Event.Status.MERGED)

    def save_model(self, request: HttpRequest, obj: Event, form: Any, change: bool) -> None:
        changes = {name: form.cleaned_data[name] for name in form.changed_data if name in event_desk.EVENT_FIELDS}
        if changes:
            event_desk.correct_event(obj, editor(request), changes, form.cleaned_data["reason"], form.considered)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """The actors are saved with the event's other fields."""
        for formset in formsets:
            self.save_formset(request, form, formset, change)

    def has_merge_permission(self, request: HttpRequest) -> bool:
        return editor(request).has_perm(Right.PUBLISH)

    @admin.action(description="Merge into one", permissions=["merge"])
    def merge(self, request: HttpRequest, events: QuerySet[Event]) -> HttpResponse | None:
        return merging_desk.merge(request, self, events)

    def get_urls(self) -> list[URLPattern]:
        split = self.admin_site.admin_view(lambda request, pk: merging_desk.split(request, self, pk))
        toll_desk = self.admin_site.admin_view(lambda request, pk: event_tolls.tolls_view(request, self, pk))
        return [
            path("<int:pk>/split/", split, name="timeline_event_split"),
            path("<int:pk>/tolls/", toll_desk, name="timeline_event_tolls"),
            *super().get_urls(),
        ]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        event = context.get("original")
        if event is not None:
            # As it stands: a form that was refused has put what was typed on the instance.
            context["toll_desk"] = event_tolls.panel(request, self, Event.objects.get(pk=event.pk))
        return super().render_change_form(request, context, *args, **kwargs)

    def get_search_results(self, request: HttpRequest, queryset: QuerySet[Event], term: str) -> Any:
        """To an event that was merged into another nothing can be linked: it is not offered."""
        if request.path.endswith("/autocomplete/"):
            queryset = queryset.exclude(status=Event.Status.MERGED)
        return super().get_search_results(request, queryset, term)
