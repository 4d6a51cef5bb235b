"""Reads the weights of freshness, by the day from which they hold."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from noaber.knowledge.codes import Certainty
from noaber.knowledge.reading import FileProblem, Report, Taking, read_source
from noaber.knowledge.reading.shapes import Lookup, MomentText, Number, Record, Whole, Words

TABLE = Path(__file__).parent / "entries" / "weights.yaml"


class BrokenWeights(RuntimeError):
    """The table that ships with the program is wrong: a mistake of the builders, not of a user."""


@dataclass(frozen=True, slots=True)
class Weight:
    """What one kind of happening says on its own day (0-1), and in how many days half of that is gone."""

    strength: float
    half_life_days: float
    why: str


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights that hold on a day. Trust from `fresh_from` on is fresh, below `stale_below` stale."""

    fresh_from: float
    stale_below: float
    open_report_times: float
    bounced_times: float
    most_reports: int
    kinds: Mapping[str, Weight]


_SHARE = Number(least=0.01, most=1)
SHAPE = Record(
    required={
        "description": Words(),
        "reference": Words(),
        "certainty": Words(choices=frozenset(Certainty), what="een zekerheid"),
        "dated": MomentText(exact=True),
        "periods": Lookup(
            Record(
                required={
                    "fresh_from": _SHARE,
                    "stale_below": _SHARE,
                    "open_report_times": _SHARE,
                    "bounced_times": _SHARE,
                    "most_reports": Whole(least=1, most=20),
                    "kinds": Lookup(
                        Record(
                            required={
                                "strength": _SHARE,
                                "half_life_days": Number(least=1, most=3660),
                                "why": Words(),
                            }
                        ),
                        key_form=r"[a-z]{3,12}",
                        key_what="een soort bevestiging",
                    ),
                }
            ),
            key_form=r"\d{4}-\d{2}-\d{2}",
            key_what="een datum als 2026-03-31",
        ),
    }
)


@cache
def load_weights(table: Path = TABLE) -> Mapping[dt.date, Weights]:
    """All weights by the day from which they hold. Raises `BrokenWeights` with every problem."""
    read, report = _read(table)
    if read is None:
        raise BrokenWeights("; ".join(str(problem) for problem in report.problems))
    periods = read.map("periods").remaining()
    return MappingProxyType(
        {dt.date.fromisoformat(day): _weights(one) for day, one in sorted(periods.items())}
    )


def check_weights(table: Path = TABLE) -> tuple[FileProblem, ...]:
    """Every problem in the table; empty when all is well."""
    return tuple(_read(table)[1].problems)


def weights_on(day: dt.date) -> Weights:
    """The weights that hold on this day; before the first date the first ones."""
    table = load_weights()
    begun = [start for start in table if start <= day]
    return table[max(begun) if begun else min(table)]


def _read(table: Path) -> tuple[Taking | None, Report]:
    report = Report(table.name)
    node = read_source(table, report)
    if node is not None:
        SHAPE.check(node, "", report)
    return (Taking(node) if node is not None and not report.count else None), report


def _weights(one: Mapping[str, object]) -> Weights:
    kinds = one["kinds"]
    assert isinstance(kinds, Mapping)  # noqa: S101  # the shape was checked
    plain = {key: value for key, value in one.items() if key != "kinds"}
    return Weights(
        **plain,  # type: ignore[arg-type]  # the shape was checked
        kinds=MappingProxyType({key: Weight(**value) for key, value in kinds.items()}),
    )
