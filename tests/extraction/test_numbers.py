"""Numbers and the words that qualify them, by how the writer gives them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.growth import assert_linear
from timeline.extraction.numbers import bounds, find_numbers

# (text, [(quote, low, high, qualifier)])
NUMBERS = [
    # commas around the qualifier, a range told as one
    ("of, at least, seven people", [("at least, seven", 7, None, "at_least")]),
    ("estimates ranged from 40 to 50", [("40 to 50", 40, 50, "range")]),
    # digits
    ("They counted 12 graves", [("12", 12, 12, "exact")]),
    ("some 1,400 people", [("some 1,400", 1400, 1400, "about")]),
    ("13,000 are missing", [("13,000", 13000, 13000, "exact")]),
    ("280000 have fled", [("280000", 280000, 280000, "exact")]),  # commas lost in scraped text
    ("13 000 have fled", [("13 000", 13000, 13000, "exact")]),
    ("4.8 million refugees", [("4.8 million", 4_800_000, 4_800_000, "exact")]),
    ("2.3m refugees", [("2.3m", 2_300_000, 2_300_000, "exact")]),
    ("12 thousand names", [("12 thousand", 12_000, 12_000, "exact")]),
    # words
    ("forty-two men", [("forty-two", 42, 42, "exact")]),
    ("two hundred and six names", [("two hundred and six", 206, 206, "exact")]),
    ("one hundred families", [("one hundred", 100, 100, "exact")]),
    ("twenty five shells", [("twenty five", 25, 25, "exact")]),
    ("three thousand two hundred", [("three thousand two hundred", 3200, 3200, "exact")]),
    ("two three four", [("two", 2, 2, "exact"), ("three", 3, 3, "exact"), ("four", 4, 4, "exact")]),
    ("a dozen villages", [("a dozen", 12, 12, "exact")]),
    ("two dozen men", [("two dozen", 24, 24, "exact")]),
    ("half a million", [("half a million", 500_000, 500_000, "exact")]),
    ("half a dozen", [("half a dozen", 6, 6, "exact")]),
    ("more than a quarter of a million", [("more than a quarter of a million", 250_000, None, "more_than")]),
    # no number, only a size
    ("dozens were there", [("dozens", 12, None, "vague")]),
    ("scores of shops", [("scores", 20, None, "vague")]),
    ("hundreds of shops", [("hundreds", 100, None, "vague")]),
    ("tens of thousands marched", [("tens of thousands", 10_000, None, "vague")]),
    ("hundreds of thousands marched", [("hundreds of thousands", 100_000, None, "vague")]),
    ("several hundred marched", [("several hundred", 100, None, "vague")]),
    ("tens of tents", [("tens", 10, None, "vague")]),
    # the words before
    ("at least 12", [("at least 12", 12, None, "at_least")]),
    ("At least another 12", [("At least another 12", 12, None, "at_least")]),
    ("no fewer than 248", [("no fewer than 248", 248, None, "at_least")]),
    ("more than 60", [("more than 60", 60, None, "more_than")]),
    ("over 60", [("over 60", 60, None, "more_than")]),
    ("about 60", [("about 60", 60, 60, "about")]),
    ("nearly 60", [("nearly 60", 60, 60, "about")]),
    ("an estimated 60", [("an estimated 60", 60, 60, "about")]),
    ("up to 1,300", [("up to 1,300", None, 1300, "up_to")]),
    ("as many as 90", [("as many as 90", None, 90, "up_to")]),
    ("fewer than 20", [("fewer than 20", None, 20, "less_than")]),
    # the words after
    ("60 or more", [("60 or more", 60, None, "at_least")]),
    ("60 or so", [("60 or so", 60, 60, "about")]),
    ("200+ names", [("200+", 200, None, "at_least")]),
    # from, to
    ("between 320 and 400 bodies", [("between 320 and 400", 320, 400, "range")]),
    ("20-30 people", [("20-30", 20, 30, "range")]),
    ("20 to 30 people", [("20 to 30", 20, 30, "range")]),
    ("four or five men", [("four or five", 4, 5, "range")]),
    ("rose from 84 to 91", [("84", 84, 84, "exact"), ("91", 91, 91, "exact")]),  # two counts, no range
    ("5 and 6", [("5", 5, 5, "exact"), ("6", 6, 6, "exact")]),
    # glued to something else: no count
    ("a 300-strong force, a 57-member bloc, a 17-year-old", []),
    ("$5, 40%, the 20th, 6pm, 3:30, S-300, 12.5 km", []),
    ("10-07-2016 and 12/5/2011", []),
    ("someone, tender, weightless", []),
]


@pytest.mark.parametrize(("text", "expected"), NUMBERS, ids=[text for text, _ in NUMBERS])
def test_a_number_is_read_with_the_words_that_qualify_it(text, expected):
    found = [(text[n.start : n.end], n.low, n.high, n.qualifier) for n in find_numbers(text)]
    assert found == expected


def test_bounds_follow_the_toll_conventions():
    assert bounds(40, "exact") == bounds(40, "about") == bounds(40, "feared") == (40, 40)
    assert bounds(40, "at_least") == bounds(40, "more_than") == bounds(40, "vague") == (40, None)
    assert bounds(40, "up_to") == bounds(40, "less_than") == (None, 40)


def test_only_the_part_asked_for_is_read():
    text = "at least 12 and 30"
    assert [(n.start, n.end) for n in find_numbers(text, 9, 15)] == [(9, 11)]


WORDS = st.sampled_from(
    "at least more than between and to or 12 1,400 two hundred thousand million dozens of a half - . , 2012 $ %".split()
)


@given(
    st.one_of(
        st.text(max_size=200), st.lists(WORDS, max_size=30).map(" ".join), st.lists(WORDS, max_size=30).map("".join)
    )
)
def test_any_text_gives_ordered_spans_with_low_not_above_high(text):
    end = 0
    for number in find_numbers(text):
        assert end <= number.start <= number.figure_start < number.end <= len(text)
        assert number.low is not None or number.high is not None
        if number.low is not None and number.high is not None:
            assert number.low <= number.high
        end = number.end


@pytest.mark.parametrize("unit", ["1,", "a hundred ", "twenty-", "at least ", "between 1 and ", "1", "1 000 "])
def test_time_grows_with_the_length_of_hostile_text(unit):
    assert_linear(find_numbers, unit, 50_000)
