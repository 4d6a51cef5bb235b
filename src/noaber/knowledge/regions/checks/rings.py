"""Finds a ring in a chain of 'this one follows that one'."""

from __future__ import annotations

from collections.abc import Mapping


def first_ring(above: Mapping[str, str]) -> list[str]:
    """The members of the first ring, starting with the smallest name; empty when there is none."""
    for start in sorted(above):
        seen: list[str] = []
        here: str | None = start
        while here is not None and here not in seen:
            seen.append(here)
            here = above.get(here)
        if here is not None:
            ring = seen[seen.index(here) :]
            smallest = ring.index(min(ring))
            return ring[smallest:] + ring[:smallest]
    return []
