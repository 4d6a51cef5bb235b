"""Who gets which page of groups: Lotte leads one with Fatma in it, Ruud organises, Joris steers."""

from __future__ import annotations

from typing import Any

LEADS = {"lotte"}
OF_THE_GROUP = {"lotte": frozenset({"fatma"})}
BOARD = {"ruud", "joris"}
HERSELF = {person: frozenset({person}) for person in ("fatma", "mila", "dora", "els", "cem")}
HER_PLACE = {"fatma": frozenset({"fatma"})}
TRACE = {"code", "id"}
PLACES = {
    "noor": frozenset({"fatma", "mila", "dora", "els"}),
    "gijs": frozenset({"cem"}),
    "sanne": frozenset({"fatma", "mila"}),
    "bram": frozenset({"fatma", "dora"}),
    "henk": frozenset({"mila"}),
    "tineke": frozenset({"dora"}),
    "boris": frozenset({"cem"}),
    "bea": frozenset({"cem"}),
}
"""Whoever referred her or sits at her table looks for a group with her."""
IN_TWENTE = {who: people for who, people in PLACES.items() if "cem" not in people}
"""The group is in Twente: for Cem in Groningen it is not there."""

EXPECTED: dict[str, dict[str, Any]] = {
    "groups:own": {"whom": HERSELF, "may": TRACE},
    "groups:answer": {"whom": HER_PLACE, "may": TRACE, "post_only": True},
    "groups:leave": {"whom": HER_PLACE, "may": TRACE},
    "groups:placing": {"whom": PLACES, "must": {"code"}, "may": TRACE, "about": "help_request"},
    "groups:place": {"whom": IN_TWENTE, "must": {"code"}, "may": TRACE, "about": "help_request"},
    "groups:mine": {"opens": LEADS},
    "groups:led": {"whom": OF_THE_GROUP, "must": {"name", "phone"}, "may": TRACE},
    "groups:hours": {"opens": LEADS},
    "groups:evaluate": {"opens": LEADS},
    "groups:act": {"whom": OF_THE_GROUP, "may": TRACE | {"name", "phone"}, "post_only": True},
    "groups:measure": {"whom": OF_THE_GROUP, "must": {"name"}, "may": TRACE | {"phone"}},
    "groups:attendance": {"whom": OF_THE_GROUP, "must": {"name"}, "may": TRACE},
    "groups:call_off": {"opens": LEADS},
    "groups:board": {"opens": BOARD},
    "groups:new": {"opens": BOARD},
    "groups:hours_of_region": {"opens": BOARD},
    "groups:board_group": {"opens": BOARD},
    "groups:keep": {"opens": BOARD},
    "groups:plan": {"opens": BOARD, "post_only": True},
    "groups:leaders": {"opens": BOARD},
    "groups:decide": {"opens": BOARD},
    "groups:end_leader": {"opens": BOARD, "post_only": True},
}
