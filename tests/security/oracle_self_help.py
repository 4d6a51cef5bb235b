"""Who gets which page of self-help: anyone reads, a resident keeps, the editor writes."""

from __future__ import annotations

from typing import Any

EDITOR = {"anouk"}
HERSELF = {person: frozenset({person}) for person in ("fatma", "mila", "dora", "els", "cem")}
TRACE = {"code", "id"}
WROTE = {"fatma"}
"""Mila has an account and wrote nothing; of Fatma she finds nothing either."""

EXPECTED: dict[str, dict[str, Any]] = {
    "self_help:own_modules": {"whom": HERSELF, "may": TRACE},
    "self_help:own_module": {"whom": HERSELF, "may": TRACE},
    "self_help:own_step": {"whom": HERSELF, "must": {"alone"}, "may": TRACE, "only": WROTE},
    "self_help:diary": {"whom": HERSELF, "must": {"alone"}, "may": TRACE, "only": WROTE},
    "self_help:reminder": {"whom": HERSELF, "may": TRACE},
    "self_help:throw_away": {"whom": HERSELF, "may": TRACE, "post_only": True},
    "self_help:kept": {"opens": EDITOR},
    "self_help:new": {"opens": EDITOR},
    "self_help:starter": {"opens": EDITOR, "post_only": True},
    "self_help:look": {"opens": EDITOR, "post_only": True},
    "self_help:keep": {"opens": EDITOR},
    "self_help:publish": {"opens": EDITOR, "post_only": True},
    "self_help:withdraw": {"opens": EDITOR, "post_only": True},
}
