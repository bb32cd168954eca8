"""What the engine knows of one conflict: its places, sources and actors, and the words that tell the kinds of event.

The knowledge is in the TSV files of one folder a conflict; this module reads them into frozen records and says
which line is wrong when one is. How the words are looked for in a text is left to places.py, attribution.py and
kinds.py.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

_Entry = TypeVar("_Entry")

FOLDER = Path(__file__).parent
SEPARATOR = "|"  # between the names in one cell: no name holds one

FEATURES = ("governorate", "city", "town", "village", "district", "camp", "base", "area", "country")
SOURCE_KINDS = (
    "monitor",
    "government",
    "military",
    "armed_group",
    "opposition",
    "intergovernmental",
    "agency",
    "outlet",
    "ngo",
    "official",
    "activists",
    "witnesses",
    "medics",
    "other",
)
ACTOR_KINDS = ("state", "military", "armed_group", "political", "intergovernmental", "ngo", "civilians", "person")
EVENT_GROUPS = ("violence", "repression", "society", "diplomacy", "relief", "other")


@dataclass(frozen=True, slots=True)
class PlaceEntry:
    """A place of the gazetteer.

    ``governorate`` is set inside the country of the conflict only; ``country`` is the ISO 3166 code of two letters;
    ``kind`` is one of FEATURES; latitude and longitude are degrees (WGS 84). ``cautious`` says that the name is also
    a word or a person's name, so that it counts as the place only where nothing speaks against it.
    """

    name: str
    name_ar: str | None
    name_fr: str | None
    governorate: str | None
    country: str
    kind: str
    latitude: float | None
    longitude: float | None
    geonames_id: int | None
    aliases: tuple[str, ...]
    cautious: bool = False


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """Somebody who is quoted. ``kind`` is one of SOURCE_KINDS.

    ``channel``: what it carries is often what others said (a news agency). ``metonyms`` are the names of places that
    stand for it as a speaker ('Damascus denied'): they count only where the place speaks.
    """

    name: str
    kind: str
    aliases: tuple[str, ...]
    country: str | None
    channel: bool
    metonyms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ActorEntry:
    """Somebody who acts or is acted on. ``kind`` is one of ACTOR_KINDS; ``aliases`` hold adjective forms too."""

    name: str
    kind: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KindEntry:
    """A kind of event: ``triggers`` are words and phrases in lower case, every inflection written out.

    A trigger with ' … ' has a gap of a few words of the same sentence ('blocked … resolution').
    """

    slug: str
    label: str
    violent: bool
    group: str
    triggers: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """All that is known of one conflict. Compared by identity, so that what is compiled from it can be kept by it."""

    name: str
    places: tuple[PlaceEntry, ...]
    sources: tuple[SourceEntry, ...]
    actors: tuple[ActorEntry, ...]
    kinds: tuple[KindEntry, ...]


_loaded: dict[str, Lexicon] = {}
_lock = threading.Lock()


def names() -> tuple[str, ...]:
    """The lexicons that are there: the folders that hold a places.tsv."""
    return tuple(sorted(file.parent.name for file in FOLDER.glob("*/places.tsv")))


def load(name: str = "syria") -> Lexicon:
    """The lexicon of that name, read once in a process and shared by its threads.

    Raises LookupError for an unknown name, ValueError naming file and line for a file that cannot be read as meant.
    """
    lexicon = _loaded.get(name)
    if lexicon is not None:
        return lexicon
    with _lock:
        if name not in _loaded:
            # asked of the list, not of the file system: a name from outside never becomes a path
            if name not in names():
                raise LookupError(f"No lexicon named {name!r}. There is: {', '.join(names())}.")
            _loaded[name] = _read(name)
        return _loaded[name]


def _read(name: str) -> Lexicon:
    folder = FOLDER / name
    return Lexicon(
        name=name,
        places=tuple(_rows(folder / "places.tsv", _place)),
        sources=tuple(_rows(folder / "sources.tsv", _source)),
        actors=tuple(_rows(folder / "actors.tsv", _actor)),
        kinds=tuple(_rows(folder / "kinds.tsv", _kind)),
    )


def _rows(file: Path, make: Callable[[dict[str, str]], _Entry]) -> Iterator[_Entry]:
    """One record a line. Lines that begin with # are comments; the first other line names the columns."""
    columns: list[str] = []
    seen: set[str] = set()
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if not columns:
            columns = cells
            continue
        where = f"{file.parent.name}/{file.name} line {number}"
        if len(cells) > len(columns):
            raise ValueError(f"{where}: {len(cells)} cells under {len(columns)} columns; a tab too many.")
        row = dict.fromkeys(columns, "") | dict(zip(columns, cells, strict=False))
        if line in seen:
            raise ValueError(f"{where}: the same line stands above; delete one of them.")
        seen.add(line)
        try:
            yield make(row)
        except (KeyError, ValueError) as reason:
            raise ValueError(f"{where} ({cells[0]}): {reason}") from reason


def _place(row: dict[str, str]) -> PlaceEntry:
    return PlaceEntry(
        name=row["name"],
        name_ar=row["name_ar"] or None,
        name_fr=row["name_fr"] or None,
        governorate=row["governorate"] or None,
        country=row["country"],
        kind=_one_of(FEATURES, row["kind"], "kind"),
        latitude=float(row["latitude"]) if row["latitude"] else None,
        longitude=float(row["longitude"]) if row["longitude"] else None,
        geonames_id=int(row["geonames_id"]) if row["geonames_id"] else None,
        aliases=_list(row["aliases"]),
        cautious=_flag(row["cautious"]),
    )


def _source(row: dict[str, str]) -> SourceEntry:
    return SourceEntry(
        name=row["name"],
        kind=_one_of(SOURCE_KINDS, row["kind"], "kind"),
        aliases=_list(row["aliases"]),
        country=row["country"] or None,
        channel=_flag(row["channel"]),
        metonyms=_list(row["metonyms"]),
    )


def _actor(row: dict[str, str]) -> ActorEntry:
    return ActorEntry(name=row["name"], kind=_one_of(ACTOR_KINDS, row["kind"], "kind"), aliases=_list(row["aliases"]))


def _kind(row: dict[str, str]) -> KindEntry:
    return KindEntry(
        slug=row["slug"],
        label=row["label"],
        violent=_flag(row["violent"]),
        group=_one_of(EVENT_GROUPS, row["group"], "group"),
        triggers=_list(row["triggers"]),
    )


def _list(cell: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in cell.split(SEPARATOR) if part.strip()))


def _flag(cell: str) -> bool:
    if cell not in ("", "yes", "no"):
        raise ValueError(f"{cell!r} is neither yes nor no")
    return cell == "yes"


def _one_of(allowed: tuple[str, ...], cell: str, column: str) -> str:
    if cell not in allowed:
        raise ValueError(f"{column} {cell!r} is not one of {', '.join(allowed)}")
    return cell
