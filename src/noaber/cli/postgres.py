"""Starts, watches and stops the PostgreSQL of this installation.

The programs come with the environment (see `binaries`). They run without a network address, on a socket in
a folder of their own; as root they run as an unprivileged user, because PostgreSQL refuses to be root.
"""

import contextlib
import fcntl
import hashlib
import os
import shutil
import signal
import stat
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg

from noaber.cli.binaries import PostgresPrograms, find_programs
from noaber.cli.failures import CommandFailure
from noaber.cli.postgres_user import check_reachable, choose_user
from noaber.cli.postgres_words import explain, locale_choices
from noaber.cli.processes import is_alive, runs_in_folder
from noaber.cli.state import Secrets, State

PORT = 5432
"""Part of the socket's name only; PostgreSQL listens on no network address."""

LONGEST_SOCKET_PATH = 107
"""Bytes; the operating system cuts longer names (sockaddr_un)."""

START_SECONDS = 60
STOP_SECONDS = 30
SUPERUSER = "postgres"
DATABASE = "noaber"
BIGGEST_LOG_BYTES = 20_000_000

DURABLE_SETTINGS = ("fsync=on", "full_page_writes=on", "synchronous_commit=on")
THROWAWAY_SETTINGS = ("fsync=off", "full_page_writes=off", "synchronous_commit=off")
QUIET_SETTINGS = (
    # A log line must never hold a value from a row: no failing statements, no details of broken constraints.
    "log_error_verbosity=terse",
    "log_min_error_statement=panic",
    "log_statement=none",
    "timezone=UTC",
    "log_timezone=UTC",
    "max_connections=120",
    "shared_buffers=128MB",
)


@dataclass(frozen=True, slots=True)
class DatabaseUrls:
    """Where the application and its migrations connect."""

    app: str
    owner: str


class Cluster:
    """One PostgreSQL data folder and the server on it.

    `name` tells apart the database that people work with ("main") from the one of the tests ("test").
    `durable=False` gives up safety against a power cut for speed; only for data that may be lost.
    """

    def __init__(self, state: State, secrets: Secrets, name: str = "main", *, durable: bool = True) -> None:
        self.state = state
        self.secrets = secrets
        self.name = name
        self.durable = durable
        self.folder = state.clusters / name
        self.run_as = choose_user(state.clusters)
        self._programs: PostgresPrograms | None = None

    @property
    def programs(self) -> PostgresPrograms:
        """The PostgreSQL that fits the data folder, or the preferred one when there is no data yet."""
        if self._programs is None:
            self._prepare_folders()
            candidates = find_programs(self.state.folder, copy=self.run_as.is_other)
            self._programs = fitting_programs(candidates, existing_majors(self.folder), self.folder)
        return self._programs

    @property
    def data(self) -> Path:
        return self.folder / f"data-{self.programs.major}"

    @property
    def log_file(self) -> Path:
        return self.folder / "postgresql.log"

    @property
    def sockets(self) -> Path:
        """A folder for the socket with a name short enough for the operating system."""
        near = self.folder / "run"
        if len(os.fsencode(str(near / f".s.PGSQL.{PORT}.lock"))) <= LONGEST_SOCKET_PATH:
            return near
        digest = hashlib.sha256(os.fsencode(str(self.folder))).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"noaber-{os.getuid()}-{digest}"

    @property
    def urls(self) -> DatabaseUrls:
        """The addresses of the database for the application and for the owner of its tables."""
        host = quote(str(self.sockets), safe="")
        place = f"/{DATABASE}?host={host}&port={PORT}"
        return DatabaseUrls(
            app=f"postgresql://noaber_app:{quote(self.secrets.app_password, safe='')}@{place}",
            owner=f"postgresql://noaber_owner:{quote(self.secrets.owner_password, safe='')}@{place}",
        )

    def connect(self, dbname: str = "postgres", *, timeout: int = 5) -> psycopg.Connection[Any]:
        """A connection as superuser, for the launcher alone."""
        return psycopg.connect(
            host=str(self.sockets),
            port=PORT,
            user=SUPERUSER,
            password=self.secrets.postgres_password,
            dbname=dbname,
            connect_timeout=timeout,
            autocommit=True,
        )

    def start(self) -> bool:
        """Start the server unless it runs already; True when this call started it.

        Safe when several commands start at the same time, and after a kill -9 of the server: what it left
        behind is cleared away and PostgreSQL recovers what it had acknowledged.
        """
        self._prepare_folders()
        with self._starting_alone():
            self._create_data()
            if self.is_running() and self._wait_until_ready(self.process_id()):
                return False
            deadline = time.monotonic() + START_SECONDS
            while True:
                self._clear_stale_files()
                server = self._launch()
                if self._wait_until_ready(server.pid, server):
                    return True
                if time.monotonic() > deadline:
                    raise CommandFailure(f"PostgreSQL does not start.\n{self._last_log_lines()}")
                time.sleep(1)

    def stop(self) -> None:
        """Stop the server in an orderly way: open transactions are rolled back, everything is on disk."""
        process_id = self.process_id()
        if process_id is None or not self.is_running():
            return
        for sign, seconds in ((signal.SIGINT, STOP_SECONDS), (signal.SIGQUIT, 10)):
            with contextlib.suppress(ProcessLookupError):
                os.kill(process_id, sign)
            deadline = time.monotonic() + seconds
            while time.monotonic() < deadline:
                _reap(process_id)
                if not is_alive(process_id):
                    return
                time.sleep(0.05)
        raise CommandFailure(f"PostgreSQL (process {process_id}) does not stop. See {self.log_file}.")

    def is_running(self) -> bool:
        """Whether a PostgreSQL server works on this data folder now."""
        process_id = self.process_id()
        if process_id is None:
            return False
        _reap(process_id)
        return is_alive(process_id) and runs_in_folder(process_id, self.data)

    def process_id(self) -> int | None:
        """The process in postmaster.pid, whether it lives or not."""
        try:
            first = (self.data / "postmaster.pid").read_text(encoding="ascii").split("\n", 1)[0]
            return int(first)
        except (FileNotFoundError, ValueError):
            return None

    def _prepare_folders(self) -> None:
        uid, gid = self.run_as.uid, self.run_as.gid
        if uid is not None:
            check_reachable(self.state.folder)
            self.state.folder.chmod(self.state.folder.stat().st_mode | 0o011)
        for place in (self.state.clusters, self.folder, self.sockets):
            place.mkdir(mode=0o700, parents=True, exist_ok=True)
            found = place.lstat()
            if not stat.S_ISDIR(found.st_mode) or found.st_uid not in {os.getuid(), uid}:
                raise CommandFailure(f"{place} belongs to somebody else. Remove it, or set NOABER_STATE_DIR.")
            if uid is not None and gid is not None:
                os.chown(place, uid, gid)
            place.chmod(0o700)

    @contextlib.contextmanager
    def _starting_alone(self) -> Iterator[None]:
        with open(self.folder / "start.lock", "a", encoding="ascii") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _create_data(self) -> None:
        """Run initdb in a draft folder that gets its name when it is complete."""
        if (self.data / "PG_VERSION").exists():
            return
        draft = self.folder / "draft"
        shutil.rmtree(draft, ignore_errors=True)
        words = self.folder / "password"
        words.write_text(self.secrets.postgres_password, encoding="ascii")
        words.chmod(0o600)
        if self.run_as.uid is not None and self.run_as.gid is not None:
            os.chown(words, self.run_as.uid, self.run_as.gid)
        try:
            attempts = [self._initdb(draft, words, locale) for locale in locale_choices(self.programs.major)]
            outcome = next((done for done in attempts if done is None), attempts[-1])
        finally:
            words.unlink()
        if outcome is not None:
            raise CommandFailure(
                f"PostgreSQL cannot make its data folder in {self.folder}.\n{explain(outcome)}"
            )
        draft.rename(self.data)

    def _initdb(self, draft: Path, words: Path, locale: Sequence[str]) -> str | None:
        """Make a data folder; None when it worked, otherwise what initdb said."""
        if (draft / "PG_VERSION").exists():
            return None
        shutil.rmtree(draft, ignore_errors=True)
        sync = [] if self.durable else ["--no-sync"]
        answer = self._run(
            [
                str(self.programs.folder / "initdb"),
                *("-D", str(draft), "-U", SUPERUSER, "-E", "UTF8"),
                *locale,
                *("--auth=scram-sha-256", f"--pwfile={words}", *sync),
            ]
        )
        return None if answer.returncode == 0 else answer.stdout

    def _launch(self) -> subprocess.Popen[bytes]:
        """Start the server process in a session of its own, so that Ctrl-C does not reach it."""
        speed = DURABLE_SETTINGS if self.durable else THROWAWAY_SETTINGS
        settings = [word for setting in (*speed, *QUIET_SETTINGS) for word in ("-c", setting)]
        self._trim_log()
        with open(self.log_file, "ab") as log:
            return subprocess.Popen(
                [
                    str(self.programs.folder / "postgres"),
                    *("-D", str(self.data), "-h", "", "-k", str(self.sockets), "-p", str(PORT), *settings),
                ],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.folder,
                env=_plain_environment(self.folder),
                start_new_session=True,
                user=self.run_as.uid,
                group=self.run_as.gid,
                extra_groups=[] if self.run_as.is_other else None,
            )

    def _run(self, words: Sequence[str]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            words,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            cwd=self.folder,
            env=_plain_environment(self.folder),
            user=self.run_as.uid,
            group=self.run_as.gid,
            extra_groups=[] if self.run_as.is_other else None,
        )

    def _wait_until_ready(
        self, process_id: int | None, server: subprocess.Popen[bytes] | None = None
    ) -> bool:
        """Wait until the server answers; False when it ended instead."""
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            try:
                self.connect().close()
                return True
            except psycopg.OperationalError as error:
                if "password authentication failed" in str(error):
                    raise CommandFailure(
                        f"The database in {self.data} was made with other secrets than those in "
                        f"{self.state.secrets_file}. Put back the secrets that belong to it."
                    ) from error
            ended = server.poll() is not None if server else process_id is None or not is_alive(process_id)
            if ended:
                return False
            time.sleep(0.05)
        return False

    def _clear_stale_files(self) -> None:
        """Remove what a killed server left, but only when no server works on this data any more."""
        process_id = self.process_id()
        if process_id is None or self.is_running():
            return
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        for left in self.sockets.glob(".s.PGSQL.*"):
            left.unlink(missing_ok=True)

    def _trim_log(self) -> None:
        with contextlib.suppress(FileNotFoundError):
            if self.log_file.stat().st_size > BIGGEST_LOG_BYTES:
                self.log_file.replace(self.log_file.with_suffix(".log.1"))

    def _last_log_lines(self, count: int = 15) -> str:
        try:
            text = self.log_file.read_text(encoding="utf-8", errors="replace")
        except FileNotFoundError:
            return ""
        return explain("\n".join(text.splitlines()[-count:]))


def existing_majors(folder: Path) -> list[int]:
    """The PostgreSQL versions for which this folder holds data, oldest first."""
    return sorted(int(mark.parent.name.removeprefix("data-")) for mark in folder.glob("data-*/PG_VERSION"))


def fitting_programs(
    candidates: Sequence[PostgresPrograms], majors: Sequence[int], folder: Path
) -> PostgresPrograms:
    """The programs that belong to the data that is there; data of another version is never passed over."""
    if not majors:
        return candidates[0]
    for candidate in candidates:
        if candidate.major == majors[-1]:
            return candidate
    offered = ", ".join(str(candidate.major) for candidate in candidates)
    raise CommandFailure(
        f"The data in {folder} is of PostgreSQL {majors[-1]}, but only version {offered} is here. "
        f"Install it (apt-get install postgresql-{majors[-1]}), or move the data with pg_dumpall."
    )


def _plain_environment(home: Path) -> dict[str, str]:
    return {"PATH": os.environ.get("PATH", os.defpath), "LANG": "C", "HOME": str(home), "TZ": "UTC"}


def _reap(process_id: int) -> None:
    """Collect the server when it is our own child, so that it does not look alive after its end."""
    with contextlib.suppress(ChildProcessError):
        os.waitpid(process_id, os.WNOHANG)
