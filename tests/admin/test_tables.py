"""Tables in and out on the desk: who may, what is tried out before it is kept, and what a page does not wait for."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.making import houla, many, person
from timeline.ingest.naming import source_named
from timeline.models import Act, Draft, Event, Source
from timeline.tables import TABLES

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    client.force_login(person("amal", "Administrator"))
    return client


def text(answer) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def upload(content: str | bytes, name: str = "sources.csv") -> dict:
    return {"file": SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)}


def test_the_page_lists_every_table(desk):
    houla()
    answer = desk.get("/admin/tables/")
    for name in TABLES:
        assert f"/admin/tables/{name}.csv" in answer.content.decode()
        assert f"/admin/tables/{name}/import/" in answer.content.decode()


def test_a_table_is_exported_with_its_name_and_day(desk):
    houla()
    answer = desk.get("/admin/tables/claims.csv")
    assert re.search(r'filename="claims-\d{4}-\d\d-\d\d\.csv"', answer["Content-Disposition"])
    assert answer.content.decode("utf-8-sig").splitlines()[0].startswith("id,article,mention,status,harm,low")
    assert "92 bodies" in answer.content.decode()


def test_the_columns_alone_can_be_had(desk):
    houla()
    assert len(desk.get("/admin/tables/claims.csv?empty=1").content.decode().splitlines()) == 1


def test_what_is_ticked_in_a_list_is_exported(desk):
    many(3)
    first = Event.objects.first()
    answer = desk.post("/admin/timeline/event/", {"action": "export_csv", "_selected_action": [first.pk]})
    assert len(answer.content.decode().splitlines()) == 2


def test_an_export_takes_as_many_queries_for_many_rows(desk, django_assert_max_num_queries):
    many(30)
    for name in TABLES:
        with django_assert_max_num_queries(7):
            desk.get(f"/admin/tables/{name}.csv")


def test_a_file_is_tried_out_then_kept_and_undone_as_one(desk):
    known = source_named("United Nations")
    rows = f"id,notes\n{known.pk},Counts bodies\n"
    tried = desk.post("/admin/tables/sources/import/", upload(rows))
    assert "tried out, not stored yet" in text(tried)
    assert "Counts bodies" in text(tried)
    known.refresh_from_db()
    assert known.notes == ""
    digest = re.search(r'name="digest" value="(\w+)"', tried.content.decode())[1]
    kept = desk.post("/admin/tables/sources/import/", {"keep": "1", "digest": digest}, follow=True)
    assert "Imported sources.csv: 1 row: 0 new, 1 changed" in text(kept)
    assert f'action="/admin/timeline/act/{Act.objects.latest("pk").pk}/undo/"' in kept.content.decode()
    known.refresh_from_db()
    assert known.notes == "Counts bodies"
    assert Act.objects.get().words == "imported sources from sources.csv"
    assert not Draft.objects.exists()


def test_the_second_step_twice_imports_once(desk):
    tried = desk.post("/admin/tables/sources/import/", upload("name\nA local council\n"))
    digest = re.search(r'name="digest" value="(\w+)"', tried.content.decode())[1]
    desk.post("/admin/tables/sources/import/", {"keep": "1", "digest": digest})
    again = desk.post("/admin/tables/sources/import/", {"keep": "1", "digest": digest}, follow=True)
    assert "has been imported already" in text(again)
    assert Source.objects.filter(name="A local council").count() == 1


def test_what_has_changed_since_the_trial_can_still_refuse_it(desk):
    tried = desk.post("/admin/tables/sources/import/", upload("name\nA local council\nAnother\n"))
    digest = re.search(r'name="digest" value="(\w+)"', tried.content.decode())[1]
    source_named("Another")
    refused = desk.post("/admin/tables/sources/import/", {"keep": "1", "digest": digest})
    assert "already exists" in text(refused)
    assert not Source.objects.filter(name="A local council").exists()


def test_wrong_rows_are_listed_with_their_place(desk):
    answer = desk.post("/admin/tables/sources/import/", upload("name,kind\nA,monitor\nB,spy\n"))
    assert "1 thing to mend" in text(answer)
    assert re.search(r"3 kind “spy” is none of", text(answer))
    assert not Draft.objects.exists()


def test_more_rows_than_a_page_waits_for_are_sent_to_the_command(desk):
    answer = desk.post("/admin/tables/sources/import/", upload("name\n" + "".join(f"n{i}\n" for i in range(100_000))))
    assert "1,000 rows (100,000 are there)" in text(answer)
    assert "manage.py import_table sources FILE" in text(answer)
    assert not Source.objects.exists()


@pytest.mark.parametrize(
    "content, said",
    [(b"", "empty"), (b"%PDF-1.4", "a PDF"), (b"PK\x03\x04", "is no XLSX"), (b"name\n", "nothing under it")],
)
def test_a_file_that_is_no_table_says_why(desk, content, said):
    assert said in text(desk.post("/admin/tables/sources/import/", upload(content)))


def test_no_file_at_all_says_so(desk):
    assert "Choose a file first" in text(desk.post("/admin/tables/sources/import/"))


@pytest.mark.parametrize(
    "address", ["/admin/tables/secrets.csv", "/admin/tables/events.exe", "/admin/tables/secrets/import/"]
)
def test_what_is_no_table_is_not_found(desk, address):
    assert desk.get(address).status_code == 404


@pytest.mark.parametrize("role", ["Contributor", "Editor", "Publisher"])
def test_only_administrators_import_and_all_export(client, role):
    client.force_login(person("rana", role))
    assert client.get("/admin/tables/events.csv").status_code == 200
    assert client.get("/admin/tables/sources/import/").status_code == 403
    assert client.post("/admin/tables/sources/import/", upload("name\nA local council\n")).status_code == 403
    assert not Source.objects.exists()


def test_readers_are_sent_to_the_login(client):
    assert client.get("/admin/tables/").status_code == 302
    assert client.get("/admin/tables/events.csv").status_code == 302


def test_a_draft_cannot_take_the_place_of_the_file_that_waits(desk):
    forged = {"key": "import:sources", "fields": '{"data": {"values": ["x"]}}'}
    assert desk.post("/admin/timeline/mention/draft/", forged).status_code == 400
    assert desk.post("/admin/tables/sources/import/", {"keep": "1", "digest": "x"}).status_code == 302
