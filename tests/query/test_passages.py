"""Evidence cut out of a text: whole sentences, and segments that join to the text again."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from timeline.query.passages import Mark, segments, sentences_around

TEXT = "It began on Friday. Observers counted 92 bodies, 32 of them children. Nobody claimed it."


def test_the_sentence_around_a_number():
    start = TEXT.index("92")
    (sentence,) = sentences_around(TEXT, [(start, start + 9)])
    assert (sentence.before, sentence.marked, sentence.after) == (
        "Observers counted ",
        "92 bodies",
        ", 32 of them children.",
    )


def test_a_passage_over_two_sentences_gets_both():
    start, end = TEXT.index("Friday"), TEXT.index("92 bodies") + 9
    (sentence,) = sentences_around(TEXT, [(start, end)])
    assert sentence.before + sentence.marked + sentence.after == TEXT[: TEXT.index(" Nobody")]


def test_marks_within_marks():
    whole = Mark(20, 69, "entry", "entry", "entry-1", "/events/x/")
    number = Mark(38, 47, "toll", "toll", "claim-1")
    cut = segments(TEXT, [number, whole])
    inner = next(s for s in cut if s.text == "92 bodies")
    assert inner.in_entry
    assert inner.inline == number
    assert [s.text for s in cut if s.closes == (whole,)] == [", 32 of them children."]


@given(
    st.text(max_size=40),
    st.lists(
        st.tuples(st.integers(-2, 45), st.integers(-2, 45), st.sampled_from(["date", "toll", "entry"])), max_size=8
    ),
)
def test_segments_join_to_the_text(text, spans):
    marks = [Mark(start, end, kind, "") for start, end, kind in spans]
    cut = segments(text, marks)
    assert "".join(segment.text for segment in cut) == text
    opened = [mark for segment in cut for mark in segment.opens]
    assert sorted(opened, key=repr) == sorted((m for m in marks if 0 <= m.start < m.end <= len(text)), key=repr)
