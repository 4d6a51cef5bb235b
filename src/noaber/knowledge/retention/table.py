"""Loads the retention classes that ship with the program, once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from noaber.knowledge.codes import Certainty
from noaber.knowledge.reading import MapNode, Report, Taking, ValueNode, read_source
from noaber.knowledge.reading.nodes import maps_in, text_at
from noaber.knowledge.reading.problems import FileProblem, quoted
from noaber.knowledge.reading.shapes import Flag, Items, Lookup, MomentText, Record, Whole, Words
from noaber.knowledge.retention.types import CountsFrom, RetentionClass, Term, UnknownRetentionClass

TABLE = Path(__file__).parent / "entries" / "classes.yaml"
KEY = Words(
    what="een code",
    form=r"[a-z][a-z0-9_]*",
    form_advice="Gebruik kleine letters, cijfers en een laag streepje.",
)


class BrokenRetentionTable(RuntimeError):
    """The table that ships with the program is wrong: a mistake of the builders, not of a user."""


def _one_unit(term: MapNode, path: str, report: Report) -> None:
    if len(term.key_lines) != 1:
        message = "Verwacht jaren of dagen, gevonden allebei. Kies er één."
        report.add(term.line, path, "choice", message)


def _reason_when_it_stays(entry: MapNode, path: str, report: Report) -> None:
    flag = entry.get("on_request")
    stays = isinstance(flag, ValueNode) and flag.value is False
    if stays != ("why_stays" in entry.key_lines):
        message = "Verwacht why_stays bij on_request: false, en alleen daar. Vul het in of haal het weg."
        report.add(entry.line, path, "missing", message)


def _no_double_keys(table: MapNode, path: str, report: Report) -> None:
    seen: set[str] = set()
    for position, entry in maps_in(table.get("entries")):
        key = text_at(entry, "key") or ""
        if key in seen:
            message = f"Verwacht elke code één keer, gevonden {quoted(key)} nog een keer. Haal er één weg."
            report.add(entry.line, f"entries[{position}]", "duplicate_id", message)
        seen.add(key)


TERM = Record(
    optional={"years": Whole(least=1, most=120), "days": Whole(least=1, most=3660)},
    any_of=("years", "days"),
    rules=(_one_unit,),
)
SHAPE = Record(
    required={
        "description": Words(),
        "reference": Words(),
        "dated": MomentText(exact=True),
        "entries": Items(
            Record(
                required={
                    "key": KEY,
                    "label": Words(),
                    "description": Words(),
                    "basis": Words(),
                    "periods": Lookup(
                        TERM, key_form=r"\d{4}-\d{2}-\d{2}", key_what="een datum als 2026-03-31"
                    ),
                    "counts_from": Words(choices=frozenset(CountsFrom), what="een begin"),
                    "on_request": Flag(),
                    "reference": Words(),
                    "certainty": Words(choices=frozenset(Certainty), what="een zekerheid"),
                },
                optional={"why_stays": Words(), "note": Words()},
                rules=(_reason_when_it_stays,),
            ),
            least=1,
        ),
    },
    rules=(_no_double_keys,),
)


@cache
def load_retention(table: Path = TABLE) -> Mapping[str, RetentionClass]:
    """All classes by key. Read once; raises `BrokenRetentionTable` with every problem."""
    read, report = _read(table)
    if read is None:
        raise BrokenRetentionTable("; ".join(str(problem) for problem in report.problems))
    return MappingProxyType({entry.key: entry for entry in map(_class, read.maps("entries"))})


def retention_class(key: str) -> RetentionClass:
    """One class. Raises `UnknownRetentionClass`."""
    found = load_retention().get(key)
    if found is None:
        raise UnknownRetentionClass(key)
    return found


def check_retention(table: Path = TABLE) -> tuple[FileProblem, ...]:
    """Every problem in the table; empty when all is well."""
    return tuple(_read(table)[1].problems)


def _read(table: Path) -> tuple[Taking | None, Report]:
    report = Report(table.name)
    node = read_source(table, report)
    if node is not None:
        SHAPE.check(node, "", report)
    return (Taking(node) if node is not None and not report.count else None), report


def _class(entry: Taking) -> RetentionClass:
    periods = entry.map("periods").remaining()
    return RetentionClass(
        key=entry.text("key"),
        label=entry.text("label"),
        description=entry.text("description"),
        basis=entry.text("basis"),
        periods=tuple((dt.date.fromisoformat(day), Term(**term)) for day, term in sorted(periods.items())),
        counts_from=CountsFrom(entry.text("counts_from")),
        on_request=entry.flag("on_request"),
        why_stays=entry.text("why_stays"),
        reference=entry.text("reference"),
        certainty=Certainty(entry.text("certainty")),
        note=entry.maybe_text("note"),
    )
