"""`./noaber search`: what it finds near a place, as data."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from noaber.cli import rooms
from noaber.network.partners.factories import make_municipality, make_region
from noaber.offer.directory.factories import make_service

NOW = datetime(2027, 7, 1, 10, tzinfo=UTC)


@pytest.mark.django_db
def test_it_finds_a_mistyped_thing_near_a_mistyped_place_and_says_why() -> None:
    region = make_region()
    here = make_municipality(region, "Enschede", latitude=52.22, longitude=6.89)
    there = make_municipality(region, "Hardenberg", latitude=52.57, longitude=6.62)
    make_service(region, "Wandelgroep Zuid", here)
    make_service(region, "Wandelgroep Noord", there)
    found = rooms.find_offer("twente", "wandelgrop", "Enscede", limit=10, now=NOW)
    assert found["near"] == "Enschede"
    assert found["corrected"] == "wandelgroep"
    assert [(hit["name"], hit["distance_km"]) for hit in found["hits"]] == [("Wandelgroep Zuid", 0.0)]
    assert "spelling" in found["hits"][0]["why"]


@pytest.mark.django_db
def test_an_unknown_region_and_an_unknown_place_are_told_apart() -> None:
    make_region()
    assert rooms.find_offer("nergens", "koor", "", limit=10, now=NOW) is None
    assert rooms.find_offer("twente", "koor", "Parijs", limit=10, now=NOW)["near"] is None
