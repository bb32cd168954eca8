"""The review page: the lines of the tolls, and the events that an entry is linked to."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.admin.review.pressing import PAGE, address, drawn, line, press, text
from tests.making import houla, mention
from timeline.admin.review import asking
from timeline.models import Act, Event, TollClaim

pytestmark = pytest.mark.django_db

# ---- Tolls ----


def test_a_toll_is_corrected_on_its_line(desk, shelling):
    typed = {
        f"{line(shelling)}__{name}": value
        for name, value in {"low": "12", "high": "", "qualifier": "at_least", "source": "activists"}.items()
    }
    press(desk, shelling, "accept", **typed)
    toll = shelling.toll_claims.get()
    assert (toll.low, toll.high, toll.qualifier, toll.source.name, toll.status) == (
        12,
        None,
        "at_least",
        "activists",
        "corrected",
    )


def test_a_figure_that_its_words_do_not_say_is_asked_about_and_saved_when_it_is_meant(desk, shelling):
    typed = {f"{line(shelling)}__low": "14", f"{line(shelling)}__high": "14"}
    page = text(press(desk, shelling, "accept", **typed))
    assert "14 does not stand in the words beside it." in page
    assert shelling.toll_claims.get().low == 12
    press(desk, shelling, "accept", **typed, **{f"{line(shelling)}__meant": "on"})
    assert shelling.toll_claims.get().low == 14


def test_a_toll_is_rejected_and_taken_back_on_its_line(desk, shelling):
    name = f"{line(shelling)}__rejected"
    press(desk, shelling, "save", **{name: "on"})
    assert shelling.toll_claims.get().status == "rejected"
    sent = drawn(desk, shelling)
    sent.pop(name.replace("__", "-"))
    desk.post(address(shelling, "decide/"), sent | {"do": "save"})
    assert shelling.toll_claims.get().status == "accepted"


def test_a_toll_that_the_engine_missed_is_added(desk, shelling):
    page = text(press(desk, shelling, "add_toll"))
    assert 'name="new-0-low"' in page
    new = {"new-0-harm": "injured", "new-0-low": "30", "new-0-qualifier": "at_least", "new-0-scope": "event"}
    sent = drawn(desk, shelling) | new | {"new-0-words": "At least 30 were wounded", "new-0-source": "residents"}
    desk.post(address(shelling, "decide/"), sent | {"do": "accept"})
    toll = shelling.toll_claims.get(harm="injured")
    assert (toll.low, toll.high, toll.quote, toll.source.name) == (30, None, "At least 30 were wounded", "residents")
    shelling.refresh_from_db()
    assert shelling.status == "corrected"


def test_an_added_toll_without_words_or_a_number_is_refused(desk, shelling):
    sent = drawn(desk, shelling) | {
        "new-0-harm": "injured",
        "new-0-qualifier": "exact",
        "new-0-scope": "event",
        "new-0-victims": "men",
    }
    page = text(desk.post(address(shelling, "decide/"), sent | {"do": "accept"}))
    assert "Give a low or a high figure." in page
    assert "Give the words of the report that say this figure" in page


def test_a_toll_of_the_whole_conflict_leaves_the_entry(desk, shelling):
    press(desk, shelling, "accept", **{f"{line(shelling)}__scope": "cumulative"})
    assert not shelling.toll_claims.exists()
    assert TollClaim.objects.get().scope == "cumulative"


def test_a_low_figure_above_the_high_one_is_refused(desk, shelling):
    page = text(press(desk, shelling, "accept", **{f"{line(shelling)}__low": "30"}))
    assert "The high figure, 12, is below the low one, 30." in page


# ---- Events ----


@pytest.mark.parametrize("htmx", [False, True])
def test_linking_accepts_the_entry_and_links_it(desk, shelling, htmx):
    event = houla()
    press(desk, shelling, f"link:{event.pk}", htmx)
    shelling.refresh_from_db()
    assert (shelling.event, shelling.status) == (event, "accepted")
    assert Act.objects.latest("pk").words == "accepted “Shelling in Homs” and linked it to “Massacre in Houla”"


@pytest.mark.parametrize("htmx", [False, True])
def test_a_new_event_is_made_of_what_was_typed(desk, shelling, htmx):
    press(desk, shelling, "new_event", htmx, title="Shelling of Homs", when="8 June 2012")
    event = Event.objects.get()
    assert (event.title, event.earliest, event.status) == ("Shelling of Homs", dt.date(2012, 6, 8), "draft")
    assert event.killed_low == 12


@pytest.mark.parametrize("htmx", [False, True])
def test_publishing_accepts_makes_the_event_and_publishes_it_and_is_undone_as_one(desk, shelling, htmx):
    press(desk, shelling, "publish", htmx)
    event = Event.objects.get()
    assert (event.status, event.killed_low) == ("published", 12)
    desk.post(PAGE + "undo/")
    shelling.refresh_from_db()
    assert (shelling.status, shelling.event) == ("extracted", None)
    assert not Event.objects.filter(status="published").exists()


def test_an_event_is_found_by_its_words_with_and_without_a_script(desk, shelling):
    event = houla()
    for page in (
        text(desk.get(address(shelling, "events/"), {"event_words": "houla massacre"})),
        text(press(desk, shelling, "search", event_words="houla massacre")),
    ):
        assert f'value="link:{event.pk}"' in page
    assert "No event has all of these words." in text(desk.get(address(shelling, "events/"), {"event_words": "tea"}))


def on(day: dt.date) -> dict[str, dt.date | str]:
    return {"earliest": day, "latest": day, "precision": "day"}


def test_an_event_is_found_by_its_title_before_those_whose_reports_have_the_words(desk, shelling):
    for number in range(asking.SHOWN):
        Event.objects.create(
            title=f"Statement {number}",
            slug=f"s-{number}",
            kind="statement",
            search_text="tea",
            **on(dt.date(2012, 6, 7)),
        )
    told = {"search_text": "tea house fire", **on(dt.date(2011, 3, 1))}
    Event.objects.create(title="Fire in a tea house", slug="fire", kind="other", **told)
    for entry in (
        shelling,
        mention(shelling.article, "At least 30 were wounded.", earliest=None, latest=None, precision="unknown"),
    ):
        first = text(desk.get(address(entry, "events/"), {"event_words": "tea"})).split("</li>")[0]
        assert "Fire in a tea house" in first


def test_an_event_near_in_time_is_found_among_many_later_ones(desk, shelling):
    Event.objects.bulk_create(
        Event(title="Tea", slug=f"tea-{n}", kind="other", search_text="tea", **on(dt.date(2020, 1, 1)))
        for n in range(asking.CONSIDERED + 1)
    )
    Event.objects.create(title="Tea then", slug="t", kind="other", search_text="tea", **on(dt.date(2012, 6, 6)))
    assert "Tea then" in text(desk.get(address(shelling, "events/"), {"event_words": "tea"})).split("</li>")[0]


def test_an_event_that_rests_on_this_entry_alone_keeps_it(desk):
    entry = houla().mentions.get()
    assert "rests on this entry alone" in text(press(desk, entry, "reject"))
    assert "rests on this entry alone" in text(press(desk, entry, "unlink"))
    entry.refresh_from_db()
    assert (entry.status, entry.event) == ("extracted", Event.objects.get())


def test_an_entry_is_taken_off_a_draft(desk, shelling):
    press(desk, shelling, "new_event")
    press(desk, shelling, "unlink")
    shelling.refresh_from_db()
    assert shelling.event is None
