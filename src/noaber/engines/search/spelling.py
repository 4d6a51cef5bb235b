"""Finds the word that was meant: near in letters and in sound, and common.

Every known word is kept under its sound key and under that key with one or two signs left out (after the
symmetric delete of Garbe, 2012), as sorted numbers. A mistyped word is treated the same; what shares a
number is a candidate. Candidates are weighed by the Damerau-Levenshtein distance in letters and in sound.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import pairwise
from math import log10

import numpy as np

from noaber.engines.search import letters
from noaber.engines.search.sounds import sound

SHORTEST = 4
_FIRST_LETTER = 0.3
_COMMON = 0.2
_SLIP = 0.25
"""What it takes off when the finger hit the key beside."""
_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_BESIDE = frozenset(
    pair
    for row in _KEYS
    for one, two in pairwise(row)
    for pair in (one + two, two + one)
) | frozenset(
    pair
    for above, below in pairwise(_KEYS)
    for at, one in enumerate(below)
    for two in above[at : at + 2]
    for pair in (one + two, two + one)
)  # fmt: skip


def furthest(length: int) -> float:
    """How far a word of this length may lie from what was typed: one letter in a short word, two in a long
    one.
    """
    if length < SHORTEST:
        return 0.0
    if length < 6:
        return 1.0
    return 1.6 if length < 9 else 2.1


class Speller:
    """Words that can be meant. Words can be added; they stay."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = [word for word in dict.fromkeys(words) if 2 < len(word) <= letters.LONGEST]
        self._known = set(self._words)
        self._fresh: list[str] = []
        self._letters, self._sounds = _as_rows(self._words), _as_rows([sound(word) for word in self._words])
        self._keys, self._owners, self._heads = letters.delete_table(*self._sounds)

    def add(self, words: Iterable[str]) -> None:
        """More words that can be meant. Many at once make the table anew."""
        for word in words:
            if word not in self._known and 2 < len(word) <= letters.LONGEST:
                self._known.add(word)
                self._fresh.append(word)
        if len(self._fresh) > 200:
            every = self._words + self._fresh
            Speller.__init__(self, every)

    def nearest(self, word: str, count_of: Callable[[str], int], most: int = 3) -> list[tuple[str, float]]:
        """At most `most` words that may be meant with their cost, nearest first; those of which count is 0
        are left out.

        Cost 1 is one letter wrong; a common word comes before a rare one that is as near.
        """
        limit = furthest(len(word))
        if not limit or len(word) > letters.LONGEST:
            return []
        typed, heard = _row(word), _row(sound(word))
        found = [
            (self._words[i], float(cost))
            for i, cost in zip(
                *letters.near(
                    typed, heard, *self._letters, *self._sounds, self._keys, self._owners, self._heads, limit
                ),
                strict=True,
            )
        ]
        if self._fresh:
            rows, keys = _as_rows(self._fresh), _as_rows([sound(one) for one in self._fresh])
            found += [
                (self._fresh[i], float(cost))
                for i, cost in zip(*letters.near_each(typed, heard, *rows, *keys, limit), strict=True)
            ]
        weighed = []
        for other, cost in found:
            count = count_of(other)
            if not count or (len(other) < SHORTEST and other[0] != word[0]):
                continue
            cost += _FIRST_LETTER if other[0] != word[0] and sound(other)[:1] != sound(word)[:1] else 0.0
            cost -= _SLIP if cost >= 1.0 and _slipped(word, other) else 0.0
            if cost <= limit:
                weighed.append((cost - _COMMON * log10(1 + count), cost, other))
        weighed.sort(key=lambda one: (one[0], one[2]))
        best = weighed[0][0] if weighed else 0.0
        return [(other, cost) for sort, cost, other in weighed[:most] if sort <= best + 0.6]


def _slipped(word: str, other: str) -> bool:
    """Whether one letter differs and its key lies beside the right one."""
    if len(word) != len(other):
        return False
    wrong = [one + two for one, two in zip(word, other, strict=True) if one != two]
    return len(wrong) == 1 and wrong[0] in _BESIDE


def _row(word: str) -> np.ndarray:
    return np.frombuffer(word.encode("ascii", "replace"), dtype=np.uint8)


def _as_rows(words: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """All letters behind one another, and where each word begins."""
    encoded = [word.encode("ascii", "replace") for word in words]
    starts = np.zeros(len(words) + 1, dtype=np.int64)
    np.cumsum([len(one) for one in encoded], out=starts[1:])
    return np.frombuffer(b"".join(encoded), dtype=np.uint8), starts
