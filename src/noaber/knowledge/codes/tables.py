"""Loads the code tables that ship with the program, once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from noaber.knowledge.codes.shapes import TABLE_SHAPES
from noaber.knowledge.codes.types import (
    Certainty,
    Code,
    Codes,
    Domain,
    DomainGroup,
    DomainShape,
    MetricUnit,
    Norm,
    NormValue,
    Outcome,
    Profession,
    Purpose,
    RegisterType,
    UnknownNorm,
)
from noaber.knowledge.reading import Report, Taking, read_source
from noaber.knowledge.reading.problems import FileProblem

TABLES = Path(__file__).parent / "entries"
_Entry = TypeVar("_Entry")


class BrokenCodeTable(RuntimeError):
    """A code table that ships with the program is wrong: a mistake of the builders, not of a user."""


@cache
def load_codes(folder: Path = TABLES) -> Codes:
    """All code tables. Read once; raises `BrokenCodeTable` with every problem when a table is wrong."""
    return Codes(
        domains=_table(folder, "domains", _domain),
        professions=_table(folder, "professions", _profession),
        outcomes=_table(folder, "outcomes", _outcome),
        offer_kinds=_table(folder, "offer_kinds", _code),
        referrer_roles=_table(folder, "referrer_roles", _code),
        consent_purposes=_table(folder, "consent_purposes", _purpose),
        evaluation_questions=_table(folder, "evaluation_questions", _code),
        units=_table(folder, "units", _unit),
        norms=_table(folder, "norms", _norm),
    )


def norm(key: str, on: dt.date) -> NormValue:
    """A norm as it holds on a day. Raises `UnknownNorm` or `NormNotInForce`."""
    found = load_codes().norms.get(key)
    if found is None:
        raise UnknownNorm(key)
    return found.on(on)


def check_tables(folder: Path = TABLES) -> tuple[FileProblem, ...]:
    """Every problem in the code tables; empty when all is well."""
    problems: list[FileProblem] = []
    for name in TABLE_SHAPES:
        problems.extend(_read(folder, name)[1].problems)
    return tuple(problems)


def _read(folder: Path, name: str) -> tuple[Taking | None, Report]:
    report = Report(f"{name}.yaml")
    node = read_source(folder / f"{name}.yaml", report)
    if node is not None:
        TABLE_SHAPES[name].check(node, "", report)
    return (Taking(node) if node is not None and not report.count else None), report


def _table(folder: Path, name: str, build: Callable[[Taking], tuple[str, _Entry]]) -> Mapping[str, _Entry]:
    table, report = _read(folder, name)
    if table is None:
        raise BrokenCodeTable("; ".join(str(problem) for problem in report.problems))
    return MappingProxyType(dict(build(entry) for entry in table.maps("entries")))


def _domain(entry: Taking) -> tuple[str, Domain]:
    code = entry.text("code")
    return code, Domain(
        code=code,
        label=entry.text("label"),
        group=DomainGroup(entry.text("group")),
        shape=DomainShape(entry.text("shape")),
        also=entry.texts("also"),
        note=entry.maybe_text("note"),
    )


def _profession(entry: Taking) -> tuple[str, Profession]:
    code = entry.text("code")
    return code, Profession(
        code=code,
        label=entry.text("label"),
        group=DomainGroup(entry.text("group")),
        register=RegisterType(entry.text("register")),
        ggz_list=entry.flag("ggz_list"),
        certainty=Certainty(entry.text("certainty")),
        note=entry.maybe_text("note"),
    )


def _outcome(entry: Taking) -> tuple[str, Outcome]:
    code = entry.text("code")
    return code, Outcome(code=code, label=entry.text("label"), explanation=entry.text("explanation"))


def _purpose(entry: Taking) -> tuple[str, Purpose]:
    code = entry.text("code")
    return code, Purpose(code=code, label=entry.text("label"), explanation=entry.text("explanation"))


def _code(entry: Taking) -> tuple[str, Code]:
    code = entry.text("code")
    return code, Code(code=code, label=entry.text("label"))


def _unit(entry: Taking) -> tuple[str, MetricUnit]:
    code = entry.text("code")
    return code, MetricUnit(
        code=code,
        label=entry.text("label"),
        kind=entry.text("kind"),
        direction=entry.text("direction"),
        text=entry.text("text"),
        indicators=entry.texts("indicators"),
    )


def _norm(entry: Taking) -> tuple[str, Norm]:
    key = entry.text("key")
    by_date = entry.map("values")
    values = tuple(
        (dt.date.fromisoformat(day), Decimal(str(value)))
        for day, value in sorted(by_date.remaining().items())
    )
    return key, Norm(
        key=key,
        description=entry.text("description"),
        unit=entry.text("unit"),
        values=values,
        reference=entry.text("reference"),
        certainty=Certainty(entry.text("certainty")),
        note=entry.maybe_text("note"),
    )
