"""The loops of choosing places, compiled by numba: greedy, exchange and the Lagrangian bound.

Rows are groups of people with weight `w`; `ptr, cand` lists the candidates that reach each group and
`cptr, grp` the groups that each candidate reaches. `status`: 0 free, 1 chosen for good, 2 left out for good.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

DEFLECTION = 0.9
"""How much of the former direction a step keeps; less zigzags, more runs past."""

PATIENCE = 30
"""Steps without a better bound after which steps become smaller."""

SLOWEST = 1e-3
"""Steps smaller than this part of the full one bring nothing more."""

FADE = 0.05
"""How fast the memory of which places were picked fades."""

TRY_EVERY = 40
"""Steps between two attempts to make a choice of them."""


@njit(cache=True, nogil=True)
def turned(ptr: Any, cand: Any, n: int) -> Any:
    """The same pairs by candidate."""
    cptr = np.zeros(n + 1, dtype=np.int64)
    for e in range(len(cand)):
        cptr[cand[e] + 1] += 1
    for j in range(n):
        cptr[j + 1] += cptr[j]
    at = cptr[:-1].copy()
    grp = np.empty(len(cand), dtype=np.int32)
    for g in range(len(ptr) - 1):
        for e in range(ptr[g], ptr[g + 1]):
            j = cand[e]
            grp[at[j]] = g
            at[j] += 1
    return cptr, grp


@njit(cache=True, nogil=True)
def value_of(chosen: Any, cptr: Any, grp: Any, w: Any) -> float:
    """The weight that these places reach."""
    seen = np.zeros(len(w), dtype=np.bool_)
    total = 0.0
    for j in chosen:
        for e in range(cptr[j], cptr[j + 1]):
            if not seen[grp[e]]:
                seen[grp[e]] = True
                total += w[grp[e]]
    return total


@njit(cache=True, nogil=True)
def gains_of(times: Any, ptr: Any, cand: Any, w: Any, n: int) -> Any:
    """What each candidate would add to what is reached now."""
    gains = np.zeros(n)
    for g in range(len(w)):
        if times[g] == 0:
            for e in range(ptr[g], ptr[g + 1]):
                gains[cand[e]] += w[g]
    return gains


@njit(cache=True, nogil=True)
def _put(
    j: int, step: int, times: Any, gains: Any, ptr: Any, cand: Any, cptr: Any, grp: Any, w: Any
) -> float:
    """Put a place there (step 1) or take it away (-1); gives the weight that changes hands."""
    changed = 0.0
    for e in range(cptr[j], cptr[j + 1]):
        g = grp[e]
        times[g] += step
        if (step == 1 and times[g] == 1) or (step == -1 and times[g] == 0):
            changed += w[g]
            for f in range(ptr[g], ptr[g + 1]):
                gains[cand[f]] -= step * w[g]
    return changed


@njit(cache=True, nogil=True)
def improve(chosen: Any, k: int, status: Any, ptr: Any, cand: Any, cptr: Any, grp: Any, w: Any) -> float:
    """Fill `chosen` greedily up to k, then exchange one for one until nothing gets better; its value."""
    n = len(cptr) - 1
    times = np.zeros(len(w), dtype=np.int32)
    inside = np.zeros(n, dtype=np.bool_)
    gains = gains_of(times, ptr, cand, w, n)
    total = 0.0
    size = 0
    while size < len(chosen) and chosen[size] >= 0:
        inside[chosen[size]] = True
        total += _put(chosen[size], 1, times, gains, ptr, cand, cptr, grp, w)
        size += 1
    while size < k:
        best = _best(gains, inside, status, -1)
        if best < 0:
            break
        inside[best] = True
        chosen[size] = best
        size += 1
        total += _put(best, 1, times, gains, ptr, cand, cptr, grp, w)
    idle = 0
    at = 0
    while size > 0 and idle < size:
        out = chosen[at]
        better = False
        if status[out] != 1:
            loss = _put(out, -1, times, gains, ptr, cand, cptr, grp, w)
            best = _best(gains, inside, status, out)
            if best >= 0 and gains[best] > loss * (1 + 1e-12) + 1e-9:
                inside[out] = False
                inside[best] = True
                chosen[at] = best
                better = True
            gain = _put(chosen[at], 1, times, gains, ptr, cand, cptr, grp, w)
            total += gain - loss
        idle = 0 if better else idle + 1
        at = (at + 1) % size
    return float(value_of(chosen[:size], cptr, grp, w))


@njit(cache=True, nogil=True)
def _best(gains: Any, inside: Any, status: Any, but: int) -> int:
    best = -1
    for j in range(len(gains)):
        if not inside[j] and status[j] != 2 and j != but and (best < 0 or gains[j] > gains[best]):
            best = j
    return best


@njit(cache=True, nogil=True)
def bound(u: Any, rounds: int, k: int, status: Any, low: float, ptr: Any, cand: Any, cptr: Any, grp: Any,
          w: Any, chosen: Any, mean_x: Any) -> Any:  # fmt: skip
    """Lower the Lagrangian bound by `rounds` steps of deflected subgradient; `u` becomes the best prices.

    Each group may be counted for w - u without a place, and each place earns the prices u of what it reaches:
    for every 0 <= u <= w the sum of all (w - u) and of the best k earnings is at least what any k places
    reach. Now and then the places that were picked most of late are exchanged into a choice.
    Gives (bound, earnings at the best prices, value of the best choice if above `low`, else -1). That choice
    is put in `chosen`.
    """
    n, rows = len(cptr) - 1, len(w)
    earn, best_earn = np.zeros(n), np.zeros(n)
    price, slope = u.copy(), np.zeros(rows)
    times = np.zeros(rows, dtype=np.int32)
    lowest, found = np.inf, -1.0
    pace, since = 1.0, 0
    mean_x[:] = 0.0
    for turn in range(rounds):
        total = _relax(price, k, status, ptr, cand, cptr, grp, w, earn, times, mean_x)
        since += 1
        if total < lowest:
            since = 0 if total < lowest - 1e-5 * abs(total) else since
            lowest = total
            u[:] = price
            best_earn[:] = earn
        if since > PATIENCE:
            pace *= 0.7
            since = 0
        if turn % TRY_EVERY == TRY_EVERY - 1 or turn == rounds - 1:
            guess = np.full(k, -1, dtype=np.int64)
            likely = first_of(mean_x, status, k)
            guess[: len(likely)] = likely
            value = improve(guess, k, status, ptr, cand, cptr, grp, w)
            if value > low:
                low, found = value, value
                chosen[:] = guess
        if (
            lowest <= low * (1 + 1e-12)
            or pace < SLOWEST
            or not _step(pace, total, low, price, slope, times, w)
        ):
            break
    return lowest, best_earn, found


@njit(cache=True, nogil=True)
def _relax(price: Any, k: int, status: Any, ptr: Any, cand: Any, cptr: Any, grp: Any, w: Any, earn: Any,
           times: Any, mean_x: Any) -> float:  # fmt: skip
    """The bound at these prices; fills what each place earns and how often each group is reached."""
    total = 0.0
    earn[:] = 0.0
    for g in range(len(w)):
        v = price[g]
        total += w[g] - v
        if v > 0:
            for e in range(ptr[g], ptr[g + 1]):
                earn[cand[e]] += v
    times[:] = 0
    mean_x *= 1 - FADE
    for j in first_of(earn, status, k):
        mean_x[j] += FADE
        total += earn[j]
        for e in range(cptr[j], cptr[j + 1]):
            times[grp[e]] += 1
    return total


@njit(cache=True, nogil=True)
def _step(pace: float, total: float, low: float, price: Any, slope: Any, times: Any, w: Any) -> bool:
    """Move the prices against the slope, as far as the gap asks; False when they stand where they should."""
    norm = 0.0
    for g in range(len(w)):
        here = times[g] - 1.0
        if (here < 0 and price[g] >= w[g]) or (here > 0 and price[g] <= 0):
            here = 0.0
        slope[g] = here + DEFLECTION * slope[g]
        norm += slope[g] * slope[g]
    if norm <= 0:
        return False
    step = pace * max(total - low, 1e-6 * abs(total)) / norm
    for g in range(len(w)):
        price[g] = min(max(price[g] - step * slope[g], 0.0), w[g])
    return True


@njit(cache=True, nogil=True)
def first_of(score: Any, status: Any, k: int) -> Any:
    """Those chosen for good and then the free ones that score most, at most k in all."""
    key = np.empty(len(score))
    left_out = 0
    for j in range(len(score)):
        key[j] = -np.inf if status[j] == 1 else -score[j]
        if status[j] == 2:
            key[j] = np.inf
            left_out += 1
    return np.argsort(key, kind="mergesort")[: min(k, len(score) - left_out)]
