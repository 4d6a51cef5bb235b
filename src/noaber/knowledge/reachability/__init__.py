"""How far is near enough by how one travels, and how inhabitants are spread: dated, typed."""

from noaber.knowledge.reachability.tables import (
    BrokenReachability,
    Mode,
    Reachability,
    check_reachability,
    reachability_on,
)

__all__ = ["BrokenReachability", "Mode", "Reachability", "check_reachability", "reachability_on"]
