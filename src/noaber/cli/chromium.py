"""Finds the browser that walks the journeys in the tests."""

import os
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

from noaber.cli.failures import CommandFailure

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC_PROGRAMS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
INSTALL = "apt-get install chromium (Debian, Ubuntu) or brew install --cask chromium (macOS)"


def find_chromium(environ: Mapping[str, str] = os.environ) -> str | None:
    """The path of Chromium or Chrome; NOABER_CHROMIUM goes first. None when there is none."""
    chosen = environ.get("NOABER_CHROMIUM", "")
    if chosen:
        return chosen if os.access(chosen, os.X_OK) else None
    for name in NAMES:
        found = shutil.which(name, path=environ.get("PATH"))
        if found:
            return found
    return next((path for path in MAC_PROGRAMS if Path(path).exists()), None)


def require_chromium(say: Callable[[str], None]) -> str:
    """The path of the browser; as root on Debian it is installed when missing.

    Otherwise CommandFailure names the command that installs it.
    """
    found = find_chromium()
    if found is None and os.getuid() == 0 and shutil.which("apt-get"):
        say("Chromium is missing; installing it with apt-get.")
        _install_with_apt()
        found = find_chromium()
    if found is None:
        raise CommandFailure(f"The tests need Chromium and it is not here. Install it with: {INSTALL}")
    return found


def _install_with_apt() -> None:
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update"], ["install", "-y", "--no-install-recommends", "chromium"]):
        done = subprocess.run(
            ["apt-get", "-q", *words], env=quiet, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        if done.returncode != 0:
            last = "\n".join(done.stdout.splitlines()[-5:])
            raise CommandFailure(
                f"Chromium cannot be installed. Try yourself: apt-get install chromium\n{last}"
            )
