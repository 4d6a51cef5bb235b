"""What is known of Dutch words: how common they are, which are hard and what is easier."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from math import log10
from pathlib import Path

import yaml
from wordfreq import get_frequency_dict

EASIER = Path(__file__).parent / "easier.yaml"
UNKNOWN = 1.0
"""Zipf of a word that the list of common words does not have."""
BECOME = frozenset({"word", "wordt", "worden", "werd", "werden"})
ABSTRACT = (
    "ing",
    "ingen",
    "heid",
    "heden",
    "atie",
    "aties",
    "iteit",
    "iteiten",
    "ment",
    "menten",
    "isme",
    "schap",
)
_PARTICIPLE = re.compile(r"(?:\w{2,5})?ge\w{2,}(?:d|t|en)|(?:be|ver|ont|her|er|over|onder)\w{2,}(?:d|t|en)")
_FAMILIAR_PART = 4.2
_SHORTEST_PART = 4


@cache
def _common() -> Mapping[str, float]:
    return {word: log10(share) + 9 for word, share in get_frequency_dict("nl", "small").items()}


@lru_cache(maxsize=50_000)
def zipf(word: str) -> float:
    """How common a word is: 3 once in a million words, 6 once in a thousand.

    A word of two common words, such as 'buurthuis', reads as a little rarer than the rarest of the two.
    """
    known = _common().get(word)
    if known is not None:
        return known
    parts = [part for part in word.split("-") if part]
    if len(parts) > 1:
        return min(zipf(part) for part in parts)
    return max(
        (_halves(word, cut) for cut in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1)), default=UNKNOWN
    )


def _halves(word: str, cut: int) -> float:
    common = _common()
    tail = common.get(word[cut:], 0.0)
    if tail < _FAMILIAR_PART:
        return UNKNOWN
    heads = (
        word[:cut],
        word[: cut - 1] if word[cut - 1] == "s" else "",
        word[: cut - 2] if word[cut - 2 : cut] == "en" else "",
    )
    head = max(common.get(one, 0.0) for one in heads if len(one) >= _SHORTEST_PART - 1) if any(heads) else 0.0
    return min(head, tail) - 0.3 if head >= _FAMILIAR_PART else UNKNOWN


def is_participle(word: str) -> bool:
    """Whether a word looks like a past participle ('gedaan', 'verstuurd', 'opgehaald')."""
    return len(word) > 4 and _PARTICIPLE.fullmatch(word) is not None


@cache
def easier_words() -> Mapping[str, str]:
    """Hard words and phrases, in small letters, with what is easier."""
    table = yaml.safe_load(EASIER.read_text("utf-8"))
    return {str(hard).casefold(): str(easy) for hard, easy in table["words"].items()}


@cache
def _listed() -> re.Pattern[str]:
    longest_first = sorted(easier_words(), key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)", re.IGNORECASE)


def listed_in(text: str) -> Iterator[tuple[int, int, str]]:
    """Where the hard words of our list stand in a text, with the easier one."""
    for found in _listed().finditer(text):
        easier = easier_words().get(found.group().casefold())
        if easier is not None:
            yield found.start(), found.end(), easier


def is_known(word: str) -> bool:
    """Whether Dutch knows this word, or both halves of it."""
    return zipf(word.casefold()) > UNKNOWN
