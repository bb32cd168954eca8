"""manage.py import_table and export_table: whole or not at all, with the codes that a script asks for."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from tests.making import many, person
from timeline.models import Act, Source

pytestmark = pytest.mark.django_db


def test_a_table_goes_out_and_comes_back(tmp_path, capsys):
    many(3)
    for form in ("csv", "xlsx"):
        file = tmp_path / f"claims.{form}"
        call_command("export_table", "claims", str(file))
        assert "3 rows" in capsys.readouterr().out
        call_command("import_table", "claims", str(file))
        assert "3 rows: 0 new, 0 changed, 3 as they were" in capsys.readouterr().out


def test_a_dry_run_stores_nothing(tmp_path, capsys):
    file = tmp_path / "sources.csv"
    file.write_text("name\nA local council\n")
    call_command("import_table", "sources", str(file), "--dry-run")
    assert "1 new" in capsys.readouterr().out
    assert not Source.objects.exists()


def test_it_is_done_in_somebodys_name(tmp_path):
    file = tmp_path / "sources.csv"
    file.write_text("name\nA local council\n")
    call_command("import_table", "sources", str(file), "--as", person("amal", "Administrator").username)
    assert Act.objects.get().by.username == "amal"


def test_wrong_rows_are_named_and_nothing_is_stored(tmp_path, capsys):
    file = tmp_path / "sources.csv"
    file.write_text("name,kind\nA local council,opposition\nAnother,spy\n")
    with pytest.raises(CommandError, match=r"1 to mend\. Nothing was stored") as refused:
        call_command("import_table", "sources", str(file))
    assert refused.value.returncode == 1
    assert "sources.csv row 3, column “kind”" in capsys.readouterr().err
    assert not Source.objects.exists()


@pytest.mark.parametrize(
    "arguments", [("import_table", "sources", "/no/such/file.csv"), ("export_table", "sources", "sources.ods")]
)
def test_a_wrong_use_ends_with_two(arguments):
    with pytest.raises(CommandError) as refused:
        call_command(*arguments)
    assert refused.value.returncode == 2
