"""Which PostgreSQL is used, as whom it runs, and where its socket stands."""

from pathlib import Path

import pytest

from noaber.cli.binaries import PostgresPrograms, find_programs, major_version
from noaber.cli.failures import CommandFailure
from noaber.cli.postgres import LONGEST_SOCKET_PATH, PORT, Cluster, existing_majors, fitting_programs
from noaber.cli.postgres_user import check_reachable, choose_user
from noaber.cli.postgres_words import explain, locale_choices
from noaber.cli.state import Secrets, State

EIGHTEEN = PostgresPrograms(Path("/programs/18"), 18, embedded=True)
FIFTEEN = PostgresPrograms(Path("/usr/lib/postgresql/15/bin"), 15, embedded=False)


def test_new_data_gets_the_preferred_version() -> None:
    assert fitting_programs([EIGHTEEN, FIFTEEN], [], Path("data")) is EIGHTEEN


def test_existing_data_keeps_its_version() -> None:
    assert fitting_programs([EIGHTEEN, FIFTEEN], [15], Path("data")) is FIFTEEN


def test_data_of_an_absent_version_is_never_passed_over() -> None:
    with pytest.raises(CommandFailure, match="is of PostgreSQL 16, but only version 18, 15 is here"):
        fitting_programs([EIGHTEEN, FIFTEEN], [16], Path("data"))


def test_the_version_stands_in_the_name_of_the_data_folder(tmp_path: Path) -> None:
    for major in (18, 15):
        (tmp_path / f"data-{major}").mkdir()
        (tmp_path / f"data-{major}" / "PG_VERSION").touch()
    (tmp_path / "data-16").mkdir()
    assert existing_majors(tmp_path) == [15, 18]


@pytest.mark.parametrize(
    ("words", "major"),
    [
        ("postgres (PostgreSQL) 18.3", 18),
        ("postgres (PostgreSQL) 15.10 (Debian 15.10-0+deb12u1)", 15),
        ("command not found", None),
    ],
)
def test_the_version_is_read_from_postgresql_itself(words: str, major: int | None) -> None:
    assert major_version(words) == major


def test_a_forced_folder_without_postgresql_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandFailure, match="there is no PostgreSQL 15 or newer"):
        find_programs(tmp_path, copy=False, environ={"NOABER_POSTGRES_BIN": str(tmp_path)})


def test_without_any_postgresql_the_message_names_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("noaber.cli.binaries._embedded_programs", lambda copies, copy: None)
    monkeypatch.setattr("noaber.cli.binaries._machine_folders", lambda: iter([tmp_path]))
    with pytest.raises(CommandFailure, match="apt-get install postgresql"):
        find_programs(tmp_path, copy=False, environ={})


@pytest.mark.parametrize("folder", ["state", "a folder with a very long name " * 6 + "end"])
def test_the_socket_path_fits_in_the_operating_system(tmp_path: Path, folder: str) -> None:
    cluster = Cluster(State(tmp_path / folder), Secrets.fresh())
    assert len(str(cluster.sockets / f".s.PGSQL.{PORT}.lock")) <= LONGEST_SOCKET_PATH


def test_a_long_and_another_long_folder_do_not_share_sockets(tmp_path: Path) -> None:
    one = Cluster(State(tmp_path / ("a" * 120)), Secrets.fresh())
    other = Cluster(State(tmp_path / ("b" * 120)), Secrets.fresh())
    assert one.sockets != other.sockets


def test_as_root_postgresql_runs_as_somebody_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("noaber.cli.postgres_user.os.getuid", lambda: 0)
    chosen = choose_user(tmp_path / "not yet there")
    assert chosen.is_other
    assert chosen.uid != 0


def test_an_ordinary_user_runs_it_as_herself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("noaber.cli.postgres_user.os.getuid", lambda: 1234)
    assert not choose_user(tmp_path).is_other


def test_a_folder_below_a_closed_home_is_refused_with_a_way_out(tmp_path: Path) -> None:
    closed = tmp_path / "home"
    closed.mkdir(mode=0o700)
    with pytest.raises(CommandFailure, match="NOABER_STATE_DIR"):
        check_reachable(closed / "state")


def test_sorting_does_not_depend_on_the_machine() -> None:
    assert locale_choices(18) == [["--locale-provider=builtin", "--locale=C.UTF-8"]]
    assert all("builtin" not in word for words in locale_choices(15) for word in words)


def test_a_missing_library_is_named_with_the_command() -> None:
    words = "postgres: error while loading shared libraries: libz.so.1: cannot open shared object file"
    assert "apt-get install" in explain(words).splitlines()[0]
