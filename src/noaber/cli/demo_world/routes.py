"""Wayfinders and referral agreements of the demo, with a year of following them or not. All invented."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import numpy as np
import yaml
from numpy.random import Generator

from noaber.cli.demo_world.history import Historian
from noaber.cli.demo_world.names import full_name
from noaber.cli.demo_world.staff import demo_account, join
from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor, Role
from noaber.hallway.accounts.models import Account
from noaber.network.partners.models import Municipality, Organisation, Region
from noaber.offer.directory.models import Service
from noaber.offer.routes import services, services_cards
from noaber.offer.routes.models import RouteDeviation, RouteUse, RouteVersion
from noaber.offer.routes.types import NewWayfinder, RouteText

CARDS = Path(__file__).with_name("routes.yaml")
SEED = 12
BEGAN = date(2026, 3, 2)
SPACE = UUID("5b1c8c1e-3d0b-4a5e-9c53-0c9d7f3f6a11")
HOMES = (
    ("Avedan", ("loneliness", "caring")),
    ("Wijkracht", ("money", "home")),
    ("Ixta Noa", ("self", "reality")),
    ("Tactus", ("addiction",)),
    ("Mensdoormens", ("loss", "loneliness")),
    ("Dimence Groep", ("mood", "anxiety")),
    ("Mediant", ("reality", "safety")),
    ("Salut", ("work", "newcomers")),
    ("Impuls Oldenzaal", ("family", "parents")),
    ("InTact", ("addiction", "relatives")),
)
KNOWS = (
    "Weet welke groep nog plek heeft.",
    "Gaat de eerste keer graag mee.",
    "Kent de aanbieders in de buurt bij naam.",
    "Helpt ook met formulieren en vervoer.",
    "",
)
HOURS = (
    "ma t/m do, 9.00 – 16.00 uur",
    "di en do, 10.00 – 15.00 uur",
    "elke werkdag tot 17.00 uur",
    "wo en vr",
)
WAYFINDERS = 30
SELDOM, BUSY = 20, 3
"""What is used more than `SELDOM` times by its entry, is used `BUSY` times as often as that."""

ELSEWHERE = "centraal-gelderland"
THERE = ("Rijnstad", "Ixta Noa", "IrisZorg", "RIBW AVV", "Siza", "Rijnstad")


def fill(past: Historian, today: date) -> None:
    """Thirty wayfinders over all municipalities, twelve agreements and what was done with them."""
    rng = np.random.default_rng(SEED)
    region, editor = past.staff.region, past.actor(past.staff.cast["anouk"])
    places = list(past.staff.municipalities)
    for number in range(WAYFINDERS):
        name, terms = HOMES[number % len(HOMES)]
        home = Organisation.objects.filter(region=region, name=name).first()
        if home is not None:
            _name_one(editor, home, places, number, terms, rng)
    _agree_on_cards(region, editor, past.actor(past.staff.cast["dirk"]), today, rng)


def fill_elsewhere(today: date) -> None:
    """A small network in the region whose plan counts one (KPI 8 of Centraal Gelderland)."""
    region = Region.objects.filter(slug=ELSEWHERE).first()
    homes = Organisation.objects.filter(region=region, name__in=THERE).order_by("name")
    if region is None or not homes:
        return
    rng = np.random.default_rng(SEED + 1)
    editor = _colleague("Redactie Arnhem", homes[0], Role.EDITOR)
    places = list(Municipality.objects.filter(region=region).order_by("name"))
    for number in range(len(THERE)):
        _name_one(editor, homes[number % len(homes)], places, number, ("loneliness",), rng)


def _colleague(name: str, home: Organisation, role: Role) -> Actor:
    account = demo_account(name, clock.at(BEGAN, 8))
    join(account, home, role, BEGAN)
    return gate.actor_for(account, on=clock.today(), second_factor=True)


def _name_one(
    editor: Actor,
    home: Organisation,
    places: list[Municipality],
    number: int,
    terms: tuple[str, ...],
    rng: Generator,
) -> None:
    """A colleague with a role of her own, so that she is a wayfinder as long as she works there."""
    name = full_name(rng)
    while Account.objects.filter(name=name).exists():
        name = full_name(rng)
    account = demo_account(name, clock.at(BEGAN, 8))
    join(account, home, Role.GUIDE, BEGAN)
    place = places[number % len(places)]
    begins = BEGAN + timedelta(days=int(rng.integers(0, 100)))
    also = tuple(p.pk for p in (places[(number + 5) % len(places)],) if p != place and number % 3 == 0)
    services.keep_wayfinder(
        actor=editor,
        wayfinder=NewWayfinder(
            organisation_id=home.pk,
            municipality_id=place.pk,
            name=name,
            phone=f"0546-000 {300 + number}",
            email=str(account.email),
            hours=HOURS[number % len(HOURS)],
            degree="professionals" if number % 3 == 2 else "public",
            said="spoken" if number % 2 else "written",
            agreed_on=begins,
            begins_on=begins,
            also_in=also,
            whole_region=number % 11 == 10,
            languages=("nl", ("tr", "ar", "pl", "de")[number % 4]) if number % 4 == 0 else ("nl",),
            terms=terms,
            knows=KNOWS[number % len(KNOWS)],
        ),
        once_key=f"demo-wayfinder-{home.region_id}-{number}",
        now=clock.at(begins, 10),
    )


def _agree_on_cards(region: Region, editor: Actor, dirk: Actor, today: date, rng: Generator) -> None:
    admins: dict[UUID, Actor] = {}
    for number, entry in enumerate(yaml.safe_load(CARDS.read_text("utf-8"))):
        owner = Organisation.objects.filter(region=region, name=entry["owner"]).first()
        if owner is None:
            continue
        if owner.pk not in admins:
            ours = owner.pk in dirk.organisations(Role.ORGANISATION_ADMIN)
            name = f"Beheer {owner.name}"[:60]
            admins[owner.pk] = dirk if ours else _colleague(name, owner, Role.ORGANISATION_ADMIN)
        _one_card(region, owner, entry, number, editor, admins[owner.pk], today, rng)


def _one_card(
    region: Region,
    owner: Organisation,
    entry: dict[str, Any],
    number: int,
    editor: Actor,
    admin: Actor,
    today: date,
    rng: Generator,
) -> None:
    text = _text(region, entry, entry["from"], entry.get("then", ""))
    card_id = services_cards.start_card(
        actor=editor,
        owner_id=owner.pk,
        text=text,
        once_key=f"demo-route-{region.pk}-{number}",
        now=_before(entry["from"], 20),
    )
    versions = [_agreed(card_id, editor, admin, entry["from"])]
    renewed = entry.get("renewed")
    if renewed:
        newer = _text(region, entry, renewed, entry["renewed_then"])
        services_cards.write_version(
            actor=editor, card_id=card_id, text=newer, lock=0, now=_before(renewed, 20)
        )
        versions.append(_agreed(card_id, editor, admin, renewed))
    _used(entry, versions, today, rng)
    if number == 2:
        later = today + timedelta(days=31)
        newest = _text(region, entry, later, entry["renewed_then"])
        now = _before(today, 3)
        services_cards.write_version(actor=editor, card_id=card_id, text=newest, lock=0, now=now)
        services_cards.propose(actor=editor, card_id=card_id, version_id=_open(card_id).pk, now=now)


def _agreed(card_id: UUID, editor: Actor, admin: Actor, begins: date) -> RouteVersion:
    version = _open(card_id)
    services_cards.propose(actor=editor, card_id=card_id, version_id=version.pk, now=_before(begins, 14))
    services_cards.agree(actor=admin, card_id=card_id, version_id=version.pk, now=_before(begins, 5))
    return version


def _open(card_id: UUID) -> RouteVersion:
    return RouteVersion.objects.get(card_id=card_id, state__in=services_cards.OPEN)


def _before(day: date, days: int) -> datetime:
    return clock.at(day - timedelta(days=days), 11)


def _text(region: Region, entry: dict[str, Any], begins: date, then: str) -> RouteText:
    found = Service.objects.filter(region=region, name__in=entry.get("services", ()), source="")
    return RouteText(
        question=entry["question"],
        first_choice=entry["first_choice"],
        valid_from=begins,
        then=then,
        words=tuple(entry["words"]),
        terms=tuple(entry["terms"]),
        service_ids=tuple(found.order_by("name").values_list("pk", flat=True)),
        **{key: entry.get(key, "") for key in ("for_whom", "not_for", "send_along", "ring", "ring_phone")},
    )


def _used(entry: dict[str, Any], versions: list[RouteVersion], today: date, rng: Generator) -> None:
    """The uses of a year, spread over its months, each with the version that applied then."""
    first = max(entry["from"], today - timedelta(days=365))
    days = max(1, (today - first).days)
    said = iter(entry.get("said", ()))
    often = BUSY if entry["yearly"] > SELDOM else 1
    happened = ["followed"] * (entry["yearly"] * often)
    for reason, times in entry["otherwise"].items():
        happened += [reason] * (times * often)
    uses, deviations = [], []
    for number, what in enumerate(happened):
        day = first + timedelta(days=int(rng.integers(days)))
        version = versions[-1] if len(versions) > 1 and day >= entry["renewed"] else versions[0]
        use = RouteUse(
            id=uuid5(SPACE, f"{version.pk}{number}"),
            version=version,
            month=day.replace(day=1),
            followed=what == "followed",
            once_key=f"demo-{version.pk}-{number}",
        )
        uses.append(use)
        if what != "followed":
            deviations.append(RouteDeviation(use=use, reason=what, words=next(said, "")))
    RouteUse.objects.bulk_create(uses)
    RouteDeviation.objects.bulk_create(deviations)
