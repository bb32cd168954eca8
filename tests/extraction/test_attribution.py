"""Who says what, by where the news writer puts the speaker."""

import pytest

from timeline.extraction.attribution import attribute_tolls, find_attributions
from timeline.extraction.lexicon import load
from timeline.extraction.records import TollSpan
from timeline.extraction.sentences import split
from timeline.extraction.speech import find_speech

SOHR = "Syrian Observatory for Human Rights"

# (text, [(passage, speaker, via)])
SPOKEN = [
    # the speaker after the news
    ("Ten people died in Homs, the Syrian Observatory for Human Rights said.", [("the Syrian Observatory for Human Rights said", SOHR, None)]),
    ("Ten people died in Homs, activists said.", [("activists said", "activists", None)]),
    ("Ten people died in Homs on Thursday, the interior ministry said.", [("the interior ministry said", "Syrian Interior Ministry", None)]),
    # commas lost in scraped text
    ("Ten people died in Homs the Syrian Observatory for Human Rights said Sunday.", [("the Syrian Observatory for Human Rights said Sunday", SOHR, None)]),
    # the speaker before the news
    ("The US State Department said it hoped for calm.", [("The US State Department said", "US State Department", None)]),
    ("A spokesman for the Syrian Observatory for Human Rights said ten died.", [("A spokesman for the Syrian Observatory for Human Rights said", SOHR, None)]),
    # the body behind an office
    ("More than ten died, the United Nations human rights office said.", [("the United Nations human rights office said", "UN Human Rights Office (OHCHR)", None)]),
    # titles are no part of the name, the day is part of the passage
    ("But Foreign Minister Sergei Lavrov said on Monday that it was over.", [("Foreign Minister Sergei Lavrov said on Monday", "Sergei Lavrov", None)]),
    ("Lt. Gen. Robert Mood said the road was open.", [("Lt. Gen. Robert Mood said", "Robert Mood", None)]),
    # an apposition between commas
    ("Omar Haddad, the head of the field clinic, said ten died.", [("Omar Haddad, the head of the field clinic, said", "Omar Haddad", None)]),
    # inverted, after a quotation
    ('"It is over," said Omar Haddad.', [("said Omar Haddad", "Omar Haddad", None)]),
    # according to
    ("According to the Observatory, ten died.", [("According to the Observatory", SOHR, None)]),
    ("Ten died, according to residents.", [("according to residents", "residents", None)]),
    # a body that the lexicon lacks keeps its name
    ("Ten people died, according to the Orchard Street Committee.", [("according to the Orchard Street Committee", "Orchard Street Committee", None)]),
    # an agency is the channel, a surname stands for the full name given earlier
    (
        "Gennady Gatilov was in Geneva. Gatilov told the Interfax news agency that talks went on.",
        [("Gatilov told the Interfax news agency", "Gennady Gatilov", "Interfax")],
    ),
    ("A military source told SANA that ten had died.", [("A military source told SANA", "a military source", "SANA")]),
    ("Omar Haddad told reporters that ten had died.", [("Omar Haddad told reporters", "Omar Haddad", None)]),
    ("Omar Haddad was quoted by Interfax as saying that ten had died.", [("Omar Haddad was quoted by Interfax as saying", "Omar Haddad", "Interfax")]),
    ("Interfax quoted Omar Haddad as saying that ten had died.", [("Interfax quoted Omar Haddad as saying", "Omar Haddad", "Interfax")]),
    ("SANA, citing a military source, said ten had died.", [("SANA, citing a military source, said", "a military source", "SANA")]),
    # a channel that speaks for itself
    ("Ten died, state television reported.", [("state television reported", "Syrian state television", None)]),
    # a pronoun is the last one who spoke
    (
        "Omar Haddad said the road was cut. He said help was late.",
        [("Omar Haddad said", "Omar Haddad", None), ("He said", "Omar Haddad", None)],
    ),
    (
        "The Syrian Observatory for Human Rights said ten died. The group said two were children.",
        [("The Syrian Observatory for Human Rights said", SOHR, None), ("The group said", SOHR, None)],
    ),
    # unnamed sources keep their words
    ("Residents of the town said the shelling went on.", [("Residents of the town said", "residents", None)]),
    # a place that stands for its government speaks
    ("Moscow denied the report.", [("Moscow denied", "Russian government", None)]),
    # nobody speaks
    ("The attack claimed twenty lives.", []),
    ("Ten people were reported dead.", []),
    ("The envoy is said to be on his way.", []),
    ("It was over, his channel said.", []),
    ("", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), SPOKEN, ids=[text[:50] for text, _ in SPOKEN])
def test_a_speaker_is_read_where_the_writer_put_it(text: str, expected: list[tuple[str, str, str | None]]) -> None:
    found = find_attributions(text, split(text), load())
    assert [(a.text, a.speaker, a.via) for a in found] == expected
    assert all(text[a.start : a.end] == a.text for a in found)


def toll(text: str, quote: str) -> TollSpan:
    start = text.index(quote)
    return TollSpan(start, start + len(quote), quote, "killed", 1, 1, "exact", None, "event", None, None, None, "")


# (text, [(words of the toll, source, via)])
TOLLS = [
    # one speaker for the whole sentence
    ("Activists said 78 people died in Homs.", [("78 people", "activists", None)]),
    ("At least 78 people died in Homs, activists said.", [("78 people", "activists", None)]),
    # each clause its own speaker
    (
        "Opposition groups gave tolls of up to 1,300 for the attack; Doctors Without Borders counted 355 dead.",
        [("up to 1,300", "opposition groups", None), ("355 dead", "Doctors Without Borders", None)],
    ),
    (
        "The Observatory said 12 people died, while residents said 20 were killed.",
        [("12 people", SOHR, None), ("20 were killed", "residents", None)],
    ),
    # through a channel
    ("A military source told SANA that 12 people died.", [("12 people", "a military source", "SANA")]),
    # nobody is named in the sentence, whoever spoke before it
    ("Activists said the road was cut. In Hama 12 people died.", [("12 people", None, None)]),
    # urging is not counting
    ("Russia cautioned against haste after the killing of 12 people.", [("12 people", None, None)]),
]


@pytest.mark.parametrize(("text", "expected"), TOLLS, ids=[text[:50] for text, _ in TOLLS])
def test_a_toll_is_given_to_whoever_states_it(text: str, expected: list[tuple[str, str | None, str | None]]) -> None:
    sentences = split(text)
    tolls = tuple(toll(text, quote) for quote, _, _ in expected)
    found = attribute_tolls(text, sentences, tolls, find_speech(text, sentences, load()))
    assert [(t.text, t.source, t.via) for t in found] == expected
