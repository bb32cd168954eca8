"""How often the suggestions find what editors linked, told from what they linked."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.making import article, claim, houla, mention
from timeline.curation import events
from timeline.models import Mention
from timeline.query.link_quality import Known, LinkFigures, Reading, WrongLink, half_of, link_quality

pytestmark = pytest.mark.django_db

TEXT = "On 25 May 2012 in Houla 92 bodies were counted, officials said."


def second_report() -> Mention:
    """Of the killings in Houla, linked with the event by an editor."""
    event = houla()
    entry = mention(article(TEXT, published=dt.date(2012, 5, 30), title="Bodies counted"), TEXT)
    claim(entry, "92 bodies", 92, 92, "officials")
    events.link(entry, event, None)
    return entry


def both(figures: tuple[LinkFigures, LinkFigures]) -> tuple[int, int, int]:
    return tuple(sum(getattr(half, key) for half in figures) for key in ("wanted", "suggested", "right"))


def test_of_two_reports_the_later_is_asked_for_what_the_earlier_tells():
    second_report()
    assert both(link_quality(Reading.STANDS, Known.EARLIER)) == (1, 1, 1)


def test_with_all_others_known_each_is_asked_for_the_other():
    second_report()
    assert both(link_quality(Reading.STANDS, Known.OTHERS)) == (2, 2, 2)


def test_an_entry_made_by_hand_has_no_reading_of_the_engine_to_measure():
    second_report()
    Mention.objects.update(engine={})
    assert both(link_quality(Reading.ENGINE, Known.OTHERS)) == (0, 0, 0)


def test_the_figures_stand_in_the_half_of_the_event():
    entry = second_report()
    assert entry.event is not None
    figures = link_quality(Reading.STANDS, Known.EARLIER)
    assert figures[half_of(entry.event)].wanted == 1


def test_what_is_not_found_is_told():
    entry = second_report()
    day = dt.date(2013, 1, 1)
    Mention.objects.filter(pk=entry.pk).update(earliest=day, latest=day)
    missed = [miss for half in link_quality(Reading.STANDS, Known.EARLIER) for miss in half.missed]
    assert [(miss.entry, miss.suggested, miss.reasons) for miss in missed] == [
        ("Massacre in Houla", "", ("not among the events compared",))
    ]


def test_another_event_suggested_is_wrong():
    entry = second_report()
    with_own = mention(article("In Houla on 25 May 2012, others say."), "In Houla on 25 May 2012")
    other = events.create_event([with_own], None)
    events.link(entry, other, None)
    wrong = [miss for half in link_quality(Reading.STANDS, Known.EARLIER) for miss in half.wrong]
    assert "Massacre in Houla" in {miss.suggested for miss in wrong}


def test_the_links_are_as_before():
    entry = second_report()
    link_quality(Reading.STANDS, Known.EARLIER)
    link_quality(Reading.STANDS, Known.OTHERS)
    assert Mention.objects.get(pk=entry.pk).event == entry.event
    assert not Mention.objects.filter(event=None).exists()


def test_the_surest_mistake_comes_first_and_what_was_missed_by_most_before_the_rest():
    def miss(score: float) -> WrongLink:
        return WrongLink("", "", "", "", score, ())

    figures = LinkFigures(wrong=[miss(0.7), miss(0.9)], missed=[miss(0.5), miss(0.1)])
    assert [one.score for one in figures.worst(3)] == [0.9, 0.7, 0.1]
    assert (LinkFigures().precision, LinkFigures().recall) == (1.0, 1.0)
