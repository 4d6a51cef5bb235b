"""A stretch of the index that no longer changes, but for which documents are still alive."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from math import cos, radians, sin

import numpy as np
import numpy.typing as npt

from noaber.engines.search import kernel
from noaber.engines.search.errors import BadSearch
from noaber.engines.search.model import Document
from noaber.engines.search.vocabulary import Vocabulary
from noaber.engines.search.words import telling, words_of

TITLE, TEXT, WORDS, LAY = 8, 4, 4, 2
"""What a word counts for, in halves; a part of a compound counts half of that."""
LAY_LENGTH = 0.25
"""How much a lay word adds to the length of a document."""

EARTH_KM = 6371.0088
_LAST_STAMP = 2**32 - 1024


class Facets:
    """Numbers for the codes of facets and for their taxonomies."""

    def __init__(self) -> None:
        self.codes: dict[str, int] = {}
        self.names: list[str] = []
        self.taxonomies: dict[str, int] = {}
        self.taxonomy = np.zeros(0, dtype=np.int64)

    def number(self, code: str) -> int:
        """The number of a code, new or known."""
        known = self.codes.get(code)
        if known is None:
            known = self.codes[code] = len(self.names)
            self.names.append(code)
            name = code.partition(":")[0]
            number = self.taxonomies.setdefault(name, len(self.taxonomies))
            if number >= kernel.MOST_TAXONOMIES:
                raise BadSearch(
                    "facets",
                    happened=f"meer dan {kernel.MOST_TAXONOMIES} taxonomieën.",
                    now_what="Voeg er samen.",
                )
            self.taxonomy = np.append(self.taxonomy, np.int64(number))
        return known


@dataclass(frozen=True, slots=True)
class Read:
    """A document as numbers: its words with their weights in order, and how many there are."""

    words: npt.NDArray[np.int32]
    weights: npt.NDArray[np.int32]
    length: float


def read_document(document: Document, vocabulary: Vocabulary) -> Read:
    """Tell the words of a document apart."""
    numbers: list[int] = []
    weights: list[int] = []
    length = 0.0
    fields = ((document.title, TITLE), (document.text, TEXT), (document.words, WORDS), (document.lay, LAY))
    for text, weight in fields:
        found = telling(words_of(text))
        numbers += [vocabulary.word(word) for word in found]
        weights += [weight] * len(found)
        length += len(found) * (LAY_LENGTH if weight == LAY else 1.0)
    return Read(np.array(numbers, dtype=np.int32), np.array(weights, dtype=np.int32), length)


class Segment:
    """Documents as arrays. `alive` is the only thing that changes."""

    def __init__(
        self, documents: Sequence[Document], reads: Sequence[Read], vocabulary: Vocabulary, facets: Facets
    ) -> None:
        self.keys = [document.key for document in documents]
        n = len(documents)
        self.size = n
        self.place: Mapping[str, int] = {key: i for i, key in enumerate(self.keys)}
        self.alive = np.ones(n, dtype=np.uint8)
        self.length = np.array([read.length for read in reads], dtype=np.float32)
        self.factor = np.array([_factor(document) for document in documents], dtype=np.float32)
        self.rank = np.array([document.rank for document in documents], dtype=np.int64)
        self.tie = np.array([_tie(key) for key in self.keys], dtype=np.uint64)
        self._lay_postings(reads, vocabulary)
        self._lay_points(documents)
        rows = [[facets.number(code) for code in sorted(document.facets)] for document in documents]
        self.fstart = _starts([len(row) for row in rows])
        self.fcode = np.array([code for row in rows for code in row], dtype=np.int32)
        self._lay_bits(facets)
        self.stamp = 0
        self.seen = np.zeros(n, dtype=np.uint32)
        self.acc, self.cur = np.zeros(n, dtype=np.float32), np.zeros(n, dtype=np.float32)
        self.cnt, self.out = np.zeros(n, dtype=np.uint8), np.zeros(n, dtype=np.int32)
        self.every = np.arange(n, dtype=np.int32)

    def _lay_postings(self, reads: Sequence[Read], vocabulary: Vocabulary) -> None:
        """One list per stem: which documents have it, and how much it counts there."""
        n = max(self.size, 1)
        words = np.concatenate([read.words for read in reads] or [np.zeros(0, np.int32)])
        weights = np.concatenate([read.weights for read in reads] or [np.zeros(0, np.int32)])
        owner = np.repeat(np.arange(self.size), [len(read.words) for read in reads])
        full = np.array(vocabulary.full, dtype=np.int64)
        keys, counts = [full[words] * n + owner], [weights]
        part_starts = _starts([len(parts) for parts in vocabulary.parts])
        part_terms = np.array([term for parts in vocabulary.parts for term in parts], dtype=np.int64)
        per_word = np.diff(part_starts)[words]
        if per_word.any():
            at = np.repeat(part_starts[:-1][words], per_word) + _within(per_word)
            keys.append(part_terms[at] * n + np.repeat(owner, per_word))
            counts.append(np.repeat(weights // 2, per_word))
        key, count = np.concatenate(keys), np.concatenate(counts)
        order = np.argsort(key, kind="stable")
        key, count = key[order], count[order]
        first = np.flatnonzero(np.diff(key, prepend=-1))
        total = np.add.reduceat(count, first) if len(first) else count
        term = key[first] // n
        self.docs = (key[first] % n).astype(np.int32)
        self.tf = np.minimum(total, 255).astype(np.uint8)
        self.start = np.searchsorted(term, np.arange(len(vocabulary.terms) + 1)).astype(np.int64)

    def _lay_points(self, documents: Sequence[Document]) -> None:
        self.pstart = _starts([len(document.points) for document in documents])
        points = [unit(*point) for document in documents for point in document.points]
        grid = np.array(points, dtype=np.float64).reshape(-1, 3)
        self.px, self.py, self.pz = (np.ascontiguousarray(grid[:, i]) for i in range(3))

    def _lay_bits(self, facets: Facets) -> None:
        """For each code the documents that have it, as bits; only when they are many."""
        codes = len(facets.names) if self.size > kernel.MANY else 0
        self.bits = np.zeros((codes, -(-self.size // 64)), dtype=np.uint64)
        if codes:
            owner = np.repeat(np.arange(self.size), np.diff(self.fstart))
            mark = np.left_shift(np.uint64(1), (owner & 63).astype(np.uint64))
            np.bitwise_or.at(self.bits, (self.fcode, owner >> 6), mark)

    def documents_per_term(self) -> npt.NDArray[np.int64]:
        """How many documents of this segment have each stem."""
        return np.diff(self.start)

    def bury(self, key: str) -> None:
        """This document no longer lives here."""
        place = self.place.get(key)
        if place is not None:
            self.alive[place] = 0

    def next_stamp(self, room: int) -> int:
        """A mark above all earlier marks in `seen`."""
        self.stamp += room
        if self.stamp > _LAST_STAMP:
            self.seen[:] = 0
            self.stamp = room
        return self.stamp

    def span(self, term: int) -> tuple[int, int]:
        """Where the list of a stem begins and ends; empty for stems that came later."""
        if term + 1 >= len(self.start):
            return 0, 0
        return int(self.start[term]), int(self.start[term + 1])


def unit(latitude: float, longitude: float) -> tuple[float, float, float]:
    """The point on the unit sphere."""
    lat, lon = radians(latitude), radians(longitude)
    return cos(lat) * cos(lon), cos(lat) * sin(lon), sin(lat)


def _factor(document: Document) -> float:
    """This week before later, fresh before stale, lighter before heavier: each a little."""
    week = 1.15 if document.this_week else 1.0
    return week * (0.75 if document.stale else 1.0) * (1.0 - 0.01 * min(document.rank, 20))


def _tie(key: str) -> int:
    """A fixed number per key, so that equals always come in the same order."""
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest())


def _starts(sizes: Sequence[int]) -> npt.NDArray[np.int64]:
    starts = np.zeros(len(sizes) + 1, dtype=np.int64)
    np.cumsum(np.array(sizes, dtype=np.int64), out=starts[1:])
    return starts


def _within(sizes: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """0, 1, … for each stretch of these sizes."""
    ends = np.cumsum(sizes)
    return np.arange(ends[-1]) - np.repeat(ends - sizes, sizes)
