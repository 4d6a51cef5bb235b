"""Nobody is named who did not agree, and who takes it back or leaves is gone at once, everywhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from noaber.ground.errors import Conflict, Forbidden, Invalid, Missing
from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor, Role
from noaber.hallway.accounts.tests.signing import enter
from noaber.network.partners import services as partners
from noaber.network.partners.factories import (
    make_account,
    make_member,
    make_municipality,
    make_organisation,
    make_region,
)
from noaber.network.partners.models import Municipality, Organisation, Region
from noaber.offer.directory import hooks
from noaber.offer.routes import queries, services, tasks
from noaber.offer.routes.factories import make_wayfinder
from noaber.offer.routes.models import Wayfinder, WayfinderConsent
from noaber.offer.routes.types import NewWayfinder

NOW = datetime(2027, 7, 1, 9, 0, tzinfo=UTC)
TODAY = date(2027, 7, 1)
pytestmark = pytest.mark.django_db


@dataclass(slots=True)
class Place:
    region: Region
    almelo: Municipality
    borne: Municipality
    welfare: Organisation
    other: Organisation

    def actor(self, role: Role, organisation: Organisation | None = None, name: str = "Wie Dan") -> Actor:
        account = make_account(name)
        make_member(account, organisation or self.welfare, role)
        actor = gate.actor_for(account, on=TODAY, second_factor=True)
        gate.tell_database(actor)
        return actor

    def new(self, **more: Any) -> NewWayfinder:
        return replace(
            NewWayfinder(
                organisation_id=self.welfare.pk,
                municipality_id=self.almelo.pk,
                name="Truus Wegwijs",
                phone="0546-000 140",
                degree="public",
                said="spoken",
                agreed_on=TODAY,
                begins_on=TODAY,
                ends_on=date(2028, 1, 1),
            ),
            **more,
        )

    def found(self, *, public: bool = True, where: str = "", terms: tuple[str, ...] = ()) -> list[str]:
        cards = queries.wayfinders_for(self.region.pk, where, terms, public=public, today=TODAY)
        return [card.name for card in cards]


@pytest.fixture
def place(settings: Any) -> Place:
    settings.FIXED_NOW = NOW
    region = make_region()
    almelo, borne = make_municipality(region, "Almelo"), make_municipality(region, "Borne")
    with gate.as_system("wereld"):
        welfare = make_organisation(region, "Avedan", "social_work")
        other = make_organisation(region, "Dimence Groep")
    return Place(region, almelo, borne, welfare, other)


@pytest.fixture
def house() -> Any:
    with gate.as_system("test"):
        yield


def keep(place: Place, actor: Actor, new: NewWayfinder, **more: Any) -> Any:
    return services.keep_wayfinder(actor=actor, wayfinder=new, now=NOW, **{"once_key": uuid4().hex, **more})


def test_without_a_yes_nobody_is_written_down(place: Place) -> None:
    editor = place.actor(Role.EDITOR)
    with pytest.raises(Invalid) as refused:
        keep(place, editor, place.new(degree=""))
    assert "degree" in refused.value.fields
    assert not Wayfinder.objects.exists()


def test_two_degrees_of_yes(place: Place) -> None:
    editor = place.actor(Role.EDITOR)
    keep(place, editor, place.new(name="Overal", degree="public"))
    keep(place, editor, place.new(name="Binnen", degree="professionals"))
    assert place.found(public=True) == ["Overal"]
    assert place.found(public=False) == ["Binnen", "Overal"]
    assert WayfinderConsent.objects.count() == 2


def test_the_same_form_twice_is_one_wayfinder(place: Place) -> None:
    editor = place.actor(Role.EDITOR)
    first = keep(place, editor, place.new(), once_key="same")
    assert keep(place, editor, place.new(), once_key="same") == first
    assert Wayfinder.objects.count() == 1


def test_where_and_what_decide_the_order(place: Place, house: None) -> None:
    make_wayfinder(place.welfare, place.borne, "Borne")
    make_wayfinder(place.welfare, place.almelo, "Overal", whole_region=True)
    make_wayfinder(place.welfare, place.almelo, "Geld", terms=["money"])
    make_wayfinder(place.welfare, place.almelo, "Rouw", terms=["loss"])
    near = make_wayfinder(place.welfare, place.borne, "Ook")
    near.also_in.add(place.almelo)
    assert place.found(where="almelo") == ["Geld", "Rouw", "Ook", "Overal"]
    assert place.found(where="almelo", terms=("money",)) == ["Geld", "Ook", "Overal"]
    assert place.found(where="nergens") == ["Overal"]


def test_who_takes_it_back_is_gone_at_once_and_nothing_is_kept(place: Place, client: Client) -> None:
    account = make_account("Zelf Weg", email="zelf@voorbeeld.example")
    make_member(account, place.welfare, Role.GUIDE)
    editor = place.actor(Role.EDITOR)
    pk = keep(place, editor, place.new(name="Zelf Weg", email="zelf@voorbeeld.example", ends_on=None))
    assert "Zelf Weg" in client.get(reverse("routes:wayfinders")).content.decode()
    herself = gate.actor_for(account, on=TODAY, second_factor=True)
    gate.tell_database(herself)
    services.withdraw_wayfinder(actor=herself, wayfinder_id=pk, now=NOW)
    services.withdraw_wayfinder(actor=editor, wayfinder_id=pk, now=NOW)
    assert place.found(public=True) == place.found(public=False) == []
    assert hooks.beside(hooks.Sought(place.region.pk), today=TODAY) == []
    assert "Zelf Weg" not in client.get(reverse("routes:wayfinders")).content.decode()
    with gate.as_system("nakijken"):
        row = Wayfinder.objects.get(pk=pk)
    assert (row.name, row.phone, row.email, row.knows, row.account_id) == ("", "", "", "", None)
    degrees = list(row.consents.order_by("at", "degree").values_list("degree", "said"))
    assert sorted(degrees) == [("", "self"), ("public", "spoken")]


def test_an_ex_employee_is_gone_at_once(place: Place) -> None:
    account = make_account("Karel Post", email="karel@voorbeeld.example")
    membership = make_member(account, place.welfare, Role.GUIDE)
    pk = keep(place, place.actor(Role.EDITOR), place.new(email="karel@voorbeeld.example", ends_on=None))
    assert place.found() == ["Truus Wegwijs"]
    admin = place.actor(Role.ORGANISATION_ADMIN)
    partners.end_membership(actor=admin, membership_id=membership.pk, now=NOW)
    assert place.found() == place.found(public=False) == []
    with gate.as_system("nacht"):
        assert services.forget_wayfinders(now=NOW) == 1
        assert Wayfinder.objects.get(pk=pk).name == ""


def test_who_was_closed_off_or_ended_is_not_named(place: Place, house: None) -> None:
    account = make_account("Dicht", is_active=False)
    make_member(account, place.welfare, Role.GUIDE)
    make_wayfinder(place.welfare, place.almelo, "Dicht", account=account, ends_on=None)
    make_wayfinder(place.welfare, place.almelo, "Voorbij", ends_on=TODAY)
    make_wayfinder(place.welfare, place.almelo, "Later", begins_on=date(2027, 7, 2))
    assert place.found(public=False) == []
    tasks.forget_past_wayfinders(0)
    assert {row.name for row in Wayfinder.objects.all()} == {"", "Later"}


def test_without_a_role_in_noaber_there_is_a_last_day_within_a_year(place: Place) -> None:
    editor = place.actor(Role.EDITOR)
    for ends_on in (None, date(2029, 1, 1)):
        with pytest.raises(Invalid) as refused:
            keep(place, editor, place.new(ends_on=ends_on))
        assert "ends_on" in refused.value.fields


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "  "),
        ("phone", "bel maar"),
        ("email", "geen adres"),
        ("knows", "Kent 111222333 goed"),
        ("terms", ("bestaat_niet",)),
        ("languages", ("xx",)),
        ("said", "gedroomd"),
    ],
)
def test_what_cannot_be_kept_is_said_at_its_field(place: Place, field: str, value: Any) -> None:
    with pytest.raises(Invalid) as refused:
        keep(place, place.actor(Role.EDITOR), place.new(**{field: value}))
    assert field in refused.value.fields


def test_two_editors_on_one_wayfinder(place: Place) -> None:
    editor = place.actor(Role.EDITOR)
    pk = keep(place, editor, place.new())
    keep(place, editor, place.new(name="Eerste"), wayfinder_id=pk, version=1)
    with pytest.raises(Conflict):
        keep(place, editor, place.new(name="Tweede"), wayfinder_id=pk, version=1)
    assert place.found() == ["Eerste"]


@pytest.mark.parametrize("role", [Role.GUIDE, Role.REFERRER, Role.PROGRAMME_MANAGER, Role.HOST, Role.PLANNER])
def test_others_name_nobody(place: Place, role: Role) -> None:
    with pytest.raises(Forbidden):
        keep(place, place.actor(role), place.new())


def _other_organisation(place: Place) -> Actor:
    return place.actor(Role.ORGANISATION_ADMIN, place.other)


def _other_region(place: Place) -> Actor:
    region = make_region("groningen", "Groningen")
    with gate.as_system("wereld"):
        office = make_organisation(region, "Bureau")
    return place.actor(Role.EDITOR, office)


def _ex_editor(place: Place) -> Actor:
    account = make_account("Oud Redacteur")
    make_member(account, place.welfare, Role.EDITOR, until_on=TODAY)
    return gate.actor_for(account, on=TODAY, second_factor=True)


@pytest.mark.parametrize("who", [_other_organisation, _other_region, _ex_editor])
def test_who_has_no_business_there_changes_and_withdraws_nothing(
    place: Place, who: Callable[[Place], Actor]
) -> None:
    pk = keep(place, place.actor(Role.EDITOR), place.new())
    stranger = who(place)
    gate.tell_database(stranger)
    with pytest.raises((Missing, Forbidden)):
        keep(place, stranger, place.new(name="Gekaapt"), wayfinder_id=pk, version=1)
    with pytest.raises((Missing, Forbidden)):
        keep(place, stranger, place.new(name="Gekaapt"))
    with pytest.raises(Missing):
        services.withdraw_wayfinder(actor=stranger, wayfinder_id=pk, now=NOW)
    with pytest.raises(Missing):
        services.withdraw_wayfinder(actor=stranger, wayfinder_id=uuid4(), now=NOW)
    assert place.found() == ["Truus Wegwijs"]


def test_the_database_itself_shows_a_stranger_only_who_agreed_to_everyone(place: Place) -> None:
    with gate.as_system("wereld"):
        make_wayfinder(place.welfare, place.almelo, "Binnen", degree="professionals")
        make_wayfinder(place.welfare, place.almelo, "Overal")
    _other_region(place)
    assert [row.name for row in Wayfinder.objects.all()] == ["Overal"]
    with connection.cursor() as cursor:
        cursor.execute("UPDATE routes_wayfinder SET hours = 'nooit'")
        assert cursor.rowcount == 0


def test_public_pages_hold_nobody_who_did_not_agree_to_that(place: Place, client: Client) -> None:
    with gate.as_system("wereld"):
        make_wayfinder(
            place.welfare,
            place.almelo,
            "Kzqbinnen Kzqnaam",
            degree="professionals",
            phone="0546-000 987",
            email="kzqmail@voorbeeld.example",
            knows="kzqwoorden",
        )
        make_wayfinder(place.welfare, place.almelo, "Kzqoveral Naam")
    for address in (
        "/wegwijzers/",
        "/wegwijzers/?gemeente=almelo",
        "/aanbod/",
        "/aanbod/?gemeente=almelo",
        "/",
    ):
        page = client.get(address).content.decode()
        for word in ("Kzqbinnen", "Kzqnaam", "000 987", "000987", "kzqmail", "kzqwoorden"):
            assert word not in page, (address, word)
    assert "Kzqoveral Naam" in client.get("/wegwijzers/?gemeente=almelo").content.decode()


def test_more_wayfinders_do_not_cost_more_questions(
    place: Place, house: None, django_assert_num_queries: Callable[..., Any]
) -> None:
    for number in range(3):
        make_wayfinder(place.welfare, place.almelo, f"Wie {number}").also_in.add(place.borne)
    for _ in range(2):
        with django_assert_num_queries(2):
            place.found(where="almelo")
        for number in range(10):
            make_wayfinder(place.other, place.almelo, f"Nog {number}").also_in.add(place.borne)


def _post(place: Place, **more: Any) -> dict[str, Any]:
    return {
        "name": "Truus Wegwijs",
        "organisation_id": str(place.welfare.pk),
        "phone": "0546-000 140",
        "municipality_id": str(place.almelo.pk),
        "languages": ["nl"],
        "begins_on": "2027-07-01",
        "ends_on": "2028-01-01",
        "degree": "public",
        "said": "spoken",
        "agreed_on": "2027-07-01",
        "version": "0",
        "once_key": uuid4().hex,
        **more,
    }


def test_the_page_keeps_what_was_typed_and_shows_what_another_editor_wrote(place: Place) -> None:
    with gate.as_system("wereld"):
        account = make_account("Anouk Meijer")
        make_member(account, place.welfare, Role.EDITOR)
    anouk = Client()
    enter(anouk, account)
    wrong = anouk.post("/kaart/routes/wegwijzers/nieuw/", _post(place, degree="", name="Blijft Staan"))
    assert wrong.status_code == 422
    assert "Blijft Staan" in wrong.content.decode()
    form = _post(place)
    for _ in range(2):
        assert anouk.post("/kaart/routes/wegwijzers/nieuw/", form).status_code == 302
    with gate.as_system("nakijken"):
        pk = Wayfinder.objects.get().pk
    address = f"/kaart/routes/wegwijzers/{pk}/"
    assert anouk.post(address, _post(place, name="Eerste Redacteur", version="1")).status_code == 302
    late = anouk.post(address, _post(place, name="Tweede Redacteur", version="1"))
    assert late.status_code == 409
    page = late.content.decode()
    assert "Eerste Redacteur" in page
    assert "Tweede Redacteur" in page
    assert 'name="version" value="2"' in page
    assert anouk.post(f"{address}weg/").status_code == 302
    assert anouk.get(address).status_code == 404
