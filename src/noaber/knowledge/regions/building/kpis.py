"""KPIs: the official list of a plan, or the list derived from its planning."""

from __future__ import annotations

import datetime as dt

from noaber.knowledge.codes import MetricUnit, load_codes
from noaber.knowledge.reading import MapNode, Taking
from noaber.knowledge.reading.taking import as_decimal
from noaber.knowledge.regions.building.dates import partial_date
from noaber.knowledge.regions.types import (
    Amounts,
    DatePrecision,
    Kpi,
    KpiKind,
    KpiSet,
    KpiTarget,
    Mark,
    MarkKind,
    TargetDirection,
    UnitKind,
)

OFFICIAL = "Officiële KPI's van het plan"
DERIVED = "Afgeleid, niet officieel: de officiële lijst ontbreekt in de tekst die wij hebben."


def official_kpis(file: MapNode, plan: str) -> tuple[tuple[Kpi, ...], KpiSet]:
    """The KPIs of kpis.yaml and what the file says besides them."""
    taking = Taking(file)
    doubtful = {int(text) for text in taking.texts("doubtful")}
    rows = tuple(_official(row, plan, doubtful) for row in taking.maps("kpis"))
    return rows, KpiSet(
        official=True,
        status_text=OFFICIAL,
        printed_totals=_amounts(taking.maybe_map("printed_totals")),
        payout_rules=taking.texts("payout_rules"),
        cashier_note=taking.maybe_text("cashier_note"),
        remaining=taking.remaining(),
    )


def derived_kpis(file: MapNode, plan: str) -> tuple[tuple[Kpi, ...], KpiSet]:
    """The KPIs of monitoring.yaml, marked as derived."""
    taking = Taking(file)
    rows = tuple(_derived(row, plan) for row in taking.maps("derived_kpis"))
    return rows, KpiSet(
        official=False,
        status_text=DERIVED,
        printed_totals=None,
        payout_rules=(),
        cashier_note=None,
        remaining=taking.remaining(),
    )


def _amounts(block: Taking | None) -> Amounts | None:
    if block is None:
        return None
    return Amounts(block.whole("total"), block.whole("iza"), block.whole("spuk"))


def _unit(text: str) -> MetricUnit:
    unit = load_codes().unit_named(text) or load_codes().unit_of_indicator(text)
    if unit is None:
        raise KeyError(text)
    return unit


def _official(row: Taking, plan: str, doubtful: set[int]) -> Kpi:
    number = row.whole("number")
    unit_text = row.text("unit")
    unit = _unit(unit_text)
    due = partial_date(row.maybe_text("due"))
    target = KpiTarget(
        value=row.maybe_decimal("target"),
        lower_bound=row.maybe_decimal("lower_bound"),
        upper_bound=row.maybe_decimal("upper_bound"),
        due=due.last_day if due else None,
        due_precision=due.precision if due else None,
        due_text=due.text if due else None,
    )
    reconstruction, doubt, note = (row.maybe_text(key) for key in ("reconstruction", "ocr_doubt", "note"))
    return Kpi(
        id=str(number),
        number=number,
        plan=plan,
        component=row.text("component"),
        pillar=row.maybe_whole("pillar"),
        text=row.text("text"),
        kind=KpiKind(row.text("type")),
        metric=row.text("metric"),
        unit=UnitKind(unit.kind),
        unit_text=unit_text,
        direction=TargetDirection(unit.direction),
        targets=(target,),
        amounts=_amounts(row.maybe_map("amount_keur")),
        evidence=row.maybe_text("evidence"),
        cashiers=row.texts("cashiers"),
        payout=row.maybe_flag("payout"),
        basis=row.maybe_text("basis"),
        note=note,
        official=True,
        reconstructed=row.flag("reconstructed"),
        reconstruction=reconstruction,
        ocr_doubt=doubt,
        type_reconstructed=row.flag("type_reconstructed"),
        listed_as_doubtful=number in doubtful,
        marks=marks_of(reconstruction=reconstruction, ocr_doubt=doubt, note=note),
        remaining=row.remaining(),
    )


def marks_of(
    *,
    reconstruction: str | None = None,
    ocr_doubt: str | None = None,
    doubt: str | None = None,
    derived: str | None = None,
    note: str | None = None,
) -> tuple[Mark, ...]:
    """The remarks that stay with a figure, the weightiest first."""
    told = (
        (MarkKind.DERIVED, derived),
        (MarkKind.RECONSTRUCTED, reconstruction),
        (MarkKind.OCR_DOUBT, ocr_doubt),
        (MarkKind.DOUBT, doubt),
        (MarkKind.NOTE, note),
    )
    return tuple(Mark(kind, text) for kind, text in told if text)


def _derived(row: Taking, plan: str) -> Kpi:
    indicator = row.text("indicator")
    unit = _unit(indicator)
    doubt, note = row.maybe_text("doubt"), row.maybe_text("note")
    return Kpi(
        id=row.text("id"),
        number=None,
        plan=plan,
        component=row.text("work_package"),
        pillar=None,
        text=row.text("text"),
        kind=KpiKind.EFFORT if row.text("type") == "effort" else KpiKind.RESULT,
        metric=indicator,
        unit=UnitKind(unit.kind),
        unit_text=unit.text,
        direction=TargetDirection(unit.direction),
        targets=_yearly_targets(row),
        amounts=None,
        evidence=None,
        cashiers=(),
        payout=None,
        basis=None,
        note=note,
        official=False,
        reconstructed=False,
        reconstruction=None,
        ocr_doubt=None,
        type_reconstructed=False,
        listed_as_doubtful=False,
        marks=marks_of(derived=DERIVED, doubt=doubt, note=note),
        remaining=row.remaining(),
    )


def _yearly_targets(row: Taking) -> tuple[KpiTarget, ...]:
    """One target for each year, due on its last day; one open target when the plan names none."""
    found = row.node("targets")
    if not isinstance(found, MapNode) or not found.entries:
        return (KpiTarget(None, None, None, None, None, None),)
    return tuple(
        KpiTarget(
            value=as_decimal(found.entries[year]),
            lower_bound=None,
            upper_bound=None,
            due=dt.date(int(year), 12, 31),
            due_precision=DatePrecision.YEAR,
            due_text=year,
            year=int(year),
        )
        for year in sorted(found.entries)
    )
