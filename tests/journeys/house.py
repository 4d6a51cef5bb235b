"""A real house for the journeys: the product's own web server and worker on a database of their own.

A journey takes weeks and a test takes seconds. So the same database is served at several moments at once:
each moment is a web server of its own with a clock that stands still there.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
from psycopg.rows import dict_row

from noaber.cli import lifeline, serving
from noaber.cli.state import CHECKOUT, State
from noaber.cli.supervisor import Program
from noaber.cli.throwaway import TestUrls, copy_of_template
from noaber.hallway.sealed import unseal

HOST = "127.0.0.1"
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
REFERRED_AT = datetime(2027, 7, 1, 9, 10, tzinfo=AMSTERDAM)
"""A Thursday morning; the seeded past ends here."""

HELD_AT = datetime(2027, 7, 20, 17, 30, tzinfo=AMSTERDAM)
"""After every conversation that was planned within the fourteen days."""

PATIENCE_SECONDS = 20.0


@dataclass(slots=True)
class House:
    """The running programs, and a look behind the scenes for checks."""

    urls: TestUrls
    environment: Mapping[str, str]
    state: State
    stack: ExitStack
    neighbours_port: int = 0
    """Where a journey may open a map of somebody else; the only address inside that this house reads."""

    keys: dict[str, Any] = field(default_factory=dict)
    addresses: dict[datetime, str] = field(default_factory=dict)
    read: set[str] = field(default_factory=set)
    """The texts that somebody read on her phone."""

    def at(self, moment: datetime) -> str:
        """The address of the house at this moment; the first time its web server is started."""
        if moment not in self.addresses:
            port = free_port()
            environment = self.moment(moment) | {"NOABER_BASE_URL": f"http://{HOST}:{port}"}
            program = serving.web_program(self.state, environment, host=HOST, port=port, workers=1)
            self.start(program)
            if not serving.wait_until_answering(HOST, port):
                raise AssertionError(f"The web server does not answer:\n{self.log('web')}")
            self.addresses[moment] = f"http://{HOST}:{port}"
        return self.addresses[moment]

    def moment(self, moment: datetime) -> dict[str, str]:
        """The environment of a program for which it is always this moment."""
        clock = {"NOABER_NOW": moment.isoformat(), "DEMO_TODAY": moment.date().isoformat()}
        return {**self.environment, **clock}

    def start(self, program: Program) -> None:
        """Start a program as the supervisor does: it ends with the test, even if that is killed."""
        with open(program.log_file, "ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-I", "-S", lifeline.__file__, *program.words],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                cwd=CHECKOUT,
                env=dict(program.environment),
                start_new_session=True,
            )
        self.stack.callback(_end, process)

    def log(self, name: str) -> str:
        """The end of what the web servers (`web`) or the worker (`worker`) wrote."""
        return (self.state.logs / f"{name}.log").read_text(encoding="utf-8", errors="replace")[-4000:]

    def rows(self, question: str, *values: Any) -> list[dict[str, Any]]:
        """Ask the database itself, past the application, with the locks on persons' rows open."""
        with psycopg.connect(self.urls.owner, row_factory=dict_row) as owner:
            owner.execute("SELECT set_config('app.scope', 'system', true)")
            return owner.execute(question, values).fetchall()

    def number(self, question: str, *values: Any) -> int:
        """The one number that answers this question."""
        (row,) = self.rows(question, *values)
        return int(next(iter(row.values())))

    def eventually(self, what: str, question: str, *values: Any, rows: int = 1) -> list[dict[str, Any]]:
        """Wait until the worker made this question give so many rows."""
        found: list[dict[str, Any]] = []
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            found = self.rows(question, *values)
            if len(found) >= rows:
                return found
            time.sleep(0.15)
        raise AssertionError(f"{what}: {len(found)} of {rows} came. The worker wrote:\n{self.log('worker')}")

    def invitations(self, conversation: str, *, method: str, sequence: int, rows: int) -> list[str]:
        """The calendar entries of one appointment that the worker sent, opened with the house's own key."""
        deadline, found = time.monotonic() + PATIENCE_SECONDS, list[str]()
        while len(found) < rows and time.monotonic() < deadline:
            time.sleep(0.15)
            sent = self.rows(
                "SELECT subject, calendar FROM post_message WHERE calendar_method = %s AND state = 'sent'",
                method,
            )
            assert {row["subject"] for row in sent} <= {"Afspraak"}
            entries = [unseal(bytes(row["calendar"]).decode()) for row in sent]
            found = [
                entry
                for entry in entries
                if f"UID:{conversation}@" in entry and f"SEQUENCE:{sequence}" in entry.split()
            ]
        assert len(found) == rows, (
            f"{len(found)} of {rows} came: {found}.  The worker wrote:\n{self.log('worker')}"
        )
        return found

    def open_demo_door(self, name: str) -> None:
        """Let the demo's page of people sign in this colleague too."""
        with psycopg.connect(self.urls.owner) as owner:
            changed = owner.execute("UPDATE accounts_account SET is_demo = true WHERE name = %s", (name,))
            assert changed.rowcount == 1, f"{changed.rowcount} accounts are called {name}"

    def command(self, *words: str, moment: datetime = HELD_AT) -> str:
        """What a command of the program prints."""
        done = subprocess.run(
            [sys.executable, "-m", "noaber.cli", *words],
            env=self.moment(moment),
            cwd=CHECKOUT,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


@contextmanager
def open_house(label: str) -> Iterator[House]:
    """A database, its people, a worker; web servers come when they are asked for."""
    owner, app = os.environ["DATABASE_OWNER_URL"], os.environ["DATABASE_URL"]
    folder = Path(tempfile.mkdtemp(prefix="noaber-journeys-"))
    with ExitStack() as stack:
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        urls = stack.enter_context(copy_of_template(owner, app, f"journeys_{label}"))
        state = State(folder)
        state.prepare()
        neighbours_port = free_port()
        environment = {
            **os.environ,
            "NOABER_SOURCES_ALLOW": f"{HOST}:{neighbours_port}",
            "PYTHONPATH": str(CHECKOUT / "src"),
            "DJANGO_SETTINGS_MODULE": "noaber.config.settings",
            "DATABASE_URL": urls.app,
            "DATABASE_OWNER_URL": urls.owner,
            "NOABER_DEMO": "1",
            "NOABER_REGION": "twente",
            "NOABER_MAIL_URL": "database:",
            "NOABER_TEXT_URL": "database:",
            "NOABER_STATE_DIR": str(folder),
        }
        house = House(urls, environment, state, stack, neighbours_port)
        house.keys = _furnish(house)
        house.start(serving.worker_program(state, house.moment(HELD_AT)))
        yield house


def _furnish(house: House) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("furnish.py"))],
        env=house.moment(REFERRED_AT),
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def free_port() -> int:
    """A port of this machine that nobody uses now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(8)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    if process.stdin is not None:
        process.stdin.close()
