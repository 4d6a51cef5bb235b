"""A text into sentences and words, a word into syllables; abbreviations."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_DOTTED = re.compile(
    r"(?<![\w.])(?:[a-z]\.){2,5}|(?<!\w)(?:bijv|evt|incl|excl|ca|nr|resp|max|min|tel|afd|wo|dhr|mw|mevr|drs?|bv|nl)\.",
    re.IGNORECASE,
)
_CAPITALS = re.compile(r"(?<!\w)[A-Z]{2,6}(?!\w)")
_END = re.compile(r"[.!?…]+(?=[\s\"')\]]|$)|[\r\n]+|[;:](?=\s)")
_WORD = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿ]+(?:['’-][A-Za-zÀ-ÖØ-öø-ÿ]+)*")
_VOWELS = re.compile(
    r"aai|ooi|oei|eeu|ieu|aa|ee|oo|uu|eu|ie|ij|ei|au|ou|oe|ui|[aeiouyàáâäèéêëìíîïòóôöùúûü]", re.IGNORECASE
)
WELL_KNOWN = frozenset({"TV", "SMS", "PC", "EHBO", "NL", "EU", "VVE"})
"""Abbreviations that are words by now."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: small letters, where it stands, and whether it is the name of something."""

    plain: str
    start: int
    end: int
    is_name: bool = False


def sentences_of(text: str) -> list[list[Word]]:
    """The words of each sentence. A line break, a semicolon and a colon end one as well."""
    hidden = _DOTTED.sub(lambda found: found.group().replace(".", "\u2024"), text)
    sentences: list[list[Word]] = []
    begin = 0
    for end in [*(found.end() for found in _END.finditer(hidden)), len(text)]:
        words = [
            Word(found.group().lower(), found.start(), found.end(), n > 0 and found.group()[0].isupper())
            for n, found in enumerate(_WORD.finditer(text, begin, end))
        ]
        if words:
            sentences.append(words)
        begin = end
    return sentences


def abbreviations_in(text: str) -> list[str]:
    """Every abbreviation, in the order of the text; a text all in capitals has none."""
    found = [(one.start(), one.group()) for one in _DOTTED.finditer(text)]
    if not text.isupper():
        capitals = ((one.start(), one.group()) for one in _CAPITALS.finditer(text))
        found += [(start, word) for start, word in capitals if word not in WELL_KNOWN]
    return [word for _start, word in sorted(found)]


@lru_cache(maxsize=50_000)
def syllables(word: str) -> int:
    """How many syllables a Dutch word has: its groups of vowels, at least one."""
    return max(1, len(_VOWELS.findall(word)))
