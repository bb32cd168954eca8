"""What counts as a change of a quoted sentence, and what it has become."""

from __future__ import annotations

from collections import Counter

import pytest

from timeline.ingest.comparing import ALIKE, PageWords, _likeness, sentence_at, successor, words

SAID = "Activists said at least 1,078 people were killed in Qubeir, near Hama, on Wednesday."


@pytest.mark.parametrize(
    "page",
    [
        SAID,
        "  Activists said\n\tat least 1,078 people\u00a0were killed in Qubeir,  near Hama, on Wednesday.  ",
        "ACTIVISTS SAID AT LEAST 1078 PEOPLE WERE KILLED IN QUBEIR – NEAR HAMA – ON WEDNESDAY",
        "Home World Sport\n" + SAID + "\nRead more: shelling of Homs",
        "Activists said at least 1\u202f078 people were killed in Qubeir, near Hama, on Wednesday.",
        "“Activists said at least 1,078 people were killed in Qu\u00adbeir, near Ha\u200bma, on Wednesday.”",
    ],
)
def test_white_space_quotation_marks_dashes_case_and_menus_are_no_change(page):
    assert PageWords.of(page).says(SAID)


@pytest.mark.parametrize(
    "page",
    [
        "Activists said at least 78 people were killed in Qubeir, near Hama, on Wednesday.",
        "Activists said at least 1,079 people were killed in Qubeir, near Hama, on Wednesday.",
        "Activists said at least 1,078 people were killed in Qubeir, near Hama, on Thursday.",
        "Activists said 1,078 people were killed in Qubeir, near Hama, on Wednesday.",
        "Activists said at least 1,078 people were wounded in Qubeir, near Hama, on Wednesday.",
        "Residents said at least 1,078 people were killed in Qubeir, near Hama, on Wednesday.",
        "",
    ],
)
def test_another_figure_day_bound_harm_or_source_is_one(page):
    assert not PageWords.of(page).says(SAID)


def test_a_figure_is_not_found_inside_a_longer_one():
    assert not PageWords.of("The dead were 1108 in all").says("108 in all")


def test_arabic_is_the_same_with_and_without_vowel_signs_and_in_either_digits():
    assert PageWords.of("قُتِلَ ١٠٨ أشخاص في الحـــولة").says("قتل 108 أشخاص في الحولة")
    assert not PageWords.of("قتل ١٠٩ أشخاص في الحولة").says("قتل 108 أشخاص في الحولة")


def test_the_sentence_is_the_one_that_holds_the_passage():
    text = f"It was quiet at first. {SAID} Nobody else was there."
    start = text.index("1,078 people")
    assert sentence_at(text, start, start + 12) == SAID


REPORT = (
    "Government forces shelled Houla on Friday, activists said. "
    "UN observers counted 92 bodies, 32 of them children. "
    "The government denied that its troops were responsible."
)


@pytest.mark.parametrize(
    "now",
    [
        "UN observers counted 108 bodies, 49 of them children.",
        "UN observers have now counted 108 bodies, 49 of them children and 34 of them women.",
        "Observers of the United Nations counted 108 bodies, among them 49 children.",
        "At least 108 bodies, 49 of them children, were counted by the UN observers.",
        "UN observers said on Sunday that they had counted 108 bodies, 49 of them children.",
    ],
)
def test_a_rewritten_sentence_is_known_as_what_the_old_one_has_become(now):
    old = "UN observers counted 92 bodies, 32 of them children."
    page = f"The UN spoke of a tragedy. {REPORT.replace(old, now)} Russia called for calm."
    start, end = successor(old, REPORT, page)
    assert page[start:end] == now


@pytest.mark.parametrize(
    "other",
    [
        "Russia called for calm, and for an inquiry by the United Nations.",
        "The observers left the town before nightfall.",
        "Shells killed two children in Homs on Sunday, residents said.",
    ],
)
def test_another_sentence_is_not(other):
    old = "UN observers counted 92 bodies, 32 of them children."
    assert _likeness(Counter(words(old)), Counter(words(other))) < ALIKE
    assert successor(old, REPORT, REPORT.replace(old, other)) is None


def test_a_sentence_that_stood_there_before_takes_nobodys_place():
    old = "UN observers counted 92 bodies, 32 of them children."
    text = f"UN observers counted 92 bodies, 32 of them women and children. {old}"
    assert successor(old, text, text.replace(" " + old, "")) is None


NOTICE = "Sorry, the page that you asked for does not exist any more. Go to the front page for the latest news."


def test_a_notice_is_not_the_report():
    assert not PageWords.of(NOTICE).is_report(REPORT)
    assert PageWords.of(REPORT.replace("92", "108")).is_report(REPORT)
    assert PageWords.of("UN observers counted 92 bodies, 32 of them children.").is_report(REPORT)
