"""Who says what, by where the news writer puts the speaker."""

import pytest

from timeline.extraction.attribution import attribute_tolls, attributions_of
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
    # "she" is not a man who spoke
    ("Sheikh Omar Haddad said the road was cut. She said help was late.", [("Sheikh Omar Haddad said", "Omar Haddad", None)]),
    # "the source", "the minister" and "the Coalition" are the last ones so called
    (
        "A military source told SANA it was quiet. The source added that roads were open.",
        [("A military source told SANA", "a military source", "SANA"), ("The source added", "a military source", None)],
    ),
    (
        "Foreign Minister Sergei Lavrov said it was over. The minister added that talks would go on.",
        [("Foreign Minister Sergei Lavrov said", "Sergei Lavrov", None), ("The minister added", "Sergei Lavrov", None)],
    ),
    ("The Syrian National Coalition met. The Coalition said talks went on.", [("The Coalition said", "Syrian National Coalition", None)]),
    # without anybody to point back to they name nobody
    ("The official said the road was cut.", []),
    # a relative clause, an office or a body between the speaker and the verb
    (
        "The Observatory, which has people inside Syria, said ten died.",
        [("The Observatory, which has people inside Syria, said", SOHR, None)],
    ),
    ("The Observatory which has people inside Syria said ten died.", [("The Observatory which has people inside Syria said", SOHR, None)]),
    ("Omar Haddad of the rescue service in Idlib said ten died.", [("Omar Haddad of the rescue service in Idlib said", "Omar Haddad", None)]),
    ("Omar Haddad the head of the Observatory said ten died.", [("Omar Haddad the head of the Observatory said", "Omar Haddad", None)]),
    ('"It is over" said Omar Haddad deputy director of the clinic.', [("said Omar Haddad", "Omar Haddad", None)]),
    ("The head of the Observatory, Omar Haddad, said ten died.", [("head of the Observatory, Omar Haddad, said", "Omar Haddad", None)]),
    # scraped text loses commas, quotation marks, apostrophes and hyphens
    ("Ten people died near Aleppo activists said.", [("activists said", "activists", None)]),
    ("Ten people died in the raids said the Observatory.", [("said the Observatory", SOHR, None)]),
    ("Omar Haddad a local activist said ten died.", [("Omar Haddad a local activist said", "Omar Haddad", None)]),
    ("SANAs correspondent said ten died.", [("SANAs correspondent said", "SANA", None)]),
    ("Jaish al Islam said it held the road.", [("Jaish al Islam said", "Jaish al-Islam", None)]),
    # two speakers: the one with a name
    ("Ten people died, the Observatory and residents said.", [("the Observatory and residents said", SOHR, None)]),
    # told of in the passive, and by whom a count was made
    ("Ten deaths were reported by the Observatory.", [("reported by the Observatory", SOHR, None)]),
    ("Ten died, according to a count by the Associated Press.", [("according to a count by the Associated Press", "Associated Press", None)]),
    ("Ten died, SANA quoted a military source as saying.", [("SANA quoted a military source as saying", "a military source", "SANA")]),
    # the channel may stand anywhere in the sentence
    ("Speaking to Interfax, Omar Haddad said it was over.", [("Omar Haddad said", "Omar Haddad", "Interfax")]),
    ("Omar Haddad said in an interview with Al-Mayadeen that it was over.", [("Omar Haddad said", "Omar Haddad", "Al-Mayadeen")]),
    # what a preposition leads to does not speak
    ("Omar Haddad, regional coordinator for Syria, said ten died.", [("Omar Haddad, regional coordinator for Syria, said", "Omar Haddad", None)]),
    # French and Arabic, where the lexicon knows the speaker
    ("L'Observatoire syrien des droits de l'Homme a indiqué que dix civils sont morts.", [("L'Observatoire syrien des droits de l'Homme a indiqué", SOHR, None)]),
    ("Dix civils sont morts, a annoncé l'OSDH.", [("a annoncé l'OSDH", SOHR, None)]),
    ("ذكرت وكالة سانا أن الطريق مفتوح.", [("ذكرت وكالة سانا", "SANA", None)]),
    # unnamed sources keep their words
    ("Residents of the town said the shelling went on.", [("Residents of the town said", "residents", None)]),
    # a place that stands for its government speaks
    ("Moscow denied the report.", [("Moscow denied", "Russian government", None)]),
    # a verb of speech in another sense
    ("Russia maintains a base at Hmeimim.", []),
    ("Russia recalled its ambassador.", []),
    # nobody speaks
    ("The attack claimed twenty lives.", []),
    ("Ten people were reported dead.", []),
    ("The envoy is said to be on his way.", []),
    ("It was over, his channel said.", []),
    ("", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), SPOKEN, ids=[text[:50] for text, _ in SPOKEN])
def test_a_speaker_is_read_where_the_writer_put_it(text: str, expected: list[tuple[str, str, str | None]]) -> None:
    found = attributions_of(text, find_speech(text, split(text), load()))
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
        "Opposition groups spoke of up to 900 killed in the raid; Doctors Without Borders counted 240 dead.",
        [("up to 900", "opposition groups", None), ("240 dead", "Doctors Without Borders", None)],
    ),
    (
        "The Observatory said 12 people died, while residents said 20 were killed.",
        [("12 people", SOHR, None), ("20 were killed", "residents", None)],
    ),
    (
        "The Observatory put the toll at 40 dead, while state media spoke of 12 killed.",
        [("40 dead", SOHR, None), ("12 killed", "Syrian state media", None)],
    ),
    (
        "Twelve people died, the Observatory said, and 20 were killed in Hama, activists said.",
        [("Twelve people", SOHR, None), ("20 were killed", "activists", None)],
    ),
    # commas lost: the act in the middle speaks for what stands before it
    ("A raid killed 12 people the Observatory said a day after talks ended.", [("12 people", SOHR, None)]),
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
