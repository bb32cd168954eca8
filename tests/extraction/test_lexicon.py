"""The lexicon of the war in Syria: it loads, it is whole, and its names do not contradict one another."""

from __future__ import annotations

import subprocess
import sys
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor

import pytest

from timeline.extraction import lexicon as lexicons
from timeline.extraction.lexicon import load
from timeline.extraction.places import fold

GOVERNORATES = {
    "Damascus", "Rif Dimashq", "Daraa", "Homs", "Hama", "Aleppo", "Idlib", "Latakia", "Tartus", "Raqqa", "Deir ez-Zor",
    "Hasakah", "Quneitra", "Suwayda",
}  # fmt: skip

PLACES = """
Houla;Qubeir;Tremseh;Daraya;Baba Amr;Douma;Eastern Ghouta;Ghouta;Moadamiya;Khan Shaykhun;Jisr al-Shughur;Rastan;Talbiseh;
Qusayr;Palmyra;Kobani;Saraqib;Maarrat al-Numan;Banias;Bayda;Salma;Madaya;Zabadani;Yarmouk camp;Kafr Nabl;Atmeh;
Khalidiya (Homs);Karm al-Zeitoun;Mezzeh;Midan;Kafr Souseh;Jdeidet Artouz;Tel Abyad;Afrin;Manbij;al-Bab;Azaz;Ras al-Ain;
Qamishli;Tabqa;Shayrat;Urum al-Kubra;Beirut;Reyhanli;Akcakale;Geneva;New York;Istanbul;Ankara;Moscow;Cairo;Tunis;Arsal;
Tripoli (Lebanon);Astana;Sochi;Gaziantep;Amman;Mafraq;Mosul;Qaim;Syria;Turkey;Lebanon;Russia;United States
"""

SOURCES = """
United Nations;UN Security Council;UN General Assembly;UN Secretary-General;UN Human Rights Office (OHCHR);UNHCR;
UN Supervision Mission in Syria;UN Commission of Inquiry on Syria;OPCW;Arab League;European Union;
Syrian Observatory for Human Rights;Local Coordination Committees;Syrian Network for Human Rights;
Violations Documentation Center;Doctors Without Borders;Human Rights Watch;Amnesty International;Red Cross (ICRC);
Syrian Arab Red Crescent;White Helmets;Syrian government;Syrian army;Syrian Interior Ministry;Syrian Foreign Ministry;
Syrian Defence Ministry;SANA;Syrian state television;Syrian National Council;Syrian National Coalition;Free Syrian Army;
Islamic State;Jabhat al-Nusra;Hayat Tahrir al-Sham;Syrian Democratic Forces;YPG;Hezbollah;US State Department;US government;
White House;Pentagon;Russian government;Russian Defence Ministry;Russian Foreign Ministry;Turkish government;
Turkish military;Israeli military;French government;British government;Interfax;Reuters;Agence France-Presse;
Associated Press;Al Jazeera;Al Arabiya;BBC;activists;opposition activists;residents;witnesses;medics;rebels;
opposition groups;a military source
"""

KINDS = """
massacre air_strike shelling armed_clash bombing shooting abduction detention execution chemical_attack siege displacement
protest defection ceasefire agreement negotiation statement sanction resolution veto aid other
"""

VIOLENT = """
massacre air_strike shelling armed_clash bombing shooting abduction detention execution chemical_attack siege
"""


def listed(text: str) -> set[str]:
    return {name.strip() for name in text.replace("\n", "").split(";")}


def test_an_unknown_lexicon_is_refused_with_the_names_of_those_there_are():
    with pytest.raises(LookupError, match=r"'atlantis'.*syria"):
        load("atlantis")


@pytest.mark.parametrize("name", ["../syria", "", ".", "syria/"])
def test_a_name_never_becomes_a_path(name):
    with pytest.raises(LookupError):
        load(name)


def test_threads_share_one_lexicon(monkeypatch):
    monkeypatch.setattr(lexicons, "_loaded", {})
    with ThreadPoolExecutor(8) as pool:
        loaded = list(pool.map(lambda _: load("syria"), range(16)))
    assert len({id(lexicon) for lexicon in loaded}) == 1


def test_it_needs_no_django():
    code = (
        "import sys; from timeline.extraction.lexicon import load; from timeline.extraction import places;"
        "load(); sys.exit('django' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        ("name\tkind\taliases\nRebels\tpirates\t\n", "line 2 \\(Rebels\\): kind 'pirates' is not one of state"),
        ("name\tkind\taliases\n# a comment\nRebels\tstate\t\tmore\n", "line 3: 4 cells under 3 columns"),
        ("name\taliases\nRebels\t\n", "line 2 \\(Rebels\\): 'kind'"),
        ("name\tkind\taliases\nA\tstate\t\nA\tstate\t\n", "line 3: the same line stands above"),
    ],
)
def test_a_broken_file_is_named_with_its_line(tmp_path, broken, message):
    file = tmp_path / "actors.tsv"
    file.write_text(broken, encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        list(lexicons._rows(file, lexicons._actor))


def test_every_place_the_project_names_is_there():
    assert listed(PLACES) - {place.name for place in load().places} == set()


def test_the_fourteen_governorates_are_there_with_arabic_names_and_coordinates():
    governorates = [place for place in load().places if place.kind == "governorate"]
    assert {place.name for place in governorates} == GOVERNORATES
    assert all(place.name_ar and place.latitude and place.governorate == place.name for place in governorates)


def test_syrian_places_lie_in_a_governorate_and_in_syria():
    for place in load().places:
        if place.country == "SY" and place.kind != "country":
            # a valley and a desert run through several
            assert place.governorate in GOVERNORATES or place.kind == "area", place
            if place.latitude is not None and place.longitude is not None:
                assert 32.2 < place.latitude < 37.4, place
                assert 35.6 < place.longitude < 42.5, place
        else:
            assert place.governorate is None, place


def test_coordinates_lie_on_the_globe_and_few_places_lack_them():
    unchecked = [place for place in load().places if place.latitude is None]
    # a village or quarter whose point was not checked has none; whatever is larger has
    assert all(place.kind in ("village", "district", "camp", "town") for place in unchecked), unchecked
    assert len(unchecked) < len(load().places) / 20
    for place in load().places:
        if place.latitude is None or place.longitude is None:
            assert place.latitude is place.longitude, place
            continue
        assert -90 <= place.latitude <= 90, place
        assert -180 <= place.longitude <= 180, place


def test_no_place_is_listed_twice():
    seen = defaultdict(list)
    for place in load().places:
        # governorates bear their city's name: the kind tells them
        seen[place.name, place.governorate, place.country, place.kind == "governorate"].append(place)
    assert [places for places in seen.values() if len(places) > 1] == []


def test_most_syrian_towns_have_an_arabic_name():
    towns = [place for place in load().places if place.country == "SY" and place.kind in ("city", "town")]
    assert sum(bool(place.name_ar) for place in towns) >= 0.95 * len(towns)


def test_different_towns_of_similar_names_have_different_keys():
    assert len({fold(name) for name in ("Daraa", "Daraya", "Dara Izza", "Dael", "Adra")}) == 5
    assert len({fold(name) for name in ("Hama", "Homs", "Hamas", "Hamra")}) == 4


@pytest.mark.parametrize(
    "spellings",
    [
        ("Daraa", "Dar'a", "Dar‘ā"),
        ("Houla", "al-Houla", "Al-Hula", "al Houlah", "Houleh"),
        ("Talbiseh", "Talbisah", "Talbisse"),
        ("Tel Rifaat", "Tal Rifaat", "Tall Rifa'at"),
        ("Khan Sheikhoun", "Khan Sheikhoon", "Khan Sheikhun"),
        ("Hasakah", "Hassakeh", "al-Hasakah", "Hasaka"),
    ],
)
def test_spellings_of_one_name_have_one_key(spellings):
    assert len({fold(spelling) for spelling in spellings}) == 1


def test_every_source_the_project_names_is_there():
    assert listed(SOURCES) - {source.name for source in load().sources} == set()


def test_no_alias_belongs_to_two_sources_or_two_actors():
    for entries in (load().sources, load().actors):
        owners = defaultdict(set)
        for entry in entries:
            for name in (entry.name, *entry.aliases):
                owners[name.removeprefix("the ")].add(entry.name)
        assert {name: sorted(who) for name, who in owners.items() if len(who) > 1} == {}


@pytest.mark.parametrize(
    ("alias", "source", "kind"),
    [
        ("the Observatory", "Syrian Observatory for Human Rights", "monitor"),
        ("the war monitor", "Syrian Observatory for Human Rights", "monitor"),
        ("the Britain-based monitoring group", "Syrian Observatory for Human Rights", "monitor"),
        ("MSF", "Doctors Without Borders", "ngo"),
        ("the state news agency", "SANA", "agency"),
        ("state TV", "Syrian state television", "outlet"),
        ("the interior ministry", "Syrian Interior Ministry", "government"),
        ("the Kremlin", "Russian government", "government"),
        ("AFP", "Agence France-Presse", "agency"),
        ("Daesh", "Islamic State", "armed_group"),
        ("LCC", "Local Coordination Committees", "activists"),
        ("المرصد السوري لحقوق الإنسان", "Syrian Observatory for Human Rights", "monitor"),
    ],
)
def test_aliases_lead_to_their_source(alias, source, kind):
    (entry,) = [entry for entry in load().sources if alias in entry.aliases]
    assert (entry.name, entry.kind) == (source, kind)


def test_news_agencies_are_channels_and_monitors_are_not():
    for source in load().sources:
        if source.kind == "agency":
            assert source.channel, source.name
        if source.kind in ("monitor", "government", "activists", "ngo"):
            assert not source.channel, source.name


def test_metonyms_are_places_and_stand_for_one_source():
    lexicon = load()
    places = {place.name for place in lexicon.places}
    metonyms = [metonym for source in lexicon.sources for metonym in source.metonyms]
    assert set(metonyms) <= places
    assert len(metonyms) == len(set(metonyms))
    assert {"Damascus", "Moscow", "Washington", "Ankara", "Paris"} <= set(metonyms)


@pytest.mark.parametrize(
    ("form", "actor"),
    [
        ("Russian", "Russia"),
        ("regime forces", "Syrian army"),
        ("Assad's troops", "Syrian army"),
        ("government forces", "Syrian army"),
        ("rebel fighters", "rebels"),
        ("ISIL", "Islamic State"),
        ("Turkish", "Turkey"),
        ("Nusra Front", "Jabhat al-Nusra"),
    ],
)
def test_forms_lead_to_their_actor(form, actor):
    assert [entry.name for entry in load().actors if form in entry.aliases] == [actor]


def test_the_kinds_are_the_projects_kinds_and_the_violent_ones_are_marked():
    kinds = load().kinds
    assert [kind.slug for kind in kinds] == KINDS.split()
    assert {kind.slug for kind in kinds if kind.violent} == set(VIOLENT.split())


@pytest.mark.parametrize(
    ("trigger", "slug"),
    [
        ("shelled", "shelling"),
        ("mortar fire", "shelling"),
        ("barrel bombs", "air_strike"),
        ("air raid", "air_strike"),
        ("car bomb", "bombing"),
        ("vetoed", "veto"),
        ("blocked … resolution", "veto"),
        ("sarin", "chemical_attack"),
        ("cautioned against", "statement"),
        ("called for", "statement"),
        ("sniper", "shooting"),
        ("مجزرة", "massacre"),
        ("frappe aérienne", "air_strike"),
    ],
)
def test_triggers_tell_their_kind(trigger, slug):
    assert [kind.slug for kind in load().kinds if trigger in kind.triggers] == [slug]


def test_no_trigger_tells_two_kinds_and_all_but_other_have_some():
    owners = defaultdict(set)
    for kind in load().kinds:
        assert bool(kind.triggers) == (kind.slug != "other")
        for trigger in kind.triggers:
            owners[trigger].add(kind.slug)
    assert {trigger: slugs for trigger, slugs in owners.items() if len(slugs) > 1} == {}


def test_every_table_says_where_it_comes_from():
    for file in ("places", "sources", "actors", "kinds"):
        header = (lexicons.FOLDER / "syria" / f"{file}.tsv").read_text(encoding="utf-8").split("\n", 1)[0]
        assert header.startswith("# "), file
    assert "CC BY 4.0" in (lexicons.FOLDER / "syria" / "places.tsv").read_text(encoding="utf-8")
