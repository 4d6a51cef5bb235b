"""Codes to read aloud, and the numbers we refuse."""

from __future__ import annotations

import pytest

from noaber.ground.identifiers import contains_bsn, is_bsn, new_id, new_reference, read_reference

SIGNS = "123456789ABCDEFGHJKMNPQRSTVWXYZ"


def test_a_reference_is_read_back_however_it_is_said() -> None:
    code = new_reference()
    assert read_reference(code) == code
    assert read_reference(code.lower().replace("-", " ")) == code
    assert read_reference(code.replace("1", "l")) == code


def test_one_wrong_sign_or_two_swapped_never_pass() -> None:
    code = new_reference().replace("-", "")
    for i in range(len(code)):
        for sign in set(SIGNS) - {code[i]}:
            assert read_reference(code[:i] + sign + code[i + 1 :]) is None
    for i in range(7):
        if code[i] != code[i + 1]:
            swapped = code[:i] + code[i + 1] + code[i] + code[i + 2 :]
            assert read_reference(swapped) is None


@pytest.mark.parametrize("text", ["", "12", "OOOO-OOOO-O", "1" * 20, "AAAA-AAAA-é"])
def test_what_is_no_reference_is_none(text: str) -> None:
    assert read_reference(text) is None


def test_keys_are_random_and_never_the_same() -> None:
    keys = {new_id() for _ in range(1000)}
    assert len(keys) == 1000
    assert {key.version for key in keys} == {4}


@pytest.mark.parametrize("text", ["111222333", "123456782"])
def test_nine_digits_that_pass_the_eleven_test_are_a_bsn(text: str) -> None:
    assert is_bsn(text)
    assert contains_bsn(f"zijn nummer is {text}, zei ze")
    assert contains_bsn(f"{text[:3]}.{text[3:6]}.{text[6:]}")
    assert contains_bsn(f"{text[:4]} {text[4:6]} {text[6:]}")


@pytest.mark.parametrize(
    "text", ["000000000", "11122233", "1112223330", "111222334", "١١١٢٢٢٣٣٣", "11122233a", "", "²11222333"]
)
def test_what_only_looks_like_a_bsn_is_none(text: str) -> None:
    assert not is_bsn(text)


def test_telephone_numbers_and_ordinary_words_are_let_through() -> None:
    assert not contains_bsn("bel 06-12345678 of kom op 12-03-2027 om 14.30 uur")
