"""Names that must be there only once."""

from __future__ import annotations

from noaber.knowledge.reading.nodes import MapNode, Node, ValueNode, maps_in, value_at
from noaber.knowledge.reading.problems import Report, quoted
from noaber.knowledge.regions.folder import LoadedFolder, plan_path

_IN_REGION = {
    "region.yaml": (
        ("partners", ("slug",)),
        ("partners", ("name",)),
        ("sub_regions", ("id",)),
        ("health_facts", ("id",)),
        ("labour_market", ("id",)),
        ("pilot_facts", ("id",)),
        ("facts", ("id",)),
        ("governance", ("id", "slug")),
        ("governance.bodies", ("id", "slug")),
    ),
    "municipalities.yaml": (
        ("municipalities", ("slug",)),
        ("municipalities", ("name",)),
        ("municipalities", ("cbs_code",)),
    ),
    "places.yaml": (("places", ("name",)),),
    "settings.yaml": (
        ("help_numbers", ("id",)),
        ("tables", ("id",)),
        ("norms", ("key",)),
        ("cashiers", ("name",)),
    ),
}
_IN_PLAN = {
    "plan.yaml": (("cross_cutting", ("id",)),),
    "programme.yaml": (
        ("components", ("id",)),
        ("work_packages", ("id",)),
        ("work_packages", ("slug",)),
        ("projects", ("id",)),
        ("milestones", ("id",)),
        ("risks", ("id",)),
        ("risks.items", ("id",)),
        ("governance", ("id", "slug")),
    ),
    "kpis.yaml": (("kpis", ("number",)),),
    "monitoring.yaml": (("derived_kpis", ("id",)),),
    "business_case.yaml": (("formulas", ("id",)), ("key_figures", ("id",)), ("budget.lines", ("slug",))),
    "personas.yaml": (("personas", ("id",)),),
}


def check_unique(folder: LoadedFolder) -> None:
    """Report each id that stands in a list twice."""
    for name, lists in _IN_REGION.items():
        for where, keys in lists:
            _check(folder.file(name), where, keys, folder.report(name))
    for plan in folder.plan_slugs:
        for name, lists in _IN_PLAN.items():
            for where, keys in lists:
                _check(folder.plan_file(plan, name), where, keys, folder.report(plan_path(plan, name)))


def _check(file: MapNode | None, where: str, keys: tuple[str, ...], report: Report) -> None:
    listed: Node | None = value_at(file, *where.split("."))
    first_seen: dict[str, int] = {}
    for position, item in maps_in(listed):
        key = next((key for key in keys if key in item.key_lines), "")
        value = item.get(key)
        if not isinstance(value, ValueNode) or value.value is None:
            continue
        if value.text in first_seen:
            message = (
                f"Verwacht elke naam één keer, gevonden {quoted(value.text)} nog een keer "
                f"(eerst op regel {first_seen[value.text]}). Geef een van de twee een andere naam."
            )
            report.add(value.line, f"{where}[{position}].{key}", "duplicate_id", message)
        else:
            first_seen[value.text] = value.line
