"""A report's page shows its copies, joins it with another report and parts it; saving a report is an act."""

from __future__ import annotations

import pytest

from tests.ingest.copied import OTHER, WIRE, taken_in
from tests.making import article, person
from timeline.models import Act, Article

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    client.force_login(person("amal", "Editor"))
    return client


@pytest.fixture
def reports() -> list[Article]:
    """A wire report, a copy of it, and another report."""
    made = [
        taken_in(WIRE, outlet="One daily", title="Convoy reaches suburb"),
        taken_in(WIRE[:600], outlet="Another daily", title="Bread arrives"),
        taken_in(OTHER, title="River carries bridge away"),
    ]
    return [Article.objects.get(pk=one.pk) for one in made]


def page(client, report: Article) -> str:
    return " ".join(client.get(f"/admin/timeline/article/{report.pk}/change/").content.decode().split())


def test_the_page_shows_the_copies_and_how_they_were_found(desk, reports):
    shown = page(desk, reports[0])
    assert "One of 2 reports of one origin" in shown
    assert "Bread arrives" in shown
    assert "Found by their wording" in shown
    assert "A report of its own" in page(desk, reports[2])


def test_a_report_is_parted_with_a_reason_that_the_page_then_shows(desk, reports):
    answer = desk.post(
        f"/admin/timeline/article/{reports[1].pk}/part/", {"reason": "their own correspondent"}, follow=True
    )
    assert "counts for itself from now on" in answer.content.decode()
    assert Article.objects.get(pk=reports[1].pk).origin is None
    shown = page(desk, reports[1])
    assert "An editor’s word: amal" in shown
    assert "their own correspondent" in shown
    assert "67&nbsp;%" in shown or "100&nbsp;%" in shown  # offered again, as one that reads alike


@pytest.mark.parametrize("typed", ["{pk}", "/report/{pk}/", "http://testserver/admin/timeline/article/{pk}/change/"])
def test_reports_are_joined_by_number_or_address(desk, reports, typed):
    other = reports[2]
    desk.post(f"/admin/timeline/article/{reports[0].pk}/join/", {"other": typed.format(pk=other.pk), "reason": "why"})
    other.refresh_from_db()
    assert other.origin == reports[0].origin
    assert Act.objects.get().reason == "why"


@pytest.mark.parametrize(
    "typed, said",
    [
        ("", "Choose a report, or give its number or address."),
        ("999999", "There is no report “999999”."),
        ("nothing", "There is no report “nothing”."),
    ],
)
def test_what_is_no_report_is_said(desk, reports, typed, said):
    answer = desk.post(f"/admin/timeline/article/{reports[0].pk}/join/", {"other": typed}, follow=True)
    assert said in answer.content.decode()
    assert not Act.objects.exists()


def test_selected_reports_are_joined_from_the_list_after_a_reason_was_asked(desk, reports):
    chosen = {"action": "join", "_selected_action": [reports[0].pk, reports[2].pk]}
    asked = desk.post("/admin/timeline/article/", chosen)
    assert "will count once as corroboration" in asked.content.decode()
    assert not Act.objects.exists()
    done = desk.post("/admin/timeline/article/", {**chosen, "reason": "one dispatch"}, follow=True)
    assert "2 reports count once as corroboration" in done.content.decode()
    assert len(set(Article.objects.values_list("origin", flat=True))) == 1


def test_the_list_shows_how_many_copies_and_filters_by_them(desk, reports):
    assert desk.get("/admin/timeline/article/").content.decode().count('field-of_one_origin">1</td>') == 2
    found = desk.get("/admin/timeline/article/", {"copies": "no"}).content.decode()
    assert "River carries bridge away" in found
    assert "Bread arrives" not in found


@pytest.mark.parametrize("action", ["join", "part"])
def test_a_contributor_is_refused_by_address(client, reports, action):
    client.force_login(person("samir", "Contributor"))
    answer = client.post(f"/admin/timeline/article/{reports[1].pk}/{action}/", {"other": reports[2].pk})
    assert answer.status_code == 403
    assert Article.objects.get(pk=reports[1].pk).origin == reports[0].origin
    assert "Part it" not in page(client, reports[1])


@pytest.mark.parametrize("action", ["join", "part"])
def test_looking_at_the_address_changes_nothing(desk, reports, action):
    assert desk.get(f"/admin/timeline/article/{reports[1].pk}/{action}/").status_code == 405


# ---- Saving a report ----

# The lists of entries and claims below the form, empty.
BELOW = {f"{name}-{kind}_FORMS": 0 for name in ("mentions", "toll_claims") for kind in ("TOTAL", "INITIAL")}


def test_a_contributor_adds_a_report_and_that_is_an_act(client):
    client.force_login(person("samir", "Contributor"))
    taken_in(WIRE)
    client.post("/admin/timeline/article/add/", {"title": "Bread", "text": WIRE[:600], "language": "en"})
    added = Article.objects.get(title="Bread")
    assert (added.added_by.username, added.history.last().act.words) == ("samir", "added “Bread”")
    assert added.origin is not None, "a copy is found however it comes in"


def test_correcting_the_particulars_of_a_report_is_an_act_and_saving_nothing_is_none(desk):
    report = article()
    sent = {"title": report.title, "published": "2012-05-26", "language": "en", **BELOW}
    address = f"/admin/timeline/article/{report.pk}/change/"
    desk.post(address, sent)
    assert not Act.objects.exists()
    desk.post(address, {**sent, "title": "The dead of Houla are counted"})
    assert Act.objects.get().words == "corrected “Observers count the dead in Houla”"


def test_a_colleagues_change_is_not_written_over(desk):
    report = article()
    seen = report.history.first().history_id
    report.title = "Counted by observers"
    report.save()
    answer = desk.post(
        f"/admin/timeline/article/{report.pk}/change/",
        {"title": "Mine", "published": "2012-05-26", "language": "en", "seen": seen, **BELOW},
    )
    assert "after you opened it" in answer.content.decode()
    report.refresh_from_db()
    assert report.title == "Counted by observers"


def test_a_contributor_may_not_change_a_report(client):
    client.force_login(person("samir", "Contributor"))
    report = article()
    answer = client.post(f"/admin/timeline/article/{report.pk}/change/", {"title": "Mine", "language": "en"})
    assert answer.status_code == 403


def test_a_later_version_says_what_stood_at_its_address_before(desk):
    first = article()
    later = article("The same address says something else now.", title="Corrected", version_of=first)
    assert "A later version of" in page(desk, later)
    assert "What stands at its address now" in page(desk, first)
