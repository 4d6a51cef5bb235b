"""The world of the security tests: built once for each module, in a transaction that is never committed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import connection, transaction
from pytest_django import DjangoDbBlocker
from tests.security import world as worlds


@pytest.fixture(scope="module", autouse=True)
def fixed_clock() -> Iterator[None]:
    """Every page believes it is the first of July 2027."""
    outer = pytest.MonkeyPatch()
    outer.setattr(settings, "FIXED_NOW", worlds.NOW)
    outer.setattr(settings, "ALLOWED_HOSTS", ["testserver"])
    yield
    outer.undo()


@pytest.fixture(scope="module")
def standing_world(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, fixed_clock: None
) -> Iterator[worlds.World]:
    """The world itself; tests take `world`, which forgets what they did."""
    with django_db_blocker.unblock():
        with transaction.atomic():
            yield worlds.build()
            transaction.set_rollback(True)
        connection.close()


@pytest.fixture
def world(standing_world: worlds.World) -> Iterator[worlds.World]:
    """The world; whatever a test does to it is rolled back, and nobody has been named to the database yet."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT set_config('app.account', '', true), set_config('app.resident', '', true), "
                "set_config('app.organisations', '', true), set_config('app.scope', '', true)"
            )
        yield standing_world
        transaction.set_rollback(True)
