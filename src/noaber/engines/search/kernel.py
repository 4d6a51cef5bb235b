"""The loops, compiled by numba and kept on disk: matching, filtering, counting, choosing."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

MOST_TAXONOMIES = 62
MANY = 2000
"""Above so many candidates facets are counted by bits, 64 documents at a time."""

FAR = (30.0 / 6371.0088) ** 2
"""The square of the chord of 30 km: from there on further is no worse."""

ALSO = np.float32(0.5)
"""What a second alternative of one group still adds."""


@njit(cache=True)
def match(
    docs: Any, tf: Any, length: Any, alive: Any, froms: Any, tos: Any, groups: Any, weights: Any, required:
    int, every: bool, a: float, c: float, base: int, seen: Any, acc: Any, cur: Any, cnt: Any, out: Any,
) -> int:  # fmt: skip
    """Walk the lists of all alternatives and add up what they say of each document; the number of candidates
    in `out`.

    Groups below `required` must be met when `every` holds; of a group the best alternative counts.
    Alternatives come in order of their group. A weight is spread as BM25 does: t / (t + a + c * length),
    with t half of the kept count.
    """
    found = 0
    for k in range(len(froms)):
        g = groups[k]
        stamp = np.uint32(base + g)
        must = g < required
        for p in range(froms[k], tos[k]):
            d = docs[p]
            s = seen[d]
            if s < base:
                if (every and g > 0) or not alive[d]:
                    continue
                t = np.float32(0.5) * tf[p]
                v = weights[k] * t / (t + a + c * length[d])
                seen[d] = stamp
                acc[d] = v
                cur[d] = v
                cnt[d] = 1 if must else 0
                out[found] = d
                found += 1
            elif s == stamp:
                t = np.float32(0.5) * tf[p]
                v = weights[k] * t / (t + a + c * length[d])
                high = max(v, cur[d])
                acc[d] += high - cur[d] + ALSO * min(v, cur[d])
                cur[d] = high
            else:
                if every and cnt[d] != min(g, required):
                    continue
                t = np.float32(0.5) * tf[p]
                v = weights[k] * t / (t + a + c * length[d])
                seen[d] = stamp
                acc[d] += v
                cur[d] = v
                if must:
                    cnt[d] += 1
    if every:
        kept = 0
        for i in range(found):
            if cnt[out[i]] == required:
                out[kept] = out[i]
                kept += 1
        return kept
    return found


@njit(cache=True)
def add_meaning(
    near_docs: Any,
    values: Any,
    alive: Any,
    widen: bool,
    base: int,
    seen: Any,
    acc: Any,
    cnt: Any,
    out: Any,
    found: int,
) -> int:
    """Add what meaning says: to the candidates, and when widening also as new candidates."""
    for i in range(len(near_docs)):
        d = near_docs[i]
        if seen[d] >= base:
            acc[d] += values[i]
        elif widen and alive[d]:
            seen[d] = np.uint32(base)
            acc[d] = values[i]
            cnt[d] = 0
            out[found] = d
            found += 1
    return found


@njit(cache=True)
def best(
    cands: Any, found: int, acc: Any, placed: bool, qx: float, qy: float, qz: float, reach: float,
    pstart: Any, px: Any, py: Any, pz: Any, fstart: Any, fcode: Any, taxonomy: Any, chosen: Any,
    chosen_bits: int,
) -> Any:  # fmt: skip
    """The best score by words among the candidates that pass the filters; 0 when none does."""
    high = np.float32(0.0)
    for i in range(found):
        d = cands[i]
        if acc[d] <= high or _chord(d, placed, qx, qy, qz, pstart, px, py, pz) > reach:
            continue
        if _missing(d, fstart, fcode, taxonomy, chosen, chosen_bits) == 0:
            high = acc[d]
    return high


@njit(cache=True)
def select(
    cands: Any, found: int, acc: Any, cnt: Any, required: int, by_text: bool, floor: float, alive: Any,
    factor: Any, rank: Any, tie: Any, placed: bool, qx: float, qy: float, qz: float, reach: float,
    pstart: Any, px: Any, py: Any, pz: Any, fstart: Any, fcode: Any, bits_of: Any, taxonomy: Any, chosen: Any,
    chosen_bits: int, k: int, counts: Any, top_doc: Any, top_score: Any, top_chord: Any,
) -> Any:  # fmt: skip
    """Filter the candidates, count facets and keep the best k. Gives (total, kept).

    `reach` is the square of the longest chord on the unit sphere; a document without points is everywhere. A
    facet is counted with the choices of its own taxonomy left out. What scores below `floor` is left out;
    above a floor, what has every word is lifted.
    """
    many = found > MANY and len(bits_of) > 0
    rows = 1 + _ones(np.uint64(chosen_bits)) if many else 0
    marks = np.zeros((rows, bits_of.shape[1]), dtype=np.uint64)
    total = 0
    kept = 0
    worst = np.float32(-1.0)
    for i in range(found):
        d = cands[i]
        if (by_text and acc[d] < floor) or not alive[d]:
            continue
        chord = _chord(d, placed, qx, qy, qz, pstart, px, py, pz)
        if chord > reach:
            continue
        missing = _missing(d, fstart, fcode, taxonomy, chosen, chosen_bits)
        if many:
            _mark(d, missing, chosen_bits, marks)
        else:
            _count(d, missing, fstart, fcode, taxonomy, counts)
        if missing != 0:
            continue
        total += 1
        score = factor[d] * _nearness(chord, placed)
        if by_text:
            score *= acc[d] * np.float32(1.5 if floor > 0.0 and cnt[d] == required else 1.0)
        if score >= worst:
            kept = _keep(d, score, chord, kept, k, rank, tie, top_doc, top_score, top_chord)
            if kept == k and k > 0:
                worst = top_score[k - 1]
    if many:
        _count_marks(marks, bits_of, taxonomy, chosen_bits, counts)
    return total, kept


@njit(cache=True, inline="always")
def _nearness(chord: float, placed: bool) -> Any:
    """Nearer before further, a little; what is everywhere comes between."""
    if not placed:
        return np.float32(1.0)
    if chord < 0.0:
        return np.float32(0.95)
    return np.float32(1.0 - 0.2 * min(1.0, (chord / FAR) ** 0.5))


@njit(cache=True, inline="always")
def _mark(d: int, missing: int, chosen_bits: int, marks: Any) -> None:
    """Mark what meets every choice in row 0, and what misses only one taxonomy in the row of that."""
    row = 0
    if missing != 0:
        if missing & (missing - 1) != 0:
            return
        row = 1 + _ones(np.uint64(chosen_bits & (missing - 1)))
    marks[row, d >> 6] |= np.uint64(1) << np.uint64(d & 63)


@njit(cache=True, inline="always")
def _count(d: int, missing: int, fstart: Any, fcode: Any, taxonomy: Any, counts: Any) -> None:
    """Count the codes of a document that meets every choice; or of the one taxonomy that it does not meet."""
    if missing == 0:
        for j in range(fstart[d], fstart[d + 1]):
            counts[fcode[j]] += 1
    elif missing & (missing - 1) == 0:
        for j in range(fstart[d], fstart[d + 1]):
            if (np.int64(1) << taxonomy[fcode[j]]) == missing:
                counts[fcode[j]] += 1


@njit(cache=True, inline="always")
def _ones(word: Any) -> Any:
    """How many bits are set."""
    word = word - ((word >> np.uint64(1)) & np.uint64(0x5555555555555555))
    word = (word & np.uint64(0x3333333333333333)) + ((word >> np.uint64(2)) & np.uint64(0x3333333333333333))
    word = (word + (word >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return np.int64((word * np.uint64(0x0101010101010101)) >> np.uint64(56))


@njit(cache=True)
def _count_marks(marks: Any, bits_of: Any, taxonomy: Any, chosen_bits: int, counts: Any) -> None:
    """As `_count`, for many documents at once."""
    for code in range(len(bits_of)):
        here = np.int64(0)
        own = np.int64(1) << taxonomy[code]
        if chosen_bits & own:
            row = 1 + _ones(np.uint64(chosen_bits & (own - 1)))
            for i in range(marks.shape[1]):
                here += _ones((marks[0, i] | marks[row, i]) & bits_of[code, i])
        else:
            for i in range(marks.shape[1]):
                here += _ones(marks[0, i] & bits_of[code, i])
        counts[code] += here


@njit(cache=True)
def _keep(
    d: int, score: float, chord: float, kept: int, k: int, rank: Any, tie: Any, top_doc: Any, top_score: Any,
    top_chord: Any,
) -> int:  # fmt: skip
    """Put a document where it belongs among the best k."""
    at = kept
    if kept == k:
        if k == 0 or not _before(score, d, top_score[k - 1], top_doc[k - 1], rank, tie):
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
    top_chord[at] = chord
    return kept


@njit(cache=True, inline="always")
def _before(score: float, d: int, other_score: float, other: int, rank: Any, tie: Any) -> bool:
    if score != other_score:
        return bool(score > other_score)
    if rank[d] != rank[other]:
        return bool(rank[d] < rank[other])
    return bool(tie[d] < tie[other])


@njit(cache=True)
def _chord(
    d: int, placed: bool, qx: float, qy: float, qz: float, pstart: Any, px: Any, py: Any, pz: Any
) -> float:
    """The square of the chord to the nearest point of a document; -1 when it is everywhere or nobody
    asked.
    """
    if not placed or pstart[d] == pstart[d + 1]:
        return -1.0
    best = 9.0
    for p in range(pstart[d], pstart[d + 1]):
        x = px[p] - qx
        y = py[p] - qy
        z = pz[p] - qz
        best = min(best, x * x + y * y + z * z)
    return float(best)


@njit(cache=True)
def _missing(d: int, fstart: Any, fcode: Any, taxonomy: Any, chosen: Any, chosen_bits: int) -> Any:
    """The chosen taxonomies of which a document has no chosen code, as bits."""
    if chosen_bits == 0:
        return 0
    have = np.int64(0)
    for j in range(fstart[d], fstart[d + 1]):
        if chosen[fcode[j]]:
            have |= np.int64(1) << taxonomy[fcode[j]]
    return chosen_bits & ~have


@njit(cache=True)
def which(docs: Any, froms: Any, tos: Any, hits: Any, kept: int) -> Any:
    """For each hit the alternatives that name it, as bits; at most 63 alternatives are told apart."""
    told = np.zeros(kept, dtype=np.int64)
    for k in range(min(len(froms), 63)):
        for i in range(kept):
            at = np.searchsorted(docs[froms[k] : tos[k]], hits[i])
            if at < tos[k] - froms[k] and docs[froms[k] + at] == hits[i]:
                told[i] |= np.int64(1) << k
    return told
