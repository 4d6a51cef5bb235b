"""The world of the security tests, for pages in every language."""

from tests.security.conftest import fixed_clock, standing_world, world

__all__ = ["fixed_clock", "standing_world", "world"]
