"""Reads the dates of Arabic reports: weekdays, Levantine and Gregorian months, "أمس", "الأسبوع الماضي", "قبل ثلاثة أيام".

Which words mean what stands here; which days are then meant is left to datechoices.py. The rules are tried only at
Arabic words, at Eastern digits, and at numbers that an Arabic word follows.
"""

from __future__ import annotations

import datetime as dt
import re

from timeline.extraction import calendar as cal
from timeline.extraction.datechoices import (
    AS_WRITTEN,
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
    read_weekdays,
)
from timeline.extraction.datecontext import Reading, Rules, Telling, from_publication, reading_of
from timeline.extraction.datewords import S, alternatives, spaced

_WEEKDAYS = {
    "الاثنين": 0, "الإثنين": 0, "الثلاثاء": 1, "الأربعاء": 2, "الاربعاء": 2, "الخميس": 3, "الجمعة": 4, "السبت": 5,
    "الأحد": 6, "الاحد": 6,
}  # fmt: skip
# The months of the Levant and Iraq, of Egypt and the Gulf, and of the Maghreb.
_MONTHS = {
    "كانون الثاني": 1, "شباط": 2, "آذار": 3, "اذار": 3, "نيسان": 4, "أيار": 5, "ايار": 5, "حزيران": 6, "تموز": 7,
    "آب": 8, "أيلول": 9, "ايلول": 9, "تشرين الأول": 10, "تشرين الاول": 10, "تشرين الثاني": 11, "كانون الأول": 12,
    "كانون الاول": 12,
    "يناير": 1, "فبراير": 2, "مارس": 3, "أبريل": 4, "ابريل": 4, "إبريل": 4, "مايو": 5, "يونيو": 6, "يونيه": 6,
    "يوليو": 7, "يوليه": 7, "أغسطس": 8, "اغسطس": 8, "سبتمبر": 9, "أكتوبر": 10, "اكتوبر": 10, "نوفمبر": 11,
    "ديسمبر": 12,
    "جانفي": 1, "فيفري": 2, "أفريل": 4, "جوان": 6, "جويلية": 7, "أوت": 8,
}  # fmt: skip
_SEASONS = {"ربيع": "spring", "صيف": "summer", "خريف": "autumn", "شتاء": "winter"}
_NUMBERS = {
    "ثلاثة": 3, "ثلاث": 3, "أربعة": 4, "اربعة": 4, "أربع": 4, "خمسة": 5, "خمس": 5, "ستة": 6, "ست": 6, "سبعة": 7, "سبع": 7,
    "ثمانية": 8, "ثماني": 8, "تسعة": 9, "تسع": 9, "عشرة": 10, "عشر": 10, "عشرين": 20, "ثلاثين": 30, "أربعين": 40,
}  # fmt: skip
_NUMBERS |= {
    f"{one} {ten}": number
    for number, ones in enumerate(
        ("أحد إحدى", "اثني اثنتي اثنا اثنتا", "ثلاثة ثلاث", "أربعة أربع", "خمسة خمس", "ستة ست", "سبعة سبع", "ثمانية ثماني",
         "تسعة تسع"), 11
    )
    for one in ones.split()
    for ten in ("عشر", "عشرة")
}  # fmt: skip
# Days of the month in words: "الأول", "الخامس والعشرين", "الحادي والثلاثين".
_ONES = "الأول الثاني الثالث الرابع الخامس السادس السابع الثامن التاسع العاشر".split()
_ORDINALS = {word: number for number, word in enumerate(_ONES, 1)} | {"الاول": 1}
_ORDINALS |= {f"{one} عشر": number for number, one in enumerate(("الحادي", *_ONES[1:9]), 11)}
_ORDINALS |= {f"العشر{ending}": 20 for ending in ("ين", "ون")} | {f"الثلاث{ending}": 30 for ending in ("ين", "ون")}
_ORDINALS |= {
    f"{one} و{ten}": tens + number
    for ten, tens in list(_ORDINALS.items())
    if tens in (20, 30)
    for number, one in enumerate(("الحادي", *_ONES[1:9]), 1)
    if tens + number <= 31
}
# A unit alone is one of it, its dual two, its plural takes a number; the accusative ends in an alif.
_UNITS = {
    "ساعة": "hour", "ساعات": "hour", "يوم": "day", "يوما": "day", "يوماً": "day", "أيام": "day", "ايام": "day",
    "أسبوع": "week", "اسبوع": "week", "أسبوعا": "week", "أسابيع": "week", "اسابيع": "week",
    "شهر": "month", "شهرا": "month", "شهراً": "month", "أشهر": "month", "شهور": "month",
    "عام": "year", "عاما": "year", "عاماً": "year", "أعوام": "year", "سنة": "year", "سنوات": "year", "سنين": "year",
    "عقد": "decade", "عقود": "decade",
}  # fmt: skip
_PLURALS = frozenset("ساعات أيام ايام أسابيع اسابيع أشهر شهور أعوام سنوات سنين عقود".split())
_DUALS = {
    "ساعتين": "hour", "يومين": "day", "أسبوعين": "week", "اسبوعين": "week", "شهرين": "month", "عامين": "year",
    "سنتين": "year", "عقدين": "decade",
}  # fmt: skip
_NAMED_UNITS = {
    "الأسبوع": "week", "الاسبوع": "week", "الشهر": "month", "العام": "year", "السنة": "year", "العقد": "decade",
    "اليوم": "day", "الليلة": "night",
}  # fmt: skip
_DECADES = {
    "العشرينيات": 20, "الثلاثينيات": 30, "الأربعينيات": 40, "الخمسينيات": 50, "الستينيات": 60, "السبعينيات": 70,
    "الثمانينيات": 80, "التسعينيات": 90,
}  # fmt: skip

_PREFIXES = "وفبل"
_WEEKDAY = alternatives(_WEEKDAYS)
_MONTH = spaced(_MONTHS)
# "أيار/مايو": the same month by both of its names.
_MONTH_TWICE = rf"(?P<month>{_MONTH})(?!\w)(?:\s?[/(]\s?{_MONTH}\)?(?!\w))?"
_DAY = r"[0-3٠-٣]?\d(?![\d%٪])"
_YEAR = r"(?:1[6-9]\d\d|20\d\d|١[٦-٩]\d\d|٢٠\d\d)(?!\d)"
_OF_YEAR = rf"(?:،?{S}(?:من{S})?(?:(?:ال)?عام{S}|سنة{S})?(?P<year>{_YEAR})(?!\w))"
_OF_WHICH_YEAR = rf"{S}(?:من{S})?العام{S}(?P<which_year>الماضي|المنصرم|الفائت|السابق|المقبل|القادم|الجاري|الحالي)(?!\w)"
_LAST, _NEXT, _THIS = (
    r"الماضي(?:ة)?|المنصرم(?:ة)?|الفائت(?:ة)?",
    r"المقبل(?:ة)?|القادم(?:ة)?",
    r"الجاري(?:ة)?|الحالي(?:ة)?",
)
_WHICH = rf"(?P<which>{_LAST}|{_NEXT}|{_THIS})(?!\w)"
_COUNT = rf"(?:\d{{1,3}}|{spaced(_NUMBERS)})"

# The particles of the future, verbs that begin with one, and words that announce.
_AHEAD = re.compile(
    r"(?<!\w)(?:سوف|المقرر|مقرر|مقررا|المتوقع|المزمع|المنتظر|المرتقب|يعتزم|تعتزم|بحلول"
    r"|س[يت](?:جتمع|عقد|كون|صل|بدأ|زور|لتقي|غادر|عود|بحث|تم|شارك|صوت|جري|جرى|ستأنف|نطلق|توجه|قوم|قام|علن|نتهي|ستضيف|قدم"
    r"|ناقش|نظم|دخل|سافر|لقي|حضر)\w{0,3})(?!\w)"
)

_DAYS = re.compile(
    rf"(?:(?:يوم{S})?(?P<weekday>{_WEEKDAY})،?{S}(?:في{S}|الموافق{S})?)?(?P<day>{_DAY})"
    rf"(?:(?:{S}(?P<month0>{_MONTH})(?!\w))?(?:\s?[-–—]\s?|{S}(?:إلى|الى|حتى){S}|{S}و\s?)(?P<day2>{_DAY}))?"
    rf"{S}(?:من{S})?(?:شهر{S})?{_MONTH_TWICE}(?:{_OF_YEAR}|{S}{_WHICH})?"
)
_ORDINAL_DAY = re.compile(rf"(?P<day>{spaced(_ORDINALS)}){S}من{S}(?:شهر{S})?{_MONTH_TWICE}{_OF_YEAR}?")
_SHARES = ("الأول", "الثاني", "الثالث", "الرابع")
_SHARE = re.compile(rf"(?P<share>النصف|الربع){S}(?P<nth>{alternatives(_SHARES)}){_OF_YEAR}")
_NUMERIC = re.compile(r"(?P<first>\d{1,2})\s?[-/.]\s?(?P<second>\d{1,2})\s?[-/.]\s?(?P<year>[12١٢]\d{3})(?!\w)")
_YEAR_ALONE = re.compile(rf"(?P<year>{_YEAR})(?!\w)(?![/.,٫٬-]\d)")
_WEEKDAY_RULE = re.compile(
    rf"(?:يوم{S})?(?P<weekday>{_WEEKDAY})(?!\w)"
    rf"(?:{S}(?:إلى|الى|حتى){S}(?:يوم{S})?(?P<weekday2>{_WEEKDAY})(?!\w)|{S}{_WHICH})?"
)
_MONTH_RULE = re.compile(rf"{_MONTH_TWICE}(?:{_OF_YEAR}|{_OF_WHICH_YEAR}|{S}{_WHICH})?")
_NEAR_DAY = re.compile(
    rf"(?P<word>أول{S}(?:من{S})?أمس|اول{S}(?:من{S})?امس|أمس|امس|اليوم|غداً|غدا|بعد{S}غد)(?!\w)"
    rf"(?:{S}(?P<weekday>{_WEEKDAY})(?!\w))?"
)
_UNIT_WHICH = re.compile(rf"(?P<unit>{alternatives(_NAMED_UNITS)}){S}{_WHICH}")
_THIS_UNIT = re.compile(rf"(?:هذا|هذه){S}(?P<unit>{alternatives(_NAMED_UNITS)})(?!\w)")
_SEASON = re.compile(
    rf"(?:(?P<season>{alternatives(_SEASONS)}){_OF_YEAR}|ال(?P<season2>{alternatives(_SEASONS)}){S}{_WHICH})"
)
_AGO = re.compile(
    rf"قبل{S}(?:نحو{S}|حوالي{S}|أكثر{S}من{S})?(?:(?P<count>{_COUNT}){S})?(?P<unit>{alternatives(_UNITS | _DUALS)})(?!\w)"
)
_LATER = re.compile(rf"بعد{S}(?:(?P<count>{_COUNT}){S})?(?P<unit>{alternatives(_UNITS | _DUALS)})(?!\w)")
_TOLD_DAY = re.compile(
    rf"(?P<unit>اليوم|الليلة|الأسبوع|الاسبوع|الشهر|العام|السنة){S}(?P<which>التالي(?:ة)?|اللاحق(?:ة)?|السابق(?:ة)?|نفسه|نفسها|ذاته|ذاتها)(?!\w)"
)
_LAST_COUNTED = re.compile(
    rf"ال(?P<unit>أيام|ايام|أسابيع|أشهر|شهور|سنوات|أعوام|ساعات){S}ال(?:ـ{{0,2}}\s?)(?P<count>{_COUNT}){S}(?:الماضية|الأخيرة|الاخيرة)(?!\w)"
)
_LAST_TWO = re.compile(rf"ال(?P<unit>{alternatives(_DUALS)}){S}(?:الماضيين|الماضيتين|الأخيرين|الأخيرتين)(?!\w)")
_DECADE = re.compile(
    rf"(?P<decade>{alternatives(name.removeprefix('ال') for name in _DECADES)}){S}القرن{S}الماضي(?!\w)"
)
_DECADE_NAMED = re.compile(rf"(?P<decade>{alternatives(_DECADES)})(?!\w)")
_PART = re.compile(
    rf"(?P<part>مطلع|أوائل|اوائل|بداية|أواخر|اواخر|نهاية|منتصف|أواسط){S}(?:شهر{S}|(?:ال)?عام{S}|سنة{S})?(?=\S)"
)
# Before a month or a year alone: "in", "since", "during", "until", "of", "month", "year". "Nissan" is a car as well.
_BEFORE = frozenset(
    "في منذ خلال حتى من شهر إلى الى بين مطلع أوائل بداية أواخر نهاية منتصف أواسط عام العام سنة السنة بحلول".split()
)


def _step(which: str) -> int:
    return 1 if which.startswith(("المقبل", "القادم")) else 0 if which.startswith(("الجار", "الحال")) else -1


def _month(words: str) -> int:
    return _MONTHS[" ".join(words.split())]


def _number(words: str) -> int:
    word = " ".join(words.split())
    return _NUMBERS[word] if word in _NUMBERS else int(word)


def _counted(match: re.Match[str]) -> tuple[int, str] | None:
    """How many of which unit: 'ثلاثة أيام' is 3 days, 'يومين' two, 'أسبوع' one."""
    word, count = match["unit"], match["count"]
    if word in _DUALS:
        return None if count else (2, _DUALS[word])
    if count is None and word in _PLURALS:
        return None  # "days ago": how many is not said
    return (1 if count is None else _number(count)), _UNITS[word]


def read_arabic_days(match: re.Match[str], telling: Telling) -> Reading | None:
    """'25 أيار', '25 أيار/مايو 2012', 'الجمعة 25 أيار', '25 و26 أيار', 'من 25 إلى 27 أيار'."""
    month = _month(match["month"])
    year = int(match["year"]) if match["year"] else None
    said = DayOfMonth(
        int(match["day"]),
        _month(match["month0"]) if match["month0"] else month,
        int(match["day2"]) if match["day2"] else None,
        month,
        year,
        _WEEKDAYS[match["weekday"]] if match["weekday"] else None,
    )
    ahead = _step(match["which"]) > 0 if match["which"] else looks_ahead(_AHEAD, telling, match)
    return read_days(match, telling, said, ahead)


def read_arabic_ordinal(match: re.Match[str], telling: Telling) -> Reading | None:
    """'الخامس والعشرين من أيار', 'الأول من آذار 2012'."""
    month = _month(match["month"])
    day = _ORDINALS[" ".join(match["day"].split())]
    said = DayOfMonth(day, month, None, month, int(match["year"]) if match["year"] else None)
    return read_days(match, telling, said, looks_ahead(_AHEAD, telling, match))


def read_arabic_share(match: re.Match[str], telling: Telling) -> Reading | None:
    """'النصف الأول من عام 2012', 'الربع الثالث من 2011'."""
    months = 6 if match["share"] == "النصف" else 3
    return read_quarter(match, telling, months, _SHARES.index(match["nth"]) + 1, int(match["year"]))


def read_arabic_numeric(match: re.Match[str], telling: Telling) -> Reading | None:
    """'٢٥/٥/٢٠١٢' in Eastern digits: day first, as Arabic writes."""
    date = dt.date(int(match["year"]), int(match["second"]), int(match["first"]))
    return Reading(match.end(), cal.day(date), False, AS_WRITTEN + ", day first", takes_on=True)


def read_arabic_year(match: re.Match[str], telling: Telling) -> Reading | None:
    """'عام ٢٠١١' in Eastern digits; without such a word before it a number may count anything."""
    if telling.word_before(match.start()) not in _BEFORE:
        return None
    return Reading(match.end(), cal.year(int(match["year"])), False, "the year as written")


def read_arabic_weekday(match: re.Match[str], telling: Telling) -> Reading | None:
    """'الأربعاء', 'يوم الأحد', 'الأحد الماضي', 'من الاثنين إلى الخميس'."""
    ahead = looks_ahead(_AHEAD, telling, match)
    first = _WEEKDAYS[match["weekday"]]
    if match["weekday2"]:
        return read_weekdays(match, telling, first, _WEEKDAYS[match["weekday2"]], ahead)
    return read_weekday(match, telling, first, _step(match["which"]) if match["which"] else None, ahead)


def read_arabic_month(match: re.Match[str], telling: Telling) -> Reading | None:
    """'آذار 2011', 'في آذار', 'آذار الماضي', 'شباط/فبراير'."""
    if (
        not (match["year"] or match["which"] or match["which_year"])
        and telling.word_before(match.start()) not in _BEFORE
    ):
        return None
    if match["which_year"]:
        if telling.published is None:
            return reading_of(match, telling, None, "")
        year = telling.published.year + _step(match["which_year"])
        return from_publication(match, telling, cal.month(year, _month(match["month"])))
    return read_month(
        match,
        telling,
        _month(match["month"]),
        int(match["year"]) if match["year"] else None,
        _step(match["which"]) or None if match["which"] else None,
        looks_ahead(_AHEAD, telling, match),
    )


def read_near_day(match: re.Match[str], telling: Telling) -> Reading | None:
    """'اليوم', 'أمس الثلاثاء', 'أول أمس', 'غداً'."""
    word = match["word"]
    if word in ("أمس", "امس"):
        return read_step(match, telling, -1, "day")
    if word.startswith(("أول", "اول")):
        return read_step(match, telling, -2, "day")
    if word.startswith("بعد"):
        return read_step(match, telling, 2, "day")
    return read_step(match, telling, 0 if word == "اليوم" else 1, "day")


def read_arabic_unit(match: re.Match[str], telling: Telling) -> Reading | None:
    """'الأسبوع الماضي', 'الشهر المقبل', 'العام الجاري', 'الليلة الماضية'."""
    unit, step = _NAMED_UNITS[match["unit"]], _step(match["which"])
    if unit == "night":
        return read_night(match, telling) if step < 0 else read_step(match, telling, 0, "day")
    return read_step(match, telling, step, unit)


def read_this_unit(match: re.Match[str], telling: Telling) -> Reading | None:
    unit = _NAMED_UNITS[match["unit"]]
    return read_step(match, telling, 0, "day" if unit == "night" else unit)


def read_arabic_season(match: re.Match[str], telling: Telling) -> Reading | None:
    if match["season2"]:
        return read_season_step(match, telling, _step(match["which"]), _SEASONS[match["season2"]])
    days = cal.season(int(match["year"]), _SEASONS[match["season"]])
    return Reading(match.end(), days, False, "the season as written")


def read_arabic_ago(match: re.Match[str], telling: Telling) -> Reading | None:
    """'قبل ثلاثة أيام', 'قبل يومين', 'قبل أسبوع'."""
    counted = _counted(match)
    return None if counted is None or counted[1] == "hour" else read_step(match, telling, -counted[0], counted[1])


def read_arabic_later(match: re.Match[str], telling: Telling) -> Reading | None:
    """'بعد يومين': from publication where the words look ahead, else from the day being told."""
    counted = _counted(match)
    if counted is None or counted[1] == "hour":
        return None
    if looks_ahead(_AHEAD, telling, match):
        return read_step(match, telling, *counted)
    return read_from_told(match, telling, *counted)


def read_told_day(match: re.Match[str], telling: Telling) -> Reading | None:
    """'اليوم التالي', 'العام السابق', 'اليوم نفسه': of what is being told."""
    which, unit = match["which"], _NAMED_UNITS[match["unit"]]
    step = 1 if which.startswith(("التالي", "اللاحق")) else -1 if which.startswith("السابق") else 0
    return read_from_told(match, telling, step, "day" if unit == "night" else unit)


def read_last_two(match: re.Match[str], telling: Telling) -> Reading | None:
    """'اليومين الماضيين': up to publication."""
    return read_span_to_now(match, telling, 2, _DUALS[match["unit"]])


def read_arabic_last(match: re.Match[str], telling: Telling) -> Reading | None:
    """'الأيام الثلاثة الماضية': up to publication."""
    return read_span_to_now(match, telling, _number(match["count"]), _UNITS[match["unit"]])


def read_arabic_decade(match: re.Match[str], telling: Telling) -> Reading | None:
    word = match["decade"] if match["decade"].startswith("ال") else "ال" + match["decade"]
    return Reading(match.end(), cal.decade(1900 + _DECADES[word]), False, "a decade of the twentieth century")


def read_arabic_part(match: re.Match[str], telling: Telling) -> Reading | None:
    """'مطلع آذار', 'أواخر عام 2011'."""
    return part_of(telling, match, match["part"])


def _with_prefixes(rules: dict[str, Rules]) -> dict[str, Rules]:
    """The rules at each word, and at the word with 'and', 'so', 'in' or 'for' written to it."""
    found = dict(rules)
    made: dict[Rules, Rules] = {}
    for word, its in rules.items():
        if its not in made:
            made[its] = tuple((re.compile(f"[{_PREFIXES}](?:{pattern.pattern})"), read) for pattern, read in its)
        for prefix in _PREFIXES:
            found.setdefault(prefix + word, made[its])
    return found


# The rules to try at a number, in either digits, in the order in which they are tried.
ARABIC_NUMBER_RULES: Rules = ((_DAYS, read_arabic_days),)
EASTERN_NUMBER_RULES: Rules = (
    (_NUMERIC, read_arabic_numeric),
    (_DAYS, read_arabic_days),
    (_YEAR_ALONE, read_arabic_year),
)
_DAY_RULES: Rules = ((_TOLD_DAY, read_told_day), (_UNIT_WHICH, read_arabic_unit), (_NEAR_DAY, read_near_day))
# The rules to try at a word, in the order in which they are tried.
ARABIC_RULES: dict[str, Rules] = _with_prefixes(
    {
        **dict.fromkeys(_WEEKDAYS, ((_DAYS, read_arabic_days), (_WEEKDAY_RULE, read_arabic_weekday))),
        "يوم": ((_DAYS, read_arabic_days), (_WEEKDAY_RULE, read_arabic_weekday)),
        **dict.fromkeys(sorted({word.split()[0] for word in _ORDINALS}), ((_ORDINAL_DAY, read_arabic_ordinal),)),
        **dict.fromkeys(sorted("ال" + word for word in _DUALS), ((_LAST_TWO, read_last_two),)),
        **dict.fromkeys({name.split()[0] for name in _MONTHS}, ((_MONTH_RULE, read_arabic_month),)),
        **dict.fromkeys(_NAMED_UNITS, ((_TOLD_DAY, read_told_day), (_UNIT_WHICH, read_arabic_unit))),
        **dict.fromkeys(("أمس", "امس", "أول", "اول", "غدا", "غداً"), ((_NEAR_DAY, read_near_day),)),
        **dict.fromkeys(("النصف", "الربع"), ((_SHARE, read_arabic_share),)),
        "بعد": ((_NEAR_DAY, read_near_day), (_LATER, read_arabic_later)),
        "اليوم": _DAY_RULES,
        **dict.fromkeys(("هذا", "هذه"), ((_THIS_UNIT, read_this_unit),)),
        **dict.fromkeys((*_SEASONS, *("ال" + name for name in _SEASONS)), ((_SEASON, read_arabic_season),)),
        "قبل": ((_AGO, read_arabic_ago),),
        **dict.fromkeys(
            "الأيام الايام الأسابيع الأشهر الشهور السنوات الأعوام الساعات".split(), ((_LAST_COUNTED, read_arabic_last),)
        ),
        **dict.fromkeys(_DECADES, ((_DECADE_NAMED, read_arabic_decade),)),
        **dict.fromkeys((name.removeprefix("ال") for name in _DECADES), ((_DECADE, read_arabic_decade),)),
        **dict.fromkeys("مطلع أوائل اوائل بداية أواخر اواخر نهاية منتصف أواسط".split(), ((_PART, read_arabic_part),)),
    }
)
