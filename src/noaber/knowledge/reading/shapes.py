"""A small language for what a file must look like. Each shape checks one node and notes what is wrong.

    Record(required={"id": Words(), "due": Day()}, optional={"note": Words()})

A shape that ends in `maybe=True` also accepts an empty value (null).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from noaber.knowledge.reading.moments import parse_moment, parse_stretch
from noaber.knowledge.reading.nodes import ListNode, MapNode, Node, ValueNode
from noaber.knowledge.reading.problems import Report, did_you_mean, one_of, quoted


def each(shape: Shape, names: str) -> dict[str, Shape]:
    """The same shape for several fields, named in one text: each(Words(), "title note")."""
    return dict.fromkeys(names.split(), shape)


class Shape(Protocol):
    """Something a node can be checked against."""

    def check(self, node: Node, path: str, report: Report) -> None:
        """Note in the report what is wrong with the node."""


def _found(node: Node) -> str:
    if isinstance(node, MapNode):
        return "een blok met velden"
    if isinstance(node, ListNode):
        return "een lijst"
    if node.value is None:
        return "niets"
    return quoted(node.text)


def _wrong(node: Node, path: str, report: Report, expected: str, advice: str, code: str = "type") -> None:
    report.add(node.line, path, code, f"Verwacht {expected}, gevonden {_found(node)}. {advice}")


def _is_null(node: Node) -> bool:
    return isinstance(node, ValueNode) and node.value is None


@dataclass(frozen=True, slots=True)
class Anything:
    """A part that is kept as it stands."""

    def check(self, node: Node, path: str, report: Report) -> None:
        """Everything is fine here."""


@dataclass(frozen=True, slots=True)
class Words:
    """Text. With `choices` one of these; with `known` one of a long table ('is not known')."""

    choices: frozenset[str] = frozenset()
    what: str = "een tekst"
    form: str = ""
    form_advice: str = ""
    maybe: bool = False

    def check(self, node: Node, path: str, report: Report) -> None:
        """Text that is not empty, in the right form, from the right choices."""
        if self.maybe and _is_null(node):
            return
        if not isinstance(node, ValueNode) or not isinstance(node.value, str):
            advice = "Schrijf hier tekst; zet een getal dat tekst is tussen aanhalingstekens."
            _wrong(node, path, report, self.what, advice)
        elif not node.value.strip():
            _wrong(node, path, report, self.what, "Vul de tekst in.", "blank")
        elif self.choices and node.value not in self.choices:
            advice = f"Kies uit: {one_of(self.choices)}.{did_you_mean(node.value, self.choices)}"
            _wrong(node, path, report, self.what, advice, "choice")
        elif self.form and not re.fullmatch(self.form, node.value):
            _wrong(node, path, report, self.what, self.form_advice, "form")


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number within limits."""

    least: int | None = None
    most: int | None = None
    maybe: bool = False

    def check(self, node: Node, path: str, report: Report) -> None:
        """A whole number, not smaller or larger than allowed."""
        if self.maybe and _is_null(node):
            return
        if not isinstance(node, ValueNode) or not node.is_whole:
            _wrong(node, path, report, f"een heel getal{self._limits()}", "Schrijf alleen cijfers.")
            return
        _check_limits(node, path, report, "een heel getal", self.least, self.most, self._limits())

    def _limits(self) -> str:
        return _limits_text(self.least, self.most)


@dataclass(frozen=True, slots=True)
class Number:
    """A number, whole or with a decimal point, within limits."""

    least: float | None = None
    most: float | None = None
    maybe: bool = False

    def check(self, node: Node, path: str, report: Report) -> None:
        """A number, not smaller or larger than allowed."""
        if self.maybe and _is_null(node):
            return
        limits = _limits_text(self.least, self.most)
        if not isinstance(node, ValueNode) or not node.is_number:
            _wrong(node, path, report, f"een getal{limits}", "Schrijf cijfers met een punt als komma.")
            return
        _check_limits(node, path, report, "een getal", self.least, self.most, limits)


def _limits_text(least: float | None, most: float | None) -> str:
    if least is not None and most is not None:
        return f" van {least:g} tot en met {most:g}"
    if least is not None:
        return f" van {least:g} of meer"
    return f" van ten hoogste {most:g}" if most is not None else ""


def _check_limits(
    node: ValueNode,
    path: str,
    report: Report,
    what: str,
    least: float | None,
    most: float | None,
    limits: str,
) -> None:
    number = node.value if isinstance(node.value, int | float) else 0
    if (least is not None and number < least) or (most is not None and number > most):
        _wrong(node, path, report, f"{what}{limits}", "Verbeter het getal.", "range")


@dataclass(frozen=True, slots=True)
class Flag:
    """true or false."""

    maybe: bool = False

    def check(self, node: Node, path: str, report: Report) -> None:
        """One of the two."""
        if self.maybe and _is_null(node):
            return
        if not isinstance(node, ValueNode) or not isinstance(node.value, bool):
            _wrong(node, path, report, "true of false", "Schrijf true (ja) of false (nee).")


@dataclass(frozen=True, slots=True)
class MomentText:
    """A date as plans write it. With `exact` only a full day."""

    exact: bool = False
    maybe: bool = False

    def check(self, node: Node, path: str, report: Report) -> None:
        """A date that exists."""
        if self.maybe and _is_null(node):
            return
        expected = (
            "een datum als 2026-03-31" if self.exact else "een datum als 2026-03-31, 2026-03, 2026-Q1 of 2026"
        )
        moment = parse_moment(node.text) if isinstance(node, ValueNode) else None
        if moment is None or (self.exact and moment.precision != "day"):
            _wrong(node, path, report, expected, "Kijk of deze datum bestaat en zo geschreven is.", "date")


@dataclass(frozen=True, slots=True)
class StretchText:
    """A period in words: '2026-Q2 to 2026-Q4', 'from 2027'."""

    def check(self, node: Node, path: str, report: Report) -> None:
        """Dates that exist, the end not before the start."""
        if not isinstance(node, ValueNode) or parse_stretch(node.text) is None:
            _wrong(
                node,
                path,
                report,
                "een periode als “2026-Q2 to 2026-Q4”, “from 2027” of 2026",
                "Kijk of de data bestaan en of het einde na het begin ligt.",
                "date",
            )


@dataclass(frozen=True, slots=True)
class YearSpan:
    """[first year, last year]."""

    def check(self, node: Node, path: str, report: Report) -> None:
        """Two years in order."""
        years = (
            [item.value for item in node.items if isinstance(item, ValueNode)]
            if isinstance(node, ListNode)
            else []
        )
        right = len(years) == 2 and all(isinstance(year, int) and 1990 <= year <= 2100 for year in years)
        if not right:
            _wrong(
                node, path, report, "twee jaren als [2025, 2029]", "Schrijf het eerste en het laatste jaar."
            )
        elif years[1] < years[0]:  # type: ignore[operator]
            message = (
                f"Verwacht een einde na het begin, gevonden {years[0]} tot {years[1]}. Draai de jaren om."
            )
            report.add(node.line, path, "order", message)


@dataclass(frozen=True, slots=True)
class Items:
    """A list of one kind of thing."""

    of: Shape
    least: int = 0
    maybe: bool = False

    def check(self, node: Node, path: str, report: Report) -> None:
        """A list with enough items, each right."""
        if self.maybe and _is_null(node):
            return
        if not isinstance(node, ListNode):
            _wrong(node, path, report, "een lijst", "Begin elke regel met een streepje of schrijf [a, b].")
            return
        if len(node.items) < self.least:
            message = f"Verwacht ten minste {self.least}, gevonden {len(node.items)}. Vul de lijst aan."
            report.add(node.line, path, "too_few", message)
        for position, item in enumerate(node.items):
            self.of.check(item, f"{path}[{position}]", report)


@dataclass(frozen=True, slots=True)
class Lookup:
    """A mapping with free keys, all values of one shape. `key_form` limits the keys."""

    value: Shape
    key_form: str = ""
    key_what: str = "een naam"
    maybe: bool = False

    def check(self, node: Node, path: str, report: Report) -> None:
        """Each key in the right form, each value right."""
        if self.maybe and _is_null(node):
            return
        if not isinstance(node, MapNode):
            _wrong(node, path, report, "een blok met velden", "Schrijf elke regel als naam: waarde.")
            return
        for key, value in node.entries.items():
            here = f"{path}.{key}"
            if self.key_form and not re.fullmatch(self.key_form, key):
                message = f"Verwacht {self.key_what}, gevonden {quoted(key)}. Verbeter de naam van dit veld."
                report.add(node.line_of(key), here, "key_form", message)
                continue
            self.value.check(value, here, report)


@dataclass(frozen=True, slots=True)
class Record:
    """A mapping with named fields. `any_of`: at least one of these must be there.

    `ordered`: pairs of date fields where the second may not lie before the first. `rules`: own checks.
    """

    required: Mapping[str, Shape] = field(default_factory=dict)
    optional: Mapping[str, Shape] = field(default_factory=dict)
    any_of: tuple[str, ...] = ()
    ordered: tuple[tuple[str, str], ...] = ()
    rules: tuple[Callable[[MapNode, str, Report], None], ...] = ()
    maybe: bool = False

    def check(self, node: Node, path: str, report: Report) -> None:
        """All fields there, none unknown, each right."""
        if self.maybe and _is_null(node):
            return
        if not isinstance(node, MapNode):
            _wrong(node, path, report, "een blok met velden", "Schrijf elke regel als naam: waarde.")
            return
        before = report.count
        missing = self._check_missing(node, path, report)
        for key, value in node.entries.items():
            shape = self.required.get(key) or self.optional.get(key)
            here = f"{path}.{key}" if path else key
            if shape is None:
                self._report_unknown(node, key, here, missing, report)
            else:
                shape.check(value, here, report)
        if report.count == before:
            self._check_order(node, path, report)
            for rule in self.rules:
                rule(node, path, report)

    def _check_missing(self, node: MapNode, path: str, report: Report) -> list[str]:
        """Report missing fields, except when an unknown field is clearly a slip of the pen for it."""
        known = set(self.required) | set(self.optional)
        unknown = [key for key in node.key_lines if key not in known]
        missing = [key for key in self.required if key not in node.key_lines]
        for key in missing:
            if not any(did_you_mean(wrong, [key]) for wrong in unknown):
                message = f"Verwacht het veld {quoted(key)}, gevonden: het ontbreekt. Vul het in."
                report.add(node.line, path, "missing", message)
        if self.any_of and not any(key in node.key_lines for key in self.any_of):
            message = f"Verwacht een van de velden {one_of(self.any_of)}, gevonden geen. Vul er één in."
            report.add(node.line, path, "missing", message)
        return missing

    def _report_unknown(
        self, node: MapNode, key: str, here: str, missing: Iterable[str], report: Report
    ) -> None:
        known = [*missing, *self.required, *self.optional]
        advice = did_you_mean(key, known)
        if not advice and _is_null(node.entries[key]):
            advice = " Staat er een komma in de tekst ervoor? Zet die tekst dan tussen aanhalingstekens."
        elif not advice:
            advice = " Haal het veld weg of kijk hoe het heet."
        message = f"Verwacht alleen bekende velden, gevonden {quoted(key)}.{advice}"
        report.add(node.line_of(key), here, "unknown_field", message)

    def _check_order(self, node: MapNode, path: str, report: Report) -> None:
        for first, second in self.ordered:
            start, end = node.get(first), node.get(second)
            if not isinstance(start, ValueNode) or not isinstance(end, ValueNode):
                continue
            begins, ends = parse_moment(start.text), parse_moment(end.text)
            if begins and ends and ends.last_day < begins.first_day:
                here = f"{path}.{second}" if path else second
                message = (
                    f"Verwacht een einde op of na {start.text}, gevonden {quoted(end.text)}. "
                    "Verbeter een van de twee."
                )
                report.add(end.line, here, "order", message)


@dataclass(frozen=True, slots=True)
class Either:
    """Different shapes for different kinds of node: a value, a list or a mapping."""

    value: Shape | None = None
    items: Shape | None = None
    record: Shape | None = None

    def check(self, node: Node, path: str, report: Report) -> None:
        """Checked against the shape for what stands here."""
        chosen = (
            self.record
            if isinstance(node, MapNode)
            else self.items
            if isinstance(node, ListNode)
            else self.value
        )
        if chosen is not None:
            chosen.check(node, path, report)
            return
        names = {"een waarde": self.value, "een lijst": self.items, "een blok met velden": self.record}
        expected = " of ".join(name for name, shape in names.items() if shape)
        _wrong(node, path, report, expected, "Verander de vorm van dit veld.")
