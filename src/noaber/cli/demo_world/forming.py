"""People who wait for a group at seven organisations, groups from their lists, and a frozen report."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import yaml

from noaber.cli.demo_world.staff import demo_account, join
from noaber.ground.errors import NoaberError
from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor, Grant, Kind, Role
from noaber.network.partners.models import Membership, Municipality, Organisation, Region
from noaber.offer.groups import services_forming
from noaber.offer.groups.models import FormingQuestion
from noaber.offer.groups.services_forming import NewProposal, NewWait

DATA = Path(__file__).with_name("forming.yaml")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat")
HOURS = {"morning": time(10), "afternoon": time(14), "evening": time(19)}
SPAN = 45
"""Days before today on which the first lists were gathered; who began to wait later came on afterwards."""
KEEPERS = ("Wilma Reuvekamp", "Jan ter Haar", "Aysel Demir", "Piet Hesselink", "Nel Braakhuis")


def fill(region: Region, today: date) -> None:
    """Everything of it; only where the region knows these organisations and somebody who forms groups."""
    data = yaml.safe_load(DATA.read_text("utf-8"))
    homes = {row.slug: row for row in Organisation.objects.filter(region=region)}
    towns = {row.slug: row for row in Municipality.objects.filter(region=region, latitude__isnull=False)}
    organiser = _someone(region, Role.GROUP_ORGANISER, today)
    manager = _someone(region, Role.PROGRAMME_MANAGER, today)
    if organiser is None or manager is None:
        return
    with gate.as_system("demo: wie op een groep wacht"):
        _keepers(homes, today)
        waits = list(_waits(data["waiting"], homes, towns, today))
        _put(waits, today - timedelta(days=3650), today - timedelta(days=SPAN))
        _formed(organiser, region, homes, data["started"], today)
        _fallen(organiser, region, homes, data["fallen"], today)
        _put(waits, today - timedelta(days=SPAN), today)
        _wanted(manager, region, towns, data["wanted"], today)
        _running(organiser, region, homes, data["running"], today)
        quarter = _last_quarter(today)
        services_forming.freeze(
            actor=manager,
            region_id=region.pk,
            function="programmamanager",
            remarks="In de grote gemeenten mist het meest. Over slapen en verlies wachten mensen bij meer "
            "organisaties. Zie de wachtlijst per onderwerp.",
            once_key=f"demo:fit_gap:{region.slug}",
            now=clock.at(quarter, 16),
        )


def _last_quarter(today: date) -> date:
    """The last day of the quarter that is over."""
    return date(today.year, 3 * ((today.month - 1) // 3) + 1, 1) - timedelta(days=1)


def _someone(region: Region, role: Role, today: date) -> Actor | None:
    row = (
        Membership.objects.filter(role=str(role), organisation__region=region, period__contains=today)
        .select_related("account", "organisation")
        .order_by("account__name")
        .first()
    )
    return None if row is None else _actor(row, role)


def _actor(row: Membership, role: Role) -> Actor:
    return Actor(
        kind=Kind.STAFF,
        account_id=row.account_id,
        name=row.account.name,
        grants=(Grant(role, row.organisation_id, row.organisation.region_id, row.organisation.name),),
        second_factor=True,
        purpose="om een groep te vormen",
    )


def _keepers(homes: dict[str, Organisation], today: date) -> None:
    """Somebody who keeps the list at each organisation that has none yet."""
    wanted = ("mediant", "tactus", "avedan", "wijkracht", "ribw")
    for slug, name in zip(wanted, KEEPERS, strict=True):
        home = homes.get(slug)
        if home is not None and not home.memberships.filter(role=str(Role.ORGANISATION_ADMIN)).exists():
            join(demo_account(name, clock.at(today, 7)), home, Role.ORGANISATION_ADMIN, date(2026, 1, 5))


def _waits(
    rows: list[dict[str, Any]],
    homes: dict[str, Organisation],
    towns: dict[str, Municipality],
    today: date,
) -> Iterator[tuple[Organisation, NewWait]]:
    number = 0
    for group, row in enumerate(rows):
        places = [towns[slug] for slug in row["towns"] if slug in towns]
        people = [slug for slug, n in row["people"].items() for _one in range(n) if slug in homes]
        for at, slug in enumerate(people if places else []):
            number += 1
            since = today - timedelta(days=max(2, row["days"] - 5 * at))
            yield (
                homes[slug],
                NewWait(
                    reference=f"{slug[:2].upper()}-{4000 + 37 * number}",
                    kind=row["kind"],
                    theme=row["theme"],
                    municipality_id=places[at % len(places)].pk,
                    postcode="",
                    day_parts=tuple(row["parts"]),
                    language=row.get("language", "nl"),
                    age_band=row.get("age", ("26_40", "41_65")[(group + at) % 2]),
                    since=since,
                    travel_km=row.get("travel", 25),
                    consented_on=since,
                    once_key=f"demo:wait:{group}:{at}",
                ),
            )


def _put(waits: list[tuple[Organisation, NewWait]], after: date, until: date) -> None:
    """Everybody who began to wait after a day, up to and including another."""
    for home, new in waits:
        if after < new.since <= until:
            services_forming.take_in(home, new, by_name="Demo", now=clock.at(new.since, 11))


def _propose(
    organiser: Actor,
    region: Region,
    homes: dict[str, Organisation],
    title: str,
    *,
    on: date,
    sort: str,
) -> UUID | None:
    """The best group about this theme, as it could be on a day; nothing when it could not."""
    now = clock.at(on, 10)
    for chance in services_forming.chances(organiser, now=now):
        if chance.theme != sort or len(chance.leader_ids) < 2:
            continue
        begins = on + timedelta(days=15)
        day, part = chance.day_part.split("_")
        begins += timedelta(days=(WEEKDAYS.index(day) - begins.weekday()) % 7)
        first = next(row for row in homes.values() if row.name == chance.organisations[0])
        try:
            return services_forming.propose(
                actor=organiser,
                region_id=region.pk,
                new=NewProposal(
                    key=chance.key,
                    seen=chance.seen,
                    title=title,
                    venue=f"Wijkcentrum {chance.place}",
                    room_id=None,
                    starts_on=begins,
                    from_time=HOURS[part],
                    minutes=120,
                    sessions=8,
                    deadline=on + timedelta(days=10),
                    leader_ids=chance.leader_ids,
                    carried_by_id=first.pk,
                    cost_by="participants",
                    cents_per_hour=7500,
                    leader_hours=Decimal(3),
                    other_cents=28000,
                    once_key=f"demo:proposal:{title}"[:64],
                ),
                now=now,
            )
        except NoaberError:
            continue
    return None


def _say(proposal_id: UUID, said: str, today: date) -> None:
    """Answers in the order of the list: y, n, l, or - for none yet."""
    words = {"y": "yes", "n": "no", "l": "later"}
    rows = FormingQuestion.objects.filter(proposal_id=proposal_id).select_related("organisation")
    for row, sign in zip(rows.order_by("waiting__since", "pk"), said, strict=False):
        if sign in words:
            home = row.organisation
            keeper = Actor(
                kind=Kind.STAFF,
                name=f"Lijst {home.name}",
                grants=(Grant(Role.ORGANISATION_ADMIN, home.pk, home.region_id, home.name),),
                second_factor=True,
                purpose="om een groep te vormen",
            )
            services_forming.answer(
                actor=keeper, question_id=row.pk, said=words[sign], now=clock.at(today, 14)
            )


def _formed(
    organiser: Actor, region: Region, homes: dict[str, Organisation], title: str, today: date
) -> None:
    on = today - timedelta(days=42)
    proposal = _propose(organiser, region, homes, title, on=on, sort="mood")
    if proposal is None:
        return
    _say(proposal, "yyyyyyyl", on + timedelta(days=4))
    services_forming.start(actor=organiser, proposal_id=proposal, now=_moment(on + timedelta(days=6)))


def _fallen(
    organiser: Actor, region: Region, homes: dict[str, Organisation], title: str, today: date
) -> None:
    on = today - timedelta(days=34)
    proposal = _propose(organiser, region, homes, title, on=on, sort="loneliness")
    if proposal is not None:
        _say(proposal, "ynyl", on + timedelta(days=4))
        services_forming.fall_after_deadline(now=_moment(on + timedelta(days=11)))


def _running(
    organiser: Actor, region: Region, homes: dict[str, Organisation], title: str, today: date
) -> None:
    on = today - timedelta(days=4)
    proposal = _propose(organiser, region, homes, title, on=on, sort="stress")
    if proposal is not None:
        _say(proposal, "y-y-y-l-n", on + timedelta(days=2))


def _moment(day: date) -> datetime:
    return clock.at(day, 9)


def _wanted(
    manager: Actor,
    region: Region,
    towns: dict[str, Municipality],
    rows: list[dict[str, Any]],
    today: date,
) -> None:
    begins = date(today.year, 1, 1)
    for number, row in enumerate(rows):
        town = towns.get(row.get("town", ""))
        if row.get("town") and town is None:
            continue
        services_forming.set_wanted(
            actor=manager,
            region_id=region.pk,
            given={
                "municipality_id": town.pk if town else None,
                "kind": "",
                "number": row["number"],
                "from_on": begins,
                "reason": row["reason"],
            },
            once_key=f"demo:wanted:{region.slug}:{number}",
            now=clock.at(begins, 9),
        )
