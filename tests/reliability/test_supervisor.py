"""The supervisor brings back a killed program, and its programs do not outlive it, even after kill -9."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from noaber.cli.processes import is_alive
from noaber.cli.state import CHECKOUT, State
from noaber.cli.supervisor import Program, Supervisor

pytestmark = pytest.mark.slow

SUPERVISOR = """
import os, sys
from pathlib import Path
from noaber.cli.state import State
from noaber.cli.supervisor import Program, Supervisor, only_one

folder = Path(sys.argv[1])
state = State(folder)
state.prepare()
program = (
    "import os, sys, time; open(sys.argv[1], 'a').write(str(os.getpid()) + chr(10)); time.sleep(120)"
)
words = [sys.executable, "-c", program, str(folder / "started")]
programs = [Program("sleeper", words, os.environ, state.logs / "sleeper.log")]
revived = folder / "revived"
with only_one(state, "serve", "already runs"):
    Supervisor(
        state, "serve", programs,
        revive_database=lambda: not revived.exists() and revived.touch() is None,
        say=lambda words: print(words, flush=True),
    ).run(lambda: print("started", flush=True))
"""


def wait_for(condition: Callable[[], bool], seconds: float = 10) -> bool:
    """Look twenty times a second whether something has become true."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.05)
    return False


def started(folder: Path) -> list[int]:
    """The process numbers of all starts of the program so far."""
    record = folder / "started"
    return [int(line) for line in record.read_text(encoding="ascii").split()] if record.exists() else []


@pytest.fixture
def supervisor(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-c", SUPERVISOR, str(tmp_path)],
        env={**os.environ, "PYTHONPATH": str(CHECKOUT / "src")},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert wait_for(lambda: len(started(tmp_path)) == 1)
    yield process
    process.kill()
    process.communicate()
    wait_for(lambda: not any(is_alive(number) for number in started(tmp_path)))


def test_a_killed_program_comes_back(supervisor: subprocess.Popen[str], tmp_path: Path) -> None:
    os.kill(started(tmp_path)[0], signal.SIGKILL)
    assert wait_for(lambda: len(started(tmp_path)) == 2)
    assert is_alive(started(tmp_path)[1])


def test_a_dead_database_is_brought_back_and_reported(
    supervisor: subprocess.Popen[str], tmp_path: Path
) -> None:
    assert wait_for((tmp_path / "revived").exists)
    supervisor.terminate()
    said, _ = supervisor.communicate(timeout=10)
    assert said.count("recovered everything it had confirmed") == 1


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_a_polite_stop_stops_everything(
    supervisor: subprocess.Popen[str], tmp_path: Path, sign: signal.Signals
) -> None:
    supervisor.send_signal(sign)
    assert supervisor.wait(timeout=10) == 0
    assert not is_alive(started(tmp_path)[0])
    assert not (tmp_path / "serve.processes.json").exists()


def test_programs_do_not_outlive_a_killed_supervisor(
    supervisor: subprocess.Popen[str], tmp_path: Path
) -> None:
    supervisor.kill()
    assert wait_for(lambda: not is_alive(started(tmp_path)[0]))


def test_a_program_killed_before_it_was_ready_comes_back(tmp_path: Path) -> None:
    """`is_ready` is asked while the programs are looked after, so a death in the first second is mended."""
    state = State(tmp_path)
    state.prepare()
    code = "import os, sys, time; open(sys.argv[1], 'a').write(str(os.getpid()) + chr(10)); time.sleep(120)"
    words = [sys.executable, "-c", code, str(tmp_path / "started")]
    programs = [Program("sleeper", words, os.environ, state.logs / "sleeper.log")]

    def is_ready() -> bool:
        numbers = started(tmp_path)
        if len(numbers) == 1:
            with contextlib.suppress(ProcessLookupError):
                os.kill(numbers[0], signal.SIGKILL)
        return len(numbers) > 1

    def stop() -> None:
        os.kill(os.getpid(), signal.SIGTERM)

    Supervisor(state, "serve", programs, revive_database=lambda: False, say=lambda _: None).run(
        stop, is_ready
    )
    assert len(started(tmp_path)) == 2
