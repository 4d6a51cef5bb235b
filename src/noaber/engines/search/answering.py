"""Searching the layers of an index: lists in, best hits and counts out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import asin, log, pi, sin, sqrt

import numpy as np
import numpy.typing as npt

from noaber.engines.search import kernel, laid
from noaber.engines.search.model import Answer, Hit, Query
from noaber.engines.search.places import EARTH_KM, box, unit
from noaber.engines.search.reading import MEANING, WORD, Reader, Reading
from noaber.engines.search.segment import Facets, Segment

K1, B = 1.2, 0.75
"""BM25: how soon a word said more often stops counting, and how much long texts are held back."""
PART_OF_BEST = 0.15
"""A widened answer leaves out what scores below this part of the best."""

_GROUPS = 64
_Row = tuple[float, int, int, str, float, int]


@dataclass(frozen=True, slots=True)
class _Lists:
    """The alternatives of a question, in order of their group: stems, groups, weights, reasons."""

    terms: npt.NDArray[np.int64]
    groups: npt.NDArray[np.int64]
    weights: npt.NDArray[np.float32]
    reasons: list[str]
    required: int
    bringing: int


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
        lists = self._lists(reading)
        if asked and not reading.groups:
            counts = np.zeros(len(self._facets.names), np.int64)
            return self._told(query, reading, lists, 0, [], counts, widened=False)
        if reading.soft and query.few:
            return replace(self._answer(query, reading, lists, asked=True, widen=True), widened=False)
        answer = self._answer(query, reading, lists, asked=asked, widen=False)
        more = lists.required > 1 or reading.unknown or reading.meant
        if asked and answer.total < query.few and more:
            wide = self._answer(query, reading, lists, asked=True, widen=True)
            answer = wide if wide.total > answer.total else answer
        return answer

    def _lists(self, reading: Reading) -> _Lists:
        df = self.reader.vocabulary.df
        n = self._documents
        groups = []
        for group in reading.groups:
            spread = sum(int(df[term]) for term in group.alternatives)
            groups.append((not group.required, not group.brings, spread, group))
        groups.sort(key=lambda one: one[:3])
        terms: list[int] = []
        numbers: list[int] = []
        weights: list[float] = []
        reasons: list[str] = []
        for number, (*_, group) in enumerate(groups[:_GROUPS]):
            for term, (worth, why) in group.alternatives.items():
                have = int(df[term])
                terms.append(term)
                numbers.append(number)
                weights.append(log(1.0 + (n - have + 0.5) / (have + 0.5)) * worth * group.share)
                reasons.append(why)
        required = sum(1 for optional, *_ in groups if not optional)
        bringing = sum(len(group.alternatives) for _, silent, _, group in groups[:_GROUPS] if not silent)
        return _Lists(
            np.array(terms, np.int64),
            np.array(numbers, np.int64),
            np.array(weights, np.float32),
            reasons,
            required,
            bringing,
        )

    def _answer(self, query: Query, reading: Reading, lists: _Lists, *, asked: bool, widen: bool) -> Answer:
        """One round: with every word, or widened to some of them."""
        counts = np.zeros(len(self._facets.names), dtype=np.int64)
        total = 0
        rows: list[_Row] = []
        if widen or not (asked and reading.unknown):
            wanted = self._wanted(query, lists, asked=asked, widen=widen)
            near = _near(query)
            chosen = wanted.chosen_bits.bit_count()
            for layer in self._layers:
                kernel.find(layer.laid, layer.places, wanted, near, layer.scratch(chosen))
            floor = PART_OF_BEST * self._best(chosen) if widen else 0.0
            k = query.limit + query.offset
            docs, scores = np.empty(k, np.int64), np.empty(k, np.float32)
            chords, told = np.empty(k, np.float64), np.empty(k, np.int64)
            for layer in self._layers:
                n, kept = kernel.choose(
                    layer.laid, layer.places, wanted, near, layer.scratch(chosen), floor, counts, docs,
                    scores, chords, told,
                )  # fmt: skip
                total += n
                rows += _rows(layer, docs[:kept], scores, chords, told)
        if len(self._layers) > 1:
            rows.sort()
        return self._told(query, reading, lists, total, rows, counts, widened=widen)

    def _best(self, chosen: int) -> float:
        return max((float(kernel.best(layer.scratch(chosen))) for layer in self._layers), default=0.0)

    def _wanted(self, query: Query, lists: _Lists, *, asked: bool, widen: bool) -> laid.Wanted:
        """The question as numbers. A taxonomy of which no document has a code is one nothing meets."""
        marks = np.zeros(len(self._facets.names), dtype=np.uint8)
        bits = 0
        for code in query.facets:
            bits |= 1 << self._facets.taxonomies.get(code.partition(":")[0], kernel.MOST_TAXONOMIES)
            number = self._facets.codes.get(code)
            if number is not None:
                marks[number] = 1
        return laid.Wanted(
            asked, not widen, lists.required, lists.bringing, lists.terms, lists.groups, lists.weights,
            K1 * (1 - B), K1 * B / self._average, self._facets.taxonomy, marks, bits,
        )  # fmt: skip

    def _told(
        self,
        query: Query,
        reading: Reading,
        lists: _Lists,
        total: int,
        rows: list[_Row],
        counts: npt.NDArray[np.int64],
        *,
        widened: bool,
    ) -> Answer:
        names = self._facets.names
        shown = rows[query.offset : query.offset + query.limit]
        told = _Reasons(lists.reasons)
        reasons = {bits: told.of(bits) for bits in {row[5] for row in shown}}
        return Answer(
            hits=tuple([Hit(key, -score, _km(far), reasons[why]) for score, _, _, key, far, why in shown]),
            total=total,
            facet_counts={name: n for name, n in zip(names, counts.tolist(), strict=True) if n},
            corrected=tuple(reading.corrected),
            unknown=tuple(reading.unknown),
            meant=" ".join(reading.words) if reading.corrected else "",
            also=tuple(dict.fromkeys(reading.also)),
            widened=widened,
            means=tuple(reading.means),
        )


_NOWHERE = laid.Near(False, 0.0, 0.0, 0.0, 9.0, 0.0, 0.0, 0.0, 0.0)
_ORDER = (WORD, "part", "prefix", "synonym", "spelling", MEANING)


def _near(query: Query) -> laid.Near:
    if query.latitude is None or query.longitude is None:
        return _NOWHERE
    angle = min(query.radius_km / EARTH_KM, pi)
    return laid.Near(
        True, *unit(query.latitude, query.longitude), 4 * sin(angle / 2) ** 2,
        *box(query.latitude, query.longitude, angle),
    )  # fmt: skip


def _rows(
    layer: Segment,
    docs: npt.NDArray[np.int64],
    scores: npt.NDArray[np.float32],
    chords: npt.NDArray[np.float64],
    told: npt.NDArray[np.int64],
) -> list[_Row]:
    keys = layer.keys
    return list(
        zip(
            (-scores[: len(docs)]).tolist(),
            layer.laid.rank[docs].tolist(),
            layer.laid.tie[docs].tolist(),
            [keys[doc] for doc in docs.tolist()],
            chords[: len(docs)].tolist(),
            told[: len(docs)].tolist(),
            strict=True,
        )
    )


class _Reasons:
    """Why a document was found, of the alternatives that name it."""

    def __init__(self, reasons: Sequence[str]) -> None:
        masks = dict.fromkeys(_ORDER, 0)
        for i, why in enumerate(reasons[:63]):
            masks[why] |= 1 << i
        self._masks = [(why, mask) for why, mask in masks.items() if mask]

    def of(self, bits: int) -> tuple[str, ...]:
        """The reasons, the best first."""
        return tuple([why for why, mask in self._masks if bits & mask])


def _km(chord: float) -> float | None:
    """The distance over the ground of the square of a chord."""
    return None if chord < 0 else round(2 * EARTH_KM * asin(min(sqrt(chord) / 2, 1.0)), 3)
