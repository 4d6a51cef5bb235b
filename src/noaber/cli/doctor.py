"""The command `doctor`: is this installation healthy, and if not, what helps?"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import psycopg

from noaber.cli.chromium import INSTALL, find_chromium
from noaber.cli.failures import CommandFailure
from noaber.cli.installation import child_environment, running_database
from noaber.cli.printing import print_json, table
from noaber.cli.roles import role_flags
from noaber.cli.state import State

LEAST_FREE_BYTES = 1_000_000_000
WORKER_SILENT_SECONDS = 60
OLD_EVENT_SECONDS = 600
OLDEST_POSTGRES = 150_000


@dataclass(frozen=True, slots=True)
class Finding:
    """One question of the doctor. `state` is ok, warning (it works, look at it) or failed."""

    check: str
    state: str
    detail: str


Connection = psycopg.Connection[Any]


def examine(state: State, *, as_json: bool) -> int:
    """Answer every question; 1 when one of them failed, 0 with at most warnings."""
    findings = [_python(), _chromium(), _disk(state)]
    try:
        with running_database(state) as database:
            environment = child_environment(state, database.urls)
            findings += _look_in_database(environment)
    except CommandFailure as failure:
        findings.append(Finding("database", "failed", str(failure)))
    except psycopg.OperationalError as error:
        findings.append(Finding("database", "failed", f"cannot be reached: {str(error).splitlines()[0]}"))
    if as_json:
        print_json(findings)
    else:
        print(
            table(("Check", "State", "Detail"), [(item.check, item.state, item.detail) for item in findings])
        )
    return 1 if any(item.state == "failed" for item in findings) else 0


def _look_in_database(environment: Mapping[str, str]) -> list[Finding]:
    questions: tuple[Callable[[Connection], Finding], ...] = (_version, _role, _worker, _outbox)
    with psycopg.connect(environment["DATABASE_URL"], autocommit=True, connect_timeout=5) as connection:
        return [
            *(question(connection) for question in questions[:2]),
            _migrations(environment),
            *(question(connection) for question in questions[2:]),
            _help_numbers(connection, demo=environment.get("NOABER_DEMO") == "1"),
        ]


def _python() -> Finding:
    return Finding("python", "ok", f"{sys.version.split()[0]} in {sys.prefix}")


def _chromium() -> Finding:
    found = find_chromium()
    if found:
        return Finding("chromium", "ok", found)
    return Finding("chromium", "warning", f"only the tests need it; install it with: {INSTALL}")


def _disk(state: State) -> Finding:
    free = shutil.disk_usage(state.folder).free
    detail = f"{free / 1e9:.1f} GB free for {state.folder}"
    return Finding("disk", "ok" if free >= LEAST_FREE_BYTES else "failed", detail)


def _version(connection: Connection) -> Finding:
    version = connection.info.server_version
    state = "ok" if version >= OLDEST_POSTGRES else "failed"
    return Finding(
        "postgresql", state, f"version {version // 10000}.{version % 10000}; 15 or newer is needed"
    )


def _role(connection: Connection) -> Finding:
    name, superuser, bypass = role_flags(connection)
    if superuser or bypass:
        which = "a superuser" if superuser else "allowed to bypass row-level security"
        return Finding(
            "database role", "failed", f"{name} is {which}; run ALTER ROLE … NOSUPERUSER NOBYPASSRLS"
        )
    return Finding("database role", "ok", f"{name}: no superuser, no BYPASSRLS")


def _migrations(environment: Mapping[str, str]) -> Finding:
    done = subprocess.run(
        [sys.executable, "-m", "django", "migrate", "--check"],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
    )
    if done.returncode == 0:
        return Finding("tables", "ok", "up to date")
    return Finding("tables", "failed", "not up to date; run ./noaber migrate")


def _help_numbers(connection: Connection, *, demo: bool) -> Finding:
    """Nobody in need may reach a number that was made up for a demo."""
    if not _has_table(connection, "partners_region"):
        return Finding("help numbers", "warning", "no tables yet; run ./noaber migrate")
    invented = _number(
        connection,
        "SELECT count(*) FROM partners_region, jsonb_array_elements(help_numbers) AS number "
        "WHERE number->>'invented_for_demo' = 'true'",
    )
    if invented and not demo:
        return Finding(
            "help numbers",
            "warning",
            f"{invented} were made up for the demo; put real ones in regions/*/settings.yaml and load them",
        )
    return Finding("help numbers", "ok", "made up, as fits a demo" if invented else "none was made up")


def _worker(connection: Connection) -> Finding:
    if not _has_table(connection, "procrastinate_workers"):
        return Finding("worker", "warning", "no tables yet; run ./noaber migrate")
    alive = _number(
        connection,
        "SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - make_interval(secs => %s)",
        WORKER_SILENT_SECONDS,
    )
    if alive:
        return Finding("worker", "ok", f"{alive} alive")
    return Finding(
        "worker", "warning", "none alive: no mail goes out; start ./noaber demo or ./noaber worker"
    )


def _outbox(connection: Connection) -> Finding:
    if not _has_table(connection, "outbox_outboxevent"):
        return Finding("outbox", "warning", "no tables yet; run ./noaber migrate")
    waiting = _number(connection, "SELECT count(*) FROM outbox_outboxevent WHERE delivered_at IS NULL")
    tried = _number(
        connection,
        "SELECT count(*) FROM outbox_outboxevent WHERE delivered_at IS NULL AND last_failure <> ''",
    )
    detail = f"{waiting} events wait, {tried} of them failed before"
    return Finding("outbox", "warning" if tried else "ok", detail)


def _has_table(connection: Connection, name: str) -> bool:
    return bool(_number(connection, "SELECT count(to_regclass(%s))", f"public.{name}"))


def _number(connection: Connection, query: str, *parameters: object) -> int:
    row = connection.execute(query, parameters).fetchone()
    return int(row[0]) if row else 0
