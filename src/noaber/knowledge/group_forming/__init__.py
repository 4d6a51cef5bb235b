"""What a group needs to start, and how many groups the plans promise. See the README."""

from noaber.knowledge.group_forming.tables import (
    BrokenTables,
    Forming,
    KindSize,
    Wanted,
    check_tables,
    forming,
    kinds,
    wanted_of,
)

__all__ = [
    "BrokenTables",
    "Forming",
    "KindSize",
    "Wanted",
    "check_tables",
    "forming",
    "kinds",
    "wanted_of",
]
