"""Reads the tables of forming groups."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
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
class KindSize:
    """A kind of group: people (least, most), organisations at least, sessions, minutes, hours per leader."""

    code: str
    label: str
    least: int
    most: int
    organisations: int
    sessions: int
    minutes: int
    leader_hours: int


@dataclass(frozen=True, slots=True)
class Forming:
    """What holds for every kind. Days to answer, before it starts and that a yes lasts; kilometres; cents."""

    dated: str
    reference: str
    certainty: str
    answer_days: int
    travel_km: int
    consent_days: int
    start_after_days: int
    cents_per_hour: int
    other_cents: int
    ages: Mapping[str, str]


_HEAD: dict[str, Shape] = {"description": Words(), "reference": Words(), "dated": MomentText(exact=True)}
_CERTAINTY = Words(choices=frozenset(Certainty), what="een zekerheid")
_NUMBER = Whole(least=1)
SHAPES = {
    "forming.yaml": Record(
        required={
            **_HEAD,
            "certainty": _CERTAINTY,
            "answer_days": _NUMBER,
            "travel_km": _NUMBER,
            "consent_days": _NUMBER,
            "start_after_days": _NUMBER,
            "cents_per_hour": _NUMBER,
            "other_cents": Whole(least=0),
            "age_words": Items(Record(required={"code": Words(), "label": Words()}), least=1),
            "kinds": Items(
                Record(
                    required={
                        "code": Words(),
                        "label": Words(),
                        **dict.fromkeys(
                            ("least", "most", "organisations", "sessions", "minutes", "leader_hours"), _NUMBER
                        ),
                    }
                ),
                least=1,
            ),
        },
    ),
}


def check_tables() -> tuple[FileProblem, ...]:
    """Every mistake in the tables, line by line; empty when they can be used."""
    return tuple(problem for name in SHAPES for problem in _read(name)[1].problems)


@cache
def kinds() -> Mapping[str, KindSize]:
    """The kinds of group by code, in the order of the table."""
    numbers = ("least", "most", "organisations", "sessions", "minutes", "leader_hours")
    found = (
        KindSize(entry.text("code"), entry.text("label"), *(entry.whole(name) for name in numbers))
        for entry in _table("forming.yaml").maps("kinds")
    )
    return MappingProxyType({kind.code: kind for kind in found})


@cache
def forming() -> Forming:
    """What holds for every kind of group."""
    table = _table("forming.yaml")
    return Forming(
        dated=table.text("dated"),
        reference=table.text("reference"),
        certainty=table.text("certainty"),
        answer_days=table.whole("answer_days"),
        travel_km=table.whole("travel_km"),
        consent_days=table.whole("consent_days"),
        start_after_days=table.whole("start_after_days"),
        cents_per_hour=table.whole("cents_per_hour"),
        other_cents=table.whole("other_cents"),
        ages=MappingProxyType({e.text("code"): e.text("label") for e in table.maps("age_words")}),
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
