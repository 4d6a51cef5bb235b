"""How places of groups are given out, and how many groups a plan wants. See the README."""

from noaber.knowledge.groups.tables import (
    BrokenTables,
    Goal,
    PlaceRules,
    check_tables,
    goal_of,
    goals,
    rules_on,
)

__all__ = ["BrokenTables", "Goal", "PlaceRules", "check_tables", "goal_of", "goals", "rules_on"]
