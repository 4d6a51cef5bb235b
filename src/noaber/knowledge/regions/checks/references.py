"""Names that point to something elsewhere: municipalities, components, cashiers, plans."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from noaber.knowledge.reading.nodes import ListNode, MapNode, Node, ValueNode, maps_in, text_at, value_at
from noaber.knowledge.reading.problems import Report, did_you_mean, quoted
from noaber.knowledge.regions.checks.rings import first_ring
from noaber.knowledge.regions.folder import LoadedFolder, plan_path


def check_references(folder: LoadedFolder) -> None:
    """Report each name that points to nothing, and each ring of things that point to one another."""
    _check_region_names(folder)
    _check_places_in_region(folder)
    _check_towns_in_region(folder)
    _check_follows(folder)
    _check_cashiers_are_partners(folder)
    for plan in folder.plan_slugs:
        _check_plan_head(folder, plan)
        _check_elements(folder, plan)
        _check_places_in_plan(folder, plan)
        _check_kpi_cashiers(folder, plan)


def pointed(
    value: Node | None,
    known: Iterable[str],
    path: str,
    report: Report,
    what: str,
    code: str = "unknown_reference",
) -> None:
    """Report a value that is not among the known names."""
    if not isinstance(value, ValueNode) or value.value is None:
        return
    names = list(known)
    if value.text not in names:
        message = (
            f"Verwacht {what}, gevonden {quoted(value.text)}.{did_you_mean(value.text, names)}"
            " Verbeter de naam of voeg toe wat ontbreekt."
        )
        report.add(value.line, path, code, message)


def _texts(file: MapNode | None, listed: str, key: str) -> list[str]:
    found = (text_at(item, key) for _, item in maps_in(value_at(file, *listed.split("."))))
    return [text for text in found if text]


def _check_region_names(folder: LoadedFolder) -> None:
    own = [folder.slug]
    what = f"de naam van de map ({quoted(folder.slug)})"
    region = folder.file("region.yaml")
    if region:
        pointed(region.get("id"), own, "id", folder.report("region.yaml"), what)
    settings = folder.file("settings.yaml")
    if settings:
        pointed(settings.get("region"), own, "region", folder.report("settings.yaml"), what)
    for plan in folder.plan_slugs:
        for name in ("programme.yaml", "kpis.yaml", "business_case.yaml"):
            file = folder.plan_file(plan, name)
            if file:
                pointed(file.get("region"), own, "region", folder.report(plan_path(plan, name)), what)


def _check_places_in_region(folder: LoadedFolder) -> None:
    region, towns = folder.file("region.yaml"), folder.file("municipalities.yaml")
    if towns is None:
        return
    report = folder.report("municipalities.yaml")
    stated = towns.get("stated_count")
    listed = value_at(towns, "municipalities")
    if isinstance(stated, ValueNode) and isinstance(listed, ListNode) and stated.value != len(listed.items):
        message = (
            f"Verwacht {stated.text} gemeenten, gevonden {len(listed.items)}. "
            "Vul de lijst aan of verbeter het aantal."
        )
        report.add(stated.line, "stated_count", "sum", message)
    if region is None:
        return
    parts = _texts(region, "sub_regions", "id")
    for position, town in maps_in(listed):
        path = f"municipalities[{position}].sub_region"
        pointed(town.get("sub_region"), parts, path, report, "een deelregio uit region.yaml")
    slugs = _texts(towns, "municipalities", "slug")
    for position, fact in maps_in(region.get("facts")):
        path = f"facts[{position}].municipality"
        _municipality(fact.get("municipality"), slugs, path, folder.report("region.yaml"))
    _check_sub_region_rings(region, parts, folder.report("region.yaml"))


def _check_towns_in_region(folder: LoadedFolder) -> None:
    towns, places = folder.file("municipalities.yaml"), folder.file("places.yaml")
    slugs = _texts(towns, "municipalities", "slug")
    for position, place in maps_in(value_at(places, "places")) if slugs else ():
        path = f"places[{position}].municipality"
        _municipality(place.get("municipality"), slugs, path, folder.report("places.yaml"))


def _municipality(value: Node | None, slugs: list[str], path: str, report: Report) -> None:
    pointed(value, slugs, path, report, "een gemeente uit municipalities.yaml", "unknown_municipality")


def _check_sub_region_rings(region: MapNode, parts: list[str], report: Report) -> None:
    above: dict[str, str] = {}
    lines: dict[str, int] = {}
    for position, part in maps_in(region.get("sub_regions")):
        name, parent = text_at(part, "id"), text_at(part, "part_of")
        pointed(part.get("part_of"), parts, f"sub_regions[{position}].part_of", report, "een deelregio")
        if name and parent:
            above[name], lines[name] = parent, part.line_of("part_of")
    _report_ring(above, lines, "sub_regions", report)


def _report_ring(above: Mapping[str, str], lines: Mapping[str, int], path: str, report: Report) -> None:
    ring = first_ring(above)
    if ring:
        told = " → ".join([*ring, ring[0]])
        message = f"Verwacht een rij zonder kring, gevonden {told}. Haal een van deze verwijzingen weg."
        report.add(lines[ring[0]], path, "ring", message)


def _check_follows(folder: LoadedFolder) -> None:
    above: dict[str, str] = {}
    for plan in folder.plan_slugs:
        head = folder.plan_file(plan, "plan.yaml")
        if head is None:
            continue
        report = folder.report(plan_path(plan, "plan.yaml"))
        pointed(head.get("follows"), folder.plan_slugs, "follows", report, "een plan van deze regio")
        before = text_at(head, "follows")
        if before:
            above[plan] = before
    ring = first_ring(above)
    if ring:
        head = folder.plan_file(ring[0], "plan.yaml")
        line = head.line_of("follows") if head else 1
        _report_ring(above, {ring[0]: line}, "follows", folder.report(plan_path(ring[0], "plan.yaml")))


def _check_plan_head(folder: LoadedFolder, plan: str) -> None:
    head = folder.plan_file(plan, "plan.yaml")
    if head is None:
        return
    report = folder.report(plan_path(plan, "plan.yaml"))
    pointed(head.get("slug"), [plan], "slug", report, f"de naam van de map ({quoted(plan)})")
    needed = {"official": "kpis.yaml", "derived": "monitoring.yaml"}.get(text_at(head, "kpi_status") or "")
    for name in ("kpis.yaml", "monitoring.yaml"):
        present = plan_path(plan, name) in folder.present
        if (name == needed) != present:
            found = f"{quoted(name)} {'staat er wel' if present else 'ontbreekt'}"
            message = (
                f"Verwacht dat kpi_status klopt met de bestanden, gevonden: {found}. "
                "Verbeter een van de twee."
            )
            report.add(head.line_of("kpi_status"), "kpi_status", "contradiction", message)
            return


def element_ids(folder: LoadedFolder, plan: str) -> list[str] | None:
    """The ids of all parts of a plan and its cross-cutting names; None when a file is wrong."""
    head, programme = folder.plan_file(plan, "plan.yaml"), folder.plan_file(plan, "programme.yaml")
    if head is None or programme is None:
        return None
    listed = ("components", "work_packages", "projects")
    return [
        *_texts(head, "cross_cutting", "id"),
        *(text for name in listed for text in _texts(programme, name, "id")),
    ]


def _check_elements(folder: LoadedFolder, plan: str) -> None:
    known = element_ids(folder, plan)
    if known is None:
        return
    what = "een onderdeel van dit plan"
    for name, listed, key in (
        ("kpis.yaml", "kpis", "component"),
        ("monitoring.yaml", "derived_kpis", "work_package"),
        ("programme.yaml", "milestones", "wp"),
        ("business_case.yaml", "impact", "component"),
        ("business_case.yaml", "costs", "component"),
    ):
        report = folder.report(plan_path(plan, name))
        for position, item in maps_in(value_at(folder.plan_file(plan, name), listed)):
            pointed(item.get(key), known, f"{listed}[{position}].{key}", report, what, "unknown_component")
    _check_inside_programme(folder, plan, known, what)
    _check_budget_lines(folder, plan)


def _check_inside_programme(folder: LoadedFolder, plan: str, known: list[str], what: str) -> None:
    programme = folder.plan_file(plan, "programme.yaml")
    report = folder.report(plan_path(plan, "programme.yaml"))
    for position, pillar in maps_in(value_at(programme, "pillars")):
        listed = pillar.get("components")
        for place, item in enumerate(listed.items if isinstance(listed, ListNode) else ()):
            pointed(
                item, known, f"pillars[{position}].components[{place}]", report, what, "unknown_component"
            )
    for position, component in maps_in(value_at(programme, "components")):
        for place, activity in maps_in(component.get("activities")):
            path = f"components[{position}].activities[{place}].shared_with"
            pointed(activity.get("shared_with"), known, path, report, what, "unknown_component")
    parts = {
        text_at(package, "id"): _texts(package, "parts", "slug")
        for _, package in maps_in(value_at(programme, "work_packages"))
    }
    for position, milestone in maps_in(value_at(programme, "milestones")):
        package = text_at(milestone, "wp")
        if package in parts:
            path = f"milestones[{position}].part"
            pointed(milestone.get("part"), parts[package], path, report, "een deel van dit werkpakket")


def _check_budget_lines(folder: LoadedFolder, plan: str) -> None:
    case = folder.plan_file(plan, "business_case.yaml")
    if value_at(case, "budget") is None:
        return
    lines = _texts(case, "budget.lines", "slug")
    groups = _texts(case, "budget.groups", "slug")
    report = folder.report(plan_path(plan, "programme.yaml"))
    for position, package in maps_in(value_at(folder.plan_file(plan, "programme.yaml"), "work_packages")):
        path = f"work_packages[{position}].budget_line"
        pointed(package.get("budget_line"), lines, path, report, "een begrotingsregel uit business_case.yaml")
    report = folder.report(plan_path(plan, "business_case.yaml"))
    for position, line in maps_in(value_at(case, "budget", "lines")):
        pointed(
            line.get("group"), groups, f"budget.lines[{position}].group", report, "een groep van de begroting"
        )


def _check_places_in_plan(folder: LoadedFolder, plan: str) -> None:
    towns, programme = folder.file("municipalities.yaml"), folder.plan_file(plan, "programme.yaml")
    if towns is None or programme is None:
        return
    slugs = _texts(towns, "municipalities", "slug")
    report = folder.report(plan_path(plan, "programme.yaml"))
    for position, milestone in maps_in(programme.get("milestones")):
        for key in ("municipalities", "added_municipalities"):
            for place, town in maps_in(milestone.get(key)):
                _municipality(town.get("slug"), slugs, f"milestones[{position}].{key}[{place}].slug", report)
    for position, package in maps_in(programme.get("work_packages")):
        path = f"work_packages[{position}]"
        start = value_at(package, "possible_start_group", "municipality")
        _municipality(start, slugs, f"{path}.possible_start_group.municipality", report)
        for place, part in maps_in(package.get("parts")):
            pilot = value_at(part, "pilot", "municipality")
            _municipality(pilot, slugs, f"{path}.parts[{place}].pilot.municipality", report)
            grounds = part.get("testing_grounds")
            for step, ground in enumerate(grounds.items if isinstance(grounds, ListNode) else ()):
                _municipality(ground, slugs, f"{path}.parts[{place}].testing_grounds[{step}]", report)


def _check_cashiers_are_partners(folder: LoadedFolder) -> None:
    settings, region = folder.file("settings.yaml"), folder.file("region.yaml")
    if settings is None or region is None:
        return
    partners = _texts(region, "partners", "name")
    report = folder.report("settings.yaml")
    for position, cashier in maps_in(settings.get("cashiers")):
        path = f"cashiers[{position}].name"
        pointed(cashier.get("name"), partners, path, report, "een partner uit region.yaml", "unknown_cashier")


def _check_kpi_cashiers(folder: LoadedFolder, plan: str) -> None:
    settings, file = folder.file("settings.yaml"), folder.plan_file(plan, "kpis.yaml")
    if settings is None or file is None:
        return
    known = _texts(settings, "cashiers", "name")
    report = folder.report(plan_path(plan, "kpis.yaml"))
    for position, kpi in maps_in(file.get("kpis")):
        listed = kpi.get("cashiers")
        for place, cashier in enumerate(listed.items if isinstance(listed, ListNode) else ()):
            path = f"kpis[{position}].cashiers[{place}]"
            pointed(cashier, known, path, report, "een kassier uit settings.yaml", "unknown_cashier")
