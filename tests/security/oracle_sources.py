"""Who gets which page about the maps of others: Anouk edits; an organisation takes along its own offer."""

from __future__ import annotations

EDITOR = {"anouk"}

EXPECTED: dict[str, dict[str, object]] = {
    **{
        f"sources:{page}": {"opens": EDITOR}
        for page in ("home", "new", "source", "run", "differences", "duplicates", "pair", "file")
    },
    **{f"sources:{act}": {"opens": EDITOR, "post_only": True} for act in ("pull", "decide", "different")},
    "sources:carry_out": {"opens": {"anouk", "dirk", "wil"}},
}
