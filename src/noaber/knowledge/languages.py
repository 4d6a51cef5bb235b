"""The languages in which a conversation can be asked for, by their ISO 639 codes, with their Dutch names."""

from __future__ import annotations

LANGUAGES: tuple[tuple[str, str], ...] = (
    ("nl", "Nederlands"),
    ("ar", "Arabisch"),
    ("syr", "Aramees (Suryoyo)"),
    ("de", "Duits"),
    ("en", "Engels"),
    ("uk", "Oekraïens"),
    ("fa", "Perzisch"),
    ("pl", "Pools"),
    ("ti", "Tigrinya"),
    ("tr", "Turks"),
)
_NAMES = dict(LANGUAGES)


def language_name(code: str) -> str:
    """'Nederlands' for 'nl'; the code itself for a language that this table does not know."""
    return _NAMES.get(code, code)
