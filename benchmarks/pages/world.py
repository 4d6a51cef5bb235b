"""A database of its own with an invented region, and a session for each role; gone when the run ends."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from psycopg import sql

from noaber.cli import django_door
from noaber.cli.checks import LEFT_TO_TESTS
from noaber.cli.installation import child_environment
from noaber.cli.postgres import Cluster, DatabaseUrls
from noaber.cli.printing import say
from noaber.cli.roles import set_up_database
from noaber.cli.running import REGIONS
from noaber.cli.state import current_state, load_secrets
from noaber.cli.supervisor import only_one
from noaber.cli.throwaway import copy_of_template, template_name

REGION = "twente"
NOW = "2027-07-01T10:00:00+02:00"


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the journey: what it is called, its path, and the role that opens it (empty: anyone)."""

    name: str
    path: str
    role: str = ""


PAGES = (
    Page("start", "/"),
    Page("referral form", "/verwijzen/", "referrer"),
    Page("my question", "/mijn/vraag/", "resident"),
    Page("planner's board", "/planbord/", "planner"),
    Page("worklist", "/gesprekken/", "guide"),
    Page("KPI list", f"/regio/{REGION}/kpis/", "programme_manager"),
    Page("KPI detail", f"/regio/{REGION}/kpis/11/", "programme_manager"),
)


@dataclass(frozen=True, slots=True)
class World:
    """Everything that a server and a visitor need: settings, and a session key for each role."""

    environment: dict[str, str]
    sessions: dict[str, str]
    requests_for_help: int


@contextmanager
def world(scale: float) -> Iterator[World]:
    """Our own PostgreSQL with a fresh database, the region and `scale` times two years of invented life."""
    state = current_state()
    with only_one(state, "bench", "A benchmark already runs from this folder."):
        cluster = Cluster(state, load_secrets(state), "bench")
        cluster.start()
        try:
            set_up_database(cluster)
            _drop_left_databases(cluster)
            outside = _outside()
            os.environ.update(child_environment(state, cluster.urls, environ=outside))  # for the migrations
            with copy_of_template(cluster.urls.owner, cluster.urls.app, "bench") as urls:
                environment = child_environment(state, DatabaseUrls(urls.app, urls.owner), environ=outside)
                environment |= {"NOABER_DEMO": "1", "NOABER_NOW": NOW, "NOABER_MAIL_URL": "database:"}
                rooms = django_door.open_rooms(environment)
                try:
                    yield _fill(rooms, environment, scale)
                finally:
                    rooms.leave()
        finally:
            cluster.stop()


def _outside() -> dict[str, str]:
    """The environment of the person at the terminal, without anything that names another database or day."""
    return {name: value for name, value in os.environ.items() if name not in LEFT_TO_TESTS}


def _drop_left_databases(cluster: Cluster) -> None:
    """Drop what a killed run left behind."""
    with cluster.connect() as connection:
        left = connection.execute(
            "SELECT datname FROM pg_database WHERE datname ~ '^noaber_(test|template)_' AND datname <> %s",
            (template_name(),),
        ).fetchall()
        for (name,) in left:
            connection.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
            )


def _fill(rooms: Any, environment: dict[str, str], scale: float) -> World:
    from noaber.hallway.access import gate
    from noaber.network.residents.models import HelpRequest

    rooms.load_region_folder(REGIONS / REGION, now=rooms.clock.now())
    rooms.demo_world.seed(REGION, say, scale=scale)
    with gate.as_system("benchmark: tellen"):
        total = HelpRequest.objects.count()
    return World(environment, _sessions(), total)


def _sessions() -> dict[str, str]:
    """A session for one person in each role, written straight to the database.

    Signing in is no part of what is measured: a session holds what the sign-in pages would have put there,
    both steps taken.
    """
    from noaber.hallway import clock
    from noaber.hallway.access import gate
    from noaber.hallway.accounts.models import Account
    from noaber.network.partners.models import Membership

    wanted = {page.role for page in PAGES if page.role}
    with gate.as_system("benchmark: sessies maken"):
        found = {
            role: Account.objects.filter(
                is_demo=True,
                pk__in=Membership.objects.filter(role=role, period__contains=clock.today()).values(
                    "account_id"
                ),
            )
            .order_by("name")
            .first()
            for role in wanted - {"resident"}
        }
        found["resident"] = (
            Account.objects.filter(is_demo=True, resident__isnull=False).order_by("name").first()
        )
        missing = sorted(role for role, account in found.items() if account is None)
        if missing:
            raise SystemExit(f"The invented world has nobody for: {', '.join(missing)}.")
        return {role: _session_of(account) for role, account in found.items()}


def _session_of(account: Any) -> str:
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from noaber.hallway.accounts import second_step
    from noaber.hallway.accounts.services import BACKEND

    session = SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = BACKEND
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session[second_step.SESSION_KEY] = True
    session.create()
    return str(session.session_key)
