"""Which sentences can reach a page for residents, relatives or anyone: read from the code, not run.

From the view of each such page every name is followed that it mentions: functions, classes, constants, and
the templates with their tags. What is marked for translation on the way is a sentence for the translators.
"""

from __future__ import annotations

import ast
import importlib.util
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from inspect import unwrap
from pathlib import Path
from typing import Any

SOURCE = Path(__file__).resolve().parents[2] / "src"
CALLS = {
    "gettext": (0,),
    "gettext_lazy": (0,),
    "gettext_noop": (0,),
    "_": (0,),
    "ngettext": (0, 1),
    "ngettext_lazy": (0, 1),
    "told": (0,),
}
CONTEXT_CALLS = {"pgettext": (0, 1), "pgettext_lazy": (0, 1), "npgettext": (0, 1, 2)}
KEPT = {
    "tell": ("words",),
    "reach": ("subject", "body", "by_hand"),
    "record": ("purpose", "part"),
    "record_reads": ("purpose", "part"),
    "Holding": ("words",),
}
"""Acts that keep a sentence; it is translated when it is shown or sent. Read in every room, also of staff."""

LOGS = {"_log", "log", "log_copy", "log_look", "log_own", "log_read", "record", "record_reads"}
"""Shorter ways of a room to the log. A part or a reason that they are given stands in her list of looks."""
REASON = re.compile(r"(om|uw|wie|wat|aangemeld) \w")

FAILURE = ("happened", "why", "now_what")
NOT_FOLLOWED = {
    "noaber.hallway.accounts.navigation._staff_menu",
    "noaber.hallway.accounts.navigation.DOES",
    "noaber.hallway.accounts.navigation.first_page",
    "noaber.hallway.ui.guide",
    "noaber.hallway.ui.charts",
    "noaber.hallway.ui.plots",
    "noaber.hallway.ui.strips",
    "noaber.hallway.ui.views.style_guide",
    "noaber.hallway.accounts.queries.demo_people",
    "noaber.engines.search.checks",
    "noaber.engines.search.segment",
}
"""What professionals and builders alone read, although a name of it stands where everyone comes."""


@dataclass(frozen=True, slots=True, order=True)
class Sentence:
    """One msgid, with its plural and context if it has them."""

    one: str
    many: str = ""
    context: str = ""


@dataclass
class Found:
    """Every sentence, with the files where it stands and the names it was reached by."""

    places: dict[Sentence, set[str]] = field(default_factory=dict)
    templates: set[str] = field(default_factory=set)

    def add(self, sentence: Sentence, place: str) -> None:
        """Note a sentence at a place; nothing without letters."""
        if any(c.isalpha() for c in sentence.one):
            self.places.setdefault(sentence, set()).add(place)


@dataclass(frozen=True)
class Module:
    """One file: its names, and where the names come from that it borrows."""

    name: str
    path: Path
    nodes: dict[str, list[ast.AST]]
    borrowed: dict[str, tuple[str, str]]


@cache
def module(name: str) -> Module | None:
    """A module of the house by its dotted name."""
    if not name.startswith("noaber"):
        return None
    try:
        spec = importlib.util.find_spec(name)
    except (ImportError, ValueError):
        return None
    if spec is None or not spec.origin or not spec.origin.endswith(".py"):
        return None
    path = Path(spec.origin)
    nodes: dict[str, list[ast.AST]] = {}
    borrowed: dict[str, tuple[str, str]] = {}
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            nodes.setdefault(node.name, []).append(node)
        for target in getattr(node, "targets", [getattr(node, "target", None)]):
            if isinstance(target, ast.Name):
                nodes.setdefault(target.id, []).append(node)
        for inner in ast.walk(node):
            if isinstance(inner, ast.ImportFrom) and inner.module and not inner.level:
                for alias in inner.names:
                    borrowed[alias.asname or alias.name] = (inner.module, alias.name)
    return Module(name, path, nodes, borrowed)


class Reader:
    """Follows names from where it is put down."""

    def __init__(self) -> None:
        self.found = Found()
        self._seen: set[tuple[str, str]] = set()
        self._templates: set[str] = set()

    def view(self, view: Any) -> None:
        """Start at a view."""
        bare = unwrap(getattr(view, "view_class", view))
        self.name(bare.__module__, bare.__name__)

    def name(self, where: str, name: str) -> None:
        """Read what this name stands for in this module, and on."""
        if (where, name) in self._seen or f"{where}.{name}" in NOT_FOLLOWED or where in NOT_FOLLOWED:
            return
        self._seen.add((where, name))
        here = module(where)
        if here is None:
            return
        if name in here.nodes:
            for node in here.nodes[name]:
                self._node(here, node)
        elif name in here.borrowed:
            source, original = here.borrowed[name]
            if module(f"{source}.{original}") is None:
                self.name(source, original)

    def _node(self, here: Module, node: ast.AST) -> None:
        place = here.path.relative_to(SOURCE).as_posix()
        for inner in ast.walk(node):
            if isinstance(inner, ast.Call):
                for sentence in marked(inner):
                    self.found.add(sentence, place)
            elif isinstance(inner, ast.JoinedStr):
                self._folder(here, inner)
            elif isinstance(inner, ast.Constant) and isinstance(inner.value, str):
                if inner.value.endswith((".html", ".txt")) and " " not in inner.value:
                    self.template(inner.value)
            elif isinstance(inner, ast.Attribute) and isinstance(inner.value, ast.Name):
                self._attribute(here, inner.value.id, inner.attr)
            elif isinstance(inner, ast.Name):
                self.name(here.name, inner.id)

    def _attribute(self, here: Module, owner: str, attribute: str) -> None:
        if owner in here.borrowed:
            source, original = here.borrowed[owner]
            if module(f"{source}.{original}") is not None:
                self.name(f"{source}.{original}", attribute)

    def _folder(self, here: Module, text: ast.JoinedStr) -> None:
        """A name that is put together, such as f"relatives/{which}.html": every template of that folder."""
        first, last = text_of(text.values[0]), text_of(text.values[-1])
        if first.endswith("/") and last == ".html":
            for path in sorted((here.path.parent / "templates" / first).glob("*.html")):
                self.template(first + path.name)

    def whole(self, where: str) -> None:
        """Read everything in a module that others find by a list: what is held, what can be shared."""
        here = module(where)
        for name in here.nodes if here is not None else ():
            self.name(where, name)

    def template(self, name: str) -> None:
        """Read a template, what it extends and includes, and the tags and filters it uses."""
        if name in self._templates:
            return
        self._templates.add(name)
        from tests.languages.reading_templates import parts_of

        parts = parts_of(name)
        if parts is None:
            return
        self.found.templates.add(name)
        for sentence in parts.sentences:
            self.found.add(sentence, parts.place)
        for other in parts.templates:
            self.template(other)
        for function in parts.functions:
            self.name(function.__module__, function.__name__)


def text_of(node: ast.AST | None) -> str:
    """The text of a literal; empty for anything else."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def called(node: ast.Call) -> str:
    """The last name of what is called."""
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


def marked(node: ast.Call) -> Iterator[Sentence]:
    """The sentences that this call marks."""
    name = called(node)
    if name in CALLS:
        texts = [text_of(node.args[i]) if len(node.args) > i else "" for i in CALLS[name]]
        if texts[0]:
            yield Sentence(*texts)
    elif name in CONTEXT_CALLS:
        texts = [text_of(node.args[i]) if len(node.args) > i else "" for i in CONTEXT_CALLS[name]]
        yield Sentence(texts[1], texts[2] if len(texts) > 2 else "", texts[0])
    elif name == "counted" and len(node.args) > 2 and text_of(node.args[1]):
        yield Sentence(f"%(n)s {text_of(node.args[1])}", f"%(n)s {text_of(node.args[2])}")
    for keyword in node.keywords:
        if keyword.arg in FAILURE and text_of(keyword.value):
            yield Sentence(text_of(keyword.value))
        if keyword.arg == "fields" and isinstance(keyword.value, ast.Dict):
            yield from (Sentence(text_of(v)) for v in keyword.value.values if text_of(v))


def reasons(node: ast.Call) -> Iterator[Sentence]:
    """Why someone reads or writes, and what, among all that a line of the log is made of."""
    for given in (*node.args, *(keyword.value for keyword in node.keywords)):
        for part in ast.walk(given):
            if isinstance(part, ast.Constant) and REASON.match(str(part.value)):
                yield Sentence(str(part.value))


def kept_sentences() -> Iterator[tuple[Sentence, str]]:
    """Sentences that are kept with a request or a line of the log, in every room of the house."""
    for path in sorted(SOURCE.rglob("*.py")):
        if path.name == "factories.py" or {"tests", "migrations", "cli"} & set(
            path.relative_to(SOURCE).parts
        ):
            continue
        place = path.relative_to(SOURCE).as_posix()
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            for keyword in node.keywords:
                if keyword.arg in KEPT.get(called(node), ()) and text_of(keyword.value):
                    yield Sentence(text_of(keyword.value)), place
            if called(node) in LOGS:
                yield from ((sentence, place) for sentence in reasons(node))
            if called(node) == "gettext_noop":
                yield from ((sentence, place) for sentence in marked(node))
            if called(node) == "acting_for" and node.args and text_of(node.args[0]):
                yield Sentence(text_of(node.args[0])), place
