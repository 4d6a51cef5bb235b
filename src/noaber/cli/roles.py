"""The roles, the database and the privileges that Noaber needs in PostgreSQL.

Two roles, neither of them a superuser: `noaber_owner` owns the tables and changes them in migrations,
`noaber_app` reads and writes rows and is bound by row-level security.
"""

from typing import Any

import psycopg
from psycopg import sql

from noaber.cli.postgres import DATABASE, Cluster

OWNER = "noaber_owner"
APP = "noaber_app"
EXTENSIONS = ("btree_gist", "pg_trgm")
SETTING_UP = 0x6E6F6162
"""The lock in PostgreSQL that lets one command at a time set up; it is let go with the connection."""


def set_up_database(cluster: Cluster) -> None:
    """Make the roles, the database, its extensions and the privileges; safe to run at every start."""
    with cluster.connect() as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", (SETTING_UP,))
        _create_role(connection, OWNER, cluster.secrets.owner_password, sql.SQL("CREATEDB"))
        _create_role(connection, APP, cluster.secrets.app_password, sql.SQL("NOCREATEDB"))
        if not _exists(connection, "SELECT 1 FROM pg_database WHERE datname = %s", DATABASE):
            connection.execute(
                sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(DATABASE), sql.Identifier(OWNER))
            )
        if not _exists(connection, "SELECT 1 WHERE pg_has_role(%s, 'noaber_app', 'MEMBER')", OWNER):
            connection.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(APP), sql.Identifier(OWNER)))
    with cluster.connect(DATABASE) as connection:
        for name in EXTENSIONS:
            connection.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(name)))
    with psycopg.connect(cluster.urls.owner, autocommit=True) as connection:
        grant_standing_privileges(connection, APP)


def grant_standing_privileges(owner: psycopg.Connection[Any], app_role: str) -> None:
    """Let the application's role read and write the rows of every table that the owner makes from now on.

    Migrations take back what the application may not do, such as changing the audit log.
    """
    role = sql.Identifier(app_role)
    # Two commands that start together would change the same catalogue row: "tuple concurrently updated".
    owner.execute("SELECT pg_advisory_lock(%s)", (SETTING_UP,))
    for statement in (
        "GRANT USAGE ON SCHEMA public TO {}",
        "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {}",
        "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {}",
        "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT EXECUTE ON FUNCTIONS TO {}",
    ):
        owner.execute(sql.SQL(statement).format(role))
    owner.execute("SELECT pg_advisory_unlock(%s)", (SETTING_UP,))


def role_flags(connection: psycopg.Connection[Any]) -> tuple[str, bool, bool]:
    """Who this connection is: the name, whether it is a superuser, whether it passes row-level security."""
    row = connection.execute(
        "SELECT rolname, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user"
    ).fetchone()
    if row is None:
        raise LookupError("the database does not know the role of this connection")
    return str(row[0]), bool(row[1]), bool(row[2])


def _create_role(connection: psycopg.Connection[Any], name: str, password: str, extra: sql.SQL) -> None:
    if _exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = %s", name):
        return
    connection.execute(
        sql.SQL("CREATE ROLE {} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE {} PASSWORD {}").format(
            sql.Identifier(name), extra, sql.Literal(password)
        )
    )


def _exists(connection: psycopg.Connection[Any], query: str, *parameters: str) -> bool:
    return connection.execute(query, parameters).fetchone() is not None
