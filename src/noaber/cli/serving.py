"""The programs that serve Noaber: the web server and the worker, and the address they are found at."""

import http.client
import os
import socket
import sys
import time
from collections.abc import Mapping

from noaber.cli.failures import CommandFailure
from noaber.cli.state import State
from noaber.cli.supervisor import Program

WEB_WORKERS = 2
THREADS_PER_WORKER = 8
READY_SECONDS = 90
PORTS_TO_TRY = 50


def web_program(
    state: State, environment: Mapping[str, str], *, host: str, port: int, workers: int
) -> Program:
    """The web server: granian with `workers` processes of eight threads each, pages under WSGI."""
    words = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)),
        *("--workers", str(workers), "--blocking-threads", str(THREADS_PER_WORKER), "--no-ws"),
        *("--respawn-failed-workers", "--respawn-interval", "0.5", "--workers-kill-timeout", "4"),
        *("--log-level", "warning", "noaber.config.wsgi:application"),
    ]
    warm = {"NOABER_WARM_UP": "1", **environment}
    return Program("web server", words, warm, state.logs / "web.log")


def worker_program(state: State, environment: Mapping[str, str], *, concurrency: int = 2) -> Program:
    """The worker that sends mail and delivers events, from the queue in PostgreSQL."""
    words = [
        *(sys.executable, "-m", "django", "procrastinate", "worker", "--concurrency", str(concurrency)),
        *("--shutdown-graceful-timeout", "4", "--delete-jobs", "successful"),
    ]
    return Program("worker", words, environment, state.logs / "worker.log")


def check_port(host: str, port: int, command: str) -> None:
    """Refuse a port that somebody else uses, and name one that is free."""
    if _is_free(host, port):
        return
    other = next((number for number in range(port + 1, port + PORTS_TO_TRY) if _is_free(host, number)), None)
    hint = f" Start with: ./noaber {command} --port {other}" if other else ""
    raise CommandFailure(f"Port {port} is in use by another program.{hint}")


def wait_until_answering(host: str, port: int, *, seconds: float = READY_SECONDS) -> bool:
    """Wait until the web server gives its first answer, whatever that answer is."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if is_answering(host, port):
            return True
        time.sleep(0.1)
    return False


def is_answering(host: str, port: int) -> bool:
    """Whether the web server gives an answer now, whatever that answer is; false after five seconds."""
    connection = http.client.HTTPConnection(reachable_host(host), port, timeout=5)
    try:
        connection.request("GET", "/", headers={"Host": f"localhost:{port}"})
        connection.getresponse().read()
        return True
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def reachable_host(host: str) -> str:
    """An address of this machine for a server that listens on `host`."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(host, host)


def core_count() -> int:
    """How many processor cores this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1


def _is_free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True
