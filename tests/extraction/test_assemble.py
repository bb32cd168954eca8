"""What becomes a mention, and which date, place and tolls belong to it, by what the news writer is doing."""

import datetime as dt
from typing import Any

import pytest

from tests.growth import assert_linear
from timeline.extraction import VERSION, extract
from timeline.extraction.records import MentionSpan

PUBLISHED = dt.date(2012, 6, 7)  # a Thursday


def brief(mention: MentionSpan) -> tuple[str, str | None, str | None, str | None, list[int]]:
    days = [day.isoformat() if day else None for day in (mention.earliest, mention.latest)]
    return mention.kind, mention.place, days[0], days[1], list(mention.tolls)


# (text, [(kind, place, earliest, latest, tolls)])
MENTIONS = [
    # one sentence that tells what, where, when and how many
    (
        "Two car bombs killed 55 people in Damascus on Monday, the interior ministry said.",
        [("bombing", "Damascus", "2012-06-04", "2012-06-04", [0])],
    ),
    # the dead without a word for what killed them
    (
        "Activists said militiamen killed at least 78 people in Qubeir on Wednesday.",
        [("other", "Qubeir", "2012-06-06", "2012-06-06", [0])],
    ),
    # without a day of its own, news is of the day it is told on
    ("Ten people were killed by shelling in Homs, a monitor said on Tuesday.", [("shelling", "Homs", "2012-06-05", "2012-06-05", [0])]),
    # a lead that names no day is news of the day it is printed on; the entry says that it is taken so
    ("Shelling killed ten people in Homs.", [("shelling", "Homs", "2012-06-07", "2012-06-07", [0])]),
    # one happening told again is one mention
    (
        "A massacre of 40 villagers in Houla shocked the country. The council discussed last week's tragedy at length.",
        [("massacre", "Houla", "2012-05-28", "2012-06-03", [0])],
    ),
    (
        "Shelling of Homs killed 20 people on Tuesday. The shelling in Homs went on for hours.",
        [("shelling", "Homs", "2012-06-05", "2012-06-05", [0])],
    ),
    # two places are two happenings, in one sentence too
    (
        "Shelling killed five people in Homs on Monday, while a car bomb killed 12 in Damascus on Tuesday.",
        [("shelling", "Homs", "2012-06-04", "2012-06-04", [1]), ("bombing", "Damascus", "2012-06-05", "2012-06-05", [0])],
    ),
    # a day told behind the second place is that of both
    (
        "Shelling killed five people in Homs and three in Hama on Tuesday.",
        [("shelling", "Homs", "2012-06-05", "2012-06-05", [0]), ("shelling", "Hama", "2012-06-05", "2012-06-05", [1])],
    ),
    # two tolls of one place are one happening told by two sources
    (
        "Shelling killed 92 people in Houla on Tuesday, activists said, while state media spoke of 17 dead in the town.",
        [("shelling", "Houla", "2012-06-05", "2012-06-05", [0, 1])],
    ),
    # the dead of the whole country are of no one place, whatever a part of them is of
    ("At least 33 people were killed nationwide on Tuesday, 13 of them in Homs.", [("other", None, "2012-06-05", "2012-06-05", [0, 1])]),
    # two places are two happenings
    (
        "Shelling killed 20 people in Homs on Tuesday. Shelling killed five people in Idlib on Wednesday.",
        [("shelling", "Homs", "2012-06-05", "2012-06-05", [0]), ("shelling", "Idlib", "2012-06-06", "2012-06-06", [1])],
    ),
    # the dead of the whole war belong to no event
    ("More than 13,000 people have been killed since the uprising began.", []),
    # who says how many died is a source, not an event
    ("The Interior Ministry said on Monday that two men were killed in Homs.", [("other", "Homs", "2012-06-04", "2012-06-04", [0])]),
    # a statement is its speaker's, on the day he made it; violence it speaks of is its setting
    (
        "Foreign Minister Sergei Lavrov said on Monday that talks should go on.",
        [("statement", None, "2012-06-04", "2012-06-04", [])],
    ),
    # a place told before that is theirs
    ("At least 20 people were killed in Homs on Tuesday and five elsewhere.", [("other", "Homs", "2012-06-05", "2012-06-05", [0])]),
    # to say how many died in the whole war is a statement; where and when it was made stand with the words of speech
    (
        "The United Nations said in Geneva on Tuesday that more than 5,000 people had been killed since the uprising began.",
        [("statement", "Geneva", "2012-06-05", "2012-06-05", [])],
    ),
    # police that kill at a protest
    ("Security forces killed four people during protests in Hama on Tuesday.", [("shooting", "Hama", "2012-06-05", "2012-06-05", [0])]),
    # what is blocked in the council is a veto
    ("Russia and China vetoed a resolution of the Security Council on Tuesday.", [("veto", None, "2012-06-05", "2012-06-05", [])]),
    # a dateline is where the report was written
    ("BEIRUT (Reuters) - Shelling killed ten people in Homs on Tuesday.", [("shelling", "Homs", "2012-06-05", "2012-06-05", [0])]),
    # a weak word tells of nothing by itself; beside another word or a toll it does
    ("The unrest in Homs led to a brutal crackdown on 5 April.", []),
    ("The army was near Palmyra, which it captured in April.", []),
    ("Rebels captured a checkpoint during clashes in Idlib on Tuesday.", [("armed_clash", "Idlib", "2012-06-05", "2012-06-05", [])]),
    ("Ten people were killed in a crackdown in Homs on Tuesday.", [("detention", "Homs", "2012-06-05", "2012-06-05", [0])]),
    # the month is no protest
    ("The road in Homs was closed in March 2011.", []),
    ("Thousands marched in Homs on 9 March 2012.", [("protest", "Homs", "2012-03-09", "2012-03-09", [])]),
    # nothing happened
    ("Syria has been an ally of Russia for decades.", []),
    ("The mission has 298 observers.", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), MENTIONS, ids=[text[:50] for text, _ in MENTIONS])
def test_a_mention_is_what_an_editor_would_enter(text: str, expected: list[Any]) -> None:
    assert [brief(mention) for mention in extract(text, PUBLISHED).mentions] == expected


def test_a_statement_names_its_speaker_and_begins_the_title_with_it() -> None:
    (mention,) = extract("Foreign Minister Sergei Lavrov said on Monday that talks should go on.", PUBLISHED).mentions
    assert mention.actors == ("Sergei Lavrov",)
    assert mention.title == "Sergei Lavrov: talks should go on"


def test_a_veto_names_those_who_cast_it() -> None:
    (mention,) = extract("Russia has together with China blocked two Security Council resolutions.", PUBLISHED).mentions
    assert (mention.actors, mention.title) == (("Russia", "China"), "Veto by Russia and China")


def test_a_deputy_minister_adds_to_his_governments_statement() -> None:
    text = "Russia on Wednesday cautioned against haste. Russia's Deputy Foreign Minister Oleg Ivanov said more time was needed."
    (mention,) = extract(text, PUBLISHED).mentions
    assert mention.actors == ("Russia", "Oleg Ivanov")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("A massacre in Houla left 92 people dead on Friday.", "Massacre in Houla"),
        ("At least 78 people were killed in Qubeir on Wednesday.", "At least 78 killed in Qubeir"),
        ("Between 320 and 400 bodies were found in Daraya on Saturday.", "320 to 400 killed in Daraya"),
    ],
)
def test_a_title_says_what_and_where(text: str, title: str) -> None:
    assert extract(text, PUBLISHED).mentions[0].title == title


def test_no_title_is_longer_than_a_line() -> None:
    text = "Foreign Minister Sergei Lavrov said on Monday that " + "the talks on the plan " * 20 + "should go on."
    assert all(len(mention.title) <= 90 for mention in extract(text, PUBLISHED).mentions)


def test_more_evidence_makes_a_mention_surer() -> None:
    full = extract("Shelling killed ten people in Homs on Tuesday.", PUBLISHED).mentions[0]
    bare = extract("Shelling shook Homs.", PUBLISHED).mentions[0]
    assert 0 < bare.confidence < full.confidence < 1


def test_each_toll_of_a_mention_has_the_source_of_its_own_clause() -> None:
    text = "Activists said 20 people were killed in Homs on Tuesday, while the Interior Ministry said 5 people died."
    found = extract(text, PUBLISHED)
    assert [(toll.low, toll.source) for toll in found.tolls] == [(20, "activists"), (5, "Syrian Interior Ministry")]


def test_without_a_publication_date_relative_dates_stay_open() -> None:
    found = extract("Shelling killed ten people in Homs on Tuesday.")
    assert [(d.value, d.earliest, d.latest) for d in found.dates] == [(None, None, None)]
    assert [(m.earliest, m.latest, m.precision) for m in found.mentions] == [(None, None, "unknown")]


def test_a_report_that_states_its_own_day_proposes_it_and_dates_its_mentions_by_it() -> None:
    found = extract("Wed 6 June 2012\nShelling killed ten people in Homs on Tuesday.")
    assert found.published is None
    assert [s.date for s in found.suggested_published] == [dt.date(2012, 6, 6)]
    assert [d.earliest for d in found.dates if d.relative] == [None]
    assert [(m.earliest, m.latest) for m in found.mentions] == [(dt.date(2012, 6, 5), dt.date(2012, 6, 5))]


def test_nothing_is_proposed_where_the_day_is_known() -> None:
    assert extract("Wed 6 June 2012\nShelling went on.", PUBLISHED).suggested_published == ()


@pytest.mark.parametrize("text", ["", " ", "\n\t \n", "\u00a0\u2003"])
def test_an_empty_text_gives_an_empty_extraction(text: str) -> None:
    found = extract(text, PUBLISHED)
    assert (found.dates, found.tolls, found.attributions, found.mentions, found.suggested_published) == (
        (),
        (),
        (),
        (),
        (),
    )
    assert found.published == PUBLISHED


@pytest.mark.parametrize("text", [None, b"bytes", 7, ["a"]])
def test_what_is_no_text_is_refused(text: Any) -> None:
    with pytest.raises(TypeError, match="takes the text as str, not"):
        extract(text)


@pytest.mark.parametrize(
    "published", ["2012-05-30", "2012-05-30T14:00:00Z", dt.date(2012, 5, 30), dt.datetime(2012, 5, 30, 14)]
)
def test_the_day_of_publication_is_taken_as_date_or_iso_string(published: Any) -> None:
    assert extract("It ended.", published).published == dt.date(2012, 5, 30)


@pytest.mark.parametrize("published", ["30 May 2012", "2012-13-01", "yesterday"])
def test_a_string_that_is_no_date_is_refused_with_the_form_wanted(published: str) -> None:
    with pytest.raises(ValueError, match="YYYY-MM-DD"):
        extract("It ended.", published)


def test_a_day_that_is_no_date_at_all_is_refused() -> None:
    with pytest.raises(TypeError, match="published is a date"):
        extract("It ended.", 20120530)  # type: ignore[arg-type]


def test_an_unknown_lexicon_is_refused_by_name() -> None:
    with pytest.raises(LookupError, match="atlantis"):
        extract("It ended.", lexicon="atlantis")


def test_the_engine_has_a_version_to_store_with_what_it_read() -> None:
    assert VERSION.count(".") == 2


AWKWARD = [
    "\x00\x01 killed 5 in Homs",
    "قتل عشرة أشخاص في حمص يوم الثلاثاء",
    "💥 Ten killed 💥 in Homs 💥 on Tuesday 💥",
    "said said said said",
    ", , , said , . ;",
    "“”\"\"''",
    "According to",
    "told the",
    "citing",
    "a\u2028b\u2029c\x85d",
]


@pytest.mark.parametrize("text", AWKWARD)
def test_offsets_hold_in_awkward_text(text: str) -> None:
    found = extract(text, PUBLISHED)
    for span in (*found.dates, *found.tolls, *found.attributions):
        assert text[span.start : span.end] == span.text
    for mention in found.mentions:
        assert 0 <= mention.start < mention.end <= len(text)
        assert all(0 <= index < len(found.tolls) for index in mention.tolls)
        assert mention.date is None or 0 <= mention.date < len(found.dates)


UNITS = [
    "Activists said 5 people were killed in Homs on Tuesday. ",
    "activists said 5 killed in Homs, ",
    "Sergei Lavrov said on Monday that ",
    "said ",
    "the ",
    "Homs ",
    "A ",
]


@pytest.mark.parametrize("unit", UNITS)
def test_time_grows_with_the_length_of_hostile_text(unit: str) -> None:
    assert_linear(lambda text: extract(text, PUBLISHED), unit, 8_000)


# (text, earliest, latest, words of the rule): on which day it happened, where the lead does not say it plainly
DAYS = [
    # its own date comes first
    ("Shelling killed ten people in Homs on Tuesday.", "2012-06-05", "2012-06-05", "told with it"),
    # the lead names no day, the sentence behind it does
    ("Gunmen have killed six workers in Homs. They were attacked on Monday night.", "2012-06-04", "2012-06-04", "beside it"),
    ("Rebels attacked a convoy on Monday. Ten soldiers were killed in the ambush.", "2012-06-04", "2012-06-04", "beside it"),
    # a day far back is the story behind the news
    ("Shelling killed ten people in Homs. The town was besieged on 5 March.", "2012-06-07", "2012-06-07", "unsure"),
    # no day at all, and none but that on which it was said
    ("Shelling killed ten people in Homs, a monitor said on Tuesday.", "2012-06-05", "2012-06-05", "said on"),
    ("Shelling has killed ten people in Homs.", "2012-06-07", "2012-06-07", "unsure"),
    # a span that began on a day
    ("Shelling has killed ten people in Homs since Sunday.", "2012-06-03", "2012-06-07", "the days since"),
    # two days that belong together
    ("Clashes in Homs on Saturday and Sunday killed ten people.", "2012-06-02", "2012-06-03", "told with it"),
    # the date of another noun, and a long span that dates the story behind it
    ("Ten people were killed in Homs in clashes ahead of next week's elections.", "2012-06-07", "2012-06-07", "unsure"),
    ("Gunmen killed a former officer in Homs who was blamed for the 2011 raid.", "2012-06-07", "2012-06-07", "unsure"),
    ("At least 30 people were killed in Homs in last month's protests.", "2012-05-01", "2012-05-31", "told with it"),
    # a month told with it is not made exact by a day of another
    (
        "Last month bombings in Jableh and Tartus left at least 90 people dead. On Tuesday the coast was calm.",
        "2012-05-01",
        "2012-05-31",
        "told with it",
    ),
    # the day of a paper is not that of what it tells
    ("Government forces killed 95 people in Idlib on 3 June, a group said in a report published on Tuesday.", "2012-06-03", "2012-06-03", "told with it"),
    # what is dead is the news, whatever it follows
    ("At least 33 people are dead following a riot in Homs on Tuesday.", "2012-06-05", "2012-06-05", "told with it"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "earliest", "latest", "rule"), DAYS, ids=[text[:60] for text, *_ in DAYS])
def test_the_day_of_a_happening_and_its_rule(text: str, earliest: str, latest: str, rule: str) -> None:
    mention = extract(text, PUBLISHED).mentions[0]
    assert (str(mention.earliest), str(mention.latest)) == (earliest, latest)
    assert rule in mention.basis


def test_without_a_publication_day_nothing_is_dated_by_it() -> None:
    (mention,) = extract("Shelling killed ten people in Homs.").mentions
    assert (mention.earliest, mention.latest, mention.basis) == (None, None, "the text gives no date")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        # a country that says whose the aircraft were is no place
        ("At least 23 people were killed in US air strikes near Raqqa on Tuesday.", "Raqqa"),
        ("At least 23 people were killed in US-led strikes. The planes hit a school in Raqqa.", "Raqqa"),
        # a dateline that lost its mark is where it was written
        ("Beirut Government air strikes on Tuesday killed 39 people. Most died in Saraqib.", "Saraqib"),
        # abroad is a place like any other where the text says "in"
        ("A car bomb killed 40 people in Reyhanli on Tuesday.", "Reyhanli"),
        # "there" and "the city" are the place told before, in the sentence or in the one before it
        (
            "Rebels entered Rastan on Monday. At least ten people were killed there, a doctor in Damascus said.",
            "Rastan",
        ),
        ("In Hama ten people have been killed since the army stormed the city, exiles in Aleppo said.", "Hama"),
        (
            "Rebels entered Rastan on Monday. At least ten people were killed there. In Aleppo a market burned on Monday.",
            "Rastan",
        ),
        # of two that stand together the smaller one
        ("Three people were killed on Tuesday in the Damascus suburb of Moadamiya.", "Moadamiya"),
        ("Three people were killed on Tuesday in the Midan quarter of Damascus.", "Midan"),
        # the lead leaves its place to a sentence behind it
        ("Suicide bombers killed 20 people on Tuesday. It was a black day. They struck in Homs.", "Homs"),
    ],
)
def test_the_place_is_where_it_happened(text: str, place: str) -> None:
    assert extract(text, PUBLISHED).mentions[0].place == place


def test_the_main_event_is_what_the_report_opens_with() -> None:
    text = (
        "Shelling killed four people in Homs.\n\nFour people died on Tuesday when shells hit a school in Homs. "
        "A gas attack in Saraqib on 4 March 2012 killed 30 people."
    )
    mentions = extract(text, PUBLISHED).mentions
    assert max(mentions, key=lambda mention: mention.confidence).place == "Homs"
