"""Whether words of a visitor hold something of a person: then she is asked to leave it out. Pure.

A guard against mistakes, not a proof: it knows numbers and addresses for sure, names only by how they stand.
"""

from __future__ import annotations

import re

_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")
_DIGITS = re.compile(r"(?<![\d:.])(?:\+31|0031|0)?[\s(/-]*(?:\d[\s)/-]{0,2}){8,10}(?!\d)")
_NINE = re.compile(r"(?<!\d)(?:\d[ .-]?){8}\d(?!\d)")
_TITLED = re.compile(
    r"\b(?:meneer|mevrouw|mevr\.?|mw\.?|dhr\.?|heer|dokter|dr\.?|buurman|buurvrouw"
    r"|mijn (?:man|vrouw|zoon|dochter|moeder|vader|broer|zus))"
    r"\s+(?:van |de |der |den |ten |ter |'t )*[A-ZÀ-Ý][\w'-]+",
)
_I_AM = re.compile(
    r"\b(?:ik heet|mijn naam is|met vriendelijke groet,?|groetjes,?|groet,?|my name is|adım|nazywam się"
    r"|мене звати)"
    r"\s*[A-ZÀ-ÝА-ЯІЇЄ][\w'-]+",
    re.IGNORECASE,
)
_BORN = re.compile(r"\b(?:geboren|geboortedatum)\b[^.]{0,20}\d", re.IGNORECASE)

PHONE, MAIL, BSN, NAME, BIRTH = "phone", "mail", "bsn", "name", "birth"


def found_in(text: str, *, known: str = "") -> frozenset[str]:
    """What sorts of personal data these words seem to hold. `known`: digits that are public here, such as the
    number of the entry itself."""
    found: set[str] = set()
    if _MAIL.search(text):
        found.add(MAIL)
    public = _only_digits(known)
    for match in _DIGITS.finditer(text):
        digits = _only_digits(match.group())
        if not 9 <= len(digits) <= 13 or (public and digits.endswith(public[-9:])):
            continue
        found.add(PHONE)
    for match in _NINE.finditer(text):
        if is_bsn(_only_digits(match.group())):
            found.add(BSN)
            found.discard(PHONE)
    if _TITLED.search(text) or _I_AM.search(text):
        found.add(NAME)
    if _BORN.search(text):
        found.add(BIRTH)
    return frozenset(found)


def is_bsn(digits: str) -> bool:
    """Whether nine digits pass the eleven test of the Dutch citizen service number."""
    if len(digits) != 9 or not digits.isascii() or not digits.isdigit() or digits == "000000000":
        return False
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return sum(weight * int(digit) for weight, digit in zip(weights, digits, strict=True)) % 11 == 0


def _only_digits(text: str) -> str:
    return "".join(sign for sign in text if sign.isascii() and sign.isdigit())
