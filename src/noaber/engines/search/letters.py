"""The loops of repair: nearness of words in letters and in sound. Compiled by numba and kept on disk."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

LONGEST = 40
"""Letters of the longest word that is repaired."""

HEAD = 16
"""So many first bits of a number tell where to look for it."""

_BASIS = np.uint64(14695981039346656037)
_PRIME = np.uint64(1099511628211)


@njit(cache=True)
def _hash_without(row: Any, start: int, end: int, skip_a: int, skip_b: int) -> Any:
    value = _BASIS
    for i in range(start, end):
        if i != skip_a and i != skip_b:
            value = (value ^ np.uint64(row[i])) * _PRIME
    return value


@njit(cache=True)
def delete_table(rows: Any, starts: Any) -> Any:
    """Numbers of every key with 0, 1 or 2 signs left out, sorted; the word that each belongs to; and where
    the numbers that begin alike begin.
    """
    words = len(starts) - 1
    size = 0
    for w in range(words):
        n = starts[w + 1] - starts[w]
        size += 1 + n + (n * (n - 1) // 2 if n >= 4 else 0)
    keys = np.empty(size, dtype=np.uint64)
    owners = np.empty(size, dtype=np.int32)
    at = 0
    for w in range(words):
        start, end = starts[w], starts[w + 1]
        keys[at] = _hash_without(rows, start, end, -1, -1)
        owners[at] = w
        at += 1
        for i in range(start, end):
            keys[at] = _hash_without(rows, start, end, i, -1)
            owners[at] = w
            at += 1
            if end - start >= 4:
                for j in range(i + 1, end):
                    keys[at] = _hash_without(rows, start, end, i, j)
                    owners[at] = w
                    at += 1
    order = np.argsort(keys)
    keys, owners = keys[order], owners[order]
    heads = np.zeros((1 << HEAD) + 1, dtype=np.int32)
    for at in range(size):
        heads[np.int64(keys[at] >> np.uint64(64 - HEAD)) + 1] += 1
    for head in range(1 << HEAD):
        heads[head + 1] += heads[head]
    return keys, owners, heads


@njit(cache=True)
def _distance(a: Any, a0: int, an: int, b: Any, b0: int, bn: int, limit: float, lines: Any) -> float:
    """Damerau-Levenshtein (adjacent swaps) between two stretches of letters; above the limit it may stop
    early.
    """
    if abs(an - bn) > limit + 1:
        return 99.0
    two, one, now = lines[0], lines[1], lines[2]
    for j in range(bn + 1):
        one[j] = j
        two[j] = 99.0
    for i in range(1, an + 1):
        now[0] = i
        best = now[0]
        for j in range(1, bn + 1):
            cost = 0.0 if a[a0 + i - 1] == b[b0 + j - 1] else 1.0
            value = min(one[j] + 1.0, now[j - 1] + 1.0, one[j - 1] + cost)
            if (
                i > 1
                and j > 1
                and a[a0 + i - 1] == b[b0 + j - 2]
                and a[a0 + i - 2] == b[b0 + j - 1]
                and two[j - 2] + 1.0 < value
            ):
                value = two[j - 2] + 1.0
            now[j] = value
            best = min(best, value)
        if best > 2.0 * limit + 2.0:
            return 99.0
        two, one, now = one, now, two
    return float(one[bn])


@njit(cache=True)
def _cost(
    word: Any, heard: Any, rows: Any, starts: Any, keys: Any, key_starts: Any, w: int, limit: float,
    lines: Any,
) -> float:  # fmt: skip
    """Half the distance in letters and half that in sound; one slip of the finger never costs more than 1."""
    n, m = starts[w + 1] - starts[w], key_starts[w + 1] - key_starts[w]
    by_sound = _distance(heard, 0, len(heard), keys, key_starts[w], m, limit, lines)
    by_letter = _distance(word, 0, len(word), rows, starts[w], n, limit, lines)
    if by_letter <= 1.0:
        return min(1.0, 0.5 * by_sound + 0.5 * by_letter)
    if 0.5 * by_sound > limit:
        return 99.0
    return float(0.5 * by_sound + 0.5 * min(by_letter, by_sound + 1.5))


@njit(cache=True)
def near(
    word: Any,
    heard: Any,
    rows: Any,
    starts: Any,
    keys: Any,
    key_starts: Any,
    table: Any,
    owners: Any,
    heads: Any,
    limit: float,
) -> Any:
    """The words that share a number with this one and lie within the limit, and their costs."""
    n = len(heard)
    found = np.empty(4096, dtype=np.int32)
    count = 0
    for i in range(-1, n):
        for j in range(i, n):
            if i < 0 <= j:
                break
            if j > i and n < 4:
                break
            value = _hash_without(heard, 0, n, i, j)
            head = np.int64(value >> np.uint64(64 - HEAD))
            at, end = heads[head], heads[head + 1]
            while at < end and table[at] < value:
                at += 1
            while at < end and table[at] == value and count < len(found):
                found[count] = owners[at]
                count += 1
                at += 1
    some = np.unique(found[:count])
    costs, lines = np.empty(len(some)), np.empty((3, 2 * LONGEST + 4))
    kept = 0
    for k in range(len(some)):
        cost = _cost(word, heard, rows, starts, keys, key_starts, some[k], limit, lines)
        if cost <= limit:
            some[kept] = some[k]
            costs[kept] = cost
            kept += 1
    return some[:kept], costs[:kept]


@njit(cache=True)
def near_each(word: Any, heard: Any, rows: Any, starts: Any, keys: Any, key_starts: Any, limit: float) -> Any:
    """As `near`, for a short list of words that stand in no table."""
    words = len(starts) - 1
    some = np.empty(words, dtype=np.int32)
    costs, lines = np.empty(words), np.empty((3, 2 * LONGEST + 4))
    kept = 0
    for w in range(words):
        cost = _cost(word, heard, rows, starts, keys, key_starts, w, limit, lines)
        if cost <= limit:
            some[kept] = w
            costs[kept] = cost
            kept += 1
    return some[:kept], costs[:kept]
