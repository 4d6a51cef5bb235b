"""The cast can be made, and stands under the same locks as real people."""

from __future__ import annotations

import pytest

from noaber.hallway.access.types import Role
from noaber.network.partners.factories import make_municipality, make_organisation, make_region, make_staff
from noaber.network.residents.factories import as_it_stands, give_holder, make_help_request, make_resident
from noaber.network.residents.models import HelpRequest

pytestmark = pytest.mark.django_db


def test_a_made_request_is_hidden_from_a_connection_that_does_not_say_who_asks() -> None:
    region = make_region()
    office = make_organisation(region, "Netwerkbureau", "network", roles=["planning_office"])
    thread = make_help_request(make_resident(make_municipality(region)), planning_office=office)
    assert not HelpRequest.objects.filter(pk=thread.pk).exists()
    assert as_it_stands(thread.pk).resident.name == "Fatma Yilmaz"


def test_a_made_holder_holds() -> None:
    region = make_region()
    organisation = make_organisation(region)
    sanne = make_staff(organisation, "Sanne Bakker", Role.GUIDE)
    thread = make_help_request(make_resident(make_municipality(region)), practice=organisation)
    give_holder(thread, sanne, organisation)
    assert as_it_stands(thread.pk).holder_id == sanne.pk
