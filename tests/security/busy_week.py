"""A busy week of a whole region in the log: fifty thousand lines, and six people who should not have looked.

Everybody else does what people at work do: planners open eighty files a day, some work late, some try an old
link, some share a surname with a resident, and some step in for a colleague who fell ill.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID

import numpy as np
from django.db import connection
from psycopg.types.json import Jsonb

from noaber.hallway import clock
from noaber.hallway.access import gate
from noaber.hallway.accounts.models import Account
from noaber.hallway.audit.fingerprints import street_mark
from noaber.hallway.audit.models import HomeStreet
from noaber.network.partners.factories import make_municipality, make_organisation, make_region
from noaber.network.partners.models import Membership, Organisation, Professional, Region, WorkingPattern
from noaber.network.residents.models import HelpRequest, Involvement, Preferences, Resident

MONDAY = date(2027, 6, 21)
REASON = "een drukke week nabootsen"
COMMON = (
    *("de Vries", "Jansen", "de Jong", "Bakker", "Visser", "Smit", "Meijer", "de Boer", "Mulder", "de Groot"),
    *("Bos", "Vos", "Peters", "Hendriks", "van Leeuwen", "Dekker", "Brouwer", "de Wit", "Dijkstra", "Smits"),
)
LESS_COMMON = tuple(
    f"{start}{end}"
    for start in ("Oude Vel", "Ter ", "Klein ", "Nij", "Wes", "Hol", "Bre", "Raa", "Schuur", "Lans", "Kam")
    for end in ("huis", "man", "kamp", "horst", "brink", "berg", "dijk", "ink")
)
GIVEN = tuple(
    start + end
    for start in ("An", "Jo", "Fa", "Pi", "Mi", "Bra", "El", "Da", "No", "Ke", "Lo", "Se")
    for end in ("na", "han", "tma", "et", "la", "mke", "se", "an", "or", "es")
)


@dataclass(slots=True)
class Worker:
    """One colleague at work."""

    account: UUID
    name: str
    role: str
    organisation: UUID
    files: list[UUID] = field(default_factory=list)


@dataclass(slots=True)
class BusyWeek:
    """The region, everyone in it, who snooped and how many lines there are."""

    region: Region
    workers: list[Worker] = field(default_factory=list)
    snoopers: dict[str, UUID] = field(default_factory=dict)
    rows: list[tuple[object, ...]] = field(default_factory=list)


class Writer:
    """Makes lines of the log and writes them all at once."""

    COLUMNS = (
        *("event_id", "occurred_at", "event_type", "action", "result", "account_id", "actor_name", "role"),
        *("organisation_name", "region_id", "network_access_point", "purpose", "basis", "resident_id"),
        *("object_kind", "object_id", "part", "emergency", "acting_role", "profession", "listed", "hats"),
    )

    def __init__(self, region: Region, rng: np.random.Generator) -> None:
        self.region, self.rng = region, rng
        self.rows: list[tuple[object, ...]] = []

    def line(
        self,
        worker: Worker,
        resident: UUID | None,
        at: datetime,
        *,
        action: str = "R",
        refused: bool = False,
        listed: bool = False,
    ) -> None:
        """One line."""
        hat = {
            "role": worker.role,
            "organisation_id": str(worker.organisation),
            "region_id": str(self.region.pk),
        }
        event = "access.guessed" if refused else "help_request.list" if listed else "help_request.read"
        self.rows.append(
            (
                *(uuid.UUID(bytes=self.rng.bytes(16)), at, event, action, "8" if refused else "0"),
                *(worker.account, worker.name, worker.role, "Een organisatie", self.region.pk, "10.0.0.1"),
                *("om te werken", "rol", resident, "help_request", "", "uw vraag", False, worker.role, ""),
                *(listed, Jsonb([hat])),
            )
        )

    def write(self) -> None:
        """Copy all lines into the log."""
        names = ", ".join(self.COLUMNS)
        connection.ensure_connection()
        with (
            connection.cursor() as outer,
            outer.cursor.copy(f"COPY audit_auditentry ({names}) FROM STDIN") as copy,
        ):
            for row in self.rows:
                copy.write_row(row)


def live(*, seed: int = 7) -> BusyWeek:
    """The whole week, in the transaction of the caller."""
    rng = np.random.default_rng(seed)
    region = make_region("drukke-regio", "Drukke regio")
    week = BusyWeek(region)
    with gate.as_system(REASON):
        _people(week, rng)
        writer = Writer(region, rng)
        for worker in week.workers:
            _at_work(worker, writer, rng)
        _noise(week, writer, rng)
        _snoop(week, writer)
        writer.write()
    week.rows = writer.rows
    return week


def _name(rng: np.random.Generator) -> str:
    names = COMMON if rng.random() < 0.6 else LESS_COMMON
    return f"{GIVEN[rng.integers(len(GIVEN))]} {names[rng.integers(len(names))]}"


def _people(week: BusyWeek, rng: np.random.Generator) -> None:
    place = make_municipality(week.region)
    kinds = [("referrer", 20, 3), ("guide", 14, 5), ("planner", 1, 6)]
    for role, organisations, each in kinds:
        for number in range(organisations):
            organisation = make_organisation(week.region, f"{role} {number}")
            for _ in range(each):
                _hire(week, role, organisation, rng)
    residents = Resident.objects.bulk_create(
        Resident(name=_name(rng), phone="0600000000", municipality=place, created_at=clock.at(MONDAY, 8))
        for _ in range(700)
    )
    threads = HelpRequest.objects.bulk_create(
        HelpRequest(
            code=f"D-{number}",
            resident=resident,
            region=week.region,
            municipality=place,
            question="Iets.",
            received_at=clock.at(MONDAY - timedelta(days=60), 9),
        )
        for number, resident in enumerate(residents)
    )
    _share_out(week, threads, rng)


def _hire(week: BusyWeek, role: str, organisation: Organisation, rng: np.random.Generator) -> Worker:
    account = Account.objects.create(name=_name(rng), email=None)
    Membership.objects.create(
        account=account, organisation=organisation, role=role, period=(date(2025, 1, 1), None)
    )
    worker = Worker(account.pk, account.name, role, organisation.pk)
    week.workers.append(worker)
    return worker


def _share_out(week: BusyWeek, threads: Iterable[HelpRequest], rng: np.random.Generator) -> None:
    guides = [w for w in week.workers if w.role == "guide"]
    practice = [w for w in week.workers if w.role == "referrer"]
    planners = [w for w in week.workers if w.role == "planner"]
    since, parts = clock.at(MONDAY - timedelta(days=60), 9), Involvement.Part
    ties = []
    for thread in threads:
        gp = practice[rng.integers(len(practice))]
        gp.files.append(thread.resident_id)
        ties.append((thread, parts.REFERRER, gp.account, gp.organisation))
        ties.append((thread, parts.PLANNER, None, planners[0].organisation))
        for index in rng.choice(len(guides), size=2, replace=False):
            guides[index].files.append(thread.resident_id)
            ties.append((thread, parts.GUIDE, guides[index].account, guides[index].organisation))
        for planner in planners:
            planner.files.append(thread.resident_id)
    Involvement.objects.bulk_create(
        Involvement(help_request=thread, part=part, account_id=account, organisation_id=place, since=since)
        for thread, part, account, place in ties
    )


def _working_hour(rng: np.random.Generator, day: date) -> datetime:
    return clock.at(day, int(rng.integers(8, 17)), int(rng.integers(60)))


def _some(rng: np.random.Generator, files: list[UUID], count: int) -> list[UUID]:
    chosen = rng.choice(len(files), size=min(count, len(files)), replace=False)
    return [files[index] for index in chosen]


A_DAY = {"planner": 80, "guide": 8, "referrer": 4}
LISTS_A_DAY = {"planner": 17, "guide": 3, "referrer": 2}


def _at_work(worker: Worker, writer: Writer, rng: np.random.Generator) -> None:
    """Three weeks of ordinary work; only the last has its lists, the others are there for the habit."""
    for back in (14, 7, 0):
        for weekday in range(5):
            day = MONDAY - timedelta(days=back) + timedelta(days=weekday)
            for resident in _some(rng, worker.files, max(1, int(rng.normal(A_DAY[worker.role], 2)))):
                at = _working_hour(rng, day)
                writer.line(worker, resident, at)
                if worker.role == "guide" and rng.random() < 0.3:
                    writer.line(worker, resident, at + timedelta(minutes=9), action="U")
            if back == 0:
                for _ in range(LISTS_A_DAY[worker.role]):
                    at = _working_hour(rng, day)
                    for resident in worker.files[:60]:
                        writer.line(worker, resident, at, listed=True)


def _noise(week: BusyWeek, writer: Writer, rng: np.random.Generator) -> None:
    """What happens at work and is nothing: late hours, old links, standing in, a day to catch up."""
    guides = [w for w in week.workers if w.role == "guide"]
    practice = [w for w in week.workers if w.role == "referrer"]
    for worker in guides[:12]:
        writer.line(worker, worker.files[0], clock.at(MONDAY + timedelta(days=1), 22, 40))
    for worker in practice[:15]:
        writer.line(worker, worker.files[0], clock.at(MONDAY + timedelta(days=5), 11))
    for worker in guides[12:30]:
        for number in range(int(rng.integers(1, 4))):
            writer.line(worker, None, clock.at(MONDAY + timedelta(days=2), 10, number), refused=True)
    for worker in guides[30:32]:
        for number in range(6):
            writer.line(worker, None, clock.at(MONDAY + timedelta(days=3), 10, number), refused=True)
    for worker, ill in zip(guides[32:38], guides[38:44], strict=True):
        for resident in ill.files[:2]:
            writer.line(worker, resident, clock.at(MONDAY + timedelta(days=3), 14))
    for worker in guides[44:48]:
        for number, resident in enumerate(worker.files[:18]):
            writer.line(worker, resident, clock.at(MONDAY + timedelta(days=4), 9 + number // 3, number))
    _evening_shift(guides[48], writer)
    _first_week(week, writer, rng)


def _evening_shift(evening: Worker, writer: Writer) -> None:
    """Someone whose hours are in the evening."""
    person = Professional.objects.create(
        account_id=evening.account, name=evening.name, organisation_id=evening.organisation,
        profession="nurse", domain_group="ggz", begins_on=date(2025, 1, 1),
    )  # fmt: skip
    WorkingPattern.objects.bulk_create(
        WorkingPattern(professional=person, weekday=day, from_time=time(18), until_time=time(23, 59))
        for day in range(1, 6)
    )
    for day in range(5):
        writer.line(evening, evening.files[day], clock.at(MONDAY + timedelta(days=day), 22, 30))


def _first_week(week: BusyWeek, writer: Writer, rng: np.random.Generator) -> None:
    """A planner without any habit yet."""
    new = _hire(week, "planner", Organisation.objects.get(pk=week.workers[-1].organisation), rng)
    new.files = week.workers[-2].files
    for day in range(5):
        for resident in _some(rng, new.files, 90):
            writer.line(new, resident, _working_hour(rng, MONDAY + timedelta(days=day)))


def _snoop(week: BusyWeek, writer: Writer) -> None:
    """Six people, one of each kind."""
    guides = [w for w in week.workers if w.role == "guide"]
    practice = [w for w in week.workers if w.role == "referrer"]
    family, neighbour, past, night, many, guesser = *guides[50:53], practice[30], practice[40], guides[60]
    week.snoopers = {
        "surname": family.account,
        "street": neighbour.account,
        "no_task": past.account,
        "night": night.account,
        "many_above": many.account,
        "denied": guesser.account,
    }
    _rename(family, "Annelies Zwijnenburg-de Vries")
    aunt = _stranger(family, week, "Gerrit van Zwynenburg")
    for day in range(3):
        writer.line(family, aunt, clock.at(MONDAY + timedelta(days=day), 12, 30))
    HomeStreet.objects.create(
        account_id=neighbour.account,
        fingerprint=street_mark("Grotestraat", "7607 AB"),
        set_at=clock.at(MONDAY, 8),
    )
    next_door = _stranger(neighbour, week, "Iemand Anders")
    Preferences.objects.create(
        resident_id=next_door, post_address="Iemand Anders\nGrote straat 14\n7607 BC Almelo"
    )
    for day in range(2):
        writer.line(neighbour, next_door, clock.at(MONDAY + timedelta(days=day), 16))
    for day, resident in enumerate(_strangers(past, week)[:3]):
        Involvement.objects.create(
            help_request=HelpRequest.objects.get(resident=resident), part="guide", account_id=past.account,
            organisation_id=past.organisation, since=clock.at(MONDAY - timedelta(days=200), 9),
            until=clock.at(MONDAY - timedelta(days=90), 9),
        )  # fmt: skip
        writer.line(past, resident, clock.at(MONDAY + timedelta(days=day), 13))
    for day in range(4):
        writer.line(night, night.files[day % 3], clock.at(MONDAY + timedelta(days=day), 2, 15))
    colleagues = [w for w in practice if w.organisation == many.organisation]
    shelf = [resident for w in colleagues for resident in w.files]
    for number, resident in enumerate(shelf[:45]):
        writer.line(many, resident, clock.at(MONDAY + timedelta(days=2), 12, number))
    for number in range(40):
        writer.line(guesser, None, clock.at(MONDAY + timedelta(days=3), 15, number), refused=True)


def _rename(worker: Worker, name: str) -> None:
    Account.objects.filter(pk=worker.account).update(name=name)
    worker.name = name


def _strangers(worker: Worker, week: BusyWeek) -> list[UUID]:
    """Residents with whom this colleague has nothing to do."""
    everyone = next(w.files for w in week.workers if w.role == "planner")
    return [resident for resident in everyone if resident not in worker.files]


def _stranger(worker: Worker, week: BusyWeek, name: str) -> UUID:
    pick = 1 + len(name)
    resident = Resident.objects.get(pk=_strangers(worker, week)[pick])
    resident.name = name
    resident.save(update_fields=["name"])
    return resident.pk
