"""Identifiers: what things are called between rooms, and numbers that must not be kept.

Keys are random (UUID version 4): a key tells nothing about when or by whom a thing was made, and
guessing the next one is hopeless. On the telephone people use a short code with a check letter.
"""

from __future__ import annotations

import re
import secrets
from typing import NewType
from uuid import UUID, uuid4

RegionKey = NewType("RegionKey", str)
MunicipalityCode = NewType("MunicipalityCode", str)
OrganisationId = NewType("OrganisationId", UUID)
TeamId = NewType("TeamId", UUID)
ProfessionalId = NewType("ProfessionalId", UUID)
MembershipId = NewType("MembershipId", UUID)
ResidentId = NewType("ResidentId", UUID)
HelpRequestId = NewType("HelpRequestId", UUID)
ReferralId = NewType("ReferralId", UUID)
ConversationId = NewType("ConversationId", UUID)

# 31 signs, a prime: no 0, O, I, L or U, so no two signs that are mistaken for each other.
_ALPHABET = "123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOKALIKES = str.maketrans({"I": "1", "L": "1", "-": "", " ": ""})
_NINE_DIGITS = re.compile(r"(?<![0-9])[0-9](?:[ .\-]?[0-9]){8}(?![0-9])")


def new_id() -> UUID:
    """A fresh random key."""
    return uuid4()


def new_reference() -> str:
    """A code to read aloud, such as ``7K3F-9Q2M-4``: about 40 random bits and a check sign."""
    signs = "".join(secrets.choice(_ALPHABET) for _ in range(8))
    return f"{signs[:4]}-{signs[4:]}-{_check_sign(signs)}"


def read_reference(text: str) -> str | None:
    """The code as it was given out, or None when a sign was misheard or two were swapped.

    Small letters, spaces, dashes and I or L for 1 are forgiven.
    """
    plain = text.upper().translate(_LOOKALIKES)
    signs, check = plain[:8], plain[8:]
    if len(plain) != 9 or any(sign not in _ALPHABET for sign in plain) or check != _check_sign(signs):
        return None
    return f"{signs[:4]}-{signs[4:]}-{check}"


def _check_sign(signs: str) -> str:
    """Weighted sum modulo 31: one wrong sign or two swapped neighbours always show."""
    total = sum(weight * _ALPHABET.index(sign) for weight, sign in enumerate(signs, start=1))
    return _ALPHABET[total % 31]


def is_bsn(text: str) -> bool:
    """Whether these nine ASCII digits pass the eleven test of a citizen service number (BSN).

    Noaber stores no BSN; this is here to refuse one that is typed into a text field.
    """
    if len(text) != 9 or not (text.isascii() and text.isdigit()) or text == "000000000":
        return False
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return sum(w * int(d) for w, d in zip(weights, text, strict=True)) % 11 == 0


def contains_bsn(text: str) -> bool:
    """Whether free text holds something that passes as a BSN, dots, dashes and spaces forgiven."""
    return any(is_bsn(re.sub(r"[^0-9]", "", found.group())) for found in _NINE_DIGITS.finditer(text))
