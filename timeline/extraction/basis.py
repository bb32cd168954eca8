"""Which rule does a basis name? A basis says in words by which rule a value was reached, with the words and days of one report.

``rule_of`` takes these out, so that what one rule did in many reports can be told together.
"""

from __future__ import annotations

import re

# Words of the report stand in quotation marks. An apostrophe inside ('last week's') does not close them, nor does one
# after a plural ('the soldiers' bodies'), where another mark has still to come before the clause ends.
_QUOTED = re.compile(r"(?<!\w)'(?:[^';]|(?<=\w)'(?=\w)|(?<=s)'(?= [^';]*\w' ))*'(?!\w)")
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_IN_ORDER = (
    (_QUOTED, "'…'"),
    (re.compile(rf"(?:{_WEEKDAY} )?(?:\d{{1,2}} )?{_MONTH} \d{{4}}|\d{{4}}-\d{{2}}-\d{{2}}"), "‹date›"),
    (re.compile(r"(?<=the day of )[A-Z][^,;]*"), "‹feast›"),
    (re.compile(rf"\b{_WEEKDAY}\b"), "‹weekday›"),
    (re.compile(rf"\b{_MONTH}\b"), "‹month›"),
    (re.compile(r"\d[\d,.]*(?<![,.])"), "‹number›"),
)


def rule_of(basis: str) -> str:
    """'the latest Friday before publication on Saturday 9 July 2011' -> 'the latest ‹weekday› before publication on ‹date›'.

    Quoted words become '…'; what is left are the words of the rule, with a name in place of each thing of one report.
    """
    rule = basis
    for pattern, name in _IN_ORDER:
        rule = pattern.sub(name, rule)
    return rule
