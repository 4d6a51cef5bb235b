"""The command `cover`: its words reach the engine, and a wrong file is told in one line."""

from __future__ import annotations

from pathlib import Path

import pytest

from noaber.cli.__main__ import build_parser, run


def test_the_words_of_the_command() -> None:
    options = build_parser().parse_args(["cover", "a.json", "--json", "--each"])
    assert (options.instance, options.json, options.each) == ("a.json", True, True)


def test_a_wrong_file_ends_with_two_and_says_where(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("NOABER_STATE_DIR", str(tmp_path / "state"))
    file = tmp_path / "wrong.json"
    file.write_text('{"reach": {"metres": 1000}, "population": [], "points": 7}', "utf-8")
    assert run(["cover", str(file), "--json"]) == 2
    said = capfd.readouterr()
    assert said.out == ""
    assert "points: verwacht: een lijst" in said.err
