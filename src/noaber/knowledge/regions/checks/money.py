"""Business cases whose lines must add up to their own totals."""

from __future__ import annotations

from noaber.knowledge.reading.nodes import (
    ListNode,
    MapNode,
    Node,
    ValueNode,
    maps_in,
    number_at,
    text_at,
    value_at,
)
from noaber.knowledge.reading.problems import Report
from noaber.knowledge.regions.checks.sums import differs
from noaber.knowledge.regions.folder import LoadedFolder, plan_path

ROUNDING_PER_ROW_KEUR = 2


def check_money(folder: LoadedFolder) -> None:
    """Report totals of a business case that do not come out."""
    for plan in folder.plan_slugs:
        case = folder.plan_file(plan, "business_case.yaml")
        if case is not None:
            report = folder.report(plan_path(plan, "business_case.yaml"))
            _check_impact(case, report)
            _check_formulas(case, report)
            _check_costs(case, report)
            _check_funding(case, report)
            _check_budget(case, report)


def _numbers(node: Node | None) -> list[float]:
    if not isinstance(node, ListNode):
        return []
    return [float(item.text) for item in node.items if isinstance(item, ValueNode) and item.is_number]


def _columns(rows: list[list[float]]) -> list[float]:
    return [sum(column) for column in zip(*rows, strict=False)]


def _row_differs(
    report: Report, line: int, path: str, expected: list[float], found: list[float], what: str
) -> bool:
    if expected == found:
        return False
    told = f"{[round(number) for number in expected]}, gevonden {[round(number) for number in found]}"
    report.add(line, path, "sum", f"Verwacht {what} {told}. Verbeter de regel of de som.")
    return True


def _check_impact(case: MapNode, report: Report) -> None:
    printed: list[list[float]] = []
    for position, block in maps_in(case.get("impact")):
        path = f"impact[{position}]"
        lines = [_numbers(line.get("years")) for _, line in maps_in(block.get("lines"))]
        written = _numbers(block.get("sum_of_lines"))
        line = block.line_of("sum_of_lines")
        if _row_differs(
            report, line, f"{path}.sum_of_lines", _columns(lines), written, "de som van de regels"
        ):
            return
        total, rounding = _numbers(block.get("total_printed")), _numbers(block.get("rounding_difference"))
        expected = [a + b for a, b in zip(written, rounding, strict=False)]
        line = block.line_of("total_printed")
        what = "de som met het genoteerde verschil"
        if _row_differs(report, line, f"{path}.total_printed", expected, total, what):
            return
        printed.append(total)
    overall = case.get("impact_total")
    if isinstance(overall, MapNode) and printed:
        years = _numbers(overall.get("years"))
        if not _row_differs(
            report, overall.line_of("years"), "impact_total.years", _columns(printed), years, "de som"
        ):
            _five_years(overall, "impact_total", report)
    net = case.get("net_result")
    if isinstance(net, MapNode):
        _five_years(net, "net_result", report)


def _five_years(block: MapNode, path: str, report: Report) -> None:
    found = number_at(block, "five_years") or 0
    total = sum(_numbers(block.get("years")))
    differs(report, block.line_of("five_years"), f"{path}.five_years", total, found, "de som van de jaren")


def _check_formulas(case: MapNode, report: Report) -> None:
    """A formula repeats the row it explains; both must say the same."""
    rows = {
        text_at(line, "id"): _numbers(line.get("years"))
        for _, block in maps_in(case.get("impact"))
        for _, line in maps_in(block.get("lines"))
    }
    for position, formula in maps_in(case.get("formulas")):
        name, document = text_at(formula, "id"), formula.get("document")
        if name in rows and document is not None:
            path = f"formulas[{position}].document"
            what = "dezelfde bedragen als bij impact:"
            _row_differs(report, formula.line_of("document"), path, rows[name], _numbers(document), what)


def _check_costs(case: MapNode, report: Report) -> None:
    for position, block in maps_in(case.get("costs")):
        if _cost_row(block, f"costs[{position}]", report):
            continue
        for place, line in maps_in(block.get("lines")):
            _cost_row(line, f"costs[{position}].lines[{place}]", report)


def _cost_row(row: MapNode, path: str, report: Report) -> bool:
    total = number_at(row, "total") or 0
    years = sum(_numbers(row.get("years")))
    line = row.line_of("total")
    if abs(years - total) > ROUNDING_PER_ROW_KEUR:
        return differs(report, line, f"{path}.total", years, total, "de som van de jaren (afronding 2)")
    zvw, social = number_at(row, "zvw"), number_at(row, "sd")
    if zvw is None or social is None:
        return False
    return differs(report, line, f"{path}.total", zvw + social, total, "zvw + sd =")


def _check_funding(case: MapNode, report: Report) -> None:
    funding = case.get("funding")
    if isinstance(funding, MapNode):
        added = (number_at(funding, "iza_transformation") or 0) + (number_at(funding, "spuk_iza") or 0)
        found = number_at(funding, "total") or 0
        differs(report, funding.line_of("total"), "funding.total", added, found, "iza + spuk =")


def _check_budget(case: MapNode, report: Report) -> None:
    budget = case.get("budget")
    if isinstance(budget, MapNode):
        lines = sum(number_at(line, "amount") or 0 for _, line in maps_in(value_at(budget, "lines")))
        found = number_at(budget, "total_stated") or 0
        differs(
            report,
            budget.line_of("total_stated"),
            "budget.total_stated",
            lines,
            found,
            "de som van de regels",
        )
