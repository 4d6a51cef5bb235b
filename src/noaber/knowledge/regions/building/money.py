"""Business cases."""

from __future__ import annotations

from noaber.knowledge.reading import MapNode, Taking
from noaber.knowledge.regions.building.kpis import marks_of
from noaber.knowledge.regions.types import BudgetLine, BusinessCase, BusinessCaseLine


def business_case(file: MapNode) -> BusinessCase:
    """The lines and the budget typed, the rest as it stands."""
    taking = Taking(file)
    blocks = ((side, block) for side in ("impact", "costs") for block in taking.maps(side))
    lines = tuple(line for side, block in blocks for line in _block(side, block))
    budget_lines: tuple[BudgetLine, ...] = ()
    total = None
    budget = taking.maybe_map("budget")
    if budget is not None:
        total = budget.maybe_whole("total_stated")
        budget_lines = tuple(
            BudgetLine(line.text("slug"), line.maybe_text("group"), line.whole("amount"))
            for line in budget.maps("lines")
        )
        taking.keep(budget=budget.remaining())
    return BusinessCase(
        source=taking.maybe_text("source"),
        lines=lines,
        budget=budget_lines,
        budget_total_eur=total,
        remaining=taking.remaining(),
    )


def _years(block: Taking, key: str) -> tuple[int, ...]:
    return tuple(int(text) for text in block.texts(key))


def _block(side: str, block: Taking) -> tuple[BusinessCaseLine, ...]:
    """The total of a component, then its lines."""
    component = block.text("component")
    lines = block.maps("lines")
    total = _line(side, component, block, "total_printed" if side == "impact" else "years", is_total=True)
    return (total, *(_line(side, component, line, "years", is_total=False) for line in lines))


def _line(side: str, component: str, block: Taking, years_key: str, *, is_total: bool) -> BusinessCaseLine:
    title = block.text("title", component)
    name = block.maybe_text("id") or f"{component}.{title}"
    reconstruction, note = block.maybe_text("reconstruction"), block.maybe_text("note")
    reconstructed = block.flag("reconstructed")
    return BusinessCaseLine(
        id=component if is_total else name,
        side="impact" if side == "impact" else "cost",
        component=component,
        title=title,
        is_component_total=is_total,
        years_keur=_years(block, years_key),
        total_keur=block.maybe_whole("total"),
        reconstructed=reconstructed,
        marks=marks_of(
            reconstruction=reconstruction or (note if reconstructed else None),
            note=None if reconstructed and not reconstruction else note,
        ),
        remaining=block.remaining(),
    )
