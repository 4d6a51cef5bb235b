"""Reads the table of conversation parts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from noaber.knowledge.codes import load_codes
from noaber.knowledge.reading import FileProblem, MapNode, Report, Taking, read_source
from noaber.knowledge.reading.nodes import maps_in, text_at
from noaber.knowledge.reading.problems import quoted
from noaber.knowledge.reading.shapes import Items, MomentText, Record, Words

TABLE = Path(__file__).parent / "parts.yaml"
DEFAULT_ORDER = ("normalise", "ehealth", "family", "social_basis", "professional_help")
"""The order of Twente's plan (stated there); where a region names none."""


class BrokenParts(RuntimeError):
    """The table that ships with the program is wrong: a mistake of the builders, not of a user."""


@dataclass(frozen=True, slots=True)
class TalkingPart:
    """One part: what it is called, what the guide may ask, and which kinds of offer belong to it."""

    code: str
    title: str
    prompts: tuple[str, ...]
    offer_kinds: tuple[str, ...]


def _no_double_codes(table: MapNode, path: str, report: Report) -> None:
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
                    "code": Words(form=r"[a-z][a-z0-9_]*", form_advice="Gebruik kleine letters."),
                    "title": Words(),
                    "prompts": Items(Words(), least=1),
                    "offer_kinds": Items(
                        Words(choices=frozenset(load_codes().offer_kinds), what="een soort aanbod")
                    ),
                }
            ),
            least=1,
        ),
    },
    rules=(_no_double_codes,),
)


def check_parts(file: Path = TABLE) -> tuple[FileProblem, ...]:
    """Every mistake in the table, line by line."""
    return _read(file)[1].problems


@cache
def load_parts(file: Path = TABLE) -> Mapping[str, TalkingPart]:
    """All parts by code. Raises `BrokenParts` when the table is wrong."""
    table, report = _read(file)
    if table is None:
        raise BrokenParts("; ".join(str(problem) for problem in report.problems))
    return MappingProxyType(
        {
            part.code: part
            for part in (
                TalkingPart(e.text("code"), e.text("title"), e.texts("prompts"), e.texts("offer_kinds"))
                for e in table.maps("entries")
            )
        }
    )


def _read(file: Path) -> tuple[Taking | None, Report]:
    report = Report(file.name)
    node = read_source(file, report)
    if node is not None:
        SHAPE.check(node, "", report)
    return (Taking(node) if node is not None and not report.count else None), report
