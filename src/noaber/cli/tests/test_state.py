"""The secrets of an installation are made once, kept private, and never replaced under a database."""

import os
import stat
from pathlib import Path

import pytest

from noaber.cli.failures import CommandFailure
from noaber.cli.state import Secrets, State, current_state, load_secrets


@pytest.fixture
def state(tmp_path: Path) -> State:
    return current_state({"NOABER_STATE_DIR": str(tmp_path / "state")})


def test_secrets_are_the_same_the_second_time(state: State) -> None:
    assert load_secrets(state) == load_secrets(state)


def test_nobody_else_can_read_the_secrets(state: State) -> None:
    load_secrets(state)
    assert stat.S_IMODE(state.secrets_file.stat().st_mode) == 0o600


def test_two_installations_share_no_secret() -> None:
    one, other = Secrets.fresh(), Secrets.fresh()
    assert all(getattr(one, name) != getattr(other, name) for name in Secrets.__slots__)


def test_lost_secrets_of_a_database_are_not_replaced(state: State) -> None:
    data = state.clusters / "main" / "data-18"
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text("18\n", encoding="ascii")
    with pytest.raises(CommandFailure, match="Put back a copy"):
        load_secrets(state)
    assert not state.secrets_file.exists()


def test_damaged_secrets_are_reported_and_left_alone(state: State) -> None:
    state.secrets_file.write_text("{", encoding="ascii")
    with pytest.raises(CommandFailure, match="is damaged"):
        load_secrets(state)
    assert state.secrets_file.read_text(encoding="ascii") == "{"


def test_a_second_maker_takes_the_secrets_of_the_first(state: State, monkeypatch: pytest.MonkeyPatch) -> None:
    def lose_the_race(source: Path, target: Path) -> None:
        monkeypatch.undo()
        winner = State(state.folder)
        assert load_secrets(winner)
        raise FileExistsError(os.fspath(target))

    monkeypatch.setattr(os, "link", lose_the_race)
    mine = load_secrets(state)
    assert mine == load_secrets(State(state.folder))
    assert [path.name for path in state.folder.glob("*secrets*")] == ["secrets.json"]


def test_a_command_outside_the_script_says_how_to_start_it() -> None:
    with pytest.raises(CommandFailure, match="Start this command through"):
        current_state({})
