"""Dates in French reports: one table, grouped by what the writer is doing; the values are worked out by the calendar.

A quote in the table is the heart of the expression: an article before it may belong to it or not.
"""

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
    "un jour de la semaine, raconté": [
        ("Le ministre a parlé mercredi.", [("mercredi", "2012-05-30")]),  # le jour de la parution
        ("L'armée a bombardé la ville mardi soir.", [("mardi soir", "2012-05-29")]),
        ("Des obus sont tombés lundi matin.", [("lundi matin", "2012-05-28")]),
        ("Il avait quitté la ville jeudi après-midi.", [("jeudi après-midi", "2012-05-24")]),
        ("Des tirs ont retenti dans la nuit de lundi à mardi.", [("lundi à mardi", "2012-05-28/2012-05-29")]),
        ("Des combats ont éclaté samedi dernier.", [("samedi dernier", "2012-05-26")]),
        ("Des combats ont éclaté mercredi dernier.", [("mercredi dernier", "2012-05-23")]),  # dit un mercredi
        ("Ce lundi, les routes étaient coupées.", [("lundi", "2012-05-28")]),
        ("Ce mercredi, les routes sont coupées.", [("mercredi", "2012-05-30")]),
        ("Les raids ont duré de samedi à lundi.", [("samedi à lundi", "2012-05-26/2012-05-28")]),
        ("Il a plu entre vendredi et dimanche.", [("vendredi et dimanche", "2012-05-25/2012-05-27")]),
        ("Lundi et mardi, il a plu.", [("Lundi", "2012-05-28"), ("mardi", "2012-05-29")]),  # deux jours, pas une durée
        ("MARDI, LES ROUTES ÉTAIENT COUPÉES", [("MARDI", "2012-05-29")]),
    ],
    "un jour de la semaine, à venir": [
        ("Le Conseil se réunira samedi.", [("samedi", "2012-06-02")]),
        ("Le Conseil doit se réunir dimanche.", [("dimanche", "2012-06-03")]),
        ("Une réunion est prévue vendredi prochain.", [("vendredi prochain", "2012-06-01")]),
        ("Un scrutin aura lieu lundi.", [("lundi", "2012-06-04")]),
        ("Il devrait arriver jeudi.", [("jeudi", "2012-05-31")]),
        ("La trêve tiendra jusqu'à vendredi.", [("vendredi", "2012-06-01")]),
        ("Il a dit lundi qu'il reviendrait vendredi.", [("lundi", "2012-05-28"), ("vendredi", "2012-06-01")]),
    ],
    "le jour du mois": [
        ("La ville a été bombardée le 25 mai.", [("25 mai", "2012-05-25")]),
        ("La ville a été bombardée le 25 mai dernier.", [("25 mai dernier", "2012-05-25")]),
        ("Le scrutin aura lieu le 7 juin prochain.", [("7 juin prochain", "2012-06-07")]),
        ("La loi entrera en vigueur à partir du 1er juin.", [("1er juin", "2012-06-01")]),
        ("Le 1er mars 2012, ils ont fui.", [("1er mars 2012", "2012-03-01")]),
        ("Le 14 juillet, ils avaient fui.", [("14 juillet", "2011-07-14")]),  # raconté : celui de l'an dernier
        ("Le samedi 26 mai 2012, il pleuvait.", [("samedi 26 mai 2012", "2012-05-26")]),
        ("Samedi 26 mai, il pleuvait.", [("Samedi 26 mai", "2012-05-26")]),
        ("La trêve a tenu du 25 au 27 mai.", [("25 au 27 mai", "2012-05-25/2012-05-27")]),
        ("Il a plu entre le 25 et le 27 mai.", [("25 et le 27 mai", "2012-05-25/2012-05-27")]),
        ("Il a plu du 28 avril au 2 mai 2012.", [("28 avril au 2 mai 2012", "2012-04-28/2012-05-02")]),
        ("Ils se sont réunis les 25, 26 et 27 mai.", [("25, 26 et 27 mai", "2012-05-25/2012-05-27")]),
        ("Signé le 25/05/2012 à Genève.", [("25/05/2012", "2012-05-25")]),
        ("Paris, 30 mai 2012 (AFP) - Il pleut.", [("30 mai 2012", "2012-05-30")]),
    ],
    "mois": [
        ("La révolte a commencé en mars 2011.", [("mars 2011", "2011-03")]),
        ("Elle dure depuis mars.", [("mars", "2012-03")]),
        ("En septembre, ils ont fui.", [("septembre", "2011-09")]),
        ("Au mois d'avril, ils ont fui.", [("avril", "2012-04")]),
        ("En avril dernier, ils ont fui.", [("avril dernier", "2012-04")]),
        ("Le vote aura lieu en juin prochain.", [("juin prochain", "2012-06")]),
        ("Début mai, ils ont fui.", [("Début mai", "2012-05~")]),
        ("À la mi-avril, ils ont fui.", [("mi-avril", "2012-04~")]),
        ("Ils sont rentrés à la fin du mois d'avril.", [("fin du mois d'avril", "2012-04~")]),
        ("De mars à mai 2012, il a plu.", [("mars à mai 2012", "2012-03/2012-05")]),
        ("Il a plu en janvier et février 2012.", [("janvier", "2012-01"), ("février 2012", "2012-02")]),
    ],
    "années, saisons, trimestres": [
        ("La guerre a commencé en 2011.", [("2011", "2011")]),
        ("Fin 2011, ils ont fui.", [("Fin 2011", "2011~")]),
        ("L'année dernière, il était libre.", [("L'année dernière", "2011")]),
        ("L'an passé, il était libre.", [("L'an passé", "2011")]),
        ("L'an prochain, il sera libre.", [("L'an prochain", "2013")]),
        ("Cette année, il pleut.", [("Cette année", "2012")]),
        ("Dans les années 1980, la ville fut rasée.", [("années 1980", "198X")]),
        ("Dans les années 80, la ville fut rasée.", [("années 80", "198X")]),
        ("À l'automne 2011, ils ont manifesté.", [("automne 2011", "2011-23")]),
        ("L'hiver dernier, il a neigé.", [("L'hiver dernier", "2011-24")]),
        ("L'été dernier, ils ont manifesté.", [("L'été dernier", "2011-22")]),
        ("Au premier trimestre 2012, les prix ont monté.", [("premier trimestre 2012", "2012-01/2012-03")]),
        ("Au second semestre de 2011, les prix ont monté.", [("second semestre de 2011", "2011-07/2011-12")]),
    ],
    "autour de la parution": [
        ("Hier soir, des obus sont tombés.", [("Hier soir", "2012-05-29")]),
        ("Aujourd’hui, le calme règne.", [("Aujourd’hui", "2012-05-30")]),
        ("Demain matin, il reviendra.", [("Demain matin", "2012-05-31")]),
        ("Après-demain, il reviendra.", [("Après-demain", "2012-06-01")]),
        ("Avant-hier, il pleuvait.", [("Avant-hier", "2012-05-28")]),
        ("Ce matin, il pleuvait.", [("Ce matin", "2012-05-30")]),
        ("Ce soir, il pleuvra.", [("Ce soir", "2012-05-30")]),
        ("La nuit dernière, la ville a été bombardée.", [("La nuit dernière", "2012-05-29")]),
        ("La semaine dernière, il pleuvait.", [("La semaine dernière", "2012-05-21/2012-05-27")]),
        ("La semaine passée, il pleuvait.", [("La semaine passée", "2012-05-21/2012-05-27")]),
        ("Cette semaine, la trêve a tenu.", [("Cette semaine", "2012-05-28/2012-06-03")]),
        ("La semaine prochaine, il reviendra.", [("La semaine prochaine", "2012-06-04/2012-06-10")]),
        ("Le week-end dernier, il pleuvait.", [("Le week-end dernier", "2012-05-26/2012-05-27")]),
        ("Le mois dernier, il était libre.", [("Le mois dernier", "2012-04")]),
        ("Le mois prochain, il sera libre.", [("Le mois prochain", "2012-06")]),
        ("En fin de semaine, il reviendra.", [("fin de semaine", "2012-05-28~/2012-06-03~")]),
        ("D'ici la fin de l'année, il reviendra.", [("fin de l'année", "2012~")]),
        ("À la fin de l'année dernière, il pleuvait.", [("fin de l'année dernière", "2011~")]),
    ],
    "compté depuis la parution": [
        ("Il y a trois jours, la ville était calme.", [("Il y a trois jours", "2012-05-27")]),
        ("Il est parti il y a quinze jours.", [("il y a quinze jours", "2012-05-15")]),
        ("Il est parti voici trois jours.", [("voici trois jours", "2012-05-27")]),
        ("Il y a une semaine, il a fui.", [("Il y a une semaine", "2012-05-21/2012-05-27")]),
        ("Il y a deux mois, il a fui.", [("Il y a deux mois", "2012-03")]),
        ("Il a fui il y a un an.", [("il y a un an", "2011")]),
        ("Il a fui il y a plus de dix ans.", [("il y a plus de dix ans", "2002")]),
        ("Quarante sont morts ces trois derniers jours.", [("trois derniers jours", "2012-05-27/2012-05-30")]),
        ("Neuf sont morts au cours des dernières 24 heures.", [("dernières 24 heures", "2012-05-29/2012-05-30")]),
        ("Neuf sont morts au cours des 24 dernières heures.", [("24 dernières heures", "2012-05-29/2012-05-30")]),
        ("Le vote aura lieu dans trois jours.", [("dans trois jours", "2012-06-02")]),
        ("Le vote aura lieu dans deux semaines.", [("dans deux semaines", "2012-06-11/2012-06-17")]),
    ],
    "compté depuis le jour raconté": [
        ("Il est parti le 25 mai. Le lendemain, il est revenu.", [("25 mai", "2012-05-25"), ("Le lendemain", "2012-05-26")]),
        ("Il est parti le 25 mai. La veille, il pleuvait.", [("25 mai", "2012-05-25"), ("La veille", "2012-05-24")]),
        ("Il est parti le 25 mai et revenu le surlendemain.", [("25 mai", "2012-05-25"), ("surlendemain", "2012-05-27")]),
        ("Il est parti lundi. L'avant-veille, il pleuvait.", [("lundi", "2012-05-28"), ("avant-veille", "2012-05-26")]),
        ("Il est parti le 25 mai. Trois jours plus tard, il est revenu.", [("25 mai", "2012-05-25"), ("Trois jours plus tard", "2012-05-28")]),
        ("Il est parti le 25 mai. Deux jours plus tôt, il pleuvait.", [("25 mai", "2012-05-25"), ("Deux jours plus tôt", "2012-05-23")]),
        ("Il est parti le 25 mai. Deux jours après, il est revenu.", [("25 mai", "2012-05-25"), ("Deux jours après", "2012-05-27")]),
        ("Il est parti le 25 mai. Le même jour, il pleuvait.", [("25 mai", "2012-05-25"), ("même jour", "2012-05-25")]),
        ("Il est parti le 25 mai. Ce jour-là, il pleuvait.", [("25 mai", "2012-05-25"), ("Ce jour-là", "2012-05-25")]),
        ("Il est parti en 2005. L'année suivante, il est revenu.", [("2005", "2005"), ("L'année suivante", "2006")]),
        ("Il est parti en 2005. Deux ans plus tard, il est revenu.", [("2005", "2005"), ("Deux ans plus tard", "2007")]),
        ("Il est parti en mars 2005 et revenu le mois suivant.", [("mars 2005", "2005-03"), ("le mois suivant", "2005-04")]),
    ],
    "des mots qui n'en ont que l'air": [
        ("Quelque 2000 personnes ont fui vers la planète Mars.", []),
        ("On a fêté le mardi gras avec Avril.", []),
        ("Un an de prison et dix mois de siège, pendant trois jours.", []),
        ("Il a été tué une seconde après avoir été vu ; un homme âgé de 25 ans.", []),
        ("Chaque vendredi, et tous les vendredis, ils manifestent.", []),
        ("La fin de la guerre et le début du siège ne sont pas datés.", []),
        ("Au lendemain de l'attaque, il pleuvait.", []),
    ],
}
# fmt: on


@pytest.mark.parametrize(
    "text, expected",
    [pytest.param(text, expected, id=f"{group}: {text}") for group, lines in TABLE.items() for text, expected in lines],
)
def test_finds_what_the_writer_says(text: str, expected: Expected) -> None:
    found = read(text)
    assert [span.value for span in found] == [value for _, value in expected]
    assert all(heart in span.text for span, (heart, _) in zip(found, expected, strict=True))


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
