"""Where sentences begin and end, by what the news writer is doing."""

import pytest

from tests.growth import assert_linear
from timeline.extraction.phrases import Phrases
from timeline.extraction.sentences import split, word_key, words

SENTENCES = [
    # one sentence, several sentences
    ("Five people died. Two were hurt.", ["Five people died.", "Two were hurt."]),
    ("Was it shelling? Nobody knew! They fled.", ["Was it shelling?", "Nobody knew!", "They fled."]),
    ("No stop at the end", ["No stop at the end"]),
    # abbreviations that lead to a name or a number
    ("Lt. Gen. Robert Mood left. He flew home.", ["Lt. Gen. Robert Mood left.", "He flew home."]),
    ("House No. 5 was hit. It burned.", ["House No. 5 was hit.", "It burned."]),
    ("He said no. The army left.", ["He said no.", "The army left."]),
    # abbreviations that may end a sentence
    ("They came from the U.S. The army left.", ["They came from the U.S.", "The army left."]),
    ("The U.S. Senate met. It voted.", ["The U.S. Senate met.", "It voted."]),
    ("It began at 5 p.m. on Monday. It went on.", ["It began at 5 p.m. on Monday.", "It went on."]),
    ("It began at 5 p.m. The army denied it.", ["It began at 5 p.m.", "The army denied it."]),
    ("On Jan. 5 they met. It failed.", ["On Jan. 5 they met.", "It failed."]),
    # initials
    ("John F. Kerry came. He spoke.", ["John F. Kerry came.", "He spoke."]),
    # quotations that close after the stop
    ('"We will stay." The council met.', ['"We will stay."', "The council met."]),
    ('"We will stay." he said. They left.', ['"We will stay." he said.', "They left."]),
    ("“We will stay.” The council met.", ["“We will stay.”", "The council met."]),
    ('He said: "Stop." Then he left.', ['He said: "Stop."', "Then he left."]),
    # paragraphs, headlines, hard-wrapped lines
    ("Shelling in Homs\nFive people died.", ["Shelling in Homs", "Five people died."]),
    ("Five people died\nin the shelling.", ["Five people died\nin the shelling."]),
    ("Five people died\n\nin the shelling.", ["Five people died", "in the shelling."]),
    ("One.\r\nTwo.", ["One.", "Two."]),
    # datelines and decimals
    ("BEIRUT — Five people died.", ["BEIRUT — Five people died."]),
    ("The town is 4.5 km away. It fell.", ["The town is 4.5 km away.", "It fell."]),
    # a list item's number stays with its text
    ("2. The council met. It voted.", ["2. The council met.", "It voted."]),
    # dots of omission
    ("They ran... then stopped. All was quiet.", ["They ran... then stopped.", "All was quiet."]),
    # Arabic and French
    ("متى وقع القصف؟ لا أحد يعرف.", ["متى وقع القصف؟", "لا أحد يعرف."]),
    ("M. Assad est parti. Il a dit « non. » Puis rien.", ["M. Assad est parti.", "Il a dit « non. »", "Puis rien."]),
    # white space
    ("  Five died.   Two were hurt.  ", ["Five died.", "Two were hurt."]),
    ("", []),
    (" \n\t \n", []),
    # stops without a word are no sentence
    ("They ran. . . . *** All was quiet.", ["They ran.", "*** All was quiet."]),
    (". . .\n***\n. .", []),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES, ids=[repr(text[:40]) for text, _ in SENTENCES])
def test_a_text_is_split_where_a_reader_stops(text: str, expected: list[str]) -> None:
    assert [text[s.start : s.end] for s in split(text)] == expected


@pytest.mark.parametrize("unit", [". ", "a.", '"', '."  ', "\n", "U.S. ", "...", " ", "A b ", ".\n", "؟"])
def test_time_grows_with_the_length_of_hostile_text(unit: str) -> None:
    assert_linear(split, unit, 50_000)


@pytest.mark.parametrize(
    ("word", "key"),
    [("U.S", "us"), ("Russia's", "russia"), ("Russia’s", "russia"), ("4.5", "4.5"), ("Ki-moon", "ki-moon")],
)
def test_spellings_of_one_word_meet_in_its_key(word: str, key: str) -> None:
    assert word_key(word) == key


def test_words_keep_their_offsets() -> None:
    text = "Ban Ki-moon told 13,000 people: U.S. aid."
    assert [(w.text, text[w.start : w.end]) for w in words(text)] == [
        (w, w) for w in ("Ban", "Ki-moon", "told", "13,000", "people", "U.S", "aid")
    ]


PHRASES = Phrases(
    [("UN", "un"), ("UN Security Council", "council"), ("state television", "tv"), ("US", "us"), ("Homs", "homs")]
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the UN Security Council", [(3, "council")]),  # the longest counts
        ("the UN, Security Council", [(1, "un")]),  # not across punctuation
        ("the U.N. Security Council", [(3, "council")]),
        ("he told us", []),  # an acronym matches capitals only
        ("State television", [(2, "tv")]),
        ("homs", []),  # a name needs its capital
        ("HOMS", [(1, "homs")]),
    ],
)
def test_a_phrase_is_found_as_a_reader_sees_it(text: str, expected: list[tuple[int, str]]) -> None:
    found = words(text)
    assert [hit for index in range(len(found)) if (hit := PHRASES.at(text, found, index)) is not None][:1] == expected


def test_stops_without_words_and_initials_end_no_sentence() -> None:
    assert split(". " * 50) == ()
    assert len(split("A.B. " * 50)) == 1
    text = "Wait . . . Then they left. All of them."
    assert [text[s.start : s.end] for s in split(text)] == ["Wait .", "Then they left.", "All of them."]


def test_what_stands_behind_thirty_thousand_sentences_is_left_unread() -> None:
    assert len(split("They left. " * 40_000)) == 30_000
