"""What a place named in a text does there: does it speak for its government, or say where the report was written?

Which names are places at all is left to places.py, and where an event happened to report.py.
"""

from __future__ import annotations

import re

from timeline.extraction.records import PlaceSpan

# who speaks or acts by the name of its capital
_ADVERB = (
    r"(?:,[^,.\n]{1,60},)?(?:(?: and| or) [A-Z]\w+)?"
    r"(?: (?:on|late on|early on|earlier on|last|this) [\w-]+)?"
)
_SPEAKS = (
    r"(?:said|says|saying|told|denied|denies|deny|vetoed|vetoes|blocked|blocks|accused|accuses|blamed|blames|insisted|insists|warned"
    r"|warns|cautioned|rejected|rejects|called|calls|urged|urges|condemned|condemns|denounced|announced|announces|agreed|agrees"
    r"|refused|refuses|claimed|claims|claim|argued|argues|demanded|demands|pledged|vowed|promised|backed|backs|supports|supported"
    r"|opposed|opposes|proposed|wants|wanted|believes|believed|hopes|hoped|expressed|voiced|recognised|recognized|considers"
    r"|considered|accepted|accepts|signed|responded|reacted|stressed|stated|added|confirmed|confirms|declared|threatened"
    r"|sought|seeks|sent|sends|supplies|supplied|summoned|expelled|recalled|imposed|suspended|severed|hailed|praised|welcomed"
    r"|criticised|criticized|ordered|intends|intended|plans|planned|asked|asks|offered|maintains|maintained|admitted|admits"
    r"|acknowledged|describes|described|fears|feared|regards|views|views|labels|dubs|invited|submitted|handed|launched|deployed)"
)
_SUBJECT = re.compile(
    _ADVERB
    + r"(?: (?:has|have|had|would|will|could|may|might|must|should|did|does|also|not|never|always|again|repeatedly"
    r"|long|since|strongly|officially|reportedly|immediately|quickly|already|now|still|itself)){0,4}"
    rf" {_SPEAKS}\b(?! (?:in|at|by|on|from) )"
)
_BEING = re.compile(
    r" (?:is|was|has been|has long been|had been|remains|remained)(?: also| now| still)? "
    r"(?:a |an |one of |the (?:main|only|key|chief|biggest|largest)|among |not a |accused |ready |willing |opposed |"
    r"against |considering |trying |seeking |preparing |under (?:international )?pressure|concerned |committed )"
)
# "a close Damascus ally": the noun after it is a person or an institution
_MODIFIED = re.compile(
    r"[’']?s? (?:regime|government|governments|ally|allies|official|officials|officialdom|authorities|leadership|rulers"
    r"|envoy|ambassador|administration|backers?|loyalists?|foe|foes|opponents?|policy|position|stance|line|veto|vetoes|troops"
    r"|forces|leaders?|politicians?|diplomats?|delegation|spokes\w+|side|support|help|approval|consent|permission"
    r"|reluctance)\b"
)
# "ties with Moscow", "pressure on Damascus", "backed by Tehran"
_OBJECT = re.compile(
    r"\b(?:ties|relations|talks|alliance|deal|agreement|links|contacts?|cooperation|friendship|consultations|negotiations|dispute"
    r"|tensions?) (?:with|between) $"
    r"|\b(?:pressure|sanctions|embargo) (?:on|against|for) $"
    r"|\b(?:accused?|accusing|accuses|urged?|urges|urging|blamed?|blames|blaming|told|warned|asked|pressed|pressure|isolate|punish"
    r"|arming|backing|supplying|persuade|convince|pressing|called on|calling on) $"
    r"|\b(?:backed|supported|armed|sponsored|led|brokered|proposed|supplied"
    r"|vetoed|accused|approved|demanded|imposed|condemned) by $"
    r"|\b(?:support|arms|weapons|aid|backing|loyal|allied|friendly|opposed|hostile|close|allies?"
    r"|message) (?:for|from|to|of) $",
    re.IGNORECASE,
)
# The last word of each of these: what stands before most places is none of them.
_BEFORE_OBJECT = frozenset(
    """
    with between on against for from to of by accuse accused accusing accuses urge urged urges urging blame blamed blames
    blaming told warned asked pressed pressure isolate punish arming backing supplying persuade convince pressing
    """.split()
)
_LOCATED = re.compile(
    r"\b(?:in|inside|near|at|around|outside|into|across|of|over|to|on|from|southern|northern|eastern|western|central|neighbou?ring"
    r"|entering) (?:the )?$"
)
_SPEAKING_KINDS = frozenset({"city", "country"})

# BEIRUT (Reuters) -   DAMASCUS, Syria (AP) -   MOSCOW -   Beirut, May 30 (Reuters) -   BEIRUT:
_DATELINE_TAIL = re.compile(
    r"(?:[,/] ?[A-Z][\w. /]{1,30})?(?:,? (?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8})(?:,? \d{4})?)?"
    r"(?: ?[(\[][\w \-/.,]{2,40}[)\]])?(?: ?[-–—]{1,2} |:\s|\s?[—–]|[ ]?- ?- )"
)
_DATELINE_HEAD = re.compile(r"(?:^|[\n\r])[ \t\"“>]*(?:\([\w ]{2,20}\) ?)?(?:[A-Z][A-Za-z’' ]{1,25}[/,] ?)?$")
_AGENCY = re.compile(
    r"(?:, ?[A-Z]\w+)? ?\((?:Reuters|AFP|AP|SANA|dpa|DPA|Xinhua|TASS|RIA Novosti|Sputnik|UPI|Agencies)\)"
)
_SHORTEST_IN_CAPITALS = 4  # letters: Homs and Hama; shorter ones are acronyms
_LOWER_BEFORE = re.compile(r"[a-z] (?:the )?$")
_CAPITALS_BEFORE = re.compile(r"\b[A-Z]{3,} $")
_CAPITALS_AFTER = re.compile(r"[:,]? [A-Z]{3,}\b|:")


def is_metonym(text: str, span: PlaceSpan) -> bool:
    """True where a capital or a country stands for its government: it says, vetoes, has been an ally, is pressed."""
    if span.kind not in _SPEAKING_KINDS:
        return False
    if _MODIFIED.match(text, span.end):
        return True
    # "a source in Damascus confirmed": the source speaks, in the city
    if not _LOCATED.search(text, max(0, span.start - 16), span.start) and (
        _SUBJECT.match(text, span.end) or _BEING.match(text, span.end)
    ):
        return True
    before = text[max(0, span.start - 40) : span.start]
    if before[-1:] != " " or before.rsplit(None, 1)[-1].lower() not in _BEFORE_OBJECT:
        return False
    return _OBJECT.search(before) is not None


def is_dateline(text: str, span: PlaceSpan) -> bool:
    """True where the name says where the report was written: "BEIRUT (Reuters) - ", "MOSCOW - " and their like."""
    head = max(0, span.start - 60)
    if _LOWER_BEFORE.search(text, head, span.start):
        return False
    if _AGENCY.match(text, span.end):
        return True
    if _DATELINE_TAIL.match(text, span.end) and _DATELINE_HEAD.search(text, head, span.start):
        return True
    # in scraped text the dateline follows a header on the same line, often without its dash: only capitals tell it
    written = text[span.start : span.end]
    if span.kind == "country" or len(written) < _SHORTEST_IN_CAPITALS or not written.isupper():
        return False
    if _DATELINE_TAIL.match(text, span.end):
        return not text.startswith(":", span.end)
    return not (_CAPITALS_BEFORE.search(text, head, span.start) or _CAPITALS_AFTER.match(text, span.end))
