"""The invented organisations, people, rooms and offers of the demo."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.text import slugify
from numpy.random import Generator

from noaber.cli.demo_world.names import full_name
from noaber.hallway.access.types import Role
from noaber.hallway.accounts.models import Account
from noaber.knowledge.codes import load_codes
from noaber.network.partners.models import (
    Absence,
    Certificate,
    Location,
    Membership,
    Municipality,
    Organisation,
    Professional,
    Region,
    Room,
    WorkingPattern,
)
from noaber.network.partners.queries import PLANNING_OFFICE

PRACTICE_NAMES = (
    "De Linde|De Beuk|Het Veer|De Es|De Waag|Zuidrand|Het Anker|De Marke|Kerkpad|De Brink|Oostkant|De Molen|"
    "De Sluis|Het Wiel|De Hagen|Noordzoom|De Krul|Het Kompas|De Vonder|De Kolk|Westerhof|De Hoeve"
).split("|")
GROUP_PROFESSIONS = {
    "ggz": ("psychologist", "psychiatric_nurse", "healthcare_psychologist", "community_psychiatric_nurse"),
    "social": ("social_worker", "welfare_worker", "neighbourhood_team_worker"),
    "lived_experience": ("peer_worker",),
}
LANGUAGES = ("tr", "ar", "pl", "uk", "en", "de")


@dataclass(slots=True)
class Staff:
    """Everyone who acts in the demo's past."""

    region: Region
    municipalities: list[Municipality]
    weights: list[float]
    office: Organisation
    referrers: dict[Any, list[Account]]
    pool: list[Professional] = field(default_factory=list)
    rooms: dict[Any, list[Room]] = field(default_factory=dict)
    cast: dict[str, Account] = field(default_factory=dict)


def demo_account(name: str, now: datetime, *, demo: bool = False) -> Account:
    """An account without password: the demo's own page signs in."""
    return Account.objects.create_user(
        email=f"{slugify(name).replace('-', '.')}@voorbeeld.example", name=name, is_demo=demo, created_at=now
    )


def join(
    account: Account, organisation: Organisation, role: Role, start: date, end: date | None = None
) -> None:
    """A role from a day, up to and not including another."""
    Membership.objects.create(
        account=account, organisation=organisation, role=role, period=DateRange(start, end)
    )


def organisation(region: Region, name: str, domain: str, **more: Any) -> Organisation:
    """The partner with this name, from the plan or made here."""
    found = Organisation.objects.filter(region=region, name=name).first()
    if found is not None:
        return found
    return Organisation.objects.create(region=region, slug=slugify(name), name=name, domain=domain, **more)


def make_staff(region: Region, rng: Generator, *, start: date, now: datetime, size: int) -> Staff:
    """Organisations, referrers, a pool of about `size` professionals, rooms in every municipality."""
    places = list(Municipality.objects.filter(region=region).order_by("name"))
    total = sum(p.inhabitants or 10_000 for p in places)
    office = organisation(
        region, f"Netwerkbureau {region.name}", "gemeente", roles=[PLANNING_OFFICE], phone="088-000 0110"
    )
    if PLANNING_OFFICE not in office.roles:
        office.roles = [*office.roles, PLANNING_OFFICE]
        office.save(update_fields=["roles"])
    staff = Staff(
        region=region,
        municipalities=places,
        weights=[(p.inhabitants or 10_000) / total for p in places],
        office=office,
        referrers={p.pk: [] for p in places},
    )
    began = start - timedelta(days=200)
    _rooms(staff, rng)
    _practices(staff, rng, began, now)
    _pool(staff, rng, began, now, size)
    return staff


def _rooms(staff: Staff, rng: Generator) -> None:
    for number, place in enumerate(staff.municipalities):
        location = Location.objects.create(
            municipality=place, name=f"Wijkhuis {place.name}", address="Kerkstraat 0"
        )
        wanted = 3 if staff.weights[number] > 0.12 else 2
        staff.rooms[place.pk] = [
            Room.objects.create(location=location, name=f"Kamer {n + 1}", opens=time(8), closes=time(21))
            for n in range(wanted)
        ]


def _practices(staff: Staff, rng: Generator, began: date, now: datetime) -> None:
    places = staff.municipalities
    extra = rng.choice(len(places), size=max(0, len(PRACTICE_NAMES) - len(places)), p=staff.weights)
    spread = [*range(len(places)), *(int(n) for n in extra)]
    ordered = sorted(spread, key=lambda n: (places[n].name != "Almelo", n))
    for name, position in zip(PRACTICE_NAMES, ordered, strict=False):
        place = places[position]
        practice = organisation(
            staff.region,
            f"Huisartsenpraktijk {name} ({staff.region.slug})"
            if staff.region.slug != "twente"
            else f"Huisartsenpraktijk {name}",
            "huisartsenzorg",
            municipality=place,
            phone="0546-000 110",
        )
        first = staff.region.slug == "twente" and name == "De Linde"
        doctor = "Noor de Wit" if first else _fresh_name(rng)
        account = demo_account(doctor, now, demo=first)
        join(account, practice, Role.REFERRER, began)
        staff.referrers[place.pk].append(account)
        if first:
            staff.cast["noor"] = account


def _fresh_name(rng: Generator) -> str:
    while True:
        name = full_name(rng)
        if not Account.objects.filter(email=f"{slugify(name).replace('-', '.')}@voorbeeld.example").exists():
            return name


def _homes(staff: Staff, group: str) -> list[Organisation]:
    groups = {d.code: str(d.group) for d in load_codes().domains.values()}
    found = [
        o
        for o in Organisation.objects.filter(region=staff.region).order_by("name")
        if groups.get(o.domain) == group
    ]
    if found:
        return found
    names = {
        "ggz": ("GGZ De Overkant", "ggz"),
        "social": ("Welzijn De Kring", "sociaal_werk_en_welzijn"),
        "lived_experience": ("Ervaringshuis De Stap", "ervaringsdeskundigheid"),
    }
    return [organisation(staff.region, *names[group])]


def _pool(staff: Staff, rng: Generator, began: date, now: datetime, size: int) -> None:
    shares = {"ggz": 0.4, "social": 0.36, "lived_experience": 0.24}
    for group, share in shares.items():
        homes = _homes(staff, group)
        for number in range(max(3, round(size * share))):
            place = staff.municipalities[int(rng.choice(len(staff.municipalities), p=staff.weights))]
            home = homes[number % len(homes)]
            staff.pool.append(_professional(staff, rng, group, home, place, began, now))


def _professional(
    staff: Staff,
    rng: Generator,
    group: str,
    home: Organisation,
    place: Municipality,
    began: date,
    now: datetime,
    *,
    name: str = "",
    demo: bool = False,
    profession: str = "",
    weekdays: tuple[int, ...] = (),
) -> Professional:
    name = name or _fresh_name(rng)
    account = demo_account(name, now, demo=demo)
    join(account, home, Role.GUIDE, began)
    kinds = GROUP_PROFESSIONS[group]
    profession = profession or kinds[int(rng.integers(len(kinds)))]
    table = load_codes().professions[profession]
    registered = str(table.register) not in {"none", ""} and rng.random() < 0.8
    person = Professional.objects.create(
        account=account,
        name=name,
        organisation=home,
        profession=profession,
        domain_group=group,
        register=str(table.register) if registered else "",
        register_number=f"DEMO{int(rng.integers(10_000, 99_999))}" if registered else "",
        languages=[
            "nl",
            *{LANGUAGES[int(n)] for n in rng.integers(len(LANGUAGES), size=1) if rng.random() < 0.4},
        ],
        gender="v" if rng.random() < 0.6 else "m",
        phone=f"0546-000 {int(rng.integers(120, 990))}",
        home=place,
        begins_on=began,
    )
    days = weekdays or tuple(
        sorted(int(d) + 1 for d in rng.choice(5, size=int(rng.integers(3, 5)), replace=False))
    )
    WorkingPattern.objects.bulk_create(
        WorkingPattern(professional=person, weekday=day, from_time=time(9), until_time=time(17, 30))
        for day in days
    )
    asked = bool(staff.region.settings["composition"]["trained_guide_required"])
    if rng.random() < 0.88 or asked:
        got = began + timedelta(days=0 if asked else int(rng.integers(0, 300)))
        Certificate.objects.create(
            professional=person,
            kind=staff.region.settings.get("host_certificate", {}).get("code") or "network_intake",
            obtained_on=got,
            expires_on=got + timedelta(days=3 * 365),
        )
    return person


def add_cast(staff: Staff, rng: Generator, *, start: date, today: date, now: datetime) -> None:
    """The people of the demo's front page, one for each role."""
    began = start - timedelta(days=200)
    region = staff.region
    dimence = organisation(region, "Dimence Groep", "ggz")
    every = (1, 2, 3, 4, 5)
    people = (
        ("sanne", "Sanne Bakker", "ggz", dimence, "psychologist"),
        (
            "henk",
            "Henk Oude Vrielink",
            "lived_experience",
            organisation(region, "Ixta Noa", "ervaringsdeskundigheid"),
            "peer_worker",
        ),
        (
            "bram",
            "Bram Kamphuis",
            "social",
            organisation(region, "Avedan", "sociaal_werk_en_welzijn"),
            "social_worker",
        ),
    )
    almelo = next(p for p in staff.municipalities if p.name == "Almelo")
    for key, name, group, home, profession in people:
        person = _professional(
            staff,
            rng,
            group,
            home,
            almelo,
            began,
            now,
            name=name,
            demo=True,
            profession=profession,
            weekdays=every,
        )
        staff.pool.append(person)
        staff.cast[key] = person.account  # type: ignore[assignment]  # made with an account just above
    roles = (
        ("ilse", "Ilse Kamp", staff.office, Role.PLANNER),
        ("joris", "Joris Veen", staff.office, Role.PROGRAMME_MANAGER),
        ("petra", "Petra Smit", staff.office, Role.PRIVACY_OFFICER),
        ("dirk", "Dirk Roelofs", dimence, Role.ORGANISATION_ADMIN),
        ("otto", "Otto Beheer", staff.office, Role.OPERATOR),
        ("anouk", "Anouk Meijer", staff.office, Role.EDITOR),
    )
    for key, name, home, role in roles:
        staff.cast[key] = demo_account(name, now, demo=True)
        join(staff.cast[key], home, role, began)
    point = organisation(region, "Ixta Noa", "ervaringsdeskundigheid")
    staff.cast["wil"] = demo_account("Wil Nijhuis", now, demo=True)
    join(staff.cast["wil"], point, Role.HOST, began)
    if not point.phone:
        point.phone = "0546 00 00 45"
        point.save(update_fields=["phone"])
    karel = demo_account("Karel Post", now)
    join(karel, dimence, Role.GUIDE, began, today - timedelta(days=40))
    staff.cast["karel"] = karel
    for person in staff.pool[:6]:
        Absence.objects.create(
            professional=person, starts_at=now + timedelta(days=3), ends_at=now + timedelta(days=17)
        )
