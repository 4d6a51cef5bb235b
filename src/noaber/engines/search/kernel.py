"""The loops, compiled by numba and kept on disk: which documents fit, how well, and the best of them.

Which documents fit is told by sets of bits, so that totals and facets are counted 64 documents at a time;
only what fits is weighed. A layer and a question are named tuples of arrays. A loop holds the arrays it
needs by themselves: a tuple that is handed on inside a loop costs more than the work.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from noaber.engines.search.bits import count, count_both, has, join, keep, members, ones, put, take
from noaber.engines.search.laid import Laid, Near, Scratch, Wanted
from noaber.engines.search.places import Places, chord, keep_near

MOST_TAXONOMIES = 62
MANY = 1500
"""Above so many hits facets are counted by bits, 64 documents at a time."""

FAR = (30.0 / 6371.0088) ** 2
"""The square of the chord of 30 km: from there on further is no worse."""

ALSO = np.float32(0.5)
"""What a second alternative of one group still adds."""

_JUMP, _TWICE = 12, 2
"""A list so many times as long as the hits are is searched for each of them; a shorter one is walked. In a
list that is a set too each is found at once."""


@njit(cache=True)
def find(layer: Laid, places: Places, wanted: Wanted, near: Near, scratch: Scratch) -> None:
    """Which documents fit, in the sets, and how well by their words, in `acc`."""
    sets = scratch.sets
    fits, spare = sets[0], sets[len(sets) - 1]
    _match(layer, wanted, fits, sets[len(sets) - 2], spare)
    if near.asked:
        keep_near(places, near, fits, spare, scratch.out)
    if wanted.by_text and not wanted.every:
        _weigh(layer, wanted, fits, scratch)
    if wanted.chosen_bits != 0:
        _split(layer, wanted, sets)
    if wanted.by_text and wanted.every:
        _weigh(layer, wanted, fits, scratch)


@njit(cache=True)
def best(scratch: Scratch) -> Any:
    """The best score by words among what fits; 0 when nothing does."""
    high = np.float32(0.0)
    for i in range(members(scratch.sets[0], scratch.out)):
        high = max(high, scratch.acc[scratch.out[i]])
    return high


@njit(cache=True)
def choose(
    layer: Laid,
    places: Places,
    wanted: Wanted,
    near: Near,
    scratch: Scratch,
    floor: float,
    counts: Any,
    top_doc: Any,
    top_score: Any,
    top_chord: Any,
    told: Any,
) -> Any:
    """Count what fits and its facets, and keep the best; gives (total, kept).

    What scores below `floor` is left out; above a floor, what has every telling word is lifted. `told`: for
    each of the best the alternatives that name it, as bits; at most 63 are told apart.
    """
    sets, acc, out = scratch.sets, scratch.acc, scratch.out
    if floor > 0.0:
        for i in range(len(sets) - 2):
            _drop_below(sets[i], acc, floor, out)
    total = count(sets[0])
    _count_facets(layer, wanted, sets, out, counts)
    telling, lifts, by_text, placed = sets[len(sets) - 2], floor > 0.0, wanted.by_text, near.asked
    factor, rank, tie = layer.factor, layer.rank, layer.tie
    start, at, point, x, y, z = places.start, places.at, places.point, near.x, near.y, near.z
    k, kept, worst = len(top_doc), 0, np.float32(-1.0)
    if k == 0:
        return total, 0
    for i in range(members(sets[0], out)):
        d = out[i]
        weight = np.float32(1.0)
        if by_text:
            lifted = lifts and (wanted.required == 0 or has(telling, d))
            weight = acc[d] * np.float32(1.5 if lifted else 1.0)
        if factor[d] * weight < worst:
            continue
        far = chord(start, at, point, x, y, z, d) if placed else -1.0
        score = factor[d] * _nearness(far, placed) * weight
        if score >= worst:
            kept = _keep(d, score, far, kept, k, rank, tie, top_doc, top_score, top_chord)
            if kept == k:
                worst = top_score[k - 1]
    _tell(layer, wanted, top_doc, kept, told)
    return total, kept


@njit(cache=True)
def _match(layer: Laid, wanted: Wanted, fits: Any, telling: Any, spare: Any) -> None:
    """What lives and has a word of every required group; or, when not every group is needed, of any."""
    fits[:] = layer.alive
    if not wanted.by_text:
        return
    telling[:] = layer.alive
    k, many = 0, len(wanted.terms)
    for g in range(max(wanted.required, 1) if wanted.every else wanted.required):
        spare[:] = 0
        while k < many and wanted.groups[k] == g:
            _join_list(layer, wanted.terms[k], spare)
            k += 1
        keep(telling, spare)
    if wanted.every:
        fits[:] = telling
        return
    spare[:] = 0
    for k in range(wanted.bringing):
        _join_list(layer, wanted.terms[k], spare)
    keep(fits, spare)


@njit(cache=True)
def _join_list(layer: Laid, term: int, bits: Any) -> None:
    """Put the documents that have a stem into a set."""
    if term + 1 >= len(layer.start):
        return
    row = layer.often[term]
    if row >= 0:
        join(bits, layer.often_bits[row])
        return
    docs = layer.docs
    for p in range(layer.start[term], layer.start[term + 1]):
        put(bits, docs[p])


@njit(cache=True)
def _split(layer: Laid, wanted: Wanted, sets: Any) -> None:
    """From what fits: what meets every chosen taxonomy, and for each what meets all others."""
    spare, own = sets[len(sets) - 1], 0
    for i in range(1, len(sets) - 2):
        sets[i] = sets[0]
    for name in range(MOST_TAXONOMIES + 1):
        if not (wanted.chosen_bits >> name) & 1:
            continue
        own += 1
        spare[:] = 0
        for code in range(len(layer.facet_bits)):
            if wanted.chosen[code] and wanted.taxonomy[code] == name:
                join(spare, layer.facet_bits[code])
        for i in range(len(sets) - 2):
            if i != own:
                keep(sets[i], spare)


@njit(cache=True)
def _weigh(layer: Laid, wanted: Wanted, bits: Any, scratch: Scratch) -> None:
    """Add up what the words say of each document in a set: of a group the best alternative counts, of others
    a part. A weight is spread as BM25 does, with t half of the kept count.
    """
    acc, cur, out = scratch.acc, scratch.cur, scratch.out
    hits = members(bits, out)
    for i in range(hits):
        acc[out[i]] = 0.0
    many, groups = len(wanted.terms), wanted.groups
    for k in range(many):
        term, g, first = wanted.terms[k], groups[k], k == 0 or groups[k - 1] != groups[k]
        alone = first and (k + 1 == many or groups[k + 1] != g)
        if first and not alone:
            for i in range(hits):
                cur[out[i]] = 0.0
        if term + 1 < len(layer.start):
            p, end, row = layer.start[term], layer.start[term + 1], layer.often[term]
            weight, a, c = wanted.weights[k], wanted.a, wanted.c
            if row >= 0 and hits * _TWICE < end - p:
                _weigh_set(
                    layer.often_bits[row], layer.often_before[row], p, layer.tf, layer.length, weight, a, c,
                    alone, acc, cur, out, hits,
                )  # fmt: skip
            else:
                _weigh_list(
                    layer.docs, layer.tf, layer.length, p, end, weight, a, c, alone, bits, acc, cur, out, hits
                )


@njit(cache=True)
def _weigh_set(
    row: Any, before: Any, first: int, tf: Any, length: Any, weight: float, a: float, c: float, alone: bool,
    acc: Any, cur: Any, out: Any, hits: int,
) -> None:  # fmt: skip
    """As `_weigh_list`, for a list that is a set too: the place in the list is how many come before."""
    for i in range(hits):
        d = out[i]
        word, bit = row[d >> 6], np.uint64(1) << np.uint64(d & 63)
        if word & bit != 0:
            t = np.float32(0.5) * tf[first + before[d >> 6] + ones(word & (bit - np.uint64(1)))]
            _add(weight * t / (t + a + c * length[d]), d, alone, acc, cur)


@njit(cache=True)
def _weigh_list(
    docs: Any, tf: Any, length: Any, p: int, end: int, weight: float, a: float, c: float, alone: bool,
    bits: Any, acc: Any, cur: Any, out: Any, hits: int,
) -> None:  # fmt: skip
    """Add what one list says of the documents in a set. `alone`: the only list of its group."""
    if hits * _JUMP < end - p:
        for i in range(hits):
            p = _forward(docs, p, end, out[i])
            if p == end:
                return
            if docs[p] == out[i]:
                t = np.float32(0.5) * tf[p]
                _add(weight * t / (t + a + c * length[out[i]]), out[i], alone, acc, cur)
        return
    for at in range(p, end):
        d = docs[at]
        if has(bits, d):
            t = np.float32(0.5) * tf[at]
            _add(weight * t / (t + a + c * length[d]), d, alone, acc, cur)


@njit(cache=True, inline="always")
def _add(v: float, d: int, alone: bool, acc: Any, cur: Any) -> None:
    if alone:
        acc[d] += v
    else:
        high = max(v, cur[d])
        acc[d] += high - cur[d] + ALSO * min(v, cur[d])
        cur[d] = high


@njit(cache=True)
def _forward(docs: Any, p: int, end: int, d: int) -> Any:
    """The first place from `p` on with a document not before `d`: in growing strides, then halving."""
    stride = 1
    while p + stride < end and docs[p + stride] < d:
        p += stride
        stride *= 2
    high = min(p + stride, end)
    while p < high:
        middle = (p + high) // 2
        if docs[middle] < d:
            p = middle + 1
        else:
            high = middle
    return p


@njit(cache=True)
def _drop_below(bits: Any, acc: Any, floor: float, out: Any) -> None:
    for i in range(members(bits, out)):
        d = out[i]
        if acc[d] < floor:
            take(bits, d)


@njit(cache=True)
def _count_facets(layer: Laid, wanted: Wanted, sets: Any, out: Any, counts: Any) -> None:
    """Count each code among what fits with the choices of its own taxonomy left out.

    Few are counted each. All have as many codes, so that the processor need not wait to know how many: the
    last number is no code.
    """
    codes, bits = layer.facet_codes, layer.facet_bits
    many, wide = len(bits), codes.shape[1]
    where = _sets_of_codes(wanted, many)
    for i in range(len(sets) - 2):
        if wide == 0 or count(sets[i]) > MANY:
            for code in range(many):
                if where[code] == i:
                    counts[code] += count_both(sets[i], bits[code])
            continue
        seen = np.zeros(many + 1, dtype=np.int64)
        for j in range(members(sets[i], out)):
            d = out[j]
            for at in range(wide):
                seen[codes[d, at]] += 1
        for code in range(many):
            if where[code] == i:
                counts[code] += seen[code]


@njit(cache=True)
def _sets_of_codes(wanted: Wanted, many: int) -> Any:
    """In which set each code is counted: 0, or that of its chosen taxonomy."""
    where = np.zeros(many, dtype=np.int64)
    taxonomy, chosen = wanted.taxonomy, wanted.chosen_bits
    if chosen != 0:
        for code in range(many):
            if (chosen >> taxonomy[code]) & 1:
                where[code] = 1 + ones(np.uint64(chosen & ((np.int64(1) << taxonomy[code]) - 1)))
    return where


@njit(cache=True, inline="always")
def _nearness(far: float, placed: bool) -> Any:
    """Nearer before further, a little; what is everywhere comes between."""
    if not placed:
        return np.float32(1.0)
    if far < 0.0:
        return np.float32(0.95)
    return np.float32(1.0 - 0.2 * min(1.0, (far / FAR) ** 0.5))


@njit(cache=True)
def _keep(
    d: int, score: float, far: float, kept: int, k: int, rank: Any, tie: Any, top_doc: Any, top_score: Any,
    top_chord: Any,
) -> int:  # fmt: skip
    """Put a document where it belongs among the best k."""
    at = kept
    if kept == k:
        if not _before(score, d, top_score[k - 1], top_doc[k - 1], rank, tie):
            return kept
        at = k - 1
    else:
        kept += 1
    while at > 0 and _before(score, d, top_score[at - 1], top_doc[at - 1], rank, tie):
        top_score[at] = top_score[at - 1]
        top_doc[at] = top_doc[at - 1]
        top_chord[at] = top_chord[at - 1]
        at -= 1
    top_score[at] = score
    top_doc[at] = d
    top_chord[at] = far
    return kept


@njit(cache=True, inline="always")
def _before(score: float, d: int, other_score: float, other: int, rank: Any, tie: Any) -> bool:
    if score != other_score:
        return bool(score > other_score)
    if rank[d] != rank[other]:
        return bool(rank[d] < rank[other])
    return bool(tie[d] < tie[other])


@njit(cache=True)
def _tell(layer: Laid, wanted: Wanted, top_doc: Any, kept: int, told: Any) -> None:
    told[:] = 0
    start, docs, often, often_bits = layer.start, layer.docs, layer.often, layer.often_bits
    for k in range(min(len(wanted.terms), 63)):
        term = wanted.terms[k]
        if term + 1 >= len(start):
            continue
        low, high, row = start[term], start[term + 1], often[term]
        for i in range(kept):
            if row >= 0:
                told[i] |= np.int64(has(often_bits[row], top_doc[i])) << k
                continue
            at = low + np.searchsorted(docs[low:high], top_doc[i])
            if at < high and docs[at] == top_doc[i]:
                told[i] |= np.int64(1) << k
