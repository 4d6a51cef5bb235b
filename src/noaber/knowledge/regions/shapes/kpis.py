"""kpis.yaml (the official list of a plan) and monitoring.yaml (KPIs derived from the planning)."""

from __future__ import annotations

from noaber.knowledge.codes import load_codes
from noaber.knowledge.reading.nodes import MapNode, Node, ValueNode, number_at
from noaber.knowledge.reading.problems import Report
from noaber.knowledge.reading.shapes import (
    Flag,
    Items,
    Lookup,
    MomentText,
    Number,
    Record,
    Whole,
    Words,
    YearSpan,
    each,
)
from noaber.knowledge.regions.shapes.common import (
    ANYTHING,
    IDENTIFIER,
    MAYBE_TEXT,
    SCHEMA_VERSION,
    SLUG,
    TEXT,
    TEXTS,
    YEAR,
    YEAR_KEY,
)

_AMOUNTS = Record(required={"total": Whole(0), "iza": Whole(0), "spuk": Whole(0)}, maybe=True)
_DIFFERENCES = Record(required={"total": Whole(), "iza": Whole(), "spuk": Whole()})


def _unit_and_bounds(node: MapNode, path: str, report: Report) -> None:
    """The unit is known, a share lies between 0 and 1, and each bound lies on its own side of the target."""
    unit_node = node.get("unit")
    text = unit_node.text if isinstance(unit_node, ValueNode) else ""
    unit = load_codes().unit_named(text)
    if unit is None:
        line = unit_node.line if unit_node else node.line
        message = (
            f"Verwacht een bekende eenheid, gevonden “{text}”. "
            "Kies een eenheid uit de tabel of vul de tabel aan."
        )
        report.add(line, f"{path}.unit", "unknown_unit", message)
        return
    most = {"share": 1, "percent": 100}.get(unit.kind)
    for key in ("target", "lower_bound", "upper_bound"):
        number = number_at(node, key)
        if number is not None and (number < 0 or (most is not None and number > most)):
            limit = f"van 0 tot en met {most}" if most else "van 0 of meer"
            message = (
                f"Verwacht bij “{text}” een getal {limit}, gevonden {number:g}. "
                "Verbeter het getal of de eenheid."
            )
            report.add(node.line_of(key), f"{path}.{key}", "range", message)
            return
    target = number_at(node, "target")
    _bound(node, path, report, "lower_bound", target, lower=True)
    _bound(node, path, report, "upper_bound", target, lower=False)


def _bound(node: MapNode, path: str, report: Report, key: str, target: float | None, *, lower: bool) -> None:
    bound = number_at(node, key)
    if bound is None or target is None:
        return
    if (bound > target) if lower else (bound < target):
        side = "ondergrens van ten hoogste" if lower else "bovengrens van ten minste"
        message = (
            f"Verwacht een {side} het doel {target:g}, gevonden {bound:g}. Verbeter de grens of het doel."
        )
        report.add(node.line_of(key), f"{path}.{key}", "bound_side", message)


def _reconstruction_told(node: MapNode, path: str, report: Report) -> None:
    flag = node.get("reconstructed")
    if isinstance(flag, ValueNode) and flag.value is True and "reconstruction" not in node.key_lines:
        message = (
            "Verwacht het veld “reconstruction” bij een gereconstrueerde KPI, gevonden: het ontbreekt. "
            "Leg het uit."
        )
        report.add(flag.line, f"{path}.reconstruction", "missing", message)


_KPI = Record(
    required={
        "number": Whole(1),
        "component": IDENTIFIER,
        "text": TEXT,
        "type": Words(choices=frozenset({"I", "R"}), what="een soort KPI"),
        "metric": IDENTIFIER,
        "target": Number(),
        "unit": TEXT,
        "lower_bound": Number(maybe=True),
        "upper_bound": Number(maybe=True),
        "due": MomentText(maybe=True),
        "amount_keur": _AMOUNTS,
        "evidence": MAYBE_TEXT,
        "cashiers": Items(TEXT, maybe=True),
        "payout": Flag(maybe=True),
        "reconstructed": Flag(),
    },
    optional={
        "pillar": Whole(1, maybe=True),
        "type_reconstructed": Flag(),
        "reconstruction": TEXT,
        "ocr_doubt": TEXT,
        "basis": TEXT,
        "note": TEXT,
    },
    rules=(_unit_and_bounds, _reconstruction_told),
)
_CHECKS = Record(
    optional={
        "iza_plus_spuk": Whole(0),
        "sum_of_listed": Record(required={"total": Whole(0), "iza": Whole(0), "spuk": Whole(0)}),
        "difference": _DIFFERENCES,
        "note": TEXT,
        "split_rule": TEXT,
        "amount_rule": TEXT,
        "effort_share_computed": Number(0, 1),
        "effort_share_stated": TEXT,
        "effort_share_note": TEXT,
        "by_component": Lookup(Whole(0)),
    }
)
KPIS = Record(
    required={"region": SLUG, "source": TEXT, "kpis": Items(_KPI, least=1)},
    optional={
        "unit": Words(choices=frozenset({"x 1,000 EUR"}), what="een eenheid van bedragen"),
        "printed_totals": _AMOUNTS,
        "checks": _CHECKS,
        "cashier_note": TEXT,
        "payout_rules": TEXTS,
        "doubtful": Items(Whole(1)),
        "type_meaning": Lookup(TEXT),
        "amounts": TEXT,
        "bounds": TEXT,
        "counts": Record(required={"total": Whole(0)}, optional=each(Whole(0), "effort result payout_yes")),
        "kpi_due_note": TEXT,
    },
)


def _unit_of_targets(node: MapNode, path: str, report: Report) -> None:
    """The indicator has a unit, and each year's target fits it."""
    indicator, targets = node.get("indicator"), node.get("targets")
    if not isinstance(indicator, ValueNode):
        return
    unit = load_codes().unit_of_indicator(indicator.text)
    if unit is None:
        message = (
            f"Verwacht een indicator met een bekende eenheid, gevonden “{indicator.text}”. "
            "Zet deze indicator in de tabel met eenheden."
        )
        report.add(indicator.line, f"{path}.indicator", "unknown_unit", message)
    elif isinstance(targets, MapNode):
        most = {"share": 1, "percent": 100}.get(unit.kind)
        for year, value in targets.entries.items():
            _target_of_year(value, f"{path}.targets.{year}", report, most)


def _target_of_year(value: Node, path: str, report: Report, most: int | None) -> None:
    if not isinstance(value, ValueNode) or not (value.is_number or isinstance(value.value, bool)):
        message = "Verwacht een getal of true, gevonden iets anders. Schrijf het doel van dit jaar als getal."
        report.add(value.line, path, "type", message)
    elif value.is_number and (float(value.text) < 0 or (most is not None and float(value.text) > most)):
        limit = f"van 0 tot en met {most}" if most else "van 0 of meer"
        message = f"Verwacht een doel {limit}, gevonden {value.text}. Verbeter het getal."
        report.add(value.line, path, "range", message)


_DERIVED = Record(
    required={
        "id": IDENTIFIER,
        "text": TEXT,
        "type": Words(choices=frozenset({"effort", "result"}), what="een soort KPI"),
        "work_package": IDENTIFIER,
        "indicator": IDENTIFIER,
    },
    optional={
        "targets": Lookup(ANYTHING, key_form=YEAR_KEY, key_what="een jaar"),
        "comparator": Words(choices=frozenset({"at_least"})),
        "doubt": TEXT,
        "note": TEXT,
    },
    rules=(_unit_of_targets,),
)
_RULES = Record(
    required={
        "share_result_obligation_pct": Number(0, 100),
        "share_effort_obligation_pct": Number(0, 100),
        "shares_must_sum_to_pct": Number(0, 100),
    },
    optional={
        "basis_for_payment": Flag(),
        "payer": TEXT,
        "agreed": TEXT,
        "derived_from": TEXTS,
        "linked_to_reach": TEXTS,
        "not_a_kpi": TEXT,
        "doubt": TEXT,
    },
)
_TRACK = Record(
    required={"id": IDENTIFIER, "dutch": TEXT, "horizon": TEXT},
    optional={
        "kpis_formulated_in": YEAR,
        "covers": YearSpan(),
        "per_kpi_record": TEXTS,
        "note": TEXT,
        "funders": TEXTS,
        "task_2025": TEXT,
        "supported_by": TEXTS,
    },
)
MONITORING = Record(
    required={"derived_kpis": Items(_DERIVED, least=1), "kpi_rules": _RULES},
    optional={
        "schema_version": SCHEMA_VERSION,
        "purposes": TEXTS,
        "aspects": TEXTS,
        "output_forms": TEXTS,
        "first_year_task": TEXT,
        "tracks": Items(_TRACK),
        "main_strategy": Items(Record(required={"id": IDENTIFIER, "text": TEXT, "origin": TEXT})),
        "objectives": Items(
            Record(
                required={
                    "id": IDENTIFIER,
                    "text": TEXT,
                    "direction": Words(choices=frozenset({"up", "down"})),
                }
            )
        ),
        "reporting": Items(Record(required={"year": YEAR, "product": TEXT}, optional={"about": YEAR})),
        "progress_report_contents": TEXTS,
        "progress_report_adopted_by": TEXT,
        "data_sources": Items(Record(required={"slug": IDENTIFIER, "use": TEXT, "source": TEXT})),
        "research": Items(
            Record(
                required={"id": IDENTIFIER},
                optional={
                    **each(TEXT, "funder performer question document section"),
                    **each(TEXTS, "regions effect_levels dimensions subjects"),
                    "years": Items(YEAR),
                    "audiences": ANYTHING,
                },
            )
        ),
    },
)
