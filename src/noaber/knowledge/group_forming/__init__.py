"""What a group needs to start. See the README."""

from noaber.knowledge.group_forming.tables import (
    BrokenTables,
    Forming,
    KindSize,
    check_tables,
    forming,
    kinds,
)

__all__ = [
    "BrokenTables",
    "Forming",
    "KindSize",
    "check_tables",
    "forming",
    "kinds",
]
