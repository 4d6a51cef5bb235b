"""What stands behind the figures of a programme: its reports with corrections, its starts, its trend."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from noaber.ground.small_cells import SMALLEST_CELL
from noaber.hallway.clock import day_of
from noaber.knowledge.waits import limits_on
from noaber.offer.care_programmes import queries, showing
from noaber.offer.care_programmes import rules_figures as figures
from noaber.offer.care_programmes.models import Start, WaitReport
from noaber.offer.care_programmes.rules_figures import Steps
from noaber.offer.care_programmes.types import Claim, StartLine, StartsOf, TrendPoint

TREND_MONTHS = 24


def reports_of(programme_id: UUID, *, now: datetime) -> tuple[Claim, ...]:
    """Every report of a programme, corrected ones too (`superseded_at`), the newest date first."""
    read = WaitReport.objects.filter(programme_id=programme_id).order_by(
        "-reference_date", "source", "-reported_at"
    )
    return tuple(showing.claim(row, day_of(now)) for row in read)


def starts_of(programme_id: UUID, *, now: datetime, own: bool = False) -> StartsOf:
    """The starts behind the computed figures, newest first, in days only.

    With fewer than the smallest cell they are hidden for anyone but the provider itself (`own`).
    """
    today = day_of(now)
    limits = limits_on(today)
    first, last = figures.window(today, limits.starts_months)
    read = list(
        Start.objects.filter(programme_id=programme_id, registered_on__range=(first, last)).order_by(
            "-registered_on", "pk"
        )
    )
    people = [_steps(row) for row in read]
    counted = showing.computed(people, today, limits)[0]
    hidden = not own and len(read) < SMALLEST_CELL
    lines = [] if hidden else [_line(number, row, today) for number, row in enumerate(read, start=1)]
    return StartsOf(lines=tuple(lines), hidden=hidden and bool(read), computed=counted)


def _steps(row: Start) -> Steps:
    return Steps(row.registered_on, row.intake_on, row.treatment_on, row.left_on)


def _line(number: int, row: Start, today: date) -> StartLine:
    (wait,) = figures.waits_in_all([_steps(row)], row.registered_on, today)
    return StartLine(
        number=number,
        registered_on=row.registered_on,
        intake_on=row.intake_on if row.intake_on and row.intake_on <= today else None,
        treatment_on=row.treatment_on if wait.begun else None,
        left_on=row.left_on if wait.left else None,
        waited_days=wait.days,
        outcome="begun" if wait.begun else "left" if wait.left else "waiting",
        source_words=showing.how_words(row.source),
    )


# --- over time ---------------------------------------------------------------------------------------------


def months_until(today: date, count: int = TREND_MONTHS) -> list[date]:
    """The first days of the last so many months, oldest first, with the month of today."""
    first = today.replace(day=1)
    return [figures.months_before(first, back) for back in range(count - 1, -1, -1)]


def trend(programme_id: UUID, *, now: datetime) -> tuple[TrendPoint, ...]:
    """Two years, month by month: what was claimed and what the starts of the year before it say."""
    today = day_of(now)
    months = months_until(today)
    reports = WaitReport.objects.filter(
        programme_id=programme_id, superseded_at__isnull=True, questioned=False, reference_date__gte=months[0]
    )
    since = figures.months_before(months[0], limits_on(today).starts_months)
    people = queries.people_of([programme_id], since=since).get(programme_id, [])
    medians = medians_by_month(people, months, today)
    said = _last_by_month(reports)
    found = []
    for month, (median, n) in zip(months, medians, strict=True):
        row = said.get(month)
        intake = showing.weeks(row.intake_weeks) if row else None
        treatment = showing.weeks(row.treatment_weeks) if row else None
        found.append(TrendPoint(month, intake, treatment, figures.total(intake, treatment), median, n))
    return tuple(found)


def medians_by_month(
    people: Sequence[Steps], months: Sequence[date], today: date
) -> list[tuple[float | None, int]]:
    """Of each month the median weeks in all over the window that ends with it, and its n."""
    limits = limits_on(today)
    found = []
    for month in months:
        last = min(today, _end_of(month))
        first, _ = figures.window(last, limits.starts_months)
        waits = figures.waits_in_all(people, first, last)
        counted = figures.percentiles(waits, smallest_n=limits.smallest_n, from_on=first, until_on=last)
        found.append((counted.p50, counted.n))
    return found


def _end_of(month: date) -> date:
    return (month + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def _last_by_month(reports: Iterable[WaitReport]) -> dict[date, WaitReport]:
    """The last report of each month; of one date the provider's own."""
    found: dict[date, WaitReport] = {}
    for row in sorted(reports, key=lambda row: (row.reference_date, not row.source)):
        found[row.reference_date.replace(day=1)] = row
    return found
