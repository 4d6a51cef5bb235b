"""Editors write modules as plain text: what they mean is read, what is wrong is said by line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noaber.engines import language
from noaber.knowledge.offer_terms import load_terms
from noaber.offer.self_help import services, writing
from noaber.offer.self_help.factories import TEXT
from noaber.offer.self_help.types import BlockKind

GOOD = TEXT.format(title="Rustig worden")


def test_a_whole_module_is_read() -> None:
    module, problems = writing.read(GOOD)
    assert problems == ()
    assert (module.title, module.terms, module.minutes) == ("Rustig worden", ("sleep",), 5)
    assert [step.key for step in module.steps] == ["kijken", "doen"]
    first, second = module.steps
    assert [block.kind for block in first.blocks] == [BlockKind.TEXT, BlockKind.SCALE, BlockKind.QUESTION]
    assert (first.blocks[1].low, first.blocks[1].high) == ("slecht", "goed")
    assert second.blocks[0].lines == ("wandelen", "bellen")
    assert (second.blocks[1].minutes, second.blocks[1].lines) == (2, ("Adem in.", "Adem uit."))
    assert [block.kind for block in module.diary] == [BlockKind.SCALE, BlockKind.QUESTION]


def test_an_answer_keeps_its_place_when_words_around_it_change() -> None:
    before = writing.read(GOOD)[0].steps[0].asked
    after = (
        writing.read(GOOD.replace("Eerst kijkt u hoe het gaat.", "Wij beginnen rustig."))[0].steps[0].asked
    )
    assert [block.key for block in before] == [block.key for block in after]


@pytest.mark.parametrize(
    ("change", "line", "words"),
    [
        (("titel: Rustig worden\n", ""), 0, "titel"),
        (("== Kijken (5 minuten)", "Kijken"), 6, "Hier kan alleen staan"),
        (("[ ] wandelen\n[ ] bellen\n", "[ ] wandelen\n"), 12, "minstens twee keuzes"),
        (("?? Wat kiest u?", "? Wat kiest u?"), 14, "onder een vraag die met ?? begint"),
        (("1. Adem in.\n2. Adem uit.\n", ""), 12, "nog geen regels"),
        (("== Doen", "== Kijken"), 12, "twee stappen met de titel"),
        (("? Wat hielp?", "! Een tip"), 21, "alleen vragen"),
        (("? Wat merkt u?", "?"), 10, "nog niets"),
    ],
)
def test_what_is_wrong_is_said_by_line(change: tuple[str, str], line: int, words: str) -> None:
    _module, problems = writing.read(GOOD.replace(*change))
    assert any(one.line == line and words in one.words for one in problems), problems


def test_too_much_is_refused_with_its_size() -> None:
    _module, problems = writing.read("x" * 70_000)
    assert "70000" in problems[0].words


@given(st.text(max_size=400))
def test_whatever_somebody_types_is_answered(text: str) -> None:
    module, problems = writing.read(text)
    assert problems or module.steps


def test_the_starter_set_is_complete_and_reads_at_b1() -> None:
    texts = services.starter_texts()
    assert len(texts) == 5
    known = set(load_terms())
    for text in texts:
        module, problems = writing.read(text)
        assert problems == ()
        assert module.diary
        assert len(module.steps) >= 5
        assert set(module.terms) <= known
        for step in module.steps:
            words = "\n".join(part for block in step.blocks for part in (block.words, *block.lines) if part)
            level = language.level(words).level
            assert level is None or level <= language.Level.B1, (module.title, step.title)
