"""One decision on many records is one act: looked at before, done for those that allow it, undone as one."""

from __future__ import annotations

import pytest

from tests.making import article, claim, houla, mention, person
from timeline.curation import reports, review
from timeline.curation.rights import NotAllowedTo, Right
from timeline.curation.together import Decision, decide, look_ahead
from timeline.curation.undo import undo
from timeline.ingest.naming import source_named
from timeline.models import Act, Article, Mention

pytestmark = pytest.mark.django_db

REJECT = Decision(
    Right.REVIEW, "rejected", lambda m, user, why: review.reject(m, user, why), lambda m: m.get_status_display()
)


@pytest.fixture
def amal():
    return person("amal", "Editor")


@pytest.fixture
def entries() -> list[Mention]:
    """Two that can be rejected, and between them one that a published event rests on alone."""
    one, two = (mention(article(f"{n}: shells fell on Houla."), "shells fell on Houla") for n in (1, 2))
    claim(one, "shells", 1, 1, "activists")
    return [one, houla().mentions.get(), two]


def statuses() -> list[str]:
    return list(Mention.objects.order_by("pk").values_list("status", flat=True))


def test_what_is_looked_at_before_is_what_is_done_and_nothing_is_kept_of_the_look(entries, amal):
    acts, versions = Act.objects.count(), Mention.history.count()
    ahead = look_ahead(REJECT, entries, "entries", amal)
    assert (Act.objects.count(), Mention.history.count()) == (acts, versions)
    assert set(statuses()) == {"extracted"}
    fresh = list(Mention.objects.filter(pk__in=[m.pk for m in entries]).order_by("pk"))
    done = decide(REJECT, fresh, "entries", amal)
    told = {(line.record.pk, line.before, line.after, line.why_not) for line in done.lines}
    assert told == {(line.record.pk, line.before, line.after, line.why_not) for line in ahead.lines}
    assert done.count == 2
    assert "Withdraw the event first" in done.refused[0].why_not


def test_it_is_one_act_with_its_count_and_undone_as_one(entries, amal):
    before = Act.objects.count()
    done = decide(REJECT, entries, "entries", amal, "a test")
    assert Act.objects.count() == before + 1
    assert (done.act.words, done.act.reason) == ("rejected 2 entries", "a test")
    assert statuses().count("rejected") == 2
    undo(done.act, amal)
    assert set(statuses()) == {"extracted"}


def test_where_nothing_can_be_done_there_is_no_act(amal):
    event = houla()
    before = Act.objects.count()
    done = decide(REJECT, list(event.mentions.all()), "entries", amal)
    assert (done.count, done.act) == (0, None)
    assert Act.objects.count() == before


def test_who_may_not_may_not_look_ahead_either(entries):
    nour = person("nour", "Contributor")
    for attempt in (look_ahead, decide):
        with pytest.raises(NotAllowedTo):
            attempt(REJECT, entries, "entries", nour)
    assert set(statuses()) == {"extracted"}


def test_outlet_and_language_of_a_report_are_set_by_who_reviews(amal):
    report = article()
    wire = source_named("Example Wire", kind="outlet")
    reports.set_outlet(report, wire, amal, "its byline")
    reports.set_language(report, "fr", amal)
    assert Article.objects.values_list("outlet", "language").get() == (wire.pk, "fr")
    for act in list(Act.objects.order_by("-pk")):
        undo(act, amal)
    assert Article.objects.values_list("outlet", "language").get() == (None, "en")
    with pytest.raises(NotAllowedTo):
        reports.set_outlet(report, wire, person("nour", "Contributor"))
