"""Sealed fields, without a database: what goes in and what comes out."""

from __future__ import annotations

import time

import pytest
from cryptography.fernet import Fernet
from django import forms
from django.core.exceptions import FieldError
from django.test import override_settings

from noaber.ground.errors import Kind, NoaberError
from noaber.hallway.sealed import SealedCharField, SealedTextField, seal, unseal


def test_what_is_sealed_cannot_be_read_and_opens_again() -> None:
    sealed = seal("Ik slaap slecht — al weken. Çelik-Öztürk 🌷")
    assert "slaap" not in sealed
    assert unseal(sealed) == "Ik slaap slecht — al weken. Çelik-Öztürk 🌷"


def test_the_same_words_give_another_seal_each_time() -> None:
    assert seal("Almelo") != seal("Almelo")


def test_an_old_key_still_opens_and_a_new_key_seals() -> None:
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    with override_settings(NOABER_FIELD_KEYS=[old]):
        sealed = seal("woorden")
    with override_settings(NOABER_FIELD_KEYS=[new, old]):
        assert unseal(sealed) == "woorden"
        renewed = seal("woorden")
    with override_settings(NOABER_FIELD_KEYS=[new]):
        assert unseal(renewed) == "woorden"


@pytest.mark.parametrize("damage", ["", "x", "geen zegel", "é"])
def test_a_broken_seal_fails_by_name_and_shows_nothing(damage: str) -> None:
    sealed = seal("woorden")
    with pytest.raises(NoaberError) as failed:
        unseal(sealed[:-4] + damage)
    assert (failed.value.code, failed.value.kind) == ("cannot_unseal", Kind.UNAVAILABLE)
    assert sealed not in failed.value.sentence()


def test_a_lost_key_fails_the_same_way() -> None:
    sealed = seal("woorden")
    other = Fernet.generate_key().decode()
    with override_settings(NOABER_FIELD_KEYS=[other]), pytest.raises(NoaberError, match="cannot_unseal"):
        unseal(sealed)


@pytest.mark.parametrize("field", [SealedTextField(), SealedCharField()])
def test_a_field_seals_on_the_way_in_and_opens_on_the_way_out(field: SealedTextField) -> None:
    stored = field.get_prep_value("Fatma")
    assert stored != "Fatma"
    assert field.from_db_value(stored, None, None) == "Fatma"
    assert [field.get_prep_value(nothing) for nothing in (None, "")] == [None, ""]
    assert [field.from_db_value(nothing, None, None) for nothing in (None, "")] == [None, ""]


def test_searching_a_sealed_field_is_refused_instead_of_finding_nothing() -> None:
    field = SealedTextField()
    for name in ("contains", "icontains", "in", "startswith", "gt", "regex"):
        assert field.get_lookup(name) is None
    exact, isnull = field.get_lookup("exact"), field.get_lookup("isnull")
    assert exact is not None
    assert isnull is not None
    with pytest.raises(FieldError):
        exact(_column(field), "Fatma")
    assert exact(_column(field), "").rhs == ""


def _column(field: SealedTextField) -> object:
    class Column:
        output_field = field

    return Column()


def test_a_short_sealed_text_is_asked_on_one_line() -> None:
    short, long = SealedCharField().formfield(), SealedTextField().formfield()
    assert isinstance(short, forms.CharField)
    assert not isinstance(short.widget, forms.Textarea)
    assert isinstance(long, forms.CharField)
    assert isinstance(long.widget, forms.Textarea)


def test_a_thousand_rows_open_in_a_blink() -> None:
    sealed = [seal(f"rij {i}") for i in range(1000)]
    began = time.perf_counter()
    assert [unseal(row) for row in sealed][-1] == "rij 999"
    assert time.perf_counter() - began < 0.5
