"""Linking whole reports as suggested, and gathering reports that have no events yet."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.making import article, claim, houla, mention, person
from timeline.curation import events, linking
from timeline.curation.rights import NotAllowedTo
from timeline.curation.undo import undo
from timeline.ingest.naming import place_named
from timeline.ingest.run import ingest
from timeline.management.commands.demo import DEMO
from timeline.models import Act, Article, Event, Mention
from timeline.query.suggestions import THRESHOLD

pytestmark = pytest.mark.django_db

TEXT = (
    "In Houla 92 bodies were counted after the attack of 25 May 2012, officials said. "
    "In Palmyra nine people were injured by a shell on 26 May 2012."
)


def report() -> Article:
    """Tells of the killings in Houla and of something that no event stands for."""
    told = article(TEXT, published=dt.date(2012, 5, 30), title="Observers count the dead")
    entry = mention(told, "In Houla 92 bodies were counted after the attack of 25 May 2012")
    claim(entry, "92 bodies", 92, 92, "officials")
    day = dt.date(2012, 5, 26)
    other = mention(
        told,
        "In Palmyra nine people were injured by a shell on 26 May 2012",
        kind="shelling",
        title="Shelling in Palmyra",
        earliest=day,
        latest=day,
        place=place_named("Palmyra"),
    )
    claim(other, "nine people", 9, 9, None, harm="injured")
    return told


def chosen(told: Article, event: Event) -> dict[int, int]:
    return {told.mentions.get(title="Massacre in Houla").pk: event.pk}


def test_the_entries_with_a_sure_suggestion_are_proposed_and_the_others_not():
    event, told = houla(), report()
    found = linking.proposals(told, THRESHOLD)
    assert [(one.mention.title, one.best.event) for one in found] == [("Massacre in Houla", event)]


def test_it_is_one_act_and_undone_as_one():
    event, told, user = houla(), report(), person("edith", "Editor")
    before = Event.objects.get(pk=event.pk).report_count
    linking.link_chosen(told, chosen(told, event), user)
    act = Act.objects.latest("pk")
    assert str(act) == "linked the entries of “Observers count the dead” as suggested"
    undo(act, user)
    assert not told.mentions.filter(event__isnull=False).exists()
    assert Event.objects.get(pk=event.pk).report_count == before


def test_the_history_says_why_they_were_linked():
    event, told = houla(), report()
    linking.link_chosen(told, chosen(told, event), None)
    reason = told.mentions.get(title="Massacre in Houla").history.first().history_change_reason
    assert reason.startswith("as suggested: same place: Houla; both say 25 May 2012")


def test_only_what_the_editor_chose_is_linked():
    event, told = houla(), report()
    entry = told.mentions.get(title="Massacre in Houla")
    assert linking.link_chosen(told, {}, None) == []
    assert linking.link_chosen(told, chosen(told, event), None) == [(entry, event)]
    assert event.mentions.count() == 2
    assert told.mentions.get(title="Shelling in Palmyra").event is None


def test_an_entry_or_event_that_a_colleague_decided_on_meanwhile_stops_the_whole():
    event, told = houla(), report()
    entry, other = told.mentions.order_by("start")
    events.create_event([other], None)
    with pytest.raises(linking.CannotLink, match="An entry of this report was linked"):
        linking.link_chosen(told, {entry.pk: event.pk, other.pk: event.pk}, None)
    events.withdraw(event, None, "counted twice")
    with pytest.raises(linking.CannotLink, match="An event was withdrawn"):
        linking.link_chosen(told, {entry.pk: event.pk}, None)
    assert told.mentions.get(pk=entry.pk).event is None


def test_who_may_not_review_links_nothing():
    houla()
    told, user = report(), person("carl", "Contributor")
    with pytest.raises(NotAllowedTo):
        linking.gather([told], user)
    with pytest.raises(NotAllowedTo):
        linking.link_chosen(told, {told.mentions.first().pk: Event.objects.get().pk}, user)
    assert not told.mentions.filter(event__isnull=False).exists()


def test_reports_find_each_other_before_anything_is_published():
    first, second = article(published=dt.date(2012, 5, 26)), report()
    entry = mention(first, "government forces killed more than 90 people in Houla on Friday")
    claim(entry, "92 bodies", 92, 92, "United Nations")
    gathered = linking.gather(Article.objects.all(), None)
    assert (gathered.joined, gathered.made) == (1, 2)
    event = Event.objects.get(mentions=entry)
    assert event.status == Event.Status.DRAFT
    assert set(event.mentions.values_list("article", flat=True)) == {first.pk, second.pk}


def test_gathering_again_changes_nothing():
    report()
    linking.gather(Article.objects.all(), None)
    assert str(linking.gather(Article.objects.all(), None)) == "0 entries joined an event, 0 draft events made."


def test_gathering_is_undone_as_one():
    told, user = report(), person("edith", "Editor")
    linking.gather([told], user)
    undo(Act.objects.latest("pk"), user)
    assert not Event.objects.exists()
    assert not Mention.objects.filter(event__isnull=False).exists()


@pytest.fixture
def gathered_demo(db):
    """The demonstration reports as the engine reads them, brought together by suggestions alone: nobody decided."""
    files = sorted((DEMO / "reports").glob("*.txt"))
    ingest(files, today=dt.date(2025, 1, 1), demo=True)
    linking.gather(Article.objects.all(), None)


def event_of(*titles: str) -> Event:
    """The event that each of the reports with these words in its title tells of, the same for all."""
    shared = [set(Event.objects.filter(mentions__article__title__contains=title)) for title in titles]
    (event,) = set.intersection(*shared)
    return event


def figures(event: Event) -> set[tuple[int | None, str]]:
    rows = event.mentions.filter(toll_claims__harm="killed", toll_claims__part_of=None)
    return set(rows.values_list("toll_claims__low", "toll_claims__qualifier"))


def test_the_demo_reports_of_houla_and_of_ghouta_end_in_one_event_each(gathered_demo):
    houla = event_of("accuse army of massacre in Houla", "92 dead in Houla", "condemns Houla", "Most Houla victims")
    assert {(90, "more_than"), (92, "more_than"), (108, "at_least"), (108, "exact")} <= figures(houla)
    assert houla.contested
    assert houla in Event.objects.filter(mentions__article__title__contains="blames gunmen for Houla")

    ghouta = event_of("Hundreds reported dead in gas attack", "355", "From 281 to 1,429", "UN inspectors confirm sarin")
    assert {281, 355, 635, 1300, 1429} <= {low for low, _ in figures(ghouta)}
    assert ghouta.contested
    assert ghouta != houla
