"""Reads the norms, methods and limits of waiting, by the day from which they hold."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from noaber.knowledge.codes import Certainty
from noaber.knowledge.reading import FileProblem, Report, Taking, read_source
from noaber.knowledge.reading.shapes import Items, Lookup, MomentText, Number, Record, Shape, Whole, Words

Held = TypeVar("Held")
TABLE = Path(__file__).parent / "entries" / "waits.yaml"


class BrokenWaits(RuntimeError):
    """The table that ships with the program is wrong: a mistake of the builders, not of a user."""


@dataclass(frozen=True, slots=True)
class Method:
    """How a wait was measured; `note` is its name in the regulation."""

    code: str
    label: str
    certainty: Certainty
    note: str


@dataclass(frozen=True, slots=True)
class Norms:
    """The Treeknormen in weeks, and for which types of care they hold. Equal is within the norm."""

    intake_weeks: float
    treatment_weeks: float
    total_weeks: float
    care_types: tuple[str, ...]
    certainty: Certainty
    doubt: str


@dataclass(frozen=True, slots=True)
class Limits:
    """When a figure is late (days), doubtful (weeks) or too thin (n), and when its owner is asked (days)."""

    overdue_after_days: int
    out_after_days: int
    believable_weeks: float
    smallest_n: int
    many_professionals_over: int
    realised_months: int
    starts_months: int
    keep_starts_months: int
    reach_km: float
    ask_after_days: int
    remind_after_days: int
    most_reminders: int
    certainty: Certainty
    doubt: str


_SURE = Words(choices=frozenset(Certainty), what="een zekerheid")
_WEEKS = Number(least=0, most=1000)
_DAYS = Whole(least=1, most=3660)
_LIMITS: dict[str, Shape] = {
    "overdue_after_days": _DAYS,
    "out_after_days": _DAYS,
    "believable_weeks": Number(least=1, most=999),
    "smallest_n": Whole(least=2, most=100),
    "many_professionals_over": Whole(least=0, most=1000),
    "realised_months": Whole(least=1, most=24),
    "starts_months": Whole(least=1, most=60),
    "keep_starts_months": Whole(least=37, most=240),
    "reach_km": Number(least=1, most=200),
    "ask_after_days": _DAYS,
    "remind_after_days": _DAYS,
    "most_reminders": Whole(least=0, most=10),
    "certainty": _SURE,
    "doubt": Words(),
}


def _by_day(shape: Shape) -> Lookup:
    return Lookup(shape, key_form=r"\d{4}-\d{2}-\d{2}", key_what="een datum als 2026-03-31")


SHAPE = Record(
    required={
        "description": Words(),
        "reference": Words(),
        "dated": MomentText(exact=True),
        "methods": Items(
            Record(
                required={
                    "code": Words(form=r"[a-z][a-z0-9_]*", form_advice="Gebruik kleine letters."),
                    "label": Words(),
                    "certainty": _SURE,
                    "note": Words(),
                }
            ),
            least=1,
        ),
        "norms": _by_day(
            Record(
                required={
                    "intake_weeks": _WEEKS,
                    "treatment_weeks": _WEEKS,
                    "total_weeks": _WEEKS,
                    "care_types": Items(Words(), least=1),
                    "certainty": _SURE,
                },
                optional={"doubt": Words()},
            ),
        ),
        "limits": _by_day(Record(required=_LIMITS)),
    }
)


def check_waits(table: Path = TABLE) -> tuple[FileProblem, ...]:
    """Every problem in the table; empty when all is well."""
    return tuple(_read(table)[1].problems)


@cache
def methods(table: Path = TABLE) -> Mapping[str, Method]:
    """The methods by code."""
    found = (
        Method(e.text("code"), e.text("label"), Certainty(e.text("certainty")), e.text("note"))
        for e in _table(table).maps("methods")
    )
    return {method.code: method for method in found}


def norms_on(day: dt.date) -> Norms:
    """The norms that hold on this day; before the first date the first ones."""
    return _on(_all_norms(), day)


def limits_on(day: dt.date) -> Limits:
    """The limits that hold on this day; before the first date the first ones."""
    return _on(_all_limits(), day)


@cache
def _all_norms(table: Path = TABLE) -> dict[dt.date, Norms]:
    return {
        dt.date.fromisoformat(day): Norms(
            **{
                **one,
                "care_types": tuple(one["care_types"]),
                "certainty": Certainty(one["certainty"]),
                "doubt": one.get("doubt") or "",
            }
        )
        for day, one in _periods(table, "norms").items()
    }


@cache
def _all_limits(table: Path = TABLE) -> dict[dt.date, Limits]:
    return {
        dt.date.fromisoformat(day): Limits(**{**one, "certainty": Certainty(one["certainty"])})
        for day, one in _periods(table, "limits").items()
    }


def _on(table: Mapping[dt.date, Held], day: dt.date) -> Held:
    begun = [start for start in table if start <= day]
    return table[max(begun) if begun else min(table)]


def _periods(table: Path, name: str) -> dict[str, dict[str, Any]]:
    return dict(_table(table).map(name).remaining())


@cache
def _table(table: Path) -> Taking:
    read, report = _read(table)
    if read is None:
        raise BrokenWaits("; ".join(str(problem) for problem in report.problems))
    return read


def _read(table: Path) -> tuple[Taking | None, Report]:
    report = Report(table.name)
    node = read_source(table, report)
    if node is not None:
        SHAPE.check(node, "", report)
    return (Taking(node) if node is not None and not report.count else None), report
