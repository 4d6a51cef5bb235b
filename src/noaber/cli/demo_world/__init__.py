"""The invented people and two years of their requests for help, for the demo."""

from noaber.cli.demo_world.ways_in import SignIn, sign_ins
from noaber.cli.demo_world.world import is_seeded, seed

__all__ = ["SignIn", "is_seeded", "seed", "sign_ins"]
