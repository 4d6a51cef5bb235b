"""Pure decisions about offers: which comes first, and what a mistyped word may have meant."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches

NEAREST_FIRST = (
    "social_basis",
    "lived_experience",
    "group",
    "digital",
    "social_domain",
    "primary_care",
    "own_network",
    "other",
    "ggz_monodisciplinary",
    "ggz_multidisciplinary",
)
"""The lightest and nearest kinds of help first."""

STALE_AFTER_DAYS = 180
LONGEST_SEARCH = 80
MOST_WORDS = 6
_WORD = re.compile(r"\w{3,}")


def nearness(kind: str) -> int:
    """The place of a kind in `NEAREST_FIRST`; unknown kinds come last."""
    return NEAREST_FIRST.index(kind) if kind in NEAREST_FIRST else len(NEAREST_FIRST)


def plain(text: str) -> str:
    """Small letters without accents, so that 'cafe' finds 'Café'."""
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def words_in(text: str) -> list[str]:
    """The words to look for, at most `MOST_WORDS` of them. Signs that are no letter or digit fall out."""
    return re.findall(r"\w+", plain(text[:LONGEST_SEARCH]))[:MOST_WORDS]


def matches(wanted: Iterable[str], text: str) -> bool:
    """Whether each wanted word stands somewhere in the text, also as part of a longer word."""
    there = plain(text)
    return all(word in there for word in wanted)


def meant(text: str, known: Iterable[str]) -> str:
    """The words that a visitor may have meant when nothing was found; empty when nothing comes near."""
    vocabulary = sorted({word for line in known for word in _WORD.findall(plain(line))})
    better: list[str] = []
    changed = False
    for word in words_in(text):
        near = [word] if word in vocabulary else get_close_matches(word, vocabulary, n=1, cutoff=0.72)
        better += near or [word]
        changed |= bool(near) and near != [word]
    return " ".join(better) if changed else ""


def is_stale(checked_on: date | None, *, today: date) -> bool:
    """Whether nobody looked for more than half a year, or ever, if this is still true."""
    return checked_on is None or (today - checked_on).days > STALE_AFTER_DAYS
