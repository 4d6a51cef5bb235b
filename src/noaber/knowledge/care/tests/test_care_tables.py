"""The code tables of care."""

from pathlib import Path

import pytest

from noaber.knowledge import care
from noaber.knowledge.codes import Certainty


def test_the_tables_that_ship_are_right() -> None:
    assert care.check_care() == ()


def test_there_are_eight_settings_and_fourteen_groups() -> None:
    assert list(care.settings()) == [str(n) for n in range(1, 9)]
    assert list(care.diagnosis_groups()) == [str(n) for n in range(1, 15)]


def test_what_was_not_read_in_the_regulation_says_so() -> None:
    assumed = [g.code for g in care.diagnosis_groups().values() if g.certainty is Certainty.ASSUMED]
    assert assumed == [str(n) for n in range(9, 15)]


def test_a_code_twice_is_named_with_its_line(tmp_path: Path) -> None:
    for name in care.TABLES:
        text = (Path(care.__file__).parent / "entries" / f"{name}.yaml").read_text("utf-8")
        (tmp_path / f"{name}.yaml").write_text(text, "utf-8")
    spoilt = tmp_path / "insurers.yaml"
    spoilt.write_text(
        spoilt.read_text("utf-8") + "  - {code: dsw, label: DSW, certainty: assumed}\n", "utf-8"
    )
    (problem,) = care.check_care(tmp_path)
    assert "dsw" in str(problem)
    with pytest.raises(care.BrokenCare):
        care.load_words("insurers", tmp_path)
