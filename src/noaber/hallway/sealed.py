"""Fields that are sealed before they reach the database, and opened when they are read.

A copy of the database alone shows nobody's name or words. The keys come from `NOABER_FIELD_KEYS`, newest
first: a new key seals, older ones still open.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django import forms
from django.conf import settings
from django.core.exceptions import FieldError
from django.db import models
from django.db.models import Lookup
from django.db.models.lookups import Exact

from noaber.ground.errors import Unavailable


@lru_cache(maxsize=4)
def _keys(names: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(name.encode()) for name in names])


def seal(text: str) -> str:
    """The sealed form of `text`; twice the same text gives two different seals."""
    return _keys(tuple(settings.NOABER_FIELD_KEYS)).encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """What was sealed. A wrong or lost key fails with `cannot_unseal`."""
    try:
        return _keys(tuple(settings.NOABER_FIELD_KEYS)).decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise Unavailable(
            "cannot_unseal",
            happened="Dit kunnen wij nu niet laten zien.",
            why="De sleutel waarmee het is opgeborgen, past niet.",
            now_what="Bel de beheerder. Er is niets verloren.",
        ) from None


class _OnlyEmpty(Exact):
    """Equality with nothing. With anything else it would never match, because every seal differs."""

    def get_prep_lookup(self) -> Any:
        if self.rhs != "":
            raise FieldError("A sealed field cannot be searched; compare after reading.")
        return self.rhs


class SealedTextField(models.TextField):  # type: ignore[type-arg]  # Django itself knows no type arguments
    """Text that is sealed in the database. It cannot be searched or sorted there, on purpose."""

    def get_lookup(self, lookup_name: str) -> type[Lookup[Any]] | None:
        """Only whether it is filled: every other question would quietly find nothing."""
        if lookup_name == "exact":
            return _OnlyEmpty
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None

    def get_prep_value(self, value: Any) -> Any:
        """Seal on the way in; nothing stays nothing."""
        plain = super().get_prep_value(value)
        return plain if plain is None or plain == "" else seal(str(plain))

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        """Open on the way out."""
        return value if value is None or value == "" else unseal(value)


class SealedBytesField(models.BinaryField):  # type: ignore[type-arg]  # Django itself knows no type arguments
    """Bytes of text that are sealed in the database, such as a calendar entry with somebody's address."""

    def get_prep_value(self, value: Any) -> Any:
        """Seal on the way in; nothing stays nothing."""
        plain = super().get_prep_value(value)
        return None if plain is None else seal(bytes(plain).decode()).encode("ascii")

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> bytes | None:
        """Open on the way out."""
        return None if value is None else unseal(bytes(value).decode("ascii")).encode()


class SealedCharField(SealedTextField):
    """A short sealed text, such as a name or a number. Forms ask it on one line."""

    def formfield(self, **kwargs: Any) -> Any:
        """One line, where a longer text gets a box."""
        return super().formfield(**{"widget": forms.TextInput, **kwargs})
