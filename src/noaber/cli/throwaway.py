"""Databases that live as long as one test run: a template with all tables, and quick copies of it.

The owner makes them; the tests themselves sign in as the application's role, so that a test meets the same
privileges and the same row-level security as the pages do.
"""

import contextlib
import hashlib
import os
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg
from psycopg import sql

from noaber.cli.processes import run_step
from noaber.cli.roles import grant_standing_privileges
from noaber.cli.state import CHECKOUT

TEMPLATE_LOCK = 7_220_118
"""The number of the advisory lock under which one process makes the template and the others wait."""

LOCK_WAIT = "20s"
DROP_SECONDS = 30
Connection = psycopg.Connection[Any]


@dataclass(frozen=True, slots=True)
class TestUrls:
    """The addresses of one throwaway database."""

    __test__ = False

    name: str
    app: str
    owner: str


def with_name(url: str, name: str) -> str:
    """The same address for another database on the same server."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(path="/" + quote(name, safe="")))


def migrations_fingerprint(checkout: Path = CHECKOUT) -> str:
    """Twelve characters that change when any migration, any settings file or any locked package changes."""
    digest = hashlib.sha256(sys.version.encode())
    source = checkout / "src" / "noaber"
    files = [*source.glob("**/migrations/*.py"), *source.glob("**/*.sql"), *source.glob("config/*.py")]
    for path in [*sorted(files), checkout / "requirements.lock"]:
        digest.update(str(path.relative_to(checkout)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def template_name() -> str:
    """The name of the template for the migrations as they are now."""
    return f"noaber_template_{migrations_fingerprint()}"


def ensure_template(owner_url: str, app_url: str, environ: Mapping[str, str] = os.environ) -> str:
    """The name of a database with all tables and no rows of tests; made once for each set of migrations."""
    name = template_name()
    with psycopg.connect(owner_url, autocommit=True) as owner:
        owner.execute("SELECT pg_advisory_lock(%s)", (TEMPLATE_LOCK,))
        if not _exists(owner, name):
            draft = f"noaber_test_draft_{os.getpid()}"
            _drop(owner, draft)
            owner.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(draft)))
            _migrate(draft, owner_url, app_url, environ)
            owner.execute(
                sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(draft), sql.Identifier(name))
            )
    return name


@contextlib.contextmanager
def copy_of_template(owner_url: str, app_url: str, label: str) -> Iterator[TestUrls]:
    """A fresh copy of the template for one test process; dropped at the end."""
    template = ensure_template(owner_url, app_url)
    name = f"noaber_test_{os.getpid()}_{label}"
    with psycopg.connect(owner_url, autocommit=True) as owner:
        _drop(owner, name)
        owner.execute("SELECT pg_advisory_lock(%s)", (TEMPLATE_LOCK,))
        owner.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
        )
        owner.execute("SELECT pg_advisory_unlock(%s)", (TEMPLATE_LOCK,))
    try:
        yield TestUrls(name, with_name(app_url, name), with_name(owner_url, name))
    finally:
        with psycopg.connect(owner_url, autocommit=True) as owner:
            _drop(owner, name)


@dataclass(frozen=True, slots=True)
class StandingRows:
    """The rows that the migrations themselves put in tables, as COPY text by table."""

    rows: Mapping[str, bytes]


def standing_rows(owner_url: str) -> StandingRows:
    """Remember what a fresh copy holds, to put it back after a test that empties the tables."""
    with psycopg.connect(owner_url) as owner:
        kept = {table: _copy_out(owner, table) for table in _tables_with_pages(owner)}
        owner.rollback()
    return StandingRows(kept)


def empty_tables(owner_url: str, standing: StandingRows) -> None:
    """Bring every table back to how the migrations left it; for tests that commit.

    Works on tables that refuse deletes and on tables with row-level security: it is done by the owner, in one
    transaction, with the guards put back before it ends.
    """
    with psycopg.connect(owner_url) as owner:
        owner.execute(sql.SQL("SET LOCAL lock_timeout = {}").format(sql.Literal(LOCK_WAIT)))
        tables = _tables_with_pages(owner)
        if not tables:
            return
        with _unguarded(owner, {*tables, *standing.rows}):
            names = sql.SQL(", ").join(sql.Identifier(table) for table in tables)
            owner.execute(sql.SQL("TRUNCATE {} RESTART IDENTITY CASCADE").format(names))
            for table, content in standing.rows.items():
                _copy_in(owner, table, content)
            _go_on_counting(owner, list(standing.rows))
            owner.execute("SET CONSTRAINTS ALL IMMEDIATE")


def _migrate(name: str, owner_url: str, app_url: str, environ: Mapping[str, str]) -> None:
    owner, app = with_name(owner_url, name), with_name(app_url, name)
    with psycopg.connect(owner, autocommit=True) as connection:
        for extension in ("btree_gist", "pg_trgm"):
            connection.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(extension)))
        grant_standing_privileges(connection, str(urlsplit(app).username))
    run_step(
        [sys.executable, "-m", "django", "migrate", "--no-input", "--skip-checks", "--verbosity", "0"],
        {**environ, "DATABASE_URL": app, "DATABASE_OWNER_URL": owner, "NOABER_AS_OWNER": "1"},
        "The tables for the tests cannot be made",
    )


def _tables_with_pages(owner: Connection) -> list[str]:
    """The tables that hold or held rows, by their size on disk: row-level security does not hide that."""
    rows = owner.execute(
        """
        SELECT c.relname FROM pg_class c
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
          AND c.relname <> 'django_migrations' AND pg_relation_size(c.oid) > 0
        ORDER BY c.relname
        """
    ).fetchall()
    return [str(name) for (name,) in rows]


@contextlib.contextmanager
def _unguarded(owner: Connection, tables: set[str]) -> Iterator[None]:
    """Lift triggers and forced row-level security for a moment, within the transaction."""
    guarded = owner.execute(
        """
        SELECT c.relname, c.relforcerowsecurity,
               EXISTS (SELECT 1 FROM pg_trigger t WHERE t.tgrelid = c.oid AND NOT t.tgisinternal)
        FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
        """
    ).fetchall()
    force = [str(name) for name, forced, _ in guarded if forced]
    triggers = [str(name) for name, _, has in guarded if has]
    _alter(owner, force, "NO FORCE ROW LEVEL SECURITY")
    _alter(owner, triggers, "DISABLE TRIGGER USER")
    yield
    _alter(owner, triggers, "ENABLE TRIGGER USER")
    _alter(owner, force, "FORCE ROW LEVEL SECURITY")


def _alter(owner: Connection, tables: list[str], action: str) -> None:
    for table in tables:
        owner.execute(sql.SQL("ALTER TABLE {} {}").format(sql.Identifier(table), sql.SQL(action)))


def _copy_out(owner: Connection, table: str) -> bytes:
    with contextlib.suppress(psycopg.errors.WrongObjectType):
        owner.execute(sql.SQL("ALTER TABLE {} NO FORCE ROW LEVEL SECURITY").format(sql.Identifier(table)))
    with owner.cursor().copy(sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(table))) as copy:
        return b"".join(bytes(part) for part in copy)


def _copy_in(owner: Connection, table: str, content: bytes) -> None:
    with owner.cursor().copy(sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(table))) as copy:
        copy.write(content)


def _go_on_counting(owner: Connection, tables: list[str]) -> None:
    """Let the numbers that a table gives out itself go on after the rows that were put back."""
    counters = owner.execute(
        """
        SELECT s.oid::regclass::text, t.relname, a.attname FROM pg_class s
        JOIN pg_depend d ON d.objid = s.oid AND d.deptype IN ('a', 'i')
        JOIN pg_class t ON t.oid = d.refobjid AND t.relname = ANY(%s)
        JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = d.refobjsubid
        WHERE s.relkind = 'S' AND t.relnamespace = 'public'::regnamespace
        """,
        [tables],
    ).fetchall()
    for counter, table, column in counters:
        highest = sql.SQL("SELECT setval({}, coalesce(max({}), 0) + 1, false) FROM {}").format(
            sql.Literal(counter), sql.Identifier(column), sql.Identifier(table)
        )
        owner.execute(highest)


def _exists(owner: Connection, name: str) -> bool:
    return owner.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone() is not None


def _drop(owner: Connection, name: str) -> None:
    """Drop a database with whoever is connected to it.

    PostgreSQL's own vacuum may be at work there for a moment; only a superuser may end that, so we wait.
    """
    statement = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
    deadline = time.monotonic() + DROP_SECONDS
    while True:
        try:
            owner.execute(statement)
            return
        except (psycopg.errors.InsufficientPrivilege, psycopg.errors.ObjectInUse):
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)
