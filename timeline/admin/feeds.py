"""Feeds in the admin: adding one after trying it out, how reading goes in words, reading one now."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from timeline.admin.acts import say_done
from timeline.admin.history import ReadableHistoryAdmin
from timeline.admin.person import editor
from timeline.admin.sent import number
from timeline.curation import feeds as feed_desk
from timeline.curation.rights import Right
from timeline.ingest.feeds import TRIES
from timeline.ingest.fetching import NotFetched, check
from timeline.models import Act, Feed
from timeline.query.feed_state import state
from timeline.tasks import NoBroker

# Minutes between two readings: oftener is bad manners, and a feed that is read less than weekly has lost entries by then.
OFTENEST, SELDOMEST = 5, 7 * 24 * 60
# Entries shown on a feed's page, and when it is tried out.
SHOWN = 20


class FeedForm(forms.ModelForm):
    address = forms.URLField(
        assume_scheme="https",
        max_length=1000,
        widget=forms.URLInput(attrs={"size": 80}),
        help_text="Of the feed itself (RSS or Atom), not of the page that offers it.",
    )
    every = forms.IntegerField(label="Minutes between readings", min_value=OFTENEST, max_value=SELDOMEST, initial=60)
    reason = forms.CharField(
        required=False, help_text="Why, for the history (optional).", widget=forms.TextInput(attrs={"size": 80})
    )

    class Meta:
        model = Feed
        fields = ["address", "outlet", "every", "active"]

    def clean_address(self) -> str:
        address = str(self.cleaned_data["address"])
        if "address" in self.changed_data or not self.instance.pk:
            try:
                check(address)
            except NotFetched as error:
                raise forms.ValidationError(f"{error.reason[:1].upper()}{error.reason[1:]}. {error.mend}") from error
        return address


class StateFilter(admin.SimpleListFilter):
    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("bad", "Something is wrong"), ("good", "In order"), ("off", "Switched off")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Feed]) -> QuerySet[Feed]:
        match self.value():
            case "bad":
                return queryset.exclude(error="")
            case "good":
                return queryset.filter(active=True, error="")
            case "off":
                return queryset.filter(active=False)
        return queryset


@admin.register(Feed)
class FeedAdmin(ReadableHistoryAdmin):
    form = FeedForm
    list_display = ["address", "outlet", "state", "reports"]
    list_filter = [StateFilter, ("outlet", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["outlet"]
    search_fields = ["address", "outlet__name"]
    autocomplete_fields = ["outlet"]
    readonly_fields = ["state", "now_at", "latest_entries"]
    actions = ["read_now", "switch_off", "switch_on"]
    change_form_template = "admin/timeline/feed_form.html"

    class Media:
        css = {"all": ["timeline/admin.css", "timeline/feeds.css"]}

    def get_fields(self, request: HttpRequest, obj: Feed | None = None) -> list[str]:
        fields = ["address", "outlet", "every", "active"]
        if obj is None:
            return [*fields, "reason"]
        return ["state", *(["now_at"] if obj.moved_to else []), *fields, "reason", "latest_entries"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Feed]:
        return (
            super().get_queryset(request).annotate(report_count=Count("articles", filter=Q(articles__version_of=None)))
        )

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Switch it off instead: reports say which feed they came from."""
        return False

    def has_keep_permission(self, request: HttpRequest) -> bool:
        return editor(request).has_perm(Right.KEEP_FEEDS)

    @admin.display(description="state")
    def state(self, feed: Feed) -> SafeString:
        now = state(feed)
        words = '<span class="feed-state{}">{} <span class="when">{}</span></span>'
        return format_html(words, " bad" if now.bad else "", now.words, now.when)

    @admin.display(description="moved for good to")
    def now_at(self, feed: Feed) -> SafeString:
        words = "{} (it is read there; give this as the address, if it is the same feed)"
        return format_html(words, feed.moved_to)

    @admin.display(ordering="report_count")
    def reports(self, feed: Feed) -> SafeString | int:
        count: int = feed.report_count  # type: ignore[attr-defined]
        if not count:
            return 0
        address = reverse("admin:timeline_article_changelist") + f"?feed__id__exact={feed.pk}"
        return format_html('<a href="{}">{}</a>', address, count)

    @admin.display(description="latest entries")
    def latest_entries(self, feed: Feed) -> SafeString:
        entries = feed.entries.select_related("article")[:SHOWN]
        return render_to_string("admin/timeline/feed_entries.html", {"entries": entries, "tries": TRIES})

    def save_model(self, request: HttpRequest, obj: Feed, form: Any, change: bool) -> None:
        act = feed_desk.save_feed(obj, editor(request), form.cleaned_data.get("reason", ""))
        request.feed_act = act  # type: ignore[attr-defined]

    def message_user(self, request: HttpRequest, message: Any, level: Any = messages.INFO, **more: Any) -> None:
        act: Act | None = getattr(request, "feed_act", None)
        if act and level == messages.SUCCESS:
            say_done(request, act, message)
        else:
            super().message_user(request, message, level, **more)

    # ---- Trying one out, and reading it now ----

    def get_urls(self) -> list[URLPattern]:
        shown = self.admin_site.admin_view
        return [
            path("try/", shown(self.try_out), name="timeline_feed_try"),
            path("<int:pk>/read/", shown(self.read_one), name="timeline_feed_read"),
            *super().get_urls(),
        ]

    def try_out(self, request: HttpRequest) -> HttpResponse:
        """What the feed in the form has now. Nothing is saved; the page offers to."""
        if not self.has_keep_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return redirect("admin:timeline_feed_add")
        pk = number(request.POST.get("pk"))
        feed = get_object_or_404(Feed, pk=pk) if pk is not None else None
        form = FeedForm(request.POST, instance=feed)
        entries, problem = [], ""
        if form.is_valid():
            try:
                entries = feed_desk.try_out(form.cleaned_data["address"], editor(request))
            except NotFetched as error:
                problem = str(error)
        given = [(name, request.POST[name]) for name in form.fields if name in request.POST]
        context = {
            **self.admin_site.each_context(request),
            "title": "What the feed has now",
            "opts": self.model._meta,
            "form": form,
            "entries": entries[:SHOWN],
            "count": len(entries),
            "problem": problem,
            "save_to": reverse("admin:timeline_feed_change", args=[feed.pk])
            if feed
            else reverse("admin:timeline_feed_add"),
            "given": given,
            "back_to": reverse("admin:timeline_feed_change", args=[feed.pk])
            if feed
            else f"{reverse('admin:timeline_feed_add')}?{urlencode(given)}",
        }
        return TemplateResponse(request, "admin/timeline/feed_try.html", context)

    def read_one(self, request: HttpRequest, pk: int) -> HttpResponse:
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        feed = get_object_or_404(Feed, pk=pk)
        self._read(request, feed)
        return redirect("admin:timeline_feed_change", feed.pk)

    def _read(self, request: HttpRequest, feed: Feed) -> None:
        if not feed.active:
            messages.error(request, f"The feed {feed} is switched off: switch it on first.")
            return
        try:
            reading = feed_desk.read_now(feed, editor(request))
        except NoBroker as error:
            messages.error(request, str(error))
            return
        if reading is None:
            messages.info(request, f"A worker will read {feed}.")
        elif reading.error:
            messages.error(request, f"Not read: {reading}")
        else:
            level = messages.WARNING if reading.failures else messages.SUCCESS
            messages.add_message(request, level, f"Read: {reading}")

    @admin.action(description="Read now", permissions=["keep"])
    def read_now(self, request: HttpRequest, feeds: QuerySet[Feed]) -> None:
        for feed in feeds:
            self._read(request, feed)

    @admin.action(description="Switch off", permissions=["keep"])
    def switch_off(self, request: HttpRequest, feeds: QuerySet[Feed]) -> None:
        self._switch(request, feeds.filter(active=True), False)

    @admin.action(description="Switch on", permissions=["keep"])
    def switch_on(self, request: HttpRequest, feeds: QuerySet[Feed]) -> None:
        self._switch(request, feeds.filter(active=False), True)

    def _switch(self, request: HttpRequest, feeds: QuerySet[Feed], active: bool) -> None:
        found = list(feeds)
        if not found:
            messages.info(request, f"All of these are switched {'on' if active else 'off'} already.")
            return
        act = feed_desk.switch(found, active, editor(request))
        say_done(
            request, act, f"{len(found)} feed{'s' if len(found) > 1 else ''} switched {'on' if active else 'off'}."
        )
