"""Loading the KPIs of a region from its plans, and recording what the steering group decided about one."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from noaber.ground.errors import Invalid
from noaber.ground.plain import as_json
from noaber.hallway.access.types import Actor
from noaber.hallway.audit import services as audit
from noaber.hallway.clock import day_of
from noaber.knowledge.regions.types import Kpi as KpiFile
from noaber.knowledge.regions.types import KpiTarget, Plan, RegionFiles, TargetDirection
from noaber.network.partners import queries as partners
from noaber.steering.kpis import policies
from noaber.steering.kpis.models import Kpi, KpiSet
from noaber.steering.kpis.types import LoadedKpis


@transaction.atomic
def load_kpis(files: RegionFiles) -> LoadedKpis:
    """Bring the KPIs in line with the files. What was decided stays, also about a withdrawn KPI."""
    region = partners.region_by_slug(files.slug)
    listed = [(plan, kpi) for plan in files.plans for kpi in plan.kpis]
    _refuse_doubles([kpi.id for _, kpi in listed])
    for position, (plan, kpi) in enumerate(listed, start=1):
        Kpi.objects.update_or_create(region=region, number=kpi.id, defaults=_columns(plan, kpi, position))
    sets = [_save_set(region.pk, plan) for plan in files.plans if plan.kpi_set is not None]
    KpiSet.objects.filter(region=region).exclude(plan_slug__in=sets).delete()
    gone = Kpi.objects.filter(region=region).exclude(number__in=[kpi.id for _, kpi in listed])
    kept = tuple(gone.exclude(state=Kpi.State.OPEN).values_list("number", flat=True))
    withdrawn = tuple(gone.values_list("number", flat=True))
    gone.filter(state=Kpi.State.OPEN).delete()
    return LoadedKpis(kpis=len(listed), sets=len(sets), withdrawn=withdrawn, kept=kept)


@transaction.atomic
def record_decision(
    *, actor: Actor, region_slug: str, number: str, state: str, decided_on: date, now: datetime
) -> None:
    """Record what the steering group decided about a KPI: met, partly, postponed, not_met, or open again."""
    region = partners.region_by_slug(region_slug)
    policies.require_steering(actor, region.pk, policies.DECIDE.action)
    kpi = Kpi.objects.select_for_update().filter(region=region, number=number).first()
    if kpi is None:
        raise policies.not_here()
    if state not in Kpi.State.values or decided_on > day_of(now):
        raise Invalid(
            "no_such_decision",
            happened="Dit besluit kunnen wij niet vastleggen.",
            why="Het besluit bestaat niet, of de datum ligt in de toekomst.",
            now_what="Kies een besluit uit de lijst, met de datum van de vergadering.",
        )
    kpi.state, kpi.decided_on = state, decided_on
    kpi.save(update_fields=["state", "decided_on"])
    audit.record(
        actor=actor,
        action=audit.Action.UPDATE,
        event_type="kpi.decided",
        resident_id=None,
        object_kind="kpi",
        object_id=kpi.pk,
        part=state,
        purpose="om het besluit van de stuurgroep vast te leggen",
        now=now,
    )


def _refuse_doubles(numbers: list[str]) -> None:
    doubles = sorted({number for number in numbers if numbers.count(number) > 1})
    if doubles:
        raise Invalid(
            "kpi_number_twice",
            happened=f"KPI {', '.join(doubles)} staat in twee plannen van deze regio.",
            why="Een KPI heeft in een regio één nummer.",
            now_what="Geef de KPI in een van de plannen een ander nummer. Er is niets geladen.",
        )


def _columns(plan: Plan, kpi: KpiFile, position: int) -> dict[str, Any]:
    last = kpi.target
    from_on, until_on = period_of(last)
    return {
        "position": position,
        "plan_slug": plan.slug,
        "component": kpi.component,
        "text": kpi.text,
        "type": kpi.kind.value,
        "metric": kpi.metric,
        "target": _number(last.value),
        "unit": kpi.unit_text,
        "unit_kind": kpi.unit.value,
        "lower_is_better": kpi.direction is TargetDirection.LOWER,
        "targets": [_target(target) for target in kpi.targets],
        "lower_bound": _number(last.lower_bound),
        "upper_bound": _number(last.upper_bound),
        "due_on": last.due,
        "due_is_exact": last.due_precision == "day",
        "counted_from": from_on,
        "counted_until": until_on,
        "amount_keur": kpi.amounts.total_keur if kpi.amounts else None,
        "iza_keur": kpi.amounts.iza_keur if kpi.amounts else None,
        "spuk_keur": kpi.amounts.spuk_keur if kpi.amounts else None,
        "evidence": kpi.evidence or "",
        "cashiers": list(kpi.cashiers),
        "payout": kpi.payout is not False,
        "official": kpi.official,
        "reconstruction": kpi.reconstruction or "",
        "doubt": " ".join(mark.text for mark in kpi.marks),
        "document": {**as_json(kpi), "component_title": _component_title(plan, kpi.component)},
    }


def _target(target: KpiTarget) -> dict[str, Any]:
    from_on, until_on = period_of(target)
    return {**as_json(target), "from_on": as_json(from_on), "until_on": as_json(until_on)}


def period_of(target: KpiTarget) -> tuple[date | None, date | None]:
    """The days in which a target is counted: the calendar year of the target, up to its due date.

    The plans say 'in 2026'; a target without a date cannot be counted over a period.
    """
    if target.due is None:
        return None, None
    return date(target.year or target.due.year, 1, 1), target.due


def _number(value: Any) -> float | None:
    return None if value is None else float(value)


def _component_title(plan: Plan, component: str) -> str:
    return next((element.title for element in plan.elements if element.id == component), component)


def _save_set(region_id: Any, plan: Plan) -> str:
    found = plan.kpi_set
    assert found is not None  # noqa: S101  # the caller took only plans that have one
    printed = found.printed_totals
    KpiSet.objects.update_or_create(
        region_id=region_id,
        plan_slug=plan.slug,
        defaults={
            "plan_title": plan.title,
            "official": found.official,
            "status": found.status_text,
            "printed_total_keur": printed.total_keur if printed else None,
            "printed_iza_keur": printed.iza_keur if printed else None,
            "printed_spuk_keur": printed.spuk_keur if printed else None,
            "payout_rules": list(found.payout_rules),
            "cashier_note": found.cashier_note or "",
            "document": as_json(found),
        },
    )
    return plan.slug
