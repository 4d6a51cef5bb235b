"""Groups of the demo: their leaders, sessions, people, attendance, hours, outcomes and decisions."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from django.utils.text import slugify
from numpy.random import Generator

from noaber.cli.demo_world.names import full_name
from noaber.cli.demo_world.staff import demo_account, join, organisation
from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor, Kind, Role
from noaber.hallway.accounts.models import Account
from noaber.network.partners.models import Municipality, Organisation, Region
from noaber.network.residents.models import Resident
from noaber.offer.directory import services as directory
from noaber.offer.groups import services
from noaber.offer.groups.models import (
    Attendance,
    Enrolment,
    Group,
    GroupEvaluation,
    Leader,
    LeaderHours,
    Measure,
    ScaleDecision,
    Session,
)
from noaber.offer.groups.types import NewGroup, NewLeader

TABLE = Path(__file__).with_name("groups.yaml")
SEED = 20270701
FULL, SMALL = 60, 24
"""How many groups a demo of full size has, and a small one."""
SMALL_BELOW = 0.1
BEGAN = date(2026, 9, 1)
Status = Enrolment.Status


@dataclass(slots=True)
class Team:
    """Who leads, for which organisation, and when each is taken: (weekday, slot)."""

    people: list[tuple[Account, Organisation]]
    taken: dict[Any, set[tuple[int, int]]] = field(default_factory=dict)

    def free(self, home: str, weekday: int, slot: int) -> tuple[Account, Organisation] | None:
        """Somebody of this organisation who is free then."""
        for account, organisation_ in self.people:
            busy = self.taken.setdefault(account.pk, set())
            if organisation_.name == home and (weekday, slot) not in busy:
                return account, organisation_
        return None


def fill(region: Region, today: date, *, scale: float) -> None:
    """Sixty groups of every kind around today; in a small demo twenty-four. Twice is once."""
    table = yaml.safe_load(TABLE.read_text("utf-8"))
    if region.slug not in table["leaders"] or Group.objects.filter(region=region).exists():
        return
    rng = np.random.default_rng(SEED)
    team = _team(region, table)
    places = list(Municipality.objects.filter(region=region).order_by("name"))
    people = _residents(region)
    made = []
    for number in range(FULL if scale >= SMALL_BELOW else SMALL):
        made.append(_group(region, table, number, places, team, today))
    for number, group in enumerate(made):
        _people(group, number, people, rng, today)
    _past(made, rng, today)
    _decisions(made, today)
    gate.tell_database(Actor(kind=Kind.SYSTEM, purpose="demo: het verleden vullen"))


def _team(region: Region, table: dict[str, Any]) -> Team:
    began = clock.at(BEGAN, 8)
    people = []
    for row in table["leaders"][region.slug]:
        home = organisation(region, row["home"], "sociaal_werk_en_welzijn")
        account = demo_account(row["name"], began, demo=row.get("shown", False))
        join(account, home, Role.GROUP_LEADER, BEGAN)
        people.append((account, home))
    organises = table["organisers"][region.slug]
    account = demo_account(organises["name"], began, demo=True)
    join(account, organisation(region, organises["home"], "gemeente"), Role.GROUP_ORGANISER, BEGAN)
    return Team(people)


def _residents(region: Region) -> list[Resident]:
    """Residents of this region in a fixed order, without those of the cast."""
    found = Resident.objects.filter(municipality__region=region, account__is_demo=False)
    return list(found.order_by("created_at", "pk")[:400])


def _group(
    region: Region, table: dict[str, Any], number: int, places: list[Municipality], team: Team, today: date
) -> Group:
    rows = table["groups"]
    row = rows[number % len(rows)]
    series = number // len(rows)
    place = (
        next(p for p in places if p.slug == "almelo") if number == 0 else places[(number * 5) % len(places)]
    )
    leads, weekday, slot = _seats(row, number, team, today)
    starts = _first_day(series, number, today, weekday)
    ends = starts + timedelta(weeks=row["weeks"])
    home = leads[0][1]
    from_time, until_time = (time.fromisoformat(words) for words in table["slots"][slot])
    online = row.get("form") == "online"
    key = f"demo:group:{region.slug}:{number}"
    group_id = services.keep_group(
        region_id=region.pk,
        new=NewGroup(
            title=row["title"],
            kind=row["kind"],
            domain=home.domain,
            organisation_id=home.pk,
            starts_on=starts,
            ends_on=ends,
            municipality_id=None if online else place.pk,
            terms=tuple(row["terms"]),
            text=row["text"],
            suits=row["suits"],
            waits_for=row.get("waits", ""),
            min_places=4,
            max_places=row["most"],
            weekday=weekday,
            from_time=from_time,
            until_time=until_time,
            form=row.get("form", "live"),
            venue="" if online else table["venues"][number % len(table["venues"])],
            city="" if online else place.name,
            latitude=None if online or place.latitude is None else place.latitude + 0.004 * (number % 5 - 2),
            longitude=None
            if online or place.longitude is None
            else place.longitude + 0.005 * (number % 3 - 1),
            phone=f"088-000 {300 + number:04d}",
            cost=row.get("cost", ""),
            language=row.get("language", "nl"),
            min_age=row.get("low"),
            max_age=row.get("high"),
            needs_referral=row.get("referral", False),
            join_while_running=row.get("join", True),
            state="open",
        ),
        by_name="Ruud Scholten",
        once_key=key,
        now=clock.at(min(starts, today) - timedelta(days=30), 9),
    )
    for account, organisation_ in leads:
        services.add_leader(
            group_id=group_id,
            new=NewLeader(
                account_id=account.pk,
                organisation_id=organisation_.pk,
                from_on=min(starts, today) - timedelta(days=20),
                hours_per_week=Decimal(3),
                by_first_name=number % 4 == 0,
            ),
            now=clock.at(starts - timedelta(days=25), 9),
        )
    services.plan_sessions(group_id=group_id, now=clock.at(starts - timedelta(days=24), 9))
    if len(leads) > 1:
        shares = {leads[0][1].pk: Decimal(60), leads[1][1].pk: Decimal(40)}
        services.share_costs(group_id=group_id, shares=shares, now=clock.at(starts, 9))
    return Group.objects.get(pk=group_id)


def _seats(
    row: dict[str, Any], number: int, team: Team, today: date
) -> tuple[list[tuple[Account, Organisation]], int, int]:
    """Its leaders and a weekday and slot on which all of them are free; the first group meets today."""
    homes = [row["home"], *([row["with"]] if "with" in row else [])]
    first = today.isoweekday()
    for step in range(28):
        weekday = first if number == 0 else (number + step) % 5 + 1
        slot = 3 if number == 0 else (number // 5 + step // 5) % 4
        found = [team.free(home, weekday, slot) for home in homes]
        leads = [one for one in found if one is not None]
        if len(leads) == len(homes):
            for account, _home in leads:
                team.taken[account.pk].add((weekday, slot))
            return leads, weekday, slot
    raise RuntimeError(f"no free leaders for {row['title']}")


def _first_day(series: int, number: int, today: date, weekday: int) -> date:
    """Some run for weeks, some began lately, some begin soon."""
    ago = (56, 21, -9)[series % 3] + (number % 4) * 7
    day = today - timedelta(days=ago)
    return day + timedelta(days=(weekday - day.isoweekday()) % 7)


def _people(group: Group, number: int, people: list[Resident], rng: Generator, today: date) -> None:
    """Some full with people waiting, some half empty, one with an offered place; some without a page."""
    full = number % 3 == 0
    taken = group.max_places if full else max(2, group.max_places - 2 - number % 4)
    waiting = 1 + number % 6 if full else 0
    asked = 1 if number % 5 == 2 else 0
    first = min(group.starts_on, today) - timedelta(days=21)
    total = taken + waiting + asked
    start = (number * 11) % max(1, len(people)) if people else 0
    known = [people[(start + n) % len(people)] for n in range(min(total, len(people)))]
    rows = []
    for n in range(total):
        at = clock.at(first + timedelta(days=n % 14), 9 + n % 8, n % 60)
        status = Status.PLACED if n < taken else Status.WAITING if n < taken + waiting else Status.ASKED
        rows.append(_row(group, n, number, status, at, known, rng))
    Enrolment.objects.bulk_create(rows)


def _row(
    group: Group, n: int, number: int, status: str, at: datetime, known: list[Resident], rng: Generator
) -> Enrolment:
    key = f"demo:{group.once_key}:{n}"
    row = Enrolment(
        group=group,
        status=status,
        waits_since=at,
        way=Enrolment.Way.OWN,
        seat=n + 1 if status == Status.PLACED else None,
        placed_at=at + timedelta(hours=2) if status == Status.PLACED else None,
        shares_phone=n % 3 != 0,
        agreed_at=at,
        once_key=key,
    )
    with_page = n < len(known) and n % 4 != 3 and status != Status.ASKED
    if with_page:
        row.resident = known[n]
    else:
        row.way = Enrolment.Way.WITHOUT_PAGE
        row.name = full_name(rng)
        row.phone = f"0600{number:02d}{n:02d}00"[:10]
        row.person_key = slugify(key)
        row.shares_phone = True
    return row


def _past(groups: list[Group], rng: Generator, today: date) -> None:
    """Attendance of every session that was, with the hours of its leaders, and how people say it goes."""
    attendance, hours, measures, held = [], [], [], []
    start = clock.at(today, 0)
    for number, group in enumerate(groups):
        placed = list(Enrolment.objects.filter(group=group, status=Status.PLACED))
        past = list(
            Session.objects.filter(group=group, cancelled=False, during__endswith__lt=start).order_by(
                "during"
            )
        )
        if number == 1 and past:
            past = past[:-1]
        for session in past:
            session.held_at = session.during.upper
            held.append(session)
            there = rng.random(len(placed))
            for one, chance in zip(placed, there, strict=True):
                state = "present" if chance < 0.78 else "called" if chance < 0.92 else "absent"
                attendance.append(
                    Attendance(
                        session=session,
                        enrolment=one,
                        state=state,
                        noted_at=session.during.upper,
                        noted_by_name="de begeleider",
                    )
                )
        if past:
            measures += _measures(group, placed, rng, len(past))
            _confirmed(group, past[-1])
        for leader in Leader.objects.filter(group=group):
            hours += [
                LeaderHours(
                    leader=leader,
                    day=clock.day_of(session.during.lower),
                    hours=Decimal("2.5") if n % 3 else Decimal("3.5"),
                    on="session",
                    recorded_at=session.during.upper,
                    once_key=f"demo:{leader.pk}:{session.pk}"[:64],
                )
                for n, session in enumerate(past)
            ]
    Session.objects.bulk_update(held, ["held_at"])
    Attendance.objects.bulk_create(attendance)
    Measure.objects.bulk_create(measures)
    LeaderHours.objects.bulk_create(hours)


def _measures(group: Group, placed: list[Enrolment], rng: Generator, held: int) -> list[Measure]:
    rows = []
    for n, one in enumerate(placed):
        if n % 5 == 4:
            continue
        begin = int(rng.integers(2, 7))
        rows.append(
            Measure(
                enrolment=one,
                moment="start",
                score=begin,
                taken_on=group.starts_on,
                noted_by_name="de begeleider",
            )
        )
        if held >= 6:
            later = min(10, max(0, begin + int(rng.integers(-1, 4))))
            day = group.starts_on + timedelta(weeks=held)
            rows.append(
                Measure(enrolment=one, moment="end", score=later, taken_on=day, noted_by_name="de begeleider")
            )
    return rows


def _confirmed(group: Group, last: Session) -> None:
    if group.service_id is not None:
        directory.confirm(
            service_id=group.service_id,
            kind="visited",
            on=clock.day_of(last.during.lower),
            by=group.organisation.name,
            reference=f"groups.session:{last.pk}",
            now=last.during.upper,
        )


DECIDED = (
    (
        "up",
        "De groep zit vol en er wachten mensen. Bijna iedereen komt. Wij beginnen een tweede groep.",
    ),
    ("on", "De helft van de plekken is bezet. De deelnemers zijn tevreden. Na de zomer kijken wij opnieuw."),
    (
        "down",
        "Er komen te weinig mensen. Wij stoppen na deze reeks en verwijzen naar de groep in de buurgemeente.",
    ),
)


def _decisions(groups: list[Group], today: date) -> None:
    for number, group in enumerate(groups[:9]):
        direction, because = DECIDED[number % 3]
        day = today - timedelta(days=5 + 9 * number)
        ScaleDecision.objects.create(
            group=group,
            direction=direction,
            because=because,
            figures=[["Plekken", str(group.max_places)], ["Bijeenkomsten gehouden", str(4 + number)]],
            by_function="Programmamanager" if number % 2 else "Kerngroep groepen",
            decided_on=day,
            recorded_at=clock.at(day, 15),
            recorded_by_name="Ruud Scholten",
            once_key=f"demo:decision:{group.pk}",
        )
        if number % 2 == 0:
            GroupEvaluation.objects.create(
                group=group,
                held_on=day,
                went_well="De sfeer is goed. Mensen bellen elkaar nu ook buiten de groep.",
                better="De zaal is warm. Een tweede pauze helpt.",
                by_name="de begeleiders",
                recorded_at=clock.at(day, 14),
                once_key=f"demo:evaluation:{group.pk}",
            )
