"""Planning: the earliest moment at which the right people and a place are free together.

`earliest_fits(problem)` answers one request at once. Everything public is named here.
"""

from noaber.engines.planning.errors import BadInstance
from noaber.engines.planning.interchange import from_json, to_json
from noaber.engines.planning.model import (
    CERTIFIED,
    EXTRA_ROLE,
    GGZ_REGISTERED,
    LIVED_EXPERIENCE,
    LIVED_ROLE,
    Candidate,
    Composition,
    Lack,
    LackKind,
    LanguageBy,
    LivedExperience,
    Mode,
    Option,
    Penalty,
    Place,
    PlanAnswer,
    Problem,
    Requirement,
    Seat,
    Shortage,
    Wish,
)
from noaber.engines.planning.run import earliest_fits

__all__ = [
    "CERTIFIED",
    "EXTRA_ROLE",
    "GGZ_REGISTERED",
    "LIVED_EXPERIENCE",
    "LIVED_ROLE",
    "BadInstance",
    "Candidate",
    "Composition",
    "Lack",
    "LackKind",
    "LanguageBy",
    "LivedExperience",
    "Mode",
    "Option",
    "Penalty",
    "Place",
    "PlanAnswer",
    "Problem",
    "Requirement",
    "Seat",
    "Shortage",
    "Wish",
    "earliest_fits",
    "from_json",
    "to_json",
]
