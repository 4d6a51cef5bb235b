"""What a wait is measured against, and when a figure is old or doubtful. See the README."""

from noaber.knowledge.waits.table import (
    BrokenWaits,
    Limits,
    Method,
    Norms,
    check_waits,
    limits_on,
    methods,
    norms_on,
)

__all__ = [
    "BrokenWaits",
    "Limits",
    "Method",
    "Norms",
    "check_waits",
    "limits_on",
    "methods",
    "norms_on",
]
