"""Where: the places a text names, found in the gazetteer of a lexicon, and whether a name stands for a place at all.

One dictionary lookup a capitalised (or Arabic) word, so the time is linear in the text. Spellings are brought to one
key (articles, hyphens, doubled letters, ou/u, ee/i), which is why the gazetteer need not list every transliteration.
What a place does in its sentence is left to place_roles.py, which of them belongs to which event to assemble.py.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from timeline.extraction.lexicon import ActorEntry, Lexicon, PlaceEntry, SourceEntry
from timeline.extraction.records import PlaceSpan
from timeline.extraction.sentences import Word, words

# "al" and its forms before sun letters, as English and French write them
_ARTICLES = frozenset("al el ul ad ed adh ar er as es ash esh ach ech at et ath an en az ez".split())
# those that open a name also without a hyphen; "As", "At" and "An" before a name are nearly always English words
_OPENING = frozenset("al el ad ed ar er ash az ez".split())

# words that open many names and are written in many ways
_SAME_WORD = {
    variant: key
    for key, variants in {
        "tel": "tal tall tell til",
        "kafr": "kafar kafer kefr kfar kfr kefar",
        "ain": "ayn ein ayin",
        "sheikh": "shaykh sheik shaikh cheikh shiekh",
        "deir": "dayr dair der",
        "beit": "bayt bait bet",
        "khirbet": "khirbat kherbet khirba khirbeh kherbat",
        "marat": "marrat maaret maret marret",
        "um": "om oum",
        "abu": "abo abou",
        "jabal": "jebel djebel jabel gebel",
        "burj": "borj bourj",
        "hosh": "hawsh housh hush hoch",
        "mazrat": "mazraat",
    }.items()
    for variant in variants.split()
}
_PLAIN = str.maketrans(dict.fromkeys("'’‘`´ʿʾʼʻ-.") | {"ı": "i", "ø": "o", "ł": "l", "ß": "ss"})
_SILENT_FROM = 6  # letters; shorter words in -e are English ("Dare", "Make")
_DOUBLED = re.compile(r"(.)\1+")
_ARABIC_LETTERS = str.maketrans("أإآٱىةؤئ", "ااااي" + "هوي")
_ARABIC_MARKS = re.compile("[\u064b-\u065f\u0670\u0640]")

_APOSTROPHES = "'’‘`´ʿʾʼʻ"
# a word that may begin a name: one capital letter or an Arabic one, digits allowed after it ("T4")
_WORD = rf"(?:(?:[^\W\d_]\.){{2,}}|[^\W_]+(?:[{_APOSTROPHES}][^\W\d_]+)*)"
_START = re.compile(rf"(?<![\w.])(?=[A-Z\u00c0-\u00de\u0120-\u017d\u0621-\u064a\u1e00-\u1eff]){_WORD}")
_NEXT = re.compile(rf"[ \u00a0]?[ \u00a0\-–]\n?({_WORD})")
_FRENCH_ELISION = re.compile(rf"[dlDL][{_APOSTROPHES}](?=[A-Z\u00c0-\u00de])")
_OPENING_ARTICLE = re.compile(r"^(?:al|el|ad|ar|as|ash|at|an|az)[- ]")
_LOWER_ARTICLE = re.compile(r"(?<!\w)(?:al|el|ad|ed|adh|ar|er|as|es|ash|esh|at|ath|an|en|az|ez)-$")
# scraped text loses apostrophes ("Syrias Aleppo"); "Hamas" is not the possessive of Hama
_BARE_POSSESSIVE_FROM = 6  # letters, the s among them

_GOVERNORATE_AFTER = re.compile(
    r"[’']?s?[ -](?:(?:north|south|east|west|central)\w* )?"
    r"(?:[Gg]overnorates?|[Pp]rovinces?|[Mm]uhafazah?|[Cc]ountrysides?|[Ss]uburbs)\b"
)
# "in Homs and Hama provinces": the word after the last of them holds for each
_GOVERNORATES_AFTER = re.compile(
    r"(?:(?:, and|,| and) (?:[a-z]{2,3}-)?[A-Z][\w’'-]+(?: (?:[a-z]{2}-)?[A-Z][\w’'-]+)?){1,4}"
    r" (?:[Gg]overnorates|[Pp]rovinces)\b"
)
_GOVERNORATE_BEFORE = re.compile(
    r"(?:\b(?:[Gg]overnorate|[Pp]rovince|[Cc]ountryside|[Rr]egion|[Ss]uburbs?) of (?:the )?"
    r"|\b[Rr]ural |\b(?:[Gg]ouvernorat|[Pp]rovince|[Rr]égion) (?:de |d[’'])"
    r"|محافظة |ريف )$"
)
_DAMASCUS = "Damascus"  # its "countryside", "suburbs" and "province" are the governorate around it
_AROUND_DAMASCUS = "Rif Dimashq"
_RURAL = re.compile(r"[Cc]ountryside|[Ss]uburb|[Rr]ural|[Pp]rovince|ريف|[Rr]égion")

# "a Turkey-backed group": the name says who, not where
_HYPHENATED = re.compile(r"[-–][a-z]")
# "Idlib Martyrs Brigade", "Damascus Declaration": names of other things that begin with a place
_OTHER_NAME = re.compile(
    r"(?: [A-Z][\w’'-]*){0,3}? "
    r"(?:Brigades?|Battalions?|Declaration|Front|Coordination|Revolution|Revolutionary|Operations|Command|Agreement|Accords?"
    r"|Tribune|Spring|Eagles|Shield|Division|Regiment|Bloc|Communiqu[eé]|Process|Convention|Conventions|Protocol|Times|Post"
    r"|Journal|Observer|Herald|Today|News|Center|Centre|Network|Movement|Battalion|Martyrs|Youth|Army|Institute|Foundation"
    r"|Association|Street Journal|Group|Club|Statement|Syndrome)\b(?! [Ss]treet)"
)
# before a name: a group's name, not the place
_PART_OF_NAME = re.compile(
    r"\b(?:Liwa|Jaish|Jaysh|Jeish|Fatah|Fateh|Ahrar|Harakat|Faylaq|Failaq|Suqour|Jund|Kataib|Katibat|Ansar|Radio|Ali|Abu"
    r"|Umm|Ibn|Bin|State|University of|State in|State of|Army of|Conquest of|Battle for the|Friends of|Mission in"
    r"|Inquiry on|Envoy for|Envoy to)[ -](?:al-|el-|the )?$"
)

# cautious names: a capitalised neighbour makes them part of a person's or a thing's name, unless it is one of these
_NEIGHBOURS = frozenset(
    """
    in at near of on from to and the around outside inside southern northern eastern western central old new town
    city village district neighborhood neighbourhood province governorate countryside suburb suburbs airport airbase
    base crossing square camp syria syrian syrias monday tuesday wednesday thursday friday saturday sunday january
    february march april may june july august september october november december region area refugee mount jabal
    road highway bridge hospital
    """.split()
)
_WORD_BEFORE = re.compile(r"(?:^|[^\w-])((?:al-|el-)?[A-Z][\w’']*)[ ]$")
_WORD_AFTER = re.compile(r" ((?:al-|el-)?[A-Z][\w’']*)")
_SPOKEN = re.compile(r" (?:said|says|told|added|noted|stressed|wrote|tweeted|warned|denied|called|urged|explained)\b")
_ARABIC_PLACE_WORDS = re.compile(
    r"(?:مدينة|بلدة|قرية|ريف|حي|منطقة|مخيم|في|بلدات|قرى|محافظة|مدن|من|إلى|على|قرب|جنوب|شمال|شرق|غرب) $"
)
# towns whose Arabic name is an everyday word: the door, the hill, the foot, the square, the movement
_ARABIC_WORDS = frozenset({"الباب", "التل", "القدم", "الميدان", "الدانا", "الحارة", "الحراك", "المعرة"})
_ARABIC_PREFIXES = ("و", "ف", "ب", "ل", "ك")

_CONTEXT = 240  # characters on either side in which a governorate named decides between places of the same name
_MOST_WORDS = 6


@dataclass(frozen=True, slots=True)
class _Form:
    """One way to write a place, or (with no places) a longer name that must not be read as the place in it."""

    places: tuple[PlaceEntry, ...]
    needs_article: bool
    capitals_only: bool
    lower_end: bool


@dataclass(frozen=True, slots=True)
class _Finder:
    forms: dict[str, tuple[_Form, ...]]
    first: frozenset[str]  # the words that names begin with
    openings: frozenset[str]  # what longer names begin with, one word or several
    governorates: dict[str, PlaceEntry]
    written: dict[PlaceEntry, frozenset[str]]  # the very spellings of cautious places


@dataclass(frozen=True, slots=True)
class _Settled:
    """The names in a text that only one place bears, in its order, and how often it speaks of each governorate."""

    starts: list[int]
    places: list[PlaceEntry]
    counts: Counter[str | None]


@lru_cache(maxsize=32768)
def fold_word(word: str) -> str:
    """The key of one word: the same for the ways in which reports spell it."""
    if "\u0600" <= word[0] <= "\u06ff":
        return _ARABIC_MARKS.sub("", word).translate(_ARABIC_LETTERS)
    text = unicodedata.normalize("NFKD", word.translate(_PLAIN).lower())
    text = "".join(letter for letter in text if not unicodedata.combining(letter)).translate(_PLAIN)
    text = text.replace("ou", "u").replace("oo", "u").replace("ee", "i")
    text = _DOUBLED.sub(r"\1", text)
    if len(text) > 3 and text[-2:] in ("ah", "eh"):
        text = text[:-2] + "a"
    elif len(text) >= _SILENT_FROM and text[-1] == "e":
        text = text[:-1] + "a"  # Kobane, Talbise
    return _SAME_WORD.get(text, text)


def fold(name: str) -> str:
    """The key of a whole name; empty for a name without letters. Articles do not count ("al-Houla" is "Houla")."""
    return " ".join(_fold_parts(re.findall(_WORD, name)))


def _fold_parts(words: list[str]) -> list[str]:
    keys = [fold_word(word) for word in words]
    kept = [key for key in keys if key not in _ARTICLES]
    return kept or keys


# A text that names more places than this is no report but a list; the rest of it is left unread. Of 624 news reports none
# names more than 69.
_MOST_FOUND = 30_000


def find_places(text: str, lexicon: Lexicon, capitals: Sequence[Word] | None = None) -> tuple[PlaceSpan, ...]:
    """The places named in the text, in its order, the longest name at each position.

    ``capitals`` are the words that hold a capital or an Arabic letter, where they have been read already: no other word
    begins a name.

    A name that several places bear is the one whose governorate or country is named nearby, else the one that stands
    first in the gazetteer. "Homs province" is the governorate, "Homs" the city. Names of people, groups and papers that
    hold a place's name are left out; datelines and capitals that speak are found (place_roles.py tells them).
    """
    finder = _finder(lexicon)
    found: list[tuple[int, int, tuple[PlaceEntry, ...]]] = []
    end_of_last = 0
    for first, stop in _beginnings(text, words(text) if capitals is None else capitals, finder):
        if first < end_of_last:
            continue
        hit = _at(text, first, stop, finder)
        if hit is None:
            continue
        start, end, form = hit
        end_of_last = end
        if not form.places or _is_other_name(text, start, end):
            continue
        doubtful = text[start:end] in _ARABIC_WORDS
        places = tuple(
            place
            for place in form.places
            if not (place.cautious or doubtful)
            or (_as_written(text[start:end]) in finder.written[place] and _stands_alone(text, start, end))
        )
        if places:
            found.append((start, end, places))
            if len(found) >= _MOST_FOUND:
                break
    sure = [(start, places[0]) for start, _, places in found if len(places) == 1]
    settled = _Settled(
        [start for start, _ in sure], [place for _, place in sure], Counter(place.governorate for _, place in sure)
    )
    return tuple(
        _span(text, start, end, places[0] if len(places) == 1 else _choose(start, places, settled), finder)
        for start, end, places in found
    )


@lru_cache(maxsize=8)
def _finder(lexicon: Lexicon) -> _Finder:
    forms: dict[str, list[tuple[str, _Form]]] = {}
    openings: set[str] = set()

    def add(name: str, places: tuple[PlaceEntry, ...]) -> None:
        name = name.removeprefix("the ")
        words = re.findall(_WORD, name)
        if not words:
            return
        keys = _fold_parts(words)
        article = fold_word(words[0]) in _ARTICLES and len(keys) < len(words)
        form = _Form(
            places=places,
            needs_article=article,
            capitals_only=len(name) <= 4 and name.isupper() and len(keys) == 1,
            lower_end=words[-1][0].islower(),
        )
        forms.setdefault(" ".join(keys), []).append((name, form))
        openings.update(" ".join(keys[:count]) for count in range(1, min(len(keys), _MOST_WORDS)))

    governorates = {}
    written = {}
    for place in lexicon.places:
        if place.kind == "governorate":
            governorates[place.name] = place
        bare = place.name.split(" (")[0]
        names = (bare, place.name_ar, place.name_fr, *place.aliases)
        if place.kind == "governorate" and place.name != _AROUND_DAMASCUS:
            names = (place.name_ar, place.name_fr, *place.aliases)  # the bare name is the city's
        written[place] = frozenset(_as_written(name) for name in names if name)
        for name in dict.fromkeys(filter(None, names)):
            add(name, (place,))
    plain = set(forms)
    for name in _longer_names(lexicon, plain):
        add(name, ())
    return _Finder(
        {key: _merged(group) for key, group in forms.items()},
        frozenset(key.split(" ", 1)[0] for key in forms),
        frozenset(openings),
        governorates,
        written,
    )


def _as_written(name: str) -> str:
    """The letters of a name without its article, hyphens and apostrophes: nearer to the writing than its key."""
    return _OPENING_ARTICLE.sub("", name.lower()).translate(_PLAIN)


def _merged(group: list[tuple[str, _Form]]) -> tuple[_Form, ...]:
    """Forms of one key, those of the same conditions as one form with all their places, in the gazetteer's order."""
    merged: dict[tuple[bool, bool, bool], list[PlaceEntry]] = {}
    for _, form in group:
        places = merged.setdefault((form.needs_article, form.capitals_only, form.lower_end), [])
        places.extend(place for place in form.places if place not in places)
    return tuple(_Form(tuple(places), *conditions) for conditions, places in merged.items())


def _longer_names(lexicon: Lexicon, plain: set[str]) -> list[str]:
    """Names of sources and actors that hold a place's name ("Aleppo Media Centre", "Islamic State of Iraq and …")."""
    longer = []
    known: tuple[SourceEntry | ActorEntry, ...] = (*lexicon.sources, *lexicon.actors)
    for entry in known:
        for name in (entry.name, *entry.aliases):
            words = [word for word in re.findall(_WORD, name) if word != "the"]
            if len(words) < 2 or not words[0][0].isupper() or fold(name) in plain:
                continue
            if sum(word[0].isupper() for word in words) > 1 and any(fold_word(word) in plain for word in words):
                longer.append(name)
    return longer


def _beginnings(text: str, capitals: Sequence[Word], finder: _Finder) -> Iterator[tuple[int, int]]:
    """Where a name may begin: the bounds of each word, or part of a hyphenated one, that could be its first."""
    for start, end, word, _ in capitals:
        if word.isalpha():
            if (
                (word[0] >= "\u0620" or word[0].isupper())
                and _may_begin(word, finder)
                and (not start or text[start - 1] not in "._")
            ):
                yield start, end
            continue
        # with its stop, if it is an initialism: "the U.S."
        for match in _START.finditer(text, start, end + text.startswith(".", end)):
            if _may_begin(match.group(), finder):
                yield match.span()


def _may_begin(word: str, finder: _Finder) -> bool:
    """False for most capitalised words: no name begins so."""
    key = fold_word(word)
    return key in finder.first or key in _ARTICLES or word[-1] in "sS" or not word.isalpha() or word[0] > "\u0600"


def _at(text: str, start: int, end: int, finder: _Finder) -> tuple[int, int, _Form] | None:
    """The longest name that begins with the word at start, with its own bounds."""
    if text[start] in "DL":
        elision = _FRENCH_ELISION.match(text, start)
        start = elision.end() if elision else start
    first = text[start:end]
    article = False
    begin = start
    key = fold_word(first)
    if key in _ARTICLES and first[0].isascii():
        following = _NEXT.match(text, end)
        if following is None or (text[end] not in "-–" and key not in _OPENING):
            return None
        if not following.group(1)[0].isupper():
            return None
        article, end = True, following.end()
        first = following.group(1)
        key = fold_word(first)
    elif start and text[start - 1] == "-":
        lower = _LOWER_ARTICLE.search(text, max(0, start - 5), start)
        if lower:
            article, begin = True, lower.start()
    if "\u0621" <= first[0] <= "\u064a":
        return _at_arabic(text, start, end, finder)
    return _longest(text, begin, first, key, end, article, finder)


def _longest(
    text: str, begin: int, first: str, key: str, end: int, article: bool, finder: _Finder
) -> tuple[int, int, _Form] | None:
    bare, cut = _without_possessive(first)
    best = None
    for form_key, form_end in ((key, end), (fold_word(bare), end - cut)) if cut else ((key, end),):
        form = _fitting(finder, form_key, article, text[begin:form_end])
        if form:
            best = (begin, form_end, form)
            break
    while key in finder.openings:
        following = _NEXT.match(text, end)
        if following is None:
            break
        word, end = following.group(1), following.end()
        word_key = fold_word(word)
        if word_key in _ARTICLES:
            continue
        bare, cut = _without_possessive(word)
        for last, form_end in ((word_key, end), (fold_word(bare), end - cut)) if cut else ((word_key, end),):
            form = _fitting(finder, f"{key} {last}", article, text[begin:form_end], word[0].islower())
            if form:
                best = (begin, form_end, form)
                break
        key = f"{key} {word_key}"
    return best


def _fitting(finder: _Finder, key: str, article: bool, written: str, lower_end: bool = False) -> _Form | None:
    """The form of that key whose conditions the writing meets; with an article those that ask for one come first."""
    group = finder.forms.get(key)
    if group is None:
        return None
    if len(group) == 1 and not (group[0].needs_article or group[0].capitals_only or lower_end):
        return group[0]
    fit = [
        form
        for form in group
        if (article or not form.needs_article)
        and (not form.capitals_only or written.isupper())
        and (not lower_end or form.lower_end)
    ]
    if not fit:
        return None
    if article and any(form.needs_article for form in fit):
        # "al-Zahra" and "Zahraa" are written for the same places: keep the places of both, those with the article first
        fit.sort(key=lambda form: not form.needs_article)
    places = tuple(dict.fromkeys(place for form in fit for place in form.places))
    return fit[0] if len(fit) == 1 else _Form(places, article, False, False)


def _without_possessive(word: str) -> tuple[str, int]:
    """The word without its possessive, and how many characters that was; 0 where there is none."""
    if len(word) < 3 or word[-1] not in "sS":
        return word, 0
    if word[-2] in _APOSTROPHES:
        return word[:-2], 2
    if len(word) >= _BARE_POSSESSIVE_FROM and word[-1] == "s" and word[-2] != "s":
        return word[:-1], 1
    return word, 0


def _at_arabic(text: str, start: int, end: int, finder: _Finder) -> tuple[int, int, _Form] | None:
    """The same for Arabic, where 'and', 'in', 'to' and 'as' are written onto the name."""
    word = text[start:end]
    for begin, first in _arabic_readings(word):
        key = fold_word(first)
        if key not in finder.first:
            continue
        best = None
        if key in finder.forms:
            best = (start + begin, end, finder.forms[key][0])
        stop = end
        while key in finder.openings:
            following = _NEXT.match(text, stop)
            if following is None:
                break
            stop = following.end()
            key = f"{key} {fold_word(following.group(1))}"
            if key in finder.forms:
                best = (start + begin, stop, finder.forms[key][0])
        if best:
            return best
    return None


def _arabic_readings(word: str) -> list[tuple[int, str]]:
    """The word as it is, then without one and two attached particles; 'لل' is 'ل' and the article."""
    readings = [(0, word)]
    for begin in (0, 1):
        rest = word[begin:]
        if begin and word[0] not in "وف":
            break
        if rest.startswith("لل") and len(rest) > 4:
            readings.append((begin + 1, "ا" + rest[1:]))
        if len(rest) > 3 and rest[0] in _ARABIC_PREFIXES:
            readings.append((begin + 1, rest[1:]))
    return readings


def _is_other_name(text: str, start: int, end: int) -> bool:
    """True where the name is a part of another name, or a compound ("Turkey-backed")."""
    if end < len(text) and text[end] in "-–" and _HYPHENATED.match(text, end):
        return True
    if end < len(text) and text[end] == " " and text[end + 1 : end + 2].isupper() and _OTHER_NAME.match(text, end):
        return True
    return _PART_OF_NAME.search(text, max(0, start - 24), start) is not None


def _stands_alone(text: str, start: int, end: int) -> bool:
    """For a cautious name: no capitalised neighbour makes it a part of somebody's name."""
    if "\u0621" <= text[start] <= "\u064a":
        return _ARABIC_PLACE_WORDS.search(text, max(0, start - 12), start) is not None or text[start - 1 : start] == "ب"
    if text[start:end].isupper() and end - start <= 4:
        return False
    before = _WORD_BEFORE.search(text, max(0, start - 30), start)
    if before and before.group(1).lower() not in _NEIGHBOURS:
        return False
    if _SPOKEN.match(text, end):
        return False
    after = _WORD_AFTER.match(text, end)
    return after is None or after.group(1).lower() in _NEIGHBOURS


def _choose(start: int, places: Sequence[PlaceEntry], settled: _Settled) -> PlaceEntry:
    """Between places of one name: the one whose governorate, else country, is the nearest named around it."""
    best, nearest = places[0], _CONTEXT
    first = bisect_left(settled.starts, start)
    for numbers in (range(first - 1, -1, -1), range(first, len(settled.starts))):
        for number in numbers:
            distance = abs(settled.starts[number] - start)
            if distance >= nearest:
                break
            place = _beside(places, settled.places[number])
            if place is not None:
                best, nearest = place, distance
                break
    if nearest == _CONTEXT and all(place.governorate for place in places):
        # nothing nearby: the governorate of which the text speaks most
        return max(places, key=lambda place: settled.counts[place.governorate])
    return best


def _beside(places: Sequence[PlaceEntry], other: PlaceEntry) -> PlaceEntry | None:
    """The first of the places that lies in the governorate, else the country, of another that is named nearby."""
    for place in places:
        near = place.governorate == other.governorate if place.governorate else place.country == other.country
        if near and (other.kind != "country" or place.country == other.country != places[0].country):
            return place
    return None


def _span(text: str, start: int, end: int, place: PlaceEntry, finder: _Finder) -> PlaceSpan:
    """The record, with the governorate in the place of its city where the text says so."""
    if place.kind == "city" and place.name in finder.governorates:
        after = _GOVERNORATE_AFTER.match(text, end)
        before = _GOVERNORATE_BEFORE.search(text, max(0, start - 24), start)
        together = None if after or before else _GOVERNORATES_AFTER.match(text, end)
        words = "".join(match.group() for match in (after, before, together) if match)
        if words:
            name = place.name
            if name == _DAMASCUS and _RURAL.search(words) and _AROUND_DAMASCUS in finder.governorates:
                name = _AROUND_DAMASCUS
            place = finder.governorates[name]
            end = after.end() if after else end
    return PlaceSpan(
        start=start,
        end=end,
        text=text[start:end],
        name=place.name,
        governorate=place.governorate,
        country=place.country,
        kind=place.kind,
        latitude=place.latitude,
        longitude=place.longitude,
    )
