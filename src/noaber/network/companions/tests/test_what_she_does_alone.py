"""What a helper may not do, whatever both of them click."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import Settings

from noaber.ground.errors import Conflict
from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor, Kind
from noaber.hallway.accounts.tests.signing import enter
from noaber.network.companions.factories import NOW, SupportPoint, make_support_point

HENK = Actor(
    kind=Kind.RESIDENT,
    resident_id=uuid4(),
    assisted_by="Henk Oude Vrielink",
    assisted_by_id=uuid4(),
    assisted_organisation="Ixta Noa",
    assisted_organisation_id=uuid4(),
)
HERSELF = Actor(kind=Kind.RESIDENT, resident_id=uuid4())


def test_a_consent_for_the_helpers_own_organisation_asks_her_pin_again() -> None:
    with pytest.raises(gate.SecondLook):
        gate.look_twice(HENK, HENK.assisted_organisation_id)
    gate.look_twice(replace(HENK, looked_twice=True), HENK.assisted_organisation_id)


def test_so_does_one_for_another_place_where_the_helper_works() -> None:
    elsewhere = uuid4()
    helper = replace(HENK, assisted_also=(uuid4(), elsewhere))
    with pytest.raises(gate.SecondLook):
        gate.look_twice(helper, elsewhere)
    gate.look_twice(replace(helper, looked_twice=True), elsewhere)


def test_a_consent_for_another_organisation_does_not() -> None:
    gate.look_twice(HENK, uuid4())


def test_on_her_own_nothing_is_asked_again() -> None:
    gate.look_twice(HERSELF, HENK.assisted_organisation_id)
    gate.look_twice_at_all(HERSELF)
    gate.only_herself(HERSELF)


def test_her_keys_and_erasing_are_hers_alone_also_with_her_pin() -> None:
    for actor in (HENK, replace(HENK, looked_twice=True)):
        with pytest.raises(Conflict):
            gate.only_herself(actor)


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["/mijn/aanmelden/pincode/", "/mijn/gegevens/wissen/"])
def test_those_pages_say_why_not(page: str, settings: Settings) -> None:
    settings.FIXED_NOW = NOW
    point: SupportPoint = make_support_point()
    henk = Client()
    enter(henk, point.henk)
    henk.post("/samen/", {"code": point.card.code, "pin": point.card.pin})
    for answer in (henk.get(page), henk.post(page, {"pin": "zonnebloem", "again": "zonnebloem"})):
        assert answer.status_code == 409
        assert "Dit doet u alleen zelf" in answer.content.decode()
