"""A questionnaire is data: ours, another one, and what is wrong in a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from noaber.knowledge.questionnaires import (
    QuestionnaireWrong,
    check_questionnaire,
    known_questionnaires,
    questionnaire,
    read_questionnaire,
)

OTHER = """\
schema_version: 1
id: drie-vragen
title: Drie vragen
version: 2
language: nl
source: Verzonnen voor deze proef
licence: Vrij te gebruiken
scale: {least: 1, most: 5, least_words: helemaal niet, most_words: heel erg}
areas:
  - id: rest
    title: Rust
    line: Slapen en uitrusten.
    prompt: Hoe was de nacht?
    questions:
      - {id: sleep, words: Slaapt u genoeg?, short: Slaap}
      - {id: pause, words: Neemt u pauze?}
  - id: people
    title: Mensen
    line: Wie u ziet.
    prompt: Wie zag u gisteren?
    questions:
      - {id: people, words: Ziet u genoeg mensen?}
  - id: work
    title: Bezig zijn
    line: Werk, school of iets anders.
    prompt: Wat deed u vandaag?
    questions:
      - {id: work, words: Hebt u genoeg te doen?}
"""


def written(folder: Path, text: str, name: str = "drie-vragen.yaml") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def test_ours_has_six_areas_from_nought_to_ten_with_one_question_each() -> None:
    ours = questionnaire()
    assert (ours.scale.least, ours.scale.most) == (0, 10)
    assert len(ours.areas) == 6
    assert all(len(area.questions) == 1 for area in ours.areas)
    assert all(area.line.endswith(".") and area.prompt.endswith("?") for area in ours.areas)


def test_ours_does_not_use_the_protected_name_or_its_sentences() -> None:
    ours = questionnaire()
    words = " ".join(
        [
            ours.title,
            *(f"{a.title} {a.line} {a.prompt}" for a in ours.areas),
            *(q.words for q in ours.questions),
        ]
    ).casefold()
    for protected in (
        "positieve gezondheid",
        "lichaamsfuncties",
        "mentaal welbevinden",
        "zingeving",
        "ik voel mij",
    ):
        assert protected not in words


def test_every_questionnaire_that_ships_can_be_read() -> None:
    assert all(questionnaire(key).areas for key in known_questionnaires())


def test_another_questionnaire_with_another_scale_is_only_a_file(tmp_path: Path) -> None:
    other = read_questionnaire(written(tmp_path, OTHER))
    assert [q.id for q in other.questions] == ["sleep", "pause", "people", "work"]
    assert [q.short for q in other.questions] == ["Slaap", "Rust 2", "Mensen", "Bezig zijn"]
    assert other.scale.steps == (1, 2, 3, 4, 5)
    assert questionnaire("drie-vragen", tmp_path) == other


@pytest.mark.parametrize(
    ("wrong", "right", "line", "words"),
    [
        ("least: 1, most: 5", "least: 1, most: 50", 8, "van 2 tot en met 10"),
        ("version: 2", "version: twee", 4, "een heel getal"),
        ("licence: Vrij te gebruiken\n", "", 1, "licence"),
        ("- {id: pause,", "- {id: sleep,", 16, "elke code één keer"),
        ("title: Drie vragen", "titel: Drie vragen", 3, "Bedoelt u “title”"),
        ("id: drie-vragen", "id: vier-vragen", 2, "zoals het bestand heet"),
        ("words: Hebt u genoeg te doen?", "words: ''", 28, "Vul de tekst in"),
    ],
    ids=["scale", "version", "licence", "double", "slip", "name", "empty"],
)
def test_each_mistake_is_told_with_its_line(
    tmp_path: Path, wrong: str, right: str, line: int, words: str
) -> None:
    file = written(tmp_path, OTHER.replace(wrong, right))
    with pytest.raises(QuestionnaireWrong) as refusal:
        read_questionnaire(file)
    assert [(p.line, words in p.message) for p in refusal.value.problems] == [(line, True)]
    assert check_questionnaire(file) == refusal.value.problems


def test_an_unknown_questionnaire_is_named_with_what_was_meant() -> None:
    with pytest.raises(QuestionnaireWrong) as refusal:
        questionnaire("noaber-wep")
    assert "noaber-web" in refusal.value.problems[0].message


def test_nothing_in_a_questionnaire_adds_up() -> None:
    for shape in (type(questionnaire()), type(questionnaire().scale)):
        assert not {"total", "mean", "score", "norm", "weight"} & set(dir(shape))
