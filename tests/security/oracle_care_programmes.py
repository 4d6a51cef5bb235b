"""Who gets which page of waits: anyone reads, Dirk keeps those of his own organisation."""

from __future__ import annotations

KEEPS = {"dirk"}

EXPECTED: dict[str, dict[str, object]] = {
    "care_programmes:own": {"opens": KEEPS},
    "care_programmes:new": {"opens": KEEPS},
    "care_programmes:edit": {"opens": KEEPS},
    "care_programmes:file": {"opens": KEEPS},
    "care_programmes:example": {"opens": KEEPS},
    "care_programmes:make_key": {"opens": KEEPS, "post_only": True},
    "care_programmes:revoke_key": {"opens": KEEPS, "post_only": True},
    "care_programmes:close": {"opens": KEEPS},
}
