"""What the loops of the search are given: a layer, a question, a place, and room to work in. All arrays."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from noaber.engines.search.bits import Bits

Ints = npt.NDArray[np.int64]
Short = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float32]


class Laid(NamedTuple):
    """A layer: per stem a list of documents, a long one as a set too; and what is known of each document."""

    start: Ints
    docs: Short
    tf: npt.NDArray[np.uint8]
    often: Short
    often_bits: Bits
    often_before: Short
    length: Floats
    factor: Floats
    rank: Ints
    tie: npt.NDArray[np.uint64]
    alive: Bits
    facet_codes: Short
    facet_bits: Bits


class Wanted(NamedTuple):
    """A question: the alternatives in order of their group, what is asked of facets, how texts are weighed.

    Groups below `required` must be met when `every` holds; else one of the first `bringing` alternatives is
    enough. `a` and `c`: BM25 counts a word said t times
    t / (t + a + c * length). `chosen` marks codes; `chosen_bits` their taxonomies.
    """

    by_text: bool
    every: bool
    required: int
    bringing: int
    terms: Ints
    groups: Ints
    weights: Floats
    a: float
    c: float
    taxonomy: Ints
    chosen: npt.NDArray[np.uint8]
    chosen_bits: int


class Near(NamedTuple):
    """A place: its point on the unit sphere, the longest chord squared, and a box round what is near."""

    asked: bool
    x: float
    y: float
    z: float
    reach: float
    south: float
    north: float
    west: float
    east: float


class Scratch(NamedTuple):
    """Room to work in. Sets: what fits, what fits but for one chosen taxonomy (each), telling, spare."""

    sets: Bits
    acc: Floats
    cur: Floats
    out: Short
