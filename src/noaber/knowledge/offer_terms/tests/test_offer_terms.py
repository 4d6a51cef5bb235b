"""The words of the offer: wrong files first, then the ones that ship."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from noaber.knowledge.offer_terms import (
    TAXONOMIES,
    BrokenTerms,
    check_terms,
    load_taxonomies,
    load_terms,
)
from noaber.knowledge.offer_terms.terms import FOLDER


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(FOLDER, tmp_path / "entries")
    return tmp_path / "entries"


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("code: informal", "code: zero", "terms[1]"),
        ("code: informal", "code: Informal", "terms[0].code"),
        ("code: informal", "code: walk_in", "terms"),
        ("dated: '2026-11-22'", "dated: '2026-02-30'", "dated"),
        ("synonyms: [informeel,", "synonyms: [Informeel, informeel,", "terms[0].synonyms"),
        ("taxonomy: line", "taxonomy: lijn", "taxonomy"),
    ],
)
def test_a_mistake_is_named_with_its_place(folder: Path, old: str, new: str, field: str) -> None:
    file = folder / "line.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    found = check_terms(folder)
    assert [problem.path for problem in found][:1] == [field]
    with pytest.raises(BrokenTerms):
        load_terms(folder)


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "form.yaml").unlink()
    assert any("form.yaml" in str(problem) for problem in check_terms(folder))


def test_the_lists_that_ship_are_right() -> None:
    assert check_terms() == ()
    assert tuple(load_taxonomies()) == TAXONOMIES


def test_each_list_is_long_enough_to_choose_from_and_short_enough_to_read() -> None:
    sizes = {code: len(taxonomy.terms) for code, taxonomy in load_taxonomies().items()}
    assert 12 <= sizes["life_area"] <= 16
    assert 25 <= sizes["form"] <= 28
    assert sizes["target_group"] == 15
    assert sizes["line"] == 4


def test_a_name_is_used_once() -> None:
    names = [term.name.casefold() for term in load_terms().values()]
    assert len(names) == len(set(names))


def test_each_term_of_what_and_how_has_several_lay_words() -> None:
    few = [t.code for t in load_terms().values() if len(t.synonyms) < 3]
    assert few == []
