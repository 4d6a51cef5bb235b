"""The commands `backup` and `restore`: all of the database in one encrypted file, and back.

The dump is made by pg_dump as a role that row-level security does not bind, so that nothing is left out. The
ledger of decisions stays where it is: after a restore it is replayed before anything is served.
"""

import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from noaber.cli import backup_file
from noaber.cli.binaries import find_programs
from noaber.cli.failures import CommandFailure
from noaber.cli.installation import Database, child_environment, migrate, running_database
from noaber.cli.postgres import DATABASE, PORT, SUPERUSER
from noaber.cli.printing import print_json, say
from noaber.cli.processes import run_step
from noaber.cli.state import State
from noaber.cli.supervisor import only_one

DRAFT, BEFORE = "noaber_restored", "noaber_before_restore"
DUMP, LEDGER, HEAD = "database.dump", "decisions.jsonl", "head.json"
Connection = psycopg.Connection[Any]

FACTS = """
SELECT c.relname, c.relrowsecurity, c.relforcerowsecurity,
       (SELECT count(*) FROM pg_policy p WHERE p.polrelid = c.oid),
       (SELECT count(*) FROM pg_trigger t WHERE t.tgrelid = c.oid AND NOT t.tgisinternal),
       (SELECT array_agg(a::text ORDER BY a::text) FROM unnest(c.relacl) a)
FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' ORDER BY 1
"""
"""What guards each table; after a restore it must read the same."""


@dataclass(frozen=True, slots=True)
class Server:
    """A PostgreSQL server, entered as a role that may see and make everything on it."""

    login: Mapping[str, Any]
    database: str
    programs: Path

    def connect(self, database: str = "postgres") -> Connection:
        """A connection to one of its databases."""
        return psycopg.connect(**{**self.login, "dbname": database}, autocommit=True, connect_timeout=5)

    def run(self, program: str, *words: str) -> None:
        """Run a program of PostgreSQL on this server. CommandFailure with its own last words."""
        path = self.programs / program
        if not os.access(path, os.X_OK):
            raise CommandFailure(f"{program} is not among the programs in {self.programs}. Install it there.")
        names = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD"}
        login = {names[key]: str(value) for key, value in self.login.items() if key in names}
        environment = {**{k: v for k, v in os.environ.items() if not k.startswith("PG")}, **login}
        done = subprocess.run([path, *words], env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            last = "\n".join(done.stderr.strip().splitlines()[-5:])
            raise CommandFailure(f"{program} did not finish.\n{last}")


def backup(state: State, target: Path, *, as_json: bool) -> int:
    """Write everything to one new encrypted file. Pages and worker may go on meanwhile."""
    started = time.monotonic()
    if target.exists():
        raise CommandFailure(
            f"{target} is there already. Choose another name; a backup is never overwritten."
        )
    if not target.absolute().parent.is_dir():
        raise CommandFailure(f"The folder {target.absolute().parent} is not there.")
    with running_database(state) as database, _draft_folder(state) as folder:
        environment = child_environment(state, database.urls)
        server = _server(state, database, environment)
        facts = _dump(server, folder / DUMP)
        lines = _copy_ledger(environment, folder)
        header = {
            "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "rows": sum(facts["rows"].values()),
            "ledger_lines": lines,
        }
        draft = target.with_name(target.name + ".part")
        draft.unlink(missing_ok=True)
        try:
            _write(draft, header, facts, folder, environment)
            os.link(draft, target)
        finally:
            draft.unlink(missing_ok=True)
    seconds = time.monotonic() - started
    size = target.stat().st_size
    if as_json:
        print_json({"file": str(target), "bytes": size, "seconds": round(seconds, 1), **header})
    else:
        print(f"{target}: {header['rows']} rows, {size / 1e6:.1f} MB, {seconds:.1f} s.")
    return 0


def _write(
    draft: Path,
    header: Mapping[str, Any],
    facts: Mapping[str, Any],
    folder: Path,
    environment: Mapping[str, str],
) -> None:
    writer = backup_file.Writer(draft, header, _keys(environment))
    content = json.dumps(facts).encode()
    writer.add("facts.json", io.BytesIO(content), len(content))
    for path in sorted(folder.iterdir()):
        with open(path, "rb") as part:
            writer.add(path.name, part, path.stat().st_size)
    writer.close()


def _dump(server: Server, path: Path) -> dict[str, Any]:
    """Dump the database and count its rows, both as they were at one and the same moment."""
    with server.connect(server.database) as connection, connection.transaction():
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        snapshot = _one(connection, "SELECT pg_export_snapshot()")
        server.run(
            *("pg_dump", "--format=custom", "--compress=1", "--no-password"),
            *("--snapshot", str(snapshot), "--file", str(path), server.database),
        )
        return _facts(connection)


def _facts(connection: Connection) -> dict[str, Any]:
    guards = [list(row) for row in connection.execute(FACTS).fetchall()]
    return {"guards": guards, "rows": {str(row[0]): _count(connection, str(row[0])) for row in guards}}


def restore(state: State, source: Path, *, replace: bool, ledger_from_backup: bool, as_json: bool) -> int:
    """Put a backup back. Nothing is served meanwhile, and nothing is served before the ledger was replayed.

    The old database is removed only when the restored one is checked, up to date and replayed.
    """
    started = time.monotonic()
    with ExitStack() as stack:
        for name in ("serve", "worker"):
            stack.enter_context(only_one(state, name, f"Stop ./noaber {name} first (and ./noaber demo)."))
        folder = stack.enter_context(_draft_folder(state))
        environment = child_environment(state, _no_urls())
        header = backup_file.unpack(source, folder, _keys(environment))
        say(f"The backup of {header['made_at']} is whole: {header['rows']} rows.")
        _check_ledger(environment, folder, header, ledger_from_backup=ledger_from_backup)
        database = stack.enter_context(running_database(state))
        environment = child_environment(state, database.urls)
        server = _server(state, database, environment)
        _refuse_to_replace(server, replace=replace)
        facts = json.loads((folder / "facts.json").read_text(encoding="utf-8"))
        _load(server, folder / DUMP, facts)
        again = _take_the_place(server, environment)
    seconds = time.monotonic() - started
    if as_json:
        print_json({"rows": header["rows"], "replayed": again, "seconds": round(seconds, 1)})
    else:
        print(f"Restored: {header['rows']} rows, {again} decisions done again, {seconds:.1f} s.")
        print("Everyone is signed out.")
    return 0


def _refuse_to_replace(server: Server, *, replace: bool) -> None:
    with server.connect(server.database) as connection:
        filled = bool(
            _one(connection, "SELECT to_regclass('public.accounts_account') IS NOT NULL")
            and _one(connection, "SELECT EXISTS (SELECT 1 FROM accounts_account)")
        )
    if filled and not replace:
        raise CommandFailure(
            "There are people in this installation. A restore puts the backup in their place. If that is "
            "what you want, make a backup of now first, and say --replace."
        )


def _load(server: Server, dump: Path, facts: Mapping[str, Any]) -> None:
    """Put the dump in a database of its own, and see that every row and every guard is there."""
    with server.connect() as connection:
        owner = connection.execute(
            "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = %s", (server.database,)
        ).fetchone()
        _drop(connection, DRAFT)
        connection.execute(
            sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0").format(
                sql.Identifier(DRAFT), sql.Identifier(str(owner[0]) if owner else "noaber_owner")
            )
        )
    server.run("pg_restore", "--exit-on-error", "--no-password", "--dbname", DRAFT, str(dump))
    with server.connect(DRAFT) as connection:
        found = _facts(connection)
        if found != {"guards": facts["guards"], "rows": facts["rows"]}:
            wrong = [name for name, n in facts["rows"].items() if found["rows"].get(name) != n]
            what = ", ".join(wrong) or "the guards of the tables"
            raise CommandFailure(f"What came back differs from what was saved: {what}. Nothing was changed.")
        # Sessions of then could be of people who signed out or left since.
        connection.execute("DELETE FROM django_session")
        connection.execute("ANALYZE")


def _take_the_place(server: Server, environment: Mapping[str, str]) -> int:
    """Let the restored database take the place of the old one; back again when the last steps fail."""
    with server.connect() as connection:
        _drop(connection, BEFORE)
        _end_connections(connection, server.database)
        _rename(connection, server.database, BEFORE)
        _rename(connection, DRAFT, server.database)
    try:
        migrate(dict(environment))
        again = replay_ledger(environment)
    except CommandFailure:
        with server.connect() as connection:
            _end_connections(connection, server.database)
            _rename(connection, server.database, DRAFT)
            _rename(connection, BEFORE, server.database)
            _drop(connection, DRAFT)
        say("The old database is back in its place.")
        raise
    with server.connect() as connection:
        _drop(connection, BEFORE)
    return again


def replay_ledger(environment: Mapping[str, str]) -> int:
    """Do every decision again that this database misses. CommandFailure when the ledger is damaged."""
    said = run_step(
        [sys.executable, "-m", "django", "replay_ledger"],
        environment,
        "The ledger of decisions cannot be replayed, so nothing is served",
    )
    return int(said.strip().rpartition("\n")[2] or 0)


def _check_ledger(
    environment: Mapping[str, str], folder: Path, header: Mapping[str, Any], *, ledger_from_backup: bool
) -> None:
    """The ledger of this machine must go at least as far as the one that the backup was made with."""
    place = _ledger_folder(environment)
    here = place / LEDGER
    then = (folder / LEDGER).read_bytes() if (folder / LEDGER).exists() else b""
    if here.exists():
        if not here.read_bytes().startswith(then):
            raise CommandFailure(
                f"The ledger in {place} is not the one that belongs to this backup, or it lost lines. "
                "Put back the newest copy of it. Nothing was changed."
            )
        return
    if not then:
        return
    if not ledger_from_backup:
        raise CommandFailure(
            f"There is no ledger of decisions in {place}, and this backup was made with one of "
            f"{header['ledger_lines']} lines. Put the newest copy of it there: what was withdrawn or erased "
            "after the backup stands only in it. If there is no copy left, say --ledger-from-backup. "
            "Nothing was changed."
        )
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in (LEDGER, HEAD):
        shutil.copyfile(folder / name, place / name)
    say("The ledger of the backup is used: what was withdrawn or erased after it is not known here.")


def _copy_ledger(environment: Mapping[str, str], folder: Path) -> int:
    """Lay a copy of the ledger beside the dump; how many lines it has. After the dump: never behind it."""
    place = _ledger_folder(environment)
    lines = 0
    for name in (LEDGER, HEAD):
        if (place / name).exists():
            shutil.copyfile(place / name, folder / name)
    if (folder / LEDGER).exists():
        lines = (folder / LEDGER).read_bytes().count(b"\n")
    return lines


def _ledger_folder(environment: Mapping[str, str]) -> Path:
    return Path(environment.get("NOABER_LEDGER_DIR") or Path(environment["NOABER_STATE_DIR"]) / "ledger")


def _server(state: State, database: Database, environment: Mapping[str, str]) -> Server:
    """The server with a role that sees all: our own superuser, or the role in NOABER_BACKUP_URL."""
    if database.cluster is not None:
        cluster = database.cluster
        login = {
            "host": str(cluster.sockets),
            "port": PORT,
            "user": SUPERUSER,
            "password": cluster.secrets.postgres_password,
        }
        return Server(login, DATABASE, cluster.programs.folder)
    url = environment.get("NOABER_BACKUP_URL", "")
    if not url:
        raise CommandFailure(
            "DATABASE_URL points to a database of your own. Row-level security hides rows from its roles, "
            "so a backup needs a superuser: set NOABER_BACKUP_URL to postgresql://postgres:…@host:5432/noaber."
        )
    login = {key: value for key, value in conninfo_to_dict(url).items() if key != "dbname"}
    name = str(conninfo_to_dict(url).get("dbname") or DATABASE)
    server = Server(login, name, find_programs(state.folder, copy=False)[0].folder)
    with server.connect(name) as connection:
        if not _one(connection, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"):
            raise CommandFailure("The role in NOABER_BACKUP_URL is no superuser; a backup would miss rows.")
    return server


def _no_urls() -> Any:
    from noaber.cli.postgres import DatabaseUrls

    return DatabaseUrls(app="", owner="")


def _keys(environment: Mapping[str, str]) -> list[str]:
    return [key.strip() for key in environment["NOABER_FIELD_KEYS"].split(",") if key.strip()]


@contextmanager
def _draft_folder(state: State) -> Iterator[Path]:
    """A folder that only we can read, on the disk of the state; gone afterwards."""
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=state.folder) as name:
        yield Path(name)


def _end_connections(connection: Connection, name: str) -> None:
    connection.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE datname = %s AND pid <> pg_backend_pid()",
        (name,),
    )


def _rename(connection: Connection, old: str, new: str) -> None:
    words = sql.SQL("ALTER DATABASE {} RENAME TO {}")
    deadline = time.monotonic() + 20
    while True:
        try:
            connection.execute(words.format(sql.Identifier(old), sql.Identifier(new)))
            return
        except psycopg.errors.ObjectInUse:
            if time.monotonic() > deadline:
                raise CommandFailure(
                    f"Somebody is still connected to {old}. Close it and try again."
                ) from None
            time.sleep(0.2)


def _drop(connection: Connection, name: str) -> None:
    connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _count(connection: Connection, table: str) -> int:
    return int(_one(connection, sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))))


def _one(connection: Connection, query: Any) -> Any:
    row = connection.execute(query).fetchone()
    return row[0] if row else None
