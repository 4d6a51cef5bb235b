"""Coverage: who has a point within reach, who has none, and where the next ones reach the most.

`cover(problem)` answers everything at once; `Coverage` stays, for what-if. Everything public is named here.
"""

from noaber.engines.coverage.errors import BadInstance
from noaber.engines.coverage.model import (
    Aim,
    BestNext,
    Change,
    Count,
    CoverAnswer,
    Delta,
    Floats,
    Geometry,
    Part,
    PlaceChange,
    Point,
    Population,
    Problem,
    Reach,
    WhiteSpot,
)
from noaber.engines.coverage.run import Coverage, cover, warm

__all__ = [
    "Aim",
    "BadInstance",
    "BestNext",
    "Change",
    "Count",
    "CoverAnswer",
    "Coverage",
    "Delta",
    "Floats",
    "Geometry",
    "Part",
    "PlaceChange",
    "Point",
    "Population",
    "Problem",
    "Reach",
    "WhiteSpot",
    "cover",
    "warm",
]
