"""The supervisor's rules, the refusal of a used port, and the clearing away of what a killed start left."""

import json
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from noaber.cli.failures import CommandFailure
from noaber.cli.serving import check_port, reachable_host
from noaber.cli.state import State
from noaber.cli.supervisor import clear_leftovers, only_one, restart_delay


def test_a_program_that_keeps_dying_is_started_less_and_less_often() -> None:
    assert [restart_delay(failures) for failures in (1, 2, 3, 4)] == [0.5, 1, 2, 4]
    assert restart_delay(1000) == 30


def test_a_used_port_is_refused_with_a_free_one() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(CommandFailure, match=rf"Port {port} is in use.*--port \d+"):
            check_port("127.0.0.1", port, "demo")
    check_port("127.0.0.1", port, "demo")


def test_a_server_on_all_addresses_is_reached_on_this_machine() -> None:
    assert reachable_host("0.0.0.0") == "127.0.0.1"
    assert reachable_host("127.0.0.1") == "127.0.0.1"


def test_the_same_command_twice_is_refused(tmp_path: Path) -> None:
    state = State(tmp_path)
    with only_one(state, "serve", "first"):
        second = only_one(state, "serve", "already runs")
        with pytest.raises(CommandFailure, match="already runs"):
            second.__enter__()
    with only_one(state, "serve", "free again"):
        assert (tmp_path / "serve.lock").exists()


def test_leftovers_of_this_installation_are_ended_and_no_others(tmp_path: Path) -> None:
    words = [sys.executable, "-c", "import time; time.sleep(60)"]
    ours = subprocess.Popen([*words, str(tmp_path)], start_new_session=True)
    others = subprocess.Popen(words, start_new_session=True)
    record = tmp_path / "serve.processes.json"
    record.write_text(json.dumps([ours.pid, others.pid]), encoding="ascii")
    try:
        assert clear_leftovers(record, tmp_path) == 1
        assert ours.wait(timeout=5) != 0
        assert others.poll() is None
        assert not record.exists()
    finally:
        for process in (ours, others):
            process.kill()
            process.wait()


def test_without_a_record_there_is_nothing_to_clear(tmp_path: Path) -> None:
    assert clear_leftovers(tmp_path / "absent.json", tmp_path) == 0
