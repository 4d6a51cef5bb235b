"""The glossary as data, as a page, and beside the names in the code.

``python -m tests.architecture.glossary`` writes docs/glossary.md anew from docs/glossary.yaml.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "docs" / "glossary.yaml"
PAGE = ROOT / "docs" / "glossary.md"
FIELDS = {"en", "nl", "means", "standard", "code", "regions"}
MODEL_BASES = {"Model", "AbstractBaseUser", "AbstractUser"}


@dataclass(frozen=True)
class Term:
    """One word: English, Dutch, what it means, its name in a standard, and the classes that carry it."""

    en: str
    nl: str
    means: str
    standard: str
    code: tuple[str, ...]
    regions: dict[str, str]


def read_terms(text: str) -> list[Term]:
    """The terms in a glossary file. Raises ValueError naming the term and what is wrong."""
    return [_term(i, entry) for i, entry in enumerate(yaml.safe_load(text)["terms"])]


def _term(i: int, entry: dict[str, Any]) -> Term:
    name = entry.get("en", f"number {i + 1}")
    if unknown := set(entry) - FIELDS:
        raise ValueError(f"glossary term '{name}': unknown field {sorted(unknown)}; use {sorted(FIELDS)}")
    if missing := [field for field in ("en", "nl", "means") if not str(entry.get(field, "")).strip()]:
        raise ValueError(f"glossary term '{name}': fill in {', '.join(missing)}")
    return Term(
        en=entry["en"],
        nl=entry["nl"],
        means=entry["means"].strip(),
        standard=entry.get("standard", ""),
        code=tuple(entry.get("code", ())),
        regions=dict(entry.get("regions", {})),
    )


def model_names(source: Path) -> dict[str, Path]:
    """Every model class below a folder, with its file; read from the text, nothing is imported."""
    return {
        name: path
        for path in sorted(source.rglob("models*.py"))
        for name in models_in(path.read_text("utf-8"))
    }


def models_in(text: str) -> Iterator[str]:
    """The names of the concrete model classes in one file."""
    for node in ast.parse(text).body:
        if isinstance(node, ast.ClassDef) and not _is_abstract(node):
            bases = {ast.unparse(base).split("[")[0].split(".")[-1] for base in node.bases}
            if bases & MODEL_BASES or any(base.endswith("Model") for base in bases):
                yield node.name


def _is_abstract(node: ast.ClassDef) -> bool:
    return any(
        isinstance(part, ast.ClassDef) and part.name == "Meta" and "abstract = True" in ast.unparse(part)
        for part in node.body
    )


def page(terms: list[Term]) -> str:
    """The glossary as a page to read, in the order of the English words."""
    lines = [
        "# Glossary",
        "",
        "Made from [glossary.yaml](glossary.yaml) by `python -m tests.architecture.glossary`.",
        "",
        "| English (code) | Nederlands (scherm) | What it means | Standard | Class |",
        "| --- | --- | --- | --- | --- |",
    ]
    for term in sorted(terms, key=lambda term: term.en.lower()):
        elsewhere = "; ".join(f"{region}: {word}" for region, word in sorted(term.regions.items()))
        dutch = f"{term.nl} ({elsewhere})" if elsewhere else term.nl
        code = ", ".join(f"`{name}`" for name in term.code)
        lines.append(f"| {term.en} | {dutch} | {term.means} | {term.standard} | {code} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(read_terms(SOURCE.read_text("utf-8"))), "utf-8")
    print(f"wrote {PAGE.relative_to(ROOT)}")
