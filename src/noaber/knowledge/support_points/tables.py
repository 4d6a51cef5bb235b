"""Reads the tables of support points: characteristics, phases of recovery, and how capacity is measured."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType

from noaber.knowledge.codes import Certainty
from noaber.knowledge.reading import FileProblem, Report, Taking, read_source
from noaber.knowledge.reading.shapes import Items, MomentText, Record, Shape, Whole, Words

FOLDER = Path(__file__).parent


class BrokenTables(RuntimeError):
    """A table that ships with the program is wrong: a mistake of the builders, not of a user."""


@dataclass(frozen=True, slots=True)
class Characteristic:
    """One of the ten, in our own words."""

    code: str
    label: str
    means: str
    certainty: str


@dataclass(frozen=True, slots=True)
class Phase:
    """A phase of recovery, 0 to 4."""

    number: int
    label: str
    means: str


@dataclass(frozen=True, slots=True)
class Measure:
    """One way to measure what a point can hold; `kinds` of points for which it means something."""

    code: str
    label: str
    unit: str
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CapacityDefinition:
    """Which measure counts for the growth of a region from a day on, and what is doubtful about that."""

    region: str
    counts: str
    since: date
    source: str
    doubt: str


_CODE = Words(form=r"[a-z][a-z0-9_]*", form_advice="Gebruik kleine letters en een laag streepje.")
_CERTAINTY = Words(choices=frozenset(Certainty), what="een zekerheid")
_HEAD: dict[str, Shape] = {
    "description": Words(),
    "reference": Words(),
    "dated": MomentText(exact=True),
    "certainty": _CERTAINTY,
}
_TOLD: dict[str, Shape] = {"label": Words(), "means": Words()}
SHAPES = {
    "characteristics.yaml": Record(
        required={
            **_HEAD,
            "characteristics": Items(
                Record(required={"code": _CODE, **_TOLD}, optional={"certainty": _CERTAINTY}), least=10
            ),
        }
    ),
    "phases.yaml": Record(
        required={
            **_HEAD,
            "phases": Items(Record(required={"number": Whole(least=0, most=4), **_TOLD}), least=5),
        }
    ),
    "capacity.yaml": Record(
        required={
            **_HEAD,
            "measures": Items(
                Record(
                    required={
                        "code": _CODE,
                        "label": Words(),
                        "unit": Words(),
                        "kinds": Items(_CODE, least=1),
                    }
                ),
                least=1,
            ),
            "definitions": Items(
                Record(
                    required={
                        "region": Words(),
                        "counts": _CODE,
                        "since": MomentText(exact=True),
                        "source": Words(),
                    },
                    optional={"doubt": Words()},
                )
            ),
        }
    ),
}


def check_tables() -> tuple[FileProblem, ...]:
    """Every mistake in the tables, line by line; empty when they can be used."""
    return tuple(problem for name in SHAPES for problem in _read(name)[1].problems)


@cache
def characteristics() -> tuple[Characteristic, ...]:
    """The ten, in their order."""
    table = _table("characteristics.yaml")
    usual = table.text("certainty")
    return tuple(
        Characteristic(e.text("code"), e.text("label"), e.text("means"), e.text("certainty") or usual)
        for e in table.maps("characteristics")
    )


@cache
def characteristics_dated() -> date:
    """The day of the list that stands here."""
    return date.fromisoformat(_table("characteristics.yaml").text("dated"))


@cache
def characteristics_source() -> str:
    """Where the list comes from."""
    return _table("characteristics.yaml").text("reference")


@cache
def phases() -> Mapping[int, Phase]:
    """The phases of recovery by number."""
    found = (
        Phase(e.whole("number"), e.text("label"), e.text("means"))
        for e in _table("phases.yaml").maps("phases")
    )
    return MappingProxyType({phase.number: phase for phase in found})


@cache
def measures() -> Mapping[str, Measure]:
    """The measures of capacity by code."""
    found = (
        Measure(e.text("code"), e.text("label"), e.text("unit"), tuple(e.texts("kinds")))
        for e in _table("capacity.yaml").maps("measures")
    )
    return MappingProxyType({measure.code: measure for measure in found})


def capacity_definition(region: str, on: date) -> CapacityDefinition | None:
    """Which measure the growth of this region counts on a day; None when no plan of it asks for one."""
    held = [one for one in _definitions() if one.region == region and one.since <= on]
    return max(held, key=lambda one: one.since, default=None)


@cache
def _definitions() -> tuple[CapacityDefinition, ...]:
    return tuple(
        CapacityDefinition(
            e.text("region"),
            e.text("counts"),
            date.fromisoformat(e.text("since")),
            e.text("source"),
            e.text("doubt"),
        )
        for e in _table("capacity.yaml").maps("definitions")
    )


def _table(name: str) -> Taking:
    table, report = _read(name)
    if table is None:
        raise BrokenTables("; ".join(str(problem) for problem in report.problems))
    return table


def _read(name: str) -> tuple[Taking | None, Report]:
    report = Report(name)
    node = read_source(FOLDER / name, report)
    if node is not None:
        SHAPES[name].check(node, "", report)
    return (Taking(node) if node is not None and not report.count else None), report
