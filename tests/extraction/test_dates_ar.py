"""Dates in Arabic reports: one table, grouped by what the writer is doing."""

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
    "a weekday": [
        ("قال الوزير يوم الأربعاء إن الحرب مستمرة.", [("يوم الأربعاء", "2012-05-30")]),  # the day of publication itself
        ("قصفت القوات المدينة الثلاثاء.", [("الثلاثاء", "2012-05-29")]),
        ("سيجتمع المجلس يوم الجمعة.", [("يوم الجمعة", "2012-06-01")]),  # the particle of the future looks ahead
        ("سيزور المبعوث دمشق الأحد المقبل.", [("الأحد المقبل", "2012-06-03")]),
        ("اندلعت اشتباكات الجمعة الماضي.", [("الجمعة الماضي", "2012-05-25")]),
        ("استمرت الغارات من الاثنين إلى الخميس.", [("الاثنين إلى الخميس", "2012-05-21/2012-05-24")]),
    ],
    "day and month": [
        ("وقعت المجزرة في 25 أيار 2012.", [("25 أيار 2012", "2012-05-25")]),
        ("وقعت المجزرة في 25 أيار/مايو 2012.", [("25 أيار/مايو 2012", "2012-05-25")]),  # both names of the month
        ("وقعت المجزرة في ٢٥ أيار ٢٠١٢.", [("٢٥ أيار ٢٠١٢", "2012-05-25")]),  # Eastern digits
        ("قصفت المدينة في 25 مايو.", [("25 مايو", "2012-05-25")]),
        ("في 4 حزيران قتل الجيش تسعة أشخاص.", [("4 حزيران", "2011-06-04")]),  # told as past: last year's
        ("الجمعة 25 أيار قصفت البلدة.", [("الجمعة 25 أيار", "2012-05-25")]),
        ("اجتمعوا في 25 و26 أيار.", [("25 و26 أيار", "2012-05-25/2012-05-26")]),
        ("صمدت الهدنة من 25 إلى 27 أيار 2012.", [("25 إلى 27 أيار 2012", "2012-05-25/2012-05-27")]),
        ("من المقرر أن يعقد المؤتمر في 7 حزيران.", [("7 حزيران", "2012-06-07")]),
        ("وقع الاتفاق في ٢٥/٥/٢٠١٢ في جنيف.", [("٢٥/٥/٢٠١٢", "2012-05-25")]),
    ],
    "months, years, seasons": [
        ("بدأت الثورة في آذار 2011.", [("آذار 2011", "2011-03")]),
        ("منذ آذار/مارس 2011 قتل الآلاف.", [("آذار/مارس 2011", "2011-03")]),
        ("عادوا في كانون الثاني 2012.", [("كانون الثاني 2012", "2012-01")]),
        ("في أيلول فروا.", [("أيلول", "2011-09")]),
        ("في تشرين الأول الماضي غادروا.", [("تشرين الأول الماضي", "2011-10")]),
        ("في مطلع آذار فروا.", [("مطلع آذار", "2012-03~")]),
        ("فروا في أواخر عام 2011.", [("أواخر عام 2011", "2011~")]),
        ("بدأت في عام ٢٠١١.", [("٢٠١١", "2011")]),
        ("دمرت المدينة في ثمانينيات القرن الماضي.", [("ثمانينيات القرن الماضي", "198X")]),
        ("تظاهروا في ربيع 2011.", [("ربيع 2011", "2011-21")]),
    ],
    "around publication": [
        ("أمس سقطت القذائف.", [("أمس", "2012-05-29")]),
        ("قال اليوم إن الهدوء يسود.", [("اليوم", "2012-05-30")]),
        ("أول من أمس وصل المراقبون.", [("أول من أمس", "2012-05-28")]),
        ("الأسبوع الماضي قتل 40 مدنيا.", [("الأسبوع الماضي", "2012-05-21/2012-05-27")]),
        ("العام الماضي كان حرا.", [("العام الماضي", "2011")]),
        ("الليلة الماضية قصفت البلدة.", [("الليلة الماضية", "2012-05-29")]),
        ("هذا الأسبوع صمدت الهدنة.", [("هذا الأسبوع", "2012-05-28/2012-06-03")]),
        ("قبل ثلاثة أيام كانت المدينة هادئة.", [("قبل ثلاثة أيام", "2012-05-27")]),
        ("كان هنا قبل يومين.", [("قبل يومين", "2012-05-28")]),
        ("كان هنا قبل أسبوع.", [("قبل أسبوع", "2012-05-21/2012-05-27")]),
        ("كان هنا قبل 10 أيام.", [("قبل 10 أيام", "2012-05-20")]),
        ("خلال الأيام الثلاثة الماضية قتل 40.", [("الأيام الثلاثة الماضية", "2012-05-27/2012-05-30")]),
    ],
    "counted from the day being told": [
        ("وصل في 25 أيار. وفي اليوم التالي غادر.", [("25 أيار", "2012-05-25"), ("اليوم التالي", "2012-05-26")]),
        ("وصل في 25 أيار. وبعد يومين عاد.", [("25 أيار", "2012-05-25"), ("وبعد يومين", "2012-05-27")]),
    ],
    "words that only look like time": [
        ("سيارة نيسان حمراء.", []),  # Nissan
        ("مارس الضغط على 2012 شخصا.", []),
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
        "قال الوزير يوم الأربعاء.",
        "سقطت القذائف أمس.",
        "فروا الأسبوع الماضي.",
        "فروا قبل ثلاثة أيام.",
        "فروا في 25 أيار.",
        "فروا في آذار.",
    ],
)
def test_without_a_publication_date_nothing_relative_is_resolved(text: str) -> None:
    (span,) = read(text, None)
    assert (span.value, span.earliest, span.latest, span.precision) == (None, None, None, "unknown")
    assert span.basis.endswith("needs the publication date, which this report does not give")


def test_the_basis_says_the_rule_in_words() -> None:
    (span,) = read("قصفت القوات المدينة الثلاثاء.")
    assert span.basis == "the latest Tuesday before publication on Wednesday 30 May 2012"


@pytest.mark.parametrize("unit", ["25 أيار ", "الثلاثاء ", "أمس ", "قبل ٣ أيام "])
def test_a_page_of_one_expression_is_read_to_its_end(unit: str) -> None:
    text = unit * 2000
    found = read(text)
    assert all(text[span.start : span.end] == span.text for span in found)
    assert len(found) >= 1000
