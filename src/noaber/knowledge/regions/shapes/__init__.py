"""What each file of a region folder must look like."""

from noaber.knowledge.regions.shapes.catalogue import (
    PLAN_FILES,
    REGION_FILES,
    REQUIRED_PLAN_FILES,
    REQUIRED_REGION_FILES,
)

__all__ = ["PLAN_FILES", "REGION_FILES", "REQUIRED_PLAN_FILES", "REQUIRED_REGION_FILES"]
