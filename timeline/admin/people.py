"""The people at the desk and their roles, in words. Nobody gives more than they have themselves.

What a role may is decided in curation/rights.py; here an administrator says who has which.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm, UsernameField
from django.contrib.auth.models import Group, User
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html

from timeline.admin.person import editor
from timeline.curation.rights import ROLES

IN_WORDS = {
    "Contributor": "adds reports, and sees what was read in them; decides nothing",
    "Editor": "also reviews: accepts, corrects, rejects and links entries, drafts events, dates reports, keeps names",
    "Publisher": "also publishes and withdraws events, merges and splits them, merges names",
    "Administrator": "also imports tables, keeps the feeds, and adds people and gives them roles",
}
NO_ROLE = "No role: may log in and see nothing"


def within(giver: User, permissions: set[str]) -> bool:
    """Whether ``giver`` has all of these permissions: what they may give away, and whom they may change."""
    return giver.is_superuser or permissions <= giver.get_all_permissions()


def permissions_of(group: Group) -> set[str]:
    return {f"{app}.{code}" for app, code in group.permissions.values_list("content_type__app_label", "codename")}


def rights_of(person: User) -> set[str]:
    """What a person may, or could again once made active."""
    own = person.user_permissions.values_list("content_type__app_label", "codename")
    return {f"{app}.{code}" for app, code in own}.union(*(permissions_of(group) for group in person.groups.all()))


def roles_for(giver: User) -> QuerySet[Group]:
    """The groups that ``giver`` may put somebody into."""
    groups = Group.objects.prefetch_related("permissions__content_type")
    return Group.objects.filter(pk__in=[group.pk for group in groups if within(giver, permissions_of(group))])


class RoleField(forms.ModelChoiceField):
    """One of the groups, with what it may."""

    def label_from_instance(self, obj: Any) -> str:
        words = IN_WORDS.get(obj.name)
        return format_html("<strong>{}</strong>: {}", obj.name, words) if words else obj.name


def _by_weight(groups: Any) -> list[Group]:
    """Roles from the lightest to the heaviest, groups of the administrators' own making after them."""
    names = list(ROLES)
    return sorted(groups, key=lambda group: names.index(group.name) if group.name in names else len(names))


class WithRole(forms.ModelForm):
    """A person's form with their role; ``giver`` is who fills it in."""

    giver: User
    role = RoleField(
        queryset=Group.objects.none(), required=False, blank=True, widget=forms.RadioSelect, empty_label=NO_ROLE
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if (role := self.fields.get("role")) is not None:  # it is not there for who may only look
            role.queryset = roles_for(self.giver)  # type: ignore[attr-defined]
            if self.instance.pk and (groups := _by_weight(self.instance.groups.all())):
                self.initial["role"] = groups[-1].pk


class PersonForm(WithRole, UserChangeForm):
    class Meta:
        model = User
        fields = ["username", "password", "first_name", "last_name", "email"]
        fields += ["is_active", "is_staff", "is_superuser", "last_login", "date_joined"]
        field_classes = {"username": UsernameField}


class NewPersonForm(WithRole, AdminUserCreationForm):
    class Meta:
        model = User
        fields = ["username"]
        field_classes = {"username": UsernameField}


if admin.site.is_registered(User):
    admin.site.unregister(User)


@admin.register(User)
class PersonAdmin(UserAdmin):
    """People are made inactive, not deleted: the history names them."""

    class Media:
        css = {"all": ["timeline/people.css"]}

    form = PersonForm
    add_form = NewPersonForm
    list_display = ["username", "first_name", "last_name", "roles", "is_active", "last_login"]
    list_filter = ["groups", "is_active"]
    add_fieldsets = [
        (None, {"fields": ["username", "first_name", "last_name", "email"]}),
        ("What this person may do", {"fields": ["role"]}),
        ("Password", {"fields": ["usable_password", "password1", "password2"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("groups")

    @admin.display(description="role")
    def roles(self, person: User) -> str:
        if person.is_superuser:
            return "Everything (superuser)"
        return ", ".join(group.name for group in _by_weight(person.groups.all())) or "None"

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        if obj is None:
            return self.add_fieldsets
        may = ["role", "is_active"]
        if editor(request).is_superuser:
            may += ["is_staff", "is_superuser"]
        return [
            (None, {"fields": ["username", "password"]}),
            ("Who", {"fields": ["first_name", "last_name", "email"]}),
            ("What this person may do", {"fields": may}),
            ("Record", {"fields": ["last_login", "date_joined"]}),
        ]

    readonly_fields = ["last_login", "date_joined"]

    def get_form(self, request: HttpRequest, obj: User | None = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        return type("PersonForm", (form,), {"giver": editor(request)})

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Whoever has more rights than oneself is out of reach: neither their role nor their password."""
        if not super().has_change_permission(request, obj):
            return False
        if obj is None or editor(request).is_superuser:
            return True
        return not obj.is_superuser and within(editor(request), rights_of(obj))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        if not change:
            obj.is_staff = True  # a person at the desk logs in here
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if "role" in form.changed_data:
            role = form.cleaned_data["role"]
            form.instance.groups.set([role] if role else [])
