"""The words a person types, and what each of them does."""

from pathlib import Path

import pytest

from noaber.cli.__main__ import build_parser, run
from noaber.cli.checks import steps
from noaber.cli.chromium import find_chromium, require_chromium
from noaber.cli.failures import CommandFailure
from noaber.cli.installation import child_environment
from noaber.cli.postgres import DatabaseUrls
from noaber.cli.state import State, load_secrets

URLS = DatabaseUrls(app="postgresql://noaber_app@/noaber", owner="postgresql://noaber_owner@/noaber")


def test_the_demo_shows_twente_at_port_8000_unless_told_otherwise() -> None:
    options = build_parser().parse_args(["demo"])
    assert (options.region, options.port) == ("twente", 8000)


@pytest.mark.parametrize(
    "words",
    [
        ["demo"],
        ["test"],
        ["migrate"],
        ["region", "load"],
        ["region", "check"],
        ["region", "list"],
        ["doctor"],
    ],
)
def test_every_command_that_prints_data_takes_json(words: list[str]) -> None:
    assert build_parser().parse_args([*words, "--json"]).json is True


def test_an_unknown_region_is_refused_with_the_known_ones() -> None:
    with pytest.raises(CommandFailure, match=r"no region 'drenthe'.*twente"):
        run(["region", "check", "drenthe"])


def test_words_after_two_dashes_go_to_pytest() -> None:
    tests = steps(["-k", "clock"], fast=False)[-1]
    assert list(tests.words[-2:]) == ["-k", "clock"]


def test_the_quick_round_leaves_out_the_browser() -> None:
    assert "not slow and not journey" in steps([], fast=True)[-1].words


def test_what_the_person_set_goes_before_our_own_values(tmp_path: Path) -> None:
    state = State(tmp_path)
    environment = child_environment(
        state, URLS, environ={"NOABER_SECRET_KEY": "mine", "NOABER_FIELD_KEYS": ""}
    )
    assert environment["NOABER_SECRET_KEY"] == "mine"
    assert environment["NOABER_FIELD_KEYS"] == load_secrets(state).field_keys


def test_only_a_demo_is_a_demo(tmp_path: Path) -> None:
    assert "NOABER_DEMO" not in child_environment(State(tmp_path), URLS, environ={})


def test_a_missing_browser_fails_loudly(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("NOABER_CHROMIUM", str(tmp_path / "absent"))
    with pytest.raises(CommandFailure, match="Install it with: apt-get install chromium"):
        require_chromium(lambda message: None)


def test_a_chosen_browser_goes_first(tmp_path: Path) -> None:
    browser = tmp_path / "my chromium"
    browser.touch(mode=0o755)
    assert find_chromium({"NOABER_CHROMIUM": str(browser), "PATH": "/usr/bin"}) == str(browser)
