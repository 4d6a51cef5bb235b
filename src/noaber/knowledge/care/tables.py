"""Reads the code tables of care."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from noaber.knowledge.codes import Certainty
from noaber.knowledge.reading import FileProblem, MapNode, Report, Taking, read_source
from noaber.knowledge.reading.nodes import maps_in, text_at
from noaber.knowledge.reading.problems import quoted
from noaber.knowledge.reading.shapes import Items, MomentText, Record, Words

FOLDER = Path(__file__).parent / "entries"
TABLES = ("care_types", "settings", "diagnosis_groups", "insurers")


class BrokenCare(RuntimeError):
    """A table that ships with the program is wrong: a mistake of the builders, not of a user."""


@dataclass(frozen=True, slots=True)
class CareWord:
    """One code with the word anyone understands (`label`) and its name in the regulation (`note`)."""

    code: str
    label: str
    certainty: Certainty
    note: str


def _no_doubles(table: MapNode, path: str, report: Report) -> None:
    seen: set[str] = set()
    for position, entry in maps_in(table.get("entries")):
        code = text_at(entry, "code") or ""
        if code in seen:
            message = f"Verwacht elke code één keer, gevonden {quoted(code)} nog een keer. Haal er één weg."
            report.add(entry.line, f"entries[{position}]", "duplicate_id", message)
        seen.add(code)


SHAPE = Record(
    required={
        "description": Words(),
        "reference": Words(),
        "dated": MomentText(exact=True),
        "entries": Items(
            Record(
                required={
                    "code": Words(form=r"[a-z0-9][a-z0-9_]*", form_advice="Gebruik kleine letters."),
                    "label": Words(),
                    "certainty": Words(choices=frozenset(Certainty), what="een zekerheid"),
                },
                optional={"note": Words()},
            ),
            least=1,
        ),
    },
    rules=(_no_doubles,),
)


def check_care(folder: Path = FOLDER) -> tuple[FileProblem, ...]:
    """Every mistake in the tables, line by line; empty when they can be used."""
    return tuple(p for name in TABLES for p in _read(folder / f"{name}.yaml")[1].problems)


@cache
def load_words(name: str, folder: Path = FOLDER) -> Mapping[str, CareWord]:
    """One of the `TABLES` by code, in its own order. Raises `BrokenCare` when it is wrong."""
    table, report = _read(folder / f"{name}.yaml")
    if table is None:
        raise BrokenCare("; ".join(str(problem) for problem in report.problems))
    words = (_word(entry) for entry in table.maps("entries"))
    return MappingProxyType({word.code: word for word in words})


def care_types() -> Mapping[str, CareWord]:
    """The types of care."""
    return load_words("care_types")


def settings() -> Mapping[str, CareWord]:
    """The settings 1-8 of the zorgprestatiemodel."""
    return load_words("settings")


def diagnosis_groups() -> Mapping[str, CareWord]:
    """The fourteen diagnosis groups."""
    return load_words("diagnosis_groups")


def insurers() -> Mapping[str, CareWord]:
    """The insurers."""
    return load_words("insurers")


def _read(file: Path) -> tuple[Taking | None, Report]:
    report = Report(file.name)
    node = read_source(file, report)
    if node is not None:
        SHAPE.check(node, "", report)
    return (Taking(node) if node is not None and not report.count else None), report


def _word(entry: Taking) -> CareWord:
    return CareWord(
        entry.text("code"), entry.text("label"), Certainty(entry.text("certainty")), entry.text("note")
    )
