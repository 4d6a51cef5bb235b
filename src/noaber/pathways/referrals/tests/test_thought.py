"""A practice comes from a wait: the programme and what can start meanwhile stand ready with her wishes."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client

from noaber.hallway.access.types import Role
from noaber.hallway.accounts.tests.signing import enter
from noaber.network.partners.factories import make_municipality, make_organisation, make_region, make_staff
from noaber.offer.care_programmes.factories import make_programme, make_report
from noaber.offer.self_help.factories import make_module

pytestmark = pytest.mark.django_db


def test_the_thought_stands_ready_and_says_what_can_start(client: Client) -> None:
    region = make_region()
    make_municipality(region)
    made = make_programme(make_organisation(region, "Dimence Groep"), "Rust", diagnosis_group="5")
    make_report(made)
    make_module(region, "Rustig worden")
    enter(client, make_staff(make_organisation(region, "Praktijk De Linde"), "Noor", Role.REFERRER))
    page = client.get(f"/verwijzen/?programma={made.pk}").content.decode()
    assert "Wij denken aan Rust bij Dimence Groep. Kan deze week al: Rustig worden." in page


@pytest.mark.parametrize("given", ["", "nergens", "elsewhere", "guessed"])
def test_what_is_not_of_this_region_is_no_thought(client: Client, given: str) -> None:
    region = make_region()
    make_municipality(region)
    elsewhere = make_programme(make_organisation(make_region("groningen", "Noord"), "Lentis"), "Rust")
    enter(client, make_staff(make_organisation(region, "Praktijk De Linde"), "Noor", Role.REFERRER))
    asked = {"elsewhere": str(elsewhere.pk), "guessed": str(uuid4())}.get(given, given)
    answer = client.get(f"/verwijzen/?programma={asked}")
    assert answer.status_code == 200
    assert "Wij denken aan" not in answer.content.decode()
