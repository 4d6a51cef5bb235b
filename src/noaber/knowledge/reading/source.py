"""From bytes to nodes, refusing what data has no need of: aliases, tags, tabs, double keys, huge files."""

from __future__ import annotations

import re
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from noaber.knowledge.reading.nodes import ListNode, MapNode, Node, Plain, ValueNode
from noaber.knowledge.reading.problems import Report, quoted

LARGEST_FILE_BYTES = 1_000_000
DEEPEST_NESTING = 20

_PLAIN_TAGS = {
    "tag:yaml.org,2002:str",
    "tag:yaml.org,2002:int",
    "tag:yaml.org,2002:float",
    "tag:yaml.org,2002:bool",
    "tag:yaml.org,2002:null",
    "tag:yaml.org,2002:timestamp",
    "tag:yaml.org,2002:map",
    "tag:yaml.org,2002:seq",
}
_OPENING = (
    yaml.BlockMappingStartToken,
    yaml.BlockSequenceStartToken,
    yaml.FlowMappingStartToken,
    yaml.FlowSequenceStartToken,
)
_CLOSING = (yaml.BlockEndToken, yaml.FlowMappingEndToken, yaml.FlowSequenceEndToken)
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WHOLE = re.compile(r"[-+]?(0|[1-9][0-9]*)\Z")
_FRACTION = re.compile(r"[-+]?(0|[1-9][0-9]*)\.[0-9]+\Z")


def read_source(path: Path, report: Report) -> Node | None:
    """Read one file into nodes. Problems go into the report; None when there is nothing to go on with."""
    text = _decoded(path, report)
    if text is None or not _has_no_tabs(text, report) or not _is_plain_and_flat(text, report):
        return None
    try:
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError as error:
        _report_syntax(error, report)
        return None
    if root is None:
        report.add(
            1, "", "empty", "Verwacht gegevens, gevonden een leeg bestand. Vul het bestand of haal het weg."
        )
        return None
    return _converted(root, "", report)


def _decoded(path: Path, report: Report) -> str | None:
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE_BYTES:
            report.add(
                1,
                "",
                "too_large",
                f"Verwacht een bestand van ten hoogste {LARGEST_FILE_BYTES} bytes, gevonden {size} bytes. "
                "Splits het of haal weg wat er niet in hoort.",
            )
            return None
        raw = path.read_bytes()
    except OSError:
        report.add(
            1, "", "unreadable", "Dit bestand is niet te lezen. Kijk of het bestaat en of u het mag lezen."
        )
        return None
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        report.add(
            line,
            "",
            "not_utf8",
            f"Verwacht UTF-8, gevonden de byte {raw[error.start]:#04x}. Sla het bestand op als UTF-8.",
        )
        return None


def _has_no_tabs(text: str, report: Report) -> bool:
    for number, line in enumerate(text.splitlines(), start=1):
        if "\t" in line:
            report.add(number, "", "tab", "Verwacht spaties, gevonden een tab. Vervang de tab door spaties.")
            return False
    return True


def _is_plain_and_flat(text: str, report: Report) -> bool:
    """Refuse anchors, aliases and deep nesting before anything is built: a small file cannot grow huge."""
    depth = 0
    try:
        for token in yaml.scan(text, Loader=_LOADER):
            line = token.start_mark.line + 1
            if isinstance(token, yaml.AnchorToken | yaml.AliasToken):
                sign = "&" if isinstance(token, yaml.AnchorToken) else "*"
                report.add(
                    line,
                    "",
                    "alias",
                    f"Verwacht een waarde, gevonden een verwijzing {quoted(sign + token.value)}. "
                    "Schrijf de waarde voluit.",
                )
                return False
            depth += isinstance(token, _OPENING) - isinstance(token, _CLOSING)
            if depth > DEEPEST_NESTING:
                report.add(
                    line,
                    "",
                    "too_deep",
                    f"Verwacht ten hoogste {DEEPEST_NESTING} lagen, gevonden meer. Maak dit vlakker.",
                )
                return False
    except yaml.YAMLError as error:
        _report_syntax(error, report)
        return False
    return True


def _report_syntax(error: yaml.YAMLError, report: Report) -> None:
    if not isinstance(error, yaml.MarkedYAMLError):
        report.add(1, "", "syntax", "Dit bestand bevat tekens die in YAML niet mogen. Haal ze weg.")
        return
    mark = error.problem_mark or error.context_mark
    line = mark.line + 1 if mark else 1
    report.add(
        line,
        "",
        "syntax",
        f"Verwacht geldige YAML, gevonden een fout in de opmaak ({error.problem or 'onbekend'}). "
        "Kijk naar inspringen, dubbele punten, haakjes en aanhalingstekens op deze regel of net erboven.",
    )


def _converted(node: yaml.Node, path: str, report: Report) -> Node | None:
    line = node.start_mark.line + 1
    if node.tag not in _PLAIN_TAGS:
        report.add(
            line, path, "tag", f"Verwacht een gewone waarde, gevonden {quoted(node.tag)}. Laat dit teken weg."
        )
        return None
    if isinstance(node, yaml.MappingNode):
        return _converted_map(node, path, report)
    if isinstance(node, yaml.SequenceNode):
        converted = (
            _converted(item, f"{path}[{position}]", report) for position, item in enumerate(node.value)
        )
        return ListNode(tuple(item for item in converted if item is not None), line)
    return ValueNode(_plain(node), str(node.value), line)


def _converted_map(node: yaml.MappingNode, path: str, report: Report) -> MapNode:
    entries: dict[str, Node] = {}
    lines: dict[str, int] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        if not isinstance(key_node, yaml.ScalarNode):
            report.add(
                line, path, "key", "Verwacht een naam vóór de dubbele punt, gevonden een lijst of blok."
            )
            continue
        key = str(key_node.value)
        here = f"{path}.{key}" if path else key
        if key in lines:
            report.add(
                line,
                here,
                "duplicate_key",
                f"Dit veld staat er twee keer; de eerste keer op regel {lines[key]}. Haal er één weg.",
            )
            continue
        lines[key] = line
        value = _converted(value_node, here, report)
        if value is not None:
            entries[key] = value
    return MapNode(MappingProxyType(entries), MappingProxyType(lines), node.start_mark.line + 1)


def _plain(node: yaml.Node) -> Plain:
    """The value of a scalar. Only plain decimal numbers are numbers: '1:30', '0x1F' and '1_000' stay text."""
    text = str(node.value)
    if node.tag == "tag:yaml.org,2002:null":
        return None
    if node.tag == "tag:yaml.org,2002:bool":
        return text.lower() == "true" if text.lower() in {"true", "false"} else text
    if node.tag == "tag:yaml.org,2002:int" and _WHOLE.match(text):
        return int(text)
    if node.tag == "tag:yaml.org,2002:float" and _FRACTION.match(text):
        return float(text)
    return text
