"""The demo of forming groups: people of several organisations, one group started, one fell, one is asked."""

from __future__ import annotations

from datetime import date

import pytest

from noaber.cli.demo_world import forming
from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.hallway.access.types import Role
from noaber.network.partners.factories import (
    make_account,
    make_member,
    make_municipality,
    make_organisation,
    make_region,
)
from noaber.offer.groups.models import FitGapReport, Group, GroupProposal, WaitingFor

SPOTS = {"Almelo": (52.357, 6.662), "Wierden": (52.359, 6.593), "Enschede": (52.221, 6.893)}
SPOTS |= {"Hengelo": (52.266, 6.793), "Borne": (52.301, 6.748), "Tubbergen": (52.407, 6.784)}


@pytest.mark.django_db
def test_the_demo_has_a_group_from_three_lists_one_that_fell_and_one_that_is_asked() -> None:
    region = make_region()
    for name, (latitude, longitude) in SPOTS.items():
        make_municipality(region, name, latitude=latitude, longitude=longitude)
    names = ("Dimence Groep", "Mediant", "Tactus", "Avedan", "Ixta Noa", "Wijkracht", "RIBW")
    homes = {name: make_organisation(region, name) for name in names}
    bureau = make_organisation(region, "Netwerkbureau")
    began = date(2026, 1, 1)
    make_member(make_account("Ruud"), bureau, Role.GROUP_ORGANISER, began)
    make_member(make_account("Joris"), bureau, Role.PROGRAMME_MANAGER, began)
    for home in list(homes.values())[:5]:
        make_member(make_account(f"Begeleider {home.name}"), home, Role.GROUP_LEADER, began)
    forming.fill(region, clock.today())
    states = sorted(GroupProposal.objects.values_list("state", flat=True))
    assert states == ["asked", "fallen", "started"]
    group = Group.objects.get()
    assert len(set(group.leaders.values_list("organisation_id", flat=True))) == 2
    assert FitGapReport.objects.get().number == 1
    with gate.as_system("kijken in een proef"):
        assert len(set(WaitingFor.objects.values_list("organisation_id", flat=True))) >= 6


@pytest.mark.django_db
def test_a_region_without_somebody_who_forms_groups_has_none() -> None:
    forming.fill(make_region(), clock.today())
    assert not GroupProposal.objects.exists()
