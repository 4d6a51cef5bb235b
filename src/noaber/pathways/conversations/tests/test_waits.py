"""How long people wait: whole days, enough people, nobody to be found."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from noaber.hallway.access import gate
from noaber.hallway.outbox.services import inline
from noaber.network.partners.factories import make_municipality
from noaber.network.partners.models import Municipality
from noaber.network.residents.models import HelpRequest
from noaber.pathways.conversations.factories import World, book_first, hold, make_world, refer
from noaber.pathways.conversations.models import Conversation
from noaber.pathways.conversations.tests.pages import NOW
from noaber.pathways.conversations.waits import percentile, wait_figure

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


def held_after(world: World, days: int, place: Municipality, *, ago: int = 1) -> None:
    """One person, received that many days before a conversation that was held `ago` days ago."""
    received = NOW - timedelta(days=ago + days)
    with inline():
        sent = refer(world, now=received, key=f"{place.pk}{days}{ago}")
        conversation_id = book_first(world, sent.help_request_id, now=received)
        hold(world, conversation_id, now=Conversation.objects.get(pk=conversation_id).period.upper)
    move_to(conversation_id, place, NOW - timedelta(days=ago))


def move_to(conversation_id: UUID, place: Municipality, held_at: datetime) -> None:
    with gate.as_system("test"):
        row = Conversation.objects.get(pk=conversation_id)
        Conversation.objects.filter(pk=row.pk).update(held_at=held_at, municipality=place)
        HelpRequest.objects.filter(pk=row.help_request_id).update(municipality=place)


@pytest.mark.parametrize(
    ("days", "half", "most"),
    [([7], 7, 7), ([1, 2], 1, 2), (list(range(1, 11)), 5, 9), ([3] * 9 + [40], 3, 3)],
)
def test_a_percentile_is_a_wait_that_someone_had(days: list[int], half: int, most: int) -> None:
    assert (percentile(days, 50), percentile(days, 90)) == (half, most)


def test_a_municipality_with_enough_people_has_its_own_figure(world: World) -> None:
    for days in (2, 4, 6, 8, 10):
        held_after(world, days, world.almelo)
    found = wait_figure(world.region.pk, world.almelo.pk, NOW)
    assert found is not None
    assert (found.place, found.n, found.p50_days, found.p90_days) == ("Almelo", 5, 6, 10)


def test_fewer_than_five_people_are_never_shown_apart(world: World) -> None:
    for days in (2, 4, 6, 8):
        held_after(world, days, world.almelo)
    assert wait_figure(world.region.pk, world.almelo.pk, NOW) is None


def test_a_small_municipality_gets_the_region_with_a_rounded_number(world: World) -> None:
    small = make_municipality(world.region, "Kleindorp")
    for days in range(1, 13):
        held_after(world, days, world.almelo)
    held_after(world, 3, small, ago=2)
    found = wait_figure(world.region.pk, small.pk, NOW)
    assert found is not None
    assert (found.place, found.n) == ("", 10)


def test_what_was_held_longer_ago_does_not_count(world: World) -> None:
    for days in (2, 4, 6, 8, 10):
        held_after(world, days, world.almelo, ago=91)
    assert wait_figure(world.region.pk, world.almelo.pk, NOW) is None
