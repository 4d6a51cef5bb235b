"""Telephone numbers as they are kept: ten digits, or a plus and the number abroad."""

from __future__ import annotations

import re

_NOT_DIGITS = re.compile(r"[^0-9+]")
SHORTEST_ABROAD, LONGEST_ABROAD = 9, 16
DUTCH = 10


def read_phone(text: str) -> str | None:
    """The number as it is kept, or None when it cannot be one."""
    digits = only_digits(text)
    plain = digits.removeprefix("+")
    if not (plain.isascii() and plain.isdigit()):
        return None
    abroad = digits.startswith("+") and SHORTEST_ABROAD <= len(digits) <= LONGEST_ABROAD
    return digits if abroad or (digits.startswith("0") and len(digits) == DUTCH) else None


def only_digits(text: str) -> str:
    """What was typed without spaces and dashes; +31 and 0031 become a zero."""
    digits = _NOT_DIGITS.sub("", text)
    for abroad in ("+31", "0031"):
        if digits.startswith(abroad):
            return "0" + digits.removeprefix(abroad).removeprefix("0")
    return digits
