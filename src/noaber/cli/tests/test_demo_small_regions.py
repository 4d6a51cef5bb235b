"""The demo also runs for a region that is not the main one: a small world, without its cast."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytest_django import Settings

from noaber.cli.demo_world.world import is_seeded, seed
from noaber.cli.rooms import load_region_folder
from noaber.hallway import clock
from noaber.pathways.conversations.models import Conversation

REGIONS = Path(__file__).parents[4] / "regions"


@pytest.mark.django_db
@pytest.mark.parametrize("slug", ["groningen", "centraal-gelderland"])
def test_a_small_region_gets_its_world(slug: str, settings: Settings) -> None:
    settings.DEMO, settings.FIXED_NOW = True, datetime(2027, 7, 1, 9, 0, tzinfo=UTC)
    load_region_folder(REGIONS / slug, now=clock.now())
    seed(slug, lambda _words: None)
    assert is_seeded(slug)
    assert Conversation.objects.filter(region__slug=slug, state="held").exists()
