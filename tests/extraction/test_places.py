"""Where: one line a case, grouped by what the news writer is doing."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tests.growth import assert_linear
from timeline.extraction.lexicon import load
from timeline.extraction.place_roles import is_dateline, is_metonym
from timeline.extraction.places import find_places


def found(text: str) -> list[tuple[str, str, str | None]]:
    return [(span.text, span.name, span.governorate) for span in find_places(text, load())]


def names(text: str) -> list[str]:
    return [span.name for span in find_places(text, load())]


SPELLINGS = [
    # (as written, canonical, governorate)
    ("Houla", "Houla", "Homs"),
    ("al-Houla", "Houla", "Homs"),
    ("Al Houla", "Houla", "Homs"),
    ("al-Hula", "Houla", "Homs"),
    ("Daraa", "Daraa", "Daraa"),
    ("Deraa", "Daraa", "Daraa"),
    ("Dar'a", "Daraa", "Daraa"),
    ("Dera’a", "Daraa", "Daraa"),
    ("Daraya", "Daraya", "Rif Dimashq"),  # another town
    ("Darayya", "Daraya", "Rif Dimashq"),
    ("Deir ez-Zor", "Deir ez-Zor", "Deir ez-Zor"),
    ("Deir Ezzor", "Deir ez-Zor", "Deir ez-Zor"),
    ("Deir al-Zor", "Deir ez-Zor", "Deir ez-Zor"),
    ("Deir el-Zour", "Deir ez-Zor", "Deir ez-Zor"),
    ("Dayr az Zawr", "Deir ez-Zor", "Deir ez-Zor"),
    ("Hims", "Homs", "Homs"),
    ("Hamah", "Hama", "Hama"),
    ("Idleb", "Idlib", "Idlib"),
    ("Lattakia", "Latakia", "Latakia"),
    ("al-Ladhiqiyah", "Latakia", "Latakia"),
    ("Hassakeh", "Hasakah", "Hasakah"),
    ("al-Hasaka", "Hasakah", "Hasakah"),
    ("ar-Raqqah", "Raqqa", "Raqqa"),
    ("Raqa", "Raqqa", "Raqqa"),
    ("Dimashq", "Damascus", "Damascus"),
    ("Alep", "Aleppo", "Aleppo"),
    ("Halab", "Aleppo", "Aleppo"),
    ("Kobane", "Kobani", "Aleppo"),
    ("Ain al-Arab", "Kobani", "Aleppo"),
    ("Khan Sheikhoun", "Khan Shaykhun", "Idlib"),
    ("Maaret al-Numan", "Maarrat al-Numan", "Idlib"),
    ("Ma'arrat al-Nu'man", "Maarrat al-Numan", "Idlib"),
    ("Jisr ash-Shughour", "Jisr al-Shughur", "Idlib"),
    ("Tal Abyad", "Tel Abyad", "Raqqa"),
    ("Qusair", "Qusayr", "Homs"),
    ("Baniyas", "Banias", "Tartus"),
    ("Treimseh", "Tremseh", "Hama"),
    ("Mazraat al-Qubeir", "Qubeir", "Hama"),
    ("Bab Amr", "Baba Amr", "Homs"),
    ("Yarmouk refugee camp", "Yarmouk camp", "Damascus"),
    ("Eastern Ghouta", "Eastern Ghouta", "Rif Dimashq"),  # the longest name, not Ghouta
    ("Moadamiyet al-Sham", "Moadamiya", "Rif Dimashq"),
    ("Kafranbel", "Kafr Nabl", "Idlib"),
    ("Albu Kamal", "Abu Kamal", "Deir ez-Zor"),
    ("al-Bab", "al-Bab", "Aleppo"),
    ("Al Bab", "al-Bab", "Aleppo"),
    ("Reyhanlı", "Reyhanli", None),
    ("Akçakale", "Akcakale", None),
    ("Arsal", "Arsal", None),
]


@pytest.mark.parametrize(("written", "name", "governorate"), SPELLINGS, ids=[row[0] for row in SPELLINGS])
def test_a_town_is_known_in_the_spellings_of_reports(written, name, governorate):
    text = f"At least 40 people were killed in {written} on Friday."
    assert found(text) == [(written, name, governorate)]


ENDINGS = [
    ("in Aleppo's old quarters", ["Aleppo"], "possessive"),
    ("in Aleppo’s east", ["Aleppo"], "possessive, typographic"),
    ("in Syrias Idlib province", ["Syria", "Idlib"], "possessive whose apostrophe was lost"),
    ("the Damascus-Aleppo highway", ["Damascus", "Aleppo"], "two names with a hyphen"),
    ("Homs, Hama and Idlib.", ["Homs", "Hama", "Idlib"], "a list"),
    ("HOMS", ["Homs"], "in capitals"),
    ("homs", [], "no capital, no name"),
    ("Homsi and Aleppine cooks", [], "words that only begin so"),
    ("Hamas fired rockets", [], "the movement, not Hama"),
    ("Tell them the bab is open", [], "English words that spell a name without its article"),
    ("the War went on", [], "no district of Homs"),
    ("As Damascus slept", ["Damascus"], "'As' is no article here"),
    ("U.S. and US troops in the UK", ["United States", "United States", "United Kingdom"], "acronyms"),
    ("it told us", [], "not the country"),
    ("Has it ended? Man and wife dare not. Dare they? Make way.", [], "English words that sound like villages"),
    ("a raid on Hass and on Maan", ["Hass", "Maan"], "the villages themselves"),
]


@pytest.mark.parametrize(("text", "expected", "why"), ENDINGS, ids=[row[2] for row in ENDINGS])
def test_names_are_found_whole_and_words_left_alone(text, expected, why):
    assert names(text) == expected


def test_the_span_is_the_name_without_its_possessive_and_quotes_the_text():
    text = "Shells hit Aleppo's east and Syrias al-Bab."
    spans = find_places(text, load())
    assert [text[span.start : span.end] for span in spans] == ["Aleppo", "Syria", "al-Bab"]
    assert all(text[span.start : span.end] == span.text for span in spans)


GOVERNORATES = [
    ("in Homs province", "Homs", "governorate"),
    ("in Homs governorate", "Homs", "governorate"),
    ("in the northern province of Idlib", "Idlib", "governorate"),
    ("in Hama's countryside", "Hama", "governorate"),
    ("in Aleppo's northern countryside", "Aleppo", "governorate"),
    ("in rural Latakia", "Latakia", "governorate"),
    ("in Homs", "Homs", "city"),
    ("in the city of Homs", "Homs", "city"),
    ("in Damascus", "Damascus", "city"),
    ("in the Damascus countryside", "Rif Dimashq", "governorate"),  # the ring around the city
    ("in the suburbs of Damascus", "Rif Dimashq", "governorate"),
    ("in Damascus suburbs", "Rif Dimashq", "governorate"),
    ("in Rif Dimashq", "Rif Dimashq", "governorate"),
    ("في محافظة حمص", "Homs", "governorate"),
    ("في ريف دمشق", "Rif Dimashq", "governorate"),
    ("dans la province d'Idleb", "Idlib", "governorate"),
]


@pytest.mark.parametrize(("text", "name", "kind"), GOVERNORATES, ids=[row[0] for row in GOVERNORATES])
def test_the_governorate_is_told_from_its_city(text, name, kind):
    ((span),) = find_places(text, load())
    assert (span.name, span.kind, span.governorate) == (name, kind, name)


def test_one_word_for_several_governorates_holds_for_each():
    spans = find_places("Clashes went on in Homs, Hama and Idlib provinces.", load())
    assert [(span.name, span.kind) for span in spans] == [
        ("Homs", "governorate"),
        ("Hama", "governorate"),
        ("Idlib", "governorate"),
    ]


OTHER_NAMES = [
    ("The Idlib Martyrs Brigade claimed it.", "a brigade"),
    ("signatories of the Damascus Declaration", "a declaration"),
    ("the Islamic State of Iraq and the Levant", "a group"),
    ("the Islamic State in Iraq and Syria", "a group"),
    ("the UN Supervision Mission in Syria", "a mission"),
    ("the Aleppo Media Centre", "a source"),
    ("Turkey-backed fighters", "a compound"),
    ("the US-led coalition", "a compound of an acronym"),
    ("the Jordan Times", "a paper"),
    ("Salma Hayek", "an actress, not a town"),
    ("Mohammed Jassem", "a man, not a town"),
    ("members of the State Duma", "a parliament"),
]


@pytest.mark.parametrize(("text", "why"), OTHER_NAMES, ids=[f"{row[1]}: {row[0]}" for row in OTHER_NAMES])
def test_a_place_within_another_name_is_no_place(text, why):
    assert names(text) == []


def test_a_name_that_is_also_a_persons_counts_where_nothing_speaks_against_it():
    assert names("Rebels took the town of Salma.") == ["Salma"]
    assert names("shelling in Nawa and Jassem") == ["Nawa", "Jasim"]


NAMESAKES = [
    ("Two shells hit Khalidiya in Homs.", ["Khalidiya (Homs)", "Homs"]),
    ("Two shells hit al-Khalidiyah in Aleppo.", ["Khalidiya (Aleppo)", "Aleppo"]),
    ("Sectarian clashes in Tripoli, in Lebanon's north", ["Tripoli (Lebanon)", "Lebanon"]),
    ("the fall of Tripoli in Libya", ["Tripoli (Libya)", "Libya"]),
    ("Clashes in the Midan district of Damascus", ["Midan", "Damascus"]),
    ("rockets on the al-Midan district of Aleppo", ["Midan (Aleppo)", "Aleppo"]),
]


@pytest.mark.parametrize(("text", "expected"), NAMESAKES, ids=[row[0] for row in NAMESAKES])
def test_of_places_with_one_name_the_one_nearby_is_meant(text, expected):
    assert names(text) == expected


ARABIC = [
    ("قتل عشرة أشخاص في حمص", ["Homs"], "as it stands"),
    ("اشتباكات بحمص", ["Homs"], "'in' attached"),
    ("قصف على حماة وحلب", ["Hama", "Aleppo"], "'and' attached"),
    ("الرستن والقصير", ["Rastan", "Qusayr"], "'and' before the article"),
    ("توجهوا للقصير", ["Qusayr"], "'to' melts with the article"),
    ("مجزرة الحولة", ["Houla"], "the article belongs to the name"),
    ("دير الزور", ["Deir ez-Zor"], "two words"),
    ("في إدلب وادلب", ["Idlib", "Idlib"], "with and without hamza"),
    ("فتح الباب للزوار", [], "a door"),
]


@pytest.mark.parametrize(("text", "expected", "why"), ARABIC, ids=[row[2] for row in ARABIC])
def test_arabic_names_are_found_with_what_is_written_onto_them(text, expected, why):
    assert names(text) == expected


FRENCH = [
    ("des combats à Alep et à Damas", ["Aleppo", "Damascus"]),
    ("près d'Alep, dans le nord de la Syrie", ["Aleppo", "Syria"]),
    ("L'Irak et la Turquie", ["Iraq", "Turkey"]),
    ("un raid sur Khan Cheikhoun et Palmyre", ["Khan Shaykhun", "Palmyra"]),
]


@pytest.mark.parametrize(("text", "expected"), FRENCH)
def test_french_names_are_found(text, expected):
    assert names(text) == expected


METONYMS = [
    # (text, the place, does it stand for its government?)
    ("Damascus said rebels had fired first.", "Damascus", True),
    ("Damascus has denied using such weapons.", "Damascus", True),
    ("Moscow has been a firm Damascus ally for decades.", "Moscow", True),
    ("Moscow has been a firm Damascus ally for decades.", "Damascus", True),
    ("Moscow, a veto-holding power, blocked the text.", "Moscow", True),
    ("Russia on Wednesday cautioned against haste.", "Russia", True),
    ("Moscow and Beijing vetoed it.", "Moscow", True),
    ("It accused Damascus of stalling.", "Damascus", True),
    ("There is new pressure on Damascus.", "Damascus", True),
    ("Talks with Ankara went on.", "Ankara", True),
    ("A force backed by Tehran arrived.", "Tehran", True),
    ("The Damascus government agreed.", "Damascus", True),
    ("Shells fell on Damascus.", "Damascus", False),
    ("Damascus has been rocked by two explosions.", "Damascus", False),
    ("A blast in Damascus killed nine.", "Damascus", False),
    ("A source in Damascus confirmed the raid.", "Damascus", False),
    ("Lavrov spoke in Moscow.", "Moscow", False),
    ("Clashes broke out in the Damascus suburb of Douma.", "Damascus", False),
    ("Houla said nothing.", "Houla", False),  # towns do not speak for a government
]


@pytest.mark.parametrize(("text", "place", "expected"), METONYMS, ids=[f"{row[1]}: {row[0]}" for row in METONYMS])
def test_a_capital_that_speaks_or_is_spoken_to_is_a_metonym(text, place, expected):
    (span,) = [span for span in find_places(text, load()) if span.name == place]
    assert is_metonym(text, span) is expected


DATELINES = [
    ("MOSCOW - Russia cautioned against it.", "Moscow", True),
    ("BEIRUT (Reuters) - Troops entered Homs.", "Beirut", True),
    ("BEIRUT, May 30 (Reuters) - Troops entered Homs.", "Beirut", True),
    ("DAMASCUS, Syria (AP) — Two bombs went off.", "Damascus", True),
    ("Beirut (AFP) - Troops entered Homs.", "Beirut", True),
    ("BEIRUT: Troops entered Homs.", "Beirut", True),
    ("A headline\nAMMAN — Refugees crossed.", "Amman", True),
    ("Fri 07 Apr 2017 BEIRUT Troops entered Homs.", "Beirut", True),  # scraped, the dash lost
    ("BEIRUT (Reuters) - Troops entered Homs.", "Homs", False),
    ("Homs - once a city of a million - lay in ruins.", "Homs", True),  # reads as one: harmless, Homs recurs
    ("Troops shelled Homs - again.", "Homs", False),
    ("Troops shelled HOMS.", "Homs", False),
    ("A market in Idlib (AFP) was hit.", "Idlib", False),
]


@pytest.mark.parametrize(("text", "place", "expected"), DATELINES, ids=[f"{row[1]}: {row[0]!r}" for row in DATELINES])
def test_a_dateline_says_where_the_report_was_written(text, place, expected):
    span = next(span for span in find_places(text, load()) if span.name == place)
    assert is_dateline(text, span) is expected


def test_places_come_in_order_and_never_overlap():
    text = "From Old Aleppo to Eastern Ghouta, Deir ez-Zor city and Khan al-Assal in Aleppo province: Homs. " * 3
    spans = find_places(text, load())
    assert len(spans) == 18
    assert all(before.end <= after.start for before, after in pairwise(spans))


def test_every_name_in_the_gazetteer_is_found_as_a_place_of_that_name():
    lost = []
    for place in load().places:
        if place.cautious:
            continue
        bare = place.name.split(" (")[0]
        # the name as it stands: of namesakes another place may be the one taken
        if [text for text, _, _ in found(f"Shells hit {bare} overnight.")] != [bare]:
            lost.append(place.name)
    assert lost == []


@pytest.mark.parametrize("text", ["", " ", "-", "al-", "al-Al-al-", "’’’", "دير", "Deir ez", "Tal " * 50, "A." * 500])
def test_odd_texts_are_read_without_error(text):
    assert isinstance(find_places(text, load()), tuple)


@pytest.mark.parametrize(
    "unit",
    ["Deir Deir ", "al-Al-", "Homs, and Hama, ", "A.B.", "Moscow and ", "d'D'", "Abu al-", "ووبحمص "],
)
def test_time_grows_with_the_length_of_hostile_text(unit):
    def look(text: str) -> None:
        for span in find_places(text, load()):
            is_metonym(text, span)
            is_dateline(text, span)

    assert_linear(look, unit, 16_000)
