"""Extracted entries and toll claims in the admin: each beside the sentence that says it."""

from __future__ import annotations

import json
from typing import Any, cast

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.forms import BaseModelFormSet, ModelForm
from django.http import HttpRequest
from django.urls import path
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from timeline.admin import desk
from timeline.admin.addresses import claim_at_its_address
from timeline.admin.bulk import BulkAdmin
from timeline.admin.bulk_operations import OF_CLAIMS, OF_MENTIONS
from timeline.admin.evidence import EvidenceForm, check_days, sentence_html
from timeline.admin.history import ReadableHistoryAdmin
from timeline.admin.person import editor
from timeline.admin.review import addresses
from timeline.admin.rules import WrongFilter, rules
from timeline.curation import events as event_desk
from timeline.curation import review
from timeline.models import Mention, TollClaim
from timeline.models.mention import UNSURE
from timeline.models.tollwords import claim_in_words
from timeline.query.datewords import in_words


class UndatedFilter(admin.SimpleListFilter):
    title = "date"
    parameter_name = "dated"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("no", "Without a date"), ("yes", "With a date"), ("unsure", "With an unsure date")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Mention]) -> QuerySet[Mention]:
        if self.value() in {"yes", "no"}:
            return queryset.filter(earliest__isnull=self.value() == "no")
        if self.value() == UNSURE:
            return queryset.filter(date_is_unsure=True)
        return queryset


class DisagreementFilter(admin.SimpleListFilter):
    title = "engine"
    parameter_name = "engine"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("disagrees", "Disagrees with an editor")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Mention]) -> QuerySet[Mention]:
        return queryset.filter(disagrees=True) if self.value() == "disagrees" else queryset


class MentionForm(EvidenceForm):
    actors = forms.CharField(
        required=False, help_text="Names, separated by semicolons.", widget=forms.TextInput(attrs={"size": 80})
    )
    reason = forms.CharField(
        required=False,
        help_text="Why (optional). Readers of a published event find it in its record of changes.",
        widget=forms.TextInput(attrs={"size": 80}),
    )

    class Meta:
        widgets = {"title": forms.TextInput(attrs={"size": 80})}
        model = Mention
        fields = ["kind", "title", "earliest", "latest", "precision", "place", "event"]

    afterwards = "Saving a change of yours makes the entry “corrected”, whatever was decided on it meanwhile."

    def beside(self, record: Any) -> dict[str, Any]:
        return {**super().beside(record), "actors": "; ".join(record.actors)}

    def clean_actors(self) -> list[str]:
        return [name.strip() for name in self.cleaned_data["actors"].split(";") if name.strip()]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        check_days(self)
        if "event" in self.changed_data and self.instance.pk:
            try:
                event_desk.keep_one(Mention.objects.select_related("event").get(pk=self.instance.pk))
                if event := cleaned.get("event"):
                    event_desk.refuse_merged(event)
            except (event_desk.LastEntry, event_desk.MergedAway) as error:
                self.add_error("event", str(error))
        return cleaned


class TollForm(EvidenceForm):
    class Meta:
        model = TollClaim
        fields = ["harm", "low", "high", "qualifier", "victims", "source", "via", "part_of", "scope", "discounted"]

    afterwards = "Saving a change of yours makes the toll “corrected”, whatever was decided on it meanwhile."

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.article and "part_of" in self.fields:  # it is not there for who may only look
            others = TollClaim.objects.filter(article=self.article).exclude(pk=self.instance.pk)
            cast(forms.ModelChoiceField, self.fields["part_of"]).queryset = others

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        low, high = cleaned.get("low"), cleaned.get("high")
        if low is None and high is None and not self.errors:
            self.add_error("low", "Give a low or a high figure. A toll without a number is no toll claim.")
        if low is not None and high is not None and low > high:
            self.add_error("high", f"The high figure, {high:,}, is below the low one, {low:,}.")
        best = self.instance.best
        if best is not None and ((low is not None and best < low) or (high is not None and best > high)):
            self.add_error("low", f"The source's own best estimate, {best:,}, would lie outside these figures.")
        whole, chain = cleaned.get("part_of"), {self.instance.pk}
        while whole is not None:
            if whole.pk in chain:
                self.add_error("part_of", "A claim cannot be a part of itself, nor of one of its own parts.")
                break
            chain.add(whole.pk)
            whole = whole.part_of
        return cleaned


class TollInline(admin.StackedInline):
    model = TollClaim
    form = TollForm
    extra = 0
    fields = [
        "evidence",
        ("harm", "low", "high", "qualifier"),
        ("victims", "source", "via"),
        ("scope", "part_of", "discounted"),
        ("status", "basis"),
        "seen",
    ]
    readonly_fields = ["status", "basis"]
    autocomplete_fields = ["source", "via"]
    show_change_link = True

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """New claims are looked for in the same report as the entry they are added to."""
        formset = super().get_formset(request, obj, **kwargs)
        formset.form = type("TollForm", (formset.form,), {"article": obj.article if obj else None})
        return formset


@admin.register(Mention)
class MentionAdmin(BulkAdmin, ReadableHistoryAdmin):
    form = MentionForm
    inlines = [TollInline]
    list_display = ["title", "kind", "date", "place", "tolls", "status", "event", "article", "sure"]
    list_filter = [
        "status",
        "kind",
        UndatedFilter,
        DisagreementFilter,
        WrongFilter,
        ("place", admin.RelatedOnlyFieldListFilter),
        ("article__outlet", admin.RelatedOnlyFieldListFilter),
    ]
    list_select_related = ["article", "event", "place"]
    search_fields = ["title", "quote", "article__title", "place__name"]
    autocomplete_fields = ["place", "event"]
    date_hierarchy = "earliest"
    ordering = ["-pk"]
    readonly_fields = ["in_the_report", "status", "date_read", "engine_said", "engine_disagrees", "reviewed"]
    fieldsets = [
        (None, {"fields": ["in_the_report", "evidence", "status", "engine_disagrees", "seen"]}),
        (
            "What happened",
            {
                "fields": [
                    "kind",
                    "title",
                    ("earliest", "latest", "precision"),
                    "date_read",
                    "place",
                    "actors",
                    "event",
                    "reason",
                ]
            },
        ),
        ("Where this comes from", {"fields": ["engine_said", "reviewed"], "classes": ["collapse"]}),
    ]
    operations = OF_MENTIONS
    one, many = "entry", "entries"

    class Media:
        css = {"all": ["timeline/admin.css"]}

    def get_urls(self) -> list[Any]:
        page = self.admin_site.admin_view(lambda request: rules(request, self))
        rules_page = path("rules/", page, name="timeline_rules")
        return [rules_page, *desk.URLS, *addresses(self.admin_site), *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Mention]:
        return super().get_queryset(request).prefetch_related("toll_claims")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Entries come with their report. Adding one that the engine missed is not offered here."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing is deleted: reject it, and a re-run will not bring it back."""
        return False

    @admin.display(ordering="earliest", description="date of the event")
    def date(self, mention: Mention) -> str:
        days = in_words(mention.earliest, mention.latest, mention.precision)
        return f"{days} (unsure)" if mention.date_is_unsure else days

    @admin.display(description="toll")
    def tolls(self, mention: Mention) -> str:
        standing = [c for c in mention.toll_claims.all() if c.status != "rejected" and c.part_of_id is None]
        return "; ".join(f"{claim_in_words(c)} {c.harm}" for c in standing) or "not reported"

    @admin.display(ordering="confidence", description="sure")
    def sure(self, mention: Mention) -> str:
        return f"{mention.confidence:.0%}"

    @admin.display(description="in the report")
    def in_the_report(self, mention: Mention) -> SafeString:
        return sentence_html(mention.article.text, mention.start, mention.end)

    @admin.display(description="date read from")
    def date_read(self, mention: Mention) -> str:
        if not mention.date_quote:
            return mention.date_basis.capitalize() or "No date was read for this entry."
        return f"“{mention.date_quote}”: {mention.date_basis}"

    @admin.display(description="what the engine said")
    def engine_said(self, mention: Mention) -> SafeString:
        if not mention.engine:
            return format_html("{}", "Nothing: this entry was made by hand.")
        return format_html("<pre>{}</pre>", json.dumps(mention.engine, ensure_ascii=False, indent=1))

    @admin.display(description="the engine now says")
    def engine_disagrees(self, mention: Mention) -> SafeString | str:
        if not mention.open_disagreement:
            return "Nothing else than what stands."
        return format_html_join(
            "",
            "<p>{}: stands “{}”, the engine now reads “{}”.</p>",
            ((name, told["stands"], told["engine"]) for name, told in mention.open_disagreement.items()),
        )

    @admin.display(description="reviewed")
    def reviewed(self, mention: Mention) -> str:
        if not mention.reviewed_at:
            return "Not yet."
        return f"{mention.reviewed_at:%d %B %Y, %H:%M} by {mention.reviewed_by or 'a recorded decision'}"

    def save_model(self, request: HttpRequest, obj: Mention, form: MentionForm, change: bool) -> None:
        changes, reason, event = form.changes(), form.cleaned_data.get("reason", ""), obj.event
        if changes:
            review.correct(obj, editor(request), changes, reason, form.considered)
        if "event" in form.changed_data:
            event_desk.relink(obj, event, editor(request), reason)

    def save_formset(self, request: HttpRequest, form: Any, formset: BaseModelFormSet[Any, Any], change: bool) -> None:
        mention = form.instance
        reason = form.cleaned_data.get("reason", "")
        formset.new_objects, formset.changed_objects, formset.deleted_objects = [], [], []
        for toll_form in formset.forms:
            if not toll_form.has_changed():
                continue
            changes = toll_form.changes()
            if toll_form.instance.pk:
                review.correct_toll(toll_form.instance, editor(request), changes, reason, toll_form.considered)
                formset.changed_objects.append((toll_form.instance, toll_form.changed_data))
            else:
                values = {
                    k: v
                    for k, v in toll_form.cleaned_data.items()
                    if k in review.TOLL_FIELDS - {"mention"} and v not in (None, "")
                }
                passage = {"start": toll_form.instance.start, "end": toll_form.instance.end}
                entry = None if values.get("scope") == "cumulative" else mention  # of the whole conflict: of no entry
                added = review.add_toll(mention.article, entry, editor(request), {**values, **passage}, reason)
                formset.new_objects.append(added)


@admin.register(TollClaim)
class TollClaimAdmin(BulkAdmin, ReadableHistoryAdmin):
    form = TollForm
    list_display = ["quote", "harm", "low", "high", "qualifier", "victims", "source", "scope", "status", "article"]
    list_filter = ["scope", "harm", "qualifier", "status", WrongFilter]
    list_filter += [("gone_since", admin.EmptyFieldListFilter), ("source", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["article", "source"]
    search_fields = ["quote", "source__name", "article__title"]
    autocomplete_fields = ["source", "via"]
    raw_id_fields = ["part_of"]
    readonly_fields = ["in_the_report", "at_its_address", "status", "basis", "mention"]
    fields = [
        "in_the_report",
        "evidence",
        ("harm", "low", "high", "qualifier"),
        ("victims", "source", "via"),
        ("scope", "part_of", "discounted"),
        ("status", "basis", "mention"),
        "at_its_address",
        "seen",
    ]
    operations = OF_CLAIMS
    one, many = "toll claim", "toll claims"

    class Media:
        css = {"all": ["timeline/admin.css", "timeline/feeds.css"]}

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description="in the report")
    def in_the_report(self, claim: TollClaim) -> SafeString:
        return sentence_html(claim.article.text, claim.start, claim.end)

    @admin.display(description="at its address")
    def at_its_address(self, claim: TollClaim) -> SafeString | str:
        return claim_at_its_address(claim)

    def save_model(self, request: HttpRequest, obj: TollClaim, form: ModelForm[TollClaim], change: bool) -> None:
        changes = form.changes()  # type: ignore[attr-defined]
        if changes:
            review.correct_toll(obj, editor(request), changes)
