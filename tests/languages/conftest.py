"""The world of the security tests, for pages in every language."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import translation
from tests.security.conftest import fixed_clock, standing_world, world

__all__ = ["back_to_dutch", "fixed_clock", "standing_world", "world"]


@pytest.fixture(autouse=True)
def back_to_dutch() -> Iterator[None]:
    """A page leaves its language behind in this thread; the next test reads Dutch."""
    yield
    translation.activate("nl")
