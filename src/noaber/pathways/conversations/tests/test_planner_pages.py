"""What the planner sees and does, through the pages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings


from noaber.hallway.outbox.services import inline
from noaber.pathways.conversations.factories import World, make_world, refer
from noaber.pathways.conversations.models import Conversation
from noaber.pathways.conversations.tests.browsing import signed_in

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 7, 1, 8, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _today(settings: Settings) -> None:
    settings.FIXED_NOW = NOW


def test_smoke() -> None:
    world = make_world()
    with inline():
        sent = refer(world, now=NOW)
    client = signed_in(world.ilse)
    answer = client.get("/planbord/")
    assert answer.status_code == 200, answer.content.decode()[:3000]
    answer = client.get(f"/planbord/{sent.help_request_id}/")
    assert answer.status_code == 200
