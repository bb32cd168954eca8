"""The review page: every button with and without a script, the small questions it asks, and what it refuses and keeps."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.test import Client

from tests.making import article, claim, houla, mention, person
from timeline.admin.review import asking
from timeline.curation import queue
from timeline.ingest.naming import place_named
from timeline.models import Act, Actor, Assignment, Event, Lease, Mention, TollClaim

pytestmark = pytest.mark.django_db

TEXT = (
    "Shelling killed 12 people in Homs on Thursday, residents said. At least 30 were wounded. "
    "On Friday protesters gathered in Hama."
)
PAGE = "/admin/timeline/mention/review/"


@pytest.fixture
def shelling() -> Mention:
    report = article(TEXT, published=dt.date(2012, 6, 9), title="Shelling in Homs")
    entry = mention(
        report,
        "Shelling killed 12 people in Homs on Thursday, residents said.",
        kind="shelling",
        title="Shelling in Homs",
        earliest=dt.date(2012, 6, 7),
        latest=dt.date(2012, 6, 7),
        date_start=TEXT.index("on Thursday"),
        date_end=TEXT.index("on Thursday") + len("on Thursday"),
        date_quote="on Thursday",
        date_basis="the latest Thursday before publication",
        place=place_named("Homs", "Homs"),
        confidence=0.7,
    )
    claim(entry, "12 people", 12, 12, "residents")
    return entry


@pytest.fixture
def editor():
    return person("amal", "Publisher")


@pytest.fixture
def desk(client, editor) -> Client:
    client.force_login(editor)
    return client


def address(entry: Mention, ending: str = "") -> str:
    return f"{PAGE}{entry.pk}/{ending}"


def boxes(page: str) -> dict[str, str]:
    """What a browser would send of the page's form: hidden boxes, boxes, lists and ticks as they are drawn."""
    form = page[page.index('id="review"') : page.index("</form>", page.index('id="review"'))]
    sent = {}
    for tag in re.findall(r"<input [^>]*>", form):
        name, value = re.search(r' name="([^"]*)"', tag), re.search(r' value="([^"]*)"', tag)
        if name and ("checkbox" not in tag or "checked" in tag):
            sent[name[1]] = unescaped(value[1]) if value else ("on" if "checkbox" in tag else "")
    for name, inside in re.findall(r'<textarea [^>]*?name="([^"]*)"[^>]*>\n?(.*?)</textarea>', form, re.DOTALL):
        sent[name] = unescaped(inside)
    for name, inside in re.findall(r'<select [^>]*?name="([^"]*)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', inside)
        sent[name] = chosen[1] if chosen else ""
    return sent


def unescaped(text: str) -> str:
    for code, sign in (("&quot;", '"'), ("&#x27;", "'"), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        text = text.replace(code, sign)
    return text


def drawn(desk: Client, entry: Mention) -> dict[str, str]:
    return boxes(desk.get(address(entry)).content.decode())


def press(desk: Client, entry: Mention, do: str, htmx: bool = False, query: str = "", **typed: str):
    """Press a button of the page as it is drawn now, with ``typed`` in its boxes (``__`` stands for a dash)."""
    sent = drawn(desk, entry) | {name.replace("__", "-"): value for name, value in typed.items()} | {"do": do}
    headers = {"HX-Request": "true"} if htmx else {}
    return desk.post(address(entry, "decide/") + query, sent, headers=headers)


def line(entry: Mention) -> str:
    return f"toll__{entry.toll_claims.get(quote='12 people').pk}"


def text(response) -> str:
    return " ".join(response.content.decode().split())


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


# ---- What is decided ----


@pytest.mark.parametrize("htmx", [False, True])
def test_accepting_goes_on_to_the_next_and_says_what_was_done(desk, editor, shelling, htmx):
    other = mention(shelling.article, "On Friday protesters gathered in Hama.", title="Protest in Hama", confidence=0.9)
    answer = press(desk, shelling, "accept", htmx)
    shelling.refresh_from_db()
    assert (shelling.status, shelling.reviewed_by) == ("accepted", editor)
    assert shelling.toll_claims.get().status == "accepted"
    if htmx:
        assert answer["HX-Push-Url"] == address(other)
        page = text(answer)
        assert "<html" not in page
    else:
        assert answer["Location"] == address(other)
        page = text(desk.get(answer["Location"]))
    assert "Accepted “Shelling in Homs”." in page
    assert 'form="undo"' in page
    assert not Lease.objects.filter(mention=shelling).exists()


def test_the_filters_are_kept_from_entry_to_entry(desk, shelling):
    mention(shelling.article, "On Friday protesters gathered in Hama.", kind="protest", confidence=0.5)
    third = mention(shelling.article, "At least 30 were wounded.", kind="shelling", confidence=0.9)
    answer = press(desk, shelling, "accept", query="?kind=shelling")
    assert answer["Location"] == address(third) + "?kind=shelling"


def test_an_answer_to_a_key_does_not_draw_the_filters_again(desk, shelling):
    other = mention(shelling.article, "On Friday protesters gathered in Hama.", title="Protest")
    assert '<select name="place">' in text(desk.get(address(other)))
    answer = text(press(desk, shelling, "accept", htmx=True))
    assert "Protest" in answer
    assert 'id="filters" hx-preserve' in answer
    assert '<select name="place">' not in answer


@pytest.mark.parametrize("htmx", [False, True])
def test_rejecting_keeps_the_reason(desk, shelling, htmx):
    answer = press(desk, shelling, "reject", htmx, reason="a threat, not an event")
    shelling.refresh_from_db()
    assert shelling.status == "rejected"
    assert shelling.history.first().history_change_reason == "a threat, not an event"
    page = text(answer if htmx else desk.get(PAGE))
    assert "Nothing waits" in page


@pytest.mark.parametrize("htmx", [False, True])
def test_a_skipped_entry_is_let_go_undecided(desk, shelling, htmx):
    other = mention(shelling.article, "On Friday protesters gathered in Hama.", confidence=0.9)
    answer = press(desk, shelling, "skip", htmx)
    shelling.refresh_from_db()
    assert shelling.status == "extracted"
    assert not Lease.objects.filter(mention=shelling).exists()
    assert address(other) == (answer["HX-Push-Url"] if htmx else answer["Location"])


@pytest.mark.parametrize(
    "typed, earliest, latest, precision",
    [
        ("8 June 2012", "2012-06-08", "2012-06-08", "day"),
        ("last week of May 2012", "2012-05-25", "2012-05-31", "range"),
        ("2012-05", "2012-05-01", "2012-05-31", "month"),
        ("أيار 2012", "2012-05-01", "2012-05-31", "month"),
        ("8 juin 2012", "2012-06-08", "2012-06-08", "day"),
        ("7–8 June 2012", "2012-06-07", "2012-06-08", "range"),
        ("spring 2012", "2012-03-01", "2012-05-31", "season"),
        ("Friday", "2012-06-08", "2012-06-08", "day"),
        ("", None, None, "unknown"),
    ],
)
def test_a_date_is_typed_as_people_write_it(desk, shelling, typed, earliest, latest, precision):
    press(desk, shelling, "accept", when=typed)
    shelling.refresh_from_db()
    day = lambda value: value and dt.date.fromisoformat(value)  # noqa: E731
    assert (shelling.earliest, shelling.latest, shelling.precision) == (day(earliest), day(latest), precision)
    assert shelling.status == "corrected"
    assert shelling.date_basis.startswith("as an editor reads it")
    assert shelling.date_quote == "on Thursday"  # it stands beside the box, and whoever typed has seen it


def test_exact_days_and_a_precision_can_be_given(desk, shelling):
    press(desk, shelling, "accept", earliest="2012-06-01", latest="2012-06-07", precision="range")
    shelling.refresh_from_db()
    assert (shelling.earliest, shelling.latest, shelling.precision) == (
        dt.date(2012, 6, 1),
        dt.date(2012, 6, 7),
        "range",
    )


def test_a_box_and_exact_days_that_contradict_each_other_are_asked_about(desk, shelling):
    page = text(press(desk, shelling, "accept", when="May 2012", earliest="2012-06-01"))
    assert "The box says one date and the exact days another." in page
    shelling.refresh_from_db()
    assert shelling.status == "extracted"


def test_a_date_that_is_none_is_refused_beside_the_box_and_everything_typed_is_kept(desk, shelling):
    answer = press(desk, shelling, "accept", when="soon", title="Shelling of Homs", actors="Syrian army; rebels")
    assert answer.status_code == 200
    sent = boxes(answer.content.decode())
    assert (sent["when"], sent["title"], sent["actors"]) == ("soon", "Shelling of Homs", "Syrian army; rebels")
    assert "“soon” names no year." in text(answer)
    assert 'aria-invalid="true"' in text(answer)
    shelling.refresh_from_db()
    assert (shelling.status, shelling.title) == ("extracted", "Shelling in Homs")


def test_fields_are_corrected_in_one_act_and_undone_as_one(desk, editor, shelling):
    typed = {
        "title": "Shelling of Homs",
        "kind": "air_strike",
        "place": "Houla, Homs",
        "place_id": "",
        "actors": "Syrian army; a new group",
    }
    press(
        desk, shelling, "save", **typed, **{f"{line(shelling)}__low": "12", f"{line(shelling)}__victims": "villagers"}
    )
    shelling.refresh_from_db()
    assert (shelling.title, shelling.kind, str(shelling.place)) == ("Shelling of Homs", "air_strike", "Houla")
    assert shelling.actors == ["Syrian army", "a new group"]
    assert shelling.toll_claims.get().victims == "villagers"
    assert Act.objects.count() == 1
    desk.post(PAGE + "undo/")
    shelling.refresh_from_db()
    assert (shelling.title, shelling.kind, str(shelling.place), shelling.actors) == (
        "Shelling in Homs",
        "shelling",
        "Homs",
        [],
    )
    assert (shelling.status, shelling.toll_claims.get().victims) == ("extracted", "")


def test_saving_what_nobody_changed_accepts_and_a_second_time_changes_nothing(desk, shelling):
    press(desk, shelling, "save")
    press(desk, shelling, "save")
    shelling.refresh_from_db()
    assert shelling.status == "accepted"


def test_an_unknown_place_is_refused_with_what_there_is(desk, shelling):
    page = text(press(desk, shelling, "accept", place="Nowhere at all", place_id=""))
    assert "The gazetteer has no “Nowhere at all”." in page


def test_new_evidence_is_found_where_it_stands(desk, shelling):
    press(desk, shelling, "accept", words="protesters gathered in Hama", at=str(TEXT.index("protesters")))
    shelling.refresh_from_db()
    assert (shelling.start, shelling.quote) == (TEXT.index("protesters"), "protesters gathered in Hama")


def test_evidence_that_does_not_stand_in_the_report_is_refused(desk, shelling):
    page = text(press(desk, shelling, "accept", words="Words of another report"))
    assert "These words are not in the report." in page


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


# ---- Back, undo, assigning, adding ----


def test_undo_leads_back_to_the_entry_and_back_to_the_one_before(desk, shelling):
    other = mention(shelling.article, "On Friday protesters gathered in Hama.", confidence=0.9)
    press(desk, shelling, "accept")
    assert f'href="{address(shelling)}"' in text(desk.get(address(other)))
    answer = desk.post(PAGE + "undo/")
    assert answer["Location"] == address(shelling)
    assert "Undone: accepted “Shelling in Homs”." in text(desk.get(answer["Location"]))
    shelling.refresh_from_db()
    assert shelling.status == "extracted"


def test_undo_stands_beside_what_it_undoes_and_beside_nothing_else(desk, shelling):
    other = mention(shelling.article, "On Friday protesters gathered in Hama.", title="Protest", confidence=0.9)
    third = mention(shelling.article, "At least 30 were wounded.", title="Wounded", confidence=0.95)
    beside, toolbar = 'class="link" data-key="u"', 'title="Undo: accepted “Shelling in Homs”"'
    accepted = text(desk.get(press(desk, shelling, "accept")["Location"]))
    assert beside in accepted
    assert toolbar in accepted
    skipped = text(desk.get(press(desk, other, "skip")["Location"]))
    assert "Left “Protest” for later." in skipped
    assert beside not in skipped
    assert toolbar in skipped
    press(desk, third, "accept")
    undone = text(desk.get(desk.post(PAGE + "undo/")["Location"]))
    assert "Undone: accepted “Wounded”." in undone
    assert beside not in undone
    assert toolbar in undone


def test_several_acts_are_undone_one_after_the_other(desk, shelling):
    other = mention(shelling.article, "On Friday protesters gathered in Hama.", confidence=0.9)
    press(desk, shelling, "accept")
    press(desk, other, "reject")
    desk.post(PAGE + "undo/")
    desk.post(PAGE + "undo/")
    assert set(Mention.objects.values_list("status", flat=True)) == {"extracted"}
    assert "There is nothing of yours to undo here." in text(desk.post(PAGE + "undo/", follow=True))


def test_what_cannot_be_undone_says_why(desk, shelling):
    press(desk, shelling, "reject")
    shelling.refresh_from_db()
    press(desk, shelling, "accept")
    last = Act.objects.latest("pk")
    from timeline.curation.undo import undo

    undo(last, None)
    assert "undone" in text(desk.post(PAGE + "undo/", follow=True))


def test_an_entry_is_assigned_to_a_colleague(desk, shelling):
    basma = person("basma", "Editor")
    press(desk, shelling, "assign", assignee=str(basma.pk))
    assert Assignment.objects.get(mention=shelling).user == basma
    reader = person("omar", "Contributor")
    assert "may not review" in text(press(desk, shelling, "assign", assignee=str(reader.pk)))


def test_words_of_the_report_become_an_entry_that_was_missed(desk, shelling):
    start = TEXT.index("On Friday")
    answer = press(desk, shelling, f"add_entry:{start}-{len(TEXT)}")
    added = Mention.objects.exclude(pk=shelling.pk).get()
    assert (added.quote, added.engine, added.status) == ("On Friday protesters gathered in Hama.", {}, "accepted")
    assert answer["Location"] == address(added)
    assert "Select the words of the report" in text(press(desk, shelling, "add_entry"))


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


# ---- What the engine says otherwise ----


def disagreeing(entry: Mention) -> None:
    from timeline.ingest.store import extract_again

    entry.status = "accepted"
    entry.kind = "bombing"
    entry.save()
    extract_again()
    entry.refresh_from_db()
    assert "kind" in entry.disagreement


def test_what_the_engine_now_says_is_shown_and_taken_field_by_field(desk, shelling):
    disagreeing(shelling)
    assert 'stands <q dir="auto">Bombing</q>, the engine now reads <q dir="auto">Shelling</q>' in text(
        desk.get(address(shelling))
    )
    keys = text(desk.get(address(shelling)))
    assert 'value="take:kind" class="link" data-key="v"' in keys
    assert 'value="keep" class="link" data-key="z"' in keys
    answer = press(desk, shelling, "take:kind", htmx=True, title="Typed meanwhile")
    shelling.refresh_from_db()
    assert (shelling.kind, shelling.title) == ("shelling", "Shelling in Homs")
    assert boxes(answer.content.decode())["title"] == "Typed meanwhile"


def test_what_stands_is_kept_against_the_engine(desk, shelling):
    disagreeing(shelling)
    press(desk, shelling, "keep")
    shelling.refresh_from_db()
    assert (shelling.kind, shelling.disagrees) == ("bombing", False)
    assert "the engine now reads" not in text(desk.get(address(shelling)))


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


# ---- What no page sends ----


@pytest.mark.parametrize(
    "value", ["²", "9" * 5000, "9" * 25, "\0", "a " * 1500, "a" * 51_000], ids=lambda v: ascii(v)[:12]
)
def test_nothing_that_is_sent_in_the_place_of_a_number_or_a_name_breaks_the_page(value):
    boss = person("boss", "Administrator")
    client = Client()
    client.force_login(boss)
    entry = houla().mentions.get()
    line = f"toll-{TollClaim.objects.earliest('pk').pk}"
    fields = {"title": entry.title, "words": entry.quote, "kind": "massacre", "when": "25 May 2012", "precision": "day"}
    odd = dict.fromkeys(["at", "seen", "place_id", "date_at", "reason", "actors", "place", "earliest"], value)
    odd |= {f"{line}-{name}": value for name in ("low", "high", "seen", "part_of", "at", "source", "words")}
    for verb in ("link", "assign", "add_entry", "take", "keep", "unlink", "search", "add_toll", "save", "reject"):
        for given in ({**fields, **odd, f"{line}-harm": "killed"}, {**fields, "seen": value}, {}):
            sent = {**given, "do": f"{verb}:{value}", "event_words": value, "assignee": value}
            answer = client.post(f"/admin/timeline/mention/review/{entry.pk}/decide/", sent)
            assert answer.status_code < 400
    asked = {
        "event_words": value[:5000],
        "when": value[:5000],
        "start": value[:5000],
        "end": value[:5000],
        "n": value[:5000],
    }
    for question in ("date", "words", "toll", "events"):
        assert client.get(f"/admin/timeline/mention/review/{entry.pk}/{question}/", asked).status_code in {200, 404}
    assert client.get("/admin/timeline/mention/review/names/place/", {"q": value[:5000]}).status_code == 200
