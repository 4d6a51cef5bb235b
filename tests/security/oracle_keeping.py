"""Who gets which page about keeping the entries true: Anouk all of Twente, Dirk those of his organisation."""

from __future__ import annotations

KEEPERS = {"anouk", "dirk", "wil"}
OF_THIS_ENTRY = {"anouk", "dirk"}

EXPECTED: dict[str, dict[str, object]] = {
    "directory:desk": {"opens": KEEPERS},
    "directory:keep_new": {"opens": KEEPERS},
    "directory:level": {"opens": KEEPERS, "post_only": True},
    "directory:keep": {"opens": OF_THIS_ENTRY},
    **{
        f"directory:keep_{act}": {"opens": OF_THIS_ENTRY, "post_only": True}
        for act in ("right", "status", "report", "answer")
    },
    "directory:gaps": {"opens": {"anouk", "joris"}},
    "directory:gaps_csv": {"opens": {"anouk", "joris"}},
    "directory:words": {"opens": {"anouk"}},
}
