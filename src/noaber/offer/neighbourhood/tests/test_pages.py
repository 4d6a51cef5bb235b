"""The pages of a neighbourhood: what is typed stays, what is wrong is said, and nobody else gets in."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.offer.neighbourhood.factories import make_key_person
from noaber.offer.neighbourhood.models import AcuteAgreement, FollowUp, Inventory, KeyPerson, Signal
from noaber.offer.neighbourhood.tests.world import OUTSIDERS, World, world

__all__ = ["world"]

TODAY = clock.today()


def path(name: str, **given: object) -> str:
    return reverse(f"neighbourhood:{name}", kwargs=given)


def text(client: Client, where: str, status: int = 200) -> str:
    answer = client.get(where)
    assert answer.status_code == status, where
    return answer.content.decode()


def test_one_area_opens_by_itself_and_who_steers_sees_them_all(world: World) -> None:
    answer = world.browser("roos").get("/wijk/")
    assert answer["Location"] == path("area", area_id=world.area.pk)
    page = text(world.browser("joris"), "/wijk/")
    assert "Nieuwstraatkwartier, Almelo" in page
    assert "Begin in een wijk" in page


@pytest.mark.parametrize("who", OUTSIDERS)
def test_a_guessed_id_looks_the_same_as_one_that_is_not_there(world: World, who: str) -> None:
    client = world.browser(who)
    for name in ("area", "hours", "add_key_person", "add_signal"):
        there = client.get(path(name, area_id=world.area.pk))
        nowhere = client.get(path(name, area_id=uuid4()))
        assert (there.status_code, nowhere.status_code) == (404, 404)


def test_a_key_person_is_added_with_a_yes_and_gone_after_one_click(world: World) -> None:
    roos = world.browser("roos")
    where = path("add_key_person", area_id=world.area.pk)
    form = {
        "name": "Zwaantje Pols",
        "knows": "Kent de gezinnen rond het plein.",
        "reach": "06 0000 0777",
        "said": "spoken",
        "consent_on": str(TODAY),
        "once_key": "k",
    }
    refused = roos.post(where, form)
    assert refused.status_code == 422
    assert "Zonder ja bewaren wij niemand" in refused.content.decode()
    assert "Zwaantje Pols" in refused.content.decode()
    half = roos.post(where, {**form, "items": ["team"]})
    assert half.status_code == 422
    assert "Vindt deze persoon goed dat wij dit bewaren?" in half.content.decode()
    assert roos.post(where, {**form, "items": ["team", "reach"]}).status_code == 302
    area = path("area", area_id=world.area.pk)
    assert "Zwaantje Pols" in text(roos, area)
    with gate.as_system("nakijken"):
        person = KeyPerson.objects.get()
    stop = path("withdraw", key_person_id=person.pk)
    assert "Zwaantje Pols" in text(roos, stop)
    assert roos.post(stop).status_code == 302
    assert roos.post(stop).status_code == 302
    for seen in (area, path("acute", area_id=world.area.pk)):
        assert "Zwaantje" not in text(roos, seen)
    text(roos, stop, 404)


def test_an_inventory_that_names_someone_stays_in_the_form_until_it_is_reworded(world: World) -> None:
    roos = world.browser("roos")
    where = path("add_inventory", area_id=world.area.pk, kind="plek")
    form = {
        "place": "Buurthuis De Schelf",
        "held_on": str(TODAY),
        "q_toilet": "yes",
        "note_toilet": "Ook voor een rolstoel.",
        "narrative": "Volgens Hassan is het er koud.",
        "once_key": "i",
    }
    refused = roos.post(where, form)
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "Is dit de naam van iemand: Hassan?" in page
    assert "Volgens Hassan is het er koud." in page
    assert "Ook voor een rolstoel." in page
    assert "Ik heb gekeken" in page
    assert not Inventory.objects.exists()
    good = roos.post(where, {**form, "narrative": "Volgens bezoekers is het er koud."})
    again = roos.post(where, {**form, "narrative": "Volgens bezoekers is het er koud."})
    assert (good.status_code, again["Location"]) == (302, good["Location"])
    assert Inventory.objects.count() == 1
    assert "Volgens bezoekers" in text(roos, good["Location"])
    text(roos, path("add_inventory", area_id=world.area.pk, kind="iets"), 404)


def test_a_phone_number_can_never_be_confirmed_away(world: World) -> None:
    roos = world.browser("roos")
    where = path("add_signal", area_id=world.area.pk)
    form = {
        "words": "Bel 06 12345678 over de flat.",
        "heard_on": str(TODAY),
        "once_key": "s",
        "no_person": "on",
    }
    refused = roos.post(where, form)
    assert refused.status_code == 422
    assert "Hier staat een telefoonnummer" in refused.content.decode()
    made = roos.post(where, {**form, "words": "Bij Kultuurhus Irene is het donker."})
    assert made.status_code == 302
    assert Signal.objects.get().words == "Bij Kultuurhus Irene is het donker."


def test_a_signal_gets_a_step_and_a_follow_up_that_is_finished(world: World) -> None:
    roos = world.browser("roos")
    made = roos.post(
        path("add_signal", area_id=world.area.pk),
        {"words": "Er mist een bank.", "heard_on": str(TODAY), "once_key": "s"},
    )["Location"]
    assert roos.post(made, {"state": "picked_up", "done": "Gevraagd.", "once_key": "x"}).status_code == 302
    wrong = {
        "act": "follow_up",
        "action": "Bank",
        "owner": "Gemeente",
        "due_on": "2020-01-01",
        "once_key": "f",
    }
    assert "Kies een dag die nog komt." in roos.post(made, wrong).content.decode()
    assert roos.post(made, {**wrong, "due_on": str(TODAY)}).status_code == 302
    row = FollowUp.objects.get()
    assert roos.post(path("finish", follow_up_id=row.pk))["Location"] == made
    assert "Gedaan" in text(roos, made)
    joris = text(world.browser("joris"), made)
    assert "Er mist een bank." in joris
    assert "Schrijf op wat u deed" not in joris


def test_agreements_open_for_everyone_in_the_region_and_ring_at_a_touch(world: World) -> None:
    roos = world.browser("roos")
    where = path("new_acute", area_id=world.area.pk)
    form = {
        "valid_from": str(TODAY),
        "seen_version": "0",
        "when_1": "Iemand is in de war",
        "whom_1": "Wijkteam, dienst van de dag",
        "phone_1": "088-000 0210",
        "when_2": "Half",
    }
    assert "Vul deze regel helemaal in" in roos.post(where, form).content.decode()
    assert roos.post(where, {**form, "when_2": ""}).status_code == 302
    stale = roos.post(where, {**form, "when_2": ""})
    assert "Iemand anders bewaarde net nieuwe afspraken." in stale.content.decode()
    assert AcuteAgreement.objects.count() == 1
    page = text(world.browser("guide"), path("acute", area_id=world.area.pk))
    assert 'href="tel:0880000210"' in page
    assert 'href="tel:112"' in page
    assert "Maak een nieuwe versie" not in page
    text(world.browser("elsewhere"), path("acute", area_id=world.area.pk), 404)


def test_who_steers_makes_an_area_and_a_team(world: World) -> None:
    joris = world.browser("joris")
    made = joris.post("/wijk/nieuw/", {"municipality": str(world.almelo.pk), "name": "Schelfhorst"})
    assert made.status_code == 302
    page = text(joris, made["Location"])
    assert "other_team, Avedan" in page
    assert "elsewhere" not in page
    again = joris.post("/wijk/nieuw/", {"municipality": str(world.almelo.pk), "name": "schelfhorst"})
    assert "Deze wijk staat er al." in again.content.decode()
    text(world.browser("roos"), "/wijk/nieuw/", 404)


def test_hours_are_written_down_with_a_comma(world: World) -> None:
    roos = world.browser("roos")
    form = {"day": str(TODAY), "hours": "1,5", "on_what": "Koffie op het plein", "once_key": "h"}
    assert roos.post(path("hours", area_id=world.area.pk), form).status_code == 302
    assert "deze week 1,5 gebruikt" in text(roos, path("area", area_id=world.area.pk))
    wrong = roos.post(path("hours", area_id=world.area.pk), {**form, "hours": "veel"})
    assert "Schrijf een getal" in wrong.content.decode()


def test_a_longer_list_asks_no_more_of_the_database(world: World) -> None:
    roos = world.browser("roos")
    where = path("area", area_id=world.area.pk)
    counts = []
    for more in (1, 7):
        for number in range(more):
            make_key_person(world.area, f"Siem {more} {number}")
        roos.get(where)
        with CaptureQueriesContext(connection) as asked:
            roos.get(where)
        counts.append(len(asked))
    assert counts[1] <= counts[0]
