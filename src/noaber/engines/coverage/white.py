"""White spots: people with nothing within reach, by the named place they live in."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from noaber.engines.coverage.layout import Layout
from noaber.engines.coverage.model import Floats, WhiteSpot


def white_spots(layout: Layout, within: NDArray[np.int32], metres: Floats) -> tuple[WhiteSpot, ...]:
    """Per named place what is out of reach; places where nobody is are left out. Most people first."""
    places = layout.population.places
    out = np.flatnonzero(within == 0)
    place, people, needs = layout.place[out], layout.people[out], layout.needs[out]
    size = len(places)

    def total(values: Floats) -> Floats:
        return np.bincount(place, values, size).astype(np.float64)

    everyone = np.bincount(layout.place, layout.people, size)
    outside, lacking, count = total(people), total(needs), np.bincount(place, minlength=size)
    given = layout.order[out]
    weight = np.where(people > 0, people, 1e-9)
    weights = np.maximum(total(weight), 1e-300)
    far = np.where(people > 0, metres[out], 0.0)
    with np.errstate(invalid="ignore"):
        distance = total(np.where(people > 0, people * far, 0.0)) / np.maximum(outside, 1e-300)
    y = total(weight * layout.population.y[given]) / weights
    x = total(weight * layout.population.x[given]) / weights
    found = [
        WhiteSpot(
            place=places[i],
            people=float(outside[i]),
            needs=float(lacking[i]),
            share=float(outside[i] / everyone[i]) if everyone[i] else 0.0,
            points=int(count[i]),
            metres=float(distance[i]),
            y=float(y[i]),
            x=float(x[i]),
        )
        for i in np.flatnonzero((outside > 0) | (lacking > 0)).tolist()
    ]
    return tuple(sorted(found, key=lambda spot: (-spot.people, -spot.needs, spot.place)))
