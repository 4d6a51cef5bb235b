"""Settings that contradict each other, and help numbers that must not be missing."""

from __future__ import annotations

from noaber.knowledge.codes import load_codes
from noaber.knowledge.funding import load_titles
from noaber.knowledge.reading.nodes import ListNode, MapNode, ValueNode, maps_in, number_at, text_at, value_at
from noaber.knowledge.reading.problems import Report, one_of, quoted
from noaber.knowledge.regions.folder import LoadedFolder

REQUIRED_HELP = ("emergency", "suicide_prevention", "gp_out_of_hours", "crisis", "domestic_violence")
INVENTED_RANGE = "088-000 "
_FILE = "settings.yaml"


def check_settings(folder: LoadedFolder) -> None:
    """Report what cannot all be true at once."""
    settings = folder.file(_FILE)
    if settings is None:
        return
    report = folder.report(_FILE)
    _check_composition(settings, report)
    _check_modes(settings, report)
    _check_limits(settings, report)
    _check_outcomes(settings, report)
    _check_help_numbers(settings, report)
    _check_conversation(settings, report)
    _check_funding(settings, report)


def _clash(node: MapNode, key: str, path: str, report: Report, message: str) -> None:
    report.add(node.line_of(key), f"{path}.{key}", "contradiction", message)


def _not_above(node: MapNode, path: str, low: str, high: str, report: Report) -> bool:
    """Report when the field `low` is larger than the field `high`."""
    least, most = number_at(node, low), number_at(node, high)
    if least is None or most is None or least <= most:
        return True
    message = (
        f"Verwacht dat {low} niet groter is dan {high}, gevonden {least:g} en {most:g}. "
        "Verbeter een van de twee."
    )
    _clash(node, low, path, report, message)
    return False


def _part(settings: MapNode, name: str) -> MapNode:
    part = settings.get(name)
    if not isinstance(part, MapNode):
        raise TypeError(name)
    return part


def _check_composition(settings: MapNode, report: Report) -> None:
    rules = _part(settings, "composition")
    path = "composition"
    if not _not_above(rules, path, "min_professionals", "max_professionals", report):
        return
    _not_above(rules, path, "min_domains", "max_professionals", report)
    listed = rules.get("required_groups")
    wanted = [
        {item.text for item in group.items if isinstance(item, ValueNode)}
        for group in (listed.items if isinstance(listed, ListNode) else ())
        if isinstance(group, ListNode)
    ]
    most = number_at(rules, "max_professionals") or 0
    if len(wanted) > most:
        message = (
            f"Verwacht ten hoogste {most:g} groepen, gevonden {len(wanted)}. "
            "Er is dan geen plek voor iedereen: haal een groep weg of verhoog het aantal."
        )
        _clash(rules, "required_groups", path, report, message)
    if text_at(rules, "ggz_member") != "none" and not any("ggz" in group for group in wanted):
        message = (
            "Verwacht de groep ggz in required_groups, gevonden: die ontbreekt. Voeg ggz toe of kies none."
        )
        _clash(rules, "ggz_member", path, report, message)
    presence = text_at(rules, "lived_experience")
    if presence in {"always", "unless_reasoned"} and {"lived_experience"} not in wanted:
        message = (
            f"Verwacht de groep lived_experience in required_groups bij {quoted(presence)}, "
            "gevonden: die ontbreekt. Voeg een regel [lived_experience] toe."
        )
        _clash(rules, "lived_experience", path, report, message)


def _check_modes(settings: MapNode, report: Report) -> None:
    modes = _part(settings, "modes")
    allowed = value_at(modes, "allowed")
    names = (
        [item.text for item in allowed.items if isinstance(item, ValueNode)]
        if isinstance(allowed, ListNode)
        else []
    )
    default = text_at(modes, "default")
    if default not in names:
        message = (
            f"Verwacht een vorm uit allowed ({one_of(names)}), gevonden {quoted(default)}. "
            "Verbeter een van de twee."
        )
        _clash(modes, "default", "modes", report, message)


def _check_limits(settings: MapNode, report: Report) -> None:
    _not_above(_part(settings, "report"), "report", "resident_reads_first_days", "letter_within_days", report)
    _not_above(_part(settings, "follow_up"), "follow_up", "next_step_within_days", "limit_days", report)


def _check_outcomes(settings: MapNode, report: Report) -> None:
    outcomes = _part(settings, "outcomes")
    classes = outcomes.get("kpi_classes")
    if isinstance(classes, MapNode):
        missing = [code for code in load_codes().outcomes if code not in classes.entries]
        if missing:
            message = (
                f"Verwacht een klasse voor elke uitkomst, gevonden geen voor {one_of(missing)}. Vul aan."
            )
            _clash(outcomes, "kpi_classes", "outcomes", report, message)
    derived = outcomes.get("derive_from_offers")
    forbidden = outcomes.get("triage_forbidden")
    nothing = isinstance(derived, ListNode) and not derived.items
    if isinstance(forbidden, ValueNode) and forbidden.value is True and nothing:
        message = (
            "Verwacht regels om de uitkomst af te leiden nu triage_forbidden true is, gevonden geen. "
            "Vul ze in."
        )
        _clash(outcomes, "derive_from_offers", "outcomes", report, message)


def _check_help_numbers(settings: MapNode, report: Report) -> None:
    listed = settings.get("help_numbers")
    present = {text_at(number, "kind") for _, number in maps_in(listed)}
    missing = [kind for kind in REQUIRED_HELP if kind not in present]
    if missing:
        message = (
            f"Verwacht ook een hulpnummer voor {', '.join(missing)}, gevonden geen. Voeg het nummer toe."
        )
        report.add(settings.line_of("help_numbers"), "help_numbers", "missing_help", message)
    for position, number in maps_in(listed):
        _check_help_number(number, f"help_numbers[{position}]", report)


def _check_help_number(number: MapNode, path: str, report: Report) -> None:
    phone = text_at(number, "phone") or ""
    flag = number.get("invented_for_demo")
    invented = isinstance(flag, ValueNode) and flag.value is True
    if invented != phone.startswith(INVENTED_RANGE):
        message = (
            f"Verwacht alleen bij verzonnen nummers {quoted(INVENTED_RANGE + '…')} "
            f"en daar altijd invented_for_demo true, gevonden {quoted(phone)}. "
            "Verbeter het nummer of het merk."
        )
        _clash(number, "phone", path, report, message)
    if text_at(number, "kind") == "emergency" and phone != "112":
        message = f"Verwacht 112 als alarmnummer, gevonden {quoted(phone)}. Verbeter het nummer."
        report.add(number.line_of("phone"), f"{path}.phone", "range", message)


def _check_conversation(settings: MapNode, report: Report) -> None:
    block = settings.get("conversation")
    listed = value_at(block, "order") if isinstance(block, MapNode) else None
    if not isinstance(block, MapNode) or not isinstance(listed, ListNode):
        return
    names = [item.text for item in listed.items if isinstance(item, ValueNode)]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        message = f"Verwacht elk onderdeel één keer, gevonden {one_of(twice)} nog een keer. Haal er één weg."
        _clash(block, "order", "conversation", report, message)


def _check_funding(settings: MapNode, report: Report) -> None:
    block = settings.get("funding")
    titles = block.get("usual_titles") if isinstance(block, MapNode) else None
    if not isinstance(titles, MapNode):
        return
    for group, node in titles.entries.items():
        title = load_titles().get(node.text) if isinstance(node, ValueNode) else None
        if title is not None and group not in title.groups:
            message = (
                f"Verwacht een titel die voor de groep {group} mag, gevonden {quoted(title.code)}. "
                "Kies een andere titel."
            )
            _clash(titles, group, "funding.usual_titles", report, message)
