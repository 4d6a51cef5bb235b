"""The front door of forming groups: for the demo, and for a shared waiting list that feeds the pool."""

from noaber.offer.groups.fit_gap.services import freeze, set_wanted
from noaber.offer.groups.forming.queries import chances
from noaber.offer.groups.forming.services import take_in
from noaber.offer.groups.forming.services_proposals import answer, propose
from noaber.offer.groups.forming.services_starting import fall_after_deadline, let_go, start
from noaber.offer.groups.forming.types import NewProposal, NewWait

__all__ = [
    "NewProposal",
    "NewWait",
    "answer",
    "chances",
    "fall_after_deadline",
    "freeze",
    "let_go",
    "propose",
    "set_wanted",
    "start",
    "take_in",
]
