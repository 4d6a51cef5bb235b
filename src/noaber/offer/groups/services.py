"""The acts of this room, for pages and for other rooms."""

from noaber.offer.groups.services_enrolling import (
    answer,
    answer_for_her,
    confirm,
    enrol_herself,
    offer,
    place_by_referral,
    place_formed,
    refuse,
    run_out,
    sign_up_without_page,
    withdraw,
)
from noaber.offer.groups.services_groups import (
    add_leader,
    cancel_session,
    end_leader,
    keep_entry,
    keep_group,
    plan_sessions,
    set_state,
    share_costs,
)
from noaber.offer.groups.telling import OFFER_GUARD, offer_still_stands

__all__ = [
    "OFFER_GUARD",
    "add_leader",
    "answer",
    "answer_for_her",
    "cancel_session",
    "confirm",
    "end_leader",
    "enrol_herself",
    "keep_entry",
    "keep_group",
    "offer",
    "offer_still_stands",
    "place_by_referral",
    "place_formed",
    "plan_sessions",
    "refuse",
    "run_out",
    "set_state",
    "share_costs",
    "sign_up_without_page",
    "withdraw",
]
