"""manage.py evaluate: its table, its JSON, what it refuses, and that its figures are those of the scoring programs."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from timeline.evaluation import evaluate, read_gold
from timeline.evaluation.gold import BadGold
from timeline.extraction import extract
from timeline.management.commands import evaluate as command
from timeline.models import Article

ROOT = Path(command.__file__).resolve().parents[3]
TEXT = "Shelling killed ten people in Homs, activists said on Tuesday."
TOLL = {"harm": "killed", "low": 10, "high": 10, "qualifier": "exact", "source": "activists"}


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command("evaluate", *arguments, stdout=out, stderr=io.StringIO())
    return out.getvalue()


def gold(folder: Path, *lines: dict[str, Any], name: str = "gold.jsonl") -> str:
    file = folder / name
    file.write_text("\n".join(json.dumps({"published": "2012-06-07", "text": TEXT, **line}) for line in lines))
    return str(file)


# For people


def test_precision_recall_and_f1_stand_beside_each_kind_of_entry(tmp_path):
    out = run(gold(tmp_path, {"tolls": [TOLL]}, {"tolls": [TOLL, {**TOLL, "harm": "injured"}]}))
    rows = [line.split() for line in out.splitlines()]
    assert out.splitlines()[0] == f"{tmp_path / 'gold.jsonl'}: 2 reports"
    assert rows[1] == ["gold", "found", "right", "precision", "recall", "F1"]
    assert rows[2] == ["tolls", "3", "2", "2", "1.000", "0.667", "0.800"]
    assert rows[4] == ["tolls,", "source", "2", "2", "1.000"]


def test_one_value_a_report_gives_a_share(tmp_path):
    out = run(gold(tmp_path, {"deaths": 10}, {"deaths": 11, "event_date": "2012-06-05"}))
    rows = [line.split() for line in out.splitlines()]
    assert ["gold", "right", "share"] in rows
    assert ["deaths,", "first", "figure", "2", "1", "0.500"] in rows


def test_a_miss_is_told_with_its_place_the_words_both_readings_and_the_rule(tmp_path):
    out = run(gold(tmp_path, {"tolls": [{**TOLL, "low": 12, "high": 12}]}))
    assert "tolls: the miss" in out
    assert "gold.jsonl line 1: wanted killed 12, found killed 10" in out
    assert "Shelling killed [ten people] in Homs" in out
    assert "because 'killed' governs 'ten people'" in out


def test_as_many_misses_are_shown_as_asked_for(tmp_path):
    file = gold(tmp_path, *[{"deaths": number} for number in range(20, 30)])
    assert "deaths, first figure: the worst 3 of 10" in run(file)
    assert "deaths, first figure: the worst 7 of 10" in run(file, "--worst", "7")
    assert "because" not in run(file, "--worst", "0")


def test_each_gold_is_measured_by_itself(tmp_path):
    one, two = gold(tmp_path, {"tolls": [TOLL]}, name="one.jsonl"), gold(tmp_path, {"tolls": []}, name="two.jsonl")
    out = run(one, two)
    assert out.index(f"{one}: 1 report") < out.index(f"{two}: 1 report")


def test_a_report_cannot_move_the_cursor_of_the_terminal(tmp_path):
    assert "\x1b" not in run(gold(tmp_path, {"text": f"\x1b[2J{TEXT}", "tolls": []}))


# For machines


def test_json_holds_the_same_figures_unrounded(tmp_path):
    file = gold(tmp_path, {"tolls": [TOLL, {**TOLL, "low": 3, "high": 3}, {**TOLL, "harm": "injured"}]})
    (told,) = json.loads(run(file, "--json", "--worst", "1"))["gold"]
    tolls = told["measures"][0]
    assert (told["name"], told["reports"]) == (file, 1)
    assert {key: tolls[key] for key in ("measure", "gold", "found", "right", "misses")} == {
        "measure": "tolls",
        "gold": 3,
        "found": 1,
        "right": 1,
        "misses": 2,
    }
    assert (tolls["precision"], tolls["recall"], tolls["f1"]) == (1, 1 / 3, 0.5)
    assert [miss["wanted"] for miss in tolls["worst"]] == ["killed 3"]


def test_json_names_what_could_not_be_read(tmp_path):
    out = io.StringIO()
    with pytest.raises(CommandError):
        call_command("evaluate", str(tmp_path / "none.jsonl"), "--json", stdout=out, stderr=io.StringIO())
    told = json.loads(out.getvalue())
    assert told["gold"] == []
    assert "none.jsonl cannot be read" in told["failures"][0]


# What fails, and how it was used


def test_what_cannot_be_read_is_told_and_the_rest_is_measured(tmp_path):
    good, out, err = gold(tmp_path, {"tolls": [TOLL]}), io.StringIO(), io.StringIO()
    (tmp_path / "bad.jsonl").write_text('{"words": "x"}')
    with pytest.raises(CommandError, match="the rest was measured") as error:
        call_command("evaluate", str(tmp_path / "bad.jsonl"), good, stdout=out, stderr=err)
    assert error.value.returncode == 1
    assert "bad.jsonl line 1: this is gold in no known layout (keys found: words)" in err.getvalue()
    assert f"{good}: 1 report" in out.getvalue()


@pytest.mark.parametrize(
    "arguments, message", [(("--worst", "-1"), "--worst 10"), (("--lexicon", "atlantis"), "atlantis")]
)
def test_wrong_use_is_told(tmp_path, arguments, message):
    with pytest.raises(CommandError, match=message) as error:
        run(gold(tmp_path, {"tolls": []}), *arguments)
    assert error.value.returncode == 2


def test_it_needs_no_database_and_no_utf8_locale(tmp_path, bare_machine):
    words = "قتل عشرة أشخاص في حمص يوم الثلاثاء"
    assert "حمص" in bare_machine("evaluate", gold(tmp_path, {"text": words, "deaths": 99}))


# The figures are those of the programs that score the field's gold

PROGRAMS = [
    # (program, its gold, what it writes the texts with, its figures by the names of ours, places after the point)
    (
        "gold/score_timex.py",
        "gold/timex",
        ["texts", "gold/timex"],
        {"relaxed_f1": "dates, found", "strict_f1": "dates, same words", "value_f1": "dates, right days"},
        4,
    ),
    ("gold/score_tolls.py", "gold/tolls.dev.jsonl", ["inputs"], {"f1": "tolls"}, 3),
    (
        "gold/score_atrocities.py",
        "gold/atrocities.dev.jsonl",
        ["inputs"],
        {
            "deaths_exact": "deaths, first figure",
            "deaths_found": "deaths, any figure",
            "injured_exact": "injured, first figure",
            "day_exact": "day of the event",
        },
        3,
    ),
    (
        "corpus/score_corpus.py",
        "corpus/fa-kes.jsonl",
        ["inputs"],
        {"governorate": "governorate", "date_within_a_day": "day within one"},
        3,
    ),
]


@pytest.mark.parametrize("program, name, texts, figures, places", PROGRAMS, ids=[name for _, name, *_ in PROGRAMS])
def test_its_figures_are_those_of_the_scoring_program(shared, tmp_path, program, name, texts, figures, places):
    if not (shared / program).exists() or not (shared / name).exists():
        pytest.skip(f"needs ../shared/{program} and ../shared/{name}, which are not here")

    def scorer(*arguments: str) -> list[str]:
        done = subprocess.run(
            [sys.executable, str(shared / program), *arguments], cwd=shared, capture_output=True, text=True, check=True
        )
        return done.stdout.splitlines()

    system = tmp_path / "system.jsonl"
    with system.open("w") as out:
        for line in scorer(*texts):
            document = json.loads(line)
            found = extract(document["text"], document["published"]).named(document["id"])
            out.write(json.dumps(found.as_dict()) + "\n")
    folder = [name] if program.endswith("timex.py") else []
    told = json.loads(scorer("score", *folder, str(system))[-1])
    reports = [item for item in read_gold(shared / name) if not isinstance(item, BadGold)]
    ours = evaluate(reports).measures
    assert {key: round(_figure(ours[measure]), places) for key, measure in figures.items()} == {
        key: told[key] for key in figures
    }


def _figure(figures: Any) -> float:
    return figures.recall if figures.found is None else figures.f1


# Suggested events


@pytest.fixture(scope="module")
def links(django_db_setup, django_db_blocker) -> dict[str, Any]:
    """The figures of --links, taken once: they need half a minute.

    All tests that ask for them say that they use the database, for those that do run before all that do not.
    """
    with django_db_blocker.unblock():
        return json.loads(run("--links", "--json", "--worst", "1"))


def rates(links: dict[str, Any], reading: str, known: str) -> tuple[float, float]:
    """Precision and recall over both halves of the events."""
    halves = [m for m in links["measures"] if reading in m["reading"] and known in m["known"]]
    assert len(halves) == 2
    right, suggested, wanted = (sum(m[key] for m in halves) for key in ("right", "suggested", "wanted"))
    return right / suggested, right / wanted


@pytest.mark.django_db
@pytest.mark.parametrize("known", ["earlier", "all other"])
def test_the_suggestions_find_what_editors_linked_on_the_demonstration_reports(links, known):
    precision, recall = rates(links, "stand", known)
    assert precision >= 0.95
    assert recall >= 0.85


@pytest.mark.django_db
@pytest.mark.parametrize("known", ["earlier", "all other"])
def test_what_the_engine_read_misleads_no_more_than_what_editors_made_of_it(links, known):
    precision, _ = rates(links, "engine", known)
    assert precision >= 0.95


@pytest.mark.django_db
def test_the_half_that_was_kept_aside_is_read_no_worse_than_the_half_tuned_on(links):
    aside = [m for m in links["measures"] if m["events"] == "events kept aside" and "stand" in m["reading"]]
    assert all(m["precision"] >= 0.95 and m["recall"] >= 0.85 for m in aside)


@pytest.mark.django_db
def test_a_suggestion_that_was_missed_is_told_with_its_reasons(links):
    missed = [miss for m in links["measures"] for miss in m["worst"]]
    assert missed
    assert all(miss["reasons"] and miss["own"] for miss in missed)


@pytest.mark.django_db
def test_measuring_links_leaves_the_database_as_it_was(links):
    assert not Article.objects.exists()


@pytest.mark.parametrize("arguments", [[], ["--links", "gold.jsonl"]])
def test_gold_or_links_is_asked_for_and_not_both(arguments):
    with pytest.raises(CommandError, match="or --links alone") as error:
        run(*arguments)
    assert error.value.returncode == 2
