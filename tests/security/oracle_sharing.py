"""Who should see what was shared, read a second time from the design. It knows none of the policies."""

from __future__ import annotations

from typing import Any

SHARED = {"henk": frozenset({"fatma"})}
"""Tineke: Fatma objected to Dimence, and Mila's consent ended this very second. Bram: Mila took it back."""

HELPERS = frozenset({"noor", "piet", "gijs", "sanne", "tineke", "bram", "henk", "boris", "bea"})
"""Who helps at an organisation may look what is shared with it; planners and administrators may not."""

AT_THE_TABLE = {"sanne": frozenset({"fatma"}), "bram": frozenset({"fatma"})}
TRACE = frozenset({"code", "id"})
FATMA = {"fatma": frozenset({"fatma"})}
RESIDENTS = {person: frozenset({person}) for person in ("fatma", "mila", "dora", "els", "cem")}
HELD = frozenset({"fatma", "mila", "cem"})

EXPECTED: dict[str, dict[str, Any]] = {
    "conversations:shared": {"whom": SHARED, "must": {"name"}, "may": TRACE, "opens": HELPERS},
    "conversations:shared_one": {
        "whom": SHARED,
        "must": {"name", "report", "statement"},
        "may": TRACE,
        "about": "conversation",
    },
    "conversations:answer_correction": {"whom": AT_THE_TABLE, "may": TRACE, "post_only": True},
    "resident:correct": {"whom": RESIDENTS, "may": TRACE, "only": HELD, "about": "conversation"},
    "resident:statement": {
        "whom": RESIDENTS,
        "must": {"statement"},
        "may": TRACE,
        "only": {"fatma"},
        "about": "conversation",
    },
    "consents:hub": {"whom": RESIDENTS, "may": TRACE},
    "consents:give": {"whom": RESIDENTS, "may": TRACE},
    "consents:refuse": {"whom": RESIDENTS, "may": TRACE},
    "consents:refuse_one": {"whom": {}, "opens": frozenset(), "post_only": True},
    "consents:limit": {"whom": FATMA, "may": TRACE},
    "consents:end": {"whom": FATMA, "may": TRACE, "post_only": True},
    "consents:give_back": {"whom": FATMA, "may": TRACE, "post_only": True},
    "consents:withdraw": {"whom": FATMA, "may": TRACE, "post_only": True},
}
