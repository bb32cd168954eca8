"""Tables in and out: what is wrong is named by row and column, and a file is kept whole or not at all."""

from __future__ import annotations

import io

import openpyxl
import pytest

from tests.making import article, houla, person
from timeline.curation import merging
from timeline.curation.rights import NotAllowedTo
from timeline.curation.undo import undo
from timeline.ingest.naming import actor_named, place_named, source_named
from timeline.models import Act, Article, Event, Feed, Mention, Place, Source, TollClaim
from timeline.tables import TABLES
from timeline.tables.files import BadTable, read_table, write_table
from timeline.tables.rows import Outcome

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin():
    return person("amal", "Administrator")


def imported(table: str, text: str, user, *, keep: bool = True) -> Outcome:
    dataset = read_table(f"{table}.csv", text.encode())
    return TABLES[table]().import_file(dataset, user, f"{table}.csv", keep=keep)


def problems(outcome: Outcome) -> list[str]:
    return [str(problem) for problem in outcome.problems]


# ---- There and back ----


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("name", list(TABLES))
def test_what_was_exported_comes_back_and_changes_nothing(name, form, admin):
    houla().actors.add(actor_named("Syrian army"))
    Feed.objects.create(address="http://127.0.0.1/feed")
    table = TABLES[name]()
    data = write_table(form, [column.column_name for column in table.columns()], table.lines())
    before = Act.objects.count()
    outcome = TABLES[name]().import_file(read_table(f"a.{form}", data), admin, f"a.{form}", keep=True)
    assert problems(outcome) == []
    assert (outcome.new, outcome.changed, outcome.same) == (0, 0, outcome.rows)
    assert Act.objects.count() == before


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_cell_that_a_spreadsheet_would_run_is_written_as_text_and_comes_back(form):
    data = write_table(form, ["name"], [["=HYPERLINK(1)"], ["@home"], ["-5"], ["plain"]])
    if form == "xlsx":
        sheet = openpyxl.load_workbook(io.BytesIO(data)).active
        assert [cell.data_type for cell in sheet["A"]][1:] == ["s", "s", "s", "s"]
    else:
        assert b"'=HYPERLINK" in data
    assert [row[0] for row in read_table(f"a.{form}", data)] == ["=HYPERLINK(1)", "@home", "-5", "plain"]


def test_a_text_too_long_for_a_cell_of_xlsx_is_not_cut():
    with pytest.raises(BadTable, match="Take CSV"):
        write_table("xlsx", ["text"], [["word " * 10_000]])


# ---- Rows that are kept ----


def test_new_and_changed_sources_are_one_act_that_can_be_undone(admin):
    known = source_named("United Nations")
    outcome = imported(
        "sources",
        f"id,name,kind,notes\n{known.pk},United Nations,intergovernmental,Counts bodies\n,A local council,opposition,\n",
        admin,
    )
    assert (outcome.new, outcome.changed) == (1, 1)
    known.refresh_from_db()
    assert known.notes == "Counts bodies"
    assert Source.objects.get(name="A local council").slug == "a-local-council"
    assert Act.objects.get().words == "imported sources from sources.csv"
    undo(outcome.act, admin)
    known.refresh_from_db()
    assert known.notes == ""


def test_trying_it_out_changes_nothing_and_says_what_would(admin):
    known = source_named("United Nations")
    outcome = imported("sources", f"id,notes\n{known.pk},Counts bodies\n", admin, keep=False)
    known.refresh_from_db()
    assert known.notes == ""
    assert [(p.row, p.record, p.changes) for p in outcome.planned] == [
        (2, "United Nations", [("notes", "", "Counts bodies")])
    ]
    assert outcome.act is None
    assert not Act.objects.exists()


def test_a_corrected_claim_changes_the_event_as_it_does_on_the_desk(admin):
    event = houla()
    toll = TollClaim.objects.get(source__name="United Nations")
    assert problems(imported("claims", f"id,low,high\n{toll.pk},108,108\n", admin)) == []
    event.refresh_from_db()
    toll.refresh_from_db()
    assert (event.killed_high, toll.status, toll.reviewed_by) == (108, "corrected", admin)


def test_a_new_entry_and_a_new_claim_find_their_words(admin):
    report = article()
    place = place_named("Houla", "Homs")
    rows = f"article,kind,title,earliest,latest,precision,place,actors,quote\n{report.pk},massacre,Massacre in Houla,2012-05-25,2012-05-25,day,{place.slug},,92 bodies\n"
    assert problems(imported("entries", rows, admin)) == []
    entry = Mention.objects.get()
    assert (entry.quote, entry.status, entry.event) == ("92 bodies", "accepted", None)
    rows = f"article,mention,harm,low,high,qualifier,scope,quote\n{report.pk},{entry.pk},killed,92,92,exact,event,92 bodies\n"
    assert problems(imported("claims", rows, admin)) == []
    assert entry.toll_claims.get().low == 92


def test_a_new_report_is_read(admin):
    rows = 'title,published,text\nBombs,2012-05-11,"In Damascus on Thursday two car bombs left 55 people dead, the ministry said."\n'
    assert problems(imported("reports", rows, admin)) == []
    assert Article.objects.get().mentions.exists()


def test_a_new_event_is_a_draft(admin):
    rows = "title,kind,precision,toll_by_editor\nShelling in Homs,shelling,unknown,no\n"
    assert problems(imported("events", rows, admin)) == []
    assert Event.objects.get().status == "draft"


def test_the_status_of_an_event_is_not_changed_by_a_file(admin):
    event = houla()
    outcome = imported("events", f"id,status\n{event.pk},withdrawn\n", admin)
    event.refresh_from_db()
    assert (event.status, outcome.same) == ("published", 1)


def test_actors_of_an_event_are_set(admin):
    event = houla()
    assert problems(imported("events", f"id,actors\n{event.pk},Syrian army; Shabiha\n", admin)) == []
    assert sorted(actor.name for actor in event.actors.all()) == ["Shabiha", "Syrian army"]


# ---- Rows that are refused ----


def test_one_wrong_row_keeps_the_whole_file_out(admin):
    outcome = imported("sources", "name,kind\nA local council,opposition\nAnother,oposition\n", admin)
    assert problems(outcome) == [
        "row 3, column “kind”: “oposition” is none of " + ", ".join(Source.Kind.values) + ". Did you mean opposition?"
    ]
    assert not Source.objects.exists()
    assert not Act.objects.exists()


def test_a_wrong_column_is_named_with_the_likely_one(admin):
    outcome = imported("sources", "nmae,kind\nA,other\n", admin)
    assert problems(outcome) == ["row 1, column “nmae”: The table of sources has no such column. Did you mean “name”?"]


@pytest.mark.parametrize(
    "table, cells, said",
    [
        ("claims", "low\nninety", "column “low”: “ninety” is no whole number"),
        ("claims", "low\n12.5", "column “low”: “12.5” is no whole number"),
        ("claims", "low\n99999999999", "column “low”: 99999999999 is larger than any number"),
        ("claims", "low\n500", "must not be above"),
        ("claims", "source\nNobody at all", "column “source”: There is no source “Nobody at all”. Add it first"),
        ("claims", "quote\n93 bodies", "column “quote”: These words are not in report"),
        ("claims", "scope\nwhole", "column “scope”: “whole” is none of event, cumulative"),
        ("entries", "earliest\n25/05/2012", "column “earliest”: “25/05/2012” is no day"),
        ("entries", "earliest\n2012-05-26", "must not be after"),
        ("entries", "place\natlantis", "column “place”: There is no place “atlantis”"),
        ("events", "killed_low\n7", "column “toll_by_editor”: The rule sets these figures"),
        ("events", "slug\nanother-address", "column “slug”: An address that has been public never changes"),
        ("events", "title\n", "column “title”: This field cannot be blank"),
        ("reports", "text\nOther words altogether", "column “text”: The text of a report never changes"),
        ("reports", "published\n2999-01-01", "column “published”: 2999-01-01 is in the future"),
    ],
)
def test_a_wrong_cell_is_named_by_row_and_column_with_the_mend(table, cells, said, admin):
    houla()
    record = {
        "claims": TollClaim.objects.get(source__name="United Nations"),
        "entries": Mention.objects.get(),
        "events": Event.objects.get(),
        "reports": Article.objects.get(),
    }[table]
    header, cell = cells.split("\n")
    outcome = imported(table, f"id,{header}\n{record.pk},{cell}\n", admin)
    assert len(outcome.problems) == 1
    assert str(outcome.problems[0]).startswith("row 2")
    assert said in str(outcome.problems[0])


def test_the_same_record_twice_is_refused_with_the_row_of_the_first(admin):
    known = source_named("United Nations")
    outcome = imported("sources", f"id,notes\n{known.pk},one\n{known.pk},two\n", admin)
    assert problems(outcome) == [f"row 3, column “id”: {known.pk} stands in row 2 already. Each record has one row."]
    known.refresh_from_db()
    assert known.notes == ""


def test_a_number_that_nobody_has_is_not_made_a_new_record(admin):
    assert "There is no source 999" in problems(imported("sources", "id,name\n999,Somebody\n", admin))[0]


def test_a_name_that_is_taken_is_named(admin):
    source_named("United Nations")
    assert "already exists" in problems(imported("sources", "name\nUnited Nations\n", admin))[0]


def test_the_last_entry_of_a_published_event_is_not_unlinked_by_a_file(admin):
    entry = houla().mentions.get()
    outcome = imported("entries", f"id,event\n{entry.pk},\n", admin)
    assert "rests on this entry alone" in problems(outcome)[0]
    entry.refresh_from_db()
    assert entry.event is not None


def test_many_wrong_rows_are_counted_and_the_first_shown(admin):
    outcome = imported("places", "name,latitude\n" + "Somewhere,north\n" * 300, admin)
    assert len(outcome.problems) == 100
    assert outcome.more_problems == 200
    assert not Place.objects.exists()


@pytest.mark.parametrize("role", ["Contributor", "Editor", "Publisher"])
def test_only_an_administrator_imports(role):
    with pytest.raises(NotAllowedTo, match="may not import tables"):
        imported("sources", "name\nSomebody\n", person("rana", role))
    assert not Source.objects.exists()


# ---- Files that are no tables ----


@pytest.mark.parametrize(
    "data, said",
    [
        (b"", "is empty"),
        (b"name,kind\n", "nothing under it"),
        (b"name,,kind\na,b,c\n", "one is empty"),
        (b"name,name\na,b\n", "names name more than once"),
        (b"name\na,b,c\n", "line 2 has 3 cells, its first line 1 columns"),
        (b'name,kind\n"a,b\n', "quotes closed"),
        (b"PK\x03\x04 and nothing more", "is no XLSX that can be read"),
        (b"%PDF-1.4 \xff\xfe\x00", "a PDF"),
    ],
)
def test_what_is_no_table_says_why(data, said):
    with pytest.raises(BadTable, match=said):
        read_table("names", data)


def test_an_archive_that_unpacks_to_too_much_is_not_unpacked(monkeypatch):
    monkeypatch.setattr("timeline.tables.files.LARGEST_UNPACKED", 1000)
    with pytest.raises(BadTable, match="unpacks to over"):
        read_table("a.xlsx", write_table("xlsx", ["name"], [["a" * 5000]]))


@pytest.mark.parametrize(
    "data",
    [
        "name;kind\nالمرصد;monitor\n".encode("utf-16"),
        "name;kind\nالمرصد;monitor\n".encode("windows-1256"),
        "name\tkind\nالمرصد\tmonitor\n".encode(),
    ],
)
def test_what_spreadsheet_programs_write_is_read(data):
    assert list(read_table("a.csv", data)) == [("المرصد", "monitor")]


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html;x", "ftp//nowhere"])
def test_a_new_report_with_an_address_that_is_none_of_the_web_is_refused(address, admin):
    """It was stored, and the report's public page led there."""
    outcome = imported("reports", f"title,url,text\nA report,{address},Words of a report.\n", admin)
    assert "url" in problems(outcome)[0]
    assert not Article.objects.exists()


def test_an_event_that_was_merged_is_not_changed_by_a_file(admin):
    kept, other = houla(), Event.objects.create(slug="another", title="Another", kind="massacre")
    merging.merge(kept, [other], admin, "the same")
    outcome = imported("events", f"id,title\n{other.pk},A new title\n", admin)
    assert "merged into" in problems(outcome)[0]
    assert Event.objects.get(pk=other.pk).title == "Another"
