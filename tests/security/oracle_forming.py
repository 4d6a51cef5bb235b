"""Who gets which page of forming groups: Dimence holds a row, Ruud brings people together, Joris steers."""

from __future__ import annotations

HOLD = set("sanne tineke bram henk boris dirk lotte".split())
"""Whoever keeps a list somewhere: guides, leaders of groups, administrators; each sees the own list alone."""
AT_DIMENCE = {"sanne", "tineke", "dirk"}
FORMS = {"ruud"}
READS = {"ruud", "joris"}

EXPECTED: dict[str, dict[str, object]] = {
    "forming:waiting": {"opens": HOLD},
    "forming:add": {"opens": HOLD},
    "forming:file": {"opens": HOLD},
    "forming:example": {"opens": HOLD},
    "forming:withdraw": {"opens": AT_DIMENCE},
    "forming:agreed_again": {"opens": AT_DIMENCE, "post_only": True},
    "forming:answer": {"opens": AT_DIMENCE, "post_only": True},
    "forming:board": {"opens": FORMS},
    "forming:propose": {"opens": FORMS},
    "forming:proposal": {"opens": FORMS},
    "forming:start": {"opens": FORMS, "post_only": True},
    "forming:let_go": {"opens": FORMS, "post_only": True},
    "forming:fit_gap": {"opens": READS},
    "forming:fit_gap_table": {"opens": READS},
    "forming:wanted": {"opens": {"joris"}},
    "forming:freeze": {"opens": READS},
    "forming:report": {"opens": READS},
    "forming:report_table": {"opens": READS},
}
