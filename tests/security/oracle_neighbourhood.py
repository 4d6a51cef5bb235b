"""Who gets which page of a welcoming neighbourhood: Roos is in its team, Joris steers. No resident in it."""

from __future__ import annotations

TEAM = {"roos"}
STEERS = {"joris"}
BOTH = TEAM | STEERS
IN_REGION = set(
    "noor piet ilse sanne tineke bram henk joris petra dirk olga wil anouk roos lotte ruud".split()
)
"""Whoever has a role in Twente; Gerda, Gijs, Boris and Bea work elsewhere."""

EXPECTED: dict[str, dict[str, object]] = {
    "neighbourhood:areas": {"opens": BOTH},
    "neighbourhood:new_area": {"opens": STEERS},
    "neighbourhood:area": {"opens": BOTH},
    "neighbourhood:team": {"opens": STEERS},
    "neighbourhood:end_member": {"opens": STEERS, "post_only": True},
    "neighbourhood:hours": {"opens": TEAM},
    "neighbourhood:add_key_person": {"opens": TEAM},
    "neighbourhood:withdraw": {"opens": BOTH},
    "neighbourhood:add_inventory": {"opens": TEAM},
    "neighbourhood:inventory": {"opens": BOTH},
    "neighbourhood:add_signal": {"opens": TEAM},
    "neighbourhood:signal": {"opens": BOTH},
    "neighbourhood:finish": {"opens": TEAM, "post_only": True},
    "neighbourhood:acute": {"opens": IN_REGION},
    "neighbourhood:new_acute": {"opens": TEAM},
    "neighbourhood:activities": {"opens": BOTH},
    "neighbourhood:new_activity": {"opens": BOTH},
    "neighbourhood:activity": {"opens": BOTH},
}
