"""Reads the tables of the welcoming neighbourhood."""

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
NEEDS = "needs"
ACCESS = "access"
NORM_CAMPAIGN = "norm_campaign"


class BrokenTables(RuntimeError):
    """A table that ships with the program is wrong: a mistake of the builders, not of a user."""


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that is asked or looked at."""

    code: str
    label: str
    hint: str


@dataclass(frozen=True, slots=True)
class InventoryTable:
    """One of the two inventories. `answers` gives the word of each answer; none is better than another."""

    code: str
    label: str
    dated: str
    answers: Mapping[str, str]
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class ActivityKind:
    """A kind of prevention activity, with what it means for who plans it."""

    code: str
    label: str
    means: str


@dataclass(frozen=True, slots=True)
class Goal:
    """What a plan promises about activities of these kinds (none named: every kind).

    Either so many in each municipality in a calendar year, or in this share of the municipalities by the end
    of a year. `since` and `until` are the first and last year for which it holds.
    """

    code: str
    region: str
    kinds: tuple[str, ...]
    per_municipality: int | None
    share_pct: int | None
    since: int
    until: int
    source: str
    doubt: str

    def holds(self, year: int) -> bool:
        """Whether this goal is of this year."""
        return self.since <= year <= self.until

    def counts(self, kind: str) -> bool:
        """Whether an activity of this kind is meant."""
        return not self.kinds or kind in self.kinds


_CODE = Words(form=r"[a-z][a-z0-9_]*", form_advice="Gebruik kleine letters en een laag streepje.")
_LABELLED: dict[str, Shape] = {"code": _CODE, "label": Words()}
_HEAD: dict[str, Shape] = {"description": Words(), "reference": Words(), "dated": MomentText(exact=True)}
SHAPES = {
    "inventories.yaml": Record(
        required={
            **_HEAD,
            "certainty": Words(choices=frozenset(Certainty), what="een zekerheid"),
            "kinds": Items(
                Record(
                    required={
                        **_LABELLED,
                        "answers": Items(Record(required=_LABELLED), least=2),
                        "questions": Items(Record(required=_LABELLED, optional={"hint": Words()}), least=1),
                    }
                ),
                least=1,
            ),
        }
    ),
    "activities.yaml": Record(
        required={
            **_HEAD,
            "kinds": Items(Record(required={**_LABELLED, "means": Words()}), least=1),
            "risk_groups": Items(Record(required=_LABELLED), least=1),
        }
    ),
    "goals.yaml": Record(
        required={
            **_HEAD,
            "goals": Items(
                Record(
                    required={
                        "code": _CODE,
                        "region": Words(),
                        "kinds": Items(_CODE),
                        "since": Whole(least=2000),
                        "until": Whole(least=2000),
                        "source": Words(),
                        "certainty": Words(choices=frozenset(Certainty), what="een zekerheid"),
                    },
                    optional={
                        "per_municipality": Whole(least=1),
                        "share_pct": Whole(least=1, most=100),
                        "doubt": Words(),
                    },
                )
            ),
        }
    ),
}


def check_tables() -> tuple[FileProblem, ...]:
    """Every mistake in the tables, line by line; empty when they can be used."""
    return tuple(problem for name in SHAPES for problem in _read(name)[1].problems)


@cache
def inventories() -> Mapping[str, InventoryTable]:
    """Both inventories by code."""
    table = _table("inventories.yaml")
    dated = table.text("dated")
    return MappingProxyType(
        {entry.code: entry for entry in (_inventory(e, dated) for e in table.maps("kinds"))}
    )


@cache
def activity_kinds() -> Mapping[str, ActivityKind]:
    """The kinds of activity by code, in the order of the table."""
    kinds = _table("activities.yaml").maps("kinds")
    found = (ActivityKind(e.text("code"), e.text("label"), e.text("means")) for e in kinds)
    return MappingProxyType({kind.code: kind for kind in found})


@cache
def risk_groups() -> Mapping[str, str]:
    """The words for each group by code."""
    groups = _table("activities.yaml").maps("risk_groups")
    return MappingProxyType(dict(map(_pair, groups)))


@cache
def goals() -> tuple[Goal, ...]:
    """Every goal of every region."""
    return tuple(_goal(entry) for entry in _table("goals.yaml").maps("goals"))


def goals_of(region: str, year: int) -> tuple[Goal, ...]:
    """The goals of this region's plans for this year; none when its plans name none."""
    return tuple(goal for goal in goals() if goal.region == region and goal.holds(year))


@cache
def first_names() -> frozenset[str]:
    """First names in small letters."""
    lines = (FOLDER / "first_names.txt").read_text("utf-8").splitlines()
    return frozenset(name for line in lines if not line.startswith("#") for name in line.split())


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


def _pair(entry: Taking) -> tuple[str, str]:
    return entry.text("code"), entry.text("label")


def _inventory(entry: Taking, dated: str) -> InventoryTable:
    return InventoryTable(
        code=entry.text("code"),
        label=entry.text("label"),
        dated=dated,
        answers=MappingProxyType(dict(map(_pair, entry.maps("answers")))),
        questions=tuple(
            Question(q.text("code"), q.text("label"), q.text("hint")) for q in entry.maps("questions")
        ),
    )


def _goal(entry: Taking) -> Goal:
    return Goal(
        code=entry.text("code"),
        region=entry.text("region"),
        kinds=tuple(entry.texts("kinds")),
        per_municipality=entry.maybe_whole("per_municipality"),
        share_pct=entry.maybe_whole("share_pct"),
        since=entry.whole("since"),
        until=entry.whole("until"),
        source=entry.text("source"),
        doubt=entry.text("doubt"),
    )
