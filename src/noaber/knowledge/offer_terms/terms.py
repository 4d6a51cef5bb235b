"""Reads the word lists of the offer: one file for each taxonomy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from noaber.knowledge.reading import FileProblem, MapNode, Report, Taking, read_source
from noaber.knowledge.reading.nodes import ListNode, ValueNode, maps_in, text_at, value_at
from noaber.knowledge.reading.problems import quoted
from noaber.knowledge.reading.shapes import Items, MomentText, Record, Words

FOLDER = Path(__file__).parent / "entries"
TAXONOMIES = ("life_area", "form", "target_group", "line")
"""In the order in which a visitor chooses; one file each."""


class BrokenTerms(RuntimeError):
    """A word list that ships with the program is wrong: a mistake of the builders, not of a user."""


@dataclass(frozen=True, slots=True)
class OfferTerm:
    """One choice: its code, the word a visitor reads, and the words people say for it."""

    taxonomy: str
    code: str
    name: str
    description: str
    synonyms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """A list of choices under one question. `dated` says of which day the words are (YYYY-MM-DD)."""

    code: str
    name: str
    description: str
    reference: str
    dated: str
    terms: tuple[OfferTerm, ...]


def _no_doubles(table: MapNode, path: str, report: Report) -> None:
    seen: set[str] = set()
    for position, entry in maps_in(table.get("terms")):
        code = text_at(entry, "code") or ""
        if code in seen:
            message = f"Verwacht elke code één keer, gevonden {quoted(code)} nog een keer. Haal er één weg."
            report.add(entry.line, f"terms[{position}]", "duplicate_id", message)
        seen.add(code)
        _no_double_words(entry, f"terms[{position}].synonyms", report)


def _no_double_words(entry: MapNode, path: str, report: Report) -> None:
    words: set[str] = set()
    found = value_at(entry, "synonyms")
    for item in found.items if isinstance(found, ListNode) else ():
        word = item.text.casefold() if isinstance(item, ValueNode) else ""
        if word in words:
            message = f"Verwacht elk woord één keer, gevonden {quoted(word)} nog een keer. Haal er één weg."
            report.add(item.line, path, "duplicate_word", message)
        words.add(word)


_CODE = Words(form=r"[a-z][a-z0-9_]*", form_advice="Gebruik kleine letters.")
SHAPE = Record(
    required={
        "taxonomy": Words(choices=frozenset(TAXONOMIES), what="een van de woordenlijsten"),
        "name": Words(),
        "description": Words(),
        "reference": Words(),
        "dated": MomentText(exact=True),
        "terms": Items(
            Record(
                required={
                    "code": _CODE,
                    "name": Words(),
                    "description": Words(),
                    "synonyms": Items(Words(), least=1),
                }
            ),
            least=1,
        ),
    },
    rules=(_no_doubles,),
)


def check_terms(folder: Path = FOLDER) -> tuple[FileProblem, ...]:
    """Every mistake in the word lists, line by line; a code belongs to one list only."""
    problems: list[FileProblem] = []
    owners: dict[str, str] = {}
    for name in TAXONOMIES:
        found, report = _read(folder / f"{name}.yaml")
        for term in found.terms if found else ():
            if owners.setdefault(term.code, name) != name:
                message = f"De code {quoted(term.code)} staat ook in {owners[term.code]}. Kies een andere."
                report.add(1, "terms", "duplicate_id", message)
        problems.extend(report.problems)
    return tuple(problems)


@cache
def load_taxonomies(folder: Path = FOLDER) -> Mapping[str, Taxonomy]:
    """The four word lists by their code, in order. Raises `BrokenTerms` when one is wrong."""
    problems = check_terms(folder)
    if problems:
        raise BrokenTerms("; ".join(str(problem) for problem in problems))
    found = (_read(folder / f"{name}.yaml")[0] for name in TAXONOMIES)
    return MappingProxyType({taxonomy.code: taxonomy for taxonomy in found if taxonomy is not None})


@cache
def load_terms(folder: Path = FOLDER) -> Mapping[str, OfferTerm]:
    """Every term by its code, over all word lists."""
    lists = load_taxonomies(folder).values()
    return MappingProxyType({term.code: term for taxonomy in lists for term in taxonomy.terms})


def _read(file: Path) -> tuple[Taxonomy | None, Report]:
    report = Report(file.name)
    node = read_source(file, report)
    if node is not None:
        SHAPE.check(node, "", report)
    if node is None or report.count:
        return None, report
    return _taxonomy(Taking(node)), report


def _taxonomy(table: Taking) -> Taxonomy:
    code = table.text("taxonomy")
    return Taxonomy(
        code=code,
        name=table.text("name"),
        description=table.text("description"),
        reference=table.text("reference"),
        dated=table.text("dated"),
        terms=tuple(
            OfferTerm(code, t.text("code"), t.text("name"), t.text("description"), t.texts("synonyms"))
            for t in table.maps("terms")
        ),
    )
