"""Who gets which page of wayfinders and referral agreements: Anouk edits, Dirk's organisation owns."""

from __future__ import annotations

from tests.security.oracle_neighbourhood import IN_REGION

EVERY_COLLEAGUE = IN_REGION | {"gerda", "gijs", "boris", "bea", "wil"}
"""Each sees the desk of the own region."""

KEEP = {"anouk", "dirk"}
COUNT = {"anouk", "joris"}

EXPECTED: dict[str, dict[str, object]] = {
    "routes:desk": {"opens": EVERY_COLLEAGUE},
    "routes:new_wayfinder": {"opens": KEEP},
    "routes:wayfinder": {"opens": KEEP},
    "routes:let_go": {"opens": KEEP, "post_only": True},
    "routes:new_card": {"opens": {"anouk"}},
    "routes:card": {"opens": IN_REGION},
    "routes:edit_card": {"opens": {"anouk"}},
    "routes:act": {"post_only": True},
    "routes:tell": {"post_only": True},
    "routes:uses": {"opens": COUNT},
    "routes:export_uses": {"opens": COUNT},
    "referrals:agreements": {"opens": {"noor", "piet", "gijs"}, "post_only": True},
}
"""`act` and `tell` say of which version they speak: without one nobody gets anything."""
