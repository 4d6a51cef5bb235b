"""A copy of the real region folders that a test may spoil."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

REGIONS = Path(__file__).parents[5] / "regions"


@pytest.fixture(scope="session")
def regions_root() -> Path:
    """The real region folders; never write here."""
    return REGIONS


@pytest.fixture
def regions_copy(tmp_path: Path) -> Path:
    """A copy of all region folders, free to spoil."""
    copy = tmp_path / "regions"
    shutil.copytree(REGIONS, copy)
    return copy
