"""KPIs with what was counted for them. Counting touches no person's content; pages go through access."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from noaber.ground.metrics import Figure, Metric
from noaber.ground.wording import language_of
from noaber.hallway.access import gate
from noaber.hallway.access.types import Actor
from noaber.hallway.clock import day_of
from noaber.knowledge.codes import load_codes
from noaber.network.partners import queries as partners
from noaber.steering.kpis import policies, rules, wording
from noaber.steering.kpis.bindings import BOUND
from noaber.steering.kpis.doubts import doubts_of, notes_of
from noaber.steering.kpis.models import Kpi, KpiSet
from noaber.steering.kpis.types import (
    Forecast,
    KpiList,
    KpiValue,
    Money,
    Printed,
    Standing,
    Total,
    YearTarget,
)


def kpi_values(region_slug: str, now: datetime) -> list[KpiValue]:
    """Every KPI of a region as it stands, with the figure of each year. For programs and jobs."""
    region = partners.region_by_slug(region_slug)
    rows = Kpi.objects.filter(region=region)
    return [value_of(row, now=now, every_year=True) for row in rows]


def read_kpis(actor: Actor, region_slug: str, *, now: datetime) -> KpiList:
    """The list of KPIs for a programme manager of the region."""
    region = partners.region_by_slug(region_slug)
    policies.require_steering(actor, region.pk, policies.SEE.action)
    rows = gate.visible(actor, "see", Kpi.objects.filter(region=region), resource="kpi")
    values = tuple(value_of(row, now=now) for row in rows)
    return KpiList(
        region_slug=region.slug,
        region_name=region.name,
        values=values,
        by_component=totals_by_component(values),
        total=total_of("", values),
        printed=_printed(region.pk, values),
        as_of=now,
    )


def value_of(row: Kpi, *, now: datetime, every_year: bool = False) -> KpiValue:
    """One KPI with the figure of its current target; `every_year` also counts the other years."""
    today = day_of(now)
    metric = BOUND.get(row.metric)
    years = tuple(_year(target) for target in row.targets)
    current = current_target(years, today)
    figure = _count(metric, row.region_id, current, now)
    forecast = _forecast(metric, row, current, figure, now)
    document = row.document
    return KpiValue(
        id=row.pk,
        number=row.number,
        text=row.text,
        plan=row.plan_slug,
        component=row.component,
        component_title=document.get("component_title") or row.component,
        type=row.type,
        metric=row.metric,
        counted=metric is not None,
        value=figure.value if figure else None,
        n=figure.n if figure else None,
        numerator=figure.numerator if figure else None,
        later=figure.later if figure else 0,
        left_out=figure.left_out if figure else 0,
        unknown=figure.unknown if figure else 0,
        as_of=now,
        definition=metric.definition if metric else "",
        unit=unit_label(row.unit),
        unit_kind=row.unit_kind,
        lower_is_better=row.lower_is_better,
        target=current.target,
        lower_bound=current.lower_bound,
        upper_bound=current.upper_bound,
        due_on=current.due_on,
        due_text=current.due_text,
        from_on=current.from_on,
        until_on=current.until_on,
        standing=_standing(row, current, figure, forecast, today),
        state=row.state,
        decided_on=row.decided_on,
        forecast=forecast,
        money=_money(row),
        payout=row.payout,
        cashiers=tuple(row.cashiers),
        evidence=row.evidence,
        basis=document.get("basis") or "",
        note=notes_of(document),
        official=row.official,
        doubts=doubts_of(document),
        years=_years(metric, row, years, now) if every_year and len(years) > 1 else years,
        things=metric.things if metric else "",
    )


def current_target(years: tuple[YearTarget, ...], today: date) -> YearTarget:
    """The first target that is not behind us, else the last one."""
    return next((year for year in years if year.due_on is not None and year.due_on >= today), years[-1])


def unit_label(text: str) -> str:
    """The Dutch word for the unit a plan prints; the plan's own word when the table does not know it."""
    unit = load_codes().unit_named(text)
    return unit.label if unit else text


def total_of(title: str, values: Iterable[KpiValue]) -> Total:
    """Money added up over these KPIs, in thousands of euros."""
    found = [value.money for value in values if value.money is not None]
    return Total(
        title=title,
        kpis=len(found),
        total_keur=sum(money.total_keur for money in found),
        iza_keur=sum(money.iza_keur for money in found),
        spuk_keur=sum(money.spuk_keur for money in found),
    )


def totals_by_component(values: Iterable[KpiValue]) -> tuple[Total, ...]:
    """The money of each component, in the order of the plan. Components without money are left out."""
    groups: dict[str, list[KpiValue]] = {}
    for value in values:
        if value.money is not None:
            groups.setdefault(value.component_title, []).append(value)
    return tuple(total_of(title, members) for title, members in groups.items())


def _year(target: dict[str, Any]) -> YearTarget:
    due = _day(target.get("due"))
    return YearTarget(
        target=target.get("value"),
        lower_bound=target.get("lower_bound"),
        upper_bound=target.get("upper_bound"),
        due_on=due,
        due_text=wording.due_words(due, target.get("due_precision")),
        from_on=_day(target.get("from_on")),
        until_on=_day(target.get("until_on")),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _count(metric: Metric | None, region_id: UUID, target: YearTarget, now: datetime) -> Figure | None:
    """What was counted for this target; None when nothing counts it or its period has not begun."""
    if metric is None or target.from_on is None or target.until_on is None or day_of(now) < target.from_on:
        return None
    return metric.count(region_id, target.from_on, target.until_on, now)


def _years(
    metric: Metric | None, row: Kpi, years: tuple[YearTarget, ...], now: datetime
) -> tuple[YearTarget, ...]:
    found = []
    for year in years:
        figure = _count(metric, row.region_id, year, now)
        found.append(wording.with_figure(year, figure))
    return tuple(found)


def _forecast(
    metric: Metric | None, row: Kpi, target: YearTarget, figure: Figure | None, now: datetime
) -> Forecast | None:
    today = day_of(now)
    if (
        metric is None
        or figure is None
        or figure.value is None
        or not metric.adds_up
        or row.state in rules.DECIDED
    ):
        return None
    if target.due_on is None or target.due_on <= today:
        return None
    back = metric.count(row.region_id, today - timedelta(days=rules.LOOK_BACK_DAYS - 1), today, now)
    return rules.forecast(counted=figure.n, in_last_days=back.n, today=today, due_on=target.due_on)


def _standing(
    row: Kpi, target: YearTarget, figure: Figure | None, forecast: Forecast | None, today: date
) -> Standing:
    measured = None
    if figure is not None and figure.value is not None:
        measured = rules.Measured(
            value=figure.value,
            target=target.target,
            lower_bound=target.lower_bound,
            upper_bound=target.upper_bound,
            lower_is_better=row.lower_is_better,
            closed=target.due_on is not None and target.due_on < today,
            forecast=forecast,
        )
    from_on = target.from_on if row.metric in BOUND else None
    return rules.standing(
        state=row.state, measured=measured, from_on=from_on, due_on=target.due_on, today=today
    )


def _money(row: Kpi) -> Money | None:
    if row.amount_keur is None:
        return None
    return Money(row.amount_keur, row.iza_keur or 0, row.spuk_keur or 0)


def _printed(region_id: UUID, values: tuple[KpiValue, ...]) -> tuple[Printed, ...]:
    """For each plan that prints totals: those beside what its list adds up to."""
    found = []
    for row in KpiSet.objects.filter(region_id=region_id, printed_total_keur__isnull=False):
        listed = total_of("", (value for value in values if value.plan == row.plan_slug))
        note = str(row.document.get("remaining", {}).get("checks", {}).get("note", ""))
        found.append(
            Printed(
                plan_title=row.plan_title,
                printed=Money(
                    row.printed_total_keur or 0, row.printed_iza_keur or 0, row.printed_spuk_keur or 0
                ),
                listed=Money(listed.total_keur, listed.iza_keur, listed.spuk_keur),
                note=note,
                language=language_of(note),
            )
        )
    return tuple(found)
