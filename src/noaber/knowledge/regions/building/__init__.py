"""Turns checked files into the typed values of `types.py`, losing nothing."""

from noaber.knowledge.regions.building.region import build_region

__all__ = ["build_region"]
