"""Names and streets compare as people would, and their fingerprints say nothing."""

from __future__ import annotations

import unicodedata

import pytest

from noaber.hallway.audit.fingerprints import name_mark, street_mark, street_marks, surname_marks, surnames_in


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jan de Vries", "Fatma Vries"),
        ("Jan van der Berg", "Els Berg-Jansen"),
        ("Jan Jansen-de Vries", "Piet de Vries"),
        ("Jan Jansen - van Dijk", "Piet van Dyk"),
        ("Els Bakker e/v Smit", "Karel Smit"),
        ("Els Bakker geb. Smit", "Karel Smit"),
        ("de Vries, Jan", "Anna Maria de Vries"),
        ("Henk Oude Vrielink", "Ria Oude Vrielink"),
        ("Jan 't Hart", "Piet Hart"),
        ("Fatma Yılmaz", "Mehmet YILMAZ"),
        ("Zoë Coëlho", unicodedata.normalize("NFD", "Ana Coëlho")),
        ("José Muñoz", "Ana Munoz"),
        ("Said El Amrani", "Nora Amrani"),
        ("J. ten Broeke", "Kees Ten Broeke"),
    ],
)
def test_the_same_surname_is_seen_however_it_is_written(one: str, other: str) -> None:
    assert surnames_in(one) & surnames_in(other), (surnames_in(one), surnames_in(other))
    assert surname_marks(one) & surname_marks(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jan de Vries", "Jan de Boer"),
        ("Henk Oude Vrielink", "Ria Vrielink"),
        ("Jan Jansen", "Jansen Bakker"),
        ("Anna van den Berg", "Anna van den Heuvel"),
        ("Jan", "Piet"),
        ("", ""),
        ("van", "de"),
    ],
)
def test_another_surname_stays_another(one: str, other: str) -> None:
    assert not surnames_in(one) & surnames_in(other) - {""}


def test_a_whole_name_is_the_same_in_any_order_and_case() -> None:
    assert name_mark("Karel Post") == name_mark("post, KAREL ") != name_mark("Karel Postma")


@pytest.mark.parametrize(
    "address",
    [
        "Fatma Yilmaz\nDorpsstraat 12\n7607 AB Almelo",
        "Dorpsstraat 3b, 7607ZX Almelo",
        "F. Yilmaz\nDorpsstr. 100-2\n7607 CD  ALMELO",
    ],
)
def test_a_street_is_the_same_whatever_the_number(address: str) -> None:
    assert street_marks(address) == {street_mark("Dorpsstraat", "7607 EE")}


@pytest.mark.parametrize("address", ["", "Almelo", "Dorpsstraat 12", "7607 AB Almelo", "\x00\n,,,"])
def test_half_an_address_gives_no_street(address: str) -> None:
    assert street_marks(address) == frozenset()


def test_the_same_street_in_another_town_is_another_street() -> None:
    assert street_mark("Dorpsstraat", "7607 AB") != street_mark("Dorpsstraat", "7500 AB")


def test_a_fingerprint_does_not_hold_the_name() -> None:
    assert "post" not in name_mark("Karel Post")
    assert len(name_mark("Karel Post")) == 64
