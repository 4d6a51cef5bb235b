"""How people say things: wrong files first, then what ships."""

from __future__ import annotations

import shutil
from collections import defaultdict
from pathlib import Path

import pytest

from noaber.knowledge.lay_language import BrokenLayLanguage, check_lay_language, load_lay_language
from noaber.knowledge.lay_language.lay import FOLDER


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(FOLDER, tmp_path / "entries")
    return tmp_path / "entries"


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        ("code: alcohol", "code: drugs", "concepts"),
        ("code: alcohol", "code: Alcohol", "concepts[1].code"),
        ("broader: [addiction]", "broader: [nothing_known]", "alcohol"),
        ("terms: [addiction]", "terms: [no_term]", "addiction"),
        ("dated: '2026-11-22'", "dated: soon", "dated"),
    ],
)
def test_a_mistake_is_named_with_its_place(folder: Path, old: str, new: str, path: str) -> None:
    file = folder / "addiction.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    found = check_lay_language(folder)
    assert path in [problem.path for problem in found]
    with pytest.raises(BrokenLayLanguage):
        load_lay_language(folder)


def test_a_rule_over_an_unknown_concept_is_named(folder: Path) -> None:
    file = folder / "rules.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("adds: [relatives]", "adds: [nobody]", 1))
    assert any("nobody" in str(problem) for problem in check_lay_language(folder))


def test_what_ships_is_right_and_broad() -> None:
    assert check_lay_language() == ()
    concepts = load_lay_language().concepts.values()
    assert len(concepts) > 140
    assert sum(len(concept.said) for concept in concepts) > 4500


def test_a_word_by_itself_means_few_things() -> None:
    """More than three at once says nothing any more."""
    meant: dict[str, list[str]] = defaultdict(list)
    for concept in load_lay_language().concepts.values():
        for said in concept.said:
            if " " not in said:
                meant[said.casefold()].append(concept.code)
    assert {word: codes for word, codes in meant.items() if len(codes) > 3} == {}
