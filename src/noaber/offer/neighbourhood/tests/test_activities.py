"""Activities: residents read what is coming, nothing is doubled unseen, goals are counted as promised."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from noaber.ground.errors import Conflict, NoaberError
from noaber.hallway import clock
from noaber.hallway.access.types import system
from noaber.network.partners.factories import make_municipality, make_region
from noaber.offer.neighbourhood import queries_activities, services_activities
from noaber.offer.neighbourhood.factories import make_activity
from noaber.offer.neighbourhood.models import Activity
from noaber.offer.neighbourhood.tests.world import OUTSIDERS, World, world
from noaber.offer.neighbourhood.types import NewActivity

__all__ = ["world"]

NOW = clock.now()
TODAY = clock.today()


def new(world: World, **more: Any) -> NewActivity:
    made = NewActivity(
        municipality_id=world.almelo.pk,
        kind="selective",
        risk_group="kopp_kov",
        title="Speelgroep",
        text="Kinderen spelen en praten.",
        state="planned",
        starts_on=TODAY + timedelta(days=3),
        ends_on=TODAY + timedelta(days=30),
        once_key="a",
    )
    return replace(made, **more)


def test_the_team_of_the_municipality_and_who_steers_keep_activities(world: World) -> None:
    keep = services_activities.keep_activity
    both = {keep(actor=world.actor("roos"), new=new(world), now=NOW) for _ in range(2)}
    assert len(both) == 1
    assert keep(actor=world.actor("joris"), new=new(world, once_key="b"), now=NOW)
    for who in (*OUTSIDERS, "joke"):
        with pytest.raises(NoaberError):
            keep(actor=world.actor(who), new=new(world, once_key=who), now=NOW)
    assert Activity.objects.count() == 2


def test_two_who_change_one_activity_at_once_do_not_overwrite_each_other(world: World) -> None:
    keep = services_activities.keep_activity
    roos = world.actor("roos")
    made = keep(actor=roos, new=new(world), now=NOW)
    keep(actor=roos, new=new(world, title="Speelgroep Zon", version=1), activity_id=made, now=NOW)
    with pytest.raises(Conflict):
        keep(actor=roos, new=new(world, title="Speelgroep Maan", version=1), activity_id=made, now=NOW)
    assert Activity.objects.get(pk=made).title == "Speelgroep Zon"
    with pytest.raises(NoaberError):
        keep(actor=world.actor("other_team"), new=new(world, version=2), activity_id=made, now=NOW)


def test_an_overlap_is_said_for_the_same_group_municipality_and_days_only(world: World) -> None:
    keep = services_activities.keep_activity
    roos = world.actor("roos")
    made = keep(actor=roos, new=new(world), now=NOW)
    day = TODAY + timedelta(days=10)
    same = {"kind": "selective", "risk_group": "kopp_kov", "starts_on": day, "ends_on": day}
    make_activity(world.almelo, "Maatjesgroep", **same)
    make_activity(world.almelo, "Andere groep", **{**same, "risk_group": "addiction"})
    make_activity(world.almelo, "Afgezegd", state="cancelled", **same)
    make_activity(make_municipality(world.region, "Wierden"), "Elders", **same)
    _row, doubled, may_change = queries_activities.activity(roos, made, now=NOW)
    assert (doubled, may_change) == (("Maatjesgroep",), True)
    page = queries_activities.activities(roos, world.region, year=day.year, now=NOW)
    assert {card.title: card.overlap for card in page.cards if card.overlap} == {
        "Speelgroep": ("Maatjesgroep",),
        "Maatjesgroep": ("Speelgroep",),
    }


def test_the_goals_of_a_plan_are_counted_per_municipality(world: World) -> None:
    groningen = make_region("groningen", "Groningen")
    places = [make_municipality(groningen, f"Plaats {n}") for n in range(4)]
    spring: dict[str, Any] = {"starts_on": date(2026, 3, 1), "ends_on": date(2026, 3, 1)}
    for number, place in enumerate(places):
        for _ in range(number):
            make_activity(place, **spring)
    make_activity(places[3], kind="norm_campaign", **spring)
    make_activity(places[2], kind="norm_campaign", **{**spring, "state": "cancelled"})
    page = queries_activities.activities(system("doelen tellen"), groningen, year=2026, now=NOW)
    assert [(g.reached, g.needed, g.is_reached) for g in page.goals] == [(2, 4, False), (1, 2, False)]
    assert [(p.towards, p.wanted, p.enough) for p in page.places] == [
        (0, 2, False),
        (1, 2, False),
        (2, 2, True),
        (3, 2, True),
    ]
    twente = queries_activities.activities(world.actor("joris"), world.region, year=2026, now=NOW)
    assert twente.goals == ()
    assert all(place.wanted is None for place in twente.places)


def test_anyone_reads_what_is_coming_and_nothing_else(world: World, client: Client) -> None:
    make_activity(world.almelo, "Avond over schaamte")
    make_activity(world.almelo, "Besloten", public=False)
    make_activity(world.almelo, "Afgezegd", state="cancelled")
    past = TODAY - timedelta(days=1)
    make_activity(world.almelo, "Voorbij", starts_on=past, ends_on=past)
    make_activity(make_municipality(world.region, "Wierden"), "In Wierden")
    page = client.get("/regio/twente/agenda/").content.decode()
    assert "Avond over schaamte" in page
    assert "In Wierden" in page
    for hidden in ("Besloten", "Afgezegd", "Voorbij", "Roos"):
        assert hidden not in page
    chosen = client.get("/regio/twente/agenda/?gemeente=almelo").content.decode()
    assert "Avond over schaamte" in chosen
    assert "In Wierden" not in chosen
    assert client.get("/regio/twente/agenda/?gemeente=%00nergens").status_code == 200
    assert client.get("/regio/nergens/agenda/").status_code == 404
    empty = client.get("/regio/twente/agenda/?gemeente=borne").content.decode()
    assert "Er staat nu niets in de agenda" in empty


def test_the_form_says_what_is_wrong_and_keeps_what_was_typed(world: World) -> None:
    roos = world.browser("roos")
    form = {
        "municipality_id": str(world.almelo.pk),
        "kind": "selective",
        "state": "done",
        "title": "Speelgroep",
        "starts_on": "2027-03-02",
        "ends_on": "2027-03-01",
        "reach": "12",
        "once_key": "z",
    }
    refused = roos.post("/wijk/activiteiten/nieuw/", form)
    page = refused.content.decode()
    assert refused.status_code == 422
    for words in (
        "Kies voor welke groep dit is.",
        "Het einde ligt voor het begin.",
        "Zeg erbij hoe dit geteld is.",
    ):
        assert words in page
    assert "Speelgroep" in page
    good = {**form, "risk_group": "kopp_kov", "ends_on": "2027-03-02", "reach_how": "at_door", "public": "on"}
    made = roos.post("/wijk/activiteiten/nieuw/", good)
    assert made.status_code == 302
    listed = roos.get("/wijk/activiteiten/?jaar=2027").content.decode()
    assert "bereik 12, geteld bij de deur" in listed
    other = world.browser("other_team")
    seen = other.get(made["Location"]).content.decode()
    assert "Een collega daar houdt dit bij" in seen
    assert other.post(made["Location"], good).status_code == 404
    away = reverse("neighbourhood:activity", kwargs={"activity_id": Activity.objects.get().pk})
    assert world.browser("elsewhere").get(away).status_code == 404
