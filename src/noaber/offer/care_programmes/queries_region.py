"""Waits over a region: the weighted mean per type of care, who waits (met dubbelingen), and the trend."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, datetime
from typing import Any
from uuid import UUID

from noaber.ground.small_cells import SMALLEST_CELL, hide_small
from noaber.hallway.clock import day_of
from noaber.knowledge import care
from noaber.knowledge.waits import limits_on, norms_on
from noaber.offer.care_programmes import queries, queries_behind, showing
from noaber.offer.care_programmes import rules_figures as figures
from noaber.offer.care_programmes.models import CareProgramme, Provider, WaitReport
from noaber.offer.care_programmes.types import (
    ProgrammeRow,
    Regional,
    RegionalWait,
    State,
    TrendPoint,
    WaitingLine,
)

RANKED = (State.FRESH, State.OVERDUE)


def regional(region_id: UUID, *, now: datetime) -> Regional:
    """How long one waits in a region today, per type of care, and how many wait, met dubbelingen."""
    today = day_of(now)
    rows = queries.rows(queries.living(region_id, today), today=today)
    large = _large(region_id)
    types = [code for code in care.care_types() if any(row.care_type == code for row in rows)]
    people = _waiting(rows)
    states = Counter(row.state for row in rows)
    return Regional(
        on=today,
        per_type=tuple(_per_type(code, rows, large, today) for code in types),
        **people,
        programmes=len(rows),
        fresh=states[State.FRESH],
        overdue=states[State.OVERDUE],
        out=states[State.OUT],
        without=states[State.NONE],
    )


def _large(region_id: UUID) -> set[UUID]:
    read = Provider.objects.filter(organisation__region_id=region_id, many_professionals=True)
    return set(read.values_list("organisation_id", flat=True))


def _per_type(code: str, all_rows: list[ProgrammeRow], large: set[UUID], today: date) -> RegionalWait:
    rows = [row for row in all_rows if row.care_type == code]
    living = [row for row in rows if row.claim is not None and row.state in RANKED]
    big = [row for row in living if row.organisation_id in large]
    heavy = [row.claim for row in big if row.claim and row.claim.inflow]
    intake = figures.weighted_mean((one.intake_weeks, one.inflow) for one in heavy)
    treatment = figures.weighted_mean((one.treatment_weeks, one.inflow) for one in heavy)
    return RegionalWait(
        care_type=code,
        care_type_words=showing.word(care.care_types(), code),
        intake_weeks=intake,
        treatment_weeks=treatment,
        total_weeks=figures.total(intake, treatment),
        inflow=sum(one.inflow or 0 for one in heavy),
        inflow_hidden=any((one.inflow or 0) < SMALLEST_CELL for one in heavy),
        counted=len(heavy),
        left_out_small=len(living) - len(big),
        left_out_old=len(rows) - len(living),
        left_out_no_inflow=len(big) - len(heavy),
        beyond_norm=sum(row.within_total is False for row in living),
        stops=sum(row.stop is not None for row in rows),
        programmes=len(rows),
        norms=showing.norms_of(code, today),
    )


def _waiting(rows: list[ProgrammeRow]) -> dict[str, Any]:
    """The sum over lists and the providers behind it; small ones only together, also not by subtraction."""
    said = {row.claim.report_id: row for row in rows if row.claim and row.state in RANKED}
    read = WaitReport.objects.filter(pk__in=said, waiting__isnull=False).values_list("pk", "waiting")
    cells: dict[UUID, int] = defaultdict(int)
    for pk, people in read:
        cells[said[pk].organisation_id] += people or 0
    names = {row.organisation_id: row.provider for row in rows}
    order = sorted(cells, key=lambda key: (names[key].casefold(), str(key)))
    table = hide_small(cells, order)
    total = sum(cells.values())
    few = 0 < total < SMALLEST_CELL
    lines = (
        ()
        if few
        else tuple(WaitingLine(key, names[key], table.shown[key]) for key in order if key in table.shown)
    )
    return {
        "waiting": total if cells and not few else None,
        "waiting_hidden": few,
        "waiting_lines": lines,
        "waiting_rest": None if few else table.together,
    }


def trend(region_id: UUID, *, now: datetime) -> tuple[TrendPoint, ...]:
    """Two years of the weighted mean over all programmes with a norm, beside the median of all starts."""
    today = day_of(now)
    months = queries_behind.months_until(today)
    normed = CareProgramme.objects.filter(region_id=region_id, care_type__in=norms_on(today).care_types)
    held = dict(normed.values_list("pk", "organisation_id"))
    large = _large(region_id)
    reports = WaitReport.objects.filter(
        programme_id__in=[pk for pk, owner in held.items() if owner in large],
        superseded_at__isnull=True,
        questioned=False,
        reference_date__gte=months[0],
        source="",
    )
    last: dict[tuple[date, UUID], WaitReport] = {}
    for row in reports.order_by("reference_date"):
        last[row.reference_date.replace(day=1), row.programme_id] = row
    by_month: dict[date, list[WaitReport]] = defaultdict(list)
    for (month, _), row in last.items():
        by_month[month].append(row)
    since = figures.months_before(months[0], limits_on(today).starts_months)
    people = [one for those in queries.people_of(list(held), since=since).values() for one in those]
    medians = queries_behind.medians_by_month(people, months, today)
    return tuple(
        _point(month, by_month[month], median, n) for month, (median, n) in zip(months, medians, strict=True)
    )


def _point(month: date, rows: list[WaitReport], median: float | None, n: int) -> TrendPoint:
    intake = figures.weighted_mean((showing.weeks(row.intake_weeks), row.inflow) for row in rows)
    treatment = figures.weighted_mean((showing.weeks(row.treatment_weeks), row.inflow) for row in rows)
    return TrendPoint(month, intake, treatment, figures.total(intake, treatment), median, n)
