"""One installation as the commands see it: its settings, and its database while a command needs it."""

import contextlib
import fcntl
import json
import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import psycopg
import psycopg.conninfo

from noaber.cli.failures import CommandFailure
from noaber.cli.postgres import Cluster, DatabaseUrls
from noaber.cli.processes import run_step
from noaber.cli.roles import grant_standing_privileges, set_up_database
from noaber.cli.state import State, load_secrets

DEFAULT_PORT = 8000
STEADY_SECONDS = 120
Done = TypeVar("Done")


@dataclass(frozen=True, slots=True)
class Database:
    """A database that is up: its addresses, and the cluster when it is our own."""

    urls: DatabaseUrls
    cluster: Cluster | None

    def revive(self) -> bool:
        """Start our own PostgreSQL again when it is gone; True when that was needed."""
        if self.cluster is None or self.cluster.is_running():
            return False
        return self.cluster.start()

    def steadily(self, step: Callable[[], Done]) -> Done:
        """Do a step that needs the database; once more when our own PostgreSQL was replaced meanwhile.

        A command that starts in the seconds in which the database dies must not end for it.
        """
        return steadily(self.cluster, step) if self.cluster else step()


def steadily(cluster: Cluster, step: Callable[[], Done]) -> Done:
    """Do a step that needs this server; do it again for as long as the server was away or another one came.

    Raises what the step raised when the server stayed up, or after two minutes of trying.
    """
    deadline = time.monotonic() + STEADY_SECONDS
    while True:
        server = cluster.process_id()
        try:
            return step()
        except (psycopg.OperationalError, CommandFailure):
            stayed_up = cluster.is_running() and cluster.process_id() == server
            if stayed_up or time.monotonic() > deadline:
                raise
        cluster.start()


@contextlib.contextmanager
def running_database(state: State, environ: Mapping[str, str] = os.environ) -> Iterator[Database]:
    """The database of this installation, up while the command runs.

    With DATABASE_URL that is the given one. Otherwise our own PostgreSQL is started when it is not yet up,
    and the last command that leaves stops it.
    """
    given = environ.get("DATABASE_URL", "")
    if given:
        yield Database(DatabaseUrls(app=given, owner=environ.get("DATABASE_OWNER_URL", "") or given), None)
        return
    cluster = Cluster(state, load_secrets(state))
    with open(state.folder / "database-users.lock", "a", encoding="ascii") as users:
        fcntl.flock(users, fcntl.LOCK_SH)
        cluster.start()
        steadily(cluster, lambda: set_up_database(cluster))
        try:
            yield Database(cluster.urls, cluster)
        finally:
            if _is_last(users.fileno()):
                cluster.stop()


def _is_last(lock: int) -> bool:
    """Whether no other command uses the database; the lock of a killed command is gone by itself."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def child_environment(
    state: State, urls: DatabaseUrls, *, port: int = DEFAULT_PORT, environ: Mapping[str, str] = os.environ
) -> dict[str, str]:
    """The environment variables for the application's programs; what the person set goes first."""
    secrets = load_secrets(state)
    standard = {
        "DATABASE_URL": urls.app,
        "DATABASE_OWNER_URL": urls.owner,
        "NOABER_SECRET_KEY": secrets.secret_key,
        "NOABER_FIELD_KEYS": secrets.field_keys,
        "NOABER_STATE_DIR": str(state.folder),
        "NOABER_BASE_URL": f"http://127.0.0.1:{port}",
        "DJANGO_SETTINGS_MODULE": "noaber.config.settings",
        "NUMBA_CACHE_DIR": str(state.folder / "compiled"),
        "PYTHONUNBUFFERED": "1",
    }
    if is_demo(state):
        standard |= {"NOABER_DEMO": "1", "NOABER_MAIL_URL": "database:", "NOABER_TEXT_URL": "database:"}
    return {**standard, **{name: value for name, value in environ.items() if value or name not in standard}}


def is_demo(state: State) -> bool:
    """Whether this installation was made by `./noaber demo` and holds invented people only."""
    try:
        return bool(json.loads(_mark(state).read_text(encoding="utf-8")).get("demo"))
    except (FileNotFoundError, ValueError):
        return False


def mark_as_demo(state: State) -> None:
    """Remember that this installation is a demo, so that every later command uses the demo's own today."""
    _mark(state).write_text(json.dumps({"demo": True}), encoding="utf-8")


def migrate(environment: Mapping[str, str], *words: str) -> None:
    """Bring the tables up to date, as the owner of the tables.

    Raises CommandFailure, with the end of what Django said, when that does not work.
    """
    owner, app = environment["DATABASE_OWNER_URL"], environment["DATABASE_URL"]
    if owner != app:
        role = psycopg.conninfo.conninfo_to_dict(app).get("user")
        with psycopg.connect(owner, autocommit=True) as connection:
            grant_standing_privileges(connection, str(role))
    run_step(
        [sys.executable, "-m", "django", "migrate", "--no-input", "--verbosity", "0", *words],
        {**environment, "NOABER_AS_OWNER": "1"},
        "The tables cannot be brought up to date",
    )


def ready_search(environment: Mapping[str, str]) -> None:
    """Compile the loops of the search engine, so that no visitor waits for it; a second when it was done."""
    run_step(
        [sys.executable, "-m", "noaber.engines.search", "--warm"],
        environment,
        "The search engine cannot be made ready",
    )


def _mark(state: State) -> Path:
    return state.folder / "installation.json"


def own_accounts(urls: DatabaseUrls) -> bool:
    """Whether the database holds accounts that are not invented; false when it has no tables yet."""
    with psycopg.connect(urls.owner, autocommit=True) as connection:
        present = connection.execute("SELECT to_regclass('public.accounts_account') IS NOT NULL").fetchone()
        if present is None or not present[0]:
            return False
        found = connection.execute(
            "SELECT EXISTS (SELECT 1 FROM accounts_account WHERE NOT is_demo)"
        ).fetchone()
        return bool(found and found[0])
