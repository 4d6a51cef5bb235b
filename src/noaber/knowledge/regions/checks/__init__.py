"""Checks that look over the edge of one field: references, sums, rules that contradict each other."""

from noaber.knowledge.regions.checks.money import check_money
from noaber.knowledge.regions.checks.references import check_references
from noaber.knowledge.regions.checks.settings import check_settings
from noaber.knowledge.regions.checks.sums import check_sums
from noaber.knowledge.regions.checks.unique import check_unique

ALL_CHECKS = (check_unique, check_references, check_settings, check_sums, check_money)

__all__ = ["ALL_CHECKS"]
