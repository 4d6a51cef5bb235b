"""Keeps the programs of an installation running: restarts what dies, stops everything in order."""

import contextlib
import fcntl
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import TextIO

from noaber.cli import lifeline
from noaber.cli.failures import CommandFailure
from noaber.cli.processes import command_line, group_members, is_alive
from noaber.cli.state import CHECKOUT, State

LOOK_SECONDS = 0.2
DATABASE_LOOK_SECONDS = 1.0
STEADY_SECONDS = 60
"""A program that ran this long begins again with the shortest delay."""

LONGEST_DELAY = 30.0
STOP_SECONDS = 8


@dataclass(frozen=True, slots=True)
class Program:
    """A program to keep running: a name for people, its command, and its log file."""

    name: str
    words: Sequence[str]
    environment: Mapping[str, str]
    log_file: Path


@dataclass(slots=True)
class _Child:
    program: Program
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    failures: int = 0
    restart_at: float = field(default=0.0)


def restart_delay(failures: int) -> float:
    """Seconds to wait before the next start: 0.5, 1, 2, 4 … and never more than half a minute."""
    return min(LONGEST_DELAY, 0.5 * 2.0 ** max(0, failures - 1))


class Supervisor:
    """Starts the programs, restarts those that end, and stops all of them on Ctrl-C or SIGTERM.

    `revive_database` is called once a second; it brings the database back when it died and tells whether it
    had to. Nothing is lost when the supervisor itself is killed: the programs notice and end, and the next
    start clears away what did not.
    """

    def __init__(
        self,
        state: State,
        name: str,
        programs: Sequence[Program],
        *,
        revive_database: Callable[[], bool],
        say: Callable[[str], None],
    ) -> None:
        self._record = _record_file(state, name)
        self._children = [_Child(program) for program in programs]
        self._revive_database = revive_database
        self._say = say
        self._stopping = False

    def run(self, when_ready: Callable[[], None], is_ready: Callable[[], bool] = lambda: True) -> None:
        """Run until somebody asks to stop.

        `is_ready` is asked again and again until it says yes, then `when_ready` is called, once. The programs
        are looked after all that time. What `is_ready` raises ends everything.
        """
        with self._listening_for_stop():
            try:
                for child in self._children:
                    self._start(child)
                self._watch(when_ready, is_ready)
            finally:
                self._stop_all()
                self._record.unlink(missing_ok=True)

    def _watch(self, when_ready: Callable[[], None], is_ready: Callable[[], bool]) -> None:
        next_look = 0.0
        said_ready = False
        while not self._stopping:
            if not said_ready and is_ready():
                said_ready = True
                when_ready()
            for child in self._children:
                self._look_at(child)
            if time.monotonic() >= next_look:
                self._look_at_database()
                next_look = time.monotonic() + DATABASE_LOOK_SECONDS
            time.sleep(LOOK_SECONDS)

    def _look_at_database(self) -> None:
        try:
            if self._revive_database():
                self._say(
                    "The database had stopped; it runs again and has recovered everything it had confirmed."
                )
        except CommandFailure as failure:
            self._say(f"The database is away; trying again. {failure}")

    def _look_at(self, child: _Child) -> None:
        now = time.monotonic()
        if child.process is None:
            if now >= child.restart_at:
                self._start(child)
            return
        code = child.process.poll()
        if code is None:
            return
        _kill_group(child.process.pid)
        child.process = None
        child.failures = 1 if now - child.started > STEADY_SECONDS else child.failures + 1
        delay = restart_delay(child.failures)
        child.restart_at = now + delay
        self._say(
            f"The {child.program.name} stopped unexpectedly (code {code}); "
            f"it starts again in {delay:g} seconds. See {child.program.log_file}."
        )

    def _start(self, child: _Child) -> None:
        program = child.program
        with open(program.log_file, "ab") as log:
            child.process = subprocess.Popen(
                [sys.executable, "-I", "-S", lifeline.__file__, *program.words],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                cwd=CHECKOUT,
                env=dict(program.environment),
                start_new_session=True,
            )
        child.started = time.monotonic()
        groups = [other.process.pid for other in self._children if other.process is not None]
        self._record.write_text(json.dumps(groups), encoding="ascii")

    def _stop_all(self) -> None:
        running = [child.process for child in self._children if child.process is not None]
        for process in running:
            with contextlib.suppress(ProcessLookupError):
                process.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        for process in running:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(max(0.0, deadline - time.monotonic()))
            _kill_group(process.pid)
            process.wait()
            if process.stdin is not None:
                process.stdin.close()

    @contextlib.contextmanager
    def _listening_for_stop(self) -> Iterator[None]:
        def ask_to_stop(_number: int, _frame: FrameType | None) -> None:
            self._stopping = True

        numbers = [signal.SIGINT, signal.SIGTERM]
        if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # nohup wants us to stay
            numbers.append(signal.SIGHUP)
        before = {number: signal.signal(number, ask_to_stop) for number in numbers}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


@contextlib.contextmanager
def only_one(state: State, name: str, message: str) -> Iterator[TextIO]:
    """Refuse with `message` when another command of this name already runs on this state folder.

    Whoever gets in first clears away what an earlier, killed command of this name left running.
    """
    with open(state.folder / f"{name}.lock", "a", encoding="ascii") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CommandFailure(message) from None
        clear_leftovers(_record_file(state, name), state.folder)
        yield lock


def clear_leftovers(record: Path, state_folder: Path) -> int:
    """End the programs that a killed supervisor left behind; the result is how many processes were ended.

    A process number may belong to somebody else by now, so only processes started from this state folder
    are touched.
    """
    try:
        groups = [int(number) for number in json.loads(record.read_text(encoding="ascii"))]
    except (FileNotFoundError, ValueError, TypeError):
        return 0
    ended = 0
    for process_id in (member for group in groups for member in group_members(group)):
        if str(state_folder) in command_line(process_id) and process_id != os.getpid():
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(process_id, signal.SIGKILL)
                ended += 1
                _wait_until_gone(process_id)
    record.unlink(missing_ok=True)
    return ended


def _wait_until_gone(process_id: int, seconds: float = 5.0) -> None:
    """A killed process holds its port a moment longer."""
    deadline = time.monotonic() + seconds
    while is_alive(process_id) and time.monotonic() < deadline:
        time.sleep(0.02)


def _record_file(state: State, name: str) -> Path:
    return state.folder / f"{name}.processes.json"


def _kill_group(group: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signal.SIGKILL)
