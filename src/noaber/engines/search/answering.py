"""Searching the layers of an index: lists in, best hits and counts out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import asin, log, pi, sin, sqrt

import numpy as np
import numpy.typing as npt

from noaber.engines.search import kernel
from noaber.engines.search.model import Answer, Hit, Query
from noaber.engines.search.reading import MEANING, WORD, Reader, Reading
from noaber.engines.search.segment import EARTH_KM, Facets, Segment, unit

K1, B = 1.2, 0.75
"""BM25: how soon a word said more often stops counting, and how much long texts are held back."""
PART_OF_BEST = 0.15
"""A widened answer leaves out what scores below this part of the best."""

_GROUPS = 64
_EVERYWHERE = 9.0
_Row = tuple[float, int, int, str, float, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Lists:
    """The alternatives of a question, in order of their group: stems, groups, weights, reasons."""

    terms: list[int]
    groups: npt.NDArray[np.int64]
    weights: npt.NDArray[np.float32]
    reasons: list[str]
    required: int


@dataclass(frozen=True, slots=True)
class _Filters:
    """Near what: (asked, x, y, z, square of the longest chord); chosen codes, their taxonomies as bits."""

    near: tuple[bool, float, float, float, float]
    chosen: npt.NDArray[np.uint8]
    bits: int
    """A chosen taxonomy of which no document has a code is a bit nothing meets."""


@dataclass(frozen=True, slots=True)
class _Matched:
    """The candidates of one layer, and where the lists of the alternatives stand in it."""

    layer: Segment
    froms: npt.NDArray[np.int64]
    tos: npt.NDArray[np.int64]
    candidates: npt.NDArray[np.int32]
    found: int


class Searcher:
    """Answers questions over layers that do not change meanwhile."""

    def __init__(
        self, layers: Sequence[Segment], reader: Reader, facets: Facets, documents: int, words: float
    ) -> None:
        self.reader = reader
        self._layers, self._facets = [layer for layer in layers if layer.size], facets
        self._documents = documents
        self._average = max(words / documents, 1.0) if documents else 1.0

    def search(self, query: Query) -> Answer:
        """What fits, best first."""
        reading = self.reader.read(query.text, typing=query.typing)
        asked = bool(query.text.strip())
        if asked and not reading.groups:
            return self._told(
                query, reading, 0, [], np.zeros(len(self._facets.names), np.int64), widened=False
            )
        lists = self._lists(reading)
        answer = self._answer(query, reading, lists, asked=asked, widen=False)
        if asked and answer.total < query.few and (lists.required > 1 or reading.unknown):
            wide = self._answer(query, reading, lists, asked=True, widen=True)
            answer = wide if wide.total > answer.total else answer
        return answer

    def _lists(self, reading: Reading) -> _Lists:
        df = self.reader.vocabulary.df
        n = self._documents
        groups = []
        for group in reading.groups:
            spread = sum(int(df[term]) for term in group.alternatives)
            groups.append((not group.required, spread, group))
        groups.sort(key=lambda one: (one[0], one[1]))
        terms: list[int] = []
        numbers: list[int] = []
        weights: list[float] = []
        reasons: list[str] = []
        for number, (_, _, group) in enumerate(groups[:_GROUPS]):
            for term, (worth, why) in group.alternatives.items():
                have = int(df[term])
                terms.append(term)
                numbers.append(number)
                weights.append(log(1.0 + (n - have + 0.5) / (have + 0.5)) * worth * group.share)
                reasons.append(why)
        required = sum(1 for optional, _, _ in groups if not optional)
        return _Lists(terms, np.array(numbers, np.int64), np.array(weights, np.float32), reasons, required)

    def _answer(self, query: Query, reading: Reading, lists: _Lists, *, asked: bool, widen: bool) -> Answer:
        """One round: with every word, or widened to some of them."""
        counts = np.zeros(len(self._facets.names), dtype=np.int64)
        total = 0
        rows: list[_Row] = []
        if widen or not (asked and reading.unknown):
            filters = self._filters(query)
            matched = [self._match(layer, lists, asked=asked, widen=widen) for layer in self._layers]
            floor = (
                PART_OF_BEST * max((self._best(one, filters) for one in matched), default=0.0)
                if widen
                else 0.0
            )
            for one in matched:
                n, some = self._select(one, query, lists, filters, counts, asked=asked, floor=floor)
                total += n
                rows += some
        if len(self._layers) > 1:
            rows.sort()
        return self._told(query, reading, total, rows, counts, widened=widen)

    def _match(self, layer: Segment, lists: _Lists, *, asked: bool, widen: bool) -> _Matched:
        if not asked:
            nothing = np.zeros(0, np.int64)
            return _Matched(layer, nothing, nothing, layer.every, layer.size)
        spans = [layer.span(term) for term in lists.terms]
        froms = np.array([span[0] for span in spans], np.int64)
        tos = np.array([span[1] for span in spans], np.int64)
        found = kernel.match(
            layer.docs, layer.tf, layer.length, layer.alive, froms, tos, lists.groups, lists.weights,
            lists.required, not widen, K1 * (1 - B), K1 * B / self._average, layer.next_stamp(_GROUPS),
            layer.seen, layer.acc, layer.cur, layer.cnt, layer.out,
        )  # fmt: skip
        return _Matched(layer, froms, tos, layer.out, found)

    def _best(self, one: _Matched, filters: _Filters) -> float:
        layer = one.layer
        high = kernel.best(
            one.candidates, one.found, layer.acc, *filters.near, layer.pstart, layer.px, layer.py, layer.pz,
            layer.fstart, layer.fcode, self._facets.taxonomy, filters.chosen, filters.bits,
        )  # fmt: skip
        return float(high)

    def _select(
        self,
        one: _Matched,
        query: Query,
        lists: _Lists,
        filters: _Filters,
        counts: npt.NDArray[np.int64],
        *,
        asked: bool,
        floor: float,
    ) -> tuple[int, list[_Row]]:
        layer = one.layer
        k = query.limit + query.offset
        docs, scores, chords = np.empty(k, np.int64), np.empty(k, np.float32), np.empty(k, np.float64)
        total, kept = kernel.select(
            one.candidates, one.found, layer.acc, layer.cnt, lists.required, asked, floor, layer.alive,
            layer.factor, layer.rank, layer.tie, *filters.near, layer.pstart, layer.px, layer.py, layer.pz,
            layer.fstart, layer.fcode, layer.bits, self._facets.taxonomy, filters.chosen, filters.bits, k,
            counts, docs, scores, chords,
        )  # fmt: skip
        return total, self._rows(one, lists, docs[:kept], scores, chords)

    def _filters(self, query: Query) -> _Filters:
        marks = np.zeros(len(self._facets.names), dtype=np.uint8)
        bits = 0
        for code in query.facets:
            bits |= 1 << self._facets.taxonomies.get(code.partition(":")[0], kernel.MOST_TAXONOMIES)
            number = self._facets.codes.get(code)
            if number is not None:
                marks[number] = 1
        if query.latitude is None or query.longitude is None:
            return _Filters((False, 0.0, 0.0, 0.0, _EVERYWHERE), marks, bits)
        half = min(query.radius_km / (2 * EARTH_KM), pi / 2)
        near = (True, *unit(query.latitude, query.longitude), 4 * sin(half) ** 2)
        return _Filters(near, marks, bits)

    def _rows(
        self,
        one: _Matched,
        lists: _Lists,
        docs: npt.NDArray[np.int64],
        scores: npt.NDArray[np.float32],
        chords: npt.NDArray[np.float64],
    ) -> list[_Row]:
        layer = one.layer
        told = kernel.which(layer.docs, one.froms, one.tos, docs, len(docs)).tolist()
        reasons: dict[int, tuple[str, ...]] = {}
        for bits in set(told):
            why = {lists.reasons[i] for i in range(min(len(lists.reasons), 63)) if bits >> i & 1}
            reasons[bits] = tuple(sorted(why, key=_ORDER.index))
        ranks, ties = layer.rank[docs].tolist(), layer.tie[docs].tolist()
        return [
            (-score, rank, tie, layer.keys[doc], chord, reasons[bits])
            for score, rank, tie, doc, chord, bits in zip(
                scores[: len(docs)].tolist(), ranks, ties, docs.tolist(), chords.tolist(), told, strict=False
            )
        ]

    def _told(
        self,
        query: Query,
        reading: Reading,
        total: int,
        rows: list[_Row],
        counts: npt.NDArray[np.int64],
        *,
        widened: bool,
    ) -> Answer:
        names = self._facets.names
        some = np.flatnonzero(counts)
        return Answer(
            hits=tuple(
                Hit(key, -score, _km(chord), why)
                for score, _, _, key, chord, why in rows[query.offset : query.offset + query.limit]
            ),
            total=total,
            facet_counts={names[i]: n for i, n in zip(some.tolist(), counts[some].tolist(), strict=True)},
            corrected=tuple(reading.corrected),
            unknown=tuple(reading.unknown),
            meant=" ".join(reading.words) if reading.corrected else "",
            also=tuple(dict.fromkeys(reading.also)),
            widened=widened,
        )


_ORDER = (WORD, "part", "prefix", "synonym", "spelling", MEANING)


def _km(chord: float) -> float | None:
    """The distance over the ground of the square of a chord."""
    return None if chord < 0 else round(2 * EARTH_KM * asin(min(sqrt(chord) / 2, 1.0)), 3)
