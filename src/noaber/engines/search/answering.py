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

K1, B = 1.2, 0.5
"""BM25: how soon a word said more often stops counting, and how much long texts are held back."""
PART_OF_BEST = 0.45
"""A widened answer leaves out what scores below this part of the best."""

_GROUPS = 64


@dataclass(frozen=True, slots=True)
class _Lists:
    """The alternatives of a question, in order of their group: stems, groups, weights, reasons."""

    terms: list[int]
    groups: npt.NDArray[np.int64]
    weights: npt.NDArray[np.float32]
    reasons: list[str]
    required: int


@dataclass(slots=True)
class _Found:
    """What one layer gave."""

    total: int
    rows: list[tuple[float, int, int, str, float, tuple[str, ...]]]


class Searcher:
    """Answers questions over layers that do not change meanwhile."""

    def __init__(
        self, layers: Sequence[Segment], reader: Reader, facets: Facets, documents: int, words: int
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
        counts = np.zeros(len(self._facets.names), dtype=np.int64)
        total = 0
        rows: list[tuple[float, int, int, str, float, tuple[str, ...]]] = []
        unmet = not widen and asked and bool(reading.unknown)
        if not unmet:
            chosen, bits, possible = self._chosen(query.facets)
            for layer in self._layers if possible else ():
                found = self._in_layer(layer, query, lists, counts, (chosen, bits), asked=asked, widen=widen)
                total += found.total
                rows += found.rows
        if len(self._layers) > 1:
            rows.sort()
        return self._told(query, reading, total, rows, counts, widened=widen)

    def _in_layer(
        self,
        layer: Segment,
        query: Query,
        lists: _Lists,
        counts: npt.NDArray[np.int64],
        chosen: tuple[npt.NDArray[np.uint8], int],
        *,
        asked: bool,
        widen: bool,
    ) -> _Found:
        if asked:
            spans = [layer.span(term) for term in lists.terms]
            froms = np.array([span[0] for span in spans], np.int64)
            tos = np.array([span[1] for span in spans], np.int64)
            found = kernel.match(
                layer.docs, layer.tf, layer.length, layer.alive, froms, tos, lists.groups, lists.weights,
                lists.required, not widen, K1 * (1 - B), K1 * B / self._average, layer.next_stamp(_GROUPS),
                layer.seen, layer.acc, layer.cur, layer.cnt, layer.out,
            )  # fmt: skip
            candidates = layer.out
        else:
            froms = tos = np.zeros(0, np.int64)
            candidates, found = layer.every, layer.size
        k = query.limit + query.offset
        docs, scores, chords = np.empty(k, np.int64), np.empty(k, np.float32), np.empty(k, np.float64)
        placed = query.latitude is not None and query.longitude is not None
        x, y, z = unit(query.latitude or 0.0, query.longitude or 0.0) if placed else (0.0, 0.0, 0.0)
        half = min(query.radius_km / (2 * EARTH_KM), pi / 2)
        total, kept = kernel.select(
            candidates, found, layer.acc, layer.cnt, lists.required, asked, PART_OF_BEST if widen else 0.0,
            layer.alive, layer.this_week, layer.stale, layer.rank, layer.tie, placed, x, y, z,
            4 * sin(half) ** 2 if placed else 9.0, layer.pstart, layer.px, layer.py, layer.pz, layer.fstart,
            layer.fcode, self._facets.taxonomy, chosen[0], chosen[1], k, counts, docs, scores, chords,
        )  # fmt: skip
        return _Found(total, self._rows(layer, lists, froms, tos, docs[:kept], scores, chords))

    def _rows(
        self,
        layer: Segment,
        lists: _Lists,
        froms: npt.NDArray[np.int64],
        tos: npt.NDArray[np.int64],
        docs: npt.NDArray[np.int64],
        scores: npt.NDArray[np.float32],
        chords: npt.NDArray[np.float64],
    ) -> list[tuple[float, int, int, str, float, tuple[str, ...]]]:
        told = kernel.which(layer.docs, froms, tos, docs, len(docs)).tolist()
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

    def _chosen(self, facets: frozenset[str]) -> tuple[npt.NDArray[np.uint8], int, bool]:
        """The chosen codes as marks and their taxonomies as bits. None known of a taxonomy: nothing."""
        marks = np.zeros(len(self._facets.names), dtype=np.uint8)
        bits = 0
        wanted = {code.partition(":")[0] for code in facets}
        met = set()
        for code in facets:
            number = self._facets.codes.get(code)
            if number is not None:
                marks[number] = 1
                bits |= 1 << int(self._facets.taxonomy[number])
                met.add(code.partition(":")[0])
        return marks, bits, wanted == met

    def _told(
        self,
        query: Query,
        reading: Reading,
        total: int,
        rows: list[tuple[float, int, int, str, float, tuple[str, ...]]],
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
