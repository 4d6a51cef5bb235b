"""KPI money that must add up, and milestones whose municipalities must add up."""

from __future__ import annotations

from collections.abc import Iterable

from noaber.knowledge.reading.nodes import MapNode, ValueNode, maps_in, number_at, text_at, value_at
from noaber.knowledge.reading.problems import Report, quoted
from noaber.knowledge.regions.folder import LoadedFolder, plan_path

ROUNDING_KEUR = 1
_PARTS = ("total", "iza", "spuk")


def check_sums(folder: LoadedFolder) -> None:
    """Report sums that do not come out."""
    for plan in folder.plan_slugs:
        kpis = folder.plan_file(plan, "kpis.yaml")
        if kpis is not None:
            _check_kpis(kpis, folder.report(plan_path(plan, "kpis.yaml")))
        monitoring = folder.plan_file(plan, "monitoring.yaml")
        if monitoring is not None:
            _check_shares(monitoring, folder.report(plan_path(plan, "monitoring.yaml")))
        programme = folder.plan_file(plan, "programme.yaml")
        if programme is not None:
            report = folder.report(plan_path(plan, "programme.yaml"))
            _check_milestones(programme, report)
            _check_norms(folder, programme, report)


def differs(report: Report, line: int, path: str, expected: float, found: float, what: str) -> bool:
    """Report a sum that does not come out. True when it was reported."""
    if expected == found:
        return False
    message = f"Verwacht {what} {expected:g}, gevonden {found:g}. Verbeter het bedrag of de som."
    report.add(line, path, "sum", message)
    return True


def _check_kpis(file: MapNode, report: Report) -> None:
    """From small to large: rows, then sums. A wrong row is not reported again as a wrong sum."""
    rows = list(maps_in(file.get("kpis")))
    for position, kpi in rows:
        _check_row(kpi, f"kpis[{position}].amount_keur", report)
    _check_doubtful(file, {number_at(kpi, "number") for _, kpi in rows}, report)
    _check_counts(file, [kpi for _, kpi in rows], report)
    if report.count:
        return
    sums = {part: _sum(number_at(kpi, "amount_keur", part) for _, kpi in rows) for part in _PARTS}
    if _check_totals(file, sums, report):
        return
    by_component = value_at(file, "checks", "by_component")
    if isinstance(by_component, MapNode):
        _check_components(by_component, [kpi for _, kpi in rows], report)


def _sum(numbers: Iterable[float | None]) -> float:
    return sum(number or 0 for number in numbers)


def _check_row(kpi: MapNode, path: str, report: Report) -> None:
    total, iza, spuk = (number_at(kpi, "amount_keur", part) for part in _PARTS)
    if total is None or iza is None or spuk is None:
        return
    if abs(iza + spuk - total) > ROUNDING_KEUR:
        line = kpi.line_of("amount_keur")
        message = (
            f"Verwacht iza + spuk = total (afronding {ROUNDING_KEUR}), "
            f"gevonden {iza:g} + {spuk:g} = {iza + spuk:g} en total {total:g}. Verbeter een van de bedragen."
        )
        report.add(line, path, "sum", message)


def _check_doubtful(file: MapNode, numbers: set[float | None], report: Report) -> None:
    listed = value_at(file, "doubtful")
    for position, item in enumerate(getattr(listed, "items", ())):
        if isinstance(item, ValueNode) and item.value not in numbers:
            message = (
                f"Verwacht het nummer van een KPI, gevonden {quoted(item.text)}. "
                "Haal het weg of verbeter het."
            )
            report.add(item.line, f"doubtful[{position}]", "unknown_reference", message)


def _check_counts(file: MapNode, kpis: list[MapNode], report: Report) -> None:
    counted = {
        "total": len(kpis),
        "effort": sum(text_at(kpi, "type") == "I" for kpi in kpis),
        "result": sum(text_at(kpi, "type") == "R" for kpi in kpis),
        "payout_yes": sum(_is_true(kpi, "payout") for kpi in kpis),
    }
    stated = file.get("counts")
    if not isinstance(stated, MapNode):
        return
    for key, number in counted.items():
        written = number_at(stated, key)
        if written is not None and differs(
            report, stated.line_of(key), f"counts.{key}", number, written, "het getelde aantal"
        ):
            return


def _is_true(kpi: MapNode, key: str) -> bool:
    value = kpi.get(key)
    return isinstance(value, ValueNode) and value.value is True


def _check_totals(file: MapNode, sums: dict[str, float], report: Report) -> bool:
    """Printed total = sum of the list + the difference that the file itself records (or 0)."""
    printed = file.get("printed_totals")
    if not isinstance(printed, MapNode):
        return False
    listed = value_at(file, "checks", "sum_of_listed")
    for part in _PARTS:
        path = f"checks.sum_of_listed.{part}"
        written = number_at(listed, part)
        if written is not None and isinstance(listed, MapNode):
            line = listed.line_of(part)
            if differs(report, line, path, sums[part], written, "de som van de KPI's"):
                return True
    for part in _PARTS:
        recorded = number_at(file, "checks", "difference", part) or 0
        total = number_at(printed, part) or 0
        what = "de som van de KPI's met het genoteerde verschil"
        if differs(
            report, printed.line_of(part), f"printed_totals.{part}", sums[part] + recorded, total, what
        ):
            return True
    both = number_at(file, "checks", "iza_plus_spuk")
    checks = file.get("checks")
    if both is None or not isinstance(checks, MapNode):
        return False
    added = _sum(number_at(printed, part) for part in ("iza", "spuk"))
    return differs(report, checks.line_of("iza_plus_spuk"), "checks.iza_plus_spuk", added, both, "iza + spuk")


def _check_components(written: MapNode, kpis: list[MapNode], report: Report) -> None:
    for component in written.entries:
        own = _sum(
            number_at(kpi, "amount_keur", "total") for kpi in kpis if text_at(kpi, "component") == component
        )
        found = number_at(written, component) or 0
        path = f"checks.by_component.{component}"
        differs(report, written.line_of(component), path, own, found, "de som van dit onderdeel")


def _check_shares(monitoring: MapNode, report: Report) -> None:
    rules = monitoring.get("kpi_rules")
    if not isinstance(rules, MapNode):
        return
    keys = ("share_result_obligation_pct", "share_effort_obligation_pct")
    expected = number_at(rules, "shares_must_sum_to_pct") or 0
    found = _sum(number_at(rules, key) for key in keys)
    differs(report, rules.line_of(keys[0]), f"kpi_rules.{keys[0]}", expected, found, "samen")


def _check_milestones(programme: MapNode, report: Report) -> None:
    for position, milestone in maps_in(programme.get("milestones")):
        for key, stated_key in (("municipalities", "count"), ("added_municipalities", "added")):
            places = [place for _, place in maps_in(milestone.get(key))]
            counts = [number_at(place, "count") for place in places]
            stated = number_at(milestone, stated_key)
            if not places or stated is None or any(count is None for count in counts):
                continue
            line, path = milestone.line_of(stated_key), f"milestones[{position}].{stated_key}"
            differs(report, line, path, _sum(counts), stated, "de som van de gemeenten")


def _check_norms(folder: LoadedFolder, programme: MapNode, report: Report) -> None:
    towns = folder.file("municipalities.yaml")
    number = len(list(maps_in(value_at(towns, "municipalities"))))
    for position, package in maps_in(programme.get("work_packages")):
        norm = package.get("norm")
        each = number_at(norm, "per_municipality")
        total = number_at(norm, "total")
        if isinstance(norm, MapNode) and number and each is not None and total is not None:
            what = f"{each:g} maal {number} gemeenten ="
            path = f"work_packages[{position}].norm.total"
            differs(report, norm.line_of("total"), path, each * number, total, what)
