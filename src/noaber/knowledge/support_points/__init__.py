"""What a point tells about itself, phases of recovery, measures of capacity. See the README."""

from noaber.knowledge.support_points.tables import (
    BrokenTables,
    CapacityDefinition,
    Characteristic,
    Measure,
    Phase,
    capacity_definition,
    characteristics,
    characteristics_dated,
    characteristics_source,
    check_tables,
    measures,
    phases,
)

__all__ = [
    "BrokenTables",
    "CapacityDefinition",
    "Characteristic",
    "Measure",
    "Phase",
    "capacity_definition",
    "characteristics",
    "characteristics_dated",
    "characteristics_source",
    "check_tables",
    "measures",
    "phases",
]
