"""The dated table of funding titles."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType

from noaber.knowledge.codes import Certainty, DomainGroup
from noaber.knowledge.reading import FileProblem, MapNode, Report, Taking, read_source
from noaber.knowledge.reading.nodes import ListNode, ValueNode, maps_in, text_at
from noaber.knowledge.reading.problems import quoted
from noaber.knowledge.reading.shapes import Items, MomentText, Record, Words

TABLE = Path(__file__).parent / "titles.yaml"


class Payer(StrEnum):
    """Whose claim the time belongs in."""

    ZVW = "zvw"
    IZA = "iza"
    SPUK = "spuk"
    MUNICIPALITY = "municipality"
    OWN = "own"


PAYER_WORDS: Mapping[Payer, str] = MappingProxyType(
    {
        Payer.ZVW: "Zorgverzekeraar (Zvw)",
        Payer.IZA: "IZA-transformatiemiddelen",
        Payer.SPUK: "SPUK IZA",
        Payer.MUNICIPALITY: "Gemeente",
        Payer.OWN: "Eigen middelen",
    }
)
NEVER_FOR_GGZ = frozenset({Payer.IZA, Payer.SPUK})
"""The ggz part of a conversation is paid under the Zvw, and may never be claimed a second time as IZA."""


class BrokenTitles(RuntimeError):
    """The table that ships with the program is wrong: a mistake of the builders, not of a user."""


@dataclass(frozen=True, slots=True)
class FundingTitle:
    """One title: for which groups, paid by whom, from which day until (not including) which day."""

    code: str
    label: str
    payer: Payer
    groups: frozenset[DomainGroup]
    since: dt.date
    until: dt.date | None
    source: str
    certainty: Certainty
    note: str | None

    def holds(self, group: str, on: dt.date) -> bool:
        """Whether time of this group on this day may be put under this title."""
        return group in self.groups and self.since <= on and (self.until is None or on < self.until)


def _no_ggz_in_iza(entry: MapNode, path: str, report: Report) -> None:
    groups = entry.get("groups")
    named = {i.text for i in groups.items if isinstance(i, ValueNode)} if isinstance(groups, ListNode) else ()
    if text_at(entry, "payer") in NEVER_FOR_GGZ and "ggz" in named:
        message = (
            "Verwacht nooit ggz bij IZA of SPUK, gevonden ggz. Het ggz-deel van een gesprek hoort bij de Zvw."
        )
        report.add(entry.line_of("groups"), f"{path}.groups", "contradiction", message)


def _no_double_codes(table: MapNode, path: str, report: Report) -> None:
    seen: set[str] = set()
    for position, entry in maps_in(table.get("entries")):
        code = text_at(entry, "code") or ""
        if code in seen:
            message = f"Verwacht elke code één keer, gevonden {quoted(code)} nog een keer. Haal er één weg."
            report.add(entry.line, f"entries[{position}]", "duplicate_id", message)
        seen.add(code)


_ENTRY = Record(
    required={
        "code": Words(
            form=r"[a-z][a-z0-9_]{2,39}", form_advice="Gebruik kleine letters, cijfers en een laag streepje."
        ),
        "label": Words(),
        "payer": Words(choices=frozenset(str(p) for p in Payer), what="een betaler"),
        "groups": Items(Words(choices=frozenset(DomainGroup), what="een domeingroep"), least=1),
        "since": MomentText(exact=True),
        "source": Words(),
        "certainty": Words(choices=frozenset(Certainty), what="een zekerheid"),
    },
    optional={"until": MomentText(exact=True), "note": Words()},
    ordered=(("since", "until"),),
    rules=(_no_ggz_in_iza,),
)
SHAPE = Record(
    required={
        "description": Words(),
        "reference": Words(),
        "dated": MomentText(exact=True),
        "entries": Items(_ENTRY, least=1),
    },
    rules=(_no_double_codes,),
)


def check_titles(file: Path = TABLE) -> tuple[FileProblem, ...]:
    """Every mistake in the table, line by line; empty when it can be used."""
    return _read(file)[1].problems


@cache
def load_titles(file: Path = TABLE) -> Mapping[str, FundingTitle]:
    """All titles by code, in the order of the table. Raises `BrokenTitles` when the table is wrong."""
    table, report = _read(file)
    if table is None:
        raise BrokenTitles("; ".join(str(problem) for problem in report.problems))
    return MappingProxyType({title.code: title for title in map(_title, table.maps("entries"))})


def titles_for(group: str, on: dt.date) -> tuple[FundingTitle, ...]:
    """The titles under which time of this domain group may be put on this day, the usual one first."""
    return tuple(title for title in load_titles().values() if title.holds(group, on))


def _read(file: Path) -> tuple[Taking | None, Report]:
    report = Report(file.name)
    node = read_source(file, report)
    if node is not None:
        SHAPE.check(node, "", report)
    return (Taking(node) if node is not None and not report.count else None), report


def _title(entry: Taking) -> FundingTitle:
    until = entry.maybe_text("until")
    return FundingTitle(
        code=entry.text("code"),
        label=entry.text("label"),
        payer=Payer(entry.text("payer")),
        groups=frozenset(DomainGroup(group) for group in entry.texts("groups")),
        since=dt.date.fromisoformat(entry.text("since")),
        until=dt.date.fromisoformat(until) if until else None,
        source=entry.text("source"),
        certainty=Certainty(entry.text("certainty")),
        note=entry.maybe_text("note"),
    )
