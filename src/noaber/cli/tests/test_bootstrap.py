"""The script `noaber`: which folder it chooses, and when it makes a new environment."""

import importlib.machinery
import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from noaber.cli.state import CHECKOUT


@pytest.fixture
def script() -> ModuleType:
    loader = importlib.machinery.SourceFileLoader("noaber_script", str(CHECKOUT / "noaber"))
    spec = importlib.util.spec_from_loader("noaber_script", loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


def test_a_chosen_state_folder_goes_first(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("NOABER_STATE_DIR", str(tmp_path / "my state"))
    assert script.state_folder() == tmp_path / "my state"


def test_root_keeps_its_state_outside_any_home(script: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NOABER_STATE_DIR", raising=False)
    monkeypatch.setattr(script.os, "getuid", lambda: 0)
    assert script.state_folder().parent == Path("/var/lib/noaber")


@pytest.mark.parametrize(
    ("data_home", "home", "expected"),
    [
        ("/data", "/home/sanne", "/data"),
        (None, "/home/sanne", "/home/sanne/.local/share"),
        ("relative", "/home/sanne", "/home/sanne/.local/share"),
    ],
)
def test_a_person_keeps_it_below_the_own_home(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch, data_home: str | None, home: str, expected: str
) -> None:
    if data_home is None:
        monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    else:
        monkeypatch.setenv("XDG_DATA_HOME", data_home)
    monkeypatch.setenv("HOME", home)
    assert script.personal_data_folder() == Path(expected)


@pytest.mark.parametrize("home", ["", None])
def test_without_a_home_the_state_stays_in_the_checkout(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch, home: str | None
) -> None:
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    if home is None:
        monkeypatch.delenv("HOME", raising=False)
    else:
        monkeypatch.setenv("HOME", home)
    monkeypatch.setattr(script.os, "getuid", lambda: 4_000_123)
    assert script.personal_data_folder() == CHECKOUT / ".noaber"


def test_another_lock_gives_another_environment(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(script, "CHECKOUT", tmp_path)
    (tmp_path / "requirements.lock").write_text("django==5.2.19\n", encoding="ascii")
    before = script.environment_folder(tmp_path, "run")
    assert script.environment_folder(tmp_path, "run") == before
    (tmp_path / "requirements.lock").write_text("django==5.2.20\n", encoding="ascii")
    assert script.environment_folder(tmp_path, "run") != before


def test_a_missing_venv_is_named_with_the_command_that_installs_it(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(
        script.importlib.util, "find_spec", lambda name: None if name == "ensurepip" else name
    )
    with pytest.raises(SystemExit):
        script.make_environment(tmp_path / "environment", "run")
    message = capsys.readouterr().err
    assert "ensurepip is missing" in message
    assert "apt-get install python3." in message
