"""manage.py look_again: what changed is told, what could not be read ends with 1."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from tests.making import article, claim, mention
from tests.serving import report_page
from timeline.curation import events
from timeline.models import AddressWatch, Article, TollClaim

pytestmark = pytest.mark.django_db

REPORT = ("Activists said government forces shelled Houla on Friday.", "UN observers counted 92 bodies there.")


def run(capsys, *args) -> tuple[str, str, int]:
    """What the command prints, what it says of failures, and its exit code."""
    code = 0
    try:
        call_command("look_again", *map(str, args))
    except CommandError as error:
        code = error.returncode
    printed = capsys.readouterr()
    return printed.out.strip(), printed.err, code


@pytest.fixture
def report(site) -> Article:
    site.page("/houla", report_page(*REPORT))
    stored = article("\n".join(REPORT), url=f"{site.root}/houla")
    entry = mention(stored, REPORT[1])
    claim(entry, "92 bodies", 92, 92, "United Nations")
    events.publish(events.create_event([entry], None), None)
    return stored


def test_only_what_is_due_is_looked_at(report, site, capsys):
    assert run(capsys) == ("0 looked at: 0 changed, 0 could not be read.", "", 0)
    AddressWatch.objects.update(next_at=timezone.now())
    assert run(capsys)[0] == "1 looked at: 0 changed, 0 could not be read."
    assert run(capsys)[0].startswith("0 looked at")
    assert run(capsys, "--all")[0].startswith("1 looked at")


def test_what_changed_is_told(report, site, capsys):
    site.page("/houla", report_page(REPORT[0], REPORT[1].replace("92", "108")))
    out, _, code = run(capsys, "--report", report.pk)
    assert out.splitlines() == [
        f"{report.url}: says something else. Figures gone or changed: 1",
        "1 looked at: 1 changed, 0 could not be read.",
    ]
    assert code == 0
    assert TollClaim.objects.get(low=92).now_says.low == 108


def test_what_could_not_be_read_is_told(report, site, capsys):
    site.fails("/houla", 500)
    out, err, code = run(capsys, "--report", report.pk)
    assert f"{report.url}: could not be read: the server failed (500)" in err
    assert (out, code) == ("1 looked at: 0 changed, 1 could not be read.", 1)


@pytest.mark.parametrize("url, words", [("", "has no address"), (None, "is not here")])
def test_a_report_without_an_address_is_wrong_use(report, url, words):
    pk = 999_999 if url is None else article("Another text, from a file.", url=url).pk
    with pytest.raises(CommandError, match=f"Report {pk} {words}") as caught:
        call_command("look_again", "--report", str(pk))
    assert caught.value.returncode == 2
