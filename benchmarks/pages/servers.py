"""The two servers: granian as `./noaber serve` starts it, and gunicorn with as many processes and threads."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from noaber.cli.processes import group_members
from noaber.cli.serving import THREADS_PER_WORKER, wait_until_answering, web_program
from noaber.cli.state import current_state

HOST = "127.0.0.1"
APPLICATION = "noaber.config.wsgi:application"
STOP_SECONDS = 10
Words = Callable[[Mapping[str, str], int, int], list[str]]


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: its name with version, and the port on this machine."""

    name: str
    version: str
    port: int
    group: int

    def processor_seconds(self) -> float | None:
        """Processor time that its living processes used so far; None where the system does not tell."""
        ticks = [_ticks(process_id) for process_id in group_members(self.group)]
        known = [count for count in ticks if count is not None]
        return sum(known) / os.sysconf("SC_CLK_TCK") if known else None


def _ticks(process_id: int) -> int | None:
    try:
        stat = Path(f"/proc/{process_id}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    user, system = stat.rpartition(")")[2].split()[11:13]
    return int(user) + int(system)


@contextmanager
def both(environment: Mapping[str, str], *, workers: int) -> Iterator[tuple[Server, Server]]:
    """Granian and its peer, both up until the block ends; only this machine can reach them."""
    with TemporaryDirectory(prefix="noaber-bench-") as folder:
        logs = Path(folder)
        with (
            _running("granian", _granian, environment, workers, logs) as ours,
            _running("gunicorn", _gunicorn, environment, workers, logs) as peer,
        ):
            yield ours, peer


def _granian(environment: Mapping[str, str], port: int, workers: int) -> list[str]:
    return list(web_program(current_state(), environment, host=HOST, port=port, workers=workers).words)


def _gunicorn(_environment: Mapping[str, str], port: int, workers: int) -> list[str]:
    return [
        *(sys.executable, "-m", "gunicorn", "--bind", f"{HOST}:{port}", "--workers", str(workers)),
        *("--worker-class", "gthread", "--threads", str(THREADS_PER_WORKER), "--keep-alive", "75"),
        *("--log-level", "warning", APPLICATION),
    ]


@contextmanager
def _running(
    name: str, words_of: Words, environment: Mapping[str, str], workers: int, logs: Path
) -> Iterator[Server]:
    port = _free_port()
    log = logs / f"{name}.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            words_of(environment, port, workers),
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
        try:
            if not wait_until_answering(HOST, port):
                raise SystemExit(f"{name} does not answer.\n{log.read_text('utf-8', 'replace')[-2000:]}")
            yield Server(name, version(name), port, process.pid)
        finally:
            process.terminate()
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
