"""What is kept of a question that found nothing: what was looked for, and nothing of who looked. Pure.

Only words that Dutch knows are kept, in small letters, without names, numbers and addresses, at most eight
of them. What is rare enough to point at someone is not in the list of common words, and so it falls away.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from noaber.engines import language

NAMES = Path(__file__).with_name("names_left_out.txt")
LONGEST = 120
MOST_WORDS = 8
MONTHS_SHOWN = 12
ROOT = 5
"""So many first letters make a word of the same family: autisme and autisten."""
OPEN, TAKEN, SOLVED, WORDS = "open", "taken", "solved", "words"
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_NOT_A_WORD = re.compile(r"\S*[\d@_/\\]\S*|\b\w+\.(?:nl|com|org|example)\b")
_TITLE = re.compile(
    r"\b(meneer|mevrouw|mevr|mw|dhr|heer|heet|naam|dokter|buurman|buurvrouw)\b\.?"
    r"(?:\s+(?:is|van|de|der|den|ten|ter|'t|el|al|ben))*\s+\S+(?:\s+(?:van|de|der|den|ten|ter)\b)*",
    re.IGNORECASE,
)


@cache
def names() -> frozenset[str]:
    """First names and surnames that Dutch word lists know as words."""
    return frozenset(NAMES.read_text("utf-8").split())


def question_of(text: str, *, known: frozenset[str] = frozenset()) -> str:
    """The words of a question that may be kept; empty when nothing is left.

    `known` are words of the directory itself: terms and what people say for them.
    """
    plain = _TITLE.sub(" ", _NOT_A_WORD.sub(" ", text[:400]))
    kept = [word for word in map(str.lower, _WORD.findall(plain)) if _may_stay(word, known)]
    return " ".join(kept[:MOST_WORDS])[:LONGEST].rstrip()


def _may_stay(word: str, known: frozenset[str]) -> bool:
    if word in known or (len(word) >= ROOT and word[:ROOT] in _roots(known)):
        return True
    return word not in names() and language.is_known(word)


@cache
def _roots(known: frozenset[str]) -> frozenset[str]:
    return frozenset(word[:ROOT] for word in known if len(word) >= ROOT)


@dataclass(frozen=True, slots=True)
class Month:
    """How often something was missed in a month, and what the region did with it."""

    month: date
    times: int
    state: str


def state_of(months: Sequence[Month]) -> str:
    """How far the region is with a question: what was last done with it.

    A question that comes back after it was solved is open again: it was not solved for whoever asked.
    """
    last = OPEN
    for one in sorted(months, key=lambda m: m.month):
        if one.state != OPEN:
            last = one.state
        elif last == SOLVED:
            last = OPEN
    return last


def months_back(today: date, count: int = MONTHS_SHOWN) -> list[date]:
    """The first days of the last months, this one last."""
    found = []
    year, month = today.year, today.month
    for _n in range(count):
        found.append(date(year, month, 1))
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    return found[::-1]
