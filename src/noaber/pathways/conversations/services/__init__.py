"""Acts around a conversation: plan it, hold it, write about it, decide about what was written."""

from noaber.pathways.conversations.services.correcting import answer_correction, propose_correction, state
from noaber.pathways.conversations.services.holder import assign_holder
from noaber.pathways.conversations.services.holding import change_outcome, hold_conversation, record_no_show
from noaber.pathways.conversations.services.planning import (
    book_conversation,
    cancel_conversation,
    move_conversation,
)
from noaber.pathways.conversations.services.reporting import agree_with_report, read_report, write_report
from noaber.pathways.conversations.services.stopping import stop_request

__all__ = [
    "agree_with_report",
    "answer_correction",
    "assign_holder",
    "book_conversation",
    "cancel_conversation",
    "change_outcome",
    "hold_conversation",
    "move_conversation",
    "propose_correction",
    "read_report",
    "record_no_show",
    "state",
    "stop_request",
    "write_report",
]
