"""Reports in the admin. Adding one shows at once what was read in it; dating one resolves its relative dates.

How an undated report is dated is left to dating.py beside this file, and which reports are copies to origins.py.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from timeline.admin import addresses
from timeline.admin import dating as dating_desk
from timeline.admin import linking as linking_desk
from timeline.admin import origins as origin_desk
from timeline.admin.bulk import BulkAdmin
from timeline.admin.bulk_operations import OF_REPORTS
from timeline.admin.evidence import BesideReport
from timeline.admin.history import ReadableHistoryAdmin
from timeline.admin.person import editor
from timeline.admin.seen import SeenForm
from timeline.curation import dating
from timeline.curation.acts import acting
from timeline.curation.rights import Right
from timeline.curation.signing import save_signed
from timeline.ingest.copies import find_origin
from timeline.ingest.readers import MAX_TEXT_BYTES, normalised
from timeline.models import Article, Mention, TollClaim
from timeline.models.article import hash_text
from timeline.query.evidence import marks_of
from timeline.query.passages import segments


class ArticleForm(SeenForm):
    url = forms.URLField(label="Address", assume_scheme="https", required=False, max_length=1000)

    class Meta:
        model = Article
        fields = ["title", "outlet", "published", "url", "language", "reference", "text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 24, "cols": 110, "dir": "auto"})}

    def clean_published(self) -> dt.date | None:
        day = self.cleaned_data["published"]
        if day and day > timezone.localdate():
            raise forms.ValidationError(
                f"{day} is in the future. Give the day the report was published, or leave it empty."
            )
        return day

    def clean_text(self) -> str:
        text = normalised(self.cleaned_data["text"])
        if not text:
            raise forms.ValidationError("The report has no text. Paste its words here.")
        if len(text.encode()) > MAX_TEXT_BYTES:
            raise forms.ValidationError(
                f"This is over {MAX_TEXT_BYTES // 1_000_000} MB: more than one report. Paste one at a time."
            )
        known = Article.objects.filter(text_hash=hash_text(text)).first()
        if known:
            raise forms.ValidationError(f"This text is here already: “{known.title}” (report {known.pk}).")
        return text


class _ReadOnly:
    """Entries are looked at here and edited on their own page."""

    extra = 0
    can_delete = False
    show_change_link = True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class MentionInline(BesideReport, _ReadOnly, admin.TabularInline):
    model = Mention
    verbose_name_plural = "entries read in this report"
    fields = ["title", "kind", "earliest", "latest", "place", "status", "event", "confidence", "beside_report"]
    readonly_fields = ["beside_report"]


class TollInline(_ReadOnly, admin.TabularInline):
    model = TollClaim
    verbose_name_plural = "toll claims read in this report"
    fields = ["quote", "harm", "low", "high", "qualifier", "source", "scope", "status"]


# The first day that the engine proposed when the report came in.
PROPOSED = Q(extraction__suggested_published__0__date__isnull=False)


class DatedFilter(admin.SimpleListFilter):
    title = "publication day"
    parameter_name = "dated"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        undated = Article.objects.filter(published__isnull=True)
        proposed = undated.filter(PROPOSED)
        return [
            ("no", f"Undated ({undated.count()})"),
            ("proposed", f"Undated, a day proposed ({proposed.count()})"),
            ("yes", "Dated"),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        if self.value() == "yes":
            return queryset.filter(published__isnull=False)
        if self.value() in ("no", "proposed"):
            queryset = queryset.filter(published__isnull=True)
        return queryset.filter(PROPOSED) if self.value() == "proposed" else queryset


class CopiesFilter(admin.SimpleListFilter):
    title = "copies"
    parameter_name = "copies"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "In a group of copies"), ("no", "Of its own"), ("editor", "By an editor’s word")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        match self.value():
            case "yes":
                return queryset.filter(origin__isnull=False)
            case "no":
                return queryset.filter(origin__isnull=True)
            case "editor":
                return queryset.filter(origin_by_editor=True)
        return queryset


@admin.register(Article)
class ArticleAdmin(BulkAdmin, ReadableHistoryAdmin):
    form = ArticleForm
    list_display = [
        "title",
        "outlet",
        "published_or_undated",
        "entries",
        "to_review",
        "of_one_origin",
        "added_at",
    ]
    list_filter = [
        DatedFilter,
        CopiesFilter,
        "is_demo",
        ("outlet", admin.RelatedOnlyFieldListFilter),
        "language",
        "added_at",
    ]
    list_select_related = ["outlet"]
    operations = OF_REPORTS
    one, many = "report", "reports"
    search_fields = ["title", "text", "outlet__name"]
    autocomplete_fields = ["outlet"]
    date_hierarchy = "published"
    readonly_fields = ["marked_text", "engine_version", "added_at", "added_by", "is_demo"]
    actions = ["gather", "join", "look_again"]

    class Media:
        css = {"all": ["timeline/admin.css", "timeline/origin.css", "timeline/feeds.css"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        return super().get_queryset(request).defer("text", "extraction").counted()

    def get_fields(self, request: HttpRequest, obj: Article | None = None) -> list[str]:
        if obj is None:
            return ["title", "outlet", "published", "url", "language", "reference", "text"]
        head = ["title", "outlet", "published", "url", "language", "reference", "is_demo"]
        # The text of an undated report stands beside the days proposed for it.
        return [*head, *(["marked_text"] if obj.published else []), "engine_version", "added_at", "added_by", "seen"]

    def get_inlines(self, request: HttpRequest, obj: Article | None) -> list[Any]:
        return [MentionInline, TollInline] if obj else []

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """The text is given once; afterwards it never changes, so the box is gone."""
        if change:
            kwargs["form"] = type("ChangeForm", (ArticleForm,), {"clean_text": None})
        return super().get_form(request, obj, change, **kwargs)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A report stays: published figures point into its text."""
        return False

    @admin.display(ordering="published", description="published")
    def published_or_undated(self, article: Article) -> str:
        if article.published:
            return f"{article.published:%d %B %Y}"
        first = article.first_proposed  # type: ignore[attr-defined]
        return f"undated, perhaps {dt.date.fromisoformat(first):%d %B %Y}" if first else "undated"

    @admin.display(ordering="entry_count")
    def entries(self, article: Article) -> int:
        return article.entry_count  # type: ignore[attr-defined]

    @admin.display(ordering="waiting_count")
    def to_review(self, article: Article) -> int:
        return article.waiting_count  # type: ignore[attr-defined]

    @admin.display(description="copies", ordering="group_size")
    def of_one_origin(self, article: Article) -> str:
        size = article.group_size  # type: ignore[attr-defined]
        return f"{size - 1}" if size and size > 1 else ""

    @admin.display(description="text")
    def marked_text(self, article: Article) -> SafeString:
        cut = segments(article.text, marks_of(article, for_editors=True))
        return render_to_string("timeline/report.html#text", {"article": article, "segments": cut})

    def get_urls(self) -> list[URLPattern]:
        desks = {"day": dating_desk.set_day, "join": origin_desk.join, "part": origin_desk.part, "look": addresses.look}
        own = [
            path(
                f"<int:pk>/{name}/",
                self.admin_site.admin_view(self._decide),
                {"desk": desk},
                f"timeline_article_{name}",
            )
            for name, desk in desks.items()
        ]
        links = path("<int:pk>/links/", self.admin_site.admin_view(self.links), name="timeline_article_links")
        return [*own, links, *super().get_urls()]

    def links(self, request: HttpRequest, pk: int) -> HttpResponse:
        return linking_desk.links(request, self, pk)

    @admin.action(description="Gather into events as suggested", permissions=["change"])
    def gather(self, request: HttpRequest, articles: QuerySet[Article]) -> None:
        linking_desk.gather(request, articles)

    def _decide(self, request: HttpRequest, pk: int, desk: Callable[[HttpRequest, Article], None]) -> HttpResponse:
        """What an editor chose on one of the page's panels; back to the page, which says what came of it."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        article = get_object_or_404(Article, pk=pk)
        if not self.has_change_permission(request, article):
            raise PermissionDenied
        desk(request, article)
        return redirect("admin:timeline_article_change", article.pk)

    @admin.action(description="Join as copies of one report", permissions=["change"])
    def join(self, request: HttpRequest, articles: QuerySet[Article]) -> HttpResponse | None:
        context = {**self.admin_site.each_context(request), "title": "Join reports", "opts": self.model._meta}
        plain = Article.objects.filter(pk__in=articles.values("pk")).defer("text", "extraction")
        return origin_desk.join_selected(request, plain, context)

    def has_review_permission(self, request: HttpRequest) -> bool:
        return editor(request).has_perm(Right.REVIEW)

    @admin.action(description="Look at their addresses again now", permissions=["review"])
    def look_again(self, request: HttpRequest, articles: QuerySet[Article]) -> None:
        for article in articles:
            addresses.look(request, article)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        article = context.get("original")
        if article is not None:
            context["dating"] = dating_desk.panel(article)
            context["linking"] = linking_desk.context_of(request, article)
            context["origin"] = origin_desk.panel(article)
            context["may_review"] = may_review = request.user.has_perm(Right.REVIEW)
            context["to_review"] = may_review and article.mentions.untouched().exists()
            context["at_address"] = addresses.panel(article)
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Article, form: Any, change: bool) -> None:
        """A report added or its particulars corrected is an act, as any decision is."""
        changed = [name for name in form.changed_data if name != "seen"]
        if change and not changed:
            return
        words, right = (f"changed “{obj}”", Right.REVIEW) if change else (f"added “{obj}”", Right.ADD_REPORTS)
        with acting(editor(request), right, words):
            if not change:
                obj.added_by = editor(request)
            save_signed(obj, editor(request), fields=changed if change else None)
            if not change or "published" in changed:
                self._read(request, obj)
            if not change:
                find_origin(obj)

    def _read(self, request: HttpRequest, article: Article) -> None:
        """Run the engine on a report that is new or has another day, and say what came of it."""
        changes = dating.read_again(article, editor(request), f"the day of “{article}” was set")
        new = "new entry" if changes.added == 1 else "new entries"
        self.message_user(
            request, f"Read: {changes.added} {new}, {changes.kept} as before, {changes.protected} left as decided."
        )
        if changes.disagreements:
            link = reverse("admin:timeline_mention_changelist") + f"?engine=disagrees&q={quote(article.title)}"
            words = 'Decided entries that now read otherwise, an open date among them perhaps: {}. <a href="{}">See them</a>'
            self.message_user(request, format_html(words, changes.disagreements, link), messages.WARNING)

    def response_add(self, request: HttpRequest, obj: Article, post_url_continue: str | None = None) -> Any:
        """Straight on to the report with what was read in it."""
        super().response_add(request, obj, post_url_continue)  # says what was added
        return redirect("admin:timeline_article_change", obj.pk)
