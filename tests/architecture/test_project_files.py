"""The files that tools and catalogues read: locks, the settings of the project, publiccode.yml."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("requirements.lock", "requirements-test.lock")
PIN = re.compile(r"^([A-Za-z0-9_.-]+)==(\S+)", re.MULTILINE)
LONGEST_SHORT_DESCRIPTION = 150
SHORTEST_LONG_DESCRIPTION = 150


def pins(lock: str) -> set[tuple[str, str]]:
    """The packages of a lock with their versions; one package may have a version for each Python."""
    return {
        (name.lower(), version) for name, version in PIN.findall((ROOT / lock).read_text(encoding="utf-8"))
    }


def publiccode() -> dict[str, Any]:
    content = yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))
    assert isinstance(content, dict)
    return content


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_fingerprints_and_no_addresses(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert "://" not in text
    assert "--index-url" not in text
    for block in re.split(r"\n(?=\S)", text.strip()):
        assert "--hash=sha256:" in block, block.splitlines()[0]


def test_the_tests_run_on_the_versions_that_people_get() -> None:
    assert pins("requirements.lock") <= pins("requirements-test.lock")


def test_every_package_that_is_asked_for_is_locked() -> None:
    asked = re.findall(
        r"^([A-Za-z][A-Za-z0-9_.-]*)", (ROOT / "requirements/runtime.in").read_text("utf-8"), re.MULTILINE
    )
    locked = {name.replace("_", "-") for name, _ in pins("requirements.lock")}
    assert {name.lower().replace("_", "-") for name in asked} <= locked


def test_the_oldest_python_is_the_same_everywhere() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    script = (ROOT / "noaber").read_text(encoding="utf-8")
    assert settings["ruff"]["target-version"] == "py311"
    assert settings["mypy"]["python_version"] == "3.11"
    assert "OLDEST_PYTHON = (3, 11)" in script


def test_the_catalogue_entry_has_what_the_standard_asks() -> None:
    entry = publiccode()
    needed = {
        *(
            "publiccodeYmlVersion",
            "name",
            "url",
            "platforms",
            "categories",
            "developmentStatus",
            "softwareType",
        ),
        *("description", "legal", "maintenance", "localisation"),
    }
    assert needed <= set(entry)
    assert entry["legal"]["license"] == "EUPL-1.2"
    assert "EUROPEAN UNION PUBLIC LICENCE v. 1.2" in (ROOT / "LICENSE").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", ["en", "nl"])
def test_the_catalogue_entry_has_descriptions_of_the_right_length(language: str) -> None:
    words = publiccode()["description"][language]
    assert len(words["shortDescription"]) <= LONGEST_SHORT_DESCRIPTION
    assert len(words["longDescription"]) >= SHORTEST_LONG_DESCRIPTION
    assert words["features"]
