"""A whole installation in a folder of its own: database, web server, worker, each under its supervisor.

Used to kill parts of it. Only processes that this installation itself recorded are killed.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from noaber.cli.installation import child_environment, migrate
from noaber.cli.postgres import Cluster
from noaber.cli.processes import group_members, is_alive
from noaber.cli.roles import set_up_database
from noaber.cli.serving import wait_until_answering
from noaber.cli.state import CHECKOUT, current_state, load_secrets

OURS = ("DATABASE_URL", "DATABASE_OWNER_URL", "NOABER_SECRET_KEY", "NOABER_FIELD_KEYS", "NOABER_NOW")
COMMANDS = {"serve": ("serve", "--workers", "1"), "worker": ("worker", "--concurrency", "2")}
BACK_SECONDS = 60


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class House:
    """Use as a context; `start` brings up the web server and the worker."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="noaber-kill-"))
        self.folder.chmod(0o755)
        self.port = free_port()
        plain = {name: value for name, value in os.environ.items() if name not in OURS}
        self.environment = {
            **plain,
            **environment,
            "NOABER_STATE_DIR": str(self.folder),
            "PYTHONPATH": f"{CHECKOUT / 'src'}{os.pathsep}{CHECKOUT}",
        }
        self.state = current_state(self.environment)
        self.cluster = Cluster(self.state, load_secrets(self.state))
        self.commands: dict[str, subprocess.Popen[bytes]] = {}

    @property
    def address(self) -> str:
        """Where the pages are."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def inner(self) -> dict[str, str]:
        """The environment of the application's own programs."""
        return child_environment(self.state, self.cluster.urls, port=self.port, environ=self.environment)

    def __enter__(self) -> House:
        self.cluster.start()
        set_up_database(self.cluster)
        migrate(self.inner)
        return self

    def __exit__(self, *_: object) -> None:
        for process in self.commands.values():
            process.send_signal(signal.SIGTERM)
        for process in self.commands.values():
            process.wait(30)
        self.cluster.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def run(self, script: Path, *words: str) -> str:
        """Run a script of ours as one of the application's programs; the result is what it printed."""
        done = subprocess.run(
            [sys.executable, str(script), *words],
            env=self.inner,
            capture_output=True,
            text=True,
            cwd=CHECKOUT,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def start(self, name: str) -> None:
        """Start the command `serve` or `worker`."""
        words = [*COMMANDS[name], *(["--port", str(self.port)] if name == "serve" else [])]
        with open(self.folder / f"{name}.said", "ab") as said:
            self.commands[name] = subprocess.Popen(
                [sys.executable, "-m", "noaber.cli", *words],
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                cwd=CHECKOUT,
            )

    def is_back(self) -> bool:
        """Wait until the pages answer and the worker runs."""
        deadline = time.monotonic() + BACK_SECONDS
        while time.monotonic() < deadline:
            if self.cluster.is_running() and self.programs("worker") and self.programs("serve"):
                return wait_until_answering("127.0.0.1", self.port, seconds=BACK_SECONDS)
            time.sleep(0.1)
        return False

    def programs(self, name: str) -> list[int]:
        """The processes below the supervisor of this command, from its own record."""
        try:
            groups = json.loads((self.folder / f"{name}.processes.json").read_text(encoding="ascii"))
        except (FileNotFoundError, ValueError):
            return []
        members = [number for group in groups for number in group_members(int(group))]
        return [number for number in members if is_alive(number)]

    def kill(self, *parts: str) -> None:
        """kill -9: `app`, `worker`, `postgres`, `supervisor` or `all`."""
        for part in parts:
            for number in self._victims(part):
                if is_alive(number):
                    os.kill(number, signal.SIGKILL)
            if part == "supervisor":
                self._start_again("serve")
            if part == "worker supervisor":
                self._start_again("worker")

    def _victims(self, part: str) -> list[int]:
        if part == "app":
            return self.programs("serve")
        if part == "worker":
            return self.programs("worker")
        if part == "postgres":
            number = self.cluster.process_id()
            return [number] if number is not None and self.cluster.is_running() else []
        return [self.commands["serve" if part == "supervisor" else "worker"].pid]

    def _start_again(self, name: str) -> None:
        """A person, or the machine's own init, starts the killed command again."""
        self.commands[name].wait(30)
        self.start(name)

    def written(self) -> str:
        """Everything that the web server, the worker and the database wrote down about what they did."""
        names = ("*.said", "*.log", "**/log/*", "**/*.log")
        files = {path for name in names for path in self.folder.glob(name) if path.is_file()}
        return "\n".join(path.read_text(encoding="utf-8", errors="replace") for path in sorted(files))

    def said(self) -> str:
        """What the commands said last, and whether they still run; for the message of a failing test."""
        lines = []
        for name, process in self.commands.items():
            text = (self.folder / f"{name}.said").read_text(encoding="utf-8", errors="replace")
            state = "runs" if process.poll() is None else f"ended with {process.returncode}"
            lines.append(f"{name} {state}; programs {self.programs(name)}\n{text[-1500:]}")
        return "\n".join([*lines, f"database runs: {self.cluster.is_running()}"])
