"""The words English news writes time with, as tables and as pieces of regular expressions.

Holds vocabulary alone; what a phrase means is decided by the rules that use it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from timeline.extraction import calendar as cal

# White space inside an expression: a hard-wrapped line may be indented, but a bound keeps every pattern linear.
S = r"\s{1,8}"
DASH = r"\s?[-–—]\s?"

WEEKDAYS = {name.lower(): number for number, name in enumerate(cal.WEEKDAYS)}
SHORT_WEEKDAYS = {
    "mon": 0, "tue": 1, "tues": 1, "wed": 2, "weds": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4, "sat": 5, "sun": 6,
}  # fmt: skip
MONTHS = {name.lower(): number for number, name in enumerate(cal.MONTHS, 1)}
SHORT_MONTHS = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7,
    "aug": 8, "sep": 9, "sept": 9, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
ALL_WEEKDAYS = WEEKDAYS | SHORT_WEEKDAYS
ALL_MONTHS = MONTHS | SHORT_MONTHS
SEASONS = {"spring": "spring", "summer": "summer", "autumn": "autumn", "fall": "autumn", "winter": "winter"}

_ONES = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
NUMBERS = {word: number for number, word in enumerate(_ONES.split(), 1)}
NUMBERS |= {word: number * 10 for number, word in enumerate(_TENS.split(), 2)}
NUMBERS |= {f"{ten}-{one}": NUMBERS[ten] + NUMBERS[one] for ten in _TENS.split() for one in _ONES.split()[:9]}
NUMBERS |= {"a": 1, "an": 1, "a couple of": 2, "couple of": 2, "a dozen": 12}
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth"
)
ORDINALS = {word: number for number, word in enumerate(_ORDINALS.split(), 1)}
ORDINALS |= {f"twenty-{word}": 20 + number for word, number in list(ORDINALS.items())[:9]}
ORDINALS |= {"thirtieth": 30, "thirty-first": 31}


def alternatives(words: object) -> str:
    """A group of fixed words for a pattern, the longest first, so that 'seven' does not cut 'seventeen' short."""
    return "(?:" + "|".join(sorted(map(str, words), key=len, reverse=True)) + ")"  # type: ignore[call-overload]


def spaced(words: Iterable[str]) -> str:
    """The same for names of several words, with any white space between them."""
    return alternatives(word.replace(" ", S) for word in words)


WEEKDAY = alternatives(WEEKDAYS)
MONTH = rf"(?:{alternatives(MONTHS)}|{alternatives(SHORT_MONTHS)}\b\.?)"
DAY = r"(?:[0-3]?\d(?:st|nd|rd|th)?(?![\d%])(?![.,:]\d)|" + alternatives(ORDINALS) + r"\b)"
# What points to a year after a day, a month or a season: "last year", "of that year", "the following year".
WHICH_YEAR = rf"(?P<which>last|this|next|that|the{S}(?:same|following|next|previous)){S}year\b"
YEAR = r"(?:1[6-9]\d\d|20\d\d)(?![\d%])(?![.,]\d)"
NUMBER = rf"(?:\d{{1,3}}|{alternatives(NUMBERS)})"
ORDINAL_QUARTER = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
PART_OF_DAY = r"(?:morning|afternoon|evening|night)"

# After these a bare month or year is a time: "in May", "since 1990". After the weaker ones it may yet be a name:
# "by April Jones".
STRONG_BEFORE = frozenset(
    "in since until during through last next this late early mid throughout til till before after".split()
)
WEAK_BEFORE = frozenset("by to from of and or for between on the around about than into as".split())
# Days of history and of the churches: "Bloody Sunday", "Black September", "Good Friday".
NAMED_BEFORE = frozenset("black bloody good easter palm ash holy shrove cyber super".split())
# What is counted: "in May 25 people were killed" names no 25 May, "killed 2000 civilians" no year.
COUNTED = alternatives(
    """
    people persons civilians soldiers troops men women children rebels fighters militants protesters demonstrators
    policemen officers prisoners detainees refugees families bodies martyrs residents villagers workers students others
    monitors observers peacekeepers members homes houses buildings tanks vehicles barrels miles kilometres kilometers
    metres meters feet yards acres hectares tons km dollars euros pounds percent per cent points shares votes
    times years months weeks days hours minutes troopers gunmen insurgents activists journalists victims dead wounded
    injured killed lives casualties Syrians Iraqis Palestinians Israelis Turks Kurds Russians Americans
    """.split()
)
# The same in French: "2000 personnes", "2012 manifestants".
COUNTED_ABROAD = alternatives(
    """
    personnes civils soldats morts blessés tués victimes habitants manifestants combattants rebelles réfugiés déplacés
    prisonniers détenus femmes enfants hommes familles maisons euros dollars kilomètres mètres شخص شخصا شخصاً مدني مدنيا
    مدنياً قتيل قتيلا قتيلاً جريح جريحا جريحاً جندي جنديا عائلة أسرة لاجئ لاجئا نازح معتقل معتقلا مقاتل مقاتلا طفل طفلا امرأة
    """.split()
)
# "the March 14 alliance": movements that carry a date as their name.
MOVEMENTS = alternatives(
    """
    alliance coalition movement bloc camp brigade brigades battalion forces group party leader leaders politician
    politicians lawmaker lawmakers street square bridge university hospital stadium
    """.split()
)


_TEN_TO_NINETY_NINE = [word for word, number in NUMBERS.items() if number >= 10 and " " not in word]
SPOKEN_AFTER = re.compile(
    rf",?{S}(?:of{S})?nineteen{S}(?P<rest>{alternatives(_TEN_TO_NINETY_NINE)})(?![\w-])", re.IGNORECASE
)


def as_number(word: str) -> int:
    lower = " ".join(word.lower().split())
    return NUMBERS[lower] if lower in NUMBERS else int(lower)


def as_day(word: str) -> int:
    """The day of the month: '25', '25th', 'eighth'."""
    lower = word.lower()
    return ORDINALS[lower] if lower in ORDINALS else int(lower.rstrip("stndrh"))


def as_month(word: str) -> int:
    return ALL_MONTHS[word.lower().rstrip(".")]
