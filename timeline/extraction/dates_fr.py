"""Reads the dates of French reports: "lundi", "le 25 mai 2012", "la semaine dernière", "il y a trois jours".

Which words mean what stands here; which days are then meant is left to datechoices.py. The rules are tried only at
words that French writes time with, so that a report in another language does not pay for them.
"""

from __future__ import annotations

import re

from timeline.extraction import calendar as cal
from timeline.extraction.datechoices import (
    DayOfMonth,
    looks_ahead,
    part_of,
    read_days,
    read_from_told,
    read_month,
    read_night,
    read_quarter,
    read_season_step,
    read_span_to_now,
    read_step,
    read_weekday,
    read_weekday_from_told,
    read_weekdays,
)
from timeline.extraction.datecontext import Reading, Rules, Telling, from_publication, reading_of
from timeline.extraction.datewords import DASH, YEAR, S, alternatives

_WEEKDAYS = {name: n for n, name in enumerate("lundi mardi mercredi jeudi vendredi samedi dimanche".split())}
_MONTHS = {
    name: number
    for number, name in enumerate(
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(), 1
    )
}
_MONTHS |= {"fevrier": 2, "aout": 8, "decembre": 12}
_SHORT_MONTHS = {"janv": 1, "févr": 2, "avr": 4, "juil": 7, "sept": 9, "oct": 10, "nov": 11, "déc": 12}
_ALL_MONTHS = _MONTHS | _SHORT_MONTHS
_SEASONS = {"printemps": "spring", "été": "summer", "automne": "autumn", "hiver": "winter"}
_NUMBERS = {
    word: number
    for number, word in enumerate(
        "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize".split(), 1
    )
}
_NUMBERS |= {"une": 1, "vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60}
_UNITS = {
    "heure": "hour", "jour": "day", "journée": "day", "semaine": "week", "mois": "month", "an": "year",
    "année": "year", "décennie": "decade",
}  # fmt: skip

_TOLD_UNITS = {"week-end": "weekend", "nuit": "day", "matin": "day", "soir": "day", "après-midi": "day"}

_WEEKDAY = alternatives(_WEEKDAYS)
_MONTH = rf"(?:{alternatives(_MONTHS)}\b|{alternatives(_SHORT_MONTHS)}\b\.?)"
_DAY = r"[0-3]?\d(?:er)?(?![\d%])"
_NUMBER = rf"(?:\d{{1,3}}|{alternatives(_NUMBERS)})"
_UNIT = rf"(?:{alternatives(_UNITS)})s?"
_LAST, _NEXT = r"derni(?:er|ère)|pass(?:é|ée)", r"prochaine?"
_TOLD_WHICH = r"suivante?|précédente?"
_WHICH = rf"(?P<which>{_LAST}|{_NEXT}|{_TOLD_WHICH})"
_PART_OF_DAY = rf"(?:{S}(?:au{S})?(?:matin|midi|après-midi|soir|dans{S}la{S}(?:nuit|matinée|soirée)))?"

# The future of the verbs news dates with, and the words that announce.
_AHEAD = re.compile(
    r"\b(?:\w{2,15}(?:era|eront|ira|iront|dra|dront|vra|vront|rait|raient)|sera|seront|aura|auront|fera|feront|va|vont|doit|doivent"
    r"|prévue?s?|attendue?s?|programmée?s?|fixée?s?|reportée?s?|d'ici|avant\s(?:le|la)|jusqu['’]au)\b"
)

_DAYS = re.compile(
    rf"(?:(?P<weekday>{_WEEKDAY}),?{S}(?:le{S})?)?(?P<day>{_DAY})"
    rf"(?:(?:{S}(?P<month0>{_MONTH}))?(?:{DASH}|{S}(?:et|au|à){S}(?:le{S})?)(?P<day2>{_DAY}))?"
    rf"{S}(?P<month>{_MONTH})(?!\w)(?:,?{S}(?P<year>{YEAR})(?!\w)|{S}(?P<which>{_LAST}|{_NEXT})(?!\w))?",
    re.IGNORECASE,
)
# "Les 25, 26 et 27 mai".
_DAY_LIST = re.compile(
    rf"(?P<days>{_DAY}(?:,{S}{_DAY}){{1,8}}{S}et{S}{_DAY}){S}(?P<month>{_MONTH})(?!\w)(?:{S}(?P<year>{YEAR})(?!\w))?",
    re.IGNORECASE,
)
_LISTED_DAY = re.compile(_DAY, re.IGNORECASE)
_MONTHS_RANGE = re.compile(
    rf"(?P<month>{_MONTH})(?:{DASH}|{S}(?:à|au|et){S})(?P<month2>{_MONTH}){S}(?P<year>{YEAR})(?!\w)", re.IGNORECASE
)
_NTH = {
    "premier": 1, "1er": 1, "deuxième": 2, "second": 2, "2e": 2, "troisième": 3, "3e": 3, "quatrième": 4, "4e": 4,
}  # fmt: skip
_QUARTER = re.compile(
    rf"(?P<nth>{alternatives(_NTH)}){S}(?P<unit>trimestre|semestre)(?!\w)(?:{S}(?:de{S})?(?P<year>{YEAR})(?!\w))?",
    re.IGNORECASE,
)
_WEEKDAY_RULE = re.compile(
    rf"(?P<weekday>{_WEEKDAY})(?!\w|{S}(?:gras|saint)\b)(?:{S}(?:à|au|et){S}(?P<weekday2>{_WEEKDAY})(?!\w)|{S}{_WHICH}(?!\w)|{_PART_OF_DAY})",
    re.IGNORECASE,
)
_MONTH_RULE = re.compile(
    rf"(?P<month>{_MONTH})(?!\w)(?:{S}(?:de{S})?(?P<year>{YEAR})(?!\w)|{S}{_WHICH}(?!\w))?", re.IGNORECASE
)
_HIER = re.compile(rf"(?P<word>hier|aujourd['’]hui|avant-hier|après-demain|demain)(?!\w){_PART_OF_DAY}", re.IGNORECASE)
_STEPS = {"avant-hier": -2, "hier": -1, "demain": 1, "après-demain": 2}
_UNIT_WHICH = re.compile(
    rf"(?P<unit>week-end|semaine|mois|année|an|décennie|nuit|jour){S}{_WHICH}(?!\w)", re.IGNORECASE
)
_WEEKEND = re.compile(rf"(?P<unit>week-end){S}{_WHICH}(?!\w)", re.IGNORECASE)
_SEASON_WHICH = re.compile(
    rf"(?P<season>{alternatives(_SEASONS)}){S}(?:(?:de{S})?(?P<year>{YEAR})(?!\w)|{_WHICH}(?!\w))", re.IGNORECASE
)
# "l'an dernier", "l'été 2011": the article is written to the word.
_ELIDED = re.compile(
    rf"l['’](?:(?P<unit>an|année)|(?P<season>été|automne|hiver))"
    rf"{S}(?:(?:de{S})?(?P<year>{YEAR})(?!\w)|{_WHICH}(?!\w))",
    re.IGNORECASE,
)
_THIS = re.compile(
    rf"(?:ce|cet|cette){S}(?P<unit>semaine|mois|année|week-end|nuit|jour(?=-là)|matin|soir|après-midi|{alternatives(_SEASONS)}|{_WEEKDAY})(?:-ci|(?P<told>-là))?(?!\w)",
    re.IGNORECASE,
)
_AGO = re.compile(
    rf"(?:il{S}y{S}a|voici|voilà){S}(?:environ{S}|près{S}de{S}|plus{S}de{S})?(?P<count>{_NUMBER}){S}(?P<unit>{_UNIT})(?!\w)",
    re.IGNORECASE,
)
_IN = re.compile(rf"dans{S}(?P<count>{_NUMBER}){S}(?P<unit>{_UNIT})(?!\w)", re.IGNORECASE)
_LAST_COUNTED = re.compile(
    rf"(?:(?P<count>{_NUMBER}){S}derni(?:ers|ères)|derni(?:ers|ères){S}(?P<count2>{_NUMBER})){S}(?P<unit>{_UNIT})(?!\w)",
    re.IGNORECASE,
)
_LATER = re.compile(
    rf"(?P<count>{_NUMBER}){S}(?P<unit>{_UNIT}){S}(?:plus{S}(?P<way>tôt|tard)|(?P<beside>avant|après))(?!\w)",
    re.IGNORECASE,
)
_EDGE = re.compile(r"\s{0,8}(?:[.,;:)!?»]|\Z|\n)")
_TOLD = re.compile(r"(?P<word>lendemain|veille|surlendemain|avant-veille)(?!\w)", re.IGNORECASE)
_TOLD_STEPS = {"lendemain": 1, "surlendemain": 2, "veille": -1, "avant-veille": -2}
_SAME_DAY = re.compile(rf"même{S}jour(?!\w)", re.IGNORECASE)
_DECADE = re.compile(rf"années{S}(?P<decade>1[89]\d0|20\d0|[2-9]0)(?!\w)", re.IGNORECASE)
_PART = re.compile(
    rf"(?P<part>début|fin|courant|mi)(?:-|{S})(?:(?:de{S}la|de{S}l['’]|du|de|d['’]){S}?)?(?:mois{S}(?:de{S}|d['’]))?(?=\S)",
    re.IGNORECASE,
)
# "La fin de l'année", "en fin de semaine": of publication.
_PART_OF_UNIT = re.compile(
    rf"(?P<part>début|milieu|fin){S}(?:de{S}la{S}|de{S}l['’]|du{S}|de{S}|d['’])(?P<unit>semaine|mois|année)(?!\w|{S}(?:d[eu']|\d|{_WHICH}))",
    re.IGNORECASE,
)
# Before a month alone: "en mars", "depuis mars". "Mars" elsewhere is a planet or a god, "avril" a name.
_BEFORE_MONTH = frozenset("en de depuis dès début fin mi courant jusqu au à entre et d mois".split())


def _number(word: str) -> int:
    return _NUMBERS[word.lower()] if word.lower() in _NUMBERS else int(word)


def _unit(word: str) -> str:
    lower = word.lower()
    return _UNITS[lower] if lower in _UNITS else _UNITS[lower.removesuffix("s")]


def _step(which: str) -> int:
    return 1 if which.lower().startswith(("prochain", "suivant")) else -1


def _is_told(which: str) -> bool:
    """'suivant' and 'précédent' count from the day being told, not from publication."""
    return which.lower().startswith(("suivant", "précédent"))


def read_french_days(match: re.Match[str], telling: Telling) -> Reading | None:
    """'25 mai', '1er mai 2012', 'lundi 28 mai', '25 et 26 mai', 'du 25 au 27 mai'."""
    month = _month(match["month"])
    said = DayOfMonth(
        _day(match["day"]),
        _month(match["month0"]) if match["month0"] else month,
        _day(match["day2"]) if match["day2"] else None,
        month,
        int(match["year"]) if match["year"] else None,
        _WEEKDAYS[match["weekday"].lower()] if match["weekday"] else None,
        _step(match["which"]) if match["which"] else None,
    )
    return read_days(match, telling, said, looks_ahead(_AHEAD, telling, match))


def read_french_list(match: re.Match[str], telling: Telling) -> Reading | None:
    """'les 25, 26 et 27 mai' is a range; of '3, 10 et 17 mai' only the last is read, by the rule of a single day."""
    days = [_day(day.group()) for day in _LISTED_DAY.finditer(telling.text, *match.span("days"))]
    if days != list(range(days[0], days[0] + len(days))):
        return None
    month, year = _month(match["month"]), int(match["year"]) if match["year"] else None
    said = DayOfMonth(days[0], month, days[-1], month, year)
    return read_days(match, telling, said, looks_ahead(_AHEAD, telling, match))


def read_french_months(match: re.Match[str], telling: Telling) -> Reading | None:
    """'de mars à mai 2012', 'entre mars et mai 2012'; 'mars et mai 2012' are two months."""
    if match.group().split()[1].lower() == "et" and telling.word_before(match.start()) != "entre":
        return None
    year, first, last = int(match["year"]), _month(match["month"]), _month(match["month2"])
    return Reading(
        match.end(), cal.months((year - (first > last), first), (year, last)), False, "the months as written"
    )


def read_french_quarter(match: re.Match[str], telling: Telling) -> Reading | None:
    """'au premier trimestre 2012', 'le second semestre'."""
    months = 3 if match["unit"].lower() == "trimestre" else 6
    return read_quarter(
        match, telling, months, _NTH[match["nth"].lower()], int(match["year"]) if match["year"] else None
    )


def _month(word: str) -> int:
    return _ALL_MONTHS[word.lower().rstrip(".")]


def _day(word: str) -> int:
    return int(word.lower().removesuffix("er"))


def read_french_weekday(match: re.Match[str], telling: Telling) -> Reading | None:
    """'lundi', 'lundi soir', 'lundi dernier', 'de lundi à jeudi', 'la nuit de vendredi à samedi'; not 'le Vendredi saint'."""
    ahead = looks_ahead(_AHEAD, telling, match)
    first = _WEEKDAYS[match["weekday"].lower()]
    if match["weekday2"]:
        if telling.word_before(match.start()) not in ("de", "du", "entre"):
            single = _WEEKDAY_RULE.match(telling.text, match.start(), match.end("weekday"))
            return read_weekday(single, telling, first, None, ahead) if single else None
        return read_weekdays(match, telling, first, _WEEKDAYS[match["weekday2"].lower()], ahead)
    if match["which"] and _is_told(match["which"]):
        return read_weekday_from_told(match, telling, first, _step(match["which"]))
    return read_weekday(match, telling, first, _step(match["which"]) if match["which"] else None, ahead)


def read_french_month(match: re.Match[str], telling: Telling) -> Reading | None:
    """'mai 2012', 'en mars', 'mars dernier'."""
    if not match["year"] and not match["which"] and telling.word_before(match.start()) not in _BEFORE_MONTH:
        return None
    return read_month(
        match,
        telling,
        _month(match["month"]),
        int(match["year"]) if match["year"] else None,
        _step(match["which"]) if match["which"] else None,
        looks_ahead(_AHEAD, telling, match),
    )


def read_hier(match: re.Match[str], telling: Telling) -> Reading | None:
    return read_step(match, telling, _STEPS.get(match["word"].lower(), 0), "day")


def read_unit_which(match: re.Match[str], telling: Telling) -> Reading | None:
    """'la semaine dernière', 'le mois prochain', 'la nuit dernière'."""
    unit = match["unit"].lower()
    if _is_told(match["which"]):
        return read_from_told(match, telling, _step(match["which"]), _TOLD_UNITS.get(unit) or _UNITS[unit])
    if unit == "jour":
        return None
    if unit == "nuit":
        return read_night(match, telling) if _step(match["which"]) < 0 else read_step(match, telling, 0, "day")
    return read_step(match, telling, _step(match["which"]), "weekend" if unit == "week-end" else _UNITS[unit])


def read_season_which(match: re.Match[str], telling: Telling) -> Reading | None:
    season = _SEASONS[match["season"].lower()]
    if match["year"]:
        return Reading(match.end(), cal.season(int(match["year"]), season), False, "the season as written")
    return read_season_step(match, telling, _step(match["which"]), season)


def read_elided(match: re.Match[str], telling: Telling) -> Reading | None:
    if match["season"]:
        return read_season_which(match, telling)
    return read_unit_which(match, telling) if match["which"] else None


def read_this(match: re.Match[str], telling: Telling) -> Reading | None:
    """'cette semaine', 'ce mois-ci', 'cet été', 'ce vendredi', 'ce matin'; 'ce jour-là' is the day being told."""
    unit = match["unit"].lower()
    if match["told"]:
        return read_from_told(match, telling, 0, _UNITS[unit]) if unit in _UNITS else None
    if unit in _WEEKDAYS:
        return read_weekday(match, telling, _WEEKDAYS[unit], None, looks_ahead(_AHEAD, telling, match))
    if unit in _SEASONS:
        return read_season_step(match, telling, 0, _SEASONS[unit])
    return read_step(match, telling, 0, _TOLD_UNITS.get(unit) or _UNITS[unit])


def read_ago(match: re.Match[str], telling: Telling) -> Reading | None:
    unit = _unit(match["unit"])
    return None if unit == "hour" else read_step(match, telling, -_number(match["count"]), unit)


def read_in(match: re.Match[str], telling: Telling) -> Reading | None:
    """'dans trois jours', where the words look ahead."""
    unit = _unit(match["unit"])
    if unit == "hour" or not looks_ahead(_AHEAD, telling, match):
        return None
    return read_step(match, telling, _number(match["count"]), unit)


def read_last_counted(match: re.Match[str], telling: Telling) -> Reading | None:
    return read_span_to_now(match, telling, _number(match["count"] or match["count2"]), _unit(match["unit"]))


def read_later(match: re.Match[str], telling: Telling) -> Reading | None:
    unit = _unit(match["unit"])
    count = _number(match["count"])
    if unit == "hour" or (match["beside"] and not _EDGE.match(telling.text, match.end(), telling.end)):
        return None  # "deux jours après l'attaque" counts from something else
    after = (match["way"] or match["beside"]).lower() in ("tard", "après")
    return read_from_told(match, telling, count if after else -count, unit)


def read_told(match: re.Match[str], telling: Telling) -> Reading | None:
    """'le lendemain', 'la veille': of the day being told. 'La veille de l'attaque' counts from something else."""
    if telling.rest(match.end(), 4).startswith((" de ", " du ", " des", " d'", " d’")):
        return None
    return read_from_told(match, telling, _TOLD_STEPS[match["word"].lower()], "day")


def read_same_day(match: re.Match[str], telling: Telling) -> Reading | None:
    return read_from_told(match, telling, 0, "day")


def read_french_decade(match: re.Match[str], telling: Telling) -> Reading | None:
    first = int(match["decade"])
    if first < 100:
        return Reading(match.end(), cal.decade(1900 + first), False, "a decade of the twentieth century")
    return Reading(match.end(), cal.decade(first), False, "the decade as written")


def read_french_part_of_unit(match: re.Match[str], telling: Telling) -> Reading | None:
    if telling.published is None:
        return reading_of(match, telling, None, "")
    days = cal.shift(telling.published, 0, _UNITS[match["unit"].lower()])
    return from_publication(match, telling, cal.approximate(days))


def read_french_part(match: re.Match[str], telling: Telling) -> Reading | None:
    return part_of(telling, match, match["part"].lower())


_WEEKDAY_RULES: Rules = ((_DAYS, read_french_days), (_WEEKDAY_RULE, read_french_weekday))
_MONTH_RULES: Rules = ((_MONTHS_RANGE, read_french_months), (_MONTH_RULE, read_french_month))
_COUNTED: Rules = ((_LAST_COUNTED, read_last_counted), (_LATER, read_later))

# The rules to try at a number, and at a word in small letters, in the order in which they are tried.
FRENCH_DAY_RULES: Rules = ((_DAYS, read_french_days), (_DAY_LIST, read_french_list))
FRENCH_COUNTED_RULES = _COUNTED
FRENCH_RULES: dict[str, Rules] = {
    **dict.fromkeys(_WEEKDAYS, _WEEKDAY_RULES),
    **dict.fromkeys((*_MONTHS, "janv", "févr", "avr", "juil", "déc"), _MONTH_RULES),
    **dict.fromkeys(("hier", "aujourd", "demain"), ((_HIER, read_hier),)),
    **dict.fromkeys(("avant", "après"), ((_HIER, read_hier), (_TOLD, read_told))),
    **dict.fromkeys("premier deuxième second troisième quatrième".split(), ((_QUARTER, read_french_quarter),)),
    **dict.fromkeys(("derniers", "dernières"), ((_LAST_COUNTED, read_last_counted),)),
    **dict.fromkeys("jour semaine mois année décennie nuit".split(), ((_UNIT_WHICH, read_unit_which),)),
    "week": ((_WEEKEND, read_unit_which),),
    **dict.fromkeys(_SEASONS, ((_SEASON_WHICH, read_season_which),)),
    "l": ((_ELIDED, read_elided),),
    **dict.fromkeys(("ce", "cet", "cette"), ((_THIS, read_this),)),
    **dict.fromkeys(("il", "voici", "voilà"), ((_AGO, read_ago),)),
    "dans": ((_IN, read_in),),
    **dict.fromkeys((word for word in _NUMBERS if word not in ("six",)), _COUNTED),
    **dict.fromkeys(("lendemain", "surlendemain", "veille"), ((_TOLD, read_told),)),
    "même": ((_SAME_DAY, read_same_day),),
    "années": ((_DECADE, read_french_decade),),
    **dict.fromkeys(
        ("début", "fin", "milieu", "courant", "mi"),
        ((_PART_OF_UNIT, read_french_part_of_unit), (_PART, read_french_part)),
    ),
}
