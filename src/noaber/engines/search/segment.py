"""A stretch of the index that no longer changes, but for which documents are still alive."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from noaber.engines.search import bits, kernel, laid, places
from noaber.engines.search.errors import BadSearch
from noaber.engines.search.model import Document
from noaber.engines.search.vocabulary import Vocabulary
from noaber.engines.search.words import telling, words_of

TITLE, TEXT, WORDS, LAY = 8, 4, 4, 2
"""What a word counts for, in halves; a part of a compound counts half of that."""
CONCEPT = "#"
"""Before the code of a concept, so that it is no word that somebody can type."""
LAY_LENGTH = 0.25
"""How much a lay word adds to the length of a document."""

_MOST_CODES = 64
"""Codes of a document that are also kept beside one another."""
_OFTEN, _PART = 128, 32
"""The list of a stem is kept as a set too when it has so many documents and more than this part of all."""


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
    for code, weight in document.concepts:
        numbers.append(vocabulary.word(CONCEPT + code))
        weights.append(weight)
    return Read(np.array(numbers, dtype=np.int32), np.array(weights, dtype=np.int32), length)


class Segment:
    """Documents as arrays. Which of them are alive is the only thing that changes."""

    def __init__(
        self, documents: Sequence[Document], reads: Sequence[Read], vocabulary: Vocabulary, facets: Facets
    ) -> None:
        self.keys = [document.key for document in documents]
        self.size = len(documents)
        self.place: Mapping[str, int] = {key: i for i, key in enumerate(self.keys)}
        self.places = places.lay([document.points for document in documents])
        start, docs, tf = _postings(reads, vocabulary)
        often, often_bits = _often(start, docs, self.size)
        codes = [[facets.number(code) for code in sorted(document.facets)] for document in documents]
        facet_codes, facet_bits = _facets(codes, len(facets.names))
        self.laid = laid.Laid(
            start=start,
            docs=docs,
            tf=tf,
            often=often,
            often_bits=often_bits,
            often_before=bits.before(often_bits),
            length=np.array([read.length for read in reads], dtype=np.float32),
            factor=np.array([_factor(document) for document in documents], dtype=np.float32),
            rank=np.array([document.rank for document in documents], dtype=np.int64),
            tie=np.array([_tie(key) for key in self.keys], dtype=np.uint64),
            alive=bits.every(self.size),
            facet_codes=facet_codes,
            facet_bits=facet_bits,
        )
        self._acc, self._cur = np.zeros(self.size, np.float32), np.zeros(self.size, np.float32)
        self._out = np.zeros(self.size, np.int32)
        self._sets: dict[int, laid.Scratch] = {}

    def scratch(self, chosen: int) -> laid.Scratch:
        """Room to work in for a question that chose codes of so many taxonomies; the same each time."""
        found = self._sets.get(chosen)
        if found is None:
            sets = np.zeros((chosen + 3, bits.room(self.size)), dtype=np.uint64)
            found = self._sets[chosen] = laid.Scratch(sets, self._acc, self._cur, self._out)
        return found

    def documents_per_term(self) -> npt.NDArray[np.int64]:
        """How many documents of this segment have each stem."""
        return np.diff(self.laid.start)

    def bury(self, key: str) -> None:
        """This document no longer lives here."""
        place = self.place.get(key)
        if place is not None:
            self.laid.alive[place >> 6] &= ~(np.uint64(1) << np.uint64(place & 63))


def _postings(
    reads: Sequence[Read], vocabulary: Vocabulary
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int32], npt.NDArray[np.uint8]]:
    """One list per stem: which documents have it, and how much it counts there."""
    n = max(len(reads), 1)
    words = np.concatenate([read.words for read in reads] or [np.zeros(0, np.int32)])
    weights = np.concatenate([read.weights for read in reads] or [np.zeros(0, np.int32)])
    owner = np.repeat(np.arange(len(reads)), [len(read.words) for read in reads])
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
    start = np.searchsorted(term, np.arange(len(vocabulary.terms) + 1)).astype(np.int64)
    return start, (key[first] % n).astype(np.int32), np.minimum(total, 255).astype(np.uint8)


def _often(
    start: npt.NDArray[np.int64], docs: npt.NDArray[np.int32], size: int
) -> tuple[npt.NDArray[np.int32], bits.Bits]:
    """The long lists as sets: for each stem the number of its set or -1, and the sets."""
    sizes = np.diff(start)
    stems = np.flatnonzero((sizes >= _OFTEN) & (sizes * _PART > size))
    often = np.full(len(sizes), -1, dtype=np.int32)
    often[stems] = np.arange(len(stems))
    sets = np.zeros((len(stems), bits.room(size)), dtype=np.uint64)
    for i, stem in enumerate(stems.tolist()):
        some = docs[start[stem] : start[stem + 1]]
        bits.fill(sets[i : i + 1], np.zeros(len(some), np.int32), some)
    return often, sets


def _facets(codes: Sequence[Sequence[int]], height: int) -> tuple[npt.NDArray[np.int32], bits.Bits]:
    """The codes of each document, filled up to as many for all with a number that is no code; and for each
    code its documents as a set. Where a document has very many codes there is only the second.
    """
    n = len(codes)
    sizes = np.fromiter(map(len, codes), dtype=np.int64, count=n)
    flat = np.array([code for some in codes for code in some], dtype=np.int32)
    owner = np.repeat(np.arange(n, dtype=np.int32), sizes)
    wide = max(int(sizes.max(initial=0)), 1)
    rows = np.full((n, wide if wide <= _MOST_CODES else 0), height, dtype=np.int32)
    if wide <= _MOST_CODES and len(flat):
        rows[owner, _within(sizes)] = flat
    return rows, bits.table(flat, owner, height, n)


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
