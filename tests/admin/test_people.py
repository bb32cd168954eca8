"""People get a role, told in words; nobody gives more than they have."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.urls import reverse

from tests.making import person
from timeline.admin.people import IN_WORDS
from timeline.curation.rights import ROLES

pytestmark = pytest.mark.django_db

ADD = reverse("admin:auth_user_add")
NEW = {"username": "nour", "usable_password": "true", "password1": "a long pass-word", "password2": "a long pass-word"}


@pytest.fixture
def boss(client) -> Client:
    client.force_login(person("amal", "Administrator"))
    return client


def group(name: str) -> Group:
    return Group.objects.get(name=name)


def change(user: User) -> str:
    return reverse("admin:auth_user_change", args=[user.pk])


def text(response) -> str:
    return " ".join(response.content.decode().split())


def test_each_role_is_told_in_words(boss):
    assert set(IN_WORDS) == set(ROLES)
    page = text(boss.get(ADD))
    for words in IN_WORDS.values():
        assert words in page
    assert "No role: may log in and see nothing" in page


def test_somebody_added_has_the_role_and_may_log_in_at_once(boss, client):
    boss.post(ADD, {**NEW, "role": group("Editor").pk})
    nour = User.objects.get(username="nour")
    assert (nour.is_staff, nour.is_superuser) == (True, False)
    assert [g.name for g in nour.groups.all()] == ["Editor"]
    client.force_login(nour)
    assert client.get("/admin/").status_code == 200


def test_a_role_is_changed_on_the_persons_page(boss):
    nour = person("nour", "Editor")
    boss.post(change(nour), {"username": "nour", "is_active": "on", "role": group("Publisher").pk})
    assert [g.name for g in nour.groups.all()] == ["Publisher"]
    boss.post(change(nour), {"username": "nour", "is_active": "on", "role": ""})
    assert not nour.groups.exists()


def test_saving_a_person_without_touching_the_role_leaves_it(boss):
    nour = person("nour", "Editor")
    boss.post(change(nour), {"username": "nour", "first_name": "Nour", "is_active": "on", "role": group("Editor").pk})
    nour.refresh_from_db()
    assert nour.first_name == "Nour"
    assert [g.name for g in nour.groups.all()] == ["Editor"]


def test_an_administrator_makes_nobody_a_superuser_nor_gives_single_rights(boss):
    everything = {"is_superuser": "on", "is_staff": "on", "user_permissions": [Permission.objects.first().pk]}
    groups = [g.pk for g in Group.objects.all()]
    boss.post(ADD, {**NEW, **everything, "groups": groups})
    nour = User.objects.get(username="nour")
    amal = User.objects.get(username="amal")
    for someone in (nour, amal):
        boss.post(change(someone), {"username": someone.username, "is_active": "on", **everything, "groups": groups})
        someone.refresh_from_db()
        assert not someone.is_superuser
        assert not someone.user_permissions.exists()
    assert not nour.groups.exists()


def test_nobody_gives_a_role_that_goes_beyond_their_own(boss):
    more = Group.objects.create(name="Owners")
    more.permissions.set(Permission.objects.all())
    assert "Owners" not in text(boss.get(ADD))
    for name in ("amal", "nour"):
        someone = User.objects.filter(username=name).first() or person(name, "Contributor")
        page = boss.post(change(someone), {"username": name, "is_active": "on", "role": more.pk})
        assert page.status_code == 200  # refused beside the field
        assert not someone.groups.filter(name="Owners").exists()


@pytest.mark.parametrize("active", [True, False])
def test_whoever_has_more_rights_is_out_of_reach(boss, active):
    more = Group.objects.create(name="Owners")
    more.permissions.set(Permission.objects.all())
    owner = person("owner", "Editor", is_active=active)
    owner.groups.add(more)
    root = User.objects.create_superuser("root", password="a long password", is_active=active)
    for heavier in (owner, root):
        before = User.objects.get(pk=heavier.pk).password
        assert boss.post(change(heavier), {"username": "taken", "is_active": "on"}).status_code == 403
        address = reverse("admin:auth_user_password_change", args=[heavier.pk])
        sent = {"usable_password": "true", "password1": "another long one", "password2": "another long one"}
        assert boss.post(address, sent).status_code == 403
        heavier.refresh_from_db()
        assert (heavier.password, heavier.is_active) == (before, active)
        assert heavier.username != "taken"


@pytest.mark.parametrize("role", ["Contributor", "Editor", "Publisher"])
def test_only_administrators_manage_people(client, role):
    client.force_login(person("basma", role))
    nour = person("nour", "Contributor")
    for address in (ADD, change(nour), reverse("admin:auth_user_password_change", args=[nour.pk])):
        assert client.get(address).status_code == 403
        assert client.post(address, {**NEW, "role": group("Administrator").pk}).status_code == 403
    assert client.get(reverse("admin:auth_group_changelist")).status_code == 403


def test_a_superuser_may_make_another(client):
    client.force_login(User.objects.create_superuser("root", password="a long password"))
    nour = person("nour", "Editor")
    page = client.post(change(nour), {"username": "nour", "is_active": "on", "is_staff": "on", "is_superuser": "on"})
    assert page.status_code == 302
    nour.refresh_from_db()
    assert nour.is_superuser
