"""The review page: the small questions that it asks while an editor types."""

from __future__ import annotations

import pytest

from tests.admin.review.pressing import PAGE, TEXT, address, text
from timeline.models import Actor

pytestmark = pytest.mark.django_db

# ---- The small questions ----


def test_a_typed_date_is_read_at_once(desk, shelling):
    page = text(desk.get(address(shelling, "date/"), {"when": "last week of May 2012"}))
    assert "Fri 25 May 2012" in page
    assert "Thu 31 May 2012" in page
    assert "range" in page
    assert "counted from publication" in text(desk.get(address(shelling, "date/"), {"when": "yesterday"}))
    assert "is no date we can read" in text(desk.get(address(shelling, "date/"), {"when": "2012 soon"}))


def test_selected_words_are_read_as_a_date_against_the_day_of_publication(desk, shelling):
    start = TEXT.index("On Friday")
    page = text(desk.get(address(shelling, "date/"), {"start": start, "end": start + len("On Friday")}))
    assert 'data-when="8 June 2012"' in page
    start = TEXT.index("protesters")
    page = text(desk.get(address(shelling, "date/"), {"start": start, "end": start + 10}))
    assert "These words say no date" in page


@pytest.mark.parametrize(
    "words, expected",
    [
        ("12 people", {"low": 12, "high": 12, "qualifier": "exact", "harm": "killed"}),
        ("At least 30", {"low": 30, "high": None, "qualifier": "at_least", "harm": "injured"}),
        ("protesters", {}),
    ],
)
def test_selected_words_are_read_as_a_toll(desk, shelling, words, expected):
    start = TEXT.index(words)
    told = desk.get(address(shelling, "words/"), {"start": start, "end": start + len(words)}).json()
    assert {name: told[name] for name in expected} == expected
    assert bool(told) == bool(expected)


@pytest.mark.parametrize(
    "sent", [{}, {"start": "5", "end": "4"}, {"start": "0", "end": "99999"}, {"start": "x", "end": "²"}]
)
def test_a_selection_outside_of_the_report_is_no_selection(desk, shelling, sent):
    assert desk.get(address(shelling, "words/"), sent).status_code == 404


def test_names_are_offered_as_they_are_typed(desk, shelling):
    Actor.objects.create(name="Syrian army", slug="syrian-army")
    page = text(desk.get(f"{PAGE}names/place/", {"q": "hom"}))
    assert 'role="option"' in page
    assert 'data-value="Homs"' in page or 'data-value="Homs, Homs"' in page
    assert 'data-value="Syrian army"' in text(desk.get(f"{PAGE}names/actor/", {"q": "army"}))
    army = Actor.objects.get(name="Syrian army")
    Actor.objects.create(name="Regime army", slug="regime-army", merged_into=army)
    assert "Regime army" not in text(desk.get(f"{PAGE}names/actor/", {"q": "army"}))
    assert 'data-value="residents"' in text(desk.get(f"{PAGE}names/source/", {"q": "resi"}))
    assert desk.get(f"{PAGE}names/tea/", {"q": "a"}).status_code == 404
    assert desk.get(f"{PAGE}names/place/", {"q": ""}).content.strip() == b""


def test_a_blank_toll_line_is_handed_out(desk, shelling):
    assert 'name="new-3-low"' in text(desk.get(address(shelling, "toll/"), {"n": "3"}))
    assert desk.get(address(shelling, "toll/"), {"n": "4000"}).status_code == 404


def test_an_entry_that_is_gone_is_not_there(desk):
    assert desk.get(f"{PAGE}4711/").status_code == 404


def test_the_list_of_entries_and_an_entrys_page_lead_here(desk, shelling):
    assert f'href="{PAGE}"' in text(desk.get("/admin/timeline/mention/"))
    assert f'href="{address(shelling)}"' in text(desk.get(f"/admin/timeline/mention/{shelling.pk}/change/"))
