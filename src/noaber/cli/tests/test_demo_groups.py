"""The groups of the demo: around today, of every kind, with nobody in two places at once."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.db.models import Count
from pytest_django import Settings

from noaber.cli.demo_world import groups
from noaber.cli.rooms import load_region_folder
from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.hallway.access.types import Role
from noaber.hallway.outbox.services import inline
from noaber.network.partners.models import Membership, Municipality, Region
from noaber.network.residents.factories import make_resident
from noaber.offer.groups import queries
from noaber.offer.groups.models import Attendance, Enrolment, Group, LeaderHours, Session

NOW = datetime(2027, 7, 1, 9, 10, tzinfo=ZoneInfo("Europe/Amsterdam"))


@pytest.fixture
def twente(db: None, settings: Settings) -> Region:
    settings.FIXED_NOW = NOW
    load_region_folder(settings.REGIONS_DIR / "twente", now=clock.now())
    region = Region.objects.get(slug="twente")
    almelo = Municipality.objects.get(region=region, slug="almelo")
    for number in range(40):
        make_resident(almelo, f"Inwoner {number}")
    return region


def test_sixty_groups_of_every_kind_stand_around_today(twente: Region) -> None:
    with gate.as_system("een proef"), inline():
        groups.fill(twente, clock.today(), scale=1.0)
        groups.fill(twente, clock.today(), scale=1.0)
        assert Group.objects.count() == 60
        assert set(Group.objects.values_list("kind", flat=True)) == set(Group.Kind.values)
        towns = Group.objects.exclude(municipality=None).values("municipality").distinct().count()
        assert towns == Municipality.objects.filter(region=twente).count()
        assert set(Enrolment.objects.values_list("status", flat=True)) >= {"placed", "waiting", "asked"}
        assert Attendance.objects.count() > 500
        assert LeaderHours.objects.count() > 100
        assert not Group.objects.filter(service_id=None).exists()
        assert not Group.objects.annotate(n=Count("leaders")).filter(n=0).exists()
    found = queries.catalogue(twente.pk, queries.Wanted(), now=clock.now())
    assert len(found) > 25
    assert any(card.places.open_to_new for card in found)


def test_the_first_leader_has_a_session_today_and_somebody_organises(twente: Region) -> None:
    with gate.as_system("een proef"), inline():
        groups.fill(twente, clock.today(), scale=0.03)
        today = clock.at(clock.today(), 0), clock.at(clock.today(), 23, 59)
        led = Session.objects.filter(led_by__account__name="Anke Hesselink", during__startswith__range=today)
        assert led.exists()
        assert Group.objects.count() == groups.SMALL
    assert Membership.objects.filter(role=Role.GROUP_ORGANISER, account__is_demo=True).count() == 1
