"""A browser is found, or the message says what to install. Real programs and real processes, nothing is replaced."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from .chromium import NAMES, ChromiumMissing, chromium, installed, packaged

# A port that nobody listens on: a download from there fails at once, and no test leaves this machine.
NOWHERE = "http://127.0.0.1:9"


def program(folder: Path, name: str, script: str) -> Path:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def bare(tmp_path: Path) -> dict[str, str]:
    """The environment of a machine without a browser, a way to download one, or a package manager."""
    (tmp_path / "bin").mkdir()
    return {
        "PATH": str(tmp_path / "bin"),
        "HOME": str(tmp_path),
        "PLAYWRIGHT_BROWSERS_PATH": str(tmp_path / "browsers"),
        "PLAYWRIGHT_DOWNLOAD_HOST": NOWHERE,
    }


@pytest.mark.parametrize("name", NAMES)
def test_each_name_on_the_path_is_found(bare, name):
    here = program(Path(bare["PATH"]), name, "echo Chromium 140.0")
    assert installed(bare) == here


def test_a_program_that_only_bears_the_name_is_passed_over(bare):
    program(Path(bare["PATH"]), "chromium-browser", "echo 'requires the chromium snap' >&2; exit 10")
    real = program(Path(bare["PATH"]), "google-chrome", "echo Google Chrome 140.0")
    assert installed(bare) == real


def test_the_variable_names_the_browser_before_the_path_does(bare, tmp_path):
    program(Path(bare["PATH"]), "chromium", "echo Chromium 140.0")
    own = program(tmp_path, "mine", "echo Chromium 141.0")
    assert installed({**bare, "CHROMIUM": str(own)}) == own


def test_a_variable_that_names_no_browser_is_an_error_and_is_not_passed_over(bare, tmp_path):
    program(Path(bare["PATH"]), "chromium", "echo Chromium 140.0")
    with pytest.raises(ChromiumMissing, match=r"CHROMIUM=.*/absent is no Chromium"):
        installed({**bare, "CHROMIUM": str(tmp_path / "absent")})


def test_the_message_says_what_was_tried_and_what_to_install(bare):
    with pytest.raises(ChromiumMissing) as missing:
        chromium(bare)
    message = str(missing.value)
    assert (
        "Playwright's download (python -m playwright install chromium) failed: Error: connect ECONNREFUSED" in message
    )
    assert "there is no apt-get here" in message
    assert "sudo apt-get install chromium" in message


def test_the_package_manager_is_asked_as_root_only_and_its_complaint_is_passed_on(bare):
    log = Path(bare["HOME"]) / "log"
    program(
        Path(bare["PATH"]),
        "apt-get",
        f'echo "$1" >> {log}\n[ "$1" = update ] || {{ echo E: no disk left >&2; exit 100; }}',
    )
    log.touch()
    with pytest.raises(ChromiumMissing) as missing:
        packaged(bare)
    if os.geteuid() == 0:
        assert log.read_text().split() == ["update", "install"]
        assert "failed: E: no disk left" in str(missing.value)
    else:
        assert log.read_text() == ""
        assert "only root may install packages" in str(missing.value)


def test_the_command_prints_the_browser_and_ends_with_0(bare):
    here = program(Path(bare["PATH"]), "chromium", "echo Chromium 140.0")
    answer = subprocess.run(
        [sys.executable, "-m", "tests.browser.chromium"], env=bare, capture_output=True, text=True, check=True
    )
    assert answer.stdout.strip() == str(here)
