"""Sets of documents as bits, 64 to a word: counting, joining and walking them. Compiled by numba."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from numba import njit

Bits = npt.NDArray[np.uint64]


def room(size: int) -> int:
    """How many words so many documents need."""
    return -(-size // 64)


def every(size: int) -> Bits:
    """A set with all of so many documents."""
    bits = np.full(room(size), ~np.uint64(0), dtype=np.uint64)
    if size % 64:
        bits[-1] = (np.uint64(1) << np.uint64(size % 64)) - np.uint64(1)
    return bits


def table(rows: npt.NDArray[Any], owners: npt.NDArray[Any], height: int, size: int) -> Bits:
    """One set a row, with the owners that stand beside the number of that row."""
    bits = np.zeros((height, room(size)), dtype=np.uint64)
    fill(bits, rows, owners)
    return bits


def before(bits: Bits) -> npt.NDArray[np.int32]:
    """For each word of each set how many documents stand in the words before it."""
    sizes = np.bitwise_count(bits).astype(np.int32)
    found: npt.NDArray[np.int32] = np.cumsum(sizes, axis=1, dtype=np.int32) - sizes
    return found


@njit(cache=True)
def fill(bits: Any, rows: Any, owners: Any) -> None:
    """Put each owner in the set of its row."""
    for i in range(len(rows)):
        put(bits[rows[i]], owners[i])


@njit(cache=True, inline="always")
def put(bits: Any, d: int) -> None:
    """Put one document in a set."""
    bits[d >> 6] |= np.uint64(1) << np.uint64(d & 63)


@njit(cache=True, inline="always")
def take(bits: Any, d: int) -> None:
    """Take one document out of a set."""
    bits[d >> 6] &= ~(np.uint64(1) << np.uint64(d & 63))


@njit(cache=True, inline="always")
def has(bits: Any, d: int) -> Any:
    """Whether a document is in a set."""
    return (bits[d >> 6] >> np.uint64(d & 63)) & np.uint64(1) != 0


@njit(cache=True, inline="always")
def ones(word: Any) -> Any:
    """How many bits of a word are set; the compiler knows this pattern and makes one instruction of it."""
    word = word - ((word >> np.uint64(1)) & np.uint64(0x5555555555555555))
    word = (word & np.uint64(0x3333333333333333)) + ((word >> np.uint64(2)) & np.uint64(0x3333333333333333))
    word = (word + (word >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return np.int64((word * np.uint64(0x0101010101010101)) >> np.uint64(56))


@njit(cache=True, inline="always")
def lowest(word: Any) -> Any:
    """The place of the lowest bit of a word that is not empty."""
    return ones((word & (~word + np.uint64(1))) - np.uint64(1))


@njit(cache=True)
def count(bits: Any) -> Any:
    """How many documents are in a set."""
    found = np.int64(0)
    for w in range(len(bits)):
        found += ones(bits[w])
    return found


@njit(cache=True)
def count_both(one: Any, other: Any) -> Any:
    """How many documents are in both sets."""
    found = np.int64(0)
    for w in range(len(one)):
        found += ones(one[w] & other[w])
    return found


@njit(cache=True)
def keep(bits: Any, others: Any) -> None:
    """Leave in the first what is also in the second."""
    for w in range(len(bits)):
        bits[w] &= others[w]


@njit(cache=True)
def join(bits: Any, others: Any) -> None:
    """Put into the first what is in the second."""
    for w in range(len(bits)):
        bits[w] |= others[w]


@njit(cache=True)
def members(bits: Any, out: Any) -> Any:
    """The documents of a set in order, in `out`; how many they are."""
    found = 0
    for w in range(len(bits)):
        word = bits[w]
        while word != 0:
            out[found] = (w << 6) + lowest(word)
            found += 1
            word &= word - np.uint64(1)
    return found
