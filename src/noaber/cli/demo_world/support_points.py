"""Support points of the demo with two years of visits, relative to the demo's own today. All invented."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import numpy as np
import yaml
from numpy.random import Generator

from noaber.cli.demo_world.offering import service_id_of
from noaber.cli.demo_world.staff import organisation
from noaber.hallway import clock
from noaber.knowledge.support_points import characteristics, characteristics_dated
from noaber.network.partners.models import Organisation, Region
from noaber.offer.directory import services as directory
from noaber.offer.directory.models import Confirmation, Service
from noaber.offer.directory.types_record import ScheduleRecord
from noaber.offer.support_points import queries, services_keeping
from noaber.offer.support_points.factories import LARGEST_LIST, part_of
from noaber.offer.support_points.models import (
    BedNight,
    Capacity,
    PlanDocument,
    ProgrammeItem,
    SelfAssessment,
    SpecialDay,
    SupportPoint,
    VisitCount,
    WantedGrowth,
    WarmReferral,
)
from noaber.offer.support_points.types import NewPoint, Point

POINTS = Path(__file__).with_name("support_points.yaml")
IDS = UUID("7c9f3f5e-58a4-4b4e-9d3a-6d2b1c0e7f42")
SEED = 30
TWO_YEARS = 730
FEWEST_DAYS = 190
MEASURED = date(2025, 12, 31)
"""The zero measurement: the plan asks growth in 2026."""
WANTED_HOURS = Decimal(60)
NIGHTS = 90
BY = "Host van het steunpunt"
PLATFORM = ("JongTwente online", "https://www.jongtwente.example")
PROGRAMME: dict[str, tuple[tuple[str, str], ...]] = {
    "walk_in": (("Koffie en krant", ""), ("Samen soep maken", "Mee-eten mag, meekoken ook.")),
    "recovery": (("Herstelgroep", "Praten met wie het kent."), ("Creatieve werkplaats", "")),
    "youth": (("Samen koken", "Kosten: niets."), ("Gamen en praten", "")),
    "respite": (("Avondeten aan de lange tafel", ""),),
}


@cache
def _said() -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = yaml.safe_load(POINTS.read_text("utf-8"))
    return found


def _stories() -> list[tuple[str, dict[str, str]]]:
    return [(one["code"], {k: v for k, v in one.items() if k != "code"}) for one in _said()["story"]]


def fill(region: Region, today: date, *, scale: float = 1.0) -> None:
    """The points of a region with all that was counted at them. Twice is once."""
    said = _said().get(region.slug, [])
    if not said or SupportPoint.objects.filter(region=region).exists():
        return
    rng = np.random.default_rng(SEED + len(said))
    history = max(FEWEST_DAYS, round(TWO_YEARS * min(1.0, scale * 4)))
    whole = region.slug != "twente"
    for one in said:
        row = _open(region, one, today)
        if row is None:
            continue
        point = queries.point(row.pk)
        _programme(row, point, today)
        _visits(row, point, one, today, TWO_YEARS if whole else history, rng)
        _capacity(row, point, one, today)
        if one.get("beds"):
            _beds(row, int(one["beds"]), today, rng)
        if one.get("told"):
            _story(row, today)
        if one["keeper"] == "Ixta Noa":
            _referrals(row, today, rng)
    _agreements(region, today)


def _open(region: Region, one: dict[str, Any], today: date) -> SupportPoint | None:
    keeper = organisation(region, one["keeper"], "sociaal_werk_en_welzijn")
    opened = today - timedelta(days=int(one["since_days"]))
    entry = _entry(region, one, keeper, today)
    if entry is None:
        return None
    ended = today - timedelta(days=int(one["ended_days"])) if one.get("ended_days") else None
    row = SupportPoint.objects.create(
        pk=uuid5(IDS, f"{region.slug}/{one.get('key') or one['name']}"),
        region=region,
        organisation=keeper,
        service_id=entry,
        kind=one["kind"],
        recovery_phases=one.get("phases", []),
        platform_name=PLATFORM[0] if one.get("online") else "",
        platform_url=PLATFORM[1] if one.get("online") else "",
        opened_on=opened,
        ended_on=ended,
        recorded_at=clock.at(max(opened, min(today, date(2025, 9, 1))), 9),
    )
    if ended is not None:
        directory.end_service(service_id=entry, now=clock.at(ended, 17), by=keeper.name)
    return row


def _entry(region: Region, one: dict[str, Any], keeper: Organisation, today: date) -> UUID | None:
    if one.get("key"):
        found = service_id_of(region.slug, one["key"])
        return found if Service.objects.filter(pk=found).exists() else None
    place = one["place"]
    record = services_keeping.record_of(
        NewPoint(
            kind=one["kind"],
            opened_on=today,
            name=one["name"],
            text=one["text"],
            phone=one.get("phone", ""),
            schedules=tuple(
                ScheduleRecord(
                    weekdays=tuple(each["days"]),
                    opens_at=time.fromisoformat(each["from"]),
                    closes_at=time.fromisoformat(each["until"]),
                )
                for each in one["hours"]
            ),
            min_age=one.get("min_age"),
            max_age=one.get("max_age"),
            **place,
        ),
        keeper.pk,
    )
    return directory.keep_record(
        region_id=region.pk, record=record, now=clock.at(today - timedelta(days=30), 9)
    )[0]


def _programme(row: SupportPoint, point: Point, today: date) -> None:
    week = [day for day in queries.usual_week(point, today) if day.hours]
    made = []
    for number, (title, text) in enumerate(PROGRAMME[row.kind] if week else ()):
        day = week[number % len(week)]
        starts = time(18) if row.kind == "respite" else day.hours[0].opens
        made.append(
            ProgrammeItem(
                point=row,
                title=title,
                text=text,
                weekday=day.on.isoweekday(),
                starts_at=starts,
                ends_at=max(day.hours[0].closes, time(starts.hour + 1, starts.minute)),
                valid_from=row.opened_on,
                by_name=BY,
                recorded_at=row.recorded_at,
                once_key=f"demo {row.pk} {number}",
            )
        )
    ProgrammeItem.objects.bulk_create(made)


@dataclass(frozen=True, slots=True)
class _Open:
    on: date
    part: str


def _open_parts(point: Point, first: date, last: date) -> Iterator[_Open]:
    for day in queries.usual_days(point, first, last):
        parts = {part_of(h.opens) if h.opens > time(0) else "evening" for h in day.hours}
        for part in sorted(parts):
            yield _Open(day.on, part)


def _visits(
    row: SupportPoint, point: Point, one: dict[str, Any], today: date, history: int, rng: Generator
) -> None:
    """Visits up to yesterday; a little more in winter, and slowly more over the years."""
    last = min(today, row.ended_on or today) - timedelta(days=1)
    first = max(row.opened_on, today - timedelta(days=history))
    rows = []
    confirmed: date | None = None
    for each in _open_parts(point, first, last):
        winter = 1.15 if each.on.month in (11, 12, 1, 2) else 0.9 if each.on.month in (7, 8) else 1.0
        grown = 1.0 + 0.15 * (each.on - first).days / TWO_YEARS
        n = int(rng.poisson(float(one["visits"]) * winter * grown))
        if n:
            rows.append(_count(row, each.on, each.part, n))
            confirmed = each.on
    VisitCount.objects.bulk_create(rows, batch_size=5000)
    if confirmed is not None and row.ended_on is None:
        Confirmation.objects.create(
            service_id=row.service_id,
            kind=Confirmation.Kind.VISITED,
            on=confirmed,
            by=point.organisation,
            reference=f"steunpunt {confirmed.isoformat()}",
        )


def _count(row: SupportPoint, on: date, part: str, n: int) -> VisitCount:
    hour = {"morning": 11, "afternoon": 16, "evening": 21}.get(part, 8)
    return VisitCount(
        point=row,
        on=on,
        part=part,
        change=min(n, LARGEST_LIST),
        recorded_at=clock.at(on, hour),
        once_key=f"demo {row.pk} {on.isoformat()} {part}",
    )


def _capacity(row: SupportPoint, point: Point, one: dict[str, Any], today: date) -> None:
    if one.get("beds"):
        _holds(row, "beds", max(row.opened_on, date(2025, 10, 1)), float(one["beds"]))
        return
    now = queries.hours_a_week(point, today if row.ended_on is None else row.opened_on)
    began = max(row.opened_on, date(2025, 10, 1))
    if one.get("grew") and began < MEASURED:
        _holds(row, "hours_a_week", began, round(now * 0.75, 1))
        _holds(row, "hours_a_week", min(today, date(2026, 9, 1)), now)
    else:
        _holds(row, "hours_a_week", began, now)


def _holds(row: SupportPoint, measure: str, from_on: date, value: float) -> None:
    Capacity.objects.create(
        point=row,
        measure=measure,
        from_on=from_on,
        value=Decimal(str(value)),
        by_name=BY,
        recorded_at=clock.at(from_on, 10),
    )


def _beds(row: SupportPoint, beds: int, today: date, rng: Generator) -> None:
    first = max(row.opened_on, today - timedelta(days=NIGHTS))
    nights = [first + timedelta(days=n) for n in range((today - first).days + 1)]
    BedNight.objects.bulk_create(
        BedNight(
            point=row,
            night=night,
            beds=beds,
            occupied=int(rng.binomial(beds, 0.7)) if night < today else beds - 1,
            by_name=BY,
            recorded_at=clock.at(night, 9),
        )
        for night in nights
    )


def _story(row: SupportPoint, today: date) -> None:
    for number, ago in enumerate((400, 40), start=1):
        on = today - timedelta(days=ago)
        if on < row.opened_on:
            continue
        told = {code: words for place, (code, words) in enumerate(_stories()) if number == 2 or place < 3}
        known = {one.code for one in characteristics()}
        SelfAssessment.objects.create(
            point=row,
            version=number if SelfAssessment.objects.filter(point=row).exists() else 1,
            written_on=on,
            with_whom="bezoekers, vrijwilligers en het wijkteam",
            list_dated=characteristics_dated(),
            answers={code: words for code, words in told.items() if code in known},
            by_name=BY,
            recorded_at=clock.at(on, 15),
        )


def _referrals(row: SupportPoint, today: date, rng: Generator) -> None:
    near = list(
        Service.objects.filter(
            region_id=row.region_id, municipality=row.service.municipality, status=Service.Status.ACTIVE
        )
        .exclude(pk=row.service_id)
        .order_by("name")[:8]
    )
    hows = list(WarmReferral.How)
    last = row.ended_on or today
    made = []
    for number in range(14 if near else 0):
        on = last - timedelta(days=1 + int(rng.integers(0, 180)))
        to = near[int(rng.integers(0, len(near)))]
        made.append(
            WarmReferral(
                point=row,
                on=max(on, row.opened_on),
                service=to,
                to_name=to.name,
                how=hows[int(rng.integers(0, len(hows)))],
                recorded_at=clock.at(on, 14),
                once_key=f"demo {row.pk} {number}",
            )
        )
    WarmReferral.objects.bulk_create(made)


def _agreements(region: Region, today: date) -> None:
    """What Twente agreed: the growth that is wanted and the plan of action; and a day that differs."""
    if region.slug != "twente":
        return
    agreed: datetime = clock.at(date(2026, 3, 12), 15)
    WantedGrowth.objects.create(
        region=region,
        measure="hours_a_week",
        version=1,
        zero_on=MEASURED,
        wanted=WANTED_HOURS,
        by_on=date(2028, 12, 31),
        agreed_words="Regionale stuurgroep, voorbeeld voor de demo.",
        by_name="Joris Veen",
        recorded_at=agreed,
    )
    for version, state, on in ((1, "draft", date(2026, 1, 20)), (2, "adopted", date(2026, 3, 12))):
        PlanDocument.objects.create(
            region=region,
            kind=PlanDocument.Kind.ACTION_PLAN,
            version=version,
            state=state,
            state_on=on,
            title="Plan van aanpak dekkend netwerk steunpunten Twente",
            where="Bij het netwerkbureau",
            by_name="Joris Veen",
            recorded_at=clock.at(on, 16),
        )
    own = SupportPoint.objects.filter(pk=uuid5(IDS, "twente/inloop-de-brug-almelo")).first()
    if own is not None:
        SpecialDay.objects.create(
            point=own,
            on=today,
            opens_at=time(9),
            closes_at=time(21),
            why="Vandaag is het zomerterras extra open.",
            by_name="Wil Nijhuis",
            recorded_at=clock.at(today - timedelta(days=7), 10),
        )
