"""Dates in French reports: one table, grouped by what the writer is doing."""

from __future__ import annotations

import datetime as dt

import pytest

from timeline.extraction.dates import find_dates
from timeline.extraction.records import DateSpan
from timeline.extraction.sentences import split

WED = dt.date(2012, 5, 30)  # the day of publication in the table: a Wednesday

Expected = list[tuple[str, str | None]]


def read(text: str, published: dt.date | None = WED) -> tuple[DateSpan, ...]:
    return find_dates(text, split(text), published)


# fmt: off
TABLE: dict[str, list[tuple[str, Expected]]] = {
    "un jour de la semaine": [
        ("Le ministre a parlé mercredi.", [("mercredi", "2012-05-30")]),  # the day of publication itself
        ("L'armée a bombardé la ville mardi soir.", [("mardi soir", "2012-05-29")]),
        ("Le Conseil se réunira vendredi.", [("vendredi", "2012-06-01")]),  # the future looks ahead
        ("Une réunion est prévue lundi prochain.", [("lundi prochain", "2012-06-04")]),
        ("Des combats ont éclaté vendredi dernier.", [("vendredi dernier", "2012-05-25")]),
        ("Les raids ont duré de lundi à jeudi.", [("lundi à jeudi", "2012-05-21/2012-05-24")]),
        ("Des tirs ont retenti dans la nuit de vendredi à samedi.", [("vendredi à samedi", "2012-05-25/2012-05-26")]),
    ],
    "le jour du mois": [
        ("Le massacre a eu lieu le 25 mai 2012.", [("le 25 mai 2012", "2012-05-25")]),
        ("Le 25 mai, la ville a été bombardée.", [("Le 25 mai", "2012-05-25")]),
        ("Le 4 juin, l'armée a tué neuf personnes.", [("Le 4 juin", "2011-06-04")]),  # told as past: last year's
        ("Lundi 28 mai, des observateurs sont arrivés.", [("Lundi 28 mai", "2012-05-28")]),
        ("Le 1er mars 2012, ils ont fui.", [("Le 1er mars 2012", "2012-03-01")]),
        ("Ils se sont réunis les 25 et 26 mai.", [("les 25 et 26 mai", "2012-05-25/2012-05-26")]),
        ("La trêve a tenu du 25 au 27 mai 2012.", [("25 au 27 mai 2012", "2012-05-25/2012-05-27")]),
        ("Le scrutin aura lieu le 7 juin.", [("le 7 juin", "2012-06-07")]),
        ("Paris, 30 mai 2012 (AFP) - Treize morts à Houla.", [("30 mai 2012", "2012-05-30")]),
    ],
    "mois, années, saisons": [
        ("La révolte a commencé en mars 2011.", [("mars 2011", "2011-03")]),
        ("En septembre, ils ont fui.", [("septembre", "2011-09")]),
        ("En avril dernier, la trêve est entrée en vigueur.", [("avril dernier", "2012-04")]),
        ("Début mars, ils ont fui.", [("Début mars", "2012-03~")]),
        ("Ils sont rentrés fin avril 2012.", [("fin avril 2012", "2012-04~")]),
        ("Dans les années 1980, la ville fut rasée.", [("les années 1980", "198X")]),
        ("La ville fut rasée dans les années 80.", [("les années 80", "198X")]),
        ("Ils ont manifesté l'été dernier.", [("l'été dernier", "2011-22")]),
        ("Ils ont manifesté au printemps 2011.", [("printemps 2011", "2011-21")]),
    ],
    "autour de la parution": [
        ("Hier, des obus sont tombés.", [("Hier", "2012-05-29")]),
        ("Aujourd'hui, le calme règne.", [("Aujourd'hui", "2012-05-30")]),
        ("Il reviendra demain.", [("demain", "2012-05-31")]),
        ("Avant-hier, il pleuvait.", [("Avant-hier", "2012-05-28")]),
        ("La semaine dernière, 40 civils ont été tués.", [("La semaine dernière", "2012-05-21/2012-05-27")]),
        ("Le mois dernier, il était libre.", [("Le mois dernier", "2012-04")]),
        ("L'an dernier, il était libre.", [("L'an dernier", "2011")]),
        ("Cette semaine, la trêve a tenu.", [("Cette semaine", "2012-05-28/2012-06-03")]),
        ("Il y a trois jours, la ville était calme.", [("Il y a trois jours", "2012-05-27")]),
        ("Il y a une semaine, il a fui.", [("Il y a une semaine", "2012-05-21/2012-05-27")]),
        ("Il a fui il y a deux ans.", [("il y a deux ans", "2010")]),
        ("Quarante sont morts au cours des trois derniers jours.", [("trois derniers jours", "2012-05-27/2012-05-30")]),
        ("Le vote aura lieu dans trois jours.", [("dans trois jours", "2012-06-02")]),
    ],
    "compté depuis le jour raconté": [
        ("Il est parti le 25 mai. Le lendemain, il est revenu.", [("le 25 mai", "2012-05-25"), ("Le lendemain", "2012-05-26")]),
        ("Il est parti le 25 mai. La veille, il pleuvait.", [("le 25 mai", "2012-05-25"), ("La veille", "2012-05-24")]),
        ("Il est parti le 25 mai. Trois jours plus tard, il est revenu.", [("le 25 mai", "2012-05-25"), ("Trois jours plus tard", "2012-05-28")]),
    ],
    "des mots qui n'en ont que l'air": [
        ("Quelque 2000 personnes ont fui vers la planète Mars.", []),
        ("On a fêté le mardi gras avec Avril.", []),
        ("Un an de prison et dix mois de siège.", []),
    ],
}
# fmt: on


@pytest.mark.parametrize(
    "text, expected",
    [pytest.param(text, expected, id=f"{group}: {text}") for group, lines in TABLE.items() for text, expected in lines],
)
def test_finds_what_the_writer_says(text: str, expected: Expected) -> None:
    assert [(span.text, span.value) for span in read(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Il a parlé mercredi.",
        "Des obus sont tombés hier.",
        "Il a fui la semaine dernière.",
        "Il a fui il y a trois jours.",
        "Il a fui le 25 mai.",
        "Il a fui en mars.",
    ],
)
def test_without_a_publication_date_nothing_relative_is_resolved(text: str) -> None:
    (span,) = read(text, None)
    assert (span.value, span.earliest, span.latest, span.precision) == (None, None, None, "unknown")
    assert span.basis.endswith("needs the publication date, which this report does not give")


def test_the_basis_says_the_rule_in_words() -> None:
    (span,) = read("Il a parlé lundi.")
    assert span.basis == "the latest Monday before publication on Wednesday 30 May 2012"


@pytest.mark.parametrize("unit", ["25 mai ", "lundi ", "hier ", "il y a 3 jours "])
def test_a_page_of_one_expression_is_read_to_its_end(unit: str) -> None:
    text = unit * 2000
    found = read(text)
    assert all(text[span.start : span.end] == span.text for span in found)
    assert len(found) >= 1000
