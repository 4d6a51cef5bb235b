"""The overview of who steers, from the KPIs alone. Pure."""

from __future__ import annotations

from datetime import date

from noaber.steering.kpis.types import KpiList, KpiValue, Shape
from noaber.steering.programme.types import Overview

LOST = frozenset({"not_met", "bound_missed"})


def overview_of(found: KpiList, *, today: date) -> Overview:
    """Sort the KPIs by what they ask of someone now; each stands in one list only."""
    last = _quarter_end(today)
    missed = [value for value in found.values if value.standing.code in LOST]
    overdue = [value for value in found.values if value.standing.code == "overdue"]
    behind = [value for value in found.values if value.standing.code == "behind"]
    sorted_out = {value.number for value in (*missed, *overdue, *behind)}
    due = [
        value
        for value in found.values
        if value.state == "open"
        and value.number not in sorted_out
        and value.due_on is not None
        and today <= value.due_on <= last
    ]
    counted = [value for value in found.values if value.counted and value.value is not None]
    return Overview(
        region_slug=found.region_slug,
        region_name=found.region_name,
        as_of=found.as_of,
        quarter_ends_on=last,
        total=len(found.values),
        reached=sum(value.standing.shape is Shape.DONE for value in found.values),
        missed=tuple(missed),
        overdue=tuple(overdue),
        behind=tuple(behind),
        due=tuple(due),
        counted=tuple(_newest(counted)),
        money_keur=found.total.total_keur,
        earned_keur=_money(value for value in found.values if value.state == "met"),
        at_stake_keur=_money((*missed, *overdue, *behind, *due)),
        to_repay_keur=sum(value.money.spuk_keur for value in missed if value.money is not None),
    )


def _money(values: object) -> int:
    return sum(value.money.total_keur for value in values if value.money is not None)  # type: ignore[attr-defined]


def _newest(values: list[KpiValue]) -> list[KpiValue]:
    """Of each counted metric the one whose period runs now, else the last one."""
    found: dict[str, KpiValue] = {}
    for value in sorted(values, key=lambda v: v.due_on or date.max):
        if value.metric not in found or not _has_ended(value) or _has_ended(found[value.metric]):
            found[value.metric] = value
    return list(found.values())


def _has_ended(value: KpiValue) -> bool:
    return value.until_on is not None and value.until_on < value.as_of.date()


def _quarter_end(day: date) -> date:
    month = 3 * ((day.month - 1) // 3) + 3
    return date(day.year, month, 31 if month in {3, 12} else 30)
