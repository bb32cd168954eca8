"""Where is a Chromium or Chrome that the browser tests can drive?

Answers with one that is installed; where there is none it gets one: Playwright's own download, else the Debian package
when it may install packages. Driving it is left to conftest.py. `python -m tests.browser.chromium` prints the answer.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

# Where macOS keeps them: no PATH leads there.
MAC_APPLICATIONS = (
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
)

# Seconds. A start that only prints its version takes one or two; the first after an installation reads from a cold disk.
VERSION_SECONDS = 30
# Seconds. The download is about 170 MB: ten minutes is a slow line, longer is a line that hangs.
DOWNLOAD_SECONDS = 600
# Seconds. As the download, with the libraries that the package brings along.
PACKAGE_SECONDS = 900


class ChromiumMissing(RuntimeError):
    """No browser is here and none could be had. The message says what was tried and what to install."""


def chromium(environ: Mapping[str, str]) -> Path:
    """The program to start, installed first where there is none. Raises ChromiumMissing where neither way works."""
    found = installed(environ)
    if found:
        return found
    tried = []
    for get in (downloaded, packaged):
        try:
            return get(environ)
        except ChromiumMissing as reason:
            tried.append(str(reason))
    raise ChromiumMissing(
        "The browser tests need Chromium or Chrome, and none was found on PATH under the names "
        + ", ".join(NAMES)
        + ".\n"
        + "".join(f"- {reason}\n" for reason in tried)
        + "Install one (Debian: sudo apt-get install chromium), or name one: CHROMIUM=/path/to/chrome make test"
    )


def installed(environ: Mapping[str, str]) -> Path | None:
    """The browser that CHROMIUM names, else the first on PATH that starts. A CHROMIUM that does not start is an error."""
    named = environ.get("CHROMIUM")
    if named:
        path = shutil.which(named, path=environ.get("PATH", ""))
        if path is None or not starts(Path(path)):
            raise ChromiumMissing(
                f"CHROMIUM={named} is no Chromium or Chrome that starts. Name another, or unset it and let one be found."
            )
        return Path(path)
    on_path = (shutil.which(name, path=environ.get("PATH", "")) for name in NAMES)
    for candidate in (*(Path(path) for path in on_path if path), *MAC_APPLICATIONS):
        if starts(candidate):
            return candidate
    return None


def starts(program: Path) -> bool:
    """Whether the program runs and says it is a Chromium or Chrome.

    Being there is not enough: Ubuntu's chromium-browser may be a stub that asks for snap, and a downloaded browser may
    lack its libraries.
    """
    try:
        answer = subprocess.run(
            [program, "--version"], capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=VERSION_SECONDS
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return answer.returncode == 0 and "Chrom" in answer.stdout


def downloaded(environ: Mapping[str, str]) -> Path:
    """Playwright's own Chromium, downloaded now unless an earlier run did. Raises ChromiumMissing."""
    what = "Playwright's download (python -m playwright install chromium)"
    ask = "from playwright.sync_api import sync_playwright as s\nwith s() as p: print(p.chromium.executable_path)"
    answer = _run([sys.executable, "-c", ask], environ, VERSION_SECONDS, what)
    browser = Path(answer.strip())
    if not browser.exists():
        _run([sys.executable, "-m", "playwright", "install", "--no-shell", "chromium"], environ, DOWNLOAD_SECONDS, what)
    if not starts(browser):
        raise ChromiumMissing(f"{what} gave {browser}, which does not start: libraries of the system are missing")
    return browser


def packaged(environ: Mapping[str, str]) -> Path:
    """The Debian package, where this process may install it. Raises ChromiumMissing."""
    what = "the Debian package (apt-get install chromium)"
    apt = shutil.which("apt-get", path=environ.get("PATH", ""))
    if apt is None:
        raise ChromiumMissing(f"{what}: there is no apt-get here")
    if os.geteuid() != 0:
        raise ChromiumMissing(f"{what}: only root may install packages")
    quiet = {**environ, "DEBIAN_FRONTEND": "noninteractive"}
    _run([apt, "update", "-qq"], quiet, PACKAGE_SECONDS, what)
    _run([apt, "install", "-y", "-qq", "--no-install-recommends", "chromium"], quiet, PACKAGE_SECONDS, what)
    found = installed(environ)
    if found is None:
        raise ChromiumMissing(f"{what} was installed, and gave no browser that starts")
    return found


def _run(command: list[str], environ: Mapping[str, str], seconds: int, what: str) -> str:
    """Run it and return what it printed. Raises ChromiumMissing with the reason it gave."""
    try:
        answer = subprocess.run(
            command, capture_output=True, text=True, env=dict(environ), stdin=subprocess.DEVNULL, timeout=seconds
        )
    except subprocess.TimeoutExpired:
        raise ChromiumMissing(f"{what} took longer than {seconds} seconds") from None
    if answer.returncode != 0:
        said = [line.strip() for line in (answer.stderr + answer.stdout).splitlines() if line.strip()]
        # Playwright follows each "Error:" with a stack, apt-get follows its first "E:" with what came of it.
        reason = next(
            (line for line in said if line.startswith(("Error:", "E:"))), said[-1] if said else "no reason given"
        )
        raise ChromiumMissing(f"{what} failed: {reason}")
    return answer.stdout


if __name__ == "__main__":
    try:
        print(chromium(os.environ))
    except ChromiumMissing as missing:
        sys.exit(str(missing))
