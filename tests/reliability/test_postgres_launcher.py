"""The launcher of PostgreSQL starts, stops, and comes back after kill -9 with all that it had confirmed."""

import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from noaber.cli.failures import CommandFailure
from noaber.cli.installation import steadily
from noaber.cli.postgres import Cluster
from noaber.cli.processes import is_alive
from noaber.cli.roles import role_flags, set_up_database
from noaber.cli.state import current_state, load_secrets

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """A cluster in a folder with a space in its name, that every user can reach."""
    folder = Path(tempfile.mkdtemp(prefix="noaber reliability "))
    folder.chmod(0o755)
    state = current_state({"NOABER_STATE_DIR": str(folder)})
    made = Cluster(state, load_secrets(state))
    made.start()
    set_up_database(made)
    yield made
    made.stop()
    shutil.rmtree(folder)


def test_a_second_start_finds_the_server_running(cluster: Cluster) -> None:
    cluster.start()
    assert cluster.start() is False


def test_the_roles_are_neither_superuser_nor_above_row_level_security(cluster: Cluster) -> None:
    cluster.start()
    for url, name in ((cluster.urls.app, "noaber_app"), (cluster.urls.owner, "noaber_owner")):
        with psycopg.connect(url) as connection:
            assert role_flags(connection) == (name, False, False)


def test_nobody_gets_in_with_a_wrong_password(cluster: Cluster) -> None:
    cluster.start()
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(cluster.urls.app, password="guess")


def test_the_server_listens_on_no_network_address(cluster: Cluster) -> None:
    cluster.start()
    with cluster.connect() as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
        assert connection.execute("SHOW fsync").fetchone() == ("on",)


def test_the_data_and_the_socket_are_closed_to_others(cluster: Cluster) -> None:
    cluster.start()
    for place in (cluster.data, cluster.sockets, cluster.state.clusters):
        assert place.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("round_number", range(3))
def test_after_kill_9_every_confirmed_row_is_there(cluster: Cluster, round_number: int) -> None:
    cluster.start()
    with psycopg.connect(cluster.urls.owner, autocommit=True) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept (round int, number int)")
        for number in range(50):
            connection.execute("INSERT INTO kept VALUES (%s, %s)", (round_number, number))
        process_id = cluster.process_id()
        assert process_id is not None
        os.kill(process_id, signal.SIGKILL)
    assert cluster.start() is True
    with psycopg.connect(cluster.urls.owner) as connection:
        found = connection.execute("SELECT count(*) FROM kept WHERE round = %s", (round_number,)).fetchone()
    assert found == (50,)


def test_a_process_number_that_now_belongs_to_another_does_not_stop_the_start(cluster: Cluster) -> None:
    cluster.start()
    process_id = cluster.process_id()
    assert process_id is not None
    os.kill(process_id, signal.SIGKILL)
    while is_alive(process_id):
        os.waitpid(process_id, 0)
    pid_file = cluster.data / "postmaster.pid"
    lines = pid_file.read_text(encoding="ascii").split("\n")
    pid_file.write_text("\n".join([str(os.getpid()), *lines[1:]]), encoding="ascii")
    assert not cluster.is_running()
    assert cluster.start() is True


def test_a_stop_is_orderly_and_leaves_no_server(cluster: Cluster) -> None:
    cluster.start()
    process_id = cluster.process_id()
    cluster.stop()
    assert process_id is not None
    assert not is_alive(process_id)
    assert not (cluster.data / "postmaster.pid").exists()
    assert "database system is shut down" in cluster.log_file.read_text(encoding="utf-8")


def test_a_half_made_data_folder_is_made_again(cluster: Cluster) -> None:
    cluster.stop()
    draft = cluster.folder / "draft"
    draft.mkdir(exist_ok=True)
    (draft / "PG_VERSION").touch()
    shutil.rmtree(cluster.data)
    assert cluster.start() is True
    set_up_database(cluster)
    with psycopg.connect(cluster.urls.app) as connection:
        assert connection.execute("SELECT current_user").fetchone() == ("noaber_app",)


def test_a_step_of_starting_up_is_done_again_when_the_server_was_killed_meanwhile(cluster: Cluster) -> None:
    cluster.start()
    servers = []

    def step() -> str:
        number = cluster.process_id()
        servers.append(number)
        if len(servers) == 1 and number is not None:
            os.kill(number, signal.SIGKILL)
            with cluster.connect() as connection:
                connection.execute("SELECT pg_sleep(30)")
        with cluster.connect() as connection:
            return str(connection.execute("SELECT 'done'").fetchone())

    assert steadily(cluster, step) == "('done',)"
    assert len(servers) == 2
    assert servers[0] != servers[1]


def test_a_step_that_fails_while_the_server_stays_up_is_not_tried_again(cluster: Cluster) -> None:
    cluster.start()
    tries = []

    def step() -> None:
        tries.append(1)
        raise CommandFailure("the tables are not up to date")

    with pytest.raises(CommandFailure, match="not up to date"):
        steadily(cluster, step)
    assert tries == [1]
