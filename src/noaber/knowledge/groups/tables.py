"""Reads the rules of places and the goals of the plans."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from noaber.knowledge.codes import Certainty
from noaber.knowledge.reading import FileProblem, Report, Taking, read_source
from noaber.knowledge.reading.shapes import Items, Lookup, MomentText, Record, Shape, Whole, Words

FOLDER = Path(__file__).parent


class BrokenTables(RuntimeError):
    """A table that ships with the program is wrong: a mistake of the builders, not of a user."""


@dataclass(frozen=True, slots=True)
class PlaceRules:
    """How places are given out. Days are calendar days.

    `offer_days`: how long an offered place waits for an answer. `sign_ups_from_one_address` and
    `sign_ups_for_one_group`: in a day, by people without a page. `names_kept_days`: how long the name of who
    has no page is kept after the last day that it served.
    """

    offer_days: int
    sign_ups_from_one_address: int
    sign_ups_for_one_group: int
    names_kept_days: int


@dataclass(frozen=True, slots=True)
class Goal:
    """How many groups a plan wants by the end of a year in the region, and in the end per municipality."""

    region: str
    year: int
    total: int
    per_municipality: int
    source: str
    doubt: str


_HEAD: dict[str, Shape] = {"description": Words(), "reference": Words(), "dated": MomentText(exact=True)}
_CERTAIN = Words(choices=frozenset(Certainty), what="een zekerheid")
SHAPES = {
    "rules.yaml": Record(
        required={
            **_HEAD,
            "certainty": _CERTAIN,
            "periods": Lookup(
                Record(
                    required={
                        "offer_days": Whole(least=1, most=30),
                        "sign_ups_from_one_address": Whole(least=1, most=100),
                        "sign_ups_for_one_group": Whole(least=1, most=1000),
                        "names_kept_days": Whole(least=1, most=365),
                    }
                ),
                key_form=r"\d{4}-\d{2}-\d{2}",
                key_what="een datum als 2026-03-31",
            ),
        }
    ),
    "goals.yaml": Record(
        required={
            **_HEAD,
            "goals": Items(
                Record(
                    required={
                        "region": Words(),
                        "year": Whole(least=2015, most=2060),
                        "total": Whole(least=0, most=10000),
                        "per_municipality": Whole(least=0, most=1000),
                        "source": Words(),
                        "certainty": _CERTAIN,
                    },
                    optional={"doubt": Words()},
                ),
                least=1,
            ),
        }
    ),
}


def check_tables() -> tuple[FileProblem, ...]:
    """Every problem in both tables; empty when all is well."""
    return tuple(problem for name in SHAPES for problem in _read(name)[1].problems)


def rules_on(day: dt.date) -> PlaceRules:
    """The rules that hold on this day; before the first date the first ones."""
    table = _rules()
    begun = [start for start in table if start <= day]
    return table[max(begun) if begun else min(table)]


@cache
def goals() -> tuple[Goal, ...]:
    """Every goal of every region."""
    return tuple(
        Goal(
            region=entry.text("region"),
            year=entry.whole("year"),
            total=entry.whole("total"),
            per_municipality=entry.whole("per_municipality"),
            source=entry.text("source"),
            doubt=entry.text("doubt"),
        )
        for entry in _table("goals.yaml").maps("goals")
    )


def goal_of(region: str, year: int) -> Goal | None:
    """What this region's plan wants by the end of this year; nothing when its plan names no number."""
    return next((goal for goal in goals() if (goal.region, goal.year) == (region, year)), None)


@cache
def _rules() -> Mapping[dt.date, PlaceRules]:
    periods = _table("rules.yaml").map("periods").remaining()
    return MappingProxyType({dt.date.fromisoformat(day): PlaceRules(**one) for day, one in periods.items()})


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
