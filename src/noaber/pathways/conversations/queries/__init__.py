"""Reading conversations: the planner's board, a guide's worklist, the appointment."""

from noaber.pathways.conversations.queries.guide import (
    calendar_file,
    guided,
    own_worklist,
    worklist,
)
from noaber.pathways.conversations.queries.planner import (
    available_at,
    board,
    board_page,
    case,
    holder_choices,
    proposals,
)
from noaber.pathways.conversations.queries.shared import agreed_steps, as_card, conversations, of_thread, one

__all__ = [
    "agreed_steps",
    "as_card",
    "available_at",
    "board",
    "board_page",
    "calendar_file",
    "case",
    "conversations",
    "guided",
    "holder_choices",
    "of_thread",
    "one",
    "own_worklist",
    "proposals",
    "worklist",
]
