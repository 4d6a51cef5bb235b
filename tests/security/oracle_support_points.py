"""Who gets which page of support points: Wil is host, Dirk administers another one, Joris steers."""

from __future__ import annotations

HOSTS = {"wil"}
STEERS = {"joris"}

EXPECTED: dict[str, dict[str, object]] = {
    "support_points:ours": {"opens": {"wil", "dirk"}},
    "support_points:new": {"opens": {"dirk"}},
    "support_points:manage": {"opens": {"dirk"}},
    "support_points:host": {"opens": HOSTS},
    "support_points:count": {"opens": HOSTS, "post_only": True},
    "support_points:add_list": {"opens": HOSTS, "post_only": True},
    "support_points:refer": {"opens": HOSTS, "post_only": True},
    "support_points:beds": {"opens": HOSTS, "post_only": True},
    "support_points:days": {"opens": HOSTS},
    "support_points:drop_day": {"opens": HOSTS, "post_only": True},
    "support_points:stop_item": {"opens": HOSTS, "post_only": True},
    "support_points:story": {"opens": HOSTS},
    "support_points:overview": {"opens": STEERS},
    "support_points:coverage": {"opens": STEERS},
    "support_points:fit_gap": {"opens": STEERS},
    "support_points:fit_gap_csv": {"opens": STEERS},
    "support_points:growth": {"opens": STEERS},
    "support_points:documents": {"opens": STEERS},
    "support_points:one": {"opens": STEERS},
}
