"""The house's own rules, checked on its files: which way imports point, what is pinned, what the commands say."""

from __future__ import annotations

import ast
import os
import re
import shutil
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT = Path(__file__).resolve().parent.parent
PACKAGE = PROJECT / "timeline"

# ---- Imports point one way ----

# What answers requests and commands. Whatever lies below it must not know of it.
OUTER = {"views", "exports", "api", "admin", "management", "templatetags", "urls", "wsgi"}

# The engine gets a text and a date: nothing else may reach it, neither the machine nor the hour.
WORLD = {"django", "sqlite3", "psycopg", "locale", "time", "random", "socket", "urllib", "http", "subprocess"}
CLOCK = {"now", "utcnow", "today"}


def sources(part: str) -> list[Path]:
    """The Python files of timeline/<part>/, or timeline/<part>.py."""
    file = PACKAGE / f"{part}.py"
    found = [file] if file.exists() else sorted((PACKAGE / part).rglob("*.py"))
    assert found, f"timeline/{part} holds no Python file"
    return found


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Every module a file imports, anywhere in it, by its full name, with the line.

    `from a.b import c` gives a.b.c, because c may be a module; what is asked of the name is only how it begins.
    """
    package = path.relative_to(PROJECT).with_suffix("").parts[:-1]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            start = ".".join((*above, *([node.module] if node.module else [])))
            for alias in node.names:
                yield node.lineno, f"{start}.{alias.name}"


def within(module: str, *packages: str) -> bool:
    return any(module == package or module.startswith(package + ".") for package in packages)


def where(path: Path, line: int) -> str:
    return f"{path.relative_to(PROJECT)}:{line}"


def test_the_engine_imports_nothing_of_django_nor_of_the_rest_of_the_product():
    wrong = [
        f"{where(path, line)} imports {module}"
        for path in sources("extraction")
        for line, module in imports(path)
        if within(module, *WORLD) or (within(module, "timeline") and not within(module, "timeline.extraction"))
    ]
    assert wrong == []


def test_the_evaluation_imports_the_engine_and_nothing_else_of_the_product():
    wrong = [
        f"{where(path, line)} imports {module}"
        for path in sources("evaluation")
        for line, module in imports(path)
        if within(module, "django")
        or (within(module, "timeline") and not within(module, "timeline.extraction", "timeline.evaluation"))
    ]
    assert wrong == []


def test_the_engine_never_asks_what_day_it_is():
    wrong = [
        where(path, node.lineno)
        for path in sources("extraction")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CLOCK
    ]
    assert wrong == []


def test_models_import_only_models_and_the_records_of_the_engine():
    wrong = [
        f"{where(path, line)} imports {module}"
        for path in sources("models")
        for line, module in imports(path)
        if within(module, "timeline") and not within(module, "timeline.models", "timeline.extraction.records")
    ]
    assert wrong == []


@pytest.mark.parametrize("part", ["evaluation", "ingest", "query", "curation", "tables", "tasks"])
def test_the_middle_of_the_house_knows_nothing_of_pages_and_commands(part):
    forbidden = [f"timeline.{outer}" for outer in sorted(OUTER)]
    wrong = [
        f"{where(path, line)} imports {module}"
        for path in sources(part)
        for line, module in imports(path)
        if within(module, *forbidden)
    ]
    assert wrong == []


# Beside models and the engine: reports come in; questions are asked of them; decisions are made on the answers.
BELOW = {
    "ingest": set(),
    "query": {"ingest"},
    "tasks": {"ingest", "celery"},
    "curation": {"ingest", "query", "tasks"},
    "tables": {"ingest", "query", "curation"},
}


@pytest.mark.parametrize("part", BELOW)
def test_reports_questions_decisions_and_tables_know_only_what_lies_below_them(part):
    allowed = [f"timeline.{below}" for below in {part, "models", "extraction", "typed_dates", *BELOW[part]}]
    wrong = [
        f"{where(path, line)} imports {module}"
        for path in sources(part)
        for line, module in imports(path)
        if within(module, "timeline") and not within(module, *allowed)
    ]
    assert wrong == []


def test_only_the_addresses_import_views():
    allowed = {PACKAGE / "urls.py", *(PACKAGE / "views").rglob("*.py")}
    wrong = [
        f"{where(path, line)} imports {module}"
        for path in sorted(PACKAGE.rglob("*.py"))
        if path not in allowed
        for line, module in imports(path)
        if within(module, "timeline.views")
    ]
    assert wrong == []


def test_no_module_is_a_drawer_for_odds_and_ends():
    named = {path.stem for path in PACKAGE.rglob("*.py")}
    assert named & {"helpers", "utils", "util", "base", "common", "misc"} == set()


# ---- What is installed is what was pinned ----


def wanted(name: str) -> dict[str, Requirement]:
    """The lines of a requirements*.in, by the requirement's canonical name."""
    lines = (line.split(" #")[0].strip() for line in (PROJECT / name).read_text(encoding="utf-8").splitlines())
    parsed = [Requirement(line) for line in lines if line and not line.startswith(("#", "-"))]
    return {canonicalize_name(requirement.name): requirement for requirement in parsed}


def pinned(name: str) -> dict[str, tuple[str, list[str]]]:
    """The pins of a requirements*.txt: canonical name -> version, hashes."""
    joined = (PROJECT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    pins: dict[str, tuple[str, list[str]]] = {}
    for line in joined.splitlines():
        if line.strip() and not line.lstrip().startswith("#"):
            found = re.match(r"([A-Za-z0-9._-]+)==(\S+)", line)
            assert found, f"{name} pins no version in: {line}"
            pins[canonicalize_name(found[1])] = (found[2], re.findall(r"--hash=(sha256:[0-9a-f]{64})\b", line))
    return pins


@pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
def test_every_requirement_is_pinned_to_a_version_it_allows(name):
    pins = pinned(f"{name}.txt")
    wrong = [
        f"{requirement} is pinned to {pins.get(key, ('nothing',))[0]}: make requirements"
        for key, requirement in wanted(f"{name}.in").items()
        if key not in pins or not requirement.specifier.contains(pins[key][0], prereleases=True)
    ]
    assert wrong == []


@pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
def test_every_pin_has_its_hashes(name):
    assert [pin for pin, (_, hashes) in pinned(f"{name}.txt").items() if not hashes] == []


def test_tests_run_with_the_versions_that_the_product_runs_with():
    product, tests = pinned("requirements.txt"), pinned("requirements-dev.txt")
    assert {pin: tests[pin][0] for pin in product.keys() & tests.keys()} == {
        pin: product[pin][0] for pin in product.keys() & tests.keys()
    }


@pytest.mark.parametrize("name", ["requirements.in", "requirements-dev.in"])
def test_every_requirement_says_what_it_is_for(name):
    lines = (PROJECT / name).read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line and not line.startswith(("#", "-")) and " # " not in line] == []


def test_nothing_pinned_names_a_registry():
    text = (PROJECT / "requirements.txt").read_text() + (PROJECT / "requirements-dev.txt").read_text()
    assert (
        re.findall(r"^\s*(?:-i|--index-url|--extra-index-url|--find-links|--trusted-host).*", text, re.MULTILINE) == []
    )


# ---- Data is data ----


def test_every_lexicon_opens_with_a_comment_on_where_it_comes_from():
    lexicons = sorted((PACKAGE / "extraction" / "lexicon").rglob("*.tsv"))
    assert lexicons, "timeline/extraction/lexicon/ holds no .tsv"
    wrong = []
    for lexicon in lexicons:
        with lexicon.open(encoding="utf-8") as lines:
            if not re.match(r"#\s*\S+", next(lines, "")):
                wrong.append(str(lexicon.relative_to(PROJECT)))
    assert wrong == []


# ---- The two commands ----


def make(folder: Path, *arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run make as a stranger would: nothing of the make that runs these tests reaches it."""
    inherited = {
        key: value for key, value in os.environ.items() if not key.startswith("MAKE") and key not in {"MFLAGS", "PORT"}
    }
    return subprocess.run(
        ["make", *arguments],
        cwd=folder,
        env=inherited | environ,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=60,
    )


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """A folder with nothing but the Makefile and the pins."""
    for name in ("Makefile", "requirements.txt", "requirements-dev.txt"):
        shutil.copy(PROJECT / name, tmp_path)
    return tmp_path


def test_the_readme_names_both_commands():
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    commands = {line.strip().removeprefix("$ ").split("#")[0].strip() for line in readme.splitlines()}
    assert {"make run", "make test"} <= commands


def test_ci_ends_with_the_test_command_of_the_readme():
    ci = PROJECT / ".ci" / "run"
    assert ci.stat().st_mode & stat.S_IXUSR
    assert ci.read_text(encoding="utf-8").rstrip().splitlines()[-1] == "exec make test"


def test_make_alone_lists_the_commands(elsewhere):
    answer = make(elsewhere)
    assert answer.returncode == 0
    assert re.findall(r"make (\S+) ", answer.stdout)[:2] == ["help", "run"]
    assert "make test " in answer.stdout


def test_a_taken_port_is_named_before_anything_is_installed(elsewhere):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        answer = make(elsewhere, "run", PORT=str(port))
    assert answer.returncode != 0
    assert f"Port {port} on 127.0.0.1 is taken" in answer.stderr
    assert re.search(r"make run PORT=\d+", answer.stderr)
    assert not (elsewhere / ".venv").exists()


@pytest.mark.parametrize("port", ["http", "0", "65536", "-1", "80 90"])
def test_a_port_that_is_none_is_refused(elsewhere, port):
    answer = make(elsewhere, "run", PORT=port)
    assert answer.returncode != 0
    assert f"PORT={port} is no port" in answer.stderr


def script(path: Path, text: str) -> str:
    path.write_text(text)
    path.chmod(0o755)
    return str(path)


def test_a_python_that_is_too_old_is_named_with_its_version(elsewhere):
    old = script(elsewhere / "old", '#!/bin/sh\n[ "$1" = --version ] && echo Python 3.9.2 && exit 0\nexit 1\n')
    answer = make(elsewhere, ".venv/bin/python", PYTHON=old)
    assert answer.returncode != 0
    assert "Python 3.11 or newer is needed" in answer.stderr
    assert "is: Python 3.9.2." in answer.stderr


def test_a_python_without_its_venv_module_names_the_package_to_install(elsewhere):
    (elsewhere / "ensurepip.py").write_text("raise ImportError('as on Debian without python3-venv')\n")
    lacking = script(elsewhere / "lacking", f'#!/bin/sh\nPYTHONPATH={elsewhere} exec {sys.executable} "$@"\n')
    answer = make(elsewhere, ".venv/bin/python", PYTHON=lacking)
    assert answer.returncode != 0
    assert "apt-get install python3-venv" in answer.stderr
    assert not (elsewhere / ".venv").exists()


def test_the_secret_key_is_made_once_and_for_its_owner_alone(elsewhere):
    (elsewhere / ".venv" / "bin").mkdir(parents=True)
    (elsewhere / ".venv" / "bin" / "python").symlink_to(sys.executable)
    key = elsewhere / ".secret-key"
    assert make(elsewhere, ".secret-key").returncode == 0
    first = key.read_text()
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    # Django's own measure for a key that is long enough.
    assert len(first.strip()) >= 50
    assert make(elsewhere, ".secret-key").returncode == 0
    assert key.read_text() == first


def test_what_belongs_to_one_machine_is_not_committed(tmp_path):
    shutil.copy(PROJECT / ".gitignore", tmp_path)
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    private = [
        ".secret-key",
        ".venv/bin/python",
        "staticfiles/staticfiles.json",
        "test-results/picture.png",
        "timeline.sqlite3",
        "timeline.sqlite3-wal",
    ]
    answer = subprocess.run(["git", "-C", tmp_path, "check-ignore", *private], capture_output=True, text=True)
    assert answer.stdout.split() == private
