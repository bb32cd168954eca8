"""The toll desk of an event: what counts and what does not, with the reasons; discounting and choosing figures there."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.test import Client

from tests.making import article, claim, houla, mention, person
from timeline.curation import counting, events
from timeline.models import Act, Event, TollClaim

pytestmark = pytest.mark.django_db

UN = "United Nations"


@pytest.fixture
def event() -> Event:
    return houla()


@pytest.fixture
def desk(client):
    client.force_login(person("amal", "Editor"))
    return client


def tolls(event: Event) -> str:
    return f"/admin/timeline/event/{event.pk}/tolls/"


def page(client, address: str) -> str:
    return " ".join(client.get(address).content.decode().split())


def un() -> TollClaim:
    return TollClaim.objects.get(source__name=UN)


def later(event: Event, low: int, source: str, day: int = 29) -> TollClaim:
    report = article(f"On {day} May {source} gave this figure.", published=dt.date(2012, 5, day))
    entry = mention(report, "gave this figure")
    made = claim(entry, "this figure", low, low, source)
    events.link(entry, event, None)
    return made


def figures(event: Event) -> tuple:
    event.refresh_from_db()
    return event.killed_low, event.killed_best, event.killed_high


HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.mark.parametrize("address", ["tolls/", "change/"])
def test_every_claim_is_shown_with_its_sentence_and_why_it_does_not_count(desk, event, address):
    later(event, 108, UN)
    shown = page(desk, f"/admin/timeline/event/{event.pk}/{address}")
    assert 'UN observers counted <mark class="toll">92 bodies</mark>, 32 of them children.' in shown
    assert "the same source said 108 on Tuesday 29 May 2012" in shown
    assert "by the rule: 90–108, best estimate 108" in shown


def test_what_the_toll_would_be_without_a_claim_stands_beside_it(desk, event):
    assert "Without it: 90 or more, no best estimate" in page(desk, tolls(event))


def test_a_claim_is_discounted_and_counted_again_without_javascript(desk, event):
    back = f"/admin/timeline/event/{event.pk}/change/"
    done = desk.post(tolls(event), {"what": f"discount:{un().pk}", "reason": "too early", "next": back}, follow=True)
    assert done.redirect_chain == [(back, 302)]
    assert "Discounted: “92 bodies”, 92." in done.content.decode()
    assert figures(event) == (90, None, None)
    shown = page(desk, tolls(event))
    assert 'Discounted: <span dir="auto">too early</span>' in shown
    assert "Counted again: 90–92, best estimate 92" in shown
    desk.post(tolls(event), {"what": f"count:{un().pk}"})
    assert figures(event) == (90, 92, 92)


def test_with_htmx_the_desk_alone_comes_back_with_an_undo(desk, event):
    answer = desk.post(tolls(event), {"what": f"discount:{un().pk}", "reason": "too early"}, **HTMX)
    shown = answer.content.decode()
    assert shown.lstrip().startswith('<section id="toll-desk"')
    assert f"/admin/timeline/act/{Act.objects.first().pk}/undo/" in shown
    assert "Discounted: “92 bodies”, 92." in shown


def test_an_act_names_the_claim_and_the_event(desk, event):
    desk.post(tolls(event), {"what": f"discount:{un().pk}", "reason": "too early"})
    act = Act.objects.first()
    assert (act.words, act.reason) == ("discounted the toll “92 bodies” of “Massacre in Houla”", "too early")


@pytest.mark.parametrize("headers", [{}, HTMX])
@pytest.mark.parametrize(
    "sent, said",
    [
        ({"what": "discount:{un}", "reason": " "}, "Say why this figure does not count"),
        ({"what": "discount:999999", "reason": "why"}, "no longer stands behind the event"),
        ({"what": "count:{un}"}, "is not discounted"),
        (
            {"what": "set", "range": "mine", "low": "9", "best": "8", "high": "7", "reason": "why"},
            "Low must not be above",
        ),
        ({"what": "set", "range": "rule", "best": "many", "reason": "why"}, "“many” is no number of persons"),
        ({"what": "set", "range": "rule", "best": "", "reason": "why"}, "Give the best estimate in digits"),
        ({"what": "set", "range": "rule", "best": "92", "reason": ""}, "Say why this is the best estimate"),
        ({"what": "set", "range": "rule", "best": "9" * 30, "reason": "why"}, "is no number of persons"),
        ({"what": "rule"}, "follows the rule already"),
        ({"what": "nonsense"}, "Nothing was chosen"),
        ({}, "Nothing was chosen"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_changes(desk, event, sent, said, headers):
    before = Act.objects.count()
    answer = desk.post(tolls(event), {k: v.format(un=un().pk) for k, v in sent.items()}, **headers)
    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert Act.objects.count() == before
    assert figures(event) == (90, 92, 92)


def test_what_was_typed_is_still_there_after_a_refusal(desk, event):
    sent = {"what": "set", "range": "mine", "low": "100", "best": "95", "high": "", "reason": "three lists"}
    shown = desk.post(tolls(event), sent).content.decode()
    assert 'name="low" value="100"' in shown
    assert 'value="three lists"' in shown


def test_the_best_estimate_is_chosen_and_the_page_says_whose_it_is(desk, event):
    later(event, 108, "Syrian government")
    desk.post(tolls(event), {"what": "set", "range": "rule", "best": "108", "reason": "the last list"})
    assert figures(event) == (90, 108, 108)
    shown = page(desk, tolls(event))
    assert "amal" in shown
    assert "the best estimate; low and high follow the rule" in shown
    assert "The rule alone would say" in shown
    assert "contested, no best estimate" in shown


def test_whose_figures_they_are_does_not_change_when_others_touch_the_event(desk, event):
    counting.choose_best(event, person("basma"), 92, "hers")
    desk.post(tolls(event), {"what": f"discount:{un().pk}", "reason": "too early"})
    standing = page(desk, tolls(event))
    assert "<dt>Chosen by</dt><dd>basma" in standing


def test_all_three_figures_are_chosen_and_the_rule_is_followed_again(desk, event):
    sent = {"what": "set", "range": "mine", "low": "1,000", "best": "", "high": "2000", "reason": "lists"}
    desk.post(tolls(event), sent)
    assert figures(event) == (1000, None, 2000)
    desk.post(tolls(event), {"what": "rule", "reason": "a mistake"})
    assert figures(event) == (90, 92, 92)


@pytest.mark.parametrize(
    "sent, said",
    [
        ({"range": "rule", "best": "95"}, "Readers would see: <strong>90–95, best estimate 95</strong>"),
        ({"range": "mine", "low": "90", "best": "95", "high": ""}, "<strong>90 or more, best estimate 95</strong>"),
        ({"range": "mine", "low": "99", "best": "95", "high": ""}, "Low must not be above best"),
        ({"range": "rule", "best": "x"}, "is no number of persons"),
    ],
)
def test_figures_are_previewed_before_they_stand(desk, event, sent, said):
    for headers in ({}, HTMX):
        shown = desk.post(tolls(event), {"what": "preview", **sent}, **headers).content.decode()
        assert said in shown
    assert ("<h1" in shown, figures(event)) == (False, (90, 92, 92))


def test_a_colleagues_choice_is_not_written_over(desk, event):
    seen = event.history.first().history_id
    counting.set_toll(event, person("basma"), 90, 95, 100, "hers")
    sent = {"what": "set", "range": "rule", "best": "92", "reason": "mine", "seen": seen}
    answer = desk.post(tolls(event), sent)
    assert "was changed by somebody else" in answer.content.decode()
    assert figures(event) == (90, 95, 100)


def test_a_contributor_looks_and_decides_nothing(client, event):
    client.force_login(person("samir", "Contributor"))
    shown = page(client, tolls(event))
    assert "92 bodies" in shown
    assert "Discount<" not in shown
    for sent in ({"what": f"discount:{un().pk}", "reason": "why"}, {"what": "set", "best": "1", "reason": "why"}):
        assert client.post(tolls(event), sent).status_code == 403
    assert figures(event) == (90, 92, 92)


def test_a_stranger_is_sent_to_the_login(client, event):
    assert client.get(tolls(event)).status_code == 302


def test_an_event_without_claims_says_so(desk):
    report = article("A meeting was held in Damascus on Friday.")
    event = events.create_event([mention(report, "A meeting was held", kind="negotiation")], None)
    assert "No entry behind this event claims a toll." in page(desk, tolls(event))


def test_the_way_back_leads_nowhere_else(desk, event):
    sent = {"what": f"discount:{un().pk}", "reason": "why", "next": "https://example.org/"}
    assert desk.post(tolls(event), sent).url == tolls(event)


def test_the_number_of_queries_does_not_grow_with_the_claims(desk, event, django_assert_max_num_queries):
    for day in range(1, 20):
        later(event, 100 + day, f"observer {day}", day)
    with django_assert_max_num_queries(16):
        desk.get(tolls(event))


def test_the_forms_below_the_events_form_carry_their_token(event):
    """The check for forged requests is off in the client of tests."""
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(person("amal", "Editor"))
    shown = strict.get(f"/admin/timeline/event/{event.pk}/change/").content.decode()
    desk_part = shown[shown.index('id="toll-desk"') :]
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', desk_part)
    assert token is not None
    sent = {"what": f"discount:{un().pk}", "reason": "why", "csrfmiddlewaretoken": token[1]}
    assert strict.post(tolls(event), sent).status_code == 302


@pytest.mark.parametrize("value", ["²", "9" * 5000, "0" * 12 + "9" * 20], ids=["no digit", "endless", "behind noughts"])
def test_what_is_no_number_breaks_nothing(desk, event, value):
    before = figures(event)
    for what in ("set", "preview", f"discount:{value}", f"count:{value}"):
        sent = {
            "what": what,
            "low": value,
            "best": value,
            "high": value,
            "range": "mine",
            "seen": value,
            "reason": "so",
        }
        assert desk.post(tolls(event), sent).status_code == 200
    assert figures(event) == before
