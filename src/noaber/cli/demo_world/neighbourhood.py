"""Kwartiermakers, what they know and wrote down, and the activities of a region in the demo."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import yaml

from noaber.cli.demo_world.staff import demo_account, join, organisation
from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor, Kind, Role
from noaber.hallway.accounts.models import Account
from noaber.network.partners.models import Membership, Municipality, Organisation, Region
from noaber.offer.neighbourhood import services, services_activities, services_inventories, services_people
from noaber.offer.neighbourhood.models import Activity, Area
from noaber.offer.neighbourhood.types import (
    AcuteLine,
    NewActivity,
    NewFollowUp,
    NewInventory,
    NewKeyPerson,
    NewSignal,
)

ACTIVITIES = Path(__file__).with_name("neighbourhood_activities.yaml")
BEGAN = date(2026, 3, 2)
"""Before the end of the third quarter of 2026: KPI 9 of Centraal Gelderland counts teams up to that day."""

AREAS: dict[str, tuple[tuple[str, str, bool], ...]] = {
    "twente": (("almelo", "Nieuwstraatkwartier", True), ("enschede", "Wesselerbrink", False)),
    "centraal-gelderland": (("arnhem", "Presikhaaf", True), ("arnhem", "Malburgen", True)),
}
TEAMS: dict[str, tuple[tuple[str, str, str, str], ...]] = {
    # name, organisation, its domain, part
    "twente": (
        ("Roos Temmink", "Avedan", "sociaal_werk_en_welzijn", "lead"),
        ("Hicham Naji", "Ixta Noa", "ervaringsdeskundigheid", "peer"),
    ),
    "centraal-gelderland": (
        ("Jip Arends", "Rijnstad", "sociaal_werk_en_welzijn", "lead"),
        ("Ria Koopal", "Ixta Noa", "ervaringsdeskundigheid", "peer"),
    ),
}
SHOWN = {"Roos Temmink"}
"""Who stands on the sign-in page of the demo."""

STEERS = {"centraal-gelderland": "Marijn Kolk"}
"""The main region has its own programme manager; this one shows the KPIs of another region."""

NEEDS = (
    {"meeting": "often", "talk": "sometimes", "quiet": "often", "knowing_how": "often", "money": "sometimes"},
    {"meeting": "sometimes", "talk": "often", "quiet": "often", "knowing_how": "sometimes", "money": "often"},
)
PLACE = "Buurthuis De Schakel"
ACCESS = (
    {"seen_at_door": "no", "no_threshold": "yes", "quiet_corner": "no", "toilet": "yes", "evening": "no"},
    {
        "seen_at_door": "yes",
        "no_threshold": "yes",
        "quiet_corner": "partly",
        "toilet": "yes",
        "evening": "no",
    },
)


def fill(region: Region, today: date) -> None:
    """Areas with all that is in them for two regions, and activities in each. Twice is once."""
    if Activity.objects.filter(region=region).exists():
        return
    team = _people(region, today)
    for slug, name, pilot in AREAS.get(region.slug, ()):
        place = Municipality.objects.filter(region=region, slug=slug).first()
        if place is not None:
            _area(region, place, name, pilot, team if pilot else team[:1], today)
    _activities(region, team, today)
    gate.tell_database(Actor(kind=Kind.SYSTEM, purpose="demo: het verleden vullen"))


def _people(region: Region, today: date) -> list[tuple[Account, Membership, str]]:
    made = clock.at(BEGAN, 8)
    if region.slug in STEERS:
        steers = demo_account(STEERS[region.slug], made, demo=True)
        office = organisation(region, f"Netwerkbureau {region.name}", "gemeente")
        join(steers, office, Role.PROGRAMME_MANAGER, BEGAN)
    found = []
    for name, home_name, domain, part in TEAMS.get(region.slug, ()):
        home: Organisation = organisation(region, home_name, domain)
        account = demo_account(name, made, demo=name in SHOWN)
        join(account, home, Role.KWARTIERMAKER, BEGAN)
        found.append((account, Membership.objects.get(account=account), part))
    return found


def _actor(account: Account, today: date) -> Actor:
    actor = gate.actor_for(account, on=today, second_factor=True)
    return actor.acting_for("om een wijk gastvrij te maken")


def _area(
    region: Region,
    place: Municipality,
    name: str,
    pilot: bool,
    team: list[tuple[Account, Membership, str]],
    today: date,
) -> None:
    area = Area.objects.create(region=region, municipality=place, name=name, pilot=pilot, began_on=BEGAN)
    for account, member, part in team:
        area.members.create(
            account=account,
            organisation=member.organisation,
            part=part,
            period=member.period,
            hours_per_week=Decimal(6 if part == "lead" else 4),
            added_at=clock.at(BEGAN, 9),
        )
    roos = _actor(team[0][0], today)
    _key_persons(roos, area, today)
    _inventories(roos, area, today)
    _signals(roos, area, today)
    _agreements(roos, area)
    for day, hours, what in ((0, "1.5", "Koffie op het plein"), (1, "2", "Mee naar de kookgroep")):
        services.use_hours(
            actor=roos,
            area_id=area.pk,
            day=today - timedelta(days=day),
            hours=Decimal(hours),
            on_what=what,
            once_key=f"demo:{area.pk}:{day}",
            now=clock.at(today, 7),
        )


def _key_persons(roos: Actor, area: Area, today: date) -> None:
    rows = (
        (
            "Dini Wolbers",
            "Kent bijna iedereen in de flat. Schenkt op dinsdag koffie.",
            ("team", "reach"),
            300,
        ),
        (
            "Abbas Darwish",
            "Imam. Spreekt Arabisch en helpt bij post en formulieren.",
            ("team", "reach", "region"),
            200,
        ),
        (
            "Lotte van Gils",
            "Conciërge van de school. Ziet vroeg of een kind thuis zorgen heeft.",
            ("team",),
            690,
        ),
    )
    for number, (name, knows, items, ago) in enumerate(rows):
        services_people.add_key_person(
            actor=roos,
            area_id=area.pk,
            new=NewKeyPerson(
                name=name,
                knows=knows,
                reach=f"06 0000 07{number + 1}{number}" if "reach" in items else "",
                formal=number == 2,
                items=items,
                said="spoken",
                consent_on=today - timedelta(days=ago),
                consent_until=None,
                once_key=f"demo:{area.pk}:person:{number}",
            ),
            now=clock.at(today - timedelta(days=ago), 11),
        )


def _inventory(roos: Actor, area: Area, day: date, **given: Any) -> UUID:
    new = NewInventory(
        **{
            "place": "",
            "held_on": day,
            "notes": {},
            "no_person": False,
            "once_key": f"demo:{area.pk}:{given['kind']}:{day}",
            **given,
        }
    )
    return services_inventories.record_inventory(actor=roos, area_id=area.pk, new=new, now=clock.at(day, 16))


def _inventories(roos: Actor, area: Area, today: date) -> None:
    for number, ago in enumerate((310, 40)):
        day = today - timedelta(days=ago)
        _inventory(
            roos,
            area,
            day,
            kind="needs",
            spoke_with="22 bewoners op straat en bij de school"
            if number == 0
            else "30 bewoners en de huisarts",
            answers=NEEDS[number],
            narrative="Mensen willen een plek waar niets hoeft. Zij weten vaak niet wat te doen als een buur "
            "in de war is, en bellen dan niemand.",
        )
        _inventory(
            roos,
            area,
            day + timedelta(days=3),
            kind="access",
            place=PLACE,
            spoke_with="De beheerder en vijf bezoekers",
            answers=ACCESS[number],
            notes={"evening": "Er is geen geld voor een beheerder in de avond."},
            narrative="Wie binnenkomt, wordt nu gezien. Het is er wel druk en vol."
            if number
            else "De deur is zwaar en de balie is leeg. Binnen is het warm en gezellig.",
            action="Vragen of de hal 's avonds open kan" if number else "",
            action_owner="Gemeente, team wijken",
            action_due=today + timedelta(days=12),
        )


def _signals(roos: Actor, area: Area, today: date) -> None:
    heard = today - timedelta(days=24)
    first = services.add_signal(
        actor=roos,
        area_id=area.pk,
        new=NewSignal(
            "Mensen die in de war zijn, worden bij de winkel weggestuurd. "
            "Het personeel weet niet wat het kan doen.",
            heard,
            False,
            f"demo:{area.pk}:signal:1",
        ),
        now=clock.at(heard, 15),
    )
    services.move_signal(
        actor=roos,
        signal_id=first,
        state="picked_up",
        words="Met de bedrijfsleider gesproken. Hij wil een korte training.",
        no_person=False,
        now=clock.at(heard + timedelta(days=6), 10),
    )
    services.add_follow_up(
        actor=roos,
        signal_id=first,
        new=NewFollowUp(
            "Een ervaringsdeskundige geeft een uur les aan het personeel",
            "Ixta Noa",
            today - timedelta(days=2),
            f"demo:{area.pk}:lesson",
        ),
        now=clock.at(heard + timedelta(days=6), 10, 30),
    )
    services.add_signal(
        actor=roos,
        area_id=area.pk,
        new=NewSignal(
            "Jongeren missen een plek voor de avond. Zij zitten nu in het trappenhuis.",
            today - timedelta(days=4),
            False,
            f"demo:{area.pk}:signal:2",
        ),
        now=clock.at(today - timedelta(days=4), 20),
    )


def _agreements(roos: Actor, area: Area) -> None:
    first = [
        AcuteLine(
            "Iemand is in de war en er is geen gevaar, overdag", "Wijkteam, dienst van de dag", "088-000 0210"
        ),
        AcuteLine("Iemand is in de war, 's avonds of in het weekend", "Huisartsenpost", "088-000 0101"),
    ]
    second = [
        *first,
        AcuteLine(
            "Zorgen over iemand die niemand meer ziet", "Meldpunt Zorg", "088-000 0222", "Ook zonder naam"
        ),
    ]
    for number, lines in enumerate((first, second)):
        day = BEGAN + timedelta(days=40 + 200 * number)
        services.agree_acute(
            actor=roos,
            area_id=area.pk,
            lines=lines,
            valid_from=day,
            seen_version=number,
            now=clock.at(day, 9),
        )


def _activities(region: Region, team: list[tuple[Account, Membership, str]], today: date) -> None:
    places = list(Municipality.objects.filter(region=region).order_by("name"))
    rows = yaml.safe_load(ACTIVITIES.read_text("utf-8"))["activities"]
    for number in range(len(rows) * 2):
        row, place = rows[number % len(rows)], places[(number * 5) % len(places)]
        new = _activity(
            row, place, today + timedelta(days=number // len(rows)), f"demo:{region.slug}:{number}"
        )
        if team and place.pk in {p.pk for p in services_activities.may_plan_in(_actor(team[0][0], today))}:
            services_activities.keep_activity(
                actor=_actor(team[0][0], today), new=new, now=clock.at(today, 8)
            )
        else:
            _keep_unseen(region, place, new, today)
    if places:
        number, double = next((n, row) for n, row in enumerate(rows) if row.get("risk_group") == "kopp_kov")
        place = places[(number * 5) % len(places)]
        new = _activity(double, place, today + timedelta(days=5), f"demo:{region.slug}:double")
        _keep_unseen(region, place, new, today, title="Speelgroep voor kinderen van ouders met zorgen")


def _activity(row: dict[str, Any], place: Municipality, from_day: date, key: str) -> NewActivity:
    starts = from_day + timedelta(days=row["days"])
    ends = starts + timedelta(days=row["lasts"] - 1)
    running = starts <= from_day <= ends
    state = "running" if running else "done" if ends < from_day else "planned"
    look = starts + timedelta(days=14) if "late_look" in row or "looked_back" in row else None
    return NewActivity(
        municipality_id=place.pk,
        kind=row["kind"],
        title=row["title"],
        text=row["text"],
        state=state,
        starts_on=starts,
        ends_on=ends,
        when_words=row["when"],
        place=row["place"],
        organiser=row["organiser"],
        risk_group=row.get("risk_group", ""),
        initiative=row["initiative"],
        reach=row.get("reach"),
        reach_how=row.get("how", ""),
        evaluate_on=look,
        learned=row.get("looked_back", ""),
        once_key=key,
    )


def _keep_unseen(region: Region, place: Municipality, new: NewActivity, today: date, title: str = "") -> None:
    """Kept by somebody of that municipality whom the demo does not show."""
    Activity.objects.create(
        region=region,
        municipality=place,
        changed_by_name=f"Gemeente {place.name}",
        changed_at=clock.at(today, 8),
        once_key=new.once_key,
        **{
            name: getattr(new, name)
            for name in (
                *("kind", "text", "state", "starts_on", "ends_on", "when_words", "place", "organiser"),
                *("risk_group", "initiative", "reach", "reach_how", "evaluate_on", "learned"),
            )
        },
        title=title or new.title,
    )
