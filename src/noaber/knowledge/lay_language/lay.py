"""Reads how people say things: files of concepts, and one with what follows from them together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from noaber.knowledge.offer_terms import load_terms
from noaber.knowledge.reading import FileProblem, Report, Taking, read_source
from noaber.knowledge.reading.problems import quoted
from noaber.knowledge.reading.shapes import Flag, Items, MomentText, Record, Shape, Whole, Words

FOLDER = Path(__file__).parent / "entries"
RULES = "rules.yaml"


class BrokenLayLanguage(RuntimeError):
    """The lay language that ships with the program is wrong: a mistake of the builders, not of a user."""


@dataclass(frozen=True, slots=True)
class LayConcept:
    """Something people mean. `said`: what they say for it; `broader`: concepts that also help, a little.

    An entry is about it when it has one of `terms` (codes of the offer terms), when its text holds one of
    `words` (and it has one of `only_with`, when those are named), when `without` is named and it has none
    of those, when it is open on one of `days` (1 is Monday), or when it begins at `from_hour` or later.
    `helps`: it only brings to the front, an entry need not be about it.
    """

    code: str
    said: tuple[str, ...]
    broader: tuple[str, ...]
    helps: bool
    terms: tuple[str, ...]
    words: tuple[str, ...]
    only_with: tuple[str, ...]
    without: tuple[str, ...]
    days: tuple[int, ...] = ()
    from_hour: int | None = None


@dataclass(frozen=True, slots=True)
class Together:
    """Who means `one` and one of `others` also means `adds`.

    `about_another`: it is said of somebody else, so help for that other one alone counts for less.
    """

    one: str
    others: tuple[str, ...]
    adds: tuple[str, ...]
    about_another: bool


@dataclass(frozen=True, slots=True)
class Otherwise:
    """Who means none of `unless` is helped best by what is about `adds`."""

    adds: str
    unless: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ages:
    """Who is from `first` up to and including `last` years old means `adds`."""

    first: int
    last: int
    adds: str


@dataclass(frozen=True, slots=True)
class LayLanguage:
    """All of it."""

    concepts: Mapping[str, LayConcept]
    together: tuple[Together, ...]
    otherwise: tuple[Otherwise, ...]
    ages: tuple[Ages, ...]
    danger: frozenset[str]
    """Who says one of these must see who to call, whatever else is found."""


_CODE = Words(form=r"[a-z][a-z0-9_]*", form_advice="Gebruik kleine letters.")
_CODES = Items(_CODE)
_HEAD: dict[str, Shape] = {"reference": Words(), "dated": MomentText(exact=True)}
CONCEPTS = Record(
    required=_HEAD
    | {
        "concepts": Items(
            Record(
                required={"code": _CODE, "said": Words()},
                optional={
                    "broader": _CODES,
                    "helps": Flag(),
                    "entries": Record(
                        required={},
                        optional={
                            "terms": _CODES,
                            "words": Words(),
                            "with": _CODES,
                            "without": _CODES,
                            "days": Items(Whole(least=1, most=7), least=1),
                            "from_hour": Whole(least=0, most=23),
                        },
                    ),
                },
            ),
            least=1,
        )
    }
)
RULES_SHAPE = Record(
    required=_HEAD
    | {
        "pairs": Items(
            Record(
                required={"one": _CODE, "others": _CODES, "adds": _CODES}, optional={"about_another": Flag()}
            )
        ),
        "otherwise": Items(Record(required={"adds": _CODE, "unless": _CODES})),
        "danger": _CODES,
        "ages": Items(Record(required={"first": Whole(least=0), "last": Whole(most=120), "adds": _CODE})),
    }
)


def check_lay_language(folder: Path = FOLDER) -> tuple[FileProblem, ...]:
    """Every mistake, line by line: wrong fields, a code that is used twice or that nobody knows."""
    problems: list[FileProblem] = []
    owners: dict[str, str] = {}
    used: list[tuple[str, str, Iterable[str], bool]] = []
    for file in _files(folder):
        table, report = _read(file, CONCEPTS)
        for row in table.maps("concepts") if table else ():
            code = row.text("code")
            if owners.setdefault(code, file.name) != file.name or code in {
                one for name, one, _, _ in used if name == file.name
            }:
                report.add(1, "concepts", "duplicate_id", f"Verwacht elke code één keer: {quoted(code)}.")
            concept = _concept(row)
            used.append((file.name, code, concept.broader, False))
            used.append((file.name, code, (*concept.terms, *concept.only_with, *concept.without), True))
        problems.extend(report.problems)
    table, report = _read(folder / RULES, RULES_SHAPE)
    for rule in _rules(table) if table else ():
        used.append((RULES, "", rule, False))
    problems.extend(report.problems)
    terms = load_terms()
    for name, code, codes, are_terms in used:
        for unknown in [one for one in codes if one not in (terms if are_terms else owners)]:
            report = Report(name)
            report.add(
                1, code or "rules", "unknown", f"{quoted(unknown)} bestaat niet. Kies een code die er is."
            )
            problems.extend(report.problems)
    return tuple(problems)


@cache
def load_lay_language(folder: Path = FOLDER) -> LayLanguage:
    """The concepts by their code, and the rules. Raises `BrokenLayLanguage` when something is wrong."""
    problems = check_lay_language(folder)
    if problems:
        raise BrokenLayLanguage("; ".join(str(problem) for problem in problems))
    tables = [_read(file, CONCEPTS)[0] for file in _files(folder)]
    concepts = [_concept(row) for table in tables if table for row in table.maps("concepts")]
    rules = _read(folder / RULES, RULES_SHAPE)[0]
    if rules is None:
        raise BrokenLayLanguage(f"{RULES} is not there")
    return LayLanguage(
        {concept.code: concept for concept in concepts},
        tuple(
            Together(r.text("one"), r.texts("others"), r.texts("adds"), r.flag("about_another"))
            for r in rules.maps("pairs")
        ),
        tuple(Otherwise(r.text("adds"), r.texts("unless")) for r in rules.maps("otherwise")),
        tuple(Ages(r.whole("first"), r.whole("last"), r.text("adds")) for r in rules.maps("ages")),
        frozenset(rules.texts("danger")),
    )


def _files(folder: Path) -> list[Path]:
    return [file for file in sorted(folder.glob("*.yaml")) if file.name != RULES]


def _read(file: Path, shape: Record) -> tuple[Taking | None, Report]:
    report = Report(file.name)
    node = read_source(file, report)
    if node is not None:
        shape.check(node, "", report)
    return (None if node is None or report.count else Taking(node)), report


def _concept(row: Taking) -> LayConcept:
    about = row.maybe_map("entries")
    return LayConcept(
        row.text("code"),
        _phrases(row.text("said")),
        row.texts("broader"),
        row.flag("helps"),
        about.texts("terms") if about else (),
        _phrases(about.text("words")) if about else (),
        about.texts("with") if about else (),
        about.texts("without") if about else (),
        tuple(about.tree("days") or ()) if about else (),
        about.maybe_whole("from_hour") if about else None,
    )


def _rules(table: Taking) -> Iterable[tuple[str, ...]]:
    for row in table.maps("pairs"):
        yield (row.text("one"), *row.texts("others"), *row.texts("adds"))
    for row in table.maps("otherwise"):
        yield (row.text("adds"), *row.texts("unless"))
    for row in table.maps("ages"):
        yield (row.text("adds"),)
    yield table.texts("danger")


def _phrases(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part for one in text.split(",") if (part := " ".join(one.split()))))
