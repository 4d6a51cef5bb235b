"""A cell is never a formula, and what was guarded comes back as it was."""

from hypothesis import given
from hypothesis import strategies as st

from noaber.ground.safe_csv import plain_cell, safe_cell

TEXTS = st.text() | st.text(alphabet="'=+-@ ab\t", max_size=6)


@given(TEXTS)
def test_what_was_guarded_comes_back_as_it_was(text: str) -> None:
    assert plain_cell(safe_cell(text)) == text


@given(TEXTS)
def test_no_cell_begins_a_formula(text: str) -> None:
    assert not safe_cell(text).lstrip(" \u00a0").startswith(("=", "+", "-", "@"))


def test_a_phone_number_survives_a_file_of_somebody_else() -> None:
    assert plain_cell("+31 53 000 0000") == "+31 53 000 0000"
    assert plain_cell("'s-Gravesande") == "'s-Gravesande"
