"""What an inventory asks, which activities there are, and what the plans promise of them. See the README."""

from noaber.knowledge.neighbourhood.tables import (
    ACCESS,
    NEEDS,
    NORM_CAMPAIGN,
    ActivityKind,
    BrokenTables,
    Goal,
    InventoryTable,
    Question,
    activity_kinds,
    check_tables,
    first_names,
    goals,
    goals_of,
    inventories,
    risk_groups,
)

__all__ = [
    "ACCESS",
    "NEEDS",
    "NORM_CAMPAIGN",
    "ActivityKind",
    "BrokenTables",
    "Goal",
    "InventoryTable",
    "Question",
    "activity_kinds",
    "check_tables",
    "first_names",
    "goals",
    "goals_of",
    "inventories",
    "risk_groups",
]
