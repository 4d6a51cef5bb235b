"""Which cells of a table must be hidden, because few people or few practices stand behind them. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

SMALLEST_CELL = 5
"""Fewer than this could point to someone."""

FEWEST_SHOWN = 2
"""With fewer cells than this beside the sum of the others, nothing is shown apart."""

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class SafeTable:
    """Cells that may be shown, and the rest added up. `together` is None when nothing had to be hidden."""

    shown: Mapping[object, int]
    hidden: tuple[object, ...]
    together: int | None


def hide_small(cells: Mapping[Key, int], order: Sequence[Key]) -> SafeTable:
    """Add small cells together until none can be found again, not even by subtraction.

    Cells under `SMALLEST_CELL` are hidden. The hidden ones are shown as one sum, so at least two of them are
    needed and their sum must leave open what each is; otherwise the next smallest cell joins them. When fewer
    than two cells would be left to show, all are hidden. `order` breaks ties, so that the same counts always
    give the same table.
    """
    by_size = sorted(order, key=lambda key: (cells[key], order.index(key)))
    hidden = [key for key in by_size if cells[key] < SMALLEST_CELL]
    if not any(cells[key] for key in hidden):
        return SafeTable({key: cells[key] for key in order}, (), None)
    rest = by_size[len(hidden) :]
    while rest and not _is_safe([cells[key] for key in hidden]):
        size = cells[rest[0]]
        while (
            rest and cells[rest[0]] == size
        ):  # equal cells go together, or the choice between them would tell
            hidden.append(rest.pop(0))
    if len(rest) < FEWEST_SHOWN:
        hidden += rest
    return SafeTable(
        shown={key: cells[key] for key in order if key not in hidden},
        hidden=tuple(key for key in order if key in hidden),
        together=sum(cells[key] for key in hidden),
    )


def _is_safe(hidden: Sequence[int]) -> bool:
    """Whether the sum leaves open what each cell is; not when each could only be the largest."""
    total = sum(hidden)
    return len(hidden) >= 2 and total >= SMALLEST_CELL and total != (SMALLEST_CELL - 1) * len(hidden)
