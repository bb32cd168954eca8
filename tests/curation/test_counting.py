"""An editor discounts claims and chooses figures, each with a reason; the rule goes on for the rest."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from tests.making import article, claim, houla, mention, person
from timeline.curation import counting, events
from timeline.curation.meanwhile import ChangedMeanwhile, newest
from timeline.curation.rights import NotAllowedTo
from timeline.curation.tolls import judge
from timeline.curation.undo import undo
from timeline.models import Act, Event, TollClaim

pytestmark = pytest.mark.django_db

UN = "United Nations"


@pytest.fixture
def amal():
    return person("amal", "Editor")


@pytest.fixture
def event() -> Event:
    return houla()


def figures(event: Event) -> tuple:
    event.refresh_from_db()
    return event.killed_low, event.killed_best, event.killed_high


def add(event: Event, day: int, low: int | None, high: int | None, source: str | None, **values) -> TollClaim:
    """Another report of the event, with one claim."""
    report = article(f"The figure of {day} May stands here, from {source}.", published=dt.date(2012, 5, day))
    entry = mention(report, "stands here")
    made = claim(entry, "The figure", low, high, source, **values)
    events.link(entry, event, None)
    return made


def of(source: str) -> TollClaim:
    return TollClaim.objects.get(source__name=source)


# ---- Discounting ----


def test_a_discounted_claim_no_longer_counts_and_keeps_its_reason(event, amal):
    counting.discount(of(UN), amal, "counted before the last house was reached")
    assert figures(event) == (90, None, None)
    assert of(UN).discounted == "counted before the last house was reached"
    assert Act.objects.get(by=amal).words == "discounted the toll “92 bodies”"


def test_it_counts_again_and_both_can_be_undone(event, amal):
    counting.discount(of(UN), amal, "too early")
    counting.count_again(of(UN), amal, "it was not")
    assert figures(event) == (90, 92, 92)
    undo(Act.objects.first(), amal)
    assert of(UN).discounted == "too early"
    undo(Act.objects.get(words__startswith="discounted"), amal)
    assert of(UN).discounted == ""
    assert figures(event) == (90, 92, 92)


@pytest.mark.parametrize("reason", ["", "   ", "x" * 201])
def test_discounting_needs_a_reason_that_fits_the_table(event, amal, reason):
    with pytest.raises(counting.CannotCount):
        counting.discount(of(UN), amal, reason)
    assert figures(event) == (90, 92, 92)


def test_what_is_not_discounted_cannot_be_counted_again(event, amal):
    with pytest.raises(counting.CannotCount, match="is not discounted"):
        counting.count_again(of(UN), amal)
    assert not Act.objects.filter(by=amal).exists()


def test_a_discounted_claim_survives_a_re_run_of_the_engine(event, amal):
    from timeline.ingest.store import extract_again

    counting.discount(of(UN), amal, "too early")
    extract_again()
    assert of(UN).discounted == "too early"


# ---- Figures of the editor's own ----


def test_the_editors_figures_stand_with_their_reason(event, amal):
    counting.set_toll(event, amal, 90, 100, 108, "three lists compared")
    assert figures(event) == (90, 100, 108)
    assert (event.toll_by_editor, event.toll_best_only, event.toll_basis) == (True, False, "three lists compared")
    add(event, 29, 120, 120, "activists")
    assert figures(event) == (90, 100, 108)


def test_a_best_estimate_of_the_editors_leaves_low_and_high_to_the_rule(event, amal):
    counting.choose_best(event, amal, 92, "the observers saw the bodies")
    assert figures(event) == (90, 92, 92)
    add(event, 29, 108, 108, "Syrian government")
    assert figures(event) == (90, 92, 108)
    assert (event.contested, event.toll_best_only, event.killed_words) == (True, True, "90–108")


def test_low_and_high_always_hold_the_best_estimate(event, amal):
    counting.choose_best(event, amal, 95, "a later list")
    assert figures(event) == (90, 95, 95)
    counting.discount(of("activists"), amal, "a guess")
    assert figures(event) == (92, 95, 95)


def test_the_rule_is_followed_again(event, amal):
    counting.set_toll(event, amal, 1, 2, 3, "a mistake")
    counting.follow_rule(event, amal, "it was a mistake")
    assert figures(event) == (90, 92, 92)
    assert (event.toll_by_editor, event.toll_basis) == (False, "")
    with pytest.raises(counting.CannotCount, match="follows the rule already"):
        counting.follow_rule(event, amal)


def test_choosing_figures_is_undone_as_one_act(event, amal):
    counting.choose_best(event, amal, 91, "why")
    counting.set_toll(event, amal, 90, 100, 108, "better")
    undo(Act.objects.first(), amal)
    assert figures(event) == (90, 91, 92)
    assert (event.toll_best_only, event.toll_basis) == (True, "why")
    undo(Act.objects.get(words__startswith="chose"), amal)
    assert figures(event) == (90, 92, 92)
    assert not event.toll_by_editor


@pytest.mark.parametrize(
    "low, best, high, reason, said",
    [
        (None, None, None, "why", "at least one figure"),
        (10, 5, 20, "why", "Low must not be above best"),
        (10, None, 5, "why", "Low must not be above best"),
        (10, 10, 10, " ", "Say why these figures"),
    ],
)
def test_senseless_figures_are_refused_with_the_mend(event, amal, low, best, high, reason, said):
    with pytest.raises(counting.CannotCount, match=said):
        counting.set_toll(event, amal, low, best, high, reason)
    assert figures(event) == (90, 92, 92)


def test_a_colleagues_figures_are_not_written_over(event, amal):
    seen = newest(event)
    counting.set_toll(event, person("basma"), 90, 95, 100, "hers")
    with pytest.raises(ChangedMeanwhile):
        counting.set_toll(event, amal, 1, 2, 3, "mine", seen)
    assert figures(event) == (90, 95, 100)


def test_a_contributor_decides_on_no_toll(event):
    samir = person("samir", "Contributor")
    for decide in (
        lambda: counting.discount(of(UN), samir, "why"),
        lambda: counting.count_again(of(UN), samir, "why"),
        lambda: counting.set_toll(event, samir, 1, 2, 3, "why"),
        lambda: counting.choose_best(event, samir, 2, "why"),
    ):
        with pytest.raises(NotAllowedTo):
            decide()
    assert figures(event) == (90, 92, 92)


# ---- Which count, and why the others do not ----


def why_not(event: Event) -> dict[str, str]:
    """By the words of the claim and its source."""
    claims = counting.claims_of(event)
    reasons = judge(claims).why_not
    return {f"{c.quote}, {c.source}": reasons[c.pk] for c in claims if c.pk in reasons}


def test_a_later_figure_of_a_source_supersedes_its_earlier_one_which_stays_in_the_table(event):
    add(event, 29, 108, 108, UN)
    assert figures(event) == (90, 108, 108)
    assert why_not(event) == {f"92 bodies, {UN}": "the same source said 108 on Tuesday 29 May 2012"}
    assert TollClaim.objects.filter(mention__event=event).count() == 3


def test_of_three_days_only_the_last_counts_and_nothing_is_added_up(event):
    for day, number in ((27, 95), (28, 100), (29, 108)):
        add(event, day, number, number, UN)
    assert figures(event) == (90, 108, 108)
    reasons = judge(counting.claims_of(event)).why_not
    assert sorted(reasons.values()) == [
        "the same source said 100 on Monday 28 May 2012",
        "the same source said 108 on Tuesday 29 May 2012",
        "the same source said 95 on Sunday 27 May 2012",
    ]


def test_contested_when_intervals_do_not_overlap(event):
    add(event, 29, 108, 108, "Syrian government")
    event.refresh_from_db()
    assert (event.contested, figures(event)) == (True, (90, None, 108))


def test_the_smaller_of_one_day_a_part_a_discounted_and_a_vague_one_say_why(event):
    whole = of(UN)
    claim(whole.mention, "32 of them children", 32, 32, UN, part_of=whole)
    add(event, 26, 80, 80, UN)
    add(event, 27, 12, None, "a relief committee", qualifier="vague")
    add(event, 27, 500, 500, "a passer-by", discounted="heard at third hand")
    assert why_not(event) == {
        f"32 of them children, {UN}": "a part of “92 bodies”",
        f"The figure, {UN}": "the same source says 92 on the same day",
        "The figure, a relief committee": "others give numbers",
        "The figure, a passer-by": "heard at third hand",
    }


def test_what_is_gone_from_its_address_counts_until_another_figure_stands_in_its_place_here(event):
    """A page that was reworded or taken down alone takes no figure from readers: an editor may."""
    old = of("activists")
    old.gone_since = timezone.now()
    old.save()
    events.refresh(event)
    assert figures(event) == (90, 92, 92)
    old.now_says = add(event, 28, 92, None, "an opposition council")
    old.save()
    events.refresh(event)
    assert why_not(event) == {"more than 90 people, activists": "its report now says “The figure” instead"}


def test_what_the_rule_would_say_otherwise_is_foreseen_without_changing_anything(event):
    claims = counting.claims_of(event)
    foreseen = counting.otherwise(claims)
    assert {key: (toll.low, toll.best, toll.high) for key, toll in foreseen.items()} == {
        of(UN).pk: (90, None, None),
        of("activists").pk: (92, 92, 92),
    }
    assert figures(event) == (90, 92, 92)
    assert not any(claim.discounted for claim in claims)
