"""The review page: what it shows, and to whom."""

from __future__ import annotations

import re

import pytest

from tests.admin.review.pressing import PAGE, TEXT, address, boxes, drawn, press, text, unescaped
from tests.making import article, claim, houla, mention, person
from timeline.models import Event, Lease

pytestmark = pytest.mark.django_db

# ---- What is shown ----


def test_the_queue_opens_the_least_sure_entry_and_takes_it_into_the_editors_hands(desk, editor, shelling):
    other = mention(shelling.article, "On Friday protesters gathered in Hama.", title="Protest in Hama", confidence=0.4)
    answer = desk.get(PAGE)
    assert answer.status_code == 302
    assert answer["Location"] == address(other)
    assert Lease.objects.get(mention=other).user == editor


def test_the_whole_report_is_there_with_the_offset_of_each_piece(desk, shelling):
    page = desk.get(address(shelling)).content.decode()
    pieces = re.findall(r'<span data-at="(\d+)"[^>]*>(.*?)</span>', page, re.DOTALL)
    assert "".join(unescaped(words) for _, words in pieces) == TEXT
    for at, words in pieces:
        assert TEXT[int(at) :].startswith(unescaped(words))
    assert re.search(r'class="toll in-hand"[^>]*data-line="toll-\d+">12 people<', page)


def test_beside_each_field_stand_the_words_that_say_it(desk, shelling):
    page = text(desk.get(address(shelling)))
    assert re.search(r'<q data-said="0-8" dir="auto">Shelling</q>', page)
    assert re.search(r'<q data-said="\d+-\d+" dir="auto">Homs</q>', page)
    sent = drawn(desk, shelling)
    assert sent["words"] == shelling.quote
    assert sent["date_words"] == "on Thursday"
    assert sent[f"toll-{shelling.toll_claims.get().pk}-words"] == "12 people"


def test_another_entry_of_the_report_can_be_opened(desk, shelling):
    other = mention(shelling.article, "On Friday protesters gathered in Hama.", title="Protest in Hama")
    page = text(desk.get(address(shelling)))
    assert f'class="other-entry" href="{address(other)}"' in page


def test_an_undated_report_leads_to_where_it_is_dated(desk):
    report = article(TEXT, published=None)
    entry = mention(report, "On Friday protesters gathered in Hama.", earliest=None, latest=None, precision="unknown")
    page = text(desk.get(address(entry)))
    assert f"/admin/timeline/article/{report.pk}/change/#dating-heading" in page
    assert boxes(page)["when"] == ""


def test_an_arabic_report_is_marked_as_such(desk):
    words = "قتل 25 مدنيا في حمص يوم الخميس."
    entry = mention(article(words, language="ar"), words, title="Homs")
    assert 'lang="ar" dir="auto"' in text(desk.get(address(entry)))


def test_nothing_waits(desk):
    assert "Nothing waits: every entry has been decided on." in text(desk.get(PAGE))
    assert "Nothing waits with these filters." in text(desk.get(PAGE + "?what=undated"))


def test_a_filter_that_cannot_be_read_is_said_and_left_out(desk, shelling):
    answer = desk.get(PAGE + "?kind=tea", follow=True)
    assert answer.redirect_chain[-1][0] == address(shelling)


def test_the_page_takes_as_many_queries_whatever_is_stored(desk, shelling, django_assert_max_num_queries):
    for number in range(60):
        other = mention(article(f"Report {number}: 92 bodies in Houla."), "92 bodies in Houla", title=f"Houla {number}")
        claim(other, "92 bodies", 92, 92, f"source {number}")
    for _ in range(5):
        claim(shelling, "At least 30", 30, None, "residents", harm="injured", qualifier="at_least")
    houla()
    desk.get(address(shelling))
    with django_assert_max_num_queries(45):
        assert desk.get(address(shelling)).status_code == 200


# ---- Who may ----


def test_a_contributor_reads_the_page_and_decides_nothing(client, shelling):
    client.force_login(person("omar", "Contributor"))
    assert client.get(PAGE).status_code == 403
    page = client.get(address(shelling)).content.decode()
    assert "Deciding on it is for editors." in page
    assert 'value="accept"' not in page
    for do in ("accept", "reject", "publish", "skip", "add_entry:0-5"):
        assert client.post(address(shelling, "decide/"), {"do": do}).status_code == 403
    assert client.post(address(shelling, "hold/")).status_code == 403
    shelling.refresh_from_db()
    assert shelling.status == "extracted"


def test_an_editor_has_no_button_to_publish_and_is_refused(client, shelling):
    client.force_login(person("basma", "Editor"))
    assert 'value="publish"' not in client.get(address(shelling)).content.decode()
    assert press(client, shelling, "publish").status_code == 403
    shelling.refresh_from_db()
    assert (shelling.status, Event.objects.count()) == ("extracted", 0)


def test_whoever_is_not_logged_in_is_asked_to(client, shelling):
    for answer in (
        client.get(PAGE),
        client.get(address(shelling)),
        client.post(address(shelling, "decide/"), {"do": "accept"}),
    ):
        assert answer.status_code == 302
        assert "/admin/login/" in answer["Location"]
