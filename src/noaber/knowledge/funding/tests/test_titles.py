"""Which title time may be put under, and that the ggz part never reaches the IZA claim."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from noaber.knowledge.codes import DomainGroup
from noaber.knowledge.funding import NEVER_FOR_GGZ, Payer, check_titles, load_titles, titles_for
from noaber.knowledge.funding.titles import TABLE


def test_the_table_that_ships_is_right() -> None:
    assert check_titles() == ()


@pytest.mark.parametrize("year", range(2024, 2032))
def test_ggz_time_never_has_iza_or_spuk_as_its_payer(year: int) -> None:
    titles = titles_for(DomainGroup.GGZ, date(year, 6, 1))
    assert titles
    assert not {t.payer for t in titles} & NEVER_FOR_GGZ


@pytest.mark.parametrize("group", list(DomainGroup))
def test_every_group_has_a_title_on_every_day(group: DomainGroup) -> None:
    for day in (date(2025, 1, 1), date(2027, 12, 31), date(2028, 1, 1)):
        assert titles_for(group, day)


def test_a_title_holds_from_its_first_day_until_the_day_before_its_end() -> None:
    spuk = load_titles()["spuk_iza"]
    assert not spuk.holds("social", date(2023, 12, 31))
    assert spuk.holds("social", date(2024, 1, 1))
    assert spuk.holds("social", date(2027, 12, 31))
    assert not spuk.holds("social", date(2028, 1, 1))


def test_the_experiment_of_2025_follows_the_facultative_title_of_2024() -> None:
    def usual(day: date) -> str:
        return titles_for("ggz", day)[0].code

    assert usual(date(2024, 12, 31)) == "zvw_ggz_facultative"
    assert usual(date(2025, 1, 1)) == "zvw_ggz_conversation"


def test_a_table_that_puts_ggz_under_iza_is_refused_with_its_line(tmp_path: Path) -> None:
    text = TABLE.read_text("utf-8")
    wrong = "groups: [lived_experience, social, municipality, primary_care, other]"
    file = tmp_path / "titles.yaml"
    file.write_text(text.replace(wrong, wrong.replace("[", "[ggz, ")), encoding="utf-8")
    (problem,) = check_titles(file)
    assert problem.code == "contradiction"
    assert problem.line == 1 + text[: text.index(wrong)].count("\n")


def test_all_payers_have_a_word() -> None:
    from noaber.knowledge.funding import PAYER_WORDS

    assert set(PAYER_WORDS) == set(Payer)
