"""The review page: every button with and without a script, and what it refuses and keeps."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from tests.admin.review.pressing import PAGE, TEXT, address, boxes, line, press, text
from tests.making import houla, mention, person
from timeline.models import Act, Assignment, Lease, Mention, TollClaim

pytestmark = pytest.mark.django_db

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
