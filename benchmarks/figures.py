"""From measured times to the few numbers that a reader needs."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log
from statistics import fmean, median, quantiles


@dataclass(frozen=True, slots=True)
class Spread:
    """The middle, the slow end and the count of measured times, in milliseconds."""

    median_ms: float
    p95_ms: float
    n: int

    @classmethod
    def of(cls, seconds: Sequence[float]) -> Spread:
        """From times in seconds; at least two."""
        return cls(
            median_ms=round(median(seconds) * 1000, 3),
            p95_ms=round(quantiles(seconds, n=20)[-1] * 1000, 3),
            n=len(seconds),
        )


def geometric_mean(ratios: Sequence[float]) -> float:
    """The mean for ratios: twice as fast and half as fast together are equal."""
    return exp(fmean(log(ratio) for ratio in ratios))


def machine() -> dict[str, object]:
    """What was measured on, without names."""
    return {
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "load_before": round(os.getloadavg()[0], 2),
        "system": f"{platform.system()} {platform.machine()}",
        "python": sys.version.split()[0],
    }
