"""The code tables that ship with the program."""

from __future__ import annotations

import datetime as dt
import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from noaber.knowledge.codes import (
    BrokenCodeTable,
    DomainGroup,
    DomainShape,
    NormNotInForce,
    RegisterType,
    UnknownNorm,
    check_tables,
    load_codes,
    norm,
)
from noaber.knowledge.codes.tables import TABLES


def test_the_tables_hold_no_mistakes() -> None:
    assert [str(problem) for problem in check_tables()] == []


def test_a_broken_table_says_which_line(tmp_path: Path) -> None:
    folder = tmp_path / "entries"
    shutil.copytree(TABLES, folder)
    path = folder / "professions.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("register: big", "register: bigg", 1), encoding="utf-8"
    )

    with pytest.raises(BrokenCodeTable, match=r"professions\.yaml:\d+: entries\[0\]\.register"):
        load_codes(folder)


def test_a_code_that_stands_twice_is_a_mistake(tmp_path: Path) -> None:
    folder = tmp_path / "entries"
    shutil.copytree(TABLES, folder)
    path = folder / "outcomes.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("code: social_basis", "code: social_domain"), encoding="utf-8")

    assert [problem.code for problem in check_tables(folder)] == ["duplicate_id"]


def test_the_eight_outcomes_are_there_with_an_explanation() -> None:
    outcomes = load_codes().outcomes

    assert list(outcomes) == [
        "multidisciplinary_ggz",
        "monodisciplinary_ggz",
        "social_domain",
        "social_basis",
        "own_network",
        "none",
        "other",
        "unknown",
    ]
    assert all(outcome.explanation.endswith(".") for outcome in outcomes.values())


def test_a_profession_knows_its_group_and_register() -> None:
    professions = load_codes().professions

    assert professions["healthcare_psychologist"].register is RegisterType.BIG
    assert professions["healthcare_psychologist"].ggz_list
    assert professions["peer_worker"].group is DomainGroup.LIVED_EXPERIENCE
    assert professions["social_worker"].group is DomainGroup.SOCIAL
    assert not any(p.ggz_list for p in professions.values() if p.group is not DomainGroup.GGZ)


def test_a_domain_is_found_by_any_of_its_spellings() -> None:
    codes = load_codes()
    addiction = codes.domain_named("verslavingszorg")

    assert addiction is codes.domain_named("addiction") is codes.domains["addiction_care"]
    assert codes.domains["ggz"].shape is DomainShape.CIRCLE
    assert codes.domains["social_work"].shape is DomainShape.SQUARE
    assert codes.domains["lived_experience"].shape is DomainShape.TRIANGLE
    assert codes.domain_named("zoo") is None


def test_no_spelling_belongs_to_two_domains() -> None:
    spellings = [name for domain in load_codes().domains.values() for name in (domain.code, *domain.also)]

    assert len(spellings) == len(set(spellings))


def test_the_treeknorm_is_fourteen_weeks_of_four_and_ten() -> None:
    day = dt.date(2027, 7, 1)

    assert [
        norm(key, on=day).value
        for key in ("treeknorm_total", "treeknorm_registration", "treeknorm_treatment")
    ] == [
        14,
        4,
        10,
    ]
    assert norm("hosts_trained", on=day).value == Decimal("0.9")


def test_a_norm_holds_from_its_date() -> None:
    assert norm("first_conversation", on=dt.date(2025, 7, 1)).value == 14
    with pytest.raises(NormNotInForce):
        norm("first_conversation", on=dt.date(2025, 6, 30))


def test_an_unknown_norm_is_named() -> None:
    with pytest.raises(UnknownNorm) as caught:
        norm("longest_coffee_break", on=dt.date(2027, 7, 1))

    assert "longest_coffee_break" in caught.value.sentence()
