"""The review page: two editors at one entry."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.admin.review.pressing import PAGE, address, boxes, drawn, text
from tests.making import person
from timeline.curation import queue
from timeline.models import Lease

pytestmark = pytest.mark.django_db

# ---- Two editors ----


def test_an_entry_in_other_hands_is_read_only_and_says_whose(desk, shelling):
    queue.take(person("basma", "Editor"), shelling)
    page = text(desk.get(address(shelling)))
    assert "in the hands of basma" in page
    assert f'href="{PAGE}" data-key="n"' in page
    assert 'value="accept"' not in page
    assert '<fieldset class="all-fields" disabled>' in page
    answer = desk.post(address(shelling, "decide/"), {"do": "accept"})
    assert "in the hands of basma" in text(answer)
    assert desk.post(address(shelling, "hold/")).status_code == 409
    shelling.refresh_from_db()
    assert shelling.status == "extracted"


def test_when_the_others_time_has_run_out_the_entry_is_taken_over(desk, editor, shelling):
    queue.take(person("basma", "Editor"), shelling)
    Lease.objects.update(until=dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
    assert 'value="accept"' in text(desk.get(address(shelling)))
    assert Lease.objects.get(mention=shelling).user == editor


def test_the_lease_is_renewed_while_the_page_is_open(desk, editor, shelling):
    desk.get(address(shelling))
    Lease.objects.update(until=dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
    assert desk.post(address(shelling, "hold/")).status_code == 204
    assert Lease.objects.get(mention=shelling).until.year > 2020


def test_a_colleagues_change_is_not_written_over(desk, shelling):
    from timeline.curation import review

    before = drawn(desk, shelling)
    review.correct(shelling, person("basma", "Editor"), {"kind": "bombing"})
    answer = desk.post(address(shelling, "decide/"), before | {"do": "accept", "title": "Mine"})
    page = text(answer)
    assert "basma" in page
    shelling.refresh_from_db()
    assert (shelling.kind, shelling.title) == ("bombing", "Shelling in Homs")
    assert boxes(answer.content.decode())["title"] == "Mine"
    assert boxes(answer.content.decode())["kind"] == "bombing"


def test_after_both_were_seen_saving_again_puts_mine_over_theirs(desk, shelling):
    from timeline.curation import review

    before = drawn(desk, shelling)
    review.correct(shelling, person("basma", "Editor"), {"title": "Theirs"})
    answer = desk.post(address(shelling, "decide/"), before | {"do": "accept", "title": "Mine"})
    assert "Theirs" in text(answer)
    desk.post(address(shelling, "decide/"), boxes(answer.content.decode()) | {"do": "accept"})
    shelling.refresh_from_db()
    assert shelling.title == "Mine"


def test_what_is_ticked_is_taken_from_the_colleague_and_the_rest_is_mine(desk, shelling):
    from timeline.curation import review

    before = drawn(desk, shelling)
    review.correct(shelling, person("basma", "Editor"), {"title": "Theirs", "kind": "bombing"})
    answer = desk.post(address(shelling, "decide/"), before | {"do": "accept", "title": "Mine", "kind": "shooting"})
    assert 'name="choice.title"' in answer.content.decode()
    sent = boxes(answer.content.decode()) | {"do": "accept", "choice.kind": "theirs"}
    assert sent["title"] == "Mine"
    desk.post(address(shelling, "decide/"), sent)
    shelling.refresh_from_db()
    assert (shelling.title, shelling.kind) == ("Mine", "bombing")


def test_of_a_date_and_of_a_toll_theirs_is_taken_whole(desk, shelling):
    from timeline.curation import review

    before = drawn(desk, shelling)
    basma, toll = person("basma", "Editor"), shelling.toll_claims.get()
    days = {"earliest": dt.date(2012, 6, 8), "latest": dt.date(2012, 6, 8)}
    review.correct(shelling, basma, days)
    typed = before | {"do": "accept", "when": "6 June 2012", f"toll-{toll.pk}-victims": "civilians"}
    answer = desk.post(address(shelling, "decide/"), typed)
    sent = boxes(answer.content.decode()) | {"do": "accept", "choice.when": "theirs"}
    review.correct_toll(toll, basma, {"victims": "children"})
    again = desk.post(address(shelling, "decide/"), sent)
    assert f'name="choice.toll-{toll.pk}-victims"' in again.content.decode()
    sent = boxes(again.content.decode()) | {"do": "accept", f"choice.toll-{toll.pk}-victims": "theirs"}
    desk.post(address(shelling, "decide/"), sent)
    shelling.refresh_from_db()
    toll.refresh_from_db()
    assert (shelling.earliest, toll.victims) == (days["earliest"], "children")


def test_a_colleagues_change_of_a_toll_is_not_written_over(desk, shelling):
    from timeline.curation import review

    before = drawn(desk, shelling)
    toll = shelling.toll_claims.get()
    review.correct_toll(toll, person("basma", "Editor"), {"victims": "villagers"})
    name = f"toll-{toll.pk}-victims"
    answer = desk.post(address(shelling, "decide/"), before | {"do": "accept", name: "men"})
    assert "changed by somebody else" in text(answer)
    assert shelling.toll_claims.get().victims == "villagers"
    assert boxes(answer.content.decode())[name] == "men"
