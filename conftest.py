"""What every test may count on: a database of its own, entered as the application's role.

`./noaber test` starts a PostgreSQL for the tests and passes its addresses in DATABASE_OWNER_URL and
DATABASE_URL.
"""

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connections
from django.test import TransactionTestCase
from pytest_django import DjangoDbBlocker

from noaber.cli.throwaway import TestUrls, copy_of_template, empty_tables, standing_rows

ASKED = {"db", "transactional_db", "owner_connection", "django_db_setup", "test_urls"}
"""The fixtures with which a test asks for the database; a mark asks for the first or the second."""


def pytest_configure() -> None:
    """Quick password hashes: the tests make hundreds of accounts and none of their passwords is secret."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session")
def _ledgers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("ledgers")


@pytest.fixture(autouse=True)
def _own_ledger(_ledgers: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test has a ledger of its own: the database of a test forgets its marks when the test ends."""
    folder = _ledgers / uuid.uuid4().hex
    monkeypatch.setattr(settings, "LEDGER_DIR", folder)
    monkeypatch.setenv("NOABER_LEDGER_DIR", str(folder))


@pytest.fixture(autouse=True)
def _no_database_unasked(
    request: pytest.FixtureRequest, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """A test of a room that did not ask for the database gets none: what it wrote would stay for others."""
    of_a_room = Path(str(request.path)).is_relative_to(Path(__file__).parent / "src")
    asked = request.node.get_closest_marker("django_db") or ASKED & set(request.fixturenames)
    if not of_a_room or asked:
        yield
        return
    with django_db_blocker.block():
        yield


@pytest.fixture(scope="session")
def test_urls(request: pytest.FixtureRequest) -> Iterator[TestUrls]:
    """The addresses of this process's own database, for the application and for the owner of the tables."""
    owner, app = os.environ.get("DATABASE_OWNER_URL", ""), os.environ.get("DATABASE_URL", "")
    if not owner or not app or owner == app:
        pytest.exit(
            "The tests need DATABASE_OWNER_URL and DATABASE_URL. Start them with ./noaber test.", returncode=2
        )
    label = str(getattr(request.config, "workerinput", {}).get("workerid", "main"))
    with copy_of_template(owner, app, label) as urls:
        yield urls


@pytest.fixture(scope="session")
def django_db_setup(test_urls: TestUrls, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Point Django, and every program that a test starts, at this process's own database."""
    standing = standing_rows(test_urls.owner)

    def back_to_fresh(_case: TransactionTestCase) -> None:
        empty_tables(test_urls.owner, standing)

    outer = pytest.MonkeyPatch()
    outer.setenv("DATABASE_URL", test_urls.app)
    outer.setenv("DATABASE_OWNER_URL", test_urls.owner)
    outer.setattr(TransactionTestCase, "_fixture_teardown", back_to_fresh)
    with django_db_blocker.unblock():
        connections["default"].close()
        connections["default"].settings_dict["NAME"] = test_urls.name
        settings.DATABASES["default"]["NAME"] = test_urls.name
        yield
        connections.close_all()
    outer.undo()


@pytest.fixture
def owner_connection(django_db_setup: None, test_urls: TestUrls) -> Iterator[psycopg.Connection]:
    """A connection as the owner of the tables, for what the application's role may not see or do."""
    with psycopg.connect(test_urls.owner, autocommit=True) as connection:
        yield connection
