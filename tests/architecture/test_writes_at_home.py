"""Only a room's own services write to its tables (decision 0004)."""

from __future__ import annotations

import ast
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "src"
WRITES = {"create", "bulk_create", "get_or_create", "update_or_create", "bulk_update", "update", "delete"}
FREE = ("noaber/cli/demo_world/",)
"""The demo's generator makes a world that was not lived through services."""


def _room(module: str) -> str:
    return ".".join(module.split(".")[:3])


def _foreign_models(tree: ast.Module, room: str) -> set[str]:
    return {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        and node.module
        and node.module.startswith("noaber.")
        and node.module.endswith(".models")
        and _room(node.module) != room
        for alias in node.names
    }


def _root(node: ast.expr) -> str:
    while isinstance(node, ast.Attribute | ast.Call | ast.Subscript):
        node = node.value if isinstance(node, ast.Attribute | ast.Subscript) else node.func
    return node.id if isinstance(node, ast.Name) else ""


def writes_elsewhere(source: str, room: str) -> list[int]:
    """The lines on which this code of `room` writes to a table of another room."""
    tree = ast.parse(source)
    foreign = _foreign_models(tree, room)
    found = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        made = isinstance(node.func, ast.Name) and node.func.id in foreign
        changed = (
            isinstance(node.func, ast.Attribute) and node.func.attr in WRITES and _root(node.func) in foreign
        )
        if made or changed:
            found.append(node.lineno)
    return found


def test_only_a_rooms_own_code_writes_to_its_tables() -> None:
    wrong = []
    for path in sorted((SOURCE / "noaber").rglob("*.py")):
        name = path.relative_to(SOURCE).as_posix()
        if name.startswith(FREE) or "/tests/" in name or name.endswith(("factories.py", "conftest.py")):
            continue
        room = _room(name.removesuffix(".py").replace("/", "."))
        wrong += [f"{name}:{line}" for line in writes_elsewhere(path.read_text(), room)]
    assert wrong == [], "these lines write to a table of another room; ask that room's services"


def test_a_write_elsewhere_is_seen() -> None:
    code = (
        "from noaber.network.residents.models import HelpRequest\n"
        "HelpRequest.objects.filter(pk=1).update(phase='x')"
    )
    assert writes_elsewhere(code, "noaber.pathways.referrals") == [2]
    assert writes_elsewhere(code, "noaber.network.residents") == []
