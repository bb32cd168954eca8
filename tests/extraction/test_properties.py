"""What holds for any text: where things stand, in which order numbers and days are, and that only text and day decide.

The texts are made by hypothesis: any characters at all, and mixtures of the words that news is made of, in three languages.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import random
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.hostile import SHAPES
from tests.growth import assert_linear
from timeline.extraction import extract
from timeline.extraction.records import HARMS, PRECISIONS, QUALIFIERS, SCOPES, Extraction

PROJECT = Path(__file__).resolve().parents[2]

# ---- Texts ----

WORDS = (
    """
killed|wounded|were killed|injured|shot dead|dead|died|at least|more than|up to|about|between|and|of them|including|no
ten|12|1,300|a dozen|dozens|scores of|hundreds|half a million|4.8 million|13,000|a boy and his mother|three children
people|civilians|soldiers|rebels|bodies|a cameraman|tanks|years old|members|shelling|an air strike|a car bomb|massacre
clashes|was abducted|defected|ceasefire|vetoed|resolution|in the war|since March 2011|the death toll rose to|missing
Homs|in Houla|Damascus|near Aleppo|Deir ez-Zor|Moscow|the capital|the village of|Idlib province|Geneva
on Wednesday|Monday|yesterday|today|last week|last week's|two days after|the next day|a day earlier|in May|may|March
May 25|25-26 May|2012|2012-05-30|10/7/2016|Feb. 4th, 2012|the 25th|early 2013|overnight|from Monday to Thursday|29 February
9999-12-31|0001-01-01|31 April|in 99999|at 25:61|the 1990s|next year|100 years ago|a million years ago|since Friday
activists said|according to the Observatory|told Reuters|Sergei Lavrov|he said|the watchdog|a military source|residents
state media reported|citing|in a statement|the UN|the Interior Ministry|Mr. Annan|spokesman|quoted by|on condition of
قتل عشرة أشخاص|في حمص|يوم الاثنين|آذار|كانون الثاني|وقال ناشطون|١٢|أمس
dix personnes ont été tuées|lundi dernier|à Homs|le 25 mai|selon|hier|l'armée|des dizaines
BEIRUT, May 30 (Reuters) -|"|“|”|«|»|'|’|(|)|,|.|;|:|-|--|—|…|?|!|%|$|#|&|<b>|http://example.org/2012/05/30|U.S.|No. 5
""".replace("\n", "|")
    .strip("|")
    .split("|")
)
SPACES = [" ", " ", " ", " ", " ", "  ", "", "\n", "\n\n", "\t", "\u00a0", "\u2028", "\r\n", " \n ", "\u200b", "\u3000"]

anything = st.text(max_size=200)
news = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(SPACES)), min_size=6, max_size=50).map(
    lambda pairs: "".join(word + space for word, space in pairs)
)
# The first and last days that a calendar of Python holds: no day may be counted past them.
first_days, last_days = st.dates(max_value=dt.date(1, 3, 1)), st.dates(min_value=dt.date(9999, 11, 1))
days = st.one_of(st.none(), st.dates(dt.date(2011, 1, 1), dt.date(2025, 12, 31)), first_days, last_days)
usual_days = st.one_of(st.none(), st.dates(dt.date(2011, 1, 1), dt.date(2025, 12, 31)))
sentences = st.lists(st.sampled_from(WORDS), min_size=3, max_size=15).map(" ".join)
paragraphs = st.lists(sentences, min_size=1, max_size=4)

# The whole file takes about fifteen seconds.
ANY = settings(max_examples=400)
NEWS = settings(max_examples=1_000)

# ---- Where things stand, and their order ----


def check(text: str, found: Extraction) -> None:
    for span in (*found.dates, *found.tolls, *found.attributions):
        assert 0 <= span.start < span.end <= len(text)
        assert text[span.start : span.end] == span.text
    for date in found.dates:
        _check_days(date.earliest, date.latest)
        assert date.precision in PRECISIONS
        assert date.basis
        assert (date.value is None) == (date.earliest is None and date.latest is None)
    for index, toll in enumerate(found.tolls):
        assert toll.harm in HARMS
        assert toll.qualifier in QUALIFIERS
        assert toll.scope in SCOPES
        assert toll.basis
        numbers = [number for number in (toll.low, toll.high) if number is not None]
        assert numbers, "a toll without a number"
        assert numbers == sorted(numbers)
        assert numbers[0] >= 0
        if toll.part_of is not None:
            assert 0 <= toll.part_of < len(found.tolls)
            assert toll.part_of != index
    for said in found.attributions:
        assert said.speaker.strip()
    for mention in found.mentions:
        assert 0 <= mention.start < mention.end <= len(text)
        assert mention.date is None or 0 <= mention.date < len(found.dates)
        assert all(0 <= index < len(found.tolls) for index in mention.tolls)
        assert len(set(mention.tolls)) == len(mention.tolls)
        assert mention.title.strip()
        assert 0 <= mention.confidence <= 1
        assert mention.earliest is None or mention.latest is not None
        _check_days(mention.earliest, mention.latest)
    for proposed in found.suggested_published:
        assert 0 <= proposed.confidence <= 1
        assert proposed.basis


def _check_days(earliest: dt.date | None, latest: dt.date | None) -> None:
    if earliest is not None and latest is not None:
        assert earliest <= latest


@given(text=anything, published=days)
@ANY
def test_in_any_characters_offsets_hold_and_intervals_are_in_order(text, published):
    check(text, extract(text, published))


@given(text=news, published=days)
@NEWS
def test_in_any_mixture_of_news_offsets_hold_and_intervals_are_in_order(text, published):
    check(text, extract(text, published))


@given(text=news, published=usual_days)
@ANY
def test_what_comes_out_goes_through_json_and_comes_out_the_same_again(text, published):
    found = extract(text, published).as_dict()
    assert json.loads(json.dumps(found)) == found
    assert extract(text, published).as_dict() == found


@given(text=news, published=usual_days)
@ANY
def test_nothing_is_said_to_have_happened_after_the_report_told_of_it_as_past(text, published):
    """A mention without a day of its own reaches to the day of publication, never past it."""
    for mention in extract(text, published).mentions:
        if mention.date is None and mention.latest and published:
            assert mention.latest <= published


# ---- White space ----


def values(found: Extraction) -> list[Any]:
    """What is said of the world, without where in the text it is said."""
    return [
        [(d.value, d.precision, d.relative, " ".join(d.text.split()), d.basis) for d in found.dates],
        [(t.harm, t.low, t.high, t.qualifier, t.scope, t.part_of, t.source, t.via, t.basis) for t in found.tolls],
        [(a.speaker, a.via, " ".join(a.text.split())) for a in found.attributions],
        [(m.kind, m.title, m.earliest, m.latest, m.place, m.date, m.tolls, m.confidence) for m in found.mentions],
        found.suggested_published,
    ]


BETWEEN_WORDS = [" ", "  ", "\t", "\u00a0", " \u2003 "]
BETWEEN_PARAGRAPHS = ["\n\n", "\n \n", "\r\n\r\n", "\n\n\n\t", " \n\n "]
AROUND = ["", " ", "\n", "\n\n \t", "\u00a0"]


@given(parts=paragraphs, published=usual_days, seed=st.integers(0, 10_000))
@ANY
def test_the_white_space_in_and_around_paragraphs_changes_nothing(parts, published, seed):
    choose = random.Random(seed)
    respaced = [
        "".join(choose.choice(BETWEEN_WORDS) if character == " " else character for character in part) for part in parts
    ]
    between = choose.choice(BETWEEN_PARAGRAPHS)
    text = choose.choice(AROUND) + between.join(respaced) + choose.choice(AROUND)
    found = extract(text, published)
    check(text, found)
    assert values(found) == values(extract("\n\n".join(parts), published))


# ---- Only the text and the day decide ----

CORPUS = [
    (
        "BEIRUT, May 30 (Reuters) - Shelling killed at least ten people in Homs on Wednesday, activists said.",
        "2012-05-30",
    ),
    ("Two days after the attack, on March 3, 12 bodies were found near Idlib, the Observatory told Reuters.", None),
    ("On 10/7/2016 a car bomb in Damascus wounded dozens. Last week's truce failed, he said on Monday.", "2016-07-12"),
    ("قتل عشرة أشخاص في حمص يوم الاثنين، وقال ناشطون إن القصف بدأ أمس.", "2013-09-04"),
    ("Dix personnes ont été tuées lundi dernier à Homs, selon des militants, le 25 mai.", "2012-05-30"),
    (
        "March and May met on Saturday in the 25th week. The toll since March 2011 is 13,000, a source said.",
        "2012-02-29",
    ),
]
PROGRAM = """
import json, sys
from timeline.extraction import extract
print(json.dumps([extract(text, day).as_dict() for text, day in json.load(sys.stdin)], sort_keys=True))
"""


def read_all() -> str:
    return json.dumps([extract(text, day).as_dict() for text, day in CORPUS], sort_keys=True)


@pytest.mark.parametrize(
    "environ",
    [
        {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
        {"TZ": "America/Los_Angeles", "LC_ALL": "tr_TR.UTF-8", "LANG": "ar_SY.UTF-8", "PYTHONHASHSEED": "2"},
        {"PYTHONOPTIMIZE": "1", "PYTHONUTF8": "0", "PYTHONHASHSEED": "3"},
    ],
    ids=["east, C", "west, Turkish and Arabic", "optimised"],
)
def test_time_zone_locale_and_hash_seed_of_the_machine_change_nothing(environ):
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "TZ", "PYTHON"))}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        input=json.dumps(CORPUS),
        cwd=PROJECT,
        env=kept | environ,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == read_all()


def test_todays_date_changes_nothing():
    """In a process whose clock says 1999 and 2099, before the engine is loaded: dateparser asks the clock for what is missing."""
    told = []
    for year in (1999, 2099):
        clock = f"""
import datetime
class Day(datetime.date):
    @classmethod
    def today(cls): return cls({year}, 3, 31)
class Moment(datetime.datetime):
    @classmethod
    def now(cls, tz=None): return cls({year}, 3, 31, 12, tzinfo=tz)
    @classmethod
    def utcnow(cls): return cls({year}, 3, 31, 12)
    @classmethod
    def today(cls): return cls({year}, 3, 31, 12)
datetime.date, datetime.datetime = Day, Moment
"""
        done = subprocess.run(
            [sys.executable, "-c", clock + PROGRAM],
            input=json.dumps(CORPUS),
            cwd=PROJECT,
            capture_output=True,
            text=True,
            check=True,
        )
        told.append(done.stdout.strip())
    assert told[0] == told[1] == read_all()


def test_many_threads_at_once_read_what_one_reads():
    alone = read_all()
    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(lambda _: read_all(), range(16))) == {alone}


def test_the_order_in_which_reports_are_read_changes_nothing():
    """Whatever the engine remembers of one report must not show in the next."""
    alone = [extract(text, day).as_dict() for text, day in CORPUS]
    assert [extract(text, day).as_dict() for text, day in reversed(CORPUS)][::-1] == alone
    undated = [extract(text, None).as_dict() for text, _ in CORPUS]
    assert [extract(text, day).as_dict() for text, day in CORPUS] == alone
    assert [extract(text, None).as_dict() for text, _ in CORPUS] == undated


# Patterns that ignore case take these letters for i, s and k; no table of words has them.
LOOK_ALIKES = [("i", "\u0131"), ("I", "\u0130"), ("i", "\u0130"), ("s", "\u017f"), ("k", "\u212a")]


@pytest.mark.parametrize(("letter", "other"), LOOK_ALIKES)
def test_a_letter_that_passes_for_another_stops_nothing(letter, other):
    told = (
        "On Friday 3 April two million fled. Dix jours plus tard, le 25 mai, en fin de semaine. Six dozen died in August. "
        "From Monday night to Tuesday; the next three days; two Fridays ago; nineteen ninety-six; l'hiver dernier; last week."
    )
    for text in (told, *(text for text, _ in CORPUS)):
        extract(text.replace(letter, other), "2012-05-30")


# ---- The whole engine on hostile text ----


@pytest.mark.parametrize("name", SHAPES)
def test_time_grows_with_the_length_of_hostile_text(name):
    assert_linear(lambda text: extract(text, "2012-05-30"), SHAPES[name], 8_000)
