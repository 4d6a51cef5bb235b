"""KPIs 8 and 9 of Centraal Gelderland are counted live, and open to the evidence without a person."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from noaber.hallway.access import gate
from noaber.hallway.access.types import Role
from noaber.hallway.audit.models import AuditEntry
from noaber.knowledge.regions import read_region
from noaber.network.partners.factories import make_account, make_member, make_organisation, make_staff
from noaber.network.partners.models import Municipality, Region
from noaber.network.partners.services_region import load_region
from noaber.offer.neighbourhood.factories import make_area, seat
from noaber.offer.neighbourhood.metrics import METRICS
from noaber.offer.routes import factories as routes
from noaber.steering.kpis.queries import kpi_values
from noaber.steering.kpis.services import load_kpis

pytestmark = pytest.mark.django_db

NOW = datetime(2027, 7, 1, 8, 0, tzinfo=UTC)
NAMES = ("Jip Arends", "Ria Koopal", "Marijn Kolk", "Truus Wegwijs", "Berta Wegwijs")


@pytest.fixture(autouse=True)
def fixed_day(settings: Any) -> None:
    settings.FIXED_NOW = NOW


@pytest.fixture
def region() -> Region:
    files = read_region(settings.REGIONS_DIR / "centraal-gelderland")
    load_region(files, now=NOW)
    load_kpis(files)
    return Region.objects.get(slug="centraal-gelderland")


def team(region: Region, name: str, people: int, from_on: date, **more: Any) -> None:
    """An area in Arnhem with a team of so many from this day."""
    arnhem = Municipality.objects.get(region=region, slug="arnhem")
    home = make_organisation(region, f"Thuis van {name}", "social_work")
    area = make_area(arnhem, name, **{"pilot": True, **more})
    for number in range(people):
        account = make_account(NAMES[number])
        make_member(account, home, Role.KWARTIERMAKER)
        seat(area, account, home, from_on)


def wayfinder(*given: Any, **more: Any) -> None:
    """Somebody who agreed to be named."""
    with gate.as_system("een wegwijzer voor een proef"):
        routes.make_wayfinder(*given, **more)


def value(number: str) -> Any:
    return next(v for v in kpi_values("centraal-gelderland", NOW) if v.number == number)


def test_a_pilot_neighbourhood_counts_when_a_team_of_two_worked_in_time(region: Region) -> None:
    assert (value("9").value, value("9").standing.code) == (0.0, "bound_missed")
    team(region, "Presikhaaf", 2, date(2026, 3, 2))
    team(region, "Malburgen", 3, date(2026, 9, 30))
    team(region, "Te laat", 2, date(2026, 10, 1))
    team(region, "Alleen", 1, date(2026, 3, 2))
    team(region, "Geen pilot", 2, date(2026, 3, 2), pilot=False)
    found = value("9")
    assert (found.value, found.n, found.standing.code, found.things) == (2.0, 2, "target_reached", "wijken")


def test_the_same_person_twice_is_no_team(region: Region) -> None:
    arnhem = Municipality.objects.get(region=region, slug="arnhem")
    home = make_organisation(region, "Thuis in Arnhem", "social_work")
    area = make_area(arnhem, "Presikhaaf", pilot=True)
    account = make_account("Jip Arends")
    seat(area, account, home, date(2026, 1, 1), date(2026, 4, 1))
    seat(area, account, home, date(2026, 5, 1))
    metric = METRICS[0]
    assert metric.count(region.pk, date(2026, 1, 1), date(2026, 9, 30), NOW).value == 0.0
    assert metric.waiting(region.pk, date(2026, 1, 1), date(2026, 9, 30), NOW) == 1


def test_what_was_not_known_yet_is_not_counted_back_then(region: Region) -> None:
    team(region, "Presikhaaf", 2, date(2026, 3, 2))
    before = datetime(2026, 2, 1, tzinfo=UTC)
    count = METRICS[0].count
    assert count(region.pk, date(2026, 1, 1), date(2026, 9, 30), before).value == 0.0
    assert count(region.pk, date(2026, 1, 1), date(2026, 9, 30), NOW).value == 1.0


def test_a_network_of_wayfinders_has_started_with_two(region: Region) -> None:
    arnhem = Municipality.objects.get(region=region, slug="arnhem")
    home = make_organisation(region, "Thuis in Arnhem", "sociaal_werk_en_welzijn")
    spring = {"begins_on": date(2026, 4, 1), "recorded_at": datetime(2026, 4, 1, tzinfo=UTC)}
    wayfinder(home, arnhem, **spring)
    assert (value("8").value, value("8").n) == (0.0, 1)
    wayfinder(home, arnhem, "Berta Wegwijs", **spring)
    wayfinder(home, arnhem, "Te Laat", begins_on=date(2026, 7, 1), recorded_at=NOW)
    assert (value("8").value, value("8").n, value("8").standing.code) == (1.0, 2, "target_reached")


def test_the_pages_of_both_open_to_the_evidence_and_name_nobody(region: Region, client: Client) -> None:
    team(region, "Presikhaaf", 2, date(2026, 3, 2))
    arnhem = Municipality.objects.get(region=region, slug="arnhem")
    home = make_organisation(region, "Thuis in Arnhem", "sociaal_werk_en_welzijn")
    spring = {"begins_on": date(2026, 4, 1), "recorded_at": datetime(2026, 4, 1, tzinfo=UTC)}
    for name in NAMES[3:]:
        wayfinder(home, arnhem, name, **spring)
    office = make_organisation(region, "Netwerkbureau", "network")
    client.force_login(
        make_staff(office, "Marijn Steller", Role.PROGRAMME_MANAGER),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    session = client.session
    session["second_factor"] = True
    session.save()
    for number, shown in (("8", "wegwijzers"), ("9", "Presikhaaf, Arnhem")):
        one = client.get(f"/regio/centraal-gelderland/kpis/{number}/").content.decode()
        listed = client.get(f"/regio/centraal-gelderland/kpis/{number}/waaruit/").content.decode()
        assert "Bekijk wat er is geteld" in one
        assert shown in listed
        link = listed.split(f'href="/regio/centraal-gelderland/kpis/{number}/waaruit/')[1].split('"')[0]
        item = client.get(f"/regio/centraal-gelderland/kpis/{number}/waaruit/{link}")
        assert item.status_code == 200
        for page in (one, listed, item.content.decode()):
            assert not [name for name in NAMES if name in page]
            assert "gesprek" not in page.split("<main")[1].split("</main")[0].lower()
    assert AuditEntry.objects.filter(event_type="kpi.items.read").count() == 4
