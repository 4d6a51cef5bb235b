"""Who gets which page of self-help: anyone reads, a resident keeps, the editor writes."""

from __future__ import annotations

EDITOR = {"anouk"}

EXPECTED: dict[str, dict[str, object]] = {
    "self_help:kept": {"opens": EDITOR},
    "self_help:new": {"opens": EDITOR},
    "self_help:starter": {"opens": EDITOR, "post_only": True},
    "self_help:look": {"opens": EDITOR, "post_only": True},
    "self_help:keep": {"opens": EDITOR},
    "self_help:publish": {"opens": EDITOR, "post_only": True},
    "self_help:withdraw": {"opens": EDITOR, "post_only": True},
}
