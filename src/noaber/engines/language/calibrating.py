"""Fit the formula on our own texts and say how well it does.

``python -m noaber.engines.language.calibrating`` prints it.

The weights are least squares that may not be negative, so that a harder text never gets an easier level. Rare
words and abbreviations go so closely together with long words in these texts that the fit cannot tell them
apart; their weights are chosen (`CHOSEN`), and the others fitted on what is left. Every figure that is told
is of texts left out: each text is judged by a formula fitted on all the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import yaml

from noaber.engines.language import measuring
from noaber.engines.language.model import Features, Level

TEXTS = Path(__file__).parent / "calibration" / "texts.yaml"
NAMES = tuple(Features.__slots__)
CHOSEN = {"rare": 1.0, "short": 0.2}
"""Weights that are not fitted."""


@dataclass(frozen=True, slots=True)
class Fit:
    """A begin, weights in the order of `Features`, limits, and how well texts that were left out did.

    The limit between two levels lies halfway the mean scores of their texts.
    """

    begin: float
    weights: tuple[float, ...]
    limits: tuple[float, ...]
    correlation: float
    confusion: tuple[tuple[int, ...], ...]
    """Rows: the level a text was written at; columns: the level it got."""

    @property
    def exact(self) -> float:
        """The share of texts that got the level they were written at."""
        return sum(self.confusion[n][n] for n in range(4)) / sum(map(sum, self.confusion))

    @property
    def within_one(self) -> float:
        """The share that got this level or the next."""
        near = sum(self.confusion[r][c] for r in range(4) for c in range(4) if abs(r - c) <= 1)
        return near / sum(map(sum, self.confusion))


def texts() -> list[tuple[Level, str]]:
    """Our own texts with the level at which each was written."""
    table = yaml.safe_load(TEXTS.read_text("utf-8"))["texts"]
    return [(Level[name], text) for name, some in table.items() for text in some]


def fit(samples: Sequence[tuple[Level, str]] | None = None) -> Fit:
    """The formula from these texts."""
    known = list(samples or texts())
    rows = np.array([astuple(_features(text)) for _level, text in known])
    levels = np.array([float(level) for level, _text in known])
    begin, weights = _not_negative(rows, levels)
    guessed = np.empty(len(known))
    confusion = np.zeros((4, 4), dtype=int)
    for n in range(len(known)):
        others = np.arange(len(known)) != n
        left_begin, left_weights = _not_negative(rows[others], levels[others])
        guessed[n] = left_begin + rows[n] @ left_weights
        limits = _limits(left_begin + rows[others] @ left_weights, levels[others])
        confusion[int(levels[n]) - 2, sum(guessed[n] >= limit for limit in limits)] += 1
    return Fit(
        float(begin),
        tuple(float(weight) for weight in weights),
        _limits(begin + rows @ weights, levels),
        float(np.corrcoef(levels, guessed)[0, 1]),
        tuple(tuple(int(cell) for cell in row) for row in confusion),
    )


def _features(text: str) -> Features:
    found = measuring.level(text).features
    if found is None:
        raise ValueError(f"this text is too short to calibrate on: {text[:40]}")
    return found


def _not_negative(rows: np.ndarray, levels: np.ndarray) -> tuple[float, np.ndarray]:
    """Least squares; a feature whose weight would be negative is left out, the worst first."""
    fixed = np.array([CHOSEN.get(name, 0.0) for name in NAMES])
    used = [n for n, name in enumerate(NAMES) if name not in CHOSEN]
    left = levels - rows @ fixed
    while True:
        matrix = np.column_stack([np.ones(len(rows)), rows[:, used]])
        found, *_rest = np.linalg.lstsq(matrix, left, rcond=None)
        if not used or found[1:].min() >= 0:
            weights = fixed.copy()
            weights[used] = found[1:]
            return float(found[0]), weights
        used.pop(int(found[1:].argmin()))


def _limits(scores: np.ndarray, levels: np.ndarray) -> tuple[float, ...]:
    means = [float(scores[levels == level].mean()) for level in Level]
    return tuple((low + high) / 2 for low, high in pairwise(means))


def main() -> None:
    """Print the formula and how well it does."""
    found = fit()
    print(f"BEGIN = {found.begin:.3f}")
    for name, weight in zip(NAMES, found.weights, strict=True):
        print(f"{name} = {weight:.3f}")
    print("limits", *(f"{limit:.2f}" for limit in found.limits))
    print(f"correlation {found.correlation:.2f}, exact {found.exact:.0%}, within one {found.within_one:.0%}")
    for level, row in zip(Level, found.confusion, strict=True):
        print(level.name, *row)


if __name__ == "__main__":
    main()
